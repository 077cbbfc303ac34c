/* Tables of contacts as Outlook, Outlook.com, Thunderbird and Google write them, held against tests/corpus.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"
#include "recording_sink.h"

static size_t stated(const recording *rec, uint32_t a, uint32_t b)
{
    size_t n = 0;

    for (size_t i = 0; i < rec->n_relations; i++)
        n += rec->relations[i].kind == KITH_EVIDENCE_STATED_RELATION && rec->relations[i].a == a &&
             rec->relations[i].b == b;
    return n;
}

/** What is stated of the two, as kith_net_stated; 0 where nothing is. */
static uint32_t stated_of(const recording *rec, uint32_t a, uint32_t b)
{
    uint32_t mask = 0;

    for (size_t i = 0; i < rec->n_relations; i++)
        if (rec->relations[i].a == a && rec->relations[i].b == b)
            mask |= rec->relations[i].stated;
    return mask;
}

static const file_rows counts[] = {
    {"good-outlook.csv", "Outlook contacts", 4, 1, 1},
    {"good-outlook-com.csv", "Outlook contacts", 3, 0, 0},
    {"good-outlook-german.csv", "Outlook contacts", 2, 0, 0},
    {"good-outlook-french.csv", "Outlook contacts", 2, 0, 0},
    {"good-outlook-spanish.csv", "Outlook contacts", 2, 0, 0},
    {"good-outlook-italian.csv", "Outlook contacts", 2, 0, 0},
    {"good-outlook-dutch.csv", "Outlook contacts", 2, 0, 0},
    {"good-thunderbird.csv", "Thunderbird contacts", 2, 0, 1},
    {"good-thunderbird-german.csv", "Thunderbird contacts", 1, 0, 0},
};

Test(outlook, every_row_is_accounted_for)
{
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        recording rec = record_corpus(counts[i].name);
        expect_rows(&rec, &counts[i]);
        cr_expect_eq(of_kind(&rec, KITH_EVIDENCE_LISTED), counts[i].used, "%s", counts[i].name);
        recording_free(&rec);
    }
    cr_assert_eq(kith_mem_live(), 0);
}

Test(outlook, the_desktop_program)
{
    recording rec = record_corpus("good-outlook.csv");
    uint32_t ann = named(&rec, "Ann B. Lee Jr.");
    uint32_t zoe = named(&rec, "Zoë Müller");

    cr_assert(says(&rec, ann, KITH_FIELD_GIVEN_NAME, 0, "Ann") &&
              says(&rec, ann, KITH_FIELD_FAMILY_NAME, 0, "Lee"));
    cr_assert(says(&rec, ann, KITH_FIELD_TITLE, 0, "Engineer"), "Title is the form of address");
    cr_assert(says(&rec, zoe, KITH_FIELD_TITLE, 0, ""));
    cr_assert(says(&rec, ann, KITH_FIELD_COMPANY, 0, "Acme"));
    cr_assert(says(&rec, zoe, KITH_FIELD_COMPANY, 0, "Café “Noir”"), "a code page");
    cr_assert(says(&rec, ann, KITH_FIELD_EMAIL, 0, "ann@lee.example") &&
              says(&rec, ann, KITH_FIELD_EMAIL, 1, "ann@home.example") &&
              says(&rec, ann, KITH_FIELD_EMAIL, 2, "a.lee@third.example") &&
              says(&rec, ann, KITH_FIELD_EMAIL, 3, ""));
    cr_assert(says(&rec, ann, KITH_FIELD_LABEL, 0, "Friends") &&
              says(&rec, ann, KITH_FIELD_LABEL, 1, "Work"));
    cr_assert(says(&rec, ann, KITH_FIELD_PHONE, 1, "+47 555 0101"));
    cr_assert(says(&rec, ann, KITH_FIELD_LOCATION, 0, "Oslo") &&
              says(&rec, zoe, KITH_FIELD_LOCATION, 0, "Bern"));
    cr_assert(says(&rec, ann, KITH_FIELD_URL, 0, "https://www.linkedin.com/in/ann-lee"));
    cr_assert(says(&rec, zoe, KITH_FIELD_URL, 0, ""), "a page of a company identifies nobody");
    cr_assert_eq(rec.mentions[zoe].line, 4, "an address over two lines stands before");
    cr_assert_str_eq(rec.rejects[0].reason, "no name");
    cr_assert_str_eq(rec.rejects[0].columns, "company=Pizza Place; phone=+47 555 0102");
    recording_free(&rec);
}

Test(outlook, people_named_in_a_row_are_related_where_one_contact_can_be_meant)
{
    recording rec = record_corpus("good-outlook.csv");
    uint32_t ann = named(&rec, "Ann B. Lee Jr.");
    uint32_t zoe = named(&rec, "Zoë Müller");

    cr_assert_eq(stated(&rec, ann, zoe), 1, "her manager");
    cr_assert_eq(stated(&rec, zoe, ann), 1, "her assistant");
    cr_assert_eq(stated_of(&rec, ann, zoe), kith_stated_second(KITH_STATED_MANAGER));
    cr_assert_eq(stated_of(&rec, zoe, ann), kith_stated_second(KITH_STATED_ASSISTANT));
    cr_assert_eq(of_kind(&rec, KITH_EVIDENCE_STATED_RELATION), 2, "not to two, to nobody, to oneself");
    recording_free(&rec);

    rec = record_corpus("good-outlook-com.csv");
    cr_assert_eq(stated(&rec, named(&rec, "Ann Lee"), named(&rec, "Ben Ito")), 1);
    recording_free(&rec);
}

Test(outlook, the_web_program)
{
    recording rec = record_corpus("good-outlook-com.csv");
    uint32_t ann = named(&rec, "Ann Lee");
    uint32_t ben = named(&rec, "Ben Ito");

    cr_assert(says(&rec, ann, KITH_FIELD_TITLE, 0, "Engineer"));
    cr_assert(says(&rec, ben, KITH_FIELD_EMAIL, 1, "ben@home.example"));
    cr_assert(says(&rec, ben, KITH_FIELD_URL, 0, "linkedin.com/in/ben-ito"));
    cr_assert(says(&rec, ben, KITH_FIELD_LABEL, 0, "Work"));
    cr_assert(says(&rec, named(&rec, "Bobo"), KITH_FIELD_PHONE, 0, "+1 555 0101"));
    recording_free(&rec);
}

Test(outlook, columns_in_other_languages)
{
    static const struct {
        const char *file, *name, *title, *company, *city, *label, *email, *manager;
    } cases[] = {
        {"good-outlook-german.csv", "Jürgen K. Groß", "Leiter", "Möbel GmbH", "Köln", "Verein",
         "juergen@gross.example", "Anna Weiß"},
        {"good-outlook-french.csv", "Éloïse Dupont", "Chef", "Société Générée", "Lyon", "Amis",
         "eloise@dupont.example", "Jean Petit"},
        {"good-outlook-spanish.csv", "Iñaki Peña", "Directora", "Peña y Cía", "Bilbao", "Amigos",
         "inaki@pena.example", "Ana Gil"},
        {"good-outlook-italian.csv", "Nicolò Abà", "Cuoco", "Trattoria Abà", "Napoli", "Amici",
         "nicolo@aba.example", "Rita Neri"},
        {"good-outlook-dutch.csv", "Daniël van Dijk", "Inkoper", "Fietsen BV", "Delft", "Vrienden",
         "daniel@dijk.example", "Els Smit"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        recording rec = record_corpus(cases[i].file);
        uint32_t who = named(&rec, cases[i].name);
        uint32_t manager = named(&rec, cases[i].manager);
        cr_expect(says(&rec, who, KITH_FIELD_TITLE, 0, cases[i].title), "%s", cases[i].file);
        cr_expect(says(&rec, who, KITH_FIELD_COMPANY, 0, cases[i].company), "%s", cases[i].file);
        cr_expect(says(&rec, who, KITH_FIELD_LOCATION, 0, cases[i].city), "%s", cases[i].file);
        cr_expect(says(&rec, who, KITH_FIELD_LABEL, 0, cases[i].label), "%s", cases[i].file);
        cr_expect(says(&rec, who, KITH_FIELD_EMAIL, 0, cases[i].email), "%s", cases[i].file);
        cr_expect(says(&rec, manager, KITH_FIELD_TITLE, 0, ""), "%s: a form of address", cases[i].file);
        cr_expect_eq(stated(&rec, who, manager), 1, "%s", cases[i].file);
        recording_free(&rec);
    }
}

Test(outlook, thunderbird)
{
    recording rec = record_corpus("good-thunderbird.csv");
    uint32_t ann = named(&rec, "Ann Lee");

    cr_assert(says(&rec, ann, KITH_FIELD_EMAIL, 1, "ann@home.example"));
    cr_assert(says(&rec, ann, KITH_FIELD_PHONE, 1, "+1 555 0101"));
    cr_assert(says(&rec, ann, KITH_FIELD_TITLE, 0, "Engineer"));
    cr_assert(says(&rec, ann, KITH_FIELD_LOCATION, 0, "Oslo"));
    cr_assert(says(&rec, ann, KITH_FIELD_URL, 0, "https://www.linkedin.com/in/ann-lee"));
    cr_assert(says(&rec, named(&rec, "Bobo"), KITH_FIELD_EMAIL, 0, "bobo@b.example"));
    cr_assert_str_eq(rec.rejects[0].columns, "company=Acme");
    recording_free(&rec);

    rec = record_corpus("good-thunderbird-german.csv");
    cr_assert(says(&rec, named(&rec, "Jürgen Groß"), KITH_FIELD_COMPANY, 0, "Möbel GmbH"));
    recording_free(&rec);
}

Test(outlook, relations_in_google_contacts)
{
    recording rec = record_corpus("good-google-relations.csv");
    uint32_t ann = named(&rec, "Ann Lee Jr.");
    uint32_t ben = named(&rec, "Ben Ito");
    uint32_t cy = named(&rec, "Cy Dow");

    cr_assert_str_eq(rec.sources[0].format, "Google contacts");
    cr_assert(stated(&rec, ann, ben) == 1 && stated(&rec, ann, cy) == 1 && stated(&rec, ben, ann) == 1);
    cr_assert_eq(of_kind(&rec, KITH_EVIDENCE_STATED_RELATION), 3, "not to nobody, not to oneself");
    cr_assert_eq(stated_of(&rec, ann, ben), kith_stated_second(KITH_STATED_MANAGER),
                 "by the label of the number");
    cr_assert_eq(stated_of(&rec, ann, cy), kith_stated_second(KITH_STATED_MENTOR));
    cr_assert_eq(stated_of(&rec, ben, ann), kith_stated_second(KITH_STATED_ASSISTANT));
    cr_assert(says(&rec, ann, KITH_FIELD_LABEL, 0, "Work") && says(&rec, ann, KITH_FIELD_LABEL, 1, ""));
    cr_assert(says(&rec, ann, KITH_FIELD_EMAIL, 1, "ann@home.example") &&
              says(&rec, ann, KITH_FIELD_EMAIL, 2, "a.lee@work.example"));
    cr_assert(says(&rec, ann, KITH_FIELD_PHONE, 1, "+1 555 0101"));
    recording_free(&rec);
}

Test(outlook, notes_are_never_kept)
{
    static const char *const files[] = {"good-outlook.csv", "good-outlook-com.csv", "good-thunderbird.csv",
                                        "good-google-relations.csv"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        recording rec = record_corpus(files[i]);
        for (size_t m = 0; m < rec.n_mentions; m++)
            for (size_t a = 0; a < rec.mentions[m].n_attrs; a++)
                cr_expect_null(strstr(rec.mentions[m].attrs[a].value, "Secret"), "%s", files[i]);
        recording_free(&rec);
    }
}

/* What each format gives, held against the files in tests/corpus. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "recording_sink.h"

static kith_day day(int32_t year, uint32_t month, uint32_t of_month)
{
    return kith_day_from_civil(year, month, of_month);
}

/** What became of the rows of every corpus file that is read to its end. */
static const file_rows counts[] = {
    {"good-connections-2020.csv", "LinkedIn connections", 2, 0, 0},
    {"good-connections-2022.csv", "LinkedIn connections", 2, 0, 0},
    {"good-connections-2024.csv", "LinkedIn connections", 2, 0, 0},
    {"good-connections-hidden.csv", "LinkedIn connections", 2, 2, 0},
    {"good-connections-excel.csv", "LinkedIn connections", 2, 0, 0},
    {"good-connections-utf16.tsv", "LinkedIn connections", 2, 0, 0},
    {"good-connections-german.csv", "LinkedIn connections", 1, 0, 0},
    {"good-connections-french.csv", "LinkedIn connections", 1, 0, 0},
    {"good-connections-spanish.csv", "LinkedIn connections", 1, 0, 0},
    {"good-connections-italian.csv", "LinkedIn connections", 1, 0, 0},
    {"good-connections-no-final-newline.csv", "LinkedIn connections", 2, 0, 0},
    {"good-connections-names.csv", "LinkedIn connections", 3, 0, 0},
    {"good-connections-emails.csv", "LinkedIn connections", 4, 0, 0},
    {"good-connections-cr.csv", "LinkedIn connections", 2, 0, 0},
    {"good-connections-cp1252.csv", "LinkedIn connections", 1, 0, 0},
    {"good-profile.csv", "LinkedIn profile", 1, 0, 0},
    {"good-email-addresses.csv", "LinkedIn email addresses", 2, 1, 0},
    {"good-google-old.csv", "Google contacts", 5, 0, 0},
    {"good-google-old-utf16.csv", "Google contacts", 5, 0, 0},
    {"good-google-new.csv", "Google contacts", 2, 1, 1},
    {"good-people.csv", "people table", 3, 0, 0},
    {"good-people-semicolon.csv", "people table", 2, 0, 0},
    {"good-people-sensitive.csv", "people table", 1, 0, 1},
    {"good-people-genealogy.csv", "people table", 1, 0, 0},
    {"good-ties.csv", "ties table", 4, 0, 0},
    {"good-ties-gephi.csv", "Gephi edges", 2, 0, 0},
    {"good-ties-pipe.csv", "ties table", 1, 0, 0},
    {"good-mentorships.csv", "mentorships table", 4, 2, 0},
    {"good-mentorships-epoch.csv", "mentorships table", 3, 2, 0},
    {"good-mentorships-chronus.csv", "mentorships table", 1, 0, 0},
    {"good-mentorships-genealogy.csv", "mentorships table", 1, 0, 0},
    {"good-edges-snap.txt", "edge list", 4, 1, 0},
    {"good-edges-ncol.txt", "edge list", 2, 0, 0},
    {"good-edges-crlf.txt", "edge list", 3, 0, 0},
    {"bad-nul.csv", "LinkedIn connections", 2, 0, 1},
    {"bad-open-quote.csv", "LinkedIn connections", 1, 0, 1},
    {"bad-date.csv", "LinkedIn connections", 1, 0, 1},
    {"bad-no-name.csv", "LinkedIn connections", 1, 0, 1},
    {"bad-zero-rows.csv", "LinkedIn connections", 0, 0, 0},
    {"bad-columns.csv", "people table", 1, 0, 1},
    {"bad-people.csv", "people table", 1, 1, 3},
    {"bad-ties.csv", "ties table", 1, 0, 9},
    {"bad-mentorships.csv", "mentorships table", 1, 0, 7},
    {"bad-edges.txt", "edge list", 3, 0, 3},
};

Test(ingest, every_row_is_accounted_for)
{
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        recording rec = record_corpus(counts[i].name);
        expect_rows(&rec, &counts[i]);
        recording_free(&rec);
    }
    cr_assert_eq(kith_mem_live(), 0);
}

Test(ingest, the_three_ages_of_connections)
{
    static const char *const files[] = {"good-connections-2020.csv", "good-connections-2022.csv",
                                        "good-connections-2024.csv"};
    static const uint64_t first_line[] = {2, 6, 6};

    for (size_t i = 0; i < 3; i++) {
        recording rec = record_corpus(files[i]);
        uint32_t ann = named(&rec, "Ann Lee");
        uint32_t ben = named(&rec, "Ben Ito");
        uint32_t owner = named(&rec, "Dana");
        cr_assert_eq(rec.n_mentions, 3);
        cr_assert(rec.mentions[owner].owner && !rec.mentions[ann].owner);
        cr_assert_eq(rec.sources[0].end.owner, owner);
        cr_assert(says(&rec, ann, KITH_FIELD_EMAIL, 0, "ann@lee.example"));
        cr_assert(says(&rec, ann, KITH_FIELD_COMPANY, 0, "Acme"));
        cr_assert(says(&rec, ben, KITH_FIELD_TITLE, 0, "Director, Sales"));
        cr_assert(says(&rec, ben, KITH_FIELD_GIVEN_NAME, 0, "Ben") &&
                  says(&rec, ben, KITH_FIELD_FAMILY_NAME, 0, "Ito"));
        cr_assert(says(&rec, ben, KITH_FIELD_EMAIL, 0, ""));
        cr_assert(says(&rec, ben, KITH_FIELD_URL, 0, i == 2 ? "https://www.linkedin.com/in/ben-ito-2" : ""));
        cr_assert_eq(rec.mentions[ann].line, first_line[i]);
        cr_assert_eq(rec.n_relations, 2);
        for (size_t r = 0; r < 2; r++)
            cr_assert(rec.relations[r].a == owner && rec.relations[r].kind == KITH_EVIDENCE_LISTED &&
                      rec.relations[r].count == 1 && isnan(rec.relations[r].strength));
        cr_assert_eq(rec.relations[0].date, day(i == 2 ? 2023 : 2019, 10, 7));
        cr_assert_eq(rec.relations[1].date, day(2020, 2, 1));
        recording_free(&rec);
    }
}

Test(ingest, names_are_tidied_and_otherwise_kept)
{
    recording rec = record_corpus("good-connections-names.csv");
    uint32_t mia = named(&rec, "Dr. Mia Smith, PhD, MBA");

    cr_assert(says(&rec, mia, KITH_FIELD_GIVEN_NAME, 0, "Dr. Mia"));
    cr_assert(says(&rec, named(&rec, "O'Neil"), KITH_FIELD_FAMILY_NAME, 0, ""));
    (void)named(&rec, "John Fox (he/him) 🦊");
    cr_assert_eq(rec.relations[0].date, KITH_NO_DATE);
    recording_free(&rec);
}

Test(ingest, emails_as_people_write_them)
{
    recording rec = record_corpus("good-connections-emails.csv");

    cr_assert(says(&rec, named(&rec, "A A"), KITH_FIELD_EMAIL, 0, "a@a.example"));
    cr_assert(says(&rec, named(&rec, "B B"), KITH_FIELD_EMAIL, 0, ""));
    cr_assert(says(&rec, named(&rec, "C C"), KITH_FIELD_EMAIL, 0, "c@c.example"));
    cr_assert(says(&rec, named(&rec, "D D"), KITH_FIELD_EMAIL, 0, ""));
    recording_free(&rec);
}

Test(ingest, localised_headers_and_encodings)
{
    static const struct {
        const char *file, *name, *field_value;
        kith_field field;
    } cases[] = {
        {"good-connections-german.csv", "Jürgen Groß", "Möbel GmbH", KITH_FIELD_COMPANY},
        {"good-connections-german.csv", "Jürgen Groß", "juergen@gross.example", KITH_FIELD_EMAIL},
        {"good-connections-french.csv", "Éloïse Dupont", "Chef", KITH_FIELD_TITLE},
        {"good-connections-spanish.csv", "Iñaki Peña", "inaki@pena.example", KITH_FIELD_EMAIL},
        {"good-connections-italian.csv", "Nicolò Abà", "Cuoco", KITH_FIELD_TITLE},
        {"good-connections-utf16.tsv", "Zoë Ødegård", "Åre AB", KITH_FIELD_COMPANY},
        {"good-connections-cp1252.csv", "Zoë Müller", "Café", KITH_FIELD_COMPANY},
        {"good-connections-excel.csv", "Ann Lee", "Acme", KITH_FIELD_COMPANY},
        {"good-connections-cr.csv", "Ben Ito", "Initech", KITH_FIELD_COMPANY},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        recording rec = record_corpus(cases[i].file);
        cr_expect(says(&rec, named(&rec, cases[i].name), cases[i].field, 0, cases[i].field_value), "%s",
                  cases[i].file);
        recording_free(&rec);
    }
}

Test(ingest, dates_that_excel_wrote)
{
    recording rec = record_corpus("good-connections-excel.csv");

    cr_assert_eq(rec.relations[0].date, day(2021, 4, 4));
    cr_assert_eq(rec.relations[1].date, day(2023, 10, 7));
    cr_assert_eq(rec.mentions[rec.relations[1].b].line, 3);
    recording_free(&rec);
}

Test(ingest, a_profile_alone_makes_its_owner)
{
    recording rec = record_corpus("good-profile.csv");

    cr_assert_eq(rec.n_mentions, 1);
    cr_assert(rec.mentions[0].owner);
    cr_assert(says(&rec, 0, KITH_FIELD_NAME, 0, "Dana Fox"));
    cr_assert(says(&rec, 0, KITH_FIELD_LOCATION, 0, "Oslo, Norway"));
    cr_assert(says(&rec, 0, KITH_FIELD_INDUSTRY, 0, "Hospitals"));
    recording_free(&rec);
}

Test(ingest, the_primary_email_comes_first_and_unconfirmed_ones_never)
{
    recording rec = record_corpus("good-email-addresses.csv");

    cr_assert(says(&rec, 0, KITH_FIELD_EMAIL, 0, "dana@fox.example"));
    cr_assert(says(&rec, 0, KITH_FIELD_EMAIL, 1, "old@fox.example"));
    cr_assert(says(&rec, 0, KITH_FIELD_EMAIL, 2, ""));
    recording_free(&rec);
}

static void check_old_google(const char *file)
{
    recording rec = record_corpus(file);
    uint32_t ann = named(&rec, "Ann Lee");
    uint32_t ben = named(&rec, "Ben Ito");
    size_t stated = 0;

    cr_assert(says(&rec, ann, KITH_FIELD_EMAIL, 0, "ann@lee.example"));
    cr_assert(says(&rec, ann, KITH_FIELD_EMAIL, 1, "ann@work.example"));
    cr_assert(says(&rec, ann, KITH_FIELD_EMAIL, 2, "a.lee@third.example"));
    cr_assert(says(&rec, ann, KITH_FIELD_PHONE, 1, "+1 555 0101"));
    cr_assert(says(&rec, ann, KITH_FIELD_LABEL, 0, "Friends") &&
              says(&rec, ann, KITH_FIELD_LABEL, 1, "Work") && says(&rec, ann, KITH_FIELD_LABEL, 2, ""));
    cr_assert(says(&rec, ben, KITH_FIELD_LABEL, 0, ""));
    cr_assert_eq(rec.mentions[ben].line, 5, "an address over three lines stands before");
    for (size_t i = 0; i < rec.n_relations; i++) {
        if (rec.relations[i].kind != KITH_EVIDENCE_STATED_RELATION)
            continue;
        stated++;
        cr_assert(rec.relations[i].a == ann && rec.relations[i].b == ben);
    }
    cr_assert_eq(stated, 1, "only one relation is to somebody whom one contact can be");
    recording_free(&rec);
}

Test(ingest, google_contacts_up_to_2024)
{
    check_old_google("good-google-old.csv");
    check_old_google("good-google-old-utf16.csv");
}

Test(ingest, google_contacts_since)
{
    recording rec = record_corpus("good-google-new.csv");

    cr_assert(says(&rec, named(&rec, "Ann B. Lee"), KITH_FIELD_TITLE, 0, "Engineer"));
    cr_assert(says(&rec, named(&rec, "Bobo"), KITH_FIELD_PHONE, 0, "+1 555 0100"));
    cr_assert_str_eq(rec.rejects[0].reason, "no name");
    cr_assert_str_eq(rec.rejects[0].columns, "company=Pizza Place; labels=* myContacts; phone=+1 555 0199");
    recording_free(&rec);
}

Test(ingest, a_people_table)
{
    recording rec = record_corpus("good-people.csv");
    uint32_t ann = named(&rec, "Ann Lee");
    uint32_t ben = named(&rec, "Ben Ito");
    static const struct {
        kith_field field;
        size_t nth;
        const char *value;
    } expected[] = {
        {KITH_FIELD_EMAIL, 0, "ann@lee.example"},
        {KITH_FIELD_SKILL, 0, "C, C++"},
        {KITH_FIELD_SKILL, 1, "Go"},
        {KITH_FIELD_COHORT, 0, "2021"},
        {KITH_FIELD_COHORT, 1, "2022"},
        {KITH_FIELD_ROLE, 0, "mentor"},
        {KITH_FIELD_CAPACITY, 0, "3"},
        {KITH_FIELD_SKILL_WANTED, 1, "SQL"},
        {KITH_FIELD_GOAL, 0, "grow, slowly"},
        {KITH_FIELD_GOAL, 1, ""},
        {KITH_FIELD_INDUSTRY, 0, "Health"},
        {KITH_FIELD_LOCATION, 0, "Oslo"},
    };

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        cr_expect(says(&rec, ann, expected[i].field, expected[i].nth, expected[i].value), "%s",
                  kith_field_name(expected[i].field));
    cr_assert(says(&rec, ben, KITH_FIELD_SKILL, 1, "Marketing"));
    cr_assert_str_eq(rec.mentions[ann].id, "m1");
    cr_assert_eq(rec.mentions[ann].space, rec.mentions[ben].space);
    cr_assert(rec.mentions[ann].do_not_introduce && !rec.mentions[ben].do_not_introduce);
    cr_assert(rec.mentions[2].do_not_introduce, "anything but a no is a wish to be left alone");
    cr_assert_eq(rec.n_relations, 0);
    recording_free(&rec);
}

Test(ingest, other_names_and_delimiters)
{
    recording rec = record_corpus("good-people-semicolon.csv");
    uint32_t ann = named(&rec, "Ann Lee");

    cr_assert(says(&rec, ann, KITH_FIELD_COMPANY, 0, "Acme; Sons"));
    cr_assert(says(&rec, ann, KITH_FIELD_SKILL, 1, "Go"));
    cr_assert(says(&rec, ann, KITH_FIELD_ROLE, 0, "mentor"));
    cr_assert(says(&rec, named(&rec, "Ben Ito"), KITH_FIELD_ROLE, 0, "mentee"));
    cr_assert_eq(rec.n_spaces, 0, "nobody has an id");
    recording_free(&rec);

    rec = record_corpus("good-people-genealogy.csv");
    cr_assert_str_eq(rec.mentions[named(&rec, "Ada M. Lovelace")].id, "12");
    recording_free(&rec);
}

Test(ingest, what_is_not_mapped_goes_nowhere)
{
    recording rec = record_corpus("good-people-sensitive.csv");

    for (uint32_t i = 0; i < rec.n_mentions; i++)
        for (size_t j = 0; j < rec.mentions[i].n_attrs; j++)
            cr_assert_null(strstr(rec.mentions[i].attrs[j].value, "Secret"));
    cr_assert_str_eq(rec.rejects[0].columns, "title=Clerk");
    recording_free(&rec);
}

Test(ingest, a_ties_table)
{
    recording rec = record_corpus("good-ties.csv");
    const kith_relation *tie = rec.relations;

    cr_assert_eq(rec.n_mentions, 5, "m1 m2 m3, one email however written, one address");
    cr_assert(tie[0].kind == KITH_EVIDENCE_STATED_RELATION && fabs(tie[0].strength - 0.5) < 1e-15 &&
              isnan(tie[0].weight) && tie[0].date == day(2020, 1, 2));
    cr_assert(tie[1].kind == KITH_EVIDENCE_MESSAGES && tie[1].count == 14 && isnan(tie[1].strength));
    cr_assert(tie[2].kind == KITH_EVIDENCE_STATED_RELATION && tie[2].a == tie[1].b);
    cr_assert_eq(tie[0].stated,
                 kith_stated_first(KITH_STATED_COLLEAGUE) | kith_stated_second(KITH_STATED_COLLEAGUE));
    cr_assert(tie[1].stated == 0 && tie[2].stated == kith_stated_second(KITH_STATED_REFERRER));
    cr_assert(tie[3].kind == KITH_EVIDENCE_STATED_TIE && tie[3].a == tie[0].a);
    cr_assert(says(&rec, tie[1].b, KITH_FIELD_EMAIL, 0, "ann@lee.example"));
    cr_assert(says(&rec, tie[2].b, KITH_FIELD_URL, 0, "https://www.linkedin.com/in/ben-ito-2"));
    cr_assert_str_eq(rec.mentions[tie[0].a].id, "m1");
    recording_free(&rec);

    rec = record_corpus("good-ties-gephi.csv");
    cr_assert_float_eq(rec.relations[0].weight, 2.5, 1e-15);
    recording_free(&rec);
}

Test(ingest, ties_that_cannot_be)
{
    recording rec = record_corpus("bad-ties.csv");
    static const char *const reasons[] = {"strength is no number from 0 to 1",
                                          "weight is no number above 0",
                                          "weight is no number above 0",
                                          "weight is no number above 0",
                                          "source and target are the same",
                                          "no source",
                                          "no target",
                                          "date is no date: \"32/01/2020\"",
                                          "count is no whole or half number above 0"};

    for (size_t i = 0; i < 9; i++) {
        cr_expect_str_eq(rec.rejects[i].reason, reasons[i]);
        cr_expect_eq(rec.rejects[i].line, i + 2);
    }
    cr_assert_str_eq(rec.rejects[0].columns, "source=a; target=b; strength=1.5");
    recording_free(&rec);
}

Test(ingest, interactions_may_be_halves)
{
    recording rec = record_corpus("bad-ties-interactions.csv");
    static const struct {
        uint32_t count, halves;
    } expected[] = {{3, 5}, {1, 1}, {3, 6}, {1, 0}};

    cr_assert_eq(rec.n_relations, 4);
    for (size_t i = 0; i < 4; i++) {
        cr_expect_eq(rec.relations[i].count, expected[i].count);
        cr_expect_eq(rec.relations[i].halves, expected[i].halves);
    }
    cr_assert_eq(rec.n_rejects, 4);
    cr_expect_str_eq(rec.rejects[0].reason, "count is no whole or half number above 0");
    cr_expect_str_eq(rec.rejects[1].reason, "count is no whole number above 0");
    recording_free(&rec);
}

Test(ingest, a_mentorships_table)
{
    recording rec = record_corpus("good-mentorships.csv");
    const kith_pairing *p = rec.pairings;

    cr_assert_eq(rec.n_pairings, 4);
    cr_assert(p[0].status == KITH_MENTORSHIP_COMPLETED && p[0].start == day(2020, 1, 1) &&
              p[0].end == day(2020, 12, 31) && p[0].meetings == 12 && p[0].last_meeting == day(2020, 12, 1));
    cr_assert_str_eq(p[0].programme, "Spark");
    cr_assert_str_eq(p[0].cohort, "2020");
    cr_assert(p[1].status == KITH_MENTORSHIP_ACTIVE && p[1].end == KITH_NO_DATE &&
              p[1].meetings == UINT32_MAX && p[1].start == day(2021, 2, 1));
    cr_assert_str_eq(rec.mentions[p[1].mentor].id, rec.mentions[p[0].mentee].id);
    cr_assert(says(&rec, p[0].mentee, KITH_FIELD_GOAL, 0, "grow"), "what the two work on the mentee wants");
    cr_assert(says(&rec, p[1].mentee, KITH_FIELD_EMAIL, 0, "cee@c.example"));
    cr_assert_eq(p[2].status, KITH_MENTORSHIP_ENDED);
    cr_assert(p[3].status == KITH_MENTORSHIP_PENDING && p[3].start == day(2022, 1, 1));
    cr_assert_eq(rec.n_relations, 0, "that a mentorship makes a tie is not the reader's to say");
    recording_free(&rec);
}

Test(ingest, mentorships_by_numbers_and_years)
{
    recording rec = record_corpus("good-mentorships-epoch.csv");

    cr_assert(rec.pairings[0].start == day(2020, 1, 3) &&
              rec.pairings[0].status == KITH_MENTORSHIP_COMPLETED);
    cr_assert(rec.pairings[1].start == day(2020, 1, 2) && rec.pairings[1].status == KITH_MENTORSHIP_ACTIVE);
    cr_assert(rec.pairings[2].start == day(2020, 1, 1) && rec.pairings[2].status == KITH_MENTORSHIP_PENDING);
    recording_free(&rec);

    rec = record_corpus("good-mentorships-genealogy.csv");
    cr_assert_str_eq(rec.mentions[rec.pairings[0].mentor].id, "11");
    cr_assert(rec.pairings[0].start == day(1830, 1, 1) && rec.pairings[0].end == day(1835, 1, 1));
    recording_free(&rec);
}

Test(ingest, mentorships_that_cannot_be)
{
    recording rec = record_corpus("bad-mentorships.csv");
    static const char *const reasons[] = {"mentor and mentee are the same",
                                          "mentor and mentee are the same",
                                          "it ends before it starts",
                                          "no mentee",
                                          "no mentor",
                                          "start is no date: \"soon\"",
                                          "meetings is no whole number: \"many\""};

    for (size_t i = 0; i < 7; i++)
        cr_expect_str_eq(rec.rejects[i].reason, reasons[i]);
    recording_free(&rec);
}

Test(ingest, edge_lists)
{
    recording rec = record_corpus("good-edges-snap.txt");

    cr_assert_eq(rec.n_mentions, 5, "a person is mentioned once, however many lines name them");
    cr_assert(rec.relations[0].a == rec.relations[1].b && rec.relations[0].b == rec.relations[1].a);
    cr_assert_str_eq(rec.mentions[rec.relations[3].b].id, "900000000000");
    cr_assert_eq(rec.relations[3].line, 7);
    recording_free(&rec);

    rec = record_corpus("good-edges-ncol.txt");
    cr_assert_float_eq(rec.relations[0].weight, 2.5, 1e-15);
    cr_assert_str_eq(rec.mentions[rec.relations[1].b].id, "cee");
    recording_free(&rec);

    rec = record_corpus("good-edges-crlf.txt");
    cr_assert_str_eq(rec.mentions[rec.relations[2].b].id, "4");
    cr_assert_eq(rec.relations[2].line, 4);
    recording_free(&rec);

    rec = record_corpus("bad-edges.txt");
    cr_assert_str_eq(rec.rejects[1].columns, "line=8 9 x");
    recording_free(&rec);
}

Test(ingest, rejects_say_where_and_why)
{
    static const struct {
        const char *file;
        uint64_t line;
        const char *reason, *columns;
    } cases[] = {
        {"bad-date.csv", 3, "connected_on is no date: \"31 Feb 2020\"",
         "first_name=Ben; last_name=Ito; company=Initech; connected_on=31 Feb 2020"},
        {"bad-no-name.csv", 3, "no name", "company=Acme; title=Ghost; connected_on=01 Jan 2020"},
        {"bad-nul.csv", 3, "it holds NUL bytes", "first_name=Nul; last_name=B; connected_on=01 Jan 2020"},
        {"bad-open-quote.csv", 3, "a quote is left open up to the end of the file",
         "first_name=Ben,Ito,,,,,01 Jan 2020 Cy,Dow,,,,,01 Jan 2020"},
        {"bad-columns.csv", 2, "it has over 4096 columns", "id=1; name=Ann"},
        {"bad-people.csv", 2, "capacity is no whole number: \"two\"", "id=1; name=Ann; capacity=two"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        recording rec = record_corpus(cases[i].file);
        cr_expect_eq(rec.rejects[0].line, cases[i].line, "%s", cases[i].file);
        cr_expect_str_eq(rec.rejects[0].reason, cases[i].reason);
        cr_expect_str_eq(rec.rejects[0].columns, cases[i].columns);
        recording_free(&rec);
    }
}

Test(ingest, a_file_that_gives_no_rows_is_told)
{
    recording rec = record_corpus("bad-zero-rows.csv");

    cr_assert_str_eq(kith_dynbuf_cstr(&rec.notices),
                     "bad-zero-rows.csv: recognised as LinkedIn connections, but gave no rows\n");
    recording_free(&rec);
}

Test(ingest, words_for_fields)
{
    for (kith_field field = KITH_FIELD_NAME; field < KITH_FIELD_COUNT; field++)
        cr_expect_eq(kith_field_find(kith_field_name(field)), field, "%s", kith_field_name(field));
    cr_assert_eq(kith_field_find("skill"), KITH_FIELD_SKILL);
    cr_assert_eq(kith_field_find("skill_wanted"), KITH_FIELD_SKILL_WANTED);
    cr_assert_eq(kith_field_find("goal"), KITH_FIELD_GOAL);
    cr_assert_eq(kith_field_find("label"), KITH_FIELD_LABEL);
    cr_assert_eq(kith_field_find("ski"), KITH_FIELD_COUNT);
    cr_assert_eq(kith_field_find(""), KITH_FIELD_COUNT);
}

/* vCard files, held against tests/corpus, and cards that are too much. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "each_failure.h"
#include "ingest/vcard_lines.h"
#include "recording_sink.h"
#include "temp_folder.h"

TestSuite(vcard, .init = temp_folder_enter, .fini = temp_folder_leave);

/** Reads cards.vcf of the folder. */
static kith_code try_cards(recording *rec, const char *owner, kith_err *err)
{
    const char *input = "cards.vcf";
    kith_build_opts opts = {.inputs = &input, .n_inputs = 1, .owners = &owner, .n_owners = owner != NULL};

    return record(rec, &opts, err);
}

static recording read_cards(const char *text)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    put_file("cards.vcf", text);
    cr_assert_eq(try_cards(&rec, "Dana", &err), KITH_OK, "%s", err.message);
    return rec;
}

static const file_rows counts[] = {
    {"good-vcard-21.vcf", "vCard contacts", 2, 0, 0},     {"good-vcard-30.vcf", "vCard contacts", 6, 2, 0},
    {"good-vcard-40.vcf", "vCard contacts", 3, 2, 0},     {"good-vcard-utf16.vcf", "vCard contacts", 1, 0, 0},
    {"good-vcard-cp1252.vcf", "vCard contacts", 1, 0, 0}, {"bad-vcard.vcf", "vCard contacts", 2, 0, 6},
};

Test(vcard, every_card_is_accounted_for)
{
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        recording rec = record_corpus(counts[i].name);
        expect_rows(&rec, &counts[i]);
        cr_expect_eq(of_kind(&rec, KITH_EVIDENCE_LISTED), counts[i].used, "%s", counts[i].name);
        recording_free(&rec);
    }
    cr_assert_eq(kith_mem_live(), 0);
}

Test(vcard, version_2_1)
{
    recording rec = record_corpus("good-vcard-21.vcf");
    uint32_t jm = named(&rec, "Jürgen Müller");

    cr_assert(says(&rec, jm, KITH_FIELD_GIVEN_NAME, 0, "Jürgen") &&
              says(&rec, jm, KITH_FIELD_FAMILY_NAME, 0, "Müller"));
    cr_assert(says(&rec, jm, KITH_FIELD_COMPANY, 0, "Möbel GmbH"), "a code page of its own");
    cr_assert(says(&rec, jm, KITH_FIELD_TITLE, 0, "Geschäftsführer"), "quoted-printable in a code page");
    cr_assert(says(&rec, jm, KITH_FIELD_PHONE, 1, "0151 5550101"), "a number as it is written");
    cr_assert(says(&rec, jm, KITH_FIELD_LOCATION, 0, "Köln, Deutschland"), "a soft line break before");
    cr_assert(says(&rec, jm, KITH_FIELD_EMAIL, 0, "juergen@mueller.example"));
    cr_assert_eq(rec.mentions[jm].line, 1);
    cr_assert_eq(rec.mentions[named(&rec, "Anna Weiß")].line, 31, "behind an agent's card within a card");
    cr_assert_eq(rec.n_mentions, 3, "the agents are no contacts");
    recording_free(&rec);
}

Test(vcard, version_3_0)
{
    recording rec = record_corpus("good-vcard-30.vcf");
    uint32_t ann = named(&rec, "Dr. Ann Lee, PhD");
    uint32_t ben = named(&rec, "Ben Ito");
    static const struct {
        kith_field field;
        size_t nth;
        const char *value;
    } expected[] = {
        {KITH_FIELD_GIVEN_NAME, 0, "Ann"},
        {KITH_FIELD_FAMILY_NAME, 0, "Lee"},
        {KITH_FIELD_COMPANY, 0, "Acme, Inc."},
        {KITH_FIELD_COMPANY, 1, ""},
        {KITH_FIELD_TITLE, 0, "Head of a very long title that goes on in the next line"},
        {KITH_FIELD_TITLE, 1, ""},
        {KITH_FIELD_LABEL, 0, "Friends"},
        {KITH_FIELD_LABEL, 1, "Hockey"},
        {KITH_FIELD_LABEL, 2, ""},
        {KITH_FIELD_EMAIL, 0, "ann@lee.example"},
        {KITH_FIELD_URL, 0, "http://www.linkedin.com/in/ann-lee"},
        {KITH_FIELD_URL, 1, "https://www.linkedin.com/in/ann-b"},
        {KITH_FIELD_URL, 2, ""},
        {KITH_FIELD_LOCATION, 0, "Oslo, Norway"},
        {KITH_FIELD_PHONE, 0, "+1 555 0100"},
    };

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        cr_expect(says(&rec, ann, expected[i].field, expected[i].nth, expected[i].value), "%s %zu: %s",
                  kith_field_name(expected[i].field), expected[i].nth,
                  value_of(&rec, ann, expected[i].field, expected[i].nth));
    cr_assert_str_eq(rec.mentions[ann].id, "A1B2-C3:ABPerson");
    for (size_t i = 0; i < rec.n_relations; i++)
        cr_assert_eq(rec.relations[i].date, KITH_NO_DATE, "that a card was changed says not since when");
    cr_assert(says(&rec, ben, KITH_FIELD_TITLE, 0, "Buyer"), "a function stands in for a title");
    cr_assert_eq(of_kind(&rec, KITH_EVIDENCE_STATED_RELATION), 1, "one name is that of exactly one contact");
    for (size_t i = 0; i < rec.n_relations; i++)
        cr_assert(rec.relations[i].kind != KITH_EVIDENCE_STATED_RELATION ||
                      (rec.relations[i].a == ann && rec.relations[i].b == ben &&
                       rec.relations[i].stated == kith_stated_second(KITH_STATED_MANAGER)),
                  "the label in the same group says what");
    (void)named(&rec, "Bobo");
    for (uint32_t i = 0; i < rec.n_mentions; i++)
        for (size_t j = 0; j < rec.mentions[i].n_attrs; j++)
            cr_expect_null(strstr(rec.mentions[i].attrs[j].value, "Secret"));
    recording_free(&rec);
}

Test(vcard, version_4_0)
{
    recording rec = record_corpus("good-vcard-40.vcf");
    uint32_t cy = named(&rec, "Cy Dow Jr.");
    uint32_t dee = named(&rec, "Dee Elm");
    uint32_t eve = named(&rec, "Eve Fox");
    size_t to_dee = 0;
    size_t to_eve = 0;

    cr_assert_str_eq(rec.mentions[cy].id, "4FBE8971-0BC3-424C-9C26-36C3E1EFF6B1");
    cr_assert_eq(rec.mentions[cy].space, rec.mentions[dee].space);
    cr_assert(says(&rec, cy, KITH_FIELD_EMAIL, 0, "cy@dow.example"));
    cr_assert(says(&rec, cy, KITH_FIELD_PHONE, 0, "+1-555-0102"));
    cr_assert(says(&rec, cy, KITH_FIELD_LOCATION, 0, "Vestland, Norway"), "a colon in quotes ends nothing");
    cr_assert(says(&rec, cy, KITH_FIELD_LABEL, 0, "Work,Life") &&
              says(&rec, cy, KITH_FIELD_LABEL, 1, "Chess"));
    for (size_t i = 0; i < rec.n_relations; i++) {
        const kith_relation *relation = &rec.relations[i];
        if (relation->kind != KITH_EVIDENCE_STATED_RELATION || relation->a != cy)
            continue;
        to_dee += relation->b == dee && relation->stated & kith_stated_second(KITH_STATED_COLLEAGUE);
        to_eve += relation->b == eve && relation->stated & kith_stated_first(KITH_STATED_FRIEND);
    }
    cr_assert(to_dee == 1 && to_eve == 1 && of_kind(&rec, KITH_EVIDENCE_STATED_RELATION) == 2);
    cr_assert_eq(rec.mentions[eve].line, 23, "behind a byte order mark of a file that was appended");
    recording_free(&rec);
}

Test(vcard, encodings_of_whole_files)
{
    recording rec = record_corpus("good-vcard-utf16.vcf");
    cr_assert(says(&rec, named(&rec, "Zoë Ødegård"), KITH_FIELD_COMPANY, 0, "Åre AB"));
    recording_free(&rec);

    rec = record_corpus("good-vcard-cp1252.vcf");
    cr_assert(says(&rec, named(&rec, "Zoë Müller"), KITH_FIELD_COMPANY, 0, "Café “Noir”"));
    recording_free(&rec);
}

Test(vcard, cards_that_cannot_be)
{
    recording rec = record_corpus("bad-vcard.vcf");
    static const struct {
        uint64_t line;
        const char *reason, *columns;
    } expected[] = {
        {5, "it belongs to no card", ""},
        {8, "the card has no END:VCARD", "name=Unfinished One; email=one@unfinished.example"},
        {13, "no name", "company=Nobody Ltd; phone=+1 555 0103"},
        {18, "it belongs to no card", ""},
        {19, "it holds NUL bytes", ""},
        {32, "the card has no END:VCARD", "name=Unfinished Two"},
    };

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        cr_expect_eq(rec.rejects[i].line, expected[i].line, "%zu: %lu", i,
                     (unsigned long)rec.rejects[i].line);
        cr_expect_str_eq(rec.rejects[i].reason, expected[i].reason);
        cr_expect_str_eq(rec.rejects[i].columns, expected[i].columns);
    }
    cr_assert(says(&rec, named(&rec, "Ben Ito"), KITH_FIELD_COMPANY, 0, "Acme"));
    cr_assert_str_eq(
        kith_dynbuf_cstr(&rec.notices),
        "bad-vcard.vcf: 2 values that are too long, too many or no text were left out, the first "
        "on line 29\n");
    recording_free(&rec);
}

Test(vcard, an_owner_must_be_told)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    put_file("cards.vcf", "BEGIN:VCARD\nFN:Ann Lee\nEND:VCARD\n");
    cr_assert_eq(try_cards(&rec, NULL, &err), KITH_EUSAGE);
    cr_assert_not_null(strstr(err.message, "vCard contacts do not tell whose they are: add --owner"));
    recording_free(&rec);
}

Test(vcard, what_is_recognised)
{
    static const char *const no[] = {"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "x\nBEGIN:VCARD\nEND:VCARD\n"};

    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        recording rec = {0};
        kith_err err = KITH_ERR_NONE;
        put_file("cards.vcf", no[i]);
        cr_expect_eq(try_cards(&rec, "Dana", &err), KITH_EDATA, "%s", no[i]);
        recording_free(&rec);
    }
    recording rec = read_cards("\n \xEF\xBB\xBF"
                               "begin:vcard \rfn:Ann Lee\rend:vcard");
    (void)named(&rec, "Ann Lee");
    recording_free(&rec);
}

Test(vcard, quirks_of_values)
{
    static const struct {
        const char *lines;
        kith_field field;
        const char *value;
    } cases[] = {
        {"ORG:AC\\DC", KITH_FIELD_COMPANY, "AC\\DC"}, /* no escape */
        {"ORG:A\\nB\\NC\\\\D", KITH_FIELD_COMPANY, "A B C\\D"},
        {"ORG;QUOTED-PRINTABLE:100=25 =zz", KITH_FIELD_COMPANY, "100% =zz"},
        {"ORG;ENCODING=QUOTED-PRINTABLE:A=\n\tB=\nC\nTITLE:T", KITH_FIELD_COMPANY, "ABC"},
        {"ORG;ENCODING=QUOTED-PRINTABLE:A=\n\nTITLE:T", KITH_FIELD_TITLE, "T"},
        {"ORG:A=\nTITLE:T", KITH_FIELD_COMPANY, "A="}, /* no soft line break but where it is quoted */
        {"ORG:A\n \n B", KITH_FIELD_COMPANY, "AB"},
        {"ORG;CHARSET=no-such:Caf\xC3\xA9", KITH_FIELD_COMPANY, "Caf\xC3\xA9"},
        {"ORG;CHARSET=UTF-8:Caf\xE9", KITH_FIELD_COMPANY, "Café"}, /* it is not */
        {"ORG;X=\"open:Acme", KITH_FIELD_COMPANY, "Acme"},
        {"a.b.ORG:Acme", KITH_FIELD_COMPANY, "Acme"},
        {"ADR:;;;;;;Norway", KITH_FIELD_LOCATION, "Norway"},
        {"ADR:Oslo", KITH_FIELD_LOCATION, ""},
        {"TEL:tel:1234", KITH_FIELD_PHONE, "1234"},
        {"EMAIL:no address", KITH_FIELD_EMAIL, ""},
        {"X-SOCIALPROFILE;type=twitter:https://twitter.com/ann", KITH_FIELD_URL, ""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        (void)snprintf(text, sizeof text, "BEGIN:VCARD\nFN:Ann Lee\n%s\nEND:VCARD\n", cases[i].lines);
        recording rec = read_cards(text);
        cr_assert_eq(rec.n_rejects, 0, "%s", cases[i].lines);
        cr_expect(says(&rec, named(&rec, "Ann Lee"), cases[i].field, 0, cases[i].value), "%s: %s",
                  cases[i].lines, value_of(&rec, named(&rec, "Ann Lee"), cases[i].field, 0));
        recording_free(&rec);
    }
}

Test(vcard, properties_types_and_labels_tell_what_somebody_is)
{
    static const struct {
        const char *lines;
        uint32_t stated;
    } cases[] = {
        {"X-MANAGER:Ben Ito", KITH_STATED_MANAGER},
        {"X-MS-ASSISTANT:Ben Ito", KITH_STATED_ASSISTANT},
        {"RELATED;TYPE=Manager;VALUE=text:Ben Ito", KITH_STATED_MANAGER},
        {"a.X-ABRELATEDNAMES:Ben Ito\nA.X-ABLABEL:_$!<Assistant>!$_", KITH_STATED_ASSISTANT},
        {"a.X-ABRELATEDNAMES:Ben Ito\nb.X-ABLabel:Manager", KITH_STATED_COUNT},
        {"a.X-ABRELATEDNAMES:Ben Ito\nX-ABLabel:Manager", KITH_STATED_COUNT},
        {"X-ABRELATEDNAMES:Ben Ito\nX-ABLabel:Manager", KITH_STATED_COUNT},
        {"RELATED;TYPE=contact;VALUE=text:Ben Ito", KITH_STATED_COUNT},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const uint32_t stated = cases[i].stated;
        uint32_t found = 0;
        char text[256];
        (void)snprintf(text, sizeof text,
                       "BEGIN:VCARD\nFN:Ann Lee\n%s\nEND:VCARD\nBEGIN:VCARD\nFN:Ben Ito\nEND:VCARD\n",
                       cases[i].lines);
        recording rec = read_cards(text);
        cr_expect_eq(of_kind(&rec, KITH_EVIDENCE_STATED_RELATION), 1, "%s", cases[i].lines);
        for (size_t r = 0; r < rec.n_relations; r++)
            found |= rec.relations[r].stated;
        cr_expect_eq(found, stated < KITH_STATED_COUNT ? kith_stated_second((kith_stated)stated) : 0, "%s",
                     cases[i].lines);
        recording_free(&rec);
    }
}

Test(vcard, an_agent_without_an_end_costs_one_card_only)
{
    recording rec = read_cards("BEGIN:VCARD\nFN:Ann Lee\nAGENT:\nBEGIN:VCARD\nFN:An Agent\n"
                               "BEGIN:VCARD\nFN:Ben Ito\nEND:VCARD\n");

    (void)named(&rec, "Ben Ito");
    cr_assert_eq(rec.n_rejects, 1);
    cr_assert_str_eq(rec.rejects[0].columns, "name=Ann Lee");
    recording_free(&rec);
}

/** Lines as kith_vcard_lines hands them on, joined. */
static kith_code join_lines(void *ctx, const kith_vcard_line *line, kith_err *err)
{
    (void)err;
    kith_dynbuf_printf(ctx, "%lu %zu ", (unsigned long)line->line, line->head);
    kith_dynbuf_append(ctx, line->text, line->length);
    kith_dynbuf_put(ctx, '|');
    return KITH_OK;
}

Test(vcard, bytes_may_be_cut_anywhere)
{
    static const char text[] = "N;X=\":\":a\r\n b\r\n\r\nORG;QUOTED-PRINTABLE:c=\r\n=\r\nd\re\n\tf";

    for (size_t cut = 0; cut < sizeof text; cut++) {
        kith_vcard_lines lines;
        kith_dynbuf joined = {0};
        kith_vcard_lines_begin(&lines, join_lines, &joined);
        cr_assert_eq(kith_vcard_lines_feed(&lines, text, cut, NULL), KITH_OK);
        cr_assert_eq(kith_vcard_lines_feed(&lines, text + cut, sizeof text - 1 - cut, NULL), KITH_OK);
        cr_assert_eq(kith_vcard_lines_end(&lines, NULL), KITH_OK);
        cr_assert_str_eq(kith_dynbuf_cstr(&joined),
                         "1 7 N;X=\":\":ab|4 20 ORG;QUOTED-PRINTABLE:cd|7 18446744073709551615 ef|",
                         "cut at %zu", cut);
        kith_vcard_lines_free(&lines);
        kith_dynbuf_free(&joined);
    }
}

/** Writes cards.vcf: `head`, then `piece` again and again up to `bytes`, then `tail`. */
static void put_large(const char *head, const char *piece, size_t bytes, const char *tail)
{
    FILE *file = fopen("cards.vcf", "w");
    kith_dynbuf block = {0};

    cr_assert_not_null(file);
    while (block.length < (size_t)1 << 20)
        kith_dynbuf_text(&block, piece);
    cr_assert_geq(fputs(head, file), 0);
    for (size_t written = 0; written < bytes; written += block.length)
        cr_assert_eq(fwrite(block.data, 1, block.length, file), block.length);
    cr_assert_geq(fputs(tail, file), 0);
    cr_assert_eq(fclose(file), 0);
    kith_dynbuf_free(&block);
}

static long peak_kib(void)
{
    struct rusage usage;

    cr_assert_eq(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

#define BASE64_LINE "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAs\n "

Test(vcard, a_card_of_200_megabytes_takes_little_memory)
{
    static const struct {
        const char *head, *piece;
        size_t bytes;
        const char *notice;
    } cases[] = {
        {"BEGIN:VCARD\nFN:Ann Lee\nPHOTO;ENCODING=b:", BASE64_LINE, (size_t)200 << 20, ""},
        {"BEGIN:VCARD\nFN:Ann Lee\nSOUND:", "0123456789", (size_t)1 << 20, ""},
        {"BEGIN:VCARD\nFN:Ann Lee\nTITLE:", "0123456789", (size_t)1 << 20, "1 values that are too long"},
        {"BEGIN:VCARD\nFN:Ann Lee\nORG;QUOTED-PRINTABLE:", "=\n", (size_t)1 << 20, ""},
        {"BEGIN:VCARD\nFN:Ann Lee\nX", "=\n ", (size_t)1 << 20, "1 values that are too long"},
        {"BEGIN:VCARD\nFN:Ann Lee\n", "EMAIL:a@b.example\n", (size_t)1 << 20, "too many"},
        {"BEGIN:VCARD\nFN:Ann Lee\n", "CATEGORIES:a,b,c,d,e,f,g,h,i,j\n", (size_t)1 << 20, "too many"},
        {"BEGIN:VCARD\nFN:Ann Lee\n", "RELATED:Somebody\n", (size_t)1 << 20, "too many"},
        {"BEGIN:VCARD\nFN:Ann Lee\n", "no property\n", (size_t)1 << 20, "no text"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        recording rec = {0};
        kith_err err = KITH_ERR_NONE;
        put_large(cases[i].head, cases[i].piece, cases[i].bytes, "\nEND:VCARD\n");
        long before = peak_kib();
        cr_assert_eq(try_cards(&rec, "Dana", &err), KITH_OK, "%s", err.message);
        long taken = peak_kib() - before;
        cr_expect_lt(taken, 20 << 10, "%s: %ld KiB", cases[i].head, taken);
        (void)named(&rec, "Ann Lee");
        cr_expect_eq(rec.sources[0].end.used, 1);
        cr_expect(*cases[i].notice ? strstr(kith_dynbuf_cstr(&rec.notices), cases[i].notice) != NULL
                                   : rec.notices.length == 0,
                  "%s: %s", cases[i].head, kith_dynbuf_cstr(&rec.notices));
        recording_free(&rec);
    }
}

/** A value of many parts, each of which would be one of the card's. */
Test(vcard, a_person_has_a_thousand_values_at_most)
{
    FILE *file = fopen("cards.vcf", "w");
    (void)fputs("BEGIN:VCARD\nFN:Ann Lee\nCATEGORIES:", file);
    for (int i = 0; i < 5000; i++)
        (void)fprintf(file, "%d,", i);
    (void)fputs("\nEND:VCARD\n", file);
    cr_assert_eq(fclose(file), 0);
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;
    cr_assert_eq(try_cards(&rec, "Dana", &err), KITH_OK, "%s", err.message);
    uint32_t ann = named(&rec, "Ann Lee");
    cr_assert_eq(rec.mentions[ann].n_attrs, 1000);
    cr_assert(says(&rec, ann, KITH_FIELD_LABEL, 998, "998"));
    cr_assert_str_eq(kith_dynbuf_cstr(&rec.notices),
                     "cards.vcf: line 1 says too much of one person: over 1000 values or 1 MiB, the rest is "
                     "left out\n");
    recording_free(&rec);
}

static kith_code read_corpus_file(void *ctx, kith_err *err)
{
    recording rec = {0};
    const char *owner = "Dana";
    const char *input = ctx;
    kith_build_opts opts = {.inputs = &input, .n_inputs = 1, .owners = &owner, .n_owners = 1};
    kith_code rc = record(&rec, &opts, err);

    recording_free(&rec);
    return rc;
}

Test(vcard, every_failed_allocation)
{
    static const char *const files[] = {"good-vcard-21.vcf", "good-vcard-40.vcf", "good-vcard-utf16.vcf",
                                        "good-outlook.csv"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[512];
        (void)snprintf(path, sizeof path, KITH_SOURCE_DIR "/tests/corpus/%s", files[i]);
        cr_assert_gt(each_failure(read_corpus_file, path), 30, "%s", files[i]);
    }
}

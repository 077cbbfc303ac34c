/* Generic tables: whose columns are whose, dates, meetings, sensitive columns, and options about tables. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/date.h"
#include "each_failure.h"
#include "recording_sink.h"
#include "temp_folder.h"

#define CORPUS KITH_SOURCE_DIR "/tests/corpus/"

TestSuite(tables, .init = temp_folder_enter, .fini = temp_folder_leave);

static kith_day day(int32_t year, uint32_t month, uint32_t of_month)
{
    return kith_day_from_civil(year, month, of_month);
}

static const char *notices(const recording *rec)
{
    return kith_dynbuf_cstr(&rec->notices);
}

/** Records one file with options; its input and maps are filled in. */
static recording record_with(const char *path, kith_build_opts opts, const char *const *maps, uint32_t n_maps)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    opts.inputs = &path;
    opts.n_inputs = 1;
    opts.maps = maps;
    opts.n_maps = n_maps;
    cr_assert_eq(record(&rec, &opts, &err), KITH_OK, "%s: %s", path, err.message);
    return rec;
}

/** What became of the rows of every table in the corpus that has a quirk of its own. */
static const file_rows counts[] = {
    {"good-mentorships-sheet.csv", "mentorships table", 3, 0, 2},
    {"good-mentorships-mathematics.csv", "mentorships table", 1, 0, 0},
    {"good-meetings.csv", "meetings table", 4, 0, 0},
    {"bad-meetings.csv", "meetings table", 1, 0, 4},
    {"good-people-mentors.csv", "people table", 3, 0, 0},
    {"good-people-mentor-list.csv", "people table", 1, 0, 0},
    {"good-people-mentorly.csv", "people table", 2, 0, 0},
    {"good-people-matching.csv", "people table", 2, 0, 0},
    {"good-people-mathematics.csv", "people table", 2, 0, 0},
    {"good-people-hubspot.csv", "people table", 1, 0, 0},
    {"good-people-salesforce.csv", "people table", 1, 0, 0},
    {"good-people-slack.csv", "people table", 1, 0, 0},
    {"good-people-titled.csv", "people table", 1, 0, 0},
    {"good-people-utf16be.csv", "people table", 2, 0, 0},
    {"good-people-quotes.csv", "people table", 3, 0, 0},
    {"good-ties-month-first.csv", "ties table", 3, 0, 0},
    {"good-ties-day-or-month.csv", "ties table", 2, 0, 0},
    {"good-ties-months.csv", "ties table", 6, 0, 0},
    {"bad-ties-dates.csv", "ties table", 3, 0, 1},
    {"bad-controls.csv", "people table", 1, 0, 3},
    {"bad-utf8.csv", "people table", 9000, 0, 0},
    {"bad-utf8-few.csv", "people table", 4, 0, 0},
};

Test(tables, every_row_is_accounted_for)
{
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        recording rec = record_corpus(counts[i].name);
        expect_rows(&rec, &counts[i]);
        recording_free(&rec);
    }
}

Test(tables, one_sheet_describes_mentors_and_mentees)
{
    recording rec = record_corpus("good-mentorships-sheet.csv");
    const kith_pairing *p = rec.pairings;

    cr_assert_eq(rec.n_pairings, 3);
    cr_assert(says(&rec, p[0].mentor, KITH_FIELD_NAME, 0, "Ann Lee"));
    cr_assert(says(&rec, p[0].mentor, KITH_FIELD_EMAIL, 0, "ann@lee.example"));
    cr_assert(says(&rec, p[0].mentor, KITH_FIELD_TITLE, 0, "Engineer"));
    cr_assert_eq(p[0].mentor, p[1].mentor, "described alike, mentioned once");
    cr_assert(says(&rec, p[0].mentee, KITH_FIELD_NAME, 0, "Ben Ito"));
    cr_assert(says(&rec, p[0].mentee, KITH_FIELD_GOAL, 0, "lead a team"));
    cr_assert(says(&rec, p[0].mentee, KITH_FIELD_SKILL_WANTED, 1, "SQL"));
    cr_assert(says(&rec, p[0].mentor, KITH_FIELD_SKILL_WANTED, 0, ""));
    cr_assert(says(&rec, p[2].mentor, KITH_FIELD_TITLE, 0, "Nurse"), "a name alone is enough");
    cr_assert_str_eq(p[0].programme, "Spark");
    cr_assert_eq(p[0].start, day(2024, 1, 15));
    cr_assert_str_eq(rec.rejects[0].reason, "mentor and mentee are the same");
    cr_assert_str_eq(rec.rejects[1].reason, "no mentor");
    cr_assert_str_eq(rec.rejects[1].columns,
                     "mentee_first_name=Ben; mentee_last_name=Ito; mentee_email=ben@ito.example; "
                     "programme=Spark; start=2024-03-01");
    recording_free(&rec);
}

Test(tables, a_source_tells_which_column_was_read_as_what)
{
    recording rec = record_corpus("good-mentorships-sheet.csv");

    cr_assert_str_eq(rec.sources[0].end.columns,
                     "mentor_name=Mentor Name; mentor_email=Mentor Email; mentor_title=Mentor Job Title; "
                     "mentee_first_name=Mentee First Name; mentee_last_name=Mentee Last Name; "
                     "mentee_email=Mentee Email; mentee_goals=Mentee Goals; programme=Programme; "
                     "start=Start Date; skills_wanted=Skills");
    recording_free(&rec);
    rec = record_corpus("good-people-mentorly.csv");
    cr_assert_str_eq(rec.sources[0].end.columns, "email=Email; name=Full Name; is_mentor=Is Mentor; "
                                                 "cohort=Cohort; skills=Areas of Expertise + Skills");
    recording_free(&rec);
    rec = record_corpus("good-edges-ncol.txt");
    cr_assert_null(rec.sources[0].end.columns, "an edge list has none");
    recording_free(&rec);
}

Test(tables, meetings_are_counted_by_pair)
{
    recording rec = record_corpus("good-meetings.csv");

    cr_assert_eq(rec.n_pairings, 2);
    cr_assert(rec.pairings[0].meetings == 3 && rec.pairings[0].last_meeting == day(2024, 5, 1));
    cr_assert(rec.pairings[0].only_meetings && rec.pairings[0].start == KITH_NO_DATE);
    /* 1 March, 1 April, 1 May: gaps of 31 and 30 days, standard deviation 0.5. */
    cr_assert_eq(rec.pairings[0].gaps.count, 2);
    cr_assert_eq(rec.pairings[0].gaps.median_days, 30);
    cr_assert_float_eq(rec.pairings[0].gaps.regularity, 1 - 0.5 / 30.5, 1e-12);
    cr_assert_eq(rec.pairings[1].gaps.count, 0, "one meeting has no gaps");
    cr_assert(rec.pairings[1].meetings == 1 && rec.pairings[1].last_meeting == day(2024, 1, 10));
    cr_assert_str_eq(rec.mentions[rec.pairings[1].mentee].id, "m3");
    recording_free(&rec);

    static const char *const reasons[] = {"date is no date: \"soon\"",
                                          "minutes is no number from 0 up: \"an hour\"", "no mentee",
                                          "mentor and mentee are the same"};
    rec = record_corpus("bad-meetings.csv");
    for (size_t i = 0; i < 4; i++)
        cr_expect_str_eq(rec.rejects[i].reason, reasons[i]);
    recording_free(&rec);
}

Test(tables, a_people_sheet_may_name_mentors)
{
    recording rec = record_corpus("good-people-mentors.csv");
    uint32_t ben = named(&rec, "Ben Ito");
    uint32_t cy = named(&rec, "Cy Dow");

    cr_assert_eq(rec.n_pairings, 2);
    cr_assert_eq(rec.pairings[0].mentee, ben);
    cr_assert(says(&rec, rec.pairings[0].mentor, KITH_FIELD_EMAIL, 0, "ann@lee.example"));
    cr_assert_eq(rec.pairings[1].mentee, cy);
    cr_assert(says(&rec, ben, KITH_FIELD_ROLE, 0, "mentee"), "a yes makes a role, not a person");
    cr_assert(says(&rec, named(&rec, "Ann Lee"), KITH_FIELD_ROLE, 0, ""));
    recording_free(&rec);

    rec = record_corpus("good-people-mentor-list.csv");
    cr_assert(says(&rec, named(&rec, "Ann Lee"), KITH_FIELD_ROLE, 0, "mentor"));
    cr_assert(says(&rec, 0, KITH_FIELD_COMPANY, 0, ""), "whose organisation that is, nobody says");
    recording_free(&rec);
}

Test(tables, sheets_of_mentoring_software_and_crms)
{
    static const struct {
        const char *file, *name, *id;
        kith_field field;
        size_t nth;
        const char *value;
    } cases[] = {
        {"good-people-mentorly.csv", "Ann Lee", NULL, KITH_FIELD_SKILL, 0, "Go"},
        {"good-people-mentorly.csv", "Ann Lee", NULL, KITH_FIELD_SKILL, 1, "Sales"},
        {"good-people-mentorly.csv", "Ben Ito", NULL, KITH_FIELD_ROLE, 0, "mentee"},
        {"good-people-matching.csv", "Ann Lee", NULL, KITH_FIELD_ROLE, 0, "mentor"},
        {"good-people-matching.csv", "Ann Lee", NULL, KITH_FIELD_ROLE, 1, "mentee"},
        {"good-people-matching.csv", "Ben Ito", NULL, KITH_FIELD_ROLE, 0, ""},
        {"good-people-matching.csv", "Ben Ito", NULL, KITH_FIELD_COMPANY, 0, "Ministry"},
        {"good-people-mathematics.csv", "Ada Lovelace", "1", KITH_FIELD_COHORT, 0, "1835"},
        {"good-people-mathematics.csv", "Ada Lovelace", "1", KITH_FIELD_COMPANY, 0, "University of Nowhere"},
        {"good-people-hubspot.csv", "Ann Lee", "101", KITH_FIELD_COMPANY, 0, "Acme"},
        {"good-people-salesforce.csv", "Ann Lee", "0035g00000AbCdE", KITH_FIELD_COMPANY, 0, "Acme"},
        {"good-people-slack.csv", "Ann Lee", "U01", KITH_FIELD_EMAIL, 0, "ann@lee.example"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        recording rec = record_corpus(cases[i].file);
        uint32_t who = named(&rec, cases[i].name);
        cr_expect(says(&rec, who, cases[i].field, cases[i].nth, cases[i].value), "%s: %s", cases[i].file,
                  value_of(&rec, who, cases[i].field, cases[i].nth));
        if (cases[i].id)
            cr_expect_str_eq(rec.mentions[who].id, cases[i].id);
        recording_free(&rec);
    }
    recording rec = record_corpus("good-mentorships-mathematics.csv");
    cr_assert_str_eq(rec.mentions[rec.pairings[0].mentor].id, "1");
    recording_free(&rec);
}

Test(tables, sensitive_columns_are_left_out_and_named)
{
    recording rec = record_corpus("good-people-matching.csv");

    cr_assert_str_eq(notices(&rec),
                     "good-people-matching.csv: columns left out as sensitive: characteristics\n");
    for (uint32_t i = 0; i < rec.n_mentions; i++)
        for (size_t k = 0; k < rec.mentions[i].n_attrs; k++)
            cr_assert_null(strstr(rec.mentions[i].attrs[k].value, "Secret"));
    recording_free(&rec);

    rec = record_corpus("good-people-salesforce.csv");
    cr_assert_not_null(strstr(notices(&rec), "Birthdate, Mailing Street"));
    recording_free(&rec);

    put_file("people.csv", "Name,Email,Geschlecht,Date of Birth,Nationalité,Gehalt 2024,Dirección,Âge,Team\n"
                           "Ann,a@a.example,w,1970-01-01,x,1,y,50,Blue\n");
    rec = record_with("people.csv", (kith_build_opts){.n_inputs = 0}, NULL, 0);
    cr_assert_str_eq(notices(&rec), "people.csv: columns left out as sensitive: Geschlecht, Date of Birth, "
                                    "Nationalité, Gehalt 2024, Dirección, Âge\n");
    recording_free(&rec);
    static const char *const maps[] = {"labels=Geschlecht"};
    rec = record_with("people.csv", (kith_build_opts){.n_inputs = 0}, maps, 1);
    cr_assert(says(&rec, 0, KITH_FIELD_LABEL, 0, "w"), "whoever asks for it by name gets it");
    cr_assert_null(strstr(notices(&rec), "Geschlecht"));
    recording_free(&rec);
}

Test(tables, all_rows_of_a_column_tell_the_order_of_its_dates)
{
    recording rec = record_corpus("good-ties-month-first.csv");

    cr_assert_eq(rec.relations[0].date, day(2021, 3, 4));
    cr_assert_eq(rec.relations[1].date, day(2021, 4, 13));
    cr_assert_eq(rec.relations[2].date, day(2021, 5, 6));
    cr_assert_str_eq(notices(&rec), "");
    recording_free(&rec);
}

Test(tables, an_ambiguous_column_is_read_day_first_and_told_once)
{
    recording rec = record_corpus("good-ties-day-or-month.csv");

    cr_assert_eq(rec.relations[0].date, day(2021, 4, 3));
    cr_assert_str_eq(notices(&rec),
                     "good-ties-day-or-month.csv: dates under \"Since\" fit several orders: read day first "
                     "unless --date-order says otherwise\n");
    recording_free(&rec);
    rec =
        record_with(CORPUS "good-ties-day-or-month.csv", (kith_build_opts){.dates = KITH_DATES_MDY}, NULL, 0);
    cr_assert_eq(rec.relations[0].date, day(2021, 3, 4));
    cr_assert_str_eq(notices(&rec), "");
    recording_free(&rec);
}

Test(tables, a_column_that_contradicts_itself)
{
    recording rec = record_corpus("bad-ties-dates.csv");

    cr_assert_eq(rec.relations[0].date, day(2021, 4, 13));
    cr_assert_eq(rec.relations[1].date, day(2021, 4, 13));
    cr_assert_eq(rec.relations[2].date, day(2021, 4, 3), "day first, as tables are where nothing tells");
    cr_assert_str_eq(rec.rejects[0].reason, "date is no date: \"31/31/2021\"");
    cr_assert_not_null(strstr(notices(&rec), "contradict each other"));
    recording_free(&rec);
}

Test(tables, months_by_name)
{
    recording rec = record_corpus("good-ties-months.csv");

    for (size_t i = 0; i < 6; i++)
        cr_assert_eq(rec.relations[i].date, day(2023, 10, 7), "row %zu", i);
    recording_free(&rec);
}

Test(tables, dates_of_several_files_are_not_mixed_up)
{
    const char *inputs[] = {"a.csv", "b.csv", "c.csv"};
    recording rec = {0};

    put_file("a.csv", "source,target,date\na,b,03/04/2021\na,c,04/13/2021\n");
    put_file("b.csv", "source,target,date\na,b,2021-01-01\n");
    put_file("c.csv", "source,target,date\na,b,03/04/2021\na,c,13/04/2021\n");
    cr_assert_eq(record(&rec, &(kith_build_opts){.inputs = inputs, .n_inputs = 3}, NULL), KITH_OK);
    cr_assert_eq(rec.relations[0].date, day(2021, 3, 4));
    cr_assert_eq(rec.relations[2].date, day(2021, 1, 1));
    cr_assert_eq(rec.relations[3].date, day(2021, 4, 3));
    recording_free(&rec);
}

Test(tables, excel_wrote_day_first_into_connections)
{
    static const char *const owner[] = {"Dana"};

    put_file("Connections.csv",
             "First Name,Last Name,Connected On\nAnn,Lee,03.04.2021\nBen,Ito,13.04.2021\n");
    recording rec =
        record_with("Connections.csv", (kith_build_opts){.owners = owner, .n_owners = 1}, NULL, 0);
    cr_assert_eq(rec.relations[0].date, day(2021, 4, 3));
    recording_free(&rec);
}

Test(tables, titles_above_the_header)
{
    recording rec = record_corpus("good-people-titled.csv");

    cr_assert(says(&rec, named(&rec, "Ann Lee"), KITH_FIELD_COMPANY, 0, "Acme"));
    cr_assert_eq(rec.mentions[0].line, 6);
    recording_free(&rec);
}

Test(tables, a_row_of_data_is_no_title)
{
    const char *input = "list.csv";
    recording rec = {0};

    put_file("list.csv", "Fruit,Price\nname,email\nAnn,ann@lee.example\n");
    cr_assert_eq(record(&rec, &(kith_build_opts){.inputs = &input, .n_inputs = 1}, NULL), KITH_EDATA);
    recording_free(&rec);
}

Test(tables, a_table_without_header)
{
    static const char *const maps[] = {"source=1", "date=3", "target=2"};
    recording rec =
        record_with(CORPUS "good-people-no-header.csv", (kith_build_opts){.no_header = true}, maps, 3);

    cr_assert_eq(rec.n_relations, 2, "the first row is one like the others");
    cr_assert_eq(rec.relations[0].date, day(2021, 4, 3));
    cr_assert_str_eq(rec.mentions[rec.relations[0].a].id, "Ann Lee");
    cr_assert_str_eq(rec.sources[0].end.columns, "source=1; date=3; target=2");
    recording_free(&rec);

    const char *input = CORPUS "good-people-no-header.csv";
    kith_err err = KITH_ERR_NONE;
    cr_assert_eq(record(&rec, &(kith_build_opts){.inputs = &input, .n_inputs = 1, .no_header = true}, &err),
                 KITH_EUSAGE);
    cr_assert_not_null(strstr(err.message, "--map"));
    recording_free(&rec);
}

Test(tables, a_delimiter_that_is_asked_for)
{
    put_file("odd.csv", "name|email,id;company\nAnn|ann@lee.example,7;Acme\n");
    recording rec = record_with("odd.csv", (kith_build_opts){.delimiter = '|'},
                                (const char *[]){"url=email,id;company"}, 1);
    cr_assert(says(&rec, 0, KITH_FIELD_NAME, 0, "Ann"));
    cr_assert(says(&rec, 0, KITH_FIELD_URL, 0, "ann@lee.example,7;Acme"));
    recording_free(&rec);
}

Test(tables, an_export_of_a_known_kind_keeps_its_own_delimiter)
{
    static const char *const owner[] = {"Dana"};
    recording rec = record_with(CORPUS "good-connections-2024.csv",
                                (kith_build_opts){.delimiter = ';', .owners = owner, .n_owners = 1}, NULL, 0);

    cr_assert_eq(rec.sources[0].end.used, 2);
    recording_free(&rec);
}

Test(tables, encodings)
{
    recording rec = record_corpus("good-people-utf16be.csv");

    (void)named(&rec, "Bęn Ito");
    recording_free(&rec);
    rec = record_with(CORPUS "good-people-cp1250.csv", (kith_build_opts){.encoding = "CP1250"}, NULL, 0);
    (void)named(&rec, "Łucja Žižka");
    recording_free(&rec);
}

Test(tables, quotes_and_line_ends_of_all_kinds)
{
    recording rec = record_corpus("good-people-quotes.csv");

    cr_assert(says(&rec, named(&rec, "Ann \"Annie\" Lee"), KITH_FIELD_COMPANY, 0, "Acme \"Sons\""));
    cr_assert(says(&rec, named(&rec, "Ben Ito"), KITH_FIELD_COMPANY, 0, "Two lines"));
    cr_assert(says(&rec, named(&rec, "Cy Dow"), KITH_FIELD_COMPANY, 0, "6\" pipes"));
    cr_assert_eq(rec.mentions[named(&rec, "Cy Dow")].line, 5);
    recording_free(&rec);
}

Test(tables, bytes_that_mean_nothing)
{
    recording rec = record_corpus("bad-controls.csv");

    cr_assert_str_eq(rec.rejects[0].reason, "it holds NUL bytes");
    for (size_t i = 0; i < 3; i++) {
        cr_assert_eq(rec.rejects[i].line, i + 2);
        if (i > 0)
            cr_assert_str_eq(rec.rejects[i].reason, "it holds control characters");
    }
    cr_assert_eq(rec.mentions[named(&rec, "Dee Eve")].line, 5, "tabs and line ends are white space");
    recording_free(&rec);

    rec = record_corpus("bad-utf8.csv");
    cr_assert_not_null(strstr(notices(&rec), "make no sense in its encoding"));
    recording_free(&rec);

    rec = record_corpus("bad-utf8-few.csv");
    cr_assert_not_null(strstr(notices(&rec), "bad-utf8-few.csv: 1 bytes make no sense in its encoding"));
    (void)named(&rec, "Zoë Özil");
    recording_free(&rec);
}

static kith_code read_all(void *ctx, kith_err *err)
{
    recording rec = {0};
    kith_code rc = record(&rec, ctx, err);

    recording_free(&rec);
    return rc;
}

Test(tables, every_failed_allocation)
{
    static const char *const files[] = {"good-mentorships-sheet.csv", "good-meetings.csv",
                                        "good-people-mentors.csv",    "good-people-matching.csv",
                                        "good-ties-day-or-month.csv", "good-export-outside.tar"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[512];
        const char *input = path;
        (void)snprintf(path, sizeof path, CORPUS "%s", files[i]);
        kith_build_opts opts = {.inputs = &input, .n_inputs = 1};
        cr_expect_gt(each_failure(read_all, &opts), 50, "%s", files[i]);
    }
}

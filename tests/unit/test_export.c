/* What is exported reads back as the same network, as far as each format can carry it. */
#include <criterion/criterion.h>
#include <kith/folder.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <kith/build.h>

#include "base/mem.h"
#include "each_failure.h"
#include "same_net.h"
#include "temp_folder.h"

#define COHORT KITH_SOURCE_DIR "/datasets/cohort"

TestSuite(export, .init = temp_folder_enter, .fini = temp_folder_leave);

static kith_net *load(const char *input)
{
    kith_build_opts opts = {.inputs = &input, .n_inputs = 1};
    kith_net *net = NULL;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_load(&opts, &net, NULL, &err), KITH_OK, "%s: %s", err.file, err.message);
    return net;
}

static void export_to(const kith_net *net, const char *path, kith_export_format format, bool with_contacts)
{
    kith_export_opts opts = {.path = path, .format = format, .with_contacts = with_contacts};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_export(net, &opts, &err), KITH_OK, "%s: %s", path, err.message);
}

/** The whole of a text file; caller frees. */
static char *slurp(const char *path)
{
    struct stat status;
    FILE *file = fopen(path, "r");

    cr_assert_not_null(file, "%s", path);
    cr_assert_eq(fstat(fileno(file), &status), 0);
    char *text = calloc(1, (size_t)status.st_size + 1);
    cr_assert_eq(fread(text, 1, (size_t)status.st_size, file), (size_t)status.st_size);
    (void)fclose(file);
    return text;
}

/** Exports, reads back, and holds the two against each other. */
static void round_trip(const kith_net *net, const char *path, kith_export_format format,
                       const same_parts *parts)
{
    export_to(net, path, format, parts->contacts);
    kith_net *back = load(path);
    same_net(net, back, parts);
    kith_net_close(back);
}

Test(export, tables_of_a_cohort_are_the_cohort)
{
    kith_net *net = load(COHORT);
    kith_net_summary before, after;

    round_trip(net, "full", KITH_EXPORT_TABLES,
               &(same_parts){
                   .fields = true, .contacts = true, .costs = true, .relations = true, .mentorships = true});
    round_trip(net, "plain", KITH_EXPORT_TABLES,
               &(same_parts){.fields = true, .costs = true, .relations = true, .mentorships = true});
    kith_net *back = load("full");
    kith_net_summarise(net, &before);
    kith_net_summarise(back, &after);
    cr_assert_eq(after.as_of, before.as_of);
    cr_assert_eq(after.rejects, 0);
    kith_net_close(back);
    kith_net_close(net);
    cr_assert_eq(kith_mem_live(), 0);
}

/** Tables whose cells need care. */
static void put_careful_tables(void)
{
    cr_assert_eq(mkdir("careful", 0700), 0);
    put_file("careful/people.csv",
             "id,name,company,title,skills,email,goals,do_not_introduce\n"
             "=1+1,\"Lee, \"\"Ann\"\"\",@home,'=odd,\"Design, UX;\",ann@lee.example,-no-,\n"
             "ben@ito.example,+Ben Ito,Acme,'plain,a|b,,,yes\n"
             "ben@ito.example,,Initech,''=x,,,,\n"
             "nameless,,,,,,,\n"
             "＝wide,Cy Oh,\"two\nlines\",,c;d,cy@oh.example; cy@new.example,,\n");
    put_file("careful/ties.csv", "source,target,strength,date\n"
                                 "=1+1,nameless,0.99,2021-05-06\n"
                                 "nameless,＝wide,0.01,\n"
                                 "=1+1,＝wide,0.3333333,2020-02-02\n");
    put_file("careful/mentorships.csv",
             "mentor,mentee,start,end,programme,cohort,status,meetings,last_meeting,cadence\n"
             "=1+1,nameless,2020-01-01,,=Harbour,2020,active,3,2020-03-03,weekly\n"
             "=1+1,nameless,2021-01-01,2021-12-31,,,completed,,,\n"
             "nameless,＝wide,,,,,pending,0,,\n");
    put_file("careful/meetings.csv", "mentor,mentee,date\n"
                                     "=1+1,nameless,2020-01-05\n"
                                     "=1+1,nameless,2020-01-12\n"
                                     "=1+1,nameless,2020-02-03\n");
}

Test(export, what_a_spreadsheet_would_compute_comes_back_as_it_was)
{
    put_careful_tables();
    kith_net *net = load("careful");
    round_trip(net, "tables", KITH_EXPORT_TABLES,
               &(same_parts){.fields = true, .contacts = true, .costs = true, .mentorships = true});

    char *people = slurp("tables/people.csv");
    cr_assert_not_null(strstr(people, "\n'=1+1,"));
    cr_assert_not_null(strstr(people, ",'@home,"));
    cr_assert_not_null(strstr(people, "''=odd"));
    cr_assert_not_null(strstr(people, "'plain")); /* not one of ours: stays as it is */
    free(people);
    kith_net_close(net);
}

Test(export, graph_files_carry_people_and_ties)
{
    const same_parts graph = {.fields = true, .lists_apart = true, .costs = true};
    kith_net *net = load(COHORT);

    round_trip(net, "a.graphml", KITH_EXPORT_AUTO, &graph);
    round_trip(net, "a.graphml.gz", KITH_EXPORT_AUTO, &graph);
    round_trip(net, "a.gml", KITH_EXPORT_AUTO, &graph);
    round_trip(net, "a.net", KITH_EXPORT_AUTO, &(same_parts){0}); /* keys, and who is tied to whom */
    kith_net_close(net);
    put_careful_tables();
    net = load("careful");
    round_trip(net, "b.graphml", KITH_EXPORT_AUTO, &graph);
    round_trip(net, "b.gml", KITH_EXPORT_AUTO, &graph);
    kith_net_close(net);
}

Test(export, an_id_that_looks_like_an_email_stays_an_id)
{
    put_file("people.csv", "id,name\nann@lee.example,Ann Lee\nben@ito.example,Ben Ito\n");
    kith_net *net = load("people.csv");
    cr_assert_eq(kith_net_find_key(net, "ann@lee.example") == UINT32_MAX, false);
    round_trip(net, "tables", KITH_EXPORT_TABLES, &(same_parts){.fields = true, .costs = true});
    kith_net_close(net);
}

Test(export, contacts_are_left_out_unless_asked_for)
{
    static const struct {
        const char *path;
        kith_export_format format;
        const char *file;
    } exports[] = {
        {"tables", KITH_EXPORT_TABLES, "tables/people.csv"},
        {"a.graphml", KITH_EXPORT_AUTO, "a.graphml"},
        {"a.gml", KITH_EXPORT_AUTO, "a.gml"},
        {"a.net", KITH_EXPORT_AUTO, "a.net"},
        {"a.dot", KITH_EXPORT_AUTO, "a.dot"},
        {"a.csv", KITH_EXPORT_AUTO, "a.csv"},
        {"a.jsonl", KITH_EXPORT_AUTO, "a.jsonl"},
    };
    kith_net *net = load(COHORT);

    for (size_t i = 0; i < sizeof exports / sizeof *exports; i++) {
        export_to(net, exports[i].path, exports[i].format, false);
        char *text = slurp(exports[i].file);
        cr_expect_null(strchr(text, '@'), "%s", exports[i].file);
        cr_expect_null(strstr(text, "linkedin.com"), "%s", exports[i].file);
        free(text);
    }
    kith_net_close(net);
}

Test(export, lines_tell_everyone_and_every_tie_once)
{
    kith_net *net = load(COHORT);
    kith_net_summary summary;
    uint64_t people = 0, ties = 0, mentorships = 0, lines = 0;

    kith_net_summarise(net, &summary);
    export_to(net, "a.jsonl", KITH_EXPORT_AUTO, false);
    char *text = slurp("a.jsonl");
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"), lines++) {
        people += strncmp(line, "{\"kind\":\"person\",", 17) == 0;
        ties += strncmp(line, "{\"kind\":\"tie\",", 14) == 0;
        mentorships += strncmp(line, "{\"kind\":\"mentorship\",", 21) == 0;
    }
    cr_assert_eq(people, summary.people);
    cr_assert_eq(ties, summary.ties);
    cr_assert_eq(mentorships, summary.mentorships);
    cr_assert_eq(lines, people + ties + mentorships);
    free(text);
    kith_net_close(net);
}

Test(export, an_ending_nobody_writes_is_told_before_a_file_is_made)
{
    kith_net *net = load(COHORT);
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_export(net, &(kith_export_opts){.path = "a.doc"}, &err), KITH_EUSAGE);
    cr_assert_not_null(strstr(err.message, ".graphml"));
    cr_assert_eq(kith_export(net, &(kith_export_opts){.path = ".csv"}, NULL), KITH_EUSAGE);
    cr_assert_eq(kith_export(net, &(kith_export_opts){.path = "no/folder.csv"}, NULL), KITH_ECREATE);
    cr_assert_eq(count_files(), 0);
    export_to(net, "a.doc", KITH_EXPORT_CSV, false); /* said by name, any ending is fine */
    cr_assert_eq(count_files(), 1);
    kith_net_close(net);
}

static kith_code export_again(void *ctx, kith_err *err)
{
    static const kith_export_format formats[] = {KITH_EXPORT_TABLES, KITH_EXPORT_JSONL, KITH_EXPORT_GML};
    kith_code rc = KITH_OK;

    for (size_t i = 0; rc == KITH_OK && i < sizeof formats / sizeof *formats; i++)
        rc = kith_export(ctx,
                         &(kith_export_opts){.path = formats[i] == KITH_EXPORT_TABLES ? "tables" : "file",
                                             .format = formats[i],
                                             .with_contacts = true},
                         err);
    return rc;
}

Test(export, gives_back_everything_when_memory_ends)
{
    put_careful_tables();
    kith_net *net = load("careful");
    cr_assert_gt(each_failure(export_again, net), 20);
    kith_net_close(net);
}

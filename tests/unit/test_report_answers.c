/* Every answer in every format, from a network with awkward people in it. */
#include <criterion/criterion.h>
#include <jansson.h>

#include "base/text.h"
#include "each_failure.h"
#include "report/page.h"
#include "report_world.h"
#include "temp_folder.h"

static report_world world;

static void enter(void)
{
    temp_folder_enter();
    report_world_make(&world);
}

static void leave(void)
{
    report_world_free(&world);
    temp_folder_leave();
}

TestSuite(report_answers, .init = enter, .fini = leave);

static const kith_setting settings[] = {{"to", "company:\"A\033cme\"|" WORLD_MARKUP}, {"who", WORLD_CONTROL}};

static void write_to(world_answer which, const char *path, bool with_contacts)
{
    const kith_output to = {
        .path = path, .with_contacts = with_contacts, .settings = settings, .n_settings = 2};
    const size_t length = strlen(path);
    kith_output asked = to;
    kith_err err = KITH_ERR_NONE;

    if (strcmp(path + length - 4, ".csv") == 0)
        asked.format = KITH_FORMAT_CSV;
    if (strcmp(path + length - 6, ".jsonl") == 0)
        asked.format = KITH_FORMAT_JSONL;
    cr_assert_eq(report_world_write(&world, which, &asked, &err), KITH_OK, "%s: %s", path, err.message);
}

/** The answer as text, caller-owned: free(). */
static char *written(world_answer which, const char *ending, bool with_contacts)
{
    char path[40];

    (void)snprintf(path, sizeof path, "%s%s", world_commands[which], ending);
    write_to(which, path, with_contacts);
    return report_world_read(path, NULL);
}

static json_t *parsed(world_answer which)
{
    char *text = written(which, ".json", false);
    json_error_t wrong;
    json_t *answer = json_loads(text, JSON_REJECT_DUPLICATES, &wrong);

    cr_assert_not_null(answer, "%s line %d", wrong.text, wrong.line);
    free(text);
    return answer;
}

static void check_with(const char *command)
{
    cr_expect_eq(system(command), 0, "%s", command);
}

static const char *const endings[] = {".txt", ".csv", ".json", ".jsonl", ".html"};
enum { N_ENDINGS = sizeof endings / sizeof *endings };

Test(report_answers, json_holds_to_the_schemas)
{
    for (int which = 0; which < WORLD_ANSWERS; which++)
        free(written((world_answer)which, ".json.gz", which % 2));
    check_with("/usr/bin/python3 " KITH_SOURCE_DIR "/tests/check_schemas.py " KITH_SOURCE_DIR
               "/share/kith/schemas *.json.gz");
}

Test(report_answers, lines_of_json_are_the_rows_of_the_main_list)
{
    for (int which = 0; which < WORLD_ANSWERS; which++) {
        char command[400];
        char *lines = written((world_answer)which, ".jsonl", false), *rest = lines;
        json_t *answer = parsed((world_answer)which);
        const json_t *list = json_object_get(answer, world_lists[which]), *row;
        size_t i;

        cr_assert_gt(json_array_size(list), 0u);
        json_array_foreach(list, i, row)
        {
            json_t *line = json_loads(strsep(&rest, "\n"), 0, NULL);

            cr_expect(json_equal(line, row), "%s row %zu", world_commands[which], i);
            json_decref(line);
        }
        cr_expect_str_eq(rest, "", "nothing behind the last row");
        (void)snprintf(command, sizeof command,
                       "/usr/bin/python3 %s/tests/check_schemas.py --rows %s "
                       "%s/share/kith/schemas/%s.schema.json %s.jsonl",
                       KITH_SOURCE_DIR, world_lists[which], KITH_SOURCE_DIR, world_commands[which],
                       world_commands[which]);
        check_with(command);
        json_decref(answer);
        free(lines);
    }
}

Test(report_answers, json_says_what_the_result_says)
{
    json_t *answer = parsed(WORLD_INTRO);
    const json_t *route = json_array_get(json_object_get(answer, "routes"), 1);
    const json_t *tie = json_array_get(json_object_get(route, "ties"), 0);
    const json_t *first = json_array_get(json_object_get(tie, "reasons"), 0);
    const json_t *parameters = json_object_get(answer, "parameters");

    cr_expect_str_eq(json_string_value(json_object_get(answer, "command")), "intro");
    cr_expect_eq(json_integer_value(json_object_get(route, "rank")), 2);
    cr_expect_eq(json_real_value(json_object_get(route, "chance")), 0.149119);
    cr_expect_eq(json_integer_value(json_object_get(route, "cost")), 1903);
    cr_expect_eq(json_array_size(json_object_get(route, "people")), 3u);
    cr_expect_eq(json_array_size(json_object_get(tie, "reasons")), 2u, "what counts most, not all");
    cr_expect_str_eq(json_string_value(json_object_get(first, "evidence")), "worked together");
    cr_expect_str_eq(json_string_value(json_object_get(first, "text")), "both at BRILL");
    cr_expect_str_eq(json_string_value(json_object_get(parameters, "to")),
                     "company:\"A\\u{001B}cme\"|" WORLD_MARKUP);
    cr_expect_eq(json_real_value(json_object_get(json_object_get(parameters, "coefficients"), "handover")),
                 0.7);
    json_decref(answer);
}

Test(report_answers, json_has_null_where_nothing_is_known)
{
    json_t *bridges = parsed(WORLD_BRIDGES), *chains = parsed(WORLD_CHAINS);
    const json_t *lonely = json_array_get(json_object_get(bridges, "people"), 2);
    const json_t *brokers = json_object_get(bridges, "people");
    const json_t *line = json_array_get(json_object_get(chains, "people"), 1);

    cr_expect(json_is_null(json_object_get(lonely, "constraint")));
    cr_expect(json_is_null(json_object_get(lonely, "betweenness_normalized")));
    cr_expect(json_is_null(json_object_get(lonely, "cut")));
    cr_expect(json_is_object(json_object_get(json_array_get(brokers, 0), "cut")));
    cr_expect_eq(json_real_value(json_object_get(json_array_get(brokers, 1), "constraint")), 0.333333333);
    cr_expect_eq(json_real_value(json_object_get(json_array_get(brokers, 4), "betweenness")), 1234567.12,
                 "nine digits");
    cr_expect(json_is_null(json_object_get(line, "descendants")), "over the limit of work");
    json_decref(bridges);
    json_decref(chains);
}

Test(report_answers, no_control_character_reaches_any_output)
{
    static const char override[] = {'\xE2', '\x80', '\xAE', '\0'}; /* from right to left */

    for (int which = 0; which < WORLD_ANSWERS; which++)
        for (size_t e = 0; e < N_ENDINGS; e++) {
            char *text = written((world_answer)which, endings[e], true);

            for (const char *at = text; *at; at++)
                cr_expect((unsigned char)*at >= ' ' || *at == '\n', "%s%s: byte %d", world_commands[which],
                          endings[e], *at);
            cr_expect_null(strchr(text, '\177'));
            cr_expect_null(strstr(text, override));
            cr_expect(kith_text_valid(text, strlen(text)));
            free(text);
        }
}

Test(report_answers, markup_in_the_data_stays_text_on_pages)
{
    for (int which = 0; which < WORLD_ANSWERS; which++) {
        char *text = written((world_answer)which, ".html", true);

        cr_expect_null(strstr(text, "<img"));
        cr_expect_null(strstr(text, "</script>"));
        cr_expect_null(strstr(text, "<b>"));
        free(text);
    }
    check_with("/usr/bin/python3 " KITH_SOURCE_DIR "/tests/check_page.py *.html");
}

Test(report_answers, text_fits_eighty_columns)
{
    for (int which = 0; which < WORLD_ANSWERS; which++) {
        for (int contacts = 0; contacts < 2; contacts++) {
            char *text = written((world_answer)which, ".txt", contacts), *rest = text, *line;

            while ((line = strsep(&rest, "\n")))
                cr_expect_leq(kith_text_width(line), 80u, "%s: %s", world_commands[which], line);
            free(text);
        }
    }
}

Test(report_answers, a_route_reads_like_advice)
{
    char *text = written(WORLD_INTRO, ".txt", false);

    cr_expect_not_null(
        strstr(text, " 1.    71%  You know Ben Ito, Engineer at Brill, directly (strong: both at\n"));
    cr_expect_not_null(
        strstr(text, " 2.    15%  Ask Ben Ito (strong: both at BRILL; both list each other) to\n"
                     "            introduce you to Dana Roe, Hiring Manager at Acme Robotics.\n"
                     "            - Ben Ito and Dana Roe: medium (0.30), connected since March 2019\n"),
        "%s", text);
    cr_expect_not_null(strstr(text, " 3. <0.01%  Ask Cara Poe to ask Eve"));
    cr_expect_not_null(strstr(text, "not calibrated"));
    cr_expect_not_null(strstr(text, "weight_listed 0.2"));
    free(text);
}

Test(report_answers, no_route_is_said_to_be_none)
{
    world.intro.n_routes = 0;
    char *text = written(WORLD_INTRO, ".txt", false);

    cr_expect_not_null(strstr(text, "No route of at most 3 ties leads to anyone who is sought."));
    free(text);
}

Test(report_answers, contacts_are_shown_only_where_asked_for)
{
    for (int which = 0; which < WORLD_ANSWERS; which++)
        for (size_t e = 0; e < N_ENDINGS; e++) {
            char *text = written((world_answer)which, endings[e], false);

            cr_expect_null(strstr(text, WORLD_EMAIL));
            cr_expect_null(strstr(text, "zed@"));
            cr_expect_null(strstr(text, "+49 30"));
            free(text);
        }
    char *found = written(WORLD_FIND, ".csv", true), *info = written(WORLD_INFO, ".json", true);

    cr_expect_not_null(strstr(found, WORLD_EMAIL));
    cr_expect_not_null(strstr(info, "zed@"));
    free(found);
    free(info);
}

Test(report_answers, compressed_is_the_same_text)
{
    for (int which = 0; which < WORLD_ANSWERS; which++)
        for (size_t e = 0; e < N_ENDINGS; e++) {
            kith_format format = kith_format_find(endings[e] + 1);
            char plain[40], packed[40];
            kith_err err = KITH_ERR_NONE;

            (void)snprintf(plain, sizeof plain, "a%s", endings[e]);
            (void)snprintf(packed, sizeof packed, "a%s.gz", endings[e]);
            const kith_output to = {.path = plain, .format = format},
                              to_gz = {.path = packed, .format = format};
            cr_assert_eq(report_world_write(&world, (world_answer)which, &to, &err), KITH_OK);
            cr_assert_eq(report_world_write(&world, (world_answer)which, &to_gz, &err), KITH_OK);
            FILE *file = fopen(packed, "rb");
            cr_assert_eq(fgetc(file), 0x1F, "is gzip");
            (void)fclose(file);
            char *a = report_world_read(plain, NULL), *b = report_world_read(packed, NULL);
            cr_expect_str_eq(a, b);
            free(a);
            free(b);
        }
}

Test(report_answers, formats_have_words)
{
    cr_expect_eq(kith_format_find("text"), KITH_FORMAT_TEXT);
    cr_expect_eq(kith_format_find("csv"), KITH_FORMAT_CSV);
    cr_expect_eq(kith_format_find("json"), KITH_FORMAT_JSON);
    cr_expect_eq(kith_format_find("jsonl"), KITH_FORMAT_JSONL);
    cr_expect_eq(kith_format_find("html"), KITH_FORMAT_HTML);
    cr_expect_eq(kith_format_find("xml"), KITH_FORMAT_AUTO);
    cr_expect_eq(kith_format_find(""), KITH_FORMAT_AUTO);
}

static kith_code write_find(const kith_output *to, kith_err *err)
{
    return report_world_write(&world, WORLD_FIND, to, err);
}

Test(report_answers, a_name_that_tells_no_format_is_refused)
{
    static const char *const paths[] = {"out.xml", "out", "out.gz", ".gz", "csv", "a.csv/b", ""};

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const kith_output to = {.path = paths[i]};
        kith_err err = KITH_ERR_NONE;

        cr_expect_eq(kith_output_check(&to, NULL), KITH_EUSAGE);
        cr_expect_eq(write_find(&to, &err), KITH_EUSAGE, "%s", paths[i]);
        cr_expect_not_null(strstr(err.message, ".txt .csv .json .jsonl or .html"));
    }
    const kith_output named = {.path = "out.xml", .format = KITH_FORMAT_CSV};
    cr_expect_eq(write_find(&named, NULL), KITH_OK, "a format overrules the name");
    cr_expect_eq(count_files(), 1);
}

Test(report_answers, one_list_at_a_time_in_a_table)
{
    const kith_info_parts both = {.rejects = true, .merges = true}, one = {.merges = true};
    const kith_output to = {.path = "i.csv"};
    kith_err err = KITH_ERR_NONE;

    cr_expect_eq(kith_write_info(world.net, &both, &to, &err), KITH_EUSAGE);
    cr_expect_eq(count_files(), 0);
    cr_expect_eq(kith_write_info(world.net, &one, &to, NULL), KITH_OK);
    char *text = report_world_read("i.csv", NULL);
    cr_expect_not_null(
        strstr(text, "\n1,p1,Ben Ito,'=ann/Connections.csv,3,B. Ito\\u{000A}and more,same email,1\n"), "%s",
        text);
    free(text);
}

Test(report_answers, a_place_that_cannot_be_written_is_named)
{
    for (int which = 0; which < WORLD_ANSWERS; which++) {
        const kith_output nowhere = {.path = "no/such/folder/a.json"};
        const kith_output full = {.path = "/dev/full", .format = KITH_FORMAT_JSON};
        kith_err err = KITH_ERR_NONE, err_full = KITH_ERR_NONE;

        cr_expect_eq(report_world_write(&world, (world_answer)which, &nowhere, &err), KITH_ECREATE);
        cr_expect_not_null(strstr(err.message, "no/such/folder/a.json"), "%s", err.message);
        cr_expect_eq(report_world_write(&world, (world_answer)which, &full, &err_full), KITH_EIO);
        cr_expect_not_null(strstr(err_full.message, "/dev/full"), "%s", err_full.message);
    }
}

typedef struct attempt {
    world_answer which;
    kith_output to;
} attempt;

static kith_code attempt_write(void *ctx, kith_err *err)
{
    const attempt *a = ctx;

    return report_world_write(&world, a->which, &a->to, err);
}

Test(report_answers, every_failed_allocation_is_told)
{
    for (int which = 0; which < WORLD_ANSWERS; which++)
        for (size_t e = 0; e < N_ENDINGS; e++) {
            attempt a = {.which = (world_answer)which,
                         .to = {.path = "f",
                                .format = kith_format_find(endings[e] + 1),
                                .with_contacts = true,
                                .settings = settings,
                                .n_settings = 2}};

            cr_expect_gt(each_failure(attempt_write, &a), 2u);
            cr_expect_eq(count_files(), 1, "the last attempt alone leaves a file");
            cr_assert_eq(unlink("f"), 0);
        }
}

static const kith_page_intro page_intro = {.from = "me", .to = WORLD_MARKUP, .result = &world.intro};

static kith_code attempt_page(void *ctx, kith_err *err)
{
    return kith_write_page(world.net, ctx, "index.html", err);
}

Test(report_answers, the_page_tells_findings_first)
{
    kith_page_parts parts = {.bridges = &world.bridges,
                             .chains = &world.chains,
                             .intros = &page_intro,
                             .n_intros = 1,
                             .cohort = &world.cohort};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_write_page(world.net, &parts, "index.html", &err), KITH_OK, "%s", err.message);
    check_with("/usr/bin/python3 " KITH_SOURCE_DIR "/tests/check_page.py index.html");
    char *text = report_world_read("index.html", NULL);
    const char *finding = strstr(text, "7 people, 6 ties and 0 mentorships from 1 source");
    const char *cut =
        strstr(text, "If Ann Lee left, 3 people and all contact to 4 companies would be cut off");

    cr_assert(finding && cut && finding < cut && cut < strstr(text, "<section>"));
    cr_expect_not_null(
        strstr(text, "Of 4 people who were mentored, 2 (50%, censored: some have had little time) so far "
                     "mentored in turn; half are "
                     "expected to within 2.2 years."));
    free(text);
    cr_expect_gt(each_failure(attempt_page, &parts), 2u);
    parts = (kith_page_parts){0};
    cr_expect_eq(kith_write_page(world.net, &parts, "index.html", &err), KITH_OK, "parts may be missing");
    check_with("/usr/bin/python3 " KITH_SOURCE_DIR "/tests/check_page.py index.html");
    cr_expect_eq(kith_write_page(world.net, &parts, "no/index.html", &err), KITH_ECREATE);
}

/** Places where a text holds another. */
static size_t times(const char *text, const char *part)
{
    size_t count = 0;

    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

Test(report_answers, pages_draw_the_lineage_of_the_first_founder)
{
    char *page = written(WORLD_CHAINS, ".html", false), *text = written(WORLD_CHAINS, ".txt", false);
    char *figure = strstr(page, "The lineage of Ann Lee, the founder with most descendants");

    cr_assert(figure && (figure = strstr(figure, "<svg")));
    cr_expect_null(strstr(text, "The lineage of"));
    *strstr(figure, "</svg>") = '\0';
    cr_expect_eq(times(figure, "</text>"), 3, "one box for each of the three");
    cr_expect_not_null(strstr(figure, ">Ann Lee</text>"));
    cr_expect_not_null(strstr(figure, ">&lt;img src=x"));
    free(page);
    free(text);
}

Test(report_answers, founders_are_told_by_programme_and_cohort)
{
    json_t *chains = parsed(WORLD_CHAINS), *by = json_object_get(chains, "founders_by");
    json_t *programme = json_array_get(by, 0), *cohort = json_array_get(by, 1);
    json_t *founder = json_array_get(json_object_get(programme, "founders"), 0);

    cr_assert_eq(json_array_size(by), 3);
    cr_expect_str_eq(json_string_value(json_object_get(programme, "field")), "programme");
    cr_expect_eq(json_integer_value(json_object_get(programme, "longest_chain")), 3);
    cr_expect_str_eq(json_string_value(json_object_get(founder, "name")), "Ann Lee");
    cr_expect_eq(json_integer_value(json_object_get(founder, "cut_off")), 1);
    cr_expect_str_eq(json_string_value(json_object_get(cohort, "field")), "cohort");
    cr_expect_eq(json_integer_value(json_object_get(cohort, "founders_counted")), 2);
    founder = json_array_get(json_object_get(cohort, "founders"), 0);
    cr_expect(json_is_null(json_object_get(founder, "descendants")), "over the limit");
    cr_expect_eq(json_array_size(json_object_get(json_array_get(by, 2), "founders")), 0);
    json_decref(chains);
}

Test(report_answers, an_empty_network_has_answers_too)
{
    small_net *empty = small_net_new(0);
    const kith_net *net = small_net_open(empty);
    const kith_bridges_result bridges = {.exact = true};
    const kith_chains_result chains = {.pay_forward = {.naive_share = 0, .median_days = 0},
                                       .as_of = KITH_NO_DATE};
    const kith_cohort_result cohort = {0};
    const kith_ids nobody = {NULL, 0};

    for (size_t e = 0; e < N_ENDINGS; e++) {
        const kith_output to = {.path = "e", .format = kith_format_find(endings[e] + 1)};

        cr_expect_eq(kith_write_info(net, NULL, &to, NULL), KITH_OK);
        cr_expect_eq(kith_write_people(net, &nobody, &to, NULL), KITH_OK);
        cr_expect_eq(kith_write_bridges(net, &bridges, &to, NULL), KITH_OK);
        cr_expect_eq(kith_write_chains(net, &chains, &to, NULL), KITH_OK);
        cr_expect_eq(kith_write_cohort(net, &cohort, &to, NULL), KITH_OK);
    }
    small_net_free(empty);
}

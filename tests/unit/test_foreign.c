/* Graph files that igraph reads: what they give, and what happens to those that mean harm. */
#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "each_failure.h"
#include "igraph_port/foreign.h"
#include "recording_sink.h"
#include "temp_folder.h"

#define CORPUS KITH_SOURCE_DIR "/tests/corpus/"

TestSuite(foreign, .init = temp_folder_enter, .fini = temp_folder_leave);

static recording read_well(const char *input)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(record(&rec, &(kith_build_opts){.inputs = &input, .n_inputs = 1}, &err), KITH_OK, "%s: %s",
                 input, err.message);
    return rec;
}

static void expect_counts(const recording *rec, const char *format, uint64_t used, uint64_t skipped,
                          uint64_t rejected)
{
    expect_rows(rec, &(file_rows){format, format, used, skipped, rejected});
}

Test(foreign, graphml)
{
    recording rec = read_well(CORPUS "good-graph.graphml");
    uint32_t ann = named(&rec, "Ann & Lee");

    expect_counts(&rec, "GraphML", 5, 1, 1);
    cr_assert_eq(rec.n_mentions, 3);
    cr_assert_str_eq(rec.mentions[ann].id, "ann");
    cr_assert_str_eq(value_of(&rec, ann, KITH_FIELD_COMPANY, 0), "Acme");
    cr_assert_eq(rec.n_relations, 2);
    cr_assert_eq(rec.relations[0].weight, 2.5);
    cr_assert_eq(rec.relations[0].strength, 0.25);
    cr_assert_eq(rec.relations[1].weight, 1);
    cr_assert(isnan(rec.relations[1].strength));
    cr_assert_str_eq(rec.rejects[0].reason, "weight is no number above 0");
    cr_assert_eq(rec.rejects[0].line, 3 + 4); /* after three people, the fourth tie */
    recording_free(&rec);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(foreign, gml)
{
    recording rec = read_well(CORPUS "good-graph.gml");
    uint32_t ann = named(&rec, "Ann \"A\" Lee");

    expect_counts(&rec, "GML", 3, 0, 0);
    cr_assert_str_eq(rec.mentions[ann].id, "5");
    cr_assert_str_eq(value_of(&rec, ann, KITH_FIELD_COMPANY, 0), "Acme");
    cr_assert_eq(rec.relations[0].strength, 0.5);
    recording_free(&rec);
}

Test(foreign, pajek_labels_name_people_and_tell_them_apart)
{
    recording rec = read_well(CORPUS "good-graph.net");

    expect_counts(&rec, "Pajek", 7, 0, 0);
    cr_assert_str_eq(rec.mentions[0].id, "Ann Lee");
    cr_assert_str_eq(rec.mentions[2].id, "Ann Lee #3"); /* another vertex, another person */
    cr_assert_str_eq(value_of(&rec, 2, KITH_FIELD_NAME, 0), "Ann Lee");
    cr_assert_str_eq(value_of(&rec, 3, KITH_FIELD_NAME, 0), "M\u00fcller"); /* from CP1252 */
    cr_assert_eq(rec.relations[0].weight, 0.5);
    recording_free(&rec);
}

Test(foreign, ucinet_dl)
{
    recording rec = read_well(CORPUS "good-graph.dl");

    expect_counts(&rec, "UCINET DL", 6, 0, 0);
    cr_assert_str_eq(rec.mentions[0].id, "Ann");
    cr_assert_eq(rec.relations[0].weight, 3.5);
    recording_free(&rec);
    rec = read_well(CORPUS "good-graph-matrix.dl");
    expect_counts(&rec, "UCINET DL", 7, 0, 0); /* a symmetric matrix tells each tie twice */
    recording_free(&rec);
}

/** Files that cannot be read, and words of the message. */
static const struct {
    const char *name, *words;
} bad[] = {
    {"bad-graph-people.net", "200000000 vertices, in 30 bytes"},
    {"bad-graph-exponent.net", "200000000 vertices"},
    {"bad-graph-people.dl", "300000000 vertices"},
    {"bad-graph-bomb.graphml", "DOCTYPE"},
    {"bad-graph-utf7.graphml", "save it as UTF-8"},
    {"bad-graph-truncated.graphml", "cannot be read"},
    {"bad-graph-out-of-range.net", "cannot be read"},
    {"bad-graph-binary.net", "cannot be read"},
    {"bad-graph-open.gml", "cannot be read"},
    {"bad-graph-text.gml", "cannot be read"},
};

static void expect_refusal(const char *path, const char *words)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    cr_expect_eq(record(&rec, &(kith_build_opts){.inputs = &path, .n_inputs = 1}, &err), KITH_EDATA, "%s",
                 path);
    cr_expect_not_null(strstr(err.message, words), "%s: %s", path, err.message);
    cr_expect_str_eq(err.file, path);
    recording_free(&rec);
    cr_expect_eq(kith_mem_live(), 0, "%s", path);
    cr_expect_lt(waitpid(-1, NULL, WNOHANG), 0, "%s: a child is left", path);
}

Test(foreign, what_cannot_be_read_is_told_with_its_file)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char path[512];
        (void)snprintf(path, sizeof path, CORPUS "%s", bad[i].name);
        expect_refusal(path, bad[i].words);
    }
}

/** Every beginning of a file of each format gives an answer or a clear error, and leaves nothing behind. */
Test(foreign, every_beginning_of_a_file_ends_well)
{
    static const char *const files[] = {"good-graph.graphml", "good-graph.gml", "good-graph.net",
                                        "good-graph.dl"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[512], text[2048];
        (void)snprintf(path, sizeof path, CORPUS "%s", files[i]);
        FILE *file = fopen(path, "r");
        size_t length = fread(text, 1, sizeof text, file);
        (void)fclose(file);
        for (size_t part = 1; part < length; part += 7) {
            const char *input = "part";
            recording rec = {0};
            kith_err err = KITH_ERR_NONE;
            file = fopen(input, "w");
            cr_assert_eq(fwrite(text, 1, part, file), part);
            (void)fclose(file);
            kith_code rc = record(&rec, &(kith_build_opts){.inputs = &input, .n_inputs = 1}, &err);
            cr_assert(rc == KITH_OK || (rc == KITH_EDATA && *err.message), "%s, %zu bytes: %d", files[i],
                      part, (int)rc);
            recording_free(&rec);
        }
    }
    cr_assert_eq(kith_mem_live(), 0);
}

Test(foreign, a_file_of_brackets_does_not_bring_the_reader_down)
{
    FILE *file = fopen("deep.gml", "w");

    (void)fputs("graph [ ", file);
    for (int i = 0; i < 300000; i++)
        (void)fputs("a [ ", file);
    (void)fclose(file);
    expect_refusal("deep.gml", "");
}

static kith_code none_begin(void *ctx, const char *const *attributes, uint32_t n, uint32_t vertices,
                            kith_err *err)
{
    (void)ctx, (void)attributes, (void)n, (void)vertices, (void)err;
    return KITH_OK;
}

static kith_code refuse_vertex(void *ctx, uint32_t vertex, const char *const *values, kith_err *err)
{
    (void)ctx, (void)values;
    return vertex < 2 ? KITH_OK : kith_fail(err, KITH_EIO, "enough");
}

static kith_code any_vertex(void *ctx, uint32_t vertex, const char *const *values, kith_err *err)
{
    (void)ctx, (void)vertex, (void)values, (void)err;
    return KITH_OK;
}

static kith_code none_edge(void *ctx, uint32_t from, uint32_t to, double weight, double strength,
                           kith_err *err)
{
    (void)ctx, (void)from, (void)to, (void)weight, (void)strength, (void)err;
    return KITH_OK;
}

/** A Pajek file of `n` vertices in a circle. */
static FILE *circle(uint32_t n, uint64_t *bytes)
{
    FILE *file = tmpfile();

    (void)fprintf(file, "*Vertices %u\n", n);
    for (uint32_t i = 1; i <= n; i++)
        (void)fprintf(file, "%u \"v%u\"\n", i, i);
    (void)fprintf(file, "*Edges\n");
    for (uint32_t i = 1; i <= n; i++)
        (void)fprintf(file, "%u %u\n", i, i % n + 1);
    (void)fflush(file);
    *bytes = (uint64_t)ftell(file);
    return file;
}

Test(foreign, a_sink_that_fails_ends_the_child_too)
{
    uint64_t bytes;
    FILE *file = circle(50000, &bytes);
    kith_foreign_file in = {.fd = fileno(file), .bytes = bytes, .format = KITH_FOREIGN_PAJEK, .path = "x"};
    kith_foreign_sink sink = {NULL, none_begin, refuse_vertex, none_edge};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_foreign_read(&in, &sink, &err), KITH_EIO);
    cr_assert_str_eq(err.message, "enough");
    cr_assert_lt(waitpid(-1, NULL, WNOHANG), 0);
    cr_assert_eq(kith_mem_live(), 0);
    (void)fclose(file);
}

/** GraphML of a few bytes that comes to much: each of many vertices has each of many attributes. */
static FILE *attributes_of_all(uint32_t attributes, uint32_t vertices, uint64_t spare, uint64_t *bytes)
{
    FILE *file = tmpfile();

    (void)fputs("<graphml>", file);
    for (uint32_t i = 0; i < attributes; i++)
        (void)fprintf(file, "<key id='k%u' for='node' attr.name='a_rather_long_name_%u' attr.type='string'/>",
                      i, i);
    (void)fputs("<graph edgedefault='undirected'>", file);
    for (uint32_t i = 0; i < vertices; i++)
        (void)fprintf(file, "<node id='n%u'/>", i);
    (void)fputs("</graph></graphml>", file);
    for (uint64_t i = 0; i < spare; i++)
        (void)fputc(' ', file);
    (void)fflush(file);
    *bytes = (uint64_t)ftell(file);
    return file;
}

static void expect_too_much(uint32_t attributes, uint32_t vertices, uint64_t spare, uint32_t most_seconds,
                            const char *words)
{
    uint64_t bytes;
    FILE *file = attributes_of_all(attributes, vertices, spare, &bytes);
    kith_foreign_file in = {.fd = fileno(file),
                            .bytes = bytes,
                            .format = KITH_FOREIGN_GRAPHML,
                            .path = "x",
                            .most_seconds = most_seconds};
    kith_foreign_sink sink = {NULL, none_begin, any_vertex, none_edge};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_foreign_read(&in, &sink, &err), KITH_EDATA);
    cr_assert_str_eq(err.file, "x");
    cr_assert_str_eq(err.message, words);
    cr_assert_lt(waitpid(-1, NULL, WNOHANG), 0);
    cr_assert_eq(kith_mem_live(), 0);
    (void)fclose(file);
}

Test(foreign, a_file_that_takes_too_long_is_an_error)
{
    const uint64_t spare = UINT64_C(32) << 20; /* a large file may take memory enough for a second */

    expect_too_much(2000, 40000, spare, 1, "takes more time than a file of its size may: is it damaged?");
}

#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__ /* they let nobody limit memory */
Test(foreign, a_file_that_takes_too_much_memory_is_an_error)
{
    const uint32_t time_enough = 300; /* on a slow machine, too */

    expect_too_much(4000, 50000, 0, time_enough,
                    "takes more memory than a file of its size may: is it damaged?");
}
#endif

static bool never(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx, (void)phase, (void)done, (void)total;
    return false;
}

Test(foreign, a_caller_who_stops_is_heard_while_the_child_is_silent)
{
    kith_progress progress = {never, NULL};
    kith_foreign_sink sink = {NULL, none_begin, refuse_vertex, none_edge};
    kith_err err = KITH_ERR_NONE;

    uint64_t bytes;
    FILE *file = circle(400000, &bytes);
    kith_foreign_file in = {
        .fd = fileno(file), .bytes = bytes, .format = KITH_FOREIGN_PAJEK, .path = "x", .progress = &progress};
    kith_code rc = kith_foreign_read(&in, &sink, &err);
    cr_assert(rc == KITH_EINTERRUPT || rc == KITH_EIO); /* a fast machine may be done by then */
    cr_assert_lt(waitpid(-1, NULL, WNOHANG), 0);
    (void)fclose(file);
}

/** What a signal handler of the calling program would leave behind. */
static void on_signal(int number)
{
    (void)number;
    put_file("handled", "");
    _exit(3);
}

Test(foreign, the_child_has_no_handlers_of_ours_and_writes_nothing_of_ours)
{
    cr_assert_neq(signal(SIGXCPU, on_signal), SIG_ERR);
    cr_assert_neq(signal(SIGSEGV, on_signal), SIG_ERR);
    FILE *ours = fopen("ours", "w");
    (void)fputs("once", ours); /* unwritten in a buffer that the child inherits */
    recording rec = read_well(CORPUS "good-graph.net");
    recording_free(&rec);
    expect_refusal(CORPUS "bad-graph-binary.net", "cannot be read");
    (void)fclose(ours);
    cr_assert(holds("ours", "once"));
    cr_assert_neq(access("handled", F_OK), 0);
}

static kith_code read_file(void *ctx, kith_err *err)
{
    recording rec = {0};
    const char *input = ctx;
    kith_code rc = record(&rec, &(kith_build_opts){.inputs = &input, .n_inputs = 1}, err);

    recording_free(&rec);
    return rc;
}

Test(foreign, gives_back_everything_when_memory_ends)
{
    char xml[] = CORPUS "good-graph.graphml", pajek[] = CORPUS "good-graph.net";

    cr_assert_gt(each_failure(read_file, xml), 20);
    cr_assert_gt(each_failure(read_file, pajek), 20);
}

Test(foreign, formats_are_told_by_their_first_bytes)
{
    static const struct {
        const char *text;
        kith_foreign_format format;
    } texts[] = {
        {"\xEF\xBB\xBF<?xml version=\"1.0\"?><graphml>", KITH_FOREIGN_GRAPHML},
        {"<html>", KITH_FOREIGN_NONE},
        {"*Vertices 3", KITH_FOREIGN_PAJEK},
        {"% who\n\n*NETWORK friends", KITH_FOREIGN_PAJEK},
        {"*shrug*", KITH_FOREIGN_NONE},
        {"DL\nN=3", KITH_FOREIGN_DL},
        {"dl format = edgelist1", KITH_FOREIGN_DL},
        {"dlna server", KITH_FOREIGN_NONE},
        {"graph [", KITH_FOREIGN_GML},
        {"Creator \"x\"\nVersion 1\ngraph\n[", KITH_FOREIGN_GML},
        {"digraph G { graph [a=b]", KITH_FOREIGN_NONE},
        {"a paragraph [1] of text", KITH_FOREIGN_NONE},
        {"", KITH_FOREIGN_NONE},
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cr_expect_eq(kith_foreign_recognise(texts[i].text, strlen(texts[i].text)), texts[i].format, "%s",
                     texts[i].text);
}

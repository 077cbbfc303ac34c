/* Inputs that are broken, or made to do harm: each ends soon, with a reject or an error that names the place.
 */
#include <criterion/criterion.h>
#include <string.h>
#include <sys/stat.h>

#include "recording_sink.h"
#include "temp_folder.h"

#define CORPUS KITH_SOURCE_DIR "/tests/corpus/"

/* Many times what the slowest of them takes with sanitizers: it is there to catch what never ends. */
TestSuite(hostile, .init = temp_folder_enter, .fini = temp_folder_leave, .timeout = 120);

static kith_code read_within(const char *path, kith_input_limits limits, recording *rec, kith_err *err)
{
    return record(rec, &(kith_build_opts){.inputs = &path, .n_inputs = 1, .limits = limits}, err);
}

/** Reads what must go well. */
static recording read_well(const char *path, kith_input_limits limits)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(read_within(path, limits, &rec, &err), KITH_OK, "%s: %s", path, err.message);
    return rec;
}

/** Reads what must be refused: the message holds `words`, and the file ends in `file`. */
static void read_badly(const char *path, kith_input_limits limits, const char *file, const char *words)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;
    size_t length = strlen(file);

    cr_expect_eq(read_within(path, limits, &rec, &err), KITH_EDATA, "%s: %s", path, err.message);
    cr_expect_not_null(strstr(err.message, words), "%s", err.message);
    cr_expect(strlen(err.file) >= length && !strcmp(err.file + strlen(err.file) - length, file), "%s",
              err.file);
    recording_free(&rec);
}

static const kith_input_limits usual = {.depth = 0};

Test(hostile, every_limit_names_the_option_that_raises_it)
{
    read_badly(CORPUS "bad-nested.zip", usual, "bad-nested.zip/deep3.zip/deep2.zip/deep1.zip/deep0.zip",
               "over 4 deep; --max-depth");
    read_badly(CORPUS "bad-deep.gz", usual, "bad-deep.gz", "--max-depth");
    read_badly(CORPUS "good-export.zip", (kith_input_limits){.entries = 2}, "good-export.zip",
               "--max-entries");
    read_badly(CORPUS "good-export.tar.gz", (kith_input_limits){.expanded_bytes = 3000}, "good-export.tar.gz",
               "--max-gigabytes");
    read_badly(CORPUS "bad-bomb.gz", usual, "bad-bomb.gz", "--max-ratio");
    read_badly(CORPUS "bad-bomb.gz", (kith_input_limits){.ratio = 100}, "bad-bomb.gz", "100 times its size");
}

Test(hostile, a_raised_limit_lets_through)
{
    recording rec = read_well(CORPUS "bad-nested.zip", (kith_input_limits){.depth = 5});

    (void)named(&rec, "Ann Lee");
    recording_free(&rec);
    rec = read_well(CORPUS "bad-bomb.gz", (kith_input_limits){.ratio = 5000});
    cr_assert_eq(rec.n_relations, 1, "an edge list with a long end");
    recording_free(&rec);
}

Test(hostile, what_is_unpacked_counts_for_the_whole_input)
{
    const char *inputs[] = {CORPUS "good-export.zip", CORPUS "good-export.tar"};
    recording rec = {0};

    /* Each input for itself is below the limit. */
    kith_build_opts opts = {.inputs = inputs, .n_inputs = 2, .limits = {.expanded_bytes = 2000}};
    cr_assert_eq(record(&rec, &opts, NULL), KITH_OK);
    recording_free(&rec);
    opts.limits.expanded_bytes = 300;
    cr_assert_eq(record(&rec, &opts, NULL), KITH_EDATA);
    recording_free(&rec);
}

Test(hostile, nothing_leads_out_of_an_archive)
{
    static const struct {
        const char *path, *notice;
    } cases[] = {
        {CORPUS "good-export-outside.zip",
         "good-export-outside.zip: left out links, and files whose path leads "
         "out of the archive, 4 in all, the first is ../outside.csv\n"},
        {CORPUS "good-export-outside.tar",
         "good-export-outside.tar: left out links, and files whose path leads "
         "out of the archive, 4 in all, the first is ../outside.csv\n"},
        {CORPUS "good-export-links.zip", "good-export-links.zip: left out links, and files whose path leads "
                                         "out of the archive, 1 in all, the first is others.csv\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        recording rec = read_well(cases[i].path, usual);
        cr_expect_eq(rec.n_sources, 1);
        cr_expect_eq(rec.n_mentions, 1);
        (void)named(&rec, "Ann Lee");
        cr_expect_str_eq(kith_dynbuf_cstr(&rec.notices), cases[i].notice);
        recording_free(&rec);
    }
}

/** A whole file in memory; the caller frees it. */
static char *slurp(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 20);

    cr_assert(file && bytes);
    *length = fread(bytes, 1, 1 << 20, file);
    cr_assert_eq(fclose(file), 0);
    return bytes;
}

static void put_bytes(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");

    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes, 1, length, file), length);
    cr_assert_eq(fclose(file), 0);
}

Test(hostile, any_byte_of_a_packed_file_may_be_wrong)
{
    static const char *const files[] = {CORPUS "good-export.zip", CORPUS "good-export.tar.gz",
                                        CORPUS "good-connections.csv.xz"};

    for (size_t f = 0; f < 3; f++) {
        size_t length;
        char *bytes = slurp(files[f], &length);
        for (size_t at = 0; at < length; at += 3) {
            recording rec = {0};
            kith_err err = KITH_ERR_NONE;
            bytes[at] ^= 0x55;
            put_bytes("flipped", bytes, length);
            kith_code rc = read_within("flipped", usual, &rec, &err);
            cr_expect(rc == KITH_OK || rc == KITH_EDATA || rc == KITH_EUSAGE, "byte %zu: code %d, %s", at,
                      (int)rc, err.message);
            cr_expect(rc == KITH_OK || err.message[0]);
            recording_free(&rec);
            bytes[at] ^= 0x55;
        }
        free(bytes);
    }
}

/** A table in which row 3 of 4 is made of `count` times `what`. */
static void put_long_row(const char *begin, const char *what, size_t count, const char *end)
{
    FILE *file = fopen("long.csv", "wb");
    size_t length = strlen(what);
    static char block[1 << 16];
    size_t in_block = sizeof block / length;

    cr_assert_not_null(file);
    for (size_t i = 0; i < in_block; i++)
        memcpy(block + i * length, what, length);
    (void)fprintf(file, "id,name\n1,Ann\n%s", begin);
    for (; count > 0; count -= count < in_block ? count : in_block)
        (void)fwrite(block, length, count < in_block ? count : in_block, file);
    (void)fprintf(file, "%s\n3,Cy\n", end);
    cr_assert_eq(fclose(file), 0);
}

Test(hostile, a_field_of_100_megabytes)
{
    static const char *const quotes[] = {"", "\""};

    for (size_t i = 0; i < 2; i++) {
        put_long_row(quotes[i], "x", (size_t)100 << 20, quotes[i]);
        recording rec = read_well("long.csv", usual);
        cr_assert_eq(rec.n_rejects, 1);
        cr_assert_eq(rec.rejects[0].line, 3);
        cr_assert_not_null(strstr(rec.rejects[0].reason, "over 1 MiB"));
        cr_assert_eq(rec.mentions[named(&rec, "Cy")].line, 4);
        recording_free(&rec);
    }
}

Test(hostile, a_row_of_a_million_columns)
{
    put_long_row("2,Ben", ",x", 1000000, "");
    recording rec = read_well("long.csv", usual);
    cr_assert_eq(rec.n_rejects, 1);
    cr_assert_eq(rec.rejects[0].line, 3);
    cr_assert_str_eq(rec.rejects[0].reason, "it has over 4096 columns");
    recording_free(&rec);
}

Test(hostile, a_header_of_a_million_columns)
{
    FILE *file = fopen("wide.csv", "w");

    (void)fputs("id,name", file);
    for (int i = 0; i < 1000000; i++)
        (void)fputs(",x", file);
    (void)fputs("\n1,Ann\n", file);
    cr_assert_eq(fclose(file), 0);
    read_badly("wide.csv", usual, "", "wide.csv: it has over 4096 columns");
}

Test(hostile, a_quote_anywhere)
{
    static const char table[] = "id,name,company\n1,Ann Lee,Acme\n2,\"Ben\nIto\",Initech\n3,Cy,\"X\"\"Y\"\n";

    for (size_t at = 16; at < sizeof table - 1; at++) {
        char text[sizeof table + 2];
        recording rec;
        memcpy(text, table, at);
        text[at] = '"';
        memcpy(text + at + 1, table + at, sizeof table - at);
        put_file("quote.csv", text);
        rec = read_well("quote.csv", usual);
        cr_expect_geq(rec.sources[0].end.rows, 1, "at %zu", at);
        for (size_t i = 0; i < rec.n_rejects; i++)
            cr_expect(rec.rejects[i].line >= 2 && rec.rejects[i].line <= 5);
        recording_free(&rec);
    }
}

Test(hostile, folders_without_end)
{
    char path[512] = "deep";

    for (int i = 0; i < 70; i++) {
        cr_assert_eq(mkdir(path, 0700), 0);
        (void)strcat(path, "/d");
    }
    read_badly("deep", usual, "", "over 64 deep");
}

Test(hostile, a_folder_that_is_its_own_child)
{
    cr_assert_eq(mkdir("loop", 0700), 0);
    cr_assert_eq(symlink(".", "loop/again"), 0);
    put_file("loop/people.csv", "id,name\n1,Ann Lee\n");
    recording rec = read_well("loop", usual);
    cr_assert_eq(rec.n_sources, 1);
    cr_assert_str_eq(kith_dynbuf_cstr(&rec.notices),
                     "loop: left out symbolic links, 1 in all, the first is again\n");
    recording_free(&rec);
}

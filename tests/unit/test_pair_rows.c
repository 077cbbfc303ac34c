/* Rows that hold a source and a target alone are read by a way of their own. A third column that says nothing
 * takes them the usual way: both tell the same. */
#include <criterion/criterion.h>
#include <omp.h>
#include <string.h>

#include "base/rng.h"
#include "recording_sink.h"
#include "temp_folder.h"

TestSuite(pair_rows, .init = temp_folder_enter, .fini = temp_folder_leave);

/** Cells of which some need care: untidy, empty, in quotes, one person under two spellings. */
static void put_cell(kith_rng *rng, FILE *file)
{
    static const char *const odd[] = {"",
                                      " p1 ",
                                      "\"p2\"",
                                      "\"a\n\"\"b\"\"\"",
                                      "é",
                                      "p3 p4",
                                      "Ann@X.org",
                                      "ann@x.org",
                                      "p\x01",
                                      "https://www.linkedin.com/in/Ann-Lee/",
                                      "linkedin.com/in/ann-lee",
                                      "a\"b"};

    if (kith_rng_below(rng, 20) == 0)
        cr_assert_geq(fputs(odd[kith_rng_below(rng, sizeof odd / sizeof *odd)], file), 0);
    else
        cr_assert_geq(fprintf(file, "p%u", (unsigned)kith_rng_below(rng, 30000)), 0);
}

/** The same rows for the same seed, with a column between the two or without. */
static void put_table(const char *path, bool with_weight, bool turned)
{
    FILE *file = fopen(path, "w");
    kith_rng rng;

    kith_rng_seed(&rng, 5);
    cr_assert_not_null(file);
    cr_assert_geq(
        fprintf(file, turned ? "target%s,source\n" : "source%s,target\n", with_weight ? ",weight" : ""), 0);
    for (int row = 0; row < 200000; row++) {
        put_cell(&rng, file);
        cr_assert_geq(fputs(with_weight ? ",," : ",", file), 0);
        put_cell(&rng, file);
        cr_assert_geq(fputs(row % 1000 ? "\n" : "\r\n\n", file), 0);
    }
    cr_assert_eq(fclose(file), 0);
}

static recording read_table(const char *path, int threads)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    omp_set_num_threads(threads);
    cr_assert_eq(record(&rec, &(kith_build_opts){.inputs = &path, .n_inputs = 1}, &err), KITH_OK, "%s",
                 err.message);
    return rec;
}

static void assert_same_mentions(const recording *x, const recording *y)
{
    cr_assert_eq(x->n_mentions, y->n_mentions);
    for (size_t i = 0; i < x->n_mentions; i++) {
        const kith_mention *a = &x->mentions[i], *b = &y->mentions[i];
        cr_assert_eq(a->line, b->line);
        cr_assert_eq(a->space, b->space);
        cr_assert_eq(a->n_attrs, b->n_attrs);
        cr_assert((a->id == NULL) == (b->id == NULL));
        cr_assert(!a->id || strcmp(a->id, b->id) == 0);
        for (size_t k = 0; k < a->n_attrs; k++)
            cr_assert_str_eq(a->attrs[k].value, b->attrs[k].value);
    }
}

static void assert_same_recording(const recording *x, const recording *y)
{
    assert_same_mentions(x, y);
    cr_assert_eq(x->n_relations, y->n_relations);
    for (size_t i = 0; i < x->n_relations; i++) {
        const kith_relation *a = &x->relations[i], *b = &y->relations[i];
        cr_assert(a->a == b->a && a->b == b->b && (!a->line || a->line == b->line) && a->kind == b->kind &&
                  a->count == b->count && a->date == b->date);
    }
    cr_assert_eq(x->n_rejects, y->n_rejects);
    for (size_t i = 0; i < x->n_rejects; i++) {
        cr_assert_eq(x->rejects[i].line, y->rejects[i].line);
        cr_assert_str_eq(x->rejects[i].reason, y->rejects[i].reason);
        cr_assert_str_eq(x->rejects[i].columns, y->rejects[i].columns);
    }
    cr_assert_eq(x->sources[0].end.used, y->sources[0].end.used);
    cr_assert_eq(x->sources[0].end.skipped, y->sources[0].end.skipped);
}

Test(pair_rows, are_told_as_any_other_row_would_be)
{
    put_table("pairs.csv", false, false);
    put_table("usual.csv", true, false);
    recording usual = read_table("usual.csv", 1);
    cr_assert_gt(usual.n_relations, 150000); /* most of more than one chunk */
    cr_assert_gt(usual.n_rejects, 1000);
    for (int threads = 1; threads <= 3; threads++) {
        recording pairs = read_table("pairs.csv", threads);
        assert_same_recording(&pairs, &usual);
        recording_free(&pairs);
    }
    recording_free(&usual);
}

Test(pair_rows, may_name_the_target_first)
{
    put_table("pairs.csv", false, true);
    put_table("usual.csv", true, true);
    recording usual = read_table("usual.csv", 2), pairs = read_table("pairs.csv", 2);
    assert_same_recording(&pairs, &usual);
    recording_free(&usual);
    recording_free(&pairs);
}

#include <stdlib.h>

#include <criterion/criterion.h>
#include <omp.h>

#include "base/mem.h"
#include "base/radix.h"
#include "base/rng.h"

enum { MOST = 5000 };

/** Every row comes once, keys rise, and values rise within a key when they did before. */
static void expect_sorted(const kith_keyed *rows, const kith_keyed *before, uint32_t count)
{
    static bool seen[MOST];

    for (uint32_t i = 0; i < count; i++)
        seen[i] = false;
    for (uint32_t i = 0; i < count; i++) {
        cr_assert_lt(rows[i].value, count);
        cr_assert_not(seen[rows[i].value]);
        seen[rows[i].value] = true;
        cr_assert_eq(rows[i].key, before[rows[i].value].key);
        if (i > 0)
            cr_assert(rows[i - 1].key < rows[i].key ||
                      (rows[i - 1].key == rows[i].key && rows[i - 1].value < rows[i].value));
    }
}

Test(radix, sorts_and_keeps_the_order_of_equals)
{
    static const uint64_t ranges[] = {1, 2, 300, 1 << 11, 1 << 23, UINT64_C(1) << 32};
    static kith_keyed rows[MOST], before[MOST];

    for (uint64_t seed = 0; seed < 60; seed++) {
        kith_rng rng;
        kith_rng_seed(&rng, seed);
        const uint32_t count = (uint32_t)kith_rng_below(&rng, seed < 20 ? 4 : MOST);
        for (uint32_t i = 0; i < count; i++)
            rows[i] = before[i] = (kith_keyed){(uint32_t)kith_rng_below(&rng, ranges[seed % 6]), i};
        cr_assert(kith_radix_sort(rows, count));
        expect_sorted(rows, before, count);
    }
}

static int by_key(const void *left, const void *right)
{
    const kith_long_keyed *x = left, *y = right;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

/** Numbers of many shapes: few or many bits, low or high ones, many equal. */
static uint64_t number(kith_rng *rng, int shape)
{
    static const uint64_t masks[] = {UINT64_MAX, 0xFF, UINT64_C(7) << 61, UINT64_C(0xFFFFF000FFFFF), 1, 0};

    return kith_rng_next(rng) & masks[shape];
}

static void check(size_t count, int shape)
{
    kith_rng rng;
    kith_long_keyed *rows = kith_alloc_array(count, sizeof *rows);
    kith_long_keyed *expected = kith_alloc_array(count, sizeof *expected);
    uint64_t *keys = kith_alloc_array(count, sizeof *keys);

    kith_rng_seed(&rng, count + 1000 * (size_t)shape);
    for (size_t i = 0; i < count; i++) {
        rows[i] = expected[i] = (kith_long_keyed){number(&rng, shape), i};
        keys[i] = rows[i].key;
    }
    qsort(expected, count, sizeof *expected, by_key);
    cr_assert(kith_radix_sort_long(rows, count));
    cr_assert(kith_radix_sort_numbers(keys, count));
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(rows[i].key, expected[i].key, "%zu of %zu, shape %d", i, count, shape);
        cr_assert_eq(rows[i].value, expected[i].value, "equals stay in order: %zu of %zu", i, count);
        cr_assert_eq(keys[i], expected[i].key);
    }
    kith_free(rows);
    kith_free(expected);
    kith_free(keys);
}

Test(radix, sorts_as_comparing_does_on_any_number_of_threads)
{
    static const size_t counts[] = {0, 1, 2, 3, 100, 5000, 40000};

    for (int threads = 1; threads <= 3; threads++) {
        omp_set_num_threads(threads);
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            for (int shape = 0; shape < 6; shape++)
                check(counts[i], shape);
    }
}

Test(radix, runs_that_ascend_are_merged)
{
    /* Runs of any length, among them those that lanes have: rows ascend within and not from one to the next.
     */
    enum { ROWS = 40000 };
    static kith_keyed rows[ROWS];

    for (uint32_t run = 1; run < ROWS; run = run < 64 ? run + 1 : 2 * run) {
        const uint32_t length = ROWS / run;
        for (uint32_t i = 0; i < ROWS; i++)
            rows[i] = (kith_keyed){i % length, i};
        cr_assert(kith_radix_sort(rows, ROWS));
        for (uint32_t i = 1; i < ROWS; i++)
            cr_assert(rows[i - 1].key < rows[i].key ||
                          (rows[i - 1].key == rows[i].key && rows[i - 1].value < rows[i].value),
                      "row %u of %u runs", i, run);
    }
}

Test(radix, signed_numbers_keep_their_order)
{
    static const int32_t rising[] = {INT32_MIN, INT32_MIN + 1, -1, 0, 1, INT32_MAX};

    for (size_t i = 1; i < sizeof rising / sizeof *rising; i++)
        cr_assert_lt(kith_radix_signed(rising[i - 1]), kith_radix_signed(rising[i]));
}

Test(radix, out_of_memory_changes_nothing)
{
    kith_keyed rows[] = {{2, 0}, {1, 1}};

    kith_mem_fail_after(0);
    bool sorted = kith_radix_sort(rows, 2);
    kith_mem_fail_after(UINT64_MAX);
    cr_assert_not(sorted);
    cr_assert_eq(rows[0].key, 2);
    cr_assert_eq(rows[1].key, 1);
}

/* Sorting texts by eight bytes at a time, held to strcmp. */
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <omp.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/text_order.h"

enum { MOST = 3000, LONGEST = 120 };

static char text[MOST][LONGEST + 1];
static const char *texts[MOST];

static int by_bytes(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    int order = strcmp(texts[*a], texts[*b]);

    return order ? order : (*a > *b) - (*a < *b);
}

/** Texts that share beginnings of any length, some of them equal; bytes over 127 come last. */
static void make_texts(kith_rng *rng, uint32_t count, uint32_t letters)
{
    for (uint32_t i = 0; i < count; i++) {
        size_t length = kith_rng_below(rng, LONGEST + 1), shared = kith_rng_below(rng, length + 1);
        if (i > 0 && shared < strlen(text[i - 1]))
            memcpy(text[i], text[i - 1], shared);
        else
            shared = 0;
        for (size_t k = shared; k < length; k++)
            text[i][k] = (char)(unsigned char)(255 - kith_rng_below(rng, letters));
        text[i][length] = '\0';
        texts[i] = text[i];
    }
}

Test(text_order, is_that_of_strcmp)
{
    static uint32_t order[MOST], expected[MOST];

    for (uint64_t seed = 0; seed < 60; seed++) {
        kith_rng rng;
        kith_rng_seed(&rng, seed);
        uint32_t count = (uint32_t)kith_rng_below(&rng, seed % 3 ? MOST : 5);
        make_texts(&rng, count, seed % 2 ? 1 : 255);
        for (uint32_t i = 0; i < count; i++)
            expected[i] = i;
        qsort(expected, count, sizeof *expected, by_bytes);
        omp_set_num_threads(1 + (int)(seed % 3));
        cr_assert(kith_text_order(texts, count, order));
        cr_assert_arr_eq(order, expected, count * sizeof *order);
    }
}

Test(text_order, tells_when_memory_ends)
{
    static uint32_t order[MOST];
    kith_rng rng;

    kith_rng_seed(&rng, 1);
    make_texts(&rng, MOST, 255);
    for (uint64_t passes = 0; passes < 3; passes++) {
        kith_mem_fail_after(passes);
        bool ok = kith_text_order(texts, MOST, order);
        kith_mem_fail_after(UINT64_MAX);
        cr_assert_not(ok);
    }
}

/** @file
 * A number that two lists of ties share where they hold the same ties, in whatever order.
 */
#ifndef KITH_BENCH_SUM_H
#define KITH_BENCH_SUM_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

#include <xxhash.h>

static inline uint64_t bench_sum_person(const char *key, size_t length)
{
    return XXH3_64bits(key, length);
}

/** What a tie adds to the sum, modulo 2^64: the same either way round. */
static inline uint64_t bench_sum_tie(uint64_t a, uint64_t b)
{
    uint64_t both[2] = {a < b ? a : b, a < b ? b : a};

    return XXH3_64bits(both, sizeof both);
}

/** People count only where they have a tie. */
static inline void bench_sum_print(uint64_t people, uint64_t ties, uint64_t sum)
{
    printf("%" PRIu64 " people with ties, %" PRIu64 " ties, sum %016" PRIx64 "\n", people, ties, sum);
}

#endif

/** @file
 * How long chains of mentorships get.
 */
#ifndef KITH_ANALYSIS_GENERATIONS_H
#define KITH_ANALYSIS_GENERATIONS_H

#include "analysis/mentor_graph.h"

/** Lengths in mentorships. Zeroed is empty. */
typedef struct kith_generations {
    uint32_t *below; /**< [n] longest chain that starts with this person as mentor; 0: mentors nobody */
    uint32_t *above; /**< [n] longest chain that ends with this person as mentee; 0: mentored by nobody */
    uint32_t
        *longest; /**< people along the longest chain; of equals the smallest, compared person by person */
    uint32_t n_longest; /**< 0 where there is no mentorship */
} kith_generations;

/**
 * @param out  caller-owned: kith_generations_free; zeroed on failure.
 * @return KITH_ENOMEM.
 * @cost   O((k + G k) log n), G the longest chain. Each way one sweep over the dates carries a length
 *         for each person, the longest chain from them on with the dates swept so far. A length only
 *         grows, up to G, and each growth looks at the person's row once; where there are no rings,
 *         once for each date on which it grows.
 */
kith_code kith_generations_measure(const kith_mentor_graph *g, kith_generations *out, kith_err *err);

void kith_generations_free(kith_generations *generations);

#endif

/** @file
 * People who mentor each other in a ring.
 */
#ifndef KITH_ANALYSIS_MENTOR_CYCLES_H
#define KITH_ANALYSIS_MENTOR_CYCLES_H

#include <kith/chains.h>

#include "analysis/mentor_graph.h"

/** Rings, by count, then ids. Zeroed is empty. */
typedef struct kith_mentor_cycles {
    kith_cycle *cycles;
    uint32_t n_cycles;
    bool more; /**< the searches ended before every mentorship in a ring was met */
} kith_mentor_cycles;

/**
 * For each mentorship in a loop one of the shortest loops through it, and for every other
 * mentorship within a strong component one of the shortest rings, unless one listed before holds
 * it. Rings with the same people are listed once, as a loop if one of them is.
 *
 * @param out  caller-owned: kith_mentor_cycles_free; zeroed on failure.
 * @return KITH_ENOMEM.
 * @cost   O(k) for each of at most KITH_CYCLES_SOUGHT searches, and no new one after 5 * 10^7 steps.
 */
kith_code kith_mentor_cycles_list(const kith_mentor_graph *g, kith_mentor_cycles *out, kith_err *err);

void kith_mentor_cycles_free(kith_cycle *cycles, uint32_t n_cycles);

#endif

/** @file
 * Whether groups keep to themselves, beside what chance would make of them.
 */
#ifndef KITH_ANALYSIS_EI_INDEX_H
#define KITH_ANALYSIS_EI_INDEX_H

#include <kith/progress.h>

#include "base/err.h"
#include "graph/graph.h"

/** One group, or all of them. */
typedef struct kith_ei {
    uint64_t inside, between; /**< ties of two of the group, and of one of it with one of another */
    double index;             /**< (between - inside) / (between + inside); NaN without ties */
    double expected;          /**< mean of the index were groups dealt out at random */
    double p;                 /**< two-sided; NaN without ties */
    double modularity;        /**< share of ties inside, less what their people's ties would make it */
} kith_ei;

/** How groups are dealt out at random. */
typedef struct kith_dealing {
    uint32_t permutations; /**< wanted; fewer, but no fewer than 99, are made where ties are many */
    uint64_t seed;
    const kith_progress *progress;
} kith_dealing;

/** Most permutations times ties, but for the least number of permutations. */
#define KITH_EI_WORK ((uint64_t)2000000000)

/**
 * @param group  [n] of each person, below n_groups.
 * @param each   out, caller-owned, [n_groups].
 * @param all    out: ties of all groups, their index and modularity.
 * @param made   out: permutations.
 * @param assortativity  out: modularity over the most it could be with these ties of people; NaN where that
 *                       is 0.
 * @return KITH_ENOMEM, KITH_EINTERRUPT.
 * @cost   O(permutations (n + m)) time; 4 n + 40 n_groups bytes for each of KITH_LANES.
 * @note   The same bytes for any number of threads.
 */
kith_code kith_ei_measure(const kith_graph *graph, const uint32_t *group, uint32_t n_groups,
                          const kith_dealing *dealing, kith_ei *each, kith_ei *all, uint32_t *made,
                          double *assortativity, kith_err *err);

#endif

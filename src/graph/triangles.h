/** @file
 * What neighbourhoods have in common: shared contacts, constraint, effective size.
 *
 * Both walk all triangles once, on all threads, and give the same bytes for any number of them.
 */
#ifndef KITH_GRAPH_TRIANGLES_H
#define KITH_GRAPH_TRIANGLES_H

#include <kith/progress.h>

#include "base/err.h"
#include "graph/graph.h"

/**
 * For every tie, how many neighbours its two people share.
 * @param progress  may be NULL; told in ties.
 * @param shared  out, caller-owned, shape [m]: ties by their lower, then by their higher person.
 * @cost O(m^1.5) time; 16 m + 40 n bytes, and 20 n for each thread.
 */
kith_code kith_shared_neighbours(const kith_graph *graph, const kith_progress *progress, uint32_t *shared,
                                 kith_err *err);

/** What Burt measures of the holes between one's contacts; all caller-owned, shape [n]. */
typedef struct kith_holes {
    double *constraint;     /**< NaN for people without ties */
    double *effective_size; /**< NaN for people without ties */
    double *hierarchy;      /**< 0 where all contacts constrain alike, to 1; NaN for fewer than two ties */
} kith_holes;

/**
 * Burt's constraint, effective size and hierarchy (Coleman and Theil), unweighted.
 * @cost O(m^1.5) time; 16 m + 48 n bytes, and 20 n for each thread.
 * @note Shares of common neighbours are added as integers, so that threads do not show. Each is off by less
 *       than d / 2^63, where d is the second-largest number of ties.
 * @source Burt 1992; Borgatti 1997.
 */
kith_code kith_constraint(const kith_graph *graph, const kith_holes *out, kith_err *err);

/**
 * The same where ties count by their strength, a = exp(-cost / 1000), as Burt has it.
 * @cost O(m^1.5) time; 18 m + 60 n bytes, and 4 n for each thread.
 * @note Sums over triangles are integers here too: shares of a tie are off by d / 2^62 at most, parts of
 * effective size by m / 2^61 for each triangle.
 * @source Burt 1992.
 */
kith_code kith_constraint_weighted(const kith_graph *graph, const kith_holes *out, kith_err *err);

#endif

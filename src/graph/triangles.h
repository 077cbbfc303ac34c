/** @file
 * What neighbourhoods have in common: shared contacts, constraint, effective size.
 *
 * Both walk all triangles once, on all threads, and give the same bytes for any number of them.
 */
#ifndef KITH_GRAPH_TRIANGLES_H
#define KITH_GRAPH_TRIANGLES_H

#include "base/err.h"
#include "graph/graph.h"

/**
 * For every tie, how many neighbours its two people share.
 * @param shared  out, caller-owned, shape [m]: ties by their lower, then by their higher person.
 * @cost O(m^1.5) time; 16 m + 40 n bytes, and 20 n for each thread.
 */
kith_code kith_shared_neighbours(const kith_graph *graph, uint32_t *shared, kith_err *err);

/**
 * Burt's constraint and effective size, unweighted.
 * @param constraint      out, caller-owned, shape [n]; NaN for people without ties.
 * @param effective_size  out, caller-owned, shape [n]; NaN for people without ties.
 * @cost O(m^1.5) time; 16 m + 48 n bytes, and 20 n for each thread.
 * @note Shares of common neighbours are added as integers, so that threads do not show. Each is off by less
 *       than d / 2^63, where d is the second-largest number of ties.
 * @source Burt 1992; Borgatti 1997.
 */
kith_code kith_constraint(const kith_graph *graph, double *constraint, double *effective_size, kith_err *err);

#endif

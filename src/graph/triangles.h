/** @file
 * What neighbourhoods have in common: shared contacts, constraint, effective size.
 */
#ifndef KITH_GRAPH_TRIANGLES_H
#define KITH_GRAPH_TRIANGLES_H

#include "base/err.h"
#include "graph/graph.h"

/**
 * For every tie, how many neighbours its two people share.
 * @param shared  out, caller-owned, shape [2 m]: aligned with graph->target, the same in both rows.
 * @cost O(m^1.5).
 */
kith_code kith_shared_neighbours(const kith_graph *graph, uint32_t *shared, kith_err *err);

/**
 * Burt's constraint and effective size, unweighted.
 * @param constraint      out, caller-owned, shape [n]; NaN for people without ties.
 * @param effective_size  out, caller-owned, shape [n]; NaN for people without ties.
 * @cost O(m^1.5).
 * @source Burt 1992; Borgatti 1997.
 */
kith_code kith_constraint(const kith_graph *graph, double *constraint, double *effective_size, kith_err *err);

#endif

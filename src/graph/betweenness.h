/** @file
 * How often people lie on the shortest routes of others.
 */
#ifndef KITH_GRAPH_BETWEENNESS_H
#define KITH_GRAPH_BETWEENNESS_H

#include <kith/progress.h>

#include "base/err.h"
#include "graph/graph.h"

/**
 * Exact betweenness, unweighted: sum over unordered pairs s < t of sigma_st(v) / sigma_st.
 *
 * @param score  out, caller-owned, shape [n]; unit: pairs of people.
 * @return KITH_ENOMEM, KITH_EINTERRUPT, KITH_EDATA (more than 1e308 shortest routes between two
 *         people): score is then unspecified.
 * @cost   O(n m) time; memory: KITH_LANES * n doubles and 12 n + 8 m bytes, 8 m more while people are
 *         renumbered, and for each thread some 300 n bytes, up to 400 n where distances are long.
 * @note   The same bytes for any number of threads.
 * @source Brandes 2001, doi:10.1080/0022250X.2001.9990249
 */
kith_code kith_betweenness(const kith_graph *graph, const kith_progress *progress, double *score,
                           kith_err *err);

#endif

/** @file
 * Everyone's betweenness, exact or sampled as was asked and as fits.
 */
#ifndef KITH_ANALYSIS_BROKER_SCORES_H
#define KITH_ANALYSIS_BROKER_SCORES_H

#include <kith/bridges.h>

#include "graph/graph.h"

/**
 * @param opts         method, epsilon, delta, seed and progress of it.
 * @param how          out: work, exact, epsilon, delta, seed and samples of it; the rest is left as it is.
 * @param betweenness  out, shape [n]; unit: pairs of people.
 * @return KITH_EUSAGE (epsilon or delta not in [0, 1)), KITH_ENOMEM, KITH_EINTERRUPT.
 */
kith_code kith_broker_scores(const kith_graph *graph, const kith_bridges_opts *opts, kith_bridges_result *how,
                             double *betweenness, kith_err *err);

#endif

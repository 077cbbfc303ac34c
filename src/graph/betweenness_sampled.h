/** @file
 * How often people lie on the shortest routes of others, to a stated error.
 */
#ifndef KITH_GRAPH_BETWEENNESS_SAMPLED_H
#define KITH_GRAPH_BETWEENNESS_SAMPLED_H

#include <kith/progress.h>

#include "base/err.h"
#include "graph/graph.h"

/** How well, and with which random numbers. */
typedef struct kith_sampling {
    double epsilon; /**< largest error of betweenness over (n - 1)(n - 2) / 2, in (0, 1) */
    double delta;   /**< chance that some person's error is larger, in (0, 1) */
    uint64_t seed;
} kith_sampling;

/**
 * Betweenness, unweighted, estimated for everyone from the people between random pairs on random
 * shortest routes.
 *
 * @param score    out, caller-owned, shape [n]; unit: pairs of people. With probability 1 - delta, every
 *                 score is within epsilon * (n - 1)(n - 2) / 2 of what kith_betweenness says.
 * @param samples  out: pairs that the scores rest on; 0 for fewer than three people, whose scores are exact.
 * @return KITH_ENOMEM, KITH_EINTERRUPT: score is then unspecified.
 * @cost   up to about log(n / delta) / (2 epsilon^2) samples, mostly far fewer, each as
 *         kith_route_sampler_draw; 24 n bytes, and 20 n for each thread.
 * @note   The same bytes for any number of threads.
 * @source Borassi & Natale 2019, doi:10.1145/3284359; the stop rule is in sample_plan.h
 */
kith_code kith_betweenness_sampled(const kith_graph *graph, const kith_sampling *sampling,
                                   const kith_progress *progress, double *score, uint64_t *samples,
                                   kith_err *err);

#endif

/** @file
 * How far people are from each other, in ties.
 */
#ifndef KITH_GRAPH_DISTANCES_H
#define KITH_GRAPH_DISTANCES_H

#include "base/err.h"
#include "graph/graph.h"

/** Sums over ordered pairs of a source and another person it reaches. */
typedef struct kith_distances {
    uint64_t pairs, ties;
    uint32_t longest;
} kith_distances;

/**
 * @param sources  borrowed, [n_sources] people; NULL: everyone, and n_sources is n.
 * @return KITH_ENOMEM.
 * @cost   O(n_sources (n + m)) time; 8 n bytes for each thread.
 */
kith_code kith_distances_sum(const kith_graph *graph, const uint32_t *sources, uint32_t n_sources,
                             kith_distances *out, kith_err *err);

#endif

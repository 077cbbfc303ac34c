/** @file
 * Graphs for tests: seeded random ones of many shapes, and given ones.
 */
#ifndef KITH_TESTS_RANDOM_GRAPH_H
#define KITH_TESTS_RANDOM_GRAPH_H

#include <stdint.h>

#include "graph/graph.h"

/** A graph and the memory it borrows. */
typedef struct random_graph {
    kith_graph graph;
    uint64_t *offset;
    uint32_t *target;
    uint16_t *cost;
} random_graph;

/**
 * A graph of 1 to `max_people` people, with costs from a narrow range (many equal routes) or a wide one.
 * Shapes take turns by seed: sparse, dense, star, long path, cliques joined by one person, two
 * hubs, mostly isolated people, tree with a few ties more. Ids are shuffled.
 */
random_graph random_graph_make(uint64_t seed, uint32_t max_people);

/** The graph with `count` ties between pairs[2 i] and pairs[2 i + 1], each of cost 1. */
random_graph random_graph_of(uint32_t people, const uint32_t *pairs, uint32_t count);

/** The graph without person `gone`, who stays as a person without ties, or without the tie of `a` and `b`. */
random_graph random_graph_without_person(const kith_graph *graph, uint32_t gone);
random_graph random_graph_without_tie(const kith_graph *graph, uint32_t a, uint32_t b);

void random_graph_free(random_graph *g);

#endif

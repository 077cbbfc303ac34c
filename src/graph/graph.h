/** @file
 * The compact view of ties that every kernel works on.
 */
#ifndef KITH_GRAPH_GRAPH_H
#define KITH_GRAPH_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

/** Undirected simple graph in compressed rows. All borrowed; built once, never changed. */
typedef struct kith_graph {
    uint32_t n;             /**< people */
    uint64_t m;             /**< ties; each stands in two rows */
    const uint64_t *offset; /**< [n + 1], offset[n] = 2 m */
    const uint32_t *target; /**< [2 m], ascending in each row, no person in their own row */
    const uint16_t *cost;   /**< [2 m], 1 or more, the same in both rows; NULL where costs do not matter */
} kith_graph;

static inline uint32_t kith_graph_degree(const kith_graph *graph, uint32_t person)
{
    return (uint32_t)(graph->offset[person + 1] - graph->offset[person]);
}

/** Where `b` stands in the row of `a`: an index into target and cost; UINT64_MAX where they have no tie.
 * @cost O(log d). */
uint64_t kith_graph_tie(const kith_graph *graph, uint32_t a, uint32_t b);

/** Whether `graph` is what its comment says; test and trust. @cost O(m log d). */
bool kith_graph_valid(const kith_graph *graph);

#endif

/** @file
 * The compact view of ties that every kernel works on.
 */
#ifndef KITH_GRAPH_GRAPH_H
#define KITH_GRAPH_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

/** Checks the row of `person` before it is first read; false where it cannot be trusted. Any thread may ask.
 */
typedef bool kith_tie_row_check(const void *ctx, uint32_t person);

/** Undirected simple graph in compressed rows. All borrowed; built once, never changed. */
typedef struct kith_graph {
    uint32_t n;                /**< people */
    uint64_t m;                /**< ties; each stands in two rows */
    const uint64_t *offset;    /**< [n + 1], offset[n] = 2 m */
    const uint32_t *target;    /**< [2 m], ascending in each row, no person in their own row */
    const uint16_t *cost;      /**< [2 m], 1 or more, the same in both rows; NULL where costs do not matter */
    kith_tie_row_check *check; /**< NULL where all rows are checked; else only kith_graph_row may be read */
    const void *check_ctx;
} kith_graph;

/** One person's ties: `begin` up to, but not including, `end` in target and cost. */
typedef struct kith_tie_row {
    uint64_t begin, end;
} kith_tie_row;

/** The row of `person`, checked; empty where it is damaged. Whether the other ends say the same is not
 * checked. */
static inline kith_tie_row kith_graph_row(const kith_graph *graph, uint32_t person)
{
    if (graph->check && !graph->check(graph->check_ctx, person))
        return (kith_tie_row){0, 0};
    return (kith_tie_row){graph->offset[person], graph->offset[person + 1]};
}

static inline uint32_t kith_graph_degree(const kith_graph *graph, uint32_t person)
{
    kith_tie_row row = kith_graph_row(graph, person);

    return (uint32_t)(row.end - row.begin);
}

/** A first person such that those before have about `share` of `shares` of all ties; from 0 to n. */
uint32_t kith_graph_split(const kith_graph *graph, uint32_t share, uint32_t shares);

/** Where `b` stands in the row of `a`: an index into target and cost; UINT64_MAX where they have no tie.
 * @cost O(log d). */
uint64_t kith_graph_tie(const kith_graph *graph, uint32_t a, uint32_t b);

#endif

/** @file
 * The same ties under numbers that keep what is used together close in memory.
 */
#ifndef KITH_GRAPH_GRAPH_ORDER_H
#define KITH_GRAPH_GRAPH_ORDER_H

#include "base/err.h"
#include "graph/graph.h"

/** A graph whose person 0 has the most ties, and so on down; its own memory. */
typedef struct kith_ordered {
    kith_graph graph; /**< without costs */
    uint32_t *person; /**< [n] who that is in the graph it was made of */
    uint64_t *offset;
    uint32_t *target;
} kith_ordered;

/**
 * Renumbers people by falling number of ties, by id among equals. Most rows lead to the few people
 * with many ties, who now lie side by side.
 * @param out  caller-owned: kith_ordered_free; zeroed on failure.
 * @cost  O(n + m) time; 12 n + 8 m bytes, and 12 n + 8 m for as long as it takes.
 */
kith_code kith_ordered_new(const kith_graph *graph, kith_ordered *out, kith_err *err);

void kith_ordered_free(kith_ordered *ordered);

#endif

/** @file
 * A graph without some of its people.
 */
#ifndef KITH_GRAPH_REMAINING_H
#define KITH_GRAPH_REMAINING_H

#include "base/err.h"
#include "graph/graph.h"

/** The graph without ties of those who are gone; its own memory. Ids stay, so that those gone are people
 * without ties. */
typedef struct kith_remaining {
    kith_graph graph; /**< without costs */
    uint64_t *offset;
    uint32_t *target;
} kith_remaining;

/**
 * @param gone  borrowed for the call, [n].
 * @param out   caller-owned: kith_remaining_free, also on failure.
 * @cost  O(n + m) time; 8 n + 8 m bytes.
 */
kith_code kith_remaining_new(const kith_graph *graph, const bool *gone, kith_remaining *out, kith_err *err);

void kith_remaining_free(kith_remaining *remaining);

#endif

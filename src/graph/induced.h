/** @file
 * The ties among some people, who are numbered anew.
 */
#ifndef KITH_GRAPH_INDUCED_H
#define KITH_GRAPH_INDUCED_H

#include "base/err.h"
#include "graph/graph.h"

/** Some people and the ties between two of them; its own memory. Person i is people[i]. Zeroed is empty. */
typedef struct kith_induced {
    kith_graph graph; /**< without costs */
    const uint32_t *people;
    uint64_t *offset;
    uint32_t *target;
} kith_induced;

/**
 * @param people  borrowed while `out` is used, [count] ascending.
 * @param local   scratch, [n]: UINT32_MAX for all, and so again afterwards.
 * @param out     caller-owned: kith_induced_free, also on failure.
 * @return KITH_ENOMEM.
 * @cost   O(ties of these people).
 */
kith_code kith_induced_new(const kith_graph *graph, const uint32_t *people, uint32_t count, uint32_t *local,
                           kith_induced *out, kith_err *err);

void kith_induced_free(kith_induced *induced);

#endif

/** @file
 * The forward search from one contact of the asker, to where the backward search has come.
 */
#ifndef KITH_GRAPH_ROUTE_PROBE_H
#define KITH_GRAPH_ROUTE_PROBE_H

#include "graph/route_reach.h"

/** Space for probes, one after another. Zeroed is empty. */
typedef struct kith_probe {
    kith_labels away; /**< the cheapest ways known from the contact, and of those the shortest */
    kith_cost_queue queue;
    uint32_t *settled; /**< in the order of cost */
    size_t count, capacity;
    uint64_t best_cost; /**< of the ways found; UINT64_MAX where there is none */
    uint32_t best_hops;
} kith_probe;

/** What a probe found out. */
typedef enum kith_finding {
    KITH_FOUND,     /**< the contact has a final label now, and so has everyone on a way as good */
    KITH_NOT_WORTH, /**< it has no way of cost `most` or less */
    KITH_UNKNOWN    /**< the budget was used up */
} kith_finding;

/**
 * Looks for the best way from `contact`, whose label is not final, to an end.
 *
 * @param most    what a way may cost to be of interest.
 * @param budget  most ties to look at.
 * @return false when out of memory.
 */
bool kith_probe_run(kith_probe *probe, kith_reach *reach, uint32_t contact, uint64_t most, uint64_t budget,
                    kith_finding *finding);

void kith_probe_free(kith_probe *probe);

#endif

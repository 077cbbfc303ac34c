/** @file
 * The ways to answer a route query, and the list they fill. For routes.c.
 */
#ifndef KITH_GRAPH_ROUTE_LIST_H
#define KITH_GRAPH_ROUTE_LIST_H

#include "graph/route_labels.h"

/** A neighbour of the asker, and what the best route through them takes. */
typedef struct kith_start {
    uint64_t cost;
    uint32_t hops;
    uint32_t introducer;
} kith_start;

/** The starts of a search. Zeroed is empty. */
typedef struct kith_starts {
    kith_start *all;
    size_t count, capacity;
} kith_starts;

bool kith_starts_add(kith_starts *starts, kith_start start);

/** As kith_starts_add, but may drop starts that are not among the best `top` (0: none). @return false when
 * out of memory. @cost O(log top) amortised. */
bool kith_starts_offer(kith_starts *starts, uint32_t top, kith_start start);

/** Puts the best first and drops all but `top` (0: none). Introducers differ, so this is the order of routes.
 */
void kith_starts_keep(kith_starts *starts, uint32_t top);

/** The most hops of a start. */
uint32_t kith_starts_longest(const kith_starts *starts);

void kith_starts_free(kith_starts *starts);

/** Adds a route at the end of the list. @param people  [hops + 1]. @return false when out of memory. */
bool kith_found_routes_add(kith_found_routes *list, uint64_t cost, uint32_t hops, const uint32_t *people);

/** Writes out, in order, the route of each start: the asker, the introducer, and the way of their label. */
kith_code kith_starts_follow(const kith_ground *ground, const kith_labels *labels, const kith_starts *starts,
                             kith_found_routes *out, kith_err *err);

/** Routes of at most max_hops ties: labels by hops from the targets, and only for those whom the asker's side
 * can still use. */
kith_code kith_routes_limited(const kith_ground *ground, uint32_t max_hops, uint32_t top,
                              kith_found_routes *out, kith_err *err);

/** Routes of any length: labels from the targets, as few as tell the best routes. */
kith_code kith_routes_unlimited(const kith_ground *ground, uint32_t top, kith_found_routes *out,
                                kith_err *err);

/** Routes through `via`, of at most max_hops ties: a best-first search over the beginnings of routes. */
kith_code kith_routes_via(const kith_route_query *query, kith_ground *ground, uint32_t top,
                          kith_found_routes *out, kith_err *err);

/** Routes through `via` of any length: pairs of ways from `via` that share nobody. */
kith_code kith_routes_disjoint(const kith_route_query *query, kith_ground *ground, uint32_t top,
                               kith_found_routes *out, kith_err *err);

#endif

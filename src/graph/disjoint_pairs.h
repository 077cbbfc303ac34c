/** @file
 * Two ways out of one person that share nobody else: to an end, and to anyone.
 */
#ifndef KITH_GRAPH_DISJOINT_PAIRS_H
#define KITH_GRAPH_DISJOINT_PAIRS_H

#include "graph/heap.h"
#include "graph/route_labels.h"

/** Length of a way: by cost, then hops. */
typedef struct kith_length {
    int64_t cost;
    int64_t hops;
} kith_length;

/**
 * What it takes to reach both an end and one more person from `via`, by ways that share nobody.
 *
 * The shortest way to an end comes first. A second search then finds for everyone how much more it
 * takes to reach them too, and may push the first way aside: it walks the first way backwards at
 * negative length. A person on the first way is entered at one gate and left at another, which
 * joins only against the way; everyone else is one gate. Lengths are reduced by the first search's
 * distances, which makes them 0 or more.
 */
typedef struct kith_pair_search {
    const kith_ground *ground;
    uint32_t n;
    uint32_t via;
    uint32_t nearest_end;       /**< NOBODY where no end can be reached */
    kith_length *distance;      /**< [n] from via; FAR where not reached */
    uint32_t *before;           /**< [n] previous person on the shortest way from via */
    bool *on_way;               /**< [n] on the shortest way to nearest_end, via not counted */
    kith_length *second;        /**< [2 n + 1] by gate: reduced distance in the second search */
    uint32_t *place;            /**< [2 n + 1] for heaps */
    const kith_length *heap_by; /**< what the heap at hand is ordered by */
    kith_heap heap;
} kith_pair_search;

/** @return false when out of memory; what was allocated is then still to be freed. */
bool kith_pair_search_new(kith_pair_search *s, const kith_ground *ground, uint32_t via);

/** Searches on the ground as it now is. @cost O(m log n). */
kith_code kith_pair_search_run(kith_pair_search *s, kith_err *err);

/** What it takes from `person` over via to an end, in the last run; false where there is no such way. */
bool kith_pair_length(const kith_pair_search *s, uint32_t person, kith_length *whole);

void kith_pair_search_free(kith_pair_search *s);

#endif

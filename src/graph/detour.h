/** @file
 * The next best way between a person's contacts, without the person.
 */
#ifndef KITH_GRAPH_DETOUR_H
#define KITH_GRAPH_DETOUR_H

#include "base/err.h"
#include "graph/graph.h"

/** Stands for no way at all. */
#define KITH_NO_WAY UINT32_MAX

/** Memory for searches, used again and again. Zeroed is empty. */
typedef struct kith_detour {
    uint32_t *distance; /**< [n] ties from where a search began; KITH_NO_WAY between searches */
    uint32_t *queue;    /**< [n] */
} kith_detour;

/** @param detour  out, caller-owned: kith_detour_free, also on failure. */
kith_code kith_detour_new(const kith_graph *graph, kith_detour *detour, kith_err *err);

/**
 * Ties on the shortest way from any contact of `without` in group `a` to any in group `b`, other than a, that
 * does not lead through `without`; KITH_NO_WAY where there is none.
 * @param group  [n] of each person.
 * @cost  O(n + m), less where the way is short.
 */
uint32_t kith_detour_between(kith_detour *detour, const kith_graph *graph, uint32_t without,
                             const uint32_t *group, uint32_t a, uint32_t b);

void kith_detour_free(kith_detour *detour);

#endif

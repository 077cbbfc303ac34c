/** @file
 * The backward search without a limit: people in the order of what their way to an end costs.
 */
#ifndef KITH_GRAPH_ROUTE_REACH_H
#define KITH_GRAPH_ROUTE_REACH_H

#include "graph/cost_queue.h"
#include "graph/route_labels.h"

/**
 * Dijkstra's search from the ends. Everyone has one label at most, the cheapest way known and of those
 * the shortest. Whose label is not final has a way of queue.latest at least.
 */
typedef struct kith_reach {
    const kith_ground *ground;
    kith_labels labels;
    kith_cost_queue queue;
    uint64_t ties; /**< looked at so far */
} kith_reach;

/** Begins at the ends of the ground. @return false when out of memory; kith_reach_free in any case. */
bool kith_reach_begin(kith_reach *reach, const kith_ground *ground);

/**
 * Settles the next person, there being one.
 * @param person  out, UINT32_MAX where it was somebody settled before.
 * @return false when out of memory.
 */
bool kith_reach_next(kith_reach *reach, uint32_t *person);

/** Tells the search a label that is known to be final from elsewhere. @return false when out of memory. */
bool kith_reach_adopt(kith_reach *reach, uint32_t person, uint64_t cost, uint32_t hops);

void kith_reach_free(kith_reach *reach);

/** The person's label if it is final, else NULL. */
static inline const kith_label *kith_reach_final(const kith_reach *reach, uint32_t person)
{
    const kith_label *label = kith_label_latest(&reach->labels, person);

    return label && label->state != KITH_LABEL_TENTATIVE ? label : NULL;
}

/** Offers a person a way, in a search that gives each one label at most and queues whoever gets a cheaper
 * one. Nobody gets one who is not passable. @return false when out of memory. */
bool kith_way_offer(const kith_ground *ground, kith_labels *labels, kith_cost_queue *queue, uint32_t person,
                    uint64_t cost, uint32_t hops);

/**
 * The search to its end.
 * @param onward  NULL, or as for kith_labels_by_hops, with `via`.
 * @param labels  out, caller-owned: kith_labels_free, also on failure.
 * @cost O(m log n).
 */
kith_code kith_labels_unlimited(const kith_ground *ground, const kith_labels *onward, uint32_t via,
                                kith_labels *labels, kith_err *err);

#endif

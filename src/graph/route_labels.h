/** @file
 * How far every person is from the ends of routes: the backward passes that route searches share.
 */
#ifndef KITH_GRAPH_ROUTE_LABELS_H
#define KITH_GRAPH_ROUTE_LABELS_H

#include "graph/routes.h"

/** Where routes may lead, made from a query. The asker is neither passable nor an end. */
typedef struct kith_ground {
    const kith_graph *graph; /**< borrowed */
    bool *passable;          /**< [n] people who may be intermediates */
    bool *is_end;            /**< [n] people a route may end at */
    bool unit_costs;
    uint32_t handover; /**< 0 for unit costs */
    const kith_progress *progress;
} kith_ground;

kith_code kith_ground_new(const kith_route_query *query, kith_ground *ground, kith_err *err);
void kith_ground_free(kith_ground *ground);

/** Cost of tie `e` at the start of a route. */
static inline uint64_t kith_first_cost(const kith_ground *ground, uint64_t e)
{
    return ground->unit_costs ? 1 : ground->graph->cost[e];
}

/** Cost of tie `e` anywhere else. */
static inline uint64_t kith_step_cost(const kith_ground *ground, uint64_t e)
{
    return kith_first_cost(ground, e) + ground->handover;
}

/** A way from `person` to an end: the cheapest there is with `hops` ties or fewer. */
typedef struct kith_label {
    uint64_t cost; /**< each tie with its handover */
    uint32_t hops;
    uint32_t person;
    uint64_t earlier; /**< index of the person's label with fewer hops and higher cost; UINT64_MAX if none */
} kith_label;

/** Labels of everyone. Zeroed is empty. */
typedef struct kith_labels {
    uint64_t *latest; /**< [n] index of each person's cheapest label; UINT64_MAX if none */
    kith_label *all;
    size_t count, capacity;
} kith_labels;

/**
 * Labels by number of hops, up to `max_hops`: a person gets one for every number of hops that is
 * cheaper than all smaller ones.
 * @param onward  NULL: ways lead to the ends of `ground`. Else they lead to person `via` and go on
 *                from there as this person's labels in `onward` say.
 * @param labels  out, caller-owned: kith_labels_free, also on failure.
 * @cost O(max_hops m).
 */
kith_code kith_labels_by_hops(const kith_ground *ground, uint32_t max_hops, const kith_labels *onward,
                              uint32_t via, kith_labels *labels, kith_err *err);

/** One label for everyone, the cheapest and of those the shortest; else as above. @cost O(m log n). */
kith_code kith_labels_unlimited(const kith_ground *ground, const kith_labels *onward, uint32_t via,
                                kith_labels *labels, kith_err *err);

void kith_labels_free(kith_labels *labels);

/** The cheapest label of a person with `hops` or fewer, or NULL. */
const kith_label *kith_label_within(const kith_labels *labels, uint32_t person, uint32_t hops);

/**
 * The way a label stands for, as far as somebody with a label of `until` hops; of several ways, the
 * one with the smallest ids.
 * @param people  out, caller-owned, shape [label->hops - until]: everyone after label->person.
 */
void kith_label_follow(const kith_ground *ground, const kith_labels *labels, const kith_label *label,
                       uint32_t until, uint32_t *people);

/** Makes room for n people, and adds a label, replacing none: what the passes are built of. */
bool kith_labels_begin(kith_labels *labels, uint32_t n);
bool kith_labels_add(kith_labels *labels, uint32_t person, uint64_t cost, uint32_t hops);

#endif

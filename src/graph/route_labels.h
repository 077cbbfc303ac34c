/** @file
 * How far people are from the ends of routes: the backward passes that route searches share.
 */
#ifndef KITH_GRAPH_ROUTE_LABELS_H
#define KITH_GRAPH_ROUTE_LABELS_H

#include "graph/person_map.h"
#include "graph/routes.h"

/** Where routes may lead: what a query says, and what a search takes away. Its people are asked about one by
 * one, as most are never met. The asker is neither passable nor an end. */
typedef struct kith_ground {
    const kith_route_query *query;
    const kith_graph *graph;
    const bool *taken; /**< [n] people taken off the ground; NULL: none */
    uint32_t no_end;   /**< a target that is no end; UINT32_MAX: none */
    bool unit_costs;
    uint32_t handover;  /**< 0 for unit costs */
    uint64_t first_row; /**< where the asker's row begins; only for first_costs */
    const kith_progress *progress;
} kith_ground;

kith_ground kith_ground_of(const kith_route_query *query);

/** Whether an ascending list has this person. */
bool kith_ids_have(const uint32_t *ids, uint32_t count, uint32_t person);

/** Whether a person is on the ground at all. */
static inline bool kith_ground_has(const kith_ground *ground, uint32_t person)
{
    const kith_route_query *q = ground->query;

    if (person == q->from || (ground->taken && ground->taken[person]))
        return false;
    for (uint32_t i = 0; i < q->n_absent; i++)
        if (q->absent[i] == person)
            return false;
    return true;
}

/** Whether a person may be an intermediate. */
static inline bool kith_ground_passable(const kith_ground *ground, uint32_t person)
{
    const kith_route_query *q = ground->query;

    return kith_ground_has(ground, person) && !(q->flags && q->flags[person] & q->blocking) &&
           !(q->n_exclude > 0 && kith_ids_have(q->exclude, q->n_exclude, person)) &&
           !(q->only && !kith_ids_have(q->only, q->n_only, person));
}

/** Whether a route may end at a person. */
static inline bool kith_ground_is_end(const kith_ground *ground, uint32_t person)
{
    const kith_route_query *q = ground->query;

    return kith_ground_has(ground, person) && person != ground->no_end &&
           kith_ids_have(q->targets, q->n_targets, person);
}

/** Cost of tie `e` alone. */
static inline uint64_t kith_tie_cost(const kith_ground *ground, uint64_t e)
{
    if (ground->unit_costs)
        return 1;
    return ground->query->tie_costs ? ground->query->tie_costs[e] : ground->graph->cost[e];
}

/** Cost of tie `e` of the asker at the start of a route. */
static inline uint64_t kith_first_cost(const kith_ground *ground, uint64_t e)
{
    const uint32_t *costs = ground->query->first_costs;

    return costs ? costs[e - ground->first_row] : kith_tie_cost(ground, e);
}

/** Cost of tie `e` anywhere else. */
static inline uint64_t kith_step_cost(const kith_ground *ground, uint64_t e)
{
    return kith_tie_cost(ground, e) + ground->handover;
}

#define KITH_NO_LABEL UINT32_MAX

/** How far a search in order of cost has come with a label. */
typedef enum kith_label_state {
    KITH_LABEL_TENTATIVE, /**< a cheaper or shorter way may yet be found */
    KITH_LABEL_FINAL,     /**< none will */
    KITH_LABEL_SETTLED    /**< and all neighbours were offered it */
} kith_label_state;

/** A way from `person` to an end: the cheapest there is with `hops` ties or fewer. */
typedef struct kith_label {
    uint64_t cost; /**< each tie with its handover */
    uint32_t hops;
    uint32_t person;
    uint32_t earlier;       /**< the person's label with fewer hops and higher cost; KITH_NO_LABEL if none */
    kith_label_state state; /**< in a search by hops always tentative */
} kith_label;

/** Labels of those who have one. Zeroed is empty. */
typedef struct kith_labels {
    kith_person_map latest; /**< number of each person's cheapest label */
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

void kith_labels_free(kith_labels *labels);

/** The person's cheapest label, or NULL. */
static inline kith_label *kith_label_latest(const kith_labels *labels, uint32_t person)
{
    uint32_t at = kith_person_map_get(&labels->latest, person);

    return at != KITH_NO_LABEL ? &labels->all[at] : NULL;
}

/** The cheapest label of a person with `hops` or fewer, or NULL. */
const kith_label *kith_label_within(const kith_labels *labels, uint32_t person, uint32_t hops);

/**
 * Somebody by whom the way of a label goes on, there being more to go.
 * @param e  where in the row of label->person to begin to look; out: the tie found.
 * @return their label; NULL where there is nobody from there on.
 */
const kith_label *kith_label_next(const kith_ground *ground, const kith_labels *labels,
                                  const kith_label *label, uint64_t *e);

/**
 * The way a label stands for, as far as somebody with a label of `until` hops; of several ways, the
 * one with the smallest ids. Whoever stands on a way as good must have their label.
 * @param people  out, caller-owned, shape [label->hops - until]: everyone after label->person.
 * @return false where a tie is not in the rows of both its ends.
 */
bool kith_label_follow(const kith_ground *ground, const kith_labels *labels, const kith_label *label,
                       uint32_t until, uint32_t *people);

/** KITH_EDATA: what a false kith_label_follow stands for. */
kith_code kith_fail_one_sided(kith_err *err);

/** Adds a label, replacing none. @return false when out of memory. */
bool kith_labels_add(kith_labels *labels, uint32_t person, uint64_t cost, uint32_t hops);

/**
 * Labels by number of hops of everyone on a route of at most `max_hops` from the asker that costs no more
 * than `most`, is as cheap as any with its introducer and has as few ties; and of some others.
 * @param labels  out, caller-owned: kith_labels_free, also on failure.
 * @cost As for kith_routes_per_introducer within a limit.
 */
kith_code kith_labels_near(const kith_ground *ground, uint32_t max_hops, uint64_t most, kith_labels *labels,
                           kith_err *err);

/** Offers a person a way of `hops` ties: a label where it is cheaper than those they have. Hops never fall
 * from one call to the next. @return false when out of memory. */
bool kith_labels_offer(kith_labels *labels, uint32_t person, uint64_t cost, uint32_t hops);

/** Labels every end. @return false when out of memory. */
bool kith_labels_add_ends(const kith_ground *ground, kith_labels *labels);

#endif

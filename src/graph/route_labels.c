#include "graph/route_labels.h"

#include "base/mem.h"
#include "base/ticker.h"

/** Labels handled between two ticks. */
#define LABELS_PER_TICK 65536

kith_ground kith_ground_of(const kith_route_query *query)
{
    bool own_first_costs = query->first_costs && query->from < query->graph->n;

    return (kith_ground){
        .first_row = own_first_costs ? kith_graph_row(query->graph, query->from).begin : 0,
        .query = query,
        .graph = query->graph,
        .no_end = UINT32_MAX,
        .unit_costs = query->unit_costs,
        .handover = query->unit_costs ? 0 : query->handover,
        .progress = query->progress,
    };
}

bool kith_ids_have(const uint32_t *ids, uint32_t count, uint32_t person)
{
    uint32_t low = 0;

    for (uint32_t high = count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        if (ids[middle] < person)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && ids[low] == person;
}

bool kith_labels_add(kith_labels *labels, uint32_t person, uint64_t cost, uint32_t hops)
{
    uint32_t earlier = kith_person_map_get(&labels->latest, person);

    if (labels->count >= KITH_NO_LABEL ||
        !kith_grow((void **)&labels->all, &labels->capacity, labels->count + 1, sizeof *labels->all) ||
        !kith_person_map_put(&labels->latest, person, (uint32_t)labels->count))
        return false;
    labels->all[labels->count++] =
        (kith_label){.cost = cost, .hops = hops, .person = person, .earlier = earlier};
    return true;
}

void kith_labels_free(kith_labels *labels)
{
    kith_person_map_free(&labels->latest);
    kith_free(labels->all);
    *labels = (kith_labels){0};
}

const kith_label *kith_label_within(const kith_labels *labels, uint32_t person, uint32_t hops)
{
    uint32_t at = kith_person_map_get(&labels->latest, person);

    while (at != KITH_NO_LABEL && labels->all[at].hops > hops)
        at = labels->all[at].earlier;
    return at != KITH_NO_LABEL ? &labels->all[at] : NULL;
}

bool kith_labels_offer(kith_labels *labels, uint32_t person, uint64_t cost, uint32_t hops)
{
    kith_label *label = kith_label_latest(labels, person);

    if (label && label->cost <= cost)
        return true;
    if (!label || label->hops < hops)
        return kith_labels_add(labels, person, cost, hops);
    label->cost = cost;
    return true;
}

bool kith_labels_add_ends(const kith_ground *ground, kith_labels *labels)
{
    const kith_route_query *query = ground->query;

    for (uint32_t i = 0; i < query->n_targets; i++)
        if (kith_ground_is_end(ground, query->targets[i]) &&
            !kith_labels_add(labels, query->targets[i], 0, 0))
            return false;
    return true;
}

/** Offers what lies behind `label` to the neighbours of its person. */
static bool offer_neighbours(const kith_ground *ground, kith_labels *labels, kith_label label)
{
    kith_tie_row row = kith_graph_row(ground->graph, label.person);

    for (uint64_t e = row.begin; e < row.end; e++) {
        uint32_t v = ground->graph->target[e];
        if (kith_ground_passable(ground, v) &&
            !kith_labels_offer(labels, v, label.cost + kith_step_cost(ground, e), label.hops + 1))
            return false;
    }
    return true;
}

/** Offers via the label that it has in `onward` with just `hops`, if any. */
static bool offer_onward(const kith_labels *onward, uint32_t via, uint32_t hops, kith_labels *labels)
{
    const kith_label *label = kith_label_within(onward, via, hops);

    return !label || label->hops < hops || kith_labels_offer(labels, via, label->cost, hops);
}

/** Offers everything behind labels [from, to) to their neighbours. */
static kith_code offer_layer(const kith_ground *ground, kith_labels *labels, size_t from, size_t to,
                             kith_err *err)
{
    for (size_t i = from; i < to; i++) {
        if (i % LABELS_PER_TICK == 0) {
            kith_code rc = kith_tick_now(ground->progress, "searching routes", i, 0, err);
            if (rc)
                return rc;
        }
        if (!offer_neighbours(ground, labels, labels->all[i]))
            return kith_fail_memory(err, "routes");
    }
    return KITH_OK;
}

kith_code kith_labels_by_hops(const kith_ground *ground, uint32_t max_hops, const kith_labels *onward,
                              uint32_t via, kith_labels *labels, kith_err *err)
{
    size_t layer = 0; /* where the labels of the layer at hand begin */
    const kith_label *last_onward = onward ? kith_label_within(onward, via, max_hops) : NULL;

    *labels = (kith_labels){0};
    if (!onward && !kith_labels_add_ends(ground, labels))
        return kith_fail_memory(err, "routes");
    for (uint32_t hops = 0; hops <= max_hops; hops++) {
        if (onward && !offer_onward(onward, via, hops, labels))
            return kith_fail_memory(err, "routes");
        size_t next = labels->count;
        bool more_seeds = last_onward && hops < last_onward->hops;
        if (hops == max_hops || (next == layer && !more_seeds))
            return KITH_OK;
        kith_code rc = offer_layer(ground, labels, layer, next, err);
        if (rc)
            return rc;
        layer = next;
    }
    return KITH_OK;
}

const kith_label *kith_label_next(const kith_ground *ground, const kith_labels *labels,
                                  const kith_label *label, uint64_t *e)
{
    const uint64_t end = kith_graph_row(ground->graph, label->person).end;

    for (; *e < end; ++*e) {
        const kith_label *behind = kith_label_within(labels, ground->graph->target[*e], label->hops - 1);
        if (behind && behind->hops == label->hops - 1 &&
            behind->cost + kith_step_cost(ground, *e) == label->cost)
            return behind;
    }
    return NULL;
}

/*
 * Every tie costs at least 1, so a person's best label (cost, hops) rests on a best label of the
 * next person with exactly hops - 1 ties: one that were cheaper, or as cheap and shorter, would
 * better the first. And whoever has such a label begins a way as good. So the smallest such
 * neighbour is the next person of the way with the smallest ids.
 */
bool kith_label_follow(const kith_ground *ground, const kith_labels *labels, const kith_label *label,
                       uint32_t until, uint32_t *people)
{
    for (; label->hops > until; people++) {
        uint64_t e = kith_graph_row(ground->graph, label->person).begin;
        if (!(label = kith_label_next(ground, labels, label, &e)))
            return false;
        *people = label->person;
    }
    return true;
}

kith_code kith_fail_one_sided(kith_err *err)
{
    return kith_fail(err, KITH_EDATA, "a tie is known at one of its ends alone: build the network again");
}

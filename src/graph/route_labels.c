#include "graph/route_labels.h"

#include <string.h>

#include "base/mem.h"
#include "base/ticker.h"

#define NONE UINT64_MAX

/** Labels handled between two ticks. */
#define LABELS_PER_TICK 65536

kith_code kith_ground_new(const kith_route_query *query, kith_ground *ground, kith_err *err)
{
    uint32_t n = query->graph->n;

    *ground = (kith_ground){
        .graph = query->graph,
        .passable = kith_alloc_array(n, sizeof *ground->passable),
        .is_end = kith_alloc_array(n, sizeof *ground->is_end),
        .unit_costs = query->unit_costs,
        .handover = query->unit_costs ? 0 : query->handover,
        .progress = query->progress,
    };
    if (!ground->passable || !ground->is_end) {
        kith_ground_free(ground);
        return kith_fail_memory(err, "routes");
    }
    for (uint32_t v = 0; v < n; v++) {
        ground->passable[v] = !query->blocked[v];
        ground->is_end[v] = query->is_target[v];
    }
    ground->passable[query->from] = ground->is_end[query->from] = false;
    return KITH_OK;
}

void kith_ground_free(kith_ground *ground)
{
    kith_free(ground->passable);
    kith_free(ground->is_end);
    ground->passable = ground->is_end = NULL;
}

bool kith_labels_begin(kith_labels *labels, uint32_t n)
{
    labels->count = 0;
    labels->latest = kith_alloc_array(n, sizeof *labels->latest);
    if (labels->latest)
        memset(labels->latest, 0xff, (size_t)n * sizeof *labels->latest);
    return labels->latest != NULL;
}

bool kith_labels_add(kith_labels *labels, uint32_t person, uint64_t cost, uint32_t hops)
{
    if (!kith_grow((void **)&labels->all, &labels->capacity, labels->count + 1, sizeof *labels->all))
        return false;
    labels->all[labels->count] = (kith_label){cost, hops, person, labels->latest[person]};
    labels->latest[person] = labels->count++;
    return true;
}

void kith_labels_free(kith_labels *labels)
{
    kith_free(labels->latest);
    kith_free(labels->all);
    *labels = (kith_labels){0};
}

const kith_label *kith_label_within(const kith_labels *labels, uint32_t person, uint32_t hops)
{
    uint64_t at = labels->latest[person];

    while (at != NONE && labels->all[at].hops > hops)
        at = labels->all[at].earlier;
    return at != NONE ? &labels->all[at] : NULL;
}

/** Offers a person a way of `hops` ties. Hops never fall from one call to the next. */
static bool offer(kith_labels *labels, uint32_t person, uint64_t cost, uint32_t hops)
{
    uint64_t at = labels->latest[person];

    if (at != NONE && labels->all[at].cost <= cost)
        return true;
    if (at == NONE || labels->all[at].hops < hops)
        return kith_labels_add(labels, person, cost, hops);
    labels->all[at].cost = cost;
    return true;
}

/** Offers what lies behind `label` to the neighbours of its person. */
static bool offer_neighbours(const kith_ground *ground, kith_labels *labels, kith_label label)
{
    const kith_graph *graph = ground->graph;

    for (uint64_t e = graph->offset[label.person]; e < graph->offset[label.person + 1]; e++) {
        uint32_t v = graph->target[e];
        if (ground->passable[v] && !offer(labels, v, label.cost + kith_step_cost(ground, e), label.hops + 1))
            return false;
    }
    return true;
}

static bool offer_ends(const kith_ground *ground, kith_labels *labels)
{
    for (uint32_t v = 0; v < ground->graph->n; v++)
        if (ground->is_end[v] && !kith_labels_add(labels, v, 0, 0))
            return false;
    return true;
}

/** Offers via the label that it has in `onward` with just `hops`, if any. */
static bool offer_onward(const kith_labels *onward, uint32_t via, uint32_t hops, kith_labels *labels)
{
    const kith_label *label = kith_label_within(onward, via, hops);

    return !label || label->hops < hops || offer(labels, via, label->cost, hops);
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
    if (!kith_labels_begin(labels, ground->graph->n) || (!onward && !offer_ends(ground, labels)))
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

/*
 * Every tie costs at least 1, so a person's best label (cost, hops) rests on a best label of the
 * next person with exactly hops - 1 ties: one that were cheaper, or as cheap and shorter, would
 * better the first. And whoever has such a label begins a way as good. So the smallest such
 * neighbour is the next person of the way with the smallest ids.
 */
void kith_label_follow(const kith_ground *ground, const kith_labels *labels, const kith_label *label,
                       uint32_t until, uint32_t *people)
{
    const kith_graph *graph = ground->graph;

    for (uint32_t place = 0; label->hops > until; place++) {
        const kith_label *next = NULL;
        for (uint64_t e = graph->offset[label->person]; !next; e++) {
            const kith_label *behind = kith_label_within(labels, graph->target[e], label->hops - 1);
            if (behind && behind->hops == label->hops - 1 &&
                behind->cost + kith_step_cost(ground, e) == label->cost)
                next = behind;
        }
        people[place] = next->person;
        label = next;
    }
}

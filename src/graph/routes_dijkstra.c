#include "base/mem.h"
#include "base/ticker.h"
#include "graph/heap.h"
#include "graph/route_labels.h"

/** People settled between two ticks. */
#define PEOPLE_PER_TICK 16384

static bool person_before(const void *ctx, uint32_t a, uint32_t b)
{
    const kith_labels *labels = ctx;
    const kith_label *x = &labels->all[labels->latest[a]];
    const kith_label *y = &labels->all[labels->latest[b]];

    return x->cost != y->cost ? x->cost < y->cost : x->hops < y->hops;
}

/** Gives a person a first or a better label. */
static bool offer(kith_labels *labels, kith_heap *heap, uint32_t person, uint64_t cost, uint32_t hops)
{
    if (labels->latest[person] == UINT64_MAX)
        return kith_labels_add(labels, person, cost, hops) && kith_heap_push(heap, person);
    kith_label *label = &labels->all[labels->latest[person]];
    if (cost > label->cost || (cost == label->cost && hops >= label->hops))
        return true;
    label->cost = cost;
    label->hops = hops;
    return kith_heap_raise(heap, person);
}

static bool offer_ends(const kith_ground *ground, kith_labels *labels, kith_heap *heap)
{
    for (uint32_t v = 0; v < ground->graph->n; v++)
        if (ground->is_end[v] && !offer(labels, heap, v, 0, 0))
            return false;
    return true;
}

static bool offer_onward(const kith_labels *onward, uint32_t via, kith_labels *labels, kith_heap *heap)
{
    const kith_label *label = kith_label_within(onward, via, UINT32_MAX);

    return !label || offer(labels, heap, via, label->cost, label->hops);
}

static bool settle_next(const kith_ground *ground, kith_labels *labels, kith_heap *heap)
{
    const kith_graph *graph = ground->graph;
    uint32_t u = kith_heap_pop(heap);
    kith_label label = labels->all[labels->latest[u]];

    for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++) {
        uint32_t v = graph->target[e];
        if (ground->passable[v] &&
            !offer(labels, heap, v, label.cost + kith_step_cost(ground, e), label.hops + 1))
            return false;
    }
    return true;
}

kith_code kith_labels_unlimited(const kith_ground *ground, const kith_labels *onward, uint32_t via,
                                kith_labels *labels, kith_err *err)
{
    kith_code rc = KITH_OK;
    uint32_t n = ground->graph->n;
    uint64_t settled = 0;
    kith_heap heap = {.before = person_before, .ctx = labels};
    uint32_t *place = kith_alloc_array(n, sizeof *place);

    *labels = (kith_labels){0};
    heap.place = place;
    if (!place || !kith_labels_begin(labels, n)) {
        rc = kith_fail_memory(err, "routes");
        goto done;
    }
    for (uint32_t v = 0; v < n; v++)
        place[v] = UINT32_MAX;
    if (!(onward ? offer_onward(onward, via, labels, &heap) : offer_ends(ground, labels, &heap)))
        rc = kith_fail_memory(err, "routes");
    while (!rc && heap.count > 0) {
        if (settled++ % PEOPLE_PER_TICK == 0)
            rc = kith_tick_now(ground->progress, "searching routes", settled, n, err);
        if (!rc && !settle_next(ground, labels, &heap))
            rc = kith_fail_memory(err, "routes");
    }
done:
    kith_heap_free(&heap);
    kith_free(place);
    return rc;
}

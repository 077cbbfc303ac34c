#include "graph/route_lanes.h"

#include <string.h>

#include "base/mem.h"
#include "base/wide.h"

/** So that sums of two stay within 32 bits. */
#define MOST_FAR (UINT32_C(1) << 30)
#define HOP_BITS 8

/** How many rows ahead are asked for. */
#define AHEAD 12

typedef uint32_t eight __attribute__((vector_size(32), may_alias));
typedef int32_t eight_masks __attribute__((vector_size(32)));
typedef uint64_t four_words __attribute__((vector_size(32)));

/*
 * A way of cost c and h hops is the number 2^bits c + h. Where c is less than 2^bits times the cheapest
 * tie, ways as cheap have fewer than 2^bits hops, so that numbers order ways by cost and then hops.
 */
bool kith_way_scale_make(const kith_graph *graph, uint32_t handover, bool unit_costs, kith_way_scale *scale)
{
    uint64_t least = UINT16_MAX;

    *scale = (kith_way_scale){.unit_costs = unit_costs, .far = MOST_FAR, .margin = 1};
    if (unit_costs)
        return true;
    for (uint64_t e = 0; e < 2 * graph->m; e++)
        if (graph->cost[e] < least)
            least = graph->cost[e];
    uint64_t far = (least + handover) << (2 * HOP_BITS);
    uint64_t margin = (((uint64_t)UINT16_MAX + handover) << HOP_BITS) + 1;
    scale->hop_bits = HOP_BITS;
    scale->handover = handover;
    scale->far = far < MOST_FAR ? (uint32_t)far : MOST_FAR;
    scale->margin = (uint32_t)margin;
    return margin < MOST_FAR;
}

bool kith_lanes_new(const kith_graph *graph, const uint8_t *passable, const kith_way_scale *scale,
                    kith_lanes *lanes)
{
    uintptr_t line = sizeof(kith_lane_row);

    *lanes = (kith_lanes){.graph = graph,
                          .passable = passable,
                          .scale = *scale,
                          .memory = kith_alloc_array((size_t)graph->n + 1, sizeof(kith_lane_row)),
                          .queue = kith_alloc_array(graph->n, sizeof *lanes->queue),
                          .queued = kith_calloc(graph->n, sizeof *lanes->queued)};
    if (!lanes->memory || !lanes->queue || !lanes->queued)
        return false;
    lanes->way = (kith_lane_row *)(((uintptr_t)lanes->memory + line - 1) / line * line);
    return true;
}

void kith_lanes_free(kith_lanes *lanes)
{
    kith_free(lanes->memory);
    kith_free(lanes->queue);
    kith_free(lanes->queued);
    *lanes = (kith_lanes){0};
}

/** People whose ways got better and who have not yet told their neighbours. Everyone is in it once at most.
 */
typedef struct ring {
    uint32_t begin, count;
} ring;

KITH_INLINED void put(kith_lanes *lanes, ring *r, uint32_t person)
{
    if (lanes->queued[person])
        return;
    lanes->queued[person] = 1;
    uint64_t at = (uint64_t)r->begin + r->count++;
    lanes->queue[at < lanes->graph->n ? at : at - lanes->graph->n] = person;
}

static uint32_t take(kith_lanes *lanes, ring *r)
{
    uint32_t person = lanes->queue[r->begin];

    r->begin = r->begin + 1 < lanes->graph->n ? r->begin + 1 : 0;
    r->count--;
    lanes->queued[person] = 0;
    return person;
}

KITH_INLINED bool any(const eight_masks *masks)
{
    four_words all = (four_words)(masks[0] | masks[1]);

    return (all[0] | all[1] | all[2] | all[3]) != 0;
}

/** Offers somebody the ways of a neighbour, longer by a step. @return whether some are better. */
KITH_INLINED bool offer(const eight *ways, uint32_t step, eight *to)
{
    eight offered[] = {ways[0] + step, ways[1] + step};
    eight_masks better[] = {(eight_masks)offered[0] < (eight_masks)to[0],
                            (eight_masks)offered[1] < (eight_masks)to[1]};

    if (!any(better))
        return false;
    for (int i = 0; i < 2; i++)
        to[i] = (offered[i] & (eight)better[i]) | (to[i] & ~(eight)better[i]);
    return true;
}

/** Whether one tie more may make some way too long to be told. */
KITH_INLINED bool is_near_far(const eight *ways, const kith_way_scale *scale)
{
    int32_t far = (int32_t)scale->far, safe = (int32_t)(scale->far - scale->margin);
    eight_masks near[2];

    for (int i = 0; i < 2; i++)
        near[i] = ((eight_masks)ways[i] < far) & ((eight_masks)ways[i] >= safe);
    return any(near);
}

KITH_WIDE
static void offer_all(kith_lanes *lanes, ring *r, uint32_t person)
{
    const kith_graph *graph = lanes->graph;
    const eight *own = (const eight *)lanes->way[person].of;
    const eight ways[] = {own[0], own[1]};
    const uint64_t end = graph->offset[person + 1];

    if (is_near_far(ways, &lanes->scale))
        lanes->cut = true;
    for (uint64_t e = graph->offset[person]; e < end; e++) {
        uint32_t v = graph->target[e];
        if (e + AHEAD < end)
            __builtin_prefetch(&lanes->way[graph->target[e + AHEAD]]);
        if (lanes->passable[v] &&
            offer(ways, kith_way_step(&lanes->scale, graph, e), (eight *)lanes->way[v].of))
            put(lanes, r, v);
    }
}

/*
 * When the ring is empty no way can be bettered by one tie more, so every way is the best. A number
 * that is `far` or more never betters one, as all are `far` at first.
 */
void kith_lanes_run(kith_lanes *lanes, const kith_target_set *sets, uint32_t count)
{
    uint32_t n = lanes->graph->n;
    ring r = {0, 0};

    lanes->cut = false;
    for (uint32_t v = 0; v < n; v++)
        for (uint32_t k = 0; k < KITH_ROUTE_LANES; k++)
            lanes->way[v].of[k] = lanes->scale.far;
    for (uint32_t k = 0; k < count; k++)
        for (uint32_t i = 0; i < sets[k].n_targets; i++) {
            lanes->way[sets[k].targets[i]].of[k] = 0;
            put(lanes, &r, sets[k].targets[i]);
        }
    while (r.count > 0)
        offer_all(lanes, &r, take(lanes, &r));
}

#include "graph/route_reach.h"

#include "base/ticker.h"

/** People settled between two ticks. */
#define PEOPLE_PER_TICK 16384

void kith_reach_free(kith_reach *reach)
{
    kith_labels_free(&reach->labels);
    kith_cost_queue_free(&reach->queue);
}

bool kith_reach_begin(kith_reach *reach, const kith_ground *ground)
{
    *reach = (kith_reach){.ground = ground};
    if (!kith_labels_add_ends(ground, &reach->labels))
        return false;
    for (size_t i = 0; i < reach->labels.count; i++) {
        reach->labels.all[i].state = KITH_LABEL_FINAL;
        if (!kith_cost_queue_push(&reach->queue, 0, reach->labels.all[i].person))
            return false;
    }
    return true;
}

bool kith_reach_adopt(kith_reach *reach, uint32_t person, uint64_t cost, uint32_t hops)
{
    if (!kith_label_latest(&reach->labels, person) && !kith_labels_add(&reach->labels, person, cost, hops))
        return false;
    kith_label *label = kith_label_latest(&reach->labels, person);
    label->cost = cost;
    label->hops = hops;
    label->state = KITH_LABEL_FINAL;
    return kith_cost_queue_push(&reach->queue, cost, person);
}

bool kith_way_offer(const kith_ground *ground, kith_labels *labels, kith_cost_queue *queue, uint32_t person,
                    uint64_t cost, uint32_t hops)
{
    kith_label *label = kith_label_latest(labels, person);

    if (!label)
        return !kith_ground_passable(ground, person) ||
               (kith_labels_add(labels, person, cost, hops) && kith_cost_queue_push(queue, cost, person));
    if (cost == label->cost && hops < label->hops)
        label->hops = hops;
    if (cost >= label->cost)
        return true;
    label->cost = cost;
    label->hops = hops;
    return kith_cost_queue_push(queue, cost, person);
}

/*
 * All ways at a lower cost are known by now, and every tie costs at least 1: so of ways as cheap, the
 * shortest is known too, in whatever order the queue gives people of equal cost.
 */
bool kith_reach_next(kith_reach *reach, uint32_t *person)
{
    const kith_ground *ground = reach->ground;
    kith_queued next;

    if (!kith_cost_queue_pop(&reach->queue, &next))
        return false;
    kith_label *label = kith_label_latest(&reach->labels, next.person);
    *person = label->state == KITH_LABEL_SETTLED ? UINT32_MAX : next.person;
    if (label->state == KITH_LABEL_SETTLED)
        return true;
    label->state = KITH_LABEL_SETTLED;
    const kith_label way = *label; /* labels move when others are added */
    kith_tie_row row = kith_graph_row(ground->graph, next.person);
    for (uint64_t e = row.begin; e < row.end; e++)
        if (!kith_way_offer(ground, &reach->labels, &reach->queue, ground->graph->target[e],
                            way.cost + kith_step_cost(ground, e), way.hops + 1))
            return false;
    reach->ties += row.end - row.begin;
    return true;
}

/** Begins at via, whatever may lead through it. */
static bool begin_onward(kith_reach *reach, const kith_ground *ground, const kith_labels *onward,
                         uint32_t via)
{
    const kith_label *label = kith_label_latest(onward, via);

    *reach = (kith_reach){.ground = ground};
    return !label || kith_reach_adopt(reach, via, label->cost, label->hops);
}

kith_code kith_labels_unlimited(const kith_ground *ground, const kith_labels *onward, uint32_t via,
                                kith_labels *labels, kith_err *err)
{
    kith_code rc = KITH_OK;
    uint64_t taken = 0;
    uint32_t person;
    kith_reach reach;

    if (!(onward ? begin_onward(&reach, ground, onward, via) : kith_reach_begin(&reach, ground)))
        rc = kith_fail_memory(err, "routes");
    while (!rc && reach.queue.count > 0) {
        if (taken++ % PEOPLE_PER_TICK == 0)
            rc = kith_tick_now(ground->progress, "searching routes", taken, ground->graph->n, err);
        if (!rc && !kith_reach_next(&reach, &person))
            rc = kith_fail_memory(err, "routes");
    }
    *labels = reach.labels;
    reach.labels = (kith_labels){0};
    kith_reach_free(&reach);
    return rc;
}

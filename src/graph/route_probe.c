#include "graph/route_probe.h"

#include "base/mem.h"

void kith_probe_free(kith_probe *probe)
{
    kith_labels_free(&probe->away);
    kith_cost_queue_free(&probe->queue);
    kith_free(probe->settled);
    *probe = (kith_probe){0};
}

static void forget(kith_probe *probe)
{
    kith_person_map_clear(&probe->away.latest);
    probe->away.count = 0;
    kith_cost_queue_clear(&probe->queue);
    probe->count = 0;
    probe->best_cost = UINT64_MAX;
    probe->best_hops = UINT32_MAX;
}

static void take_way(kith_probe *probe, uint64_t cost, uint32_t hops)
{
    if (cost > probe->best_cost || (cost == probe->best_cost && hops >= probe->best_hops))
        return;
    probe->best_cost = cost;
    probe->best_hops = hops;
}

/** Goes on from somebody: where a neighbour's way to an end is known, by that; else through the neighbour. */
static bool settle(kith_probe *probe, const kith_reach *reach, uint32_t person)
{
    const kith_ground *ground = reach->ground;
    const kith_label way = *kith_label_latest(&probe->away, person);
    kith_tie_row row = kith_graph_row(ground->graph, person);

    for (uint64_t e = row.begin; e < row.end; e++) {
        uint32_t v = ground->graph->target[e];
        uint64_t cost = way.cost + kith_step_cost(ground, e);
        const kith_label *rest = kith_reach_final(reach, v);
        if (rest)
            take_way(probe, cost + rest->cost, way.hops + 1 + rest->hops);
        else if (!kith_way_offer(ground, &probe->away, &probe->queue, v, cost, way.hops + 1))
            return false;
    }
    return true;
}

/** Takes out the next person, and settles them unless that was done or takes more than `budget` has left.
 * @return false when out of memory. */
static bool settle_next(kith_probe *probe, const kith_reach *reach, uint64_t *budget, bool *spent)
{
    kith_queued next;

    if (!kith_cost_queue_pop(&probe->queue, &next))
        return false;
    kith_label *label = kith_label_latest(&probe->away, next.person);
    if (label->state == KITH_LABEL_SETTLED)
        return true;
    uint32_t degree = kith_graph_degree(reach->ground->graph, next.person);
    *spent = degree > *budget;
    if (*spent)
        return true;
    *budget -= degree;
    label->state = KITH_LABEL_SETTLED;
    if (!kith_grow((void **)&probe->settled, &probe->capacity, probe->count + 1, sizeof *probe->settled))
        return false;
    probe->settled[probe->count++] = next.person;
    return settle(probe, reach, next.person);
}

/** Whether a way as good as the best goes on from somebody settled to a neighbour whose label is final. */
static bool is_on_best(const kith_probe *probe, const kith_reach *reach, const kith_label *way)
{
    const kith_ground *ground = reach->ground;
    kith_tie_row row = kith_graph_row(ground->graph, way->person);

    for (uint64_t e = row.begin; e < row.end; e++) {
        const kith_label *rest = kith_reach_final(reach, ground->graph->target[e]);
        if (rest && way->cost + kith_step_cost(ground, e) + rest->cost == probe->best_cost &&
            way->hops + 1 + rest->hops == probe->best_hops)
            return true;
    }
    return false;
}

/** Labels everyone on a way as good as the best, last people first: so each finds the next one labelled. */
static bool adopt_best(const kith_probe *probe, kith_reach *reach)
{
    for (size_t i = probe->count; i-- > 0;) {
        const kith_label *way = kith_label_latest(&probe->away, probe->settled[i]);
        if (is_on_best(probe, reach, way) &&
            !kith_reach_adopt(reach, way->person, probe->best_cost - way->cost, probe->best_hops - way->hops))
            return false;
    }
    return true;
}

/*
 * A way that is not yet found leads through somebody who is not settled here and whose label is not
 * final: up to there it costs `next` at least, from there reach->queue.latest at least. Once that is
 * more than the best way costs, all ways as good as the best are found, and everyone on one of them
 * without a final label is settled. Once it is more than `most`, no way is of interest.
 */
bool kith_probe_run(kith_probe *probe, kith_reach *reach, uint32_t contact, uint64_t most, uint64_t budget,
                    kith_finding *finding)
{
    bool spent = false;

    forget(probe);
    if (!kith_way_offer(reach->ground, &probe->away, &probe->queue, contact, 0, 0))
        return false;
    for (;;) {
        uint64_t limit = probe->best_cost < most ? probe->best_cost : most;
        if (probe->queue.count == 0 || probe->queue.latest + reach->queue.latest > limit)
            break;
        if (!settle_next(probe, reach, &budget, &spent))
            return false;
        if (spent) {
            *finding = KITH_UNKNOWN;
            return true;
        }
    }
    bool found = probe->best_cost <= most && probe->best_hops < UINT32_MAX;
    *finding = found ? KITH_FOUND : KITH_NOT_WORTH;
    return !found || adopt_best(probe, reach);
}

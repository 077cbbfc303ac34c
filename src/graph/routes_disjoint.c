#include "base/mem.h"
#include "graph/disjoint_pairs.h"
#include "graph/route_list.h"
#include "graph/route_reach.h"

#define NOBODY UINT32_MAX

/** A search for routes of any length through one person. */
typedef struct through {
    const kith_route_query *query;
    kith_ground *ground;
    kith_pair_search pairs;
    kith_labels to_end; /**< from anyone to an end other than via */
    kith_labels to_via; /**< from anyone to via and on to an end, perhaps over the same people twice */
    uint32_t *people;   /**< [n + 1] the route at hand */
    bool *seen;         /**< [n] false between uses */
    bool *taken;        /**< [n] people whom write_route took off the ground */
} through;

static bool collect_starts(const through *t, kith_starts *starts)
{
    const kith_graph *graph = t->query->graph;
    kith_tie_row row = kith_graph_row(graph, t->query->from);
    kith_length whole;

    for (uint64_t e = row.begin; e < row.end; e++) {
        uint32_t introducer = graph->target[e];
        if (kith_pair_length(&t->pairs, introducer, &whole) &&
            !kith_starts_add(starts, (kith_start){kith_first_cost(t->ground, e) + (uint64_t)whole.cost,
                                                  1 + (uint32_t)whole.hops, introducer}))
            return false;
    }
    return true;
}

static bool all_differ(const through *t, uint32_t count)
{
    uint32_t marked = 0;
    bool differ = true;

    for (; differ && marked < count; marked++) {
        differ = !t->seen[t->people[marked]];
        t->seen[t->people[marked]] = true;
    }
    for (uint32_t i = 0; i < marked; i++)
        t->seen[t->people[i]] = false;
    return differ;
}

/**
 * Tries to end the route after `place` by two halves, each the best there is: nothing is better, so
 * where they meet nobody twice they are its rest.
 * @param hops  of the whole route.
 */
static bool halves_fit(through *t, uint32_t place, uint32_t hops)
{
    const kith_label *label = kith_label_latest(&t->to_via, t->people[place]);
    const kith_label *at_via = kith_label_latest(&t->to_end, t->query->via);

    if (!label || place + label->hops != hops)
        return false;
    uint32_t *people = t->people + place + 1;
    return kith_label_follow(t->ground, &t->to_via, label, at_via->hops, people) &&
           kith_label_follow(t->ground, &t->to_end, at_via, 0, people + (label->hops - at_via->hops)) &&
           all_differ(t, hops + 1);
}

/** The neighbour by which the best way from `person` over via goes on; the smallest of several. */
static uint32_t best_next(const through *t, uint32_t person)
{
    const kith_graph *graph = t->query->graph;
    kith_tie_row row = kith_graph_row(graph, person);
    uint32_t best = NOBODY;
    kith_length best_whole = {0, 0};
    kith_length whole;

    for (uint64_t e = row.begin; e < row.end; e++) {
        if (!kith_pair_length(&t->pairs, graph->target[e], &whole))
            continue;
        whole.cost += (int64_t)kith_step_cost(t->ground, e);
        if (best == NOBODY || whole.cost < best_whole.cost ||
            (whole.cost == best_whole.cost && whole.hops < best_whole.hops)) {
            best = graph->target[e];
            best_whole = whole;
        }
    }
    return best;
}

/** Writes the people after via: the best way to an end on the ground as it now is. */
static kith_code finish_route(const through *t, uint32_t *people, kith_err *err)
{
    kith_labels labels = {0};
    kith_code rc = kith_labels_unlimited(t->ground, NULL, NOBODY, &labels, err);

    if (!rc && !kith_label_follow(t->ground, &labels, kith_label_latest(&labels, t->query->via), 0, people))
        rc = kith_fail_one_sided(err);
    kith_labels_free(&labels);
    return rc;
}

/**
 * Writes the best route through one introducer. While two halves do not fit, it goes person by
 * person: everyone written is taken off the ground, and pairs on what remains say who comes next.
 */
static kith_code write_route(through *t, const kith_start *start, kith_err *err)
{
    uint32_t place = 1;

    t->people[0] = t->query->from;
    t->people[1] = start->introducer;
    while (!halves_fit(t, place, start->hops)) {
        uint32_t person = t->people[place];
        if (person == t->query->via)
            return finish_route(t, t->people + place + 1, err);
        t->taken[person] = true;
        kith_code rc = kith_pair_search_run(&t->pairs, err);
        if (rc)
            return rc;
        t->people[++place] = best_next(t, person);
    }
    return KITH_OK;
}

/** Puts everyone whom write_route took off the ground back. */
static void restore(const through *t)
{
    for (const uint32_t *person = t->people + 1; *person != t->query->via; person++)
        t->taken[*person] = false;
}

static kith_code write_routes(through *t, const kith_starts *starts, kith_found_routes *out, kith_err *err)
{
    for (size_t i = 0; i < starts->count; i++) {
        kith_code rc = write_route(t, &starts->all[i], err);
        if (rc)
            return rc;
        if (!kith_found_routes_add(out, starts->all[i].cost, starts->all[i].hops, t->people))
            return kith_fail_memory(err, "routes");
        restore(t);
    }
    return KITH_OK;
}

kith_code kith_routes_disjoint(const kith_route_query *query, kith_ground *ground, uint32_t top,
                               kith_found_routes *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    through t = {.query = query, .ground = ground};
    kith_starts starts = {0};

    ground->no_end = query->via;
    t.people = kith_alloc_array((size_t)query->graph->n + 1, sizeof *t.people);
    t.seen = kith_calloc(query->graph->n, sizeof *t.seen);
    ground->taken = t.taken = kith_calloc(query->graph->n, sizeof *t.taken);
    if (!kith_pair_search_new(&t.pairs, ground, query->via) || !t.people || !t.seen || !t.taken)
        rc = kith_fail_memory(err, "routes");
    if (!rc)
        rc = kith_pair_search_run(&t.pairs, err);
    if (!rc && !collect_starts(&t, &starts))
        rc = kith_fail_memory(err, "routes");
    kith_starts_keep(&starts, top);
    if (!rc && starts.count > 0)
        rc = kith_labels_unlimited(ground, NULL, NOBODY, &t.to_end, err);
    if (!rc && starts.count > 0)
        rc = kith_labels_unlimited(ground, &t.to_end, query->via, &t.to_via, err);
    if (!rc)
        rc = write_routes(&t, &starts, out, err);
    kith_labels_free(&t.to_via);
    kith_labels_free(&t.to_end);
    kith_starts_free(&starts);
    kith_pair_search_free(&t.pairs);
    kith_free(t.taken);
    kith_free(t.seen);
    kith_free(t.people);
    return rc;
}

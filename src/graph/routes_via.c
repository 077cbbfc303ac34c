#include "base/mem.h"
#include "base/ticker.h"
#include "graph/heap.h"
#include "graph/route_list.h"

#define NOBODY UINT32_MAX

/** Beginnings taken up between two ticks. */
#define BEGINNINGS_PER_TICK 4096

/**
 * The beginning of a route: from the asker to `person`. `bound` and `bound_hops` are what the whole
 * route takes at least: the beginning, and the cheapest way on if people might come twice.
 */
typedef struct beginning {
    uint64_t cost;
    uint64_t bound;
    uint32_t bound_hops;
    uint32_t hops;
    uint32_t person;
    uint32_t before; /**< the beginning that this one extends; NOBODY where person is the introducer */
    uint32_t start;  /**< the beginning at the introducer */
    bool passed_via;
    bool answered; /**< of a start: the best route through this introducer is found */
} beginning;

typedef struct via_search {
    const kith_route_query *query;
    const kith_ground *ground;
    kith_labels to_end; /**< from anyone to an end other than via */
    kith_labels to_via; /**< from anyone to via and on to an end */
    beginning *all;
    size_t count, capacity;
    kith_heap heap;
} via_search;

/** Compares two different beginnings by the ids along them; a shorter one comes before what extends it. */
static bool ids_before(const beginning *all, uint32_t a, uint32_t b)
{
    bool a_is_shorter = all[a].hops < all[b].hops;
    bool before = a_is_shorter;

    while (all[a].hops > all[b].hops)
        a = all[a].before;
    while (all[b].hops > all[a].hops)
        b = all[b].before;
    while (a != b) {
        if (all[a].person != all[b].person)
            before = all[a].person < all[b].person;
        a = all[a].before;
        b = all[b].before;
    }
    return before;
}

static bool beginning_before(const void *ctx, uint32_t a, uint32_t b)
{
    const via_search *s = ctx;
    const beginning *x = &s->all[a];
    const beginning *y = &s->all[b];

    if (x->bound != y->bound)
        return x->bound < y->bound;
    if (x->bound_hops != y->bound_hops)
        return x->bound_hops < y->bound_hops;
    return ids_before(s->all, a, b);
}

/** Keeps a beginning unless nothing can come of it. @return false when out of memory. */
static bool consider(via_search *s, beginning b)
{
    b.passed_via = b.passed_via || b.person == s->query->via;
    const kith_label *way_on =
        kith_label_within(b.passed_via ? &s->to_end : &s->to_via, b.person, s->query->max_hops - b.hops);

    if (!way_on)
        return true;
    b.bound = b.cost + way_on->cost;
    b.bound_hops = b.hops + way_on->hops;
    if (s->count >= NOBODY || !kith_grow((void **)&s->all, &s->capacity, s->count + 1, sizeof *s->all))
        return false;
    uint32_t id = (uint32_t)s->count++;
    if (b.before == NOBODY)
        b.start = id;
    s->all[id] = b;
    return kith_heap_push(&s->heap, id);
}

static bool begin_all(via_search *s)
{
    const kith_graph *graph = s->ground->graph;
    kith_tie_row row = kith_graph_row(graph, s->query->from);

    for (uint64_t e = row.begin; e < row.end; e++) {
        beginning b = {
            .cost = kith_first_cost(s->ground, e), .hops = 1, .person = graph->target[e], .before = NOBODY};
        if (kith_ground_passable(s->ground, b.person) && !consider(s, b))
            return false;
    }
    return true;
}

static bool stands_on(const via_search *s, uint32_t id, uint32_t person)
{
    while (id != NOBODY && s->all[id].person != person)
        id = s->all[id].before;
    return id != NOBODY;
}

/** Considers every beginning that has one person more. */
static bool extend(via_search *s, uint32_t id)
{
    const kith_graph *graph = s->ground->graph;
    beginning old = s->all[id];

    if (old.hops == s->query->max_hops)
        return true;
    kith_tie_row row = kith_graph_row(graph, old.person);
    for (uint64_t e = row.begin; e < row.end; e++) {
        uint32_t person = graph->target[e];
        bool may_stand = kith_ground_passable(s->ground, person) ||
                         (old.passed_via && kith_ground_is_end(s->ground, person));
        if (!may_stand || stands_on(s, id, person))
            continue;
        beginning longer = {.cost = old.cost + kith_step_cost(s->ground, e),
                            .hops = old.hops + 1,
                            .person = person,
                            .before = id,
                            .start = old.start,
                            .passed_via = old.passed_via};
        if (!consider(s, longer))
            return false;
    }
    return true;
}

static bool add_route(const via_search *s, uint32_t id, uint32_t *people, kith_found_routes *out)
{
    const beginning *last = &s->all[id];

    people[0] = s->query->from;
    for (uint32_t at = id; at != NOBODY; at = s->all[at].before)
        people[s->all[at].hops] = s->all[at].person;
    return kith_found_routes_add(out, last->cost, last->hops, people);
}

/*
 * Beginnings are taken up by bound, hops and ids. A bound is never more than what comes of the
 * beginning, and ids that are smaller so far stay smaller. So whole routes come up in the order of
 * routes, and the first through an introducer is their best.
 */
static kith_code search(via_search *s, uint32_t top, uint32_t *people, kith_found_routes *out, kith_err *err)
{
    bool ok = begin_all(s);

    for (uint64_t taken = 0; ok && s->heap.count > 0 && (top == 0 || out->count < top); taken++) {
        if (taken % BEGINNINGS_PER_TICK == 0) {
            kith_code rc = kith_tick_now(s->ground->progress, "searching routes", taken, 0, err);
            if (rc)
                return rc;
        }
        uint32_t id = kith_heap_pop(&s->heap);
        beginning *start = &s->all[s->all[id].start];
        if (start->answered)
            continue;
        if (s->all[id].passed_via && kith_ground_is_end(s->ground, s->all[id].person)) {
            start->answered = true;
            ok = add_route(s, id, people, out);
        } else {
            ok = extend(s, id);
        }
    }
    return ok ? KITH_OK : kith_fail_memory(err, "routes");
}

kith_code kith_routes_via(const kith_route_query *query, kith_ground *ground, uint32_t top,
                          kith_found_routes *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    via_search s = {.query = query, .ground = ground};
    uint32_t *people = kith_alloc_array((size_t)query->max_hops + 1, sizeof *people);

    s.heap = (kith_heap){.before = beginning_before, .ctx = &s};
    ground->no_end = query->via;
    if (!people)
        rc = kith_fail_memory(err, "routes");
    if (!rc)
        rc = kith_labels_by_hops(ground, query->max_hops - 1, NULL, NOBODY, &s.to_end, err);
    if (!rc)
        rc = kith_labels_by_hops(ground, query->max_hops - 1, &s.to_end, query->via, &s.to_via, err);
    if (!rc)
        rc = search(&s, top, people, out, err);
    kith_heap_free(&s.heap);
    kith_free(s.all);
    kith_labels_free(&s.to_via);
    kith_labels_free(&s.to_end);
    kith_free(people);
    return rc;
}

#include <stdlib.h>

#include "base/mem.h"
#include "base/ticker.h"
#include "graph/heap.h"
#include "graph/route_list.h"

#define NOBODY UINT32_MAX

/** The best way from the asker to somebody with `hops` ties: cheaper than all with fewer. */
typedef struct arrival {
    uint64_t cost;
    uint32_t hops;
    uint32_t person;
    uint32_t before; /**< the arrival it comes from; NOBODY at the asker */
} arrival;

typedef struct search {
    const kith_ground *ground;
    arrival *all; /**< by hops, then by the ids on the way */
    size_t count, capacity;
    kith_person_map latest; /**< number of each person's cheapest arrival */
} search;

static bool add(search *s, arrival a)
{
    if (s->count >= NOBODY || !kith_grow((void **)&s->all, &s->capacity, s->count + 1, sizeof *s->all) ||
        !kith_person_map_put(&s->latest, a.person, (uint32_t)s->count))
        return false;
    s->all[s->count++] = a;
    return true;
}

/** Offers somebody a way; those that come first have smaller ids. */
static bool offer(search *s, arrival a)
{
    uint32_t at = kith_person_map_get(&s->latest, a.person);

    if (at != NOBODY && s->all[at].cost <= a.cost)
        return true;
    if (at == NOBODY || s->all[at].hops < a.hops)
        return add(s, a);
    s->all[at] = a;
    return true;
}

/** Offers everyone tied to somebody the way over them. @param last  no way goes on from there. */
static bool go_on(search *s, uint32_t at, bool last)
{
    const kith_ground *ground = s->ground;
    const arrival a = s->all[at];
    kith_tie_row row = kith_graph_row(ground->graph, a.person);

    if (a.hops > 0 && !kith_ground_passable(ground, a.person))
        return true;
    for (uint64_t e = row.begin; e < row.end; e++) {
        uint32_t person = ground->graph->target[e];
        bool of_use = (!last && kith_ground_passable(ground, person)) || kith_ground_is_end(ground, person);
        uint64_t cost = a.cost + (a.hops == 0 ? kith_first_cost(ground, e) : kith_step_cost(ground, e));
        if (of_use && !offer(s, (arrival){cost, a.hops + 1, person, at}))
            return false;
    }
    return true;
}

static int by_way(const void *left, const void *right)
{
    const arrival *a = left, *b = right;

    if (a->before != b->before)
        return a->before < b->before ? -1 : 1;
    return (a->person > b->person) - (a->person < b->person);
}

/** Puts the arrivals from `begin` on, all of one number of hops, in the order of the ids on their ways. */
static bool order_layer(search *s, size_t begin)
{
    bool ok = true;

    if (s->count > begin)
        qsort(s->all + begin, s->count - begin, sizeof *s->all, by_way);
    for (size_t i = begin; ok && i < s->count; i++)
        ok = kith_person_map_put(&s->latest, s->all[i].person, (uint32_t)i);
    return ok;
}

static kith_code search_layers(search *s, kith_err *err)
{
    const kith_route_query *query = s->ground->query;
    bool ok = add(s, (arrival){.person = query->from, .before = NOBODY});
    size_t begin = 0;

    for (uint32_t hops = 1; ok && begin < s->count; hops++) {
        const size_t end = s->count;
        kith_code rc = kith_tick_now(s->ground->progress, "searching routes", end, 0, err);
        if (rc || (query->max_hops > 0 && hops > query->max_hops))
            return rc;
        for (size_t i = begin; ok && i < end; i++)
            ok = go_on(s, (uint32_t)i, hops == query->max_hops);
        begin = end;
        ok = ok && order_layer(s, begin);
    }
    return ok ? KITH_OK : kith_fail_memory(err, "routes");
}

/** The order of routes: the ids of ways of equal hops are in the order of their arrivals. */
typedef struct finish {
    uint64_t cost;
    uint32_t hops;
    uint32_t at;
} finish;

static int by_route(const void *left, const void *right)
{
    const finish *a = left, *b = right;

    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    if (a->hops != b->hops)
        return a->hops < b->hops ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

static bool write_route(const search *s, const finish *f, uint32_t *people, kith_found_routes *out)
{
    uint32_t at = f->at;

    for (uint32_t place = f->hops + 1; place-- > 0; at = s->all[at].before)
        people[place] = s->all[at].person;
    return kith_found_routes_add(out, f->cost, f->hops, people);
}

/** The best `top` of the ways to ends. */
static kith_code write_best(const search *s, uint32_t top, kith_found_routes *out, kith_err *err)
{
    const kith_route_query *query = s->ground->query;
    finish *ends = kith_alloc_array(query->n_targets, sizeof *ends);
    uint32_t *people = kith_alloc_array(s->count, sizeof *people);
    uint32_t count = 0;
    bool ok = ends && people;

    for (uint32_t i = 0; ok && i < query->n_targets; i++) {
        uint32_t at = kith_person_map_get(&s->latest, query->targets[i]);
        if (at != NOBODY && kith_ground_is_end(s->ground, query->targets[i]))
            ends[count++] = (finish){s->all[at].cost, s->all[at].hops, at};
    }
    if (count > 0)
        qsort(ends, count, sizeof *ends, by_route);
    for (uint32_t i = 0; ok && i < count && (top == 0 || i < top); i++)
        ok = write_route(s, &ends[i], people, out);
    kith_free(people);
    kith_free(ends);
    return ok ? KITH_OK : kith_fail_memory(err, "routes");
}

/*
 * Of the best way to somebody, what comes before the last tie is the best way there is with one tie less, or
 * it could be bettered; and whoever is on it twice could be left out. So layer by layer everyone gets the
 * best way with that many ties, and as a layer stands in the order of ids, the first of equal offers is the
 * one to keep.
 */
static kith_code search_forwards(const kith_route_query *query, uint32_t top, kith_found_routes *out,
                                 kith_err *err)
{
    const kith_ground ground = kith_ground_of(query);
    search s = {.ground = &ground};
    kith_code rc = search_layers(&s, err);

    if (!rc)
        rc = write_best(&s, top, out, err);
    kith_person_map_free(&s.latest);
    kith_free(s.all);
    return rc;
}

static bool route_before(const void *ctx, uint32_t a, uint32_t b)
{
    const kith_found_routes *found = ctx;
    const kith_found_route *x = &found->routes[a], *y = &found->routes[b];

    if (x->cost != y->cost)
        return x->cost < y->cost;
    if (x->hops != y->hops)
        return x->hops < y->hops;
    for (uint32_t i = 0; i <= x->hops; i++)
        if (found->people[x->first + i] != found->people[y->first + i])
            return found->people[x->first + i] < found->people[y->first + i];
    return false;
}

/** Moves the best `top` routes, best first. @return false when out of memory. */
static bool take_best(const kith_found_routes *all, uint32_t top, kith_found_routes *out)
{
    kith_heap heap = {.before = route_before, .ctx = all};
    bool ok = true;

    for (uint32_t i = 0; ok && i < all->count; i++)
        ok = kith_heap_push(&heap, i);
    while (ok && heap.count > 0 && (top == 0 || out->count < top)) {
        const kith_found_route *r = &all->routes[kith_heap_pop(&heap)];
        ok = kith_found_routes_add(out, r->cost, r->hops, all->people + r->first);
    }
    kith_heap_free(&heap);
    return ok;
}

/** Through somebody, a beginning that is best for one target may rule out the best for another. */
static kith_code search_each(const kith_route_query *query, uint32_t top, kith_found_routes *out,
                             kith_err *err)
{
    kith_found_routes all = {0};
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; !rc && i < query->n_targets; i++) {
        kith_route_query one = *query;
        kith_found_routes found;
        one.targets = query->targets + i;
        one.n_targets = 1;
        rc = kith_routes_per_introducer(&one, 1, &found, err);
        if (!rc && found.count > 0 &&
            !kith_found_routes_add(&all, found.routes[0].cost, found.routes[0].hops, found.people))
            rc = kith_fail_memory(err, "routes");
        kith_found_routes_free(&found);
    }
    if (!rc && !take_best(&all, top, out))
        rc = kith_fail_memory(err, "routes");
    kith_found_routes_free(&all);
    return rc;
}

kith_code kith_routes_per_target(const kith_route_query *query, uint32_t top, kith_found_routes *out,
                                 kith_err *err)
{
    *out = (kith_found_routes){0};
    kith_code rc =
        query->via == NOBODY ? search_forwards(query, top, out, err) : search_each(query, top, out, err);
    if (rc)
        kith_found_routes_free(out);
    return rc;
}

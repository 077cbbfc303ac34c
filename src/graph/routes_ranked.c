#include "base/mem.h"
#include "graph/heap.h"
#include "graph/route_list.h"

/**
 * A beginning that routes share: from the asker to its last person. The routes that go on from there in
 * different ways are known best first, and those before `next` are answered or stand under a longer stem.
 */
typedef struct stem {
    uint32_t *people; /**< [length] */
    uint32_t length;
    uint64_t cost;          /**< of what leads to the last person, and of the handover there */
    kith_found_routes ways; /**< from the last person; their people begin with that one */
    uint32_t next;
} stem;

typedef struct ranking {
    const kith_route_query *query;
    kith_ground ground;
    uint32_t top;
    stem *stems;
    size_t count, capacity;
    kith_heap heap; /**< stems that have a next route */
    uint32_t *people;
    size_t people_capacity;
} ranking;

static const kith_found_route *next_way(const stem *s)
{
    return &s->ways.routes[s->next];
}

static uint64_t whole_cost(const stem *s)
{
    return s->cost + next_way(s)->cost;
}

static uint32_t whole_hops(const stem *s)
{
    return s->length - 1 + next_way(s)->hops;
}

/** The person at `place` of a stem's next route. */
static uint32_t person_at(const stem *s, uint32_t place)
{
    return place < s->length ? s->people[place]
                             : s->ways.people[next_way(s)->first + (place - (s->length - 1))];
}

static bool stem_before(const void *ctx, uint32_t a, uint32_t b)
{
    const ranking *r = ctx;
    const stem *x = &r->stems[a], *y = &r->stems[b];
    uint32_t hops = whole_hops(x);

    if (whole_cost(x) != whole_cost(y))
        return whole_cost(x) < whole_cost(y);
    if (hops != whole_hops(y))
        return hops < whole_hops(y);
    for (uint32_t i = 1; i <= hops; i++)
        if (person_at(x, i) != person_at(y, i))
            return person_at(x, i) < person_at(y, i);
    return false;
}

static bool stands_in(const uint32_t *people, uint32_t count, uint32_t person)
{
    for (uint32_t i = 0; i < count; i++)
        if (people[i] == person)
            return true;
    return false;
}

/** What is asked from the end of a stem on: nobody of the stem comes again. */
static kith_route_query query_beyond(const ranking *r, const stem *s)
{
    kith_route_query q = *r->query;

    q.from = s->people[s->length - 1];
    q.absent = s->people;
    q.n_absent = s->length - 1;
    if (q.max_hops > 0)
        q.max_hops -= s->length - 1;
    if (stands_in(s->people, s->length, q.via))
        q.via = UINT32_MAX;
    if (s->length > 1)
        q.first_costs = NULL;
    return q;
}

/**
 * Adds a stem of the route at hand.
 * @param known  whether the best route that begins so is already answered.
 */
static kith_code add_stem(ranking *r, uint32_t length, uint64_t cost, uint32_t wanted, bool known,
                          kith_err *err)
{
    stem s = {.length = length, .cost = cost, .next = known};

    if (r->count >= UINT32_MAX - 1 ||
        !kith_grow((void **)&r->stems, &r->capacity, r->count + 1, sizeof *r->stems) ||
        !(s.people = kith_alloc_array(length, sizeof *s.people)))
        return kith_fail_memory(err, "routes");
    for (uint32_t i = 0; i < length; i++)
        s.people[i] = r->people[i];
    uint32_t id = (uint32_t)r->count++;
    r->stems[id] = s;
    const kith_route_query query = query_beyond(r, &s);
    kith_code rc = kith_routes_per_introducer(&query, wanted + known, &r->stems[id].ways, err);
    if (!rc && r->stems[id].ways.count > known && !kith_heap_push(&r->heap, id))
        rc = kith_fail_memory(err, "routes");
    return rc;
}

/**
 * What else may follow after a route: at each of its people beyond the stem it came from, another way; and a
 * way on from its end. Each route left stands under the longest of these stems that it begins with.
 * @param cost  of the stem it came from.
 */
static kith_code branch_off(ranking *r, uint32_t stem_length, uint64_t cost, uint32_t hops, uint32_t wanted,
                            kith_err *err)
{
    const kith_graph *graph = r->ground.graph;
    kith_code rc = KITH_OK;

    for (uint32_t i = stem_length; !rc && i <= hops; i++) {
        uint64_t e = kith_graph_tie(graph, r->people[i - 1], r->people[i]);
        if (e == UINT64_MAX)
            return kith_fail_one_sided(err);
        cost += i == 1 ? kith_first_cost(&r->ground, e) : kith_tie_cost(&r->ground, e);
        cost += r->ground.handover;
        if (r->query->max_hops > 0 && i >= r->query->max_hops)
            break;
        if (i < hops || kith_ground_passable(&r->ground, r->people[i]))
            rc = add_stem(r, i + 1, cost, wanted, i < hops, err);
    }
    return rc;
}

/** Answers the next route of the first stem. */
static kith_code take_next(ranking *r, kith_found_routes *out, kith_err *err)
{
    uint32_t id = kith_heap_pop(&r->heap);
    const stem *s = &r->stems[id];
    const uint64_t stem_cost = s->cost;
    const uint32_t hops = whole_hops(s), length = s->length;

    if (!kith_grow((void **)&r->people, &r->people_capacity, (size_t)hops + 1, sizeof *r->people))
        return kith_fail_memory(err, "routes");
    for (uint32_t i = 0; i <= hops; i++)
        r->people[i] = person_at(s, i);
    bool ok = kith_found_routes_add(out, whole_cost(s), hops, r->people);
    r->stems[id].next++;
    if (ok && s->next < s->ways.count)
        ok = kith_heap_push(&r->heap, id);
    if (!ok)
        return kith_fail_memory(err, "routes");
    if (out->count == r->top)
        return KITH_OK;
    return branch_off(r, length, stem_cost, hops, r->top - out->count, err);
}

/*
 * Every route not yet answered is under exactly one stem: the longest it begins with. A stem's ways stand in
 * the order of routes, so the first of the stems' next routes is the best of all that are left. Of the ways
 * beyond a stem made of a route, the best is the rest of that route: it is answered already.
 */
kith_code kith_routes_ranked(const kith_route_query *query, uint32_t top, kith_found_routes *out,
                             kith_err *err)
{
    ranking r = {.query = query, .ground = kith_ground_of(query), .top = top};
    kith_code rc = KITH_OK;

    *out = (kith_found_routes){0};
    r.heap = (kith_heap){.before = stem_before, .ctx = &r};
    if (!kith_grow((void **)&r.people, &r.people_capacity, 1, sizeof *r.people))
        return kith_fail_memory(err, "routes");
    r.people[0] = query->from;
    rc = add_stem(&r, 1, 0, top, false, err);
    while (!rc && out->count < top && r.heap.count > 0)
        rc = take_next(&r, out, err);
    for (size_t i = 0; i < r.count; i++) {
        kith_found_routes_free(&r.stems[i].ways);
        kith_free(r.stems[i].people);
    }
    kith_free(r.stems);
    kith_free(r.people);
    kith_heap_free(&r.heap);
    if (rc)
        kith_found_routes_free(out);
    return rc;
}

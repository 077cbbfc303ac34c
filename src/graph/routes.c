#include "graph/routes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "graph/route_list.h"

bool kith_starts_add(kith_starts *starts, kith_start start)
{
    if (!kith_grow((void **)&starts->all, &starts->capacity, starts->count + 1, sizeof *starts->all))
        return false;
    starts->all[starts->count++] = start;
    return true;
}

static int start_order(const void *left, const void *right)
{
    const kith_start *a = left;
    const kith_start *b = right;

    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    if (a->hops != b->hops)
        return a->hops < b->hops ? -1 : 1;
    return (a->introducer > b->introducer) - (a->introducer < b->introducer);
}

bool kith_starts_offer(kith_starts *starts, uint32_t top, kith_start start)
{
    if (!kith_starts_add(starts, start))
        return false;
    if (top > 0 && starts->count == 2 * (size_t)top)
        kith_starts_keep(starts, top);
    return true;
}

void kith_starts_keep(kith_starts *starts, uint32_t top)
{
    if (starts->count > 0)
        qsort(starts->all, starts->count, sizeof *starts->all, start_order);
    if (top > 0 && starts->count > top)
        starts->count = top;
}

void kith_starts_free(kith_starts *starts)
{
    kith_free(starts->all);
    *starts = (kith_starts){0};
}

bool kith_found_routes_add(kith_found_routes *list, uint64_t cost, uint32_t hops, const uint32_t *people)
{
    size_t length = (size_t)hops + 1;

    if (list->people_count > UINT32_MAX - length)
        return false;
    if (!kith_grow((void **)&list->routes, &list->routes_capacity, (size_t)list->count + 1,
                   sizeof *list->routes) ||
        !kith_grow((void **)&list->people, &list->people_capacity, list->people_count + length,
                   sizeof *list->people))
        return false;
    memcpy(list->people + list->people_count, people, length * sizeof *people);
    list->routes[list->count++] = (kith_found_route){cost, hops, (uint32_t)list->people_count};
    list->people_count += length;
    return true;
}

void kith_found_routes_free(kith_found_routes *routes)
{
    kith_free(routes->routes);
    kith_free(routes->people);
    *routes = (kith_found_routes){0};
}

uint32_t kith_starts_longest(const kith_starts *starts)
{
    uint32_t hops = 0;

    for (size_t i = 0; i < starts->count; i++)
        if (starts->all[i].hops > hops)
            hops = starts->all[i].hops;
    return hops;
}

kith_code kith_starts_follow(const kith_ground *ground, const kith_labels *labels, const kith_starts *starts,
                             kith_found_routes *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    uint32_t *people = kith_alloc_array((size_t)kith_starts_longest(starts) + 1, sizeof *people);

    if (!people)
        return kith_fail_memory(err, "routes");
    people[0] = ground->query->from;
    for (size_t i = 0; !rc && i < starts->count; i++) {
        const kith_start *start = &starts->all[i];
        people[1] = start->introducer;
        if (!kith_label_follow(ground, labels, kith_label_latest(labels, start->introducer), 0, people + 2))
            rc = kith_fail_one_sided(err);
        else if (!kith_found_routes_add(out, start->cost, start->hops, people))
            rc = kith_fail_memory(err, "routes");
    }
    kith_free(people);
    return rc;
}

kith_code kith_routes_per_introducer(const kith_route_query *query, uint32_t top, kith_found_routes *out,
                                     kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_ground ground = kith_ground_of(query);
    bool limited = query->max_hops > 0 && query->max_hops < query->graph->n;

    *out = (kith_found_routes){0};
    if (query->via == UINT32_MAX && limited)
        rc = kith_routes_limited(&ground, query->max_hops, top, out, err);
    else if (query->via == UINT32_MAX)
        rc = kith_routes_unlimited(&ground, top, out, err);
    else if (!kith_ground_passable(&ground, query->via))
        rc = KITH_OK;
    else if (limited)
        rc = kith_routes_via(query, &ground, top, out, err);
    else
        rc = kith_routes_disjoint(query, &ground, top, out, err);
    if (rc)
        kith_found_routes_free(out);
    return rc;
}

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

/** The label a route through this introducer goes on with, or NULL. */
static const kith_label *label_of(const kith_labels *labels, uint32_t introducer)
{
    return kith_label_within(labels, introducer, UINT32_MAX);
}

static bool collect_starts(const kith_ground *ground, uint32_t from, const kith_labels *labels,
                           kith_starts *starts)
{
    const kith_graph *graph = ground->graph;

    for (uint64_t e = graph->offset[from]; e < graph->offset[from + 1]; e++) {
        uint32_t introducer = graph->target[e];
        const kith_label *label = label_of(labels, introducer);
        if (label && !kith_starts_add(starts, (kith_start){kith_first_cost(ground, e) + label->cost,
                                                           label->hops + 1, introducer}))
            return false;
    }
    return true;
}

/** Writes out the route of each start. */
static bool follow_starts(const kith_ground *ground, uint32_t from, const kith_labels *labels,
                          const kith_starts *starts, kith_found_routes *out)
{
    uint32_t *people = kith_alloc_array((size_t)ground->graph->n + 1, sizeof *people);
    bool ok = people != NULL;

    for (size_t i = 0; ok && i < starts->count; i++) {
        const kith_start *start = &starts->all[i];
        people[0] = from;
        people[1] = start->introducer;
        kith_label_follow(ground, labels, label_of(labels, start->introducer), 0, people + 2);
        ok = kith_found_routes_add(out, start->cost, start->hops, people);
    }
    kith_free(people);
    return ok;
}

/** Routes through nobody in particular: one backward pass serves all introducers. */
static kith_code search_free(const kith_route_query *query, const kith_ground *ground, uint32_t max_hops,
                             uint32_t top, kith_found_routes *out, kith_err *err)
{
    kith_code rc;
    kith_labels labels = {0};
    kith_starts starts = {0};

    /* In a limit, or where fewest hops are cheapest, labels by hops settle without a heap. */
    if (query->max_hops > 0 || query->unit_costs)
        rc = kith_labels_by_hops(ground, max_hops - 1, NULL, UINT32_MAX, &labels, err);
    else
        rc = kith_labels_unlimited(ground, NULL, UINT32_MAX, &labels, err);
    if (rc)
        goto done;
    if (!collect_starts(ground, query->from, &labels, &starts)) {
        rc = kith_fail_memory(err, "routes");
        goto done;
    }
    kith_starts_keep(&starts, top);
    if (!follow_starts(ground, query->from, &labels, &starts, out))
        rc = kith_fail_memory(err, "routes");
done:
    kith_starts_free(&starts);
    kith_labels_free(&labels);
    return rc;
}

kith_code kith_routes_per_introducer(const kith_route_query *query, uint32_t top, kith_found_routes *out,
                                     kith_err *err)
{
    kith_ground ground;
    uint32_t n = query->graph->n;
    bool limited = query->max_hops > 0 && query->max_hops < n;

    *out = (kith_found_routes){0};
    kith_code rc = kith_ground_new(query, &ground, err);
    if (rc)
        return rc;
    if (query->via == UINT32_MAX)
        rc = search_free(query, &ground, limited ? query->max_hops : n, top, out, err);
    else if (!ground.passable[query->via])
        rc = KITH_OK;
    else if (limited)
        rc = kith_routes_via(query, &ground, top, out, err);
    else
        rc = kith_routes_disjoint(query, &ground, top, out, err);
    if (rc)
        kith_found_routes_free(out);
    kith_ground_free(&ground);
    return rc;
}

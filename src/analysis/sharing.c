#include <kith/sharing.h>

#include <stdlib.h>

#include "analysis/introducer_load.h"
#include "base/err.h"
#include "base/mem.h"

/** The routes of all questions, as the assignment wants them. */
typedef struct ways {
    uint64_t *offset; /**< [questions + 1] */
    kith_load_route *routes;
    size_t capacity;
} ways;

static kith_code check(const kith_intro_opts *opts, const kith_queries *queries, uint32_t limit,
                       kith_err *err)
{
    if (opts->mode != KITH_INTRO_PER_INTRODUCER)
        return kith_fail(err, KITH_EUSAGE, "requests are shared out among the best routes per introducer");
    if (opts->cost != KITH_COST_CHANCE && opts->cost != KITH_COST_STRENGTH)
        return kith_fail(err, KITH_EUSAGE,
                         "sharing out requests adds up chances: the cost must be chance or strength");
    if (limit == 0)
        return kith_fail(err, KITH_EUSAGE, "an introducer gets at least one request");
    if (queries->count >= UINT32_MAX)
        return kith_fail(err, KITH_EUSAGE, "too many questions to share out");
    return KITH_OK;
}

/** Notes whom each route of an answer asks, and at what cost. */
static kith_code take_answer(ways *w, uint64_t question, const kith_intro_result *result, kith_err *err)
{
    const uint64_t at = w->offset[question];

    w->offset[question + 1] = at + result->n_routes;
    if (!kith_grow((void **)&w->routes, &w->capacity, at + result->n_routes, sizeof *w->routes))
        return kith_fail_memory(err, "routes to choose from");
    for (uint32_t i = 0; i < result->n_routes; i++) {
        const kith_route *route = &result->routes[i];
        w->routes[at + i] = (kith_load_route){
            route->hops > 1 ? route->people[1] : KITH_NO_INTRODUCER,
            route->cost < UINT32_MAX ? (uint32_t)route->cost : UINT32_MAX,
        };
    }
    return KITH_OK;
}

static kith_code find_ways(const kith_net *net, const kith_intro_opts *opts, const kith_queries *queries,
                           ways *w, kith_err *err)
{
    kith_query_run *run = NULL;
    const kith_query *query;
    const kith_intro_result *result;

    if (!(w->offset = kith_calloc(queries->count + 1, sizeof *w->offset)))
        return kith_fail_memory(err, "routes to choose from");
    kith_code rc = kith_query_run_begin(net, opts, queries, &run, err);
    for (uint64_t i = 0; i < queries->count && !rc; i++) {
        rc = kith_query_run_next(run, &query, &result, err);
        if (!rc)
            rc = take_answer(w, i, result, err);
    }
    kith_query_run_end(run);
    return rc;
}

static void take_choice(const ways *w, uint64_t question, uint32_t route, kith_sharing *sharing)
{
    const uint64_t first = w->offset[question];
    kith_request *request = &sharing->requests[question];

    *request = (kith_request){.route = route, .introducer = UINT32_MAX};
    if (route == UINT32_MAX) {
        sharing->unmet += w->offset[question + 1] > first;
        return;
    }
    request->introducer = w->routes[first + route].introducer;
    request->second_choice =
        kith_load_value(w->routes[first + route].cost) < kith_load_value(w->routes[first].cost);
    sharing->met++;
    sharing->second_choices += request->second_choice;
    if (request->introducer != UINT32_MAX)
        sharing->by_introducer[sharing->n_asking++] = question;
}

static int by_introducer(const void *a, const void *b, void *requests)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    const kith_request *all = requests;

    if (all[x].introducer != all[y].introducer)
        return all[x].introducer < all[y].introducer ? -1 : 1;
    return x < y ? -1 : x > y;
}

kith_code kith_queries_share(const kith_net *net, const kith_intro_opts *opts, const kith_queries *queries,
                             uint32_t limit, kith_sharing *sharing, kith_err *err)
{
    ways w = {0};
    kith_load_choice *choice = NULL;

    *sharing = (kith_sharing){.limit = limit, .count = queries->count};
    kith_code rc = check(opts, queries, limit, err);
    if (rc)
        return rc;
    choice = kith_alloc_array(queries->count, sizeof *choice);
    sharing->requests = kith_alloc_array(queries->count, sizeof *sharing->requests);
    sharing->by_introducer = kith_alloc_array(queries->count, sizeof *sharing->by_introducer);
    if (!choice || !sharing->requests || !sharing->by_introducer)
        rc = kith_fail_memory(err, "requests");
    if (!rc)
        rc = find_ways(net, opts, queries, &w, err);
    if (!rc)
        rc = kith_introducer_load((uint32_t)queries->count, w.offset, w.routes, limit, opts->progress, choice,
                                  NULL, err);
    for (uint64_t i = 0; i < queries->count && !rc; i++)
        take_choice(&w, i, choice[i].route, sharing);
    if (!rc)
        qsort_r(sharing->by_introducer, sharing->n_asking, sizeof *sharing->by_introducer, by_introducer,
                sharing->requests);
    else
        kith_sharing_free(sharing);
    kith_free(choice);
    kith_free(w.offset);
    kith_free(w.routes);
    return rc;
}

const uint64_t *kith_sharing_asked_by(const kith_sharing *sharing, uint32_t introducer, uint64_t *count)
{
    uint64_t low = 0, high = sharing->n_asking;

    while (low < high) {
        const uint64_t middle = low + (high - low) / 2;
        if (sharing->requests[sharing->by_introducer[middle]].introducer < introducer)
            low = middle + 1;
        else
            high = middle;
    }
    for (high = low; high < sharing->n_asking; high++)
        if (sharing->requests[sharing->by_introducer[high]].introducer != introducer)
            break;
    *count = high - low;
    return sharing->by_introducer + low;
}

void kith_sharing_free(kith_sharing *sharing)
{
    kith_free(sharing->requests);
    kith_free(sharing->by_introducer);
    *sharing = (kith_sharing){0};
}

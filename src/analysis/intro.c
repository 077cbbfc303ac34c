#include <kith/intro.h>

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "graph/routes.h"
#include "network/netfile.h"

static kith_code check_list(const uint32_t *ids, uint32_t count, uint32_t n, const char *what, kith_err *err)
{
    for (uint32_t i = 0; i < count; i++) {
        if (ids[i] >= n)
            return kith_fail(err, KITH_EUSAGE, "%s: there is no person %u", what, ids[i]);
        if (i > 0 && ids[i - 1] >= ids[i])
            return kith_fail(err, KITH_EUSAGE, "%s: not distinct and ascending", what);
    }
    return KITH_OK;
}

static kith_code check_opts(const kith_intro_opts *opts, uint32_t n, kith_err *err)
{
    kith_code rc;

    if (opts->from >= n)
        return kith_fail(err, KITH_EUSAGE, "from: there is no person %u", opts->from);
    if (opts->via != UINT32_MAX && opts->via >= n)
        return kith_fail(err, KITH_EUSAGE, "via: there is no person %u", opts->via);
    if (opts->via == opts->from)
        return kith_fail(err, KITH_EUSAGE, "via: a route cannot lead through the person it starts from");
    if ((rc = check_list(opts->targets, opts->n_targets, n, "targets", err)) != KITH_OK)
        return rc;
    return check_list(opts->exclude, opts->n_exclude, n, "exclude", err);
}

/** The people sought who may be: neither the asker nor somebody not to be introduced. Caller-owned. */
static uint32_t *sought(const kith_intro_opts *opts, const uint8_t *flags, uint32_t *count)
{
    uint32_t *ids = kith_alloc_array(opts->n_targets, sizeof *ids);

    *count = 0;
    for (uint32_t i = 0; ids && i < opts->n_targets; i++) {
        uint32_t v = opts->targets[i];
        if (v != opts->from && !(flags[v] & KITH_PERSON_DO_NOT_INTRODUCE))
            ids[(*count)++] = v;
    }
    return ids;
}

/** The chance that every handover along a route is made, whatever the route was chosen by. */
static double chance_of(const kith_net *net, const uint32_t *people, uint32_t hops, uint32_t handover)
{
    uint64_t cost = (uint64_t)handover * (hops - 1);
    kith_tie tie;

    for (uint32_t i = 0; i < hops; i++)
        if (kith_net_tie(net, people[i], people[i + 1], &tie))
            cost += tie.cost;
    return exp(-(double)cost / 1000);
}

/** Copies the routes found; the people of all stand in one array, which the first route begins. */
static kith_code deliver(const kith_net *net, const kith_found_routes *found, uint32_t handover,
                         kith_intro_result *result, kith_err *err)
{
    size_t n_people = 0;
    uint32_t *people;

    if (found->count == 0)
        return KITH_OK;
    for (uint32_t i = 0; i < found->count; i++)
        n_people += (size_t)found->routes[i].hops + 1;
    people = kith_alloc_array(n_people, sizeof *people);
    result->routes = kith_alloc_array(found->count, sizeof *result->routes);
    if (!people || !result->routes) {
        kith_free(people);
        return kith_fail_memory(err, "routes");
    }
    for (uint32_t i = 0; i < found->count; i++) {
        const kith_found_route *r = &found->routes[i];
        memcpy(people, found->people + r->first, ((size_t)r->hops + 1) * sizeof *people);
        result->routes[i] = (kith_route){
            .people = people,
            .hops = r->hops,
            .cost = r->cost,
            .chance = chance_of(net, people, r->hops, handover),
        };
        people += r->hops + 1;
    }
    result->n_routes = found->count;
    return KITH_OK;
}

/** What each handover after the first costs, by the coefficient stored in the network. */
static kith_code read_handover(const kith_net *net, uint32_t *handover, kith_err *err)
{
    kith_coefficients coefficients;

    kith_net_coefficients(net, &coefficients);
    if (!(coefficients.handover > 0 && coefficients.handover <= 1))
        return kith_fail(err, KITH_EDATA, "the coefficient \"handover\" is %g, which is no chance",
                         coefficients.handover);
    *handover = (uint32_t)lround(-1000 * log(coefficients.handover));
    return KITH_OK;
}

/** The ties, checked row by row as they are met; all at once for the search that goes everywhere anyway. */
static kith_code get_graph(const kith_net *net, const kith_intro_opts *opts, kith_graph *graph, kith_err *err)
{
    if (opts->via != UINT32_MAX && opts->max_hops == 0)
        return kith_net_graph(net, graph, err);
    *graph = kith_net_graph_lazy(net);
    return KITH_OK;
}

kith_code kith_intro(const kith_net *net, const kith_intro_opts *opts, kith_intro_result *result,
                     kith_err *err)
{
    kith_code rc;
    kith_graph graph;
    uint32_t *targets = NULL;
    kith_found_routes found = {0};
    uint32_t handover = 0;

    *result = (kith_intro_result){
        .from = opts->from, .max_hops = opts->max_hops, .top = opts->top, .cost = opts->cost};
    if ((rc = get_graph(net, opts, &graph, err)) != KITH_OK)
        goto done;
    if ((rc = check_opts(opts, graph.n, err)) != KITH_OK)
        goto done;
    if ((rc = read_handover(net, &handover, err)) != KITH_OK)
        goto done;
    const uint8_t *flags = kith_net_flags(net);
    if (!flags) {
        rc = kith_net_status(net, err);
        goto done;
    }
    if (!(targets = sought(opts, flags, &result->n_targets))) {
        rc = kith_fail_memory(err, "people sought");
        goto done;
    }
    const kith_route_query query = {
        .graph = &graph,
        .from = opts->from,
        .targets = targets,
        .n_targets = result->n_targets,
        .flags = flags,
        .blocking = KITH_PERSON_DO_NOT_INTRODUCE,
        .exclude = opts->exclude,
        .n_exclude = opts->n_exclude,
        .max_hops = opts->max_hops,
        .via = opts->via,
        .handover = handover,
        .unit_costs = opts->cost == KITH_COST_HOPS,
        .progress = opts->progress,
    };
    if ((rc = kith_routes_per_introducer(&query, opts->top, &found, err)) != KITH_OK)
        goto done;
    if ((rc = deliver(net, &found, handover, result, err)) != KITH_OK)
        goto done;
    rc = kith_net_status(net, err);

done:
    kith_found_routes_free(&found);
    kith_free(targets);
    if (rc != KITH_OK)
        kith_intro_free(result);
    return rc;
}

void kith_intro_free(kith_intro_result *result)
{
    if (result->n_routes > 0)
        kith_free((void *)result->routes[0].people);
    kith_free(result->routes);
    *result = (kith_intro_result){0};
}

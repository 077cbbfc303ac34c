#include <kith/intro.h>

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "graph/route_labels.h"
#include "graph/routes_batch.h"
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

/** What does not depend on who asks for whom. */
static kith_code check_opts(const kith_intro_opts *opts, uint32_t n, kith_err *err)
{
    if (opts->via != UINT32_MAX && opts->via >= n)
        return kith_fail(err, KITH_EUSAGE, "via: there is no person %u", opts->via);
    return check_list(opts->exclude, opts->n_exclude, n, "exclude", err);
}

static kith_code check_asker(const kith_intro_opts *opts, uint32_t asker, uint32_t n, kith_err *err)
{
    if (asker >= n)
        return kith_fail(err, KITH_EUSAGE, "from: there is no person %u", asker);
    if (opts->via == asker)
        return kith_fail(err, KITH_EUSAGE, "via: a route cannot lead through the person it starts from");
    return KITH_OK;
}

/** Those of a list who may be introduced, caller-owned. */
static uint32_t *may_be_sought(const uint32_t *ids, uint32_t n_ids, const uint8_t *flags, uint32_t *count)
{
    uint32_t *some = kith_alloc_array(n_ids, sizeof *some);

    *count = 0;
    for (uint32_t i = 0; some && i < n_ids; i++)
        if (!(flags[ids[i]] & KITH_PERSON_DO_NOT_INTRODUCE))
            some[(*count)++] = ids[i];
    return some;
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

/** The ties, checked row by row as they are met; all at once for searches that go everywhere anyway. */
static kith_code get_graph(const kith_net *net, bool goes_everywhere, kith_graph *graph, kith_err *err)
{
    if (goes_everywhere)
        return kith_net_graph(net, graph, err);
    *graph = kith_net_graph_lazy(net);
    return KITH_OK;
}

/** What all askers' queries have in common. @param graph  out, which the query borrows. */
static kith_code make_query(const kith_net *net, const kith_intro_opts *opts, bool goes_everywhere,
                            kith_graph *graph, kith_route_query *query, kith_err *err)
{
    uint32_t handover = 0;
    kith_code rc = get_graph(net, goes_everywhere, graph, err);

    if (!rc)
        rc = check_opts(opts, graph->n, err);
    if (!rc)
        rc = read_handover(net, &handover, err);
    if (rc)
        return rc;
    *query = (kith_route_query){
        .graph = graph,
        .flags = kith_net_flags(net),
        .blocking = KITH_PERSON_DO_NOT_INTRODUCE,
        .exclude = opts->exclude,
        .n_exclude = opts->n_exclude,
        .max_hops = opts->max_hops,
        .via = opts->via,
        .handover = handover,
        .unit_costs = opts->cost == KITH_COST_HOPS,
        .progress = opts->progress,
    };
    return query->flags ? KITH_OK : kith_net_status(net, err);
}

static kith_intro_result empty_result(const kith_intro_opts *opts, uint32_t asker)
{
    return (kith_intro_result){
        .from = asker, .max_hops = opts->max_hops, .top = opts->top, .cost = opts->cost};
}

kith_code kith_intro(const kith_net *net, const kith_intro_opts *opts, kith_intro_result *result,
                     kith_err *err)
{
    kith_graph graph;
    kith_route_query query;
    uint32_t *targets = NULL;
    kith_found_routes found = {0};
    bool goes_everywhere = opts->via != UINT32_MAX && opts->max_hops == 0;
    kith_code rc = make_query(net, opts, goes_everywhere, &graph, &query, err);

    *result = empty_result(opts, opts->from);
    if (!rc)
        rc = check_asker(opts, opts->from, graph.n, err);
    if (!rc)
        rc = check_list(opts->targets, opts->n_targets, graph.n, "targets", err);
    if (rc)
        goto done;
    if (!(targets = may_be_sought(opts->targets, opts->n_targets, query.flags, &query.n_targets))) {
        rc = kith_fail_memory(err, "people sought");
        goto done;
    }
    query.from = opts->from;
    query.targets = targets;
    result->n_targets = query.n_targets - kith_ids_have(targets, query.n_targets, opts->from);
    if ((rc = kith_routes_per_introducer(&query, opts->top, &found, err)) != KITH_OK)
        goto done;
    if ((rc = deliver(net, &found, query.handover, result, err)) != KITH_OK)
        goto done;
    rc = kith_net_status(net, err);

done:
    kith_found_routes_free(&found);
    kith_free(targets);
    if (rc != KITH_OK)
        kith_intro_free(result);
    return rc;
}

/** Fills in the sets of targets; their lists are caller-owned, also on failure. */
static kith_code make_sets(const kith_ids *sought, uint32_t n_sought, const kith_route_query *query,
                           kith_target_set *sets, kith_err *err)
{
    for (uint32_t s = 0; s < n_sought; s++) {
        kith_code rc = check_list(sought[s].ids, sought[s].count, query->graph->n, "targets", err);
        if (rc)
            return rc;
        sets[s].targets = may_be_sought(sought[s].ids, sought[s].count, query->flags, &sets[s].n_targets);
        if (!sets[s].targets)
            return kith_fail_memory(err, "people sought");
    }
    return KITH_OK;
}

static kith_code deliver_batch(const kith_net *net, const kith_intro_opts *opts,
                               const kith_route_batch *batch, const kith_found_routes *found,
                               kith_intro_result *results, kith_err *err)
{
    for (uint32_t a = 0; a < batch->n_askers; a++)
        for (uint32_t s = 0; s < batch->n_sets; s++) {
            const kith_target_set *set = &batch->sets[s];
            size_t i = (size_t)a * batch->n_sets + s;
            results[i] = empty_result(opts, batch->askers[a]);
            results[i].n_targets =
                set->n_targets - kith_ids_have(set->targets, set->n_targets, batch->askers[a]);
            kith_code rc = deliver(net, &found[i], batch->query->handover, &results[i], err);
            if (rc)
                return rc;
        }
    return kith_net_status(net, err);
}

kith_code kith_intro_batch(const kith_net *net, const kith_intro_opts *opts, const uint32_t *askers,
                           uint32_t n_askers, const kith_ids *sought, uint32_t n_sought,
                           kith_intro_result *results, kith_err *err)
{
    kith_graph graph;
    kith_route_query query;
    size_t answers = (size_t)n_askers * n_sought;
    kith_target_set *sets = kith_calloc(n_sought, sizeof *sets);
    kith_found_routes *found = kith_calloc(answers, sizeof *found);
    kith_route_batch batch = {&query, askers, n_askers, sets, n_sought};
    kith_code rc;

    memset(results, 0, answers * sizeof *results);
    if (!sets || !found) {
        rc = kith_fail_memory(err, "routes");
        goto done;
    }
    rc = make_query(net, opts, opts->max_hops == 0, &graph, &query, err);
    for (uint32_t a = 0; !rc && a < n_askers; a++)
        rc = check_asker(opts, askers[a], graph.n, err);
    if (!rc)
        rc = make_sets(sought, n_sought, &query, sets, err);
    if (!rc)
        rc = kith_routes_batch(&batch, opts->top, found, err);
    if (!rc)
        rc = deliver_batch(net, opts, &batch, found, results, err);

done:
    for (size_t i = 0; found && i < answers; i++)
        kith_found_routes_free(&found[i]);
    for (uint32_t s = 0; sets && s < n_sought; s++)
        kith_free((void *)sets[s].targets);
    for (size_t i = 0; rc && i < answers; i++)
        kith_intro_free(&results[i]);
    kith_free(found);
    kith_free(sets);
    return rc;
}

void kith_intro_free(kith_intro_result *result)
{
    if (result->n_routes > 0)
        kith_free((void *)result->routes[0].people);
    kith_free(result->routes);
    *result = (kith_intro_result){0};
}

#include <kith/intro.h>

#include <math.h>
#include <string.h>

#include "analysis/intro_interactions.h"
#include "analysis/intro_near.h"
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

/** Whether interactions are told of routes, and may order them. */
static bool with_interactions(const kith_intro_opts *opts)
{
    return opts->mode == KITH_INTRO_SHORTEST && opts->cost == KITH_COST_HOPS;
}

/** Copies the routes found; the people of all stand in one array, which the first route begins. */
kith_code kith_intro_deliver(const kith_intro_question *q, const kith_found_routes *found,
                             kith_route **routes, uint32_t *count, kith_err *err)
{
    size_t n_people = 0;
    uint32_t *people;
    const kith_graph all = kith_net_graph_lazy(q->net);

    if (found->count == 0)
        return KITH_OK;
    for (uint32_t i = 0; i < found->count; i++)
        n_people += (size_t)found->routes[i].hops + 1;
    people = kith_alloc_array(n_people, sizeof *people);
    *routes = kith_alloc_array(found->count, sizeof **routes);
    if (!people || !*routes) {
        kith_free(people);
        return kith_fail_memory(err, "routes");
    }
    for (uint32_t i = 0; i < found->count; i++) {
        const kith_found_route *r = &found->routes[i];
        memcpy(people, found->people + r->first, ((size_t)r->hops + 1) * sizeof *people);
        (*routes)[i] = (kith_route){
            .people = people,
            .hops = r->hops,
            .cost = r->cost,
            .chance = chance_of(q->net, people, r->hops, q->handover),
            .novelty = q->opts->novelty ? kith_novelty_of(&all, people[0], people[1]) : 1,
            .interactions = with_interactions(q->opts) ? kith_route_interactions(q->net, people, r->hops) : 0,
        };
        people += r->hops + 1;
    }
    *count = found->count;
    return KITH_OK;
}

/** What does not depend on who asks for whom. */
static kith_code check_opts(const kith_intro_opts *opts, uint32_t n, kith_err *err)
{
    if (opts->via != UINT32_MAX && opts->via >= n)
        return kith_fail(err, KITH_EUSAGE, "via: there is no person %u", opts->via);
    if (opts->via != UINT32_MAX && opts->mode == KITH_INTRO_SHORTEST)
        return kith_fail(err, KITH_EUSAGE, "all shortest routes cannot be asked for through one person");
    if (opts->novelty && opts->cost != KITH_COST_CHANCE && opts->cost != KITH_COST_STRENGTH)
        return kith_fail(err, KITH_EUSAGE, "novelty weighs strengths: the cost must be chance or strength");
    if (opts->by_interactions && !with_interactions(opts))
        return kith_fail(err, KITH_EUSAGE, "interactions order all shortest routes by hops, and no others");
    if (!(opts->min_strength >= 0 && opts->min_strength <= 1))
        return kith_fail(err, KITH_EUSAGE, "the least strength must be from 0 to 1");
    kith_code rc = check_list(opts->exclude, opts->n_exclude, n, "exclude", err);
    return rc || !opts->only ? rc : check_list(opts->only, opts->n_only, n, "only", err);
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

/** What all askers' queries have in common. @param goes_everywhere  the search touches all ties anyway. */
static kith_code begin(const kith_net *net, const kith_intro_opts *opts, bool goes_everywhere,
                       kith_intro_question *q, kith_err *err)
{
    kith_net_summary summary;

    kith_net_summarise(net, &summary);
    *q = (kith_intro_question){.net = net, .opts = opts};
    kith_code rc = check_opts(opts, summary.people, err);
    if (!rc)
        rc = read_handover(net, &q->handover, err);
    if (!rc)
        rc = kith_intro_ties_new(net, opts, goes_everywhere, &q->ties, err);
    if (rc)
        return rc;
    q->query = (kith_route_query){
        .graph = &q->ties.graph,
        .flags = kith_net_flags(net),
        .blocking = KITH_PERSON_DO_NOT_INTRODUCE,
        .exclude = opts->exclude,
        .n_exclude = opts->n_exclude,
        .only = opts->only,
        .n_only = opts->n_only,
        .max_hops = opts->max_hops,
        .via = opts->via,
        .handover = opts->cost == KITH_COST_CHANCE ? q->handover : 0,
        .unit_costs = opts->cost == KITH_COST_HOPS,
        .tie_costs = q->ties.tie_costs,
        .progress = opts->progress,
    };
    return q->query.flags ? KITH_OK : kith_net_status(net, err);
}

static kith_intro_result empty_result(const kith_intro_opts *opts, uint32_t asker)
{
    return (kith_intro_result){.from = asker,
                               .mode = opts->mode,
                               .max_hops = opts->max_hops,
                               .top = opts->top,
                               .cost = opts->cost,
                               .min_strength = opts->min_strength,
                               .novelty = opts->novelty,
                               .by_interactions = opts->by_interactions};
}

static kith_code search(const kith_intro_opts *opts, const kith_route_query *query, kith_found_routes *found,
                        uint64_t *n_all, kith_err *err)
{
    const bool few = opts->top > 0 && opts->top < KITH_INTRO_MOST_ROUTES && !opts->by_interactions;
    const uint32_t most = few ? opts->top : KITH_INTRO_MOST_ROUTES;
    uint32_t n_ends;

    switch (opts->mode) {
    case KITH_INTRO_ALL:
        return kith_routes_ranked(query, most, found, err);
    case KITH_INTRO_SHORTEST:
        return kith_routes_shortest(query, most, found, n_all, &n_ends, err);
    case KITH_INTRO_PER_TARGET:
        return kith_routes_per_target(query, opts->top, found, err);
    case KITH_INTRO_PER_INTRODUCER:
        break;
    }
    return kith_routes_per_introducer(query, opts->top, found, err);
}

/** Puts those with most interactions first, of all the shortest routes, and drops all but the first. */
static kith_code order_by_interactions(const kith_intro_question *q, kith_found_routes *found, uint64_t n_all,
                                       kith_err *err)
{
    const uint32_t top = q->opts->top;

    if (n_all > found->count)
        return kith_fail(err, KITH_EUSAGE, "over %u shortest routes: too many to order by interactions",
                         KITH_INTRO_MOST_ROUTES);
    kith_code rc = kith_routes_by_interactions(q->net, found, err);
    if (top > 0 && found->count > top)
        found->count = top;
    return rc;
}

/** Answers for one asker and the targets of the query. @param tell_near  where there is no route. */
static kith_code answer(const kith_intro_question *q, uint32_t asker, bool tell_near,
                        kith_intro_result *result, kith_err *err)
{
    kith_found_routes found = {0};
    uint32_t *first_costs = NULL;
    kith_route_query query = q->query;
    kith_code rc = KITH_OK;

    *result = empty_result(q->opts, asker);
    result->n_targets = query.n_targets - kith_ids_have(query.targets, query.n_targets, asker);
    query.from = asker;
    if (q->opts->novelty)
        rc = kith_intro_first_costs(q->net, &q->ties, asker, &first_costs, err);
    query.first_costs = first_costs;
    if (!rc)
        rc = search(q->opts, &query, &found, &result->n_all, err);
    if (!rc && q->opts->by_interactions)
        rc = order_by_interactions(q, &found, result->n_all, err);
    if (!rc)
        rc = kith_intro_deliver(q, &found, &result->routes, &result->n_routes, err);
    if (!rc && tell_near && result->n_routes == 0 && result->n_targets > 0 && query.via == UINT32_MAX)
        rc = kith_intro_find_near(q, &query, &result->near, err);
    kith_found_routes_free(&found);
    kith_free(first_costs);
    return rc;
}

kith_code kith_intro(const kith_net *net, const kith_intro_opts *opts, kith_intro_result *result,
                     kith_err *err)
{
    kith_intro_question q;
    uint32_t *targets = NULL;
    kith_code rc = begin(net, opts, opts->via != UINT32_MAX && opts->max_hops == 0, &q, err);

    *result = empty_result(opts, opts->from);
    if (!rc)
        rc = check_asker(opts, opts->from, q.ties.graph.n, err);
    if (!rc)
        rc = check_list(opts->targets, opts->n_targets, q.ties.graph.n, "targets", err);
    if (!rc && !(targets = may_be_sought(opts->targets, opts->n_targets, q.query.flags, &q.query.n_targets)))
        rc = kith_fail_memory(err, "people sought");
    q.query.targets = targets;
    if (!rc)
        rc = answer(&q, opts->from, true, result, err);
    if (!rc)
        rc = kith_net_status(net, err);
    kith_free(targets);
    kith_intro_ties_free(&q.ties);
    if (rc)
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

static kith_code deliver_batch(const kith_intro_question *q, const kith_route_batch *batch,
                               const kith_found_routes *found, kith_intro_result *results, kith_err *err)
{
    for (uint32_t a = 0; a < batch->n_askers; a++)
        for (uint32_t s = 0; s < batch->n_sets; s++) {
            const kith_target_set *set = &batch->sets[s];
            size_t i = (size_t)a * batch->n_sets + s;
            results[i] = empty_result(q->opts, batch->askers[a]);
            results[i].n_targets =
                set->n_targets - kith_ids_have(set->targets, set->n_targets, batch->askers[a]);
            kith_code rc = kith_intro_deliver(q, &found[i], &results[i].routes, &results[i].n_routes, err);
            if (rc)
                return rc;
        }
    return KITH_OK;
}

/** Answers that one search cannot share with another. */
static kith_code answer_each(kith_intro_question *q, const kith_route_batch *batch,
                             kith_intro_result *results, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint32_t a = 0; a < batch->n_askers; a++)
        for (uint32_t s = 0; !rc && s < batch->n_sets; s++) {
            q->query.targets = batch->sets[s].targets;
            q->query.n_targets = batch->sets[s].n_targets;
            rc = answer(q, batch->askers[a], false, &results[(size_t)a * batch->n_sets + s], err);
        }
    return rc;
}

/** Answers that share what their searches have in common. */
static kith_code answer_together(const kith_intro_question *q, const kith_route_batch *batch,
                                 kith_intro_result *results, kith_err *err)
{
    const size_t answers = (size_t)batch->n_askers * batch->n_sets;
    kith_found_routes *found = kith_calloc(answers, sizeof *found);
    kith_code rc =
        found ? kith_routes_batch(batch, q->opts->top, found, err) : kith_fail_memory(err, "routes");

    if (!rc)
        rc = deliver_batch(q, batch, found, results, err);
    for (size_t i = 0; found && i < answers; i++)
        kith_found_routes_free(&found[i]);
    kith_free(found);
    return rc;
}

kith_code kith_intro_batch(const kith_net *net, const kith_intro_opts *opts, const uint32_t *askers,
                           uint32_t n_askers, const kith_ids *sought, uint32_t n_sought,
                           kith_intro_result *results, kith_err *err)
{
    kith_intro_question q;
    const size_t answers = (size_t)n_askers * n_sought;
    kith_target_set *sets = kith_calloc(n_sought, sizeof *sets);
    const kith_route_batch batch = {&q.query, askers, n_askers, sets, n_sought};
    const bool alone = opts->mode != KITH_INTRO_PER_INTRODUCER || opts->novelty;

    memset(results, 0, answers * sizeof *results);
    if (!sets)
        return kith_fail_memory(err, "routes");
    kith_code rc = begin(net, opts, opts->max_hops == 0, &q, err);
    for (uint32_t a = 0; !rc && a < n_askers; a++)
        rc = check_asker(opts, askers[a], q.ties.graph.n, err);
    if (!rc)
        rc = make_sets(sought, n_sought, &q.query, sets, err);
    if (!rc)
        rc = alone ? answer_each(&q, &batch, results, err) : answer_together(&q, &batch, results, err);
    if (!rc)
        rc = kith_net_status(net, err);
    for (uint32_t s = 0; s < n_sought; s++)
        kith_free((void *)sets[s].targets);
    for (size_t i = 0; rc && i < answers; i++)
        kith_intro_free(&results[i]);
    kith_free(sets);
    kith_intro_ties_free(&q.ties);
    return rc;
}

void kith_intro_free(kith_intro_result *result)
{
    if (result->n_routes > 0)
        kith_free((void *)result->routes[0].people);
    kith_free(result->routes);
    kith_free((void *)result->near.nearest.people);
    kith_free((void *)result->near.colleague.people);
    *result = (kith_intro_result){0};
}

#include <kith/bridges.h>

#include <math.h>
#include <stdlib.h>

#include "analysis/broker_groups.h"
#include "analysis/broker_scores.h"
#include "analysis/cut_companies.h"
#include "base/mem.h"
#include "base/ticker.h"
#include "graph/biconnected.h"
#include "graph/triangles.h"
#include "network/netfile.h"

/** By falling betweenness, rising constraint (NaN last), id. */
static int compare_brokers(const void *a, const void *b)
{
    const kith_broker *x = a, *y = b;

    if (x->betweenness != y->betweenness)
        return x->betweenness > y->betweenness ? -1 : 1;
    if (isnan(x->constraint) != isnan(y->constraint))
        return isnan(x->constraint) ? 1 : -1;
    if (x->constraint < y->constraint || x->constraint > y->constraint)
        return x->constraint < y->constraint ? -1 : 1;
    return (x->person > y->person) - (x->person < y->person);
}

static int compare_ties(const void *a, const void *b)
{
    const kith_bridge_tie *x = a, *y = b;

    if (x->people_on_small_side != y->people_on_small_side)
        return x->people_on_small_side > y->people_on_small_side ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/** Everyone's constraint and its kin, one array after another. */
static kith_code measure_holes(const kith_graph *graph, const kith_bridges_opts *opts,
                               const kith_holes *holes, kith_err *err)
{
    kith_code rc = kith_tick_now(opts->progress, "measuring constraint", 0, 0, err);

    if (rc)
        return rc;
    return opts->weighted ? kith_constraint_weighted(graph, holes, err) : kith_constraint(graph, holes, err);
}

/** All people with their scores, in order. */
static kith_code score_people(const kith_graph *graph, const kith_bridges_opts *opts,
                              kith_bridges_result *result, kith_err *err)
{
    kith_code rc = KITH_OK;
    const uint32_t n = graph->n;
    const double pairs = n < 3 ? NAN : ((double)n - 1) * ((double)n - 2) / 2;
    double *betweenness = kith_alloc_array(n, sizeof *betweenness);
    const kith_holes holes = {.constraint = kith_alloc_array(n, sizeof *holes.constraint),
                              .effective_size = kith_alloc_array(n, sizeof *holes.effective_size),
                              .hierarchy = kith_alloc_array(n, sizeof *holes.hierarchy)};

    result->people = kith_alloc_array(n, sizeof *result->people);
    if (!betweenness || !holes.constraint || !holes.effective_size || !holes.hierarchy || !result->people) {
        rc = kith_fail_memory(err, "brokers");
        goto done;
    }
    if ((rc = kith_broker_scores(graph, opts, result, betweenness, err)) != KITH_OK)
        goto done;
    if ((rc = measure_holes(graph, opts, &holes, err)) != KITH_OK)
        goto done;
    for (uint32_t v = 0; v < n; v++)
        result->people[v] = (kith_broker){
            .person = v,
            .betweenness = betweenness[v],
            .betweenness_normalized = betweenness[v] / pairs,
            .constraint = holes.constraint[v],
            .effective_size = holes.effective_size[v],
            .efficiency = holes.effective_size[v] / kith_graph_degree(graph, v),
            .hierarchy = holes.hierarchy[v],
        };
    qsort(result->people, n, sizeof *result->people, compare_brokers);
    result->n_people = result->top > 0 && result->top < n ? result->top : n;

done:
    kith_free(betweenness);
    kith_free(holes.constraint);
    kith_free(holes.effective_size);
    kith_free(holes.hierarchy);
    return rc;
}

static kith_code list_bridge_ties(const kith_biconnected *b, kith_bridges_result *result, kith_err *err)
{
    uint32_t count = 0;

    for (uint32_t v = 0; v < b->n; v++)
        count += b->bridge[v];
    if (!(result->bridge_ties = kith_alloc_array(count, sizeof *result->bridge_ties)))
        return kith_fail_memory(err, "bridge ties");
    for (uint32_t v = 0; v < b->n; v++) {
        if (!b->bridge[v])
            continue;
        const uint32_t parent = b->parent[v], below = b->size[v], above = b->size[b->root[v]] - below;
        result->bridge_ties[result->n_bridge_ties++] = (kith_bridge_tie){
            .a = v < parent ? v : parent,
            .b = v < parent ? parent : v,
            .people_on_small_side = below < above ? below : above,
        };
    }
    qsort(result->bridge_ties, count, sizeof *result->bridge_ties, compare_ties);
    return KITH_OK;
}

/** What falls apart: bridge ties, and for the people in the answer what their leaving separates. */
static kith_code find_cuts(const kith_net *net, const kith_graph *graph, kith_bridges_result *result,
                           kith_err *err)
{
    kith_code rc;
    kith_biconnected b = {0};
    kith_cut_companies *companies = NULL;

    if ((rc = kith_biconnected_run(graph, &b, err)) != KITH_OK)
        goto done;
    for (uint32_t v = 0; v < b.n; v++)
        result->n_cut_people += b.parts[v] > 0;
    if ((rc = list_bridge_ties(&b, result, err)) != KITH_OK)
        goto done;
    if ((rc = kith_cut_companies_new(net, graph, &b, &companies, err)) != KITH_OK)
        goto done;
    for (uint32_t i = 0; i < result->n_people && rc == KITH_OK; i++)
        rc = kith_cut_measure(companies, result->people[i].person, &result->people[i].cut, err);

done:
    kith_cut_companies_free(companies);
    kith_biconnected_free(&b);
    return rc;
}

kith_code kith_bridges(const kith_net *net, const kith_bridges_opts *opts, kith_bridges_result *result,
                       kith_err *err)
{
    kith_code rc;
    kith_graph graph;

    *result = (kith_bridges_result){.top = opts->top,
                                    .weighted = opts->weighted,
                                    .grouping = opts->grouping,
                                    .field = opts->field,
                                    .directed = opts->directed};
    if ((rc = kith_net_graph(net, &graph, err)) != KITH_OK)
        goto done;
    if ((rc = score_people(&graph, opts, result, err)) != KITH_OK)
        goto done;
    if ((rc = kith_tick_now(opts->progress, "finding cut people", 0, 0, err)) != KITH_OK)
        goto done;
    if ((rc = find_cuts(net, &graph, result, err)) != KITH_OK)
        goto done;
    if ((rc = kith_bridges_group(net, &graph, opts, result, err)) != KITH_OK)
        goto done;
    rc = kith_net_status(net, err);

done:
    if (rc != KITH_OK)
        kith_bridges_free(result);
    return rc;
}

void kith_bridges_free(kith_bridges_result *result)
{
    for (uint32_t i = 0; i < result->n_people; i++)
        kith_cut_free(&result->people[i].cut);
    kith_free(result->people);
    kith_free(result->groups);
    kith_free(result->roles);
    kith_free(result->group_names);
    kith_free(result->bridge_ties);
    *result = (kith_bridges_result){0};
}

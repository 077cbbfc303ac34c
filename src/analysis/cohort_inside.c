#include "analysis/cohort_inside.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/bus_factor.h"
#include "base/mem.h"
#include "graph/betweenness.h"
#include "graph/betweenness_sampled.h"
#include "graph/biconnected.h"
#include "graph/distances.h"
#include "graph/triangles.h"
#include "igraph_port/igraph_port.h"

#define EPSILON 0.005
#define DELTA 0.1

static kith_code measure_distances(const kith_graph *graph, const uint32_t *sources, uint32_t n_sources,
                                   kith_cohort_group *out, kith_err *err)
{
    kith_distances sum;
    const kith_code rc = kith_distances_sum(graph, sources, sources ? n_sources : graph->n, &sum, err);

    out->mean_distance = sum.pairs > 0 ? (double)sum.ties / (double)sum.pairs : NAN;
    out->longest_distance = sum.longest;
    return rc;
}

static kith_code count_parts(const kith_graph *graph, kith_cohort_group *out, kith_err *err)
{
    kith_biconnected b = {0};
    const kith_code rc = kith_biconnected_run(graph, &b, err);

    for (uint32_t v = 0; v < b.n; v++) {
        out->parts += b.root[v] == v;
        out->largest = b.size[v] > out->largest ? b.size[v] : out->largest;
    }
    kith_biconnected_free(&b);
    return rc;
}

static kith_code measure_clustering(const kith_graph *graph, kith_cohort_group *out, kith_err *err)
{
    uint64_t closed = 0, triples = 0;
    uint32_t *shared = kith_alloc_array(graph->m, sizeof *shared);
    kith_code rc =
        shared ? kith_shared_neighbours(graph, NULL, shared, err) : kith_fail_memory(err, "clustering");

    for (uint64_t t = 0; rc == KITH_OK && t < graph->m; t++)
        closed += shared[t];
    for (uint32_t v = 0; v < graph->n; v++) {
        const uint64_t ties = kith_graph_degree(graph, v);
        triples += ties > 0 ? ties * (ties - 1) / 2 : 0;
    }
    out->clustering = triples > 0 ? (double)closed / (double)triples : NAN;
    kith_free(shared);
    return rc;
}

static kith_code find_core(const kith_graph *graph, kith_cohort_group *out, kith_err *err)
{
    kith_igraph *port = NULL;
    uint32_t *coreness = kith_alloc_array(graph->n, sizeof *coreness);
    kith_code rc = coreness ? kith_igraph_new(graph, &port, err) : kith_fail_memory(err, "cores");

    if (rc == KITH_OK)
        rc = kith_igraph_coreness(port, coreness, err);
    for (uint32_t v = 0; rc == KITH_OK && v < graph->n; v++)
        out->core = coreness[v] > out->core ? coreness[v] : out->core;
    for (uint32_t v = 0; rc == KITH_OK && v < graph->n; v++)
        out->core_people += coreness[v] == out->core;
    kith_igraph_free(port);
    kith_free(coreness);
    return rc;
}

static int compare_scores(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/** How unevenly scores, which it sorts, are spread; NaN where all are 0. */
static double gini(double *scores, uint32_t n)
{
    double sum = 0, weighted = 0;

    if (n > 0)
        qsort(scores, n, sizeof *scores, compare_scores);
    for (uint32_t i = 0; i < n; i++) {
        sum += scores[i];
        weighted += (i + 1.0) * scores[i];
    }
    return sum > 0 ? fmax(0, 2 * weighted / (n * sum) - (n + 1.0) / n) : NAN;
}

static kith_code measure_betweenness(const kith_graph *graph, const kith_cohort_opts *opts,
                                     kith_cohort_group *out, kith_err *err)
{
    const kith_sampling sampling = {EPSILON, DELTA, opts->seed};
    uint64_t samples;
    double *scores = kith_alloc_array(graph->n, sizeof *scores);
    kith_code rc;

    if (!scores)
        rc = kith_fail_memory(err, "betweenness");
    else if (out->betweenness_sampled)
        rc = kith_betweenness_sampled(graph, &sampling, opts->progress, scores, &samples, err);
    else
        rc = kith_betweenness(graph, opts->progress, scores, err);
    if (rc == KITH_OK)
        out->betweenness_gini = gini(scores, graph->n);
    kith_free(scores);
    return rc;
}

static kith_code find_bus(const kith_induced *inside, kith_cohort_group *out, kith_err *err)
{
    uint32_t *people = kith_alloc_array(inside->graph.n, sizeof *people);

    if (!people)
        return kith_fail_memory(err, "the bus factor");
    out->bus = people;
    const kith_code rc = kith_bus_factor(&inside->graph, KITH_COHORT_BUS_WORK, people, &out->bus_factor, err);
    for (uint32_t i = 0; i < out->bus_factor; i++)
        people[i] = inside->people[people[i]];
    return rc;
}

kith_code kith_cohort_measure_inside(const kith_induced *inside, const uint32_t *sources, uint32_t n_sources,
                                     const kith_cohort_opts *opts, kith_cohort_group *out, kith_err *err)
{
    const kith_graph *graph = &inside->graph;
    const double pairs = ((double)graph->n - 1) * graph->n / 2;
    kith_code rc;

    out->density = pairs > 0 ? (double)graph->m / pairs : NAN;
    out->betweenness_sampled = sources != NULL;
    if ((rc = measure_distances(graph, sources, n_sources, out, err)) != KITH_OK ||
        (rc = count_parts(graph, out, err)) != KITH_OK ||
        (rc = measure_clustering(graph, out, err)) != KITH_OK ||
        (rc = find_core(graph, out, err)) != KITH_OK ||
        (rc = measure_betweenness(graph, opts, out, err)) != KITH_OK)
        return rc;
    return find_bus(inside, out, err);
}

/* Runs one kernel of ours and prints what bench_run.h says.
 * Usage: bench_kernels
 * betweenness|sampled|one-sided|biconnected|components|constraint|shared|sort|routes|batch| batch3 [OPTIONS]
 * OMP_NUM_THREADS says on how many threads. Answers have the order of bench_igraph. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"
#include "bench_run.h"
#include "bench_tasks.h"
#include "graph/betweenness.h"
#include "graph/betweenness_sampled.h"
#include "graph/biconnected.h"
#include "graph/components.h"
#include "graph/routes_batch.h"
#include "graph/triangles.h"
#include "one_sided_sampler.h"

/** A kernel at work. */
typedef struct work {
    const kith_graph *graph;
    bench_clock clock;
    double *answer; /**< [room] */
    size_t count;   /**< of answer, in use */
} work;

typedef kith_code task_fn(work *w, kith_err *err);

static kith_code run_betweenness(work *w, kith_err *err)
{
    bench_clock_start(&w->clock);
    kith_code rc = kith_betweenness(w->graph, NULL, w->answer, err);
    bench_clock_stop(&w->clock);
    w->count = w->graph->n;
    return rc;
}

/** Ties that one-sided sampling looks at, at most: some seconds. */
#define ONE_SIDED_WORK ((uint64_t)500000000)

static const kith_sampling sampling = {.epsilon = 0.005, .delta = 0.1, .seed = 1};

/** The share of samples that hit each person. */
static kith_code run_sampled(work *w, kith_err *err)
{
    uint64_t samples = 0;

    bench_clock_start(&w->clock);
    kith_code rc = kith_betweenness_sampled(w->graph, &sampling, NULL, w->answer, &samples, err);
    bench_clock_stop(&w->clock);
    w->count = w->graph->n;
    for (uint32_t v = 0; !rc && v < w->graph->n; v++)
        w->answer[v] /= (double)w->graph->n * (w->graph->n - 1) / 2;
    return rc;
}

/** As many samples as ours takes, on one thread: the same stop rule would stop there. On large networks only
 * some are drawn, and the time is that of all. */
static kith_code run_one_sided(work *w, kith_err *err)
{
    const uint32_t n = w->graph->n;
    uint64_t samples = 0;
    kith_rng rng;

    kith_code rc = kith_betweenness_sampled(w->graph, &sampling, NULL, w->answer, &samples, err);
    if (rc)
        return rc;
    const uint64_t enough = 1 + ONE_SIDED_WORK / (1 + w->graph->m);
    const uint64_t draws = samples < enough ? samples : enough;
    bench_clock_start(&w->clock);
    one_sided_sampler sampler = one_sided_new(n);
    kith_rng_seed(&rng, sampling.seed);
    memset(w->answer, 0, n * sizeof *w->answer);
    for (uint64_t i = 0; i < draws; i++) {
        uint32_t a = (uint32_t)kith_rng_below(&rng, n);
        uint32_t b = (uint32_t)kith_rng_below(&rng, n - 1);
        uint32_t between = one_sided_draw(w->graph, &sampler, a, b + (b >= a), &rng);
        for (uint32_t k = 0; k < between; k++)
            w->answer[sampler.between[k]] += 1 / (double)draws;
    }
    one_sided_free(&sampler);
    bench_clock_stop(&w->clock);
    w->clock.wall_seconds *= (double)samples / (double)draws;
    w->clock.cpu_seconds *= (double)samples / (double)draws;
    w->count = n;
    return KITH_OK;
}

/** For each person: whether they are a cut person, and how many bridges they are an end of. */
static kith_code run_biconnected(work *w, kith_err *err)
{
    kith_biconnected b;
    uint32_t n = w->graph->n;

    bench_clock_start(&w->clock);
    kith_code rc = kith_biconnected_run(w->graph, &b, err);
    bench_clock_stop(&w->clock);
    if (rc)
        return rc;
    memset(w->answer, 0, 2 * (size_t)n * sizeof *w->answer);
    for (uint32_t v = 0; v < n; v++) {
        w->answer[v] = b.parts[v] > 0;
        if (b.bridge[v]) {
            w->answer[n + v] += 1;
            w->answer[n + b.parent[v]] += 1;
        }
    }
    w->count = 2 * (size_t)n;
    kith_biconnected_free(&b);
    return KITH_OK;
}

/** How many people are in each person's component. */
static kith_code run_components(work *w, kith_err *err)
{
    const uint32_t n = w->graph->n;
    uint32_t *component = kith_alloc_array(n, sizeof *component);
    uint32_t *people = kith_calloc(n, sizeof *people), count;
    kith_code rc = component && people ? KITH_OK : kith_fail_memory(err, "components");

    if (!rc) {
        bench_clock_start(&w->clock);
        rc = kith_components_find(w->graph, component, &count, err);
        bench_clock_stop(&w->clock);
    }
    for (uint32_t v = 0; !rc && v < n; v++)
        people[component[v]]++;
    for (uint32_t v = 0; !rc && v < n; v++)
        w->answer[v] = people[component[v]];
    w->count = n;
    kith_free(component);
    kith_free(people);
    return rc;
}

static kith_code run_constraint(work *w, kith_err *err)
{
    const uint32_t n = w->graph->n;
    double *hierarchy = kith_alloc_array(n, sizeof *hierarchy);

    if (!hierarchy)
        return kith_fail_memory(err, "constraint");
    bench_clock_start(&w->clock);
    kith_code rc = kith_constraint(w->graph, &(kith_holes){w->answer, w->answer + n, hierarchy}, err);
    bench_clock_stop(&w->clock);
    w->count = n;
    kith_free(hierarchy);
    return rc;
}

static kith_code run_shared(work *w, kith_err *err)
{
    uint32_t *shared = kith_alloc_array(w->graph->m, sizeof *shared);
    uint64_t tie = 0;

    if (!shared)
        return kith_fail_memory(err, "shared contacts");
    bench_clock_start(&w->clock);
    kith_code rc = kith_shared_neighbours(w->graph, NULL, shared, err);
    bench_clock_stop(&w->clock);
    memset(w->answer, 0, w->graph->n * sizeof *w->answer);
    for (uint32_t v = 0; v < w->graph->n; v++)
        for (uint64_t e = w->graph->offset[v]; e < w->graph->offset[v + 1]; e++)
            if (w->graph->target[e] > v) {
                w->answer[v] += shared[tie] / 2.0;
                w->answer[w->graph->target[e]] += shared[tie++] / 2.0;
            }
    w->count = w->graph->n;
    kith_free(shared);
    return rc;
}

/** Both ends of all ties, by the number of the end they lead to; the answer is where each person's begin. */
static kith_code run_sort(work *w, kith_err *err)
{
    const uint32_t n = w->graph->n;
    const size_t count = 2 * (size_t)w->graph->m;
    kith_keyed *ends = kith_alloc_array(count, sizeof *ends);

    if (!ends)
        return kith_fail_memory(err, "sort");
    for (uint32_t v = 0; v < n; v++)
        for (uint64_t e = w->graph->offset[v]; e < w->graph->offset[v + 1]; e++)
            ends[e] = (kith_keyed){w->graph->target[e], v};
    bench_clock_start(&w->clock);
    const bool sorted = kith_radix_sort(ends, count);
    bench_clock_stop(&w->clock);
    memset(w->answer, 0, n * sizeof *w->answer);
    for (size_t i = count; sorted && i-- > 0;)
        w->answer[ends[i].key] = (double)i;
    w->count = n;
    kith_free(ends);
    return sorted ? KITH_OK : kith_fail_memory(err, "sort");
}

/** Cheapest cost from each of a few people to the nearest of a few others. */
static kith_code run_routes(work *w, kith_err *err)
{
    uint32_t n = w->graph->n;
    kith_code rc = KITH_OK;
    uint32_t targets[BENCH_ROUTE_TARGETS];

    for (uint32_t i = 0; i < BENCH_ROUTE_TARGETS; i++)
        targets[i] = bench_route_target(n, i);
    bench_clock_start(&w->clock);
    for (uint32_t i = 0; !rc && i < BENCH_ROUTE_SOURCES; i++) {
        kith_found_routes found;
        kith_route_query query = {.graph = w->graph,
                                  .from = bench_route_source(n, i),
                                  .targets = targets,
                                  .n_targets = BENCH_ROUTE_TARGETS,
                                  .via = UINT32_MAX,
                                  .handover = BENCH_HANDOVER};
        if ((rc = kith_routes_per_introducer(&query, 1, &found, err)))
            break;
        w->answer[i] = found.count > 0 ? (double)found.routes[0].cost : INFINITY;
        kith_found_routes_free(&found);
    }
    bench_clock_stop(&w->clock);
    w->count = BENCH_ROUTE_SOURCES;
    return rc;
}

/** Routes from a thousand people to a hundred companies; the answer is the best cost for the sample of them.
 */
static kith_code run_batch_within(work *w, uint32_t max_hops, uint32_t top, kith_err *err)
{
    uint32_t n = w->graph->n;
    uint32_t askers[BENCH_BATCH_PEOPLE], staff[BENCH_BATCH_COMPANIES][BENCH_BATCH_STAFF];
    kith_target_set sets[BENCH_BATCH_COMPANIES];
    const kith_route_query query = {
        .graph = w->graph, .max_hops = max_hops, .via = UINT32_MAX, .handover = BENCH_HANDOVER};
    const uint32_t companies = bench_companies(n);
    const kith_route_batch batch = {&query, askers, BENCH_BATCH_PEOPLE, sets, companies};
    const size_t count = (size_t)BENCH_BATCH_PEOPLE * companies;
    kith_found_routes *found = kith_alloc_array(count, sizeof *found);

    if (!found)
        return kith_fail_memory(err, "batch");
    for (uint32_t i = 0; i < BENCH_BATCH_PEOPLE; i++)
        askers[i] = bench_batch_person(n, i);
    for (uint32_t c = 0; c < companies; c++) {
        sets[c] = (kith_target_set){staff[c], BENCH_BATCH_STAFF};
        for (uint32_t i = 0; i < BENCH_BATCH_STAFF; i++)
            staff[c][i] = bench_batch_staff(n, c, i);
    }
    bench_clock_start(&w->clock);
    kith_code rc = kith_routes_batch(&batch, top, found, err);
    bench_clock_stop(&w->clock);
    w->count = 0;
    for (size_t i = 0; !rc && i < count; i++) {
        if (i / companies % (BENCH_BATCH_PEOPLE / BENCH_BATCH_SAMPLE) == 0)
            w->answer[w->count++] = found[i].count > 0 ? (double)found[i].routes[0].cost : INFINITY;
        kith_found_routes_free(&found[i]);
    }
    kith_free(found);
    return rc;
}

static kith_code run_batch(work *w, kith_err *err)
{
    return run_batch_within(w, 0, 1, err);
}

static kith_code run_batch3(work *w, kith_err *err)
{
    return run_batch_within(w, 3, 5, err);
}

static task_fn *find_task(const char *name)
{
    static const struct {
        const char *name;
        task_fn *run;
    } tasks[] = {{"betweenness", run_betweenness},
                 {"sampled", run_sampled},
                 {"one-sided", run_one_sided},
                 {"biconnected", run_biconnected},
                 {"components", run_components},
                 {"constraint", run_constraint},
                 {"shared", run_shared},
                 {"sort", run_sort},
                 {"routes", run_routes},
                 {"batch", run_batch},
                 {"batch3", run_batch3}};

    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        if (strcmp(tasks[i].name, name) == 0)
            return tasks[i].run;
    return NULL;
}

int main(int argc, char **argv)
{
    bench_options options;
    bench_ties ties = {0};
    bench_graph g = {0};
    work w = {.graph = &g.graph};
    kith_err err = KITH_ERR_NONE;
    int exit_code = 70;

    task_fn *run = bench_options_parse(argc, argv, &options) ? find_task(options.task) : NULL;
    if (!run) {
        fprintf(stderr, "bench_kernels: no such task or option\n");
        return 64;
    }
    if (bench_ties_new(&options, &ties, &err) || bench_graph_new(&ties, &g, &err))
        goto done;
    if (!(w.answer = kith_alloc_array(2 * (size_t)g.graph.n + BENCH_ANSWER_ROOM, sizeof *w.answer))) {
        kith_fail_memory(&err, "answer");
        goto done;
    }
    if (!run(&w, &err))
        exit_code = bench_print(&options, &g.graph, &w.clock, w.answer, w.count);
done:
    if (err.code)
        fprintf(stderr, "bench_kernels: %s\n", err.message);
    bench_ties_free(&ties);
    bench_graph_free(&g);
    kith_free(w.answer);
    return exit_code;
}

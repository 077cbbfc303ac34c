/* Runs one task in igraph, the peer of our kernels, and prints what bench_run.h says.
 * Usage: bench_igraph create|betweenness|biconnected|components|constraint|routes|batch [OPTIONS]
 * Only the calls that answer the question are timed; create is igraph_create and igraph_simplify. */
#include <igraph.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "bench_run.h"
#include "bench_tasks.h"

/** A task at work. */
typedef struct work {
    igraph_t graph;
    bench_clock clock;
    double *answer;
    size_t count;
} work;

typedef void task_fn(work *w);

/** The graph as igraph builds it from ties that repeat. Timed here for the task `create`. */
static void create(work *w, bench_ties *ties)
{
    igraph_vector_int_t ends;

    igraph_vector_int_init(&ends, (igraph_integer_t)(2 * ties->count));
    for (size_t i = 0; i < ties->count; i++)
        for (size_t k = 0; k < 2; k++)
            VECTOR(ends)[2 * i + k] = ties->pair[i][k];
    uint32_t people = ties->people;
    bench_ties_free(ties);
    bench_clock_start(&w->clock);
    igraph_create(&w->graph, &ends, people, IGRAPH_UNDIRECTED);
    igraph_simplify(&w->graph, true, true, NULL);
    bench_clock_stop(&w->clock);
    igraph_vector_int_destroy(&ends);
}

static void copy_answer(work *w, const igraph_vector_t *values)
{
    w->count = (size_t)igraph_vector_size(values);
    memcpy(w->answer, VECTOR(*values), w->count * sizeof *w->answer);
}

static void run_create(work *w)
{
    igraph_vector_int_t degree;

    igraph_vector_int_init(&degree, 0);
    igraph_degree(&w->graph, &degree, igraph_vss_all(), IGRAPH_ALL, true);
    w->count = (size_t)igraph_vector_int_size(&degree);
    for (size_t v = 0; v < w->count; v++)
        w->answer[v] = (double)VECTOR(degree)[v];
    igraph_vector_int_destroy(&degree);
}

static void run_betweenness(work *w)
{
    igraph_vector_t values;

    igraph_vector_init(&values, 0);
    bench_clock_start(&w->clock);
    igraph_betweenness(&w->graph, &values, igraph_vss_all(), IGRAPH_UNDIRECTED, NULL);
    bench_clock_stop(&w->clock);
    copy_answer(w, &values);
    igraph_vector_destroy(&values);
}

static void run_biconnected(work *w)
{
    igraph_vector_int_t cut_people;
    igraph_vector_int_t bridges;
    size_t n = (size_t)igraph_vcount(&w->graph);

    igraph_vector_int_init(&cut_people, 0);
    igraph_vector_int_init(&bridges, 0);
    bench_clock_start(&w->clock);
    igraph_articulation_points(&w->graph, &cut_people);
    igraph_bridges(&w->graph, &bridges);
    bench_clock_stop(&w->clock);
    w->count = 2 * n;
    memset(w->answer, 0, w->count * sizeof *w->answer);
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(&cut_people); i++)
        w->answer[VECTOR(cut_people)[i]] = 1;
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(&bridges); i++) {
        w->answer[n + (size_t)IGRAPH_FROM(&w->graph, VECTOR(bridges)[i])] += 1;
        w->answer[n + (size_t)IGRAPH_TO(&w->graph, VECTOR(bridges)[i])] += 1;
    }
    igraph_vector_int_destroy(&cut_people);
    igraph_vector_int_destroy(&bridges);
}

static void run_components(work *w)
{
    igraph_vector_int_t component;
    igraph_vector_int_t people;

    igraph_vector_int_init(&component, 0);
    igraph_vector_int_init(&people, 0);
    bench_clock_start(&w->clock);
    igraph_connected_components(&w->graph, &component, &people, NULL, IGRAPH_WEAK);
    bench_clock_stop(&w->clock);
    w->count = (size_t)igraph_vector_int_size(&component);
    for (size_t v = 0; v < w->count; v++)
        w->answer[v] = (double)VECTOR(people)[VECTOR(component)[v]];
    igraph_vector_int_destroy(&component);
    igraph_vector_int_destroy(&people);
}

static void run_constraint(work *w)
{
    igraph_vector_t values;

    igraph_vector_init(&values, 0);
    bench_clock_start(&w->clock);
    igraph_constraint(&w->graph, &values, igraph_vss_all(), NULL);
    bench_clock_stop(&w->clock);
    copy_answer(w, &values);
    igraph_vector_destroy(&values);
}

/** Costs of ties with their handover. */
static void make_weights(const work *w, igraph_vector_t *weights)
{
    igraph_vector_init(weights, igraph_ecount(&w->graph));
    for (igraph_integer_t e = 0; e < igraph_ecount(&w->graph); e++)
        VECTOR(*weights)
    [e] = BENCH_HANDOVER + bench_cost((uint32_t)IGRAPH_FROM(&w->graph, e), (uint32_t)IGRAPH_TO(&w->graph, e));
}

/** Dijkstra from each person, stopped once all targets are reached. The first tie costs no handover. */
static void run_routes(work *w)
{
    uint32_t n = (uint32_t)igraph_vcount(&w->graph);
    igraph_vector_t weights;
    igraph_vector_int_t targets;
    igraph_matrix_t costs;

    make_weights(w, &weights);
    igraph_vector_int_init(&targets, BENCH_ROUTE_TARGETS);
    for (uint32_t i = 0; i < BENCH_ROUTE_TARGETS; i++)
        VECTOR(targets)[i] = bench_route_target(n, i);
    igraph_matrix_init(&costs, 0, 0);
    bench_clock_start(&w->clock);
    for (uint32_t i = 0; i < BENCH_ROUTE_SOURCES; i++) {
        igraph_distances_dijkstra(&w->graph, &costs, igraph_vss_1(bench_route_source(n, i)),
                                  igraph_vss_vector(&targets), &weights, IGRAPH_ALL);
        w->answer[i] = igraph_matrix_min(&costs) - BENCH_HANDOVER;
    }
    bench_clock_stop(&w->clock);
    w->count = BENCH_ROUTE_SOURCES;
    igraph_matrix_destroy(&costs);
    igraph_vector_int_destroy(&targets);
    igraph_vector_destroy(&weights);
}

/** The best cost from one person to each company, out of those to everyone who works there. */
static void answer_companies(work *w, const igraph_matrix_t *costs)
{
    for (igraph_integer_t c = 0; c < bench_companies((uint32_t)igraph_vcount(&w->graph)); c++) {
        double best = IGRAPH_INFINITY;
        for (igraph_integer_t i = 0; i < BENCH_BATCH_STAFF; i++)
            best = fmin(best, MATRIX(*costs, 0, c * BENCH_BATCH_STAFF + i));
        w->answer[w->count++] = best - BENCH_HANDOVER;
    }
}

/** Dijkstra from each person of the sample; the time is told as if for all. */
static void run_batch(work *w)
{
    uint32_t n = (uint32_t)igraph_vcount(&w->graph), share = BENCH_BATCH_PEOPLE / BENCH_BATCH_SAMPLE;
    igraph_vector_t weights;
    igraph_vector_int_t targets;
    igraph_matrix_t costs;

    make_weights(w, &weights);
    igraph_vector_int_init(&targets, bench_companies(n) * BENCH_BATCH_STAFF);
    for (uint32_t i = 0; i < bench_companies(n) * BENCH_BATCH_STAFF; i++)
        VECTOR(targets)[i] = bench_batch_staff(n, i / BENCH_BATCH_STAFF, i % BENCH_BATCH_STAFF);
    igraph_matrix_init(&costs, 0, 0);
    bench_clock_start(&w->clock);
    for (uint32_t i = 0; i < BENCH_BATCH_SAMPLE; i++) {
        igraph_distances_dijkstra(&w->graph, &costs, igraph_vss_1(bench_batch_person(n, i * share)),
                                  igraph_vss_vector(&targets), &weights, IGRAPH_ALL);
        answer_companies(w, &costs);
    }
    bench_clock_stop(&w->clock);
    w->clock.wall_seconds *= share;
    w->clock.cpu_seconds *= share;
    igraph_matrix_destroy(&costs);
    igraph_vector_int_destroy(&targets);
    igraph_vector_destroy(&weights);
}

static task_fn *find_task(const char *name)
{
    static const struct {
        const char *name;
        task_fn *run;
    } tasks[] = {{"create", run_create},
                 {"betweenness", run_betweenness},
                 {"biconnected", run_biconnected},
                 {"components", run_components},
                 {"constraint", run_constraint},
                 {"routes", run_routes},
                 {"batch", run_batch}};

    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        if (strcmp(tasks[i].name, name) == 0)
            return tasks[i].run;
    return NULL;
}

int main(int argc, char **argv)
{
    bench_options options;
    bench_ties ties = {0};
    work w = {0};
    kith_err err = KITH_ERR_NONE;
    int exit_code = 70;

    task_fn *run = bench_options_parse(argc, argv, &options) ? find_task(options.task) : NULL;
    if (!run) {
        fprintf(stderr, "bench_igraph: no such task or option\n");
        return 64;
    }
    if (bench_ties_new(&options, &ties, &err)) {
        fprintf(stderr, "bench_igraph: %s\n", err.message);
        return exit_code;
    }
    create(&w, &ties);
    uint32_t n = (uint32_t)igraph_vcount(&w.graph);
    w.answer = kith_alloc_array(2 * (size_t)n + BENCH_ANSWER_ROOM, sizeof *w.answer);
    if (w.answer) {
        run(&w);
        kith_graph size = {.n = n, .m = (uint64_t)igraph_ecount(&w.graph)};
        exit_code = bench_print(&options, &size, &w.clock, w.answer, w.count);
    }
    igraph_destroy(&w.graph);
    kith_free(w.answer);
    return exit_code;
}

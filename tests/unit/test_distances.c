#include <criterion/criterion.h>
#include <omp.h>

#include "each_failure.h"
#include "graph/distances.h"
#include "igraph_oracle.h"
#include "random_graph.h"

#define PEOPLE 300 /* every lane has many sources */

static kith_distances sum_of(const kith_graph *graph, const uint32_t *sources, uint32_t n_sources)
{
    kith_distances sum;

    cr_assert_eq(kith_distances_sum(graph, sources, n_sources, &sum, NULL), KITH_OK);
    return sum;
}

static void expect_sum(const kith_distances *sum, uint64_t pairs, uint64_t ties, uint32_t longest)
{
    cr_expect_eq(sum->pairs, pairs, "%lu pairs", sum->pairs);
    cr_expect_eq(sum->ties, ties, "%lu ties", sum->ties);
    cr_expect_eq(sum->longest, longest, "%u ties", sum->longest);
}

Test(distances, on_a_path_and_in_a_star)
{
    enum { N = 3001 };
    uint32_t path[2 * N], star[2 * N];

    for (uint32_t i = 0; i + 1 < N; i++) {
        path[2 * i] = i;
        star[2 * i] = N - 1;
        path[2 * i + 1] = i + 1;
        star[2 * i + 1] = i;
    }
    random_graph of_path = random_graph_of(N, path, N - 1);
    random_graph of_star = random_graph_of(N, star, N - 1);
    const kith_distances on_path = sum_of(&of_path.graph, NULL, N);
    const kith_distances in_star = sum_of(&of_star.graph, NULL, N);
    const uint64_t n = N;

    expect_sum(&on_path, n * (n - 1), (n - 1) * n * (n + 1) / 3, N - 1);
    expect_sum(&in_star, n * (n - 1), 2 * (n - 1) * (n - 1), 2);
    random_graph_free(&of_path);
    random_graph_free(&of_star);
}

/** Every third person, or everyone. @return how many. */
static uint32_t pick_sources(const kith_graph *graph, bool all, uint32_t *sources)
{
    uint32_t count = 0;

    for (uint32_t v = 0; v < graph->n; v += all ? 1 : 3)
        sources[count++] = v;
    return count;
}

Test(distances, agree_with_igraph_on_any_number_of_threads)
{
    for (uint64_t seed = 0; seed < 64; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        uint32_t sources[PEOPLE];
        const bool all = seed / 8 % 2;
        const uint32_t n_sources = pick_sources(&g.graph, all, sources);
        kith_distances theirs = {0};
        igraph_t other;
        igraph_matrix_t distance;

        igraph_oracle(&g.graph, &other, NULL);
        igraph_matrix_init(&distance, 0, 0);
        igraph_distances(&other, &distance, igraph_vss_all(), igraph_vss_all(), IGRAPH_ALL);
        for (uint32_t i = 0; i < n_sources; i++)
            for (uint32_t v = 0; v < g.graph.n; v++) {
                const double ties = MATRIX(distance, sources[i], v);
                if (v == sources[i] || ties == IGRAPH_INFINITY)
                    continue;
                theirs.pairs++;
                theirs.ties += (uint64_t)ties;
                theirs.longest = ties > theirs.longest ? (uint32_t)ties : theirs.longest;
            }
        for (int threads = 1; threads <= 4; threads += 3) {
            omp_set_num_threads(threads);
            const kith_distances ours = sum_of(&g.graph, all ? NULL : sources, n_sources);
            expect_sum(&ours, theirs.pairs, theirs.ties, theirs.longest);
        }
        igraph_matrix_destroy(&distance);
        igraph_destroy(&other);
        random_graph_free(&g);
    }
}

static kith_code measure(void *ctx, kith_err *err)
{
    const random_graph *g = ctx;
    kith_distances sum;

    return kith_distances_sum(&g->graph, NULL, g->graph.n, &sum, err);
}

Test(distances, every_failed_allocation_is_told)
{
    random_graph g = random_graph_make(0, 30);

    cr_expect_gt(each_failure(measure, &g), 0);
    random_graph_free(&g);
}

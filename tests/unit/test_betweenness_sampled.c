#include <criterion/criterion.h>

#include <math.h>
#include <omp.h>
#include <string.h>

#include "base/mem.h"
#include "each_failure.h"
#include "graph/betweenness_sampled.h"
#include "igraph_oracle.h"
#include "random_graph.h"

#define PEOPLE 90
#define MOST_PEOPLE 400
#define SEEDS 40

static const double epsilon = 0.08;
static const double delta = 0.1;

static uint64_t sampled(const kith_graph *graph, uint64_t seed, double *score)
{
    uint64_t samples;

    cr_assert_eq(
        kith_betweenness_sampled(graph, &(kith_sampling){epsilon, delta, seed}, NULL, score, &samples, NULL),
        KITH_OK);
    return samples;
}

/** Over seeds, all people are within epsilon of `exact` [n] (pairs of people) as often as promised. */
static void expect_near(const kith_graph *graph, const double *exact, const char *what)
{
    const double pairs = ((double)graph->n - 1) * ((double)graph->n - 2) / 2;
    double score[MOST_PEOPLE];
    uint32_t wrong = 0;

    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        bool off = false;
        sampled(graph, seed, score);
        for (uint32_t v = 0; v < graph->n; v++)
            off |= fabs(score[v] - exact[v]) > epsilon * pairs + 1e-9;
        wrong += off;
    }
    cr_expect_leq(wrong, (uint32_t)(delta * SEEDS), "%s: %u of %d seeds are off", what, wrong, SEEDS);
}

static void expect_near_igraph(const random_graph *g, const char *what)
{
    igraph_t other;
    igraph_vector_t exact;

    igraph_oracle(&g->graph, &other, NULL);
    igraph_vector_init(&exact, 0);
    igraph_betweenness(&other, &exact, igraph_vss_all(), IGRAPH_UNDIRECTED, NULL);
    expect_near(&g->graph, VECTOR(exact), what);
    igraph_vector_destroy(&exact);
    igraph_destroy(&other);
}

Test(betweenness_sampled, is_near_igraph_on_graphs_of_all_shapes)
{
    for (uint64_t seed = 0; seed < 16; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        char what[32];
        snprintf(what, sizeof what, "graph %lu", seed);
        expect_near_igraph(&g, what);
        random_graph_free(&g);
    }
}

Test(betweenness_sampled, of_a_star)
{
    uint32_t pairs[2 * 300];
    double exact[301] = {300 * 299 / 2};

    for (uint32_t i = 0; i < 300; i++) {
        pairs[2 * i] = 0;
        pairs[2 * i + 1] = i + 1;
    }
    random_graph g = random_graph_of(301, pairs, 300);
    expect_near(&g.graph, exact, "star");
    random_graph_free(&g);
}

Test(betweenness_sampled, on_a_long_path)
{
    uint32_t pairs[2 * 399];
    double exact[400];

    for (uint32_t i = 0; i < 399; i++) {
        pairs[2 * i] = i;
        pairs[2 * i + 1] = i + 1;
    }
    for (uint32_t i = 0; i < 400; i++)
        exact[i] = i * (399 - i);
    random_graph g = random_graph_of(400, pairs, 399);
    expect_near(&g.graph, exact, "path");
    random_graph_free(&g);
}

Test(betweenness_sampled, between_two_hubs)
{
    /* 0 and 1 both know everyone else, not each other. A pair of others is two steps apart over
     * either hub; the hubs themselves over any of the others. */
    uint32_t pairs[4 * 298];
    double exact[300];

    for (uint32_t i = 0; i < 298; i++) {
        const uint32_t ends[4] = {0, i + 2, 1, i + 2};
        memcpy(pairs + (size_t)4 * i, ends, sizeof ends);
        exact[i + 2] = 1.0 / 298;
    }
    exact[0] = exact[1] = 298 * 297 / 4.0;
    random_graph g = random_graph_of(300, pairs, 2 * 298);
    expect_near(&g.graph, exact, "hubs");
    random_graph_free(&g);
}

Test(betweenness_sampled, samples_are_counted_once_and_know_nothing_of_each_other)
{
    /* Of two hubs as above a sample meets one at most, either as likely: the first is in a binomial share of
     * all that meet one. Over seeds its deviation in standard ones, squared, adds up to chi-square. */
    enum { LEAVES = 998, TRIES = 200 };
    uint32_t pairs[4 * LEAVES];
    double score[LEAVES + 2];
    double chi_square = 0;

    for (uint32_t i = 0; i < LEAVES; i++) {
        const uint32_t ends[4] = {0, i + 2, 1, i + 2};
        memcpy(pairs + (size_t)4 * i, ends, sizeof ends);
    }
    random_graph g = random_graph_of(LEAVES + 2, pairs, 2 * LEAVES);
    const double all = (LEAVES + 2) * (LEAVES + 1) / 2.0;
    for (uint64_t seed = 0; seed < TRIES; seed++) {
        const double samples = (double)sampled(&g.graph, seed, score);
        const double first = score[0] / all * samples, both = (score[0] + score[1]) / all * samples;
        cr_assert_leq(both, samples + 1e-6, "seed %lu: %f of %f", seed, both, samples);
        chi_square += (first - both / 2) * (first - both / 2) / (both / 4);
    }
    cr_expect_leq(chi_square, TRIES + 5 * sqrt(2 * TRIES), "%.1f of %d", chi_square, TRIES);
    random_graph_free(&g);
}

Test(betweenness_sampled, in_parts_with_people_alone)
{
    /* Cliques of 20 around the persons 0 and 20, who know each other; a star of 30 apart; ten people alone.
     */
    uint32_t pairs[2 * 500];
    uint32_t count = 0;

    for (uint32_t a = 0; a < 40; a++)
        for (uint32_t b = a + 1; b < 40; b++)
            if (a / 20 == b / 20 || (a == 0 && b == 20)) {
                pairs[2 * count] = a;
                pairs[2 * count++ + 1] = b;
            }
    for (uint32_t b = 41; b < 70; b++) {
        pairs[2 * count] = 40;
        pairs[2 * count++ + 1] = b;
    }
    random_graph g = random_graph_of(80, pairs, count);
    expect_near_igraph(&g, "parts");
    random_graph_free(&g);
}

Test(betweenness_sampled, without_ties_and_with_few_people)
{
    const uint32_t pair[] = {0, 1};
    double score[50];

    for (uint32_t people = 0; people < 50; people += people < 3 ? 1 : 47) {
        random_graph g = random_graph_of(people, pair, people == 2);
        uint64_t samples = sampled(&g.graph, 5, score);
        cr_expect_eq(samples > 0, people >= 3, "%u people, %lu samples", people, samples);
        for (uint32_t v = 0; v < people; v++)
            cr_expect_eq(score[v], 0);
        random_graph_free(&g);
    }
}

Test(betweenness_sampled, is_the_same_bytes_for_any_number_of_threads_and_another_for_another_seed)
{
    for (uint64_t seed = 0; seed < 8; seed++) {
        random_graph g = random_graph_make(seed, MOST_PEOPLE);
        double one[MOST_PEOPLE];
        double many[MOST_PEOPLE];

        omp_set_num_threads(1);
        uint64_t samples = sampled(&g.graph, seed, one);
        for (int threads = 2; threads <= 3; threads++) {
            omp_set_num_threads(threads);
            cr_expect_eq(sampled(&g.graph, seed, many), samples);
            cr_expect_arr_eq(one, many, g.graph.n * sizeof(double));
        }
        if (g.graph.n > 100 && seed % 8 < 2) {
            sampled(&g.graph, seed + 1, many);
            cr_expect_arr_neq(one, many, g.graph.n * sizeof(double));
        }
        random_graph_free(&g);
    }
}

static bool stop(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    uint32_t *left = ctx;

    (void)phase;
    cr_expect_leq(done, total);
    return (*left)-- > 0;
}

Test(betweenness_sampled, stops_when_asked)
{
    random_graph g = random_graph_make(1, PEOPLE);
    double score[PEOPLE];
    uint64_t samples;

    for (uint32_t after = 0; after < 2; after++) {
        uint32_t left = after;
        kith_err err = KITH_ERR_NONE;
        cr_expect_eq(kith_betweenness_sampled(&g.graph, &(kith_sampling){epsilon, delta, 1},
                                              &(kith_progress){stop, &left}, score, &samples, &err),
                     KITH_EINTERRUPT);
        cr_expect_eq(err.code, KITH_EINTERRUPT);
    }
    random_graph_free(&g);
}

static kith_code sample(void *ctx, kith_err *err)
{
    double score[PEOPLE];
    uint64_t samples;

    return kith_betweenness_sampled(ctx, &(kith_sampling){0.2, delta, 1}, NULL, score, &samples, err);
}

Test(betweenness_sampled, every_failed_allocation_is_told)
{
    random_graph g = random_graph_make(0, PEOPLE);

    cr_expect_gt(each_failure(sample, &g.graph), 6);
    random_graph_free(&g);
}

#include <criterion/criterion.h>
#include <math.h>
#include <omp.h>
#include <stdbool.h>

#include "base/mem.h"
#include "each_failure.h"
#include "graph/betweenness.h"
#include "igraph_oracle.h"
#include "plain_betweenness.h"
#include "random_graph.h"

#define PEOPLE 80
#define MANY_PEOPLE 400 /* some 25 batches of sources */

/** Ties in the order they are given, of a graph under construction. */
typedef struct tie_list {
    uint32_t pairs[2000];
    uint32_t count;
} tie_list;

static void tie(tie_list *ties, uint32_t a, uint32_t b)
{
    ties->pairs[2 * ties->count] = a;
    ties->pairs[2 * ties->count++ + 1] = b;
}

static void tie_clique(tie_list *ties, uint32_t first, uint32_t people)
{
    for (uint32_t a = first; a < first + people; a++)
        for (uint32_t b = a + 1; b < first + people; b++)
            tie(ties, a, b);
}

static void score(const random_graph *g, double *out)
{
    cr_assert_eq(kith_betweenness(&g->graph, NULL, out, NULL), KITH_OK);
}

Test(betweenness, on_a_path_is_those_before_times_those_after)
{
    tie_list ties = {0};
    double scores[41];

    for (uint32_t i = 0; i + 1 < 41; i++)
        tie(&ties, i, i + 1);
    random_graph g = random_graph_of(41, ties.pairs, ties.count);
    score(&g, scores);
    for (uint32_t i = 0; i < 41; i++)
        cr_expect_float_eq(scores[i], i * (40 - i), 1e-9);
    random_graph_free(&g);
}

Test(betweenness, of_a_star_is_all_pairs_of_leaves)
{
    tie_list ties = {0};
    double scores[30];

    for (uint32_t i = 1; i < 30; i++)
        tie(&ties, 0, i);
    random_graph g = random_graph_of(30, ties.pairs, ties.count);
    score(&g, scores);
    cr_expect_float_eq(scores[0], 29 * 28 / 2, 1e-9);
    cr_expect_float_eq(scores[17], 0, 0);
    random_graph_free(&g);
}

Test(betweenness, on_a_cycle_is_shared_evenly)
{
    /* On 2k + 1 people each pair at distance d has one shortest route, with d - 1 people on it. */
    tie_list ties = {0};
    double scores[11];

    for (uint32_t i = 0; i < 11; i++)
        tie(&ties, i, (i + 1) % 11);
    random_graph g = random_graph_of(11, ties.pairs, ties.count);
    score(&g, scores);
    for (uint32_t i = 0; i < 11; i++)
        cr_expect_float_eq(scores[i], 0 + 1 + 2 + 3 + 4, 1e-9);
    random_graph_free(&g);
}

Test(betweenness, nobody_is_needed_in_a_clique)
{
    tie_list ties = {0};
    double scores[12];

    tie_clique(&ties, 0, 12);
    random_graph g = random_graph_of(12, ties.pairs, ties.count);
    score(&g, scores);
    for (uint32_t i = 0; i < 12; i++)
        cr_expect_float_eq(scores[i], 0, 0);
    random_graph_free(&g);
}

Test(betweenness, who_joins_two_cliques_carries_all_pairs_across)
{
    tie_list ties = {0};
    double scores[16];

    tie_clique(&ties, 0, 6); /* 0..5 */
    tie_clique(&ties, 6, 9); /* 6..14 */
    tie(&ties, 15, 2);
    tie(&ties, 15, 8);
    random_graph g = random_graph_of(16, ties.pairs, ties.count);
    score(&g, scores);
    cr_expect_float_eq(scores[15], 6 * 9, 1e-9);
    cr_expect_float_eq(scores[2], 5 * 10, 1e-9);
    cr_expect_float_eq(scores[8], 8 * 7, 1e-9);
    cr_expect_float_eq(scores[0], 0, 0);
    random_graph_free(&g);
}

Test(betweenness, between_two_groups_where_each_knows_all_of_the_other)
{
    /* Two of one group are two ties apart over any of the other. So many that sources come in rounds. */
    enum { FEW = 40, MANY = 2400 };
    uint32_t *pairs = kith_alloc_array((size_t)2 * FEW * MANY, sizeof *pairs);
    double *scores = kith_alloc_array(FEW + MANY, sizeof *scores);

    for (uint32_t i = 0; i < FEW * MANY; i++) {
        pairs[2 * i] = i / MANY;
        pairs[2 * i + 1] = FEW + i % MANY;
    }
    random_graph g = random_graph_of(FEW + MANY, pairs, FEW * MANY);
    score(&g, scores);
    for (uint32_t v = 0; v < FEW + MANY; v++) {
        const double exact = v < FEW ? MANY * (MANY - 1) / 2.0 / FEW : FEW * (FEW - 1) / 2.0 / MANY;
        cr_assert_float_eq(scores[v], exact, 1e-9 * exact, "person %u: %.12g", v, scores[v]);
    }
    random_graph_free(&g);
    kith_free(pairs);
    kith_free(scores);
}

Test(betweenness, agrees_with_igraph)
{
    for (uint64_t seed = 0; seed < 240; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        double scores[PEOPLE];
        igraph_t other;
        igraph_vector_t theirs;

        score(&g, scores);
        igraph_oracle(&g.graph, &other, NULL);
        igraph_vector_init(&theirs, 0);
        igraph_betweenness(&other, &theirs, igraph_vss_all(), IGRAPH_UNDIRECTED, NULL);
        for (uint32_t v = 0; v < g.graph.n; v++)
            cr_assert(fabs(scores[v] - VECTOR(theirs)[v]) <= 1e-9 * fmax(1, VECTOR(theirs)[v]),
                      "seed %lu person %u: %.12g, igraph %.12g", seed, v, scores[v], VECTOR(theirs)[v]);
        igraph_vector_destroy(&theirs);
        igraph_destroy(&other);
        random_graph_free(&g);
    }
}

Test(betweenness, agrees_with_one_search_after_another)
{
    for (uint64_t seed = 0; seed < 64; seed++) {
        random_graph g = random_graph_make(1000 + seed, MANY_PEOPLE);
        double fast[MANY_PEOPLE];
        double plain[MANY_PEOPLE];

        score(&g, fast);
        plain_betweenness(&g.graph, plain);
        for (uint32_t v = 0; v < g.graph.n; v++)
            cr_assert(fabs(fast[v] - plain[v]) <= 1e-9 * fmax(1, plain[v]),
                      "seed %lu person %u: %.12g, plainly %.12g", seed, v, fast[v], plain[v]);
        random_graph_free(&g);
    }
}

Test(betweenness, batches_leave_nothing_behind_for_the_next)
{
    /* Components of two: whoever is searched from later must not meet what others were given. */
    uint32_t pairs[2 * 25];
    double scores[50];

    for (uint32_t i = 0; i < 50; i++)
        pairs[i] = i;
    random_graph g = random_graph_of(50, pairs, 25);
    score(&g, scores);
    for (uint32_t v = 0; v < 50; v++)
        cr_expect_float_eq(scores[v], 0, 0);
    random_graph_free(&g);
}

Test(betweenness, is_the_same_bytes_for_any_number_of_threads)
{
    for (uint64_t seed = 0; seed < 8; seed++) {
        random_graph g = random_graph_make(seed, MANY_PEOPLE);
        double one[MANY_PEOPLE];
        double many[MANY_PEOPLE];

        omp_set_num_threads(1);
        score(&g, one);
        for (int threads = 2; threads <= 8; threads *= 4) {
            omp_set_num_threads(threads);
            score(&g, many);
            cr_expect_arr_eq(one, many, g.graph.n * sizeof(double));
        }
        random_graph_free(&g);
    }
}

static bool stop(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx;
    (void)phase;
    cr_expect_leq(done, total);
    return false;
}

Test(betweenness, stops_when_asked)
{
    random_graph g = random_graph_make(1, PEOPLE);
    double scores[PEOPLE];
    kith_err err = KITH_ERR_NONE;

    cr_expect_eq(kith_betweenness(&g.graph, &(kith_progress){stop, NULL}, scores, &err), KITH_EINTERRUPT);
    cr_expect_eq(err.code, KITH_EINTERRUPT);
    random_graph_free(&g);
}

Test(betweenness, more_routes_than_can_be_counted_are_an_error)
{
    /* A row of 1024 diamonds, the people where they touch first, then one end and, `apart` later, the other:
     * 2^1024 shortest routes from end to end, and a double has room for fewer; for all shorter ones it has.
     */
    enum { DIAMONDS = 1024, FIRST = DIAMONDS - 1, N = 3 * DIAMONDS + 1 };
    uint32_t *pairs = kith_alloc_array((size_t)8 * DIAMONDS, sizeof *pairs);
    double *scores = kith_alloc_array(N, sizeof *scores);

    for (uint32_t end = FIRST; end < FIRST + 4; end++) {
        const uint32_t other = end + 4;
        uint32_t side = FIRST, *next = pairs;
        for (uint32_t i = 0; i < DIAMONDS; i++) {
            const uint32_t from = i > 0 ? i - 1 : end, to = i + 1 < DIAMONDS ? i : other;
            for (int k = 0; k < 2; k++, side++) {
                while (side == end || side == other)
                    side++;
                *next++ = from, *next++ = side;
                *next++ = side, *next++ = to;
            }
        }
        random_graph g = random_graph_of(N, pairs, 4 * DIAMONDS);
        cr_expect_eq(kith_betweenness(&g.graph, NULL, scores, NULL), KITH_EDATA, "from %u to %u", end, other);
        random_graph_free(&g);
    }
    kith_free(pairs);
    kith_free(scores);
}

static kith_code score_all(void *ctx, kith_err *err)
{
    const random_graph *g = ctx;
    double scores[PEOPLE];

    return kith_betweenness(&g->graph, NULL, scores, err);
}

Test(betweenness, every_failed_allocation_is_told)
{
    random_graph g = random_graph_make(0, PEOPLE);

    cr_expect_gt(each_failure(score_all, &g), 0);
    random_graph_free(&g);
}

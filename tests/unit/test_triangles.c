#include <criterion/criterion.h>
#include <math.h>
#include <omp.h>
#include <string.h>

#include "base/mem.h"
#include "each_failure.h"
#include "graph/triangles.h"
#include "igraph_oracle.h"
#include "random_graph.h"

#define PEOPLE 60
#define SOME_PEOPLE 80
#define MANY_PEOPLE 200 /* every lane has many rows */

typedef struct brokerage {
    double constraint[MANY_PEOPLE];
    double effective_size[MANY_PEOPLE];
    double hierarchy[MANY_PEOPLE];
} brokerage;

/** Graphs of all shapes: many small ones, then some large ones. */
static random_graph nth_graph(uint64_t seed)
{
    return random_graph_make(seed, seed < 240 ? PEOPLE : MANY_PEOPLE);
}

enum { GRAPHS = 240 + 16 };

static brokerage measured(const kith_graph *graph)
{
    brokerage b;

    cr_assert_eq(kith_constraint(graph, &(kith_holes){b.constraint, b.effective_size, b.hierarchy}, NULL),
                 KITH_OK);
    return b;
}

static brokerage weighted(const kith_graph *graph)
{
    brokerage b;

    cr_assert_eq(
        kith_constraint_weighted(graph, &(kith_holes){b.constraint, b.effective_size, b.hierarchy}, NULL),
        KITH_OK);
    return b;
}

static random_graph star(uint32_t leaves)
{
    uint32_t pairs[2 * PEOPLE];

    for (uint32_t i = 0; i < leaves; i++) {
        pairs[2 * i] = 0;
        pairs[2 * i + 1] = i + 1;
    }
    return random_graph_of(leaves + 1, pairs, leaves);
}

static random_graph clique(uint32_t people)
{
    uint32_t pairs[2 * PEOPLE];
    uint32_t count = 0;

    for (uint32_t a = 0; a < people; a++)
        for (uint32_t b = a + 1; b < people; b++) {
            pairs[2 * count] = a;
            pairs[2 * count++ + 1] = b;
        }
    return random_graph_of(people, pairs, count);
}

Test(graph, a_tie_is_found_from_both_ends)
{
    random_graph g = star(5);

    cr_expect_eq(g.target[kith_graph_tie(&g.graph, 0, 4)], 4);
    cr_expect_eq(g.target[kith_graph_tie(&g.graph, 4, 0)], 0);
    cr_expect_eq(kith_graph_tie(&g.graph, 1, 4), UINT64_MAX);
    random_graph_free(&g);
}

Test(triangles, every_pair_of_a_clique_shares_all_others)
{
    random_graph g = clique(7);
    uint32_t shared[21];

    cr_assert_eq(kith_shared_neighbours(&g.graph, NULL, shared, NULL), KITH_OK);
    for (size_t i = 0; i < 21; i++)
        cr_expect_eq(shared[i], 5);
    random_graph_free(&g);
}

static uint32_t in_both_rows(const kith_graph *graph, uint32_t a, uint32_t b)
{
    uint64_t i = graph->offset[a], k = graph->offset[b];
    uint32_t both = 0;

    while (i < graph->offset[a + 1] && k < graph->offset[b + 1]) {
        const uint32_t x = graph->target[i], y = graph->target[k];
        both += x == y;
        i += x <= y;
        k += y <= x;
    }
    return both;
}

Test(triangles, shared_neighbours_are_those_in_both_rows)
{
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        random_graph g = nth_graph(seed);
        uint32_t *shared = kith_alloc_array(g.graph.m, sizeof *shared), *next = shared;
        cr_assert_eq(kith_shared_neighbours(&g.graph, NULL, shared, NULL), KITH_OK);
        for (uint32_t u = 0; u < g.graph.n; u++)
            for (uint64_t e = g.offset[u]; e < g.offset[u + 1]; e++)
                if (g.target[e] > u)
                    cr_assert_eq(*next++, in_both_rows(&g.graph, u, g.target[e]), "seed %lu: %u and %u", seed,
                                 u, g.target[e]);
        kith_free(shared);
        random_graph_free(&g);
    }
}

Test(constraint, of_a_star_and_a_clique)
{
    random_graph g = star(8);
    brokerage b = measured(&g.graph);

    cr_expect_float_eq(b.constraint[0], 1.0 / 8, 1e-12); /* 8 contacts of 1/8 each, squared */
    cr_expect_float_eq(b.constraint[3], 1.0, 1e-12);
    cr_expect_float_eq(b.effective_size[0], 8.0, 1e-12);
    cr_expect_float_eq(b.effective_size[3], 1.0, 1e-12);
    random_graph_free(&g);

    g = clique(5);
    b = measured(&g.graph);
    double each = 1.0 / 4 + 3.0 / 16;
    cr_expect_float_eq(b.constraint[2], 4 * each * each, 1e-12);
    cr_expect_float_eq(b.effective_size[2], 1.0,
                       1e-12); /* four contacts who all know each other count as one */
    random_graph_free(&g);
}

Test(constraint, of_people_without_ties_is_unknown)
{
    random_graph g = random_graph_of(2, NULL, 0);
    brokerage b = measured(&g.graph);

    cr_expect(isnan(b.constraint[0]) && isnan(b.effective_size[1]));
    random_graph_free(&g);
}

Test(constraint, agrees_with_igraph)
{
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        random_graph g = nth_graph(seed);
        brokerage b = measured(&g.graph);
        igraph_t other;
        igraph_vector_t constraint;

        igraph_oracle(&g.graph, &other, NULL);
        igraph_vector_init(&constraint, 0);
        igraph_constraint(&other, &constraint, igraph_vss_all(), NULL);
        for (uint32_t v = 0; v < g.graph.n; v++) {
            double theirs = VECTOR(constraint)[v];
            cr_assert(kith_graph_degree(&g.graph, v) == 0 ? isnan(b.constraint[v])
                                                          : fabs(b.constraint[v] - theirs) < 1e-9 * theirs,
                      "seed %lu person %u: %g, igraph %g", seed, v, b.constraint[v], theirs);
        }
        igraph_vector_destroy(&constraint);
        igraph_destroy(&other);
        random_graph_free(&g);
    }
}

Test(effective_size, is_ties_less_mean_ties_among_contacts)
{
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        random_graph g = nth_graph(seed);
        brokerage b = measured(&g.graph);
        for (uint32_t v = 0; v < g.graph.n; v++) {
            uint32_t among = 0;
            uint32_t degree = kith_graph_degree(&g.graph, v);
            for (uint64_t e = g.offset[v]; e < g.offset[v + 1]; e++)
                among += in_both_rows(&g.graph, v, g.target[e]); /* each tie from both of its ends */
            if (degree > 0)
                cr_assert_float_eq(b.effective_size[v], degree - (double)among / degree, 1e-9);
        }
        random_graph_free(&g);
    }
}

/** The strength of a tie, or 1, or 0 where there is none. */
static double tie_between(const kith_graph *g, uint32_t a, uint32_t b, bool by_strength)
{
    const uint64_t e = kith_graph_tie(g, a, b);

    return e == UINT64_MAX ? 0 : by_strength ? exp(-g->cost[e] / 1000.0) : 1;
}

/** Burt's formulas as he writes them, with every sum over everyone. */
typedef struct burt {
    double total, effective_size, constraint, hierarchy;
    uint32_t ties;
} burt;

static burt burt_of(const kith_graph *g, uint32_t i, bool by_strength)
{
    static double tie[SOME_PEOPLE][SOME_PEOPLE];
    double total[SOME_PEOPLE] = {0}, most[SOME_PEOPLE] = {0}, part[SOME_PEOPLE] = {0};
    burt b = {0};

    for (uint32_t a = 0; a < g->n; a++)
        for (uint32_t c = 0; c < g->n; c++) {
            tie[a][c] = tie_between(g, a, c, by_strength);
            total[a] += tie[a][c];
            most[a] = fmax(most[a], tie[a][c]);
        }
    b.total = total[i];
    for (uint32_t j = 0; j < g->n; j++) {
        if (tie[i][j] <= 0)
            continue;
        double share = tie[i][j] / total[i], redundant = 0;
        for (uint32_t q = 0; q < g->n; q++) {
            if (q == i || q == j || tie[i][q] <= 0)
                continue;
            share += tie[i][q] / total[i] * (tie[q][j] / total[q]);
            redundant += tie[i][q] / total[i] * (tie[j][q] / most[j]);
        }
        b.ties++;
        b.effective_size += 1 - redundant;
        part[j] = share * share;
        b.constraint += part[j];
    }
    for (uint32_t j = 0; j < g->n; j++)
        if (part[j] > 0) {
            const double ratio = part[j] / (b.constraint / b.ties);
            b.hierarchy += ratio * log(ratio) / (b.ties * log(b.ties));
        }
    return b;
}

Test(holes, are_what_the_formulas_say)
{
    for (uint64_t seed = 0; seed < 48 + 8; seed++) {
        random_graph g = random_graph_make(seed, seed < 48 ? 30 : SOME_PEOPLE);
        for (int by_strength = 0; by_strength < 2; by_strength++) {
            const brokerage ours = by_strength ? weighted(&g.graph) : measured(&g.graph);
            for (uint32_t v = 0; v < g.graph.n; v++) {
                const burt b = burt_of(&g.graph, v, by_strength);
                if (b.ties == 0) {
                    cr_assert(isnan(ours.constraint[v]) && isnan(ours.effective_size[v]));
                } else {
                    cr_assert_float_eq(ours.constraint[v], b.constraint, 1e-9, "seed %lu: %u", seed, v);
                    cr_assert_float_eq(ours.effective_size[v], b.effective_size, 1e-9, "seed %lu: %u", seed,
                                       v);
                }
                if (b.ties < 2)
                    cr_assert(isnan(ours.hierarchy[v]), "seed %lu: %u", seed, v);
                else
                    cr_assert_float_eq(ours.hierarchy[v], b.hierarchy, 1e-9, "seed %lu: %u", seed, v);
            }
        }
        random_graph_free(&g);
    }
}

Test(hierarchy, is_nothing_where_all_contacts_constrain_alike)
{
    random_graph g = star(6);
    brokerage b = measured(&g.graph);

    cr_expect_float_eq(b.hierarchy[0], 0, 1e-12);
    cr_expect(isnan(b.hierarchy[1]), "one tie");
    random_graph_free(&g);
    g = clique(5);
    b = weighted(&g.graph);
    cr_expect_float_eq(b.hierarchy[3], 0, 1e-12, "all ties are of one cost");
    random_graph_free(&g);
}

Test(triangles, are_the_same_bytes_for_any_number_of_threads)
{
    for (uint64_t seed = 0; seed < 8; seed++) {
        random_graph g = random_graph_make(seed, MANY_PEOPLE);
        static uint32_t shared[2][MANY_PEOPLE * MANY_PEOPLE / 2];

        omp_set_num_threads(1);
        brokerage one = measured(&g.graph), one_weighted = weighted(&g.graph);
        cr_assert_eq(kith_shared_neighbours(&g.graph, NULL, shared[0], NULL), KITH_OK);
        for (int threads = 2; threads <= 8; threads *= 4) {
            omp_set_num_threads(threads);
            brokerage many = measured(&g.graph), many_weighted = weighted(&g.graph);
            cr_assert_eq(kith_shared_neighbours(&g.graph, NULL, shared[1], NULL), KITH_OK);
            cr_expect_arr_eq(&one.constraint, &many.constraint, g.graph.n * sizeof(double));
            cr_expect_arr_eq(&one.effective_size, &many.effective_size, g.graph.n * sizeof(double));
            cr_expect_arr_eq(&one.hierarchy, &many.hierarchy, g.graph.n * sizeof(double));
            cr_expect_arr_eq(&one_weighted.constraint, &many_weighted.constraint, g.graph.n * sizeof(double));
            cr_expect_arr_eq(&one_weighted.effective_size, &many_weighted.effective_size,
                             g.graph.n * sizeof(double));
            cr_expect_arr_eq(shared[0], shared[1], g.graph.m * sizeof(uint32_t));
        }
        random_graph_free(&g);
    }
}

Test(constraint, of_two_hubs_with_many_contacts_in_common)
{
    /* Each of 3000 people is tied to both hubs, and the hubs to each other: for the hubs' tie the shares
     * 1/2 of all add up to 1500; for the others' only the other hub counts. */
    uint32_t people = 3000;
    uint32_t *pairs = kith_alloc_array(4 * (size_t)people + 2, sizeof *pairs);
    double *constraint = kith_alloc_array(people + 2, sizeof *constraint);
    double *effective_size = kith_alloc_array(people + 2, sizeof *effective_size);
    double *hierarchy = kith_alloc_array(people + 2, sizeof *hierarchy);

    for (uint32_t i = 0; i < 2 * people; i++) {
        pairs[2 * i] = i % 2;
        pairs[2 * i + 1] = 2 + i / 2;
    }
    pairs[4 * people] = 0;
    pairs[4 * people + 1] = 1;
    random_graph g = random_graph_of(people + 2, pairs, 2 * people + 1);
    cr_assert_eq(kith_constraint(&g.graph, &(kith_holes){constraint, effective_size, hierarchy}, NULL),
                 KITH_OK);
    double degree = people + 1;
    double to_hub = (1 + people / 2.0) / degree;
    double to_other = (1 + 1 / degree) / degree;
    cr_expect_float_eq(constraint[0], to_hub * to_hub + people * to_other * to_other, 1e-12);
    cr_expect_float_eq(effective_size[0], degree - 2.0 * people / degree, 1e-9);
    cr_expect_float_eq(effective_size[2], 1, 1e-12);
    /* Where all ties are as strong, strength makes no difference. */
    cr_assert_eq(
        kith_constraint_weighted(&g.graph, &(kith_holes){constraint, effective_size, hierarchy}, NULL),
        KITH_OK);
    cr_expect_float_eq(constraint[1], to_hub * to_hub + people * to_other * to_other, 1e-9);
    cr_expect_float_eq(effective_size[1], degree - 2.0 * people / degree, 1e-9);
    cr_expect_float_eq(effective_size[people], 1, 1e-9);
    random_graph_free(&g);
    kith_free(pairs);
    kith_free(constraint);
    kith_free(effective_size);
    kith_free(hierarchy);
}

static kith_code measure_all(void *ctx, kith_err *err)
{
    const random_graph *g = ctx;
    double scores[3][PEOPLE];
    const kith_holes holes = {scores[0], scores[1], scores[2]};
    uint32_t shared[PEOPLE * PEOPLE];
    kith_code rc = kith_shared_neighbours(&g->graph, NULL, shared, err);

    if (!rc)
        rc = kith_constraint(&g->graph, &holes, err);
    return rc ? rc : kith_constraint_weighted(&g->graph, &holes, err);
}

Test(triangles, every_failed_allocation_is_told)
{
    random_graph g = random_graph_make(1, PEOPLE);

    cr_expect_gt(each_failure(measure_all, &g), 0);
    random_graph_free(&g);
}

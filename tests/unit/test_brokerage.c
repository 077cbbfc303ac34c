#include <criterion/criterion.h>
#include <math.h>
#include <omp.h>
#include <string.h>

#include "analysis/role_chance.h"
#include "base/rng.h"
#include "each_failure.h"
#include "graph/brokerage.h"
#include "random_graph.h"

enum { MOST = 24, MOST_TIES = MOST * MOST };

/** A graph whose ties may have a direction, and whose people may have a group. */
typedef struct grouped {
    random_graph graph;
    uint8_t arcs[MOST_TIES];
    uint32_t group[MOST];
    uint32_t n_groups;
    bool directed;
} grouped;

static grouped grouped_make(uint64_t seed, bool directed)
{
    grouped g = {.graph = random_graph_make(seed, MOST), .directed = directed};
    const kith_graph *graph = &g.graph.graph;
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    g.n_groups = 1 + (uint32_t)kith_rng_below(&rng, 5);
    for (uint32_t v = 0; v < graph->n; v++)
        g.group[v] =
            kith_rng_below(&rng, 6) == 0 ? KITH_NO_GROUP : (uint32_t)kith_rng_below(&rng, g.n_groups);
    for (uint32_t v = 0; v < graph->n; v++)
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
            const uint32_t w = graph->target[e];
            if (w < v)
                continue;
            /* In every other graph there are ties that do not count. */
            const unsigned any = (unsigned)kith_rng_below(&rng, 4);
            const unsigned arc = !directed ? KITH_ARC_BOTH : seed % 2 && any == 0 ? KITH_ARC_OUT : any;
            g.arcs[e] = (uint8_t)arc;
            g.arcs[kith_graph_tie(graph, w, v)] = (uint8_t)((arc & 1) << 1 | arc >> 1);
        }
    return g;
}

static void measure(const grouped *g, kith_open_pairs *out)
{
    cr_assert_eq(
        kith_brokerage(&g->graph.graph, g->directed ? g->arcs : NULL, g->group, g->n_groups, out, NULL),
        KITH_OK);
}

static bool leads(const grouped *g, uint32_t a, uint32_t b)
{
    const uint64_t e = kith_graph_tie(&g->graph.graph, a, b);

    return e != UINT64_MAX && (g->arcs[e] & KITH_ARC_OUT);
}

static bool open_pair(const grouped *g, uint32_t v, uint32_t a, uint32_t b)
{
    return a != b && a != v && b != v && g->group[a] != KITH_NO_GROUP && g->group[b] != KITH_NO_GROUP &&
           g->group[v] != KITH_NO_GROUP && leads(g, a, v) && leads(g, v, b) && !leads(g, a, b);
}

/** The role as Gould and Fernandez draw it. */
static kith_role role_between(uint32_t a, uint32_t v, uint32_t b)
{
    if (a == v && v == b)
        return KITH_ROLE_COORDINATOR;
    if (a == b)
        return KITH_ROLE_ITINERANT;
    if (v == b)
        return KITH_ROLE_GATEKEEPER;
    if (a == v)
        return KITH_ROLE_REPRESENTATIVE;
    return KITH_ROLE_LIAISON;
}

/** Counts by going through everybody, and through everybody again for each. */
static kith_open_pairs plainly(const grouped *g, uint32_t v)
{
    kith_open_pairs p = {0};
    const uint32_t n = g->graph.graph.n;

    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = 0; b < n; b++) {
            if (!open_pair(g, v, a, b))
                continue;
            p.role[role_between(g->group[a], g->group[v], g->group[b])]++;
            p.reversed += open_pair(g, v, b, a);
            for (uint32_t c = 0; c < n; c++) {
                p.same_first += c != b && open_pair(g, v, a, c);
                p.same_second += c != a && open_pair(g, v, c, b);
                p.crossing += (c != a && open_pair(g, v, b, c)) + (c != b && open_pair(g, v, c, a));
            }
        }
    return p;
}

Test(brokerage, is_what_going_through_all_triples_counts)
{
    for (uint64_t seed = 0; seed < 600; seed++) {
        for (int directed = 0; directed < 2; directed++) {
            grouped g = grouped_make(seed, directed);
            kith_open_pairs ours[MOST];
            measure(&g, ours);
            for (uint32_t v = 0; v < g.graph.graph.n; v++) {
                const kith_open_pairs theirs = plainly(&g, v);
                for (int role = 0; role < KITH_ROLE_COUNT; role++)
                    cr_assert_eq(ours[v].role[role], theirs.role[role], "seed %lu, person %u, role %d", seed,
                                 v, role);
                cr_assert_eq(ours[v].reversed, theirs.reversed, "seed %lu, person %u", seed, v);
                cr_assert_eq(ours[v].same_first, theirs.same_first, "seed %lu, person %u", seed, v);
                cr_assert_eq(ours[v].same_second, theirs.same_second, "seed %lu, person %u", seed, v);
                cr_assert_eq(ours[v].crossing, theirs.crossing, "seed %lu, person %u", seed, v);
            }
            random_graph_free(&g.graph);
        }
    }
}

Test(brokerage, of_a_star_of_three_groups)
{
    /* 0 of group 0 between 1 of group 0, 2 and 3 of group 1, and 4 of group 2; 5 has no group. */
    const uint32_t pairs[] = {0, 1, 0, 2, 0, 3, 0, 4, 0, 5};
    grouped g = {
        .graph = random_graph_of(6, pairs, 5), .group = {0, 0, 1, 1, 2, KITH_NO_GROUP}, .n_groups = 3};
    kith_open_pairs of[MOST];

    measure(&g, of);
    cr_expect_eq(of[0].role[KITH_ROLE_COORDINATOR], 0);
    cr_expect_eq(of[0].role[KITH_ROLE_ITINERANT], 2, "2 and 3, in both orders");
    cr_expect_eq(of[0].role[KITH_ROLE_GATEKEEPER], 3, "2, 3 and 4 to 1");
    cr_expect_eq(of[0].role[KITH_ROLE_REPRESENTATIVE], 3);
    cr_expect_eq(of[0].role[KITH_ROLE_LIAISON], 4, "2 or 3 with 4, in both orders");
    random_graph_free(&g.graph);
}

Test(brokerage, is_the_same_bytes_for_any_number_of_threads)
{
    for (uint64_t seed = 0; seed < 8; seed++) {
        grouped g = grouped_make(seed, true);
        kith_open_pairs one[MOST], many[MOST];

        omp_set_num_threads(1);
        measure(&g, one);
        omp_set_num_threads(8);
        measure(&g, many);
        cr_expect_arr_eq(one, many, g.graph.graph.n * sizeof *one);
        random_graph_free(&g.graph);
    }
}

static kith_code measure_all(void *ctx, kith_err *err)
{
    const grouped *g = ctx;
    kith_open_pairs out[MOST];

    return kith_brokerage(&g->graph.graph, g->arcs, g->group, g->n_groups, out, err);
}

Test(brokerage, every_failed_allocation_is_told)
{
    grouped g = grouped_make(1, true);

    cr_expect_gt(each_failure(measure_all, &g), 0);
    random_graph_free(&g.graph);
}

/* ---- groups dealt out anew ---- */

/** Mean and square of what everyone counts in each role, over many deals of the groups. */
typedef struct deals {
    double count, sum[MOST][KITH_ROLE_COUNT], squares[MOST][KITH_ROLE_COUNT];
} deals;

static void deal(const grouped *g, bool open[MOST][MOST][MOST], const uint32_t *group, deals *d)
{
    const uint32_t n = g->graph.graph.n;

    d->count++;
    for (uint32_t v = 0; v < n; v++) {
        double count[KITH_ROLE_COUNT] = {0};
        for (uint32_t a = 0; a < n; a++)
            for (uint32_t b = 0; b < n; b++)
                count[role_between(group[a], group[v], group[b])] += open[v][a][b];
        for (int role = 0; role < KITH_ROLE_COUNT; role++) {
            d->sum[v][role] += count[role];
            d->squares[v][role] += count[role] * count[role];
        }
    }
}

static void find_open(const grouped *g, bool open[MOST][MOST][MOST])
{
    const uint32_t n = g->graph.graph.n;

    for (uint32_t v = 0; v < n; v++)
        for (uint32_t a = 0; a < n; a++)
            for (uint32_t b = 0; b < n; b++)
                open[v][a][b] = open_pair(g, v, a, b);
}

/** Deals the groups of people `next`.. in every way that leaves those before as they are. */
static void deal_all(const grouped *g, bool open[MOST][MOST][MOST], uint32_t next, uint32_t *group, deals *d)
{
    const uint32_t n = g->graph.graph.n;

    while (next < n && g->group[next] == KITH_NO_GROUP)
        next++;
    if (next == n) {
        deal(g, open, group, d);
        return;
    }
    for (uint32_t with = next; with < n; with++) {
        if (g->group[with] == KITH_NO_GROUP)
            continue;
        const uint32_t one = group[next], other = group[with];
        group[next] = other;
        group[with] = one;
        deal_all(g, open, next + 1, group, d);
        group[next] = one;
        group[with] = other;
    }
}

static void chances_of(const grouped *g, kith_role_chance *chance)
{
    uint32_t people[MOST] = {0};

    for (uint32_t v = 0; v < g->graph.graph.n; v++)
        if (g->group[v] != KITH_NO_GROUP)
            people[g->group[v]]++;
    kith_role_chances(people, g->n_groups, chance);
}

Test(roles, are_expected_as_often_as_all_ways_to_deal_groups_have_them)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        grouped g = grouped_make(seed, seed % 2);
        const uint32_t n = g.graph.graph.n;
        bool open[MOST][MOST][MOST];
        uint32_t group[MOST];
        deals d = {0};
        kith_open_pairs pairs[MOST];
        kith_role_chance chance[KITH_ROLE_COUNT];

        if (n > 6) {
            random_graph_free(&g.graph);
            continue;
        }
        find_open(&g, open);
        memcpy(group, g.group, sizeof group);
        deal_all(&g, open, 0, group, &d);
        measure(&g, pairs);
        chances_of(&g, chance);
        for (uint32_t v = 0; v < n; v++)
            for (kith_role role = 0; role < KITH_ROLE_COUNT; role++) {
                const double mean = d.sum[v][role] / d.count;
                const double variance = d.squares[v][role] / d.count - mean * mean;
                double expected, z;
                kith_role_expect(&chance[role], &pairs[v], role, &expected, &z);
                cr_assert_float_eq(expected, mean, 1e-9, "seed %lu, person %u, role %d", seed, v, role);
                if (variance < 1e-9)
                    cr_assert(isnan(z), "seed %lu, person %u, role %d", seed, v, role);
                else
                    cr_assert_float_eq(z, ((double)pairs[v].role[role] - mean) / sqrt(variance), 1e-6,
                                       "seed %lu, person %u, role %d", seed, v, role);
            }
        random_graph_free(&g.graph);
    }
}

/** Whether a simulated mean and a spread are what they should be, within five standard errors. */
static void expect_close(double expected, double z, double count, const deals *d, uint32_t v, int role)
{
    const double mean = d->sum[v][role] / d->count;
    const double spread = sqrt(fmax(0, d->squares[v][role] / d->count - mean * mean));

    cr_assert_lt(fabs(expected - mean), 5 * spread / sqrt(d->count) + 1e-9, "person %u, role %d", v, role);
    if (!isnan(z) && fabs(z) > 0.01)
        cr_assert_float_eq((count - expected) / z / spread, 1, 0.15, "person %u, role %d", v, role);
}

Test(roles, are_expected_as_often_as_dealing_groups_at_random_has_them)
{
    for (uint64_t seed = 0; seed < 16; seed++) {
        grouped g = grouped_make(seed, seed % 2);
        const uint32_t n = g.graph.graph.n;
        bool open[MOST][MOST][MOST];
        uint32_t group[MOST];
        deals d = {0};
        kith_open_pairs pairs[MOST];
        kith_role_chance chance[KITH_ROLE_COUNT];
        kith_rng rng;

        if (n < 14) {
            random_graph_free(&g.graph);
            continue;
        }
        find_open(&g, open);
        memcpy(group, g.group, sizeof group);
        kith_rng_seed(&rng, seed);
        for (uint32_t round = 0; round < 4000; round++) {
            for (uint32_t v = n; v-- > 1;) {
                uint32_t with;
                if (group[v] == KITH_NO_GROUP)
                    continue;
                do
                    with = (uint32_t)kith_rng_below(&rng, v + 1);
                while (group[with] == KITH_NO_GROUP);
                const uint32_t held = group[v];
                group[v] = group[with];
                group[with] = held;
            }
            deal(&g, open, group, &d);
        }
        measure(&g, pairs);
        chances_of(&g, chance);
        for (uint32_t v = 0; v < n; v++)
            for (kith_role role = 0; role < KITH_ROLE_COUNT; role++) {
                double expected, z;
                kith_role_expect(&chance[role], &pairs[v], role, &expected, &z);
                if (pairs[v].role[role] > 0 || expected > 0.5)
                    expect_close(expected, z, (double)pairs[v].role[role], &d, v, (int)role);
            }
        random_graph_free(&g.graph);
    }
}

#include <criterion/criterion.h>

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "graph/route_sampler.h"
#include "one_sided_sampler.h"
#include "random_graph.h"

#define PEOPLE 60 /* fewer than bits in a word */
#define MOST_ROUTES 120

/** Every shortest route between two people, as the set of those between them. */
typedef struct all_routes {
    const kith_graph *graph;
    uint32_t distance[PEOPLE]; /**< from the first of the two */
    uint64_t set[MOST_ROUTES];
    uint32_t times[MOST_ROUTES];
    uint32_t count; /**< one more than there is room where they are too many */
} all_routes;

static void measure(all_routes *all, uint32_t from)
{
    for (uint32_t v = 0; v < all->graph->n; v++)
        all->distance[v] = v == from ? 0 : UINT32_MAX;
    for (uint32_t d = 0; d < all->graph->n; d++)
        for (uint32_t v = 0; v < all->graph->n; v++)
            for (uint64_t e = all->graph->offset[v]; e < all->graph->offset[v + 1]; e++)
                if (all->distance[v] == d && all->distance[all->graph->target[e]] > d + 1)
                    all->distance[all->graph->target[e]] = d + 1;
}

/** Lists the ways from v back, `set` being who was passed so far. */
static void walk_back(all_routes *all, uint32_t v, uint64_t set)
{
    for (uint64_t e = all->graph->offset[v]; e < all->graph->offset[v + 1]; e++) {
        uint32_t w = all->graph->target[e];
        if (all->distance[w] + 1 != all->distance[v])
            continue;
        if (all->distance[w] > 0) {
            walk_back(all, w, set | (uint64_t)1 << w);
        } else {
            if (all->count < MOST_ROUTES)
                all->set[all->count] = set;
            all->count += all->count <= MOST_ROUTES;
        }
    }
}

static all_routes list_routes(const kith_graph *graph, uint32_t a, uint32_t b)
{
    all_routes all = {.graph = graph};

    measure(&all, a);
    if (all.distance[b] != UINT32_MAX)
        walk_back(&all, b, 0);
    return all;
}

static void note(all_routes *all, const uint32_t *people, uint32_t count)
{
    uint64_t set = 0;

    for (uint32_t i = 0; i < count; i++)
        set |= (uint64_t)1 << people[i];
    for (uint32_t i = 0; i < all->count; i++)
        if (all->set[i] == set) {
            all->times[i]++;
            return;
        }
    cr_assert_fail("no shortest route");
}

/** Chi-square against all routes being as likely, beyond five times its usual spread. */
static void expect_even(const all_routes *all, uint32_t draws, const char *who)
{
    double expected = (double)draws / all->count;
    double sum = 0;
    double freedom = all->count - 1;

    for (uint32_t i = 0; i < all->count; i++)
        sum += (all->times[i] - expected) * (all->times[i] - expected) / expected;
    cr_expect_leq(sum, freedom + 5 * sqrt(2 * freedom) + 15, "%s: %u routes, chi-square %.1f", who,
                  all->count, sum);
}

static void expect_fair(const kith_graph *graph, uint32_t a, uint32_t b)
{
    all_routes ours = list_routes(graph, a, b);
    all_routes plain = ours;
    const uint32_t draws = 40 * ours.count;
    kith_route_sampler sampler;
    one_sided_sampler other = one_sided_new(graph->n);
    kith_rng rng;

    cr_assert_leq(ours.count, MOST_ROUTES);
    cr_assert(kith_route_sampler_new(graph->n, &sampler));
    kith_rng_seed(&rng, 1000 * a + b);
    for (uint32_t i = 0; i < draws; i++) {
        uint32_t count = kith_route_sampler_draw(graph, &sampler, a, b, &rng);
        note(&ours, sampler.reached, count);
        count = one_sided_draw(graph, &other, a, b, &rng);
        note(&plain, other.between, count);
    }
    expect_even(&ours, draws, "from both ends");
    expect_even(&plain, draws, "from one end");
    if (ours.count == 0)
        cr_expect_eq(kith_route_sampler_draw(graph, &sampler, a, b, &rng), 0);
    kith_route_sampler_free(&sampler);
    one_sided_free(&other);
}

Test(route_sampler, every_shortest_route_is_as_likely)
{
    uint32_t several = 0;

    for (uint64_t seed = 0; seed < 80; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        for (uint32_t k = 1; k < 6 && k < g.graph.n; k++) {
            uint32_t a = (uint32_t)seed % (g.graph.n - k);
            all_routes all = list_routes(&g.graph, a, a + k);
            if (all.count > 0 && all.count <= MOST_ROUTES) {
                expect_fair(&g.graph, a, a + k);
                several += all.count > 3;
            }
        }
        random_graph_free(&g);
    }
    cr_expect_gt(several, 20, "only %u pairs had several routes", several);
}

Test(route_sampler, layers_of_different_widths)
{
    /* 0 - {1..5} - {6, 7, 8} - {9..12} - 13, everyone tied to the whole next layer: 60 routes. */
    static const uint32_t first[] = {0, 1, 6, 9, 13, 14};
    uint32_t pairs[200];
    uint32_t count = 0;

    for (uint32_t layer = 0; layer < 4; layer++)
        for (uint32_t a = first[layer]; a < first[layer + 1]; a++)
            for (uint32_t b = first[layer + 1]; b < first[layer + 2]; b++) {
                pairs[2 * count] = a;
                pairs[2 * count++ + 1] = b;
            }
    random_graph g = random_graph_of(14, pairs, count);
    cr_assert_eq(list_routes(&g.graph, 0, 13).count, 60);
    expect_fair(&g.graph, 0, 13);
    random_graph_free(&g);
}

Test(route_sampler, a_grid_from_corner_to_corner)
{
    /* 5 by 4: 7 steps, 3 of them down: 35 routes. */
    uint32_t pairs[80];
    uint32_t count = 0;

    for (uint32_t v = 0; v < 20; v++) {
        if (v % 5 < 4) {
            pairs[2 * count] = v;
            pairs[2 * count++ + 1] = v + 1;
        }
        if (v < 15) {
            pairs[2 * count] = v;
            pairs[2 * count++ + 1] = v + 5;
        }
    }
    random_graph g = random_graph_of(20, pairs, count);
    cr_assert_eq(list_routes(&g.graph, 0, 19).count, 35);
    expect_fair(&g.graph, 0, 19);
    random_graph_free(&g);
}

Test(route_sampler, marks_begin_anew_when_they_run_out)
{
    const uint32_t pairs[] = {0, 1, 1, 2};
    random_graph g = random_graph_of(3, pairs, 2);
    kith_route_sampler sampler;
    kith_rng rng;

    cr_assert(kith_route_sampler_new(3, &sampler));
    kith_rng_seed(&rng, 1);
    sampler.epoch = UINT32_MAX - 7 - 8 * 5;
    for (uint32_t i = 0; i < 10; i++) {
        cr_expect_eq(kith_route_sampler_draw(&g.graph, &sampler, 0, 2, &rng), 1);
        cr_expect_eq(sampler.reached[0], 1);
    }
    cr_expect_lt(sampler.epoch, 100);
    kith_route_sampler_free(&sampler);
    random_graph_free(&g);
}

Test(route_sampler, routes_beyond_counting_are_drawn_evenly_too)
{
    /* A row of 1100 diamonds: 2^1100 routes; in the i-th one goes over 3 i + 1 or 3 i + 2. */
    enum { DIAMONDS = 1100, DRAWS = 200 };
    uint32_t *pairs = kith_alloc_array((size_t)8 * DIAMONDS, sizeof *pairs);
    uint32_t *over = kith_calloc(3 * DIAMONDS + 1, sizeof *over);
    kith_route_sampler sampler;
    kith_rng rng;

    for (uint32_t i = 0; i < DIAMONDS; i++) {
        uint32_t ends[8] = {3 * i, 3 * i + 1, 3 * i, 3 * i + 2, 3 * i + 1, 3 * i + 3, 3 * i + 2, 3 * i + 3};
        memcpy(pairs + (size_t)8 * i, ends, sizeof ends);
    }
    random_graph g = random_graph_of(3 * DIAMONDS + 1, pairs, 4 * DIAMONDS);
    cr_assert(kith_route_sampler_new(g.graph.n, &sampler));
    kith_rng_seed(&rng, 7);
    for (uint32_t i = 0; i < DRAWS; i++) {
        cr_assert_eq(kith_route_sampler_draw(&g.graph, &sampler, 0, 3 * DIAMONDS, &rng), 2 * DIAMONDS - 1);
        for (uint32_t k = 0; k < 2 * DIAMONDS - 1; k++)
            over[sampler.reached[k]]++;
    }
    for (uint32_t i = 0; i < DIAMONDS; i++) {
        cr_expect_eq(over[3 * i + 1] + over[3 * i + 2], DRAWS);
        cr_expect(abs((int)over[3 * i + 1] - DRAWS / 2) < 45, "diamond %u: %u of %d", i, over[3 * i + 1],
                  DRAWS);
    }
    kith_route_sampler_free(&sampler);
    random_graph_free(&g);
    kith_free(pairs);
    kith_free(over);
}

#include <criterion/criterion.h>
#include <omp.h>

#include "base/rng.h"
#include "each_failure.h"
#include "graph/graph_check.h"
#include "plain_graph_check.h"
#include "random_graph.h"

#define PEOPLE 40

static bool checked(const kith_graph *graph)
{
    bool valid = false;

    cr_assert_eq(kith_graph_check(graph, &valid, NULL), KITH_OK);
    return valid;
}

Test(graph_check, random_graphs_are_valid)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        cr_assert(plain_graph_valid(&g.graph), "seed %lu", seed);
        cr_assert(checked(&g.graph), "seed %lu", seed);
        random_graph_free(&g);
    }
}

/** Changes one number of a graph; what comes out may be a graph or not. */
static void break_graph(random_graph *g, kith_rng *rng)
{
    const uint64_t rows = 2 * g->graph.m;

    switch (rows ? kith_rng_below(rng, 5) : 0) {
    case 0:
        g->offset[kith_rng_below(rng, g->graph.n + 1)] += kith_rng_below(rng, 2) ? 1 : UINT64_MAX;
        break;
    case 1:
        g->target[kith_rng_below(rng, rows)] = (uint32_t)kith_rng_below(rng, g->graph.n + 1);
        break;
    case 2:
        g->cost[kith_rng_below(rng, rows)]++;
        break;
    case 3:
        g->cost[kith_rng_below(rng, rows)] = 0;
        break;
    default: /* two neighbours for whom all the rest is right: they exchange one of theirs */
    {
        uint32_t *one = &g->target[kith_rng_below(rng, rows)], *two = &g->target[kith_rng_below(rng, rows)];
        const uint32_t kept = *one;
        *one = *two;
        *two = kept;
    }
    }
}

Test(graph_check, says_what_the_definition_says_of_graphs_with_an_error)
{
    uint32_t broken = 0;

    for (uint64_t seed = 0; seed < 4000; seed++) {
        random_graph g = random_graph_make(seed % 400, PEOPLE);
        kith_rng rng;

        kith_rng_seed(&rng, seed);
        break_graph(&g, &rng);
        omp_set_num_threads(seed % 8 == 0 ? 3 : 1);
        const bool valid = plain_graph_valid(&g.graph);
        cr_assert_eq(checked(&g.graph), valid, "seed %lu", seed);
        broken += !valid;
        random_graph_free(&g);
    }
    cr_expect_gt(broken, 3000);
}

Test(graph_check, a_tie_in_one_row_alone_is_seen)
{
    uint64_t offset[] = {0, 0, 1, 2, 2};

    for (uint32_t a = 0; a < 4; a++)
        for (uint32_t b = 0; b < 4; b++) {
            const uint32_t target[] = {a, b};
            const kith_graph graph = {.n = 4, .m = 1, .offset = offset, .target = target};
            cr_expect_eq(checked(&graph), a == 2 && b == 1, "1 knows %u, 2 knows %u", a, b);
        }
}

static kith_code check(void *ctx, kith_err *err)
{
    const random_graph *g = ctx;
    bool valid;

    return kith_graph_check(&g->graph, &valid, err);
}

Test(graph_check, every_failed_allocation_is_told)
{
    random_graph g = random_graph_make(1, PEOPLE);

    cr_expect_gt(each_failure(check, &g), 0);
    random_graph_free(&g);
}

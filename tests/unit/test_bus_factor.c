#include <criterion/criterion.h>

#include "analysis/bus_factor.h"
#include "each_failure.h"
#include "random_graph.h"

enum { MOST = 20 };

static uint32_t bus(const kith_graph *graph, uint32_t *people)
{
    uint32_t count;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_bus_factor(graph, UINT64_MAX, people, &count, &err), KITH_OK, "%s", err.message);
    return count;
}

/** People in the part of `from` without those gone, and which they are. */
static uint32_t part_of(const kith_graph *g, uint32_t from, const bool *gone, bool *reach)
{
    uint32_t count = 0;

    for (uint32_t v = 0; v < g->n; v++)
        reach[v] = v == from && !gone[v];
    for (uint32_t round = 0; round < g->n; round++)
        for (uint32_t v = 0; v < g->n; v++)
            for (uint64_t e = g->offset[v]; reach[v] && e < g->offset[v + 1]; e++)
                reach[g->target[e]] |= !gone[g->target[e]];
    for (uint32_t v = 0; v < g->n; v++)
        count += reach[v];
    return count;
}

/** The largest part within `among` (NULL: all), of equals that of the lowest id. */
static uint32_t largest(const kith_graph *g, const bool *gone, const bool *among, bool *members)
{
    uint32_t best = 0;

    for (uint32_t v = 0; v < g->n; v++) {
        bool reach[MOST];
        const uint32_t size = among && !among[v] ? 0 : part_of(g, v, gone, reach);
        if (size <= best)
            continue;
        best = size;
        for (uint32_t w = 0; members && w < g->n; w++)
            members[w] = reach[w];
    }
    return best;
}

static uint32_t ties_left(const kith_graph *g, uint32_t v, const bool *gone)
{
    uint32_t count = 0;

    for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
        count += !gone[g->target[e]];
    return count;
}

/** The greedy choice, by trying everyone. */
static uint32_t next_to_leave(const kith_graph *g, bool *gone)
{
    bool part[MOST];
    uint32_t best = UINT32_MAX, least = UINT32_MAX;

    largest(g, gone, NULL, part);
    for (uint32_t v = 0; v < g->n; v++) {
        if (!part[v])
            continue;
        gone[v] = true;
        const uint32_t left = largest(g, gone, part, NULL);
        gone[v] = false;
        if (left < least || (left == least && ties_left(g, v, gone) > ties_left(g, best, gone))) {
            best = v;
            least = left;
        }
    }
    return best;
}

Test(bus_factor, is_what_trying_everyone_gives)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        random_graph g = random_graph_make(seed, MOST);
        bool gone[MOST] = {false};
        uint32_t people[MOST], count = bus(&g.graph, people);
        const uint32_t half = largest(&g.graph, gone, NULL, NULL) / 2;

        for (uint32_t i = 0; i < count; i++) {
            cr_assert_gt(largest(&g.graph, gone, NULL, NULL), half, "seed %lu: one too many", seed);
            cr_assert_eq(people[i], next_to_leave(&g.graph, gone), "seed %lu, person %u", seed, i);
            gone[people[i]] = true;
        }
        cr_assert(half == 0 ? count == 0 : largest(&g.graph, gone, NULL, NULL) <= half, "seed %lu", seed);
        random_graph_free(&g);
    }
}

Test(bus_factor, a_star_hangs_on_one_and_a_clique_on_half)
{
    random_graph star = random_graph_of(7, (const uint32_t[]){3, 0, 3, 1, 3, 2, 3, 4, 3, 5, 3, 6}, 6);
    uint32_t ties[2 * 28], count = 0, people[MOST];

    cr_expect_eq(bus(&star.graph, people), 1);
    cr_expect_eq(people[0], 3);
    for (uint32_t a = 0; a < 8; a++)
        for (uint32_t b = a + 1; b < 8; b++, count++) {
            ties[2 * count] = a;
            ties[2 * count + 1] = b;
        }
    random_graph clique = random_graph_of(8, ties, count);
    cr_expect_eq(bus(&clique.graph, people), 4);
    random_graph_free(&star);
    random_graph_free(&clique);
}

Test(bus_factor, over_the_limit_nothing_is_said)
{
    random_graph g = random_graph_of(4, (const uint32_t[]){0, 1, 1, 2, 2, 3}, 3);
    uint32_t people[4], count = 7;

    cr_expect_eq(kith_bus_factor(&g.graph, 10, people, &count, NULL), KITH_OK);
    cr_expect_eq(count, 0, "the first step takes 4 + 6, the second would be over");
    random_graph_free(&g);
}

static kith_code work(void *ctx, kith_err *err)
{
    uint32_t people[4], count;

    return kith_bus_factor(ctx, UINT64_MAX, people, &count, err);
}

Test(bus_factor, every_failed_allocation_is_told)
{
    random_graph g = random_graph_of(4, (const uint32_t[]){0, 1, 1, 2, 2, 3}, 3);

    cr_expect_gt(each_failure(work, &g.graph), 0);
    random_graph_free(&g);
}

#include <criterion/criterion.h>

#include "base/mem.h"
#include "each_failure.h"
#include "graph/components.h"
#include "igraph_oracle.h"
#include "random_graph.h"

#define PEOPLE 60

static uint32_t count_of(const kith_graph *graph)
{
    uint32_t *component = kith_alloc_array(graph->n, sizeof *component);
    uint32_t count;

    cr_assert_eq(kith_components_find(graph, component, &count, NULL), KITH_OK);
    kith_free(component);
    return count;
}

Test(components, are_who_reaches_whom_numbered_by_smallest_id)
{
    for (uint64_t seed = 0; seed < 400; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        uint32_t component[PEOPLE];
        uint32_t count = 0;
        uint32_t met = 0;

        cr_assert_eq(kith_components_find(&g.graph, component, &count, NULL), KITH_OK);
        for (uint32_t v = 0; v < g.graph.n; v++) {
            cr_assert_leq(component[v], met, "seed %lu", seed);
            met += component[v] == met;
            for (uint64_t e = g.offset[v]; e < g.offset[v + 1]; e++)
                cr_assert_eq(component[v], component[g.target[e]], "seed %lu", seed);
        }
        cr_assert_eq(count, met);

        igraph_t other;
        igraph_integer_t theirs;
        igraph_oracle(&g.graph, &other, NULL);
        igraph_connected_components(&other, NULL, NULL, &theirs, IGRAPH_WEAK);
        cr_assert_eq(count, theirs, "seed %lu", seed);
        igraph_destroy(&other);
        random_graph_free(&g);
    }
}

Test(components, a_long_path_is_one_until_a_tie_of_it_goes)
{
    enum { N = 3000 };
    uint32_t pairs[2 * N];

    for (uint32_t i = 0; i + 1 < N; i++) {
        pairs[2 * i] = i;
        pairs[2 * i + 1] = i + 1;
    }
    random_graph path = random_graph_of(N, pairs, N - 1);
    random_graph halves = random_graph_without_tie(&path.graph, N / 2, N / 2 + 1);
    random_graph apart = random_graph_without_person(&path.graph, N / 3);
    cr_expect_eq(count_of(&path.graph), 1);
    cr_expect_eq(count_of(&halves.graph), 2);
    cr_expect_eq(count_of(&apart.graph), 3, "both ends, and who left");
    random_graph_free(&path);
    random_graph_free(&halves);
    random_graph_free(&apart);
}

Test(components, nobody_at_all_is_no_error)
{
    const uint64_t offset[1] = {0};

    cr_expect_eq(count_of(&(kith_graph){.offset = offset}), 0);
}

static kith_code find(void *ctx, kith_err *err)
{
    const random_graph *g = ctx;
    uint32_t component[PEOPLE], count;

    return kith_components_find(&g->graph, component, &count, err);
}

Test(components, every_failed_allocation_is_told)
{
    random_graph g = random_graph_make(3, PEOPLE);

    cr_expect_gt(each_failure(find, &g), 0);
    random_graph_free(&g);
}

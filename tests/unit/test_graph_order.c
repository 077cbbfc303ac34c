#include <criterion/criterion.h>

#include "each_failure.h"
#include "graph/graph_order.h"
#include "plain_graph_check.h"
#include "random_graph.h"

#define PEOPLE 60

Test(graph_order, has_the_same_ties_under_numbers_by_falling_degree)
{
    for (uint64_t seed = 0; seed < 80; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        kith_ordered o;
        bool named[PEOPLE] = {false};

        cr_assert_eq(kith_ordered_new(&g.graph, &o, NULL), KITH_OK);
        cr_assert(plain_graph_valid(&o.graph), "seed %lu", seed);
        cr_assert_eq(o.graph.n, g.graph.n);
        cr_assert_eq(o.graph.m, g.graph.m);
        for (uint32_t i = 0; i < o.graph.n; i++) {
            named[o.person[i]] = true;
            if (i > 0) {
                uint32_t before = kith_graph_degree(&o.graph, i - 1);
                uint32_t degree = kith_graph_degree(&o.graph, i);
                cr_assert(before > degree || (before == degree && o.person[i - 1] < o.person[i]));
            }
            for (uint64_t e = o.offset[i]; e < o.offset[i + 1]; e++)
                cr_assert_neq(kith_graph_tie(&g.graph, o.person[i], o.person[o.target[e]]), UINT64_MAX);
        }
        for (uint32_t v = 0; v < g.graph.n; v++)
            cr_assert(named[v]);
        kith_ordered_free(&o);
        random_graph_free(&g);
    }
}

static kith_code order(void *ctx, kith_err *err)
{
    const random_graph *g = ctx;
    kith_ordered o;
    kith_code rc = kith_ordered_new(&g->graph, &o, err);

    kith_ordered_free(&o);
    return rc;
}

Test(graph_order, every_failed_allocation_is_told)
{
    random_graph g = random_graph_make(0, PEOPLE);

    cr_expect_gt(each_failure(order, &g), 0);
    random_graph_free(&g);
}

#include <criterion/criterion.h>
#include <math.h>

#include "analysis/ei_index.h"
#include "base/rng.h"
#include "each_failure.h"
#include "igraph_oracle.h"
#include "random_graph.h"

enum { MOST = 40, GROUPS = 4 };

/** What was measured of a graph. */
typedef struct measured {
    kith_ei each[GROUPS], all;
    uint32_t made;
    double assortativity;
} measured;

static measured measure(const kith_graph *graph, const uint32_t *group, uint32_t permutations, uint64_t seed)
{
    const kith_dealing dealing = {permutations, seed, NULL};
    measured m;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(
        kith_ei_measure(graph, group, GROUPS, &dealing, m.each, &m.all, &m.made, &m.assortativity, &err),
        KITH_OK, "%s", err.message);
    return m;
}

static void same_number(double ours, double theirs, const char *what, uint64_t seed)
{
    cr_assert(isnan(ours) ? isnan(theirs) : fabs(ours - theirs) < 1e-9, "seed %lu: %s %g, not %g", seed, what,
              ours, theirs);
}

Test(ei_index, igraph_finds_the_same_modularity_and_assortativity)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        random_graph g = random_graph_make(seed, MOST);
        uint32_t group[MOST];
        igraph_t theirs;
        igraph_vector_int_t types;
        igraph_real_t modularity, assortativity;
        kith_rng rng;

        kith_rng_seed(&rng, seed);
        igraph_oracle(&g.graph, &theirs, NULL);
        igraph_vector_int_init(&types, g.graph.n);
        for (uint32_t v = 0; v < g.graph.n; v++) {
            group[v] = (uint32_t)kith_rng_below(&rng, GROUPS);
            VECTOR(types)[v] = group[v];
        }
        measured ours = measure(&g.graph, group, 1, 0);
        if (g.graph.m > 0) {
            igraph_modularity(&theirs, &types, NULL, 1, IGRAPH_UNDIRECTED, &modularity);
            igraph_assortativity_nominal(&theirs, &types, &assortativity, IGRAPH_UNDIRECTED, 1);
            same_number(ours.all.modularity, modularity, "modularity", seed);
            if (!isnan(ours.assortativity))
                same_number(ours.assortativity, assortativity, "assortativity", seed);
        }
        cr_assert_eq(ours.all.inside + ours.all.between, g.graph.m, "every tie is one or the other");
        igraph_vector_int_destroy(&types);
        igraph_destroy(&theirs);
        random_graph_free(&g);
    }
}

/** Ties inside the group, between it and others; GROUPS: of all. */
static void count_plainly(const kith_graph *g, const uint32_t *group, uint32_t which, double *inside,
                          double *between)
{
    *inside = *between = 0;
    for (uint32_t a = 0; a < g->n; a++)
        for (uint32_t b = a + 1; b < g->n; b++) {
            if (kith_graph_tie(g, a, b) == UINT64_MAX)
                continue;
            if (group[a] == group[b])
                *inside += which == GROUPS || group[a] == which;
            else
                *between += which == GROUPS || group[a] == which || group[b] == which;
        }
}

/** Deals compared with what is, over every order of the labels. */
typedef struct tally {
    double deals, low, high, sum;
} tally;

static void look_at(const kith_graph *g, const uint32_t *labels, const double *now, tally *tallies)
{
    for (uint32_t which = 0; which <= GROUPS; which++) {
        double inside, between;
        count_plainly(g, labels, which, &inside, &between);
        if (inside + between == 0 || isnan(now[which]))
            continue;
        const double index = (between - inside) / (between + inside);
        tallies[which].deals++;
        tallies[which].low += index <= now[which] + 1e-12;
        tallies[which].high += index >= now[which] - 1e-12;
        tallies[which].sum += index;
    }
}

/** Every order of labels[at .. n), all of them as likely. */
static void each_order(const kith_graph *g, uint32_t *labels, uint32_t at, const double *now, tally *tallies)
{
    if (at == g->n)
        look_at(g, labels, now, tallies);
    for (uint32_t i = at; i < g->n; i++) {
        uint32_t held = labels[at];
        labels[at] = labels[i];
        labels[i] = held;
        each_order(g, labels, at + 1, now, tallies);
        labels[i] = labels[at];
        labels[at] = held;
    }
}

Test(ei_index, deals_come_to_what_all_orders_do)
{
    static const uint32_t ties[] = {0, 1, 0, 2, 1, 2, 2, 3, 3, 4, 4, 5, 3, 5, 5, 6};
    random_graph g = random_graph_of(7, ties, 8);
    uint32_t labels[] = {0, 0, 0, 1, 1, 1, 2};
    tally tallies[GROUPS + 1] = {{0}};
    double now[GROUPS + 1], inside, between;
    measured ours = measure(&g.graph, labels, 20000, 7);

    for (uint32_t which = 0; which <= GROUPS; which++) {
        count_plainly(&g.graph, labels, which, &inside, &between);
        now[which] = inside + between > 0 ? (between - inside) / (between + inside) : NAN;
    }
    each_order(&g.graph, labels, 0, now, tallies);
    for (uint32_t which = 0; which <= GROUPS; which++) {
        const kith_ei *of = which < GROUPS ? &ours.each[which] : &ours.all;
        const tally *t = &tallies[which];
        same_number(of->index, now[which], "index", which);
        if (t->deals == 0) {
            cr_expect(isnan(of->p), "nothing to compare");
            continue;
        }
        /* 20,000 deals: six standard deviations of a share are 0.021 at most, twice that for two sides */
        cr_expect_float_eq(of->expected, t->sum / t->deals, 0.045, "group %u", which);
        cr_expect_float_eq(of->p, fmin(1, 2 * fmin(t->low, t->high) / t->deals), 0.045, "group %u: %g", which,
                           of->p);
    }
    random_graph_free(&g);
}

Test(ei_index, two_cliques_apart_keep_to_themselves)
{
    uint32_t ties[2 * 2 * 10], count = 0, group[10];

    for (uint32_t a = 0; a < 10; a++) {
        group[a] = a / 5;
        for (uint32_t b = a + 1; b < 10; b++)
            if (a / 5 == b / 5) {
                ties[2 * count] = a;
                ties[2 * count++ + 1] = b;
            }
    }
    random_graph g = random_graph_of(10, ties, count);
    measured ours = measure(&g.graph, group, 999, 0);

    cr_expect_eq(ours.all.index, -1);
    cr_expect_float_eq(ours.all.modularity, 0.5, 1e-12);
    cr_expect_float_eq(ours.assortativity, 1, 1e-12);
    /* 4 of 9 others are of one's own group: (5 - 4) / 9 */
    cr_expect_float_eq(ours.all.expected, 1.0 / 9, 0.03);
    cr_expect_lt(ours.all.p, 0.05, "2 of 252 ways to deal are as far out on this side");
    random_graph_free(&g);
}

static kith_code work(void *ctx, kith_err *err)
{
    static const uint32_t group[] = {0, 0, 1, 1};
    const kith_dealing dealing = {5, 0, NULL};
    measured m;

    return kith_ei_measure(ctx, group, GROUPS, &dealing, m.each, &m.all, &m.made, &m.assortativity, err);
}

Test(ei_index, every_failed_allocation_is_told)
{
    random_graph g = random_graph_of(4, (const uint32_t[]){0, 1, 1, 2, 2, 3}, 3);

    cr_expect_gt(each_failure(work, &g.graph), 0);
    random_graph_free(&g);
}

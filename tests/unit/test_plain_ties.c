/* Ties of which nothing more is known are kept apart from the rest: held to plain counting. */
#include <omp.h>

#include "random_graph.h"
#include "tie_world.h"

enum { PEOPLE = 40, SOURCES = 4 };

/** How often each pair is said to be tied, and how often something else is said of it. */
typedef struct tally {
    uint32_t plain[PEOPLE][PEOPLE], dated[PEOPLE][PEOPLE];
} tally;

static void count(uint32_t table[PEOPLE][PEOPLE], const kith_relation *r)
{
    uint32_t low = r->a < r->b ? r->a : r->b, high = r->a < r->b ? r->b : r->a;

    table[low][high] += low != high;
}

/** Sources of which the last holds the bytes of the first again; its rows are the same. */
static world random_world(uint64_t seed, tally *counted)
{
    world w = world_of(PEOPLE);
    uint32_t source[SOURCES] = {w.source}, rows = random_below(&seed, 400);
    kith_relation again[400];
    uint32_t n_again = 0;

    for (uint32_t i = 1; i < SOURCES; i++)
        source[i] = hand_source(&w.hand, i < SOURCES - 1 ? "b.csv" : "a.csv");
    for (uint32_t i = 0; i < rows; i++) {
        kith_relation r = relation_of(random_below(&seed, PEOPLE), random_below(&seed, PEOPLE / 2),
                                      KITH_EVIDENCE_STATED_TIE, KITH_NO_DATE);
        uint32_t from = random_below(&seed, SOURCES - 1);
        bool plain = random_below(&seed, 4) > 0;
        r.source = source[from];
        if (!plain)
            r.date = (kith_day)random_below(&seed, TODAY);
        relate(&w, r);
        count(plain ? counted->plain : counted->dated, &r);
        if (from == 0)
            again[n_again++] = r;
    }
    for (uint32_t i = 0; i < n_again; i++) {
        again[i].source = source[SOURCES - 1];
        relate(&w, again[i]);
    }
    for (uint32_t i = 1; i < SOURCES; i++)
        hand_source_end(&w.hand, source[i], i < SOURCES - 1 ? 1 + i : 1, UINT32_MAX);
    return w;
}

/** How many rows are said to stand behind a tie. */
static uint32_t rows_behind(const kith_netdata *net, uint32_t a, uint32_t b)
{
    for (uint64_t i = net->evidence_offset[a]; i < net->evidence_offset[a + 1]; i++)
        if (net->evidence[i].b == b)
            return net->evidence[i].count;
    return 1;
}

static void check(const kith_netdata *net, const tally *counted)
{
    uint64_t ties = 0, rows = 0;

    for (uint32_t a = 0; a < PEOPLE; a++)
        for (uint32_t b = a + 1; b < PEOPLE; b++) {
            uint32_t said = counted->plain[a][b] + counted->dated[a][b];
            int64_t slot = slot_of(net, a, b);
            cr_assert_eq(slot >= 0, said > 0);
            if (said == 0)
                continue;
            ties++;
            rows += said > 1 || counted->dated[a][b];
            cr_assert_eq(rows_behind(net, a, b), said);
            cr_assert_eq(net->tie_evidence[slot], 1U << KITH_EVIDENCE_STATED_TIE);
            cr_assert_eq(net->tie_cost[slot], cost_for(0.4));
        }
    cr_assert_eq(net->m, ties);
    cr_assert_eq(net->evidence_offset[net->n], rows, "one row about a tie needs none of evidence");
}

Test(plain_ties, are_counted_once_whatever_else_is_said)
{
    for (uint64_t seed = 0; seed < 150; seed++) {
        tally counted = {0};
        omp_set_num_threads(1 + (int)(seed % 3));
        world w = random_world(seed, &counted);
        assemble(&w);
        check(&w.net, &counted);
        world_end(&w);
    }
}

static bool same(const void *x, const void *y, uint64_t count, size_t size)
{
    return memcmp(x, y, (size_t)count * size) == 0;
}

Test(plain_ties, threads_do_not_show)
{
    for (uint64_t seed = 0; seed < 10; seed++) {
        tally counted = {0};
        world one = random_world(seed, &counted);
        omp_set_num_threads(1);
        assemble(&one);
        for (int threads = 2; threads <= 20; threads += 1 + threads / 3) {
            world many = random_world(seed, &counted);
            omp_set_num_threads(threads);
            assemble(&many);
            const kith_netdata *x = &one.net, *y = &many.net;
            uint64_t m = x->m, rows = x->evidence_offset[PEOPLE];
            cr_assert_eq(y->m, m);
            cr_assert(same(x->tie_offset, y->tie_offset, PEOPLE + 1, sizeof *x->tie_offset));
            cr_assert(same(x->tie_target, y->tie_target, 2 * m, sizeof *x->tie_target));
            cr_assert(same(x->tie_cost, y->tie_cost, 2 * m, sizeof *x->tie_cost));
            cr_assert(same(x->tie_evidence, y->tie_evidence, 2 * m, sizeof *x->tie_evidence));
            cr_assert(same(x->evidence_offset, y->evidence_offset, PEOPLE + 1, sizeof *x->evidence_offset));
            cr_assert(same(x->evidence, y->evidence, rows, sizeof *x->evidence));
            world_end(&many);
        }
        world_end(&one);
    }
}

/** The ties of a graph, said up to three times from either side, and people tied to themselves. */
static world say_graph(const kith_graph *graph, uint64_t seed)
{
    world w = world_of(graph->n);

    for (uint32_t a = 0; a < graph->n; a++) {
        for (uint64_t e = graph->offset[a]; e < graph->offset[a + 1]; e++)
            for (uint32_t times = a < graph->target[e] ? 1 : random_below(&seed, 3); times > 0; times--)
                relate(&w, relation_of(a, graph->target[e], KITH_EVIDENCE_STATED_TIE, KITH_NO_DATE));
        if (random_below(&seed, 3) == 0)
            relate(&w, relation_of(a, a, KITH_EVIDENCE_STATED_TIE, KITH_NO_DATE));
    }
    return w;
}

Test(plain_ties, of_graphs_of_all_shapes_are_each_tie_once_and_nobody_with_oneself)
{
    for (uint64_t seed = 0; seed < 64; seed++) {
        random_graph g = random_graph_make(seed, 300);
        omp_set_num_threads(1 + (int)(seed / 8 % 3));
        world w = say_graph(&g.graph, seed);
        w.opts.shared_contacts = seed / 24 % 2 ? KITH_SHARED_ON : KITH_SHARED_OFF;
        assemble(&w);
        cr_assert_eq(w.net.m, g.graph.m, "seed %lu", seed);
        cr_assert(same(w.net.tie_offset, g.offset, g.graph.n + 1, sizeof *g.offset), "seed %lu", seed);
        cr_assert(same(w.net.tie_target, g.target, 2 * g.graph.m, sizeof *g.target), "seed %lu", seed);
        world_end(&w);
        random_graph_free(&g);
    }
}

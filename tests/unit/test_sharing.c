/* Requests shared out among introducers, against all ways to do so, on small random networks. */
#include <criterion/criterion.h>

#include <math.h>

#include <kith/sharing.h>

#include "base/rng.h"
#include "each_failure.h"
#include "random_graph.h"
#include "small_net.h"

enum { PEOPLE = 9, ASKERS = 3, GROUPS = 2, QUESTIONS = ASKERS * GROUPS };

/** A network, and every asker's question for every group. */
typedef struct world {
    small_net *net;
    uint32_t members[GROUPS][PEOPLE];
    kith_ids sought[GROUPS];
    kith_query list[QUESTIONS];
    kith_queries queries;
    kith_intro_opts opts;
    kith_intro_result alone[QUESTIONS]; /**< each answered as if nobody else asked */
} world;

static void make_world(world *w, kith_rng *rng, uint64_t seed)
{
    random_graph random = random_graph_make(seed, PEOPLE);
    const kith_graph *g = &random.graph;

    *w = (world){.net = small_net_new(g->n), .opts = KITH_INTRO_DEFAULTS};
    for (uint32_t v = 0; v < g->n; v++) {
        if (kith_rng_below(rng, 10) == 0)
            small_net_flags(w->net, v, KITH_PERSON_DO_NOT_INTRODUCE);
        for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
            if (v < g->target[e])
                small_net_tie(w->net, v, g->target[e], g->cost[e]);
        const uint64_t group = kith_rng_below(rng, 4);
        if (group < GROUPS)
            w->members[group][w->sought[group].count++] = v;
    }
    w->opts.max_hops = (uint32_t)kith_rng_below(rng, 4);
    w->opts.cost = kith_rng_below(rng, 2) ? KITH_COST_CHANCE : KITH_COST_STRENGTH;
    w->opts.novelty = kith_rng_below(rng, 4) == 0;
    w->opts.top = 0;
    for (uint32_t s = 0; s < GROUPS; s++)
        w->sought[s].ids = w->members[s];
    for (uint32_t i = 0; i < QUESTIONS; i++) {
        w->list[i] = (kith_query){(uint32_t)kith_rng_below(rng, g->n), i % GROUPS, w->opts.max_hops, 0};
        kith_intro_opts opts = w->opts;
        opts.from = w->list[i].from;
        opts.targets = w->members[i % GROUPS];
        opts.n_targets = w->sought[i % GROUPS].count;
        cr_assert_eq(kith_intro(small_net_open(w->net), &opts, &w->alone[i], NULL), KITH_OK);
    }
    w->queries = (kith_queries){.list = w->list, .count = QUESTIONS, .sought = w->sought, .n_sought = GROUPS};
    random_graph_free(&random);
}

static void free_world(world *w)
{
    for (uint32_t i = 0; i < QUESTIONS; i++)
        kith_intro_free(&w->alone[i]);
    small_net_free(w->net);
}

static uint32_t introducer_of(const kith_route *route)
{
    return route->hops > 1 ? route->people[1] : UINT32_MAX;
}

static int64_t value_of(const kith_route *route)
{
    const int64_t value = llround(1e6 * exp((double)route->cost / -1000.0));

    return value > 1 ? value : 1;
}

/** The greatest sum of chances in millionths, trying everything. @param load  [PEOPLE] requests given. */
static int64_t best_sum(const world *w, uint32_t question, uint32_t limit, uint32_t *load)
{
    if (question == QUESTIONS)
        return 0;
    const kith_intro_result *r = &w->alone[question];
    int64_t best = best_sum(w, question + 1, limit, load);
    for (uint32_t i = 0; i < r->n_routes; i++) {
        const uint32_t introducer = introducer_of(&r->routes[i]);
        if (introducer != UINT32_MAX && load[introducer] == limit)
            continue;
        if (introducer != UINT32_MAX)
            load[introducer]++;
        const int64_t sum = value_of(&r->routes[i]) + best_sum(w, question + 1, limit, load);
        if (introducer != UINT32_MAX)
            load[introducer]--;
        best = sum > best ? sum : best;
    }
    return best;
}

/** Holds a sharing against its rules. @return how many second choices there are. */
static uint64_t expect_best(const world *w, const kith_sharing *sharing, uint32_t limit, uint64_t seed)
{
    uint32_t load[PEOPLE] = {0};
    int64_t sum = 0;
    uint64_t met = 0, second = 0, unmet = 0, asked;

    for (uint32_t i = 0; i < QUESTIONS; i++) {
        const kith_request *request = &sharing->requests[i];
        const kith_intro_result *r = &w->alone[i];
        unmet += r->n_routes > 0 && request->route == UINT32_MAX;
        if (request->route == UINT32_MAX)
            continue;
        cr_assert_lt(request->route, r->n_routes);
        const kith_route *route = &r->routes[request->route];
        cr_assert_eq(request->introducer, introducer_of(route));
        cr_assert_eq(request->second_choice, value_of(route) < value_of(&r->routes[0]));
        sum += value_of(route);
        met++;
        second += request->second_choice;
        if (request->introducer != UINT32_MAX)
            load[request->introducer]++;
    }
    cr_assert_eq(sum, best_sum(w, 0, limit, (uint32_t[PEOPLE]){0}), "seed %lu", seed);
    cr_assert_eq(sharing->met, met);
    cr_assert_eq(sharing->second_choices, second);
    cr_assert_eq(sharing->unmet, unmet);
    for (uint32_t p = 0; p < PEOPLE; p++) {
        const uint64_t *questions = kith_sharing_asked_by(sharing, p, &asked);
        cr_assert_leq(load[p], limit, "seed %lu", seed);
        cr_assert_eq(asked, load[p]);
        for (uint64_t k = 0; k < asked; k++)
            cr_assert_eq(sharing->requests[questions[k]].introducer, p);
    }
    for (uint32_t i = 0; i < QUESTIONS; i++) /* the reason that is given is true */
        if (sharing->requests[i].second_choice || sharing->requests[i].route == UINT32_MAX)
            cr_assert(w->alone[i].n_routes == 0 || load[introducer_of(&w->alone[i].routes[0])] == limit);
    return second + unmet;
}

Test(sharing, the_sum_of_chances_is_the_greatest_of_all_ways)
{
    kith_rng rng;
    uint64_t not_first = 0;

    kith_rng_seed(&rng, 31);
    for (uint64_t seed = 0; seed < 1000; seed++) {
        const uint32_t limit = 1 + (uint32_t)kith_rng_below(&rng, 2);
        kith_sharing sharing;
        world w;
        make_world(&w, &rng, seed);
        cr_assert_eq(kith_queries_share(small_net_open(w.net), &w.opts, &w.queries, limit, &sharing, NULL),
                     KITH_OK);
        not_first += expect_best(&w, &sharing, limit, seed);
        kith_sharing_free(&sharing);
        free_world(&w);
    }
    cr_expect_gt(not_first, 100);
}

Test(sharing, only_what_adds_up_chances_is_shared_out)
{
    kith_rng rng;
    kith_sharing sharing;
    world w;

    kith_rng_seed(&rng, 32);
    make_world(&w, &rng, 1);
    const kith_net *net = small_net_open(w.net);
    cr_expect_eq(kith_queries_share(net, &w.opts, &w.queries, 0, &sharing, NULL), KITH_EUSAGE);
    kith_intro_opts opts = w.opts;
    opts.mode = KITH_INTRO_ALL;
    cr_expect_eq(kith_queries_share(net, &opts, &w.queries, 1, &sharing, NULL), KITH_EUSAGE);
    opts = w.opts;
    opts.novelty = false;
    opts.cost = KITH_COST_HOPS;
    cr_expect_eq(kith_queries_share(net, &opts, &w.queries, 1, &sharing, NULL), KITH_EUSAGE);
    free_world(&w);
}

static kith_code share(void *ctx, kith_err *err)
{
    world *w = ctx;
    kith_sharing sharing;
    kith_code rc = kith_queries_share(small_net_open(w->net), &w->opts, &w->queries, 1, &sharing, err);

    kith_sharing_free(&sharing);
    return rc;
}

Test(sharing, every_failed_allocation_is_told_and_leaves_nothing)
{
    kith_rng rng;
    world w;

    kith_rng_seed(&rng, 33);
    make_world(&w, &rng, 2);
    cr_expect_gt(each_failure(share, &w), 10);
    free_world(&w);
}

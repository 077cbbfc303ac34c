/* Every kind of answer that kith_intro gives, held against a list of all simple paths. */
#include <criterion/criterion.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <kith/intro.h>

#include "base/rng.h"
#include "random_graph.h"
#include "small_net.h"

enum { HANDOVER = 357 /* round(-1000 ln 0.7) */, MOST = 7, MOST_PATHS = 8192 };

typedef struct path {
    uint64_t cost;
    uint32_t hops;
    uint32_t people[MOST];
    double interactions;
} path;

/** How often two people dealt with each other, in steps of 0.5. */
static double dealt[MOST][MOST];

typedef struct walk {
    const kith_net *net;
    const kith_intro_opts *opts;
    path at_hand;
    path found[MOST_PATHS];
    uint32_t count;
} walk;

static bool in(const uint32_t *ids, uint32_t count, uint32_t id)
{
    for (uint32_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

static bool shuns(const kith_net *net, uint32_t id)
{
    kith_person p;

    kith_net_person(net, id, &p);
    return p.do_not_introduce;
}

static uint64_t cost_of(const walk *w, const kith_tie *tie, uint32_t hops)
{
    switch (w->opts->cost) {
    case KITH_COST_HOPS:
        return 1;
    case KITH_COST_STRENGTH:
        return tie->cost;
    default:
        return tie->cost + (hops > 0 ? HANDOVER : 0);
    }
}

static void walk_on(walk *w)
{
    const kith_intro_opts *o = w->opts;
    const path here = w->at_hand;
    const uint32_t last = here.people[here.hops];
    kith_tie tie;

    if (here.hops > 0 && in(o->targets, o->n_targets, last) && !shuns(w->net, last) &&
        (o->via == UINT32_MAX || (here.hops > 1 && in(here.people + 1, here.hops - 1, o->via)))) {
        cr_assert_lt(w->count, MOST_PATHS);
        w->found[w->count++] = here;
    }
    if (o->max_hops > 0 && here.hops == o->max_hops)
        return;
    if (here.hops > 0 && (shuns(w->net, last) || in(o->exclude, o->n_exclude, last) ||
                          (o->only && !in(o->only, o->n_only, last))))
        return;
    for (uint32_t i = 0; kith_net_tie_at(w->net, last, i, &tie); i++) {
        bool too_weak = o->min_strength > 0 && tie.cost > lround(-1000 * log(o->min_strength));
        if (in(here.people, here.hops + 1, tie.b) || too_weak)
            continue;
        w->at_hand.people[here.hops + 1] = tie.b;
        w->at_hand.hops = here.hops + 1;
        w->at_hand.cost = here.cost + cost_of(w, &tie, here.hops);
        w->at_hand.interactions = here.interactions + dealt[last][tie.b];
        walk_on(w);
        w->at_hand = here;
    }
}

static int by_route(const void *left, const void *right)
{
    const path *a = left, *b = right;

    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    if (a->hops != b->hops)
        return a->hops < b->hops ? -1 : 1;
    for (uint32_t i = 0; i <= a->hops; i++)
        if (a->people[i] != b->people[i])
            return a->people[i] < b->people[i] ? -1 : 1;
    return 0;
}

static int by_interactions(const void *left, const void *right)
{
    const path *a = left, *b = right;

    if (a->cost == b->cost && a->interactions != b->interactions)
        return a->interactions > b->interactions ? -1 : 1;
    return by_route(left, right);
}

/** Whether a mode wants a path, those before it being answered. */
static bool is_wanted(const walk *w, const path *p, bool *seen)
{
    const uint32_t who = w->opts->mode == KITH_INTRO_PER_TARGET ? p->people[p->hops] : p->people[1];
    const bool first = !seen[who];

    seen[who] = true;
    switch (w->opts->mode) {
    case KITH_INTRO_ALL:
        return true;
    case KITH_INTRO_SHORTEST:
        return p->cost == w->found[0].cost && p->hops == w->found[0].hops;
    default:
        return first;
    }
}

static bool tells_interactions(const kith_intro_opts *opts)
{
    return opts->mode == KITH_INTRO_SHORTEST && opts->cost == KITH_COST_HOPS;
}

static uint32_t expect_all_paths(small_net *s, const kith_intro_opts *opts, uint64_t seed)
{
    static walk w;
    bool seen[MOST] = {false};
    uint32_t count = 0, wanted = 0;
    kith_intro_result r;

    cr_assert_eq(kith_intro(small_net_open(s), opts, &r, NULL), KITH_OK, "seed %lu", seed);
    w.net = small_net_open(s);
    w.opts = opts;
    w.count = 0;
    w.at_hand = (path){.people = {opts->from}};
    walk_on(&w);
    qsort(w.found, w.count, sizeof *w.found, opts->by_interactions ? by_interactions : by_route);
    for (uint32_t i = 0; i < w.count; i++) {
        if (!is_wanted(&w, &w.found[i], seen))
            continue;
        wanted++;
        if (opts->top > 0 && count == opts->top)
            continue;
        cr_assert_lt(count, r.n_routes, "seed %lu: a route is missing", seed);
        cr_assert_eq(r.routes[count].cost, w.found[i].cost, "seed %lu route %u", seed, count);
        cr_assert_eq(r.routes[count].hops, w.found[i].hops, "seed %lu route %u", seed, count);
        cr_assert_eq(r.routes[count].interactions, tells_interactions(opts) ? w.found[i].interactions : 0);
        cr_assert_arr_eq(r.routes[count].people, w.found[i].people, 4 * (w.found[i].hops + 1),
                         "seed %lu route %u", seed, count);
        count++;
    }
    cr_assert_eq(r.n_routes, count, "seed %lu: too many routes", seed);
    cr_assert_eq(r.n_all, opts->mode == KITH_INTRO_SHORTEST ? wanted : 0);
    kith_intro_free(&r);
    return count;
}

/** Lets the people of some ties deal with each other: as messages, or as rows of a table say. */
static void let_deal(small_net *s, const kith_graph *g, kith_rng *rng)
{
    memset(dealt, 0, sizeof dealt);
    for (uint32_t v = 0; v < g->n; v++)
        for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++) {
            const uint32_t other = g->target[e];
            const double count = (double)kith_rng_below(rng, 6) / 2;
            const kith_reason reason = {.kind = kith_rng_below(rng, 2) ? KITH_EVIDENCE_MESSAGES
                                                                       : KITH_EVIDENCE_STATED_TIE,
                                        .count = (uint32_t)ceil(count),
                                        .first = KITH_NO_DATE,
                                        .last = KITH_NO_DATE,
                                        .weight = 0.5,
                                        .factor = 1,
                                        .interactions = count};
            if (v < other && count > 0) {
                small_net_evidence(s, v, other, &reason);
                dealt[v][other] = dealt[other][v] = count;
            }
        }
}

static uint32_t check_network(uint64_t seed, kith_intro_mode mode)
{
    random_graph random = random_graph_make(seed, MOST);
    const kith_graph *g = &random.graph;
    uint32_t targets[MOST], exclude[MOST], only[MOST];
    kith_rng rng;
    small_net *s = small_net_new(g->n);
    kith_intro_opts opts = {.targets = targets, .exclude = exclude, .mode = mode, .via = UINT32_MAX};

    kith_rng_seed(&rng, seed * 31 + mode);
    opts.from = (uint32_t)kith_rng_below(&rng, g->n);
    opts.max_hops = (uint32_t)kith_rng_below(&rng, 5);
    opts.top = (uint32_t)kith_rng_below(&rng, 5);
    opts.cost = (kith_cost)kith_rng_below(&rng, 3);
    if (kith_rng_below(&rng, 3) == 0)
        opts.only = only;
    for (uint32_t v = 0; v < g->n; v++) {
        if (kith_rng_below(&rng, 3) == 0)
            targets[opts.n_targets++] = v;
        if (kith_rng_below(&rng, 8) == 0)
            exclude[opts.n_exclude++] = v;
        if (opts.only && kith_rng_below(&rng, 4))
            only[opts.n_only++] = v;
        if (kith_rng_below(&rng, 8) == 0)
            small_net_flags(s, v, KITH_PERSON_DO_NOT_INTRODUCE);
        for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
            if (v < g->target[e])
                small_net_tie(s, v, g->target[e], g->cost[e]);
    }
    if (kith_rng_below(&rng, 2) && g->m > 0) /* the strength of some tie, so that about half are left */
        opts.min_strength = exp(-(double)g->cost[kith_rng_below(&rng, 2 * g->m)] / 1000);
    if (mode == KITH_INTRO_SHORTEST)
        let_deal(s, g, &rng);
    opts.by_interactions = tells_interactions(&opts) && kith_rng_below(&rng, 2);
    uint32_t via = (uint32_t)kith_rng_below(&rng, g->n);
    if (seed % 3 == 0 && via != opts.from && mode != KITH_INTRO_SHORTEST)
        opts.via = via;
    uint32_t routes = expect_all_paths(s, &opts, seed);
    small_net_free(s);
    random_graph_free(&random);
    return routes;
}

static uint32_t check_networks(kith_intro_mode mode)
{
    uint32_t routes = 0;

    for (uint64_t seed = 0; seed < 1000; seed++)
        routes += check_network(seed, mode);
    return routes;
}

Test(intro_paths, per_introducer_equals_all_simple_paths)
{
    cr_expect_gt(check_networks(KITH_INTRO_PER_INTRODUCER), 200);
}

Test(intro_paths, all_routes_equal_all_simple_paths)
{
    cr_expect_gt(check_networks(KITH_INTRO_ALL), 200);
}

Test(intro_paths, shortest_equal_all_simple_paths)
{
    cr_expect_gt(check_networks(KITH_INTRO_SHORTEST), 200);
}

Test(intro_paths, per_target_equals_all_simple_paths)
{
    cr_expect_gt(check_networks(KITH_INTRO_PER_TARGET), 200);
}

#include <criterion/criterion.h>

#include <math.h>
#include <string.h>

#include <kith/intro.h>

#include "base/rng.h"
#include "each_failure.h"
#include "random_graph.h"
#include "small_net.h"

/** round(-1000 ln 0.7) */
enum { HANDOVER = 357 };

static kith_intro_result routes_of(small_net *s, kith_intro_opts opts)
{
    kith_intro_result result;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_intro(small_net_open(s), &opts, &result, &err), KITH_OK, "%s", err.message);
    return result;
}

static void expect_route(const kith_intro_result *r, uint32_t i, uint64_t cost, uint32_t hops,
                         const uint32_t *people)
{
    cr_assert_lt(i, r->n_routes);
    cr_assert_eq(r->routes[i].cost, cost, "route %u costs %lu", i, r->routes[i].cost);
    cr_assert_eq(r->routes[i].hops, hops);
    cr_assert_arr_eq(r->routes[i].people, people, (hops + 1) * sizeof *people);
}

#define ROUTE(r, i, cost, ...)                                                                               \
    expect_route(r, i, cost, sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t) - 1,                 \
                 (const uint32_t[]){__VA_ARGS__})

/**
 *   0 - 1 - 3 - 5     each tie of 0 to the left costs 100, of 1 200, of 2 150;
 *    \- 2 -/  \- 6    3 - 5 costs 300, 3 - 6 costs 400; and 0 - 4 - 6 costs 900 + 50.
 *    \- 4 ----/
 */
static small_net *diamond(void)
{
    return small_net_from_ties(
        7, (const uint32_t[][2]){{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 5}, {3, 6}, {0, 4}, {4, 6}}, 8,
        (const uint16_t[]){100, 100, 200, 150, 300, 400, 900, 50});
}

#define TO(...)                                                                                              \
    .targets = (const uint32_t[]){__VA_ARGS__}, .n_targets = sizeof((const uint32_t[]){__VA_ARGS__}) / 4

Test(intro, the_best_route_of_each_introducer_best_first)
{
    small_net *s = diamond();
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;
    opts.from = 0;
    opts.targets = (const uint32_t[]){5, 6};
    opts.n_targets = 2;
    kith_intro_result r = routes_of(s, opts);

    cr_assert_eq(r.n_targets, 2);
    cr_assert_eq(r.n_routes, 3);
    ROUTE(&r, 0, 550 + 2 * HANDOVER, 0, 2, 3, 5);
    ROUTE(&r, 1, 950 + HANDOVER, 0, 4, 6);
    ROUTE(&r, 2, 600 + 2 * HANDOVER, 0, 1, 3, 5);
    for (uint32_t i = 0; i < r.n_routes; i++)
        cr_assert_float_eq(r.routes[i].chance, exp(-(double)r.routes[i].cost / 1000), 1e-15);
    kith_intro_free(&r);
    small_net_free(s);
}

Test(intro, hops_order_by_ties_and_still_tell_the_chance)
{
    small_net *s = diamond();
    kith_intro_result r = routes_of(s, (kith_intro_opts){.via = UINT32_MAX, .cost = KITH_COST_HOPS, TO(6)});

    cr_assert_eq(r.n_routes, 3);
    ROUTE(&r, 0, 2, 0, 4, 6);
    ROUTE(&r, 1, 3, 0, 1, 3, 6);
    ROUTE(&r, 2, 3, 0, 2, 3, 6);
    cr_assert_float_eq(r.routes[0].chance, exp(-(950.0 + HANDOVER) / 1000), 1e-15);
    cr_assert_float_eq(r.routes[1].chance, exp(-(700.0 + 2 * HANDOVER) / 1000), 1e-15);
    kith_intro_free(&r);
    small_net_free(s);
}

Test(intro, the_hop_limit_is_kept)
{
    small_net *s = diamond();

    for (uint32_t limit = 1; limit <= 3; limit++) {
        kith_intro_result r = routes_of(s, (kith_intro_opts){.via = UINT32_MAX, .max_hops = limit, TO(6)});
        cr_assert_eq(r.n_routes, limit == 1 ? 0 : limit == 2 ? 1 : 3);
        cr_assert_eq(r.max_hops, limit);
        kith_intro_free(&r);
    }
    small_net_free(s);
}

Test(intro, a_direct_tie_ranks_with_the_others)
{
    small_net *s = small_net_from_ties(3, (const uint32_t[][2]){{0, 1}, {0, 2}, {1, 2}}, 3,
                                       (const uint16_t[]){100, 900, 100});
    kith_intro_result r = routes_of(s, (kith_intro_opts){.via = UINT32_MAX, TO(2)});

    cr_assert_eq(r.n_routes, 2);
    ROUTE(&r, 0, 200 + HANDOVER, 0, 1, 2);
    ROUTE(&r, 1, 900, 0, 2);
    kith_intro_free(&r);
    small_net_free(s);
}

Test(intro, top_keeps_the_best)
{
    small_net *s = diamond();
    kith_intro_result r = routes_of(s, (kith_intro_opts){.via = UINT32_MAX, .top = 1, TO(5, 6)});

    cr_assert_eq(r.n_routes, 1);
    cr_assert_eq(r.top, 1);
    ROUTE(&r, 0, 550 + 2 * HANDOVER, 0, 2, 3, 5);
    kith_intro_free(&r);
    small_net_free(s);
}

Test(intro, who_is_not_to_be_introduced_stands_nowhere_but_may_ask)
{
    small_net *between = diamond(), *target = diamond(), *asker = diamond();
    small_net_flags(between, 3, KITH_PERSON_DO_NOT_INTRODUCE);
    small_net_flags(target, 6, KITH_PERSON_DO_NOT_INTRODUCE);
    small_net_flags(asker, 0, KITH_PERSON_DO_NOT_INTRODUCE);

    kith_intro_result r = routes_of(between, (kith_intro_opts){.via = UINT32_MAX, TO(5, 6)});
    cr_assert_eq(r.n_routes, 1);
    ROUTE(&r, 0, 950 + HANDOVER, 0, 4, 6);
    kith_intro_free(&r);
    r = routes_of(target, (kith_intro_opts){.via = UINT32_MAX, TO(5, 6)});
    cr_assert_eq(r.n_targets, 1);
    cr_assert_eq(r.n_routes, 2, "to 5 only: 4 leads nowhere");
    for (uint32_t i = 0; i < r.n_routes; i++)
        cr_assert_eq(r.routes[i].people[r.routes[i].hops], 5);
    kith_intro_free(&r);
    r = routes_of(asker, (kith_intro_opts){.via = UINT32_MAX, TO(5)});
    cr_assert_eq(r.n_routes, 3);
    kith_intro_free(&r);
    small_net_free(between);
    small_net_free(target);
    small_net_free(asker);
}

Test(intro, the_asker_is_no_target_of_their_own)
{
    small_net *s = diamond();
    kith_intro_result r = routes_of(s, (kith_intro_opts){.via = UINT32_MAX, TO(0)});

    cr_assert_eq(r.n_targets, 0);
    cr_assert_eq(r.n_routes, 0);
    kith_intro_free(&r);
    small_net_free(s);
}

Test(intro, people_excluded_are_never_between_but_may_be_sought)
{
    small_net *s = diamond();
    const uint32_t two[] = {2, 6};
    kith_intro_result r = routes_of(
        s, (kith_intro_opts){.via = UINT32_MAX, .exclude = two, .n_exclude = 2, .max_hops = 3, TO(5, 6)});

    cr_assert_eq(r.n_routes, 2);
    ROUTE(&r, 0, 950 + HANDOVER, 0, 4, 6);
    ROUTE(&r, 1, 600 + 2 * HANDOVER, 0, 1, 3, 5);
    kith_intro_free(&r);
    small_net_free(s);
}

Test(intro, via_stands_on_every_route_between_its_ends)
{
    small_net *s = diamond();
    kith_intro_result r = routes_of(s, (kith_intro_opts){.via = 6, TO(5, 6)});

    /* 6 is sought too, but here must lead on to 5. Of 0 1 3 and 0 2 3 none gets to 6 and back. */
    cr_assert_eq(r.n_routes, 1);
    ROUTE(&r, 0, 900 + 50 + 400 + 300 + 3 * HANDOVER, 0, 4, 6, 3, 5);
    kith_intro_free(&r);
    small_net_free(s);
}

static kith_code asked(small_net *s, kith_intro_opts opts)
{
    kith_intro_result r;
    kith_err err = KITH_ERR_NONE;
    kith_code rc = kith_intro(small_net_open(s), &opts, &r, &err);

    cr_assert_eq(rc == KITH_OK, err.message[0] == '\0');
    cr_assert_null(r.routes);
    return rc;
}

Test(intro, questions_that_make_no_sense)
{
    small_net *s = diamond();

    cr_assert_eq(asked(s, (kith_intro_opts){.via = UINT32_MAX}), KITH_OK, "nobody sought, nobody found");
    cr_assert_eq(asked(s, (kith_intro_opts){.via = UINT32_MAX, .from = 7, TO(5)}), KITH_EUSAGE);
    cr_assert_eq(asked(s, (kith_intro_opts){.via = 7, TO(5)}), KITH_EUSAGE);
    cr_assert_eq(asked(s, (kith_intro_opts){.via = 0, TO(5)}), KITH_EUSAGE);
    cr_assert_eq(asked(s, (kith_intro_opts){.via = UINT32_MAX, TO(7)}), KITH_EUSAGE);
    cr_assert_eq(asked(s, (kith_intro_opts){.via = UINT32_MAX, TO(6, 5)}), KITH_EUSAGE);
    cr_assert_eq(asked(s, (kith_intro_opts){.via = UINT32_MAX, TO(5, 5)}), KITH_EUSAGE);
    const uint32_t wrong[] = {9};
    cr_assert_eq(asked(s, (kith_intro_opts){.via = UINT32_MAX, .exclude = wrong, .n_exclude = 1, TO(5)}),
                 KITH_EUSAGE);
    small_net_free(s);
}

enum { MOST = 8 };

/** Every simple path, one by one. */
typedef struct walk {
    const kith_net *net;
    const kith_intro_opts *opts;
    uint32_t people[MOST + 1];
    kith_route best[MOST]; /**< by introducer; hops 0: none */
    uint32_t route[MOST][MOST + 1];
} walk;

static bool listed(const uint32_t *ids, uint32_t count, uint32_t id)
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

static int compare_routes(const kith_route *x, const kith_route *y)
{
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    if (x->hops != y->hops)
        return x->hops < y->hops ? -1 : 1;
    for (uint32_t i = 0; i <= x->hops; i++)
        if (x->people[i] != y->people[i])
            return x->people[i] < y->people[i] ? -1 : 1;
    return 0;
}

static void consider(walk *w, uint32_t hops, uint64_t cost)
{
    const uint32_t first = w->people[1], last = w->people[hops];
    const kith_route route = {.people = w->people, .hops = hops, .cost = cost};

    if (!listed(w->opts->targets, w->opts->n_targets, last) || shuns(w->net, last))
        return;
    if (w->opts->via != UINT32_MAX && !listed(w->people + 1, hops - 1, w->opts->via))
        return;
    if (w->best[first].hops > 0 && compare_routes(&w->best[first], &route) < 0)
        return;
    memcpy(w->route[first], w->people, sizeof w->people);
    w->best[first] = route;
    w->best[first].people = w->route[first];
}

static void walk_on(walk *w, uint32_t hops, uint64_t cost)
{
    const uint32_t at = w->people[hops];
    kith_tie tie;

    if (hops > 0)
        consider(w, hops, cost);
    if (w->opts->max_hops > 0 && hops == w->opts->max_hops)
        return;
    if (hops > 0 && (shuns(w->net, at) || listed(w->opts->exclude, w->opts->n_exclude, at)))
        return;
    for (uint32_t i = 0; kith_net_tie_at(w->net, at, i, &tie); i++) {
        if (listed(w->people, hops + 1, tie.b))
            continue;
        w->people[hops + 1] = tie.b;
        walk_on(w, hops + 1,
                cost + (w->opts->cost == KITH_COST_HOPS ? 1 : tie.cost + (hops > 0 ? HANDOVER : 0)));
    }
}

static void expect_all_paths(small_net *s, const kith_intro_opts *opts, uint64_t seed)
{
    kith_intro_result r = routes_of(s, *opts);
    walk w = {.net = small_net_open(s), .opts = opts};
    uint32_t found = 0;

    w.people[0] = opts->from;
    walk_on(&w, 0, 0);
    for (uint32_t v = 0; v < MOST; v++)
        found += w.best[v].hops > 0;
    cr_assert_eq(r.n_routes, opts->top > 0 && opts->top < found ? opts->top : found,
                 "seed %lu: %u routes, not %u", seed, r.n_routes, found);
    for (uint32_t i = 0; i < r.n_routes; i++) {
        const kith_route *route = &r.routes[i];
        cr_assert_eq(compare_routes(route, &w.best[route->people[1]]), 0, "seed %lu, route %u", seed, i);
        cr_assert(i == 0 || compare_routes(route - 1, route) < 0, "seed %lu, route %u", seed, i);
    }
    kith_intro_free(&r);
}

Test(intro, equals_all_simple_paths_one_by_one)
{
    for (uint64_t seed = 0; seed < 600; seed++) {
        random_graph random = random_graph_make(seed, MOST);
        const kith_graph *g = &random.graph;
        uint32_t targets[MOST], exclude[MOST];
        kith_rng rng;
        small_net *s = small_net_new(g->n);
        kith_intro_opts opts = {.targets = targets, .exclude = exclude, .via = UINT32_MAX};

        kith_rng_seed(&rng, seed);
        opts.from = (uint32_t)kith_rng_below(&rng, g->n);
        opts.max_hops = (uint32_t)kith_rng_below(&rng, 5);
        opts.top = (uint32_t)kith_rng_below(&rng, 3);
        opts.cost = kith_rng_below(&rng, 3) == 0 ? KITH_COST_HOPS : KITH_COST_CHANCE;
        for (uint32_t v = 0; v < g->n; v++) {
            if (kith_rng_below(&rng, 3) == 0)
                targets[opts.n_targets++] = v;
            if (kith_rng_below(&rng, 8) == 0)
                exclude[opts.n_exclude++] = v;
            if (kith_rng_below(&rng, 8) == 0)
                small_net_flags(s, v, KITH_PERSON_DO_NOT_INTRODUCE);
            for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
                if (v < g->target[e])
                    small_net_tie(s, v, g->target[e], g->cost[e]);
        }
        uint32_t via = (uint32_t)kith_rng_below(&rng, g->n);
        if (seed % 2 && via != opts.from)
            opts.via = via;
        expect_all_paths(s, &opts, seed);
        small_net_free(s);
        random_graph_free(&random);
    }
}

Test(intro, together_says_what_each_question_says_alone)
{
    for (uint32_t max_hops = 0; max_hops <= 3; max_hops++) {
        small_net *s = diamond();
        small_net_flags(s, 4, KITH_PERSON_DO_NOT_INTRODUCE);
        uint32_t askers[35], both[] = {5, 6}, one[] = {0, 4};
        const kith_ids sought[] = {{both, 2}, {one, 2}, {NULL, 0}};
        kith_intro_result results[35 * 3];
        kith_intro_opts opts = {.via = UINT32_MAX, .max_hops = max_hops, .top = 2};
        for (uint32_t i = 0; i < 35; i++)
            askers[i] = i % 7;
        cr_assert_eq(kith_intro_batch(small_net_open(s), &opts, askers, 35, sought, 3, results, NULL),
                     KITH_OK);
        for (uint32_t i = 0; i < 35 * 3; i++) {
            opts.from = askers[i / 3];
            opts.targets = sought[i % 3].ids;
            opts.n_targets = sought[i % 3].count;
            kith_intro_result alone = routes_of(s, opts);
            cr_assert_eq(results[i].from, opts.from);
            cr_assert_eq(results[i].n_targets, alone.n_targets);
            cr_assert_eq(results[i].n_routes, alone.n_routes);
            for (uint32_t r = 0; r < alone.n_routes; r++) {
                cr_assert_eq(compare_routes(&results[i].routes[r], &alone.routes[r]), 0);
                cr_assert_float_eq(results[i].routes[r].chance, alone.routes[r].chance, 0);
            }
            kith_intro_free(&alone);
            kith_intro_free(&results[i]);
        }
        small_net_free(s);
    }
}

Test(intro, together_tells_what_makes_no_sense)
{
    small_net *s = diamond();
    uint32_t five[] = {5}, wrong[] = {6, 5}, askers[] = {0, 7};
    const kith_ids good = {five, 1}, bad = {wrong, 2};
    kith_intro_result result[2];
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;
    const kith_net *net = small_net_open(s);

    cr_assert_eq(kith_intro_batch(net, &opts, askers, 2, &good, 1, result, NULL), KITH_EUSAGE);
    cr_assert_eq(kith_intro_batch(net, &opts, askers, 1, &bad, 1, result, NULL), KITH_EUSAGE);
    cr_assert_null(result[0].routes);
    opts.via = 0;
    cr_assert_eq(kith_intro_batch(net, &opts, askers, 1, &good, 1, result, NULL), KITH_EUSAGE);
    small_net_free(s);
}

static bool stop(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx, (void)phase, (void)done, (void)total;
    return false;
}

Test(intro, stops_when_told)
{
    small_net *s = diamond();
    const kith_progress progress = {stop, NULL};

    cr_assert_eq(asked(s, (kith_intro_opts){.via = UINT32_MAX, .progress = &progress, TO(5)}),
                 KITH_EINTERRUPT);
    small_net_free(s);
}

typedef struct question {
    const kith_net *net;
    kith_intro_opts opts;
} question;

static kith_code ask(void *ctx, kith_err *err)
{
    const question *q = ctx;
    kith_intro_result r;
    kith_code rc = kith_intro(q->net, &q->opts, &r, err);

    kith_intro_free(&r);
    return rc;
}

static kith_code ask_together(void *ctx, kith_err *err)
{
    uint32_t askers[30], five[] = {5};
    const question *q = ctx;
    const kith_ids sought = {five, 1};
    kith_intro_result results[30];

    for (uint32_t i = 0; i < 30; i++)
        askers[i] = i % 3;
    kith_code rc = kith_intro_batch(q->net, &q->opts, askers, 30, &sought, 1, results, err);
    for (uint32_t i = 0; i < 30; i++)
        kith_intro_free(&results[i]);
    return rc;
}

Test(intro, every_failed_allocation)
{
    small_net *s = diamond();
    question limited = {small_net_open(s), {.via = UINT32_MAX, .max_hops = 3, TO(5, 6)}};
    question unlimited = {small_net_open(s), {.via = UINT32_MAX, TO(5, 6)}};
    question via = {small_net_open(s), {.via = 3, .max_hops = 3, TO(5, 6)}};
    question via_unlimited = {small_net_open(s), {.via = 3, TO(5, 6)}};

    cr_assert_gt(each_failure(ask_together, &limited), 4);
    cr_assert_gt(each_failure(ask_together, &unlimited), 4);
    cr_assert_gt(each_failure(ask, &limited), 4);
    cr_assert_gt(each_failure(ask, &unlimited), 4);
    cr_assert_gt(each_failure(ask, &via), 4);
    cr_assert_gt(each_failure(ask, &via_unlimited), 4);
    small_net_free(s);
}

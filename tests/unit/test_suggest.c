#include <criterion/criterion.h>
#include <string.h>

#include <kith/suggest.h>

#include "base/rng.h"
#include "each_failure.h"
#include "random_graph.h"
#include "small_net.h"

enum { MOST = 24, COMPANIES = 5 };

static const char *const company_names[COMPANIES] = {"Acme", "Brill", "Cobalt", "Dorn", "Ember"};

/** Random people; `company` is COMPANIES for those of none, `shy` for those not to be introduced. */
typedef struct world {
    random_graph graph;
    uint32_t company[MOST];
    bool shy[MOST];
} world;

static world world_make(uint64_t seed)
{
    world w = {.graph = random_graph_make(seed, MOST)};
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    for (uint32_t v = 0; v < w.graph.graph.n; v++) {
        w.company[v] = (uint32_t)kith_rng_below(&rng, COMPANIES + 1);
        w.shy[v] = kith_rng_below(&rng, 8) == 0;
    }
    return w;
}

/** The network, with one tie more where a and b differ. */
static small_net *network_of(const world *w, uint32_t a, uint32_t b)
{
    const kith_graph *g = &w->graph.graph;
    small_net *s = small_net_new(g->n);

    for (uint32_t v = 0; v < g->n; v++) {
        if (w->company[v] < COMPANIES)
            small_net_value(s, v, KITH_FIELD_COMPANY, company_names[w->company[v]]);
        if (w->shy[v])
            small_net_flags(s, v, KITH_PERSON_DO_NOT_INTRODUCE);
        for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
            if (v < g->target[e])
                small_net_tie(s, v, g->target[e], g->cost[e]);
    }
    if (a != b)
        small_net_tie(s, a, b, SMALL_NET_COST);
    return s;
}

static kith_suggest_result suggest(small_net *s, uint32_t top)
{
    kith_suggest_result result;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_suggest(small_net_open(s), &(kith_suggest_opts){.top = top}, &result, &err), KITH_OK,
                 "%s", err.message);
    return result;
}

static kith_bridges_result bridges(small_net *s)
{
    kith_bridges_result result;

    cr_assert_eq(kith_bridges(small_net_open(s), &(kith_bridges_opts){0}, &result, NULL), KITH_OK);
    return result;
}

static bool is_cut(const kith_bridges_result *r, uint32_t person, uint32_t *people_cut_off)
{
    for (uint32_t i = 0; i < r->n_people; i++)
        if (r->people[i].person == person) {
            *people_cut_off = r->people[i].cut.people_cut_off;
            return r->people[i].cut.parts > 0;
        }
    return false;
}

/** Ties on the shortest way between two companies, by passing distances on; one tie more between a and b. */
static uint32_t plain_distance(const world *w, uint32_t one, uint32_t other, uint32_t a, uint32_t b)
{
    const kith_graph *g = &w->graph.graph;
    uint32_t distance[MOST], least = MOST;

    for (uint32_t v = 0; v < g->n; v++)
        distance[v] = w->company[v] == one ? 0 : MOST;
    for (uint32_t round = 0; round < g->n; round++)
        for (uint32_t v = 0; v < g->n; v++)
            for (uint32_t u = 0; u < g->n; u++)
                if ((kith_graph_tie(g, v, u) != UINT64_MAX ||
                     (a != b && ((v == a && u == b) || (v == b && u == a)))) &&
                    distance[v] + 1 < distance[u])
                    distance[u] = distance[v] + 1;
    for (uint32_t v = 0; v < g->n; v++)
        if (w->company[v] == other && distance[v] < least)
            least = distance[v];
    return least;
}

/** What the tie alone changes, told by building the network with it. */
static void expect_effect(const world *w, const kith_suggestion *s, const kith_bridges_result *before,
                          uint64_t seed)
{
    small_net *more = network_of(w, s->a, s->b);
    kith_bridges_result after = bridges(more);
    uint32_t removed = 0, secured = 0;

    for (uint32_t v = 0; v < w->graph.graph.n; v++) {
        uint32_t off = 0, still = 0;
        const bool was = is_cut(before, v, &off), is = is_cut(&after, v, &still);
        bool told = false;
        for (uint32_t i = 0; i < s->n_eased; i++)
            told |= s->eased[i] == v;
        cr_assert_eq(told, still < off, "seed %lu, %u and %u: %u", seed, s->a, s->b, v);
        removed += was && !is;
        secured += off - still;
    }
    cr_assert_eq(s->cut_people_removed, removed, "seed %lu, %u and %u", seed, s->a, s->b);
    cr_assert_eq(before->n_cut_people - after.n_cut_people, removed, "seed %lu, %u and %u", seed, s->a, s->b);
    cr_assert_eq(s->people_secured, secured, "seed %lu, %u and %u", seed, s->a, s->b);
    kith_bridges_free(&after);
    small_net_free(more);
}

static void expect_distances(const world *w, const kith_suggestion *s, uint64_t seed)
{
    const uint32_t one = w->company[s->a], other = w->company[s->b];

    if (one == COMPANIES || other == COMPANIES || one == other) {
        cr_assert_eq(s->distance_before + s->distance_after, 0, "seed %lu", seed);
        return;
    }
    cr_assert_eq(s->distance_before, plain_distance(w, one, other, 0, 0), "seed %lu", seed);
    cr_assert_eq(s->distance_after, plain_distance(w, one, other, s->a, s->b), "seed %lu", seed);
}

Test(suggest, each_effect_is_what_building_with_the_tie_gives)
{
    uint32_t cuts = 0, joins = 0;

    for (uint64_t seed = 0; seed < 120; seed++) {
        world w = world_make(seed);
        const kith_graph *g = &w.graph.graph;
        small_net *net = network_of(&w, 0, 0);
        kith_suggest_result r = suggest(net, 0);
        kith_bridges_result before = bridges(net);

        for (uint32_t i = 0; i < r.n_suggestions; i++) {
            const kith_suggestion *s = &r.suggestions[i];
            cr_assert_lt(s->a, s->b);
            cr_assert(!w.shy[s->a] && !w.shy[s->b], "seed %lu: nobody who is not to be introduced", seed);
            cr_assert_eq(kith_graph_tie(g, s->a, s->b), UINT64_MAX, "seed %lu: no tie yet", seed);
            if (s->common_contact != UINT32_MAX) {
                cr_assert_not(w.shy[s->common_contact], "seed %lu", seed);
                cr_assert(kith_graph_tie(g, s->a, s->common_contact) != UINT64_MAX &&
                              kith_graph_tie(g, s->b, s->common_contact) != UINT64_MAX,
                          "seed %lu", seed);
            }
            cr_assert(s->n_eased > 0 || s->distance_before > s->distance_after, "seed %lu", seed);
            expect_effect(&w, s, &before, seed);
            expect_distances(&w, s, seed);
            cuts += s->cut_people_removed;
            joins += s->distance_before > 1;
        }
        kith_bridges_free(&before);
        kith_suggest_free(&r);
        small_net_free(net);
        random_graph_free(&w.graph);
    }
    cr_assert(cuts > 100 && joins > 50, "%u and %u: the graphs are to have some of each", cuts, joins);
}

Test(suggest, two_circles_that_one_person_joins)
{
    /* 0 1 2 and 4 5 6 are circles; only 3 knows both, best of all 2 and 5. */
    static const uint32_t ties[][2] = {{0, 1}, {0, 2}, {1, 2}, {2, 3}, {1, 3},
                                       {3, 4}, {3, 5}, {4, 5}, {4, 6}, {5, 6}};
    static const uint16_t costs[] = {700, 700, 700, 100, 700, 700, 100, 700, 700, 700};
    small_net *s = small_net_from_ties(7, ties, 10, costs);
    kith_suggest_result r = suggest(s, 0);

    cr_assert_eq(r.n_suggestions, 1);
    cr_expect_eq(r.suggestions[0].a, 2);
    cr_expect_eq(r.suggestions[0].b, 5);
    cr_expect_eq(r.suggestions[0].common_contact, 3);
    cr_expect_eq(r.suggestions[0].cut_people_removed, 1);
    cr_expect_eq(r.suggestions[0].people_secured, 3);
    kith_suggest_free(&r);
    small_net_free(s);
}

Test(suggest, a_large_circle_is_joined_before_those_who_hang_alone)
{
    /* 0 1 2 3 and 5 6 7 are circles that 4 joins; 8 knows 4 alone, and stays so. */
    static const uint32_t ties[][2] = {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 4}, {4, 5},
                                       {5, 6}, {5, 7}, {6, 7}, {4, 8}, {2, 4}, {4, 7}};
    small_net *s = small_net_from_ties(9, ties, 12, NULL);
    kith_suggest_result r = suggest(s, 1);

    cr_assert_eq(r.n_suggestions, 1);
    cr_expect_eq(r.suggestions[0].a, 2);
    cr_expect_eq(r.suggestions[0].b, 5);
    cr_expect_eq(r.suggestions[0].people_secured, 3, "5, 6 and 7");
    cr_expect_eq(r.suggestions[0].cut_people_removed, 0, "8 still hangs on 4");
    cr_assert_eq(r.suggestions[0].n_eased, 1);
    cr_expect_eq(r.suggestions[0].eased[0], 4);
    kith_suggest_free(&r);
    small_net_free(s);
}

Test(suggest, who_can_introduce_counts_double_and_nothing_counts_twice)
{
    /* 0 to 4 and 7 to 9 all know each other; 5 - 6 joins them. A tie 0-7 alone would secure seven
     * people at 5 and 6, but nobody knows both; 0-6 secures the four behind 5 and 5-7 the three behind 6. */
    static const uint32_t ties[][2] = {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {1, 2}, {1, 3},
                                       {1, 4}, {2, 3}, {2, 4}, {3, 4}, {0, 5}, {1, 5},
                                       {5, 6}, {6, 7}, {6, 8}, {7, 8}, {7, 9}, {8, 9}};
    static const uint32_t expected[][4] = {{0, 6, 5, 4}, {5, 7, 6, 3}}; /* a, b, common contact, secured */
    small_net *s = small_net_from_ties(10, ties, 18, NULL);
    kith_suggest_result r = suggest(s, 2);

    cr_assert_eq(r.n_suggestions, 2);
    for (int i = 0; i < 2; i++) {
        cr_expect_eq(r.suggestions[i].a, expected[i][0]);
        cr_expect_eq(r.suggestions[i].b, expected[i][1]);
        cr_expect_eq(r.suggestions[i].common_contact, expected[i][2]);
        cr_expect_eq(r.suggestions[i].people_secured, expected[i][3]);
    }
    kith_suggest_free(&r);
    small_net_free(s);
}

static kith_code work(void *ctx, kith_err *err)
{
    kith_suggest_result r;
    kith_code rc = kith_suggest(ctx, &(kith_suggest_opts){.top = 3}, &r, err);

    kith_suggest_free(&r);
    return rc;
}

Test(suggest, every_failed_allocation_is_told)
{
    small_net *s = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}}, 3, NULL);

    small_net_value(s, 0, KITH_FIELD_COMPANY, "Acme");
    small_net_value(s, 3, KITH_FIELD_COMPANY, "Brill");
    cr_expect_gt(each_failure(work, (void *)(uintptr_t)small_net_open(s)), 0);
    small_net_free(s);
}

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include <kith/bridges.h>

#include "base/rng.h"
#include "each_failure.h"
#include "graph/detour.h"
#include "random_graph.h"
#include "small_net.h"

static kith_bridges_result bridges_of(small_net *s, kith_bridges_opts opts)
{
    kith_bridges_result result;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_bridges(small_net_open(s), &opts, &result, &err), KITH_OK, "%s", err.message);
    return result;
}

static uint32_t place_of(const kith_bridges_result *r, uint32_t person)
{
    for (uint32_t i = 0; i < r->n_people; i++)
        if (r->people[i].person == person)
            return i;
    cr_assert_fail("person %u is not in the answer", person);
    return 0;
}

/** 0 of Acme between 1 of Acme, 2 and 3 of Brill, 4 of Cobalt and 5 of no company; a long way leads from 3
 * to 1. */
static small_net *star_of_companies(void)
{
    static const uint32_t ties[][2] = {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {3, 6}, {6, 7}, {7, 1}};
    small_net *s = small_net_from_ties(8, ties, 8, NULL);

    small_net_value(s, 0, KITH_FIELD_COMPANY, "Acme");
    small_net_value(s, 1, KITH_FIELD_COMPANY, "ACME");
    small_net_value(s, 2, KITH_FIELD_COMPANY, "Brill");
    small_net_value(s, 3, KITH_FIELD_COMPANY, "Brill");
    small_net_value(s, 4, KITH_FIELD_COMPANY, "Cobalt");
    return s;
}

Test(broker_groups, what_a_broker_joins_and_the_way_round)
{
    small_net *s = star_of_companies();
    kith_bridges_result r = bridges_of(s, (kith_bridges_opts){0});
    const kith_broker_groups *of = &r.groups[place_of(&r, 0)];

    cr_assert_null(r.roles, "not asked for");
    cr_expect_str_eq(r.group_names[of->group], "ACME", "the spelling that comes first");
    cr_expect_eq(of->n_groups, 3);
    cr_expect_str_eq(r.group_names[of->joined[0].group], "Brill");
    cr_expect_eq(of->joined[0].contacts, 2);
    cr_expect_str_eq(r.group_names[of->joined[1].group], "ACME");
    cr_expect_str_eq(r.group_names[of->joined[2].group], "Cobalt");
    cr_expect_eq(of->detour, 3, "3, 6, 7, 1");
    of = &r.groups[place_of(&r, 2)];
    cr_expect_eq(of->n_groups, 1);
    cr_expect_eq(of->detour, 0, "one group alone is not joined to another");
    cr_expect_eq(r.groups[place_of(&r, 5)].group, UINT32_MAX);
    kith_bridges_free(&r);
    small_net_free(s);
}

Test(broker_groups, roles_of_a_star)
{
    small_net *s = star_of_companies();
    kith_bridges_result r =
        bridges_of(s, (kith_bridges_opts){.grouping = KITH_GROUPING_FIELD, .field = KITH_FIELD_COMPANY});
    const kith_broker_roles *of = &r.roles[place_of(&r, 0)];
    static const uint64_t counts[KITH_ROLE_COUNT] = {0, 2, 3, 3, 4};

    /* Of five people dealt two, two and one: the chance that all three of a pair's are of one group is none,
     * that two given people are is 2 (2 * 1) / 20 = 1/5, the third is then of another, so 1/5 for itinerant,
     * gatekeeper and representative each and 2/5 for liaison; there are 12 ordered pairs of contacts with a
     * company. */
    static const double expected[KITH_ROLE_COUNT] = {0, 2.4, 2.4, 2.4, 4.8};
    for (int role = 0; role < KITH_ROLE_COUNT; role++) {
        cr_expect_eq(of->count[role], counts[role], "role %d", role);
        cr_expect_float_eq(of->expected[role], expected[role], 1e-12, "role %d", role);
    }
    cr_expect(isnan(of->z[KITH_ROLE_COORDINATOR]), "can only be 0");
    kith_bridges_free(&r);
    small_net_free(s);
}

Test(broker_groups, communities_are_called_by_what_sets_them_apart)
{
    /* Two cliques of five, joined by one tie. Everyone lives in Lisbon; the first are mostly of Acme, most of
     * the second are nurses; 10 knows nobody. */
    small_net *s = small_net_new(11);
    for (uint32_t a = 0; a < 10; a++)
        for (uint32_t b = a + 1; b < 10; b++)
            if (a / 5 == b / 5)
                small_net_tie(s, a, b, SMALL_NET_COST);
    small_net_tie(s, 4, 5, SMALL_NET_COST);
    for (uint32_t v = 0; v < 11; v++)
        small_net_value(s, v, KITH_FIELD_LOCATION, "Lisbon");
    for (uint32_t v = 0; v < 4; v++)
        small_net_value(s, v, KITH_FIELD_COMPANY, "Acme");
    for (uint32_t v = 6; v < 9; v++)
        small_net_value(s, v, KITH_FIELD_TITLE, "Nurse");
    kith_bridges_result r =
        bridges_of(s, (kith_bridges_opts){.grouping = KITH_GROUPING_COMMUNITY, .runs = 3, .seed = 5});

    cr_expect_str_eq(r.group_names[r.groups[place_of(&r, 4)].group], "Acme");
    cr_expect_str_eq(r.group_names[r.groups[place_of(&r, 5)].group], "Nurse");
    cr_expect_eq(r.groups[place_of(&r, 10)].group, UINT32_MAX, "no ties, no community");
    kith_bridges_free(&r);
    small_net_free(s);
}

enum { MOST = 24 };

/** Ties from the contacts of `without` in group a to those in group b, by passing distances on until nothing
 * changes. */
static uint32_t plain_detour(const kith_graph *g, uint32_t without, const uint32_t *group, uint32_t a,
                             uint32_t b)
{
    uint32_t distance[MOST], best = KITH_NO_WAY;

    for (uint32_t v = 0; v < g->n; v++)
        distance[v] = group[v] == a && kith_graph_tie(g, v, without) != UINT64_MAX ? 0 : MOST;
    for (uint32_t round = 0; round < g->n; round++)
        for (uint32_t v = 0; v < g->n; v++)
            for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
                if (v != without && g->target[e] != without && distance[v] + 1 < distance[g->target[e]])
                    distance[g->target[e]] = distance[v] + 1;
    for (uint32_t v = 0; v < g->n; v++)
        if (group[v] == b && distance[v] < MOST && distance[v] < best &&
            kith_graph_tie(g, v, without) != UINT64_MAX)
            best = distance[v];
    return best;
}

Test(detour, is_the_shortest_way_round)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        random_graph g = random_graph_make(seed, MOST);
        uint32_t group[MOST];
        kith_detour detour;
        kith_rng rng;

        kith_rng_seed(&rng, seed);
        for (uint32_t v = 0; v < g.graph.n; v++)
            group[v] = (uint32_t)kith_rng_below(&rng, 3);
        cr_assert_eq(kith_detour_new(&g.graph, &detour, NULL), KITH_OK);
        for (uint32_t v = 0; v < g.graph.n; v++)
            cr_assert_eq(kith_detour_between(&detour, &g.graph, v, group, 0, 1),
                         plain_detour(&g.graph, v, group, 0, 1), "seed %lu, person %u", seed, v);
        kith_detour_free(&detour);
        random_graph_free(&g);
    }
}

static kith_code bridges_work(void *ctx, kith_err *err)
{
    const kith_bridges_opts opts = {.grouping = KITH_GROUPING_FIELD, .field = KITH_FIELD_COMPANY};
    kith_bridges_result result;
    kith_code rc = kith_bridges(ctx, &opts, &result, err);

    kith_bridges_free(&result);
    return rc;
}

Test(broker_groups, every_failed_allocation_is_told)
{
    small_net *s = star_of_companies();

    cr_expect_gt(each_failure(bridges_work, (void *)(uintptr_t)small_net_open(s)), 0);
    small_net_free(s);
}

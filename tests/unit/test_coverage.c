#include <criterion/criterion.h>

#include <math.h>

#include <kith/coverage.h>

#include "base/rng.h"
#include "each_failure.h"
#include "small_net.h"

enum { PEOPLE = 16, ASKERS = 4, GROUPS = 3, MEMBERS = 2 };

/** A world that can be made again with one tie more. */
typedef struct world {
    uint32_t ties[PEOPLE * PEOPLE][2];
    uint16_t costs[PEOPLE * PEOPLE]; /**< some beyond the least strength; a tie that is added costs nothing */
    size_t n_ties;
    bool hidden[PEOPLE];
    uint32_t askers[ASKERS], members[GROUPS][MEMBERS], excluded, only[PEOPLE];
    kith_ids sought[GROUPS];
    kith_intro_opts opts;
} world;

static void make_world(world *w, kith_rng *rng)
{
    *w = (world){.opts = KITH_INTRO_DEFAULTS};
    for (uint32_t a = 0; a < PEOPLE; a++) {
        w->hidden[a] = kith_rng_below(rng, 6) == 0;
        for (uint32_t b = a + 1; b < PEOPLE; b++)
            if (kith_rng_below(rng, PEOPLE) < 2) {
                w->costs[w->n_ties] = kith_rng_below(rng, 8) ? 500 : 1500;
                w->ties[w->n_ties][0] = a;
                w->ties[w->n_ties++][1] = b;
            }
    }
    for (uint32_t a = 0; a < ASKERS; a++)
        w->askers[a] = a * (PEOPLE / ASKERS) + (uint32_t)kith_rng_below(rng, PEOPLE / ASKERS);
    for (uint32_t g = 0; g < GROUPS; g++) {
        for (uint32_t i = 0; i < MEMBERS; i++)
            w->members[g][i] = i * (PEOPLE / MEMBERS) + (uint32_t)kith_rng_below(rng, PEOPLE / MEMBERS);
        w->sought[g] = (kith_ids){w->members[g], MEMBERS};
    }
    w->excluded = (uint32_t)kith_rng_below(rng, PEOPLE);
    w->opts.exclude = &w->excluded;
    w->opts.n_exclude = 1;
    w->opts.max_hops = (uint32_t)kith_rng_below(rng, 5);
    w->opts.min_strength = kith_rng_below(rng, 2) ? exp(-1.0) : 0;
    w->opts.only = kith_rng_below(rng, 2) ? w->only : NULL;
    for (uint32_t p = 0; w->opts.only && p < PEOPLE; p++)
        if (kith_rng_below(rng, 4))
            w->only[w->opts.n_only++] = p;
}

static small_net *net_of(const world *w, size_t n_ties)
{
    small_net *s = small_net_from_ties(PEOPLE, w->ties, n_ties, w->costs);

    for (uint32_t p = 0; p < PEOPLE; p++)
        if (w->hidden[p])
            small_net_flags(s, p, KITH_PERSON_DO_NOT_INTRODUCE);
    return s;
}

static bool is_member(const world *w, uint32_t group, uint32_t person)
{
    return w->members[group][0] == person || w->members[group][1] == person;
}

/** Which pairs have a route, by kith_intro on a network of its own; those of members are left out. */
static uint32_t pairs_reached(const world *w, size_t n_ties)
{
    small_net *s = net_of(w, n_ties);
    uint32_t reached = 0;

    for (uint32_t i = 0; i < ASKERS * GROUPS; i++) {
        kith_intro_opts opts = w->opts;
        kith_intro_result r;
        opts.from = w->askers[i / GROUPS];
        opts.targets = w->members[i % GROUPS];
        opts.n_targets = MEMBERS;
        cr_assert_eq(kith_intro(small_net_open(s), &opts, &r, NULL), KITH_OK);
        if (r.n_routes > 0 && !is_member(w, i % GROUPS, opts.from))
            reached |= UINT32_C(1) << i;
        kith_intro_free(&r);
    }
    small_net_free(s);
    return reached;
}

static bool tied(const world *w, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < w->n_ties; i++)
        if ((w->ties[i][0] == a && w->ties[i][1] == b) || (w->ties[i][0] == b && w->ties[i][1] == a))
            return true;
    return a == b;
}

static bool is_sought(const world *w, uint32_t person)
{
    return is_member(w, 0, person) || is_member(w, 1, person) || is_member(w, 2, person);
}

/** The best opening by making every network with one tie more. */
static kith_opening brute_force(world *w)
{
    const uint32_t before = pairs_reached(w, w->n_ties);
    kith_opening best = {0};

    for (uint32_t a = 0; a < ASKERS; a++)
        for (uint32_t b = 0; b < PEOPLE; b++) {
            if (tied(w, w->askers[a], b) || w->hidden[b])
                continue;
            w->costs[w->n_ties] = 1;
            w->ties[w->n_ties][0] = w->askers[a];
            w->ties[w->n_ties][1] = b;
            const uint32_t opened = pairs_reached(w, w->n_ties + 1) & ~before;
            const uint64_t pairs = (uint64_t)__builtin_popcount(opened);
            const bool rather = pairs > 0 && is_sought(w, b) && !is_sought(w, best.person);
            if (pairs > best.pairs || (pairs == best.pairs && rather)) /* askers and people ascend */
                best = (kith_opening){w->askers[a], b, pairs};
        }
    return best;
}

Test(coverage, the_opening_is_the_best_of_all_networks_with_one_tie_more)
{
    kith_rng rng;
    uint32_t some = 0, none = 0, go_between = 0;

    kith_rng_seed(&rng, 11);
    for (int round = 0; round < 50; round++) {
        world w;
        kith_coverage c;
        make_world(&w, &rng);
        small_net *s = net_of(&w, w.n_ties);
        cr_assert_eq(
            kith_coverage_find(small_net_open(s), &w.opts, w.askers, ASKERS, w.sought, GROUPS, &c, NULL),
            KITH_OK);
        const kith_opening expected = brute_force(&w);
        cr_assert_eq(c.opening.pairs, expected.pairs, "round %d: %lu pairs, not %lu", round, c.opening.pairs,
                     expected.pairs);
        cr_assert_eq(c.opening.asker, expected.asker);
        cr_assert_eq(c.opening.person, expected.person);
        *(expected.pairs > 0 ? &some : &none) += 1;
        go_between += expected.pairs > 0 && !is_sought(&w, expected.person);
        kith_coverage_free(&c);
        small_net_free(s);
    }
    cr_assert_gt(some, 30);
    cr_assert_gt(none, 0);
    cr_assert_gt(go_between, 2, "%u of %u", go_between, some);
}

Test(coverage, each_cell_is_the_best_route)
{
    kith_rng rng;

    kith_rng_seed(&rng, 12);
    for (int round = 0; round < 60; round++) {
        world w;
        kith_coverage c;
        uint64_t reached = 0;
        make_world(&w, &rng);
        small_net *s = net_of(&w, w.n_ties);
        cr_assert_eq(
            kith_coverage_find(small_net_open(s), &w.opts, w.askers, ASKERS, w.sought, GROUPS, &c, NULL),
            KITH_OK);
        for (uint32_t i = 0; i < ASKERS * GROUPS; i++) {
            kith_intro_opts opts = w.opts;
            kith_intro_result r;
            opts.from = w.askers[i / GROUPS];
            opts.targets = w.members[i % GROUPS];
            opts.n_targets = MEMBERS;
            cr_assert_eq(kith_intro(small_net_open(s), &opts, &r, NULL), KITH_OK);
            cr_assert_eq(c.cells[i].hops, r.n_routes > 0 ? r.routes[0].hops : 0);
            if (r.n_routes > 0) {
                cr_assert_eq(c.cells[i].chance, r.routes[0].chance);
                cr_assert_eq(c.cells[i].target, r.routes[0].people[r.routes[0].hops]);
                cr_assert_eq(c.cells[i].introducer,
                             r.routes[0].hops > 1 ? r.routes[0].people[1] : UINT32_MAX);
                reached++;
            }
            kith_intro_free(&r);
        }
        cr_assert_eq(c.reached, reached);
        kith_coverage_free(&c);
        small_net_free(s);
    }
}

Test(coverage, who_is_not_to_be_introduced_may_be_brought_to_somebody_but_nobody_to_them)
{
    uint32_t groups[] = {2, 3};
    const uint32_t askers[] = {0, 1};
    const kith_ids sought[] = {{&groups[0], 1}, {&groups[1], 1}};
    small_net *s = small_net_from_ties(4, (const uint32_t[][2]){{0, 2}, {0, 3}}, 2, NULL);
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;
    kith_coverage c;

    opts.max_hops = 2;
    small_net_flags(s, 1, KITH_PERSON_DO_NOT_INTRODUCE);
    cr_assert_eq(kith_coverage_find(small_net_open(s), &opts, askers, 2, sought, 2, &c, NULL), KITH_OK);
    cr_expect_eq(c.opening.pairs, 2, "0 reaches both");
    cr_expect_eq(c.opening.asker, 1);
    cr_expect_eq(c.opening.person, 0);
    kith_coverage_free(&c);
    small_net_free(s);
}

static kith_code find_one(void *ctx, kith_err *err)
{
    const uint32_t askers[] = {0, 1}, target = 3;
    const kith_ids sought = {(uint32_t *)&target, 1};
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;
    kith_coverage c;
    kith_code rc = kith_coverage_find(ctx, &opts, askers, 2, &sought, 1, &c, err);

    kith_coverage_free(&c);
    return rc;
}

Test(coverage, every_failed_allocation_is_told_and_leaves_nothing)
{
    small_net *s = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {2, 3}}, 2, NULL);

    cr_assert_eq(find_one((void *)small_net_open(s), NULL), KITH_OK);
    each_failure(find_one, (void *)small_net_open(s));
    small_net_free(s);
}

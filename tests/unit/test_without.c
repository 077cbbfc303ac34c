#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include <kith/without.h>

#include "base/rng.h"
#include "each_failure.h"
#include "random_graph.h"
#include "small_net.h"

enum { MOST = 20, COMPANIES = 4, NOWHERE = MOST };

static const char *const company_names[COMPANIES] = {"Acme", "Brill", "Cobalt", "Dorn"};

/** Random people, some of whom leave; `company` is COMPANIES for those of none. */
typedef struct world {
    random_graph graph;
    uint32_t company[MOST];
    bool gone[MOST];
    uint32_t leave[MOST];
    uint32_t n_leave;
} world;

static world world_make(uint64_t seed)
{
    world w = {.graph = random_graph_make(seed, MOST)};
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    for (uint32_t v = 0; v < w.graph.graph.n; v++) {
        w.company[v] = (uint32_t)kith_rng_below(&rng, COMPANIES + 1);
        w.gone[v] = kith_rng_below(&rng, 5) == 0;
        if (w.gone[v])
            w.leave[w.n_leave++] = v;
    }
    return w;
}

/** The network of all, or built anew of those who stay, in their order. */
static small_net *network_of(const world *w, bool without)
{
    const kith_graph *g = &w->graph.graph;
    uint32_t id[MOST], n = 0;

    for (uint32_t v = 0; v < g->n; v++)
        id[v] = without && w->gone[v] ? NOWHERE : n++;
    small_net *s = small_net_new(n);
    for (uint32_t v = 0; v < g->n; v++) {
        if (id[v] == NOWHERE)
            continue;
        if (w->company[v] < COMPANIES)
            small_net_value(s, id[v], KITH_FIELD_COMPANY, company_names[w->company[v]]);
        for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
            if (v < g->target[e] && id[g->target[e]] != NOWHERE)
                small_net_tie(s, id[v], id[g->target[e]], SMALL_NET_COST);
    }
    return s;
}

static kith_without_result without(small_net *s, const uint32_t *people, uint32_t count)
{
    kith_without_result result;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_without(small_net_open(s), &(kith_without_opts){.people = people, .n_people = count},
                              &result, &err),
                 KITH_OK, "%s", err.message);
    return result;
}

static void expect_same_shape(const kith_shape *a, const kith_shape *b, uint64_t seed)
{
    cr_assert_eq(a->people, b->people, "seed %lu", seed);
    cr_assert_eq(a->ties, b->ties, "seed %lu", seed);
    cr_assert_eq(a->parts, b->parts, "seed %lu", seed);
    cr_assert_eq(a->largest, b->largest, "seed %lu", seed);
    cr_assert_eq(a->isolated, b->isolated, "seed %lu", seed);
    cr_assert_eq(a->longest_distance, b->longest_distance, "seed %lu", seed);
    cr_assert(isnan(a->mean_distance) ? isnan(b->mean_distance) : a->mean_distance == b->mean_distance,
              "seed %lu", seed);
}

/** Who can be reached from `from`, oneself included, where those gone are not walked through. */
static void find_reach(const world *w, uint32_t from, bool all_stay, bool *reach)
{
    const kith_graph *g = &w->graph.graph;

    for (uint32_t v = 0; v < g->n; v++)
        reach[v] = v == from;
    for (uint32_t round = 0; round < g->n; round++)
        for (uint32_t v = 0; v < g->n; v++)
            for (uint64_t e = g->offset[v]; reach[v] && e < g->offset[v + 1]; e++)
                reach[g->target[e]] |= all_stay || !w->gone[g->target[e]];
}

static bool reaches_company(const world *w, uint32_t from, bool all_stay, uint32_t company)
{
    bool reach[MOST], found = false;

    find_reach(w, from, all_stay, reach);
    for (uint32_t v = 0; v < w->graph.graph.n; v++)
        found |= reach[v] && w->company[v] == company;
    return found;
}

static void expect_losses(const world *w, const kith_without_result *r, uint64_t seed)
{
    uint32_t listed = 0;

    for (uint32_t c = 0; c < COMPANIES; c++) {
        uint32_t losing = 0, reaching = 0;
        for (uint32_t v = 0; v < w->graph.graph.n; v++) {
            if (w->gone[v])
                continue;
            const bool still = reaches_company(w, v, false, c);
            reaching += still;
            losing += !still && reaches_company(w, v, true, c);
        }
        for (uint32_t i = 0; i < r->n_companies; i++) {
            if (strcmp(r->companies[i].company, company_names[c]) != 0)
                continue;
            cr_assert_eq(r->companies[i].people_losing, losing, "seed %lu, company %u", seed, c);
            cr_assert_eq(r->companies[i].people_reaching, reaching, "seed %lu, company %u", seed, c);
            listed += losing > 0;
            losing = 0;
        }
        cr_assert_eq(losing, 0, "seed %lu, company %u is lost and not listed", seed, c);
    }
    cr_assert_eq(r->n_companies, listed, "seed %lu", seed);
}

static void expect_parts(const world *w, const kith_without_result *r, uint64_t seed)
{
    for (uint32_t i = 0; i < r->n_parts; i++) {
        const kith_part *part = &r->parts[i];
        bool reach[MOST];
        uint32_t lost = 0, people = 0;
        cr_assert(i == 0 || part->n_people <= r->parts[i - 1].n_people, "seed %lu", seed);
        if (!part->people)
            continue;
        find_reach(w, part->people[0], false, reach);
        for (uint32_t v = 0; v < w->graph.graph.n; v++)
            if (reach[v])
                cr_assert_eq(part->people[people++], v, "seed %lu", seed);
        cr_assert_eq(people, part->n_people, "seed %lu", seed);
        for (uint32_t c = 0; c < COMPANIES; c++)
            lost += reaches_company(w, part->people[0], true, c) &&
                    !reaches_company(w, part->people[0], false, c);
        cr_assert_eq(part->companies_lost, lost, "seed %lu", seed);
    }
}

Test(without, is_what_building_without_them_gives)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        world w = world_make(seed);
        small_net *all = network_of(&w, false), *rest = network_of(&w, true);
        kith_without_result ours = without(all, w.leave, w.n_leave), theirs = without(rest, NULL, 0);

        expect_same_shape(&ours.after, &theirs.before, seed);
        expect_same_shape(&theirs.after, &theirs.before, seed);
        cr_assert_eq(theirs.n_parts + theirs.n_companies, 0, "nobody leaves, nothing is lost");
        expect_losses(&w, &ours, seed);
        expect_parts(&w, &ours, seed);
        kith_without_free(&ours);
        kith_without_free(&theirs);
        small_net_free(all);
        small_net_free(rest);
        random_graph_free(&w.graph);
    }
}

Test(without, the_middle_of_a_path)
{
    small_net *s = small_net_from_ties(5, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}, {3, 4}}, 4, NULL);
    kith_without_result r = without(s, (const uint32_t[]){2}, 1);

    cr_expect_eq(r.before.longest_distance, 4);
    cr_expect_float_eq(r.before.mean_distance, 2, 1e-12); /* (4 * 1 + 3 * 2 + 2 * 3 + 4) / 10 */
    cr_expect_eq(r.after.longest_distance, 1);
    cr_expect_eq(r.after.parts, 2);
    cr_expect_eq(r.n_parts, 2);
    cr_expect_null(r.parts[0].people,
                   "of two parts of one size, that of the smallest id counts as what is left");
    cr_expect_eq(r.parts[1].people[0], 3);
    kith_without_free(&r);
    small_net_free(s);
}

Test(without, of_nobody_there_is_an_error)
{
    small_net *s = small_net_new(2);
    kith_without_result r;
    kith_err err = KITH_ERR_NONE;

    cr_expect_eq(kith_without(small_net_open(s),
                              &(kith_without_opts){.people = (const uint32_t[]){7}, .n_people = 1}, &r, &err),
                 KITH_EUSAGE);
    small_net_free(s);
}

static kith_code work(void *ctx, kith_err *err)
{
    static const uint32_t people[] = {1};
    kith_without_result r;
    kith_code rc = kith_without(ctx, &(kith_without_opts){.people = people, .n_people = 1}, &r, err);

    kith_without_free(&r);
    return rc;
}

Test(without, every_failed_allocation_is_told)
{
    small_net *s = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}}, 3, NULL);

    small_net_value(s, 3, KITH_FIELD_COMPANY, "Acme");
    cr_expect_gt(each_failure(work, (void *)(uintptr_t)small_net_open(s)), 0);
    small_net_free(s);
}

#include <criterion/criterion.h>

#include <math.h>
#include <string.h>

#include <kith/bridges.h>

#include "base/rng.h"
#include "each_failure.h"
#include "random_graph.h"
#include "small_net.h"

static kith_bridges_result bridges_of(small_net *s, uint32_t top)
{
    kith_bridges_result result;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_bridges(small_net_open(s), &(kith_bridges_opts){.top = top}, &result, &err), KITH_OK,
                 "%s", err.message);
    return result;
}

static const kith_broker *broker(const kith_bridges_result *r, uint32_t person)
{
    for (uint32_t i = 0; i < r->n_people; i++)
        if (r->people[i].person == person)
            return &r->people[i];
    cr_assert_fail("person %u is not in the answer", person);
    return NULL;
}

Test(bridges, nobody_and_people_without_ties)
{
    small_net *none = small_net_new(0), *two = small_net_new(2);
    kith_bridges_result r = bridges_of(none, 0);

    cr_assert_eq(r.n_people + r.n_bridge_ties + r.n_cut_people, 0);
    kith_bridges_free(&r);
    r = bridges_of(two, 0);
    cr_assert_eq(r.n_people, 2);
    cr_assert_eq(r.people[0].person, 0);
    cr_assert_eq(r.people[0].betweenness, 0);
    cr_assert(isnan(r.people[0].betweenness_normalized), "fewer than three people");
    cr_assert(isnan(r.people[0].constraint));
    cr_assert(isnan(r.people[0].effective_size));
    kith_bridges_free(&r);
    small_net_free(none);
    small_net_free(two);
}

Test(bridges, on_a_path)
{
    /* 0-1-2-3-4: v (4 - v) pairs pass through v; constraint is 1 at the ends and 1/2 between. */
    small_net *s = small_net_from_ties(5, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}, {3, 4}}, 4, NULL);
    kith_bridges_result r = bridges_of(s, 0);
    const uint32_t order[] = {2, 1, 3, 0, 4}, ties[][2] = {{1, 2}, {2, 3}, {0, 1}, {3, 4}};

    cr_assert_eq(r.n_cut_people, 3);
    cr_assert_eq(r.n_bridge_ties, 4);
    cr_assert_eq(r.work, 20);
    cr_assert(r.exact);
    for (uint32_t i = 0; i < 5; i++) {
        const kith_broker *b = &r.people[i];
        uint32_t v = order[i], less = v < 4 - v ? v : 4 - v;
        cr_assert_eq(b->person, v);
        cr_assert_float_eq(b->betweenness, v * (4 - v), 1e-12);
        cr_assert_float_eq(b->betweenness_normalized, v * (4 - v) / 6.0, 1e-12);
        cr_assert_float_eq(b->constraint, less ? 0.5 : 1, 1e-12);
        cr_assert_float_eq(b->effective_size, less ? 2 : 1, 1e-12);
        cr_assert_eq(b->cut.parts, less ? 2 : 0);
        cr_assert_eq(b->cut.people_cut_off, less);
    }
    for (uint32_t i = 0; i < 4; i++) {
        cr_assert_eq(r.bridge_ties[i].a, ties[i][0]);
        cr_assert_eq(r.bridge_ties[i].b, ties[i][1]);
        cr_assert_eq(r.bridge_ties[i].people_on_small_side, i < 2 ? 2 : 1);
    }
    kith_bridges_free(&r);
    small_net_free(s);
}

Test(bridges, top_limits_people_and_nothing_else)
{
    small_net *s = small_net_from_ties(5, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}, {3, 4}}, 4, NULL);
    kith_bridges_result r = bridges_of(s, 1);

    cr_assert_eq(r.n_people, 1);
    cr_assert_eq(r.people[0].person, 2);
    cr_assert_eq(r.people[0].cut.people_cut_off, 2);
    cr_assert_eq(r.n_cut_people, 3);
    cr_assert_eq(r.n_bridge_ties, 4);
    cr_assert_eq(r.top, 1);
    kith_bridges_free(&r);
    small_net_free(s);
}

Test(bridges, companies_that_only_the_cut_off_know)
{
    /* A triangle 0 1 2, and 3 who leads from 0 to 4 and 5. Without 3 the two are cut off. */
    small_net *s = small_net_from_ties(
        6, (const uint32_t[][2]){{0, 1}, {0, 2}, {1, 2}, {0, 3}, {3, 4}, {3, 5}}, 6, NULL);
    small_net_value(s, 1, KITH_FIELD_COMPANY, "ACMÉ");
    small_net_value(s, 4, KITH_FIELD_COMPANY, "Acme"); /* 1 is there too */
    small_net_value(s, 5, KITH_FIELD_COMPANY, "Zebra");
    small_net_value(s, 5, KITH_FIELD_COMPANY, "Before"); /* not the preferred one */
    small_net_value(s, 3, KITH_FIELD_COMPANY, "zebra");  /* the cut person does not count */
    kith_bridges_result r = bridges_of(s, 0);
    const kith_cut *three = &broker(&r, 3)->cut, *zero = &broker(&r, 0)->cut;

    cr_assert_eq(three->parts, 3);
    cr_assert_eq(three->people_cut_off, 2);
    cr_assert_eq(three->n_companies, 1);
    cr_assert_str_eq(three->companies[0], "Zebra");
    /* Without 0, the larger piece is 3 4 5: 1 and 2 are cut off, with a company known there too. */
    cr_assert_eq(zero->parts, 2);
    cr_assert_eq(zero->people_cut_off, 2);
    cr_assert_eq(zero->n_companies, 0);
    cr_assert_eq(broker(&r, 1)->cut.parts, 0);
    kith_bridges_free(&r);
    small_net_free(s);
}

/* Marriage ties of 15 Renaissance Florentine families (Padgett & Ansell 1993). */
Test(bridges, florentine_families)
{
    enum { ACCIAIUOLI, ALBIZZI, BARBADORI, BISCHERI, CASTELLANI, GINORI, GUADAGNI, LAMBERTESCHI, MEDICI };
    enum { PAZZI = MEDICI + 1, PERUZZI, RIDOLFI, SALVIATI, STROZZI, TORNABUONI };
    static const uint32_t ties[][2] = {
        {ACCIAIUOLI, MEDICI}, {CASTELLANI, PERUZZI}, {CASTELLANI, STROZZI}, {CASTELLANI, BARBADORI},
        {MEDICI, BARBADORI},  {MEDICI, RIDOLFI},     {MEDICI, TORNABUONI},  {MEDICI, ALBIZZI},
        {MEDICI, SALVIATI},   {SALVIATI, PAZZI},     {PERUZZI, STROZZI},    {PERUZZI, BISCHERI},
        {STROZZI, RIDOLFI},   {STROZZI, BISCHERI},   {RIDOLFI, TORNABUONI}, {TORNABUONI, GUADAGNI},
        {ALBIZZI, GINORI},    {ALBIZZI, GUADAGNI},   {BISCHERI, GUADAGNI},  {GUADAGNI, LAMBERTESCHI},
    };
    small_net *s = small_net_from_ties(15, ties, 20, NULL);
    kith_bridges_result r = bridges_of(s, 0);

    cr_assert_eq(r.people[0].person, MEDICI);
    cr_assert_float_eq(r.people[0].betweenness_normalized, 0.522, 0.001);
    cr_assert_eq(r.people[1].person, GUADAGNI);
    cr_assert_float_eq(r.people[1].betweenness_normalized, 0.255, 0.001);
    /* Without the Medici: the Acciaiuoli alone, Salviati with Pazzi, and the other eleven. */
    cr_assert_eq(r.people[0].cut.parts, 3);
    cr_assert_eq(r.people[0].cut.people_cut_off, 3);
    cr_assert_eq(r.n_bridge_ties, 5);
    cr_assert_eq(r.bridge_ties[0].people_on_small_side, 2);
    cr_assert_eq(r.bridge_ties[0].a, MEDICI);
    cr_assert_eq(r.bridge_ties[0].b, SALVIATI);
    cr_assert_eq(r.n_cut_people, 4, "Medici, Guadagni, Albizzi, Salviati");
    kith_bridges_free(&r);
    small_net_free(s);
}

enum { MOST = 12 };

/** Numbers the parts of a graph without one person (UINT32_MAX: all stay) and one tie, the slow way. */
static uint32_t parts_without(const kith_graph *g, uint32_t gone, uint32_t a, uint32_t b, uint32_t *part)
{
    uint32_t parts = 0;

    for (uint32_t v = 0; v < g->n; v++)
        part[v] = v;
    for (uint32_t round = 0; round < g->n; round++)
        for (uint32_t v = 0; v < g->n; v++)
            for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++) {
                uint32_t w = g->target[e];
                bool lost = v == gone || w == gone || (v == a && w == b) || (v == b && w == a);
                if (!lost && part[w] < part[v])
                    part[v] = part[w];
            }
    for (uint32_t v = 0; v < g->n; v++)
        parts += part[v] == v && v != gone;
    return parts;
}

static uint32_t size_of(const uint32_t *part, uint32_t n, uint32_t which, uint32_t gone)
{
    uint32_t size = 0;

    for (uint32_t v = 0; v < n; v++)
        size += part[v] == which && v != gone;
    return size;
}

/**
 * Removes a person and counts again. Of pieces of the same size the one with the first company of
 * the answer missing is as good as any, so companies are checked where the largest piece is alone.
 */
static void expect_cut(const kith_graph *g, const uint32_t *company, const kith_broker *b, uint64_t seed)
{
    const uint32_t v = b->person;
    uint32_t whole[MOST], part[MOST];
    uint32_t parts = 0, largest = 0, n_largest = 0, kept = 0, people = 0;

    parts_without(g, UINT32_MAX, UINT32_MAX, UINT32_MAX, whole);
    parts_without(g, v, UINT32_MAX, UINT32_MAX, part);
    for (uint32_t u = 0; u < g->n; u++) {
        uint32_t size = u == v || whole[u] != whole[v] || part[u] != u ? 0 : size_of(part, g->n, u, v);
        parts += size > 0;
        people += size;
        if (size > largest) {
            largest = size;
            kept = u;
            n_largest = 0;
        }
        n_largest += size > 0 && size == largest;
    }
    if (parts < 2) {
        cr_assert_eq(b->cut.parts, 0, "seed %lu, person %u", seed, v);
        cr_assert_eq(b->cut.people_cut_off + b->cut.n_companies, 0);
        return;
    }
    cr_assert_eq(b->cut.parts, parts, "seed %lu, person %u", seed, v);
    cr_assert_eq(b->cut.people_cut_off, people - largest, "seed %lu, person %u", seed, v);
    if (n_largest > 1)
        return;
    uint32_t expected = 0;
    for (uint32_t c = 0; c < 4; c++) {
        bool off = false, stays = false;
        for (uint32_t u = 0; u < g->n; u++) {
            if (u == v || whole[u] != whole[v] || company[u] != c)
                continue;
            stays |= part[u] == kept;
            off |= part[u] != kept;
        }
        if (!off || stays)
            continue;
        const char name[] = {(char)('A' + c), '\0'};
        cr_assert_lt(expected, b->cut.n_companies, "seed %lu, person %u", seed, v);
        cr_assert_str_eq(b->cut.companies[expected++], name, "seed %lu, person %u", seed, v);
    }
    cr_assert_eq(b->cut.n_companies, expected, "seed %lu, person %u", seed, v);
}

static void expect_bridge_ties(const kith_graph *g, const kith_bridges_result *r, uint64_t seed)
{
    uint32_t part[MOST], count = 0;
    uint32_t whole = parts_without(g, UINT32_MAX, UINT32_MAX, UINT32_MAX, part);

    for (uint32_t a = 0; a < g->n; a++)
        for (uint64_t e = g->offset[a]; e < g->offset[a + 1]; e++)
            count += a < g->target[e] && parts_without(g, UINT32_MAX, a, g->target[e], part) > whole;
    cr_assert_eq(r->n_bridge_ties, count, "seed %lu", seed);
    for (uint32_t i = 0; i < count; i++) {
        const kith_bridge_tie *t = &r->bridge_ties[i];
        cr_assert_lt(t->a, t->b);
        parts_without(g, UINT32_MAX, t->a, t->b, part);
        uint32_t one = size_of(part, g->n, part[t->a], UINT32_MAX);
        uint32_t other = size_of(part, g->n, part[t->b], UINT32_MAX);
        cr_assert_neq(part[t->a], part[t->b], "seed %lu", seed);
        cr_assert_eq(t->people_on_small_side, one < other ? one : other, "seed %lu", seed);
        if (i > 0) {
            const kith_bridge_tie *before = t - 1;
            cr_assert(before->people_on_small_side > t->people_on_small_side ||
                      (before->people_on_small_side == t->people_on_small_side &&
                       (before->a < t->a || (before->a == t->a && before->b < t->b))));
        }
    }
}

Test(bridges, removing_each_person_and_tie_and_counting_again)
{
    for (uint64_t seed = 0; seed < 240; seed++) {
        random_graph random = random_graph_make(seed, MOST);
        const kith_graph *g = &random.graph;
        uint32_t company[MOST], cut_people = 0;
        kith_rng rng;
        small_net *s = small_net_new(g->n);

        kith_rng_seed(&rng, seed);
        for (uint32_t v = 0; v < g->n; v++) {
            company[v] = (uint32_t)kith_rng_below(&rng, 5); /* 4: none */
            const char name[] = {(char)('A' + company[v]), '\0'};
            if (company[v] < 4)
                small_net_value(s, v, KITH_FIELD_COMPANY, name);
            for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
                if (v < g->target[e])
                    small_net_tie(s, v, g->target[e], g->cost[e]);
        }
        kith_bridges_result r = bridges_of(s, 0);
        cr_assert_eq(r.n_people, g->n);
        for (uint32_t i = 0; i < r.n_people; i++) {
            expect_cut(g, company, &r.people[i], seed);
            cut_people += r.people[i].cut.parts > 0;
            cr_assert(i == 0 || r.people[i - 1].betweenness >= r.people[i].betweenness);
        }
        cr_assert_eq(r.n_cut_people, cut_people);
        expect_bridge_ties(g, &r, seed);
        kith_bridges_free(&r);
        small_net_free(s);
        random_graph_free(&random);
    }
}

static bool stop(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx, (void)phase, (void)done, (void)total;
    return false;
}

Test(bridges, stops_when_told)
{
    small_net *s = small_net_from_ties(3, (const uint32_t[][2]){{0, 1}, {1, 2}}, 2, NULL);
    const kith_progress progress = {stop, NULL};
    kith_bridges_result r;

    cr_assert_eq(kith_bridges(small_net_open(s), &(kith_bridges_opts){.progress = &progress}, &r, NULL),
                 KITH_EINTERRUPT);
    cr_assert_null(r.people);
    small_net_free(s);
}

Test(bridges, sampled_is_near_exact_and_says_how)
{
    random_graph random = random_graph_make(13, 200);
    const kith_graph *g = &random.graph;
    small_net *s = small_net_new(g->n);
    kith_bridges_opts opts = {.epsilon = 0.02, .delta = 0.05, .seed = 9};
    kith_bridges_result exact, sampled;

    for (uint32_t v = 0; v < g->n; v++)
        for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
            if (v < g->target[e])
                small_net_tie(s, v, g->target[e], g->cost[e]);
    cr_assert_eq(kith_bridges(small_net_open(s), &opts, &exact, NULL), KITH_OK);
    cr_assert(exact.exact, "little work: nobody asked for samples");
    cr_assert_eq(exact.samples, 0);
    opts.method = KITH_BRIDGES_SAMPLED;
    cr_assert_eq(kith_bridges(small_net_open(s), &opts, &sampled, NULL), KITH_OK);
    cr_assert_not(sampled.exact);
    cr_assert_eq(sampled.epsilon, 0.02);
    cr_assert_eq(sampled.delta, 0.05);
    cr_assert_eq(sampled.seed, 9);
    cr_assert_gt(sampled.samples, 100);
    cr_assert_eq(sampled.work, exact.work);
    cr_assert_eq(sampled.n_cut_people, exact.n_cut_people);
    for (uint32_t i = 0; i < sampled.n_people; i++) {
        const kith_broker *b = &sampled.people[i], *truth = broker(&exact, b->person);
        cr_assert_leq(fabs(b->betweenness_normalized - truth->betweenness_normalized), 0.02);
        cr_assert_eq(b->cut.people_cut_off, truth->cut.people_cut_off);
        if (i > 0) {
            const kith_broker *above = b - 1;
            cr_assert(above->betweenness > b->betweenness ||
                          (above->betweenness == b->betweenness &&
                           (isnan(b->constraint) || above->constraint <= b->constraint)),
                      "equal samples go by constraint");
        }
    }
    kith_bridges_free(&exact);
    kith_bridges_free(&sampled);
    small_net_free(s);
    random_graph_free(&random);
}

Test(bridges, errors_that_make_no_sense)
{
    static const double wrong[] = {-0.1, 1, 2, NAN};
    small_net *s = small_net_from_ties(3, (const uint32_t[][2]){{0, 1}, {1, 2}}, 2, NULL);
    kith_bridges_result r;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cr_expect_eq(kith_bridges(small_net_open(s), &(kith_bridges_opts){.epsilon = wrong[i]}, &r, NULL),
                     KITH_EUSAGE);
        cr_expect_eq(kith_bridges(small_net_open(s), &(kith_bridges_opts){.delta = wrong[i]}, &r, NULL),
                     KITH_EUSAGE);
    }
    small_net_free(s);
}

static kith_code measure(void *ctx, kith_err *err)
{
    kith_bridges_result r;
    kith_code rc = kith_bridges(ctx, &(kith_bridges_opts){.top = 3}, &r, err);

    kith_bridges_free(&r);
    return rc;
}

Test(bridges, every_failed_allocation)
{
    small_net *s =
        small_net_from_ties(6, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}, {2, 4}, {4, 5}}, 5, NULL);
    for (uint32_t v = 0; v < 6; v++)
        small_net_value(s, v, KITH_FIELD_COMPANY, v % 2 ? "Acme" : "Initech");
    cr_assert_geq(each_failure(measure, (void *)small_net_open(s)), 10);
    small_net_free(s);
}

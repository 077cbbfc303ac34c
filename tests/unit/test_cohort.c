#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include <kith/cohort.h>

#include "base/rng.h"
#include "each_failure.h"
#include "igraph_oracle.h"
#include "random_graph.h"
#include "small_net.h"

enum { MOST = 24, GROUPS = 3, COMPANIES = 4, FAR = 1000 };

static const char *const group_names[GROUPS] = {"2019", "2020", "2021"};
static const char *const company_names[COMPANIES] = {"Acme", "Brill", "Cobalt", "Dorn"};

/** Random people; `group` is GROUPS and `company` COMPANIES for those of none. */
typedef struct world {
    random_graph graph;
    uint32_t group[MOST], company[MOST];
    uint32_t distance[MOST][MOST]; /**< in the whole network; FAR: no way */
    kith_ids targets;
    uint32_t target_ids[MOST];
    small_net *small;
} world;

static void measure_distances(world *w)
{
    const kith_graph *g = &w->graph.graph;

    for (uint32_t a = 0; a < g->n; a++)
        for (uint32_t b = 0; b < g->n; b++)
            w->distance[a][b] = a == b ? 0 : kith_graph_tie(g, a, b) != UINT64_MAX ? 1 : FAR;
    for (uint32_t c = 0; c < g->n; c++)
        for (uint32_t a = 0; a < g->n; a++)
            for (uint32_t b = 0; b < g->n; b++)
                if (w->distance[a][c] + w->distance[c][b] < w->distance[a][b])
                    w->distance[a][b] = w->distance[a][c] + w->distance[c][b];
}

static world world_make(uint64_t seed)
{
    world w = {.graph = random_graph_make(seed, MOST)};
    const kith_graph *g = &w.graph.graph;
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    w.small = small_net_new(g->n);
    for (uint32_t v = 0; v < g->n; v++) {
        w.group[v] = (uint32_t)kith_rng_below(&rng, GROUPS + 1);
        w.company[v] = (uint32_t)kith_rng_below(&rng, COMPANIES + 1);
        if (w.group[v] < GROUPS)
            small_net_value(w.small, v, KITH_FIELD_COHORT, group_names[w.group[v]]);
        if (w.company[v] < COMPANIES)
            small_net_value(w.small, v, KITH_FIELD_COMPANY, company_names[w.company[v]]);
        if (kith_rng_below(&rng, 8) == 0)
            w.target_ids[w.targets.count++] = v;
        for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
            if (v < g->target[e])
                small_net_tie(w.small, v, g->target[e], SMALL_NET_COST);
    }
    measure_distances(&w);
    return w;
}

static void world_free(world *w)
{
    small_net_free(w->small);
    random_graph_free(&w->graph);
}

static kith_cohort_result cohort_of(small_net *s, kith_cohort_opts opts)
{
    kith_cohort_result result;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_cohort(small_net_open(s), &opts, &result, &err), KITH_OK, "%s", err.message);
    return result;
}

static void same_number(double ours, double theirs, const char *what, uint64_t seed)
{
    cr_assert(isnan(ours) ? isnan(theirs) : fabs(ours - theirs) < 1e-9, "seed %lu: %s %g, not %g", seed, what,
              ours, theirs);
}

static bool in_group(const world *w, uint32_t v, uint32_t group)
{
    return group == GROUPS ? w->group[v] < GROUPS : w->group[v] == group;
}

/** Ties of v with others in the group. */
static uint32_t ties_inside(const world *w, uint32_t v, uint32_t group)
{
    const kith_graph *g = &w->graph.graph;
    uint32_t count = 0;

    for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
        count += in_group(w, g->target[e], group);
    return count;
}

static double plain_gini(const igraph_vector_t *x)
{
    double apart = 0, sum = 0;
    const igraph_integer_t n = igraph_vector_size(x);

    for (igraph_integer_t i = 0; i < n; i++) {
        sum += VECTOR(*x)[i];
        for (igraph_integer_t k = 0; k < n; k++)
            apart += fabs(VECTOR(*x)[i] - VECTOR(*x)[k]);
    }
    return sum > 0 ? apart / (2 * (double)n * sum) : NAN;
}

/** What igraph says of the part of the network that the group is. */
static void expect_inside(const world *w, uint32_t group, const kith_cohort_group *ours, uint64_t seed)
{
    igraph_t all, inside;
    igraph_vector_int_t people, cores, sizes;
    igraph_vector_t scores;
    igraph_real_t number;
    igraph_integer_t parts;

    igraph_oracle(&w->graph.graph, &all, NULL);
    igraph_vector_int_init(&people, 0);
    igraph_vector_int_init(&cores, 0);
    igraph_vector_int_init(&sizes, 0);
    igraph_vector_init(&scores, 0);
    for (uint32_t v = 0; v < w->graph.graph.n; v++)
        if (in_group(w, v, group))
            igraph_vector_int_push_back(&people, v);
    igraph_induced_subgraph(&all, &inside, igraph_vss_vector(&people), IGRAPH_SUBGRAPH_AUTO);
    cr_assert_eq(ours->people, igraph_vcount(&inside), "seed %lu", seed);
    cr_assert_eq(ours->ties_inside, (uint64_t)igraph_ecount(&inside), "seed %lu", seed);
    if (ours->people > 1) {
        igraph_density(&inside, &number, 0);
        same_number(ours->density, number, "density", seed);
    }
    igraph_transitivity_undirected(&inside, &number, IGRAPH_TRANSITIVITY_NAN);
    same_number(ours->clustering, number, "clustering", seed);
    if (ours->ties_inside > 0) {
        igraph_average_path_length(&inside, &number, NULL, IGRAPH_UNDIRECTED, 1);
        same_number(ours->mean_distance, number, "mean distance", seed);
    }
    igraph_connected_components(&inside, NULL, &sizes, &parts, IGRAPH_WEAK);
    cr_assert_eq(ours->parts, parts, "seed %lu", seed);
    igraph_coreness(&inside, &cores, IGRAPH_ALL);
    if (ours->people > 0) {
        cr_assert_eq(ours->largest, igraph_vector_int_max(&sizes), "seed %lu", seed);
        cr_assert_eq(ours->core, igraph_vector_int_max(&cores), "seed %lu", seed);
    }
    igraph_betweenness(&inside, &scores, igraph_vss_all(), IGRAPH_UNDIRECTED, NULL);
    same_number(ours->betweenness_gini, plain_gini(&scores), "Gini", seed);
    igraph_vector_destroy(&scores);
    igraph_vector_int_destroy(&sizes);
    igraph_vector_int_destroy(&cores);
    igraph_vector_int_destroy(&people);
    igraph_destroy(&inside);
    igraph_destroy(&all);
}

static void expect_ties(const world *w, uint32_t group, const kith_cohort_group *ours, uint64_t seed)
{
    const kith_graph *g = &w->graph.graph;
    uint64_t outside = 0, between = 0;

    for (uint32_t v = 0; v < g->n; v++)
        for (uint64_t e = g->offset[v]; in_group(w, v, group) && e < g->offset[v + 1]; e++) {
            outside += !in_group(w, g->target[e], group);
            between += w->group[g->target[e]] < GROUPS && w->group[g->target[e]] != w->group[v];
        }
    cr_assert_eq(ours->ties_outside, outside, "seed %lu", seed);
    cr_assert_eq(ours->ties_between, group == GROUPS ? between / 2 : between, "seed %lu", seed);
}

/** The most ties inside such that a quarter of the group has as many, and two at least. */
static uint32_t least_ties(const world *w, uint32_t group, uint32_t people)
{
    uint32_t least = MOST;

    for (uint32_t as_many = 0; least > 2 && as_many < (people + 3) / 4;) {
        least--;
        as_many = 0;
        for (uint32_t v = 0; v < w->graph.graph.n; v++)
            as_many += in_group(w, v, group) && ties_inside(w, v, group) >= least;
    }
    return least;
}

/** The nearest of v who is well-connected in the group. */
static uint32_t nearest(const world *w, uint32_t v, uint32_t group)
{
    uint32_t people = 0, best = UINT32_MAX;

    for (uint32_t u = 0; u < w->graph.graph.n; u++)
        people += in_group(w, u, group);
    const uint32_t least = least_ties(w, group, people);
    for (uint32_t u = 0; u < w->graph.graph.n; u++) {
        if (!in_group(w, u, group) || ties_inside(w, u, group) < least || w->distance[v][u] >= FAR)
            continue;
        if (best == UINT32_MAX || w->distance[v][u] < w->distance[v][best] ||
            (w->distance[v][u] == w->distance[v][best] &&
             ties_inside(w, u, group) > ties_inside(w, best, group)))
            best = u;
    }
    return best;
}

static void expect_lone(const world *w, uint32_t group, const kith_cohort_group *ours, uint64_t seed)
{
    uint32_t alone = 0, weak = 0;

    for (uint32_t v = 0; v < w->graph.graph.n; v++) {
        const uint32_t ties = ties_inside(w, v, group);
        if (!in_group(w, v, group) || ties > 1)
            continue;
        uint32_t best = nearest(w, v, group);
        const bool wider = best == UINT32_MAX;
        best = wider ? nearest(w, v, GROUPS) : best;
        const kith_lone_person *lone = ties == 0 ? &ours->isolates[alone++] : &ours->weakly_tied[weak++];
        cr_assert_leq(alone, ours->n_isolates, "seed %lu", seed);
        cr_assert_leq(weak, ours->n_weakly_tied, "seed %lu", seed);
        cr_assert_eq(lone->person, v, "seed %lu", seed);
        cr_assert_eq(lone->nearest, best, "seed %lu, person %u", seed, v);
        cr_assert_eq(lone->ties_away, best == UINT32_MAX ? 0 : w->distance[v][best], "seed %lu", seed);
        cr_assert_eq(lone->ties, kith_graph_degree(&w->graph.graph, v), "seed %lu", seed);
        if (wider && best != UINT32_MAX && w->group[best] != w->group[v])
            cr_assert_str_eq(lone->nearest_group, group_names[w->group[best]], "seed %lu", seed);
        else
            cr_assert_null(lone->nearest_group, "seed %lu", seed);
        cr_assert(ties == 0 ? lone->contact == UINT32_MAX : w->distance[v][lone->contact] == 1);
    }
    cr_assert_eq(alone, ours->n_isolates, "seed %lu", seed);
    cr_assert_eq(weak, ours->n_weakly_tied, "seed %lu", seed);
}

/** The share of the group's people who are none of some, and have one of them within so many ties. */
static double share_near(const world *w, uint32_t group, uint32_t most, const bool *some, double people)
{
    double count = 0;

    for (uint32_t v = 0; v < w->graph.graph.n; v++) {
        bool near = false;
        for (uint32_t u = 0; u < w->graph.graph.n; u++)
            near |= some[u] && w->distance[v][u] <= most;
        count += in_group(w, v, group) && !some[v] && near;
    }
    return count / people;
}

static void expect_reach(const world *w, uint32_t group, const kith_cohort_group *ours, uint64_t seed)
{
    bool some[MOST] = {false};
    uint32_t within_3 = 0;

    for (uint32_t i = 0; i < w->targets.count; i++)
        some[w->target_ids[i]] = true;
    same_number(ours->targets[0].within_2, share_near(w, group, 2, some, ours->people), "target", seed);
    same_number(ours->targets[0].within_3, share_near(w, group, 3, some, ours->people), "target", seed);
    for (uint32_t c = 0; c < COMPANIES; c++) {
        for (uint32_t v = 0; v < w->graph.graph.n; v++)
            some[v] = w->company[v] == c;
        within_3 += share_near(w, group, 3, some, ours->people) > 0;
        for (uint32_t i = 0; i < ours->n_companies; i++) {
            if (strcmp(ours->companies[i].company, company_names[c]) != 0)
                continue;
            same_number(ours->companies[i].within_2, share_near(w, group, 2, some, ours->people), "company",
                        seed);
            same_number(ours->companies[i].within_3, share_near(w, group, 3, some, ours->people), "company",
                        seed);
        }
    }
    cr_assert_eq(ours->companies_within_3, within_3, "seed %lu", seed);
    cr_assert_eq(ours->n_companies, within_3, "seed %lu: four companies are all told of", seed);
}

/** Everyone left out, those with fewest ties first. */
static void expect_left_out(const kith_cohort_result *r, uint64_t seed)
{
    uint32_t all = 0;

    for (uint32_t g = 0; g < r->n_groups; g++)
        all += r->groups[g].n_isolates + r->groups[g].n_weakly_tied;
    cr_assert_eq(r->n_left_out, all, "seed %lu", seed);
    for (uint32_t i = 0; i < all; i++) {
        const kith_lone_person *here = r->left_out[i], *before = i > 0 ? r->left_out[i - 1] : here;
        const kith_cohort_group *of = &r->groups[here->group];
        cr_assert(here->contact == UINT32_MAX
                      ? here >= of->isolates && here < of->isolates + of->n_isolates
                      : here >= of->weakly_tied && here < of->weakly_tied + of->n_weakly_tied);
        cr_assert_leq(before->ties, here->ties, "seed %lu", seed);
        cr_assert(i == 0 || here != before, "seed %lu: nobody comes twice", seed);
    }
}

static void expect_group(const world *w, uint32_t group, const kith_cohort_group *ours, uint64_t seed)
{
    expect_inside(w, group, ours, seed);
    expect_ties(w, group, ours, seed);
    expect_lone(w, group, ours, seed);
    if (ours->people > 0)
        expect_reach(w, group, ours, seed);
}

Test(cohort, is_what_igraph_and_plain_counting_give)
{
    for (uint64_t seed = 0; seed < 80; seed++) {
        world w = world_make(seed);
        w.targets.ids = w.target_ids;
        kith_cohort_result r = cohort_of(w.small, (kith_cohort_opts){.grouping = KITH_GROUPING_FIELD,
                                                                     .field = KITH_FIELD_COHORT,
                                                                     .permutations = 3,
                                                                     .targets = &w.targets,
                                                                     .n_targets = 1});
        uint32_t listed = 0;

        for (uint32_t group = 0; group < GROUPS; group++) {
            bool any = false;
            for (uint32_t v = 0; v < w.graph.graph.n; v++)
                any |= w.group[v] == group;
            if (!any)
                continue;
            cr_assert_lt(listed, r.n_groups, "seed %lu", seed);
            cr_assert_str_eq(r.groups[listed].name, group_names[group], "cohorts come by name");
            expect_group(&w, group, &r.groups[listed++], seed);
        }
        cr_assert_eq(r.n_groups, listed, "seed %lu", seed);
        expect_group(&w, GROUPS, &r.overall, seed);
        expect_left_out(&r, seed);
        cr_assert_eq(r.overall.people + r.in_no_group, w.graph.graph.n, "seed %lu", seed);
        kith_cohort_free(&r);
        world_free(&w);
    }
}

/** 0, 1, 2 and 3 of Acme, 4 and 5 of Brill, 6 of neither: 0-1, 0-2, 1-2 inside Acme, 4-5 inside Brill, 3-4
 * and 6-0 outside. */
static small_net *two_companies(void)
{
    static const uint32_t ties[][2] = {{0, 1}, {0, 2}, {1, 2}, {4, 5}, {3, 4}, {6, 0}};
    small_net *s = small_net_from_ties(7, ties, 6, NULL);

    for (uint32_t v = 0; v < 4; v++)
        small_net_value(s, v, KITH_FIELD_COMPANY, "Acme");
    for (uint32_t v = 4; v < 6; v++)
        small_net_value(s, v, KITH_FIELD_COMPANY, "Brill");
    return s;
}

Test(cohort, two_companies_side_by_side)
{
    small_net *s = two_companies();
    kith_cohort_result r = cohort_of(s, (kith_cohort_opts){0});
    const kith_cohort_group *acme = &r.groups[0], *brill = &r.groups[1];

    cr_assert_eq(r.n_groups, 2);
    cr_assert_str_eq(acme->name, "Acme", "the larger");
    cr_expect_eq(acme->people, 4);
    cr_expect_eq(acme->ties_inside, 3);
    cr_expect_eq(acme->ties_between, 1);
    cr_expect_eq(acme->ties_outside, 2);
    cr_expect_float_eq(acme->density, 0.5, 1e-12);
    cr_expect_eq(acme->clustering, 1);
    cr_expect_eq(acme->core, 2);
    cr_expect_eq(acme->core_people, 3);
    cr_expect_float_eq(acme->ei_index, -0.5, 1e-12);
    cr_expect_eq(acme->bus_factor, 2, "a triangle falls to one person when two leave");
    cr_assert_eq(acme->n_isolates, 1);
    cr_expect_eq(acme->isolates[0].person, 3);
    cr_expect_eq(acme->isolates[0].nearest, 4, "nobody of 3, 4, 5 leads to Acme; 4 has two ties in all");
    cr_expect_str_eq(acme->isolates[0].nearest_group, "Brill");
    cr_expect_eq(acme->isolates[0].ties_away, 1);
    cr_expect_eq(acme->companies_within_2, 1);
    cr_expect_str_eq(acme->companies[0].company, "Brill");
    cr_expect_float_eq(acme->companies[0].within_2, 0.25, 1e-12, "3 alone");
    cr_expect_eq(brill->n_weakly_tied, 2);
    cr_expect_eq(brill->weakly_tied[0].contact, 5);
    /* 5 ties among people in a company: 3/5 - (7/10)^2 and 1/5 - (3/10)^2 */
    cr_expect_float_eq(acme->modularity, 0.11, 1e-12);
    cr_expect_float_eq(brill->modularity, 0.11, 1e-12);
    cr_expect_float_eq(r.overall.modularity, 0.22, 1e-12);
    cr_expect_float_eq(r.assortativity, 0.22 / (1 - 0.49 - 0.09), 1e-12);
    cr_expect_eq(r.overall.ties_outside, 1, "6");
    kith_cohort_free(&r);
    small_net_free(s);
}

Test(cohort, nobody_who_may_not_be_introduced_is_the_nearest)
{
    small_net *s =
        small_net_from_ties(5, (const uint32_t[][2]){{0, 1}, {0, 2}, {1, 2}, {2, 3}, {3, 4}}, 5, NULL);

    for (uint32_t v = 0; v < 5; v++)
        if (v != 3)
            small_net_value(s, v, KITH_FIELD_COMPANY, "Acme");
    small_net_flags(s, 2, KITH_PERSON_DO_NOT_INTRODUCE);
    kith_cohort_result r = cohort_of(s, (kith_cohort_opts){0});

    cr_assert_eq(r.groups[0].n_isolates, 1);
    cr_expect_eq(r.groups[0].isolates[0].person, 4);
    cr_expect_eq(r.groups[0].isolates[0].nearest, 0, "through 3 and 2, whom nobody may introduce");
    cr_expect_eq(r.groups[0].isolates[0].ties_away, 3);
    kith_cohort_free(&r);
    small_net_free(s);
}

Test(cohort, mentoring_of_a_group)
{
    small_net *s = two_companies();
    kith_mentorship now = {.mentor = 6,
                           .mentee = 2,
                           .start = small_net_day(2023, 6, 1),
                           .end = KITH_NO_DATE,
                           .status = KITH_MENTORSHIP_ACTIVE,
                           .programme = "",
                           .cohort = "",
                           .meetings = UINT32_MAX,
                           .last_meeting = KITH_NO_DATE,
                           .requested = KITH_NO_DATE};
    small_net_mentorship(s, 6, 0, small_net_day(2020, 1, 1), small_net_day(2021, 1, 1));
    small_net_mentorship(s, 0, 4, small_net_day(2022, 1, 1), small_net_day(2023, 1, 1));
    small_net_mentorship_full(s, &now);
    kith_cohort_result r = cohort_of(s, (kith_cohort_opts){0});

    cr_expect_float_eq(r.groups[0].with_mentor, 0.25, 1e-12, "2");
    cr_expect_float_eq(r.groups[0].mentored, 0.5, 1e-12, "0 and 2");
    cr_expect_eq(r.groups[0].pay_forward.mentored, 2);
    cr_expect_eq(r.groups[0].pay_forward.passed_on, 1, "0 mentors 4");
    cr_expect_eq(r.groups[0].pay_forward.n_curve, 1);
    cr_expect_eq(r.groups[0].pay_forward.curve[0].share, 1, "2 was followed less long than 0 took");
    cr_expect_eq(r.groups[1].with_mentor, 0);
    cr_expect_eq(r.groups[1].pay_forward.mentored, 1);
    cr_expect_eq(r.overall.pay_forward.mentored, 3);
    kith_cohort_free(&r);
    small_net_free(s);
}

Test(cohort, of_nobody_there_is_nothing_to_tell)
{
    small_net *s = small_net_from_ties(2, (const uint32_t[][2]){{0, 1}}, 1, NULL);
    small_net *empty = small_net_new(0);
    kith_cohort_result r = cohort_of(s, (kith_cohort_opts){0}),
                       none = cohort_of(empty, (kith_cohort_opts){0});

    cr_expect_eq(r.n_groups, 0);
    cr_expect_eq(r.overall.people, 0);
    cr_expect_eq(r.in_no_group, 2);
    cr_expect_eq(none.in_no_group, 0);
    kith_cohort_free(&r);
    kith_cohort_free(&none);
    small_net_free(s);
    small_net_free(empty);
}

Test(cohort, the_largest_groups_are_told)
{
    small_net *s = two_companies();
    kith_cohort_result r = cohort_of(s, (kith_cohort_opts){.top = 1}),
                       all = cohort_of(s, (kith_cohort_opts){0});

    cr_assert_eq(r.n_groups, 1);
    cr_expect_eq(r.n_all_groups, 2);
    cr_expect_eq(r.groups[0].ei_p, all.groups[0].ei_p);
    cr_expect_eq(r.groups[0].ties_between, all.groups[0].ties_between);
    cr_expect_eq(r.overall.people, 6, "all together are all groups");
    kith_cohort_free(&r);
    kith_cohort_free(&all);
    small_net_free(s);
}

Test(cohort, large_groups_are_looked_at_from_some)
{
    /* A wheel of one company: 0 knows all, the others stand in a ring. 25,000 people times 50,000 ties. */
    enum { N = 25000 };
    small_net *s = small_net_new(N);

    for (uint32_t v = 0; v < N; v++) {
        small_net_value(s, v, KITH_FIELD_COMPANY, "Acme");
        if (v > 0) {
            small_net_tie(s, 0, v, SMALL_NET_COST);
            small_net_tie(s, v, v % (N - 1) + 1, SMALL_NET_COST);
        }
    }
    kith_cohort_result r = cohort_of(s, (kith_cohort_opts){.permutations = 1});

    cr_expect_eq(r.groups[0].looked_from, KITH_COHORT_SOURCES);
    cr_expect(r.groups[0].betweenness_sampled);
    cr_expect_eq(r.groups[0].longest_distance, 2);
    cr_expect_float_eq(r.groups[0].mean_distance, (3 + 2.0 * (N - 4)) / (N - 1), 1e-3, "0 may be drawn");
    cr_expect_eq(r.groups[0].bus_factor, 3, "the hub, then the ring is cut in two");
    cr_expect_eq(r.groups[0].bus[0], 0);
    kith_cohort_free(&r);
    small_net_free(s);
}

static kith_code work(void *ctx, kith_err *err)
{
    static uint32_t ids[] = {1};
    const kith_ids targets = {ids, 1};
    kith_cohort_result r;
    kith_code rc = kith_cohort(
        ctx, &(kith_cohort_opts){.targets = &targets, .n_targets = 1, .permutations = 2}, &r, err);

    kith_cohort_free(&r);
    return rc;
}

Test(cohort, every_failed_allocation_is_told)
{
    small_net *s = two_companies();

    cr_expect_gt(each_failure(work, (void *)(uintptr_t)small_net_open(s)), 0);
    small_net_free(s);
}

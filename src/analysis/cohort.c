#include <kith/cohort.h>

#include <stdlib.h>
#include <string.h>

#include "analysis/cohort_inside.h"
#include "analysis/cohort_mentoring.h"
#include "analysis/cohort_reach.h"
#include "analysis/ei_index.h"
#include "analysis/groups.h"
#include "analysis/lone_people.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/ticker.h"

static const uint32_t usual_permutations = 1000;

/** All that is known while groups are measured. */
typedef struct measuring {
    const kith_net *net;
    const kith_cohort_opts *opts;
    kith_cohort_result *result;
    kith_graph graph;
    const uint8_t *flags;
    kith_groups groups;
    uint64_t *first;   /**< [groups + 1] where each group's people begin in `people` */
    uint32_t *people;  /**< those of each group, ascending */
    uint32_t *members; /**< [n_members] everyone in a group, ascending */
    uint32_t n_members;
    kith_induced all; /**< of these */
    uint32_t *chosen; /**< [result->n_groups] groups in the order of the answer */
    uint32_t *local;  /**< [n] UINT32_MAX between uses */
    kith_lone_space lone;
    kith_reaching *reaching;
} measuring;

static void measuring_free(measuring *m)
{
    kith_groups_free(&m->groups);
    kith_free(m->first);
    kith_free(m->people);
    kith_free(m->members);
    kith_induced_free(&m->all);
    kith_free(m->chosen);
    kith_free(m->local);
    kith_lone_space_free(&m->lone);
    kith_reaching_free(m->reaching);
}

/** Lists the people of each group, and of all. */
static void list_people(measuring *m)
{
    const kith_groups *groups = &m->groups;

    m->first[0] = 0;
    for (uint32_t g = 0; g < groups->count; g++)
        m->first[g + 1] = m->first[g] + groups->people[g];
    for (uint32_t v = 0; v < m->graph.n; v++) {
        m->local[v] = UINT32_MAX;
        if (groups->of[v] == KITH_NO_GROUP)
            continue;
        m->people[m->first[groups->of[v]]++] = v;
        m->members[m->n_members++] = v;
    }
    for (uint32_t g = groups->count; g > 0; g--) /* each has moved on to the next one's */
        m->first[g] = m->first[g - 1];
    m->first[0] = 0;
}

static kith_code measuring_new(measuring *m, kith_err *err)
{
    const kith_cohort_opts *opts = m->opts;
    const kith_community_opts how = {opts->resolution, opts->runs, opts->seed, opts->progress};
    kith_code rc;

    if ((rc = kith_net_graph(m->net, &m->graph, err)) != KITH_OK)
        return rc;
    if (!(m->flags = kith_net_flags(m->net)))
        return kith_net_status(m->net, err);
    if ((rc = kith_tick_now(opts->progress, "finding groups", 0, 0, err)) != KITH_OK ||
        (rc = kith_groups_find(m->net, &m->graph, opts->grouping, opts->field, &how, &m->groups, err)) !=
            KITH_OK)
        return rc;
    const uint32_t n = m->graph.n;
    m->first = kith_alloc_array((size_t)m->groups.count + 1, sizeof *m->first);
    m->people = kith_alloc_array(n, sizeof *m->people);
    m->members = kith_alloc_array(n, sizeof *m->members);
    m->chosen = kith_alloc_array(m->groups.count, sizeof *m->chosen);
    m->local = kith_alloc_array(n, sizeof *m->local);
    if (!m->first || !m->people || !m->members || !m->chosen || !m->local)
        return kith_fail_memory(err, "groups");
    list_people(m);
    if ((rc = kith_induced_new(&m->graph, m->members, m->n_members, m->local, &m->all, err)) != KITH_OK ||
        (rc = kith_lone_space_new(n, &m->lone, err)) != KITH_OK)
        return rc;
    return kith_reaching_new(m->net, &m->graph, opts->targets, opts->n_targets, &m->reaching, err);
}

/* ---- which groups ---- */

static int compare_names(const void *a, const void *b, void *ctx)
{
    const measuring *m = ctx;
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    const int order = strcmp(m->result->group_names[x], m->result->group_names[y]);

    return order ? order : (x > y) - (x < y);
}

static int compare_sizes(const void *a, const void *b, void *ctx)
{
    const measuring *m = ctx;
    const uint32_t x = m->groups.people[*(const uint32_t *)a], y = m->groups.people[*(const uint32_t *)b];

    return x != y ? (x > y ? -1 : 1) : compare_names(a, b, ctx);
}

/** The largest groups, in the order of the answer. */
static kith_code choose_groups(measuring *m, kith_err *err)
{
    kith_cohort_result *result = m->result;
    const uint32_t count = m->groups.count,
                   top = m->opts->top > 0 && m->opts->top < count ? m->opts->top : count;
    kith_code rc;

    if ((rc = kith_groups_name(m->net, &m->groups, &result->group_names, err)) != KITH_OK)
        return rc;
    if (!(result->groups = kith_calloc(top, sizeof *result->groups)))
        return kith_fail_memory(err, "groups");
    for (uint32_t g = 0; g < count; g++)
        m->chosen[g] = g;
    if (count > 0)
        qsort_r(m->chosen, count, sizeof *m->chosen, compare_sizes, m);
    if (top > 0 && m->opts->grouping == KITH_GROUPING_FIELD && m->opts->field == KITH_FIELD_COHORT)
        qsort_r(m->chosen, top, sizeof *m->chosen, compare_names, m);
    for (uint32_t i = 0; i < top; i++)
        result->groups[i].name = result->group_names[m->chosen[i]];
    result->n_groups = top;
    result->n_all_groups = count;
    result->in_no_group = m->graph.n - m->n_members;
    return KITH_OK;
}

/* ---- one group after another ---- */

/** People looked from where not everyone is: places in the group, which are drawn, and ids. */
typedef struct drawn {
    uint32_t places[KITH_COHORT_SOURCES], ids[KITH_COHORT_SOURCES];
} drawn;

static void draw(const uint32_t *people, uint32_t count, uint64_t seed, drawn *out)
{
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    for (uint32_t i = 0; i < KITH_COHORT_SOURCES; i++) {
        out->places[i] = (uint32_t)kith_rng_below(&rng, count);
        out->ids[i] = people[out->places[i]];
    }
}

/** Ties to anyone outside. */
static uint64_t ties_outside(const kith_graph *graph, const kith_induced *inside)
{
    uint64_t rows = 0;

    for (uint32_t i = 0; i < inside->graph.n; i++)
        rows += kith_graph_degree(graph, inside->people[i]);
    return rows - 2 * inside->graph.m;
}

static kith_code measure_group(measuring *m, const kith_induced *inside, kith_cohort_group *out,
                               kith_err *err)
{
    kith_code rc;
    drawn some;
    const uint32_t *people = inside->people, count = inside->graph.n;
    const bool all = count <= KITH_COHORT_SOURCES || count * m->graph.m <= KITH_COHORT_WORK;

    if (!all) {
        draw(people, count, m->opts->seed, &some);
        out->looked_from = KITH_COHORT_SOURCES;
    }
    out->people = count;
    out->ties_inside = inside->graph.m;
    out->ties_outside = ties_outside(&m->graph, inside);
    rc = kith_cohort_measure_inside(inside, all ? NULL : some.places, out->looked_from, m->opts, out, err);
    if (rc != KITH_OK ||
        (rc = kith_lone_people_list(&m->graph, m->flags, inside, &m->lone, out, err)) != KITH_OK)
        return rc;
    return kith_reaching_measure(m->reaching, people, count, all ? people : some.ids,
                                 all ? count : out->looked_from, out, err);
}

static kith_code measure_one(measuring *m, uint32_t group, kith_cohort_group *out, kith_err *err)
{
    kith_induced inside = {0};
    kith_code rc = kith_induced_new(&m->graph, m->people + m->first[group], m->groups.people[group], m->local,
                                    &inside, err);

    if (rc == KITH_OK)
        rc = measure_group(m, &inside, out, err);
    kith_induced_free(&inside);
    return rc;
}

static kith_code measure_groups(measuring *m, kith_err *err)
{
    static const char phase[] = "measuring groups";
    kith_cohort_result *result = m->result;
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; rc == KITH_OK && i < result->n_groups; i++) {
        if ((rc = kith_tick_now(m->opts->progress, phase, i, result->n_groups + 1, err)) == KITH_OK)
            rc = measure_one(m, m->chosen[i], &result->groups[i], err);
    }
    if (rc == KITH_OK)
        rc = kith_tick_now(m->opts->progress, phase, result->n_groups, result->n_groups + 1, err);
    return rc ? rc : measure_group(m, &m->all, &result->overall, err);
}

/* ---- who is left out ---- */

static int compare_lone(const void *a, const void *b)
{
    const kith_lone_person *x = *(const kith_lone_person *const *)a, *y = *(const kith_lone_person *const *)b;
    const int inside = (x->contact != UINT32_MAX) - (y->contact != UINT32_MAX);

    if (x->ties != y->ties)
        return x->ties < y->ties ? -1 : 1;
    if (inside || x->group == y->group)
        return inside ? inside : (x->person > y->person) - (x->person < y->person);
    return x->group < y->group ? -1 : 1;
}

/** Tells whose they are, and whose are those near them. */
static void place_lone(measuring *m, uint32_t group, kith_lone_person *people, uint32_t count)
{
    kith_cohort_result *result = m->result;

    for (uint32_t i = 0; i < count; i++) {
        const uint32_t nearest = people[i].nearest;
        people[i].group = group;
        if (group == result->n_groups)
            continue;
        result->left_out[result->n_left_out++] = &people[i];
        if (nearest != UINT32_MAX && m->groups.of[nearest] != m->chosen[group])
            people[i].nearest_group = result->group_names[m->groups.of[nearest]];
    }
}

static kith_code list_left_out(measuring *m, kith_err *err)
{
    kith_cohort_result *result = m->result;
    uint32_t count = 0;
    const kith_code rc = kith_lone_people_look_wider(&m->graph, m->flags, &m->all, &m->lone, result->groups,
                                                     result->n_groups, err);

    if (rc != KITH_OK)
        return rc;
    for (uint32_t g = 0; g < result->n_groups; g++)
        count += result->groups[g].n_isolates + result->groups[g].n_weakly_tied;
    if (!(result->left_out = kith_alloc_array(count, sizeof *result->left_out)))
        return kith_fail_memory(err, "who is left out");
    for (uint32_t g = 0; g <= result->n_groups; g++) {
        kith_cohort_group *group = g < result->n_groups ? &result->groups[g] : &result->overall;
        place_lone(m, g, group->isolates, group->n_isolates);
        place_lone(m, g, group->weakly_tied, group->n_weakly_tied);
    }
    if (count > 0)
        qsort(result->left_out, count, sizeof *result->left_out, compare_lone);
    return KITH_OK;
}

/* ---- groups beside each other ---- */

static void tell_ei(const kith_ei *ei, kith_cohort_group *out)
{
    out->ties_between = ei->between;
    out->ei_index = ei->index;
    out->ei_expected = ei->expected;
    out->ei_p = ei->p;
    out->modularity = ei->modularity;
}

static kith_code measure_ei(measuring *m, kith_err *err)
{
    kith_code rc;
    kith_cohort_result *result = m->result;
    const uint32_t wanted = m->opts->permutations > 0 ? m->opts->permutations : usual_permutations;
    const kith_dealing dealing = {wanted, m->opts->seed, m->opts->progress};
    kith_ei all, *each = kith_alloc_array(m->groups.count, sizeof *each);
    uint32_t *group = kith_alloc_array(m->n_members, sizeof *group);

    if (!each || !group) {
        rc = kith_fail_memory(err, "the E-I index");
        goto done;
    }
    for (uint32_t i = 0; i < m->n_members; i++)
        group[i] = m->groups.of[m->members[i]];
    if ((rc = kith_ei_measure(&m->all.graph, group, m->groups.count, &dealing, each, &all,
                              &result->permutations, &result->assortativity, err)) != KITH_OK)
        goto done;
    for (uint32_t i = 0; i < result->n_groups; i++)
        tell_ei(&each[m->chosen[i]], &result->groups[i]);
    tell_ei(&all, &result->overall);

done:
    kith_free(each);
    kith_free(group);
    return rc;
}

static kith_code measure_mentoring(measuring *m, kith_err *err)
{
    kith_code rc;
    kith_cohort_result *result = m->result;
    uint32_t *of_group = kith_alloc_array(m->groups.count, sizeof *of_group);
    uint32_t *place = kith_alloc_array(m->graph.n, sizeof *place);

    if (!of_group || !place) {
        rc = kith_fail_memory(err, "mentoring");
        goto done;
    }
    for (uint32_t g = 0; g < m->groups.count; g++)
        of_group[g] = result->n_groups;
    for (uint32_t i = 0; i < result->n_groups; i++)
        of_group[m->chosen[i]] = i;
    for (uint32_t v = 0; v < m->graph.n; v++)
        place[v] = m->groups.of[v] == KITH_NO_GROUP ? UINT32_MAX : of_group[m->groups.of[v]];
    rc = kith_cohort_measure_mentoring(m->net, place, result, err);

done:
    kith_free(of_group);
    kith_free(place);
    return rc;
}

kith_code kith_cohort(const kith_net *net, const kith_cohort_opts *opts, kith_cohort_result *result,
                      kith_err *err)
{
    kith_code rc;
    measuring m = {.net = net, .opts = opts, .result = result};

    *result = (kith_cohort_result){.n_targets = opts->n_targets,
                                   .grouping = opts->grouping,
                                   .field = opts->field,
                                   .top = opts->top,
                                   .seed = opts->seed};
    if ((rc = measuring_new(&m, err)) != KITH_OK || (rc = choose_groups(&m, err)) != KITH_OK ||
        (rc = measure_groups(&m, err)) != KITH_OK || (rc = list_left_out(&m, err)) != KITH_OK ||
        (rc = measure_ei(&m, err)) != KITH_OK || (rc = measure_mentoring(&m, err)) != KITH_OK)
        goto done;
    rc = kith_net_status(net, err);

done:
    measuring_free(&m);
    if (rc != KITH_OK)
        kith_cohort_free(result);
    return rc;
}

static void free_group(kith_cohort_group *group)
{
    kith_free(group->bus);
    kith_free(group->isolates);
    kith_free(group->weakly_tied);
    kith_free(group->pay_forward.curve);
    kith_free(group->targets);
}

void kith_cohort_free(kith_cohort_result *result)
{
    for (uint32_t i = 0; i < result->n_groups; i++)
        free_group(&result->groups[i]);
    free_group(&result->overall);
    kith_free(result->groups);
    kith_free(result->left_out);
    kith_free(result->group_names);
    *result = (kith_cohort_result){0};
}

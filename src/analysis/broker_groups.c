#include "analysis/broker_groups.h"

#include "analysis/groups.h"
#include "analysis/role_chance.h"
#include "base/mem.h"
#include "base/ticker.h"
#include "graph/detour.h"

static kith_code find_groups(const kith_net *net, const kith_graph *graph, const kith_bridges_opts *opts,
                             kith_groups *groups, kith_err *err)
{
    const kith_community_opts how = {opts->resolution, opts->runs, opts->seed, opts->progress};

    return kith_groups_find(net, graph, opts->grouping, opts->field, &how, groups, err);
}

/** Whether a group is to stand before another: more contacts, then the lower number. */
static bool before(const kith_joined *one, const kith_joined *other)
{
    return one->contacts != other->contacts ? one->contacts > other->contacts : one->group < other->group;
}

/** Keeps the groups with most contacts in order. */
static void keep(kith_broker_groups *of, kith_joined more)
{
    uint32_t i = of->n_groups < KITH_BRIDGES_JOINED ? of->n_groups : KITH_BRIDGES_JOINED;

    of->n_groups++;
    if (i == KITH_BRIDGES_JOINED && !before(&more, &of->joined[--i]))
        return;
    for (; i > 0 && before(&more, &of->joined[i - 1]); i--)
        of->joined[i] = of->joined[i - 1];
    of->joined[i] = more;
}

/** Counts a person's contacts by group. `contacts` [groups] is all 0, and is so again. */
static void find_joined(const kith_graph *graph, const kith_groups *groups, uint32_t person,
                        uint32_t *contacts, kith_broker_groups *of)
{
    const uint64_t begin = graph->offset[person], end = graph->offset[person + 1];

    for (uint64_t e = begin; e < end; e++)
        if (groups->of[graph->target[e]] != KITH_NO_GROUP)
            contacts[groups->of[graph->target[e]]]++;
    for (uint64_t e = begin; e < end; e++) {
        const uint32_t g = groups->of[graph->target[e]];
        if (g == KITH_NO_GROUP || contacts[g] == 0)
            continue;
        keep(of, (kith_joined){g, contacts[g]});
        contacts[g] = 0;
    }
}

static kith_code join_groups(const kith_graph *graph, const kith_groups *groups, kith_bridges_result *result,
                             kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_detour detour = {0};
    uint32_t *contacts = kith_calloc(groups->count, sizeof *contacts);

    if (!contacts) {
        rc = kith_fail_memory(err, "groups of contacts");
        goto done;
    }
    if ((rc = kith_detour_new(graph, &detour, err)) != KITH_OK)
        goto done;
    for (uint32_t i = 0; i < result->n_people; i++) {
        kith_broker_groups *of = &result->groups[i];
        const uint32_t person = result->people[i].person;
        *of = (kith_broker_groups){.group = groups->of[person]};
        find_joined(graph, groups, person, contacts, of);
        if (of->n_groups > 1 && i < KITH_BRIDGES_DETOURS)
            of->detour = kith_detour_between(&detour, graph, person, groups->of, of->joined[0].group,
                                             of->joined[1].group);
    }

done:
    kith_detour_free(&detour);
    kith_free(contacts);
    return rc;
}

/** The direction of ties, where roles are counted by it; else NULL. Caller frees. */
static kith_code find_arcs(const kith_net *net, const kith_graph *graph, kith_bridges_result *result,
                           uint8_t **arcs, kith_err *err)
{
    *arcs = NULL;
    if (!result->directed)
        return KITH_OK;
    if (!(*arcs = kith_calloc(2 * graph->m, sizeof **arcs)))
        return kith_fail_memory(err, "the direction of ties");
    result->n_directed_ties = kith_net_leads(net, graph, *arcs);
    kith_code rc = kith_net_status(net, err);
    if (rc == KITH_OK && result->n_directed_ties == 0)
        rc = kith_fail(err, KITH_NOT_FOUND,
                       "no source states which way its ties lead: a table of ties says so in a column "
                       "\"directed\", or Gephi's \"Type\"");
    return rc;
}

static kith_code count_roles(const kith_net *net, const kith_graph *graph, const kith_groups *groups,
                             kith_bridges_result *result, kith_err *err)
{
    kith_code rc;
    kith_role_chance chance[KITH_ROLE_COUNT];
    uint8_t *arcs = NULL;
    kith_open_pairs *pairs = kith_alloc_array(graph->n, sizeof *pairs);

    if (!pairs || !(result->roles = kith_calloc(result->n_people, sizeof *result->roles))) {
        rc = kith_fail_memory(err, "roles");
        goto done;
    }
    if ((rc = find_arcs(net, graph, result, &arcs, err)) != KITH_OK)
        goto done;
    if ((rc = kith_brokerage(graph, arcs, groups->of, groups->count, pairs, err)) != KITH_OK)
        goto done;
    kith_role_chances(groups->people, groups->count, chance);
    for (uint32_t i = 0; i < result->n_people; i++)
        for (kith_role role = 0; role < KITH_ROLE_COUNT; role++) {
            const kith_open_pairs *of = &pairs[result->people[i].person];
            kith_broker_roles *roles = &result->roles[i];
            roles->count[role] = of->role[role];
            kith_role_expect(&chance[role], of, role, &roles->expected[role], &roles->z[role]);
        }

done:
    kith_free(arcs);
    kith_free(pairs);
    return rc;
}

kith_code kith_bridges_group(const kith_net *net, const kith_graph *graph, const kith_bridges_opts *opts,
                             kith_bridges_result *result, kith_err *err)
{
    kith_code rc;
    kith_groups groups = {0};

    if ((rc = kith_tick_now(opts->progress, "finding groups", 0, 0, err)) != KITH_OK)
        goto done;
    if ((rc = find_groups(net, graph, opts, &groups, err)) != KITH_OK)
        goto done;
    result->n_groups = groups.count;
    if ((rc = kith_groups_name(net, &groups, &result->group_names, err)) != KITH_OK)
        goto done;
    if (!(result->groups = kith_calloc(result->n_people, sizeof *result->groups))) {
        rc = kith_fail_memory(err, "groups of brokers");
        goto done;
    }
    if ((rc = join_groups(graph, &groups, result, err)) != KITH_OK)
        goto done;
    if (opts->grouping == KITH_GROUPING_NONE)
        goto done;
    if ((rc = kith_tick_now(opts->progress, "counting roles", 0, 0, err)) != KITH_OK)
        goto done;
    rc = count_roles(net, graph, &groups, result, err);

done:
    kith_groups_free(&groups);
    return rc;
}

#include "analysis/lone_people.h"

#include <stdlib.h>

#include "base/mem.h"

enum { LEAST_TIES = 2 }; /* of the well-connected */

kith_code kith_lone_space_new(uint32_t n, kith_lone_space *space, kith_err *err)
{
    *space = (kith_lone_space){.nearest = kith_alloc_array(n, sizeof *space->nearest),
                               .distance = kith_alloc_array(n, sizeof *space->distance),
                               .queue = kith_alloc_array(n, sizeof *space->queue),
                               .is_lone = kith_calloc(n, sizeof *space->is_lone)};
    if (!space->nearest || !space->distance || !space->queue || !space->is_lone)
        return kith_fail_memory(err, "who is left out");
    for (uint32_t v = 0; v < n; v++)
        space->nearest[v] = UINT32_MAX;
    return KITH_OK;
}

void kith_lone_space_free(kith_lone_space *space)
{
    kith_free(space->nearest);
    kith_free(space->distance);
    kith_free(space->queue);
    kith_free(space->is_lone);
    *space = (kith_lone_space){0};
}

/** Somebody of the group, by place there. */
typedef struct member {
    uint32_t place, ties;
} member;

static int compare_members(const void *a, const void *b)
{
    const member *x = a, *y = b;

    if (x->ties != y->ties)
        return x->ties > y->ties ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/** The well-connected at the front of `members`, best first. @return how many. */
static uint32_t find_connected(const uint8_t *flags, const kith_induced *inside, member *members)
{
    const uint32_t n = inside->graph.n;
    uint32_t count = 0;

    for (uint32_t i = 0; i < n; i++)
        members[i] = (member){i, kith_graph_degree(&inside->graph, i)};
    if (n == 0)
        return 0;
    qsort(members, n, sizeof *members, compare_members);
    const uint32_t quarter = members[(n - 1) / 4].ties, least = quarter > LEAST_TIES ? quarter : LEAST_TIES;
    for (uint32_t i = 0; i < n && members[i].ties >= least; i++)
        if (!(flags[inside->people[members[i].place]] & KITH_PERSON_DO_NOT_INTRODUCE))
            members[count++] = members[i];
    return count;
}

/** Reaches one more person, or the same at the same distance from somebody better. */
static void reach(kith_lone_space *space, uint32_t v, uint32_t from, uint32_t distance, uint32_t *end)
{
    if (space->nearest[v] == UINT32_MAX) {
        space->nearest[v] = from;
        space->distance[v] = distance;
        space->queue[(*end)++] = v;
    } else if (space->distance[v] == distance && from < space->nearest[v]) {
        space->nearest[v] = from;
    }
}

/** Searches the network from all the well-connected until `wanted` lone people are met.
 * People of one distance are all met before any of them goes on, so each knows the best by then.
 * @return how many people stand in the queue. */
static uint32_t spread(const kith_graph *graph, const kith_induced *inside, const member *connected,
                       uint32_t n_connected, kith_lone_space *space, uint32_t wanted)
{
    uint32_t end = 0;

    for (uint32_t i = 0; i < n_connected; i++)
        reach(space, inside->people[connected[i].place], i, 0, &end);
    for (uint32_t next = 0; next < end;) {
        const uint32_t level_end = end;
        for (uint32_t i = next; i < level_end; i++)
            wanted -= space->is_lone[space->queue[i]];
        if (wanted == 0)
            break;
        for (; next < level_end; next++) {
            const uint32_t v = space->queue[next];
            for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++)
                reach(space, graph->target[e], space->nearest[v], space->distance[v] + 1, &end);
        }
    }
    return end;
}

/** Tells whom the search has found, if anyone. */
static void tell_nearest(const kith_induced *inside, const member *connected, const kith_lone_space *space,
                         kith_lone_person *lone)
{
    const uint32_t nearest = space->nearest[lone->person];

    if (nearest == UINT32_MAX)
        return;
    lone->nearest = inside->people[connected[nearest].place];
    lone->ties_away = space->distance[lone->person];
}

static kith_lone_person lone_person(const kith_graph *graph, const kith_induced *inside, uint32_t place,
                                    const member *connected, const kith_lone_space *space)
{
    const uint64_t tie = inside->offset[place];
    kith_lone_person lone = {.person = inside->people[place],
                             .ties = kith_graph_degree(graph, inside->people[place]),
                             .contact = inside->offset[place + 1] > tie ? inside->people[inside->target[tie]]
                                                                        : UINT32_MAX,
                             .nearest = UINT32_MAX};

    tell_nearest(inside, connected, space, &lone);
    return lone;
}

/** Makes a space ready for the next search. @param end  of its queue. */
static void clear(kith_lone_space *space, uint32_t end)
{
    for (uint32_t i = 0; i < end; i++)
        space->nearest[space->queue[i]] = UINT32_MAX;
}

kith_code kith_lone_people_list(const kith_graph *graph, const uint8_t *flags, const kith_induced *inside,
                                kith_lone_space *space, kith_cohort_group *out, kith_err *err)
{
    const uint32_t n = inside->graph.n;
    member *members = kith_alloc_array(n, sizeof *members);
    uint32_t alone = 0, weak = 0;
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; i < n; i++) {
        const uint32_t ties = kith_graph_degree(&inside->graph, i);
        alone += ties == 0;
        weak += ties == 1;
    }
    out->isolates = kith_alloc_array(alone, sizeof *out->isolates);
    out->weakly_tied = kith_alloc_array(weak, sizeof *out->weakly_tied);
    if (!members || !out->isolates || !out->weakly_tied) {
        rc = kith_fail_memory(err, "who is left out");
        goto done;
    }
    const uint32_t n_connected = find_connected(flags, inside, members);
    for (uint32_t i = 0; i < n; i++)
        space->is_lone[inside->people[i]] = kith_graph_degree(&inside->graph, i) < LEAST_TIES;
    const uint32_t end = spread(graph, inside, members, n_connected, space, alone + weak);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t ties = kith_graph_degree(&inside->graph, i);
        if (ties == 0)
            out->isolates[out->n_isolates++] = lone_person(graph, inside, i, members, space);
        if (ties == 1)
            out->weakly_tied[out->n_weakly_tied++] = lone_person(graph, inside, i, members, space);
    }
    clear(space, end);
    for (uint32_t i = 0; i < n; i++)
        space->is_lone[inside->people[i]] = false;

done:
    kith_free(members);
    return rc;
}

/** The i-th of those left out of a group; NULL after the last. */
static kith_lone_person *lone_at(const kith_cohort_group *group, uint32_t i)
{
    if (i < group->n_isolates)
        return &group->isolates[i];
    return i - group->n_isolates < group->n_weakly_tied ? &group->weakly_tied[i - group->n_isolates] : NULL;
}

kith_code kith_lone_people_look_wider(const kith_graph *graph, const uint8_t *flags,
                                      const kith_induced *inside, kith_lone_space *space,
                                      kith_cohort_group *groups, uint32_t n_groups, kith_err *err)
{
    kith_lone_person *lone;
    uint32_t wanted = 0;
    member *members = kith_alloc_array(inside->graph.n, sizeof *members);

    if (!members)
        return kith_fail_memory(err, "who is left out");
    for (uint32_t g = 0; g < n_groups; g++)
        for (uint32_t i = 0; (lone = lone_at(&groups[g], i)); i++)
            if (lone->nearest == UINT32_MAX) {
                space->is_lone[lone->person] = true;
                wanted++;
            }
    const uint32_t n_connected = find_connected(flags, inside, members);
    const uint32_t end = spread(graph, inside, members, n_connected, space, wanted);
    for (uint32_t g = 0; g < n_groups; g++)
        for (uint32_t i = 0; (lone = lone_at(&groups[g], i)); i++)
            if (space->is_lone[lone->person]) {
                tell_nearest(inside, members, space, lone);
                space->is_lone[lone->person] = false;
            }
    clear(space, end);
    kith_free(members);
    return KITH_OK;
}

/*
 * A tie a - c opens the pair (x, S) when x comes to a, and c to S, within the limit; or x to c, and a to S.
 * Where the two ways had somebody in common, or both were to open it, x would have had a route without the
 * tie: so ties on all ways need only be counted.
 */
#include "analysis/opening.h"

#include <string.h>

#include "analysis/intro_ties.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/ticker.h"
#include "graph/route_labels.h"
#include "network/netfile.h"

/** Stands for a distance beyond every limit. */
#define FAR UINT32_MAX

/** Somebody, and how many ties away. */
typedef struct spot {
    uint32_t person, distance;
} spot;

/** Those near an asker or a group who may be introduced and pass on, nearest first. */
typedef struct vicinity {
    spot *spots;
    uint32_t count;
} vicinity;

typedef struct search {
    const kith_net *net;
    const kith_intro_opts *opts;
    kith_graph graph; /**< of the ties that count */
    const uint8_t *flags;
    const uint32_t *askers;
    const kith_ids *sought;
    const kith_coverage *coverage;
    uint32_t n_askers, n_sought;
    uint32_t limit;     /**< most ties; as many as there are people where there is no limit */
    uint32_t *distance; /**< [n], FAR but during a spread */
    uint32_t *reached;  /**< [n], those with a distance, nearest first */
    uint32_t n_reached;
    uint8_t *closed; /**< [n_askers * n_sought] whether an asker has no route to a group, nor is of it */
    vicinity *near; /**< [n_sought + n_askers] of groups, then of askers; empty where all pairs have routes */
    uint32_t *to_group; /**< [n_askers * n_sought] ties from askers to groups where somebody has no route */
    uint32_t *to_asker; /**< [n_askers * n_askers] from askers who have no route somewhere, to others */
    uint64_t *ways;     /**< [limit] pairs by the ties on their one side; zero but while they count */
    uint64_t *gain;     /**< [n] pairs that a tie between the asker at hand and each person opens */
    uint32_t *gaining;  /**< [n], those with a gain */
    uint32_t n_gaining;
    uint8_t *is_sought; /**< [n] */
} search;

static bool may_be_introduced(const search *s, uint32_t person)
{
    return !(s->flags[person] & KITH_PERSON_DO_NOT_INTRODUCE);
}

static bool passes_on(const search *s, uint32_t person)
{
    const kith_intro_opts *o = s->opts;

    return may_be_introduced(s, person) && !kith_ids_have(o->exclude, o->n_exclude, person) &&
           (!o->only || kith_ids_have(o->only, o->n_only, person));
}

static void find_closed(search *s)
{
    for (uint32_t a = 0; a < s->n_askers; a++)
        for (uint32_t g = 0; g < s->n_sought; g++) {
            const size_t i = (size_t)a * s->n_sought + g;
            const kith_ids *group = &s->sought[g];
            s->closed[i] =
                s->coverage->cells[i].hops == 0 && !kith_ids_have(group->ids, group->count, s->askers[a]);
        }
}

static bool is_closed(const search *s, uint32_t a, uint32_t g)
{
    return s->closed[(size_t)a * s->n_sought + g];
}

static bool has_closed(const search *s, uint32_t a)
{
    for (uint32_t g = 0; g < s->n_sought; g++)
        if (is_closed(s, a, g))
            return true;
    return false;
}

static bool is_closed_to_some(const search *s, uint32_t g)
{
    for (uint32_t a = 0; a < s->n_askers; a++)
        if (is_closed(s, a, g))
            return true;
    return false;
}

/* ---- who is near ---- */

static void reach(search *s, uint32_t person, uint32_t distance)
{
    if (s->distance[person] != FAR)
        return;
    s->distance[person] = distance;
    s->reached[s->n_reached++] = person;
}

/** Gives everyone their distance, below the limit, from those reached, who pass on whoever they are. */
static void spread(search *s)
{
    for (uint32_t i = 0; i < s->n_reached; i++) {
        const uint32_t person = s->reached[i], next = s->distance[person] + 1;
        if (next >= s->limit)
            break;
        if (next > 1 && !passes_on(s, person))
            continue;
        const kith_tie_row row = kith_graph_row(&s->graph, person);
        for (uint64_t e = row.begin; e < row.end; e++)
            reach(s, s->graph.target[e], next);
    }
}

/** Keeps those reached who can stand at the other end of a new tie, and forgets the distances. */
static kith_code keep(search *s, vicinity *near, kith_err *err)
{
    near->spots = kith_alloc_array(s->n_reached, sizeof *near->spots);
    for (uint32_t i = 0; i < s->n_reached; i++) {
        const uint32_t person = s->reached[i], distance = s->distance[person];
        if (near->spots && may_be_introduced(s, person) && (distance == 0 || passes_on(s, person)))
            near->spots[near->count++] = (spot){person, distance};
        s->distance[person] = FAR;
    }
    s->n_reached = 0;
    return near->spots ? KITH_OK : kith_fail_memory(err, "openings");
}

static kith_code measure_group(search *s, uint32_t g, kith_err *err)
{
    const kith_ids *group = &s->sought[g];

    if (!is_closed_to_some(s, g))
        return KITH_OK;
    for (uint32_t i = 0; i < group->count; i++)
        if (may_be_introduced(s, group->ids[i]))
            reach(s, group->ids[i], 0);
    spread(s);
    for (uint32_t a = 0; a < s->n_askers; a++)
        s->to_group[(size_t)a * s->n_sought + g] = s->distance[s->askers[a]];
    return keep(s, &s->near[g], err);
}

static kith_code measure_asker(search *s, uint32_t x, kith_err *err)
{
    if (!has_closed(s, x))
        return KITH_OK;
    reach(s, s->askers[x], 0);
    spread(s);
    for (uint32_t a = 0; a < s->n_askers; a++)
        s->to_asker[(size_t)x * s->n_askers + a] = s->distance[s->askers[a]];
    return keep(s, &s->near[s->n_sought + x], err);
}

static kith_code measure(search *s, uint64_t work, kith_err *err)
{
    kith_code rc = KITH_OK;

    find_closed(s);
    memset(s->distance, 0xff, s->graph.n * sizeof *s->distance);
    for (uint32_t g = 0; g < s->n_sought && !rc; g++) {
        for (uint32_t i = 0; i < s->sought[g].count; i++)
            s->is_sought[s->sought[g].ids[i]] = 1;
        rc = measure_group(s, g, err);
        if (!rc)
            rc = kith_tick_now(s->opts->progress, "openings", g, work, err);
    }
    for (uint32_t x = 0; x < s->n_askers && !rc; x++)
        if (!(rc = measure_asker(s, x, err)))
            rc = kith_tick_now(s->opts->progress, "openings", s->n_sought + (uint64_t)x, work, err);
    return rc;
}

/* ---- what a tie opens ---- */

/** Notes a pair that has so many ties on the side of an asker who passes on or not. @return one more than the
 * most ties so far. */
static uint32_t note_way(search *s, bool passes, uint32_t distance, uint32_t most)
{
    if (distance >= s->limit || (distance > 0 && !passes))
        return most;
    s->ways[distance]++;
    return most > distance ? most : distance + 1;
}

/** Adds the pairs noted, of fewer than `most` ties, to the gain of those who are near enough on the other
 * side. */
static void add_gains(search *s, const vicinity *near, uint32_t most)
{
    for (uint32_t k = 1; k < most; k++)
        s->ways[k] += s->ways[k - 1];
    for (uint32_t i = 0; i < near->count && most > 0; i++) {
        const spot here = near->spots[i];
        const uint32_t left = s->limit - 1 - here.distance;
        const uint64_t pairs = s->ways[left < most ? left : most - 1];
        if (pairs == 0)
            break; /* nor for those further away */
        if (s->gain[here.person] == 0)
            s->gaining[s->n_gaining++] = here.person;
        s->gain[here.person] += pairs;
    }
    memset(s->ways, 0, most * sizeof *s->ways);
}

/** Counts for everyone what a tie between them and asker `a` opens. */
static void count_gains(search *s, uint32_t a)
{
    const bool passes = passes_on(s, s->askers[a]);

    for (uint32_t g = 0; g < s->n_sought; g++) {
        uint32_t most = 0;
        for (uint32_t x = 0; x < s->n_askers; x++)
            if (is_closed(s, x, g))
                most = note_way(s, passes, s->to_asker[(size_t)x * s->n_askers + a], most);
        add_gains(s, &s->near[g], most);
    }
    for (uint32_t x = 0; x < s->n_askers; x++) {
        uint32_t most = 0;
        for (uint32_t g = 0; g < s->n_sought; g++)
            if (is_closed(s, x, g))
                most = note_way(s, passes, s->to_group[(size_t)a * s->n_sought + g], most);
        add_gains(s, &s->near[s->n_sought + x], most);
    }
}

/** Whether two people have no tie and are two. */
static bool are_new(const kith_net *net, uint32_t a, uint32_t b)
{
    kith_tie tie;

    return a != b && !kith_net_tie(net, a, b, &tie);
}

static bool is_better(const search *s, const kith_opening *here, const kith_opening *best)
{
    if (here->pairs != best->pairs)
        return here->pairs > best->pairs;
    if (s->is_sought[here->person] != s->is_sought[best->person])
        return s->is_sought[here->person];
    return here->asker != best->asker ? here->asker < best->asker : here->person < best->person;
}

/** Takes the best of the ties just counted, if it is better, and forgets what they open. */
static void choose(search *s, uint32_t asker, kith_opening *best)
{
    while (s->n_gaining > 0) {
        const uint32_t person = s->gaining[--s->n_gaining];
        const kith_opening here = {asker, person, s->gain[person]};
        if (is_better(s, &here, best) && are_new(s->net, asker, person))
            *best = here;
        s->gain[person] = 0;
    }
}

static kith_code find(search *s, kith_opening *best, kith_err *err)
{
    const uint64_t work = s->n_sought + 2 * (uint64_t)s->n_askers;
    kith_code rc = measure(s, work, err);

    for (uint32_t a = 0; a < s->n_askers && !rc; a++) {
        count_gains(s, a);
        choose(s, s->askers[a], best);
        rc = kith_tick_now(s->opts->progress, "openings", s->n_sought + s->n_askers + (uint64_t)a, work, err);
    }
    return rc;
}

static bool allocate(search *s)
{
    const size_t n = s->graph.n, askers = s->n_askers;

    s->distance = kith_alloc_array(n, sizeof *s->distance);
    s->reached = kith_alloc_array(n, sizeof *s->reached);
    s->closed = kith_alloc_array(askers * s->n_sought, sizeof *s->closed);
    s->near = kith_calloc(s->n_sought + askers, sizeof *s->near);
    s->to_group = kith_alloc_array(askers * s->n_sought, sizeof *s->to_group);
    s->to_asker = kith_alloc_array(askers * askers, sizeof *s->to_asker);
    s->ways = kith_calloc(s->limit, sizeof *s->ways);
    s->gain = kith_calloc(n, sizeof *s->gain);
    s->gaining = kith_alloc_array(n, sizeof *s->gaining);
    s->is_sought = kith_calloc(n, sizeof *s->is_sought);
    return s->distance && s->reached && s->closed && s->near && s->to_group && s->to_asker && s->ways &&
           s->gain && s->gaining && s->is_sought;
}

static void release(search *s)
{
    for (uint32_t i = 0; s->near && i < s->n_sought + s->n_askers; i++)
        kith_free(s->near[i].spots);
    kith_free(s->near);
    kith_free(s->closed);
    kith_free(s->distance);
    kith_free(s->reached);
    kith_free(s->to_group);
    kith_free(s->to_asker);
    kith_free(s->ways);
    kith_free(s->gain);
    kith_free(s->gaining);
    kith_free(s->is_sought);
}

kith_code kith_opening_find(const kith_net *net, const kith_intro_opts *opts, const uint32_t *askers,
                            const kith_ids *sought, kith_coverage *coverage, kith_err *err)
{
    kith_intro_ties ties;
    kith_opening best = {0};
    search s = {.net = net,
                .opts = opts,
                .flags = kith_net_flags(net),
                .askers = askers,
                .sought = sought,
                .coverage = coverage,
                .n_askers = coverage->n_askers,
                .n_sought = coverage->n_sought};

    if (!s.flags)
        return kith_net_status(net, err);
    kith_code rc = kith_intro_ties_new(net, opts, false, &ties, err);
    s.graph = ties.graph;
    s.limit = opts->max_hops > 0 && opts->max_hops < s.graph.n ? opts->max_hops : s.graph.n;
    if (!rc && !allocate(&s))
        rc = kith_fail_memory(err, "openings");
    if (!rc)
        rc = find(&s, &best, err);
    if (!rc)
        rc = kith_net_status(net, err);
    if (!rc)
        coverage->opening = best;
    release(&s);
    kith_intro_ties_free(&ties);
    return rc;
}

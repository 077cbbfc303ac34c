/*
 * A tie a - b opens the pair (x, S) when x comes to a, a to b and b to S within the limit. Where the two ways
 * had somebody in common, x would have had a route without the tie: so ties on both ways need only be
 * counted.
 */
#include <kith/coverage.h>

#include <string.h>

#include "analysis/intro_ties.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/ticker.h"
#include "graph/route_labels.h"
#include "network/netfile.h"

/** Stands for a distance beyond every limit. */
#define FAR UINT32_MAX

/** People at one end of a new tie. */
typedef struct side {
    const uint32_t *ids;
    uint32_t count;
    uint32_t *near; /**< [n_sought * count], ties from each to a group, for others who ask; FAR: too many */
} side;

typedef struct search {
    const kith_net *net;
    const kith_intro_opts *opts;
    kith_graph graph; /**< of the ties that count */
    const uint8_t *flags;
    const uint32_t *askers;
    const kith_ids *sought;
    kith_coverage *coverage;
    uint32_t limit;     /**< most ties; as many as there are people where there is no limit */
    uint32_t *distance; /**< [n], FAR but during a spread */
    uint32_t *reached;  /**< [n], those with a distance, nearest first */
    uint32_t n_reached;
    side askers_side;
    side new_side;   /**< who might be introduced to an asker */
    uint64_t *slack; /**< [limit of ties kept apart], of one asker and group */
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

static bool closed(const search *s, uint32_t a, uint32_t g)
{
    const kith_ids *group = &s->sought[g];

    return s->coverage->cells[(size_t)a * s->coverage->n_sought + g].hops == 0 &&
           !kith_ids_have(group->ids, group->count, s->askers[a]);
}

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

static void forget(search *s)
{
    while (s->n_reached > 0)
        s->distance[s->reached[--s->n_reached]] = FAR;
}

/** How far the people at one side are from the group just reached. */
static void note_near(const search *s, uint32_t g, const side *at)
{
    for (uint32_t i = 0; i < at->count; i++)
        at->near[(size_t)g * at->count + i] = s->distance[at->ids[i]];
}

static void measure_group(search *s, uint32_t g)
{
    for (uint32_t i = 0; i < s->sought[g].count; i++)
        if (may_be_introduced(s, s->sought[g].ids[i]))
            reach(s, s->sought[g].ids[i], 0);
    spread(s);
    note_near(s, g, &s->askers_side);
    note_near(s, g, &s->new_side);
    forget(s);
}

/** Adds to `gain` the pairs of group `g` that open when those reached may go on, by one tie, from `person` to
 * each at the other side. */
static void count_group(search *s, uint32_t person, uint32_t g, const side *other, uint64_t *gain,
                        size_t step)
{
    const uint32_t *near = other->near + (size_t)g * other->count;
    uint32_t most = 0; /* slack + 1 */

    for (uint32_t a = 0; a < s->coverage->n_askers; a++) {
        const uint32_t distance = s->distance[s->askers[a]];
        if (distance >= s->limit || !closed(s, a, g) || (distance > 0 && !passes_on(s, person)))
            continue;
        const uint32_t slack = s->limit - 1 - distance;
        s->slack[slack]++;
        most = most > slack + 1 ? most : slack + 1;
    }
    for (uint32_t k = most; k-- > 1;)
        s->slack[k - 1] += s->slack[k];
    for (uint32_t i = 0; i < other->count; i++)
        if (near[i] < most && (near[i] == 0 || passes_on(s, other->ids[i])))
            gain[i * step] += s->slack[near[i]];
    memset(s->slack, 0, most * sizeof *s->slack);
}

/** Adds what ties between `person` and each at the other side open for those who come to `person`. */
static void count_ties(search *s, uint32_t person, const side *other, uint64_t *gain, size_t step)
{
    reach(s, person, 0);
    spread(s);
    for (uint32_t g = 0; g < s->coverage->n_sought; g++)
        count_group(s, person, g, other, gain, step);
    forget(s);
}

/** Everyone in a group that some asker does not reach; the list is caller-owned. */
static kith_code find_candidates(const search *s, kith_ids *candidates, kith_err *err)
{
    kith_code rc = KITH_OK;
    uint32_t kept = 0;

    for (uint32_t g = 0; g < s->coverage->n_sought && !rc; g++) {
        bool reached_by_all = true;
        for (uint32_t a = 0; a < s->coverage->n_askers && reached_by_all; a++)
            reached_by_all = !closed(s, a, g);
        if (!reached_by_all)
            rc = kith_ids_add(candidates, &s->sought[g], err);
    }
    for (uint32_t c = 0; c < candidates->count; c++)
        if (may_be_introduced(s, candidates->ids[c]))
            candidates->ids[kept++] = candidates->ids[c];
    candidates->count = kept;
    return rc;
}

/** Whether two people have no tie and are two. */
static bool are_new(const kith_net *net, uint32_t a, uint32_t b)
{
    kith_tie tie;

    return a != b && !kith_net_tie(net, a, b, &tie);
}

/** @param gain  shape [askers, candidates]. */
static void choose(const search *s, const uint64_t *gain, kith_opening *best)
{
    for (uint32_t a = 0; a < s->askers_side.count; a++)
        for (uint32_t c = 0; c < s->new_side.count; c++) {
            const kith_opening here = {s->askers[a], s->new_side.ids[c],
                                       gain[(size_t)a * s->new_side.count + c]};
            const bool better =
                here.pairs > best->pairs || (here.pairs == best->pairs && here.asker < best->asker);
            if (here.pairs > 0 && better && are_new(s->net, here.asker, here.person))
                *best = here;
        }
}

/** Counts for every pair of asker and candidate what a tie between them opens, both ways. */
static kith_code count_all(search *s, uint64_t *gain, kith_err *err)
{
    const side *askers = &s->askers_side, *new = &s->new_side;
    const uint64_t work = (uint64_t)askers->count + new->count;
    kith_code rc = KITH_OK;

    memset(s->distance, 0xff, s->graph.n * sizeof *s->distance);
    for (uint32_t g = 0; g < s->coverage->n_sought; g++)
        measure_group(s, g);
    for (uint32_t a = 0; a < askers->count && !rc; a++) {
        count_ties(s, askers->ids[a], new, gain + (size_t)a * new->count, 1);
        rc = kith_tick_now(s->opts->progress, "openings", a, work, err);
    }
    for (uint32_t c = 0; c < new->count && !rc; c++) {
        count_ties(s, new->ids[c], askers, gain + c, new->count);
        rc = kith_tick_now(s->opts->progress, "openings", askers->count + (uint64_t)c, work, err);
    }
    return rc;
}

static kith_code find_opening(search *s, kith_err *err)
{
    const size_t n_sought = s->coverage->n_sought, n_askers = s->coverage->n_askers;
    kith_ids candidates = {0};
    uint64_t *gain = NULL;
    kith_code rc = find_candidates(s, &candidates, err);

    if (rc || candidates.count == 0)
        goto done;
    gain = kith_calloc(n_askers * candidates.count, sizeof *gain);
    s->askers_side =
        (side){s->askers, s->coverage->n_askers, kith_alloc_array(n_sought * n_askers, sizeof(uint32_t))};
    s->new_side = (side){candidates.ids, candidates.count,
                         kith_alloc_array(n_sought * candidates.count, sizeof(uint32_t))};
    s->slack = kith_calloc(s->limit, sizeof *s->slack);
    s->distance = kith_alloc_array(s->graph.n, sizeof *s->distance);
    s->reached = kith_alloc_array(s->graph.n, sizeof *s->reached);
    if (!gain || !s->askers_side.near || !s->new_side.near || !s->slack || !s->distance || !s->reached)
        rc = kith_fail_memory(err, "openings");
    if (!rc)
        rc = count_all(s, gain, err);
    if (!rc)
        rc = kith_net_status(s->net, err);
    if (!rc)
        choose(s, gain, &s->coverage->opening);
done:
    kith_free(gain);
    kith_free(s->askers_side.near);
    kith_free(s->new_side.near);
    kith_free(s->slack);
    kith_free(s->distance);
    kith_free(s->reached);
    kith_ids_free(&candidates);
    return rc;
}

static void fill_cell(kith_coverage *coverage, uint64_t i, const kith_intro_result *result)
{
    const kith_route *best = result->routes;

    coverage->cells[i] = (kith_coverage_cell){.introducer = UINT32_MAX, .target = UINT32_MAX};
    if (result->n_routes == 0)
        return;
    coverage->cells[i] = (kith_coverage_cell){best->hops, best->hops > 1 ? best->people[1] : UINT32_MAX,
                                              best->people[best->hops], best->chance};
    coverage->reached++;
}

/** The best route of each pair. */
static kith_code fill_cells(const search *s, kith_err *err)
{
    kith_coverage *coverage = s->coverage;
    const uint64_t count = (uint64_t)coverage->n_askers * coverage->n_sought;
    kith_query *list = kith_alloc_array(count, sizeof *list);
    const kith_queries queries = {
        .list = list, .count = count, .sought = (kith_ids *)s->sought, .n_sought = coverage->n_sought};
    const kith_query *query = NULL;
    const kith_intro_result *result;
    kith_query_run *run = NULL;
    kith_code rc = KITH_OK;

    if (!list || !(coverage->cells = kith_calloc(count, sizeof *coverage->cells)))
        rc = kith_fail_memory(err, "coverage");
    for (uint64_t i = 0; i < count && !rc; i++)
        list[i] = (kith_query){s->askers[i / coverage->n_sought], (uint32_t)(i % coverage->n_sought),
                               s->opts->max_hops, 1};
    if (!rc)
        rc = kith_query_run_begin(s->net, s->opts, &queries, &run, err);
    for (uint64_t i = 0; i < count && !rc; i++)
        if (!(rc = kith_query_run_next(run, &query, &result, err)))
            fill_cell(coverage, i, result);
    kith_query_run_end(run);
    kith_free(list);
    return rc;
}

kith_code kith_coverage_find(const kith_net *net, const kith_intro_opts *opts, const uint32_t *askers,
                             uint32_t n_askers, const kith_ids *sought, uint32_t n_sought,
                             kith_coverage *coverage, kith_err *err)
{
    kith_intro_ties ties = {0};
    search s = {.net = net,
                .opts = opts,
                .flags = kith_net_flags(net),
                .askers = askers,
                .sought = sought,
                .coverage = coverage};

    *coverage = (kith_coverage){.n_askers = n_askers, .n_sought = n_sought};
    if (opts->via != UINT32_MAX)
        return kith_fail(err, KITH_EUSAGE, "coverage cannot be asked for through one person");
    if (!s.flags)
        return kith_net_status(net, err);
    kith_code rc = fill_cells(&s, err);
    if (!rc)
        rc = kith_intro_ties_new(net, opts, false, &ties, err);
    s.graph = ties.graph;
    s.limit = opts->max_hops > 0 && opts->max_hops < s.graph.n ? opts->max_hops : s.graph.n;
    if (!rc)
        rc = find_opening(&s, err);
    kith_intro_ties_free(&ties);
    if (rc)
        kith_coverage_free(coverage);
    return rc;
}

void kith_coverage_free(kith_coverage *coverage)
{
    kith_free(coverage->cells);
    *coverage = (kith_coverage){0};
}

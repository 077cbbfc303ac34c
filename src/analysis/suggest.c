#include <kith/suggest.h>

#include <stdlib.h>

#include "analysis/groups.h"
#include "base/mem.h"
#include "base/ticker.h"
#include "graph/biconnected.h"
#include "network/netfile.h"

static const uint32_t nobody = UINT32_MAX;

/** Cut people on a way of three ties at most. */
enum { MOST_CUTS = 2, FARTHEST = 3 };

typedef struct candidate {
    kith_suggestion s;
    uint32_t
        cuts[MOST_CUTS]; /**< the people removed from the cut people; the first s.cut_people_removed count */
    uint64_t in_groups;  /**< people in both groups */
} candidate;

typedef struct suggesting {
    kith_graph graph;
    const uint8_t *flags;
    kith_biconnected b;
    kith_groups groups;
    uint32_t *piece;        /**< [n] of cut people between two pieces: the child whose subtree is the one */
    uint32_t *strongest[2]; /**< [n] of these: contact in the other piece, and in that one, with the strongest
                               tie */
    uint32_t *distance;     /**< [n] of a search; UINT32_MAX between searches */
    uint32_t *queue;        /**< [n] */
    candidate *list;
    uint32_t count, capacity;
} suggesting;

static void suggesting_free(suggesting *s)
{
    kith_biconnected_free(&s->b);
    kith_groups_free(&s->groups);
    kith_free(s->piece);
    kith_free(s->strongest[0]);
    kith_free(s->strongest[1]);
    kith_free(s->distance);
    kith_free(s->queue);
    kith_free(s->list);
}

static bool introducible(const suggesting *s, uint32_t v)
{
    return !(s->flags[v] & KITH_PERSON_DO_NOT_INTRODUCE);
}

/* ---- cut people ---- */

/** Whether v is in the piece that s->piece of a cut person tells. */
static bool in_piece(const suggesting *s, uint32_t cut, uint32_t v)
{
    const uint32_t child = s->piece[cut];

    return s->b.position[v] - s->b.position[child] < s->b.size[child];
}

/** Looks at both pieces of somebody between two: who they are, and the contacts in them who may be
 * introduced. */
static void look_at_pieces(suggesting *s, uint32_t cut)
{
    uint32_t least[2] = {UINT32_MAX, UINT32_MAX};

    for (uint64_t e = s->graph.offset[cut]; e < s->graph.offset[cut + 1]; e++)
        if (s->b.parent[s->graph.target[e]] == cut && s->b.separates[s->graph.target[e]])
            s->piece[cut] = s->graph.target[e];
    s->strongest[0][cut] = s->strongest[1][cut] = nobody;
    for (uint64_t e = s->graph.offset[cut]; e < s->graph.offset[cut + 1]; e++) {
        const uint32_t v = s->graph.target[e];
        const bool inside = in_piece(s, cut, v);
        if (s->graph.cost[e] >= least[inside] || !introducible(s, v))
            continue;
        least[inside] = s->graph.cost[e];
        s->strongest[inside][cut] = v;
    }
}

/** People outside the larger of the two pieces that a cut person leaves. */
static uint32_t secured_by(const suggesting *s, uint32_t cut)
{
    kith_piece pieces[2];

    (void)kith_biconnected_pieces(&s->b, &s->graph, cut, pieces);
    return pieces[1].people;
}

/** Counts the cut people between two others whom their tie would make none: those with them in their only two
 * pieces. */
static void count_cuts(const suggesting *s, const uint32_t *between, uint32_t n_between, candidate *c)
{
    for (uint32_t i = 0; i < n_between; i++) {
        const uint32_t cut = between[i];
        if (s->b.parts[cut] != 2 || in_piece(s, cut, c->s.a) == in_piece(s, cut, c->s.b))
            continue;
        c->cuts[c->s.cut_people_removed++] = cut;
        c->s.people_secured += secured_by(s, cut);
    }
}

/* ---- candidates ---- */

/** The contact of both who comes first by strength of both ties, then by id; `nobody` where none may
 * introduce. */
static uint32_t common_contact(const suggesting *s, uint32_t a, uint32_t b)
{
    uint32_t best = nobody, least = UINT32_MAX;

    for (uint64_t e = s->graph.offset[a]; e < s->graph.offset[a + 1]; e++) {
        const uint32_t v = s->graph.target[e];
        const uint64_t other = kith_graph_tie(&s->graph, v, b);
        if (other == UINT64_MAX || !introducible(s, v))
            continue;
        const uint32_t cost = (uint32_t)s->graph.cost[e] + s->graph.cost[other];
        if (cost < least) {
            least = cost;
            best = v;
        }
    }
    return best;
}

/** Notes a pair with the people on a shortest way between them. */
static kith_code note(suggesting *s, uint32_t a, uint32_t b, const uint32_t *between, uint32_t n_between,
                      uint32_t distance, kith_err *err)
{
    if (s->count == s->capacity) {
        const uint32_t capacity = 2 * s->capacity + 64;
        candidate *list = kith_realloc(s->list, capacity, sizeof *list);
        if (!list)
            return kith_fail_memory(err, "suggestions");
        s->list = list;
        s->capacity = capacity;
    }
    candidate *c = &s->list[s->count++];
    *c = (candidate){.s = {.a = a < b ? a : b, .b = a < b ? b : a, .distance_before = distance}};
    c->s.common_contact = n_between == 1 ? common_contact(s, a, b) : nobody;
    c->s.group[0] = s->groups.of[c->s.a];
    c->s.group[1] = s->groups.of[c->s.b];
    for (int i = 0; i < 2; i++)
        c->in_groups += c->s.group[i] == KITH_NO_GROUP ? 0 : s->groups.people[c->s.group[i]];
    count_cuts(s, between, n_between, c);
    return KITH_OK;
}

/** For each cut person between two pieces, a pair from both; for two of them in a row, a pair across both. */
static kith_code find_across_cuts(suggesting *s, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint32_t cut = 0; cut < s->graph.n; cut++)
        if (s->b.parts[cut] == 2)
            look_at_pieces(s, cut);
    for (uint32_t cut = 0; cut < s->graph.n && rc == KITH_OK; cut++) {
        if (s->b.parts[cut] != 2)
            continue;
        const uint32_t a = s->strongest[0][cut], b = s->strongest[1][cut];
        if (a != nobody && b != nobody)
            rc = note(s, a, b, &cut, 1, 0, err);
        for (uint64_t e = s->graph.offset[cut]; e < s->graph.offset[cut + 1] && rc == KITH_OK; e++) {
            const uint32_t next = s->graph.target[e];
            if (next < cut || s->b.parts[next] != 2)
                continue;
            const uint32_t one = s->strongest[!in_piece(s, cut, next)][cut];
            const uint32_t other = s->strongest[!in_piece(s, next, cut)][next];
            if (one != nobody && other != nobody)
                rc = note(s, one, other, (const uint32_t[]){cut, next}, 2, 0, err);
        }
    }
    return rc;
}

/** Finds how far everyone near is from a group. @return how many are in the queue, by rising distance. */
static uint32_t spread(suggesting *s, uint32_t group)
{
    uint32_t end = 0;

    for (uint32_t v = 0; v < s->graph.n; v++)
        if (s->groups.of[v] == group) {
            s->distance[v] = 0;
            s->queue[end++] = v;
        }
    for (uint32_t i = 0; i < end; i++) {
        const uint32_t v = s->queue[i];
        for (uint64_t e = s->graph.offset[v]; s->distance[v] < FARTHEST && e < s->graph.offset[v + 1]; e++) {
            const uint32_t w = s->graph.target[e];
            if (s->distance[w] != UINT32_MAX)
                continue;
            s->distance[w] = s->distance[v] + 1;
            s->queue[end++] = w;
        }
    }
    return end;
}

static void clear(suggesting *s, uint32_t end)
{
    for (uint32_t i = 0; i < end; i++)
        s->distance[s->queue[i]] = UINT32_MAX;
}

/** Of b's way towards where the search began, the people between. @return the one it began with. */
static uint32_t walk_back(const suggesting *s, uint32_t b, uint32_t *between, uint32_t *n_between)
{
    uint32_t v = b;

    *n_between = 0;
    while (s->distance[v] > 0) {
        uint64_t e = s->graph.offset[v];
        while (s->distance[s->graph.target[e]] != s->distance[v] - 1)
            e++;
        v = s->graph.target[e];
        if (s->distance[v] > 0)
            between[(*n_between)++] = v;
    }
    return v;
}

/** Notes the nearest pair of a group and each later one of `order` that have no tie. */
static kith_code find_from_group(suggesting *s, const uint32_t *order, uint32_t n_order, uint32_t from,
                                 uint32_t *nearest, kith_err *err)
{
    kith_code rc = KITH_OK;
    const uint32_t end = spread(s, order[from]);
    uint32_t between[MOST_CUTS], n_between;

    for (uint32_t g = 0; g < s->groups.count; g++)
        nearest[g] = nobody;
    for (uint32_t i = 0; i < end; i++) { /* by rising distance */
        const uint32_t v = s->queue[i], g = s->groups.of[v];
        if (g == KITH_NO_GROUP || (nearest[g] != nobody && s->distance[nearest[g]] < s->distance[v]))
            continue;
        if (nearest[g] == nobody || (!introducible(s, nearest[g]) && introducible(s, v)))
            nearest[g] = v;
    }
    for (uint32_t to = from + 1; to < n_order && rc == KITH_OK; to++) {
        const uint32_t b = nearest[order[to]];
        if (b == nobody || s->distance[b] < 2 || !introducible(s, b))
            continue;
        const uint32_t a = walk_back(s, b, between, &n_between);
        if (introducible(s, a))
            rc = note(s, a, b, between, n_between, s->distance[b], err);
    }
    clear(s, end);
    return rc;
}

/** A group and its size, to be sorted. */
typedef struct sized {
    uint32_t people, group;
} sized;

static int compare_sized(const void *a, const void *b)
{
    const sized *x = a, *y = b;

    if (x->people != y->people)
        return x->people > y->people ? -1 : 1;
    return (x->group > y->group) - (x->group < y->group);
}

static kith_code find_between_groups(suggesting *s, const kith_progress *progress, kith_err *err)
{
    kith_code rc = KITH_OK;
    uint32_t order[KITH_SUGGEST_GROUPS];
    const uint32_t n_order = s->groups.count < KITH_SUGGEST_GROUPS ? s->groups.count : KITH_SUGGEST_GROUPS;
    sized *sizes = kith_alloc_array(s->groups.count, sizeof *sizes);
    uint32_t *nearest = kith_alloc_array(s->groups.count, sizeof *nearest);

    if (!sizes || !nearest)
        rc = kith_fail_memory(err, "groups");
    for (uint32_t g = 0; rc == KITH_OK && g < s->groups.count; g++)
        sizes[g] = (sized){s->groups.people[g], g};
    if (rc == KITH_OK)
        qsort(sizes, s->groups.count, sizeof *sizes, compare_sized);
    for (uint32_t i = 0; rc == KITH_OK && i < n_order; i++)
        order[i] = sizes[i].group;
    for (uint32_t i = 0; rc == KITH_OK && i < n_order; i++) {
        if ((rc = kith_tick_now(progress, "seeking introductions", i, n_order, err)) == KITH_OK)
            rc = find_from_group(s, order, n_order, i, nearest, err);
    }
    kith_free(sizes);
    kith_free(nearest);
    return rc;
}

/* ---- choosing ---- */

static int compare_candidates(const void *a, const void *b)
{
    const candidate *x = a, *y = b;

    if (x->s.cut_people_removed != y->s.cut_people_removed)
        return x->s.cut_people_removed > y->s.cut_people_removed ? -1 : 1;
    if (x->s.people_secured != y->s.people_secured)
        return x->s.people_secured > y->s.people_secured ? -1 : 1;
    if (x->s.distance_before != y->s.distance_before)
        return x->s.distance_before > y->s.distance_before ? -1 : 1;
    if ((x->s.common_contact == nobody) != (y->s.common_contact == nobody))
        return x->s.common_contact == nobody ? 1 : -1;
    if (x->in_groups != y->in_groups)
        return x->in_groups > y->in_groups ? -1 : 1;
    if (x->s.a != y->s.a)
        return x->s.a < y->s.a ? -1 : 1;
    return (x->s.b > y->s.b) - (x->s.b < y->s.b);
}

static bool same_groups(const kith_suggestion *x, const kith_suggestion *y)
{
    return (x->group[0] == y->group[0] && x->group[1] == y->group[1]) ||
           (x->group[0] == y->group[1] && x->group[1] == y->group[0]);
}

/** Whether a candidate brings what none chosen before it does. `removed` [n]: cut people already dealt with.
 */
static bool brings_more(const candidate *c, const bool *removed, const kith_suggest_result *result)
{
    bool joins = c->s.distance_before > 0;

    for (uint32_t i = 0; i < c->s.cut_people_removed; i++)
        if (!removed[c->cuts[i]])
            return true;
    for (uint32_t i = 0; joins && i < result->n_suggestions; i++)
        joins = !same_groups(&c->s, &result->suggestions[i]);
    return joins;
}

/** How far the groups of a pair are from each other as things are, and with a tie between the two, who are
 * near. */
static void measure_groups(suggesting *s, kith_suggestion *of)
{
    uint32_t least = UINT32_MAX;

    of->distance_before = of->distance_after = 0;
    if (of->group[0] == KITH_NO_GROUP || of->group[1] == KITH_NO_GROUP || of->group[0] == of->group[1])
        return;
    const uint32_t end = spread(s, of->group[0]);
    for (uint32_t i = 0; i < end && least == UINT32_MAX; i++)
        if (s->groups.of[s->queue[i]] == of->group[1])
            least = s->distance[s->queue[i]];
    clear(s, end);
    of->distance_before = least;
    of->distance_after = 1;
}

static kith_code choose(suggesting *s, uint32_t top, kith_suggest_result *result, kith_err *err)
{
    bool *removed = kith_calloc(s->graph.n, sizeof *removed);
    const uint32_t most = top > 0 && top < s->count ? top : s->count;

    result->suggestions = kith_alloc_array(most, sizeof *result->suggestions);
    if (!removed || !result->suggestions) {
        kith_free(removed);
        return kith_fail_memory(err, "suggestions");
    }
    if (s->count > 0)
        qsort(s->list, s->count, sizeof *s->list, compare_candidates);
    for (uint32_t i = 0; i < s->count && result->n_suggestions < most; i++) {
        const candidate *c = &s->list[i];
        if (!brings_more(c, removed, result))
            continue;
        for (uint32_t k = 0; k < c->s.cut_people_removed; k++)
            removed[c->cuts[k]] = true;
        kith_suggestion *chosen = &result->suggestions[result->n_suggestions++];
        *chosen = c->s;
        measure_groups(s, chosen);
    }
    kith_free(removed);
    return KITH_OK;
}

static kith_code suggesting_new(const kith_net *net, const kith_suggest_opts *opts, suggesting *s,
                                kith_err *err)
{
    kith_code rc;

    if ((rc = kith_net_graph(net, &s->graph, err)) != KITH_OK)
        return rc;
    if (!(s->flags = kith_net_flags(net)))
        return kith_net_status(net, err);
    s->piece = kith_alloc_array(s->graph.n, sizeof *s->piece);
    s->strongest[0] = kith_alloc_array(s->graph.n, sizeof *s->strongest[0]);
    s->strongest[1] = kith_alloc_array(s->graph.n, sizeof *s->strongest[1]);
    s->distance = kith_alloc_array(s->graph.n, sizeof *s->distance);
    s->queue = kith_alloc_array(s->graph.n, sizeof *s->queue);
    if (!s->piece || !s->strongest[0] || !s->strongest[1] || !s->distance || !s->queue)
        return kith_fail_memory(err, "suggestions");
    for (uint32_t v = 0; v < s->graph.n; v++)
        s->distance[v] = UINT32_MAX;
    if ((rc = kith_biconnected_run(&s->graph, &s->b, err)) != KITH_OK)
        return rc;
    const kith_community_opts how = {opts->resolution, opts->runs, opts->seed, opts->progress};
    return kith_groups_find(net, &s->graph, opts->grouping, opts->field, &how, &s->groups, err);
}

kith_code kith_suggest(const kith_net *net, const kith_suggest_opts *opts, kith_suggest_result *result,
                       kith_err *err)
{
    kith_code rc;
    suggesting s = {0};

    *result = (kith_suggest_result){.top = opts->top};
    if ((rc = suggesting_new(net, opts, &s, err)) != KITH_OK || (rc = find_across_cuts(&s, err)) != KITH_OK ||
        (rc = find_between_groups(&s, opts->progress, err)) != KITH_OK ||
        (rc = choose(&s, opts->top, result, err)) != KITH_OK)
        goto done;
    result->n_groups = s.groups.count;
    if ((rc = kith_groups_name(net, &s.groups, &result->group_names, err)) != KITH_OK)
        goto done;
    rc = kith_net_status(net, err);

done:
    suggesting_free(&s);
    if (rc != KITH_OK)
        kith_suggest_free(result);
    return rc;
}

void kith_suggest_free(kith_suggest_result *result)
{
    kith_free(result->suggestions);
    kith_free(result->group_names);
    *result = (kith_suggest_result){0};
}

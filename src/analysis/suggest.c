#include <kith/suggest.h>

#include <stdlib.h>

#include "analysis/cut_pieces.h"
#include "analysis/groups.h"
#include "base/mem.h"
#include "base/ticker.h"
#include "graph/heap.h"
#include "network/netfile.h"

static const uint32_t nobody = UINT32_MAX;

/** People on a way, and on the longest. */
enum { WAY_OF_TWO_TIES = 3, WAY = 4, FARTHEST = 3 };

/** Candidates kept at most; above that the better half goes on. */
enum { MOST_CANDIDATES = 200000 };

typedef struct candidate {
    kith_suggestion s;
    uint32_t secured[2]; /**< [s.n_eased] people at each cut person */
    uint32_t gain;       /**< of them, those whom no pair chosen before secures */
    uint64_t in_groups;  /**< people in both groups */
} candidate;

typedef struct suggesting {
    kith_graph graph;
    const uint8_t *flags;
    kith_cut_pieces pieces;
    uint32_t *strongest[2]; /**< [n] of cut people: in the largest piece and in the next the contact with the
                               strongest tie, or `nobody` who may be introduced */
    kith_groups groups;
    uint32_t *distance; /**< [n] of a search; UINT32_MAX between searches */
    uint32_t *queue;    /**< [n] */
    candidate *list;
    uint32_t count, capacity;
} suggesting;

static void suggesting_free(suggesting *s)
{
    kith_cut_pieces_free(&s->pieces);
    kith_groups_free(&s->groups);
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

/** Finds the contacts of a cut person in the two largest pieces. */
static void find_strongest(suggesting *s, uint32_t cut)
{
    const uint32_t pieces[] = {s->pieces.larger[cut], s->pieces.smaller[cut]};
    uint32_t least[] = {UINT32_MAX, UINT32_MAX};

    s->strongest[0][cut] = s->strongest[1][cut] = nobody;
    for (uint64_t e = s->graph.offset[cut]; e < s->graph.offset[cut + 1]; e++) {
        const uint32_t v = s->graph.target[e], piece = kith_cut_piece_of(&s->pieces, cut, v);
        if (!introducible(s, v))
            continue;
        for (int i = 0; i < 2; i++)
            if (piece == pieces[i] && s->graph.cost[e] < least[i]) {
                least[i] = s->graph.cost[e];
                s->strongest[i][cut] = v;
            }
    }
}

/** Notes the cut people between two on whom fewer would hang. */
static void ease_cuts(const suggesting *s, const uint32_t *way, uint32_t n_way, candidate *c)
{
    kith_suggestion *of = &c->s;

    for (uint32_t i = 1; i + 1 < n_way; i++) {
        const uint32_t cut = way[i];
        bool removed;
        if (s->pieces.b.parts[cut] == 0)
            continue;
        const uint32_t secured = kith_cut_pieces_secured(&s->pieces, cut, of->a, of->b, &removed);
        if (secured == 0)
            continue;
        c->secured[of->n_eased] = secured;
        of->eased[of->n_eased++] = cut;
        of->people_secured += secured;
        of->cut_people_removed += removed;
    }
    c->gain = of->people_secured;
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

/** What a candidate gains; it is worth half where nobody can introduce the two. */
static uint64_t worth(const candidate *c)
{
    return (uint64_t)c->gain * (c->s.common_contact == nobody ? 1 : 2);
}

static int compare_candidates(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    const uint64_t worth_x = worth(x), worth_y = worth(y);

    if (worth_x != worth_y)
        return worth_x > worth_y ? -1 : 1;
    if (x->s.cut_people_removed != y->s.cut_people_removed)
        return x->s.cut_people_removed > y->s.cut_people_removed ? -1 : 1;
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

static void sort_candidates(suggesting *s)
{
    if (s->count > 0)
        qsort(s->list, s->count, sizeof *s->list, compare_candidates);
}

/** Makes room for one candidate more. */
static kith_code make_room(suggesting *s, kith_err *err)
{
    if (s->count == MOST_CANDIDATES) {
        sort_candidates(s);
        s->count /= 2;
    }
    if (s->count < s->capacity)
        return KITH_OK;
    const uint32_t capacity = 2 * s->capacity + 64;
    candidate *list = kith_realloc(s->list, capacity, sizeof *list);
    if (!list)
        return kith_fail_memory(err, "suggestions");
    s->list = list;
    s->capacity = capacity;
    return KITH_OK;
}

/** Notes the two at the ends of a shortest way. @param distance  between their groups, 0: not known to be
 * less than theirs. */
static kith_code note(suggesting *s, const uint32_t *way, uint32_t n_way, uint32_t distance, kith_err *err)
{
    const uint32_t one = way[0], other = way[n_way - 1];
    const kith_code rc = make_room(s, err);

    if (rc != KITH_OK)
        return rc;
    candidate *c = &s->list[s->count++];
    *c = (candidate){
        .s = {.a = one < other ? one : other, .b = one < other ? other : one, .distance_before = distance}};
    c->s.common_contact = n_way == WAY_OF_TWO_TIES ? common_contact(s, one, other) : nobody;
    c->s.group[0] = s->groups.of[c->s.a];
    c->s.group[1] = s->groups.of[c->s.b];
    for (int i = 0; i < 2; i++)
        c->in_groups += c->s.group[i] == KITH_NO_GROUP ? 0 : s->groups.people[c->s.group[i]];
    ease_cuts(s, way, n_way, c);
    return KITH_OK;
}

/** The contact of `cut` in its largest piece but that of `next`. */
static uint32_t away_from(const suggesting *s, uint32_t cut, uint32_t next)
{
    return s->strongest[kith_cut_piece_of(&s->pieces, cut, next) == s->pieces.larger[cut]][cut];
}

/** For each cut person a pair from the two largest pieces; for two of them in a row a pair across both. */
static kith_code find_across_cuts(suggesting *s, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint32_t cut = 0; cut < s->graph.n; cut++)
        if (s->pieces.b.parts[cut] > 0)
            find_strongest(s, cut);
    for (uint32_t cut = 0; cut < s->graph.n && rc == KITH_OK; cut++) {
        if (s->pieces.b.parts[cut] == 0)
            continue;
        const uint32_t a = s->strongest[0][cut], b = s->strongest[1][cut];
        if (a != nobody && b != nobody)
            rc = note(s, (const uint32_t[]){a, cut, b}, WAY_OF_TWO_TIES, 0, err);
        for (uint64_t e = s->graph.offset[cut]; e < s->graph.offset[cut + 1] && rc == KITH_OK; e++) {
            const uint32_t next = s->graph.target[e];
            if (next < cut || s->pieces.b.parts[next] == 0)
                continue;
            const uint32_t one = away_from(s, cut, next), other = away_from(s, next, cut);
            if (one != nobody && other != nobody)
                rc = note(s, (const uint32_t[]){one, cut, next, other}, WAY, 0, err);
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

/** Follows b's way to where the search began. @param way  out: b, those between, and the one it began with.
 * @return how many. */
static uint32_t walk_back(const suggesting *s, uint32_t b, uint32_t way[WAY])
{
    uint32_t count = 1;

    way[0] = b;
    for (uint32_t v = b; s->distance[v] > 0;) {
        uint64_t e = s->graph.offset[v];
        while (s->distance[s->graph.target[e]] != s->distance[v] - 1)
            e++;
        v = s->graph.target[e];
        way[count++] = v;
    }
    return count;
}

/** Notes the nearest pair of a group and each later one of `order` that have no tie. */
static kith_code find_from_group(suggesting *s, const uint32_t *order, uint32_t n_order, uint32_t from,
                                 uint32_t *nearest, kith_err *err)
{
    kith_code rc = KITH_OK;
    const uint32_t end = spread(s, order[from]);
    uint32_t way[WAY];

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
        const uint32_t n_way = walk_back(s, b, way);
        if (introducible(s, way[n_way - 1]))
            rc = note(s, way, n_way, s->distance[b], err);
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

/** Between how many groups ways are sought. */
static uint32_t affordable(const suggesting *s)
{
    const uint64_t few = KITH_SUGGEST_GROUPS, many = KITH_SUGGEST_MOST_GROUPS,
                   fit = KITH_SUGGEST_WORK / (s->graph.n + 2 * s->graph.m + 1);
    const uint64_t groups = fit < few ? few : fit < many ? fit : many;

    return s->groups.count < groups ? s->groups.count : (uint32_t)groups;
}

static kith_code find_between_groups(suggesting *s, uint32_t n_order, const kith_progress *progress,
                                     kith_err *err)
{
    kith_code rc = KITH_OK;
    uint32_t order[KITH_SUGGEST_MOST_GROUPS];
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

static bool same_groups(const kith_suggestion *x, const kith_suggestion *y)
{
    return (x->group[0] == y->group[0] && x->group[1] == y->group[1]) ||
           (x->group[0] == y->group[1] && x->group[1] == y->group[0]);
}

/** Whether no pair chosen before joins the same two groups. */
static bool joins_groups(const candidate *c, const kith_suggest_result *result)
{
    bool joins = c->s.distance_before > 0;

    for (uint32_t i = 0; joins && i < result->n_suggestions; i++)
        joins = !same_groups(&c->s, &result->suggestions[i]);
    return joins;
}

/** People whom a candidate secures at cut people where none chosen before does. @param eased  [n] by those.
 */
static uint32_t gain_beyond(const candidate *c, const bool *eased)
{
    uint32_t gain = 0;

    for (uint32_t i = 0; i < c->s.n_eased; i++)
        gain += eased[c->s.eased[i]] ? 0 : c->secured[i];
    return gain;
}

static bool comes_before(const void *ctx, uint32_t a, uint32_t b)
{
    const candidate *list = ctx;

    return compare_candidates(&list[a], &list[b]) < 0;
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

/** Takes a candidate into the answer. */
static void take(suggesting *s, const candidate *c, bool *eased, kith_suggest_result *result)
{
    kith_suggestion *chosen = &result->suggestions[result->n_suggestions++];

    for (uint32_t k = 0; k < c->s.n_eased; k++)
        eased[c->s.eased[k]] = true;
    *chosen = c->s;
    measure_groups(s, chosen);
}

/** Greedily: each time the best by what it gains beyond those chosen. Gains only fall, so a candidate whose
 * own has not fallen since it came to the front is the best. */
static kith_code choose(suggesting *s, uint32_t top, kith_suggest_result *result, kith_err *err)
{
    bool *eased = kith_calloc(s->graph.n, sizeof *eased);
    const uint32_t most = top > 0 && top < s->count ? top : s->count;
    kith_heap heap = {.before = comes_before, .ctx = s->list};
    bool fine;

    result->suggestions = kith_alloc_array(most, sizeof *result->suggestions);
    fine = eased && result->suggestions;
    for (uint32_t i = 0; fine && i < s->count; i++)
        fine = kith_heap_push(&heap, i);
    while (fine && heap.count > 0 && result->n_suggestions < most) {
        const uint32_t i = kith_heap_pop(&heap);
        candidate *c = &s->list[i];
        const uint32_t gain = gain_beyond(c, eased);
        if (gain < c->gain) {
            c->gain = gain;
            fine = kith_heap_push(&heap, i);
        } else if (gain > 0 || joins_groups(c, result)) {
            take(s, c, eased, result);
        }
    }
    kith_heap_free(&heap);
    kith_free(eased);
    return fine ? KITH_OK : kith_fail_memory(err, "suggestions");
}

static kith_code suggesting_new(const kith_net *net, const kith_suggest_opts *opts, suggesting *s,
                                kith_err *err)
{
    kith_code rc;

    if ((rc = kith_net_graph(net, &s->graph, err)) != KITH_OK)
        return rc;
    if (!(s->flags = kith_net_flags(net)))
        return kith_net_status(net, err);
    s->strongest[0] = kith_alloc_array(s->graph.n, sizeof *s->strongest[0]);
    s->strongest[1] = kith_alloc_array(s->graph.n, sizeof *s->strongest[1]);
    s->distance = kith_alloc_array(s->graph.n, sizeof *s->distance);
    s->queue = kith_alloc_array(s->graph.n, sizeof *s->queue);
    if (!s->strongest[0] || !s->strongest[1] || !s->distance || !s->queue)
        return kith_fail_memory(err, "suggestions");
    for (uint32_t v = 0; v < s->graph.n; v++)
        s->distance[v] = UINT32_MAX;
    if ((rc = kith_cut_pieces_new(&s->graph, &s->pieces, err)) != KITH_OK)
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
    if ((rc = suggesting_new(net, opts, &s, err)) != KITH_OK || (rc = find_across_cuts(&s, err)) != KITH_OK)
        goto done;
    result->n_sought = affordable(&s);
    if ((rc = find_between_groups(&s, result->n_sought, opts->progress, err)) != KITH_OK ||
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

#include "base/mem.h"
#include "base/ticker.h"
#include "graph/heap.h"
#include "graph/route_list.h"

#define NOBODY UINT32_MAX
#define FAR INT64_MAX

/** People settled between two ticks. */
#define SETTLED_PER_TICK 16384

/** Length of a way: by cost, then hops. */
typedef struct length {
    int64_t cost;
    int64_t hops;
} length;

static length plus(length a, length b)
{
    return (length){a.cost + b.cost, a.hops + b.hops};
}

static length minus(length a, length b)
{
    return (length){a.cost - b.cost, a.hops - b.hops};
}

static bool shorter(length a, length b)
{
    return a.cost != b.cost ? a.cost < b.cost : a.hops < b.hops;
}

static length tie_length(const kith_ground *ground, uint64_t e)
{
    return (length){(int64_t)kith_step_cost(ground, e), 1};
}

/**
 * What it takes to reach both an end and one more person from `via`, by ways that share nobody.
 *
 * The shortest way to an end comes first. A second search then finds for everyone how much more it
 * takes to reach them too, and may push the first way aside: it walks the first way backwards at
 * negative length. A person on the first way is entered at one gate and left at another, which
 * joins only against the way; everyone else is one gate. Lengths are reduced by the first search's
 * distances, which makes them 0 or more.
 */
typedef struct pair_search {
    const kith_ground *ground;
    uint32_t n;
    uint32_t via;
    uint32_t nearest_end;  /**< NOBODY where no end can be reached */
    length *distance;      /**< [n] from via; FAR where not reached */
    uint32_t *before;      /**< [n] previous person on the shortest way from via */
    bool *on_way;          /**< [n] on the shortest way to nearest_end, via not counted */
    length *second;        /**< [2 n + 1] by gate: reduced distance in the second search */
    uint32_t *place;       /**< [2 n + 1] for heaps */
    const length *heap_by; /**< what the heap at hand is ordered by */
    kith_heap heap;
} pair_search;

static bool nearer(const void *ctx, uint32_t a, uint32_t b)
{
    const pair_search *s = ctx;

    return shorter(s->heap_by[a], s->heap_by[b]);
}

static void pair_search_free(pair_search *s)
{
    kith_free(s->distance);
    kith_free(s->before);
    kith_free(s->on_way);
    kith_free(s->second);
    kith_free(s->place);
    kith_heap_free(&s->heap);
}

/** @return false when out of memory; what was allocated is then still to be freed. */
static bool pair_search_new(pair_search *s, const kith_ground *ground, uint32_t via)
{
    uint32_t n = ground->graph->n;
    size_t gates = 2 * (size_t)n + 1;

    *s = (pair_search){
        .ground = ground,
        .n = n,
        .via = via,
        .distance = kith_alloc_array(n, sizeof *s->distance),
        .before = kith_alloc_array(n, sizeof *s->before),
        .on_way = kith_alloc_array(n, sizeof *s->on_way),
        .second = kith_alloc_array(gates, sizeof *s->second),
        .place = kith_alloc_array(gates, sizeof *s->place),
    };
    s->heap = (kith_heap){.before = nearer, .ctx = s, .place = s->place};
    return s->distance && s->before && s->on_way && s->second && s->place && n < UINT32_MAX / 2;
}

static void forget(pair_search *s)
{
    for (uint32_t v = 0; v < s->n; v++) {
        s->distance[v] = (length){FAR, 0};
        s->before[v] = NOBODY;
        s->on_way[v] = false;
    }
    for (size_t gate = 0; gate < 2 * (size_t)s->n + 1; gate++) {
        s->second[gate] = (length){FAR, 0};
        s->place[gate] = UINT32_MAX;
    }
    s->nearest_end = NOBODY;
    s->heap.count = 0;
}

static bool tick_is_due(uint64_t *settled)
{
    return (*settled)++ % SETTLED_PER_TICK == 0;
}

/** The first search: from via to everyone, over passable people. */
static kith_code search_first(pair_search *s, kith_err *err)
{
    const kith_graph *graph = s->ground->graph;
    uint64_t settled = 0;

    s->heap_by = s->distance;
    s->distance[s->via] = (length){0, 0};
    if (!kith_heap_push(&s->heap, s->via))
        return kith_fail_memory(err, "routes");
    while (s->heap.count > 0) {
        uint32_t u = kith_heap_pop(&s->heap);
        kith_code rc = KITH_OK;
        if (tick_is_due(&settled) &&
            (rc = kith_tick_now(s->ground->progress, "searching routes", settled, 0, err)))
            return rc;
        if (s->ground->is_end[u] && s->nearest_end == NOBODY)
            s->nearest_end = u;
        if (!s->ground->passable[u])
            continue;
        for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++) {
            uint32_t v = graph->target[e];
            length way = plus(s->distance[u], tie_length(s->ground, e));
            if (!(s->ground->passable[v] || s->ground->is_end[v]) || !shorter(way, s->distance[v]))
                continue;
            s->distance[v] = way;
            s->before[v] = u;
            if (!kith_heap_raise(&s->heap, v))
                return kith_fail_memory(err, "routes");
        }
    }
    return KITH_OK;
}

static uint32_t entry_gate(uint32_t person)
{
    return 2 * person;
}

static uint32_t exit_gate(const pair_search *s, uint32_t person)
{
    return 2 * person + s->on_way[person];
}

/** The gate behind all ends. */
static uint32_t end_gate(const pair_search *s)
{
    return 2 * s->n;
}

/** Distance of a gate in the first search; all ends together are as far as the nearest. */
static length first_distance(const pair_search *s, uint32_t gate)
{
    return s->distance[gate == end_gate(s) ? s->nearest_end : gate / 2];
}

/** Offers gate `to` the way over gate `from` and a step of this length. */
static bool offer(pair_search *s, uint32_t from, uint32_t to, length step)
{
    length reduced = minus(plus(step, first_distance(s, from)), first_distance(s, to));
    length way = plus(s->second[from], reduced);

    if (!shorter(way, s->second[to]))
        return true;
    s->second[to] = way;
    return kith_heap_raise(&s->heap, to);
}

/** From a gate that a person is left at: to all neighbours, and on to the end gate. */
static bool offer_onward(pair_search *s, uint32_t gate)
{
    const kith_graph *graph = s->ground->graph;
    uint32_t u = gate / 2;

    if (s->ground->is_end[u] && !s->on_way[u] && !offer(s, gate, end_gate(s), (length){0, 0}))
        return false;
    if (!s->ground->passable[u])
        return true;
    for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++) {
        uint32_t v = graph->target[e];
        if (v != s->via && s->distance[v].cost != FAR &&
            !offer(s, gate, entry_gate(v), tie_length(s->ground, e)))
            return false;
    }
    return true;
}

/** From the entry of a person on the first way: back along the tie by which that way came. */
static bool offer_back(pair_search *s, uint32_t u)
{
    uint32_t previous = s->before[u];

    if (previous == s->via)
        return true;
    return offer(s, entry_gate(u), exit_gate(s, previous), minus(s->distance[previous], s->distance[u]));
}

static bool settle_gate(pair_search *s, uint32_t gate)
{
    const length nothing = {0, 0};

    if (gate == end_gate(s))
        return offer(s, gate, exit_gate(s, s->nearest_end), nothing);
    if (gate != exit_gate(s, gate / 2))
        return offer_back(s, gate / 2);
    return offer_onward(s, gate) && (!s->on_way[gate / 2] || offer(s, gate, entry_gate(gate / 2), nothing));
}

static kith_code search_second(pair_search *s, kith_err *err)
{
    uint64_t settled = 0;

    s->heap_by = s->second;
    s->second[entry_gate(s->via)] = (length){0, 0};
    if (!kith_heap_push(&s->heap, entry_gate(s->via)))
        return kith_fail_memory(err, "routes");
    while (s->heap.count > 0) {
        kith_code rc = KITH_OK;
        if (tick_is_due(&settled) &&
            (rc = kith_tick_now(s->ground->progress, "searching routes", settled, 0, err)))
            return rc;
        if (!settle_gate(s, kith_heap_pop(&s->heap)))
            return kith_fail_memory(err, "routes");
    }
    return KITH_OK;
}

/** Both searches on the ground as it now is. */
static kith_code search_pairs(pair_search *s, kith_err *err)
{
    forget(s);
    kith_code rc = search_first(s, err);

    if (rc || s->nearest_end == NOBODY)
        return rc;
    for (uint32_t u = s->nearest_end; u != s->via; u = s->before[u])
        s->on_way[u] = true;
    return search_second(s, err);
}

/** What it takes from `person` over via to an end; false where there is no such way. */
static bool pair_length(const pair_search *s, uint32_t person, length *whole)
{
    if (s->nearest_end == NOBODY || !s->ground->passable[person])
        return false;
    *whole = s->distance[s->nearest_end];
    if (person == s->via)
        return true;
    length second = s->second[exit_gate(s, person)];
    if (second.cost == FAR)
        return false;
    *whole = plus(*whole, plus(second, s->distance[person]));
    return true;
}

static bool collect_starts(const pair_search *s, uint32_t from, kith_starts *starts)
{
    const kith_graph *graph = s->ground->graph;
    length whole;

    for (uint64_t e = graph->offset[from]; e < graph->offset[from + 1]; e++) {
        uint32_t introducer = graph->target[e];
        if (pair_length(s, introducer, &whole) &&
            !kith_starts_add(starts, (kith_start){kith_first_cost(s->ground, e) + (uint64_t)whole.cost,
                                                  1 + (uint32_t)whole.hops, introducer}))
            return false;
    }
    return true;
}

/** The neighbour by which the best way from `person` over via goes on; the smallest of several. */
static uint32_t best_next(const pair_search *s, uint32_t person)
{
    const kith_graph *graph = s->ground->graph;
    uint32_t best = NOBODY;
    length best_whole = {FAR, 0};
    length whole;

    for (uint64_t e = graph->offset[person]; e < graph->offset[person + 1]; e++) {
        if (!pair_length(s, graph->target[e], &whole))
            continue;
        whole = plus(whole, tie_length(s->ground, e));
        if (shorter(whole, best_whole)) {
            best_whole = whole;
            best = graph->target[e];
        }
    }
    return best;
}

/** Writes the people after via: the shortest way from there to an end. */
static kith_code finish_route(const kith_ground *ground, uint32_t via, uint32_t *people, kith_err *err)
{
    kith_labels labels = {0};
    kith_code rc = kith_labels_unlimited(ground, &labels, err);

    if (!rc)
        kith_label_follow(ground, &labels, kith_label_within(&labels, via, UINT32_MAX), people);
    kith_labels_free(&labels);
    return rc;
}

/**
 * Writes the best route through one introducer, person by person: everyone written is taken off
 * the ground, and what remains says who comes next.
 */
static kith_code write_route(pair_search *s, kith_ground *ground, const kith_start *start, uint32_t *people,
                             kith_err *err)
{
    kith_code rc = KITH_OK;
    uint32_t place = 1;

    people[place] = start->introducer;
    while (!rc && people[place] != s->via) {
        ground->passable[people[place]] = ground->is_end[people[place]] = false;
        rc = search_pairs(s, err);
        if (!rc) {
            people[place + 1] = best_next(s, people[place]);
            place++;
        }
    }
    return rc ? rc : finish_route(ground, s->via, people + place + 1, err);
}

/** Puts people that write_route took off the ground back. */
static void restore(const kith_route_query *query, kith_ground *ground, const uint32_t *people)
{
    for (uint32_t place = 1; people[place] != query->via; place++) {
        ground->passable[people[place]] = true;
        ground->is_end[people[place]] = query->is_target[people[place]];
    }
}

kith_code kith_routes_disjoint(const kith_route_query *query, kith_ground *ground, uint32_t top,
                               kith_found_routes *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    pair_search s = {0};
    kith_starts starts = {0};
    uint32_t *people = kith_alloc_array((size_t)query->graph->n + 1, sizeof *people);

    ground->is_end[query->via] = false;
    if (!pair_search_new(&s, ground, query->via) || !people) {
        rc = kith_fail_memory(err, "routes");
        goto done;
    }
    if ((rc = search_pairs(&s, err)))
        goto done;
    if (!collect_starts(&s, query->from, &starts)) {
        rc = kith_fail_memory(err, "routes");
        goto done;
    }
    kith_starts_keep(&starts, top);
    people[0] = query->from;
    for (size_t i = 0; !rc && i < starts.count; i++) {
        rc = write_route(&s, ground, &starts.all[i], people, err);
        if (!rc && !kith_found_routes_add(out, starts.all[i].cost, starts.all[i].hops, people))
            rc = kith_fail_memory(err, "routes");
        if (!rc)
            restore(query, ground, people);
    }
done:
    kith_free(people);
    kith_starts_free(&starts);
    pair_search_free(&s);
    return rc;
}

#include "graph/disjoint_pairs.h"

#include "base/mem.h"
#include "base/ticker.h"

#define NOBODY UINT32_MAX
#define FAR INT64_MAX

/** People settled between two ticks. */
#define SETTLED_PER_TICK 16384

static kith_length plus(kith_length a, kith_length b)
{
    return (kith_length){a.cost + b.cost, a.hops + b.hops};
}

static kith_length minus(kith_length a, kith_length b)
{
    return (kith_length){a.cost - b.cost, a.hops - b.hops};
}

static bool shorter(kith_length a, kith_length b)
{
    return a.cost != b.cost ? a.cost < b.cost : a.hops < b.hops;
}

static kith_length tie_length(const kith_ground *ground, uint64_t e)
{
    return (kith_length){(int64_t)kith_step_cost(ground, e), 1};
}

static bool nearer(const void *ctx, uint32_t a, uint32_t b)
{
    const kith_pair_search *s = ctx;

    return shorter(s->heap_by[a], s->heap_by[b]);
}

void kith_pair_search_free(kith_pair_search *s)
{
    kith_free(s->distance);
    kith_free(s->before);
    kith_free(s->on_way);
    kith_free(s->second);
    kith_free(s->place);
    kith_heap_free(&s->heap);
}

bool kith_pair_search_new(kith_pair_search *s, const kith_ground *ground, uint32_t via)
{
    uint32_t n = ground->graph->n;
    size_t gates = 2 * (size_t)n + 1;

    *s = (kith_pair_search){
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

static void forget(kith_pair_search *s)
{
    for (uint32_t v = 0; v < s->n; v++) {
        s->distance[v] = (kith_length){FAR, 0};
        s->before[v] = NOBODY;
        s->on_way[v] = false;
    }
    for (size_t gate = 0; gate < 2 * (size_t)s->n + 1; gate++) {
        s->second[gate] = (kith_length){FAR, 0};
        s->place[gate] = UINT32_MAX;
    }
    s->nearest_end = NOBODY;
    s->heap.count = 0;
}

static bool tick_is_due(uint64_t *settled)
{
    return (*settled)++ % SETTLED_PER_TICK == 0;
}

static bool may_stand(const kith_ground *ground, uint32_t person)
{
    return kith_ground_passable(ground, person) || kith_ground_is_end(ground, person);
}

/** The first search: from via to everyone, over passable people. */
static kith_code search_first(kith_pair_search *s, kith_err *err)
{
    const kith_graph *graph = s->ground->graph;
    uint64_t settled = 0;

    s->heap_by = s->distance;
    s->distance[s->via] = (kith_length){0, 0};
    if (!kith_heap_push(&s->heap, s->via))
        return kith_fail_memory(err, "routes");
    while (s->heap.count > 0) {
        uint32_t u = kith_heap_pop(&s->heap);
        kith_code rc = KITH_OK;
        if (tick_is_due(&settled) &&
            (rc = kith_tick_now(s->ground->progress, "searching routes", settled, 0, err)))
            return rc;
        if (s->nearest_end == NOBODY && kith_ground_is_end(s->ground, u))
            s->nearest_end = u;
        if (!kith_ground_passable(s->ground, u))
            continue;
        kith_tie_row row = kith_graph_row(graph, u);
        for (uint64_t e = row.begin; e < row.end; e++) {
            uint32_t v = graph->target[e];
            kith_length way = plus(s->distance[u], tie_length(s->ground, e));
            if (!shorter(way, s->distance[v]) || !may_stand(s->ground, v))
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

static uint32_t exit_gate(const kith_pair_search *s, uint32_t person)
{
    return 2 * person + s->on_way[person];
}

/** The gate behind all ends. */
static uint32_t end_gate(const kith_pair_search *s)
{
    return 2 * s->n;
}

/** Distance of a gate in the first search; all ends together are as far as the nearest. */
static kith_length first_distance(const kith_pair_search *s, uint32_t gate)
{
    return s->distance[gate == end_gate(s) ? s->nearest_end : gate / 2];
}

/** Offers gate `to` the way over gate `from` and a step of this length. */
static bool offer(kith_pair_search *s, uint32_t from, uint32_t to, kith_length step)
{
    kith_length reduced = minus(plus(step, first_distance(s, from)), first_distance(s, to));
    kith_length way = plus(s->second[from], reduced);

    if (!shorter(way, s->second[to]))
        return true;
    s->second[to] = way;
    return kith_heap_raise(&s->heap, to);
}

/** From a gate that a person is left at: to all neighbours, and on to the end gate. */
static bool offer_onward(kith_pair_search *s, uint32_t gate)
{
    const kith_graph *graph = s->ground->graph;
    uint32_t u = gate / 2;
    kith_tie_row row = kith_graph_row(graph, u);

    if (!s->on_way[u] && kith_ground_is_end(s->ground, u) &&
        !offer(s, gate, end_gate(s), (kith_length){0, 0}))
        return false;
    if (!kith_ground_passable(s->ground, u))
        return true;
    for (uint64_t e = row.begin; e < row.end; e++) {
        uint32_t v = graph->target[e];
        if (v != s->via && s->distance[v].cost != FAR &&
            !offer(s, gate, entry_gate(v), tie_length(s->ground, e)))
            return false;
    }
    return true;
}

/** From the entry of a person on the first way: back along the tie by which that way came. */
static bool offer_back(kith_pair_search *s, uint32_t u)
{
    uint32_t previous = s->before[u];

    if (previous == s->via)
        return true;
    return offer(s, entry_gate(u), exit_gate(s, previous), minus(s->distance[previous], s->distance[u]));
}

static bool settle_gate(kith_pair_search *s, uint32_t gate)
{
    const kith_length nothing = {0, 0};

    if (gate == end_gate(s))
        return offer(s, gate, exit_gate(s, s->nearest_end), nothing);
    if (gate != exit_gate(s, gate / 2))
        return offer_back(s, gate / 2);
    return offer_onward(s, gate) && (!s->on_way[gate / 2] || offer(s, gate, entry_gate(gate / 2), nothing));
}

static kith_code search_second(kith_pair_search *s, kith_err *err)
{
    uint64_t settled = 0;

    s->heap_by = s->second;
    s->second[entry_gate(s->via)] = (kith_length){0, 0};
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

kith_code kith_pair_search_run(kith_pair_search *s, kith_err *err)
{
    forget(s);
    kith_code rc = search_first(s, err);

    if (rc || s->nearest_end == NOBODY)
        return rc;
    for (uint32_t u = s->nearest_end; u != s->via; u = s->before[u])
        s->on_way[u] = true;
    return search_second(s, err);
}

bool kith_pair_length(const kith_pair_search *s, uint32_t person, kith_length *whole)
{
    if (s->nearest_end == NOBODY || !kith_ground_passable(s->ground, person))
        return false;
    *whole = s->distance[s->nearest_end];
    if (person == s->via)
        return true;
    kith_length second = s->second[exit_gate(s, person)];
    if (second.cost == FAR)
        return false;
    *whole = plus(*whole, plus(second, s->distance[person]));
    return true;
}

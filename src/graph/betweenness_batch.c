#include "graph/betweenness_batch.h"

#include <float.h>

#include "base/mem.h"
#include "base/wide.h"

/*
 * Sixteen breadth-first searches walk the rows of ties together. For search k let d(v) be the
 * distance of v, routes(v) the number of shortest routes from the source, and
 *
 *     onward(v) = sum of (1 + dependency(w)) / routes(w) over v's neighbours w with d(w) = d(v) + 1,
 *
 * so that dependency(v) = routes(v) onward(v), in Brandes' words. Both numbers are sums over
 * neighbours, level by level: routes forwards; backwards what v hands to the level before, which
 * is (1 + dependency(v)) / routes(v) = 1 / routes(v) + onward(v).
 *
 * A sum need not ask which neighbours count. Forwards, the neighbours of somebody who is reached now
 * are at the level before, or at this one or later and still 0; so this level's sums are set aside
 * until all are made. Backwards the same holds the other way round. Each array is where
 * the other pass sets its sums aside.
 */

/* One register of AVX, or two of SSE2 or NEON. */
typedef double four __attribute__((vector_size(32)));
typedef int64_t four_bits __attribute__((vector_size(32)));

#define FOURS (KITH_BATCH / 4)

struct kith_batch_row {
    four of[FOURS];
};

/* The order of sums is in the source, so both kinds of code give the same bytes. */
#define KEPT(value, mask) ((four)((four_bits)(value) & (mask)))

bool kith_batch_new(uint32_t n, kith_batch_space *space)
{
    uintptr_t line = sizeof(kith_batch_row);

    *space = (kith_batch_space){.memory = kith_alloc_array(2 * (size_t)n + 1, sizeof(kith_batch_row)),
                                .seen = kith_calloc(n, sizeof *space->seen),
                                .arriving = kith_calloc(n, sizeof *space->arriving)};
    if (!space->memory || !space->seen || !space->arriving)
        return false;
    /* A row that begins on a cache line ends on one. */
    space->routes = (kith_batch_row *)(((uintptr_t)space->memory + line - 1) / line * line);
    space->onward = space->routes + n;
    for (uint32_t v = 0; v < n; v++)
        space->routes[v] = space->onward[v] = (kith_batch_row){0};
    return true;
}

void kith_batch_free(kith_batch_space *space)
{
    kith_free(space->memory);
    kith_free(space->seen);
    kith_free(space->arriving);
    kith_free(space->arrivals);
    kith_free(space->level);
    *space = (kith_batch_space){0};
}

/** All ones where a search is among `searches`. */
KITH_INLINED void spread_bits(uint32_t searches, four_bits *mask)
{
    for (int i = 0; i < FOURS; i++) {
        four_bits bit = {1 << 4 * i, 2 << 4 * i, 4 << 4 * i, 8 << 4 * i};
        mask[i] = (bit & (int64_t)searches) != 0;
    }
}

KITH_INLINED void sum_over_neighbours(const kith_graph *graph, uint32_t v, const kith_batch_row *rows,
                                      kith_batch_row *out)
{
    four a = {0};
    four b = {0};
    four c = {0};
    four d = {0};

    for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
        const four *row = rows[graph->target[e]].of;
        a += row[0];
        b += row[1];
        c += row[2];
        d += row[3];
    }
    *out = (kith_batch_row){{a, b, c, d}};
}

static void begin_search(kith_batch_space *space, uint32_t source, uint32_t k)
{
    space->arrivals[k] = (kith_arrival){source, (uint32_t)1 << k};
    space->seen[source] = (uint16_t)(1 << k);
    space->routes[source].of[k / 4][k % 4] = 1;
    space->onward[source] = (kith_batch_row){0};
}

/** Who is next to the arrivals [from, to) and not yet seen. @return where they end in arrivals. */
static size_t gather_level(const kith_graph *graph, kith_batch_space *space, size_t from, size_t to)
{
    size_t used = to;

    for (size_t i = from; i < to; i++) {
        kith_arrival a = space->arrivals[i];
        for (uint64_t e = graph->offset[a.person]; e < graph->offset[a.person + 1]; e++) {
            uint32_t w = graph->target[e];
            uint32_t fresh = a.searches & ~(uint32_t)space->seen[w];
            if (!fresh)
                continue;
            if (!space->arriving[w])
                space->arrivals[used++].person = w;
            space->arriving[w] = (uint16_t)(space->arriving[w] | fresh);
        }
    }
    for (size_t i = to; i < used; i++) {
        uint32_t w = space->arrivals[i].person;
        space->arrivals[i].searches = space->arriving[w];
        space->seen[w] |= space->arriving[w];
        space->arriving[w] = 0;
    }
    return used;
}

KITH_WIDE
static void count_routes(const kith_graph *graph, const kith_batch_space *space, size_t from, size_t to,
                         bool *overflow)
{
    four_bits too_many = {0};
    four_bits mask[FOURS];

    for (size_t i = from; i < to; i++) {
        uint32_t v = space->arrivals[i].person;
        sum_over_neighbours(graph, v, space->routes, &space->onward[v]);
    }
    for (size_t i = from; i < to; i++) {
        kith_batch_row *routes = &space->routes[space->arrivals[i].person];
        kith_batch_row *sum = &space->onward[space->arrivals[i].person];
        spread_bits(space->arrivals[i].searches, mask);
        for (int k = 0; k < FOURS; k++) {
            routes->of[k] += KEPT(sum->of[k], mask[k]);
            too_many |= routes->of[k] > DBL_MAX;
            sum->of[k] = (four){0};
        }
    }
    for (int k = 0; k < 4; k++)
        *overflow |= too_many[k] != 0;
}

/** Leaves routes at 0 for these arrivals. */
KITH_WIDE
static void hand_back(const kith_graph *graph, const kith_batch_space *space, size_t from, size_t to,
                      double *score)
{
    four_bits mask[FOURS];

    for (size_t i = from; i < to; i++) {
        uint32_t v = space->arrivals[i].person;
        kith_batch_row *routes = &space->routes[v];
        kith_batch_row sum;
        four dependency = {0};
        sum_over_neighbours(graph, v, space->onward, &sum);
        spread_bits(space->arrivals[i].searches, mask);
        for (int k = 0; k < FOURS; k++) {
            dependency += KEPT(routes->of[k] * sum.of[k], mask[k]);
            sum.of[k] += 1 / routes->of[k];
            routes->of[k] = KEPT(routes->of[k], ~mask[k]) + KEPT(sum.of[k], mask[k]);
        }
        score[v] += (dependency[0] + dependency[1]) + (dependency[2] + dependency[3]);
    }
    for (size_t i = from; i < to; i++) {
        kith_batch_row *aside = &space->routes[space->arrivals[i].person];
        kith_batch_row *onward = &space->onward[space->arrivals[i].person];
        spread_bits(space->arrivals[i].searches, mask);
        for (int k = 0; k < FOURS; k++) {
            onward->of[k] += KEPT(aside->of[k], mask[k]);
            aside->of[k] = KEPT(aside->of[k], ~mask[k]);
        }
    }
}

/** Room for one more level, of n arrivals at most. */
static bool reserve_level(kith_batch_space *space, uint32_t n)
{
    size_t used = space->levels ? space->level[space->levels] : 0;

    return kith_grow((void **)&space->arrivals, &space->arrivals_capacity, used + n,
                     sizeof *space->arrivals) &&
           kith_grow((void **)&space->level, &space->level_capacity, space->levels + 2, sizeof *space->level);
}

static void forget(kith_batch_space *space, uint32_t first, uint32_t count)
{
    for (size_t i = 0; i < space->level[space->levels]; i++)
        space->seen[space->arrivals[i].person] = 0;
    for (uint32_t v = first; v < first + count; v++)
        space->routes[v] = (kith_batch_row){0};
}

bool kith_batch_run(const kith_graph *graph, uint32_t first, uint32_t count, kith_batch_space *space,
                    double *score, bool *overflow)
{
    size_t from = 0;
    size_t to = count;

    space->levels = 0;
    if (!reserve_level(space, graph->n))
        return false;
    space->level[0] = 0;
    for (uint32_t k = 0; k < count; k++)
        begin_search(space, first + k, k);
    while (from < to) {
        space->level[++space->levels] = to;
        if (!reserve_level(space, graph->n))
            return false;
        size_t next = gather_level(graph, space, from, to);
        count_routes(graph, space, to, next, overflow);
        from = to;
        to = next;
    }
    for (size_t d = space->levels; d-- > 1;)
        hand_back(graph, space, space->level[d], space->level[d + 1], score);
    forget(space, first, count);
    return true;
}

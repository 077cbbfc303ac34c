#include "graph/route_sampler.h"

#include <string.h>

#include "base/mem.h"

/*
 * Two breadth-first searches, one from each end, go on level by level until a tie leads from one
 * to the other. No tie did so before, hence every shortest route has exactly one tie at which the searches
 * touch, and there are routes(u) routes(w) of them through the tie of u and w. One tie is drawn by that
 * weight; from its ends a drawn person before leads back on either side.
 *
 * Weights are only ever compared within one level, so a level whose counts grow too large for a double is
 * multiplied by a power of two: what becomes 0 then had no chance to be drawn.
 */
#define TOO_MANY 0x1p400

/** One of the two searches. */
typedef struct half {
    uint32_t side;
    uint32_t distance;
    uint32_t from, to; /**< who is at that distance, in the order they were reached */
    uint64_t ahead;    /**< ties of those people */
} half;

/** The tie drawn among those at which the searches touch. */
typedef struct touch {
    bool found;
    double routes; /**< over all such ties so far */
    uint32_t near, far;
} touch;

bool kith_route_sampler_new(uint32_t n, kith_route_sampler *sampler)
{
    *sampler = (kith_route_sampler){.n = n,
                                    .mark = kith_calloc(n, sizeof *sampler->mark),
                                    .routes = kith_alloc_array(n, sizeof *sampler->routes),
                                    .before = kith_alloc_array(n, sizeof *sampler->before),
                                    .reached = kith_alloc_array(n, sizeof *sampler->reached)};
    return sampler->mark && sampler->routes && sampler->before && sampler->reached;
}

void kith_route_sampler_free(kith_route_sampler *sampler)
{
    kith_free(sampler->mark);
    kith_free(sampler->routes);
    kith_free(sampler->before);
    kith_free(sampler->reached);
    *sampler = (kith_route_sampler){0};
}

static uint32_t *reached_at(const kith_route_sampler *sampler, uint32_t side, uint32_t i)
{
    return &sampler->reached[side ? sampler->n - 1 - i : i];
}

static half begin(const kith_graph *graph, kith_route_sampler *sampler, uint32_t side, uint32_t end)
{
    sampler->mark[end] = sampler->epoch + 4 * side;
    sampler->routes[end] = 1;
    sampler->before[end] = end;
    *reached_at(sampler, side, 0) = end;
    return (half){.side = side, .from = 0, .to = 1, .ahead = kith_graph_degree(graph, end)};
}

static void forget(kith_route_sampler *sampler)
{
    if (sampler->epoch > UINT32_MAX - 16) {
        memset(sampler->mark, 0, sampler->n * sizeof *sampler->mark);
        sampler->epoch = 0;
    }
    sampler->epoch += 8;
}

static void keep_countable(kith_route_sampler *sampler, const half *own)
{
    double most = 0;

    for (uint32_t i = own->from; i < own->to; i++) {
        double routes = sampler->routes[*reached_at(sampler, own->side, i)];
        most = routes > most ? routes : most;
    }
    if (most > TOO_MANY)
        for (uint32_t i = own->from; i < own->to; i++)
            sampler->routes[*reached_at(sampler, own->side, i)] *= 1 / TOO_MANY;
}

/** Whether the newest of several is drawn, by its weight beside that of all so far. */
static bool drawn(kith_rng *rng, double weight, double all)
{
    return kith_rng_unit(rng) * all < weight;
}

static void add_routes(kith_route_sampler *sampler, uint32_t from, uint32_t to, kith_rng *rng)
{
    sampler->routes[to] += sampler->routes[from];
    if (drawn(rng, sampler->routes[from], sampler->routes[to]))
        sampler->before[to] = from;
}

static void add_touch(const kith_route_sampler *sampler, uint32_t near, uint32_t far, kith_rng *rng,
                      touch *out)
{
    double routes = sampler->routes[near] * sampler->routes[far];

    out->routes += routes;
    if (!out->found || drawn(rng, routes, out->routes)) {
        out->near = near;
        out->far = far;
    }
    out->found = true;
}

/** Takes one search a level further, or finds where it touches the other. */
static void step(const kith_graph *graph, kith_route_sampler *sampler, half *own, kith_rng *rng, touch *out)
{
    const uint32_t epoch = sampler->epoch;
    const uint32_t next = epoch + 4 * own->side + ++own->distance % 3;
    uint32_t used = own->to;

    keep_countable(sampler, own);
    own->ahead = 0;
    for (uint32_t i = own->from; i < own->to; i++) {
        uint32_t v = *reached_at(sampler, own->side, i);
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
            uint32_t w = graph->target[e];
            uint32_t mark = sampler->mark[w];
            if (mark >= epoch && ((mark ^ next) & 4)) {
                add_touch(sampler, v, w, rng, out);
            } else if (out->found) {
                continue;
            } else if (mark < epoch) {
                sampler->mark[w] = next;
                sampler->routes[w] = sampler->routes[v];
                sampler->before[w] = v;
                *reached_at(sampler, own->side, used++) = w;
                own->ahead += kith_graph_degree(graph, w);
            } else if (mark == next) {
                add_routes(sampler, v, w, rng);
            }
        }
    }
    own->from = own->to;
    own->to = used;
}

/** Those from `v` back to the end of its side, which is left out, as the reached from `count` on. */
static uint32_t gather(kith_route_sampler *sampler, uint32_t v, uint32_t count)
{
    for (; sampler->before[v] != v; v = sampler->before[v])
        sampler->reached[count++] = v;
    return count;
}

uint32_t kith_route_sampler_draw(const kith_graph *graph, kith_route_sampler *sampler, uint32_t a, uint32_t b,
                                 kith_rng *rng)
{
    touch found = {0};

    forget(sampler);
    half halves[2] = {begin(graph, sampler, 0, a), begin(graph, sampler, 1, b)};
    while (!found.found) {
        half *cheaper = &halves[halves[1].ahead < halves[0].ahead];
        if (cheaper->ahead == 0)
            return 0;
        step(graph, sampler, cheaper, rng, &found);
    }
    return gather(sampler, found.far, gather(sampler, found.near, 0));
}

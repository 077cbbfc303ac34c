#include "one_sided_sampler.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define UNREACHED UINT32_MAX

one_sided_sampler one_sided_new(uint32_t n)
{
    one_sided_sampler s = {kith_alloc_array(n, sizeof *s.distance), kith_alloc_array(n, sizeof *s.routes),
                           kith_alloc_array(n, sizeof *s.reached), kith_alloc_array(n, sizeof *s.between)};

    if (!s.distance || !s.routes || !s.reached || !s.between)
        abort();
    memset(s.distance, 0xff, n * sizeof *s.distance);
    return s;
}

void one_sided_free(one_sided_sampler *sampler)
{
    kith_free(sampler->distance);
    kith_free(sampler->routes);
    kith_free(sampler->reached);
    kith_free(sampler->between);
}

static void reach(one_sided_sampler *s, uint32_t *count, uint32_t v, uint32_t distance, double routes)
{
    s->distance[v] = distance;
    s->routes[v] = routes;
    s->reached[(*count)++] = v;
}

/** Counts routes from `a` to all who are no further than `b`. @return how many were reached. */
static uint32_t search(const kith_graph *graph, one_sided_sampler *s, uint32_t a, uint32_t b)
{
    uint32_t count = 0;

    reach(s, &count, a, 0, 1);
    for (uint32_t i = 0; i < count && s->distance[s->reached[i]] < s->distance[b]; i++) {
        uint32_t v = s->reached[i];
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
            uint32_t w = graph->target[e];
            if (s->distance[w] == UNREACHED)
                reach(s, &count, w, s->distance[v] + 1, s->routes[v]);
            else if (s->distance[w] == s->distance[v] + 1)
                s->routes[w] += s->routes[v];
        }
    }
    return count;
}

/** Somebody one step nearer to the source than v, by their routes. */
static uint32_t draw_before(const kith_graph *graph, const one_sided_sampler *s, uint32_t v, kith_rng *rng)
{
    double left = kith_rng_unit(rng) * s->routes[v];
    uint32_t last = v;

    for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1] && (last == v || left >= 0); e++)
        if (s->distance[graph->target[e]] + 1 == s->distance[v]) {
            last = graph->target[e];
            left -= s->routes[last];
        }
    return last;
}

uint32_t one_sided_draw(const kith_graph *graph, one_sided_sampler *sampler, uint32_t a, uint32_t b,
                        kith_rng *rng)
{
    uint32_t count = search(graph, sampler, a, b);
    uint32_t between = 0;

    if (sampler->distance[b] != UNREACHED)
        for (uint32_t v = b; (v = draw_before(graph, sampler, v, rng)) != a;)
            sampler->between[between++] = v;
    for (uint32_t i = 0; i < count; i++)
        sampler->distance[sampler->reached[i]] = UNREACHED;
    return between;
}

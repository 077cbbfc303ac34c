#include "plain_betweenness.h"

#include <stdlib.h>

#include "base/mem.h"

#define UNREACHED UINT32_MAX

/** One search from one person. */
typedef struct search {
    uint32_t *distance; /**< [n] */
    uint32_t *order;    /**< [n] people reached, nearest first */
    double *routes;     /**< [n] shortest routes from the source */
    double *dependency; /**< [n] */
} search;

static uint32_t forward(const kith_graph *graph, uint32_t source, const search *s)
{
    uint32_t reached = 1;

    for (uint32_t v = 0; v < graph->n; v++) {
        s->distance[v] = UNREACHED;
        s->routes[v] = s->dependency[v] = 0;
    }
    s->order[0] = source;
    s->distance[source] = 0;
    s->routes[source] = 1;
    for (uint32_t i = 0; i < reached; i++) {
        uint32_t v = s->order[i];
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
            uint32_t w = graph->target[e];
            if (s->distance[w] == UNREACHED) {
                s->distance[w] = s->distance[v] + 1;
                s->order[reached++] = w;
            }
            if (s->distance[w] == s->distance[v] + 1)
                s->routes[w] += s->routes[v];
        }
    }
    return reached;
}

static void backward(const kith_graph *graph, uint32_t reached, const search *s, double *score)
{
    for (uint32_t i = reached; i-- > 1;) {
        uint32_t w = s->order[i];
        for (uint64_t e = graph->offset[w]; e < graph->offset[w + 1]; e++) {
            uint32_t v = graph->target[e];
            if (s->distance[v] + 1 == s->distance[w])
                s->dependency[v] += s->routes[v] / s->routes[w] * (1 + s->dependency[w]);
        }
        score[w] += s->dependency[w] / 2; /* each pair is met from both of its ends */
    }
}

void plain_betweenness(const kith_graph *graph, double *score)
{
    uint32_t n = graph->n;
    search s = {kith_alloc_array(n, sizeof *s.distance), kith_alloc_array(n, sizeof *s.order),
                kith_alloc_array(n, sizeof *s.routes), kith_alloc_array(n, sizeof *s.dependency)};

    if (!s.distance || !s.order || !s.routes || !s.dependency)
        abort();
    for (uint32_t v = 0; v < n; v++)
        score[v] = 0;
    for (uint32_t source = 0; source < n; source++)
        backward(graph, forward(graph, source, &s), &s, score);
    kith_free(s.distance);
    kith_free(s.order);
    kith_free(s.routes);
    kith_free(s.dependency);
}

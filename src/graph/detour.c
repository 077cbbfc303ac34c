#include "graph/detour.h"

#include "base/mem.h"

kith_code kith_detour_new(const kith_graph *graph, kith_detour *detour, kith_err *err)
{
    *detour = (kith_detour){.distance = kith_alloc_array(graph->n, sizeof *detour->distance),
                            .queue = kith_alloc_array(graph->n, sizeof *detour->queue)};
    if (!detour->distance || !detour->queue)
        return kith_fail_memory(err, "ways round a person");
    for (uint32_t v = 0; v < graph->n; v++)
        detour->distance[v] = KITH_NO_WAY;
    return KITH_OK;
}

void kith_detour_free(kith_detour *detour)
{
    kith_free(detour->distance);
    kith_free(detour->queue);
    *detour = (kith_detour){0};
}

/** Everyone reached so far, in order of distance. */
typedef struct reached {
    uint32_t begin, end; /**< of the queue: those whose ties are still to be followed */
} reached;

static void reach(kith_detour *detour, reached *r, uint32_t person, uint32_t distance)
{
    if (detour->distance[person] != KITH_NO_WAY)
        return;
    detour->distance[person] = distance;
    detour->queue[r->end++] = person;
}

/** Where the search stops: at the first of v's contacts in group b. */
static bool arrived(const kith_graph *graph, uint32_t v, uint32_t person, const uint32_t *group, uint32_t b)
{
    return group[person] == b && kith_graph_tie(graph, person, v) != UINT64_MAX;
}

uint32_t kith_detour_between(kith_detour *detour, const kith_graph *graph, uint32_t without,
                             const uint32_t *group, uint32_t a, uint32_t b)
{
    reached r = {0, 0};
    uint32_t ties = KITH_NO_WAY;

    detour->distance[without] = 0; /* so that no way leads there */
    for (uint64_t e = graph->offset[without]; e < graph->offset[without + 1]; e++)
        if (group[graph->target[e]] == a)
            reach(detour, &r, graph->target[e], 0);
    while (r.begin < r.end && ties == KITH_NO_WAY) {
        const uint32_t v = detour->queue[r.begin++];
        if (arrived(graph, without, v, group, b))
            ties = detour->distance[v];
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++)
            reach(detour, &r, graph->target[e], detour->distance[v] + 1);
    }
    detour->distance[without] = KITH_NO_WAY;
    for (uint32_t i = 0; i < r.end; i++)
        detour->distance[detour->queue[i]] = KITH_NO_WAY;
    return ties;
}

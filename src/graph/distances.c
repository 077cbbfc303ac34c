#include "graph/distances.h"

#include "base/mem.h"
#include "base/parallel.h"

typedef struct search {
    const kith_graph *graph;
    const uint32_t *sources;
    uint32_t n_sources;
    kith_distances lane[KITH_LANES];
} search;

/** Adds the distances of all whom one source reaches. `distance` is UINT32_MAX for all, and is so again. */
static void add_source(const kith_graph *graph, uint32_t source, uint32_t *distance, uint32_t *queue,
                       kith_distances *out)
{
    uint32_t end = 1;

    queue[0] = source;
    distance[source] = 0;
    for (uint32_t i = 0; i < end; i++) {
        const uint32_t v = queue[i];
        out->ties += distance[v];
        out->longest = distance[v] > out->longest ? distance[v] : out->longest;
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
            const uint32_t w = graph->target[e];
            if (distance[w] != UINT32_MAX)
                continue;
            distance[w] = distance[v] + 1;
            queue[end++] = w;
        }
    }
    out->pairs += end - 1;
    for (uint32_t i = 0; i < end; i++)
        distance[queue[i]] = UINT32_MAX;
}

static bool run_lane(void *ctx, uint32_t lane)
{
    search *job = ctx;
    const uint32_t n = job->graph->n;
    uint32_t *distance = kith_alloc_array(n, sizeof *distance);
    uint32_t *queue = kith_alloc_array(n, sizeof *queue);
    const bool ok = distance && queue;

    for (uint32_t v = 0; ok && v < n; v++)
        distance[v] = UINT32_MAX;
    for (uint32_t i = lane; ok && i < job->n_sources; i += KITH_LANES)
        add_source(job->graph, job->sources ? job->sources[i] : i, distance, queue, &job->lane[lane]);
    kith_free(distance);
    kith_free(queue);
    return ok;
}

kith_code kith_distances_sum(const kith_graph *graph, const uint32_t *sources, uint32_t n_sources,
                             kith_distances *out, kith_err *err)
{
    search job = {.graph = graph, .sources = sources, .n_sources = n_sources};

    *out = (kith_distances){0};
    if (!kith_parallel_lanes(run_lane, &job))
        return kith_fail_memory(err, "distances");
    for (uint32_t lane = 0; lane < KITH_LANES; lane++) {
        out->pairs += job.lane[lane].pairs;
        out->ties += job.lane[lane].ties;
        out->longest = job.lane[lane].longest > out->longest ? job.lane[lane].longest : out->longest;
    }
    return KITH_OK;
}

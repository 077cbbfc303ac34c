#include "graph/betweenness.h"

#include <float.h>
#include <stdatomic.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/ticker.h"

/** Ties one lane looks at between two ticks: well under a second. */
#define LANE_WORK_PER_ROUND ((uint64_t)1 << 24)

#define UNREACHED UINT32_MAX

/** What one search from one person needs. */
typedef struct search_space {
    uint32_t *distance; /**< [n] UNREACHED between searches */
    uint32_t *order;    /**< [n] people reached, nearest first */
    double *routes;     /**< [n] shortest routes from the source */
    double *dependency; /**< [n] sum over targets of the share of shortest routes through this person */
} search_space;

/** One round: each lane takes its sources from `done` on, `take` of them. */
typedef struct round {
    const kith_graph *graph;
    double *lane_score;   /**< [KITH_LANES][n] */
    uint64_t done;        /**< sources each lane has behind it */
    uint64_t take;        /**< sources each lane does now */
    atomic_bool overflow; /**< more shortest routes than a double can count */
} round;

static void space_free(search_space *space)
{
    kith_free(space->distance);
    kith_free(space->order);
    kith_free(space->routes);
    kith_free(space->dependency);
}

/** @return false when out of memory; what was allocated is then still to be freed. */
static bool space_new(search_space *space, uint32_t n)
{
    *space = (search_space){
        .distance = kith_alloc_array(n, sizeof *space->distance),
        .order = kith_alloc_array(n, sizeof *space->order),
        .routes = kith_alloc_array(n, sizeof *space->routes),
        .dependency = kith_alloc_array(n, sizeof *space->dependency),
    };
    if (!space->distance || !space->order || !space->routes || !space->dependency)
        return false;
    for (uint32_t v = 0; v < n; v++)
        space->distance[v] = UNREACHED;
    return true;
}

static void reach(const search_space *space, uint32_t place, uint32_t v, uint32_t distance)
{
    space->order[place] = v;
    space->distance[v] = distance;
    space->routes[v] = 0;
    space->dependency[v] = 0;
}

/** Breadth-first search that counts shortest routes. @return how many people were reached. */
static uint32_t search_forward(const kith_graph *graph, uint32_t source, const search_space *space)
{
    uint32_t reached = 1;

    reach(space, 0, source, 0);
    space->routes[source] = 1;
    for (uint32_t i = 0; i < reached; i++) {
        uint32_t v = space->order[i];
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
            uint32_t w = graph->target[e];
            if (space->distance[w] == UNREACHED)
                reach(space, reached++, w, space->distance[v] + 1);
            if (space->distance[w] == space->distance[v] + 1)
                space->routes[w] += space->routes[v];
        }
    }
    return reached;
}

/** Hands dependencies back from the farthest people, adds them to `score` and clears the distances. */
static void collect_backward(const kith_graph *graph, uint32_t reached, const search_space *space,
                             double *score)
{
    for (uint32_t i = reached; i-- > 1;) {
        uint32_t w = space->order[i];
        double share = (1 + space->dependency[w]) / space->routes[w];
        for (uint64_t e = graph->offset[w]; e < graph->offset[w + 1]; e++) {
            uint32_t v = graph->target[e];
            /* People after w in `order` are cleared already: UNREACHED + 1 is 0, and w is at 1 or more. */
            if (space->distance[v] + 1 == space->distance[w])
                space->dependency[v] += space->routes[v] * share;
        }
        score[w] += space->dependency[w];
        space->distance[w] = UNREACHED;
    }
    space->distance[space->order[0]] = UNREACHED;
}

static bool too_many_routes(const search_space *space, uint32_t reached)
{
    for (uint32_t i = 0; i < reached; i++)
        if (space->routes[space->order[i]] > DBL_MAX)
            return true;
    return false;
}

static bool run_lane(void *ctx, uint32_t lane)
{
    round *r = ctx;
    uint32_t n = r->graph->n;
    uint64_t begin = kith_lane_begin(n, lane) + r->done;
    uint64_t end = kith_lane_begin(n, lane + 1);
    search_space space = {0};
    bool ok = true;

    if (begin >= end)
        return true;
    if (end - begin > r->take)
        end = begin + r->take;
    ok = space_new(&space, n);
    for (uint64_t source = begin; ok && source < end; source++) {
        uint32_t reached = search_forward(r->graph, (uint32_t)source, &space);
        if (too_many_routes(&space, reached))
            atomic_store(&r->overflow, true);
        collect_backward(r->graph, reached, &space, r->lane_score + (size_t)lane * n);
    }
    space_free(&space);
    return ok;
}

/** Adds the lanes up in order. Each pair was met from both of its ends. */
static void add_lanes(const round *r, double *score)
{
    uint32_t n = r->graph->n;

    for (uint32_t v = 0; v < n; v++) {
        double sum = 0;
        for (uint32_t lane = 0; lane < KITH_LANES; lane++)
            sum += r->lane_score[(size_t)lane * n + v];
        score[v] = sum / 2;
    }
}

kith_code kith_betweenness(const kith_graph *graph, const kith_progress *progress, double *score,
                           kith_err *err)
{
    kith_code rc = KITH_OK;
    uint64_t lane_longest = ((uint64_t)graph->n + KITH_LANES - 1) / KITH_LANES;
    round r = {.graph = graph, .take = 1 + LANE_WORK_PER_ROUND / (1 + graph->n + 2 * graph->m)};

    r.lane_score = kith_calloc((size_t)KITH_LANES * graph->n, sizeof *r.lane_score);
    if (!r.lane_score) {
        rc = kith_fail_memory(err, "betweenness");
        goto done;
    }
    for (r.done = 0; r.done < lane_longest; r.done += r.take) {
        if ((rc = kith_tick_now(progress, "betweenness", r.done, lane_longest, err)))
            goto done;
        if (!kith_parallel_lanes(run_lane, &r)) {
            rc = kith_fail_memory(err, "betweenness");
            goto done;
        }
    }
    if (atomic_load(&r.overflow)) {
        rc = kith_fail(err, KITH_EDATA, "more than 1e308 shortest routes between two people");
        goto done;
    }
    add_lanes(&r, score);
done:
    kith_free(r.lane_score);
    return rc;
}

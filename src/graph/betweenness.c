#include "graph/betweenness.h"

#include <stdatomic.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/ticker.h"
#include "graph/betweenness_batch.h"
#include "graph/graph_order.h"

/** Ties one lane looks at between two ticks: well under a second. */
#define LANE_WORK_PER_ROUND ((uint64_t)1 << 24)

/** One round: each lane takes its batches of sources from `done` on, `take` of them. */
typedef struct round {
    const kith_graph *graph;
    double *lane_score;   /**< [KITH_LANES][n] */
    uint64_t done;        /**< batches each lane has behind it */
    uint64_t take;        /**< batches each lane does now */
    atomic_bool overflow; /**< more shortest routes than a double can count */
} round;

static uint32_t batch_count(uint32_t n)
{
    return n / KITH_BATCH + (n % KITH_BATCH > 0);
}

static bool run_lane(void *ctx, uint32_t lane)
{
    round *r = ctx;
    uint32_t n = r->graph->n;
    uint64_t begin = kith_lane_begin(batch_count(n), lane) + r->done;
    uint64_t end = kith_lane_begin(batch_count(n), lane + 1);
    kith_batch_space space = {0};
    bool overflow = false;

    if (begin >= end)
        return true;
    if (end - begin > r->take)
        end = begin + r->take;
    bool ok = kith_batch_new(n, &space);
    for (uint64_t batch = begin; ok && batch < end; batch++) {
        uint32_t first = (uint32_t)batch * KITH_BATCH;
        uint32_t count = n - first < KITH_BATCH ? n - first : KITH_BATCH;
        ok = kith_batch_run(r->graph, first, count, &space, r->lane_score + (size_t)lane * n, &overflow);
    }
    if (overflow)
        atomic_store(&r->overflow, true);
    kith_batch_free(&space);
    return ok;
}

/** Adds the lanes up in order. Each pair was met from both of its ends. */
static void add_lanes(const round *r, const uint32_t *person, double *score)
{
    uint32_t n = r->graph->n;

    for (uint32_t v = 0; v < n; v++) {
        double sum = 0;
        for (uint32_t lane = 0; lane < KITH_LANES; lane++)
            sum += r->lane_score[(size_t)lane * n + v];
        score[person[v]] = sum / 2;
    }
}

kith_code kith_betweenness(const kith_graph *graph, const kith_progress *progress, double *score,
                           kith_err *err)
{
    kith_code rc = KITH_OK;
    uint64_t lane_longest = ((uint64_t)batch_count(graph->n) + KITH_LANES - 1) / KITH_LANES;
    uint64_t batch_work = KITH_BATCH * (1 + graph->n + 2 * graph->m);
    kith_ordered ordered = {0};
    round r = {.graph = &ordered.graph, .take = 1 + LANE_WORK_PER_ROUND / batch_work};

    if ((rc = kith_ordered_new(graph, &ordered, err)))
        goto done;
    r.lane_score = kith_calloc((size_t)KITH_LANES * graph->n, sizeof *r.lane_score);
    if (!r.lane_score) {
        rc = kith_fail_memory(err, "betweenness");
        goto done;
    }
    for (r.done = 0; r.done < lane_longest; r.done += r.take) {
        if ((rc = kith_tick_now(progress, "measuring betweenness", r.done, lane_longest, err)))
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
    add_lanes(&r, ordered.person, score);
done:
    kith_ordered_free(&ordered);
    kith_free(r.lane_score);
    return rc;
}

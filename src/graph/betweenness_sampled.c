#include "graph/betweenness_sampled.h"

#include <math.h>
#include <stdatomic.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/ticker.h"
#include "graph/route_sampler.h"
#include "graph/sample_plan.h"

/** Samples a thread takes at once. */
#define HANDFUL 16

/** Preliminary samples, times epsilon. */
#define PRELIMINARY 2.0

typedef struct work {
    const kith_graph *graph;
    const kith_progress *progress;
    kith_err *err;
    kith_route_sampler *sampler; /**< [threads] */
    uint32_t threads;
    uint64_t *hits; /**< [n] counts, so the order in which threads add to them cannot be seen */
    uint64_t seed;
    uint64_t end;              /**< before it the threads go on */
    atomic_uint_fast64_t next; /**< sample that nobody has taken yet */
    atomic_int code;           /**< of the last tick */
} work;

/** Sample number `number` is the same whoever draws it. */
static void take_sample(work *w, kith_route_sampler *sampler, uint64_t number)
{
    uint32_t n = w->graph->n;
    kith_rng rng;

    kith_rng_seed(&rng, w->seed + number);
    uint32_t a = (uint32_t)kith_rng_below(&rng, n);
    uint32_t b = (uint32_t)kith_rng_below(&rng, n - 1);
    b += b >= a;
    uint32_t between = kith_route_sampler_draw(w->graph, sampler, a, b, &rng);
    for (uint32_t i = 0; i < between; i++)
        __atomic_fetch_add(&w->hits[sampler->reached[i]], 1, __ATOMIC_RELAXED);
}

/** The calling thread is number 0 and tells about progress. */
static bool run_thread(void *ctx, uint32_t thread)
{
    work *w = ctx;
    uint64_t first;

    while (!atomic_load(&w->code) && (first = atomic_fetch_add(&w->next, HANDFUL)) < w->end) {
        if (thread == 0)
            atomic_store(&w->code,
                         (int)kith_tick_now(w->progress, "sampling betweenness", first, w->end, w->err));
        for (uint64_t i = first; i < w->end && i < first + HANDFUL; i++)
            take_sample(w, &w->sampler[thread], i);
    }
    return true;
}

/** Takes the samples from number `begin` on up to `end`. */
static kith_code take_samples(work *w, uint64_t begin, uint64_t end)
{
    kith_code rc = kith_tick_now(w->progress, "sampling betweenness", begin, end, w->err);

    if (rc)
        return rc;
    w->end = end;
    atomic_store(&w->next, begin);
    kith_parallel_threads(run_thread, w);
    return (kith_code)atomic_load(&w->code);
}

static kith_code begin(const kith_graph *graph, uint64_t seed, const kith_progress *progress, work *w,
                       kith_err *err)
{
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    *w = (work){.graph = graph,
                .progress = progress,
                .err = err,
                .seed = kith_rng_next(&rng), /* so that seeds side by side share no samples */
                .hits = kith_calloc(graph->n, sizeof *w->hits),
                .sampler = kith_calloc(kith_thread_count(), sizeof *w->sampler),
                .threads = kith_thread_count()};
    if (!w->hits || !w->sampler)
        return kith_fail_memory(err, "samples");
    for (uint32_t i = 0; i < w->threads; i++)
        if (!kith_route_sampler_new(graph->n, &w->sampler[i]))
            return kith_fail_memory(err, "samples");
    return KITH_OK;
}

static void end(work *w)
{
    for (uint32_t i = 0; w->sampler && i < w->threads; i++)
        kith_route_sampler_free(&w->sampler[i]);
    kith_free(w->sampler);
    kith_free(w->hits);
}

/** Samples until they are enough. @return by `samples` how many that were. */
static kith_code sample(work *w, const kith_sampling *sampling, uint64_t *samples, kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_sample_plan plan = {0};
    const uint32_t n = w->graph->n;
    /* Of all pairs, not only of those without the person at hand, whom betweenness is measured by. */
    const double epsilon = sampling->epsilon * (n - 2) / n;
    const uint64_t preliminary = 1 + (uint64_t)(PRELIMINARY / sampling->epsilon);

    if ((rc = take_samples(w, 0, preliminary)) ||
        (rc = kith_sample_plan_new(n, w->hits, preliminary, epsilon, sampling->delta, &plan, err)))
        goto done;
    for (uint32_t v = 0; v < n; v++)
        w->hits[v] = 0;
    uint64_t had = 0;
    uint64_t look_at = plan.first;
    for (uint32_t look = 1; !rc; look++) {
        if ((rc = take_samples(w, preliminary + had, preliminary + look_at)) ||
            kith_sample_plan_met(&plan, w->hits, look_at, look))
            break;
        had = look_at;
        look_at = kith_sample_plan_next(look_at);
    }
    *samples = look_at;
done:
    kith_sample_plan_free(&plan);
    return rc;
}

kith_code kith_betweenness_sampled(const kith_graph *graph, const kith_sampling *sampling,
                                   const kith_progress *progress, double *score, uint64_t *samples,
                                   kith_err *err)
{
    kith_code rc = KITH_OK;
    const uint32_t n = graph->n;
    work w = {0};

    *samples = 0;
    for (uint32_t v = 0; v < n; v++)
        score[v] = 0;
    if (n < 3)
        return KITH_OK;
    if ((rc = begin(graph, sampling->seed, progress, &w, err)) || (rc = sample(&w, sampling, samples, err)))
        goto done;
    const double pairs = (double)n * ((double)n - 1) / 2;
    const double most = ((double)n - 1) * ((double)n - 2) / 2;
    for (uint32_t v = 0; v < n; v++)
        score[v] = fmin((double)w.hits[v] / (double)*samples * pairs, most);
done:
    end(&w);
    return rc;
}

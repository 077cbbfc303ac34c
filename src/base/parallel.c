#include "base/parallel.h"

#include <omp.h>
#include <stdatomic.h>

bool kith_parallel_lanes(kith_lane_fn *fn, void *ctx)
{
    bool ok = true;

#pragma omp parallel for schedule(dynamic, 1) reduction(&& : ok)
    for (uint32_t lane = 0; lane < KITH_LANES; lane++)
        ok = fn(ctx, lane) && ok;
    return ok;
}

bool kith_parallel_watched(kith_lane_fn *fn, void *ctx, kith_lane_watch *watch, void *watch_ctx)
{
    atomic_uint done = 0;
    atomic_bool stopped = false;
    bool ok = true;

#pragma omp parallel for schedule(dynamic, 1) reduction(&& : ok)
    for (uint32_t lane = 0; lane < KITH_LANES; lane++) {
        ok = !atomic_load(&stopped) && fn(ctx, lane) && ok;
        const uint32_t now = atomic_fetch_add(&done, 1) + 1;
        if (omp_get_thread_num() == 0 && !watch(watch_ctx, now))
            atomic_store(&stopped, true);
    }
    return ok && !stopped;
}

bool kith_parallel_beside(kith_job_fn *job, kith_lane_fn *fn, void *ctx)
{
    bool ok = true;

#pragma omp parallel reduction(&& : ok)
    {
#pragma omp master
        job(ctx);
#pragma omp for schedule(dynamic, 1) nowait
        for (uint32_t lane = 0; lane < KITH_LANES; lane++)
            ok = fn(ctx, lane) && ok;
    }
    return ok;
}

bool kith_parallel_threads(kith_thread_fn *fn, void *ctx)
{
    bool ok = true;

#pragma omp parallel reduction(&& : ok)
    ok = fn(ctx, (uint32_t)omp_get_thread_num()) && ok;
    return ok;
}

uint64_t kith_lane_begin(uint64_t count, uint32_t lane)
{
    uint64_t share = count / KITH_LANES;
    uint64_t rest = count % KITH_LANES; /* the first `rest` lanes take one item more */

    return share * lane + (lane < rest ? lane : rest);
}

uint32_t kith_thread_count(void)
{
    return (uint32_t)omp_get_max_threads();
}

uint32_t kith_lanes_of_threads(void)
{
    uint32_t threads = kith_thread_count();

    return threads < KITH_LANES ? threads : KITH_LANES;
}

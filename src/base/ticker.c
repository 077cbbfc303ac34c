#include "base/ticker.h"

kith_code kith_tick_now(const kith_progress *progress, const char *phase, uint64_t done, uint64_t total,
                        kith_err *err)
{
    if (progress && progress->tick && !progress->tick(progress->ctx, phase, done, total))
        return kith_fail(err, KITH_EINTERRUPT, "stopped while %s", phase);
    return KITH_OK;
}

/** What a watch of lanes tells. */
typedef struct telling {
    const kith_progress *progress;
    const char *phase;
    uint64_t total;
    kith_err *err;
    kith_code rc;
} telling;

static bool tell(void *ctx, uint32_t lanes)
{
    telling *t = ctx;
    const uint64_t done = kith_lane_begin(t->total, lanes);

    if (t->rc == KITH_OK && (lanes == 0 || t->total >= KITH_TICK_STEPS))
        t->rc = kith_tick_now(t->progress, t->phase, done, t->total, t->err);
    return t->rc == KITH_OK;
}

kith_code kith_tick_lanes(kith_lane_fn *fn, void *ctx, const kith_progress *progress, const char *phase,
                          uint64_t total, kith_err *err)
{
    telling t = {.progress = progress, .phase = phase, .total = total, .err = err};

    if (!tell(&t, 0) || kith_parallel_watched(fn, ctx, tell, &t))
        return t.rc;
    return t.rc ? t.rc : kith_fail_memory(err, phase);
}

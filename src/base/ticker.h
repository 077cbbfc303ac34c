/** @file
 * Calling a kith_progress seldom enough not to be felt, and phases of a run.
 */
#ifndef KITH_BASE_TICKER_H
#define KITH_BASE_TICKER_H

#include <kith/progress.h>

#include "base/err.h"
#include "base/parallel.h"

/** Steps of a long loop between two reports. */
#define KITH_TICK_STEPS 16384

/** Reports progress; `progress` may be NULL. @return KITH_EINTERRUPT where the caller asked to stop. */
kith_code kith_tick_now(const kith_progress *progress, const char *phase, uint64_t done, uint64_t total,
                        kith_err *err);

/** As kith_tick_now, at the first of every KITH_TICK_STEPS steps: for loops of short ones. */
static inline kith_code kith_tick_step(const kith_progress *progress, const char *phase, uint64_t done,
                                       uint64_t total, kith_err *err)
{
    return done % KITH_TICK_STEPS ? KITH_OK : kith_tick_now(progress, phase, done, total, err);
}

/**
 * Runs lanes as kith_parallel_lanes does and reports how far they are.
 * @param total  items that lanes share evenly; of less than KITH_TICK_STEPS the beginning alone is told.
 * @return KITH_EINTERRUPT; KITH_ENOMEM where a lane failed.
 */
kith_code kith_tick_lanes(kith_lane_fn *fn, void *ctx, const kith_progress *progress, const char *phase,
                          uint64_t total, kith_err *err);

#endif

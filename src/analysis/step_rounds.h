/** @file
 * Many searches on all threads, up to a limit of steps that they share.
 */
#ifndef KITH_ANALYSIS_STEP_ROUNDS_H
#define KITH_ANALYSIS_STEP_ROUNDS_H

#include <stdbool.h>
#include <stdint.h>

#include <kith/progress.h>

#include "base/err.h"

/**
 * One search. May be asked for twice; the second answer counts.
 * @param thread  below kith_thread_count(); a thread does one search at a time.
 * @param steps   in and out: of all searches so far, as far as the thread knows. Where they are over the
 * limit, the answer is that it is not known.
 * @return false when out of memory.
 */
typedef bool kith_step_search(void *ctx, uint32_t thread, uint32_t item, uint64_t *steps);

typedef struct kith_step_rounds {
    kith_step_search *search;
    void *ctx;
    uint32_t items; /**< searched from the last to the first */
    uint64_t limit;
    const char *what; /**< for progress, and for want of memory */
    const kith_progress *progress;
} kith_step_rounds;

/**
 * Searches item by item. The steps run out at the same item for any number of threads: a round of items in
 * which they may is done again, by one thread.
 * @return KITH_ENOMEM, KITH_EINTERRUPT.
 */
kith_code kith_step_rounds_run(const kith_step_rounds *rounds, kith_err *err);

#endif

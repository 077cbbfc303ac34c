/** @file
 * A line for every step of a night: what it came to, how long it took, and the most memory so far.
 */
#ifndef KITH_RUN_NIGHTLY_LOG_H
#define KITH_RUN_NIGHTLY_LOG_H

#include <jansson.h>
#include <kith/nightly.h>
#include <time.h>

#include "base/err.h"

typedef struct kith_nightly_log {
    const kith_nightly_opts *opts; /**< borrowed */
    const char *date;              /**< of the night, borrowed */
    json_t *steps;                 /**< of the summary: an object for each step that ended */
    struct timespec began;         /**< the step in hand */
} kith_nightly_log;

/** @return KITH_ENOMEM. */
kith_code kith_nightly_log_open(kith_nightly_log *log, const kith_nightly_opts *opts, const char *date,
                                kith_err *err);

void kith_nightly_log_begin(kith_nightly_log *log);

/**
 * Tells how a step ended.
 * @param counts   what it came to: an object of numbers and texts, taken over.
 * @param outcome  of the step; where it failed, `failure` says why.
 * @return KITH_ENOMEM.
 */
kith_code kith_nightly_log_end(kith_nightly_log *log, const char *step, json_t *counts, kith_code outcome,
                               const kith_err *failure, kith_err *err);

void kith_nightly_log_close(kith_nightly_log *log);

#endif

/** @file
 * The share of those followed to whom something has happened by then, where some are followed less long.
 */
#ifndef KITH_ANALYSIS_KAPLAN_MEIER_H
#define KITH_ANALYSIS_KAPLAN_MEIER_H

#include <stdbool.h>

#include <kith/chains.h>

#include "base/err.h"

/** One person: how long they were followed, and whether it then happened. */
typedef struct kith_followed {
    uint32_t days;
    bool event;
} kith_followed;

/**
 * 1 - S for every day with an event, with the pointwise 95 % band of Greenwood's plain formula,
 * clipped to 0..1; where S is 0 the formula has no value and the band shrinks to 1. Who is
 * followed up to a day is at risk on that day.
 *
 * @param people   in any order.
 * @param curve    out, caller-owned, [*n_curve]; NULL on failure.
 * @param median   out: the first day on which S is one half or less; NaN where there is none.
 * @return KITH_ENOMEM.
 * @cost   O(count).
 * @source Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452; Greenwood 1926
 */
kith_code kith_kaplan_meier(const kith_followed *people, uint32_t count, kith_curve_step **curve,
                            uint32_t *n_curve, double *median, kith_err *err);

#endif

/** @file
 * The mentorships whose health is asked for, each with what came of it.
 */
#ifndef KITH_ANALYSIS_HEALTH_ROWS_H
#define KITH_ANALYSIS_HEALTH_ROWS_H

#include <kith/health.h>

#include "base/intern.h"

typedef enum kith_state {
    KITH_STATE_PENDING,
    KITH_STATE_ACTIVE,
    KITH_STATE_COMPLETED,
    KITH_STATE_ENDED_EARLY,
    KITH_STATE_OVER,
    KITH_STATE_WAITS /**< no mentorship, but a mentee who has none */
} kith_state;

typedef struct kith_health_row {
    uint32_t mentor; /**< UINT32_MAX for who waits */
    uint32_t mentee;
    uint32_t group[KITH_HEALTH_YEAR + 1]; /**< number of its name in each field; UINT32_MAX: none */
    kith_state state;
    kith_day start, end, requested, last_meeting;
    double regularity;  /**< NaN where not known */
    uint32_t usual_gap; /**< 0 where not known */
    bool overdue, at_risk;
} kith_health_row;

/** Zeroed is empty. */
typedef struct kith_health_rows {
    kith_health_row *rows;
    uint32_t n;
    kith_intern *names[KITH_HEALTH_YEAR + 1]; /**< of all there is no name but "" */
    kith_day as_of;
} kith_health_rows;

/** @param out  caller-owned: kith_health_rows_free; zeroed on failure. @return KITH_ENOMEM. */
kith_code kith_health_rows_read(const kith_net *net, const kith_health_opts *opts, kith_health_rows *out,
                                kith_err *err);

void kith_health_rows_free(kith_health_rows *rows);

#endif

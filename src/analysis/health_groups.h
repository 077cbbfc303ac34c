/** @file
 * What is measured of mentorships by programme, cohort and year.
 */
#ifndef KITH_ANALYSIS_HEALTH_GROUPS_H
#define KITH_ANALYSIS_HEALTH_GROUPS_H

#include "analysis/health_rows.h"
#include "base/radix.h"

/** A mentor of an active mentorship. */
typedef struct kith_mentor_load {
    uint32_t mentor, mentees; /**< distinct, in all that was asked for */
    uint32_t capacity;        /**< UINT32_MAX where they do not tell */
} kith_mentor_load;

/** The rows, and how they are gone through. Zeroed is empty. */
typedef struct kith_health_order {
    const kith_health_rows *all;
    kith_keyed *by_mentee;   /**< [all->n] keys are mentees, values rows */
    kith_long_keyed *active; /**< [n_active] rows of active mentorships by mentor, then mentee */
    uint32_t n_active;
    kith_mentor_load *loads; /**< [n_loads] by mentor */
    uint32_t n_loads;
} kith_health_order;

/**
 * Measures the groups of each field into result->groups, and lists all who wait in result->waiting.
 * @param result  both are empty; what is there on failure is the result's to free.
 * @return KITH_ENOMEM.
 * @cost   O(n) for each field; threads take a field each.
 */
kith_code kith_health_groups_measure(const kith_health_order *order, kith_health_result *result,
                                     kith_err *err);

#endif

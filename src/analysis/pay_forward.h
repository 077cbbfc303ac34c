/** @file
 * How soon those who were mentored mentor in turn.
 */
#ifndef KITH_ANALYSIS_PAY_FORWARD_H
#define KITH_ANALYSIS_PAY_FORWARD_H

#include <kith/chains.h>

#include "analysis/mentor_graph.h"
#include "base/radix.h"

/** What somebody gave as a mentor. */
typedef struct kith_giver {
    uint32_t person;
    uint32_t mentees; /**< distinct */
    kith_day first;   /**< earliest start; KITH_NO_DATE where any is not known */
} kith_giver;

/** Mentorships made ready to be followed. Zeroed is empty. */
typedef struct kith_pay_rows {
    kith_long_keyed *got; /**< [n_chosen] by mentee, then start, which kith_got_… tell; the value is the place
                               in `chosen` */
    uint32_t n_chosen;
    kith_giver *givers; /**< everybody who mentors in `all`, by id */
    uint32_t n_givers;
    kith_day as_of; /**< the caller's to set: no start is later */
    uint32_t exposure_months;
} kith_pay_rows;

static inline uint32_t kith_got_mentee(const kith_long_keyed *got)
{
    return (uint32_t)(got->key >> 32);
}

static inline kith_day kith_got_start(const kith_long_keyed *got)
{
    return kith_radix_number((uint32_t)got->key);
}

/**
 * @param chosen  borrowed for the call: those in which people are followed.
 * @param all     borrowed for the call: those in which they may mentor.
 * @param out     caller-owned: kith_pay_rows_free; zeroed on failure.
 * @return KITH_ENOMEM.
 * @cost   O(k).
 */
kith_code kith_pay_rows_new(const kith_mentor_edge *chosen, uint32_t n_chosen, const kith_mentor_edge *all,
                            uint32_t n_all, kith_pay_rows *out, kith_err *err);

void kith_pay_rows_free(kith_pay_rows *rows);

/**
 * Follows each mentee of some chosen mentorships from their earliest start there to their own
 * first mentorship in any, or to the as-of day.
 *
 * Who has a mentorship without a date there as mentee, or anywhere as mentor, cannot be placed in
 * time and is left out as undated; who began to mentor before being mentored, as earlier.
 *
 * @param order  [count] values are places in rows->got, ascending; NULL: all there are.
 * @param out    caller-owned: kith_pay_forward_free; zeroed on failure.
 * @return KITH_ENOMEM.
 * @cost   O(count log k), O(count + k) for all.
 */
kith_code kith_pay_forward_measure(const kith_pay_rows *rows, const kith_keyed *order, uint32_t count,
                                   kith_pay_forward *out, kith_err *err);

void kith_pay_forward_free(kith_pay_forward *p);

#endif

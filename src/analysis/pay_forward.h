/** @file
 * How soon those who were mentored mentor in turn.
 */
#ifndef KITH_ANALYSIS_PAY_FORWARD_H
#define KITH_ANALYSIS_PAY_FORWARD_H

#include <kith/chains.h>

#include "analysis/mentor_graph.h"

/**
 * Follows each mentee of `chosen` from their earliest start there to their own first mentorship
 * in `all`, or to the as-of day.
 *
 * Who has a mentorship without a date in `chosen` as mentee or in `all` as mentor cannot be placed
 * in time and is left out as undated; who began to mentor before being mentored, as earlier.
 *
 * @param chosen, all  sorted in place; no start is after `as_of`.
 * @param out          caller-owned: kith_pay_forward_free; zeroed on failure.
 * @return KITH_ENOMEM.
 * @cost   O(k log k).
 */
kith_code kith_pay_forward_measure(kith_mentor_edge *chosen, uint32_t n_chosen, kith_mentor_edge *all,
                                   uint32_t n_all, kith_day as_of, kith_pay_forward *out, kith_err *err);

void kith_pay_forward_free(kith_pay_forward *p);

#endif

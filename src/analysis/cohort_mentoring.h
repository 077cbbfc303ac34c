/** @file
 * Which of a group's people have a mentor, and how many of those who were mentored mentor in turn.
 */
#ifndef KITH_ANALYSIS_COHORT_MENTORING_H
#define KITH_ANALYSIS_COHORT_MENTORING_H

#include <kith/cohort.h>

/**
 * Fills in mentoring and pay-it-forward of all groups in the answer, and of all together.
 *
 * @param place  [people] where each person's group stands in the answer; n_groups where it is another, and
 *               UINT32_MAX for who is in none.
 * @return KITH_ENOMEM: what was filled in is the result's.
 * @cost   O(n + k log k) for k mentorships.
 */
kith_code kith_cohort_measure_mentoring(const kith_net *net, const uint32_t *place,
                                        kith_cohort_result *result, kith_err *err);

#endif

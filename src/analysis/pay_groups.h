/** @file
 * How soon those who were mentored mentor in turn, programme by programme or cohort by cohort.
 */
#ifndef KITH_ANALYSIS_PAY_GROUPS_H
#define KITH_ANALYSIS_PAY_GROUPS_H

#include "analysis/pay_forward.h"
#include "base/intern.h"

/**
 * Adds a group for each name to result->pay_groups, by name.
 *
 * @param name       [rows->n_chosen] number of each row's name, UINT32_MAX: none.
 * @param is_cohort  what the names are of.
 * @return KITH_ENOMEM: groups are then added in part, and still the result's.
 * @cost   O(k log k).
 */
kith_code kith_pay_groups_measure(const kith_pay_rows *rows, const uint32_t *name, const kith_intern *names,
                                  bool is_cohort, kith_chains_result *result, kith_err *err);

void kith_pay_groups_free(kith_chains_result *result);

#endif

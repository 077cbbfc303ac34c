/** @file
 * Groups side by side, for readers: several small tables, each of which fits a terminal.
 */
#ifndef KITH_REPORT_SHOW_COHORT_H
#define KITH_REPORT_SHOW_COHORT_H

#include "report/answer.h"

/** Tells all of an answer whose result is a kith_cohort_result. */
void kith_show_cohort(const kith_answer *answer, kith_sheet *sheet);

/** The share of those followed who mentor in turn by the end of the time seen; NaN for nobody. */
double kith_cohort_pay_share(const kith_pay_forward *pay);

#endif

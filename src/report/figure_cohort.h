/** @file
 * Groups side by side as bars.
 */
#ifndef KITH_REPORT_FIGURE_COHORT_H
#define KITH_REPORT_FIGURE_COHORT_H

#include <kith/cohort.h>

#include "report/sheet.h"

/** Draws how groups are tied, mentored and in reach of others, where the writer can draw and there are
 * several groups, but not more than can be told apart. */
void kith_draw_cohort(kith_sheet *sheet, const kith_cohort_result *result);

#endif

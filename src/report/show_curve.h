/** @file
 * A Kaplan-Meier curve for readers: a table by stretches of time, and the figure where the writer can draw.
 */
#ifndef KITH_REPORT_SHOW_CURVE_H
#define KITH_REPORT_SHOW_CURVE_H

#include <kith/chains.h>

#include "report/sheet.h"

/** One curve; all borrowed. */
typedef struct kith_curve_view {
    const char *title;  /**< of the table */
    const char *figure; /**< of the figure */
    const char *since;  /**< from when on: "first mentored" */
    const char *share;  /**< the heading of what is shown: "Mentor in turn" */
    const kith_curve_step *steps;
    uint32_t n_steps;
    uint32_t months; /**< from one row to the next; years where it is a multiple of 12 */
    bool rest;       /**< show what is left of one */
} kith_curve_view;

/** Most rows; what comes later the figure shows. */
enum { KITH_CURVE_ROWS = 10 };

/** Months from one row to the next with which the whole curve fits into a table: 3 or, for a long one, 12. */
uint32_t kith_curve_months(const kith_curve_step *steps, uint32_t n_steps);

/** Shows nothing of a curve without a step. */
void kith_show_curve(kith_sheet *sheet, const kith_curve_view *view);

#endif

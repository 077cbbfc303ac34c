/** @file
 * The figure of one number for each of several groups: a bar each, one below the other.
 */
#ifndef KITH_REPORT_FIGURE_BARS_H
#define KITH_REPORT_FIGURE_BARS_H

#include "report/sheet.h"

typedef struct kith_bar {
    const char *label;
    double value; /**< 0 or more; NaN: not known */
} kith_bar;

/**
 * Draws bars, the last of which stands for all together, where the writer can draw. What they show is told
 * with the figure, for those who cannot see it.
 * @param share  values are shares, drawn against 100%; else counts, drawn against the greatest but the last.
 */
void kith_draw_bars(kith_sheet *sheet, const char *title, const kith_bar *bars, uint32_t n_bars, bool share);

#endif

/** @file
 * The figure of a Kaplan-Meier curve with its band.
 */
#ifndef KITH_REPORT_FIGURE_CURVE_H
#define KITH_REPORT_FIGURE_CURVE_H

#include <kith/chains.h>

#include "report/sheet.h"

/** Draws a curve of shares over years, where the writer can draw. @param rest  show what is left of one. */
void kith_draw_curve(kith_sheet *sheet, const char *title, const kith_curve_step *steps, uint32_t n_steps,
                     bool rest);

#endif

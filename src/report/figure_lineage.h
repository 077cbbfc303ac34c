/** @file
 * The figure of one person's lineage: a column for each generation, ancestors to the left.
 */
#ifndef KITH_REPORT_FIGURE_LINEAGE_H
#define KITH_REPORT_FIGURE_LINEAGE_H

#include <kith/ancestry.h>

#include "report/sheet.h"

/**
 * Draws as many generations as there is room for, up to result->depth, where the writer can draw.
 * @param title  what the figure shows and where the same is told, for those who cannot see it.
 */
void kith_draw_lineage(kith_sheet *sheet, const kith_net *net, const kith_ancestry_result *result,
                       const char *title);

#endif

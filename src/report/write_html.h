/** @file
 * What the parts of the HTML writer share.
 */
#ifndef KITH_REPORT_WRITE_HTML_H
#define KITH_REPORT_WRITE_HTML_H

#include "report/sheet.h"

/** Writes text with what means something in HTML taken out of it. */
void kith_html_escaped(kith_sheet *sheet, const char *text);

/** Writes a chain of people as a drawing within the page, with a description for those who cannot see it. */
void kith_html_chain(kith_sheet *sheet, const kith_sheet_chain *chain);

/** Writes a figure within the page. */
void kith_html_figure(kith_sheet *sheet, const kith_figure *figure);

#endif

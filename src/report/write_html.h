/** @file
 * What the parts of the HTML writer share.
 */
#ifndef KITH_REPORT_WRITE_HTML_H
#define KITH_REPORT_WRITE_HTML_H

#include <kith/picture.h>

#include "report/sheet.h"

/** Writes text with what means something in HTML taken out of it. */
void kith_html_escaped(kith_sheet *sheet, const char *text);

/** Writes a chain of people as a drawing within the page, with a description for those who cannot see it. */
void kith_html_chain(kith_sheet *sheet, const kith_sheet_chain *chain);

/** Writes a figure within the page. */
void kith_html_figure(kith_sheet *sheet, const kith_figure *figure);

/** Writes a section with the picture and all that can be asked of it; for pages that are alive. */
void kith_html_picture(kith_sheet *sheet, const kith_net *net, const kith_picture *picture);

#endif

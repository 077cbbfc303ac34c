/** @file
 * What the parts of the plain text writer share.
 */
#ifndef KITH_REPORT_WRITE_TEXT_H
#define KITH_REPORT_WRITE_TEXT_H

#include "report/sheet.h"

/**
 * Bytes of the next line of `text` in `columns`, broken behind the last word that fits; a word that
 * is too long is broken where it must be. Never 0 but at the end.
 */
size_t kith_text_line(const char *text, size_t columns);

/** The text behind a line of `length` bytes, without the spaces that parted them; "" at the end. */
const char *kith_text_behind(const char *text, size_t length);

/** Writes the header and the rows of a table, or its records where the width has no room for the columns. */
void kith_text_table(kith_sheet *sheet, const kith_table *table);

/** Writes every row as a list of titles and values; what is empty is left out. */
void kith_text_records(kith_sheet *sheet, const kith_table *table);

#endif

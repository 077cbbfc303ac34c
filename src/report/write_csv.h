/** @file
 * A table as CSV: RFC 4180 with LF at the end of lines, UTF-8 without BOM, a header of column names.
 */
#ifndef KITH_REPORT_WRITE_CSV_H
#define KITH_REPORT_WRITE_CSV_H

#include "base/outfile.h"
#include "report/table.h"

/** Writes the columns that have a name. Text that a spreadsheet would take for a formula (= + - @ in front)
 * gets a leading apostrophe. */
kith_code kith_csv_write(const kith_table *table, kith_outfile *out, kith_err *err);

/** The same without the header: rows that follow others. */
kith_code kith_csv_rows(const kith_table *table, kith_outfile *out, kith_err *err);

#endif

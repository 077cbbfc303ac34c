/** @file
 * In which order the dates of a table's columns are written: what all of its rows together tell.
 */
#ifndef KITH_INGEST_DATE_COLUMNS_H
#define KITH_INGEST_DATE_COLUMNS_H

#include "ingest/reading.h"

/** What was found out about the columns of all files. Zeroed is empty. */
typedef struct kith_date_columns {
    kith_date_column *all;
    size_t n, capacity;
} kith_date_columns;

/**
 * Reads the table of `reading` to its end, for the order of its dates alone. Where the rows of a column
 * fit several orders, or contradict each other, the format's own order counts, and that is told.
 * @param found  out: gets a row for every column with dates that need an order.
 */
kith_code kith_date_columns_find(const kith_reading *reading, kith_date_columns *found, kith_err *err);

/** Adds a column. @return KITH_ENOMEM. */
kith_code kith_date_columns_add(kith_date_columns *found, kith_date_column column, kith_err *err);

void kith_date_columns_free(kith_date_columns *found);

#endif

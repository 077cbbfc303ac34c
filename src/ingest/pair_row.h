/** @file
 * Mentor and mentee of a row: named by one cell each, or described by columns of their own.
 */
#ifndef KITH_INGEST_PAIR_ROW_H
#define KITH_INGEST_PAIR_ROW_H

#include "ingest/endpoint.h"

/** Whether a table has one person a row at this side: a cell that names them, or columns that do. */
bool kith_pair_row_has(const kith_header *header, kith_part part);

/**
 * Whether a table is of pairs: it has both sides, and no person of its own in a row.
 */
bool kith_pair_row_fits(const kith_header *header);

/**
 * The person at one side of the row; made when first asked for, or when more is told of them.
 * @param mention  out, UINT32_MAX where nobody is named.
 */
kith_code kith_pair_row_person(kith_endpoints *people, kith_reading *reading, const kith_record *record,
                               kith_part part, uint32_t *mention, kith_err *err);

/** Both of them. @param ok  out, false where the row had to be rejected. */
kith_code kith_pair_row_read(kith_endpoints *people, kith_reading *reading, const kith_record *record,
                             uint32_t *mentor, uint32_t *mentee, bool *ok, kith_err *err);

#endif

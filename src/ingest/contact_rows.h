/** @file
 * Tables of somebody's contacts, a person a row, as address books export them.
 */
#ifndef KITH_INGEST_CONTACT_ROWS_H
#define KITH_INGEST_CONTACT_ROWS_H

#include "ingest/reading.h"

/**
 * Reads such a table to its end.
 * @param joint  stands between several emails, phones, labels or related people in one cell.
 */
kith_code kith_contact_rows_read(kith_reading *reading, const char *joint, kith_err *err);

/** How many columns of a header hold emails. */
size_t kith_contact_rows_emails(const kith_header *header);

#endif

/** @file
 * What the columns of a table say of one person in a row.
 */
#ifndef KITH_INGEST_PERSON_ROW_H
#define KITH_INGEST_PERSON_ROW_H

#include "ingest/card.h"
#include "ingest/column.h"

/** Whether columns of this part can tell who is meant: a name, an email, an address. */
bool kith_person_row_fits(const kith_header *header, kith_part part);

/** Makes the card what the row says of the person of that part; their id aside. */
void kith_person_row_fill(kith_card *card, const kith_record *record, kith_part part);

/** Whether a cell says no: "no", "false", "0", "-" or nothing. */
bool kith_cell_is_no(const char *text);

/** Whether a cell says just yes or no in words, and so names nobody. */
bool kith_cell_is_flag(const char *text);

#endif

/** @file
 * Rows of a delimited text of any encoding, by libcsv, with the lines they stand on.
 */
#ifndef KITH_INGEST_CSV_ROWS_H
#define KITH_INGEST_CSV_ROWS_H

#include "base/dynbuf.h"
#include "ingest/stream.h"

/** Bytes that one field may have. */
#define KITH_CSV_FIELD_LIMIT ((size_t)1 << 20)

/** Fields that one row may have. */
#define KITH_CSV_COLUMN_LIMIT 4096

/** One row; a line with nothing on it is none. Borrowed until the next row. */
typedef struct kith_csv_row {
    uint64_t line; /**< its first line, from 1 */
    size_t n;
    const char **fields; /**< [n], decoded, NUL-terminated, one right behind the other */
    size_t text_bytes;   /**< of all fields with their NULs */
    const char *problem; /**< what is wrong with it, static; NULL where nothing is */
} kith_csv_row;

typedef struct kith_csv kith_csv;

/** Called with every row in turn. Sets `*stop` to be called no more. */
typedef kith_code kith_csv_take(void *ctx, const kith_csv_row *row, bool *stop, kith_err *err);

/**
 * @param encoding  of a text without byte order mark that is not UTF-8; NULL for CP1252.
 */
kith_code kith_csv_open(char delimiter, const char *encoding, kith_csv **out, kith_err *err);

/** Hands on the rows that end in these bytes, which may be cut anywhere; the first ones tell the encoding.
 * `last` says that nothing follows. */
kith_code kith_csv_feed(kith_csv *csv, const char *bytes, size_t length, bool last, kith_csv_take *take,
                        void *ctx, kith_err *err);

/** Whether its text may be parsed from the begin of any row on: it is UTF-8. To be asked once bytes were fed.
 */
bool kith_csv_splits(const kith_csv *csv);

/** A parser of the same kind of text that stands before a row on line 1; for a text that splits. */
kith_code kith_csv_fork(const kith_csv *csv, kith_csv **out, kith_err *err);

/** Makes a parser what kith_csv_fork gives. */
void kith_csv_renew(kith_csv *csv);

/** Whether what was fed ended with the end of a row. */
bool kith_csv_between_rows(const kith_csv *csv);

/** Whether it ended within quotes. */
bool kith_csv_in_quotes(const kith_csv *csv);

/** Lines that ended in what was fed. */
uint64_t kith_csv_lines(const kith_csv *csv);

/** Counts what `part` replaced with what `csv` did. */
void kith_csv_join(kith_csv *csv, const kith_csv *part);

/** How many bytes made no sense in the encoding and became U+FFFD. */
uint64_t kith_csv_replaced(const kith_csv *csv);

void kith_csv_close(kith_csv *csv);

#endif

/** @file
 * The one table model: typed columns, and rows that are made when a writer asks for them, so a
 * table of millions of rows takes the memory of one.
 */
#ifndef KITH_REPORT_TABLE_H
#define KITH_REPORT_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include <kith/day.h>

#include "base/dynbuf.h"

typedef enum kith_column_kind {
    KITH_COLUMN_TEXT,
    KITH_COLUMN_COUNT,
    KITH_COLUMN_NUMBER,
    KITH_COLUMN_SHARE, /**< of one: a percentage for readers, the plain number for programs */
    KITH_COLUMN_DATE,
    KITH_COLUMN_LIST /**< texts with "; " between */
} kith_column_kind;

typedef struct kith_column {
    const char *name;  /**< for programs, snake_case; NULL: for readers only */
    const char *title; /**< for readers, "\n" where its lines may part, within a word after a hyphen; NULL:
                          for programs only */
    kith_column_kind kind;
    uint32_t decimals; /**< of a number, for readers */
    bool wraps;        /**< long text goes on in the next line instead of being cut */
} kith_column;

/** Most columns of a table; most bytes of a column's title, its NUL included. */
enum { KITH_TABLE_COLUMNS = 40, KITH_TITLE_BYTES = 80 };

/** A title in one line. @return its length. */
size_t kith_column_title(const kith_column *column, char line[KITH_TITLE_BYTES]);

typedef struct kith_cell {
    bool known; /**< false: an empty cell */
    union {
        size_t text; /**< where it begins in the row's text */
        uint64_t count;
        double number;
        kith_day day;
    };
} kith_cell;

/** One row being made: one call of kith_row_* for each column, in order. Zeroed is empty. */
typedef struct kith_row {
    kith_cell cells[KITH_TABLE_COLUMNS];
    uint32_t n_cells;
    kith_dynbuf text; /**< of all cells, each with its NUL, safe to show; its status tells of failures */
} kith_row;

void kith_row_text(kith_row *row, const char *text);
void kith_row_count(kith_row *row, uint64_t count);
void kith_row_number(kith_row *row, double number); /**< or a share; NaN leaves the cell empty */
void kith_row_day(kith_row *row, kith_day day);
void kith_row_list(kith_row *row, const char *const *items, uint64_t count);
void kith_row_nothing(kith_row *row);

/** Text of several lines that is safe already; line ends stay. NULL is nothing. */
void kith_row_lines(kith_row *row, const char *text);

/** Text that was put together in `buf`, which is emptied. */
void kith_row_take(kith_row *row, kith_dynbuf *buf);

/** Makes row `i` of a table. */
typedef void kith_row_make(const void *ctx, uint64_t i, kith_row *row);

typedef struct kith_table {
    const char *title; /**< NULL: none */
    const char *note;  /**< a line below, NULL: none */
    const kith_column *columns;
    uint32_t n_columns;
    uint64_t n_rows;
    bool folded; /**< many rows that few want: a page shows them when asked to */
    kith_row_make *make;
    const void *ctx; /**< borrowed, given to `make` */
    bool any_order;  /**< whether `make` may be asked for rows in any order, by several threads at once */
} kith_table;

/** Makes row `i` in `row`, whose memory is used again. */
void kith_table_row(const kith_table *table, uint64_t i, kith_row *row);

/** Whether readers want this column at the right. */
bool kith_column_is_number(const kith_column *column);

/** Appends a cell as readers see it. */
void kith_cell_show(const kith_column *column, const kith_row *row, uint32_t c, kith_dynbuf *out);

/** Appends a cell as programs read it: 9 significant digits, no grouping. */
void kith_cell_data(const kith_column *column, const kith_row *row, uint32_t c, kith_dynbuf *out);

#endif

#include "report/table.h"

#include <math.h>

#include "base/date.h"
#include "base/text.h"
#include "report/words.h"

static kith_cell *next_cell(kith_row *row, bool known)
{
    kith_cell *cell = &row->cells[row->n_cells];

    if (row->n_cells + 1 < KITH_TABLE_COLUMNS)
        row->n_cells++;
    *cell = (kith_cell){.known = known};
    return cell;
}

void kith_row_text(kith_row *row, const char *text)
{
    next_cell(row, *text != '\0')->text = row->text.length;
    kith_text_safe(text, &row->text);
    kith_dynbuf_put(&row->text, '\0');
}

void kith_row_lines(kith_row *row, const char *text)
{
    next_cell(row, text != NULL)->text = row->text.length;
    kith_dynbuf_text(&row->text, text ? text : "");
    kith_dynbuf_put(&row->text, '\0');
}

void kith_row_take(kith_row *row, kith_dynbuf *buf)
{
    if (buf->status && !row->text.status)
        row->text.status = buf->status;
    kith_row_text(row, kith_dynbuf_cstr(buf));
    kith_dynbuf_clear(buf);
}

void kith_row_list(kith_row *row, const char *const *items, uint64_t count)
{
    next_cell(row, count > 0)->text = row->text.length;
    for (uint64_t i = 0; i < count; i++) {
        if (i > 0)
            kith_dynbuf_text(&row->text, "; ");
        kith_text_safe(items[i], &row->text);
    }
    kith_dynbuf_put(&row->text, '\0');
}

void kith_row_count(kith_row *row, uint64_t count)
{
    next_cell(row, true)->count = count;
}

void kith_row_number(kith_row *row, double number)
{
    next_cell(row, !isnan(number))->number = number;
}

void kith_row_day(kith_row *row, kith_day day)
{
    next_cell(row, day != KITH_NO_DATE)->day = day;
}

void kith_row_nothing(kith_row *row)
{
    next_cell(row, false);
}

void kith_table_row(const kith_table *table, uint64_t i, kith_row *row)
{
    row->n_cells = 0;
    if (!row->text.status)
        kith_dynbuf_clear(&row->text);
    table->make(table->ctx, i, row);
}

size_t kith_column_title(const kith_column *column, char line[KITH_TITLE_BYTES])
{
    size_t length = 0;

    for (const char *at = column->title; *at && length + 1 < KITH_TITLE_BYTES; at++) {
        if (*at != '\n')
            line[length++] = *at;
        else if (length > 0 && line[length - 1] == '-')
            length--;
        else
            line[length++] = ' ';
    }
    line[length] = '\0';
    return length;
}

bool kith_column_is_number(const kith_column *column)
{
    return column->kind == KITH_COLUMN_COUNT || column->kind == KITH_COLUMN_NUMBER ||
           column->kind == KITH_COLUMN_SHARE;
}

void kith_cell_show(const kith_column *column, const kith_row *row, uint32_t c, kith_dynbuf *out)
{
    const kith_cell *cell = &row->cells[c];

    if (!cell->known)
        return;
    switch (column->kind) {
    case KITH_COLUMN_COUNT:
        kith_words_count(out, cell->count);
        break;
    case KITH_COLUMN_NUMBER:
        kith_words_fixed(out, cell->number, column->decimals);
        break;
    case KITH_COLUMN_SHARE:
        kith_words_share(out, cell->number);
        break;
    case KITH_COLUMN_DATE:
        kith_words_day(out, cell->day);
        break;
    case KITH_COLUMN_TEXT:
    case KITH_COLUMN_LIST:
        if (!row->text.status)
            kith_dynbuf_text(out, row->text.data + cell->text);
        break;
    }
}

void kith_cell_data(const kith_column *column, const kith_row *row, uint32_t c, kith_dynbuf *out)
{
    const kith_cell *cell = &row->cells[c];

    if (cell->known && column->kind == KITH_COLUMN_COUNT)
        kith_dynbuf_decimal(out, cell->count);
    else if (cell->known && kith_column_is_number(column))
        kith_words_real(out, cell->number);
    else
        kith_cell_show(column, row, c, out);
}

/* Tables where the width has no room for their columns: a small list for each row. */
#include <string.h>

#include "base/text.h"
#include "report/write_text.h"

enum {
    GAP = 2,        /* blanks between a title and what stands under it */
    LEAST_VALUE = 8 /* values are broken no narrower */
};

/** Columns of the widest title; titles are our own words, in ASCII. */
static size_t title_width(const kith_table *table)
{
    size_t widest = 0;

    for (uint32_t c = 0; c < table->n_columns; c++) {
        char title[KITH_TITLE_BYTES];
        const size_t width = table->columns[c].title ? kith_column_title(&table->columns[c], title) : 0;
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void put_title(kith_sheet *sheet, const kith_column *column, size_t width)
{
    char title[KITH_TITLE_BYTES];

    kith_column_title(column, title);
    kith_outfile_printf(sheet->out, "%-*s", (int)(width + GAP), title);
}

/** Writes `text` in lines that begin at column `indent`, where the cursor stands. */
static void put_value(kith_sheet *sheet, const char *text, size_t indent)
{
    size_t room = sheet->width > indent + LEAST_VALUE ? sheet->width - indent : LEAST_VALUE;

    while (*text) {
        size_t length = kith_text_line(text, room);

        kith_outfile_write(sheet->out, text, length);
        kith_outfile_text(sheet->out, "\n");
        text = kith_text_behind(text, length);
        if (*text)
            kith_outfile_printf(sheet->out, "%*s", (int)indent, "");
    }
}

void kith_text_records(kith_sheet *sheet, const kith_table *table)
{
    size_t width = title_width(table);
    kith_dynbuf cell = {0};
    kith_row row = {0};

    for (uint64_t i = 0; i < table->n_rows && !sheet->status && !kith_outfile_failed(sheet->out); i++) {
        kith_table_row(table, i, &row);
        kith_sheet_keep(sheet, &row.text);
        if (i > 0)
            kith_outfile_text(sheet->out, "\n");
        for (uint32_t c = 0; c < table->n_columns && !sheet->status; c++) {
            if (!table->columns[c].title)
                continue;
            kith_dynbuf_clear(&cell);
            kith_cell_show(&table->columns[c], &row, c, &cell);
            kith_sheet_keep(sheet, &cell);
            if (cell.length == 0 || sheet->status)
                continue;
            put_title(sheet, &table->columns[c], width);
            put_value(sheet, kith_dynbuf_cstr(&cell), width + GAP);
        }
    }
    kith_dynbuf_free(&cell);
    kith_dynbuf_free(&row.text);
}

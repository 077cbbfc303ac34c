#include "report/write_csv.h"

#include <string.h>

/** Whether a spreadsheet may compute this text: also after a tab, and in full-width letters. */
static bool looks_like_formula(const char *text)
{
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};

    text += strspn(text, "'"); /* so that one apostrophe can be taken away again */
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(text, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static void put_quoted(kith_outfile *out, const char *text)
{
    kith_outfile_write(out, "\"", 1);
    for (size_t length; *text; text += length) {
        length = strcspn(text, "\"");
        length += text[length] == '"';
        kith_outfile_write(out, text, length);
        if (text[length - 1] == '"')
            kith_outfile_write(out, "\"", 1);
    }
    kith_outfile_write(out, "\"", 1);
}

static void put_text(kith_outfile *out, const char *text)
{
    size_t length = strlen(text);
    bool outer_space = length > 0 && (text[0] == ' ' || text[length - 1] == ' ');

    if (outer_space || text[strcspn(text, ",\"\r\n")] != '\0')
        put_quoted(out, text);
    else
        kith_outfile_write(out, text, length);
}

static void put_header(const kith_table *table, kith_outfile *out)
{
    bool first = true;

    for (uint32_t c = 0; c < table->n_columns; c++) {
        if (!table->columns[c].name)
            continue;
        kith_outfile_text(out, first ? "" : ",");
        kith_outfile_text(out, table->columns[c].name);
        first = false;
    }
    kith_outfile_text(out, "\n");
}

static void put_row(const kith_table *table, const kith_row *row, kith_dynbuf *cell, kith_outfile *out)
{
    bool first = true;

    for (uint32_t c = 0; c < table->n_columns; c++) {
        const kith_column *column = &table->columns[c];
        size_t start;

        if (!column->name)
            continue;
        kith_dynbuf_clear(cell);
        kith_dynbuf_put(cell, '\'');
        kith_cell_data(column, row, c, cell);
        if (cell->status)
            return;
        start = !kith_column_is_number(column) && looks_like_formula(kith_dynbuf_cstr(cell) + 1) ? 0 : 1;
        kith_outfile_text(out, first ? "" : ",");
        put_text(out, cell->data + start);
        first = false;
    }
    kith_outfile_text(out, "\n");
}

kith_code kith_csv_write(const kith_table *table, kith_outfile *out, kith_err *err)
{
    put_header(table, out);
    return kith_csv_rows(table, out, err);
}

kith_code kith_csv_rows(const kith_table *table, kith_outfile *out, kith_err *err)
{
    kith_row row = {0};
    kith_dynbuf cell = {0};
    kith_code rc = KITH_OK;

    for (uint64_t i = 0; i < table->n_rows && !rc && !kith_outfile_failed(out); i++) {
        kith_table_row(table, i, &row);
        put_row(table, &row, &cell, out);
        rc = kith_dynbuf_check(row.text.status ? &row.text : &cell, "a row of a table", err);
    }
    kith_dynbuf_free(&cell);
    kith_dynbuf_free(&row.text);
    return rc;
}

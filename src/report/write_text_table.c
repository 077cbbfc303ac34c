/* Tables in plain text: as wide as their rows need, squeezed into the width of the sheet. */
#include <string.h>

#include "base/text.h"
#include "report/write_text.h"

enum {
    GAP = 2,        /* blanks between two columns */
    LEAST_CUT = 8,  /* text is cut no narrower */
    LEAST_WRAP = 12 /* nor wrapped narrower */
};

/** The columns that readers see, and how wide each is drawn. */
typedef struct layout {
    const kith_table *table;
    uint32_t column[KITH_TABLE_COLUMNS]; /* number in the table */
    size_t width[KITH_TABLE_COLUMNS];
    uint32_t lines[KITH_TABLE_COLUMNS]; /* of its header */
    uint32_t header_lines;
    uint32_t count;
    kith_dynbuf line;    /* the line being put together */
    kith_dynbuf part;    /* scratch */
    kith_dynbuf content; /* what the cells of one row show, each with its NUL */
} layout;

static const kith_column *column_at(const layout *lay, uint32_t k)
{
    return &lay->table->columns[lay->column[k]];
}

/** Line `line` of a header, which parts at "\n"; `*length` is 0 past its last. */
static const char *header_line(const char *title, uint32_t line, size_t *length)
{
    for (; line > 0; line--) {
        title += strcspn(title, "\n");
        title += *title == '\n';
    }
    *length = strcspn(title, "\n");
    return title;
}

/** Columns that a header needs, and its lines. Headers are our own words, in ASCII: bytes are columns. */
static size_t header_width(const char *title, uint32_t *lines)
{
    size_t widest = 0, length;

    for (*lines = 0; header_line(title, *lines, &length), length > 0; ++*lines)
        if (length > widest)
            widest = length;
    return widest;
}

static void choose_columns(layout *lay)
{
    for (uint32_t c = 0; c < lay->table->n_columns; c++) {
        if (!lay->table->columns[c].title)
            continue;
        lay->column[lay->count] = c;
        lay->width[lay->count] = header_width(lay->table->columns[c].title, &lay->lines[lay->count]);
        if (lay->lines[lay->count] > lay->header_lines)
            lay->header_lines = lay->lines[lay->count];
        lay->count++;
    }
}

/** Widens columns to what the rows need, but no further than the whole line. */
static void measure(kith_sheet *sheet, layout *lay)
{
    kith_row row = {0};

    for (uint64_t i = 0; i < lay->table->n_rows && !sheet->status; i++) {
        kith_table_row(lay->table, i, &row);
        kith_sheet_keep(sheet, &row.text);
        for (uint32_t k = 0; k < lay->count; k++) {
            size_t width;

            kith_dynbuf_clear(&lay->part);
            kith_cell_show(column_at(lay, k), &row, lay->column[k], &lay->part);
            kith_sheet_keep(sheet, &lay->part);
            width = kith_text_width(kith_dynbuf_cstr(&lay->part));
            if (width > sheet->width)
                width = sheet->width;
            if (width > lay->width[k])
                lay->width[k] = width;
        }
    }
    kith_dynbuf_free(&row.text);
}

static bool may_shrink(const layout *lay, uint32_t k)
{
    const kith_column *column = column_at(lay, k);
    size_t least = column->wraps ? LEAST_WRAP : LEAST_CUT;

    return !kith_column_is_number(column) && column->kind != KITH_COLUMN_DATE && lay->width[k] > least;
}

/** Takes blanks from the widest texts until the table fits; numbers and dates are never cut.
 * @return whether it fits. */
static bool squeeze(const kith_sheet *sheet, layout *lay)
{
    size_t total = lay->count > 0 ? GAP * (lay->count - 1) : 0;

    for (uint32_t k = 0; k < lay->count; k++)
        total += lay->width[k];
    for (; total > sheet->width; total--) {
        uint32_t widest = lay->count;

        for (uint32_t k = 0; k < lay->count; k++)
            if (may_shrink(lay, k) && (widest == lay->count || lay->width[k] > lay->width[widest]))
                widest = k;
        if (widest == lay->count)
            return false;
        lay->width[widest]--;
    }
    return true;
}

static void put_blanks(kith_dynbuf *line, size_t count)
{
    while (count-- > 0)
        kith_dynbuf_put(line, ' ');
}

/** Puts what is in `part` into column `k` of the line. */
static void put_part(layout *lay, uint32_t k)
{
    const char *text = kith_dynbuf_cstr(&lay->part);
    size_t used = kith_text_width(text), pad = used < lay->width[k] ? lay->width[k] - used : 0;
    bool right = kith_column_is_number(column_at(lay, k));

    put_blanks(&lay->line, (k > 0 ? GAP : 0) + (right ? pad : 0));
    kith_dynbuf_text(&lay->line, text);
    put_blanks(&lay->line, right ? 0 : pad);
}

/** Writes the line without the blanks at its end. */
static void end_line(kith_sheet *sheet, layout *lay)
{
    size_t length = lay->line.length;

    while (length > 0 && lay->line.data[length - 1] == ' ')
        length--;
    kith_outfile_write(sheet->out, kith_dynbuf_cstr(&lay->line), length);
    kith_outfile_text(sheet->out, "\n");
    kith_sheet_keep(sheet, &lay->line);
    kith_sheet_keep(sheet, &lay->part);
    kith_dynbuf_clear(&lay->line);
}

/** Puts line `line` of the header of column `k` into the line; short headers stand at the bottom. */
static void put_title(layout *lay, uint32_t k, uint32_t line)
{
    uint32_t above = lay->header_lines - lay->lines[k];
    size_t length = 0;
    const char *text = line < above ? "" : header_line(column_at(lay, k)->title, line - above, &length);

    kith_dynbuf_clear(&lay->part);
    kith_dynbuf_append(&lay->part, text, length < lay->width[k] ? length : lay->width[k]);
    put_part(lay, k);
}

static void put_header(kith_sheet *sheet, layout *lay)
{
    for (uint32_t line = 0; line < lay->header_lines; line++) {
        for (uint32_t k = 0; k < lay->count; k++)
            put_title(lay, k, line);
        end_line(sheet, lay);
    }
    for (uint32_t k = 0; k < lay->count; k++) {
        kith_dynbuf_clear(&lay->part);
        for (size_t i = 0; i < lay->width[k]; i++)
            kith_dynbuf_put(&lay->part, '-');
        put_part(lay, k);
    }
    end_line(sheet, lay);
}

/** Takes the next line of a cell, whose text begins at `at` of the content, into `part`. @return where the
 * rest of it begins. */
static size_t take_part(layout *lay, uint32_t k, size_t at)
{
    const char *text = kith_dynbuf_cstr(&lay->content) + at, *end = text + strlen(text);
    size_t width = lay->width[k], length = strlen(text);
    bool whole = kith_text_width(text) <= width, wraps = column_at(lay, k)->wraps;

    if (!whole)
        length = wraps ? kith_text_line(text, width) : kith_text_fit(text, width - 1);
    kith_dynbuf_clear(&lay->part);
    kith_dynbuf_append(&lay->part, text, length);
    if (!whole && !wraps)
        kith_dynbuf_text(&lay->part, "…");
    if (!whole && wraps)
        end = kith_text_behind(text, length);
    return at + (size_t)(end - text);
}

static void put_row(kith_sheet *sheet, layout *lay, const kith_row *row)
{
    size_t rest[KITH_TABLE_COLUMNS] = {0}; /* where each cell goes on in the content */
    bool more = true;

    kith_dynbuf_clear(&lay->content);
    for (uint32_t k = 0; k < lay->count; k++) {
        rest[k] = lay->content.length;
        kith_cell_show(column_at(lay, k), row, lay->column[k], &lay->content);
        kith_dynbuf_put(&lay->content, '\0');
    }
    kith_sheet_keep(sheet, &lay->content);
    if (lay->content.status)
        return;
    while (more) {
        more = false;
        for (uint32_t k = 0; k < lay->count; k++) {
            rest[k] = take_part(lay, k, rest[k]);
            more |= kith_dynbuf_cstr(&lay->content)[rest[k]] != '\0';
            put_part(lay, k);
        }
        end_line(sheet, lay);
    }
}

static void put_rows(kith_sheet *sheet, layout *lay)
{
    kith_row row = {0};

    put_header(sheet, lay);
    for (uint64_t i = 0; i < lay->table->n_rows && !sheet->status && !kith_outfile_failed(sheet->out); i++) {
        kith_table_row(lay->table, i, &row);
        kith_sheet_keep(sheet, &row.text);
        put_row(sheet, lay, &row);
    }
    kith_dynbuf_free(&row.text);
}

void kith_text_table(kith_sheet *sheet, const kith_table *table)
{
    layout lay = {.table = table};

    choose_columns(&lay);
    measure(sheet, &lay);
    if (squeeze(sheet, &lay))
        put_rows(sheet, &lay);
    else
        kith_text_records(sheet, table);
    kith_dynbuf_free(&lay.line);
    kith_dynbuf_free(&lay.part);
    kith_dynbuf_free(&lay.content);
}

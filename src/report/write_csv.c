#include "report/write_csv.h"

#include <string.h>

#include "base/parallel.h"

/** Rows that a lane makes at a time. */
enum { LANE_ROWS = 256 };

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

static void put_quoted(kith_dynbuf *out, const char *text)
{
    kith_dynbuf_put(out, '"');
    for (size_t length; *text; text += length) {
        length = strcspn(text, "\"");
        length += text[length] == '"';
        kith_dynbuf_append(out, text, length);
        if (text[length - 1] == '"')
            kith_dynbuf_put(out, '"');
    }
    kith_dynbuf_put(out, '"');
}

static void put_text(kith_dynbuf *out, const char *text, size_t length)
{
    bool outer_space = length > 0 && (text[0] == ' ' || text[length - 1] == ' ');

    if (outer_space || text[strcspn(text, ",\"\r\n")] != '\0')
        put_quoted(out, text);
    else
        kith_dynbuf_append(out, text, length);
}

/** One run of the rows at hand. */
typedef struct lane {
    kith_row row;
    kith_dynbuf cell;
    kith_dynbuf text; /**< of whole rows, as far as none failed */
    kith_code status;
} lane;

/** Rows that lanes make side by side, to be written in order. */
typedef struct batch {
    const kith_table *table;
    uint64_t first, count;
    uint32_t n_lanes; /**< 1, or KITH_LANES */
    lane lanes[KITH_LANES];
} batch;

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

static void put_cell(const kith_column *column, const kith_row *row, uint32_t c, kith_dynbuf *cell,
                     kith_dynbuf *out)
{
    size_t start;

    if (kith_column_is_number(column)) { /* needs neither quotes nor an apostrophe */
        kith_cell_data(column, row, c, out);
        return;
    }
    kith_dynbuf_clear(cell);
    kith_dynbuf_put(cell, '\'');
    kith_cell_data(column, row, c, cell);
    if (cell->status)
        return;
    start = looks_like_formula(cell->data + 1) ? 0 : 1;
    put_text(out, cell->data + start, cell->length - start);
}

/** Appends row `i`, or nothing where it fails. */
static void put_row(const kith_table *table, uint64_t i, lane *l)
{
    const size_t before = l->text.length;
    bool first = true;

    kith_table_row(table, i, &l->row);
    l->status = l->row.text.status;
    for (uint32_t c = 0; !l->status && c < table->n_columns; c++) {
        if (!table->columns[c].name)
            continue;
        if (!first)
            kith_dynbuf_put(&l->text, ',');
        put_cell(&table->columns[c], &l->row, c, &l->cell, &l->text);
        l->status = l->cell.status;
        first = false;
    }
    kith_dynbuf_put(&l->text, '\n');
    if (!l->status)
        l->status = l->text.status;
    if (l->status)
        l->text.length = before;
}

static uint64_t lane_begin(const batch *b, uint32_t number)
{
    return b->first + (b->n_lanes == 1 ? number * b->count : kith_lane_begin(b->count, number));
}

/** Makes a lane's rows; a kith_lane_fn. A failure is told when it is this lane's turn. */
static bool make_rows(void *ctx, uint32_t number)
{
    batch *b = ctx;
    lane *l = &b->lanes[number];
    const uint64_t end = lane_begin(b, number + 1);

    kith_dynbuf_clear(&l->text);
    for (uint64_t i = lane_begin(b, number); i < end && !l->status; i++)
        put_row(b->table, i, l);
    return true;
}

static void make_batch(batch *b)
{
    const uint64_t left = b->table->n_rows - b->first, most = (uint64_t)LANE_ROWS * KITH_LANES;

    b->n_lanes = b->table->any_order && left >= most ? KITH_LANES : 1;
    b->count = b->n_lanes > 1 ? most : left < LANE_ROWS ? left : LANE_ROWS;
    if (b->n_lanes > 1)
        (void)kith_parallel_lanes(make_rows, b);
    else
        (void)make_rows(b, 0);
}

kith_code kith_csv_write(const kith_table *table, kith_outfile *out, kith_err *err)
{
    put_header(table, out);
    return kith_csv_rows(table, out, err);
}

kith_code kith_csv_rows(const kith_table *table, kith_outfile *out, kith_err *err)
{
    batch b = {.table = table};
    kith_code rc = KITH_OK;

    for (uint32_t number = 0; number < KITH_LANES; number++)
        b.lanes[number].text.limit = SIZE_MAX; /* each row has its own */
    for (; b.first < table->n_rows && !rc && !kith_outfile_failed(out); b.first += b.count) {
        make_batch(&b);
        for (uint32_t number = 0; number < b.n_lanes && !rc; number++) {
            const lane *l = &b.lanes[number];
            kith_outfile_write(out, kith_dynbuf_cstr(&l->text), l->text.length);
            rc = kith_dynbuf_check(&(kith_dynbuf){.status = l->status}, "a row of a table", err);
        }
    }
    for (uint32_t number = 0; number < KITH_LANES; number++) {
        kith_dynbuf_free(&b.lanes[number].cell);
        kith_dynbuf_free(&b.lanes[number].text);
        kith_dynbuf_free(&b.lanes[number].row.text);
    }
    return rc;
}

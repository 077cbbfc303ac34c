/* Tables on their way from bytes to records. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ingest/csv_chunks.h"
#include "ingest/format.h"
#include "ingest/pair_pack.h"
#include "ingest/sensitive.h"

/** So many rows before its turn, what a new name needs is asked for from memory. */
#define MENTIONS_AHEAD 16

/** A file up to so many bytes is read on one thread: calling the others takes longer than they would save. */
#define BYTES_ALONE ((size_t)1 << 20)

/** One row, tidied. */
typedef struct packed_row {
    uint64_t line;
    const char *problem;
    size_t text_at; /**< where its cells begin in the pack's text */
    size_t n_cells; /**< of the header's columns, those that the row is long enough for */
    size_t n_pairs; /**< pairs of the pack that stand before it */
} packed_row;

/** Rows that wait to be handed on. */
typedef struct row_pack {
    const struct table *table;
    kith_dynbuf text; /**< cells, each with its NUL */
    packed_row *rows;
    size_t n, capacity;
    kith_pair_pack pairs; /**< of a table of ties */
} row_pack;

/** A table being read. */
typedef struct table {
    kith_reading *reading;
    kith_record_take *take;
    void *ctx;
    kith_header header;
    bool has_header;
    uint32_t rows_before;   /**< rows seen before the header */
    kith_endpoints *people; /**< of a table of ties, NULL for others */
    bool is_pairs;          /**< rows hold a source and a target, and nothing else */
    size_t source, target;  /**< these columns' places in a row */
    row_pack pack;          /**< of rows that are handed on at once */
    const char **cells;     /**< [header.n] */
} table;

/** Tells which columns of a header are sensitive and were not asked for. */
static kith_code tell_sensitive(const table *t, const kith_csv_row *row, kith_err *err)
{
    kith_squeezed_names names = {0};
    kith_dynbuf left_out = {0};
    kith_code rc = kith_squeezed_names_of(&names, row, err);

    for (size_t i = 0; i < row->n && rc == KITH_OK; i++) {
        if (kith_header_reads(&t->header, i) || !kith_column_is_sensitive(names.all[i]))
            continue;
        kith_dynbuf_text(&left_out, left_out.length ? ", " : "");
        kith_text_tidy(row->fields[i], &left_out);
    }
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&left_out, "the header of a table", err);
    if (rc == KITH_OK && left_out.length)
        kith_reading_notice(t->reading, "columns left out as sensitive: %s", left_out.data);
    kith_dynbuf_free(&left_out);
    kith_squeezed_names_free(&names);
    return rc;
}

/** Gives columns the order of dates that was found for them. */
static void set_orders(table *t)
{
    for (size_t i = 0; i < t->header.n; i++) {
        kith_header_column *column = &t->header.columns[i];
        for (size_t k = 0; k < t->reading->n_dates && !column->has_order; k++) {
            column->has_order = t->reading->dates[k].at == column->at;
            column->order = t->reading->dates[k].order;
        }
    }
}

/** Whether all that the rows of a table of ties hold is who is tied to whom. */
static void find_pairs(table *t)
{
    const kith_header_column *columns = t->header.columns;

    t->is_pairs = t->people && t->header.n == 2 && kith_header_has(&t->header, KITH_COLUMN_SOURCE) &&
                  kith_header_has(&t->header, KITH_COLUMN_TARGET);
    if (!t->is_pairs)
        return;
    bool turned = columns[0].column == KITH_COLUMN_TARGET;
    t->source = columns[turned].at;
    t->target = columns[!turned].at;
}

static kith_code take_header(table *t, const kith_csv_row *row, kith_err *err)
{
    kith_reading *reading = t->reading;
    const kith_format *format = reading->format;
    kith_column_maps *maps = format->generic ? reading->maps : NULL;
    kith_code rc = KITH_OK;

    if (reading->no_header)
        rc = kith_header_number(&t->header, SIZE_MAX, maps, true, err);
    else if (!format->header)
        rc = kith_header_read(&t->header, row, format->aliases, maps, err);
    else if ((rc = format->header(&t->header, row, err)) == KITH_OK)
        rc = kith_header_keep_names(&t->header, row, err);

    t->has_header = true;
    if (rc == KITH_OK && format->generic && !reading->no_header)
        rc = tell_sensitive(t, row, err);
    if (rc != KITH_OK)
        return rc;
    set_orders(t);
    find_pairs(t);
    kith_dynbuf_clear(&reading->fields);
    kith_header_describe(&t->header, &reading->fields);
    reading->own_export = kith_header_has(&t->header, KITH_COLUMN_OWN_EXPORT);
    reading->plain_ids |= reading->own_export;
    if (!(t->cells = kith_alloc_array(t->header.n, sizeof *t->cells)))
        return kith_fail_memory(err, "the header of a table");
    return kith_dynbuf_check(&reading->fields, "the header of a table", err);
}

/** A cell of kith's own tables without the apostrophe that keeps a spreadsheet from computing it. */
static const char *without_guard(const char *cell)
{
    static const char *const starts[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    const char *rest = cell + strspn(cell, "'");

    for (size_t i = 0; i < sizeof starts / sizeof *starts && rest > cell; i++)
        if (strncmp(rest, starts[i], strlen(starts[i])) == 0)
            return cell + 1;
    return cell;
}

/** Whether a tidied text, several with their NULs between them, holds bytes that no name is written with. */
static bool has_controls(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (((unsigned char)text[i] < ' ' && text[i] != '\0') || text[i] == 0x7F)
            return true;
    return false;
}

/** Whether the cells of a column are nobody's business, or not what is looked at. */
static bool is_passed_over(const kith_reading *reading, kith_column column)
{
    return column == KITH_COLUMN_PRIVATE || (reading->only_dates && !kith_column_is_date(column));
}

/** Appends a tidied cell with its NUL. */
static void pack_cell(const table *t, const char *cell, kith_dynbuf *text)
{
    kith_text_tidy(t->reading->own_export ? without_guard(cell) : cell, text);
    kith_dynbuf_put(text, '\0');
}

/** Keeps a row that is a plain pair; others are for pack_row. */
static kith_code pack_pair(row_pack *pack, const kith_csv_row *row, bool *kept, kith_err *err)
{
    const table *t = pack->table;

    *kept = t->is_pairs && !row->problem && row->n > t->source && row->n > t->target;
    return *kept ? kith_pair_pack_add(&pack->pairs, row, t->source, t->target, kept, err) : KITH_OK;
}

static kith_code pack_row(void *ctx, const kith_csv_row *row, bool *stop, kith_err *err)
{
    row_pack *pack = ctx;
    const kith_header *header = &pack->table->header;
    bool kept;
    kith_code rc = pack_pair(pack, row, &kept, err);

    *stop = false;
    if (rc != KITH_OK || kept)
        return rc;
    if (!kith_grow((void **)&pack->rows, &pack->capacity, pack->n + 1, sizeof *pack->rows))
        return kith_fail_memory(err, "a row");
    packed_row *packed = &pack->rows[pack->n++];
    *packed = (packed_row){
        .line = row->line, .problem = row->problem, .text_at = pack->text.length, .n_pairs = pack->pairs.n};
    for (; packed->n_cells < header->n && header->columns[packed->n_cells].at < row->n; packed->n_cells++) {
        const kith_header_column *column = &header->columns[packed->n_cells];
        pack_cell(pack->table,
                  is_passed_over(pack->table->reading, column->column) ? "" : row->fields[column->at],
                  &pack->text);
    }
    rc = kith_dynbuf_check(&pack->text, "a row", err);
    if (rc == KITH_OK && !packed->problem &&
        has_controls(kith_dynbuf_cstr(&pack->text) + packed->text_at, pack->text.length - packed->text_at))
        packed->problem = "it holds control characters";
    return rc;
}

static void clear_pack(void *ctx)
{
    row_pack *pack = ctx;

    pack->n = 0;
    kith_dynbuf_clear(&pack->text);
    kith_pair_pack_clear(&pack->pairs);
}

static void free_pack(row_pack *pack)
{
    kith_free(pack->rows);
    kith_dynbuf_free(&pack->text);
    kith_pair_pack_free(&pack->pairs);
}

static kith_code unpack_row(table *t, const row_pack *pack, const packed_row *row, uint64_t lines_before,
                            kith_err *err)
{
    const char *cell = kith_dynbuf_cstr(&pack->text) + row->text_at;
    kith_record record = {
        .line = lines_before + row->line, .problem = row->problem, .header = &t->header, .cells = t->cells};
    bool ok;

    for (size_t i = 0; i < t->header.n; i++) {
        t->cells[i] = i < row->n_cells ? cell : "";
        cell += i < row->n_cells ? strlen(cell) + 1 : 0;
    }
    kith_code rc = kith_reading_check(t->reading, &record, &ok, err);
    return rc == KITH_OK && ok ? t->take(t->reading, t->ctx, &record, err) : rc;
}

/** Hands on a pair as the row that it is. */
static kith_code unpack_pair(table *t, const kith_pair_pack *pairs, size_t i, uint64_t lines_before,
                             kith_err *err)
{
    bool turned = t->header.columns[0].column == KITH_COLUMN_TARGET;

    kith_pair_pack_names(pairs, i, &t->cells[turned], &t->cells[!turned]);
    return t->take(
        t->reading, t->ctx,
        &(kith_record){.line = lines_before + pairs->lines[i], .header = &t->header, .cells = t->cells}, err);
}

/** Hands on the pairs of a pack from `from` to `to`, of whose open rows `*open` is the next. */
static kith_code unpack_pairs(table *t, kith_pair_pack *pairs, size_t from, size_t to, size_t *open,
                              uint64_t lines_before, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (; rc == KITH_OK && *open < pairs->n_open && pairs->open[*open] < to; ++*open) {
        const size_t i = pairs->open[*open];
        bool tied;
        kith_pair_pack_expect(pairs, *open + MENTIONS_AHEAD, t->people);
        rc = kith_pair_pack_mention(pairs, i, t->people, t->reading, lines_before, &tied, err);
        if (rc != KITH_OK || tied)
            continue;
        rc = kith_reading_tie_all(t->reading, pairs->mentions + 2 * from, i - from, err);
        if (rc == KITH_OK)
            rc = unpack_pair(t, pairs, i, lines_before, err);
        from = i + 1;
    }
    return rc == KITH_OK ? kith_reading_tie_all(t->reading, pairs->mentions + 2 * from, to - from, err) : rc;
}

static kith_code unpack(void *ctx, void *from, uint64_t lines_before, kith_err *err)
{
    table *t = ctx;
    row_pack *pack = from;
    size_t done = 0, open = 0;
    kith_code rc = KITH_OK;

    for (size_t i = 0; rc == KITH_OK && i < pack->n; i++) {
        rc = unpack_pairs(t, &pack->pairs, done, pack->rows[i].n_pairs, &open, lines_before, err);
        done = pack->rows[i].n_pairs;
        if (rc == KITH_OK)
            rc = unpack_row(t, pack, &pack->rows[i], lines_before, err);
    }
    if (rc == KITH_OK)
        rc = unpack_pairs(t, &pack->pairs, done, pack->pairs.n, &open, lines_before, err);
    clear_pack(pack);
    return rc;
}

static void find_people(void *ctx)
{
    row_pack *pack = ctx;

    kith_pair_pack_find(&pack->pairs, pack->table->people);
}

static kith_code take_row(void *ctx, const kith_csv_row *row, bool *stop, kith_err *err)
{
    table *t = ctx;

    *stop = false;
    if (!t->has_header) {
        kith_code header_rc = t->rows_before++ < t->reading->header_row ? KITH_OK : take_header(t, row, err);
        if (header_rc != KITH_OK || !t->has_header || !t->reading->no_header)
            return header_rc;
    }
    kith_code rc = pack_row(&t->pack, row, stop, err);
    if (rc == KITH_OK && t->is_pairs)
        find_people(&t->pack);
    return rc == KITH_OK ? unpack(t, &t->pack, 0, err) : rc;
}

/** Hands on what is left of the file on all threads. */
static kith_code take_chunks(table *t, kith_csv **csv, kith_err *err)
{
    kith_chunk_packs packs = {.take = pack_row, .clear = clear_pack, .unpack = unpack, .ctx = t};
    row_pack all[KITH_CHUNK_PACKS];

    packs.ready = t->is_pairs ? find_people : NULL;
    for (uint32_t i = 0; i < KITH_CHUNK_PACKS; i++) {
        all[i] = (row_pack){.table = t, .text.limit = SIZE_MAX};
        packs.pack[i] = &all[i];
    }
    kith_code rc = kith_csv_chunks(csv, t->reading->entry->stream, KITH_CHUNK_BYTES, &packs, err);
    for (uint32_t i = 0; i < KITH_CHUNK_PACKS; i++)
        free_pack(&all[i]);
    return rc;
}

/** Reads the header that is a file of its own, as the first row of this one. */
static kith_code take_given_header(table *t, kith_err *err)
{
    const char *text = t->reading->header_text;
    kith_csv *csv = NULL;
    kith_code rc = kith_csv_open(t->reading->delimiter, "UTF-8", &csv, err);

    if (rc == KITH_OK)
        rc = kith_csv_feed(csv, text, strlen(text), true, take_row, t, err);
    kith_csv_close(csv);
    return rc;
}

/** Begins a file, and feeds its first buffer at once: that tells the encoding. */
static kith_code open_rows(kith_reading *reading, kith_csv **csv, kith_err *err)
{
    const char *bytes;
    size_t length;
    kith_code rc = kith_csv_open(reading->delimiter, reading->opts->encoding, csv, err);

    return rc == KITH_OK ? kith_stream_peek(reading->entry->stream, KITH_STREAM_BUFFER, &bytes, &length, err)
                         : rc;
}

/** Hands on rows one by one, up to the end or for so many bytes. */
static kith_code feed_rows(kith_reading *reading, kith_csv *csv, size_t most, kith_csv_take *take, void *ctx,
                           bool *ended, kith_err *err)
{
    const char *bytes;
    size_t length = 1;
    kith_code rc = KITH_OK;

    for (size_t fed = 0; rc == KITH_OK && length && fed < most; fed += length) {
        rc = kith_stream_next(reading->entry->stream, &bytes, &length, err);
        if (rc == KITH_OK)
            rc = kith_csv_feed(csv, bytes, length, length == 0, take, ctx, err);
    }
    *ended = length == 0;
    return rc;
}

static void close_rows(kith_reading *reading, kith_csv *csv, bool is_read)
{
    if (is_read && kith_csv_replaced(csv))
        kith_reading_notice(reading,
                            "%llu bytes make no sense in its encoding; is there an --encoding for it?",
                            (unsigned long long)kith_csv_replaced(csv));
    kith_csv_close(csv);
}

kith_code kith_reading_rows(kith_reading *reading, kith_csv_take *take, void *ctx, kith_err *err)
{
    kith_csv *csv = NULL;
    bool ended;
    kith_code rc = open_rows(reading, &csv, err);

    if (rc == KITH_OK)
        rc = feed_rows(reading, csv, SIZE_MAX, take, ctx, &ended, err);
    close_rows(reading, csv, rc == KITH_OK);
    return rc;
}

kith_code kith_reading_table(kith_reading *reading, kith_record_take *take, void *ctx, kith_err *err)
{
    return kith_reading_ties(reading, take, ctx, NULL, err);
}

kith_code kith_reading_ties(kith_reading *reading, kith_record_take *take, void *ctx, kith_endpoints *people,
                            kith_err *err)
{
    table t = {.reading = reading, .take = take, .ctx = ctx, .people = people, .pack.table = &t};
    kith_csv *csv = NULL;
    bool ended = false;
    kith_code rc = reading->header_text ? take_given_header(&t, err) : KITH_OK;

    if (rc == KITH_OK)
        rc = open_rows(reading, &csv, err);
    if (rc == KITH_OK)
        rc = feed_rows(reading, csv, BYTES_ALONE, take_row, &t, &ended, err);
    if (rc == KITH_OK && !ended)
        rc = t.has_header && kith_csv_splits(csv)
                 ? take_chunks(&t, &csv, err)
                 : feed_rows(reading, csv, SIZE_MAX, take_row, &t, &ended, err);
    close_rows(reading, csv, rc == KITH_OK);
    kith_header_free(&t.header);
    free_pack(&t.pack);
    kith_free(t.cells);
    return rc;
}

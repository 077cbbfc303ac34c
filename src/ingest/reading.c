#include "ingest/reading.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ingest/format.h"

void kith_reading_used(kith_reading *reading)
{
    reading->end.rows++;
    reading->end.used++;
}

void kith_reading_skip(kith_reading *reading)
{
    reading->end.rows++;
    reading->end.skipped++;
}

kith_code kith_reading_reject_line(kith_reading *reading, uint64_t line, const char *reason,
                                   const char *columns, kith_err *err)
{
    reading->end.rows++;
    reading->end.rejected++;
    return reading->sink->reject(reading->sink->ctx, reading->source, line, reason, columns, err);
}

/** Bytes of `text` to show: all, or up to the limit and no further than a whole character. */
static size_t shown_bytes(const char *text)
{
    size_t length = strnlen(text, KITH_REJECT_VALUE_LIMIT + 1);

    if (length <= KITH_REJECT_VALUE_LIMIT)
        return length;
    length = KITH_REJECT_VALUE_LIMIT;
    while (length && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

/** Appends "word=value" to what there is of the row. */
static void write_column(const char *word, const char *value, kith_dynbuf *out)
{
    kith_dynbuf_printf(out, "%s%s=", out->length ? "; " : "", word);
    kith_dynbuf_append(out, value, shown_bytes(value));
}

static void write_columns(const kith_record *record, kith_dynbuf *out)
{
    kith_dynbuf_clear(out);
    for (size_t i = 0; i < record->header->n; i++)
        if (*record->cells[i])
            write_column(kith_column_word(record->header->columns[i].column), record->cells[i], out);
}

kith_code kith_reading_reject(kith_reading *reading, const kith_record *record, kith_err *err,
                              const char *reason, ...)
{
    char text[KITH_REJECT_VALUE_LIMIT + 100];
    va_list args;

    va_start(args, reason);
    (void)vsnprintf(text, sizeof text, reason, args);
    va_end(args);
    write_columns(record, &reading->columns);
    kith_code rc = kith_dynbuf_check(&reading->columns, "a rejected row", err);
    return rc == KITH_OK ? kith_reading_reject_line(reading, record->line, text,
                                                    kith_dynbuf_cstr(&reading->columns), err)
                         : rc;
}

kith_code kith_reading_reject_card(kith_reading *reading, uint64_t line, const char *reason, kith_err *err)
{
    const kith_attr *attrs;
    size_t n;
    kith_code rc = kith_card_attrs(&reading->card, &attrs, &n, err);

    kith_dynbuf_clear(&reading->columns);
    for (size_t i = 0; rc == KITH_OK && i < n; i++)
        write_column(kith_field_name(attrs[i].field), attrs[i].value, &reading->columns);
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&reading->columns, "a rejected row", err);
    return rc == KITH_OK
               ? kith_reading_reject_line(reading, line, reason, kith_dynbuf_cstr(&reading->columns), err)
               : rc;
}

kith_code kith_reading_check(kith_reading *reading, const kith_record *record, bool *ok, kith_err *err)
{
    *ok = !record->problem;
    return *ok ? KITH_OK : kith_reading_reject(reading, record, err, "%s", record->problem);
}

kith_code kith_reading_space(kith_reading *reading, uint32_t *space, kith_err *err)
{
    const char *shared = reading->opts->ids;
    kith_bundle *bundle = reading->entry->bundle;
    uint32_t *known = shared ? reading->shared_space : &bundle->space;
    kith_code rc = KITH_OK;

    if (*known == KITH_NO_SPACE)
        rc = reading->sink->space(reading->sink->ctx, shared ? shared : bundle->name, known, err);
    *space = *known;
    return rc;
}

kith_code kith_reading_mention(kith_reading *reading, kith_mention mention, uint32_t *handle, kith_err *err)
{
    kith_code rc = kith_card_attrs(&reading->card, &mention.attrs, &mention.n_attrs, err);

    mention.source = reading->source;
    if (reading->card.left_out && !reading->told_left_out) {
        reading->told_left_out = true;
        kith_reading_notice(
            reading, "line %llu says too much of one person: over %d values or %zu MiB, the rest is left out",
            (unsigned long long)mention.line, KITH_CARD_VALUES, KITH_CARD_BYTES >> 20);
    }
    return rc == KITH_OK ? reading->sink->mention(reading->sink->ctx, &mention, handle, err) : rc;
}

kith_relation kith_plain_relation(kith_evidence kind, uint32_t a, uint32_t b, uint64_t line)
{
    return (kith_relation){.a = a,
                           .b = b,
                           .kind = kind,
                           .line = line,
                           .date = KITH_NO_DATE,
                           .end = KITH_NO_DATE,
                           .count = 1,
                           .strength = NAN,
                           .weight = NAN};
}

kith_code kith_reading_relation(kith_reading *reading, kith_relation relation, kith_err *err)
{
    relation.source = reading->source;
    return reading->sink->relation(reading->sink->ctx, &relation, err);
}

kith_code kith_reading_date(kith_reading *reading, const kith_record *record, kith_column column,
                            kith_date_order order, kith_day *day, bool *ok, kith_err *err)
{
    const char *text = kith_record_get(record, column);

    *day = *text ? kith_date_parse(text, order) : KITH_NO_DATE;
    *ok = !*text || *day != KITH_NO_DATE;
    return *ok ? KITH_OK
               : kith_reading_reject(reading, record, err, "%s is no date: \"%.*s\"",
                                     kith_column_word(column), (int)shown_bytes(text), text);
}

void kith_reading_notice(const kith_reading *reading, const char *format, ...)
{
    char text[512];
    va_list args;

    if (!reading->opts->notice)
        return;
    int length = snprintf(text, sizeof text, "%.250s: ", reading->entry->name);
    va_start(args, format);
    (void)vsnprintf(text + length, sizeof text - (size_t)length, format, args);
    va_end(args);
    reading->opts->notice(reading->opts->notice_ctx, text);
}

/** A table on its way from bytes to records. */
typedef struct table {
    kith_reading *reading;
    kith_record_take *take;
    void *ctx;
    kith_header header;
    bool has_header;
    uint32_t rows_before; /**< rows seen before the header */
    kith_dynbuf text;     /**< tidied cells of the row, each with its NUL */
    size_t *cell_at;      /**< [header.n] into text */
    const char **cells;   /**< [header.n] */
} table;

static kith_code take_header(table *t, const kith_csv_row *row, kith_err *err)
{
    const kith_format *format = t->reading->format;
    kith_code rc =
        kith_header_read(&t->header, row, format->aliases, format->generic ? t->reading->maps : NULL, err);

    t->has_header = true;
    if (rc != KITH_OK)
        return rc;
    t->reading->own_export = kith_header_has(&t->header, KITH_COLUMN_OWN_EXPORT);
    t->cell_at = kith_alloc_array(t->header.n, sizeof *t->cell_at);
    t->cells = kith_alloc_array(t->header.n, sizeof *t->cells);
    return t->cell_at && t->cells ? KITH_OK : kith_fail_memory(err, "the header of a table");
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

static kith_code take_row(void *ctx, const kith_csv_row *row, bool *stop, kith_err *err)
{
    table *t = ctx;

    *stop = false;
    if (!t->has_header)
        return t->rows_before++ < t->reading->header_row ? KITH_OK : take_header(t, row, err);
    kith_dynbuf_clear(&t->text);
    for (size_t i = 0; i < t->header.n; i++) {
        size_t at = t->header.columns[i].at;
        t->cell_at[i] = t->text.length;
        const char *cell = at < row->n ? row->fields[at] : "";
        kith_text_tidy(t->reading->own_export ? without_guard(cell) : cell, &t->text);
        kith_dynbuf_put(&t->text, '\0');
    }
    kith_code rc = kith_dynbuf_check(&t->text, "a row", err);
    if (rc != KITH_OK)
        return rc;
    for (size_t i = 0; i < t->header.n; i++)
        t->cells[i] = kith_dynbuf_cstr(&t->text) + t->cell_at[i];
    kith_record record = {
        .line = row->line, .problem = row->problem, .header = &t->header, .cells = t->cells};
    bool ok;
    if ((rc = kith_reading_check(t->reading, &record, &ok, err)) != KITH_OK || !ok)
        return rc;
    return t->take(t->reading, t->ctx, &record, err);
}

kith_code kith_reading_table(kith_reading *reading, kith_record_take *take, void *ctx, kith_err *err)
{
    table t = {.reading = reading, .take = take, .ctx = ctx};
    kith_csv *csv = NULL;
    const char *bytes;
    size_t length;
    kith_code rc = kith_csv_open(reading->delimiter, reading->opts->encoding, &csv, err);

    /* The whole first buffer at once: it tells the encoding. */
    if (rc == KITH_OK)
        rc = kith_stream_peek(reading->entry->stream, KITH_STREAM_BUFFER, &bytes, &length, err);
    do {
        if (rc == KITH_OK)
            rc = kith_stream_next(reading->entry->stream, &bytes, &length, err);
        if (rc == KITH_OK)
            rc = kith_csv_feed(csv, bytes, length, length == 0, take_row, &t, err);
    } while (rc == KITH_OK && length);
    if (rc == KITH_OK && kith_csv_replaced(csv))
        kith_reading_notice(reading,
                            "%llu bytes make no sense in its encoding; is there an --encoding for it?",
                            (unsigned long long)kith_csv_replaced(csv));
    kith_csv_close(csv);
    kith_header_free(&t.header);
    kith_dynbuf_free(&t.text);
    kith_free(t.cell_at);
    kith_free(t.cells);
    return rc;
}

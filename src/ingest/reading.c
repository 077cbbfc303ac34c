#include "ingest/reading.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ingest/format.h"
#include "ingest/sensitive.h"

void kith_reading_free(kith_reading *reading)
{
    kith_card_free(&reading->card);
    kith_dynbuf_free(&reading->columns);
    kith_dynbuf_free(&reading->fields);
}

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
static void write_column(const char *part, const char *word, const char *value, kith_dynbuf *out)
{
    kith_dynbuf_printf(out, "%s%s%s=", out->length ? "; " : "", part, word);
    kith_dynbuf_append(out, value, shown_bytes(value));
}

/** Whether the row has text that is nobody's business. A broken quote may put that under any column. */
static bool is_private(const kith_record *record)
{
    return kith_header_has(record->header, KITH_COLUMN_PRIVATE);
}

static void write_columns(const kith_record *record, kith_dynbuf *out)
{
    kith_dynbuf_clear(out);
    if (is_private(record))
        return;
    for (size_t i = 0; i < record->header->n; i++)
        if (*record->cells[i])
            write_column(kith_part_word(record->header->columns[i].part),
                         kith_column_word(record->header->columns[i].column), record->cells[i], out);
}

kith_code kith_reading_reject(kith_reading *reading, const kith_record *record, kith_err *err,
                              const char *reason, ...)
{
    char text[KITH_REJECT_VALUE_LIMIT + 100];
    kith_dynbuf whole = {0};
    va_list args;

    va_start(args, reason);
    (void)vsnprintf(text, sizeof text, reason, args);
    va_end(args);
    (void)kith_utf8_mend(text, strlen(text), &whole); /* a value may be cut within a character */
    write_columns(record, &reading->columns);
    kith_code rc = kith_dynbuf_check(&reading->columns, "a rejected row", err);
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&whole, "a rejected row", err);
    if (rc == KITH_OK)
        rc = kith_reading_reject_line(reading, record->line, kith_dynbuf_cstr(&whole),
                                      kith_dynbuf_cstr(&reading->columns), err);
    kith_dynbuf_free(&whole);
    return rc;
}

kith_code kith_reading_reject_card(kith_reading *reading, uint64_t line, const char *reason, kith_err *err)
{
    const kith_attr *attrs;
    size_t n;
    kith_code rc = kith_card_attrs(&reading->card, &attrs, &n, err);

    kith_dynbuf_clear(&reading->columns);
    for (size_t i = 0; rc == KITH_OK && i < n; i++)
        write_column("", kith_field_name(attrs[i].field), attrs[i].value, &reading->columns);
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
    kith_bundle *bundle = reading->home;
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

/** How a numeric date in the header's column `at` is read. */
static kith_date_order order_of(const kith_reading *reading, const kith_header *header, size_t at,
                                kith_date_order usual)
{
    static const kith_date_order asked[] = {
        [KITH_DATES_DMY] = KITH_DATE_DMY, [KITH_DATES_MDY] = KITH_DATE_MDY, [KITH_DATES_YMD] = KITH_DATE_YMD};

    if (reading->opts->dates != KITH_DATES_DETECT)
        return asked[reading->opts->dates];
    return header->columns[at].has_order ? header->columns[at].order : usual;
}

kith_code kith_reading_date(kith_reading *reading, const kith_record *record, kith_column column,
                            kith_date_order order, kith_day *day, bool *ok, kith_err *err)
{
    size_t at = kith_record_find(record, KITH_PART_ROW, column);

    *day = KITH_NO_DATE;
    *ok = true;
    if (at == record->header->n)
        return KITH_OK;
    const char *text = record->cells[at];
    *day = kith_date_parse(text, order_of(reading, record->header, at, order));
    *ok = *day != KITH_NO_DATE;
    if (*ok)
        return KITH_OK;
    if (is_private(record))
        return kith_reading_reject(reading, record, err, "%s is no date", kith_column_word(column));
    return kith_reading_reject(reading, record, err, "%s is no date: \"%.*s\"", kith_column_word(column),
                               (int)shown_bytes(text), text);
}

kith_code kith_reading_take_tenure(kith_reading *reading, const kith_record *record, kith_tenure tenure,
                                   kith_err *err)
{
    bool ok;

    if (kith_record_is_empty_but(record, KITH_COLUMN_NONE)) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    if (!*tenure.place)
        return kith_reading_reject(reading, record, err,
                                   tenure.kind == KITH_TENURE_WORK ? "no company" : "no school");
    kith_code rc =
        kith_reading_date(reading, record, KITH_COLUMN_START, KITH_DATE_DMY, &tenure.start, &ok, err);
    if (rc == KITH_OK && ok)
        rc = kith_reading_date(reading, record, KITH_COLUMN_END, KITH_DATE_DMY, &tenure.end, &ok, err);
    if (rc != KITH_OK || !ok)
        return rc;
    tenure.current = tenure.end == KITH_NO_DATE;
    if (!tenure.current && tenure.start != KITH_NO_DATE && tenure.end < tenure.start)
        return kith_reading_reject(reading, record, err, "it ends before it starts");
    tenure.mention = reading->owner;
    tenure.source = reading->source;
    tenure.line = record->line;
    kith_reading_used(reading);
    return reading->sink->tenure(reading->sink->ctx, &tenure, err);
}

kith_code kith_reading_say(kith_reading *reading, kith_relation relation, bool to_contacts, kith_err *err)
{
    relation.source = reading->source;
    return kith_named_say(&reading->entry->bundle->named, &reading->card, relation, to_contacts, err);
}

kith_code kith_reading_is_called(kith_reading *reading, const char *word, bool *is, kith_err *err)
{
    const char *slash = strrchr(reading->entry->name, '/');

    kith_dynbuf_clear(&reading->columns);
    kith_column_squeeze(slash ? slash + 1 : reading->entry->name, &reading->columns);
    *is = strstr(kith_dynbuf_cstr(&reading->columns), word) != NULL;
    return kith_dynbuf_check(&reading->columns, "the name of a file", err);
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
    kith_dynbuf_clear(&reading->fields);
    kith_header_describe(&t->header, &reading->fields);
    reading->own_export = kith_header_has(&t->header, KITH_COLUMN_OWN_EXPORT);
    reading->plain_ids |= reading->own_export;
    t->cell_at = kith_alloc_array(t->header.n, sizeof *t->cell_at);
    t->cells = kith_alloc_array(t->header.n, sizeof *t->cells);
    if (!t->cell_at || !t->cells)
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

static kith_code take_row(void *ctx, const kith_csv_row *row, bool *stop, kith_err *err)
{
    table *t = ctx;

    *stop = false;
    if (!t->has_header) {
        kith_code header_rc = t->rows_before++ < t->reading->header_row ? KITH_OK : take_header(t, row, err);
        if (header_rc != KITH_OK || !t->has_header || !t->reading->no_header)
            return header_rc;
    }
    kith_dynbuf_clear(&t->text);
    for (size_t i = 0; i < t->header.n; i++) {
        size_t at = t->header.columns[i].at;
        t->cell_at[i] = t->text.length;
        bool kept = at < row->n && t->header.columns[i].column != KITH_COLUMN_PRIVATE;
        const char *cell = kept ? row->fields[at] : "";
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
    if (!record.problem && has_controls(t->text.data, t->text.length))
        record.problem = "it holds control characters";
    if ((rc = kith_reading_check(t->reading, &record, &ok, err)) != KITH_OK || !ok)
        return rc;
    return t->take(t->reading, t->ctx, &record, err);
}

kith_code kith_reading_rows(kith_reading *reading, kith_csv_take *take, void *ctx, kith_err *err)
{
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
            rc = kith_csv_feed(csv, bytes, length, length == 0, take, ctx, err);
    } while (rc == KITH_OK && length);
    if (rc == KITH_OK && kith_csv_replaced(csv))
        kith_reading_notice(reading,
                            "%llu bytes make no sense in its encoding; is there an --encoding for it?",
                            (unsigned long long)kith_csv_replaced(csv));
    kith_csv_close(csv);
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

kith_code kith_reading_table(kith_reading *reading, kith_record_take *take, void *ctx, kith_err *err)
{
    table t = {.reading = reading, .take = take, .ctx = ctx};
    kith_code rc = reading->header_text ? take_given_header(&t, err) : KITH_OK;

    if (rc == KITH_OK)
        rc = kith_reading_rows(reading, take_row, &t, err);
    kith_header_free(&t.header);
    kith_dynbuf_free(&t.text);
    kith_free(t.cell_at);
    kith_free(t.cells);
    return rc;
}

kith_code kith_reject_nothing(void *ctx, uint32_t source, uint64_t line, const char *reason,
                              const char *columns, kith_err *err)
{
    (void)ctx;
    (void)source;
    (void)line;
    (void)reason;
    (void)columns;
    (void)err;
    return KITH_OK;
}

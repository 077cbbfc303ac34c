#include "ingest/reading.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ingest/format.h"
#include "ingest/tape.h"

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
    if (reading->tape)
        kith_tape_space(reading->tape, *space);
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

kith_code kith_reading_tie_all(kith_reading *reading, const uint32_t *ends, size_t n, kith_err *err)
{
    reading->end.rows += n;
    reading->end.used += n;
    return n ? reading->sink->ties(reading->sink->ctx, reading->source, ends, n, err) : KITH_OK;
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
    if (reading->tape)
        kith_tape_said(reading->tape, &reading->card, &relation, to_contacts);
    return kith_named_say(&reading->entry->bundle->named, &reading->card, relation, to_contacts, err);
}

kith_code kith_reading_contact(kith_reading *reading, uint32_t mention, kith_err *err)
{
    if (reading->tape)
        kith_tape_contact(reading->tape, kith_card_first(&reading->card, KITH_FIELD_NAME), mention);
    return kith_named_contact(&reading->entry->bundle->named, &reading->card, mention, err);
}

kith_code kith_reading_list(kith_reading *reading, kith_relation listed, kith_err *err)
{
    listed.source = reading->source;
    if (reading->tape)
        kith_tape_listed(reading->tape, &reading->card, &listed);
    return kith_named_list(&reading->entry->bundle->named, &reading->card, listed, err);
}

kith_code kith_reading_member(kith_reading *reading, kith_err *err)
{
    if (reading->tape)
        kith_tape_member(reading->tape, &reading->card);
    return kith_named_member(&reading->entry->bundle->named, &reading->card, err);
}

kith_code kith_reading_meet_writer(kith_reading *reading, const char *name, const char *url, kith_err *err)
{
    if (reading->tape)
        kith_tape_writer(reading->tape, name, url);
    return kith_bundle_meet_owner(&reading->entry->bundle->writer, name, url, err);
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

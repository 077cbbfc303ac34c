#include "ingest/csv_rows.h"

#include <string.h>

#include <csv.h>

#include "base/ascii.h"
#include "base/charset.h"
#include "base/mem.h"

/** libcsv's states before a row and in the middle of a field, which its header does not name. */
#define BEFORE_ROW 0
#define WITHIN_FIELD 2

/** Text handed to libcsv at once; what it gathers of a field beyond the limit, and what it reads in vain
 * behind the last row that is wanted, is at most this much. */
#define SLICE_BYTES ((size_t)2 << 10)

struct kith_csv {
    struct csv_parser parser;
    char *fallback; /**< encoding, or NULL */
    kith_charset *charset;
    bool decoding; /**< the encoding is found */
    bool is_utf8;
    uint64_t replaced; /**< by others than `charset` */
    kith_dynbuf decoded;

    kith_dynbuf text; /**< the fields of the row, each with its NUL */
    size_t *field_at;
    const char **fields;
    size_t n, at_capacity, field_capacity;
    const char *problem;
    uint64_t row_line, line; /**< of the row's begin; where the next byte is */
    bool after_cr;           /**< a line feed next would belong to the same line end */
    bool is_capped;          /**< some of the field at hand was thrown away */

    kith_csv_take *take;
    void *ctx;
    bool stop;
    kith_code rc;
    kith_err *err;
};

static void *resize(void *old, size_t size)
{
    return kith_realloc(old, size, 1);
}

static void begin_row(kith_csv *csv)
{
    kith_dynbuf_clear(&csv->text);
    csv->n = 0;
    csv->problem = NULL;
    csv->row_line = csv->line;
}

kith_code kith_csv_open(char delimiter, const char *encoding, kith_csv **out, kith_err *err)
{
    kith_csv *csv = kith_calloc(1, sizeof *csv);

    *out = NULL;
    if (!csv || (encoding && !(csv->fallback = kith_strdup(encoding)))) {
        kith_free(csv);
        return kith_fail_memory(err, "reading a table");
    }
    (void)csv_init(&csv->parser, CSV_REPALL_NL);
    csv_set_delim(&csv->parser, (unsigned char)delimiter);
    csv_set_realloc_func(&csv->parser, resize);
    csv_set_free_func(&csv->parser, kith_free);
    csv_set_blk_size(&csv->parser, 4096);
    csv->text.limit = (size_t)KITH_CSV_FIELD_LIMIT * 16;
    csv->row_line = csv->line = 1;
    *out = csv;
    return KITH_OK;
}

/** Line ends in a text: LF, CRLF or CR. */
static uint64_t count_lines(const char *text, size_t length)
{
    uint64_t lines = 0;

    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'));
    return lines;
}

static void set_problem(kith_csv *csv, const char *problem)
{
    if (!csv->problem)
        csv->problem = problem;
}

static void take_field(void *field, size_t length, void *ctx)
{
    kith_csv *csv = ctx;

    csv->after_cr = false;
    if (length > KITH_CSV_FIELD_LIMIT || csv->is_capped)
        set_problem(csv, "a field is over 1 MiB: is a quote left open?");
    if (kith_ascii_has_controls(field, length)) {
        csv->line += count_lines(field, length);
        if (memchr(field, '\0', length))
            set_problem(csv, "it holds NUL bytes");
    }
    if (length > KITH_CSV_FIELD_LIMIT || csv->is_capped)
        length = 0;
    csv->is_capped = false;
    if (csv->n == KITH_CSV_COLUMN_LIMIT) {
        set_problem(csv, "it has over 4096 columns");
        return;
    }
    if (csv->n == csv->at_capacity &&
        !kith_grow((void **)&csv->field_at, &csv->at_capacity, csv->n + 1, sizeof *csv->field_at)) {
        csv->rc = kith_fail_memory(csv->err, "a row");
        return;
    }
    if (csv->text.length + length >= csv->text.limit) {
        set_problem(csv, "it is too long");
        length = 0;
    }
    csv->field_at[csv->n++] = csv->text.length;
    kith_dynbuf_cell(&csv->text, field, length);
}

static void hand_on(kith_csv *csv)
{
    if (csv->rc == KITH_OK)
        csv->rc = kith_dynbuf_check(&csv->text, "a row", csv->err);
    if (csv->rc == KITH_OK && csv->n > csv->field_capacity &&
        !kith_grow((void **)&csv->fields, &csv->field_capacity, csv->n, sizeof *csv->fields))
        csv->rc = kith_fail_memory(csv->err, "a row");
    if (csv->rc != KITH_OK || csv->stop)
        return;
    for (size_t i = 0; i < csv->n; i++)
        csv->fields[i] = csv->text.data + csv->field_at[i];
    kith_csv_row row = {.line = csv->row_line,
                        .n = csv->n,
                        .fields = csv->fields,
                        .text_bytes = csv->text.length,
                        .problem = csv->problem};
    csv->rc = csv->take(csv->ctx, &row, &csv->stop, csv->err);
}

static void take_row(int end, void *ctx)
{
    kith_csv *csv = ctx;
    bool second_half = end == '\n' && csv->after_cr && csv->n == 0;

    if (csv->n)
        hand_on(csv);
    csv->line += end >= 0 && !second_half;
    csv->after_cr = end == '\r';
    begin_row(csv);
}

/**
 * libcsv gathers a field however long it gets (after an open quote, the rest of the file). Over the
 * limit, what it has is thrown away and the row will be rejected.
 */
static void cap_field(kith_csv *csv)
{
    struct csv_parser *parser = &csv->parser;

    if (parser->pstate != WITHIN_FIELD || parser->entry_pos <= KITH_CSV_FIELD_LIMIT)
        return;
    /* A carriage return may be half of a line end. */
    size_t kept = parser->entry_buf[parser->entry_pos - 1] == '\r';
    csv->line += count_lines((const char *)parser->entry_buf, parser->entry_pos - kept);
    parser->entry_buf[0] = '\r';
    parser->entry_pos = kept;
    parser->spaces = 0;
    csv->is_capped = true;
}

static kith_code parse(kith_csv *csv, const char *text, size_t length)
{
    while (length && csv->rc == KITH_OK && !csv->stop) {
        size_t slice = length < SLICE_BYTES ? length : SLICE_BYTES;
        if (csv_parse(&csv->parser, text, slice, take_field, take_row, csv) != slice)
            return kith_fail_memory(csv->err, "a row");
        cap_field(csv);
        text += slice;
        length -= slice;
    }
    return csv->rc;
}

static kith_code decode_and_parse(kith_csv *csv, const char *bytes, size_t length, bool last, kith_err *err)
{
    kith_dynbuf_clear(&csv->decoded);
    kith_code rc = kith_charset_decode(csv->charset, bytes, length, last, &csv->decoded, err);

    return rc == KITH_OK ? parse(csv, kith_dynbuf_cstr(&csv->decoded), csv->decoded.length) : rc;
}

/** The last row, where the text does not end in a line end. */
static kith_code finish(kith_csv *csv)
{
    csv_set_opts(&csv->parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&csv->parser, take_field, take_row, csv) != 0) {
        set_problem(csv, "a quote is left open up to the end of the file");
        take_field(csv->parser.entry_buf, csv->parser.entry_pos, csv);
        take_row(-1, csv);
    }
    return csv->rc;
}

static kith_code find_encoding(kith_csv *csv, const char **bytes, size_t *length, kith_err *err)
{
    size_t bom = 0;
    const char *encoding = kith_charset_guess(*bytes, *length, csv->fallback, &bom);

    csv->decoding = true;
    csv->is_utf8 = strcmp(encoding, "UTF-8") == 0;
    *bytes += bom;
    *length -= bom;
    return kith_charset_open(encoding, &csv->charset, err);
}

kith_code kith_csv_feed(kith_csv *csv, const char *bytes, size_t length, bool last, kith_csv_take *take,
                        void *ctx, kith_err *err)
{
    kith_code rc = KITH_OK;

    csv->take = take;
    csv->ctx = ctx;
    csv->err = err;
    if (!csv->decoding && (rc = find_encoding(csv, &bytes, &length, err)) != KITH_OK)
        return rc;
    for (; rc == KITH_OK && !csv->stop && length > SLICE_BYTES; bytes += SLICE_BYTES, length -= SLICE_BYTES)
        rc = decode_and_parse(csv, bytes, SLICE_BYTES, false, err);
    if (rc == KITH_OK && !csv->stop)
        rc = decode_and_parse(csv, bytes, length, last, err);
    return rc == KITH_OK && last && !csv->stop ? finish(csv) : rc;
}

bool kith_csv_splits(const kith_csv *csv)
{
    return csv->is_utf8;
}

kith_code kith_csv_fork(const kith_csv *csv, kith_csv **out, kith_err *err)
{
    kith_code rc = kith_csv_open((char)csv->parser.delim_char, NULL, out, err);

    if (rc != KITH_OK)
        return rc;
    if ((rc = kith_charset_open("UTF-8", &(*out)->charset, err)) != KITH_OK) {
        kith_csv_close(*out);
        *out = NULL;
        return rc;
    }
    (*out)->decoding = (*out)->is_utf8 = true;
    return KITH_OK;
}

void kith_csv_renew(kith_csv *csv)
{
    csv->parser.pstate = BEFORE_ROW;
    csv->parser.quoted = 0;
    csv->parser.spaces = csv->parser.entry_pos = 0;
    csv->line = 1;
    csv->replaced = 0;
    kith_charset_renew(csv->charset);
    csv->after_cr = csv->is_capped = csv->stop = false;
    csv->rc = KITH_OK;
    begin_row(csv);
}

bool kith_csv_between_rows(const kith_csv *csv)
{
    return csv->parser.pstate == BEFORE_ROW && csv->n == 0;
}

bool kith_csv_in_quotes(const kith_csv *csv)
{
    return csv->parser.pstate == WITHIN_FIELD && csv->parser.quoted;
}

uint64_t kith_csv_lines(const kith_csv *csv)
{
    return csv->line - 1;
}

void kith_csv_join(kith_csv *csv, const kith_csv *part)
{
    csv->replaced += kith_csv_replaced(part);
}

uint64_t kith_csv_replaced(const kith_csv *csv)
{
    return csv->replaced + (csv->charset ? kith_charset_replaced(csv->charset) : 0);
}

void kith_csv_close(kith_csv *csv)
{
    if (!csv)
        return;
    csv_free(&csv->parser);
    if (csv->charset)
        kith_charset_close(csv->charset);
    kith_dynbuf_free(&csv->decoded);
    kith_dynbuf_free(&csv->text);
    kith_free(csv->field_at);
    kith_free(csv->fields);
    kith_free(csv->fallback);
    kith_free(csv);
}

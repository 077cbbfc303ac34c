/* Lines of two ids and maybe a weight, parted by white space: SNAP's edge lists and NCOL. Built for
 * very many lines: a line is read where it lies, and an id seen before costs one look in a table. */
#include <math.h>
#include <string.h>

#include "base/charset.h"
#include "base/text.h"
#include "ingest/decimal.h"
#include "ingest/endpoint.h"
#include "ingest/format.h"

/** Bytes that a line may have. */
#define LONGEST_LINE ((size_t)1 << 20)

/** Words of a line that are looked at: two ids, a weight, and one too many. */
#define WORDS 4

typedef struct word {
    const char *text;
    size_t length;
} word;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

static bool is_comment(char c)
{
    return c == '#' || c == '%';
}

/** Splits a line. @return how many words it has, up to WORDS. */
static size_t split(const char *line, size_t length, word words[WORDS])
{
    const char *end = line + length;
    size_t n = 0;

    while (n < WORDS) {
        while (line < end && is_blank(*line))
            line++;
        if (line == end)
            break;
        words[n].text = line;
        while (line < end && !is_blank(*line))
            line++;
        words[n].length = (size_t)(line - words[n].text);
        n++;
    }
    return n;
}

static bool is_number(word w)
{
    for (size_t i = 0; i < w.length; i++)
        if (w.text[i] < '0' || w.text[i] > '9')
            return false;
    return w.length > 0;
}

/** A word that no id is likely to be: of a sentence, a table or a program. */
static bool is_odd(word w)
{
    for (size_t i = 0; i < w.length; i++)
        if (strchr(",;\"'<>{}()[]=|", w.text[i]) || (unsigned char)w.text[i] < ' ')
            return true;
    return false;
}

static bool line_fits(const word words[WORDS], size_t n)
{
    double weight;

    return (n == 2 || (n == 3 && kith_decimal_parse(words[2].text, words[2].length, &weight))) &&
           !is_odd(words[0]) && !is_odd(words[1]);
}

/** What the whole lines of a file's begin are. */
typedef struct line_counts {
    size_t lines;   /**< that are neither empty nor a comment */
    size_t pairs;   /**< of two words, or two and a number */
    size_t numbers; /**< pairs of which both words are numbers */
} line_counts;

static void count_line(line_counts *counts, const char *line, size_t length)
{
    word words[WORDS];
    size_t n = split(line, length, words);

    if (n == 0 || is_comment(*words[0].text))
        return;
    bool pair = line_fits(words, n);
    counts->lines++;
    counts->pairs += pair;
    counts->numbers += pair && is_number(words[0]) && is_number(words[1]);
}

/** Most lines are pairs of numbers, or every one of several is a pair of whatever. */
bool kith_edge_list_fits(const char *head, size_t length, bool whole)
{
    line_counts counts = {0};
    size_t bom = 0;
    const char *end = head + length;

    if (strcmp(kith_charset_guess(head, length, NULL, &bom), "UTF-8") != 0)
        return false;
    for (head += bom; head < end;) {
        const char *line_end = memchr(head, '\n', (size_t)(end - head));
        if (!line_end && !whole)
            break;
        size_t line_length = (size_t)((line_end ? line_end : end) - head);
        count_line(&counts, head, line_length);
        head += line_length + (line_end != NULL);
    }
    return 2 * counts.numbers > counts.lines || (counts.lines > 1 && counts.pairs == counts.lines);
}

/** An edge list being read. */
typedef struct edge_list {
    kith_reading *reading;
    kith_endpoints people;
    kith_dynbuf carried; /**< a line's begin that stood at the end of a buffer */
    bool too_long;       /**< the line is over LONGEST_LINE: its rest is passed over */
    uint64_t line;
} edge_list;

static kith_code reject(edge_list *list, const char *reason, const char *text, size_t length, kith_err *err)
{
    kith_dynbuf *columns = &list->reading->columns;

    kith_dynbuf_clear(columns);
    if (kith_text_valid(text, length)) {
        kith_dynbuf_text(columns, "line=");
        while (length > KITH_REJECT_VALUE_LIMIT || (length && is_blank(text[length - 1])))
            length--;
        while (length && ((unsigned char)text[length - 1] & 0x80) && !kith_text_valid(text, length))
            length--;
        kith_dynbuf_append(columns, text, length);
    }
    kith_code rc = kith_dynbuf_check(columns, "a rejected line", err);
    return rc == KITH_OK
               ? kith_reading_reject_line(list->reading, list->line, reason, kith_dynbuf_cstr(columns), err)
               : rc;
}

static kith_code take_line(edge_list *list, const char *text, size_t length, kith_err *err)
{
    word words[WORDS];
    size_t n = split(text, length, words);
    kith_relation tie = kith_plain_relation(KITH_EVIDENCE_STATED_TIE, 0, 0, list->line);
    kith_code rc;

    if (n == 0 || is_comment(*words[0].text))
        return KITH_OK;
    if (n == 1 || n == WORDS)
        return reject(list, n == 1 ? "only one id" : "more than two ids and a weight", text, length, err);
    if (n == 3 && (!kith_decimal_parse(words[2].text, words[2].length, &tie.weight) || !(tie.weight > 0)))
        return reject(list, "weight is no number above 0", text, length, err);
    for (size_t i = 0; i < 2; i++)
        if (!is_number(words[i]) && !kith_text_valid(words[i].text, words[i].length))
            return reject(list, "an id is no UTF-8", text, length, err);
    if (words[0].length == words[1].length && memcmp(words[0].text, words[1].text, words[0].length) == 0) {
        kith_reading_skip(list->reading); /* loops are usual in graph files */
        return KITH_OK;
    }
    if ((rc = kith_endpoint_of_id(&list->people, list->reading, words[0].text, words[0].length, list->line,
                                  &tie.a, err)) != KITH_OK ||
        (rc = kith_endpoint_of_id(&list->people, list->reading, words[1].text, words[1].length, list->line,
                                  &tie.b, err)) != KITH_OK)
        return rc;
    kith_reading_used(list->reading);
    return kith_reading_relation(list->reading, tie, err);
}

/** Ends the line that `text` completes. */
static kith_code end_line(edge_list *list, const char *text, size_t length, kith_err *err)
{
    kith_code rc = KITH_OK;

    list->line++;
    if (list->too_long) {
        rc = reject(list, "the line is over 1 MiB", "", 0, err);
    } else if (list->carried.length) {
        kith_dynbuf_append(&list->carried, text, length);
        rc = kith_dynbuf_check(&list->carried, "a line", err);
        if (rc == KITH_OK)
            rc = take_line(list, list->carried.data, list->carried.length, err);
    } else {
        rc = take_line(list, text, length, err);
    }
    list->too_long = false;
    kith_dynbuf_clear(&list->carried);
    return rc;
}

static kith_code take_bytes(edge_list *list, const char *bytes, size_t length, kith_err *err)
{
    const char *end = bytes + length;
    const char *line_end;
    kith_code rc = KITH_OK;

    while (rc == KITH_OK && bytes < end && (line_end = memchr(bytes, '\n', (size_t)(end - bytes)))) {
        rc = end_line(list, bytes, (size_t)(line_end - bytes), err);
        bytes = line_end + 1;
    }
    if (rc != KITH_OK || bytes == end)
        return rc;
    list->too_long |= list->carried.length + (size_t)(end - bytes) > LONGEST_LINE;
    if (list->too_long)
        return KITH_OK;
    kith_dynbuf_append(&list->carried, bytes, (size_t)(end - bytes));
    return kith_dynbuf_check(&list->carried, "a line", err);
}

kith_code kith_edge_list_read(kith_reading *reading, kith_err *err)
{
    edge_list list = {.reading = reading};
    kith_stream *stream = reading->entry->stream;
    const char *bytes;
    size_t length;
    size_t bom = 0;
    kith_code rc = kith_stream_peek(stream, 4, &bytes, &length, err);

    if (rc == KITH_OK)
        (void)kith_charset_guess(bytes, length, NULL, &bom);
    do {
        if (rc == KITH_OK)
            rc = kith_stream_next(stream, &bytes, &length, err);
        if (rc == KITH_OK)
            rc = take_bytes(&list, bytes + bom, length - bom, err);
        bom = 0;
    } while (rc == KITH_OK && length);
    if (rc == KITH_OK && (list.carried.length || list.too_long))
        rc = end_line(&list, "", 0, err);
    kith_endpoints_free(&list.people);
    kith_dynbuf_free(&list.carried);
    return rc;
}

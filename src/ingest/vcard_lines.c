#include "ingest/vcard_lines.h"

#include <string.h>
#include <strings.h>

void kith_vcard_lines_begin(kith_vcard_lines *lines, kith_vcard_line_take *take, void *ctx)
{
    *lines = (kith_vcard_lines){.head = SIZE_MAX, .line = 1, .begin = 1, .take = take, .ctx = ctx};
}

/** Looks for the end of the head in what was appended from `at` on; each byte is looked at once. */
static void find_head(kith_vcard_lines *lines, size_t at)
{
    const char *text = kith_dynbuf_cstr(&lines->text);

    for (; at < lines->text.length && lines->head == SIZE_MAX; at++) {
        if (text[at] == '"')
            lines->quoted = !lines->quoted;
        else if (text[at] == ':' && !lines->quoted)
            lines->head = at;
    }
    if (lines->head != SIZE_MAX) {
        static const char word[] = "QUOTED-PRINTABLE";
        for (size_t i = 0; i + sizeof word - 1 <= lines->head && !lines->quoted_printable; i++)
            lines->quoted_printable = strncasecmp(text + i, word, sizeof word - 1) == 0;
    }
}

/** Appends bytes that hold no line end. */
static void append(kith_vcard_lines *lines, const char *bytes, size_t length)
{
    size_t at = lines->text.length;
    size_t room = KITH_VCARD_LINE_LIMIT - at;

    if (length == 0)
        return;
    lines->last = bytes[length - 1];
    lines->cut |= length > room;
    kith_dynbuf_append(&lines->text, bytes, length < room ? length : room);
    if (lines->head == SIZE_MAX)
        find_head(lines, at);
}

/** Hands on the content line and begins the next. */
static kith_code hand_on(kith_vcard_lines *lines, kith_err *err)
{
    kith_vcard_line line = {.line = lines->begin,
                            .text = kith_dynbuf_cstr(&lines->text),
                            .length = lines->text.length,
                            .head = lines->head,
                            .cut = lines->cut};
    kith_code rc = kith_dynbuf_check(&lines->text, "a line", err);

    if (rc == KITH_OK && line.length)
        rc = lines->take(lines->ctx, &line, err);
    kith_dynbuf_clear(&lines->text);
    lines->head = SIZE_MAX;
    lines->quoted = lines->quoted_printable = lines->cut = false;
    lines->begin = lines->line;
    return rc;
}

static void end_physical_line(kith_vcard_lines *lines, bool by_cr)
{
    lines->soft = lines->quoted_printable && lines->last == '=';
    if (lines->soft && !lines->cut && lines->text.status == KITH_OK)
        lines->text.data[--lines->text.length] = '\0';
    lines->last = '\0';
    lines->ended = true;
    lines->after_cr = by_cr;
    lines->line++;
}

/** How many bytes stand before the next line end, or in all. */
static size_t line_bytes(const char *bytes, size_t length)
{
    size_t span = 0;

    while (span < length && bytes[span] != '\n' && bytes[span] != '\r')
        span++;
    return span;
}

/** Whether the line feed is the second half of a line end. */
static bool is_second_half(kith_vcard_lines *lines, char byte)
{
    bool second_half = lines->after_cr && byte == '\n';

    lines->after_cr = false;
    return second_half;
}

kith_code kith_vcard_lines_feed(kith_vcard_lines *lines, const char *bytes, size_t length, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t i = 0; i < length && rc == KITH_OK;) {
        if (is_second_half(lines, bytes[i])) {
            i++;
            continue;
        }
        if (lines->ended) {
            bool folded = bytes[i] == ' ' || bytes[i] == '\t';
            lines->ended = false;
            if (!folded && !lines->soft)
                rc = hand_on(lines, err);
            i += folded;
            continue;
        }
        size_t span = line_bytes(bytes + i, length - i);
        append(lines, bytes + i, span);
        i += span;
        if (i < length)
            end_physical_line(lines, bytes[i++] == '\r');
    }
    return rc;
}

kith_code kith_vcard_lines_end(kith_vcard_lines *lines, kith_err *err)
{
    return hand_on(lines, err);
}

void kith_vcard_lines_free(kith_vcard_lines *lines)
{
    kith_dynbuf_free(&lines->text);
}

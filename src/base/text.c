/* Text made fit to be shown: validity, width, and safety. */
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include <kith/safe_text.h>

#include "base/utf8.h"

#define ZWNJ 0x200C
#define ZWJ 0x200D

static bool is_variation_selector(int32_t codepoint)
{
    return (codepoint >= 0xFE00 && codepoint <= 0xFE0F) || (codepoint >= 0xE0100 && codepoint <= 0xE01EF);
}

bool kith_text_valid(const char *text, size_t length)
{
    size_t at = kith_utf8_ascii_run(text, length);

    while (at < length) {
        utf8proc_int32_t codepoint;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                 (utf8proc_ssize_t)(length - at), &codepoint);
        if (step <= 0)
            return false;
        at += (size_t)step;
        at += kith_utf8_ascii_run(text + at, length - at);
    }
    return length == 0 || !memchr(text, '\0', length);
}

static bool is_printable_ascii(char c)
{
    return c >= ' ' && c <= '~';
}

/** Moves `*at` behind the grapheme cluster it stands at. @return the columns it takes: 0, 1 or 2. */
static size_t pass_cluster(const char *text, size_t *at)
{
    int32_t codepoint;
    int32_t state = 0;

    if (is_printable_ascii(text[*at]) && is_printable_ascii(text[*at + 1])) {
        ++*at;
        return 1;
    }
    *at += kith_utf8_get(text + *at, &codepoint);
    int columns = utf8proc_charwidth(codepoint);
    while (text[*at]) {
        int32_t next;
        size_t step = kith_utf8_get(text + *at, &next);
        if (utf8proc_grapheme_break_stateful(codepoint, next, &state))
            break;
        columns +=
            next == 0xFE0F ? 1 : utf8proc_charwidth(next); /* U+FE0F asks for the wide, coloured form */
        codepoint = next;
        *at += step;
    }
    return columns < 2 ? (size_t)columns : 2;
}

size_t kith_text_width(const char *text)
{
    size_t columns = 0;

    for (size_t at = 0; text[at];)
        columns += pass_cluster(text, &at);
    return columns;
}

size_t kith_text_fit(const char *text, size_t columns)
{
    size_t taken = 0;
    size_t at = 0;

    while (text[at]) {
        size_t end = at;
        taken += pass_cluster(text, &end);
        if (taken > columns)
            break;
        at = end;
    }
    return at;
}

/** Whether writing may need a joiner behind `previous`. */
static bool takes_joiner(int32_t previous)
{
    utf8proc_category_t category = utf8proc_category(previous);
    bool is_letter_or_mark = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;

    return kith_text_is_pictograph(previous) || (previous >= 0x0590 && is_letter_or_mark);
}

static bool is_unsafe(int32_t codepoint, int32_t previous)
{
    const utf8proc_property_t *property = utf8proc_get_property(codepoint);

    if (is_variation_selector(codepoint))
        return false;
    if (codepoint == ZWJ || codepoint == ZWNJ)
        return !takes_joiner(previous);
    return property->ignorable || property->category == UTF8PROC_CATEGORY_CC ||
           property->category == UTF8PROC_CATEGORY_CF || property->category == UTF8PROC_CATEGORY_ZL ||
           property->category == UTF8PROC_CATEGORY_ZP;
}

static size_t plain_run(const char *text)
{
    size_t length = 0;

    while (is_printable_ascii(text[length]))
        length++;
    return length;
}

/** Room for one character as it is shown: \u{XXXXXX}. */
#define SHOWN_MAX 16

/** Moves `*text` behind a character and puts into `out` how it is shown. @return the bytes that takes. */
static size_t show_one(const char **text, int32_t *previous, char out[SHOWN_MAX])
{
    int32_t codepoint;
    size_t length = 0;

    *text += kith_utf8_get(*text, &codepoint);
    if (is_unsafe(codepoint, *previous))
        length = (size_t)snprintf(out, SHOWN_MAX, "\\u{%04X}", (unsigned)codepoint);
    else
        length = kith_utf8_put(codepoint, out);
    *previous = codepoint;
    return length;
}

void kith_text_safe(const char *text, kith_dynbuf *out)
{
    int32_t previous = ' ';
    char shown[SHOWN_MAX];

    while (*text) {
        size_t plain = plain_run(text);
        if (plain) {
            kith_dynbuf_append(out, text, plain);
            previous = (unsigned char)text[plain - 1];
            text += plain;
            continue;
        }
        kith_dynbuf_append(out, shown, show_one(&text, &previous, shown));
    }
}

size_t kith_safe_text(const char *text, char *out, size_t size)
{
    int32_t previous = ' ';
    size_t used = 0;
    char shown[SHOWN_MAX];

    while (*text) {
        size_t length = show_one(&text, &previous, shown);
        if (length >= size - used)
            break;
        memcpy(out + used, shown, length);
        used += length;
    }
    out[used] = '\0';
    return used;
}

bool kith_text_is_pictograph(int32_t codepoint)
{
    return utf8proc_get_property(codepoint)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC ||
           (codepoint >= 0x2600 && codepoint <= 0x27BF)      /* symbols, dingbats */
           || (codepoint >= 0x2B00 && codepoint <= 0x2BFF)   /* arrows, stars */
           || (codepoint >= 0x1F000 && codepoint <= 0x1FAFF) /* flags, faces, skin tones … */
           || (codepoint >= 0xE0020 && codepoint <= 0xE007F) /* tags of regional flags */
           || codepoint == 0x20E3                            /* keycap */
           || codepoint == ZWJ || is_variation_selector(codepoint);
}

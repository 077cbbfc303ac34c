/* Text made comparable: folding, words, and composition. */
#include <string.h>

#include <utf8proc.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"

/** Letters and signs that people type plain, though Unicode does not decompose them; by code point. */
static const struct {
    int32_t codepoint;
    char plain[3];
} typed_plain[] = {
    {0x00E6, "ae"}, /* æ */
    {0x00F0, "d"},  /* ð */
    {0x00F8, "o"},  /* ø */
    {0x00FE, "th"}, /* þ */
    {0x0111, "d"},  /* đ */
    {0x0127, "h"},  /* ħ */
    {0x0131, "i"},  /* dotless i */
    {0x0142, "l"},  /* ł */
    {0x0153, "oe"}, /* œ */
    {0x0167, "t"},  /* ŧ */
    {0x02BC, "'"},  /* modifier letter apostrophe */
    {0x2010, "-"},  /* hyphen, and the no-break one by NFKD */
    {0x2012, "-"},  /* figure dash */
    {0x2013, "-"},  /* en dash */
    {0x2018, "'"},  /* single quotation marks */
    {0x2019, "'"},
};

static const char *plain_form(int32_t codepoint)
{
    for (size_t i = 0; i < sizeof typed_plain / sizeof *typed_plain; i++)
        if (typed_plain[i].codepoint == codepoint)
            return typed_plain[i].plain;
    return NULL;
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

static bool is_mark(int32_t codepoint)
{
    utf8proc_category_t category = utf8proc_category(codepoint);

    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME;
}

/**
 * Accents (combining classes 200 and up), overlays (1), and the points of Hebrew, Arabic and Syriac
 * (10..36). The classes left over are vowel signs, viramas, nuktas and kana voicing, which spell.
 */
static bool is_accent(int32_t codepoint)
{
    int32_t class = utf8proc_get_property(codepoint)->combining_class;

    return is_mark(codepoint) && (class == 1 || (class >= 10 && class <= 36) || class >= 200);
}

/**
 * Takes well-formed `text` apart into code points as `options` say.
 * @return how many, in caller-owned `*out`; negative when out of memory or not well-formed.
 */
static utf8proc_ssize_t take_apart(const char *text, utf8proc_option_t options, utf8proc_int32_t **out)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    utf8proc_ssize_t length = (utf8proc_ssize_t)strlen(text);

    *out = NULL;
    utf8proc_ssize_t count = utf8proc_decompose(bytes, length, NULL, 0, options);
    if (count < 0)
        return count;
    *out = kith_alloc_array((size_t)count, sizeof **out);
    return *out ? utf8proc_decompose(bytes, length, *out, count, options) : UTF8PROC_ERROR_NOMEM;
}

/** Makes a failure on the way to `out` its status, unless it has failed before. */
static void stick(kith_dynbuf *out, kith_code status)
{
    if (out->status == KITH_OK)
        out->status = status;
}

/** Appends with every run of white space made one space and none at the ends. */
typedef struct spacer {
    kith_dynbuf *out;
    bool started;
    bool space_due;
} spacer;

static void put_spaced(spacer *to, int32_t codepoint, const char *bytes, size_t length)
{
    if (kith_utf8_is_space(codepoint)) {
        to->space_due = to->started;
        return;
    }
    if (to->space_due)
        kith_dynbuf_put(to->out, ' ');
    kith_dynbuf_append(to->out, bytes, length);
    to->started = true;
    to->space_due = false;
}

static void fold_ascii(const char *text, spacer *to)
{
    for (; *text; text++) {
        char lower = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
        put_spaced(to, lower, &lower, 1);
    }
}

static void fold_any(const char *text, spacer *to)
{
    utf8proc_int32_t *codepoints = NULL;
    utf8proc_ssize_t count = take_apart(
        text, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE, &codepoints);

    if (count < 0)
        stick(to->out, KITH_ENOMEM);
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        const char *plain = plain_form(codepoints[i]);
        char bytes[KITH_UTF8_MAX];
        if (is_accent(codepoints[i]))
            continue;
        if (plain)
            put_spaced(to, codepoints[i], plain, strlen(plain));
        else
            put_spaced(to, codepoints[i], bytes, kith_utf8_put(codepoints[i], bytes));
    }
    kith_free(codepoints);
}

void kith_text_fold(const char *text, kith_dynbuf *out)
{
    spacer to = {.out = out};

    if (is_ascii(text)) {
        fold_ascii(text, &to);
    } else if (kith_text_valid(text, strlen(text))) {
        fold_any(text, &to);
    } else {
        kith_dynbuf mended = {.limit = SIZE_MAX};
        kith_utf8_mend(text, &mended);
        if (mended.status == KITH_OK)
            fold_any(kith_dynbuf_cstr(&mended), &to);
        else
            stick(out, mended.status);
        kith_dynbuf_free(&mended);
    }
}

void kith_text_tidy(const char *text, kith_dynbuf *out)
{
    spacer to = {.out = out};

    while (*text) {
        int32_t codepoint;
        size_t length = kith_utf8_get(text, &codepoint);
        put_spaced(&to, codepoint, text, length);
        text += length;
    }
}

void kith_text_nfc(const char *text, kith_dynbuf *out)
{
    utf8proc_int32_t *codepoints = NULL;

    if (is_ascii(text) || !kith_text_valid(text, strlen(text))) {
        kith_dynbuf_text(out, text);
        return;
    }
    utf8proc_ssize_t count = take_apart(text, UTF8PROC_DECOMPOSE, &codepoints);
    if (count >= 0)
        count = utf8proc_normalize_utf32(codepoints, count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (count < 0)
        stick(out, KITH_ENOMEM);
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        char bytes[KITH_UTF8_MAX];
        kith_dynbuf_append(out, bytes, kith_utf8_put(codepoints[i], bytes));
    }
    kith_free(codepoints);
}

void kith_text_lower(const char *text, kith_dynbuf *out)
{
    while (*text) {
        int32_t codepoint;
        size_t length = kith_utf8_get(text, &codepoint);
        int32_t lower = utf8proc_tolower(codepoint);
        char bytes[KITH_UTF8_MAX];
        if (lower == codepoint)
            kith_dynbuf_append(out, text, length);
        else
            kith_dynbuf_append(out, bytes, kith_utf8_put(lower, bytes));
        text += length;
    }
}

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

/** Bytes at `text` that are ASCII, or (where `ascii` is false) that are not. */
static size_t run_length(const char *text, bool ascii)
{
    size_t length = 0;

    while (text[length] && ((unsigned char)text[length] < 0x80) == ascii)
        length++;
    return length;
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
 * Takes `length` bytes of well-formed text apart into code points as `options` say.
 * @return how many, in caller-owned `*out`; negative when out of memory or not well-formed.
 */
static utf8proc_ssize_t take_apart(const char *text, size_t length, utf8proc_option_t options,
                                   utf8proc_int32_t **out)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    utf8proc_ssize_t size = (utf8proc_ssize_t)length;

    *out = NULL;
    utf8proc_ssize_t count = utf8proc_decompose(bytes, size, NULL, 0, options);
    if (count < 0)
        return count;
    *out = kith_alloc_array((size_t)count, sizeof **out);
    return *out ? utf8proc_decompose(bytes, size, *out, count, options) : UTF8PROC_ERROR_NOMEM;
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

static void put_space(spacer *to)
{
    to->space_due = to->started;
}

static void put_inked(spacer *to, const char *bytes, size_t length)
{
    if (to->space_due)
        kith_dynbuf_put(to->out, ' ');
    kith_dynbuf_append(to->out, bytes, length);
    to->started = true;
    to->space_due = false;
}

/** Lower-cases the ASCII letters among the last bytes of what was appended. */
static void lower_tail(kith_dynbuf *out, size_t length)
{
    if (out->status != KITH_OK)
        return;
    for (char *byte = out->data + out->length - length; length > 0; byte++, length--)
        if (*byte >= 'A' && *byte <= 'Z')
            *byte = (char)(*byte - 'A' + 'a');
}

static void fold_ascii(const char *text, size_t length, spacer *to)
{
    for (size_t at = 0, end; at < length; at = end) {
        for (end = at; end < length && !kith_utf8_is_ascii_space(text[end]); end++)
            ;
        if (end == at) {
            put_space(to);
            end++;
            continue;
        }
        put_inked(to, text + at, end - at);
        lower_tail(to->out, end - at);
    }
}

/** Folds well-formed text without ASCII; a mark at its begin belongs to the letter before. */
static void fold_other(const char *text, size_t length, spacer *to)
{
    utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_int32_t *codepoints = NULL;
    utf8proc_ssize_t count = take_apart(text, length, options, &codepoints);

    if (count < 0)
        stick(to->out, KITH_ENOMEM);
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        const char *plain = plain_form(codepoints[i]);
        char bytes[KITH_UTF8_MAX];
        if (is_accent(codepoints[i]))
            continue;
        if (kith_utf8_is_space(codepoints[i]))
            put_space(to);
        else if (plain)
            put_inked(to, plain, strlen(plain));
        else
            put_inked(to, bytes, kith_utf8_put(codepoints[i], bytes));
    }
    kith_free(codepoints);
}

static void fold_ill_formed(const char *text, size_t length, spacer *to)
{
    kith_dynbuf mended = {.limit = SIZE_MAX};

    kith_utf8_mend(text, length, &mended);
    if (mended.status == KITH_OK)
        fold_other(mended.data, mended.length, to);
    else
        stick(to->out, mended.status);
    kith_dynbuf_free(&mended);
}

/* ASCII needs no decomposition and stops every reordering of marks, so the runs between it are folded alone.
 */
void kith_text_fold(const char *text, kith_dynbuf *out)
{
    spacer to = {.out = out};

    while (*text) {
        size_t plain = run_length(text, true);
        fold_ascii(text, plain, &to);
        text += plain;
        size_t other = run_length(text, false);
        if (other == 0)
            break;
        if (kith_text_valid(text, other))
            fold_other(text, other, &to);
        else
            fold_ill_formed(text, other, &to);
        text += other;
    }
}

/** Bytes at `text` that are tidy ASCII, where ink began at `word`: ink, and single spaces between ink. */
static size_t tidy_run(const char *text, const char *word)
{
    const char *end = text;

    while (kith_utf8_is_ascii_ink(*end) || (*end == ' ' && end > word && kith_utf8_is_ascii_ink(end[1])))
        end++;
    return (size_t)(end - text);
}

void kith_text_tidy(const char *text, kith_dynbuf *out)
{
    spacer to = {.out = out};
    const char *word = text;

    while (*text) {
        int32_t codepoint;
        text += tidy_run(text, word);
        if (!*text)
            break;
        size_t step = kith_utf8_get(text, &codepoint);
        if (kith_utf8_is_space(codepoint)) {
            if (text > word)
                put_inked(&to, word, (size_t)(text - word));
            put_space(&to);
            word = text + step;
        }
        text += step;
    }
    if (text > word)
        put_inked(&to, word, (size_t)(text - word));
}

void kith_text_nfc(const char *text, kith_dynbuf *out)
{
    utf8proc_int32_t *codepoints = NULL;
    size_t length = strlen(text);

    if (run_length(text, true) == length || !kith_text_valid(text, length)) {
        kith_dynbuf_append(out, text, length);
        return;
    }
    utf8proc_ssize_t count = take_apart(text, length, UTF8PROC_DECOMPOSE, &codepoints);
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
        size_t plain = run_length(text, true);
        if (plain) {
            kith_dynbuf_append(out, text, plain);
            lower_tail(out, plain);
            text += plain;
            continue;
        }
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

#include "base/utf8.h"

#include <string.h>

#include <utf8proc.h>

size_t kith_utf8_ascii_run(const char *bytes, size_t length)
{
    size_t run = 0;
    uint64_t eight;

    for (; run + sizeof eight <= length; run += sizeof eight) {
        memcpy(&eight, bytes + run, sizeof eight);
        if (eight & 0x8080808080808080U)
            break;
    }
    while (run < length && (unsigned char)bytes[run] < 0x80)
        run++;
    return run;
}

size_t kith_utf8_get(const char *text, int32_t *codepoint)
{
    if ((unsigned char)*text < 0x80) {
        *codepoint = (unsigned char)*text;
        return 1;
    }
    /* A length of -1 looks at up to 4 bytes and stops at the first that does not continue: a NUL too. */
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, codepoint);

    if (length > 0)
        return (size_t)length;
    *codepoint = KITH_UTF8_REPLACEMENT;
    return 1;
}

int32_t kith_utf8_before(const char *text, size_t at)
{
    size_t from = at - 1;
    int32_t codepoint;

    while (from > 0 && at - from < KITH_UTF8_MAX && ((unsigned char)text[from] & 0xC0) == 0x80)
        from--;
    return kith_utf8_get(text + from, &codepoint) == at - from ? codepoint : KITH_UTF8_REPLACEMENT;
}

size_t kith_utf8_put(int32_t codepoint, char out[KITH_UTF8_MAX])
{
    return (size_t)utf8proc_encode_char(codepoint, (utf8proc_uint8_t *)out);
}

uint64_t kith_utf8_mend(const char *text, size_t length, kith_dynbuf *out)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    const utf8proc_uint8_t *end = at + length;
    const utf8proc_uint8_t *run = at; /* well-formed from here on */
    uint64_t replaced = 0;

    while (at < end) {
        utf8proc_int32_t codepoint;
        at += kith_utf8_ascii_run((const char *)at, (size_t)(end - at));
        if (at == end)
            break;
        utf8proc_ssize_t step = utf8proc_iterate(at, end - at, &codepoint);
        if (step > 0) {
            at += step;
            continue;
        }
        kith_dynbuf_append(out, run, (size_t)(at - run));
        kith_dynbuf_text(out, KITH_UTF8_REPLACEMENT_TEXT);
        replaced++;
        run = ++at;
    }
    kith_dynbuf_append(out, run, (size_t)(at - run));
    return replaced;
}

bool kith_utf8_is_space(int32_t codepoint)
{
    if (codepoint < 0x80)
        return kith_utf8_is_ascii_space((char)codepoint);
    utf8proc_category_t category = utf8proc_category(codepoint);
    return codepoint == 0x85 || category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

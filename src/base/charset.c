#include "base/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include <utf8proc.h>

#include "base/mem.h"
#include "base/utf8.h"

/** More than any encoding needs for one character with its shift sequences. */
#define PENDING_BYTES 32

/** How much of a text is looked at for the NUL bytes of UTF-16. */
#define PROBE_BYTES 256

struct kith_charset {
    bool is_utf8;
    iconv_t converter; /**< not there for UTF-8 */
    size_t unit_bytes; /**< what is skipped where bytes mean nothing */
    uint64_t replaced;
    char pending[PENDING_BYTES]; /**< begin of a character that the next chunk ends */
    size_t pending_length;
};

/** Whether `length` < 4 bytes could begin a longer UTF-8 sequence. */
static bool is_cut_sequence(const unsigned char *bytes, size_t length)
{
    size_t need = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;

    if (bytes[0] < 0xC2 || bytes[0] > 0xF4 || length >= need)
        return false;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return false;
    return true;
}

/** Counts the characters of several bytes, and the bytes that are no UTF-8. */
static void count_utf8(const char *bytes, size_t length, size_t *wide, size_t *wrong)
{
    const unsigned char *at = (const unsigned char *)bytes;
    const unsigned char *end = at + length;

    *wide = *wrong = 0;
    while (at < end) {
        utf8proc_int32_t codepoint;
        at += kith_utf8_ascii_run((const char *)at, (size_t)(end - at));
        if (at == end)
            return;
        utf8proc_ssize_t step = utf8proc_iterate(at, end - at, &codepoint);
        if (step <= 0 && is_cut_sequence(at, (size_t)(end - at)))
            return;
        *wide += step > 1;
        *wrong += step <= 0;
        at += step > 0 ? step : 1;
    }
}

/** "UTF-16LE" or "UTF-16BE" where at least half of the high bytes, and no low byte, is NUL; else NULL. */
static const char *guess_utf16(const char *bytes, size_t length)
{
    size_t units = (length < PROBE_BYTES ? length : PROBE_BYTES) / 2;
    size_t even_nuls = 0;
    size_t odd_nuls = 0;

    for (size_t i = 0; i < units; i++) {
        even_nuls += bytes[2 * i] == '\0';
        odd_nuls += bytes[2 * i + 1] == '\0';
    }
    if (units == 0 || (even_nuls > 0) == (odd_nuls > 0) || 2 * (even_nuls + odd_nuls) < units)
        return NULL;
    return odd_nuls ? "UTF-16LE" : "UTF-16BE";
}

static bool begins_with(const char *bytes, size_t length, const char *mark)
{
    return length >= strlen(mark) && memcmp(bytes, mark, strlen(mark)) == 0;
}

const char *kith_charset_guess(const char *bytes, size_t length, const char *fallback, size_t *bom_bytes)
{
    static const struct {
        const char *mark;
        const char *encoding;
    } marks[] = {{"\xEF\xBB\xBF", "UTF-8"}, {"\xFF\xFE", "UTF-16LE"}, {"\xFE\xFF", "UTF-16BE"}};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (begins_with(bytes, length, marks[i].mark)) {
            *bom_bytes = strlen(marks[i].mark);
            return marks[i].encoding;
        }
    }
    *bom_bytes = 0;
    const char *utf16 = guess_utf16(bytes, length);
    if (utf16)
        return utf16;
    size_t wide, wrong;
    count_utf8(bytes, length, &wide, &wrong);
    if (wrong == 0)
        return "UTF-8";
    if (fallback)
        return fallback;
    return wrong < wide ? "UTF-8" : "CP1252"; /* damaged UTF-8 is UTF-8 still */
}

static size_t unit_bytes(const char *encoding)
{
    if (strncasecmp(encoding, "UTF-16", 6) == 0 || strncasecmp(encoding, "UCS-2", 5) == 0)
        return 2;
    if (strncasecmp(encoding, "UTF-32", 6) == 0 || strncasecmp(encoding, "UCS-4", 5) == 0)
        return 4;
    return 1;
}

kith_code kith_charset_open(const char *encoding, kith_charset **out, kith_err *err)
{
    *out = NULL;
    /* iconv takes "" for the locale's encoding and reads instructions behind a slash. */
    if (*encoding == '\0' || strchr(encoding, '/'))
        return kith_fail(err, KITH_EUSAGE, "unknown encoding '%s'", encoding);
    kith_charset *cs = kith_calloc(1, sizeof *cs);
    if (!cs)
        return kith_fail_memory(err, "a text decoder");
    cs->is_utf8 = strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0;
    cs->unit_bytes = unit_bytes(encoding);
    if (cs->is_utf8) {
        *out = cs;
        return KITH_OK;
    }
    cs->converter = iconv_open("UTF-8", encoding);
    if ((intptr_t)cs->converter == -1) {
        bool is_unknown = errno == EINVAL;
        kith_free(cs);
        return is_unknown ? kith_fail(err, KITH_EUSAGE, "unknown encoding '%s'", encoding)
                          : kith_fail_memory(err, "a text decoder");
    }
    *out = cs;
    return KITH_OK;
}

/** How many bytes at the end begin a UTF-8 sequence that is cut. */
static size_t cut_bytes(const char *bytes, size_t length)
{
    for (size_t tail = 1; tail < KITH_UTF8_MAX && tail <= length; tail++)
        if (is_cut_sequence((const unsigned char *)bytes + length - tail, tail))
            return tail;
    return 0;
}

/** As convert_foreign, of bytes that are UTF-8 already. */
static size_t convert_utf8(kith_charset *cs, const char *bytes, size_t length, bool last, kith_dynbuf *out)
{
    size_t whole = last ? length : length - cut_bytes(bytes, length);

    cs->replaced += kith_utf8_mend(bytes, whole, out);
    return whole;
}

/** Appends what `bytes` mean. @return how many were used; the rest begins a character that is cut. */
static size_t convert_foreign(kith_charset *cs, const char *bytes, size_t length, bool last, kith_dynbuf *out)
{
    char *at = (char *)(uintptr_t)bytes; /* iconv's signature lacks a const */
    size_t left = length;

    while (left > 0 && out->status == KITH_OK) {
        char decoded[4096];
        char *end = decoded;
        size_t room = sizeof decoded;
        bool converted = iconv(cs->converter, &at, &left, &end, &room) != (size_t)-1;
        int reason = errno;
        /* Mended, because glibc lets characters above U+10FFFF through. */
        cs->replaced += kith_utf8_mend(decoded, (size_t)(end - decoded), out);
        if (converted || reason == E2BIG)
            continue;
        if (reason == EINVAL && !last && left < PENDING_BYTES)
            break;
        size_t skip = left < cs->unit_bytes || reason == EINVAL ? left : cs->unit_bytes;
        kith_dynbuf_text(out, KITH_UTF8_REPLACEMENT_TEXT);
        cs->replaced++;
        at += skip;
        left -= skip;
    }
    return length - left;
}

/** Appends the letter that iconv holds back while an accent could follow (CP1258 and the like). */
static void put_held_back(kith_charset *cs, kith_dynbuf *out)
{
    char decoded[64];
    char *end = decoded;
    size_t room = sizeof decoded;

    (void)iconv(cs->converter, NULL, NULL, &end, &room);
    (void)kith_utf8_mend(decoded, (size_t)(end - decoded), out);
}

static size_t convert(kith_charset *cs, const char *bytes, size_t length, bool last, kith_dynbuf *out)
{
    return cs->is_utf8 ? convert_utf8(cs, bytes, length, last, out)
                       : convert_foreign(cs, bytes, length, last, out);
}

static void keep_pending(kith_charset *cs, const char *bytes, size_t length)
{
    if (length)
        memmove(cs->pending, bytes, length);
    cs->pending_length = length;
}

/** Joins what is pending with the head of `bytes`. @return how many of `bytes` were used. */
static size_t convert_pending(kith_charset *cs, const char *bytes, size_t length, bool last, kith_dynbuf *out)
{
    char joined[PENDING_BYTES];
    size_t old = cs->pending_length;
    size_t head = length < sizeof joined - old ? length : sizeof joined - old;

    memcpy(joined, cs->pending, old);
    if (head)
        memcpy(joined + old, bytes, head);
    size_t used = convert(cs, joined, old + head, last && head == length, out);
    if (used < old) { /* still cut, all of `bytes` included */
        keep_pending(cs, joined + used, old + head - used);
        return head;
    }
    cs->pending_length = 0;
    return used - old;
}

kith_code kith_charset_decode(kith_charset *cs, const char *bytes, size_t length, bool last, kith_dynbuf *out,
                              kith_err *err)
{
    if (cs->pending_length) {
        size_t used = convert_pending(cs, bytes, length, last, out);
        bytes += used;
        length -= used;
    }
    if (length && !cs->pending_length) {
        size_t used = convert(cs, bytes, length, last, out);
        if (out->status == KITH_OK)
            keep_pending(cs, bytes + used, length - used);
    }
    if (last && !cs->is_utf8)
        put_held_back(cs, out);
    return kith_dynbuf_check(out, "decoded text", err);
}

uint64_t kith_charset_replaced(const kith_charset *cs)
{
    return cs->replaced;
}

void kith_charset_renew(kith_charset *cs)
{
    cs->replaced = 0;
    cs->pending_length = 0;
    if (!cs->is_utf8)
        (void)iconv(cs->converter, NULL, NULL, NULL, NULL);
}

void kith_charset_close(kith_charset *cs)
{
    if (!cs)
        return;
    if (!cs->is_utf8)
        (void)iconv_close(cs->converter);
    kith_free(cs);
}

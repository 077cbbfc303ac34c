#include <criterion/criterion.h>
#include <string.h>

#include "base/charset.h"
#include "each_failure.h"

static const char *guess(const char *bytes, size_t length, size_t *bom)
{
    return kith_charset_guess(bytes, length, NULL, bom);
}

/** Decodes `bytes` in chunks of `chunk` bytes. @return how many were replaced. */
static uint64_t decode(const char *encoding, const char *bytes, size_t length, size_t chunk, kith_dynbuf *out)
{
    kith_charset *cs = NULL;

    cr_assert_eq(kith_charset_open(encoding, &cs, NULL), KITH_OK, "%s", encoding);
    for (size_t at = 0; at < length; at += chunk) {
        size_t piece = length - at < chunk ? length - at : chunk;
        cr_assert_eq(kith_charset_decode(cs, bytes + at, piece, false, out, NULL), KITH_OK);
    }
    cr_assert_eq(kith_charset_decode(cs, NULL, 0, true, out, NULL), KITH_OK);
    uint64_t replaced = kith_charset_replaced(cs);
    kith_charset_close(cs);
    return replaced;
}

/** What `bytes` mean does not depend on where they are cut. */
static void expect(const char *encoding, const char *bytes, size_t length, const char *text,
                   uint64_t replaced)
{
    for (size_t chunk = 1; chunk <= length; chunk++) {
        kith_dynbuf out = {0};
        cr_assert_eq(decode(encoding, bytes, length, chunk, &out), replaced, "%s, chunks of %zu", encoding,
                     chunk);
        cr_assert_str_eq(kith_dynbuf_cstr(&out), text, "%s, chunks of %zu", encoding, chunk);
        kith_dynbuf_free(&out);
    }
}

Test(charset, a_byte_order_mark_tells)
{
    size_t bom;

    cr_assert_str_eq(guess("\xEF\xBB\xBFName", 7, &bom), "UTF-8");
    cr_assert_eq(bom, 3);
    cr_assert_str_eq(guess("\xFF\xFEN\0", 4, &bom), "UTF-16LE");
    cr_assert_eq(bom, 2);
    cr_assert_str_eq(guess("\xFE\xFF\0N", 4, &bom), "UTF-16BE");
    cr_assert_eq(bom, 2);
}

Test(charset, without_a_mark_the_bytes_tell)
{
    size_t bom = 9;

    cr_assert_str_eq(guess("", 0, &bom), "UTF-8");
    cr_assert_eq(bom, 0);
    cr_assert_str_eq(guess("Name,Company", 12, &bom), "UTF-8");
    cr_assert_str_eq(guess("N\0a\0m\0e\0", 8, &bom), "UTF-16LE");
    cr_assert_str_eq(guess("\0N\0a\0m\0e", 8, &bom), "UTF-16BE");
    cr_assert_str_eq(guess("Zo\xC3\xAB", 4, &bom), "UTF-8");
    cr_assert_str_eq(guess("Zo\xC3\xAB Zo\xC3\xAB B\xFFn", 14, &bom), "UTF-8"); /* damaged */
    cr_assert_str_eq(kith_charset_guess("Zo\xC3\xAB Zo\xC3\xAB B\xFFn", 14, "CP1250", &bom), "CP1250");
    cr_assert_str_eq(guess("Zo\xEB B\xC3\xAB", 8, &bom), "CP1252");
    cr_assert_str_eq(guess("Zo\xEB,", 4, &bom), "CP1252");
    cr_assert_str_eq(kith_charset_guess("Zo\xEB,", 4, "CP1250", &bom), "CP1250");
}

Test(charset, a_cut_sequence_is_still_utf8)
{
    static const char text[] = "a\u00EB\u20AC\U0001F600";
    size_t bom;

    for (size_t length = 0; length < sizeof text; length++)
        cr_assert_str_eq(guess(text, length, &bom), "UTF-8", "%zu bytes", length);
    cr_assert_str_eq(guess("a\xE2\x82,", 4, &bom), "CP1252");
    cr_assert_str_eq(guess("a\xFF", 2, &bom), "CP1252");
}

Test(charset, known_texts_in_known_encodings)
{
    expect("UTF-8", "Zo\xC3\xAB \xE2\x82\xAC \xF0\x9F\x98\x80", 13, "Zo\u00EB \u20AC \U0001F600", 0);
    expect("CP1252", "Zo\xEB \x80", 5, "Zo\u00EB \u20AC", 0);
    expect("UTF-16LE", "Z\0\xEB\0\xAC\x20\x3D\xD8\x00\xDE", 10, "Z\u00EB\u20AC\U0001F600", 0);
    expect("UTF-16BE", "\0Z\0\xEB\x20\xAC\xD8\x3D\xDE\x00", 10, "Z\u00EB\u20AC\U0001F600", 0);
    expect("SHIFT_JIS", "\x93\x8C\x8B\x9E", 4, "\u6771\u4EAC", 0);
    expect("ISO-2022-JP", "\x1B$BEl5~\x1B(BA", 11, "\u6771\u4EACA", 0);
    expect("CP1258", "Vi\xEA\xF2t e", 7, "Vi\u1EC7t e", 0); /* an accent behind its letter */
    expect("GB18030", "\x81\x30\x81\x30z", 5, "\xC2\x80z", 0);
}

Test(charset, bytes_that_mean_nothing_are_replaced_and_counted)
{
    expect("UTF-8", "a\xFFz", 3, "a\uFFFDz", 1);
    expect("UTF-8", "a\xE2\x82", 3, "a\uFFFD\uFFFD", 2); /* cut at the very end */
    expect("UTF-8", "\xC0\x80", 2, "\uFFFD\uFFFD", 2);   /* overlong */
    expect("CP1252", "a\x81z", 3, "a\uFFFDz", 1);        /* no character there */
    expect("UTF-16LE", "a\0b", 3, "a\uFFFD", 1);         /* half a unit */
    expect("UTF-16LE", "\0\xDEz\0", 4, "\uFFFDz", 1);    /* the second half of a pair alone */
}

Test(charset, what_iconv_lets_through_is_still_utf8)
{
    kith_dynbuf out = {0};

    decode("UTF-8", "\xED\xA0\x80\xF4\x90\x80\x80\xF8\x88\x80\x80\x80", 12, 12, &out);
    for (size_t i = 0; i < out.length; i += 3)
        cr_assert_eq(memcmp(out.data + i, "\uFFFD", 3), 0);
    kith_dynbuf_free(&out);
}

Test(charset, long_texts_keep_every_character)
{
    enum { COUNT = 100000 };
    kith_dynbuf in = {0};
    kith_dynbuf out = {0};

    for (int i = 0; i < COUNT; i++)
        kith_dynbuf_put(&in, '\xEB');
    cr_assert_eq(decode("CP1252", in.data, in.length, 4099, &out), 0);
    cr_assert_eq(out.length, 2 * COUNT);
    for (size_t i = 0; i < out.length; i += 2)
        cr_assert_eq(memcmp(out.data + i, "\u00EB", 2), 0);
    kith_dynbuf_free(&in);
    kith_dynbuf_free(&out);
}

Test(charset, unknown_encodings_are_refused)
{
    static const char *const names[] = {"", "no-such-encoding", "UTF-8//IGNORE", "UTF-8/"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        kith_charset *cs = NULL;
        kith_err err = KITH_ERR_NONE;
        cr_assert_eq(kith_charset_open(names[i], &cs, &err), KITH_EUSAGE, "%s", names[i]);
        cr_assert_null(cs);
        cr_assert_neq(err.message[0], '\0');
    }
    cr_assert_eq(kith_mem_live(), 0);
}

Test(charset, the_ceiling_of_the_buffer_holds)
{
    kith_charset *cs = NULL;
    kith_dynbuf out = {.limit = 4};

    kith_charset_open("CP1252", &cs, NULL);
    cr_assert_eq(kith_charset_decode(cs, "abcdef", 6, false, &out, NULL), KITH_EDATA);
    cr_assert_eq(kith_charset_decode(cs, "g", 1, true, &out, NULL), KITH_EDATA);
    kith_charset_close(cs);
    kith_dynbuf_free(&out);
}

static kith_code decode_some(void *ctx, kith_err *err)
{
    kith_charset *cs = NULL;
    kith_dynbuf out = {0};
    kith_code rc = kith_charset_open(ctx, &cs, err);

    for (int i = 0; i < 50 && rc == KITH_OK; i++)
        rc = kith_charset_decode(cs, "Zo\xEB \xFF \x81", 7, i == 49, &out, err);
    kith_charset_close(cs);
    kith_dynbuf_free(&out);
    return rc;
}

Test(charset, every_failed_allocation)
{
    cr_assert_gt(each_failure(decode_some, "CP1252"), 2);
    cr_assert_gt(each_failure(decode_some, "UTF-8"), 2);
}

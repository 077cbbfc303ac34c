/** @file
 * One code point at a time, for the text files of this room.
 */
#ifndef KITH_BASE_UTF8_H
#define KITH_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/dynbuf.h"

/** Longest UTF-8 sequence, in bytes. */
#define KITH_UTF8_MAX 4

#define KITH_UTF8_REPLACEMENT 0xFFFD
#define KITH_UTF8_REPLACEMENT_TEXT "\xEF\xBF\xBD"

/** How many bytes at the begin are ASCII. @cost  O(length), 8 bytes at a time. */
size_t kith_utf8_ascii_run(const char *bytes, size_t length);

/** Whether a byte of ASCII is white space. */
static inline bool kith_utf8_is_ascii_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/** Whether a byte is ASCII and neither white space nor a NUL: what most texts are made of. */
static inline bool kith_utf8_is_ascii_ink(char byte)
{
    return byte && (unsigned char)byte < 0x80 && !kith_utf8_is_ascii_space(byte);
}

/**
 * The code point at `text`, which is NUL-terminated and not at its end; an ill-formed byte gives
 * U+FFFD and a length of 1.
 * @return its length in bytes.
 */
size_t kith_utf8_get(const char *text, int32_t *codepoint);

/** The code point that ends before byte `at` > 0 of `text`. */
int32_t kith_utf8_before(const char *text, size_t at);

/** Writes a valid code point. @return its length in bytes. */
size_t kith_utf8_put(int32_t codepoint, char out[KITH_UTF8_MAX]);

/** Appends `length` bytes, ill-formed ones replaced by U+FFFD each. @return how many were. */
uint64_t kith_utf8_mend(const char *text, size_t length, kith_dynbuf *out);

/** Unicode White_Space. */
bool kith_utf8_is_space(int32_t codepoint);

#endif

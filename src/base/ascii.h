/** @file
 * Questions about the bytes of short texts, answered eight bytes at a time.
 */
#ifndef KITH_BASE_ASCII_H
#define KITH_BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define KITH_EACH_BYTE UINT64_C(0x0101010101010101)

/** The high bit of some byte is set where one of eight is below ' '. */
static inline uint64_t kith_ascii_controls(uint64_t bytes)
{
    return (bytes - KITH_EACH_BYTE * ' ') & ~bytes & KITH_EACH_BYTE * 0x80;
}

/** The same where one is not from '!' to '~'. */
static inline uint64_t kith_ascii_not_graphic(uint64_t bytes)
{
    return ((bytes - KITH_EACH_BYTE * '!') | (bytes + KITH_EACH_BYTE) | bytes) & KITH_EACH_BYTE * 0x80;
}

/** What one of the two says of all bytes of a text. */
static inline __attribute__((always_inline)) bool kith_ascii_any(uint64_t (*of_eight)(uint64_t),
                                                                 const char *text, size_t length)
{
    uint64_t word = KITH_EACH_BYTE * 'x', found = 0;

    if (length < sizeof word) {
        for (size_t at = 0; at < length; at++)
            word = word << 8 | (unsigned char)text[at];
        return of_eight(word) != 0;
    }
    for (size_t at = 0; at < length - sizeof word; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        found |= of_eight(word);
    }
    memcpy(&word, text + length - sizeof word, sizeof word);
    return (found | of_eight(word)) != 0;
}

/** Whether a text holds line ends or NULs, or anything like them. */
static inline bool kith_ascii_has_controls(const char *text, size_t length)
{
    return kith_ascii_any(kith_ascii_controls, text, length);
}

/** Whether a text is of visible ASCII characters alone, without spaces. */
static inline bool kith_ascii_is_graphic(const char *text, size_t length)
{
    return !kith_ascii_any(kith_ascii_not_graphic, text, length);
}

#endif

/** @file
 * Bytes in some encoding to UTF-8.
 */
#ifndef KITH_BASE_CHARSET_H
#define KITH_BASE_CHARSET_H

#include "base/dynbuf.h"

/** A stateful decoder; feed it chunks cut anywhere. */
typedef struct kith_charset kith_charset;

/**
 * Finds the encoding of a text by its first bytes: a byte order mark, else NUL bytes in every
 * other place (UTF-16), else well-formed UTF-8 (a sequence cut at the end is fine), else `fallback`.
 * Without one, UTF-8 with fewer wrong bytes than characters beyond ASCII is still UTF-8.
 *
 * @param fallback  name as iconv knows it; NULL stands for "CP1252".
 * @param bom_bytes out, length of the byte order mark to skip.
 * @return "UTF-8", "UTF-16LE", "UTF-16BE" or `fallback`; static or the caller's storage.
 */
const char *kith_charset_guess(const char *bytes, size_t length, const char *fallback, size_t *bom_bytes);

/** @return KITH_EUSAGE where the encoding is not known. */
kith_code kith_charset_open(const char *encoding, kith_charset **out, kith_err *err);

/** Appends the decoded text; bytes that mean nothing become U+FFFD. `last` says nothing follows. */
kith_code kith_charset_decode(kith_charset *cs, const char *bytes, size_t length, bool last, kith_dynbuf *out,
                              kith_err *err);

/** How many bytes or units were replaced by U+FFFD so far. */
uint64_t kith_charset_replaced(const kith_charset *cs);

/** Begins another text of the same encoding: nothing is pending, nothing was replaced. */
void kith_charset_renew(kith_charset *cs);

void kith_charset_close(kith_charset *cs);

#endif

/** @file
 * A growing byte buffer with a ceiling. Failures stick: append freely, ask once at the end.
 */
#ifndef KITH_BASE_DYNBUF_H
#define KITH_BASE_DYNBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/** Largest buffer unless a caller asks for another ceiling. */
#define KITH_DYNBUF_LIMIT ((size_t)64 << 20)

typedef struct kith_dynbuf {
    char *data;       /**< always NUL-terminated once something was appended; NULL when never used */
    size_t length;    /**< bytes, without that NUL */
    size_t capacity;  /**< bytes allocated */
    size_t limit;     /**< ceiling on length; 0 stands for KITH_DYNBUF_LIMIT */
    kith_code status; /**< KITH_OK, KITH_ENOMEM, or KITH_EDATA when the ceiling was hit; appending is then a
                         no-op */
} kith_dynbuf;

void kith_dynbuf_append(kith_dynbuf *buf, const void *bytes, size_t length);
void kith_dynbuf_put(kith_dynbuf *buf, char byte);

/** Appends bytes and a NUL that counts. */
void kith_dynbuf_cell(kith_dynbuf *buf, const void *bytes, size_t length);
void kith_dynbuf_text(kith_dynbuf *buf, const char *text);

/** A number in decimal digits. */
void kith_dynbuf_decimal(kith_dynbuf *buf, uint64_t number);

__attribute__((format(printf, 2, 3))) void kith_dynbuf_printf(kith_dynbuf *buf, const char *format, ...);

/** Makes it the path of `name` in `folder`. @return as kith_dynbuf_check. */
kith_code kith_dynbuf_path(kith_dynbuf *buf, const char *folder, const char *name, kith_err *err);

/** The text so far, never NULL. Borrowed until the next append. */
const char *kith_dynbuf_cstr(const kith_dynbuf *buf);

/** Empties the buffer and its status but keeps the memory. */
void kith_dynbuf_clear(kith_dynbuf *buf);

/** Frees the memory; the buffer is empty and ready again. */
void kith_dynbuf_free(kith_dynbuf *buf);

/** Turns a stuck status into an error about `what`. */
kith_code kith_dynbuf_check(const kith_dynbuf *buf, const char *what, kith_err *err);

#endif

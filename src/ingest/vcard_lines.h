/** @file
 * The content lines of a vCard file, unfolded, from bytes that come a buffer at a time.
 *
 * A line goes on in the next one where that begins with a space or tab, and, where its value is
 * quoted-printable, where it ends in "=". Lines end in CRLF, LF or CR.
 */
#ifndef KITH_INGEST_VCARD_LINES_H
#define KITH_INGEST_VCARD_LINES_H

#include "base/dynbuf.h"

/** Bytes of one content line that are kept: what is longer is cut. */
#define KITH_VCARD_LINE_LIMIT ((size_t)64 << 10)

/** One content line that is not empty. Borrowed for the call. */
typedef struct kith_vcard_line {
    uint64_t line;    /**< where it begins, from 1 */
    const char *text; /**< NUL-terminated; may hold NULs */
    size_t length;
    size_t head; /**< bytes before the colon that ends name and parameters; SIZE_MAX: there is none */
    bool cut;    /**< it is longer than the limit */
} kith_vcard_line;

typedef kith_code kith_vcard_line_take(void *ctx, const kith_vcard_line *line, kith_err *err);

/** Begin with kith_vcard_lines_begin. */
typedef struct kith_vcard_lines {
    kith_dynbuf text;
    size_t head;
    bool quoted; /**< within quotes of a parameter */
    bool quoted_printable;
    bool cut;
    char last;            /**< byte of the physical line, 0 where it is empty */
    bool ended;           /**< the physical line has; the next byte tells whether the content line has */
    bool soft;            /**< and it ended in a soft line break */
    bool after_cr;        /**< a line feed next would belong to the same line end */
    uint64_t line, begin; /**< of the next byte; of the content line */
    kith_vcard_line_take *take;
    void *ctx;
} kith_vcard_lines;

void kith_vcard_lines_begin(kith_vcard_lines *lines, kith_vcard_line_take *take, void *ctx);

/** Hands on the lines that end in these bytes, which may be cut anywhere. */
kith_code kith_vcard_lines_feed(kith_vcard_lines *lines, const char *bytes, size_t length, kith_err *err);

/** Nothing follows. */
kith_code kith_vcard_lines_end(kith_vcard_lines *lines, kith_err *err);

void kith_vcard_lines_free(kith_vcard_lines *lines);

#endif

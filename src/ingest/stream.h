/** @file
 * Bytes pulled from somewhere, a buffer at a time; layers (a file, what is packed in it, what is
 * packed in that) stand on one another.
 */
#ifndef KITH_INGEST_STREAM_H
#define KITH_INGEST_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/** Bytes a stream holds at a time, and so the most that can be peeked at. */
#define KITH_STREAM_BUFFER ((size_t)64 << 10)

/** Puts up to `room` > 0 bytes at `bytes`; `*got` is 0 only at the end. */
typedef kith_code kith_stream_fill(void *ctx, char *bytes, size_t room, size_t *got, kith_err *err);

/** Goes to byte `offset`, which counts from the start (SEEK_SET) or the end (SEEK_END); the next fill begins
 * there. `*at` comes to be its place from the start. */
typedef kith_code kith_stream_seek_to(void *ctx, int64_t offset, int whence, int64_t *at, kith_err *err);

/** Zeroed is closed. */
typedef struct kith_stream {
    kith_stream_fill *fill;
    kith_stream_seek_to *seek; /**< NULL where it can be read from front to back only; set it after opening */
    void *ctx;
    char *buffer;
    size_t begin, end; /**< what of the buffer is unread */
    bool ended;
    void *hash;     /**< XXH3 over what was read, or NULL */
    uint64_t bytes; /**< read so far */
} kith_stream;

/** @param ctx  what `fill` is called with; borrowed until the stream is closed. */
kith_code kith_stream_open(kith_stream *stream, kith_stream_fill *fill, void *ctx, kith_err *err);

/** From here on, what is read counts for the checksum. Nothing may have been read yet; peeking is fine. */
kith_code kith_stream_hash(kith_stream *stream, kith_err *err);

/** XXH3-128 of all that was read since kith_stream_hash: low, high. */
void kith_stream_checksum(const kith_stream *stream, uint64_t checksum[2]);

/** The unread bytes, at least `want` (up to KITH_STREAM_BUFFER) unless fewer follow; they stay unread.
 * Borrowed until the next call. */
kith_code kith_stream_peek(kith_stream *stream, size_t want, const char **bytes, size_t *length,
                           kith_err *err);

/** The next bytes, which now count as read; `*length` is 0 at the end. Borrowed until the next call. */
kith_code kith_stream_next(kith_stream *stream, const char **bytes, size_t *length, kith_err *err);

/** Gives the last `length` bytes of what kith_stream_next just returned back as unread (not with a checksum).
 */
void kith_stream_unread(kith_stream *stream, size_t length);

/** As stream->seek, which there must be; what was peeked at is dropped (not with a checksum). */
kith_code kith_stream_seek(kith_stream *stream, int64_t offset, int whence, int64_t *at, kith_err *err);

void kith_stream_close(kith_stream *stream);

#endif

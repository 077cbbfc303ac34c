#include "ingest/stream.h"

#include <string.h>

#include <xxhash.h>

#include "base/mem.h"

kith_code kith_stream_open(kith_stream *stream, kith_stream_fill *fill, void *ctx, kith_err *err)
{
    *stream = (kith_stream){.fill = fill, .ctx = ctx, .buffer = kith_malloc(KITH_STREAM_BUFFER)};
    return stream->buffer ? KITH_OK : kith_fail_memory(err, "reading an input");
}

kith_code kith_stream_hash(kith_stream *stream, kith_err *err)
{
    XXH3_state_t *state = XXH3_createState();

    if (!state || XXH3_128bits_reset(state) != XXH_OK) {
        XXH3_freeState(state);
        return kith_fail_memory(err, "a checksum");
    }
    stream->hash = state;
    return KITH_OK;
}

void kith_stream_checksum(const kith_stream *stream, uint64_t checksum[2])
{
    XXH128_hash_t digest = XXH3_128bits_digest(stream->hash);

    checksum[0] = digest.low64;
    checksum[1] = digest.high64;
}

static kith_code fill_once(kith_stream *stream, kith_err *err)
{
    size_t got = 0;
    kith_code rc =
        stream->fill(stream->ctx, stream->buffer + stream->end, KITH_STREAM_BUFFER - stream->end, &got, err);

    stream->end += got;
    stream->ended = rc == KITH_OK && got == 0;
    return rc;
}

kith_code kith_stream_peek(kith_stream *stream, size_t want, const char **bytes, size_t *length,
                           kith_err *err)
{
    kith_code rc = KITH_OK;

    if (stream->begin > 0) {
        memmove(stream->buffer, stream->buffer + stream->begin, stream->end - stream->begin);
        stream->end -= stream->begin;
        stream->begin = 0;
    }
    while (rc == KITH_OK && !stream->ended && stream->end < want)
        rc = fill_once(stream, err);
    *bytes = stream->buffer;
    *length = stream->end;
    return rc;
}

kith_code kith_stream_next(kith_stream *stream, const char **bytes, size_t *length, kith_err *err)
{
    kith_code rc = KITH_OK;

    if (stream->begin == stream->end) {
        stream->begin = stream->end = 0;
        if (!stream->ended)
            rc = fill_once(stream, err);
    }
    *bytes = stream->buffer + stream->begin;
    *length = rc == KITH_OK ? stream->end - stream->begin : 0;
    if (stream->hash && *length && XXH3_128bits_update(stream->hash, *bytes, *length) != XXH_OK)
        return kith_fail(err, KITH_EBUG, "the checksum of an input could not be computed");
    stream->begin += *length;
    stream->bytes += *length;
    return rc;
}

void kith_stream_unread(kith_stream *stream, size_t length)
{
    stream->begin -= length;
    stream->bytes -= length;
}

kith_code kith_stream_seek(kith_stream *stream, int64_t offset, int whence, int64_t *at, kith_err *err)
{
    stream->begin = stream->end = 0;
    stream->ended = false;
    return stream->seek(stream->ctx, offset, whence, at, err);
}

void kith_stream_close(kith_stream *stream)
{
    kith_free(stream->buffer);
    XXH3_freeState(stream->hash);
    *stream = (kith_stream){0};
}

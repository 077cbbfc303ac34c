#include "base/gz.h"

#include <limits.h>

#include <zlib.h>

#include "base/mem.h"

#define LEVEL 6
#define GZIP_WINDOW_BITS (15 + 16) /* the largest window, and a gzip frame around it */
#define MEMORY_LEVEL 8
#define SYSTEM_UNKNOWN 255

struct kith_gz {
    z_stream stream;
    gz_header header; /**< all zero but the system: no time, no name */
    kith_gz_out *out;
    void *ctx;
    bool dead;
    unsigned char compressed[1 << 15];
};

static voidpf z_alloc(voidpf ctx, uInt count, uInt size)
{
    (void)ctx;
    return kith_alloc_array(count, size);
}

static void z_free(voidpf ctx, voidpf address)
{
    (void)ctx;
    kith_free(address);
}

kith_code kith_gz_open(kith_gz_out *out, void *ctx, kith_gz **gz, kith_err *err)
{
    *gz = NULL;
    kith_gz *fresh = kith_calloc(1, sizeof *fresh);
    if (!fresh)
        return kith_fail_memory(err, "gzip");
    fresh->out = out;
    fresh->ctx = ctx;
    fresh->header.os = SYSTEM_UNKNOWN;
    fresh->stream.zalloc = z_alloc;
    fresh->stream.zfree = z_free;
    if (deflateInit2(&fresh->stream, LEVEL, Z_DEFLATED, GZIP_WINDOW_BITS, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        kith_free(fresh);
        return kith_fail_memory(err, "gzip");
    }
    (void)deflateSetHeader(&fresh->stream, &fresh->header);
    *gz = fresh;
    return KITH_OK;
}

/** Compresses what the stream was given, and hands on all that comes out. */
static bool pump(kith_gz *gz, int flush)
{
    int outcome;

    do {
        gz->stream.next_out = gz->compressed;
        gz->stream.avail_out = sizeof gz->compressed;
        outcome = deflate(&gz->stream, flush);
        size_t length = sizeof gz->compressed - gz->stream.avail_out;
        if (outcome == Z_STREAM_ERROR || (length && !gz->out(gz->ctx, gz->compressed, length)))
            gz->dead = true;
    } while (!gz->dead && gz->stream.avail_out == 0);
    if (flush == Z_FINISH && outcome != Z_STREAM_END)
        gz->dead = true;
    return !gz->dead;
}

bool kith_gz_write(kith_gz *gz, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;

    while (!gz->dead && length > 0) {
        uInt piece = length < UINT_MAX ? (uInt)length : UINT_MAX;
        gz->stream.next_in = (z_const Bytef *)(uintptr_t)at; /* read only, whether zlib says so or not */
        gz->stream.avail_in = piece;
        (void)pump(gz, Z_NO_FLUSH);
        at += piece;
        length -= piece;
    }
    return !gz->dead;
}

bool kith_gz_finish(kith_gz *gz)
{
    return !gz->dead && pump(gz, Z_FINISH);
}

void kith_gz_close(kith_gz *gz)
{
    if (!gz)
        return;
    (void)deflateEnd(&gz->stream);
    kith_free(gz);
}

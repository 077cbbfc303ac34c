#include <limits.h>
#include <string.h>

#include <zlib.h>

#include "base/mem.h"
#include "ingest/unpack.h"

struct kith_gunzip {
    z_stream z;
    kith_stream *below;
    kith_unpack_meter meter;
    bool in_member;
    bool ended;
};

static voidpf take(voidpf opaque, uInt items, uInt size)
{
    (void)opaque;
    return kith_alloc_array(items, size);
}

static void give(voidpf opaque, voidpf address)
{
    (void)opaque;
    kith_free(address);
}

kith_code kith_gunzip_open(kith_stream *below, kith_unpack_meter meter, kith_gunzip **out, kith_err *err)
{
    kith_gunzip *gunzip = kith_calloc(1, sizeof *gunzip);

    *out = NULL;
    if (!gunzip)
        return kith_fail_memory(err, "unpacking gzip");
    *gunzip = (kith_gunzip){
        .z = {.zalloc = take, .zfree = give}, .below = below, .meter = meter, .in_member = true};
    if (inflateInit2(&gunzip->z, MAX_WBITS + 16) != Z_OK) {
        kith_free(gunzip);
        return kith_fail_memory(err, "unpacking gzip");
    }
    *out = gunzip;
    return KITH_OK;
}

static kith_code damaged(const kith_gunzip *gunzip, const char *why, kith_err *err)
{
    return kith_fail_at(err, KITH_EDATA, gunzip->meter.path, 0, "damaged gzip file: %s", why);
}

/** Between members: another one, zero padding, or the end. */
static kith_code begin_member(kith_gunzip *gunzip, kith_err *err)
{
    const char *bytes;
    size_t length;
    kith_code rc;

    do {
        if ((rc = kith_stream_peek(gunzip->below, 2, &bytes, &length, err)) != KITH_OK)
            return rc;
        if (length == 0) {
            gunzip->ended = true;
            return KITH_OK;
        }
        if (kith_packing_of(bytes, length) == KITH_GZIP) {
            gunzip->in_member = true;
            return inflateReset(&gunzip->z) == Z_OK ? KITH_OK : damaged(gunzip, "no gzip header", err);
        }
        size_t zeros = strnlen(bytes, length) ? 0 : 1;
        while (zeros && zeros < length && bytes[zeros] == '\0')
            zeros++;
        if (!zeros)
            return damaged(gunzip, "something else follows its end", err);
        if ((rc = kith_stream_next(gunzip->below, &bytes, &length, err)) != KITH_OK)
            return rc;
        kith_stream_unread(gunzip->below, length - zeros);
    } while (true);
}

/** Inflates what one buffer of packed bytes gives, maybe nothing yet. */
static kith_code inflate_some(kith_gunzip *gunzip, kith_err *err)
{
    const char *bytes;
    size_t length;
    z_stream *z = &gunzip->z;
    kith_code rc = kith_stream_next(gunzip->below, &bytes, &length, err);

    if (rc != KITH_OK)
        return rc;
    if (length == 0)
        return damaged(gunzip, "it is cut short", err);
    z->next_in = (z_const Bytef *)bytes;
    z->avail_in = (uInt)length;
    int status = inflate(z, Z_NO_FLUSH);
    kith_stream_unread(gunzip->below, z->avail_in);
    gunzip->meter.in += length - z->avail_in;
    if (status == Z_MEM_ERROR)
        return kith_fail_memory(err, "unpacking gzip");
    if (status != Z_OK && status != Z_STREAM_END)
        return damaged(gunzip, z->msg ? z->msg : "its bytes make no sense", err);
    gunzip->in_member = status != Z_STREAM_END;
    return KITH_OK;
}

kith_code kith_gunzip_fill(void *ctx, char *bytes, size_t room, size_t *got, kith_err *err)
{
    kith_gunzip *gunzip = ctx;
    kith_code rc = KITH_OK;
    uInt capacity = room < UINT_MAX ? (uInt)room : UINT_MAX;

    gunzip->z.next_out = (Bytef *)bytes;
    gunzip->z.avail_out = capacity;
    while (rc == KITH_OK && gunzip->z.avail_out == capacity && !gunzip->ended)
        rc = gunzip->in_member ? inflate_some(gunzip, err) : begin_member(gunzip, err);
    *got = capacity - gunzip->z.avail_out;
    return rc == KITH_OK ? kith_unpack_count(&gunzip->meter, *got, err) : rc;
}

void kith_gunzip_close(kith_gunzip *gunzip)
{
    if (!gunzip)
        return;
    (void)inflateEnd(&gunzip->z);
    kith_free(gunzip);
}

#include "base/gz.h"

#include <stdint.h>
#include <string.h>

#include <zlib.h>

#include "base/mem.h"
#include "base/parallel.h"

#define LEVEL 6
#define RAW_WINDOW_BITS                                                                                      \
    (-15) /* the largest window, and no frame: the frame around all blocks is made here                      \
           */
#define MEMORY_LEVEL 8
#define WINDOW_BYTES ((size_t)32 << 10) /* how far back deflate refers */
#define BLOCK_BYTES ((size_t)128 << 10)
#define BATCH_BYTES (KITH_LANES * BLOCK_BYTES)
#define PACKED_BYTES (BLOCK_BYTES + BLOCK_BYTES / 512) /* more than bytes that do not shrink take */

/* RFC 1952: magic, deflate, no flags, no time, no extra flags, system unknown */
static const unsigned char header[] = {0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255};

/** One block of every batch. */
typedef struct lane {
    z_stream stream;
    unsigned char *packed; /**< [PACKED_BYTES]; NULL where neither it nor the stream is there yet */
    size_t packed_length;
    uLong crc; /**< of the block before compression */
} lane;

struct kith_gz {
    kith_gz_out *out;
    void *ctx;
    kith_code failed;     /**< the first failure sticks */
    bool begun;           /**< a batch has gone out */
    bool last;            /**< the batch in work ends the stream */
    uLong crc;            /**< of all batches that are out */
    uint32_t length;      /**< of them, modulo 2^32 as the trailer has it */
    size_t filled;        /**< bytes in the batch */
    unsigned char *plain; /**< [WINDOW_BYTES] of text before the batch, then [BATCH_BYTES] */
    lane lanes[KITH_LANES];
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
    if (!fresh || !(fresh->plain = kith_malloc(WINDOW_BYTES + BATCH_BYTES))) {
        kith_free(fresh);
        return kith_fail_memory(err, "gzip");
    }
    fresh->out = out;
    fresh->ctx = ctx;
    fresh->crc = crc32(0, NULL, 0);
    *gz = fresh;
    return KITH_OK;
}

/** A stream ready for the next block. What it needs is made for the first one. */
static bool lane_begin(lane *l)
{
    if (l->packed)
        return deflateReset(&l->stream) == Z_OK;
    if (!(l->packed = kith_malloc(PACKED_BYTES)))
        return false;
    l->stream.zalloc = z_alloc;
    l->stream.zfree = z_free;
    if (deflateInit2(&l->stream, LEVEL, Z_DEFLATED, RAW_WINDOW_BITS, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) ==
        Z_OK)
        return true;
    kith_free(l->packed);
    l->packed = NULL;
    return false;
}

/** How many blocks the batch has: an empty stream is one empty block. */
static size_t block_count(const kith_gz *gz)
{
    return gz->filled ? (gz->filled + BLOCK_BYTES - 1) / BLOCK_BYTES : 1;
}

static size_t block_length(const kith_gz *gz, size_t number)
{
    size_t rest = gz->filled - number * BLOCK_BYTES;

    return rest < BLOCK_BYTES ? rest : BLOCK_BYTES;
}

/** Compresses one block of the batch, up to the border of a byte; a kith_lane_fn. */
static bool pack_block(void *ctx, uint32_t number)
{
    kith_gz *gz = ctx;
    lane *l = &gz->lanes[number];

    if (number >= block_count(gz))
        return true;
    unsigned char *block = gz->plain + WINDOW_BYTES + number * BLOCK_BYTES;
    uInt length = (uInt)block_length(gz, number);
    bool has_before = gz->begun || number > 0;
    bool ends = gz->last && number + 1 == block_count(gz);

    if (!lane_begin(l) ||
        (has_before && deflateSetDictionary(&l->stream, block - WINDOW_BYTES, (uInt)WINDOW_BYTES) != Z_OK))
        return false;
    l->stream.next_in = block;
    l->stream.avail_in = length;
    l->stream.next_out = l->packed;
    l->stream.avail_out = (uInt)PACKED_BYTES;
    int outcome = deflate(&l->stream, ends ? Z_FINISH : Z_SYNC_FLUSH);
    l->packed_length = PACKED_BYTES - l->stream.avail_out;
    l->crc = crc32(crc32(0, NULL, 0), block, length);
    return ends ? outcome == Z_STREAM_END : outcome == Z_OK && l->stream.avail_out > 0;
}

static kith_code hand_on(kith_gz *gz, const void *bytes, size_t length)
{
    if (!gz->failed && !gz->out(gz->ctx, bytes, length))
        gz->failed = KITH_EIO;
    return gz->failed;
}

/** Compresses the batch and hands it on. A single block needs no threads. */
static kith_code pack_batch(kith_gz *gz)
{
    size_t count = block_count(gz);

    if (!(count == 1 ? pack_block(gz, 0) : kith_parallel_lanes(pack_block, gz)))
        return gz->failed = KITH_ENOMEM; /* with room for what comes out, deflate fails for nothing else */
    if (!gz->begun)
        (void)hand_on(gz, header, sizeof header);
    for (size_t i = 0; i < count && !gz->failed; i++) {
        gz->crc = crc32_combine(gz->crc, gz->lanes[i].crc, (z_off_t)block_length(gz, i));
        (void)hand_on(gz, gz->lanes[i].packed, gz->lanes[i].packed_length);
    }
    gz->length += (uint32_t)gz->filled;
    gz->begun = true;
    return gz->failed;
}

kith_code kith_gz_write(kith_gz *gz, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;

    while (!gz->failed && length > 0) {
        if (gz->filled == BATCH_BYTES) { /* and more comes, so it is not the last */
            if (pack_batch(gz))
                break;
            memcpy(gz->plain, gz->plain + BATCH_BYTES, WINDOW_BYTES);
            gz->filled = 0;
        }
        size_t room = BATCH_BYTES - gz->filled;
        size_t piece = length < room ? length : room;
        memcpy(gz->plain + WINDOW_BYTES + gz->filled, at, piece);
        gz->filled += piece;
        at += piece;
        length -= piece;
    }
    return gz->failed;
}

static void put_le32(unsigned char *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(value >> (8 * i));
}

kith_code kith_gz_finish(kith_gz *gz)
{
    unsigned char trailer[8];

    gz->last = true;
    if (gz->failed || pack_batch(gz))
        return gz->failed;
    put_le32(trailer, (uint32_t)gz->crc);
    put_le32(trailer + 4, gz->length);
    return hand_on(gz, trailer, sizeof trailer);
}

void kith_gz_close(kith_gz *gz)
{
    if (!gz)
        return;
    for (int i = 0; i < KITH_LANES; i++) {
        if (gz->lanes[i].packed)
            (void)deflateEnd(&gz->lanes[i].stream);
        kith_free(gz->lanes[i].packed);
    }
    kith_free(gz->plain);
    kith_free(gz);
}

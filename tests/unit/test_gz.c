#include <criterion/criterion.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/gz.h"
#include "base/rng.h"
#include "each_failure.h"

#define BLOCK ((size_t)128 << 10)
#define BATCH (16 * BLOCK)

/** Bytes in the memory of a test. */
typedef struct bytes {
    unsigned char *at;
    size_t length, room;
} bytes;

static bool take(void *ctx, const void *what, size_t length)
{
    bytes *b = ctx;

    if (b->length + length > b->room) {
        b->room = 2 * (b->length + length);
        b->at = realloc(b->at, b->room);
    }
    memcpy(b->at + b->length, what, length);
    b->length += length;
    return true;
}

#define FARTHEST ((size_t)32768 - 262) /* that deflate looks back */

enum { ZEROS, NOISE, TABLE, REPEATS, MARKS, KINDS };

/** Bytes that shrink to nothing, that do not shrink, rows of a table, repeats as far as deflate looks, and
 * zeros with something else before the border of each block, to which the next one refers. */
static bytes text_of(int kind, size_t length, uint64_t seed)
{
    bytes text = {calloc(1, length + 64), length, length + 64};
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    for (size_t i = BLOCK - 1; kind == MARKS && i < length; i += BLOCK)
        text.at[i] = 1;
    for (size_t i = 0; kind != ZEROS && kind != MARKS && i < length;) {
        if (kind == TABLE)
            i += (size_t)sprintf((char *)text.at + i, "%zu,Person %u,Company %u\n", i,
                                 (unsigned)kith_rng_below(&rng, 5000), (unsigned)kith_rng_below(&rng, 90));
        else if (kind == REPEATS && i >= FARTHEST && kith_rng_below(&rng, 50) > 0)
            text.at[i] = text.at[i - FARTHEST], i++;
        else
            text.at[i++] = (unsigned char)kith_rng_next(&rng);
    }
    return text;
}

/** Compresses `text`, handed over in pieces of up to `piece` bytes, on so many threads. */
static bytes pack(bytes text, size_t piece, int threads)
{
    bytes packed = {NULL, 0, 0};
    kith_gz *gz = NULL;
    kith_rng rng;

    omp_set_num_threads(threads);
    kith_rng_seed(&rng, piece);
    cr_assert_eq(kith_gz_open(take, &packed, &gz, NULL), KITH_OK);
    for (size_t at = 0; at < text.length;) {
        size_t rest = text.length - at;
        size_t length = (size_t)kith_rng_below(&rng, piece + 1);
        length = length < rest ? length : rest;
        cr_assert_eq(kith_gz_write(gz, text.at + at, length), KITH_OK);
        at += length;
    }
    cr_assert_eq(kith_gz_finish(gz), KITH_OK);
    kith_gz_close(gz);
    cr_assert_eq(kith_mem_live(), 0);
    return packed;
}

/** Whether zlib reads one gzip member, that is all there is, as `text`. */
static bool unpacks_to(bytes packed, bytes text)
{
    unsigned char *back = malloc(text.length + 1);
    z_stream stream = {.next_in = packed.at,
                       .avail_in = (uInt)packed.length,
                       .next_out = back,
                       .avail_out = (uInt)text.length + 1};

    cr_assert_eq(inflateInit2(&stream, 15 + 16), Z_OK);
    bool same = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0 &&
                stream.total_out == text.length && memcmp(back, text.at, text.length) == 0;
    inflateEnd(&stream);
    free(back);
    return same;
}

/** What zlib makes of it on its own. */
static bytes pack_by_zlib(bytes text)
{
    gz_header header = {.os = 255};
    z_stream stream = {.next_in = text.at, .avail_in = (uInt)text.length};

    cr_assert_eq(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    cr_assert_eq(deflateSetHeader(&stream, &header), Z_OK);
    size_t room = deflateBound(&stream, text.length);
    bytes packed = {malloc(room), 0, room};
    stream.next_out = packed.at;
    stream.avail_out = (uInt)room;
    cr_assert_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.length = stream.total_out;
    deflateEnd(&stream);
    return packed;
}

static bool same_bytes(bytes a, bytes b)
{
    return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

/** Whatever the threads and the sizes of the writes, it is the same and is read back. */
static void check(int kind, size_t length, uint64_t seed)
{
    bytes text = text_of(kind, length, seed);
    bytes one = pack(text, length + 1, 1);
    bytes two = pack(text, 4000 + seed % 77, 2);
    bytes eight = pack(text, BATCH + 13 * seed, 8);

    cr_assert(unpacks_to(one, text), "kind %d, %zu bytes", kind, length);
    cr_assert(same_bytes(one, two), "kind %d, %zu bytes", kind, length);
    cr_assert(same_bytes(one, eight), "kind %d, %zu bytes", kind, length);
    free(text.at);
    free(one.at);
    free(two.at);
    free(eight.at);
}

Test(gz, lengths_about_every_border)
{
    static const size_t borders[] = {0, 32768, BLOCK, BATCH, BATCH + BLOCK};

    for (size_t i = 0; i < sizeof borders / sizeof *borders; i++)
        for (int off = -1; off <= 1; off++)
            if (borders[i] > 0 || off >= 0)
                check((int)(i + (size_t)(off + 1)) % KINDS, borders[i] + (size_t)off, i);
    check(MARKS, 2 * BATCH + 1, 0);
}

Test(gz, random_lengths_and_contents)
{
    kith_rng rng;

    kith_rng_seed(&rng, 1);
    for (uint64_t i = 0; i < 3 * KINDS; i++)
        check((int)i % KINDS, (size_t)kith_rng_below(&rng, i % 2 ? BATCH + 3 * BLOCK : 3 * BLOCK), i);
}

Test(gz, what_fits_one_block_is_as_zlib_alone_writes_it)
{
    static const size_t lengths[] = {0, 1, 700, BLOCK};

    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        bytes text = text_of(TABLE, lengths[i], 3);
        bytes ours = pack(text, 1000, 2);
        bytes theirs = pack_by_zlib(text);
        cr_assert(same_bytes(ours, theirs), "%zu bytes", lengths[i]);
        free(text.at);
        free(ours.at);
        free(theirs.at);
    }
}

Test(gz, blocks_cost_less_than_a_hundredth)
{
    bytes text = text_of(TABLE, BATCH + 5 * BLOCK, 4);
    bytes ours = pack(text, 100000, 2);
    bytes theirs = pack_by_zlib(text);

    cr_assert_leq(ours.length, theirs.length + theirs.length / 100);
    free(text.at);
    free(ours.at);
    free(theirs.at);
}

Test(gz, gzip_has_no_complaint)
{
    bytes text = text_of(TABLE, BATCH + 12345, 5);
    bytes packed = pack(text, 5000, 2);
    FILE *gzip = popen("gzip -t", "w");

    cr_assert_not_null(gzip);
    cr_assert_eq(fwrite(packed.at, 1, packed.length, gzip), packed.length);
    cr_assert_eq(pclose(gzip), 0);
    free(text.at);
    free(packed.at);
}

/** A place that has room for some writes only. */
typedef struct full {
    int writes_left, refused;
} full;

static bool refuse_at_last(void *ctx, const void *what, size_t length)
{
    full *f = ctx;

    (void)what;
    (void)length;
    if (f->writes_left-- > 0)
        return true;
    f->refused++;
    return false;
}

Test(gz, a_dead_stream_stays_dead)
{
    bytes text = text_of(ZEROS, BATCH + BLOCK + 1, 6);

    /* header, 16 blocks, then two more and the trailer at the end */
    for (int writes = 0; writes < 1 + 16 + 2 + 1; writes++) {
        full f = {.writes_left = writes};
        kith_gz *gz = NULL;
        cr_assert_eq(kith_gz_open(refuse_at_last, &f, &gz, NULL), KITH_OK);
        cr_assert_eq(kith_gz_write(gz, text.at, text.length), writes < 17 ? KITH_EIO : KITH_OK);
        cr_assert_eq(kith_gz_write(gz, text.at, 1), writes < 17 ? KITH_EIO : KITH_OK);
        cr_assert_eq(kith_gz_finish(gz), KITH_EIO);
        cr_assert_eq(f.refused, 1);
        kith_gz_close(gz);
    }
    kith_gz_close(NULL);
    cr_assert_eq(kith_mem_live(), 0);
    free(text.at);
}

/** Compresses text of two batches; what the stream says becomes the outcome. */
static kith_code pack_two_batches(void *ctx, kith_err *err)
{
    bytes *text = ctx;
    bytes packed = {NULL, 0, 0};
    kith_gz *gz = NULL;
    kith_code rc = kith_gz_open(take, &packed, &gz, err);

    if (rc)
        return rc;
    (void)kith_gz_write(gz, text->at, text->length);
    if ((rc = kith_gz_finish(gz)))
        kith_fail(err, rc, "gzip");
    else
        cr_assert(unpacks_to(packed, *text));
    kith_gz_close(gz);
    free(packed.at);
    return rc;
}

Test(gz, every_failed_allocation_is_told)
{
    bytes text = text_of(ZEROS, BATCH + 1, 0);

    for (int threads = 1; threads <= 4; threads += 3) {
        omp_set_num_threads(threads);
        cr_assert_gt(each_failure(pack_two_batches, &text), 2 + 16);
    }
    free(text.at);
}

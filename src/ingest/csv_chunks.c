#include "ingest/csv_chunks.h"

#include <string.h>

#include "base/mem.h"

/** Bytes that are read at once, then the rows in them. */
typedef struct batch {
    void *const *pack; /**< [KITH_LANES] where the rows of each chunk go */
    char *bytes;
    size_t length;
    bool ended;                        /**< the stream ends with these bytes */
    size_t cut[KITH_LANES + 1];        /**< chunk i is from cut i to the next */
    uint64_t lines_before[KITH_LANES]; /**< what the line numbers of each pack come after */
    uint32_t n;                        /**< chunks */
    kith_code rc;                      /**< why nothing follows them; told when they have been handed on */
    kith_err err;
} batch;

/** While the chunks of one batch are parsed, the rows of the one before are handed on, and the bytes of the
 * one after are read. */
typedef struct crew {
    const kith_chunk_packs *packs;
    kith_stream *stream;
    size_t chunk_bytes;
    kith_csv *parser[KITH_LANES]; /**< the first stands where the last batch ended, the others before a row */
    uint64_t lines_before;        /**< what the first parser's line numbers come after */
    batch batches[2];
    batch *now;   /**< being parsed */
    batch *other; /**< the one before, then the one after */
    kith_code rc[KITH_LANES];
    kith_err err[KITH_LANES];
    kith_code unpack_rc;
    kith_err *unpack_err;
} crew;

/** Reads bytes for all chunks of a batch; fewer only at the end of the stream. */
static void collect(crew *c, batch *b)
{
    const char *bytes;
    size_t length = 1;

    b->n = 0;
    b->rc = KITH_OK;
    for (b->length = 0; b->rc == KITH_OK && length && b->length < KITH_LANES * c->chunk_bytes;
         b->length += length) {
        b->rc = kith_stream_next(c->stream, &bytes, &length, &b->err);
        if (b->rc == KITH_OK && length)
            memcpy(b->bytes + b->length, bytes, length);
    }
    b->ended = length == 0;
}

/** Whether an odd number of quotes stands in a text. */
static bool has_odd_quotes(const char *text, size_t length)
{
    unsigned char odd = 0;

    for (size_t i = 0; i < length; i++)
        odd ^= text[i] == '"';
    return odd;
}

/** Where the row after the next line end outside quotes begins; `*inside` tells of `at`, then of that place.
 */
static size_t next_row(const batch *b, size_t at, bool *inside)
{
    for (; at < b->length; at++) {
        if (b->bytes[at] == '"')
            *inside = !*inside;
        else if (b->bytes[at] == '\n' && !*inside)
            return at + 1;
    }
    return at;
}

static void cut_chunks(const crew *c, batch *b)
{
    bool inside = kith_csv_in_quotes(*c->parser);
    size_t at = 0;

    b->n = 0;
    for (uint32_t i = 1; at < b->length; i++) {
        size_t wanted = i < KITH_LANES ? i * c->chunk_bytes : b->length;
        b->cut[b->n++] = at;
        if (wanted > b->length)
            wanted = b->length;
        if (wanted > at) {
            inside ^= has_odd_quotes(b->bytes + at, wanted - at);
            at = next_row(b, wanted, &inside);
        }
    }
    if (b->n == 0) /* nothing but the end */
        b->cut[b->n++] = 0;
    b->cut[b->n] = b->length;
}

static void parse_chunk(crew *c, uint32_t chunk, uint32_t parser)
{
    const batch *b = c->now;

    c->rc[chunk] =
        kith_csv_feed(c->parser[parser], b->bytes + b->cut[chunk], b->cut[chunk + 1] - b->cut[chunk], false,
                      c->packs->take, b->pack[chunk], &c->err[chunk]);
}

static bool parse_lane(void *ctx, uint32_t lane)
{
    crew *c = ctx;

    if (lane < c->now->n)
        parse_chunk(c, lane, lane);
    return true; /* a chunk that failed may have to be parsed anew: the caller looks at its code */
}

static bool ready_lane(void *ctx, uint32_t lane)
{
    const crew *c = ctx;

    if (lane < c->now->n)
        c->packs->ready(c->now->pack[lane]);
    return true;
}

/** Empties the packs of a batch in order. */
static kith_code unpack_chunks(const crew *c, batch *b, kith_err *err)
{
    for (uint32_t i = 0; i < b->n; i++) {
        kith_code rc = c->packs->unpack(c->packs->ctx, b->pack[i], b->lines_before[i], err);
        if (rc != KITH_OK)
            return rc;
    }
    b->n = 0;
    if (b->rc != KITH_OK)
        *err = b->err;
    return b->rc;
}

/** What one thread does before it joins those that parse. */
static void change_batches(void *ctx)
{
    crew *c = ctx;

    c->unpack_rc = unpack_chunks(c, c->other, c->unpack_err);
    if (c->unpack_rc == KITH_OK && !c->now->ended)
        collect(c, c->other);
}

/** Makes the parser that goes on the first one, and the others ready for another row. */
static void change_parsers(crew *c, uint32_t now)
{
    kith_csv *on = c->parser[now];

    c->parser[now] = c->parser[0];
    c->parser[0] = on;
    for (uint32_t i = 1; i < KITH_LANES; i++)
        kith_csv_renew(c->parser[i]);
}

/** Ends the batch before a chunk that could not be parsed. */
static void end_before(crew *c, uint32_t chunk)
{
    c->now->n = chunk;
    c->now->rc = c->rc[chunk];
    c->now->err = c->err[chunk];
}

/** Parses chunks again whose first row was not one. */
static void check_chunks(crew *c)
{
    const kith_chunk_packs *packs = c->packs;
    batch *b = c->now;
    uint32_t now = 0; /* the parser whose rows came last; the stream may end with them */

    for (uint32_t i = 0; i < b->n; i++) {
        if (i > 0 && kith_csv_between_rows(c->parser[now])) {
            c->lines_before += kith_csv_lines(c->parser[now]);
            kith_csv_join(c->parser[i], c->parser[now]);
            now = i;
        } else if (i > 0) {
            packs->clear(b->pack[i]);
            parse_chunk(c, i, now);
        }
        b->lines_before[i] = c->lines_before;
        if (c->rc[i] == KITH_OK && b->ended && i + 1 == b->n)
            c->rc[i] = kith_csv_feed(c->parser[now], "", 0, true, packs->take, b->pack[i], &c->err[i]);
        if (c->rc[i] != KITH_OK)
            end_before(c, i);
    }
    change_parsers(c, now);
}

static kith_code hire(crew *c, kith_csv *csv, kith_err *err)
{
    kith_code rc = KITH_OK;

    c->parser[0] = csv;
    for (uint32_t i = 1; i < KITH_LANES && rc == KITH_OK; i++)
        rc = kith_csv_fork(csv, &c->parser[i], err);
    for (size_t i = 0; i < 2 && rc == KITH_OK; i++) {
        c->batches[i].pack = c->packs->pack + i * KITH_LANES;
        c->batches[i].bytes = kith_malloc(KITH_LANES * c->chunk_bytes + KITH_STREAM_BUFFER);
        if (!c->batches[i].bytes)
            rc = kith_fail_memory(err, "reading a table");
    }
    c->now = &c->batches[0];
    c->other = &c->batches[1];
    return rc;
}

/** Parses the batch at hand. @return whether there is another, which is now at hand. */
static bool parse_batch(crew *c)
{
    cut_chunks(c, c->now);
    (void)kith_parallel_beside(change_batches, parse_lane, c);
    if (c->unpack_rc != KITH_OK)
        return false;
    check_chunks(c);
    if (c->packs->ready)
        (void)kith_parallel_lanes(ready_lane, c);

    batch *parsed = c->now;
    c->now = c->other;
    c->other = parsed;
    return !parsed->ended && parsed->rc == KITH_OK;
}

kith_code kith_csv_chunks(kith_csv **csv, kith_stream *stream, size_t chunk_bytes,
                          const kith_chunk_packs *packs, kith_err *err)
{
    crew c = {.packs = packs, .stream = stream, .chunk_bytes = chunk_bytes, .unpack_err = err};
    kith_code rc = hire(&c, *csv, err);

    if (rc == KITH_OK) {
        collect(&c, c.now);
        while (c.now->rc == KITH_OK && parse_batch(&c))
            continue;
        rc = c.unpack_rc;
    }
    if (rc == KITH_OK)
        rc = unpack_chunks(&c, c.other, err);
    if (rc == KITH_OK)
        rc = unpack_chunks(&c, c.now, err);
    *csv = c.parser[0];
    for (uint32_t i = 1; i < KITH_LANES; i++)
        kith_csv_close(c.parser[i]);
    kith_free(c.batches[0].bytes);
    kith_free(c.batches[1].bytes);
    return rc;
}

#include "ingest/csv_chunks.h"

#include <string.h>

#include "base/mem.h"

/** Chunks being parsed. */
typedef struct crew {
    const kith_chunk_packs *packs;
    kith_csv *parser[KITH_LANES]; /**< the first stands where the last chunk ended, the others before a row */
    uint64_t lines_before[KITH_LANES]; /**< what each parser's line numbers come after */
    char *bytes;
    size_t length, capacity;
    size_t cut[KITH_LANES + 1]; /**< chunk i is from cut i to the next */
    uint32_t n;                 /**< chunks */
    kith_code rc[KITH_LANES];
    kith_err err[KITH_LANES];
} crew;

/** Collects bytes for all chunks; fewer only at the end of the stream. */
static kith_code collect(crew *c, kith_stream *stream, size_t wanted, bool *ended, kith_err *err)
{
    const char *bytes;
    size_t length = 1;
    kith_code rc = KITH_OK;

    for (c->length = 0; rc == KITH_OK && length && c->length < wanted; c->length += length) {
        rc = kith_stream_next(stream, &bytes, &length, err);
        if (rc == KITH_OK && length)
            memcpy(c->bytes + c->length, bytes, length);
    }
    *ended = length == 0;
    return rc;
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
static size_t next_row(const crew *c, size_t at, bool *inside)
{
    for (; at < c->length; at++) {
        if (c->bytes[at] == '"')
            *inside = !*inside;
        else if (c->bytes[at] == '\n' && !*inside)
            return at + 1;
    }
    return at;
}

static void cut_chunks(crew *c, size_t chunk_bytes)
{
    bool inside = kith_csv_in_quotes(*c->parser);
    size_t at = 0;

    c->n = 0;
    for (uint32_t i = 1; at < c->length; i++) {
        size_t wanted = i < KITH_LANES ? i * chunk_bytes : c->length;
        c->cut[c->n++] = at;
        if (wanted > c->length)
            wanted = c->length;
        if (wanted > at) {
            inside ^= has_odd_quotes(c->bytes + at, wanted - at);
            at = next_row(c, wanted, &inside);
        }
    }
    c->cut[c->n] = c->length;
}

static void parse_chunk(crew *c, uint32_t chunk, uint32_t parser)
{
    c->rc[chunk] =
        kith_csv_feed(c->parser[parser], c->bytes + c->cut[chunk], c->cut[chunk + 1] - c->cut[chunk], false,
                      c->packs->take, c->packs->pack[chunk], &c->err[chunk]);
}

static bool parse_lane(void *ctx, uint32_t lane)
{
    crew *c = ctx;

    if (lane >= c->n)
        return true;
    parse_chunk(c, lane, lane);
    if (c->packs->ready)
        c->packs->ready(c->packs->pack[lane]);
    return true; /* a chunk that failed may have to be parsed anew: the caller looks at its code */
}

/** Empties the packs in order. `*now` is the parser whose rows came last; the stream may end with them. */
static kith_code settle_chunks(crew *c, bool ended, uint32_t *now, kith_err *err)
{
    const kith_chunk_packs *packs = c->packs;

    *now = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        if (i > 0 && kith_csv_between_rows(c->parser[*now])) {
            c->lines_before[i] = c->lines_before[*now] + kith_csv_lines(c->parser[*now]);
            kith_csv_join(c->parser[i], c->parser[*now]);
            *now = i;
        } else if (i > 0) {
            packs->clear(packs->pack[i]);
            parse_chunk(c, i, *now);
        }
        if (c->rc[i] == KITH_OK && ended && i + 1 == c->n)
            c->rc[i] = kith_csv_feed(c->parser[*now], "", 0, true, packs->take, packs->pack[i], &c->err[i]);
        if (c->rc[i] != KITH_OK) {
            *err = c->err[i];
            return c->rc[i];
        }
        kith_code rc = packs->unpack(packs->ctx, packs->pack[i], c->lines_before[*now], err);
        if (rc != KITH_OK)
            return rc;
    }
    return KITH_OK;
}

/** Makes the parser that goes on the first one, and the others ready for another row. */
static void change_parsers(crew *c, uint32_t now)
{
    kith_csv *on = c->parser[now];

    c->lines_before[0] = c->lines_before[now];
    c->parser[now] = c->parser[0];
    c->parser[0] = on;
    for (uint32_t i = 1; i < KITH_LANES; i++)
        kith_csv_renew(c->parser[i]);
}

static kith_code hire(crew *c, kith_csv *csv, size_t chunk_bytes, kith_err *err)
{
    kith_code rc = KITH_OK;

    c->parser[0] = csv;
    for (uint32_t i = 1; i < KITH_LANES && rc == KITH_OK; i++)
        rc = kith_csv_fork(csv, &c->parser[i], err);
    c->capacity = KITH_LANES * chunk_bytes + KITH_STREAM_BUFFER;
    if (rc == KITH_OK && !(c->bytes = kith_malloc(c->capacity)))
        rc = kith_fail_memory(err, "reading a table");
    return rc;
}

kith_code kith_csv_chunks(kith_csv **csv, kith_stream *stream, size_t chunk_bytes,
                          const kith_chunk_packs *packs, kith_err *err)
{
    crew c = {.packs = packs};
    bool ended = false;
    uint32_t now;
    kith_code rc = hire(&c, *csv, chunk_bytes, err);

    while (rc == KITH_OK && !ended) {
        if ((rc = collect(&c, stream, KITH_LANES * chunk_bytes, &ended, err)) != KITH_OK)
            break;
        cut_chunks(&c, chunk_bytes);
        if (c.n == 0) { /* nothing but the end */
            c.n = 1;
            c.cut[0] = c.cut[1] = 0;
        }
        (void)kith_parallel_lanes(parse_lane, &c);
        rc = settle_chunks(&c, ended, &now, err);
        change_parsers(&c, now);
    }
    *csv = c.parser[0];
    for (uint32_t i = 1; i < KITH_LANES; i++)
        kith_csv_close(c.parser[i]);
    kith_free(c.bytes);
    return rc;
}

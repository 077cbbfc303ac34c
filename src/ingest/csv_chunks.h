/** @file
 * Rows of a delimited text parsed on several threads: in chunks that begin where a row does.
 */
#ifndef KITH_INGEST_CSV_CHUNKS_H
#define KITH_INGEST_CSV_CHUNKS_H

#include "base/parallel.h"
#include "ingest/csv_rows.h"

/** Bytes of one chunk where nothing else is asked for. */
#define KITH_CHUNK_BYTES ((size_t)128 << 10)

/** Packs: the first half is filled while the second half is handed on, and the other way round. */
#define KITH_CHUNK_PACKS (2 * KITH_LANES)

/** Where the rows of chunks go. A pack belongs to one chunk, and so to one thread, at a time. */
typedef struct kith_chunk_packs {
    void *pack[KITH_CHUNK_PACKS];
    kith_csv_take *take; /**< puts a row, whose line counts from the begin of some chunk, into a pack */
    /** Called on any thread, while no pack is handed on, when all rows of a pack are there; may be NULL. */
    void (*ready)(void *pack);
    void (*clear)(void *pack); /**< forgets what was put there */
    /** Called on the caller's thread with all packs in the order of their rows, while others are being
     * filled; clears the pack. Its lines come after `lines_before` others. */
    kith_code (*unpack)(void *ctx, void *pack, uint64_t lines_before, kith_err *err);
    void *ctx;
} kith_chunk_packs;

/**
 * Hands on what is left of a stream, from wherever `*csv` stands in it: the rows that kith_csv_feed
 * would, on lines as it would number them. Where rows begin is guessed by counting quotes, and a guess that
 * was wrong is parsed again behind what stands before it.
 *
 * @param csv  in and out: a parser of a text that kith_csv_splits; the caller's to close, also on failure.
 * @param chunk_bytes  most bytes of one chunk; KITH_CHUNK_PACKS chunks are held at a time.
 * @note  The same calls of `unpack` for any number of threads.
 */
kith_code kith_csv_chunks(kith_csv **csv, kith_stream *stream, size_t chunk_bytes,
                          const kith_chunk_packs *packs, kith_err *err);

#endif

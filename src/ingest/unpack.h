/** @file
 * What is packed in a stream: gzip by zlib (which, unlike libarchive, checks what gzip promises of
 * its content), xz, zip and tar by libarchive. Nothing is ever written to disk.
 */
#ifndef KITH_INGEST_UNPACK_H
#define KITH_INGEST_UNPACK_H

#include <kith/build.h>

#include "ingest/stream.h"

/** Unpacked bytes up to which no ratio is asked about: small files pack well. */
#define KITH_UNPACK_FREE ((uint64_t)16 << 20)

/** The limits that are meant: each 0 replaced by its default. */
kith_input_limits kith_unpack_limits(const kith_input_limits *given);

/** How a stream is packed, by its first bytes. */
typedef enum kith_packing { KITH_PLAIN, KITH_GZIP, KITH_XZ, KITH_ARCHIVE } kith_packing;

/** Bytes that kith_packing_of should see. */
#define KITH_PACKING_HEAD 512

kith_packing kith_packing_of(const char *head, size_t length);

/** What may come out of one input, and what did so far, however deep it was packed. */
typedef struct kith_unpack_budget {
    const kith_input_limits *limits;
    uint64_t out;
} kith_unpack_budget;

/** What goes in and comes out of one packed file, and what it is called. */
typedef struct kith_unpack_meter {
    kith_unpack_budget *budget;
    const char *path;
    uint64_t in, out;
} kith_unpack_meter;

/** Counts bytes that came out. @return KITH_EDATA where that is over a limit; the message names its option.
 */
kith_code kith_unpack_count(kith_unpack_meter *meter, uint64_t bytes, kith_err *err);

typedef struct kith_gunzip kith_gunzip;

/** @param below  borrowed, gzip members one after another. @param meter  its path is borrowed. */
kith_code kith_gunzip_open(kith_stream *below, kith_unpack_meter meter, kith_gunzip **out, kith_err *err);

/** A kith_stream_fill; its ctx is the kith_gunzip. */
kith_code kith_gunzip_fill(void *ctx, char *bytes, size_t room, size_t *got, kith_err *err);

void kith_gunzip_close(kith_gunzip *gunzip);

typedef struct kith_archive kith_archive;

/** @param packing  KITH_XZ (one nameless entry) or KITH_ARCHIVE. Others as kith_gunzip_open. */
kith_code kith_archive_open(kith_stream *below, kith_packing packing, kith_unpack_meter meter,
                            kith_archive **out, kith_err *err);

/**
 * Goes to the next regular file in it. Links, and files whose path is absolute or leads upwards, are
 * passed over.
 * @param name  out, its path without empty and "." parts; borrowed until the next call; NULL at the end.
 */
kith_code kith_archive_next(kith_archive *archive, const char **name, kith_err *err);

/** How many files and links were passed over so far. @param first  out, the path of the first of them. */
uint64_t kith_archive_left_out(const kith_archive *archive, const char **first);

/** A kith_stream_fill over the content of that file; its ctx is the kith_archive. */
kith_code kith_archive_fill(void *ctx, char *bytes, size_t room, size_t *got, kith_err *err);

void kith_archive_close(kith_archive *archive);

#endif

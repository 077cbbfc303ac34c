/** @file
 * What is packed in a stream: gzip by zlib (which, unlike libarchive, checks what gzip promises of
 * its content), xz, zip and tar by libarchive. Nothing is ever written to disk.
 */
#ifndef KITH_INGEST_UNPACK_H
#define KITH_INGEST_UNPACK_H

#include "ingest/stream.h"

/** Bytes that may come out of one packed file. */
#define KITH_UNPACK_LIMIT ((uint64_t)64 << 30)

/** How many times its packed size a file may grow, once it is over KITH_UNPACK_FREE bytes. */
#define KITH_UNPACK_RATIO 250
#define KITH_UNPACK_FREE ((uint64_t)64 << 20)

/** Entries that an archive may hold. */
#define KITH_UNPACK_ENTRIES 100000

/** Packed files within packed files. */
#define KITH_UNPACK_DEPTH 4

/** How a stream is packed, by its first bytes. */
typedef enum kith_packing { KITH_PLAIN, KITH_GZIP, KITH_XZ, KITH_ARCHIVE } kith_packing;

/** Bytes that kith_packing_of should see. */
#define KITH_PACKING_HEAD 512

kith_packing kith_packing_of(const char *head, size_t length);

/** What goes in and comes out of one packed file, and what it is called. */
typedef struct kith_unpack_meter {
    const char *path;
    uint64_t in, out;
} kith_unpack_meter;

/** KITH_EDATA where the meter is over a limit. */
kith_code kith_unpack_allowed(const kith_unpack_meter *meter, kith_err *err);

typedef struct kith_gunzip kith_gunzip;

/** @param below  borrowed, gzip members one after another. @param path  borrowed, for messages. */
kith_code kith_gunzip_open(kith_stream *below, const char *path, kith_gunzip **out, kith_err *err);

/** A kith_stream_fill; its ctx is the kith_gunzip. */
kith_code kith_gunzip_fill(void *ctx, char *bytes, size_t room, size_t *got, kith_err *err);

void kith_gunzip_close(kith_gunzip *gunzip);

typedef struct kith_archive kith_archive;

/** @param packing  KITH_XZ (one nameless entry) or KITH_ARCHIVE. Others as kith_gunzip_open. */
kith_code kith_archive_open(kith_stream *below, kith_packing packing, const char *path, kith_archive **out,
                            kith_err *err);

/**
 * Goes to the next regular file in it.
 * @param name  out, its cleaned path: no empty, "." and ".." parts; borrowed until the next call;
 *              NULL at the end.
 */
kith_code kith_archive_next(kith_archive *archive, const char **name, kith_err *err);

/** A kith_stream_fill over the content of that file; its ctx is the kith_archive. */
kith_code kith_archive_fill(void *ctx, char *bytes, size_t room, size_t *got, kith_err *err);

void kith_archive_close(kith_archive *archive);

#endif

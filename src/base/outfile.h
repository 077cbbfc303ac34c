/** @file
 * Output that appears whole or not at all.
 *
 * Bytes go to a temporary file of mode 0600 beside the target; committing flushes it to disk and
 * renames it over the target, so a failed or killed run leaves the old file as it was.
 * Failures stick: write freely, ask once, at the commit.
 */
#ifndef KITH_BASE_OUTFILE_H
#define KITH_BASE_OUTFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct kith_outfile kith_outfile;

/**
 * Opens `path` for writing; "-" is stdout, which is never renamed nor synced. A device or a pipe is
 * written to as it stands.
 * A name that ends in .gz is compressed (gzip, level 6, a header without time, name or system).
 * @return KITH_ECREATE where the file cannot be made.
 */
kith_code kith_outfile_open(const char *path, kith_outfile **out, kith_err *err);

void kith_outfile_write(kith_outfile *file, const void *bytes, size_t length);
void kith_outfile_text(kith_outfile *file, const char *text);
__attribute__((format(printf, 2, 3))) void kith_outfile_printf(kith_outfile *file, const char *format, ...);

/** Bytes handed in so far, before compression. */
uint64_t kith_outfile_written(const kith_outfile *file);

/** Whether writing has already failed: long loops may ask, to stop early. */
bool kith_outfile_failed(const kith_outfile *file);

/**
 * Finishes the file, puts it in place and frees the handle, whatever the outcome.
 * @return KITH_EIO where any write, the sync or the rename failed, KITH_ENOMEM: nothing is then left behind.
 */
kith_code kith_outfile_commit(kith_outfile *file, kith_err *err);

/** Drops what was written and frees the handle; NULL is fine. */
void kith_outfile_abandon(kith_outfile *file);

/** Makes a rename to `path` outlast a power cut. @return false with errno set. */
bool kith_sync_folder_of(const char *path);

/** Makes the folder `path` with mode 0700 where it is missing. @return KITH_ECREATE. */
kith_code kith_make_folder(const char *path, kith_err *err);

#endif

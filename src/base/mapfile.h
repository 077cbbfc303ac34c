/** @file
 * A file mapped read-only.
 */
#ifndef KITH_BASE_MAPFILE_H
#define KITH_BASE_MAPFILE_H

#include <stddef.h>

#include "base/err.h"

typedef struct kith_mapfile {
    const unsigned char *bytes; /**< borrowed; NULL for an empty file */
    size_t length;
    int slot; /**< place in the table that kith_mapfile_at searches */
} kith_mapfile;

/** @return KITH_ENOINPUT where there is no such regular file, KITH_EIO where it cannot be read. */
kith_code kith_mapfile_open(const char *path, kith_mapfile *out, kith_err *err);

void kith_mapfile_close(kith_mapfile *map);

/**
 * The path of the mapped file that `address` lies in, or NULL. Safe in a signal handler: reading
 * from a file that was cut short raises SIGBUS, and this tells which file it was.
 */
const char *kith_mapfile_at(const void *address);

#endif

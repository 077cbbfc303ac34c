/** @file
 * A file mapped read-only. kith_mapped_file_at (kith/process.h) tells which one an address lies in.
 */
#ifndef KITH_BASE_MAPFILE_H
#define KITH_BASE_MAPFILE_H

#include <stddef.h>

#include "base/err.h"

typedef struct kith_mapfile {
    const unsigned char *bytes; /**< borrowed; NULL for an empty file */
    size_t length;
    int slot; /**< place in the table that kith_mapped_file_at searches */
} kith_mapfile;

/** @return KITH_ENOINPUT where there is no such regular file, KITH_EIO where it cannot be read. */
kith_code kith_mapfile_open(const char *path, kith_mapfile *out, kith_err *err);

void kith_mapfile_close(kith_mapfile *map);

#endif

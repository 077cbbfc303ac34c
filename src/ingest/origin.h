/** @file
 * The file on disk that an entry comes from, to be known again by its bytes.
 */
#ifndef KITH_INGEST_ORIGIN_H
#define KITH_INGEST_ORIGIN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/** Begin with the descriptor; the rest is zero. */
typedef struct kith_origin {
    int fd;            /**< open for reading, can be read at any place; borrowed */
    uint32_t entries;  /**< that were met in it so far */
    bool recalled;     /**< an entry was not read to its end, because what it says is known */
    bool asked, known; /**< whether the checksum was asked for, and found */
    uint64_t checksum[2];
    struct stat before; /**< when the checksum was taken */
} kith_origin;

/**
 * XXH3-128 of all its bytes, packed as they are: low, high.
 * @return false where they cannot be read, or change meanwhile.
 * @cost   One reading of the file when first asked; the place of the descriptor stays.
 */
bool kith_origin_checksum(kith_origin *origin, uint64_t checksum[2]);

/** Whether the file still is what the checksum was taken of. */
bool kith_origin_is_unchanged(const kith_origin *origin);

#endif

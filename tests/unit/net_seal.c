#include "net_seal.h"

#include <stdbool.h>
#include <string.h>

#include <xxhash.h>

enum { HEADER_BYTES = 96, ENTRY_BYTES = 24, BLOCK_BYTES = 65536 };

uint64_t net_get64(const unsigned char *at)
{
    uint64_t value;

    memcpy(&value, at, sizeof value);
    return value;
}

uint32_t net_get32(const unsigned char *at)
{
    uint32_t value;

    memcpy(&value, at, sizeof value);
    return value;
}

unsigned char *net_entry(unsigned char *file, uint32_t s)
{
    return file + HEADER_BYTES + (size_t)s * ENTRY_BYTES;
}

static void put_checksum(unsigned char *at, const void *bytes, size_t length)
{
    uint64_t checksum = XXH3_64bits(bytes, length);

    memcpy(at, &checksum, sizeof checksum);
}

void net_seal_head(unsigned char *file)
{
    memset(file + 56, 0, 8);
    put_checksum(file + 56, file, HEADER_BYTES + ENTRY_BYTES * (size_t)net_get32(file + 36));
}

/** Whether header and section table lie within the file. */
static bool has_head(const unsigned char *file, size_t length)
{
    return length >= HEADER_BYTES && net_get32(file + 36) > 0 &&
           net_get32(file + 36) <= (length - HEADER_BYTES) / ENTRY_BYTES;
}

void net_seal(unsigned char *file, size_t length)
{
    if (!has_head(file, length))
        return;
    const unsigned char *last = net_entry(file, net_get32(file + 36) - 1);
    uint64_t begin = net_get64(net_entry(file, 0) + 8);
    uint64_t end = net_get64(last + 8);
    uint64_t blocks = net_get64(last + 16);

    if (begin <= end && end <= length && blocks <= (length - end) / 8) {
        for (uint64_t b = 0; b < blocks && b * BLOCK_BYTES < end - begin; b++) {
            uint64_t from = begin + b * BLOCK_BYTES;
            put_checksum(file + end + 8 * b, file + from,
                         end - from < BLOCK_BYTES ? end - from : BLOCK_BYTES);
        }
        put_checksum(file + 48, file + end, 8 * blocks);
    }
    net_seal_head(file);
}

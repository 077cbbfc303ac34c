#include "ingest/origin.h"

#include <errno.h>
#include <unistd.h>

#include <xxhash.h>

#include "base/mem.h"

/** Read at once. */
#define CHUNK_BYTES ((size_t)1 << 18)

static bool hash_all(int fd, char *chunk, XXH3_state_t *hash)
{
    off_t at = 0;
    ssize_t length;

    do {
        length = pread(fd, chunk, CHUNK_BYTES, at);
        if (length > 0)
            (void)XXH3_128bits_update(hash, chunk, (size_t)length);
        at += length > 0 ? length : 0;
    } while (length > 0 || (length < 0 && errno == EINTR));
    return length == 0;
}

static bool take_checksum(kith_origin *origin)
{
    char *chunk = kith_malloc(CHUNK_BYTES);
    XXH3_state_t *hash = XXH3_createState();

    bool taken = chunk && hash && fstat(origin->fd, &origin->before) == 0 &&
                 XXH3_128bits_reset(hash) == XXH_OK && hash_all(origin->fd, chunk, hash);
    if (taken) {
        XXH128_hash_t digest = XXH3_128bits_digest(hash);
        origin->checksum[0] = digest.low64;
        origin->checksum[1] = digest.high64;
    }
    XXH3_freeState(hash);
    kith_free(chunk);
    return taken && kith_origin_is_unchanged(origin);
}

bool kith_origin_checksum(kith_origin *origin, uint64_t checksum[2])
{
    if (!origin->asked) {
        origin->asked = true;
        origin->known = take_checksum(origin);
    }
    checksum[0] = origin->checksum[0];
    checksum[1] = origin->checksum[1];
    return origin->known;
}

bool kith_origin_is_unchanged(const kith_origin *origin)
{
    const struct stat *before = &origin->before;
    struct stat now;

    return fstat(origin->fd, &now) == 0 && now.st_size == before->st_size &&
           now.st_mtim.tv_sec == before->st_mtim.tv_sec && now.st_mtim.tv_nsec == before->st_mtim.tv_nsec &&
           now.st_ctim.tv_sec == before->st_ctim.tv_sec && now.st_ctim.tv_nsec == before->st_ctim.tv_nsec;
}

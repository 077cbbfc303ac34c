#include "base/mapfile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <kith/process.h>

#define MAPS_AT_ONCE 64

#define NO_SLOT (-1)

/** One open map. A slot is taken first, then filled, then shown by a `length` above 0. */
typedef struct map_slot {
    atomic_bool taken;
    atomic_size_t length;
    uintptr_t begin;
    char path[PATH_MAX];
} map_slot;

static map_slot slots[MAPS_AT_ONCE];

static int take_slot(const char *path, const void *bytes, size_t length)
{
    for (int i = 0; i < MAPS_AT_ONCE; i++) {
        map_slot *slot = &slots[i];
        if (atomic_exchange(&slot->taken, true))
            continue;
        slot->begin = (uintptr_t)bytes;
        strncpy(slot->path, path, sizeof slot->path - 1);
        atomic_store(&slot->length, length);
        return i;
    }
    return NO_SLOT;
}

static kith_code map_descriptor(int fd, const char *path, kith_mapfile *out, kith_err *err)
{
    struct stat info;

    if (fstat(fd, &info) != 0)
        return kith_fail_system(err, KITH_EIO, "read", path, errno);
    if (!S_ISREG(info.st_mode))
        return kith_fail(err, KITH_ENOINPUT, "%s is not a regular file", path);
    if (info.st_size == 0)
        return KITH_OK;
    size_t length = (size_t)info.st_size;
    void *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return kith_fail_system(err, errno == ENOMEM ? KITH_ENOMEM : KITH_EIO, "map", path, errno);
    int slot = take_slot(path, bytes, length);
    if (slot == NO_SLOT) {
        (void)munmap(bytes, length);
        return kith_fail(err, KITH_EBUG, "more than %d files mapped at once", MAPS_AT_ONCE);
    }
    *out = (kith_mapfile){.bytes = bytes, .length = length, .slot = slot};
    return KITH_OK;
}

kith_code kith_mapfile_open(const char *path, kith_mapfile *out, kith_err *err)
{
    *out = (kith_mapfile){.slot = NO_SLOT};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not make us wait */
    if (fd < 0) {
        bool is_missing = errno == ENOENT || errno == ENOTDIR;
        return kith_fail_system(err, is_missing ? KITH_ENOINPUT : KITH_EIO, "open", path, errno);
    }
    kith_code rc = map_descriptor(fd, path, out, err);
    (void)close(fd);
    return rc;
}

void kith_mapfile_close(kith_mapfile *map)
{
    if (map->bytes) {
        atomic_store(&slots[map->slot].length, 0);
        (void)munmap((void *)(uintptr_t)map->bytes, map->length);
        atomic_store(&slots[map->slot].taken, false);
    }
    *map = (kith_mapfile){.slot = NO_SLOT};
}

const char *kith_mapped_file_at(const void *address)
{
    for (int i = 0; i < MAPS_AT_ONCE; i++) {
        size_t length = atomic_load(&slots[i].length);
        if (length && (uintptr_t)address - slots[i].begin < length)
            return slots[i].path;
    }
    return NULL;
}

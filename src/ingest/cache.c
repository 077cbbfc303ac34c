#include "ingest/cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <xxhash.h>

#include "base/mem.h"
#include "base/outfile.h"
#include "base/tempname.h"

/** "kithtape" on a machine of the same byte order. */
#define MAGIC UINT64_C(0x6570617468746968)

/** A key in hex digits and the ending, which makes a file ours. */
#define NAME_ENDING ".tape"
#define KEY_DIGITS 32
#define NAME_SIZE (KEY_DIGITS + sizeof NAME_ENDING)

/** What an unfinished file has behind its name: a dot and six letters. */
#define UNFINISHED_LETTERS 7

/** From then on nobody is at work on an unfinished file. */
#define UNFINISHED_SECONDS 86400

struct kith_cache {
    uint64_t most_bytes, written_bytes;
    size_t folder_length; /**< of `path`, with the slash */
    kith_dynbuf path;     /**< of the folder, and behind it scratch */
};

/** What a file begins with. */
typedef struct head {
    uint64_t magic, key[2], length, checksum[2];
} head;

static const char *path_in(kith_cache *cache, const char *name)
{
    cache->path.length = cache->folder_length;
    kith_dynbuf_text(&cache->path, name);
    return kith_dynbuf_cstr(&cache->path);
}

static const char *path_of(kith_cache *cache, const uint64_t key[2])
{
    char name[NAME_SIZE];

    (void)snprintf(name, sizeof name, "%016" PRIx64 "%016" PRIx64 NAME_ENDING, key[1], key[0]);
    return path_in(cache, name);
}

/** Who else can write there can put words into people's mouths. */
static kith_code refuse_strangers(const char *folder, kith_err *err)
{
    struct stat facts;

    if (stat(folder, &facts) != 0 || access(folder, R_OK | W_OK | X_OK) != 0)
        return kith_fail_system(err, KITH_ECREATE, "use the folder", folder, errno);
    if (facts.st_uid != geteuid() || facts.st_mode & (S_IWGRP | S_IWOTH))
        return kith_fail_at(err, KITH_ECREATE, folder, 0, "belongs to others, or others may write to it");
    return KITH_OK;
}

kith_code kith_cache_open(const char *folder, uint64_t most_bytes, kith_cache **out, kith_err *err)
{
    kith_cache *cache = NULL;
    kith_code rc = kith_make_folder(folder, err);

    *out = NULL;
    if (rc == KITH_OK)
        rc = refuse_strangers(folder, err);
    if (rc != KITH_OK)
        return rc;
    if (!(cache = kith_calloc(1, sizeof *cache)))
        return kith_fail_memory(err, "the cache");
    cache->most_bytes = most_bytes ? most_bytes : KITH_CACHE_BYTES;
    rc = kith_dynbuf_path(&cache->path, folder, "", err);
    cache->folder_length = cache->path.length;
    /* Room for every name, so that no path fails later. */
    for (size_t i = 0; i < NAME_SIZE + UNFINISHED_LETTERS + 1; i++)
        kith_dynbuf_put(&cache->path, '.');
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&cache->path, "the cache", err);
    if (rc == KITH_OK) {
        *out = cache;
        return KITH_OK;
    }
    kith_dynbuf_free(&cache->path);
    kith_free(cache);
    return rc;
}

static bool read_whole(int fd, void *bytes, size_t length)
{
    char *at = bytes;

    while (length) {
        ssize_t got = read(fd, at, length);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        at += got > 0 ? got : 0;
        length -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

static bool write_whole(int fd, const void *bytes, size_t length)
{
    const char *at = bytes;

    while (length) {
        ssize_t put = write(fd, at, length);
        if (put < 0 && errno != EINTR)
            return false;
        at += put > 0 ? put : 0;
        length -= put > 0 ? (size_t)put : 0;
    }
    return true;
}

static head head_of(const uint64_t key[2], const char *bytes, size_t length)
{
    XXH128_hash_t digest = XXH3_128bits_withSeed(bytes, length, key[0] ^ key[1]);

    return (head){MAGIC, {key[0], key[1]}, length, {digest.low64, digest.high64}};
}

/** The bytes behind the head of an open file where all is as it was written, else NULL; to be freed. */
static char *read_checked(int fd, const uint64_t key[2], size_t *length)
{
    struct stat status;
    head found;
    char *bytes = NULL;

    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || !read_whole(fd, &found, sizeof found) ||
        found.length > KITH_DYNBUF_LIMIT || (uint64_t)status.st_size != sizeof found + found.length)
        return NULL;
    *length = (size_t)found.length;
    if (!(bytes = kith_malloc(*length + 1)))
        return NULL;
    if (read_whole(fd, bytes, *length)) {
        head expected = head_of(key, bytes, *length);
        if (memcmp(&found, &expected, sizeof found) == 0)
            return bytes;
    }
    kith_free(bytes);
    return NULL;
}

bool kith_cache_get(kith_cache *cache, const uint64_t key[2], kith_dynbuf *bytes)
{
    int fd = open(path_of(cache, key), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK);
    size_t length = 0;
    char *found = fd < 0 ? NULL : read_checked(fd, key, &length);

    if (found) {
        kith_dynbuf_append(bytes, found, length);
        (void)futimens(fd, NULL); /* it was used now */
    }
    if (fd >= 0)
        (void)close(fd);
    kith_free(found);
    return found && bytes->status == KITH_OK;
}

bool kith_cache_put(kith_cache *cache, const uint64_t key[2], const kith_dynbuf *bytes)
{
    const char *path = path_of(cache, key);
    kith_tempname *temp = NULL;
    int fd = -1;

    if (cache->written_bytes + bytes->length > cache->most_bytes ||
        (fd = kith_tempname_file(path, &temp)) < 0)
        return false;
    head first = head_of(key, kith_dynbuf_cstr(bytes), bytes->length);
    bool whole = write_whole(fd, &first, sizeof first) && write_whole(fd, bytes->data, bytes->length);
    whole &= close(fd) == 0;
    if (!whole || rename(kith_tempname_path(temp), path) != 0) {
        kith_tempname_remove(temp);
        return false;
    }
    kith_tempname_release(temp);
    cache->written_bytes += sizeof first + bytes->length;
    return true;
}

/** A file of the cache. */
typedef struct kept_file {
    struct timespec used;
    uint64_t bytes;
    char name[NAME_SIZE];
} kept_file;

typedef struct kept_files {
    kept_file *all;
    size_t n, capacity;
} kept_files;

/** Whether a name is a key and the ending. */
static bool is_ours(const char *name, size_t length)
{
    return length == NAME_SIZE - 1 && strspn(name, "0123456789abcdef") == KEY_DIGITS &&
           memcmp(name + KEY_DIGITS, NAME_ENDING, sizeof NAME_ENDING - 1) == 0;
}

static bool is_unfinished(const char *name)
{
    size_t length = strlen(name);

    return *name == '.' && length == NAME_SIZE + UNFINISHED_LETTERS && is_ours(name + 1, NAME_SIZE - 1);
}

static bool list_one(kith_cache *cache, const char *name, kept_files *files)
{
    struct stat status;
    bool ours = is_ours(name, strlen(name));

    if ((!ours && !is_unfinished(name)) || lstat(path_in(cache, name), &status) != 0)
        return true;
    if (!ours) {
        if (time(NULL) - status.st_mtim.tv_sec > UNFINISHED_SECONDS)
            (void)unlink(kith_dynbuf_cstr(&cache->path));
        return true;
    }
    if (!kith_grow((void **)&files->all, &files->capacity, files->n + 1, sizeof *files->all))
        return false;
    kept_file *file = &files->all[files->n++];
    *file = (kept_file){.used = status.st_mtim, .bytes = (uint64_t)status.st_size};
    memcpy(file->name, name, NAME_SIZE);
    return true;
}

/** Used last stands first. */
static int by_use(const void *a, const void *b)
{
    const kept_file *x = a, *y = b;

    if (x->used.tv_sec != y->used.tv_sec)
        return x->used.tv_sec < y->used.tv_sec ? 1 : -1;
    if (x->used.tv_nsec != y->used.tv_nsec)
        return x->used.tv_nsec < y->used.tv_nsec ? 1 : -1;
    return strcmp(x->name, y->name);
}

static void prune(kith_cache *cache)
{
    kept_files files = {0};
    uint64_t held_bytes = 0;
    struct dirent *item;
    DIR *folder = opendir(path_in(cache, ""));
    bool listed = folder != NULL;

    while (listed && (item = readdir(folder)))
        listed = list_one(cache, item->d_name, &files);
    if (folder)
        (void)closedir(folder);
    if (files.n)
        qsort(files.all, files.n, sizeof *files.all, by_use);
    for (size_t i = 0; listed && i < files.n; i++) {
        held_bytes += files.all[i].bytes;
        if (held_bytes > cache->most_bytes)
            (void)unlink(path_in(cache, files.all[i].name));
    }
    kith_free(files.all);
}

void kith_cache_close(kith_cache *cache)
{
    if (!cache)
        return;
    prune(cache);
    kith_dynbuf_free(&cache->path);
    kith_free(cache);
}

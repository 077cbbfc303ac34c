#include "run/nightly_inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <glob.h>
#include <inttypes.h>
#include <kith/safe_text.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/mem.h"
#include "base/ticker.h"
#include "base/tree.h"

/** Read at once. */
#define CHUNK_BYTES ((size_t)1 << 18)

kith_code kith_nightly_leave_out(json_t *left_out, const char *input, const char *reason, kith_err *err)
{
    char safe_input[PATH_MAX], safe_reason[PATH_MAX];

    kith_safe_text(input, safe_input, sizeof safe_input);
    kith_safe_text(reason, safe_reason, sizeof safe_reason);
    json_t *entry = json_pack("{s:s, s:s}", "input", safe_input, "reason", safe_reason);
    return json_array_append_new(left_out, entry) ? kith_fail_memory(err, "what is left out") : KITH_OK;
}

static kith_code find_one(const char *pattern, json_t *left_out, kith_texts *paths, kith_err *err)
{
    glob_t found = {0};
    kith_code rc = KITH_OK;

    int failure = glob(pattern, GLOB_NOSORT, NULL, &found);
    if (failure == GLOB_NOSPACE)
        rc = kith_fail_memory(err, "the inputs");
    else if (failure && left_out)
        rc = kith_nightly_leave_out(left_out, pattern, "no such file", err);
    else if (failure)
        rc = kith_fail_at(err, KITH_ENOINPUT, pattern, 0, "no such file");
    for (size_t i = 0; !rc && !failure && i < found.gl_pathc; i++)
        if (!kith_texts_have(paths, found.gl_pathv[i]))
            rc = kith_texts_add(paths, found.gl_pathv[i], err);
    globfree(&found);
    return rc;
}

/** What is published, or kept for the next night, must not be read again. */
static kith_code refuse_outputs(const kith_nightly_config *config, const char *input, kith_err *err)
{
    if (kith_path_is_within(config->output, input))
        return kith_fail_at(err, KITH_ECONFIG, input, 0, "is an input that holds the output folder");
    if (config->cache && kith_path_is_within(config->cache, input))
        return kith_fail_at(err, KITH_ECONFIG, input, 0, "is an input that holds the cache");
    return KITH_OK;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

kith_code kith_nightly_find(const kith_nightly_config *config, json_t *left_out, kith_texts *paths,
                            kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; !rc && i < config->inputs.count; i++)
        rc = find_one(config->inputs.items[i], left_out, paths, err);
    if (!rc && paths->count == 0)
        rc = kith_fail(err, KITH_ENOINPUT, "none of the inputs is there");
    for (uint32_t i = 0; !rc && i < paths->count; i++)
        rc = refuse_outputs(config, paths->items[i], err);
    if (paths->count)
        qsort(paths->items, paths->count, sizeof *paths->items, by_text);
    return rc;
}

typedef struct digesting {
    XXH3_state_t *hash;
    kith_digest_kind kind;
    const kith_progress *progress;
    uint64_t done_bytes;
    bool unreadable;
} digesting;

static void add_text(digesting *d, const char *text)
{
    (void)XXH3_128bits_update(d->hash, text, strlen(text) + 1);
}

static void add_number(digesting *d, int64_t number)
{
    (void)XXH3_128bits_update(d->hash, &number, sizeof number);
}

static kith_code add_contents(digesting *d, const char *path, kith_err *err)
{
    unsigned char *bytes = kith_malloc(CHUNK_BYTES);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    uint64_t before = d->done_bytes;
    ssize_t length = 0;
    kith_code rc = bytes ? KITH_OK : kith_fail_memory(err, "a checksum");

    while (!rc && fd >= 0 && (length = read(fd, bytes, CHUNK_BYTES)) > 0) {
        (void)XXH3_128bits_update(d->hash, bytes, (size_t)length);
        d->done_bytes += (uint64_t)length;
        rc = kith_tick_now(d->progress, "comparing inputs", d->done_bytes, 0, err);
    }
    add_number(d, (int64_t)(d->done_bytes - before));
    d->unreadable |= fd < 0 || length < 0;
    if (fd >= 0)
        (void)close(fd);
    kith_free(bytes);
    return rc;
}

static kith_code add_entry(digesting *d, FTS *tree, FTSENT *entry, kith_err *err)
{
    const struct stat *facts = entry->fts_statp;

    switch (entry->fts_info) {
    case FTS_D:
        if (entry->fts_level > FTS_ROOTLEVEL && entry->fts_name[0] == '.')
            (void)fts_set(tree, entry, FTS_SKIP);
        return KITH_OK;
    case FTS_F:
        if (entry->fts_level > FTS_ROOTLEVEL && entry->fts_name[0] == '.')
            return KITH_OK;
        add_text(d, entry->fts_path);
        if (d->kind == KITH_DIGEST_CONTENTS)
            return add_contents(d, entry->fts_accpath, err);
        add_number(d, facts->st_size);
        add_number(d, facts->st_mtim.tv_sec);
        add_number(d, facts->st_mtim.tv_nsec);
        add_number(d, (int64_t)facts->st_ino);
        return KITH_OK;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        d->unreadable = true;
        return KITH_OK;
    default:
        return KITH_OK;
    }
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/** Inputs may be links, which count for what they lead to; links within folders are not read. */
static kith_code add_tree(digesting *d, const char *path, kith_err *err)
{
    char *const roots[] = {(char *)path, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
    kith_code rc = tree ? KITH_OK : kith_fail_memory(err, "a checksum");
    FTSENT *entry;

    while (!rc && (entry = fts_read(tree)))
        rc = add_entry(d, tree, entry, err);
    if (tree)
        (void)fts_close(tree);
    return rc;
}

kith_code kith_nightly_digest(const kith_texts *paths, kith_digest_kind kind, const char *seed,
                              const kith_progress *progress, char digest[KITH_DIGEST_SIZE], kith_err *err)
{
    digesting d = {.hash = XXH3_createState(), .kind = kind, .progress = progress};
    kith_code rc = d.hash ? KITH_OK : kith_fail_memory(err, "a checksum");

    *digest = '\0';
    if (rc)
        return rc;
    (void)XXH3_128bits_reset(d.hash);
    add_text(&d, seed);
    for (uint32_t i = 0; !rc && i < paths->count; i++)
        rc = add_tree(&d, paths->items[i], err);
    XXH128_hash_t hash = XXH3_128bits_digest(d.hash);
    if (!rc && !d.unreadable)
        (void)snprintf(digest, KITH_DIGEST_SIZE, "%016" PRIx64 "%016" PRIx64, (uint64_t)hash.high64,
                       (uint64_t)hash.low64);
    (void)XXH3_freeState(d.hash);
    return rc;
}

#include "ingest/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/ticker.h"

/** Folders within folders. */
#define DEEPEST_FOLDER 64

/** Where in the inputs the walk is. */
typedef struct place {
    const char *name, *path; /**< as in kith_entry */
    kith_bundle *bundle;
} place;

/** An open file and who is told how far it was read. */
typedef struct disk_file {
    int fd;
    const char *path;
    kith_walk *walk;
    uint64_t before_bytes; /**< that the walk had done when it was opened */
} disk_file;

static kith_code fill_from_disk(void *ctx, char *bytes, size_t room, size_t *got, kith_err *err)
{
    disk_file *file = ctx;
    ssize_t length;

    do
        length = read(file->fd, bytes, room);
    while (length < 0 && errno == EINTR);
    if (length < 0)
        return kith_fail_system(err, KITH_EIO, "read", file->path, errno);
    *got = (size_t)length;
    file->walk->done_bytes += *got;
    return kith_tick_now(file->walk->progress, file->walk->phase, file->walk->done_bytes,
                         file->walk->total_bytes, err);
}

static kith_code seek_on_disk(void *ctx, int64_t offset, int whence, int64_t *at, kith_err *err)
{
    disk_file *file = ctx;

    *at = lseek(file->fd, offset, whence);
    if (*at < 0)
        return kith_fail_system(err, KITH_EIO, "read", file->path, errno);
    file->walk->done_bytes = file->before_bytes + (uint64_t)*at;
    return KITH_OK;
}

/** `a`, and behind a slash `b` where both say something; owned by the walk. */
static kith_code join(kith_walk *walk, const char *a, const char *b, const char **out, kith_err *err)
{
    size_t a_length = strlen(a);
    size_t b_length = strlen(b);
    size_t slash = a_length && b_length && a[a_length - 1] != '/';
    char *joined = kith_arena_alloc(&walk->names, a_length + slash + b_length + 1);

    *out = joined;
    if (!joined)
        return kith_fail_memory(err, "a path");
    memcpy(joined, a, a_length);
    memcpy(joined + a_length, "/", slash);
    memcpy(joined + a_length + slash, b, b_length + 1);
    return KITH_OK;
}

/** The place of `child` below `at`, in the bundle `at` is or lies in. */
static kith_code below(kith_walk *walk, const place *at, const char *child, place *out, kith_err *err)
{
    kith_code rc = join(walk, at->name, child, &out->name, err);

    out->bundle = at->bundle;
    return rc == KITH_OK ? join(walk, at->path, child, &out->path, err) : rc;
}

/** Makes a folder's or archive's own bundle the one that what lies in it belongs to. */
static kith_code enter(kith_walk *walk, place *at, kith_err *err)
{
    return kith_bundles_at(&walk->bundles, at->path, at->name, at->bundle, &at->bundle, err);
}

/** Tells that `count` things at a place were passed over. */
static void tell_left_out(const kith_walk *walk, const place *at, uint64_t count, const char *first,
                          const char *what)
{
    char text[512];

    if (!walk->notice || count == 0)
        return;
    (void)snprintf(text, sizeof text, "%.200s: left out %s, %llu in all, the first is %.*s",
                   *at->name ? at->name : at->path, what, (unsigned long long)count,
                   (int)kith_text_fit(first, 120), first);
    walk->notice(walk->notice_ctx, text);
}

static kith_code visit_stream(kith_walk *walk, const place *at, kith_stream *stream, uint32_t depth,
                              kith_err *err);

static kith_code visit_unpacked(kith_walk *walk, const place *at, kith_stream_fill *fill, void *ctx,
                                uint32_t depth, kith_err *err)
{
    kith_stream stream = {0};
    kith_code rc = kith_stream_open(&stream, fill, ctx, err);

    if (rc == KITH_OK)
        rc = visit_stream(walk, at, &stream, depth + 1, err);
    kith_stream_close(&stream);
    return rc;
}

static kith_code visit_gzip(kith_walk *walk, const place *at, kith_stream *packed, uint32_t depth,
                            kith_err *err)
{
    kith_gunzip *gunzip = NULL;
    kith_code rc = kith_gunzip_open(packed, (kith_unpack_meter){.budget = &walk->budget, .path = at->path},
                                    &gunzip, err);

    if (rc == KITH_OK)
        rc = visit_unpacked(walk, at, kith_gunzip_fill, gunzip, depth, err);
    kith_gunzip_close(gunzip);
    return rc;
}

static bool is_hidden(const char *name)
{
    for (; name; name = strchr(name, '/')) {
        name += *name == '/';
        if (*name == '.' || strncmp(name, "__MACOSX/", 9) == 0)
            return true;
    }
    return false;
}

/** The place of a file in an archive, in the bundle of the folder it has there. */
static kith_code place_in_archive(kith_walk *walk, const place *archive, const char *name, place *out,
                                  kith_err *err)
{
    place folder = *archive;
    kith_code rc = KITH_OK;
    char *rest = kith_arena_copy(&walk->names, name, strlen(name));

    if (!rest)
        return kith_fail_memory(err, "a path");
    for (char *slash; rc == KITH_OK && (slash = strchr(rest, '/')); rest = slash + 1) {
        *slash = '\0';
        if ((rc = below(walk, &folder, rest, out, err)) == KITH_OK) {
            rc = enter(walk, out, err);
            folder = *out;
        }
    }
    return rc == KITH_OK ? below(walk, &folder, rest, out, err) : rc;
}

static kith_code visit_archive(kith_walk *walk, const place *at, kith_stream *packed, kith_packing packing,
                               uint32_t depth, kith_err *err)
{
    kith_archive *archive = NULL;
    place inside = *at;
    const char *name = NULL;
    const char *first = "";
    kith_code rc = kith_archive_open(
        packed, packing, (kith_unpack_meter){.budget = &walk->budget, .path = at->path}, &archive, err);

    if (rc == KITH_OK && packing == KITH_ARCHIVE)
        rc = enter(walk, &inside, err);
    while (rc == KITH_OK && (rc = kith_archive_next(archive, &name, err)) == KITH_OK && name) {
        place entry = inside;
        if (packing == KITH_ARCHIVE) {
            if (is_hidden(name))
                continue;
            rc = place_in_archive(walk, &inside, name, &entry, err);
        }
        if (rc == KITH_OK)
            rc = visit_unpacked(walk, &entry, kith_archive_fill, archive, depth, err);
    }
    uint64_t left_out = rc == KITH_OK ? kith_archive_left_out(archive, &first) : 0;
    tell_left_out(walk, at, left_out, first, "links, and files whose path leads out of the archive");
    kith_archive_close(archive);
    return rc;
}

static kith_code visit_stream(kith_walk *walk, const place *at, kith_stream *stream, uint32_t depth,
                              kith_err *err)
{
    const char *head;
    size_t length;
    kith_code rc = kith_stream_peek(stream, KITH_PACKING_HEAD, &head, &length, err);

    if (rc != KITH_OK)
        return rc;
    kith_packing packing = kith_packing_of(head, length);
    if (packing != KITH_PLAIN && depth >= walk->limits.depth)
        return kith_fail_at(err, KITH_EDATA, at->path, 0,
                            "holds packed files within packed files, over %u deep; --max-depth allows more",
                            walk->limits.depth);
    if (packing == KITH_GZIP)
        return visit_gzip(walk, at, stream, depth, err);
    if (packing != KITH_PLAIN)
        return visit_archive(walk, at, stream, packing, depth, err);
    kith_entry entry = {.name = at->name,
                        .path = at->path,
                        .bundle = at->bundle,
                        .stream = stream,
                        .origin = walk->origin,
                        .nth = walk->origin->entries++};
    return walk->visit(walk->ctx, &entry, err);
}

static kith_code visit_fd(kith_walk *walk, const place *at, int fd, kith_err *err)
{
    disk_file file = {.fd = fd, .path = at->path, .walk = walk, .before_bytes = walk->done_bytes};
    kith_stream stream = {0};
    kith_origin origin = {.fd = fd};
    kith_code rc = kith_stream_open(&stream, fill_from_disk, &file, err);

    walk->origin = &origin;
    stream.seek = seek_on_disk;
    if (rc == KITH_OK)
        rc = visit_stream(walk, at, &stream, 0, err);
    if (origin.recalled)
        walk->done_bytes = file.before_bytes + (uint64_t)origin.before.st_size;
    kith_stream_close(&stream);
    return rc;
}

/** A file or folder that does not open: there is no such input, or none that we may read. */
static kith_code fail_open(const char *path, int error_number, kith_err *err)
{
    const bool no_input = error_number == ENOENT || error_number == EACCES;

    return kith_fail_system(err, no_input ? KITH_ENOINPUT : KITH_EIO, "open", path, error_number);
}

static kith_code visit_file(kith_walk *walk, const place *at, uint64_t size, kith_err *err)
{
    int fd = open(at->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return fail_open(at->path, errno, err);
    walk->seen_bytes += size;
    kith_code rc = visit_fd(walk, at, fd, err);
    (void)close(fd);
    return rc;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/** The names in a folder, sorted, without hidden ones; owned by the walk but for the array itself. */
static kith_code list_folder(kith_walk *walk, const char *path, char ***names, size_t *n, kith_err *err)
{
    size_t capacity = 0;
    kith_code rc = KITH_OK;
    struct dirent *item;
    DIR *folder = opendir(path);

    *names = NULL;
    *n = 0;
    if (!folder)
        return fail_open(path, errno, err);
    while (rc == KITH_OK && (errno = 0, item = readdir(folder))) {
        if (is_hidden(item->d_name))
            continue;
        char *name = kith_arena_copy(&walk->names, item->d_name, strlen(item->d_name));
        if (!name || !kith_grow((void **)names, &capacity, *n + 1, sizeof **names))
            rc = kith_fail_memory(err, "the list of a folder");
        else
            (*names)[(*n)++] = name;
    }
    if (rc == KITH_OK && errno)
        rc = kith_fail_system(err, KITH_EIO, "read", path, errno);
    (void)closedir(folder);
    if (*n)
        qsort(*names, *n, sizeof **names, by_text);
    return rc;
}

static kith_code visit_folder(kith_walk *walk, const place *at, uint32_t depth, kith_err *err)
{
    char **names = NULL;
    size_t n = 0;
    place inside = *at;
    uint64_t links = 0;
    const char *first_link = "";
    kith_code rc = KITH_OK;

    if (depth >= DEEPEST_FOLDER)
        return kith_fail_at(err, KITH_EDATA, at->path, 0, "folders within folders, over %d deep",
                            DEEPEST_FOLDER);
    rc = list_folder(walk, at->path, &names, &n, err);
    for (size_t i = 0; i < n && rc == KITH_OK; i++) {
        struct stat status;
        place child;
        if ((rc = below(walk, &inside, names[i], &child, err)) != KITH_OK)
            break;
        if (lstat(child.path, &status) != 0) {
            rc = kith_fail_system(err, KITH_EIO, "read", child.path, errno);
        } else if (S_ISDIR(status.st_mode)) {
            if ((rc = enter(walk, &child, err)) == KITH_OK)
                rc = visit_folder(walk, &child, depth + 1, err);
        } else if (S_ISREG(status.st_mode)) {
            rc = visit_file(walk, &child, (uint64_t)status.st_size, err);
        } else if (S_ISLNK(status.st_mode) && links++ == 0) {
            first_link = names[i];
        }
    }
    tell_left_out(walk, at, links, first_link, "symbolic links");
    kith_free(names);
    return rc;
}

/** Copies what comes from `fd`, which cannot be read twice, to an unlinked file that can. */
static kith_code spool(kith_walk *walk, int fd, const char *path, int *copy, kith_err *err)
{
    disk_file file = {.fd = fd, .path = path, .walk = walk};
    kith_stream stream = {0};
    const char *bytes;
    size_t length = 0;
    FILE *temporary = tmpfile();

    if (!temporary)
        return kith_fail_system(err, KITH_EIO, "make", "a temporary file", errno);
    kith_code rc = kith_stream_open(&stream, fill_from_disk, &file, err);
    while (rc == KITH_OK && (rc = kith_stream_next(&stream, &bytes, &length, err)) == KITH_OK && length)
        if (fwrite(bytes, 1, length, temporary) != length)
            rc = kith_fail_system(err, KITH_EIO, "write", "a temporary file", errno);
    if (rc == KITH_OK && fflush(temporary) != 0)
        rc = kith_fail_system(err, KITH_EIO, "write", "a temporary file", errno);
    if (rc == KITH_OK && (*copy = fcntl(fileno(temporary), F_DUPFD_CLOEXEC, 0)) < 0)
        rc = kith_fail_system(err, KITH_EIO, "keep", "a temporary file", errno);
    kith_stream_close(&stream);
    (void)fclose(temporary);
    return rc;
}

static kith_code visit_stdin(kith_walk *walk, kith_err *err)
{
    place at = {.name = "-", .path = "-"};
    kith_code rc = KITH_OK;

    if (!walk->has_stdin) {
        if ((rc = spool(walk, STDIN_FILENO, "standard input", &walk->stdin_copy, err)) != KITH_OK)
            return rc;
        walk->has_stdin = true;
    }
    if (lseek(walk->stdin_copy, 0, SEEK_SET) < 0)
        return kith_fail_system(err, KITH_EIO, "read", "a temporary file", errno);
    rc = kith_bundles_at(&walk->bundles, "-", "", NULL, &at.bundle, err);
    return rc == KITH_OK ? visit_fd(walk, &at, walk->stdin_copy, err) : rc;
}

/** Splits `path`, which does not end in a slash, before its last part. */
static const char *last_part(const char *path, size_t *folder_length)
{
    const char *slash = strrchr(path, '/');

    *folder_length = slash ? (size_t)(slash - path) : 0;
    return slash && slash[1] ? slash + 1 : path;
}

static const char *shown_name(const char *part)
{
    return strcmp(part, ".") == 0 || strcmp(part, "..") == 0 || strcmp(part, "/") == 0 ? "" : part;
}

/** A file given by itself lies in its folder's bundle, which it may share with other inputs. */
static kith_code visit_lone_file(kith_walk *walk, const char *path, const struct stat *status, kith_err *err)
{
    size_t folder_length;
    const char *name = last_part(path, &folder_length);
    place at = {.name = name, .path = path};
    char *folder =
        kith_arena_copy(&walk->names, folder_length ? path : ".", folder_length ? folder_length : 1);

    if (!folder)
        return kith_fail_memory(err, "a path");
    kith_code rc = kith_bundles_at(&walk->bundles, folder, shown_name(last_part(folder, &folder_length)),
                                   NULL, &at.bundle, err);
    if (rc != KITH_OK)
        return rc;
    if (S_ISREG(status->st_mode))
        return visit_file(walk, &at, (uint64_t)status->st_size, err);
    return kith_fail_at(err, KITH_ENOINPUT, path, 0,
                        "is neither a file nor a folder; a pipe is read as standard input: -");
}

static kith_code visit_input(kith_walk *walk, const char *input, kith_err *err)
{
    struct stat status;
    size_t length = strlen(input);

    if (strcmp(input, "-") == 0)
        return visit_stdin(walk, err);
    while (length > 1 && input[length - 1] == '/')
        length--;
    char *path = kith_arena_copy(&walk->names, input, length);
    if (!path)
        return kith_fail_memory(err, "a path");
    if (stat(path, &status) != 0)
        return kith_fail_system(err, errno == ENOENT || errno == ENOTDIR ? KITH_ENOINPUT : KITH_EIO, "open",
                                path, errno);
    if (!S_ISDIR(status.st_mode))
        return visit_lone_file(walk, path, &status, err);

    place at = {.name = "", .path = path};
    kith_code rc =
        kith_bundles_at(&walk->bundles, path, shown_name(last_part(path, &length)), NULL, &at.bundle, err);
    return rc == KITH_OK ? visit_folder(walk, &at, 0, err) : rc;
}

kith_code kith_walk_all(kith_walk *walk, kith_entry_visit *visit, void *ctx, kith_err *err)
{
    kith_code rc = KITH_OK;

    walk->visit = visit;
    walk->ctx = ctx;
    walk->seen_bytes = 0;
    for (uint32_t i = 0; i < walk->n_inputs && rc == KITH_OK; i++) {
        walk->budget = (kith_unpack_budget){.limits = &walk->limits};
        rc = visit_input(walk, walk->inputs[i], err);
        walk->failed = rc ? walk->inputs[i] : NULL;
        kith_arena_free(&walk->names);
    }
    return rc;
}

void kith_walk_free(kith_walk *walk)
{
    if (walk->has_stdin)
        (void)close(walk->stdin_copy);
    kith_bundles_free(&walk->bundles);
    kith_arena_free(&walk->names);
}

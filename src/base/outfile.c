#include "base/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/gz.h"
#include "base/mem.h"
#include "base/tempname.h"

#define BUFFER_BYTES ((size_t)64 << 10)

struct kith_outfile {
    char *path;
    kith_tempname *temp; /**< NULL where bytes go straight to the target: stdout, a device, a pipe */
    int fd;              /**< -1 once closed */
    int error_number;    /**< errno of the first failure; 0 while all is well */
    kith_gz *gz;         /**< NULL for plain output */
    uint64_t written_bytes;
    size_t filled_bytes;
    char buffer[BUFFER_BYTES];
};

static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash - path) + 1 : 0;
}

static bool is_stdout(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool ends_in_gz(const char *path)
{
    size_t length = strlen(path);

    return length > 3 && strcmp(path + length - 3, ".gz") == 0;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t taken = write(fd, bytes, length);
        if (taken < 0 && errno == EINTR)
            continue;
        if (taken < 0)
            return false;
        bytes += taken;
        length -= (size_t)taken;
    }
    return true;
}

static bool write_through(kith_outfile *file, const void *bytes, size_t length)
{
    if (file->error_number == 0 && !write_all(file->fd, bytes, length))
        file->error_number = errno;
    return file->error_number == 0;
}

static bool flush(kith_outfile *file)
{
    bool written = write_through(file, file->buffer, file->filled_bytes);

    file->filled_bytes = 0;
    return written;
}

/** Takes bytes as they shall stand in the file; a kith_gz_out. */
static bool put_raw(void *ctx, const void *bytes, size_t length)
{
    kith_outfile *file = ctx;
    const char *at = bytes;

    if (length >= BUFFER_BYTES) /* large pieces need no copy */
        return flush(file) && write_through(file, bytes, length);
    while (length > 0) {
        size_t room = BUFFER_BYTES - file->filled_bytes;
        size_t piece = length < room ? length : room;
        memcpy(file->buffer + file->filled_bytes, at, piece);
        file->filled_bytes += piece;
        at += piece;
        length -= piece;
        if (file->filled_bytes == BUFFER_BYTES && !flush(file))
            return false;
    }
    return file->error_number == 0;
}

static int open_target(kith_outfile *file)
{
    struct stat info;

    if (is_stdout(file->path))
        return STDOUT_FILENO;
    bool exists = stat(file->path, &info) == 0;
    if (exists && S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    if (exists && !S_ISREG(info.st_mode)) /* a device or a pipe is written to, not replaced */
        return open(file->path, O_WRONLY | O_CLOEXEC);
    return kith_tempname_file(file->path, &file->temp);
}

kith_code kith_outfile_open(const char *path, kith_outfile **out, kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_outfile *file = kith_calloc(1, sizeof *file);

    *out = NULL;
    if (!file || !(file->path = kith_strdup(path))) {
        kith_free(file);
        return kith_fail_memory(err, "an output file");
    }
    if ((file->fd = open_target(file)) < 0)
        rc = kith_fail_system(err, KITH_ECREATE, "create", path, errno);
    else if (ends_in_gz(path))
        rc = kith_gz_open(put_raw, file, &file->gz, err);
    if (rc != KITH_OK) {
        kith_outfile_abandon(file);
        return rc;
    }
    *out = file;
    return KITH_OK;
}

/** Keeps a failure to compress; one to write is kept already, where it happened. */
static void note(kith_outfile *file, kith_code compressed)
{
    if (compressed && file->error_number == 0)
        file->error_number = compressed == KITH_ENOMEM ? ENOMEM : EIO;
}

void kith_outfile_write(kith_outfile *file, const void *bytes, size_t length)
{
    file->written_bytes += length;
    if (file->error_number)
        return;
    if (file->gz)
        note(file, kith_gz_write(file->gz, bytes, length));
    else
        (void)put_raw(file, bytes, length);
}

void kith_outfile_text(kith_outfile *file, const char *text)
{
    kith_outfile_write(file, text, strlen(text));
}

void kith_outfile_printf(kith_outfile *file, const char *format, ...)
{
    char line[512];
    char *longer = NULL;
    va_list args;

    va_start(args, format);
    int length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (length >= 0 && (size_t)length < sizeof line) {
        kith_outfile_write(file, line, (size_t)length);
        return;
    }
    if (length >= 0 && (longer = kith_malloc((size_t)length + 1))) {
        va_start(args, format);
        (void)vsnprintf(longer, (size_t)length + 1, format, args);
        va_end(args);
        kith_outfile_write(file, longer, (size_t)length);
    } else if (file->error_number == 0) {
        file->error_number = ENOMEM;
    }
    kith_free(longer);
}

uint64_t kith_outfile_written(const kith_outfile *file)
{
    return file->written_bytes;
}

bool kith_outfile_failed(const kith_outfile *file)
{
    return file->error_number != 0;
}

bool kith_sync_folder_of(const char *path)
{
    char folder[PATH_MAX];
    size_t length = folder_length(path);

    /* Some file systems know no sync of folders: EINVAL is no failure. */
    (void)snprintf(folder, sizeof folder, "%.*s", length ? (int)length : 1, length ? path : ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool synced = fsync(fd) == 0 || errno == EINVAL;
    int reason = errno;
    (void)close(fd);
    errno = reason;
    return synced;
}

static bool close_target(kith_outfile *file)
{
    int fd = file->fd;

    file->fd = -1;
    return fd == STDOUT_FILENO || close(fd) == 0;
}

static bool publish(kith_outfile *file)
{
    if (!file->temp)
        return close_target(file);
    if (fsync(file->fd) != 0 || !close_target(file) ||
        rename(kith_tempname_path(file->temp), file->path) != 0)
        return false;
    kith_tempname_release(file->temp);
    file->temp = NULL;
    return kith_sync_folder_of(file->path);
}

kith_code kith_outfile_commit(kith_outfile *file, kith_err *err)
{
    kith_code rc = KITH_OK;

    if (file->gz && file->error_number == 0)
        note(file, kith_gz_finish(file->gz));
    if (flush(file) && !publish(file))
        file->error_number = errno;
    if (file->error_number)
        rc = kith_fail_system(err, file->error_number == ENOMEM ? KITH_ENOMEM : KITH_EIO, "write",
                              is_stdout(file->path) ? "to stdout" : file->path, file->error_number);
    kith_outfile_abandon(file);
    return rc;
}

void kith_outfile_abandon(kith_outfile *file)
{
    if (!file)
        return;
    kith_gz_close(file->gz);
    if (file->fd >= 0)
        (void)close_target(file);
    if (file->temp)
        kith_tempname_remove(file->temp);
    kith_free(file->path);
    kith_free(file);
}

kith_code kith_make_folder(const char *path, kith_err *err)
{
    struct stat info;

    if (mkdir(path, S_IRWXU) == 0)
        return KITH_OK;
    int reason = errno;
    if (reason == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return KITH_OK;
    return kith_fail_system(err, KITH_ECREATE, "make the folder", path, reason);
}

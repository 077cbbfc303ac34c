#include "run/nightly_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/dynbuf.h"

/** Room for "process 4194304, since 2026-03-01 02:00:03". */
#define HOLDER_SIZE 64

/** Tells who holds the lock, in the words they left in the file. */
static kith_code tell_busy(int fd, const char *path, kith_err *err)
{
    char holder[HOLDER_SIZE] = "";
    ssize_t length = pread(fd, holder, sizeof holder - 1, 0);

    holder[length > 0 ? (size_t)length : 0] = '\0';
    holder[strcspn(holder, "\n")] = '\0';
    return kith_fail_at(err, KITH_EBUSY, path, 0, "another run holds the lock: %s",
                        *holder ? holder : "a process that has just begun");
}

static bool write_holder(int fd)
{
    char holder[HOLDER_SIZE];
    time_t now = time(NULL);
    struct tm day;

    size_t length = (size_t)snprintf(holder, sizeof holder, "process %ld, since ", (long)getpid());
    if (localtime_r(&now, &day))
        length += strftime(holder + length, sizeof holder - length, "%Y-%m-%d %H:%M:%S\n", &day);
    if (ftruncate(fd, 0) != 0)
        return false;
    ssize_t written = write(fd, holder, length);
    if (written >= 0 && (size_t)written < length)
        errno = ENOSPC;
    return written == (ssize_t)length;
}

static kith_code take(int fd, const char *path, kith_err *err)
{
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? tell_busy(fd, path, err)
                                    : kith_fail_system(err, KITH_EIO, "lock", path, errno);
    return write_holder(fd) ? KITH_OK : kith_fail_system(err, KITH_EIO, "write", path, errno);
}

kith_code kith_nightly_lock(const char *output, int *fd, kith_err *err)
{
    kith_dynbuf path = {0};

    *fd = -1;
    kith_code rc = kith_dynbuf_path(&path, output, ".lock", err);
    if (!rc && (*fd = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)) < 0)
        rc = kith_fail_system(err, KITH_ECREATE, "create", path.data, errno);
    if (!rc && (rc = take(*fd, path.data, err))) {
        (void)close(*fd);
        *fd = -1;
    }
    kith_dynbuf_free(&path);
    return rc;
}

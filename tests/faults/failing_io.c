/* Preloaded into kith: a disk that fills up, inputs that cannot be read, and a file that is cut short right
 * after it was mapped.
 *
 * KITH_TEST_FAIL=CALL:N  the N-th CALL and every one after it fail: `write` to a regular file takes half of
 *                        what it is given and then no more (ENOSPC), `fsync` (EIO), `rename` and `create`
 *                        (ENOSPC; a file or a folder)
 *                        (`read` of a regular file: EIO)
 * KITH_TEST_BITS=N       a `read` of a regular file gives N bytes at most
 * KITH_TEST_DENY=PATH    what ends in PATH may not be opened (EACCES)
 * KITH_TEST_GONE=PATH    what ends in PATH is no longer there when it is opened (ENOENT)
 * KITH_TEST_CUT=PATH:N   PATH has N bytes left once it is mapped
 *
 * What is not failed is the plain system call.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum call { WRITE, FSYNC, RENAME, CREATE, READ, CALLS };

static const char *const call_names[CALLS] = {"write", "fsync", "rename", "create", "read"};

/** Counts one `call`. @return whether it fails. */
static bool fails(enum call call)
{
    static atomic_ulong met[CALLS];
    const char *asked = getenv("KITH_TEST_FAIL");
    size_t length = strlen(call_names[call]);

    if (!asked || strncmp(asked, call_names[call], length) != 0 || asked[length] != ':')
        return false;
    return atomic_fetch_add(&met[call], 1) + 1 >= strtoul(asked + length + 1, NULL, 10);
}

static bool is_regular(int fd)
{
    struct stat info;

    return fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
}

static int refuse(int reason)
{
    errno = reason;
    return -1;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    static atomic_bool full;

    if (is_regular(fd) && fails(WRITE)) {
        if (atomic_exchange(&full, true) || length < 2)
            return refuse(ENOSPC);
        length /= 2;
    }
    return syscall(SYS_write, fd, bytes, length);
}

ssize_t read(int fd, void *bytes, size_t room)
{
    const char *bits = getenv("KITH_TEST_BITS");

    if (is_regular(fd)) {
        if (fails(READ))
            return refuse(EIO);
        if (bits && room > strtoul(bits, NULL, 10))
            room = strtoul(bits, NULL, 10);
    }
    return syscall(SYS_read, fd, bytes, room);
}

/** Whether `path` ends in what the environment calls `name`. */
static bool is_named(const char *path, const char *name)
{
    const char *asked = getenv(name);
    size_t length = asked ? strlen(asked) : 0;

    return length > 0 && strlen(path) >= length && strcmp(path + strlen(path) - length, asked) == 0;
}

int open(const char *path, int flags, ...)
{
    va_list rest;

    va_start(rest, flags);
    const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if (is_named(path, "KITH_TEST_DENY"))
        return refuse(EACCES);
    if (is_named(path, "KITH_TEST_GONE"))
        return refuse(ENOENT);
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list rest;

    va_start(rest, flags);
    const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open(path, flags, mode);
}

int fsync(int fd)
{
    return fails(FSYNC) ? refuse(EIO) : (int)syscall(SYS_fsync, fd);
}

int rename(const char *from, const char *to)
{
    return fails(RENAME) ? refuse(ENOSPC) : (int)syscall(SYS_rename, from, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    return fails(RENAME) ? refuse(ENOSPC)
                         : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int mkdir(const char *path, mode_t mode)
{
    return fails(CREATE) ? refuse(ENOSPC) : (int)syscall(SYS_mkdir, path, mode);
}

/** Puts six letters nobody else has in the place of the template's last six. */
static void pick_name(char *template)
{
    unsigned char random[6];
    size_t end = strlen(template);

    if (getrandom(random, sizeof random, 0) < 0)
        abort();
    for (size_t i = 0; i < sizeof random; i++)
        template[end - sizeof random + i] = (char)('a' + random[i] % 26);
}

int mkostemp(char *template, int flags)
{
    if (fails(CREATE))
        return refuse(ENOSPC);
    pick_name(template);
    return (int)syscall(SYS_openat, AT_FDCWD, template, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
}

/* The names under which programs with 64-bit file sizes ask. */
int mkostemp64(char *template, int flags)
{
    return mkostemp(template, flags);
}

char *mkdtemp(char *template)
{
    if (fails(CREATE)) {
        errno = ENOSPC;
        return NULL;
    }
    pick_name(template);
    return syscall(SYS_mkdir, template, 0700) == 0 ? template : NULL;
}

/** Cuts the file that `fd` shows, where it is the one that was asked for. */
static void cut(int fd)
{
    char path[4096] = "";
    struct stat mapped, asked;
    const char *wish = getenv("KITH_TEST_CUT");
    const char *colon = wish ? strrchr(wish, ':') : NULL;

    if (fd < 0 || !colon || (size_t)(colon - wish) >= sizeof path)
        return;
    memcpy(path, wish, (size_t)(colon - wish));
    if (fstat(fd, &mapped) == 0 && stat(path, &asked) == 0 && mapped.st_ino == asked.st_ino &&
        mapped.st_dev == asked.st_dev && truncate(path, strtol(colon + 1, NULL, 10)) != 0)
        abort();
}

void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset)
{
    long mapped = syscall(SYS_mmap, at, length, protection, flags, fd, offset);

    cut(fd);
    return (void *)mapped;
}

void *mmap64(void *at, size_t length, int protection, int flags, int fd, off64_t offset)
{
    return mmap(at, length, protection, flags, fd, offset);
}

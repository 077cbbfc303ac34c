#include "base/tempname.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <kith/process.h>

#include "base/tree.h"

#define NAMES_AT_ONCE 64

/** Longest part of the target's name that is repeated: leaves room below NAME_MAX. */
#define NAME_SHOWN_BYTES 200

struct kith_tempname {
    atomic_bool taken;
    atomic_bool exists; /**< `path` is whole and may be removed */
    char path[PATH_MAX];
};

static kith_tempname names[NAMES_AT_ONCE];

static kith_tempname *take(void)
{
    for (size_t i = 0; i < NAMES_AT_ONCE; i++)
        if (!atomic_exchange(&names[i].taken, true))
            return &names[i];
    errno = EMFILE;
    return NULL;
}

void kith_tempname_release(kith_tempname *temp)
{
    atomic_store(&temp->exists, false);
    atomic_store(&temp->taken, false);
}

/** A template for mkostemp and mkdtemp, beside the first `length` bytes of `path`; NULL with errno set. */
static kith_tempname *take_beside(const char *path, size_t length)
{
    const char *slash = memrchr(path, '/', length);
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    size_t shown = length - folder < NAME_SHOWN_BYTES ? length - folder : NAME_SHOWN_BYTES;
    kith_tempname *temp = NULL;

    if (length >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    if (!(temp = take()))
        return NULL;
    int written = snprintf(temp->path, sizeof temp->path, "%.*s.%.*s.XXXXXX", (int)folder, path, (int)shown,
                           path + folder);
    if (written < 0 || (size_t)written >= sizeof temp->path) {
        kith_tempname_release(temp);
        errno = ENAMETOOLONG;
        return NULL;
    }
    /* Shown before it is made: a signal in between removes at worst what is not there. */
    atomic_store(&temp->exists, true);
    return temp;
}

int kith_tempname_file(const char *path, kith_tempname **out)
{
    kith_tempname *temp = take_beside(path, strlen(path));

    *out = NULL;
    if (!temp)
        return -1;
    int fd = mkostemp(temp->path, O_CLOEXEC);
    int reason = errno;
    if (fd < 0) {
        kith_tempname_release(temp);
    } else if (fchmod(fd, S_IRUSR | S_IWUSR) != 0) {
        reason = errno;
        (void)close(fd);
        kith_tempname_remove(temp);
        fd = -1;
    } else {
        *out = temp;
    }
    errno = reason;
    return fd;
}

bool kith_tempname_folder(const char *path, kith_tempname **out)
{
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        length--;
    *out = take_beside(path, length);
    if (*out && !mkdtemp((*out)->path)) {
        int reason = errno;
        kith_tempname_release(*out);
        *out = NULL;
        errno = reason;
    }
    return *out != NULL;
}

const char *kith_tempname_path(const kith_tempname *temp)
{
    return temp->path;
}

void kith_tempname_remove(kith_tempname *temp)
{
    (void)kith_tree_remove(temp->path);
    kith_tempname_release(temp);
}

void kith_abandon_outputs(void)
{
    for (size_t i = 0; i < NAMES_AT_ONCE; i++)
        if (atomic_load(&names[i].exists))
            (void)kith_tree_remove(names[i].path);
}

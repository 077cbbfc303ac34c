#include "base/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Folders within folders that are emptied. */
#define DEEPEST 16

static bool remove_at(int folder, const char *name, int depth);

/** No opendir, which allocates. */
static bool empty(int fd, int depth)
{
    _Alignas(struct dirent64) char entries[2048];
    bool emptied = true;
    ssize_t length;

    while ((length = getdents64(fd, entries, sizeof entries)) > 0)
        for (ssize_t at = 0; at < length;) {
            const struct dirent64 *entry = (const void *)(entries + at);

            if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
                emptied = remove_at(fd, entry->d_name, depth) && emptied;
            at += entry->d_reclen;
        }
    return emptied && length == 0;
}

static bool remove_at(int folder, const char *name, int depth)
{
    if (unlinkat(folder, name, 0) == 0)
        return true;
    if (errno != EISDIR || depth == DEEPEST)
        return false;
    int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return false;
    (void)empty(fd, depth + 1);
    (void)close(fd);
    return unlinkat(folder, name, AT_REMOVEDIR) == 0;
}

bool kith_tree_remove(const char *path)
{
    return remove_at(AT_FDCWD, path, 0);
}

bool kith_path_is_within(const char *path, const char *folder)
{
    char *inner = realpath(path, NULL), *outer = realpath(folder, NULL);
    size_t length = outer ? strlen(outer) : 0;

    bool within = inner && outer && !strncmp(inner, outer, length) &&
                  (inner[length] == '/' || !inner[length] || outer[length - 1] == '/');
    free(inner);
    free(outer);
    return within;
}

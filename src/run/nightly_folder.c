#include "run/nightly_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dynbuf.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/tree.h"

static const char link_name[] = "latest";

enum { DATE_LENGTH = sizeof "2026-03-01" - 1 };

/** Whether the first bytes of a name are a date as nights are called. */
static bool begins_with_date(const char *name)
{
    static const char form[] = "dddd-dd-dd";

    for (size_t i = 0; form[i]; i++)
        if (form[i] == 'd' ? name[i] < '0' || name[i] > '9' : name[i] != form[i])
            return false;
    return true;
}

static bool is_date(const char *name)
{
    return begins_with_date(name) && strlen(name) == DATE_LENGTH;
}

static bool is_whole_night(const char *path)
{
    struct stat facts;
    kith_dynbuf summary = {0};

    bool whole = lstat(path, &facts) == 0 && S_ISDIR(facts.st_mode) &&
                 !kith_dynbuf_path(&summary, path, KITH_NIGHT_SUMMARY, NULL) &&
                 stat(summary.data, &facts) == 0 && S_ISREG(facts.st_mode);
    kith_dynbuf_free(&summary);
    return whole;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

kith_code kith_nights_list(const char *output, kith_nights *nights, kith_err *err)
{
    DIR *folder = opendir(output);
    kith_dynbuf path = {0};
    kith_code rc = folder ? KITH_OK : kith_fail_system(err, KITH_EIO, "open", output, errno);
    struct dirent *entry;

    while (!rc && (entry = readdir(folder))) {
        if (!is_date(entry->d_name))
            continue;
        rc = kith_dynbuf_path(&path, output, entry->d_name, err);
        if (rc || !is_whole_night(path.data))
            continue;
        if (!kith_grow((void **)&nights->dates, &nights->capacity, (size_t)nights->count + 1,
                       sizeof *nights->dates))
            rc = kith_fail_memory(err, "the list of nights");
        else
            memcpy(nights->dates[nights->count++], entry->d_name, strlen(entry->d_name) + 1);
    }
    if (folder)
        (void)closedir(folder);
    if (nights->count)
        qsort(nights->dates, nights->count, sizeof *nights->dates, by_name);
    kith_dynbuf_free(&path);
    return rc;
}

/** Whether the name is one that unfinished nights and links have: .2026-03-01.XXXXXX, .latest.XXXXXX. */
static bool is_unfinished(const char *name)
{
    size_t length = strlen(name), tail = sizeof ".XXXXXX" - 1;
    size_t stem = length > tail ? length - tail : 0;

    if (*name != '.' || stem == 0 || name[stem] != '.')
        return false;
    return (stem == DATE_LENGTH + 1 && begins_with_date(name + 1)) ||
           (stem == sizeof link_name && !strncmp(name + 1, link_name, sizeof link_name - 1));
}

kith_code kith_nights_tidy(const char *output, uint32_t *removed, kith_err *err)
{
    DIR *folder = opendir(output);
    kith_dynbuf path = {0};
    kith_code rc = folder ? KITH_OK : kith_fail_system(err, KITH_EIO, "open", output, errno);
    struct dirent *entry;

    *removed = 0;
    while (!rc && (entry = readdir(folder))) {
        if (!is_unfinished(entry->d_name))
            continue;
        rc = kith_dynbuf_path(&path, output, entry->d_name, err);
        if (!rc && !kith_tree_remove(path.data))
            rc = kith_fail_system(err, KITH_EIO, "remove", path.data, errno);
        *removed += !rc;
    }
    if (folder)
        (void)closedir(folder);
    kith_dynbuf_free(&path);
    return rc;
}

kith_code kith_nights_may_publish(const char *output, const char *date, kith_err *err)
{
    struct stat facts;
    kith_dynbuf path = {0};

    kith_code rc = kith_dynbuf_path(&path, output, date, err);
    if (!rc && lstat(path.data, &facts) == 0 && !is_whole_night(path.data))
        rc = kith_fail_at(err, KITH_ECREATE, path.data, 0,
                          "is no night that kith has published; move it elsewhere");
    if (!rc)
        rc = kith_dynbuf_path(&path, output, link_name, err);
    if (!rc && lstat(path.data, &facts) == 0 && !S_ISLNK(facts.st_mode))
        rc = kith_fail_at(err, KITH_ECREATE, path.data, 0, "is no link; move it elsewhere");
    kith_dynbuf_free(&path);
    return rc;
}

/** Renames a new link over the old one, so that there is one at any moment. */
static kith_code point_to(const char *output, const char *date, kith_err *err)
{
    kith_dynbuf path = {0};
    kith_tempname *made = NULL;

    kith_code rc = kith_dynbuf_path(&path, output, link_name, err);
    if (rc)
        goto done;
    int fd = kith_tempname_file(path.data, &made);
    if (fd >= 0)
        (void)close(fd);
    if (fd < 0 || unlink(kith_tempname_path(made)) || symlink(date, kith_tempname_path(made)) ||
        rename(kith_tempname_path(made), path.data) || !kith_sync_folder_of(path.data))
        rc = kith_fail_system(err, KITH_EIO, "write", path.data, errno);
    if (made)
        kith_tempname_remove(made);
done:
    kith_dynbuf_free(&path);
    return rc;
}

/** Nobody else changes the folder, so what was there is there. */
static bool put_in_place(const char *made, const char *path)
{
    struct stat facts;

    return lstat(path, &facts) == 0 ? renameat2(AT_FDCWD, made, AT_FDCWD, path, RENAME_EXCHANGE) == 0
                                    : rename(made, path) == 0;
}

kith_code kith_nights_publish(const char *output, const char *date, kith_tempname *made, kith_err *err)
{
    kith_dynbuf path = {0};

    kith_code rc = kith_dynbuf_path(&path, output, date, err);
    if (!rc && (!put_in_place(kith_tempname_path(made), path.data) || !kith_sync_folder_of(path.data)))
        rc = kith_fail_system(err, KITH_EIO, "publish", path.data, errno);
    if (!rc)
        rc = point_to(output, date, err);
    kith_tempname_remove(made); /* nothing, or the night that had the name, or the one that did not get it */
    kith_dynbuf_free(&path);
    return rc;
}

/** Takes its name from a night before anything in it goes, so that no part of one is ever seen. */
static kith_code prune_one(const char *output, const char *date, kith_err *err)
{
    kith_dynbuf path = {0};
    kith_tempname *doomed = NULL;

    kith_code rc = kith_dynbuf_path(&path, output, date, err);
    if (!rc &&
        (!kith_tempname_folder(path.data, &doomed) || rename(path.data, kith_tempname_path(doomed)) != 0))
        rc = kith_fail_system(err, KITH_EIO, "remove", path.data, errno);
    if (doomed)
        kith_tempname_remove(doomed);
    kith_dynbuf_free(&path);
    return rc;
}

kith_code kith_nights_prune(const char *output, uint32_t keep, uint32_t *pruned, kith_err *err)
{
    kith_nights nights = {0};

    *pruned = 0;
    kith_code rc = kith_nights_list(output, &nights, err);
    while (!rc && *pruned + keep < nights.count)
        if (!(rc = prune_one(output, nights.dates[*pruned], err)))
            ++*pruned;
    kith_free(nights.dates);
    return rc;
}

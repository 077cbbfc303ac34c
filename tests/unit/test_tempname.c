#include <criterion/criterion.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <kith/process.h>

#include "base/tempname.h"
#include "temp_folder.h"

TestSuite(tempname, .init = temp_folder_enter, .fini = temp_folder_leave);

/** A hidden folder for a folder `path`, with two files in it. */
static kith_tempname *make_folder(const char *path)
{
    kith_tempname *temp = NULL;
    char name[PATH_MAX];

    cr_assert(kith_tempname_folder(path, &temp));
    for (int i = 0; i < 2; i++) {
        (void)snprintf(name, sizeof name, "%s/%s", kith_tempname_path(temp), i ? ".hidden" : "plain");
        put_file(name, "x");
    }
    return temp;
}

Test(tempname, a_folder_is_hidden_and_private_and_goes_with_its_files)
{
    struct stat info;

    umask(0);
    kith_tempname *temp = make_folder("report///");
    cr_assert_eq(strncmp(kith_tempname_path(temp), ".report.", 8), 0);
    cr_assert_eq(stat(kith_tempname_path(temp), &info), 0);
    cr_assert(S_ISDIR(info.st_mode));
    cr_assert_eq(info.st_mode & 07777, 0700);
    kith_tempname_remove(temp);
    cr_assert_eq(count_files(), 0);
}

Test(tempname, stands_beside_what_it_will_be)
{
    kith_tempname *temp = NULL;

    cr_assert_eq(mkdir("deep", 0700), 0);
    int fd = kith_tempname_file("deep/net.kith", &temp);
    cr_assert_geq(fd, 0);
    cr_assert_eq(strncmp(kith_tempname_path(temp), "deep/.net.kith.", 15), 0);
    (void)close(fd);
    cr_assert_eq(rename(kith_tempname_path(temp), "net.kith"), 0);
    kith_tempname_release(temp);
    kith_abandon_outputs();
    cr_assert(holds("net.kith", ""));
}

Test(tempname, abandoning_removes_files_and_folders)
{
    kith_tempname *file = NULL;

    (void)close(kith_tempname_file("net.kith", &file));
    (void)make_folder("one");
    (void)make_folder("two");
    cr_assert_eq(count_files(), 3);
    kith_abandon_outputs();
    cr_assert_eq(count_files(), 0);
}

Test(tempname, follows_no_link)
{
    kith_tempname *temp = NULL;

    put_file("mine", "x");
    cr_assert(kith_tempname_folder("report", &temp));
    cr_assert_eq(rmdir(kith_tempname_path(temp)), 0);
    cr_assert_eq(mkdir("own", 0700), 0);
    cr_assert_eq(rename("mine", "own/mine"), 0);
    cr_assert_eq(symlink("own", kith_tempname_path(temp)), 0);
    kith_tempname_remove(temp);
    cr_assert(holds("own/mine", "x"));
}

Test(tempname, names_are_given_back)
{
    kith_tempname *temp = NULL;
    char longest[PATH_MAX + 10];

    memset(longest, '/', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    longest[sizeof longest - 2] = 'n';
    for (int i = 0; i < 200; i++) {
        cr_assert_not(kith_tempname_folder("no/such/report", &temp));
        cr_assert_eq(errno, ENOENT);
        cr_assert_null(temp);
        cr_assert_eq(kith_tempname_file(longest, &temp), -1);
        cr_assert_eq(errno, ENAMETOOLONG);
        kith_tempname_remove(make_folder("report"));
    }
}

/** @file
 * A fresh folder that a test works in, and small questions about the files in it.
 */
#ifndef KITH_TESTS_TEMP_FOLDER_H
#define KITH_TESTS_TEMP_FOLDER_H

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char temp_folder[] = "/tmp/kith-test-XXXXXX";

/** Makes the folder and goes there; for .init of a suite. */
static inline void temp_folder_enter(void)
{
    cr_assert_not_null(mkdtemp(temp_folder));
    cr_assert_eq(chdir(temp_folder), 0);
}

/** Removes the folder with all that is in it; for .fini. */
static inline void temp_folder_leave(void)
{
    char command[64];

    (void)snprintf(command, sizeof command, "rm -rf %s", temp_folder);
    cr_assert_eq(system(command), 0);
}

static inline void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    cr_assert_not_null(file);
    cr_assert_geq(fputs(text, file), 0);
    cr_assert_eq(fclose(file), 0);
}

/** Whether the file `path` holds exactly `text`. */
static inline bool holds(const char *path, const char *text)
{
    char found[256] = "";
    FILE *file = fopen(path, "r");

    if (!file)
        return false;
    size_t length = fread(found, 1, sizeof found - 1, file);
    (void)fclose(file);
    return length == strlen(text) && strcmp(found, text) == 0;
}

/** How many files lie in the folder, hidden ones too. */
static inline int count_files(void)
{
    DIR *here = opendir(".");
    int count = -2; /* . and .. */

    while (readdir(here))
        count++;
    (void)closedir(here);
    return count;
}

#endif

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <kith/process.h>

#include "base/mapfile.h"
#include "temp_folder.h"

TestSuite(mapfile, .init = temp_folder_enter, .fini = temp_folder_leave);

Test(mapfile, shows_the_bytes_and_knows_its_addresses)
{
    kith_mapfile one;
    kith_mapfile two;

    put_file("one", "first");
    put_file("two", "second");
    cr_assert_eq(kith_mapfile_open("one", &one, NULL), KITH_OK);
    cr_assert_eq(kith_mapfile_open("two", &two, NULL), KITH_OK);
    cr_assert_eq(one.length, 5);
    cr_assert_eq(memcmp(one.bytes, "first", 5), 0);
    cr_assert_str_eq(kith_mapped_file_at(one.bytes + 4), "one");
    cr_assert_null(kith_mapped_file_at(one.bytes + 5));
    cr_assert_str_eq(kith_mapped_file_at(two.bytes), "two");
    cr_assert_null(kith_mapped_file_at(&one));
    const unsigned char *gone = one.bytes;
    kith_mapfile_close(&one);
    cr_assert_null(kith_mapped_file_at(gone));
    cr_assert_null(one.bytes);
    kith_mapfile_close(&one);
    kith_mapfile_close(&two);
}

Test(mapfile, an_empty_file_is_no_bytes)
{
    kith_mapfile map;

    put_file("empty", "");
    cr_assert_eq(kith_mapfile_open("empty", &map, NULL), KITH_OK);
    cr_assert_null(map.bytes);
    cr_assert_eq(map.length, 0);
    kith_mapfile_close(&map);
}

Test(mapfile, what_is_no_file_is_no_input)
{
    kith_mapfile map;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_mapfile_open("missing", &map, &err), KITH_ENOINPUT);
    cr_assert_str_eq(err.message, "cannot open missing: No such file or directory");
    kith_mapfile_close(&map);
    cr_assert_eq(kith_mapfile_open(".", &map, NULL), KITH_ENOINPUT);
    cr_assert_eq(kith_mapfile_open("/dev/null", &map, NULL), KITH_ENOINPUT);
    cr_assert_eq(mkfifo("pipe", 0600), 0);
    cr_assert_eq(kith_mapfile_open("pipe", &map, NULL), KITH_ENOINPUT);
}

Test(mapfile, the_table_is_given_back_and_has_an_end)
{
    kith_mapfile maps[100];
    int open_maps = 0;

    put_file("one", "first");
    for (int round = 0; round < 3; round++) {
        open_maps = 0;
        while (open_maps < 100 && kith_mapfile_open("one", &maps[open_maps], NULL) == KITH_OK)
            open_maps++;
        cr_assert(open_maps >= 16 && open_maps < 100);
        for (int i = 0; i < open_maps; i++)
            kith_mapfile_close(&maps[i]);
    }
}

static const char *cut_short;

static void note_cut(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    const char *path = kith_mapped_file_at(info->si_addr);
    _exit(path && strcmp(path, cut_short) == 0 ? 42 : 1);
}

Test(mapfile, a_file_cut_short_is_named_in_the_handler)
{
    int status;
    pid_t child;

    cut_short = "net";
    put_file(cut_short, "");
    cr_assert_eq(truncate(cut_short, 1 << 20), 0);
    child = fork();
    if (child == 0) {
        kith_mapfile map;
        struct sigaction action = {.sa_sigaction = note_cut, .sa_flags = SA_SIGINFO};
        sigaction(SIGBUS, &action, NULL);
        if (kith_mapfile_open(cut_short, &map, NULL) != KITH_OK || truncate(cut_short, 100) != 0)
            _exit(2);
        _exit(((volatile const unsigned char *)map.bytes)[1 << 19]);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status));
    cr_assert_eq(WEXITSTATUS(status), 42);
}

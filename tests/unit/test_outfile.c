#include <criterion/criterion.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zlib.h>

#include <kith/process.h>

#include "base/outfile.h"
#include "each_failure.h"
#include "temp_folder.h"

TestSuite(outfile, .init = temp_folder_enter, .fini = temp_folder_leave);

static kith_code write_text(const char *path, const char *text, kith_err *err)
{
    kith_outfile *file = NULL;
    kith_code rc = kith_outfile_open(path, &file, err);

    if (rc != KITH_OK)
        return rc;
    kith_outfile_text(file, text);
    return kith_outfile_commit(file, err);
}

Test(outfile, appears_only_when_committed)
{
    kith_outfile *file = NULL;

    cr_assert_eq(kith_outfile_open("net.kith", &file, NULL), KITH_OK);
    kith_outfile_write(file, "ab", 2);
    kith_outfile_printf(file, "%d%s", 7, "c");
    cr_assert_eq(kith_outfile_written(file), 4);
    cr_assert_eq(access("net.kith", F_OK), -1);
    cr_assert_eq(kith_outfile_commit(file, NULL), KITH_OK);
    cr_assert(holds("net.kith", "ab7c"));
    cr_assert_eq(count_files(), 1);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(outfile, the_old_file_survives_what_is_abandoned)
{
    kith_outfile *file = NULL;

    put_file("net.kith", "old");
    kith_outfile_open("net.kith", &file, NULL);
    for (int i = 0; i < 100000; i++)
        kith_outfile_text(file, "new");
    kith_outfile_abandon(file);
    kith_outfile_abandon(NULL);
    cr_assert(holds("net.kith", "old"));
    cr_assert_eq(count_files(), 1);
    cr_assert_eq(write_text("net.kith", "new", NULL), KITH_OK);
    cr_assert(holds("net.kith", "new"));
}

Test(outfile, only_the_owner_may_read_it_whatever_the_umask)
{
    static const mode_t masks[] = {0, 022, 077, 0777};
    struct stat info;

    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        umask(masks[i]);
        cr_assert_eq(write_text("net.kith", "x", NULL), KITH_OK);
        cr_assert_eq(stat("net.kith", &info), 0);
        cr_assert_eq(info.st_mode & 07777, 0600);
    }
}

Test(outfile, a_failed_write_sticks_and_leaves_the_old_file)
{
    kith_outfile *file = NULL;
    kith_err err = KITH_ERR_NONE;
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    char megabyte[1 << 20] = "";

    put_file("net.kith", "old");
    cr_assert_eq(sigaction(SIGXFSZ, &ignore, NULL), 0);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &(struct rlimit){100000, RLIM_INFINITY}), 0);
    kith_outfile_open("net.kith", &file, NULL);
    cr_assert_not(kith_outfile_failed(file));
    kith_outfile_write(file, megabyte, sizeof megabyte);
    cr_assert(kith_outfile_failed(file));
    kith_outfile_text(file, "more");
    cr_assert_eq(kith_outfile_commit(file, &err), KITH_EIO);
    cr_assert_str_eq(err.message, "cannot write net.kith: File too large");
    cr_assert(holds("net.kith", "old"));
    cr_assert_eq(count_files(), 1);
}

Test(outfile, a_full_device_is_told)
{
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(write_text("/dev/full", "x", &err), KITH_EIO);
    cr_assert_str_eq(err.message, "cannot write /dev/full: No space left on device");
}

Test(outfile, devices_are_written_not_replaced)
{
    struct stat info;

    cr_assert_eq(write_text("/dev/null", "x", NULL), KITH_OK);
    cr_assert_eq(stat("/dev/null", &info), 0);
    cr_assert(S_ISCHR(info.st_mode));
}

Test(outfile, stdout_fails_like_a_file)
{
    kith_err err = KITH_ERR_NONE;
    int full = open("/dev/full", O_WRONLY);
    int kept = dup(STDOUT_FILENO);
    int ends[2];

    dup2(full, STDOUT_FILENO);
    kith_code on_full = write_text("-", "x", &err);
    cr_assert_eq(pipe(ends), 0);
    close(ends[0]);
    (void)signal(SIGPIPE, SIG_IGN);
    dup2(ends[1], STDOUT_FILENO);
    kith_code on_pipe = write_text("-", "x", NULL);
    dup2(kept, STDOUT_FILENO);
    cr_assert_eq(on_full, KITH_EIO);
    cr_assert_str_eq(err.message, "cannot write to stdout: No space left on device");
    cr_assert_eq(on_pipe, KITH_EIO);
}

Test(outfile, stdout_is_left_open)
{
    int kept = dup(STDOUT_FILENO);
    int file = open("stdout", O_WRONLY | O_CREAT, 0600);

    dup2(file, STDOUT_FILENO);
    kith_code first = write_text("-", "one ", NULL);
    kith_code second = write_text("-", "two", NULL);
    dup2(kept, STDOUT_FILENO);
    cr_assert_eq(first, KITH_OK);
    cr_assert_eq(second, KITH_OK);
    cr_assert(holds("stdout", "one two"));
}

Test(outfile, what_cannot_be_made_is_told)
{
    kith_outfile *file = NULL;
    kith_err err = KITH_ERR_NONE;
    char longer[NAME_MAX + 10];
    char longest[PATH_MAX + 10];

    cr_assert_eq(kith_outfile_open("no/such/folder.csv", &file, &err), KITH_ECREATE);
    cr_assert_null(file);
    cr_assert_str_eq(err.message, "cannot create no/such/folder.csv: No such file or directory");
    cr_assert_eq(kith_outfile_open(".", &file, NULL), KITH_ECREATE);
    cr_assert_eq(kith_outfile_open("", &file, NULL), KITH_OK, "its folder is this one");
    err = (kith_err)KITH_ERR_NONE;
    cr_assert_eq(kith_outfile_commit(file, &err), KITH_EIO, "but it has no name");
    memset(longest, 'd', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    memset(longest, '/', PATH_MAX - 10);
    cr_assert_eq(kith_outfile_open(longest, &file, NULL), KITH_ECREATE);
    memset(longer, 'n', NAME_MAX);
    longer[NAME_MAX] = '\0';
    cr_assert_eq(write_text(longer, "x", NULL), KITH_OK, "the longest name there can be");
    longer[NAME_MAX] = 'n';
    longer[NAME_MAX + 1] = '\0';
    cr_assert_eq(write_text(longer, "x", NULL), KITH_EIO, "one byte more");
    cr_assert_eq(count_files(), 1);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(outfile, long_lines_are_printed_whole)
{
    char wide[2000];
    char expected[4001];
    kith_outfile *file = NULL;
    FILE *back;

    memset(wide, 'w', sizeof wide);
    kith_outfile_open("wide", &file, NULL);
    kith_outfile_printf(file, "%.*s%*d", (int)sizeof wide, wide, 2000, 7);
    cr_assert_eq(kith_outfile_commit(file, NULL), KITH_OK);
    back = fopen("wide", "r");
    cr_assert_eq(fread(expected, 1, sizeof expected, back), 4000);
    (void)fclose(back);
    cr_assert_eq(memcmp(expected, wide, sizeof wide), 0);
    cr_assert_eq(expected[3999], '7');
}

/** Random bytes do not shrink and zeros do: both ways through the buffers. */
static void fill_mixed(unsigned char *bytes, size_t length)
{
    uint32_t state = 7;

    for (size_t i = 0; i < length; i++) {
        state = state * 1664525 + 1013904223;
        bytes[i] = i < length / 2 ? (unsigned char)(state >> 24) : 0;
    }
}

static void write_gz(const char *path, const unsigned char *bytes, size_t length, size_t piece)
{
    kith_outfile *file = NULL;

    cr_assert_eq(kith_outfile_open(path, &file, NULL), KITH_OK);
    for (size_t at = 0; at < length; at += piece)
        kith_outfile_write(file, bytes + at, length - at < piece ? length - at : piece);
    cr_assert_eq(kith_outfile_written(file), length);
    cr_assert_eq(kith_outfile_commit(file, NULL), KITH_OK);
}

Test(outfile, gzip_is_read_back_by_zlib)
{
    enum { LENGTH = 500000 };
    unsigned char *bytes = malloc(LENGTH);
    unsigned char *back = malloc(LENGTH + 1);

    fill_mixed(bytes, LENGTH);
    write_gz("mixed.gz", bytes, LENGTH, 777);
    gzFile file = gzopen("mixed.gz", "r");
    cr_assert_eq(gzread(file, back, LENGTH + 1), LENGTH);
    cr_assert_eq(gzdirect(file), 0);
    cr_assert_eq(gzclose(file), Z_OK);
    cr_assert_eq(memcmp(bytes, back, LENGTH), 0);
    free(bytes);
    free(back);
}

Test(outfile, gzip_has_the_same_bytes_whatever_its_name)
{
    enum { LENGTH = 200000 };
    unsigned char *bytes = malloc(LENGTH);
    unsigned char header[10];
    FILE *file;

    fill_mixed(bytes, LENGTH);
    write_gz("one.csv.gz", bytes, LENGTH, 1000);
    write_gz("two.gz", bytes, LENGTH, 1000);
    cr_assert_eq(system("cmp -s one.csv.gz two.gz"), 0);
    file = fopen("two.gz", "r");
    cr_assert_eq(fread(header, 1, sizeof header, file), sizeof header);
    (void)fclose(file);
    /* RFC 1952: magic, deflate, no flags, no time, no extra flags, system unknown */
    cr_assert_eq(memcmp(header, "\x1F\x8B\x08\0\0\0\0\0\0\xFF", sizeof header), 0);
    free(bytes);
}

Test(outfile, empty_gzip_is_whole)
{
    char byte;

    cr_assert_eq(write_text("empty.gz", "", NULL), KITH_OK);
    gzFile file = gzopen("empty.gz", "r");
    cr_assert_eq(gzread(file, &byte, 1), 0);
    cr_assert_eq(gzclose(file), Z_OK);
    struct stat info;
    cr_assert_eq(stat("empty.gz", &info), 0);
    cr_assert_gt(info.st_size, 0);
}

Test(outfile, a_full_device_under_gzip_is_told)
{
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(symlink("/dev/full", "full.gz"), 0);
    cr_assert_eq(write_text("full.gz", "x", &err), KITH_EIO);
    cr_assert_str_eq(err.message, "cannot write full.gz: No space left on device");
}

static void remove_and_end(int number)
{
    kith_abandon_outputs();
    _exit(number);
}

Test(outfile, a_signal_leaves_nothing_behind)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        kith_outfile *one = NULL;
        kith_outfile *two = NULL;
        (void)signal(SIGTERM, remove_and_end);
        kith_outfile_open("one", &one, NULL);
        kith_outfile_open("two.gz", &two, NULL);
        (void)raise(SIGTERM);
        _exit(1);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert_eq(WEXITSTATUS(status), SIGTERM);
    cr_assert_eq(count_files(), 0);
}

Test(outfile, removing_all_spares_what_is_done)
{
    cr_assert_eq(write_text("done", "x", NULL), KITH_OK);
    kith_abandon_outputs();
    cr_assert(holds("done", "x"));
}

Test(outfile, names_are_given_back)
{
    for (int i = 0; i < 500; i++)
        cr_assert_eq(write_text(i % 2 ? "net" : "no/such/folder", "x", NULL), i % 2 ? KITH_OK : KITH_ECREATE);
}

static kith_code write_much(void *ctx, kith_err *err)
{
    kith_outfile *file = NULL;
    kith_code rc = kith_outfile_open(ctx, &file, err);

    if (rc != KITH_OK)
        return rc;
    kith_outfile_printf(file, "%2000d", 1);
    rc = kith_outfile_commit(file, err);
    cr_assert_eq(rc == KITH_OK, !holds(ctx, "old"));
    return rc;
}

Test(outfile, every_failed_allocation_leaves_the_old_file)
{
    put_file("net.csv", "old");
    cr_assert_gt(each_failure(write_much, "net.csv"), 2);
    put_file("net.csv.gz", "old");
    cr_assert_gt(each_failure(write_much, "net.csv.gz"), 4);
    cr_assert_eq(count_files(), 2);
}

Test(outfile, folders_are_made_where_they_are_missing)
{
    struct stat info;
    kith_err err = KITH_ERR_NONE;

    umask(0);
    cr_assert_eq(kith_make_folder("report", NULL), KITH_OK);
    cr_assert_eq(stat("report", &info), 0);
    cr_assert(S_ISDIR(info.st_mode));
    cr_assert_eq(info.st_mode & 07777, 0700);
    cr_assert_eq(kith_make_folder("report", NULL), KITH_OK);
    put_file("taken", "x");
    cr_assert_eq(kith_make_folder("taken", &err), KITH_ECREATE);
    cr_assert_str_eq(err.message, "cannot make the folder taken: File exists");
    cr_assert_eq(kith_make_folder("no/such", NULL), KITH_ECREATE);
}

/* The night shift in its parts: settings, the lock, the folder of nights, checksums of inputs. */
#include <criterion/criterion.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <kith/ini.h>
#include <kith/nightly.h>

#include "base/mem.h"
#include "base/tree.h"
#include "run/nightly_config.h"
#include "run/nightly_folder.h"
#include "run/nightly_inputs.h"
#include "run/nightly_lock.h"
#include "temp_folder.h"

TestSuite(nightly, .init = temp_folder_enter, .fini = temp_folder_leave);

static bool there(const char *path)
{
    struct stat facts;

    return lstat(path, &facts) == 0;
}

static void make_folder(const char *path)
{
    cr_assert_eq(mkdir(path, 0700), 0);
}

/** A whole night, with a report in it. */
static void make_night(const char *date)
{
    char path[64];

    make_folder(date);
    (void)snprintf(path, sizeof path, "%s/summary.json", date);
    put_file(path, date);
    (void)snprintf(path, sizeof path, "%s/report", date);
    make_folder(path);
    (void)snprintf(path, sizeof path, "%s/report/index.html", date);
    put_file(path, date);
}

Test(nightly, settings_are_read_and_paths_are_relative_to_their_file)
{
    kith_nightly_config c;
    kith_err err = KITH_ERR_NONE;

    make_folder("etc");
    put_file("etc/night.ini", "[nightly]\ninputs =\n  a/*.zip\n  /b/c\noutput = nights\nowner = Ann Lee\n"
                              "owner = Ben Ito\nmax_rejects = 2.5 %\nmax_people_drop = 100%\nkeep = 7\n"
                              "keep_going = yes\nmerge = off\n[queries]\nq-1 = q.csv\n"
                              "[strength]\nhandover = 0.5\n[reports]\nfrom = me\nto = company:Acme | Co\n");
    cr_assert_eq(kith_nightly_config_read("etc/night.ini", &c, &err), KITH_OK, "%s", err.message);
    cr_assert_eq(c.inputs.count, 2);
    cr_assert_str_eq(c.inputs.items[0], "etc/a/*.zip");
    cr_assert_str_eq(c.inputs.items[1], "/b/c");
    cr_assert_str_eq(c.output, "etc/nights");
    cr_assert(kith_texts_have(&c.owners, "Ann Lee") && kith_texts_have(&c.owners, "Ben Ito"));
    cr_assert_float_eq(c.max_rejects, 0.025, 1e-12);
    cr_assert_float_eq(c.max_people_drop, 1.0, 1e-12);
    cr_assert(c.keep == 7 && c.keep_going && c.merge == KITH_MERGE_OFF && !c.with_contacts);
    cr_assert_str_eq(c.query_names.items[0], "q-1");
    cr_assert_str_eq(c.query_files.items[0], "etc/q.csv");
    cr_assert(c.n_coefficients == 1 && c.coefficients[0].value == 0.5);
    cr_assert_str_eq(c.to.items[0], "company:Acme | Co");
    kith_nightly_config_free(&c);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(nightly, a_setting_that_makes_no_sense_is_told_with_its_line)
{
    static const struct {
        const char *text;
        uint64_t line;
    } bad[] = {
        {"[nightly]\nreports = all\n", 2},
        {"[nightly]\nkeep = 0\n", 2},
        {"[nightly]\nkeep = -1\n", 2},
        {"[nightly]\nkeep = 4294967296\n", 2},
        {"[nightly]\n\nmax_rejects = 101 %\n", 3},
        {"[nightly]\nmax_rejects = %\n", 2},
        {"[nightly]\nmax_people_drop = nan\n", 2},
        {"[nightly]\nkeep_going = maybe\n", 2},
        {"[nightly]\nmerge = much\n", 2},
        {"[nightly]\nids =\n", 2},
        {"[queries]\n../x = q.csv\n", 2},
        {"[queries]\na = q.csv\na = r.csv\n", 3},
        {"[strength]\nhandover = 2\n", 2},
        {"[strength]\nno_such = 1\n", 2},
        {"[nightly]\nneither\nkeep = 0\n", 2},
        {"[nightly]\ninputs = a\n", 0},
        {"[nightly]\noutput = a\n", 0},
        {"[nightly]\ninputs = a\noutput = b\n[reports]\nfrom = me\n", 0},
        {"[nightly]\ninputs = a\noutput = b\nredact_keep = company\n", 0},
        {"[nightly]\ninputs = a\noutput = b\nredact = k\n[reports]\nwith_contacts = yes\n", 0},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        kith_nightly_config c;
        kith_err err = KITH_ERR_NONE;

        put_file("night.ini", bad[i].text);
        cr_expect_eq(kith_nightly_config_read("night.ini", &c, &err), KITH_ECONFIG, "%s", bad[i].text);
        cr_expect_eq(err.line, bad[i].line, "%s", bad[i].text);
        cr_expect_str_eq(err.file, "night.ini");
        kith_nightly_config_free(&c);
    }
    cr_assert_eq(kith_mem_live(), 0);
}

static kith_code count_settings(void *ctx, const char *section, const char *name, const char *value,
                                kith_err *err)
{
    (void)section;
    (void)name;
    (void)value;
    (void)err;
    ++*(int *)ctx;
    return KITH_OK;
}

Test(nightly, lines_may_be_as_long_as_inih_takes_them_and_no_longer)
{
    char line[400];
    kith_err err = KITH_ERR_NONE;
    int count = 0;

    (void)snprintf(line, sizeof line, "[s]\na = %0*d\n", 190, 0);
    put_file("f.ini", line);
    cr_assert_eq(kith_ini_read("f.ini", count_settings, &count, &err), KITH_OK);
    cr_assert_eq(count, 1);
    (void)snprintf(line, sizeof line, "[s]\nb = 1\na = %0*d\n", 300, 0);
    put_file("f.ini", line);
    cr_assert_eq(kith_ini_read("f.ini", count_settings, &count, &err), KITH_ECONFIG);
    cr_assert_eq(err.line, 3);
    cr_assert_eq(kith_ini_read("none.ini", count_settings, &count, NULL), KITH_ENOINPUT);
}

Test(nightly, one_process_holds_the_lock_until_it_ends)
{
    int held, fd, ready[2];
    char byte, holder[32];
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        if (kith_nightly_lock(".", &fd, NULL) == KITH_OK && write(ready[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    cr_assert_eq(kith_nightly_lock(".", &held, &err), KITH_EBUSY);
    cr_assert_eq(held, -1);
    (void)snprintf(holder, sizeof holder, "process %ld, since 20", (long)child);
    cr_assert_not_null(strstr(err.message, holder), "%s", err.message);
    cr_assert_eq(kill(child, SIGKILL), 0);
    cr_assert_eq(waitpid(child, NULL, 0), child);
    cr_assert_eq(kith_nightly_lock(".", &held, NULL), KITH_OK);
    (void)close(held);
}

Test(nightly, only_whole_nights_count_and_the_oldest_are_pruned)
{
    kith_nights nights = {0};
    uint32_t pruned = 0;

    make_night("2026-03-02");
    make_night("2025-12-31");
    make_night("2026-03-01");
    make_folder("2026-03-03"); /* no night */
    make_folder("2026-3-1");
    make_folder("backup");
    cr_assert_eq(symlink("2026-03-02", "2026-03-09"), 0);
    cr_assert_eq(kith_nights_list(".", &nights, NULL), KITH_OK);
    cr_assert_eq(nights.count, 3);
    cr_assert_str_eq(nights.dates[0], "2025-12-31");
    cr_assert_str_eq(nights.dates[2], "2026-03-02");
    kith_free(nights.dates);

    cr_assert_eq(kith_nights_prune(".", 5, &pruned, NULL), KITH_OK);
    cr_assert_eq(pruned, 0);
    cr_assert_eq(kith_nights_prune(".", 1, &pruned, NULL), KITH_OK);
    cr_assert_eq(pruned, 2);
    cr_assert(there("2026-03-02/report/index.html") && there("2026-03-03") && there("2026-3-1") &&
              there("backup"));
    cr_assert_eq(count_files(), 5);
}

Test(nightly, what_killed_runs_left_is_removed_and_nothing_else)
{
    uint32_t removed = 0;

    make_folder(".2026-03-01.aB3xYz");
    make_folder(".2026-03-01.aB3xYz/report");
    put_file(".2026-03-01.aB3xYz/report/index.html", "half");
    cr_assert_eq(symlink("2026-03-01", ".latest.aB3xYz"), 0);
    make_folder(".2026-03-01");
    make_folder(".git");
    put_file(".lock", "");
    put_file(".latest.txt", "mine");
    cr_assert_eq(kith_nights_tidy(".", &removed, NULL), KITH_OK);
    cr_assert_eq(removed, 2);
    cr_assert_eq(count_files(), 4);
}

static void publish(const char *date, const char *text)
{
    kith_tempname *made = NULL;
    char path[PATH_MAX];
    kith_err err = KITH_ERR_NONE;

    cr_assert(kith_tempname_folder(date, &made));
    (void)snprintf(path, sizeof path, "%s/summary.json", kith_tempname_path(made));
    put_file(path, text);
    cr_assert_eq(kith_nights_publish(".", date, made, &err), KITH_OK, "%s", err.message);
}

Test(nightly, publishing_moves_the_link_and_replaces_a_night_of_the_same_day)
{
    publish("2026-03-01", "first");
    cr_assert(holds("latest/summary.json", "first"));
    publish("2026-03-02", "second");
    cr_assert(holds("latest/summary.json", "second") && holds("2026-03-01/summary.json", "first"));
    publish("2026-03-02", "third");
    cr_assert(holds("latest/summary.json", "third"));
    cr_assert_eq(count_files(), 3);
    make_folder("2026-03-04");
    cr_assert_eq(kith_nights_may_publish(".", "2026-03-03", NULL), KITH_OK);
    cr_assert_eq(kith_nights_may_publish(".", "2026-03-02", NULL), KITH_OK);
    cr_assert_eq(kith_nights_may_publish(".", "2026-03-04", NULL), KITH_ECREATE);
}

Test(nightly, a_tree_is_removed_without_following_links)
{
    make_folder("out");
    put_file("out/mine", "mine");
    make_folder("tree");
    make_folder("tree/a");
    cr_assert_eq(symlink("../../out", "tree/a/link"), 0);
    put_file("tree/a/file", "");
    cr_assert(kith_tree_remove("tree"));
    cr_assert(!there("tree") && holds("out/mine", "mine"));
    cr_assert(!kith_tree_remove("tree"));
}

static void digest(const kith_texts *paths, kith_digest_kind kind, char out[KITH_DIGEST_SIZE])
{
    cr_assert_eq(kith_nightly_digest(paths, kind, "seed", NULL, out, NULL), KITH_OK);
}

Test(nightly, a_checksum_tells_every_change_of_names_and_bytes)
{
    kith_texts paths = {0};
    char first[KITH_DIGEST_SIZE], again[KITH_DIGEST_SIZE];

    make_folder("in");
    put_file("in/a", "one");
    put_file("in/b", "two");
    cr_assert_eq(kith_texts_add(&paths, "in", NULL), KITH_OK);
    digest(&paths, KITH_DIGEST_CONTENTS, first);
    cr_assert_eq(strlen(first), 32);
    put_file("in/.hidden", "three");
    digest(&paths, KITH_DIGEST_CONTENTS, again);
    cr_assert_str_eq(first, again);
    put_file("in/b", "twO");
    digest(&paths, KITH_DIGEST_CONTENTS, again);
    cr_assert_str_neq(first, again);
    put_file("in/b", "two");
    digest(&paths, KITH_DIGEST_CONTENTS, again);
    cr_assert_str_eq(first, again);
    cr_assert_eq(rename("in/b", "in/c"), 0);
    digest(&paths, KITH_DIGEST_CONTENTS, again);
    cr_assert_str_neq(first, again);
    cr_assert_eq(kith_texts_add(&paths, "gone", NULL), KITH_OK);
    digest(&paths, KITH_DIGEST_CONTENTS, again);
    cr_assert_str_eq(again, "");
    kith_texts_free(&paths);
}

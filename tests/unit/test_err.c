#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "base/ticker.h"

Test(err, the_first_failure_wins)
{
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_fail_at(&err, KITH_EDATA, "a.csv", 7, "%d columns", 3), KITH_EDATA);
    cr_assert_eq(kith_fail(&err, KITH_EIO, "later"), KITH_EIO);
    cr_assert_eq(err.code, KITH_EDATA);
    cr_assert_eq(err.line, 7);
    cr_assert_str_eq(err.file, "a.csv");
    cr_assert_str_eq(err.message, "3 columns");
}

Test(err, nobody_has_to_listen)
{
    cr_assert_eq(kith_fail(NULL, KITH_EUSAGE, "no one hears"), KITH_EUSAGE);
    cr_assert_eq(kith_fail_memory(NULL, "anything"), KITH_ENOMEM);
}

Test(err, what_is_too_long_is_cut_and_ended)
{
    char path[5000];
    kith_err err = KITH_ERR_NONE;

    memset(path, 'd', sizeof path);
    strcpy(path + sizeof path - sizeof "/end.csv", "/end.csv");
    kith_fail_at(&err, KITH_EDATA, path, 1, "%s", path);
    cr_assert_eq(strlen(err.message), sizeof err.message - 1);
    cr_assert(strlen(err.file) < sizeof err.file);
    cr_assert_str_eq(err.file + strlen(err.file) - strlen("/end.csv"), "/end.csv");
}

Test(err, a_system_failure_names_path_and_reason)
{
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_fail_system(&err, KITH_EIO, "write", "out/net.kith", ENOSPC), KITH_EIO);
    cr_assert_str_eq(err.message, "cannot write out/net.kith: No space left on device");
}

Test(err, every_code_has_its_own_name)
{
    static const kith_code codes[] = {KITH_OK,       KITH_NOT_FOUND, KITH_REJECTED,  KITH_EUSAGE,  KITH_EDATA,
                                      KITH_ENOINPUT, KITH_EBUG,      KITH_ENOMEM,    KITH_ECREATE, KITH_EIO,
                                      KITH_EBUSY,    KITH_ECONFIG,   KITH_EINTERRUPT};
    const size_t count = sizeof codes / sizeof *codes;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            cr_assert_str_neq(kith_code_name(codes[i]), kith_code_name(codes[j]));
    cr_assert_str_eq(kith_code_name((kith_code)99), "unknown");
}

static bool stop_at(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    cr_assert_str_eq(phase, "reading");
    cr_assert_eq(total, 10);
    return done < *(uint64_t *)ctx;
}

Test(ticker, the_caller_may_stop_the_work)
{
    uint64_t limit = 5;
    kith_progress progress = {stop_at, &limit};
    kith_progress silent = {0};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_tick_now(&progress, "reading", 4, 10, &err), KITH_OK);
    cr_assert_eq(kith_tick_now(&progress, "reading", 5, 10, &err), KITH_EINTERRUPT);
    cr_assert_eq(err.code, KITH_EINTERRUPT);
    cr_assert_eq(kith_tick_now(&silent, "reading", 5, 10, NULL), KITH_OK);
    cr_assert_eq(kith_tick_now(NULL, "reading", 5, 10, NULL), KITH_OK);
}

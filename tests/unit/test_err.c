#include <criterion/criterion.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
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

/** What was told of lanes, and when to stop. */
typedef struct told_lanes {
    pthread_t caller;
    uint64_t last, stop_at;
    uint32_t reports;
} told_lanes;

static bool note_lanes(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    told_lanes *told = ctx;

    cr_assert(pthread_equal(pthread_self(), told->caller));
    cr_assert_str_eq(phase, "weighing");
    cr_assert_eq(total, 100000);
    cr_assert(done >= told->last && done <= total);
    told->last = done;
    told->reports++;
    return done < told->stop_at;
}

static bool count_lane(void *ctx, uint32_t lane)
{
    atomic_uint *lanes = ctx;

    atomic_fetch_add(&lanes[lane], 1);
    return lane != lanes[KITH_LANES];
}

Test(ticker, lanes_are_told_by_the_calling_thread_and_each_done_once)
{
    atomic_uint lanes[KITH_LANES + 1] = {0};
    told_lanes told = {.caller = pthread_self(), .stop_at = UINT64_MAX};
    const kith_progress progress = {note_lanes, &told};
    kith_err err = KITH_ERR_NONE;

    lanes[KITH_LANES] = KITH_LANES; /* none fails */
    cr_assert_eq(kith_tick_lanes(count_lane, lanes, &progress, "weighing", 100000, &err), KITH_OK);
    cr_assert(told.reports > 0);
    for (uint32_t lane = 0; lane < KITH_LANES; lane++)
        cr_assert_eq(lanes[lane], 1);
    lanes[KITH_LANES] = 3;
    cr_assert_eq(kith_tick_lanes(count_lane, lanes, NULL, "weighing", 100000, &err), KITH_ENOMEM);
    cr_assert_eq(err.code, KITH_ENOMEM);
}

Test(ticker, lanes_stop_where_the_caller_says_so)
{
    atomic_uint lanes[KITH_LANES + 1] = {0};
    told_lanes told = {.caller = pthread_self()};
    const kith_progress progress = {note_lanes, &told};
    kith_err err = KITH_ERR_NONE;

    lanes[KITH_LANES] = KITH_LANES;
    cr_assert_eq(kith_tick_lanes(count_lane, lanes, &progress, "weighing", 100000, &err), KITH_EINTERRUPT);
    cr_assert_eq(err.code, KITH_EINTERRUPT);
    for (uint32_t lane = 0; lane < KITH_LANES; lane++)
        cr_assert_eq(lanes[lane], 0);
}

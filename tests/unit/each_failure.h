/** @file
 * Lets every allocation of a piece of work fail in turn.
 */
#ifndef KITH_TESTS_EACH_FAILURE_H
#define KITH_TESTS_EACH_FAILURE_H

#include <criterion/criterion.h>

#include "base/err.h"
#include "base/mem.h"

/** The work; it must give back all it allocates, whatever the outcome. */
typedef kith_code each_failure_fn(void *ctx, kith_err *err);

/**
 * Runs `work` with its first allocation failing, then the one `step` later, and so on until it
 * succeeds: each failure must be told as KITH_ENOMEM with a message, and nothing may be left over.
 * @return how many allocations it took to succeed, or up to `step` more.
 */
static inline uint64_t each_nth_failure(each_failure_fn *work, void *ctx, uint64_t step)
{
    const uint64_t live_before = kith_mem_live();

    for (uint64_t n = 0;; n += step) {
        kith_err err = KITH_ERR_NONE;
        kith_mem_fail_after(n);
        kith_code rc = work(ctx, &err);
        kith_mem_fail_after(UINT64_MAX);
        cr_assert_eq(kith_mem_live(), live_before, "allocation %lu failed: something leaked",
                     (unsigned long)n);
        if (rc == KITH_OK)
            return n;
        cr_assert_eq(rc, KITH_ENOMEM, "allocation %lu failed: code %d", (unsigned long)n, (int)rc);
        cr_assert_eq(err.code, KITH_ENOMEM);
        cr_assert_neq(err.message[0], '\0');
    }
}

/** The same with every allocation failing in turn. */
static inline uint64_t each_failure(each_failure_fn *work, void *ctx)
{
    return each_nth_failure(work, ctx, 1);
}

#endif

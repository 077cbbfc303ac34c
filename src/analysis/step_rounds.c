#include "analysis/step_rounds.h"

#include <stdatomic.h>

#include "base/parallel.h"
#include "base/ticker.h"

/** Items before it is looked whether the steps run out. */
#define ROUND UINT32_C(16384)

/** Items that a thread takes at once: those that lie together mostly look at the same people. */
#define HANDFUL UINT32_C(64)

typedef struct round {
    const kith_step_rounds *of;
    kith_err *err;
    uint64_t steps;          /**< of the rounds before */
    uint32_t begin, end;     /**< items of this one */
    _Atomic(uint64_t) taken; /**< items of it that threads have taken */
    _Atomic(uint64_t) more;  /**< steps of it */
    _Atomic(int) code;       /**< what progress said */
} round;

/** One thread's part. The calling thread is number 0 and tells about progress. */
static bool search_round(void *ctx, uint32_t thread)
{
    round *r = ctx;
    const kith_step_rounds *of = r->of;
    const uint32_t count = r->end - r->begin;
    uint64_t steps = r->steps, taken;

    while (!atomic_load(&r->code) && (taken = atomic_fetch_add(&r->taken, HANDFUL)) < count) {
        const uint32_t before = of->items - r->end + (uint32_t)taken;
        if (thread == 0)
            atomic_store(&r->code, (int)kith_tick_now(of->progress, of->what, before, of->items, r->err));
        for (uint64_t i = taken; i < count && i < taken + HANDFUL; i++)
            if (!of->search(of->ctx, thread, r->end - 1 - (uint32_t)i, &steps))
                return false;
    }
    atomic_fetch_add(&r->more, steps - r->steps);
    return true;
}

static kith_code run_round(round *r)
{
    r->taken = r->more = 0;
    bool ok = kith_parallel_threads(search_round, r);
    if (ok && !r->code && r->steps + r->more > r->of->limit) {
        r->taken = r->more = 0;
        ok = search_round(r, 0);
    }
    r->steps += r->more;
    return ok ? (kith_code)r->code : kith_fail_memory(r->err, r->of->what);
}

kith_code kith_step_rounds_run(const kith_step_rounds *rounds, kith_err *err)
{
    kith_code rc = KITH_OK;
    round r = {.of = rounds, .err = err, .end = rounds->items};

    for (; r.end > 0 && !rc; r.end = r.begin) {
        r.begin = r.end > ROUND ? r.end - ROUND : 0;
        rc = run_round(&r);
    }
    return rc;
}

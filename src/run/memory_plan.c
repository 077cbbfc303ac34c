#include "run/memory_plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/memory_left.h"

/** From here on what is needed is told in any case. */
#define WORTH_TELLING (UINT64_C(1) << 30)

/** Parts of the inputs after the first, second, fourth and eighth of which it is asked what all will take. */
#define LOOKS 16

static void tell(const kith_build_opts *opts, const char *what, uint64_t bytes)
{
    char text[128];

    if (!opts->notice || (bytes < WORTH_TELLING && !opts->tell_memory))
        return;
    (void)snprintf(text, sizeof text, "%s %" PRIu64 " MB of memory", what, bytes >> 20);
    opts->notice(opts->notice_ctx, text);
}

/** Bytes that may still be taken beyond the `held` ones. */
static uint64_t left_of(const kith_build_opts *opts, uint64_t held)
{
    const uint64_t left = kith_memory_left(), most = opts->max_memory_bytes;
    const uint64_t allowed = most > held ? most - held : 0;

    return most && allowed < left ? allowed : left;
}

static kith_code refuse(const kith_build_opts *opts, uint64_t needed, uint64_t left, kith_err *err)
{
    return kith_fail(err, KITH_ENOMEM,
                     "about %" PRIu64 " MB more memory are needed and %" PRIu64
                     " MB are left, enough for %" PRIu64
                     " %% of the inputs: give it more, build from fewer inputs%s",
                     needed >> 20, left >> 20, left * 100 / needed,
                     opts->shared_contacts == KITH_SHARED_ON ? ", or with --shared-contacts off" : "");
}

/** Looks ahead from `done` of `total` bytes read: the relations will be as many times more, who they are of
 * may be known already. */
static kith_code look_ahead(kith_memory_plan *plan, uint64_t done, uint64_t total)
{
    const kith_build_opts *opts = plan->opts;
    const bool shared = opts->shared_contacts == KITH_SHARED_ON;
    const kith_roster_bytes now = kith_roster_count_bytes(plan->roster, shared);
    const double growth = (double)total / (double)done;
    const uint64_t ahead = now.ahead + (uint64_t)((growth - 1) * (double)now.relations);
    const uint64_t left = left_of(opts, now.held);

    if (plan->next_look == 1)
        tell(opts, "it will take at least", now.held + ahead);
    return ahead > left ? refuse(opts, ahead, left, &plan->err) : KITH_OK;
}

/** A kith_tick. */
static bool tick(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    kith_memory_plan *plan = ctx;
    const kith_progress *outer = plan->opts->progress;

    if (outer && outer->tick && !outer->tick(outer->ctx, phase, done, total))
        return false;
    if (strcmp(phase, "reading") != 0 || done >= total || done < total / LOOKS * plan->next_look || done == 0)
        return true;
    plan->rc = look_ahead(plan, done, total);
    plan->next_look *= 2;
    return plan->rc == KITH_OK;
}

void kith_memory_plan_begin(const kith_build_opts *opts, const kith_roster *roster, kith_memory_plan *plan)
{
    *plan = (kith_memory_plan){
        .opts = opts, .roster = roster, .progress = {.tick = tick, .ctx = plan}, .next_look = 1};
}

kith_code kith_memory_plan_check(const kith_memory_plan *plan, kith_err *err)
{
    const kith_build_opts *opts = plan->opts;
    const kith_roster_bytes now =
        kith_roster_count_bytes(plan->roster, opts->shared_contacts == KITH_SHARED_ON);
    const uint64_t left = left_of(opts, now.held);

    if (now.ahead > left)
        return refuse(opts, now.ahead, left, err);
    tell(opts, "putting it together takes, beyond what was read, about", now.ahead);
    return KITH_OK;
}

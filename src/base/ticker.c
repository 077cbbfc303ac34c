#include "base/ticker.h"

kith_code kith_tick_now(const kith_progress *progress, const char *phase, uint64_t done, uint64_t total,
                        kith_err *err)
{
    if (progress && progress->tick && !progress->tick(progress->ctx, phase, done, total))
        return kith_fail(err, KITH_EINTERRUPT, "stopped while %s", phase);
    return KITH_OK;
}

/** @file
 * Calling a kith_progress seldom enough not to be felt, and phases of a run.
 */
#ifndef KITH_BASE_TICKER_H
#define KITH_BASE_TICKER_H

#include <kith/progress.h>

#include "base/err.h"

/** Reports progress; `progress` may be NULL. @return KITH_EINTERRUPT where the caller asked to stop. */
kith_code kith_tick_now(const kith_progress *progress, const char *phase, uint64_t done, uint64_t total,
                        kith_err *err);

#endif

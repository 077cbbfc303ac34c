/** @file
 * One night at a time.
 */
#ifndef KITH_RUN_NIGHTLY_LOCK_H
#define KITH_RUN_NIGHTLY_LOCK_H

#include "base/err.h"

/**
 * Takes the lock of the output folder, which ends with the process at the latest.
 * @param fd  out: to be closed; -1 on failure.
 * @return KITH_EBUSY names the process that holds it, and since when; KITH_ECREATE, KITH_EIO.
 */
kith_code kith_nightly_lock(const char *output, int *fd, kith_err *err);

#endif

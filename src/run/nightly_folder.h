/** @file
 * The folder that nights are published in: YYYY-MM-DD/ for each night, and `latest`, a link to one of them.
 *
 * Whoever changes it holds its lock. A night is whole where it holds a summary, which is written last, before
 * the night gets its name.
 */
#ifndef KITH_RUN_NIGHTLY_FOLDER_H
#define KITH_RUN_NIGHTLY_FOLDER_H

#include <kith/day.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/tempname.h"

#define KITH_NIGHT_SUMMARY "summary.json"

/** Names of the whole nights, ascending; that is also the order of their dates. */
typedef struct kith_nights {
    char (*dates)[KITH_DATE_SIZE]; /**< [count] */
    uint32_t count;
    size_t capacity;
} kith_nights;

/** @param nights  out, caller-owned: kith_free its dates. @return KITH_EIO, KITH_ENOMEM. */
kith_code kith_nights_list(const char *output, kith_nights *nights, kith_err *err);

/** Removes what runs that were killed have left. @param removed  out: how many things. @return KITH_EIO. */
kith_code kith_nights_tidy(const char *output, uint32_t *removed, kith_err *err);

/** Whether a night may be put at that date: nothing stands there, or a night. @return KITH_ECREATE. */
kith_code kith_nights_may_publish(const char *output, const char *date, kith_err *err);

/**
 * Gives the finished folder `made` the name of its date and lets `latest` point to it. A night that had the
 * name keeps it until the new one takes it, and is then removed.
 * @param made  released or removed, whatever the outcome.
 * @return KITH_EIO; `latest` then points to where it did.
 */
kith_code kith_nights_publish(const char *output, const char *date, kith_tempname *made, kith_err *err);

/** Removes the oldest nights but `keep`. @param pruned  out: how many. @return KITH_EIO, KITH_ENOMEM. */
kith_code kith_nights_prune(const char *output, uint32_t keep, uint32_t *pruned, kith_err *err);

#endif

/** @file
 * What some files tell that others refer to: texts by key.
 */
#ifndef KITH_INGEST_LOOKUP_H
#define KITH_INGEST_LOOKUP_H

#include "base/dynbuf.h"
#include "base/intern.h"

/** Zeroed is empty. */
typedef struct kith_lookup {
    kith_intern *keys;
    kith_dynbuf values; /**< each with its NUL */
    size_t *value_at;   /**< [keys] into values */
    size_t capacity;
    kith_dynbuf key; /**< scratch */
} kith_lookup;

/** Notes `value` under `kind` and `id`; what is said first stays. */
kith_code kith_lookup_put(kith_lookup *lookup, const char *kind, const char *id, const char *value,
                          kith_err *err);

/** What was noted, or NULL; borrowed until the next is. `*value` is NULL after a failure too. */
kith_code kith_lookup_get(kith_lookup *lookup, const char *kind, const char *id, const char **value,
                          kith_err *err);

void kith_lookup_free(kith_lookup *lookup);

#endif

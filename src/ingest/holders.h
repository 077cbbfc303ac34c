/** @file
 * Who goes by a name, as long as only one does.
 */
#ifndef KITH_INGEST_HOLDERS_H
#define KITH_INGEST_HOLDERS_H

#include "base/dynbuf.h"
#include "base/intern.h"

/** Stands for "nobody" and "several" among mentions. */
#define KITH_HELD_BY_NOBODY UINT32_MAX
#define KITH_HELD_BY_SEVERAL (UINT32_MAX - 1)

/** Zeroed is empty. */
typedef struct kith_holders {
    kith_intern *names; /**< folded */
    uint32_t *holder;   /**< [names] mention, or one of the above */
    size_t capacity;
    kith_dynbuf key;
} kith_holders;

/** Numbers a name, or a name and what tells it from others, which may be "". */
kith_code kith_holders_number(kith_holders *holders, const char *name, const char *more, uint32_t *number,
                              kith_err *err);

/** One more mention goes by the name. */
void kith_holders_add(kith_holders *holders, uint32_t number, uint32_t mention);

/** Who goes by the name; KITH_HELD_BY_NOBODY where it was never numbered. Out of memory sticks to `key`. */
uint32_t kith_holders_find(kith_holders *holders, const char *name, const char *more);

void kith_holders_free(kith_holders *holders);

#endif

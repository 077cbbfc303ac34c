/** @file
 * Libraries that few commands need, loaded when they are. What links to igraph and libarchive loads some
 * twenty others with them, which takes longer than answering a question.
 */
#ifndef KITH_BASE_LATE_H
#define KITH_BASE_LATE_H

#include <stddef.h>

#include "base/err.h"

/** A library, and the addresses that are wanted of it. */
typedef struct kith_late {
    const char *library;      /**< as the loader knows it, such as libz.so.1 */
    const char *const *names; /**< [count] of functions or data */
    size_t count;
    void *addresses; /**< [count] pointers, filled in; NULL until then */
} kith_late;

/**
 * Loads the library for the rest of the process and finds all that is wanted of it; does nothing where that
 * was done before. Any thread may call it; who calls it before each use needs no lock of their own.
 * @return KITH_EIO where the library is missing or lacks something.
 */
kith_code kith_late_load(const kith_late *late, kith_err *err);

#endif

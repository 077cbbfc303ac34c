/** @file
 * How long work reports that it is alive, and how it is stopped.
 */
#ifndef KITH_PROGRESS_H
#define KITH_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Called now and then from the thread that called into kith.
 *
 * @param ctx    the caller's own.
 * @param phase  what is being done, for example "reading"; static storage.
 * @param done   units done so far: bytes while "looking at the inputs", "reading" and "writing the network",
 *               else what the phase names, such as people, pairs or ties.
 * @param total  units in all; 0 where that is not known.
 * @return true to go on; false makes the call end with KITH_EINTERRUPT.
 */
typedef bool kith_tick(void *ctx, const char *phase, uint64_t done, uint64_t total);

/** A callback and its context; a zeroed one reports nothing and never stops. */
typedef struct kith_progress {
    kith_tick *tick;
    void *ctx;
} kith_progress;

#ifdef __cplusplus
}
#endif
#endif

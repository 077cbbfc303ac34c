/** @file
 * Gzip as a stream of bytes, the same for the same input wherever it is made.
 *
 * The stream is one gzip member. It is compressed in blocks of 128 KiB, several at a time on as many threads
 * as there are; each block knows the text before it, and where blocks begin depends on the input alone. So
 * neither the number of threads nor the sizes of the writes can be seen in it.
 */
#ifndef KITH_BASE_GZ_H
#define KITH_BASE_GZ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

typedef struct kith_gz kith_gz;

/** Where compressed bytes go, in order, on the caller's thread. @return false where they could not be taken.
 */
typedef bool kith_gz_out(void *ctx, const void *bytes, size_t length);

/** @return KITH_ENOMEM. @cost 2 MiB, and up to 7 MiB more once 2 MiB were written. */
kith_code kith_gz_open(kith_gz_out *out, void *ctx, kith_gz **gz, kith_err *err);

/**
 * Takes bytes; up to 2 MiB of them wait for their turn.
 * @return KITH_ENOMEM where compressing failed, KITH_EIO where handing on did: the stream is then dead, and
 * whatever is asked of it returns the same again.
 */
kith_code kith_gz_write(kith_gz *gz, const void *bytes, size_t length);

/** Writes what is pending and the trailer. @return as kith_gz_write. */
kith_code kith_gz_finish(kith_gz *gz);

void kith_gz_close(kith_gz *gz);

#endif

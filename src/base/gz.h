/** @file
 * Gzip as a stream of bytes, the same for the same input wherever it is made.
 */
#ifndef KITH_BASE_GZ_H
#define KITH_BASE_GZ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

typedef struct kith_gz kith_gz;

/** Where compressed bytes go. @return false where they could not be taken. */
typedef bool kith_gz_out(void *ctx, const void *bytes, size_t length);

kith_code kith_gz_open(kith_gz_out *out, void *ctx, kith_gz **gz, kith_err *err);

/** @return false where compressing or handing on failed; the stream is then dead. */
bool kith_gz_write(kith_gz *gz, const void *bytes, size_t length);

/** Writes what is pending and the trailer. @return as kith_gz_write. */
bool kith_gz_finish(kith_gz *gz);

void kith_gz_close(kith_gz *gz);

#endif

/** @file
 * The list of files that nobody could read.
 */
#ifndef KITH_INGEST_LEFT_OUT_H
#define KITH_INGEST_LEFT_OUT_H

#include <kith/build.h>

/** Adds a file. @param name  copied. @param format, why  static. */
kith_code kith_left_out_add(kith_left_out *list, const char *name, const char *format, const char *why,
                            kith_err *err);

#endif

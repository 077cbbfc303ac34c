/** @file
 * Filling in a kith_err.
 */
#ifndef KITH_BASE_ERR_H
#define KITH_BASE_ERR_H

#include <kith/error.h>

/** Records a failure unless `err` is NULL or already holds one. Always returns `code`. */
__attribute__((format(printf, 3, 4))) kith_code kith_fail(kith_err *err, kith_code code, const char *format,
                                                          ...);

/** The same, about one line of one input file (`line` 0: the file as a whole). */
__attribute__((format(printf, 5, 6))) kith_code kith_fail_at(kith_err *err, kith_code code, const char *file,
                                                             uint64_t line, const char *format, ...);

/** Out of memory while working on `what`. Returns KITH_ENOMEM. */
kith_code kith_fail_memory(kith_err *err, const char *what);

/** A failed system call: "cannot VERB PATH: " and what errno `error_number` means. Always returns `code`. */
kith_code kith_fail_system(kith_err *err, kith_code code, const char *verb, const char *path,
                           int error_number);

#endif

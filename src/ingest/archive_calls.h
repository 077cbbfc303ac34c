/** @file
 * All that kith calls of libarchive, which is loaded when it is first needed (base/late.h says why): what
 * others write archive_read_new() is kith_la.read_new() here.
 */
#ifndef KITH_ARCHIVE_CALLS_H
#define KITH_ARCHIVE_CALLS_H

#include <archive.h>
#include <archive_entry.h>

#include "base/err.h"

/** X(name) for each archive_name. */
// clang-format off
#define KITH_ARCHIVE_CALLS(X) \
    X(entry_filetype) X(entry_hardlink) X(entry_pathname) X(entry_pathname_utf8) X(error_string) \
    X(read_data) X(read_free) X(read_new) X(read_next_header) X(read_open1) \
    X(read_set_callback_data) X(read_set_read_callback) X(read_set_seek_callback) \
    X(read_support_filter_xz) X(read_support_format_empty) X(read_support_format_raw) \
    X(read_support_format_tar) X(read_support_format_zip) X(set_error)
// clang-format on

typedef struct kith_archive_calls {
#define X(name) __typeof__(archive_##name) *name;
    KITH_ARCHIVE_CALLS(X)
#undef X
    __typeof__(archive_errno) *last_errno; /**< errno is a macro */
} kith_archive_calls;

extern kith_archive_calls kith_la;

/** Called before anything of kith_la is used. @return KITH_EIO where there is no libarchive. */
kith_code kith_archive_load(kith_err *err);

#endif

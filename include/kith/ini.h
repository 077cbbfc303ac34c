/** @file
 * Settings in files: [sections] with lines name = value.
 */
#ifndef KITH_INI_H
#define KITH_INI_H

#include <kith/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Called with every setting in the order of the file; all is borrowed for the call. A line that begins with
 * white space goes on with the name of the line before it, as one more value.
 * @return KITH_OK, or what ends the reading: with its message in `err`, without file and line.
 */
typedef kith_code kith_ini_take(void *ctx, const char *section, const char *name, const char *value,
                                kith_err *err);

/**
 * Reads a file.
 * @return KITH_ENOINPUT where it cannot be opened; KITH_EIO; KITH_ECONFIG for a line that is neither, or too
 *         long; or what `take` returned. The last two with file and line.
 */
KITH_API kith_code kith_ini_read(const char *path, kith_ini_take *take, void *ctx, kith_err *err);

#ifdef __cplusplus
}
#endif
#endif

/** @file
 * What a program around libkith needs for its signal handlers.
 */
#ifndef KITH_PROCESS_H
#define KITH_PROCESS_H

#include <kith/visibility.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the library, for example "0.1.0". Static storage. */
KITH_API const char *kith_version(void);

/** Removes the temporary files of all outputs being written. For signal handlers that then end the process.
 */
KITH_API void kith_abandon_outputs(void);

/**
 * The path of the mapped network file that `address` lies in, or NULL. For a SIGBUS handler: a
 * network file that was cut short while in use raises that signal.
 */
KITH_API const char *kith_mapped_file_at(const void *address);

#ifdef __cplusplus
}
#endif
#endif

/** @file
 * Text from anywhere, made fit for a terminal.
 */
#ifndef KITH_SAFE_TEXT_H
#define KITH_SAFE_TEXT_H

#include <stddef.h>

#include <kith/visibility.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Copies `text` with control, bidirectional and other invisible format characters and line and
 * paragraph separators shown as \u{XXXX}, and ill-formed bytes as U+FFFD: one line, as all reports
 * of kith show text. Allocates nothing, so that signal handlers may call it.
 *
 * @param out   caller-owned, NUL-terminated afterwards; what does not fit is left out, character by
 *              character.
 * @param size  of `out` in bytes, at least 1.
 * @return bytes written, without the NUL.
 */
KITH_API size_t kith_safe_text(const char *text, char *out, size_t size);

#ifdef __cplusplus
}
#endif
#endif

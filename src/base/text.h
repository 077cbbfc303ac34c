/** @file
 * UTF-8 text: folding for comparison, words, display width, and making text safe to show.
 */
#ifndef KITH_BASE_TEXT_H
#define KITH_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/dynbuf.h"

/** Whether `length` bytes are well-formed UTF-8 without NUL. */
bool kith_text_valid(const char *text, size_t length);

/**
 * Appends `text` folded for comparison: NFKD, case folded, combining marks dropped, white space
 * runs made one space, ends trimmed. "Éloïse  STRAẞE" becomes "eloise strasse".
 */
void kith_text_fold(const char *text, kith_dynbuf *out);

/**
 * Whether every word of `needle` stands in `haystack` as a run of whole words; both already folded.
 * Words are runs of letters and digits. In scripts that are written without spaces (Han, kana,
 * Thai, …) a part of a word is enough. An empty needle is found nowhere.
 */
bool kith_text_has_words(const char *haystack, const char *needle);

/** The next word (run of letters and digits) of folded `text` at or after `*at`; false at the end. `*at`
 * moves behind it. */
bool kith_text_next_word(const char *text, size_t *at, const char **word, size_t *length);

/** Columns a terminal needs to show `text`. */
size_t kith_text_width(const char *text);

/** Bytes of the longest prefix of `text` that fits `columns`, cut between grapheme clusters. */
size_t kith_text_fit(const char *text, size_t columns);

/**
 * Appends `text` with control, bidirectional and other invisible format characters shown as
 * \u{XXXX}, and ill-formed bytes as U+FFFD. What comes out is safe for a terminal.
 */
void kith_text_safe(const char *text, kith_dynbuf *out);

/** Appends `text` without leading and trailing white space and with inner runs of it, line breaks too, made
 * one space. */
void kith_text_tidy(const char *text, kith_dynbuf *out);

/** Appends `text` in canonical composition (NFC); ill-formed input is appended as it is. */
void kith_text_nfc(const char *text, kith_dynbuf *out);

/** Appends `text` lower-cased by simple case mapping, nothing else changed. */
void kith_text_lower(const char *text, kith_dynbuf *out);

/** Characters that only decorate a name (pictographs, dingbats, variation selectors, joiners). */
bool kith_text_is_pictograph(int32_t codepoint);

#endif

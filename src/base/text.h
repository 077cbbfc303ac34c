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
 * Appends `text` folded for comparison: NFKD, case folded, accents and points dropped, invisible
 * characters dropped, white space runs made one space, ends trimmed. "Éloïse  STRAẞE" becomes
 * "eloise strasse". Letters that people type plain though Unicode does not take them apart are
 * plain (ø ł đ æ œ þ ı …), so are typographic apostrophes and hyphens. Marks that spell stay:
 * Indic and Thai vowel signs, kana voicing. Ill-formed bytes become U+FFFD.
 */
void kith_text_fold(const char *text, kith_dynbuf *out);

/**
 * Whether the words of `needle` stand in `haystack` one after another as whole words; both already
 * folded. Words are runs of letters and digits; what stands between them does not count. In scripts
 * that are written without spaces (Han, kana, Thai, …) a part of a word is enough. A needle without
 * words is found nowhere.
 */
bool kith_text_has_words(const char *haystack, const char *needle);

/** The next word (run of letters and digits) of folded `text` at or after byte `*at`; false at the end. `*at`
 * moves behind it; `word` is borrowed from `text`. */
bool kith_text_next_word(const char *text, size_t *at, const char **word, size_t *length);

/** The same for pieces, which whole words are made of: a word cut wherever one may begin or end. Most words
 * are one piece; in scripts without spaces a letter with its marks is. Whoever has the words of a needle has
 * all of its pieces. */
bool kith_text_next_piece(const char *text, size_t *at, const char **piece, size_t *length);

/** Columns a terminal needs to show `text`; what a reader sees as one character takes at most two. */
size_t kith_text_width(const char *text);

/** Bytes of the longest prefix of `text` that fits `columns`, cut between grapheme clusters. */
size_t kith_text_fit(const char *text, size_t columns);

/**
 * Appends `text` made safe as by kith_safe_text (kith/safe_text.h). Joiners stay where writing needs
 * them: behind a pictograph, and behind a letter or mark of the scripts from Hebrew on (U+0590 and
 * above), never in Latin, Greek or Cyrillic.
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

/** @file
 * Words for what people are stated to be to each other: in cells, labels and names of columns.
 */
#ifndef KITH_INGEST_STATED_WORDS_H
#define KITH_INGEST_STATED_WORDS_H

#include <stdint.h>

#include "base/dynbuf.h"

/**
 * What the words of a text state of two people, a and b: a mask as of kith_net_stated. A noun tells what b is
 * to a ("manager", "assistant", "colleague"), a verb what a does ("manages", "assists"). Several words have
 * semicolons between. Case, accents, blanks and signs do not count; the names that address books give their
 * columns are known, too.
 *
 * @param squeezed  scratch; running out of memory sticks to it.
 * @return 0 where no word is known.
 */
uint32_t kith_stated_of_words(const char *text, kith_dynbuf *squeezed);

#endif

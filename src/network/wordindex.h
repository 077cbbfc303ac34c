/** @file
 * Which people have which word in what is known of them: made from a network in columns, for its file.
 *
 * Words are pieces of folded values (kith_text_next_piece). A name that is its person's key and plain
 * (kith_is_plain_key) has none: the list of keys leads to it, and networks of bare ids stay small.
 */
#ifndef KITH_NETWORK_WORDINDEX_H
#define KITH_NETWORK_WORDINDEX_H

#include "network/netdata.h"

/** Zeroed is empty. Texts ascend by their bytes and end in NUL; a text is one byte for the field, then the
 * word. */
typedef struct kith_wordindex {
    uint64_t n_words;
    uint64_t *text_offset; /**< [n_words + 1] into text */
    char *text;
    uint64_t *people_offset; /**< [n_words + 1] into people */
    uint32_t *people;        /**< ascending and distinct for each word */
} kith_wordindex;

/** The byte that stands for a field before its words. */
static inline char kith_word_field(kith_field field)
{
    return (char)(field + 1);
}

/** Whether WHO looks for words in this field. */
bool kith_field_has_words(kith_field field);

/** Whether `key` is of the letters a to z and digits alone, and thus one word that folds to itself. */
bool kith_is_plain_key(const char *key);

/**
 * @param progress  may be NULL; told in people.
 * @param index     out, caller-owned: kith_wordindex_free, also on failure.
 * @cost  O(values + words log words); each distinct value is folded once.
 */
kith_code kith_wordindex_make(const kith_netdata *data, const kith_progress *progress, kith_wordindex *index,
                              kith_err *err);

void kith_wordindex_free(kith_wordindex *index);

#endif

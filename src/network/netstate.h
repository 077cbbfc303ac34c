/** @file
 * An open network, as the files of this room share it.
 */
#ifndef KITH_NETWORK_NETSTATE_H
#define KITH_NETWORK_NETSTATE_H

#include <stdatomic.h>

#include <kith/network.h>
#include <kith/who.h>

#include "base/mapfile.h"
#include "network/netfile.h"
#include "network/netlayout.h"
#include "network/pseudonyms.h"

/** What reading finds out on the way; the only part of an open network that changes. */
typedef struct kith_net_marks {
    _Atomic(const char *) damage; /**< static text: the first damage met, or NULL */
    atomic_bool graph_checked;
    _Atomic uint64_t bits[]; /**< those of `verified`, then those of `row_checked` */
} kith_net_marks;

struct kith_net {
    const unsigned char *bytes; /**< borrowed, those of `map`, or `adopted` */
    void *adopted;              /**< freed with the network; NULL where the bytes are not its own */
    kith_mapfile map;
    bool mapped;
    char *name;
    kith_net_head head; /**< a copy: what was checked cannot change any more */
    kith_netlayout layout;
    kith_net_marks *marks;
    _Atomic uint64_t *verified;    /**< a bit for each block whose checksum was right */
    _Atomic uint64_t *row_checked; /**< a bit for each person whose ties were found right */
    kith_redaction *redaction;     /**< owned; NULL: texts are told as they are */
};

/** Reads bit `i`. What the bits tell of never changes, so no order between threads is needed: at worst two
 * find out the same. */
static inline bool kith_net_bit(_Atomic uint64_t *bits, uint64_t i)
{
    return (atomic_load_explicit(&bits[i / 64], memory_order_relaxed) >> (i % 64) & 1) != 0;
}

static inline void kith_net_set_bit(_Atomic uint64_t *bits, uint64_t i)
{
    (void)atomic_fetch_or_explicit(&bits[i / 64], UINT64_C(1) << (i % 64), memory_order_relaxed);
}

/** Remembers the first damage; `what` is static. Always returns false. */
bool kith_net_mark_damage(const kith_net *net, const char *what);

/**
 * Rows `first` to `first + count` of a section, borrowed, their blocks verified.
 * @return NULL where the section has no such rows or a block is damaged; the damage is then marked.
 */
const void *kith_net_rows(const kith_net *net, kith_section section, uint64_t first, uint64_t count);

/** The range of rows that person (or word) `id` has in `section`, by the offsets in `offsets`. @return false
 * where that makes no sense; the damage is then marked. */
bool kith_net_span(const kith_net *net, kith_section offsets, kith_section section, uint64_t id,
                   uint64_t *first, uint64_t *count);

/** Text `i` of those whose offsets and bytes are in these sections; one out of range is damage, and gives "".
 */
const char *kith_net_text_in(const kith_net *net, kith_section offsets, kith_section bytes, uint64_t i);

/** String by number; one out of range is damage, and gives "". */
const char *kith_net_text(const kith_net *net, uint32_t string);

/** What accessors tell of a text of the file: itself, or in a redacted network its pseudonym. */
const char *kith_net_tell(const kith_net *net, kith_secret secret, const char *text);

/** The people of word `word` of the index, borrowed, ascending and distinct; their number is returned. */
uint32_t kith_net_word_people(const kith_net *net, uint64_t word, const uint32_t **people);

/** Number of that word (a piece of folded text) among those of `field`; UINT64_MAX where nobody has it. */
uint64_t kith_net_find_word(const kith_net *net, kith_field field, const char *word, size_t length);

/** How many words there are in the index. */
uint64_t kith_net_word_count(const kith_net *net);

/** Checks that the index of words is the one that people's values lead to; a difference is marked as damage.
 * @return KITH_ENOMEM. */
kith_code kith_net_verify_words(const kith_net *net, kith_err *err);

/** Narrows `ids` to those who are in `others` too; both ascend. */
void kith_ids_keep(kith_ids *ids, const uint32_t *others, uint32_t count);

/** Number of rows in a section. */
static inline uint64_t kith_net_count(const kith_net *net, kith_section section)
{
    return net->layout.count[section];
}

/** Whether a stored day is none, or one of the years 0 to 9999. */
bool kith_net_is_day(kith_day day);

#endif

/** @file
 * Rows of ties that say nothing but who is tied to whom: for very many of them.
 */
#ifndef KITH_INGEST_PAIR_PACK_H
#define KITH_INGEST_PAIR_PACK_H

#include "ingest/endpoint.h"

/** Rows in their order. Zeroed is empty. */
typedef struct kith_pair_pack {
    kith_dynbuf text;   /**< the two names of each row, each with its NUL */
    kith_span *names;   /**< [2 n] in that text: both ends of one row, then of the next */
    uint64_t *lines;    /**< [n] */
    uint32_t *mentions; /**< [2 n] of these people; UINT32_MAX: to be asked for */
    size_t n, name_capacity, line_capacity, mention_capacity;
} kith_pair_pack;

/**
 * Keeps a row of two names.
 * @param kept  out, false for names that are empty, the same, or not as they would be tidied: such a row is
 * for others to read.
 */
kith_code kith_pair_pack_add(kith_pair_pack *pack, const char *a, const char *b, uint64_t line, bool *kept,
                             kith_err *err);

/** Looks up those people who have been mentioned already; on any thread, while nobody is being mentioned. */
void kith_pair_pack_find(kith_pair_pack *pack, const kith_endpoints *people);

/** What both ends of row `i` are called; borrowed. */
void kith_pair_pack_names(const kith_pair_pack *pack, size_t i, const char **a, const char **b);

/**
 * Ties the two people of row `i`, mentioning those who are new.
 * @param tied  out, false where both names are one person's: the row is for others to read.
 */
kith_code kith_pair_pack_tie(kith_pair_pack *pack, size_t i, kith_endpoints *people, kith_reading *reading,
                             uint64_t lines_before, bool *tied, kith_err *err);

/** Forgets all rows but keeps the memory. */
void kith_pair_pack_clear(kith_pair_pack *pack);

void kith_pair_pack_free(kith_pair_pack *pack);

#endif

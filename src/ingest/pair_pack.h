/** @file
 * Rows of ties that say nothing but who is tied to whom: for very many of them.
 */
#ifndef KITH_INGEST_PAIR_PACK_H
#define KITH_INGEST_PAIR_PACK_H

#include "ingest/csv_rows.h"
#include "ingest/endpoint.h"

/** Rows in their order. Zeroed is empty. */
typedef struct kith_pair_pack {
    char *text; /**< the two names of each row, each with its NUL */
    size_t text_bytes, text_capacity;
    kith_span *names;   /**< [2 n] in that text: both ends of one row, then of the next */
    uint64_t *lines;    /**< [n] */
    uint32_t *mentions; /**< [2 n] of these people; UINT32_MAX: to be asked for */
    uint32_t *open;     /**< [n_open] rows that name somebody new or one person twice, ascending */
    size_t n, capacity, n_open;
} kith_pair_pack;

/**
 * Keeps a row whose source and target stand at these places.
 * @param kept  out, false for names that are empty, the same, or not as they would be tidied: such a row is
 * for others to read.
 */
kith_code kith_pair_pack_add(kith_pair_pack *pack, const kith_csv_row *row, size_t source, size_t target,
                             bool *kept, kith_err *err);

/** Looks up those people who have been mentioned already; on any thread, while nobody is being mentioned. */
void kith_pair_pack_find(kith_pair_pack *pack, const kith_endpoints *people);

/** What both ends of row `i` are called; borrowed. */
void kith_pair_pack_names(const kith_pair_pack *pack, size_t i, const char **a, const char **b);

/** Says that the open row `nth`, where there is one, is soon to be mentioned. */
void kith_pair_pack_expect(const kith_pair_pack *pack, size_t nth, const kith_endpoints *people);

/**
 * Mentions those people of row `i`, which is open, who are new.
 * @param tied  out, false where both names are one person's: the row is for others to read.
 */
kith_code kith_pair_pack_mention(kith_pair_pack *pack, size_t i, kith_endpoints *people,
                                 kith_reading *reading, uint64_t lines_before, bool *tied, kith_err *err);

/** Forgets all rows but keeps the memory. */
void kith_pair_pack_clear(kith_pair_pack *pack);

void kith_pair_pack_free(kith_pair_pack *pack);

#endif

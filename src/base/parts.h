/** @file
 * Rows dealt out to parts by their keys, as the first step of sorting them or of writing where keys tell.
 *
 * A row is a number, and its upper half the key. Keys are cut into ranges that are small enough for fast
 * memory to hold what is done with one; rows of a range come to stand together, and each part may then be
 * worked at by itself. Lanes count their rows first and put them next, side by side.
 */
#ifndef KITH_BASE_PARTS_H
#define KITH_BASE_PARTS_H

#include <stdbool.h>

#include "base/parallel.h"

enum { KITH_PARTS = 512 };

/** A zeroed struct is empty. */
typedef struct kith_parts {
    uint64_t *rows;                 /**< part by part, in a part in the order of lanes; the caller's own */
    uint64_t (*place)[KITH_PARTS];  /**< by lane: how many, then where the next row of each part goes */
    uint64_t begin[KITH_PARTS + 1]; /**< of each part, in `rows` */
    int shift;                      /**< from key to part */
} kith_parts;

/** Begins to count what each lane will put. @param keys  all are below. @return false when out of memory. */
bool kith_parts_new(uint32_t keys, kith_parts *parts);

/** Frees all but `rows`; empty is fine. */
void kith_parts_free(kith_parts *parts);

/** Counts a row that `lane` will put. */
static inline void kith_parts_count(const kith_parts *parts, uint32_t lane, uint32_t key)
{
    parts->place[lane][key >> parts->shift]++;
}

/** Finds the places of what was counted. @return how many rows there are: `rows` must now be given room. */
uint64_t kith_parts_place(kith_parts *parts);

/** Puts a row; each lane puts what it counted. */
static inline void kith_parts_put(const kith_parts *parts, uint32_t lane, uint32_t key, uint32_t value)
{
    parts->rows[parts->place[lane][key >> parts->shift]++] = (uint64_t)key << 32 | value;
}

#endif

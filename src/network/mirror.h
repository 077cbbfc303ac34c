/** @file
 * Ties seen from their other end: what is told by lower person is dealt out by higher one.
 *
 * Higher people are cut into parts that are small enough for the fastest memory to hold what is written for
 * them. Entries go to their part first, one after another, and only from there to their person.
 */
#ifndef KITH_NETWORK_MIRROR_H
#define KITH_NETWORK_MIRROR_H

#include "base/err.h"
#include "base/parallel.h"

enum { KITH_MIRROR_PARTS = 512 };

/** What a tie tells its higher person. */
typedef struct kith_mirrored {
    uint32_t higher;
    uint32_t what;
} kith_mirrored;

/** Opaque but to this file; zeroed is empty. */
typedef struct kith_mirror {
    kith_mirrored *rows;                  /**< part by part, in a part in the order of lanes */
    uint64_t (*place)[KITH_MIRROR_PARTS]; /**< by lane: how many, then where the next of each part goes */
    uint64_t end[KITH_MIRROR_PARTS];      /**< of each part, in `rows` */
    int shift;                            /**< from person to part */
} kith_mirror;

/** Begins to count what each lane will put. @param n  people. */
kith_code kith_mirror_new(uint32_t n, kith_mirror *mirror, kith_err *err);

/** Frees it; empty is fine. */
void kith_mirror_free(kith_mirror *mirror);

/** Counts an entry that `lane` will put. */
static inline void kith_mirror_count(const kith_mirror *mirror, uint32_t lane, uint32_t higher)
{
    mirror->place[lane][higher >> mirror->shift]++;
}

/** Makes room for what was counted. */
kith_code kith_mirror_make_room(kith_mirror *mirror, kith_err *err);

/** Puts an entry; each lane puts what it counted. */
static inline void kith_mirror_put(const kith_mirror *mirror, uint32_t lane, uint32_t higher, uint32_t what)
{
    mirror->rows[mirror->place[lane][higher >> mirror->shift]++] = (kith_mirrored){higher, what};
}

/** The entries of a part, in the order in which lanes, then each lane, put them. @return how many. */
static inline uint64_t kith_mirror_part(const kith_mirror *mirror, uint32_t part, const kith_mirrored **rows)
{
    const uint64_t begin = part ? mirror->end[part - 1] : 0;

    *rows = mirror->rows + begin;
    return mirror->end[part] - begin;
}

#endif

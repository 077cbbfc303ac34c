/** @file
 * Going through all that relates people, one pair at a time.
 */
#ifndef KITH_NETWORK_TIE_WALK_H
#define KITH_NETWORK_TIE_WALK_H

#include "network/strength.h"

/** A pairing under the pair it ties. */
typedef struct kith_paired {
    uint64_t pair; /**< as in kith_people.ties */
    const kith_pairing *pairing;
} kith_paired;

/** All that relates people, each part sorted by pair. */
typedef struct kith_related {
    const kith_people *people;
    kith_paired *paired;
    size_t n_paired;
} kith_related;

/** @param related  out, caller-owned: kith_related_free; the people are borrowed. */
kith_code kith_related_new(const kith_people *people, kith_related *related, kith_err *err);

void kith_related_free(kith_related *related);

/** A first person such that those before have about `share` of `shares` of all there is; from 0 to n. */
uint32_t kith_related_split(const kith_related *related, uint32_t share, uint32_t shares);

/** A walk, and the pair at hand. */
typedef struct kith_tie_walk {
    const kith_yardstick *with;
    const uint64_t *tie, *ties_end;
    const kith_relation *relation, *relations_end;
    const kith_paired *paired, *paired_end;
    uint64_t next_relation, next_paired; /**< pairs; UINT64_MAX where there are no more */
    uint32_t a, b;                       /**< the lower and the higher person */
    uint32_t stated;                     /**< how often it is stated that they are tied, and nothing more */
    bool more; /**< whether anything else is known; if so `gathered` has all of it, `stated` too */
    kith_gathered gathered;
} kith_tie_walk;

/** Begins a walk of the pairs whose lower person is one of `begin` to `end`, exclusive. */
kith_tie_walk kith_tie_walk_begin(const kith_yardstick *with, const kith_related *related, uint32_t begin,
                                  uint32_t end);

/** The next pair that has a tie, by lower, then higher person; false at the end. */
bool kith_tie_walk_next(kith_tie_walk *walk);

/** Puts into `gathered` what was stated, where nothing else was known. */
void kith_tie_walk_gather(kith_tie_walk *walk);

#endif

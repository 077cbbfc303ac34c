/** @file
 * The parts of assembling a network, for the files of this room.
 */
#ifndef KITH_NETWORK_ASSEMBLE_H
#define KITH_NETWORK_ASSEMBLE_H

#include "network/strength.h"

/** Fills everything of `data` but ties and evidence; `shared_contacts` and `weight_is_strength` become
 * parameters beside the coefficients. */
kith_code kith_assemble_columns(const kith_people *people, const kith_coefficients *c, bool shared_contacts,
                                bool weight_is_strength, const kith_progress *progress, kith_arena *arena,
                                kith_netdata *data, kith_err *err);

/** Some time of somebody at a place; `start` and `end` are KITH_NO_DATE where it is not known when. */
typedef struct kith_stay {
    uint32_t place; /**< equal where the names are when folded */
    kith_day start, end;
} kith_stay;

/** The companies, or the schools, of each person. */
typedef struct kith_stays {
    uint64_t *offset; /**< [n + 1] */
    kith_stay *stay;  /**< by place, then start; those at one place do not overlap */
} kith_stays;

/**
 * Companies by what people are said to do and by their tenures, up to the as-of day; or schools by
 * tenures, `start` and `end` being the first day of the class year: the last year there, else the first.
 * @param stays  out, caller-owned: kith_stays_free, also on failure.
 */
kith_code kith_stays_find(const kith_people *people, kith_tenure_kind kind, kith_day as_of, kith_stays *stays,
                          kith_err *err);

/** Whether anything is known of both. */
static inline bool kith_stays_both(const kith_stays *stays, uint32_t a, uint32_t b)
{
    return stays->offset[a] < stays->offset[a + 1] && stays->offset[b] < stays->offset[b + 1];
}

/** What two people have in common by where they worked. */
typedef struct kith_together {
    bool undated;         /**< a company of both, it is not known when */
    uint32_t days;        /**< that both were at a company of both, over all such companies */
    kith_day first, last; /**< of those days; KITH_NO_DATE where there are none */
} kith_together;

/** @cost O(stays of both). */
kith_together kith_stays_together(const kith_stays *stays, uint32_t a, uint32_t b);

/** The two nearest classes of a school of both; false where there is none. */
bool kith_stays_classes(const kith_stays *stays, uint32_t a, uint32_t b, kith_day *class_a,
                        kith_day *class_b);

void kith_stays_free(kith_stays *stays);

#endif

/** @file
 * From what is known of two people to the strength of their tie.
 */
#ifndef KITH_NETWORK_STRENGTH_H
#define KITH_NETWORK_STRENGTH_H

#include "network/netdata.h"

/** Strength is never less nor more than this: nothing is certain. */
#define KITH_LEAST_STRENGTH 0.01
#define KITH_MOST_STRENGTH 0.99

/** What strength is computed with. */
typedef struct kith_yardstick {
    kith_coefficients c;
    kith_day as_of;    /**< KITH_NO_DATE where nothing is dated: ages are then unknown */
    double max_weight; /**< largest stated weight where weights are strengths, else NaN */
} kith_yardstick;

/** What one kind of evidence has come to so far. */
typedef struct kith_gathered_kind {
    uint32_t count;
    uint64_t halves; /**< interactions told of, in halves */
    kith_day first, last;
    double amount; /**< messages: how much they count; endorsements: how many; else the best factor */
} kith_gathered_kind;

/** All evidence for one tie, being gathered: kith_gathered_clear first. */
typedef struct kith_gathered {
    kith_gathered_kind kind[KITH_EVIDENCE_COUNT]; /**< set for those that occur */
    uint32_t mask;                                /**< kinds that occur */
    uint32_t lists, wrote;                        /**< 1: the lower person did, 2: the higher, 3: both */
    uint32_t stated;                              /**< as in kith_relation, of the lower and the higher */
} kith_gathered;

static inline void kith_gathered_clear(kith_gathered *gathered)
{
    gathered->mask = gathered->lists = gathered->wrote = gathered->stated = 0;
}

/** A tie that was stated `count` times, and of which nothing more was. */
void kith_gather_stated(uint32_t count, kith_gathered *gathered);

void kith_gather_relation(const kith_yardstick *with, const kith_relation *relation, kith_gathered *gathered);

void kith_gather_pairing(const kith_yardstick *with, const kith_pairing *pairing, kith_gathered *gathered);

/** A company that both have worked for, dates unknown. */
void kith_gather_company(const kith_yardstick *with, kith_gathered *gathered);

/** Days that both worked for the same company, between two days. */
void kith_gather_worked(const kith_yardstick *with, uint32_t days, kith_day first, kith_day last,
                        kith_gathered *gathered);

/** Classes of the two at one school. */
void kith_gather_studied(kith_day class_a, kith_day class_b, kith_gathered *gathered);

/** Contacts that two people of `degree_a` and `degree_b` contacts share; none is no evidence. */
void kith_gather_shared(uint32_t shared, uint64_t degree_a, uint64_t degree_b, kith_gathered *gathered);

/** Whether it makes a tie: working or studying together and shared contacts only strengthen one. */
bool kith_gathered_makes_tie(const kith_gathered *gathered);

/**
 * Turns what was gathered into rows, what counts most first. What follows from the rest is added to it.
 * @param rows  out, room for each kind gathered and one more; `b` is set to `higher`.
 * @return how many.
 */
uint32_t kith_weigh_evidence(const kith_yardstick *with, kith_gathered *gathered, uint32_t higher,
                             kith_evidence_row *rows);

/** Strength of a tie by its rows: noisy-or, clamped; a stated strength replaces the rest. */
double kith_weigh_tie(const kith_coefficients *c, const kith_evidence_row *rows, uint32_t count);

/** What is stored of a strength: max(1, round(-1000 ln strength)). */
uint16_t kith_cost_of_strength(double strength);

#endif

/** @file
 * Who goes with whom, so that the whole is best: seekers (mentees, requests), each with one helper at most
 * (mentor, introducer), and helpers with a number of places.
 */
#ifndef KITH_FLOW_ASSIGNMENT_H
#define KITH_FLOW_ASSIGNMENT_H

#include <stdbool.h>
#include <stdint.h>

#include <kith/progress.h>

#include "base/err.h"

/** The largest value of a pair. */
#define KITH_PAIR_VALUE_MOST 1000000

/** A seeker without a helper. */
#define KITH_NO_HELPER UINT32_MAX

/** No seeker. */
#define KITH_NO_SEEKER UINT32_MAX

/** Pairs that are allowed, in compressed rows, one a seeker. All borrowed. */
typedef struct kith_offers {
    uint32_t n_seekers, n_helpers;
    const uint64_t *offset;   /**< [n_seekers + 1] */
    const uint32_t *helper;   /**< [offset[n_seekers]] ascending in each row */
    const uint32_t *value;    /**< the same shape; 1 to KITH_PAIR_VALUE_MOST */
    const uint32_t *capacity; /**< [n_helpers] */
} kith_offers;

/** The best assignment, and what proves it. Shapes in brackets; all owned: kith_assignment_free. */
typedef struct kith_assignment {
    uint32_t *helper;    /**< [n_seekers] or KITH_NO_HELPER */
    uint32_t *load;      /**< [n_helpers] seekers that each helper got */
    int64_t total;       /**< sum of values */
    uint32_t n_assigned; /**< seekers with a helper */
    int64_t *gain; /**< [n_helpers] by how much `total` would rise if this helper alone had one place more */
    uint32_t *newcomer; /**< [n_helpers] who has no helper now and then would; KITH_NO_SEEKER: nobody more */
    uint32_t rounds;    /**< times LEMON was asked */
    uint64_t n_priced;  /**< pairs that it was given in the last one */
} kith_assignment;

/**
 * The assignment with the greatest total; of those one with the most pairs; of those the one in which the
 * first seeker has the helper of the lowest number (nobody comes last), then the second, and so on. So it is
 * unique, and does not hang on how LEMON goes about it. With a place more all who have a helper keep one; of
 * several newcomers who are worth as much it names the same each time.
 *
 * LEMON is given each seeker's best pairs. Its prices say whether any of the others could make the whole
 * better; those are added and it is asked again. It ends when prices and total agree over all pairs, which by
 * the duality of linear programs proves that no assignment of all pairs is worth more.
 *
 * @param out  caller-owned: kith_assignment_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EINTERRUPT
 *         (between rounds), KITH_EBUG, KITH_EUSAGE where the seekers are too many (over 2 million).
 * @cost   a few network simplexes of some 16 pairs a seeker; O(pairs) for each round; up to O(pairs) for each
 *         seeker for the order among equals, commonly far less. 32 bytes a seeker and a helper, 1 bit a pair,
 *         and LEMON's.
 */
kith_code kith_assign(const kith_offers *offers, const kith_progress *progress, kith_assignment *out,
                      kith_err *err);

void kith_assignment_free(kith_assignment *assignment);

/**
 * Deferred acceptance, seekers proposing: the stable assignment that is best for every seeker. Seekers prefer
 * pairs of higher value, then helpers of lower numbers; helpers pairs of higher `esteem`, then seekers of
 * lower numbers. No seeker and helper would both rather have each other than what they got (a helper with
 * places left rather has anyone).
 *
 * @param esteem  [pairs] what the pair is worth to the helper; NULL: its value.
 * @param helper  out, [n_seekers] or KITH_NO_HELPER.
 * @return KITH_ENOMEM.
 * @cost   O(pairs · log).
 * @source Gale & Shapley 1962, doi:10.1080/00029890.1962.11989827
 */
kith_code kith_assign_stable(const kith_offers *offers, const uint32_t *esteem, uint32_t *helper,
                             kith_err *err);

/** The value of a pair; 0 where it is not allowed. @cost O(log row). */
uint32_t kith_offer_value(const kith_offers *offers, uint32_t seeker, uint32_t helper);

#endif

/** @file
 * A best assignment and the prices that prove it, for the files of this room.
 *
 * `worth` counts pairs along with their value, so that of equal totals the one with more pairs is worth more.
 * A pair is tight where its worth less the helper's price is the seeker's profit. An assignment is a best one
 * just when it takes tight pairs only, leaves alone no seeker with a profit, and fills every helper with a
 * price.
 */
#ifndef KITH_FLOW_ASSIGNMENT_PARTS_H
#define KITH_FLOW_ASSIGNMENT_PARTS_H

#include <stdbool.h>

#include "flow/assignment.h"

/** Options of a seeker are the helpers and, as number n_helpers, nobody: at no price and with room for all.
 */
typedef struct kith_settled {
    const kith_offers *offers;
    int64_t *price;   /**< [n_helpers] 0 or more */
    int64_t *profit;  /**< [n_seekers] the best worth less price over all pairs, 0 at least */
    uint32_t *option; /**< [n_seekers] */
    uint32_t *load;   /**< [n_helpers + 1] */
} kith_settled;

static inline int64_t kith_pair_worth(const kith_offers *offers, uint64_t pair)
{
    return (int64_t)offers->value[pair] * ((int64_t)offers->n_seekers + 1) + 1;
}

/** What the seeker would keep of this pair. */
static inline int64_t kith_pair_margin(const kith_settled *s, uint64_t pair)
{
    return kith_pair_worth(s->offers, pair) - s->price[s->offers->helper[pair]];
}

/** Of all best assignments the first in the order of kith_assign. @return KITH_ENOMEM. */
kith_code kith_settled_order(kith_settled *s, kith_err *err);

/** Fills in `gain` and `newcomer`. @return KITH_ENOMEM. @cost O(pairs · log helpers). */
kith_code kith_settled_gains(const kith_settled *s, kith_assignment *out, kith_err *err);

#endif

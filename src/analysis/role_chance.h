/** @file
 * How often people would play each role if groups were dealt out anew, the ties staying as they are.
 */
#ifndef KITH_ANALYSIS_ROLE_CHANCE_H
#define KITH_ANALYSIS_ROLE_CHANCE_H

#include "graph/brokerage.h"

/** Chances under all ways to deal the groups out to the people who have one. */
typedef struct kith_role_chance {
    double one;        /**< that an open pair of somebody is of the role */
    double reversed;   /**< that a pair (a, b) and its reverse (b, a) both are */
    double same_first; /**< that two pairs of somebody both are that share their first person, and so on */
    double same_second;
    double crossing;
    double apart; /**< that two pairs both are that share nobody but the broker */
} kith_role_chance;

/**
 * @param people  [n_groups] how many people are in each group.
 * @param out     [KITH_ROLE_COUNT] by role.
 * @cost O(n_groups).
 */
void kith_role_chances(const uint32_t *people, uint32_t n_groups, kith_role_chance *out);

/** What is expected of a person with these open pairs in a role of that chance, and by how many standard
 * deviations the count is above; `z` is NaN where the count can only be what it is. */
void kith_role_expect(const kith_role_chance *chance, const kith_open_pairs *pairs, kith_role role,
                      double *expected, double *z);

#endif

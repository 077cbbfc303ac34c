/** @file
 * The parts of assembling a network, for the files of this room.
 */
#ifndef KITH_NETWORK_ASSEMBLE_H
#define KITH_NETWORK_ASSEMBLE_H

#include "network/strength.h"

/** Fills everything of `data` but ties and evidence; `shared_contacts` and `weight_is_strength` become
 * parameters beside the coefficients. */
kith_code kith_assemble_columns(const kith_people *people, const kith_coefficients *c, bool shared_contacts,
                                bool weight_is_strength, kith_arena *arena, kith_netdata *data,
                                kith_err *err);

/** Companies of each person as sorted numbers, equal where the names are when folded. */
typedef struct kith_employers {
    uint64_t *offset;  /**< [n + 1] */
    uint32_t *company; /**< ascending per person */
} kith_employers;

/** @param employers  out, caller-owned: kith_employers_free, also on failure. */
kith_code kith_employers_find(const kith_people *people, kith_employers *employers, kith_err *err);

/** Whether two people share a company. @cost O(companies of both). */
bool kith_employers_share(const kith_employers *employers, uint32_t a, uint32_t b);

void kith_employers_free(kith_employers *employers);

#endif

/** @file
 * Who is left out of a group, and who could bring them in.
 */
#ifndef KITH_ANALYSIS_LONE_PEOPLE_H
#define KITH_ANALYSIS_LONE_PEOPLE_H

#include <kith/cohort.h>

#include "graph/induced.h"
#include "network/netfile.h"

/** Memory for searches of the network, used again and again. Zeroed is empty. */
typedef struct kith_lone_space {
    uint32_t *nearest;  /**< [n] place among the well-connected; UINT32_MAX between searches */
    uint32_t *distance; /**< [n] of those reached */
    uint32_t *queue;    /**< [n] */
    bool *is_lone;      /**< [n] of those sought; false between searches */
} kith_lone_space;

/** @param space  out, caller-owned: kith_lone_space_free, also on failure. @return KITH_ENOMEM. */
kith_code kith_lone_space_new(uint32_t n, kith_lone_space *space, kith_err *err);

void kith_lone_space_free(kith_lone_space *space);

/**
 * Lists the isolates and the weakly tied of a group, each with the nearest of its well-connected people: the
 * quarter with most ties inside, two or more each, who may be introduced. Nearest is by ties through anyone;
 * of equally near ones the one with most ties inside, then the lowest id.
 *
 * @param flags  [n] KITH_PERSON_* of everyone.
 * @param out    what was filled in is freed with the result, also on failure.
 * @return KITH_ENOMEM.
 * @cost   O(n + m) at most, less where they are near.
 */
kith_code kith_lone_people_list(const kith_graph *graph, const uint8_t *flags, const kith_induced *inside,
                                kith_lone_space *space, kith_cohort_group *out, kith_err *err);

/**
 * Finds those of them who reach nobody well-connected of their own group the nearest of everyone in a group.
 *
 * @param inside  of everyone who is in a group.
 * @param groups  [n_groups] listed already.
 * @return KITH_ENOMEM.
 * @cost   O(n + m) at most, less where they are near.
 */
kith_code kith_lone_people_look_wider(const kith_graph *graph, const uint8_t *flags,
                                      const kith_induced *inside, kith_lone_space *space,
                                      kith_cohort_group *groups, uint32_t n_groups, kith_err *err);

#endif

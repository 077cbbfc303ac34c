/** @file
 * The door to LEMON: most total value of pairs under capacities, as a flow of least cost.
 */
#ifndef KITH_FLOW_MINCOST_H
#define KITH_FLOW_MINCOST_H

#include <stdint.h>

#include <kith/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One pair that may be made. */
typedef struct kith_flow_pair {
    uint32_t seeker, helper;
    int64_t value; /**< above 0 */
} kith_flow_pair;

/**
 * Chooses pairs so that every seeker is in at most one, no helper in more than their capacity, and the sum of
 * values is greatest.
 *
 * @param capacity  [n_helpers] above 0.
 * @param chosen    out, [n_seekers]: place in `pairs`, or UINT32_MAX. Any of the best choices.
 * @param price     out, [n_helpers]: dual values, 0 or more.
 * @return KITH_ENOMEM; KITH_EBUG where LEMON finds no answer, though there always is one. The caller writes
 * the message.
 * @cost   network simplex with block search; about 80 bytes a pair. It cannot be interrupted.
 * @source Király & Kovács 2012, arXiv:1207.6381
 */
kith_code kith_mincost_solve(uint32_t n_seekers, uint32_t n_helpers, const uint32_t *capacity,
                             const kith_flow_pair *pairs, uint32_t n_pairs, uint32_t *chosen, int64_t *price);

#ifdef __cplusplus
}
#endif
#endif

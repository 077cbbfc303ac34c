/** @file
 * Requests for introductions shared out among introducers, so that none gets too many.
 */
#ifndef KITH_ANALYSIS_INTRODUCER_LOAD_H
#define KITH_ANALYSIS_INTRODUCER_LOAD_H

#include <stdint.h>

#include <kith/progress.h>

#include "base/err.h"

/** The "introducer" of a direct tie: nobody is asked, so no limit holds. */
#define KITH_NO_INTRODUCER UINT32_MAX

/** One way to meet one request. */
typedef struct kith_load_route {
    uint32_t introducer; /**< person, or KITH_NO_INTRODUCER */
    uint32_t cost;       /**< chance is exp(-cost / 1000) */
} kith_load_route;

/** What became of a request, by an asker for a target. Routes are counted from the request's first;
 * UINT32_MAX: none. */
typedef struct kith_load_choice {
    uint32_t route; /**< the one to take */
    uint32_t first; /**< the one to take if nobody else asked: the cheapest, then the lower id */
} kith_load_choice;

/** What a route counts: its chance in millionths, 1 at least. */
uint32_t kith_load_value(uint32_t cost);

/**
 * Chooses a route for each request so that nobody is asked more than `limit` times and the sum of chances is
 * greatest. Where `route` is not `first`, the first introducer has `limit` requests, and giving this one
 * their place would lower the sum of chances or leave it as it is.
 *
 * Chances count as kith_load_value has them. Of equal sums the one that meets most requests is taken, then
 * the one in which the first request has the introducer with the lowest id (a direct tie comes last), and so
 * on.
 *
 * @param offset  [n_requests + 1] each request's routes.
 * @param routes  [offset[n_requests]] in any order; of several with one introducer the cheapest counts.
 * @param limit   1 or more.
 * @param choice  out, [n_requests].
 * @param asked   out, may be NULL: how many requests are met.
 * @return KITH_ENOMEM, KITH_EINTERRUPT, KITH_EUSAGE (over two million requests).
 * @cost   kith_assign of as many pairs as there are routes.
 */
kith_code kith_introducer_load(uint32_t n_requests, const uint64_t *offset, const kith_load_route *routes,
                               uint32_t limit, const kith_progress *progress, kith_load_choice *choice,
                               uint32_t *asked, kith_err *err);

#endif

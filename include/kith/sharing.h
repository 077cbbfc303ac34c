/** @file
 * Requests for introductions shared out among introducers, so that nobody gets more than so many.
 */
#ifndef KITH_SHARING_H
#define KITH_SHARING_H

#include <kith/queries.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What one question is to do. Routes are counted as in its answer. */
typedef struct kith_request {
    uint32_t route;      /**< the one to take; UINT32_MAX: none, or none that is left */
    uint32_t introducer; /**< of that one; UINT32_MAX: nobody is asked */
    bool second_choice;  /**< its first route is better by a millionth at least, and is for others */
} kith_request;

/** Who asks whom. Zeroed is empty. */
typedef struct kith_sharing {
    uint32_t limit; /**< most requests for one introducer */
    uint64_t count;
    kith_request *requests;  /**< [count], by question */
    uint64_t *by_introducer; /**< [n_asking] questions that ask somebody, by introducer, then question */
    uint64_t n_asking;
    uint64_t met;            /**< questions with a route to take */
    uint64_t second_choices; /**< of these, those that do not take their first */
    uint64_t unmet;          /**< questions that have routes and may take none */
} kith_sharing;

/**
 * Chooses for each question one of the routes that kith_intro answers, so that no introducer is asked by more
 * than `limit` of them and the sum of chances is greatest; a direct tie asks nobody. A question that does not
 * take its first route leaves its introducer to `limit` others, and no exchange would raise the sum.
 *
 * Chances are exp(-cost/1000), so those that novelty or the cost `strength` weigh. The choice is unique: see
 * kith_query_run_next for the routes of a question, and analysis/introducer_load.h for equal sums.
 *
 * @param opts     what is asked of all; its asker, targets, max_hops and top are not looked at. The mode is
 *                 KITH_INTRO_PER_INTRODUCER, the cost KITH_COST_CHANCE or KITH_COST_STRENGTH.
 * @param queries  `top` of a question says how many introducers it chooses from (0: all).
 * @param limit    1 or more.
 * @param sharing  out, caller-owned: kith_sharing_free; empty on failure.
 * @return as kith_intro_batch; KITH_EUSAGE also for another mode or cost, a limit of 0, or over two million
 *         questions.
 * @cost   All answers once, 8 bytes for each of their routes, and an assignment of least cost.
 */
KITH_API kith_code kith_queries_share(const kith_net *net, const kith_intro_opts *opts,
                                      const kith_queries *queries, uint32_t limit, kith_sharing *sharing,
                                      kith_err *err);

/** Questions that ask an introducer, ascending. @return borrowed, shape [*count]. */
KITH_API const uint64_t *kith_sharing_asked_by(const kith_sharing *sharing, uint32_t introducer,
                                               uint64_t *count);

KITH_API void kith_sharing_free(kith_sharing *sharing);

#ifdef __cplusplus
}
#endif
#endif

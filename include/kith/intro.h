/** @file
 * Who can introduce me: routes from a person to the people they want to reach.
 */
#ifndef KITH_INTRO_H
#define KITH_INTRO_H

#include <kith/network.h>
#include <kith/progress.h>
#include <kith/who.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What makes a route good. */
typedef enum kith_cost {
    KITH_COST_CHANCE, /**< the chance that every handover is made */
    KITH_COST_HOPS    /**< the number of ties */
} kith_cost;

/** What is asked. Start from KITH_INTRO_DEFAULTS; all is borrowed. */
typedef struct kith_intro_opts {
    uint32_t from; /**< the asker */
    const uint32_t
        *targets; /**< distinct, ascending; the asker and people not to be introduced are passed over */
    uint32_t n_targets;
    uint32_t max_hops; /**< most ties on a route; 0: no limit */
    uint32_t top;      /**< most routes in the answer; 0: all */
    kith_cost cost;
    const uint32_t *exclude; /**< distinct, ascending: never intermediates */
    uint32_t n_exclude;
    uint32_t via; /**< stands on every route, strictly between its ends; UINT32_MAX: nobody in particular */
    const kith_progress *progress;
} kith_intro_opts;

#define KITH_INTRO_DEFAULTS                                                                                  \
    {                                                                                                        \
        .max_hops = 3, .top = 10, .via = UINT32_MAX                                                          \
    }

/** One route: a chain of people, each tied to the next, nobody twice. */
typedef struct kith_route {
    const uint32_t *people; /**< [hops + 1], the asker first, the target last */
    uint32_t hops;
    uint64_t cost; /**< what routes are ordered by: thousandths of -ln chance, or ties (KITH_COST_HOPS) */
    double
        chance; /**< product of strengths times the network's handover coefficient for every tie after the
                   first, whatever the cost routes are ordered by; exp(-cost/1000) under KITH_COST_CHANCE */
} kith_route;

/** The answer: the best route for each introducer, best first; order is cost, hops, ids along the route. */
typedef struct kith_intro_result {
    uint32_t from;
    uint32_t n_targets; /**< people sought, those passed over not counted */
    uint32_t max_hops, top;
    kith_cost cost;
    kith_route *routes;
    uint32_t n_routes;
    const struct kith_draft *drafts; /**< [n_routes], borrowed, for reports (kith/draft.h); NULL: none */
} kith_intro_result;

/**
 * Finds, for each contact of the asker, the best route to any target that begins with that contact.
 *
 * Beyond the introducer a route stays among people other than the asker. People marked
 * do_not_introduce are neither intermediates nor targets, but may ask; people excluded may still be
 * targets. The answer is unique.
 *
 * @param result  out, caller-owned: kith_intro_free; zeroed on failure.
 * @return KITH_OK also when there is no route (n_routes 0); KITH_EUSAGE (people that do not exist, lists
 * out of order, a route through its own asker), KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT.
 * @cost   The ties of people within about half of max_hops of the asker or the targets, whichever are
 *         fewer, and at most O(max_hops * m); without a limit those within about half of the cost of the
 *         routes, and at most O(m log n). With `via` and a limit: a search that grows with the number of
 *         routes near the best.
 */
KITH_API kith_code kith_intro(const kith_net *net, const kith_intro_opts *opts, kith_intro_result *result,
                              kith_err *err);

/**
 * Answers the same question for many askers and many groups of people sought, together: on all threads, and
 * with what the askers have in common done once.
 *
 * @param opts     what is asked of all; its asker and targets are not looked at.
 * @param askers   shape [n_askers], in any order.
 * @param sought   shape [n_sought], each a set of people.
 * @param results  out, caller-owned, shape [n_askers * n_sought], by asker, then group: what kith_intro
 *                 answers, kith_intro_free each; zeroed on failure.
 * @return as kith_intro.
 * @cost   With a limit: for each group the ties of people within max_hops of it, or for few askers what
 *         kith_intro takes for each. Without one: the ties of everyone, about as many times for every sixteen
 *         groups as routes are long; 69 bytes a person and thread. Then what is found.
 */
KITH_API kith_code kith_intro_batch(const kith_net *net, const kith_intro_opts *opts, const uint32_t *askers,
                                    uint32_t n_askers, const kith_ids *sought, uint32_t n_sought,
                                    kith_intro_result *results, kith_err *err);

KITH_API void kith_intro_free(kith_intro_result *result);

#ifdef __cplusplus
}
#endif
#endif

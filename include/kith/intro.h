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
    KITH_COST_CHANCE,   /**< the chance that every handover is made */
    KITH_COST_HOPS,     /**< the number of ties */
    KITH_COST_STRENGTH, /**< the product of the strengths of its ties, handovers not counted */
    KITH_COST_LDBC_INV, /**< the sum of 1 / (n + 1), n being the interactions of two people: messages; else as
                           many as rows that state their tie tell of; in a network that tells of none the
                           number of these rows */
    KITH_COST_LDBC_SQRT /**< the sum of max(round(40 - sqrt(n)), 1); ties with n = 0 do not count */
} kith_cost;

/** Which routes are wanted. */
typedef enum kith_intro_mode {
    KITH_INTRO_PER_INTRODUCER, /**< the best one for each contact of the asker */
    KITH_INTRO_ALL,            /**< the best ones, whatever they share */
    KITH_INTRO_SHORTEST,       /**< all that are as good as the best, in cost and number of ties */
    KITH_INTRO_PER_TARGET      /**< the best one to each person sought */
} kith_intro_mode;

/** Routes that an answer of the modes ALL and SHORTEST holds at most, also where `top` says all. */
#define KITH_INTRO_MOST_ROUTES 10000

/** What is asked. Start from KITH_INTRO_DEFAULTS; all is borrowed. */
typedef struct kith_intro_opts {
    uint32_t from; /**< the asker */
    const uint32_t
        *targets; /**< distinct, ascending; the asker and people not to be introduced are passed over */
    uint32_t n_targets;
    kith_intro_mode mode;
    uint32_t max_hops; /**< most ties on a route; 0: no limit */
    uint32_t top;      /**< most routes in the answer; 0: all */
    kith_cost cost;
    double min_strength; /**< weaker ties do not count; 0: all do */
    bool novelty;        /**< the first tie is weighed by how few and how many contacts its people share */
    const uint32_t *exclude; /**< distinct, ascending: never intermediates */
    uint32_t n_exclude;
    const uint32_t *only; /**< NULL, or who alone may be an intermediate; distinct, ascending */
    uint32_t n_only;
    bool by_interactions; /**< shortest routes by hops: first those with most interactions */
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
    uint64_t cost;  /**< what routes are ordered by: thousandths of -ln, ties (KITH_COST_HOPS), or for
                       KITH_COST_LDBC_INV units of 2^-32 */
    double chance;  /**< product of strengths times the network's handover coefficient for every tie after the
                       first, whatever the cost routes are ordered by; exp(-cost/1000) under KITH_COST_CHANCE
                       without novelty */
    double novelty; /**< weight of the first tie, 0.5 to 1, where novelty was asked for; else 1 */
    double interactions; /**< of KITH_INTRO_SHORTEST and KITH_COST_HOPS: messages or interactions stated of
                            all its ties, in steps of 0.5; else 0 */
} kith_route;

/** How near a question comes that has no route. A route with 0 hops stands for none. */
typedef struct kith_intro_near {
    bool asked;           /**< whether this was looked for at all */
    kith_route nearest;   /**< the fewest ties to anyone sought, beyond the limit; its cost is their number */
    uint32_t n_beyond;    /**< people sought who are one tie beyond the limit */
    kith_route colleague; /**< the best route to somebody at the company of a person sought */
} kith_intro_near;

/** The answer, best first; order is cost, hops, ids along the route. */
typedef struct kith_intro_result {
    uint32_t from;
    uint32_t n_targets; /**< people sought, those passed over not counted */
    kith_intro_mode mode;
    uint32_t max_hops, top;
    kith_cost cost;
    double min_strength;
    bool novelty, by_interactions;
    kith_route *routes;
    uint32_t n_routes;
    const struct kith_draft *drafts; /**< [n_routes], borrowed, for reports (kith/draft.h); NULL: none */
    uint64_t n_all; /**< of KITH_INTRO_SHORTEST: how many there are, UINT64_MAX: that many or more; else 0 */
    kith_intro_near near; /**< where kith_intro found no route */
} kith_intro_result;

/**
 * Finds routes from the asker to any target, as many and as different as the mode says. Where there is none,
 * tells how near it gets, unless somebody is to be gone through.
 *
 * Routes meet nobody twice. People marked do_not_introduce are neither intermediates nor targets, but may
 * ask; people excluded may still be targets. The answer is unique.
 *
 * @param result  out, caller-owned: kith_intro_free; zeroed on failure.
 * @return KITH_OK also when there is no route (n_routes 0); KITH_EUSAGE (people that do not exist, lists
 *         out of order, a route through its own asker, shortest routes through somebody, novelty where
 *         strengths do not count, by_interactions of others or of more than KITH_INTRO_MOST_ROUTES),
 *         KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT.
 * @cost   The ties of people within about half of max_hops of the asker or the targets, whichever are
 *         fewer, and at most O(max_hops * m); without a limit those within about half of the cost of the
 *         routes, and at most O(m log n). With `via` and a limit: a search that grows with the number of
 *         routes near the best. The best of all take such a search for each person on them; routes per
 *         target the ties of everyone within max_hops of the asker. With min_strength and costs by
 *         messages O(m) more.
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
 *                 answers, but not how near it gets; kith_intro_free each; zeroed on failure.
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

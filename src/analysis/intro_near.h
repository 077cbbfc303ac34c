/** @file
 * A question of routes as it is worked on, and how near it gets where there is none.
 */
#ifndef KITH_ANALYSIS_INTRO_NEAR_H
#define KITH_ANALYSIS_INTRO_NEAR_H

#include "analysis/intro_ties.h"

/** What all who ask the same have in common. */
typedef struct kith_intro_question {
    const kith_net *net;
    const kith_intro_opts *opts;
    kith_intro_ties ties;
    kith_route_query query; /**< nobody's yet: without asker, and without targets in a batch */
    uint32_t handover;      /**< what a handover costs when chances are told */
} kith_intro_question;

/**
 * Makes routes of what a search found.
 * @param routes  out, caller-owned, as are the people of routes[0], which those of all others follow.
 */
kith_code kith_intro_deliver(const kith_intro_question *q, const kith_found_routes *found,
                             kith_route **routes, uint32_t *count, kith_err *err);

/**
 * Tells how near a query gets that has no route: under the same rules, but beyond its limit, or to others at
 * the companies of those sought.
 * @param query  without anyone to go through.
 * @param near   out; what its routes own is caller-owned, also on failure.
 * @cost  A search without a limit, and a search for the colleagues within it.
 */
kith_code kith_intro_find_near(const kith_intro_question *q, const kith_route_query *query,
                               kith_intro_near *near, kith_err *err);

#endif

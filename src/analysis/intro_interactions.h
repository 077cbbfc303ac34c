/** @file
 * How often the people on a route dealt with each other.
 */
#ifndef KITH_ANALYSIS_INTRO_INTERACTIONS_H
#define KITH_ANALYSIS_INTRO_INTERACTIONS_H

#include "base/err.h"
#include "graph/routes.h"
#include "network/netfile.h"

/** Messages of two people, or where none are known as many interactions as rows that state their tie tell of;
 * in steps of 0.5. @cost O(log d). */
double kith_tie_interactions(const kith_net *net, uint32_t a, uint32_t b);

/** Those of all ties of a route. @param people  [hops + 1]. */
double kith_route_interactions(const kith_net *net, const uint32_t *people, uint32_t hops);

/**
 * Puts the routes with most interactions first; the order of others stays.
 * @return KITH_ENOMEM.
 * @source the weight of query IC14 of the LDBC Social Network Benchmark, doi:10.1145/2723372.2742786
 */
kith_code kith_routes_by_interactions(const kith_net *net, kith_found_routes *found, kith_err *err);

#endif

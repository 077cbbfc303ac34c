/** @file
 * Cheapest routes to a set of targets, bounded by hops or not.
 *
 * The cost of a route is the sum of its ties' costs plus `handover` for every tie after the first.
 * Routes are compared by cost, then hops, then ids along the route: a total order.
 */
#ifndef KITH_GRAPH_ROUTES_H
#define KITH_GRAPH_ROUTES_H

#include <stddef.h>

#include <kith/progress.h>

#include "base/err.h"
#include "graph/graph.h"

/** What to search. All borrowed. */
typedef struct kith_route_query {
    const kith_graph *graph;
    uint32_t from;           /**< may be blocked, as targets may */
    const uint32_t *targets; /**< distinct, ascending; `from` is passed over */
    uint32_t n_targets;
    const uint8_t *flags;    /**< [n] or NULL */
    uint8_t blocking;        /**< whose flags share a bit with this is blocked: never an intermediate */
    const uint32_t *exclude; /**< more people who are blocked; distinct, ascending */
    uint32_t n_exclude;
    const uint32_t *only; /**< NULL, or who alone may be an intermediate; distinct, ascending */
    uint32_t n_only;
    const uint32_t *absent; /**< a few people, other than `from` and `via`, who stand on no route at all */
    uint32_t n_absent;
    uint32_t max_hops;           /**< 0: no limit */
    uint32_t via;                /**< other than `from`; UINT32_MAX: nobody in particular */
    uint32_t handover;           /**< cost of each handover after the first */
    bool unit_costs;             /**< every tie costs 1 and handovers nothing */
    const uint64_t *tie_costs;   /**< [2 m] in place of the graph's costs, 1 or more; or NULL */
    const uint32_t *first_costs; /**< in place of all these, by place in the row of `from`; or NULL */
    const kith_progress *progress;
} kith_route_query;

/** One route found. */
typedef struct kith_found_route {
    uint64_t cost;
    uint32_t hops;
    uint32_t first; /**< where its hops + 1 people begin in kith_found_routes.people */
} kith_found_route;

/** Routes in their total order. */
typedef struct kith_found_routes {
    kith_found_route *routes;
    uint32_t count;
    uint32_t *people;
    size_t routes_capacity, people_count, people_capacity;
} kith_found_routes;

/**
 * The best route for each first neighbour of `from` that has one: a simple path, which beyond
 * that neighbour stays away from `from` and, but for its end, from blocked people. It may pass
 * through a target only where that target is not blocked. With `via`, that person stands on every
 * route strictly between its ends: there are none where `via` is blocked.
 *
 * @param top  most routes wanted; 0: all.
 * @param out  caller-owned: kith_found_routes_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EINTERRUPT; KITH_EDATA where a tie is not in the row of its other end.
 * @cost  Within a limit: the ties of people who are half of max_hops from `from` or from a target,
 *        whichever are fewer, and none once `top` introducers are known whom no longer route can better;
 *        at most O(max_hops m). Without one: those nearer than about half a
 *        route; at most O(m log n). With `via` and a limit: time and memory grow
 *        with the number of beginnings of routes that look no worse than the routes found. With
 *        `via` and no limit: O(m log n), and as much again for each person on a route whose two
 *        shortest halves would meet somebody twice.
 * @source Suurballe & Tarjan 1984, doi:10.1002/net.3230140209, for pairs of ways without a shared person.
 */
kith_code kith_routes_per_introducer(const kith_route_query *query, uint32_t top, kith_found_routes *out,
                                     kith_err *err);

/**
 * The best routes, whatever they share: simple paths that are blocked, led and limited as above.
 *
 * @param top  most routes wanted, 1 or more.
 * @cost  A search as for kith_routes_per_introducer for each person on a route of the answer; memory grows
 *        with the ties of those people and with `top`.
 * @source Lawler 1972, doi:10.1287/mnsc.18.7.401, after Yen 1971, doi:10.1287/mnsc.17.11.712
 */
kith_code kith_routes_ranked(const kith_route_query *query, uint32_t top, kith_found_routes *out,
                             kith_err *err);

/**
 * All routes of the same cost and hops as the best one, in the order of their ids.
 *
 * @param query  nobody in particular to go through.
 * @param top    most routes wanted, 1 or more.
 * @param total  out: how many there are; UINT64_MAX stands for that many or more.
 * @param ends   out: to how many targets they lead.
 * @cost  as for kith_routes_per_introducer, and for each route the ties of the people on it. Memory does not
 *        grow with the number of routes that are not wanted.
 */
kith_code kith_routes_shortest(const kith_route_query *query, uint32_t top, kith_found_routes *out,
                               uint64_t *total, uint32_t *ends, kith_err *err);

/**
 * The best route to each target that has one, best first. A route may pass through other targets.
 *
 * @param top  most routes wanted; 0: all.
 * @cost  O(h m log m) for h layers: max_hops, and without a limit the most ties of a best way to anyone. With
 *        `via` a search as for kith_routes_per_introducer for each target.
 */
kith_code kith_routes_per_target(const kith_route_query *query, uint32_t top, kith_found_routes *out,
                                 kith_err *err);

void kith_found_routes_free(kith_found_routes *routes);

#endif

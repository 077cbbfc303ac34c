/** @file
 * Who stands between two people without a tie, counted by the groups of the three.
 */
#ifndef KITH_GRAPH_BROKERAGE_H
#define KITH_GRAPH_BROKERAGE_H

#include <kith/role.h>

#include "base/err.h"
#include "graph/graph.h"

/** Stands for no group. */
#define KITH_NO_GROUP UINT32_MAX

/** Which way a tie leads, seen from the person in whose row it stands; both bits: it leads both ways; none:
 * it does not count. */
enum { KITH_ARC_OUT = 1, KITH_ARC_IN = 2, KITH_ARC_BOTH = 3 };

/**
 * The open pairs of one person v: ordered pairs (a, b) with a -> v -> b and without a -> b. The last three
 * count pairs of different open pairs, in order; all that have a person in common are among them or in
 * `reversed`.
 */
typedef struct kith_open_pairs {
    uint64_t role[KITH_ROLE_COUNT]; /**< by role; their sum is the number of open pairs */
    double reversed;                /**< (a, b) whose reverse (b, a) is open too */
    double same_first;              /**< (a, b) and (a, d), b other than d */
    double same_second;             /**< (a, b) and (c, b), a other than c */
    double crossing; /**< (a, b) and (b, d), or (a, b) and (c, a); d other than a, c other than b */
} kith_open_pairs;

/**
 * Counts them for everyone. People without a group are left out.
 *
 * @param arcs   borrowed, shape [2 m] as graph->target: KITH_ARC_* or 0, the two rows of a tie saying the
 * same; NULL: all ties lead both ways.
 * @param group  borrowed, shape [n]: below n_groups, or KITH_NO_GROUP.
 * @param out    out, caller-owned, shape [n]; all 0 for people without a group.
 * @return KITH_ENOMEM.
 * @cost   O(m^1.5) time, pairs are not listed; 33 m + 72 n bytes, and 4 n for each thread.
 * @note   The same bytes for any number of threads.
 * @source Gould & Fernandez 1989, doi:10.2307/270949
 */
kith_code kith_brokerage(const kith_graph *graph, const uint8_t *arcs, const uint32_t *group,
                         uint32_t n_groups, kith_open_pairs *out, kith_err *err);

#endif

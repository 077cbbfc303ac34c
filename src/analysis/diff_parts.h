/** @file
 * The parts of a comparison of two networks, one file each.
 */
#ifndef KITH_ANALYSIS_DIFF_PARTS_H
#define KITH_ANALYSIS_DIFF_PARTS_H

#include <kith/diff.h>

#include "graph/graph.h"
#include "network/netfile.h"

/** The two sides of everything. */
enum { BEFORE, AFTER, SIDES };

#define KITH_NOBODY UINT32_MAX

/** Who is who in two networks: everyone there is in either has one number. Who became part of another
 * has that one's number, and so has who came out of another. */
typedef struct kith_followed {
    uint32_t n[SIDES];       /**< people in each network */
    uint32_t count;          /**< numbers */
    uint32_t *of[SIDES];     /**< [n] the number of each person */
    uint32_t *person[SIDES]; /**< [count] who has the number, KITH_NOBODY where there is nobody */
    uint32_t *also[SIDES];   /**< [n] the next who has it too, or KITH_NOBODY; of `person` the first */
} kith_followed;

/** @param who  out, caller-owned: kith_followed_free, also on failure. @cost O(n log n) for n keys. */
kith_code kith_follow_people(const kith_net *const net[SIDES], kith_followed *who, kith_err *err);

void kith_followed_free(kith_followed *who);

/** A comparison under way. */
typedef struct kith_diffing {
    const kith_net *net[SIDES];
    kith_graph graph[SIDES];
    const kith_diff_opts *opts;
    kith_followed who;
    kith_diff_result *result;
} kith_diffing;

/** Takes a change into the answer. @return KITH_ENOMEM. */
kith_code kith_diff_note(kith_diffing *d, kith_change_kind kind, const kith_change *change, kith_err *err);

/* Each finds the changes of its part. */
kith_code kith_diff_people(kith_diffing *d, kith_err *err);
kith_code kith_diff_ties(kith_diffing *d, kith_err *err);
kith_code kith_diff_mentorships(kith_diffing *d, kith_err *err);
kith_code kith_diff_brokers(kith_diffing *d, kith_err *err);
kith_code kith_diff_routes(kith_diffing *d, kith_err *err);
kith_code kith_diff_groups(kith_diffing *d, kith_err *err);

#endif

/** @file
 * Which people belong together: by what is known of them, or by whom they know.
 */
#ifndef KITH_ANALYSIS_GROUPS_H
#define KITH_ANALYSIS_GROUPS_H

#include <kith/bridges.h>

#include "base/dynbuf.h"
#include "graph/brokerage.h"
#include "network/netfile.h"

/** Groups of people, everyone in one at most. Zeroed is empty. */
typedef struct kith_groups {
    uint32_t *of;      /**< [n] below count, or KITH_NO_GROUP */
    uint32_t *people;  /**< [count] how many are in each */
    uint32_t *value;   /**< [count] string of the network that a group is called by, or UINT32_MAX */
    kith_field *field; /**< [count] what that string is a value of */
    uint32_t count;
} kith_groups;

/**
 * By each person's preferred value of a field: values that differ only in case and accents are one, called by
 * the spelling that comes first in byte order. Who has no value is in no group.
 *
 * @param out  caller-owned: kith_groups_free; zeroed on failure.
 * @return KITH_ENOMEM.
 * @cost   O(n), and folding each distinct value once.
 */
kith_code kith_groups_by_field(const kith_net *net, kith_field field, kith_groups *out, kith_err *err);

/** How communities are sought. */
typedef struct kith_community_opts {
    double resolution; /**< more gives smaller ones; 1 is plain modularity */
    uint32_t runs;     /**< of which the best counts; 1 or more */
    uint64_t seed;
    const kith_progress *progress;
} kith_community_opts;

/**
 * By whom people know: communities of the Leiden method, people without ties in none. Each is called by the
 * company, title or place that is commonest among its people beyond how common it is among
 * everyone.
 *
 * @param out  caller-owned: kith_groups_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EINTERRUPT.
 * @cost   nearly O(n + m) a run.
 */
kith_code kith_groups_by_community(const kith_net *net, const kith_graph *graph,
                                   const kith_community_opts *opts, kith_groups *out, kith_err *err);

/**
 * By what is asked for: communities as `how` has it, with 1 for a resolution or runs of 0, else a field;
 * companies for KITH_GROUPING_NONE.
 *
 * @param out  caller-owned: kith_groups_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EINTERRUPT.
 */
kith_code kith_groups_find(const kith_net *net, const kith_graph *graph, kith_grouping grouping,
                           kith_field field, const kith_community_opts *how, kith_groups *out, kith_err *err);

/**
 * What groups are called: their value, told apart by a number where several have the same, "group 3" without
 * one.
 * @param names  out, caller-owned: kith_free; [count] pointers, followed by what they point to.
 */
kith_code kith_groups_name(const kith_net *net, const kith_groups *groups, const char ***names,
                           kith_err *err);

void kith_groups_free(kith_groups *groups);

#endif

/** @file
 * Routes from many askers to many sets of targets, answered together.
 */
#ifndef KITH_GRAPH_ROUTES_BATCH_H
#define KITH_GRAPH_ROUTES_BATCH_H

#include "graph/routes.h"

/** Some people sought: distinct, ascending. */
typedef struct kith_target_set {
    const uint32_t *targets;
    uint32_t n_targets;
} kith_target_set;

/** Whom a query is asked for. All borrowed. */
typedef struct kith_route_batch {
    const kith_route_query *query; /**< what all have in common; its asker and targets are not looked at */
    const uint32_t *askers;
    uint32_t n_askers;
    const kith_target_set *sets;
    uint32_t n_sets;
} kith_route_batch;

/**
 * For each asker and each set the answer of kith_routes_per_introducer, on all threads.
 *
 * Where askers are enough and there is nobody to go through, a backward pass that knows of no asker serves
 * them all: labels by hops from each set, or, without a limit, ways from sixteen sets at a time.
 *
 * @param out  caller-owned, shape [n_askers * n_sets], by asker, then set: kith_found_routes_free each;
 * zeroed on failure.
 * @return as kith_routes_per_introducer.
 * @cost  The pass: see kith_labels_by_hops and kith_lanes_run. For each asker and set then the asker's ties
 * and a few people's more; and a search of its own where one of the best introducers' own best way leads
 * through the asker.
 * @note  The same for any number of threads.
 */
kith_code kith_routes_batch(const kith_route_batch *batch, uint32_t top, kith_found_routes *out,
                            kith_err *err);

#endif

/** @file
 * On how few people the largest part of a graph hangs.
 */
#ifndef KITH_ANALYSIS_BUS_FACTOR_H
#define KITH_ANALYSIS_BUS_FACTOR_H

#include "base/err.h"
#include "graph/graph.h"

/**
 * People whose leaving leaves no part of more than half as many people as the largest has now. Greedy: each
 * time, of the largest part, the one without whom its largest piece is smallest; of equals the one with most
 * ties left, then the lowest id. Fewer people may do.
 *
 * @param people  out, caller-owned, room for all: who leaves, in order.
 * @param count   out: how many; 0 where there is no tie, or `limit` was too low.
 * @param limit   most steps, each of which looks at a person or a tie.
 * @return KITH_ENOMEM.
 * @cost   O(n + m) for each who leaves.
 */
kith_code kith_bus_factor(const kith_graph *graph, uint64_t limit, uint32_t *people, uint32_t *count,
                          kith_err *err);

#endif

/** @file
 * Whether a graph that came from a file can be trusted.
 */
#ifndef KITH_GRAPH_GRAPH_CHECK_H
#define KITH_GRAPH_GRAPH_CHECK_H

#include "base/err.h"
#include "graph/graph.h"

/** Whether row `person` ascends through people other than them, at costs above 0; its offsets are right. */
bool kith_graph_row_valid(const kith_graph *graph, uint32_t person);

/**
 * Whether `graph` is what its comment says: rows that ascend, and each tie in both of its rows at one cost.
 * @param valid  out.
 * @return KITH_ENOMEM.
 * @cost   O(n log d + m) time on each thread; 8 n bytes.
 */
kith_code kith_graph_check(const kith_graph *graph, bool *valid, kith_err *err);

#endif

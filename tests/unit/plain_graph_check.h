/** @file
 * Whether a graph is one, by its definition alone.
 */
#ifndef KITH_TESTS_PLAIN_GRAPH_CHECK_H
#define KITH_TESTS_PLAIN_GRAPH_CHECK_H

#include "graph/graph.h"

/** Each tie is looked for in the other row from its begin. */
bool plain_graph_valid(const kith_graph *graph);

#endif

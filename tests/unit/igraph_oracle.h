/** @file
 * A test's own way into igraph, which judges our kernels. Nothing here goes through src/igraph_port.
 */
#ifndef KITH_TESTS_IGRAPH_ORACLE_H
#define KITH_TESTS_IGRAPH_ORACLE_H

#include <igraph.h>

#include "graph/graph.h"

/** The same graph in igraph; igraph_destroy it. `weights` may be NULL, else a vector to initialise with
 * costs. */
void igraph_oracle(const kith_graph *graph, igraph_t *out, igraph_vector_t *weights);

#endif

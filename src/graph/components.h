/** @file
 * Who reaches whom at all.
 */
#ifndef KITH_GRAPH_COMPONENTS_H
#define KITH_GRAPH_COMPONENTS_H

#include "base/err.h"
#include "graph/graph.h"

/**
 * Connected components.
 * @param component  out, caller-owned, shape [n]: numbered from 0 by the smallest id in them.
 * @param count      out, how many.
 * @return KITH_ENOMEM.
 * @cost   O(n + m) time; 4 n bytes.
 */
kith_code kith_components_find(const kith_graph *graph, uint32_t *component, uint32_t *count, kith_err *err);

#endif

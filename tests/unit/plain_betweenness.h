/** @file
 * Betweenness the plain way, which the fast way must equal.
 */
#ifndef KITH_TESTS_PLAIN_BETWEENNESS_H
#define KITH_TESTS_PLAIN_BETWEENNESS_H

#include "graph/graph.h"

/** Brandes 2001, one search after another. @param score  out, [n]; unit: pairs of people. */
void plain_betweenness(const kith_graph *graph, double *score);

#endif

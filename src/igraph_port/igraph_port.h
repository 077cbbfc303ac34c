/** @file
 * What igraph does for kith. The only room that includes igraph.h; one thread only. igraph's own
 * errors come back as kith_err, and nothing here aborts.
 */
#ifndef KITH_IGRAPH_PORT_H
#define KITH_IGRAPH_PORT_H

#include <kith/network.h>
#include <kith/progress.h>

#include "base/err.h"
#include "base/outfile.h"
#include "graph/graph.h"

/** An igraph graph of a network's ties. */
typedef struct kith_igraph kith_igraph;

/** @param graph  borrowed for the call. @cost O(m log m) time. */
kith_code kith_igraph_new(const kith_graph *graph, kith_igraph **out, kith_err *err);

void kith_igraph_free(kith_igraph *graph);

/**
 * Connected components.
 * @param component  out, caller-owned, shape [n]: numbered from 0 by smallest id in them.
 * @param count      out, how many.
 */
kith_code kith_igraph_components(const kith_igraph *graph, uint32_t *component, uint32_t *count,
                                 kith_err *err);

/**
 * Communities by the Leiden method, modularity as quality.
 * @param community  out, caller-owned, shape [n]: numbered from 0 by falling size, then smallest id.
 */
kith_code kith_igraph_communities(const kith_igraph *graph, uint64_t seed, double resolution,
                                  uint32_t *community, uint32_t *count, kith_err *err);

/**
 * A layout of the network in the plane (Fruchterman-Reingold), seeded.
 * @param xy  out, caller-owned, shape [2 n]: x and y of each person, centred, the farthest at distance 1.
 */
kith_code kith_igraph_layout(const kith_igraph *graph, uint64_t seed, double *xy, kith_err *err);

/**
 * Writes people (key, name, title, company, cohort, role) and ties (strength, evidence) as GraphML.
 * @param with_contacts  also emails and addresses.
 */
kith_code kith_igraph_write_graphml(const kith_igraph *graph, const kith_net *net, bool with_contacts,
                                    kith_outfile *out, kith_err *err);

#endif

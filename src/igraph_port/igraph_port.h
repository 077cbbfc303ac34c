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
 * Reports on what is done with `graph` from now on, and lets it be stopped: the functions below
 * then give KITH_EINTERRUPT too.
 * @param progress  borrowed until the graph is freed; NULL: silence, as at first.
 */
void kith_igraph_watch(kith_igraph *graph, const kith_progress *progress);

/**
 * Communities by the Leiden method, modularity as quality: at most ten rounds, ended by the first
 * that betters nothing, in each of several runs, the best of which counts. The same seed gives the same
 * communities with the same igraph.
 * @param resolution  1 for plain modularity; more gives smaller communities.
 * @param runs        1 or more.
 * @param community  out, caller-owned, shape [n]: numbered from 0 by falling size, then smallest id.
 * @cost   nearly O(n + m) a round, at most ten rounds a run.
 * @source Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z
 */
kith_code kith_igraph_communities(const kith_igraph *graph, uint64_t seed, double resolution, uint32_t runs,
                                  uint32_t *community, uint32_t *count, kith_err *err);

/**
 * Coreness: the largest k such that a person has k ties or more to people who all have as many among each
 * other.
 * @param coreness  out, caller-owned, shape [n].
 * @cost   O(n + m).
 * @source Batagelj & Zaversnik 2003, arXiv:cs/0310049
 */
kith_code kith_igraph_coreness(const kith_igraph *graph, uint32_t *coreness, kith_err *err);

/** How people are laid out; zeroed but for the seed is fine, all is borrowed. */
typedef struct kith_layout_opts {
    uint64_t seed;
    const double *start; /**< [2 n] x and y where each person begins; NULL: scattered */
    const bool *fixed;   /**< [n] who stays where they began; NULL: nobody, and the picture is centred */
    const uint32_t
        *group; /**< [n] ties between groups pull 1 / sqrt n as much as those within; NULL: all alike */
} kith_layout_opts;

/**
 * A layout of the network in the plane (Fruchterman-Reingold), in units of about the length of a tie.
 * @param xy  out, caller-owned, shape [2 n].
 * @cost   O(n^2 + m) a round for up to 1000 people, nearly O(n + m) above; 500 rounds.
 * @source Fruchterman & Reingold 1991, doi:10.1002/spe.4380211102
 */
kith_code kith_igraph_layout(const kith_igraph *graph, const kith_layout_opts *opts, double *xy,
                             kith_err *err);

/** Graph files that can be written. */
typedef enum kith_graph_format {
    KITH_GRAPH_GRAPHML,
    KITH_GRAPH_GML,
    KITH_GRAPH_PAJEK,
    KITH_GRAPH_DOT
} kith_graph_format;

/**
 * Writes people (key, name, title, company, industry, location, skills, cohort, role, capacity,
 * skills_wanted, goals, labels, do_not_introduce) and ties (strength, evidence). Pajek has room for
 * the key and the strength alone; DOT also has a label to draw. Several values of a field that
 * readers split are joined by "; ", of another the preferred one is written. Text is made safe as
 * for a terminal, which XML accepts.
 * @param graph          of the same people and ties as `net`.
 * @param with_contacts  also email, phone and url.
 * @return KITH_ENOMEM, KITH_EDATA (the network is damaged); failed writing shows when `out` is committed.
 */
kith_code kith_igraph_write(const kith_igraph *graph, const kith_net *net, kith_graph_format format,
                            bool with_contacts, kith_outfile *out, kith_err *err);

#endif

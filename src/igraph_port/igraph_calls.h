/** @file
 * All that kith calls of igraph, which is loaded when it is first needed (base/late.h says why): what others
 * write igraph_vcount(graph) is kith_ig.vcount(graph) here.
 */
#ifndef KITH_IGRAPH_CALLS_H
#define KITH_IGRAPH_CALLS_H

#include <igraph.h>

#include "base/err.h"

/** X(name) for each igraph_name. */
// clang-format off
#define KITH_IGRAPH_CALLS(X) \
    X(cattribute_EAN) X(cattribute_EAN_setv) X(cattribute_EAS) X(cattribute_EAS_setv) \
    X(cattribute_VAB) X(cattribute_VAB_setv) X(cattribute_VAN) X(cattribute_VAS) \
    X(cattribute_VAS_setv) X(cattribute_list) X(cattribute_table) X(community_leiden) \
    X(copy) X(coreness) X(create) X(destroy) X(ecount) \
    X(error_handler_ignore) X(layout_fruchterman_reingold) X(matrix_destroy) X(matrix_init) \
    X(read_graph_dl) X(read_graph_gml) X(read_graph_graphml) X(read_graph_pajek) X(rng_default) \
    X(rng_seed) X(set_attribute_table) X(set_error_handler) X(set_interruption_handler) \
    X(set_progress_handler) X(set_warning_handler) X(strength) X(strerror) X(strvector_destroy) \
    X(strvector_init) X(strvector_set) X(strvector_size) X(vcount) X(vector_bool_destroy) \
    X(vector_bool_init) X(vector_destroy) X(vector_init) X(vector_int_destroy) X(vector_int_init) \
    X(vector_int_size) X(vss_all) X(warning_handler_ignore) X(write_graph_dot) X(write_graph_gml) \
    X(write_graph_graphml) X(write_graph_pajek)
// clang-format on

typedef struct kith_igraph_calls {
#define X(name) __typeof__(igraph_##name) *name;
    KITH_IGRAPH_CALLS(X)
#undef X
} kith_igraph_calls;

extern kith_igraph_calls kith_ig;

/** Called before anything of kith_ig is used. @return KITH_EIO where there is no igraph. */
kith_code kith_igraph_load(kith_err *err);

#endif

/** @file
 * What the files of this room share: the handle, and errors of igraph as errors of kith.
 */
#ifndef KITH_IGRAPH_HANDLE_H
#define KITH_IGRAPH_HANDLE_H

#include "igraph_port/igraph_calls.h"
#include "igraph_port/igraph_port.h"

struct kith_igraph {
    igraph_t graph;
    const kith_progress *progress; /**< borrowed or NULL */
};

/** Called before work with igraph that takes long: names the phase its interruptions are reported under. */
void kith_igraph_begin(const kith_igraph *graph, const char *phase);

/** KITH_OK for IGRAPH_SUCCESS, else a failure in igraph's words. */
kith_code kith_igraph_check(igraph_error_t code, const char *doing, kith_err *err);

#endif

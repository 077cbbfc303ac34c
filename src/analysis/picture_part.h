/** @file
 * The part of a network that a picture shows.
 */
#ifndef KITH_ANALYSIS_PICTURE_PART_H
#define KITH_ANALYSIS_PICTURE_PART_H

#include <kith/picture.h>

#include "graph/graph.h"

/**
 * Fills in who is drawn (ids alone) and the ties between them.
 * @param picture  zeroed; what is in it afterwards is the caller's, also on failure.
 * @return KITH_ENOMEM.
 */
kith_code kith_picture_choose(const kith_graph *graph, const kith_picture_opts *opts, kith_picture *picture,
                              kith_err *err);

#endif

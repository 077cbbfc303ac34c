/** @file
 * The founders of what was asked for, and the people without whom others are cut off from them.
 */
#ifndef KITH_ANALYSIS_HOLDS_H
#define KITH_ANALYSIS_HOLDS_H

#include <kith/chains.h>

#include "analysis/mentor_graph.h"

/**
 * Fills in the founders and fragile links of a result.
 *
 * @param result  has the lineages of everybody, in the order of the graph, and `limit` and `top`.
 * @return KITH_ENOMEM, KITH_EINTERRUPT.
 * @cost   as kith_founders_measure.
 */
kith_code kith_holds_list(const kith_mentor_graph *g, const kith_progress *progress,
                          kith_chains_result *result, kith_err *err);

#endif

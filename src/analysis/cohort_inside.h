/** @file
 * What a group is like inside: of its people and the ties between two of them.
 */
#ifndef KITH_ANALYSIS_COHORT_INSIDE_H
#define KITH_ANALYSIS_COHORT_INSIDE_H

#include <kith/cohort.h>

#include "graph/induced.h"

/**
 * Fills in density, distances, parts, clustering, cores, betweenness and the bus factor of a group whose
 * counts of people and ties are known.
 *
 * @param sources  borrowed, [n_sources] people of `inside` to measure distances from; NULL: everyone, and
 *                 betweenness is exact.
 * @param out      what was filled in is freed with the result, also on failure.
 * @return KITH_ENOMEM, KITH_EINTERRUPT.
 */
kith_code kith_cohort_measure_inside(const kith_induced *inside, const uint32_t *sources, uint32_t n_sources,
                                     const kith_cohort_opts *opts, kith_cohort_group *out, kith_err *err);

#endif

/** @file
 * Each person's place in the lineage of mentorships.
 */
#ifndef KITH_ANALYSIS_LINEAGE_H
#define KITH_ANALYSIS_LINEAGE_H

#include <kith/chains.h>

#include "analysis/generations.h"

/**
 * @param generations  of the same graph.
 * @param limit        most steps for all descendants together; a step looks at one mentorship. People
 *                     are counted from the last of the graph to the first, so mostly mentees before their
 *                     mentors; who is not done when the steps run out stays unknown.
 * @param out          caller-owned, shape [n].
 * @return KITH_ENOMEM, KITH_EINTERRUPT: out is then unspecified.
 * @cost   O(k log k), and up to `limit` steps, a few more where they run out; 32 n bytes for each thread.
 *         The search from a person with d descendants looks at each of their dated mentorships once, and at
 *         those without a date again for each earlier way to get there.
 */
kith_code kith_lineage_measure(const kith_mentor_graph *g, const kith_generations *generations,
                               uint64_t limit, const kith_progress *progress, kith_lineage *out,
                               kith_err *err);

/** Descendants, as kith_lineage_measure has them; the other measures in `out` are there already. */
kith_code kith_descendants_count(const kith_mentor_graph *g, uint64_t limit, const kith_progress *progress,
                                 kith_lineage *out, kith_err *err);

#endif

/** @file
 * Who was mentored, mentors nobody yet, and could.
 */
#ifndef KITH_ANALYSIS_READY_H
#define KITH_ANALYSIS_READY_H

#include <kith/chains.h>

#include "analysis/mentor_graph.h"

/**
 * Lists those who are ready to mentor in `result->ready`, as <kith/chains.h> says.
 * @param chosen  [n_chosen] mentorships in which somebody may have been mentored.
 * @param result  its as_of and top hold.
 * @return KITH_ENOMEM, KITH_EINTERRUPT, KITH_EDATA.
 * @cost   O(mentorships · log) and, where there is anybody, matching KITH_READY_WEIGHED people at most with
 *         those who wait for a mentor.
 */
kith_code kith_ready_list(const kith_net *net, const kith_mentor_edge *chosen, uint32_t n_chosen,
                          const kith_progress *progress, kith_chains_result *result, kith_err *err);

#endif

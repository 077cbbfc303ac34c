/** @file
 * Who was mentored, mentors nobody yet, and could.
 */
#ifndef KITH_ANALYSIS_READY_H
#define KITH_ANALYSIS_READY_H

#include <kith/chains.h>

#include "analysis/mentor_graph.h"

/** Somebody who could, and how they were mentored. */
typedef struct kith_candidate {
    uint32_t person;
    uint32_t over, ended_early; /**< as in kith_ready, and the days */
    kith_day since, last_end;
    double readiness; /**< while nobody knows whom they could mentor */
} kith_candidate;

/** Zeroed is empty. */
typedef struct kith_candidates {
    kith_candidate *some; /**< [n] by person, at most KITH_READY_WEIGHED */
    uint32_t n;
} kith_candidates;

/**
 * Finds those who could mentor next, as <kith/chains.h> says, of too many the readiest.
 * @param chosen  [n_chosen] mentorships in which somebody may have been mentored.
 * @param out     caller-owned: kith_candidates_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EDATA.
 * @cost   O(mentorships + people).
 */
kith_code kith_candidates_find(const kith_net *net, const kith_mentor_edge *chosen, uint32_t n_chosen,
                               kith_candidates *out, kith_err *err);

void kith_candidates_free(kith_candidates *candidates);

/**
 * Lists them in `result->ready`, with whom they could mentor.
 * @param result  its as_of and top hold.
 * @return KITH_ENOMEM, KITH_EINTERRUPT, KITH_EDATA.
 * @cost   Where there is anybody, that of matching them with those who wait for a mentor.
 */
kith_code kith_ready_list(const kith_net *net, const kith_candidates *candidates,
                          const kith_progress *progress, kith_chains_result *result, kith_err *err);

#endif

/** @file
 * Which companies, and which people asked for, a group reaches within two and three ties.
 */
#ifndef KITH_ANALYSIS_COHORT_REACH_H
#define KITH_ANALYSIS_COHORT_REACH_H

#include <kith/cohort.h>

#include "network/netfile.h"

/** What is prepared once for all groups. */
typedef struct kith_reaching kith_reaching;

/**
 * @param net, graph  borrowed until the free.
 * @param targets     borrowed for the call, [n_targets].
 * @param out         caller-owned: kith_reaching_free; NULL on failure.
 * @return KITH_ENOMEM.
 * @cost   O(n_targets (n + m)) time; n_targets n bytes, and 8 n for each thread.
 */
kith_code kith_reaching_new(const kith_net *net, const kith_graph *graph, const kith_ids *targets,
                            uint32_t n_targets, kith_reaching **out, kith_err *err);

/**
 * Fills in companies and targets of a group.
 *
 * @param people   borrowed, [n_people] all of the group.
 * @param sources  borrowed, [n_sources] those of them looked from.
 * @param out      what was filled in is freed with the result, also on failure.
 * @return KITH_ENOMEM.
 * @cost   the ties of all within two of each source.
 */
kith_code kith_reaching_measure(kith_reaching *r, const uint32_t *people, uint32_t n_people,
                                const uint32_t *sources, uint32_t n_sources, kith_cohort_group *out,
                                kith_err *err);

void kith_reaching_free(kith_reaching *r);

#endif

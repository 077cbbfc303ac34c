/** @file
 * On whom the people of a programme hang.
 */
#ifndef KITH_ANALYSIS_FOUNDERS_H
#define KITH_ANALYSIS_FOUNDERS_H

#include <kith/chains.h>

#include "analysis/mentor_graph.h"

/** Who is cut off without whom; by numbers of the graph. Zeroed is empty. */
typedef struct kith_founders {
    bool *is_founder;  /**< [n] mentored by nobody */
    uint32_t *cut_off; /**< [n] others whom chains from founders reach, but not without this person;
                          UINT32_MAX where the limit came first */
    uint32_t count;
    uint32_t unreached; /**< people whom no chain from a founder reaches */
} kith_founders;

/**
 * Who is cut off by d: everyone but d whom some chain that begins with a founder reaches, where no such chain
 * does without passing through d. Loops are those of the whole graph, with or without d.
 *
 * A person is left out with all the states in which chains come to them. That makes no tree of who dominates
 * whom, since later is worse: without B a chain may come to A too late to go on to C, so that A and B both
 * cut off C, while each of them is reached without the other. So each person is looked at alone. One tree
 * helps nonetheless, that of a chain with the earliest latest date to each person: whoever does not stand
 * below d in it is reached without d, and as early.
 *
 * @param limit  most work, in steps of one mentorship.
 * @param out    caller-owned: kith_founders_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EINTERRUPT.
 * @cost   O(k) where everybody has one mentor, else up to O(G k log k), G the height of the tree; 24 n bytes
 * for each thread.
 */
kith_code kith_founders_measure(const kith_mentor_graph *g, uint64_t limit, const kith_progress *progress,
                                kith_founders *out, kith_err *err);

void kith_founders_free(kith_founders *founders);

#endif

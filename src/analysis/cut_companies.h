/** @file
 * Which companies nobody in the largest piece belongs to when a cut person leaves.
 */
#ifndef KITH_ANALYSIS_CUT_COMPANIES_H
#define KITH_ANALYSIS_CUT_COMPANIES_H

#include <kith/bridges.h>

#include "graph/biconnected.h"
#include "network/netfile.h"

/** What is prepared once for all cut people. Zeroed is empty. */
typedef struct kith_cut_companies kith_cut_companies;

/**
 * Companies are compared folded, each person's preferred one alone, and shown in the spelling that
 * comes first in byte order.
 *
 * @param net, graph, b  borrowed until the free.
 * @param out            caller-owned: kith_cut_companies_free; NULL on failure.
 * @return KITH_ENOMEM.
 * @cost   O(n log n).
 */
kith_code kith_cut_companies_new(const kith_net *net, const kith_graph *graph, const kith_biconnected *b,
                                 kith_cut_companies **out, kith_err *err);

/**
 * Fills in what is separated when v leaves; all zero where v is no cut person.
 *
 * @param cut  out, caller-owned: kith_cut_free; zeroed on failure.
 * @return KITH_ENOMEM.
 * @cost   O(people cut off + ties of v), times log n for each company.
 */
kith_code kith_cut_measure(kith_cut_companies *prepared, uint32_t v, kith_cut *cut, kith_err *err);

void kith_cut_free(kith_cut *cut);

void kith_cut_companies_free(kith_cut_companies *prepared);

#endif

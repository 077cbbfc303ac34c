/** @file
 * Which ties count for a question of routes, and what they cost.
 */
#ifndef KITH_ANALYSIS_INTRO_TIES_H
#define KITH_ANALYSIS_INTRO_TIES_H

#include <kith/intro.h>

#include "graph/routes.h"

/** Ties for all who ask the same. Zeroed is empty. */
typedef struct kith_intro_ties {
    kith_graph graph;    /**< borrowed from the network, or of the columns here */
    uint64_t *offset;    /**< NULL where the graph is borrowed */
    uint32_t *target;    /**< likewise */
    uint16_t *cost;      /**< likewise */
    uint64_t *tie_costs; /**< what kith_route_query calls so; NULL where the graph's costs hold */
} kith_intro_ties;

/**
 * The ties that are strong enough; for costs by interactions those that count, at what they cost.
 *
 * @param goes_everywhere  the search will: all ties are then checked at once, not row by row.
 * @param ties  out, caller-owned: kith_intro_ties_free, also on failure.
 * @return KITH_ENOMEM, KITH_EDATA.
 * @cost  O(1) where every tie counts at its own cost; else O(m), for interactions O(m log d).
 */
kith_code kith_intro_ties_new(const kith_net *net, const kith_intro_opts *opts, bool goes_everywhere,
                              kith_intro_ties *ties, kith_err *err);

void kith_intro_ties_free(kith_intro_ties *ties);

/** 1 / (n + 1) in units of 2^-32, as in query BI15 of the LDBC Social Network Benchmark; n in steps of 0.5.
 */
uint64_t kith_cost_ldbc_inv(double interactions);

/** max(round(40 - sqrt(n)), 1), as in its query BI19. */
uint64_t kith_cost_ldbc_sqrt(double interactions);

/** The weight of a first tie between people who share a part `jaccard` of their contacts, 0.5 to 1. */
double kith_novelty(double jaccard);

/** That weight for a contact of the asker. @cost O(their ties). */
double kith_novelty_of(const kith_graph *graph, uint32_t asker, uint32_t contact);

/**
 * What the asker's ties cost where novelty counts.
 * @param costs  out, caller-owned, by place in the asker's row of ties->graph.
 * @cost  For each contact their ties and the asker's.
 */
kith_code kith_intro_first_costs(const kith_net *net, const kith_intro_ties *ties, uint32_t asker,
                                 uint32_t **costs, kith_err *err);

#endif

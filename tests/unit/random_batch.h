/** @file
 * Batches of route questions for tests: seeded, on a given graph.
 */
#ifndef KITH_TESTS_RANDOM_BATCH_H
#define KITH_TESTS_RANDOM_BATCH_H

#include "graph/routes_batch.h"

#define RANDOM_BATCH_PEOPLE 80
#define RANDOM_BATCH_SETS 20
#define RANDOM_BATCH_ASKERS 300 /* more than are searched for between two reports of progress */

/** A batch and what it borrows; it stays where it is. */
typedef struct random_batch {
    kith_route_batch batch;
    kith_route_query query;
    uint32_t askers[RANDOM_BATCH_ASKERS];
    kith_target_set sets[RANDOM_BATCH_SETS];
    uint32_t targets[RANDOM_BATCH_SETS][RANDOM_BATCH_PEOPLE];
    uint8_t flags[RANDOM_BATCH_PEOPLE];
    uint32_t exclude[RANDOM_BATCH_PEOPLE];
} random_batch;

/**
 * Everyone asks, some of them twice, and if via then many times; up to 20 sets of none to all people, askers
 * among them; with blocked people of both kinds, any hop limit or none, all kinds of cost, now and then via.
 * @param graph  at most RANDOM_BATCH_PEOPLE people.
 */
void random_batch_make(random_batch *b, const kith_graph *graph, uint64_t seed);

#endif

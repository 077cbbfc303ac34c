/** @file
 * Betweenness from 16 people at once: what kith_betweenness is built of.
 */
#ifndef KITH_GRAPH_BETWEENNESS_BATCH_H
#define KITH_GRAPH_BETWEENNESS_BATCH_H

#include <stddef.h>

#include "graph/graph.h"

/** Searches that run side by side, one in each slot of the processor's wide registers. */
#define KITH_BATCH 16

/** A number for each search of a batch, about one person. */
typedef struct kith_batch_row kith_batch_row;

/** Somebody reached, at the distance of the level at hand. */
typedef struct kith_arrival {
    uint32_t person;
    uint32_t searches; /**< bit k: by search k */
} kith_arrival;

/** What one thread needs; zeroed is empty. */
typedef struct kith_batch_space {
    void *memory;                    /**< of both arrays of rows */
    kith_batch_row *routes, *onward; /**< [n] */
    uint16_t *seen;                  /**< [n] bit k: reached by search k, between batches 0 */
    uint16_t *arriving;              /**< [n] the same for the level being gathered, else 0 */
    kith_arrival *arrivals;          /**< by level */
    size_t *level;                   /**< [levels + 1] where each begins in arrivals */
    size_t arrivals_capacity, level_capacity, levels;
} kith_batch_space;

/** @return false when out of memory; what was allocated is then still to be freed. @cost 260 n bytes. */
bool kith_batch_new(uint32_t n, kith_batch_space *space);
void kith_batch_free(kith_batch_space *space);

/**
 * Adds to `score` [n], for each target and each source in first .. first + count - 1, the share of
 * their shortest routes that a person lies on between them.
 * @param count     1 to KITH_BATCH.
 * @param overflow  set where a count of routes exceeds a double; never cleared.
 * @return false when out of memory.
 * @cost O(min(levels, count) m) row operations; arrivals take 8 bytes for each person and distance.
 */
bool kith_batch_run(const kith_graph *graph, uint32_t first, uint32_t count, kith_batch_space *space,
                    double *score, bool *overflow);

#endif

/** @file
 * People by cost, cheapest first, where costs never fall behind what was taken out.
 */
#ifndef KITH_GRAPH_COST_QUEUE_H
#define KITH_GRAPH_COST_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct kith_queued {
    uint64_t cost;
    uint32_t person;
} kith_queued;

/** Entries whose costs differ from `latest` first at the same binary digit. */
typedef struct kith_queue_part {
    kith_queued *all;
    size_t count, capacity;
} kith_queue_part;

/** A radix heap; zeroed is empty. */
typedef struct kith_cost_queue {
    uint64_t latest;           /**< cost last taken out */
    kith_queue_part parts[65]; /**< by digit, counted from 1; 0: the same cost */
    size_t count;
} kith_cost_queue;

/**
 * Adds an entry; a person may have several.
 * @param cost  at least that of the entry last taken out.
 * @return false when out of memory.
 * @cost amortised O(log of the largest difference of costs), mostly much less.
 * @source Ahuja, Mehlhorn, Orlin & Tarjan 1990, doi:10.1145/77600.77615
 */
bool kith_cost_queue_push(kith_cost_queue *queue, uint64_t cost, uint32_t person);

/** Takes out a cheapest entry, there being one. @return false when out of memory. */
bool kith_cost_queue_pop(kith_cost_queue *queue, kith_queued *out);

/** Takes out everything, and keeps the memory. */
void kith_cost_queue_clear(kith_cost_queue *queue);

void kith_cost_queue_free(kith_cost_queue *queue);

#endif

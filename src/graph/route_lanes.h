/** @file
 * Ways from everyone to the ends of sixteen searches at a time.
 */
#ifndef KITH_GRAPH_ROUTE_LANES_H
#define KITH_GRAPH_ROUTE_LANES_H

#include "base/err.h"
#include "graph/routes_batch.h"

/** Searches side by side: two registers of AVX2 with 32 bits each, and a cache line. */
#define KITH_ROUTE_LANES 16

/** How a way's cost and hops become one number: cost first, then hops. */
typedef struct kith_way_scale {
    uint32_t hop_bits; /**< 0 where every tie costs 1: hops are the cost */
    uint32_t handover; /**< cost of a tie on top of its own */
    bool unit_costs;
    uint32_t far;    /**< ways from here on are not told; up to here hops have room in their bits */
    uint32_t margin; /**< the longest tie: beyond far - margin a way might not be told */
} kith_way_scale;

/** A person's ways, one for each search. */
typedef struct kith_lane_row {
    uint32_t of[KITH_ROUTE_LANES];
} __attribute__((aligned(64))) kith_lane_row;

/** Space and answer of searches. Zeroed is empty. */
typedef struct kith_lanes {
    const kith_graph *graph;
    const uint8_t *passable; /**< [n] borrowed: who may be an intermediate */
    kith_way_scale scale;
    void *memory;
    kith_lane_row *way; /**< [n] in it; scale.far where there is none, or none was told */
    uint32_t *queue;    /**< [n] a ring */
    uint8_t *queued;    /**< [n] */
    bool cut;           /**< some ways were too long to be told */
} kith_lanes;

/** @return false where numbers of 32 bits do not serve for these costs. @cost O(m) */
bool kith_way_scale_make(const kith_graph *graph, uint32_t handover, bool unit_costs, kith_way_scale *scale);

/** What tie `e` adds to a way. */
static inline uint32_t kith_way_step(const kith_way_scale *scale, const kith_graph *graph, uint64_t e)
{
    return scale->unit_costs ? 1 : ((graph->cost[e] + scale->handover) << scale->hop_bits) + 1;
}

static inline uint32_t kith_way_cost(const kith_way_scale *scale, uint32_t way)
{
    return way >> scale->hop_bits;
}

static inline uint32_t kith_way_hops(const kith_way_scale *scale, uint32_t way)
{
    return scale->unit_costs ? way : way & ((UINT32_C(1) << scale->hop_bits) - 1);
}

/** Room for searches of a graph whose rows are all checked. @return false when out of memory. */
bool kith_lanes_new(const kith_graph *graph, const uint8_t *passable, const kith_way_scale *scale,
                    kith_lanes *lanes);

/**
 * The best way from everyone to each of up to sixteen sets, by cost and then hops.
 * @cost O(m) for each time ways get better, at most O(n m), in practice about the most hops of a best way
 *       times; 69 bytes a person.
 * @source label correcting in order of arrival: Pape 1974, doi:10.1007/BF01585517, gives its history.
 */
void kith_lanes_run(kith_lanes *lanes, const kith_target_set *sets, uint32_t count);

void kith_lanes_free(kith_lanes *lanes);

#endif

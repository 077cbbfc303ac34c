/** @file
 * Shortest routes drawn at random: what kith_betweenness_sampled is built of.
 */
#ifndef KITH_GRAPH_ROUTE_SAMPLER_H
#define KITH_GRAPH_ROUTE_SAMPLER_H

#include "base/rng.h"
#include "graph/graph.h"

/** What one thread needs; zeroed is empty. Reached people lie side 0 from the front, side 1 from the back. */
typedef struct kith_route_sampler {
    uint32_t n;
    uint32_t epoch;    /**< a multiple of 8: marks below it are of earlier searches */
    uint32_t *mark;    /**< [n] epoch + 4 * side + distance mod 3 of those reached */
    double *routes;    /**< [n] shortest routes from their side, times a factor common to a distance */
    uint32_t *before;  /**< [n] the one before on a route drawn among these; oneself at its end */
    uint32_t *reached; /**< [n] by distance */
} kith_route_sampler;

/** @return false when out of memory; what was allocated is then still to be freed. @cost 20 n bytes. */
bool kith_route_sampler_new(uint32_t n, kith_route_sampler *sampler);
void kith_route_sampler_free(kith_route_sampler *sampler);

/**
 * Draws one of the shortest routes between two people, each with the same chance.
 *
 * @param a, b  not the same.
 * @return how many people stand between them on it, who are then the first in `reached`, in no order;
 *         0 where they have a tie or no route.
 * @cost   the ties of whom it meets: two searches, of which the one with fewer ties ahead goes on until they
 *         touch. No allocation.
 * @source Borassi & Natale 2019, doi:10.1145/3284359
 */
uint32_t kith_route_sampler_draw(const kith_graph *graph, kith_route_sampler *sampler, uint32_t a, uint32_t b,
                                 kith_rng *rng);

#endif

/** @file
 * A shortest route drawn the plain way: one search from one end, which kith_route_sampler_draw must match.
 */
#ifndef KITH_TESTS_ONE_SIDED_SAMPLER_H
#define KITH_TESTS_ONE_SIDED_SAMPLER_H

#include "base/rng.h"
#include "graph/graph.h"

typedef struct one_sided_sampler {
    uint32_t *distance; /**< [n] between draws UINT32_MAX */
    double *routes;     /**< [n] shortest routes from one end */
    uint32_t *reached;  /**< [n] nearest first */
    uint32_t *between;  /**< [n] the people on the route drawn last */
} one_sided_sampler;

/** Aborts when out of memory. */
one_sided_sampler one_sided_new(uint32_t n);
void one_sided_free(one_sided_sampler *sampler);

/** One of the shortest routes from a to b, each with the same chance. @return how many are between them. */
uint32_t one_sided_draw(const kith_graph *graph, one_sided_sampler *sampler, uint32_t a, uint32_t b,
                        kith_rng *rng);

#endif

#include "random_batch.h"

#include "base/rng.h"

static void make_query(random_batch *b, const kith_graph *graph, kith_rng *rng)
{
    const uint32_t handovers[] = {0, 357, 100000};

    b->query = (kith_route_query){.graph = graph,
                                  .flags = b->flags,
                                  .blocking = 1,
                                  .exclude = b->exclude,
                                  .via = UINT32_MAX,
                                  .handover = handovers[kith_rng_below(rng, 3)],
                                  .unit_costs = kith_rng_below(rng, 4) == 0};
    if (kith_rng_below(rng, 3) == 0)
        b->query.max_hops = 1 + (uint32_t)kith_rng_below(rng, 5);
    for (uint32_t v = 0; v < graph->n; v++) {
        b->flags[v] = kith_rng_below(rng, 8) == 0 ? 1 : 2;
        if (kith_rng_below(rng, 12) == 0)
            b->exclude[b->query.n_exclude++] = v;
    }
}

void random_batch_make(random_batch *b, const kith_graph *graph, uint64_t seed)
{
    kith_rng rng;

    *b = (random_batch){0};
    kith_rng_seed(&rng, seed + 77);
    make_query(b, graph, &rng);
    b->batch = (kith_route_batch){.query = &b->query, .askers = b->askers, .sets = b->sets};
    b->batch.n_sets = 1 + (uint32_t)kith_rng_below(&rng, RANDOM_BATCH_SETS);
    for (uint32_t s = 0; s < b->batch.n_sets; s++) {
        uint64_t one_in = 1 + kith_rng_below(&rng, 30);
        b->sets[s].targets = b->targets[s];
        for (uint32_t v = 0; v < graph->n; v++)
            if (kith_rng_below(&rng, one_in) == 0)
                b->targets[s][b->sets[s].n_targets++] = v;
    }
    for (uint32_t v = 0; v < RANDOM_BATCH_PEOPLE; v++)
        b->askers[b->batch.n_askers++] = v % graph->n;
    if (seed % 8 == 7 && graph->n > 1) {
        b->query.via = (uint32_t)kith_rng_below(&rng, graph->n);
        b->batch.n_askers = 0;
        for (uint32_t v = 0; b->batch.n_askers < RANDOM_BATCH_ASKERS; v = (v + 1) % graph->n)
            if (v != b->query.via)
                b->askers[b->batch.n_askers++] = v;
    }
}

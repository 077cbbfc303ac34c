#include <stddef.h>

#include "graph/betweenness_sampled.h"
#include "race_kernels.h"

static kith_code run(const kith_graph *graph, double *out, kith_err *err)
{
    uint64_t samples;
    const kith_sampling sampling = {.epsilon = 0.05, .delta = 0.1, .seed = 3};

    return kith_betweenness_sampled(graph, &sampling, NULL, out, &samples, err);
}

int main(void)
{
    return race_run(run);
}

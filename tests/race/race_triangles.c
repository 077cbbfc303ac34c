#include <stddef.h>

#include "graph/triangles.h"
#include "race_kernels.h"

static kith_code run(const kith_graph *graph, double *out, kith_err *err)
{
    const size_t n = graph->n;
    kith_code rc = kith_constraint(graph, &(kith_holes){out, out + n, out + 2 * n}, err);

    return rc ? rc : kith_shared_neighbours(graph, NULL, (uint32_t *)(out + 3 * n), err);
}

static kith_code run_weighted(const kith_graph *graph, double *out, kith_err *err)
{
    const size_t n = graph->n;

    return kith_constraint_weighted(graph, &(kith_holes){out, out + n, out + 2 * n}, err);
}

int main(void)
{
    return race_run(run) || race_run(run_weighted);
}

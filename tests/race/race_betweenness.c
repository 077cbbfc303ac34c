#include <stddef.h>

#include "graph/betweenness.h"
#include "race_kernels.h"

static kith_code run(const kith_graph *graph, double *out, kith_err *err)
{
    return kith_betweenness(graph, NULL, out, err);
}

int main(void)
{
    return race_run(run);
}

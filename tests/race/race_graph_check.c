#include "graph/graph_check.h"
#include "race_kernels.h"

static kith_code run(const kith_graph *graph, double *out, kith_err *err)
{
    bool valid;
    kith_code rc = kith_graph_check(graph, &valid, err);

    *out = valid;
    return rc;
}

int main(void)
{
    return race_run(run);
}

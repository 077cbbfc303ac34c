#include "igraph_oracle.h"

void igraph_oracle(const kith_graph *graph, igraph_t *out, igraph_vector_t *weights)
{
    igraph_vector_int_t edges;

    igraph_vector_int_init(&edges, 0);
    if (weights)
        igraph_vector_init(weights, 0);
    for (uint32_t u = 0; u < graph->n; u++)
        for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++) {
            if (graph->target[e] < u)
                continue;
            igraph_vector_int_push_back(&edges, u);
            igraph_vector_int_push_back(&edges, graph->target[e]);
            if (weights)
                igraph_vector_push_back(weights, graph->cost[e]);
        }
    igraph_create(out, &edges, graph->n, IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&edges);
}

#include "graph/graph.h"

uint32_t kith_graph_split(const kith_graph *graph, uint32_t share, uint32_t shares)
{
    const uint64_t all = graph->offset[graph->n],
                   wanted = all / shares * share + all % shares * share / shares;
    uint32_t low = 0, high = graph->n;

    if (share == shares)
        return graph->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (graph->offset[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint64_t kith_graph_tie(const kith_graph *graph, uint32_t a, uint32_t b)
{
    kith_tie_row row = kith_graph_row(graph, a);
    uint64_t low = row.begin;
    uint64_t high = row.end;

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (graph->target[middle] < b)
            low = middle + 1;
        else
            high = middle;
    }
    return low < row.end && graph->target[low] == b ? low : UINT64_MAX;
}

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

static bool offsets_valid(const kith_graph *graph)
{
    if (graph->offset[0] != 0 || graph->offset[graph->n] != 2 * graph->m)
        return false;
    for (uint32_t u = 0; u < graph->n; u++)
        if (graph->offset[u] > graph->offset[u + 1])
            return false;
    return true;
}

bool kith_graph_row_valid(const kith_graph *graph, uint32_t person)
{
    const uint64_t begin = graph->offset[person], end = graph->offset[person + 1];

    for (uint64_t e = begin; e < end; e++) {
        if (graph->target[e] >= graph->n || graph->target[e] == person ||
            (graph->cost && graph->cost[e] == 0))
            return false;
        if (e > begin && graph->target[e - 1] >= graph->target[e])
            return false;
    }
    return true;
}

/** Whether each tie of u stands in the other's row too, at the same cost. */
static bool row_mirrored(const kith_graph *graph, uint32_t u)
{
    for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++) {
        uint64_t back = kith_graph_tie(graph, graph->target[e], u);
        if (back == UINT64_MAX)
            return false;
        if (graph->cost && graph->cost[e] != graph->cost[back])
            return false;
    }
    return true;
}

bool kith_graph_valid(const kith_graph *graph)
{
    if (!offsets_valid(graph))
        return false;
    for (uint32_t u = 0; u < graph->n; u++)
        if (!kith_graph_row_valid(graph, u))
            return false;
    for (uint32_t u = 0; u < graph->n; u++)
        if (!row_mirrored(graph, u))
            return false;
    return true;
}

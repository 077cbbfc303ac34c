#include "graph/graph.h"

uint64_t kith_graph_tie(const kith_graph *graph, uint32_t a, uint32_t b)
{
    uint64_t low = graph->offset[a];
    uint64_t high = graph->offset[a + 1];

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (graph->target[middle] < b)
            low = middle + 1;
        else
            high = middle;
    }
    return low < graph->offset[a + 1] && graph->target[low] == b ? low : UINT64_MAX;
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

/** Whether u's row ascends through people other than u. */
static bool row_ascends(const kith_graph *graph, uint32_t u)
{
    for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++) {
        if (graph->target[e] >= graph->n || graph->target[e] == u)
            return false;
        if (e > graph->offset[u] && graph->target[e - 1] >= graph->target[e])
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
        if (graph->cost && (graph->cost[e] == 0 || graph->cost[e] != graph->cost[back]))
            return false;
    }
    return true;
}

bool kith_graph_valid(const kith_graph *graph)
{
    if (!offsets_valid(graph))
        return false;
    for (uint32_t u = 0; u < graph->n; u++)
        if (!row_ascends(graph, u))
            return false;
    for (uint32_t u = 0; u < graph->n; u++)
        if (!row_mirrored(graph, u))
            return false;
    return true;
}

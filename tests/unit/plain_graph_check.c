#include "plain_graph_check.h"

static bool stands_in_row(const kith_graph *graph, uint32_t person, uint32_t other, uint64_t tie)
{
    for (uint64_t e = graph->offset[person]; e < graph->offset[person + 1]; e++)
        if (graph->target[e] == other)
            return !graph->cost || graph->cost[e] == graph->cost[tie];
    return false;
}

bool plain_graph_valid(const kith_graph *graph)
{
    if (graph->offset[0] != 0 || graph->offset[graph->n] != 2 * graph->m)
        return false;
    for (uint32_t v = 0; v < graph->n; v++) /* all of them, before one is relied on */
        if (graph->offset[v] > graph->offset[v + 1])
            return false;
    for (uint64_t e = 0; e < 2 * graph->m; e++)
        if (graph->target[e] >= graph->n || (graph->cost && graph->cost[e] == 0))
            return false;
    for (uint32_t v = 0; v < graph->n; v++)
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++)
            if (graph->target[e] == v || (e > graph->offset[v] && graph->target[e - 1] >= graph->target[e]) ||
                !stands_in_row(graph, graph->target[e], v, e))
                return false;
    return true;
}

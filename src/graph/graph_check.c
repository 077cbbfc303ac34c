#include "graph/graph_check.h"

#include "base/mem.h"
#include "base/parallel.h"

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

static bool offsets_valid(const kith_graph *graph)
{
    if (graph->offset[0] != 0 || graph->offset[graph->n] != 2 * graph->m)
        return false;
    for (uint32_t u = 0; u < graph->n; u++)
        if (graph->offset[u] > graph->offset[u + 1])
            return false;
    return true;
}

/** Rows of which nothing is known but that their offsets are right. */
typedef struct check {
    const kith_graph *graph;
    uint64_t *next; /**< [n] where in each row the first stands who has not been met from their own row */
    uint32_t lanes; /**< that look for mirrored ties, each at those into its share of rows */
} check;

static bool rows_valid(void *ctx, uint32_t lane)
{
    const check *c = ctx;
    const uint32_t end = kith_graph_split(c->graph, lane + 1, KITH_LANES);

    for (uint32_t u = kith_graph_split(c->graph, lane, KITH_LANES); u < end; u++)
        if (!kith_graph_row_valid(c->graph, u))
            return false;
    return true;
}

/** Where in the row of `u` those from `least` on begin. */
static uint64_t place_from(const kith_graph *graph, uint32_t u, uint32_t least)
{
    uint64_t low = graph->offset[u], high = graph->offset[u + 1];

    while (low < high) {
        const uint64_t middle = low + (high - low) / 2;
        if (graph->target[middle] < least)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** Whether the next in each row up to `end` that `u` has a tie to, of rows behind `u`, is `u`. */
static bool met_next(const check *c, uint32_t u, uint32_t begin, uint32_t end)
{
    const kith_graph *graph = c->graph;

    for (uint64_t e = place_from(graph, u, begin > u ? begin : u + 1);
         e < graph->offset[u + 1] && graph->target[e] < end; e++) {
        const uint32_t other = graph->target[e];
        const uint64_t back = c->next[other]++;
        if (back >= graph->offset[other + 1] || graph->target[back] != u ||
            (graph->cost && graph->cost[e] != graph->cost[back]))
            return false;
    }
    return true;
}

/** People are taken in the order in which they stand in the rows of others: who is met next is who stands
 * next, and a row has been met whole when nobody before its own person is left. */
static bool rows_mirrored(void *ctx, uint32_t lane)
{
    const check *c = ctx;
    const kith_graph *graph = c->graph;

    if (lane >= c->lanes)
        return true;
    const uint32_t begin = kith_graph_split(graph, lane, c->lanes),
                   end = kith_graph_split(graph, lane + 1, c->lanes);
    for (uint32_t u = begin; u < end; u++)
        c->next[u] = graph->offset[u];
    for (uint32_t u = 0; u < end; u++)
        if (!met_next(c, u, begin, end))
            return false;
    for (uint32_t u = begin; u < end; u++)
        if (c->next[u] < graph->offset[u + 1] && graph->target[c->next[u]] < u)
            return false;
    return true;
}

kith_code kith_graph_check(const kith_graph *graph, bool *valid, kith_err *err)
{
    check c = {.graph = graph, .lanes = kith_lanes_of_threads()};

    *valid = false;
    if (!offsets_valid(graph))
        return KITH_OK;
    if (!(c.next = kith_alloc_array(graph->n, sizeof *c.next)))
        return kith_fail_memory(err, "checking ties");
    *valid = kith_parallel_lanes(rows_valid, &c) && kith_parallel_lanes(rows_mirrored, &c);
    kith_free(c.next);
    return KITH_OK;
}

#include "graph/components.h"

#include "base/mem.h"

#define NONE UINT32_MAX

/** Numbers everyone whom `first` reaches. @param queue  scratch, shape [n]. */
static void spread(const kith_graph *graph, uint32_t first, uint32_t number, uint32_t *component,
                   uint32_t *queue)
{
    uint32_t end = 1;

    queue[0] = first;
    component[first] = number;
    for (uint32_t i = 0; i < end; i++) {
        const kith_tie_row row = kith_graph_row(graph, queue[i]);
        for (uint64_t e = row.begin; e < row.end; e++) {
            const uint32_t other = graph->target[e];
            if (component[other] == NONE) {
                component[other] = number;
                queue[end++] = other;
            }
        }
    }
}

kith_code kith_components_find(const kith_graph *graph, uint32_t *component, uint32_t *count, kith_err *err)
{
    uint32_t *queue = kith_alloc_array(graph->n, sizeof *queue);

    *count = 0;
    if (!queue)
        return kith_fail_memory(err, "finding components");
    for (uint32_t v = 0; v < graph->n; v++)
        component[v] = NONE;
    for (uint32_t v = 0; v < graph->n; v++)
        if (component[v] == NONE)
            spread(graph, v, (*count)++, component, queue);
    kith_free(queue);
    return KITH_OK;
}

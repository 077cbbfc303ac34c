#include "graph/induced.h"

#include "base/mem.h"

/** Ties of all these people, also to others. */
static uint64_t count_rows(const kith_graph *graph, const uint32_t *people, uint32_t count)
{
    uint64_t rows = 0;

    for (uint32_t i = 0; i < count; i++)
        rows += graph->offset[people[i] + 1] - graph->offset[people[i]];
    return rows;
}

kith_code kith_induced_new(const kith_graph *graph, const uint32_t *people, uint32_t count, uint32_t *local,
                           kith_induced *out, kith_err *err)
{
    uint64_t used = 0;

    *out = (kith_induced){.people = people,
                          .offset = kith_alloc_array((size_t)count + 1, sizeof *out->offset),
                          .target = kith_alloc_array(count_rows(graph, people, count), sizeof *out->target)};
    if (!out->offset || !out->target)
        return kith_fail_memory(err, "the ties of a group");
    for (uint32_t i = 0; i < count; i++)
        local[people[i]] = i;
    out->offset[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint64_t e = graph->offset[people[i]]; e < graph->offset[people[i] + 1]; e++)
            if (local[graph->target[e]] != UINT32_MAX)
                out->target[used++] = local[graph->target[e]];
        out->offset[i + 1] = used;
    }
    for (uint32_t i = 0; i < count; i++)
        local[people[i]] = UINT32_MAX;
    out->graph = (kith_graph){.n = count, .m = used / 2, .offset = out->offset, .target = out->target};
    return KITH_OK;
}

void kith_induced_free(kith_induced *induced)
{
    kith_free(induced->offset);
    kith_free(induced->target);
    *induced = (kith_induced){0};
}

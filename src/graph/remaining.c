#include "graph/remaining.h"

#include "base/mem.h"

kith_code kith_remaining_new(const kith_graph *graph, const bool *gone, kith_remaining *out, kith_err *err)
{
    uint64_t used = 0;

    *out = (kith_remaining){.offset = kith_alloc_array((size_t)graph->n + 1, sizeof *out->offset),
                            .target = kith_alloc_array(2 * graph->m, sizeof *out->target)};
    if (!out->offset || !out->target)
        return kith_fail_memory(err, "who remains");
    out->offset[0] = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint64_t e = graph->offset[v]; !gone[v] && e < graph->offset[v + 1]; e++)
            if (!gone[graph->target[e]])
                out->target[used++] = graph->target[e];
        out->offset[v + 1] = used;
    }
    out->graph = (kith_graph){.n = graph->n, .m = used / 2, .offset = out->offset, .target = out->target};
    return KITH_OK;
}

void kith_remaining_free(kith_remaining *remaining)
{
    kith_free(remaining->offset);
    kith_free(remaining->target);
    *remaining = (kith_remaining){0};
}

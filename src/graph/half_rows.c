#include "graph/half_rows.h"

#include "base/mem.h"
#include "base/parallel.h"

kith_code kith_half_rows_new(const kith_graph *graph, kith_half_rows *out, kith_err *err)
{
    const uint32_t n = graph->n;

    *out = (kith_half_rows){0};
    kith_code rc = kith_ordered_new(graph, &out->people, err);
    if (rc)
        return rc;
    if (!(out->first = kith_alloc_array((size_t)n + 1, sizeof *out->first)))
        return kith_fail_memory(err, "ties by person");
    out->first[0] = 0;
    for (uint32_t v = 0; v < n; v++) {
        uint64_t e = out->people.offset[v];
        while (e < out->people.offset[v + 1] && out->people.target[e] < v)
            e++;
        out->first[v + 1] = out->first[v] + (e - out->people.offset[v]);
    }
    return KITH_OK;
}

void kith_half_rows_free(kith_half_rows *rows)
{
    kith_ordered_free(&rows->people);
    kith_free(rows->first);
    *rows = (kith_half_rows){0};
}

uint64_t kith_half_rows_place(const kith_half_rows *rows, const kith_graph *graph, uint32_t i, uint64_t k)
{
    const kith_ordered *o = &rows->people;

    return kith_graph_tie(graph, o->person[i], o->person[o->target[o->offset[i] + k]]);
}

typedef struct walk {
    const kith_half_rows *rows;
    kith_triangle_fn *fn;
    void *ctx;
} walk;

/** All triangles of u > v, where the beginning of v's row is marked. */
static void meet(const walk *job, uint32_t u, uint32_t v, const uint32_t *mark)
{
    const kith_half_rows *rows = job->rows;
    const uint32_t *row = rows->people.target + rows->people.offset[u];
    const uint64_t uv = rows->first[u] + (kith_graph_tie(&rows->people.graph, u, v) - rows->people.offset[u]);

    for (uint32_t k = 0; row[k] < v; k++)
        if (mark[row[k]] > 0)
            job->fn(job->ctx, &(kith_triangle){.u = u,
                                               .v = v,
                                               .w = row[k],
                                               .uv = uv,
                                               .uw = rows->first[u] + k,
                                               .vw = rows->first[v] + (mark[row[k]] - 1)});
}

static bool run_lane(void *ctx, uint32_t lane)
{
    const walk *job = ctx;
    const kith_half_rows *rows = job->rows;
    const uint32_t n = rows->people.graph.n;
    uint32_t *mark = kith_calloc(n, sizeof *mark);

    /* People with many ties are next to each other: every lane gets its share of them. */
    for (uint32_t v = lane; mark && v < n; v += KITH_LANES) {
        const uint32_t *row = rows->people.target + rows->people.offset[v];
        const uint32_t degree = kith_graph_degree(&rows->people.graph, v);
        const uint32_t kept = (uint32_t)(rows->first[v + 1] - rows->first[v]);
        if (kept == 0)
            continue;
        for (uint32_t k = 0; k < kept; k++)
            mark[row[k]] = k + 1;
        for (uint32_t k = kept; k < degree; k++)
            meet(job, row[k], v, mark);
        for (uint32_t k = 0; k < kept; k++)
            mark[row[k]] = 0;
    }
    const bool ok = mark != NULL;
    kith_free(mark);
    return ok;
}

kith_code kith_half_rows_triangles(const kith_half_rows *rows, kith_triangle_fn *fn, void *ctx, kith_err *err)
{
    walk job = {rows, fn, ctx};

    return kith_parallel_lanes(run_lane, &job) ? KITH_OK : kith_fail_memory(err, "triangles");
}

#include "graph/graph_order.h"

#include "base/mem.h"
#include "base/parallel.h"

/** Counting sort of people by falling degree. `place` has room for n + 1, more than any degree. */
static void sort_people(const kith_graph *graph, uint32_t *place, uint32_t *person)
{
    uint32_t before = 0;

    for (uint32_t degree = 0; degree <= graph->n; degree++)
        place[degree] = 0;
    for (uint32_t v = 0; v < graph->n; v++)
        place[kith_graph_degree(graph, v)]++;
    for (uint32_t degree = graph->n; degree-- > 0;) {
        uint32_t alike = place[degree];
        place[degree] = before;
        before += alike;
    }
    for (uint32_t v = 0; v < graph->n; v++)
        person[place[kith_graph_degree(graph, v)]++] = v;
}

/** Rows to be filled. */
typedef struct filling {
    const kith_graph *graph;
    const kith_ordered *out;
    uint32_t *number;  /**< [n] of each person of `graph` in `out` */
    uint32_t *renamed; /**< [2 m] targets by their numbers, in rows as they will stand */
    uint64_t *cursor;  /**< [n] next place to fill in each row */
} filling;

static void find_rows(const filling *f)
{
    const kith_ordered *out = f->out;

    out->offset[0] = 0;
    for (uint32_t i = 0; i < f->graph->n; i++) {
        f->number[out->person[i]] = i;
        f->cursor[i] = out->offset[i];
        out->offset[i + 1] = out->offset[i] + kith_graph_degree(f->graph, out->person[i]);
    }
}

static bool rename_lane(void *ctx, uint32_t lane)
{
    const filling *f = ctx;
    const kith_ordered *out = f->out;
    const uint32_t end = kith_graph_split(&out->graph, lane + 1, KITH_LANES);

    for (uint32_t i = kith_graph_split(&out->graph, lane, KITH_LANES); i < end; i++) {
        const uint32_t *row = f->graph->target + f->graph->offset[out->person[i]];
        for (uint64_t e = out->offset[i]; e < out->offset[i + 1]; e++)
            f->renamed[e] = f->number[*row++];
    }
    return true;
}

/** Turns rows about: people come in ascending order, so each row that they are put into ascends. */
static bool fill_lane(void *ctx, uint32_t lane)
{
    const filling *f = ctx;
    const kith_ordered *out = f->out;
    const uint32_t lanes = kith_lanes_of_threads();

    if (lane >= lanes)
        return true;
    const uint32_t begin = kith_graph_split(&out->graph, lane, lanes);
    const uint32_t rows = kith_graph_split(&out->graph, lane + 1, lanes) - begin;
    for (uint32_t i = 0; i < out->graph.n; i++)
        for (uint64_t e = out->offset[i]; e < out->offset[i + 1]; e++)
            if (f->renamed[e] - begin < rows)
                out->target[f->cursor[f->renamed[e]]++] = i;
    return true;
}

kith_code kith_ordered_new(const kith_graph *graph, kith_ordered *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    uint32_t n = graph->n;
    filling f = {.graph = graph,
                 .out = out,
                 .number = kith_alloc_array((size_t)n + 1, sizeof *f.number),
                 .renamed = kith_alloc_array(2 * graph->m, sizeof *f.renamed),
                 .cursor = kith_alloc_array(n, sizeof *f.cursor)};

    *out = (kith_ordered){.person = kith_alloc_array(n, sizeof *out->person),
                          .offset = kith_alloc_array((size_t)n + 1, sizeof *out->offset),
                          .target = kith_alloc_array(2 * graph->m, sizeof *out->target)};
    if (!f.number || !f.renamed || !f.cursor || !out->person || !out->offset || !out->target) {
        rc = kith_fail_memory(err, "order of people");
        kith_ordered_free(out);
        goto done;
    }
    out->graph = (kith_graph){.n = n, .m = graph->m, .offset = out->offset, .target = out->target};
    sort_people(graph, f.number, out->person);
    find_rows(&f);
    (void)kith_parallel_lanes(rename_lane, &f); /* lanes that allocate nothing do not fail */
    (void)kith_parallel_lanes(fill_lane, &f);
done:
    kith_free(f.number);
    kith_free(f.renamed);
    kith_free(f.cursor);
    return rc;
}

void kith_ordered_free(kith_ordered *ordered)
{
    kith_free(ordered->person);
    kith_free(ordered->offset);
    kith_free(ordered->target);
    *ordered = (kith_ordered){0};
}

#include "graph/graph_order.h"

#include "base/mem.h"

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

/** People come in ascending order, so each row that they are put into ascends. */
static void fill_rows(const kith_graph *graph, const uint32_t *number, const kith_ordered *out)
{
    uint64_t used = 0;

    for (uint32_t i = 0; i < graph->n; i++) {
        out->offset[i] = used;
        used += kith_graph_degree(graph, out->person[i]);
    }
    for (uint32_t i = 0; i < graph->n; i++) {
        uint32_t v = out->person[i];
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++)
            out->target[out->offset[number[graph->target[e]]]++] = i;
    }
    /* Each offset has moved on to the next row's. */
    for (uint32_t i = graph->n; i > 0; i--)
        out->offset[i] = out->offset[i - 1];
    out->offset[0] = 0;
}

kith_code kith_ordered_new(const kith_graph *graph, kith_ordered *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    uint32_t n = graph->n;
    uint32_t *number = kith_alloc_array((size_t)n + 1, sizeof *number);

    *out = (kith_ordered){.person = kith_alloc_array(n, sizeof *out->person),
                          .offset = kith_alloc_array((size_t)n + 1, sizeof *out->offset),
                          .target = kith_alloc_array(2 * graph->m, sizeof *out->target)};
    if (!number || !out->person || !out->offset || !out->target) {
        rc = kith_fail_memory(err, "order of people");
        kith_ordered_free(out);
        goto done;
    }
    sort_people(graph, number, out->person);
    for (uint32_t i = 0; i < n; i++)
        number[out->person[i]] = i;
    fill_rows(graph, number, out);
    out->graph = (kith_graph){.n = n, .m = graph->m, .offset = out->offset, .target = out->target};
done:
    kith_free(number);
    return rc;
}

void kith_ordered_free(kith_ordered *ordered)
{
    kith_free(ordered->person);
    kith_free(ordered->offset);
    kith_free(ordered->target);
    *ordered = (kith_ordered){0};
}

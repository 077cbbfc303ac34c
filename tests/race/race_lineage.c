/* Ties taken for mentorships, every third the other way about and every fifth without a date, so that there
 * are loops; once with all the steps that counting descendants takes, once with too few. */
#include "analysis/founders.h"
#include "analysis/lineage.h"
#include "base/mem.h"
#include "race_kernels.h"

static kith_code measure(const kith_mentor_graph *g, uint64_t limit, double *out, kith_err *err)
{
    kith_generations generations = {0};
    kith_founders founders = {0};
    kith_lineage *people = kith_alloc_array(g->n, sizeof *people);
    kith_code rc = people ? KITH_OK : kith_fail_memory(err, "race");

    if (rc || (rc = kith_generations_measure(g, &generations, err)) ||
        (rc = kith_lineage_measure(g, &generations, limit, NULL, people, err)) ||
        (rc = kith_founders_measure(g, limit, NULL, &founders, err)))
        goto done;
    for (uint32_t v = 0; v < g->n; v++)
        out[v] = (double)people[v].descendants * UINT16_MAX + people[v].generations_below +
                 (double)founders.cut_off[v] / UINT16_MAX;
done:
    kith_generations_free(&generations);
    kith_founders_free(&founders);
    kith_free(people);
    return rc;
}

static kith_code run(const kith_graph *graph, double *out, kith_err *err)
{
    kith_mentor_graph g = {0};
    kith_mentor_edge *edges = kith_alloc_array(graph->m, sizeof *edges);
    kith_code rc = edges ? KITH_OK : kith_fail_memory(err, "race");
    uint32_t k = 0;

    for (uint32_t v = 0; !rc && v < graph->n; v++)
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
            const uint32_t w = graph->target[e];
            const kith_day start = k % 5 == 0 ? KITH_NO_DATE : (kith_day)(v / 2 + k % 7);
            if (w > v) {
                edges[k] = k % 3 == 0 ? (kith_mentor_edge){w, v, start} : (kith_mentor_edge){v, w, start};
                k++;
            }
        }
    if (rc || (rc = kith_mentor_graph_build(edges, k, NULL, &g, err)))
        goto done;
    if (!(rc = measure(&g, UINT64_MAX / 2, out, err)))
        rc = measure(&g, k, out + graph->n, err);
done:
    kith_mentor_graph_free(&g);
    kith_free(edges);
    return rc;
}

int main(void)
{
    return race_run(run);
}

#include <kith/circles.h>

#include "base/mem.h"
#include "graph/components.h"
#include "network/netfile.h"

/** People in each component, and what that comes to. */
static kith_code tally(const uint32_t *component, uint32_t n, uint32_t count, kith_circles *out,
                       kith_err *err)
{
    uint32_t *people = kith_calloc(count, sizeof *people);

    if (!people)
        return kith_fail_memory(err, "the circles of a network");
    for (uint32_t v = 0; v < n; v++)
        people[component[v]]++;
    out->count = count;
    for (uint32_t c = 0; c < count; c++) {
        out->largest = people[c] > out->largest ? people[c] : out->largest;
        out->isolated += people[c] == 1;
    }
    kith_free(people);
    return KITH_OK;
}

kith_code kith_count_circles(const kith_net *net, kith_circles *out, kith_err *err)
{
    kith_graph graph;
    uint32_t *component = NULL, count = 0;

    *out = (kith_circles){0};
    kith_code rc = kith_net_graph(net, &graph, err);
    if (!rc && !(component = kith_alloc_array(graph.n, sizeof *component)))
        rc = kith_fail_memory(err, "the circles of a network");
    if (!rc)
        rc = kith_components_find(&graph, component, &count, err);
    if (!rc)
        rc = tally(component, graph.n, count, out, err);
    kith_free(component);
    return rc;
}

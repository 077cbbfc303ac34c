/* Groups by whom people know, called by what most of their people share. */
#include <stdlib.h>

#include "analysis/groups.h"
#include "base/mem.h"
#include "igraph_port/igraph_port.h"

/** Somebody's community, and their group by the field at hand. */
typedef struct holder {
    uint32_t community, by;
} holder;

static int compare_holders(const void *a, const void *b)
{
    const holder *x = a, *y = b;

    if (x->community != y->community)
        return x->community < y->community ? -1 : 1;
    return (x->by > y->by) - (x->by < y->by);
}

/** Sorted holders of all people who have a community and a value of a field. @return how many. */
static uint32_t find_holders(const kith_groups *communities, const kith_groups *by, uint32_t n,
                             holder *holders)
{
    uint32_t count = 0;

    for (uint32_t v = 0; v < n; v++)
        if (by->of[v] != KITH_NO_GROUP && communities->of[v] != KITH_NO_GROUP)
            holders[count++] = (holder){communities->of[v], by->of[v]};
    qsort(holders, count, sizeof *holders, compare_holders);
    return count;
}

/** Calls each community by the value that occurs most often beyond its share of everyone, where that is more
 * than the best so far: what all communities share tells none apart. Among equals the value that comes first
 * in byte order. */
static void call_by(const kith_groups *by, const holder *holders, uint32_t count, uint32_t n, double *best,
                    kith_groups *out)
{
    for (uint32_t first = 0, end; first < count; first = end) {
        const holder *run = &holders[first];
        for (end = first + 1; end < count && compare_holders(&holders[end], run) == 0;)
            end++;
        const uint32_t c = run->community, value = by->value[run->by];
        const double expected = (double)out->people[c] * by->people[run->by] / n;
        const double more = (end - first) - expected;
        if (more > best[c] || (more == best[c] && out->value[c] != UINT32_MAX && value < out->value[c])) {
            best[c] = more;
            out->value[c] = value;
            out->field[c] = by->field[run->by];
        }
    }
}

static kith_code call_communities(const kith_net *net, uint32_t n, kith_groups *out, kith_err *err)
{
    static const kith_field fields[] = {KITH_FIELD_COMPANY, KITH_FIELD_TITLE, KITH_FIELD_LOCATION};
    kith_code rc = KITH_OK;
    double *best = kith_calloc(out->count, sizeof *best);
    holder *holders = kith_alloc_array(n, sizeof *holders);

    if (!best || !holders)
        rc = kith_fail_memory(err, "communities");
    for (size_t i = 0; i < sizeof fields / sizeof *fields && rc == KITH_OK; i++) {
        kith_groups by = {0};
        if ((rc = kith_groups_by_field(net, fields[i], &by, err)) != KITH_OK)
            break;
        call_by(&by, holders, find_holders(out, &by, n, holders), n, best, out);
        kith_groups_free(&by);
    }
    kith_free(best);
    kith_free(holders);
    return rc;
}

/** Takes people without ties out of the community that each of them is. */
static void count_people(const kith_graph *graph, kith_groups *out)
{
    uint32_t count = 0;

    for (uint32_t c = 0; c < out->count; c++) {
        out->people[c] = 0;
        out->value[c] = UINT32_MAX;
        out->field[c] = KITH_FIELD_COMPANY;
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        if (kith_graph_degree(graph, v) == 0) {
            out->of[v] = KITH_NO_GROUP;
            continue;
        }
        out->people[out->of[v]]++;
        count = out->of[v] >= count ? out->of[v] + 1 : count;
    }
    out->count = count;
}

kith_code kith_groups_by_community(const kith_net *net, const kith_graph *graph,
                                   const kith_community_opts *opts, kith_groups *out, kith_err *err)
{
    kith_code rc;
    kith_igraph *port = NULL;

    *out = (kith_groups){.of = kith_alloc_array(graph->n, sizeof *out->of),
                         .people = kith_alloc_array(graph->n, sizeof *out->people),
                         .value = kith_alloc_array(graph->n, sizeof *out->value),
                         .field = kith_alloc_array(graph->n, sizeof *out->field)};
    if (!out->of || !out->people || !out->value || !out->field) {
        rc = kith_fail_memory(err, "communities");
        goto done;
    }
    if ((rc = kith_igraph_new(graph, &port, err)) != KITH_OK)
        goto done;
    kith_igraph_watch(port, opts->progress);
    rc = kith_igraph_communities(port, opts->seed, opts->resolution, opts->runs, out->of, &out->count, err);
    if (rc != KITH_OK)
        goto done;
    count_people(graph, out);
    rc = call_communities(net, graph->n, out, err);

done:
    kith_igraph_free(port);
    if (rc != KITH_OK)
        kith_groups_free(out);
    return rc;
}

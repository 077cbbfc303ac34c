/*
 * With a(i, j) the strength of a tie, A(i) the sum of i's and M(i) the largest of i's:
 *
 *     constraint(i)      sum over contacts j of ((a(i, j) + T(i, j)) / A(i))^2,
 *                        T(i, j) = sum over q tied to both of a(i, q) a(q, j) / A(q)
 *     effective size(i)  contacts - R(i) / A(i),
 *                        R(i) = sum over tied contacts j, q in both orders of a(i, q) a(j, q) / M(j)
 *
 * T belongs to the tie, whichever end asks, and each triangle adds to the T of its three ties and to the R of
 * its three people: in integers, so that threads do not show.
 */
#include <math.h>
#include <stdatomic.h>

#include "base/mem.h"
#include "graph/concentration.h"
#include "graph/half_rows.h"
#include "graph/triangles.h"

typedef struct weighted {
    kith_half_rows rows;
    uint16_t *cost;                /**< [m] */
    double *total;                 /**< [n] A, by number in rows */
    double *most;                  /**< [n] M */
    _Atomic(uint64_t) *through;    /**< [m] T, times 2^through_bits */
    _Atomic(uint64_t) *redundancy; /**< [n] R, times 2^redundancy_bits */
    int through_bits, redundancy_bits;
    double strength[UINT16_MAX + 1]; /**< by cost */
} weighted;

static void weighted_free(weighted *w)
{
    if (!w)
        return;
    kith_half_rows_free(&w->rows);
    kith_free(w->cost);
    kith_free(w->total);
    kith_free(w->most);
    kith_free(w->through);
    kith_free(w->redundancy);
    kith_free(w);
}

/** Bits left of 63 beside a sum of at most `terms` terms, each at most 1. */
static int bits_beside(uint64_t terms)
{
    int bits = 63;

    for (; terms > 0; terms /= 2)
        bits--;
    return bits;
}

static kith_code weighted_new(const kith_graph *graph, weighted **out, kith_err *err)
{
    weighted *w = *out = kith_calloc(1, sizeof *w);

    if (!w)
        return kith_fail_memory(err, "constraint");
    kith_code rc = kith_half_rows_new(graph, &w->rows, err);
    if (rc)
        return rc;
    w->cost = kith_alloc_array(graph->m, sizeof *w->cost);
    w->total = kith_calloc(graph->n, sizeof *w->total);
    w->most = kith_calloc(graph->n, sizeof *w->most);
    w->through = kith_calloc(graph->m, sizeof *w->through);
    w->redundancy = kith_calloc(graph->n, sizeof *w->redundancy);
    if (!w->cost || !w->total || !w->most || !w->through || !w->redundancy)
        return kith_fail_memory(err, "constraint");
    for (uint32_t cost = 0; cost <= UINT16_MAX; cost++)
        w->strength[cost] = exp(-(double)cost / 1000);
    /* A term of T is at most 1/2 and there are at most n; R has two terms of at most 1 for each tie among
     * contacts. */
    w->through_bits = bits_beside(graph->n);
    w->redundancy_bits = bits_beside(2 * graph->m);
    return KITH_OK;
}

static void weigh(weighted *w, const kith_graph *graph)
{
    const kith_ordered *o = &w->rows.people;

    for (uint32_t i = 0; i < graph->n; i++)
        for (uint64_t k = 0; k < w->rows.first[i + 1] - w->rows.first[i]; k++) {
            const uint16_t cost = graph->cost[kith_half_rows_place(&w->rows, graph, i, k)];
            const uint32_t ends[] = {i, o->target[o->offset[i] + k]};
            w->cost[w->rows.first[i] + k] = cost;
            for (int end = 0; end < 2; end++) {
                w->total[ends[end]] += w->strength[cost];
                w->most[ends[end]] = fmax(w->most[ends[end]], w->strength[cost]);
            }
        }
}

static void add(_Atomic(uint64_t) *sum, double more, int bits)
{
    atomic_fetch_add_explicit(sum, (uint64_t)(ldexp(more, bits) + 0.5), memory_order_relaxed);
}

static void add_triangle(void *ctx, const kith_triangle *t)
{
    weighted *w = ctx;
    const uint32_t u = t->u, v = t->v, x = t->w;
    const double uv = w->strength[w->cost[t->uv]];
    const double ux = w->strength[w->cost[t->uw]];
    const double vx = w->strength[w->cost[t->vw]];

    add(&w->through[t->uv], ux * vx / w->total[x], w->through_bits);
    add(&w->through[t->uw], uv * vx / w->total[v], w->through_bits);
    add(&w->through[t->vw], uv * ux / w->total[u], w->through_bits);
    add(&w->redundancy[u], vx * (ux / w->most[v] + uv / w->most[x]), w->redundancy_bits);
    add(&w->redundancy[v], ux * (vx / w->most[u] + uv / w->most[x]), w->redundancy_bits);
    add(&w->redundancy[x], uv * (vx / w->most[u] + ux / w->most[v]), w->redundancy_bits);
}

static void sum_up(const weighted *w, const kith_holes *out)
{
    const kith_ordered *o = &w->rows.people;

    for (uint32_t i = 0; i < o->graph.n; i++)
        out->constraint[i] = out->hierarchy[i] = 0;
    for (uint32_t i = 0; i < o->graph.n; i++)
        for (uint64_t k = 0; k < w->rows.first[i + 1] - w->rows.first[i]; k++) {
            const uint64_t tie = w->rows.first[i] + k;
            const double part = w->strength[w->cost[tie]] + ldexp((double)w->through[tie], -w->through_bits);
            const uint32_t other = o->target[o->offset[i] + k];
            kith_concentration_add(o->person[i], part * part, out->constraint, out->hierarchy);
            kith_concentration_add(o->person[other], part * part, out->constraint, out->hierarchy);
        }
    for (uint32_t i = 0; i < o->graph.n; i++) {
        const uint32_t v = o->person[i], ties = kith_graph_degree(&o->graph, i);
        const double total = w->total[i];
        out->hierarchy[v] = kith_concentration(out->constraint[v], out->hierarchy[v], ties);
        out->constraint[v] = ties > 0 ? out->constraint[v] / (total * total) : NAN;
        out->effective_size[v] =
            ties > 0 ? ties - ldexp((double)w->redundancy[i], -w->redundancy_bits) / total : NAN;
    }
}

kith_code kith_constraint_weighted(const kith_graph *graph, const kith_holes *out, kith_err *err)
{
    weighted *w = NULL;
    kith_code rc = weighted_new(graph, &w, err);

    if (rc)
        goto done;
    weigh(w, graph);
    if ((rc = kith_half_rows_triangles(&w->rows, add_triangle, w, err)))
        goto done;
    sum_up(w, out);
done:
    weighted_free(w);
    return rc;
}

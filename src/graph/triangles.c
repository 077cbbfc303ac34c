#include "graph/triangles.h"

#include <math.h>
#include <stdatomic.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "graph/graph_order.h"

/*
 * Every tie is kept once, in the row of the person with the higher number, which is the one with fewer ties:
 * the beginning of each row, up to the row's own number. Nobody then has more than sqrt(2 m) ties
 * kept. A triangle u > v > w is found at v: u is in the rest of v's row, w at the beginning of both.
 *
 * Lanes meet in the same sums. They add integers, which come to the same in any order.
 */

/** Rows ahead of the one at hand that are asked for from memory. */
#define ROWS_AHEAD 8

/** For each tie, the sum of the weights of all who are tied to both of its ends. */
typedef struct tie_sums {
    kith_ordered people;
    uint64_t *first;             /**< [n + 1] where each row begins in `sum` */
    uint64_t *weight;            /**< [n] */
    _Atomic(uint64_t) *sum;      /**< [m] */
    _Atomic(uint64_t) *triangle; /**< [n] triangles each person is in; NULL where nobody asks */
} tie_sums;

/** A tie at the beginning of the row at hand: what is not yet in tie_sums. */
typedef struct kept_tie {
    uint64_t sum;
    uint64_t triangles; /**< with the row's own person in the middle */
} kept_tie;

/** What one lane needs beside. */
typedef struct scratch {
    uint32_t *mark; /**< [n] 1 + the place in the row at hand of those at its beginning, else 0 */
    kept_tie *kept; /**< [n] by place in the row at hand, else 0 */
} scratch;

static void tie_sums_free(tie_sums *s)
{
    kith_ordered_free(&s->people);
    kith_free(s->first);
    kith_free(s->weight);
    kith_free(s->sum);
    kith_free(s->triangle);
}

/** @return KITH_ENOMEM: what was allocated is then still to be freed. */
static kith_code tie_sums_new(const kith_graph *graph, tie_sums *s, const char *what, kith_err *err)
{
    uint32_t n = graph->n;
    kith_code rc = kith_ordered_new(graph, &s->people, err);

    if (rc)
        return rc;
    s->first = kith_alloc_array((size_t)n + 1, sizeof *s->first);
    s->weight = kith_alloc_array(n, sizeof *s->weight);
    s->sum = kith_calloc(graph->m, sizeof *s->sum);
    if (!s->first || !s->weight || !s->sum)
        return kith_fail_memory(err, what);
    s->first[0] = 0;
    for (uint32_t v = 0; v < n; v++) {
        uint64_t e = s->people.offset[v];
        while (e < s->people.offset[v + 1] && s->people.target[e] < v)
            e++;
        s->first[v + 1] = s->first[v] + (e - s->people.offset[v]);
    }
    return KITH_OK;
}

static void add(_Atomic(uint64_t) *sum, uint64_t more)
{
    if (more > 0)
        atomic_fetch_add_explicit(sum, more, memory_order_relaxed);
}

/** All triangles u > v > w of these two, where the beginning of v's row is marked. @return how many. */
static uint64_t meet(const tie_sums *s, uint32_t u, uint32_t v, const scratch *lane)
{
    const uint32_t *row = s->people.target + s->people.offset[u];
    const uint32_t *marks = lane->mark;
    kept_tie *kept = lane->kept;
    _Atomic(uint64_t) *sum = s->sum + s->first[u];
    uint64_t weight_u = s->weight[u];
    uint64_t weight_v = s->weight[v];
    uint64_t shared = 0;
    uint64_t count = 0;
    uint32_t k = 0;

    for (; row[k] < v; k++) {
        uint32_t mark = marks[row[k]];
        if (mark == 0)
            continue;
        kept[mark - 1].sum += weight_u;
        kept[mark - 1].triangles++;
        add(&sum[k], weight_v);
        shared += s->weight[row[k]];
        count++;
    }
    add(&sum[k], shared); /* row[k] is v */
    if (s->triangle)
        add(&s->triangle[u], count);
    return count;
}

static inline void ask_for_row(const tie_sums *s, uint32_t u)
{
    __builtin_prefetch(s->people.target + s->people.offset[u]);
    __builtin_prefetch(s->sum + s->first[u]);
}

static void meet_all(const tie_sums *s, uint32_t v, const scratch *lane)
{
    const uint32_t *row = s->people.target + s->people.offset[v];
    uint32_t degree = kith_graph_degree(&s->people.graph, v);
    uint32_t kept = (uint32_t)(s->first[v + 1] - s->first[v]);
    uint64_t count = 0;

    if (kept == 0)
        return;
    for (uint32_t k = 0; k < kept; k++)
        lane->mark[row[k]] = k + 1;
    for (uint32_t k = kept; k < degree; k++) {
        if (degree - k > ROWS_AHEAD)
            ask_for_row(s, row[k + ROWS_AHEAD]);
        count += meet(s, row[k], v, lane);
    }
    if (s->triangle)
        add(&s->triangle[v], count);
    for (uint32_t k = 0; k < kept; k++) {
        add(&s->sum[s->first[v] + k], lane->kept[k].sum);
        if (s->triangle)
            add(&s->triangle[row[k]], lane->kept[k].triangles);
        lane->mark[row[k]] = 0;
        lane->kept[k] = (kept_tie){0};
    }
}

static bool run_lane(void *ctx, uint32_t index)
{
    const tie_sums *s = ctx;
    uint32_t n = s->people.graph.n;
    scratch lane = {kith_calloc(n, sizeof *lane.mark), kith_calloc(n, sizeof *lane.kept)};
    bool ok = lane.mark && lane.kept;

    /* People with many ties are next to each other: every lane gets its share of them. */
    for (uint32_t v = index; ok && v < n; v += KITH_LANES)
        meet_all(s, v, &lane);
    kith_free(lane.mark);
    kith_free(lane.kept);
    return ok;
}

/** Where the sums of ties go. */
typedef struct spread {
    const kith_graph *graph;
    const tie_sums *sums;
    const uint32_t *number; /**< [n] of each person of `graph` in `sums` */
    uint32_t *shared;       /**< [2 m] as graph->target */
} spread;

/** Copies the sums of the ties kept in row i. `place` is scratch, [n]. */
static void spread_row(const spread *to, uint32_t i, uint32_t *place)
{
    const tie_sums *s = to->sums;
    const uint32_t *row = s->people.target + s->people.offset[i];
    uint32_t v = s->people.person[i];

    for (uint64_t k = 0; k < s->first[i + 1] - s->first[i]; k++)
        place[row[k]] = (uint32_t)k;
    for (uint64_t e = to->graph->offset[v]; e < to->graph->offset[v + 1]; e++) {
        uint32_t other = to->number[to->graph->target[e]];
        if (other < i)
            to->shared[e] = (uint32_t)s->sum[s->first[i] + place[other]];
    }
}

static bool spread_lane(void *ctx, uint32_t index)
{
    const spread *to = ctx;
    uint32_t *place = kith_alloc_array(to->graph->n, sizeof *place);

    for (uint32_t i = index; place && i < to->graph->n; i += KITH_LANES)
        spread_row(to, i, place);
    bool ok = place != NULL;
    kith_free(place);
    return ok;
}

/** Copies what stands in the row of the higher number into the other row. `cursor` is scratch, [n]. */
static void spread_mirrored(const kith_graph *graph, const uint32_t *number, uint64_t *cursor,
                            uint32_t *shared)
{
    /* People come in ascending order, as rows have them: u stands at its neighbour's cursor. */
    for (uint32_t u = 0; u < graph->n; u++)
        cursor[u] = graph->offset[u];
    for (uint32_t u = 0; u < graph->n; u++)
        for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++) {
            uint64_t mirror = cursor[graph->target[e]]++;
            if (number[u] > number[graph->target[e]])
                shared[mirror] = shared[e];
        }
}

kith_code kith_shared_neighbours(const kith_graph *graph, uint32_t *shared, kith_err *err)
{
    kith_code rc = KITH_OK;
    tie_sums s = {0};
    uint32_t *number = kith_alloc_array(graph->n, sizeof *number);
    spread to = {.graph = graph, .sums = &s, .number = number, .shared = shared};

    if ((rc = tie_sums_new(graph, &s, "shared contacts", err)))
        goto done;
    for (uint32_t i = 0; i < graph->n; i++)
        s.weight[i] = 1;
    for (uint32_t i = 0; number && i < graph->n; i++)
        number[s.people.person[i]] = i;
    if (!number || !kith_parallel_lanes(run_lane, &s) || !kith_parallel_lanes(spread_lane, &to)) {
        rc = kith_fail_memory(err, "shared contacts");
        goto done;
    }
    spread_mirrored(graph, number, s.weight, shared);
done:
    kith_free(number);
    tie_sums_free(&s);
    return rc;
}

/**
 * Weights 1 / degree as integers. @return the power of 2 that stands for 1, as large as sums allow: a tie
 * shares no more people than its busier end's neighbours, so never more than the second-busiest has,
 * and each of them has two ties at least.
 */
static int weigh_by_degree(const tie_sums *s)
{
    const kith_graph *graph = &s->people.graph;
    int bits = 63;

    for (uint32_t most = graph->n > 1 ? kith_graph_degree(graph, 1) : 0; most > 0; most /= 2)
        bits--;
    for (uint32_t v = 0; v < graph->n; v++) {
        uint32_t degree = kith_graph_degree(graph, v);
        s->weight[v] = degree > 0 ? (uint64_t)(ldexp(1, bits) / degree + 0.5) : 0;
    }
    return bits;
}

/** Adds up (1 + sum)^2 over each person's ties, which is constraint times the square of the degree. */
static void add_squares(const tie_sums *s, int bits, double *constraint)
{
    const kith_ordered *o = &s->people;

    for (uint32_t v = 0; v < o->graph.n; v++)
        constraint[v] = 0;
    for (uint32_t v = 0; v < o->graph.n; v++)
        for (uint64_t k = 0; k < s->first[v + 1] - s->first[v]; k++) {
            double one_more = 1 + ldexp((double)s->sum[s->first[v] + k], -bits);
            constraint[o->person[v]] += one_more * one_more;
            constraint[o->person[o->target[o->offset[v] + k]]] += one_more * one_more;
        }
}

kith_code kith_constraint(const kith_graph *graph, double *constraint, double *effective_size, kith_err *err)
{
    kith_code rc = KITH_OK;
    tie_sums s = {0};

    if ((rc = tie_sums_new(graph, &s, "constraint", err)))
        goto done;
    s.triangle = kith_calloc(graph->n, sizeof *s.triangle);
    int bits = weigh_by_degree(&s);
    if (!s.triangle || !kith_parallel_lanes(run_lane, &s)) {
        rc = kith_fail_memory(err, "constraint");
        goto done;
    }
    add_squares(&s, bits, constraint);
    for (uint32_t v = 0; v < graph->n; v++) {
        uint32_t person = s.people.person[v];
        double degree = kith_graph_degree(graph, person);
        constraint[person] = degree > 0 ? constraint[person] / (degree * degree) : NAN;
        effective_size[person] = degree > 0 ? degree - 2 * (double)s.triangle[v] / degree : NAN;
    }
done:
    tie_sums_free(&s);
    return rc;
}

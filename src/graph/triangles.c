#include "graph/triangles.h"

#include <math.h>
#include <stdatomic.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/ticker.h"
#include "graph/concentration.h"
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

/** Where a person's row begins. */
typedef struct row_place {
    uint64_t target; /**< in people.target */
    uint64_t sum;    /**< of the ties kept: in `sum` */
} row_place;

/** For each tie, the sum of the weights of all who are tied to both of its ends. */
typedef struct tie_sums {
    kith_ordered people;
    row_place *row;              /**< [n + 1] */
    uint64_t *weight;            /**< [n]; NULL where everyone counts 1 */
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
    kith_free(s->row);
    kith_free(s->weight);
    kith_free(s->sum);
    kith_free(s->triangle);
}

/** Ties that are kept in row v. */
static uint32_t kept_of(const tie_sums *s, uint32_t v)
{
    return (uint32_t)(s->row[v + 1].sum - s->row[v].sum);
}

static bool count_kept(void *ctx, uint32_t lane)
{
    const tie_sums *s = ctx;
    const kith_ordered *o = &s->people;
    const uint32_t end = (uint32_t)kith_lane_begin(o->graph.n, lane + 1);

    for (uint32_t v = (uint32_t)kith_lane_begin(o->graph.n, lane); v < end; v++) {
        uint64_t e = o->offset[v];
        while (e < o->offset[v + 1] && o->target[e] < v)
            e++;
        s->row[v + 1].sum = e - o->offset[v];
    }
    return true;
}

/** @return KITH_ENOMEM: what was allocated is then still to be freed. */
static kith_code tie_sums_new(const kith_graph *graph, tie_sums *s, const char *what, kith_err *err)
{
    uint32_t n = graph->n;
    kith_code rc = kith_ordered_new(graph, &s->people, err);

    if (rc)
        return rc;
    s->row = kith_alloc_array((size_t)n + 1, sizeof *s->row);
    s->sum = kith_calloc(graph->m, sizeof *s->sum);
    if (!s->row || !s->sum)
        return kith_fail_memory(err, what);
    (void)kith_parallel_lanes(count_kept, s); /* lanes that allocate nothing do not fail */
    s->row[0].sum = 0;
    for (uint32_t v = 0; v <= n; v++) {
        s->row[v].target = s->people.offset[v];
        s->row[v].sum += v > 0 ? s->row[v - 1].sum : 0;
    }
    return KITH_OK;
}

static uint64_t weight_of(const tie_sums *s, uint32_t v)
{
    return s->weight ? s->weight[v] : 1;
}

static void add(_Atomic(uint64_t) *sum, uint64_t more)
{
    if (more > 0)
        atomic_fetch_add_explicit(sum, more, memory_order_relaxed);
}

/** All triangles u > v > w of these two, where the beginning of v's row is marked. @return how many. */
static uint64_t meet(const tie_sums *s, uint32_t u, uint32_t v, const scratch *lane)
{
    const uint32_t *row = s->people.target + s->row[u].target;
    const uint32_t *marks = lane->mark;
    kept_tie *kept = lane->kept;
    _Atomic(uint64_t) *sum = s->sum + s->row[u].sum;
    uint64_t weight_u = weight_of(s, u);
    uint64_t weight_v = weight_of(s, v);
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
        shared += weight_of(s, row[k]);
        count++;
    }
    add(&sum[k], shared); /* row[k] is v */
    if (s->triangle)
        add(&s->triangle[u], count);
    return count;
}

static inline void ask_for_row(const tie_sums *s, uint32_t u)
{
    __builtin_prefetch(s->people.target + s->row[u].target);
    __builtin_prefetch(s->sum + s->row[u].sum);
}

static void meet_all(const tie_sums *s, uint32_t v, const scratch *lane)
{
    const uint32_t *row = s->people.target + s->people.offset[v];
    uint32_t degree = kith_graph_degree(&s->people.graph, v);
    uint32_t kept = kept_of(s, v);
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
        add(&s->sum[s->row[v].sum + k], lane->kept[k].sum);
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
    uint32_t *number; /**< [n] of each person of `graph` in `sums` */
    uint64_t *cursor; /**< [n] where the next tie of each with a higher person goes in `shared` */
    uint32_t *shared; /**< [m] */
    uint32_t lanes;
    uint32_t begin[KITH_LANES + 1]; /**< people of each lane, whose ties with higher ones it copies */
} spread;

/** Where people's ties with higher ones begin in `shared`. */
static void find_places(spread *to)
{
    const kith_graph *graph = to->graph;
    uint64_t before = 0;
    uint32_t lane = 0;

    to->lanes = kith_lanes_of_threads();
    for (uint32_t v = 0; v < graph->n; v++) {
        uint64_t e = graph->offset[v + 1];
        while (before >= graph->m / to->lanes * lane && lane < to->lanes)
            to->begin[lane++] = v;
        to->cursor[v] = before;
        for (; e > graph->offset[v] && graph->target[e - 1] > v; e--)
            before++;
        to->number[to->sums->people.person[v]] = v;
    }
    while (lane <= to->lanes)
        to->begin[lane++] = graph->n;
}

/** The people whose ties with higher ones are the lane's, and a place in the row at hand for everyone. */
typedef struct spread_range {
    uint32_t begin, count;
    uint32_t *place; /**< [n] */
} spread_range;

/** Copies the sums kept in the row of v. Rows come in ascending order, so that v stands at the cursor of each
 * lower person. */
static void spread_row(const spread *to, const spread_range *range, uint32_t v)
{
    const tie_sums *s = to->sums;
    const uint32_t i = to->number[v];
    const uint32_t *row = s->people.target + s->row[i].target;
    const _Atomic(uint64_t) *sum = s->sum + s->row[i].sum;
    const bool mine = v - range->begin < range->count;
    uint64_t next = mine ? to->cursor[v] : 0;

    for (uint32_t k = 0; k < kept_of(s, i); k++)
        range->place[row[k]] = k;
    for (uint64_t e = to->graph->offset[v]; e < to->graph->offset[v + 1]; e++) {
        const uint32_t other = to->graph->target[e];
        if (other < v ? other - range->begin >= range->count : !mine)
            continue;
        const uint64_t at = other < v ? to->cursor[other]++ : next++;
        if (to->number[other] < i)
            to->shared[at] = (uint32_t)sum[range->place[to->number[other]]];
    }
}

static bool spread_lane(void *ctx, uint32_t lane)
{
    const spread *to = ctx;
    const uint32_t n = to->graph->n;

    if (lane >= to->lanes)
        return true;
    const spread_range range = {.begin = to->begin[lane],
                                .count = to->begin[lane + 1] - to->begin[lane],
                                .place = kith_alloc_array(n, sizeof *range.place)};
    bool ok = range.place != NULL;
    for (uint32_t v = range.begin; ok && v < n; v++)
        spread_row(to, &range, v);
    kith_free(range.place);
    return ok;
}

kith_code kith_shared_neighbours(const kith_graph *graph, const kith_progress *progress, uint32_t *shared,
                                 kith_err *err)
{
    kith_code rc = KITH_OK;
    tie_sums s = {0};
    spread to = {.graph = graph,
                 .sums = &s,
                 .number = kith_alloc_array(graph->n, sizeof *to.number),
                 .cursor = kith_alloc_array(graph->n, sizeof *to.cursor)};

    to.shared = shared;
    if ((rc = tie_sums_new(graph, &s, "shared contacts", err)))
        goto done;
    if (!to.number || !to.cursor)
        rc = kith_fail_memory(err, "shared contacts");
    else
        rc = kith_tick_lanes(run_lane, &s, progress, "counting shared contacts", graph->m, err);
    if (rc)
        goto done;
    find_places(&to);
    if (!kith_parallel_lanes(spread_lane, &to))
        rc = kith_fail_memory(err, "shared contacts");
done:
    kith_free(to.number);
    kith_free(to.cursor);
    tie_sums_free(&s);
    return rc;
}

/**
 * Weights 1 / degree as integers. @return the power of 2 that stands for 1, as large as sums allow: a tie
 * shares no more people than its busier end's neighbours, so never more than the second-busiest has,
 * and each of them has two ties at least.
 */
static double weigh_by_degree(const tie_sums *s)
{
    const kith_graph *graph = &s->people.graph;
    double one = ldexp(1, 63);

    for (uint32_t most = graph->n > 1 ? kith_graph_degree(graph, 1) : 0; most > 0; most /= 2)
        one /= 2;
    for (uint32_t v = 0; v < graph->n; v++) {
        uint32_t degree = kith_graph_degree(graph, v);
        s->weight[v] = degree > 0 ? (uint64_t)(one / degree + 0.5) : 0;
    }
    return one;
}

/** Where squares are gathered. */
typedef struct squaring {
    const tie_sums *sums;
    double one; /**< 1 as the sums have it */
    const kith_holes *out;
} squaring;

/** Gathers (1 + sum)^2 over people's ties, their parts of constraint times the square of the degree; every
 * person's ties come in the same order, whichever lane gathers them. */
static bool add_squares(void *ctx, uint32_t lane)
{
    const squaring *q = ctx;
    const tie_sums *s = q->sums;
    const kith_ordered *o = &s->people;
    const uint32_t lanes = kith_lanes_of_threads();

    if (lane >= lanes)
        return true;
    const uint32_t begin = kith_graph_split(&o->graph, lane, lanes);
    const uint32_t count = kith_graph_split(&o->graph, lane + 1, lanes) - begin;
    for (uint32_t v = begin; v < o->graph.n; v++) {
        const uint32_t *row = o->target + s->row[v].target;
        const bool mine = v - begin < count;
        for (uint32_t k = 0; k < kept_of(s, v); k++) {
            const double one_more = 1 + (double)s->sum[s->row[v].sum + k] / q->one;
            const double square = one_more * one_more;
            if (mine)
                kith_concentration_add(o->person[v], square, q->out->constraint, q->out->hierarchy);
            if (row[k] - begin < count)
                kith_concentration_add(o->person[row[k]], square, q->out->constraint, q->out->hierarchy);
        }
    }
    return true;
}

kith_code kith_constraint(const kith_graph *graph, const kith_holes *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    tie_sums s = {0};

    if ((rc = tie_sums_new(graph, &s, "constraint", err)))
        goto done;
    s.weight = kith_alloc_array(graph->n, sizeof *s.weight);
    s.triangle = kith_calloc(graph->n, sizeof *s.triangle);
    squaring squares = {.sums = &s, .one = s.weight ? weigh_by_degree(&s) : 0, .out = out};
    if (!s.weight || !s.triangle || !kith_parallel_lanes(run_lane, &s)) {
        rc = kith_fail_memory(err, "constraint");
        goto done;
    }
    for (uint32_t v = 0; v < graph->n; v++)
        out->constraint[v] = out->hierarchy[v] = 0;
    (void)kith_parallel_lanes(add_squares, &squares); /* lanes that allocate nothing do not fail */
    for (uint32_t v = 0; v < graph->n; v++) {
        const uint32_t person = s.people.person[v], ties = kith_graph_degree(&s.people.graph, v);
        const double degree = ties;
        out->hierarchy[person] = kith_concentration(out->constraint[person], out->hierarchy[person], ties);
        out->constraint[person] = ties > 0 ? out->constraint[person] / (degree * degree) : NAN;
        out->effective_size[person] = ties > 0 ? degree - 2 * (double)s.triangle[v] / degree : NAN;
    }
done:
    tie_sums_free(&s);
    return rc;
}

/*
 * Open pairs are all pairs (a, b) with a -> v -> b less the closed ones, which have a -> b as well. All pairs
 * follow from how many of each group lead to v and are led to; closed ones are triangles. How many open pairs
 * a contact is in, as the first or as the second of the two, follows in the same way, tie by tie.
 *
 * Threads meet in the same sums. They add integers, which come to the same in any order.
 */
#include "graph/brokerage.h"

#include <stdatomic.h>

#include "base/mem.h"
#include "graph/half_rows.h"

/** Closed pairs around one end of a tie that have the other end as their first person; those that have it as
 * their second are added 2^32-fold. */
typedef _Atomic(uint64_t) closed_pairs;

static const uint64_t as_first = 1, as_second = (uint64_t)1 << 32;

/** What is counted of each person on the way, by their number in the rows. */
typedef struct around {
    _Atomic(uint64_t) closed[KITH_ROLE_COUNT];
    _Atomic(uint64_t) mutual_closed; /**< pairs, in order, of contacts both ways who have a tie */
    uint64_t in, out, both;          /**< contacts of any group */
} around;

typedef struct brokerage {
    kith_half_rows rows;
    uint8_t *arc;          /**< [m] seen from the higher number */
    uint32_t *group;       /**< [n] by number */
    closed_pairs *at_high; /**< [m] around the higher number */
    closed_pairs *at_low;  /**< [m] around the lower */
    around *people;        /**< [n] by number */
} brokerage;

static void brokerage_free(brokerage *b)
{
    kith_half_rows_free(&b->rows);
    kith_free(b->arc);
    kith_free(b->group);
    kith_free(b->at_high);
    kith_free(b->at_low);
    kith_free(b->people);
}

static kith_code brokerage_new(const kith_graph *graph, const uint8_t *arcs, const uint32_t *group,
                               brokerage *b, kith_err *err)
{
    kith_code rc = kith_half_rows_new(graph, &b->rows, err);

    if (rc)
        return rc;
    b->arc = kith_alloc_array(graph->m, sizeof *b->arc);
    b->group = kith_alloc_array(graph->n, sizeof *b->group);
    b->at_high = kith_calloc(graph->m, sizeof *b->at_high);
    b->at_low = kith_calloc(graph->m, sizeof *b->at_low);
    b->people = kith_calloc(graph->n, sizeof *b->people);
    if (!b->arc || !b->group || !b->at_high || !b->at_low || !b->people)
        return kith_fail_memory(err, "brokerage");
    for (uint32_t i = 0; i < graph->n; i++) {
        const uint64_t first = b->rows.first[i], end = b->rows.first[i + 1];
        b->group[i] = group[b->rows.people.person[i]];
        for (uint64_t tie = first; tie < end; tie++)
            b->arc[tie] = arcs ? arcs[kith_half_rows_place(&b->rows, graph, i, tie - first)] : KITH_ARC_BOTH;
    }
    return KITH_OK;
}

/** The role of v between a and b, all of some group. */
static kith_role role_of(uint32_t v, uint32_t a, uint32_t b)
{
    if (a == v)
        return b == v ? KITH_ROLE_COORDINATOR : KITH_ROLE_REPRESENTATIVE;
    if (b == v)
        return KITH_ROLE_GATEKEEPER;
    return a == b ? KITH_ROLE_ITINERANT : KITH_ROLE_LIAISON;
}

static void add(_Atomic(uint64_t) *sum, uint64_t more)
{
    if (more > 0)
        atomic_fetch_add_explicit(sum, more, memory_order_relaxed);
}

/** The same tie seen from its other end. */
static unsigned turned(unsigned arc)
{
    return (arc & KITH_ARC_OUT) << 1 | (arc & KITH_ARC_IN) >> 1;
}

/**
 * What a triangle closes around v. `to_a` and `to_b` are v's ties as v sees them, `between` that of a and b
 * as a sees it; `a_pairs` and `b_pairs` count for v's ties.
 */
static void close_around(const brokerage *b, uint32_t v, uint32_t a, uint32_t c, const unsigned ties[3],
                         closed_pairs *a_pairs, closed_pairs *c_pairs)
{
    const unsigned to_a = ties[0], to_c = ties[1], between = ties[2];
    const uint64_t a_first = (to_a & KITH_ARC_IN) && (to_c & KITH_ARC_OUT) && (between & KITH_ARC_OUT);
    const uint64_t c_first = (to_c & KITH_ARC_IN) && (to_a & KITH_ARC_OUT) && (between & KITH_ARC_IN);
    around *around_v = &b->people[v];

    add(&around_v->closed[role_of(b->group[v], b->group[a], b->group[c])], a_first);
    add(&around_v->closed[role_of(b->group[v], b->group[c], b->group[a])], c_first);
    add(a_pairs, a_first * as_first + c_first * as_second);
    add(c_pairs, c_first * as_first + a_first * as_second);
    add(&around_v->mutual_closed, to_a == KITH_ARC_BOTH && to_c == KITH_ARC_BOTH && between ? 2 : 0);
}

static void close_triangle(void *ctx, const kith_triangle *t)
{
    const brokerage *b = ctx;
    const unsigned uv = b->arc[t->uv], uw = b->arc[t->uw], vw = b->arc[t->vw];

    if (b->group[t->u] == KITH_NO_GROUP || b->group[t->v] == KITH_NO_GROUP || b->group[t->w] == KITH_NO_GROUP)
        return;
    close_around(b, t->u, t->v, t->w, (const unsigned[]){uv, uw, vw}, &b->at_high[t->uv], &b->at_high[t->uw]);
    close_around(b, t->v, t->u, t->w, (const unsigned[]){turned(uv), vw, uw}, &b->at_low[t->uv],
                 &b->at_high[t->vw]);
    close_around(b, t->w, t->u, t->v, (const unsigned[]){turned(uw), turned(vw), uv}, &b->at_low[t->uw],
                 &b->at_low[t->vw]);
}

/** How many contacts of one group there are. */
typedef struct contacts {
    uint64_t in, out, both;
} contacts;

/** Counts v's contacts by group into `of_group`, which is all 0 before. */
static contacts count_contacts(const kith_graph *graph, const uint8_t *arcs, const uint32_t *group,
                               uint32_t v, contacts *of_group)
{
    contacts all = {0};

    for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
        const uint32_t g = group[graph->target[e]];
        const unsigned arc = arcs ? arcs[e] : KITH_ARC_BOTH;
        if (g == KITH_NO_GROUP)
            continue;
        for (contacts *c = &of_group[g]; c; c = c == &all ? NULL : &all) {
            c->in += (arc & KITH_ARC_IN) != 0;
            c->out += (arc & KITH_ARC_OUT) != 0;
            c->both += arc == KITH_ARC_BOTH;
        }
    }
    return all;
}

/** All pairs a -> v -> b by role, closed or not; leaves `of_group` all 0. */
static contacts count_pairs(const kith_graph *graph, const uint8_t *arcs, const uint32_t *group, uint32_t v,
                            contacts *of_group, uint64_t *role)
{
    const contacts all = count_contacts(graph, arcs, group, v, of_group);
    const contacts own = of_group[group[v]];
    uint64_t alike = 0;

    for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
        const uint32_t g = group[graph->target[e]];
        if (g == KITH_NO_GROUP)
            continue;
        alike += g == group[v] ? 0 : of_group[g].in * of_group[g].out - of_group[g].both;
        of_group[g] = (contacts){0};
    }
    role[KITH_ROLE_COORDINATOR] = own.in * own.out - own.both;
    role[KITH_ROLE_ITINERANT] = alike;
    role[KITH_ROLE_GATEKEEPER] = (all.in - own.in) * own.out;
    role[KITH_ROLE_REPRESENTATIVE] = own.in * (all.out - own.out);
    role[KITH_ROLE_LIAISON] = (all.in - own.in) * (all.out - own.out) - (all.both - own.both) - alike;
    return all;
}

/** Adds what v's open pairs share at one contact, whom v's tie `arc` leads to; `closed` counts around v. */
static void add_sharing(const around *around_v, unsigned arc, uint64_t closed, kith_open_pairs *out)
{
    const bool leads_in = (arc & KITH_ARC_IN) != 0, leads_out = (arc & KITH_ARC_OUT) != 0;
    const uint64_t closed_first = closed % as_second, closed_second = closed / as_second;
    const double first = leads_in ? (double)(around_v->out - leads_out - closed_first) : 0;
    const double second = leads_out ? (double)(around_v->in - leads_in - closed_second) : 0;

    out->same_first += first * (first - 1);
    out->same_second += second * (second - 1);
    out->crossing += 2 * first * second;
}

static void count_sharing(const brokerage *b, kith_open_pairs *out)
{
    const kith_ordered *o = &b->rows.people;

    for (uint32_t i = 0; i < o->graph.n; i++)
        for (uint64_t tie = b->rows.first[i]; tie < b->rows.first[i + 1]; tie++) {
            const uint32_t j = o->target[o->offset[i] + (tie - b->rows.first[i])];
            if (b->group[i] == KITH_NO_GROUP || b->group[j] == KITH_NO_GROUP)
                continue;
            add_sharing(&b->people[i], b->arc[tie], b->at_high[tie], &out[o->person[i]]);
            add_sharing(&b->people[j], turned(b->arc[tie]), b->at_low[tie], &out[o->person[j]]);
        }
    for (uint32_t i = 0; i < o->graph.n; i++) {
        const around *p = &b->people[i];
        kith_open_pairs *pairs = &out[o->person[i]];
        pairs->reversed = (double)(p->both * (p->both - (p->both > 0)) - p->mutual_closed);
        pairs->crossing -= 2 * pairs->reversed;
    }
}

kith_code kith_brokerage(const kith_graph *graph, const uint8_t *arcs, const uint32_t *group,
                         uint32_t n_groups, kith_open_pairs *out, kith_err *err)
{
    brokerage b = {0};
    contacts *of_group = kith_calloc(n_groups, sizeof *of_group);
    kith_code rc = of_group ? brokerage_new(graph, arcs, group, &b, err) : kith_fail_memory(err, "brokerage");

    if (rc)
        goto done;
    if ((rc = kith_half_rows_triangles(&b.rows, close_triangle, &b, err)))
        goto done;
    for (uint32_t i = 0; i < graph->n; i++) {
        const uint32_t v = b.rows.people.person[i];
        out[v] = (kith_open_pairs){0};
        if (group[v] == KITH_NO_GROUP)
            continue;
        const contacts all = count_pairs(graph, arcs, group, v, of_group, out[v].role);
        b.people[i].in = all.in;
        b.people[i].out = all.out;
        b.people[i].both = all.both;
        for (int role = 0; role < KITH_ROLE_COUNT; role++)
            out[v].role[role] -= b.people[i].closed[role];
    }
    count_sharing(&b, out);
done:
    brokerage_free(&b);
    kith_free(of_group);
    return rc;
}

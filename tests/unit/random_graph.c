#include "random_graph.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"

/** Ties as a matrix of costs: 0 where there is none. */
typedef struct cost_matrix {
    uint32_t n;
    uint16_t *cost;
} cost_matrix;

static void *or_abort(void *memory)
{
    if (!memory)
        abort();
    return memory;
}

static cost_matrix matrix_new(uint32_t n)
{
    return (cost_matrix){n, or_abort(kith_calloc((size_t)n * n, sizeof(uint16_t)))};
}

static uint16_t *cell(const cost_matrix *m, uint32_t a, uint32_t b)
{
    return &m->cost[(size_t)a * m->n + b];
}

static void join(const cost_matrix *m, uint32_t a, uint32_t b, uint16_t cost)
{
    if (a != b)
        *cell(m, a, b) = *cell(m, b, a) = cost;
}

/** Makes compressed rows of the matrix, which it frees. */
static random_graph compress(cost_matrix m)
{
    size_t count = 0;
    size_t used = 0;
    random_graph g = {0};

    for (size_t i = 0; i < (size_t)m.n * m.n; i++)
        count += m.cost[i] != 0;
    g.offset = or_abort(kith_alloc_array((size_t)m.n + 1, sizeof *g.offset));
    g.target = or_abort(kith_alloc_array(count, sizeof *g.target));
    g.cost = or_abort(kith_alloc_array(count, sizeof *g.cost));
    for (uint32_t a = 0; a < m.n; a++) {
        g.offset[a] = used;
        for (uint32_t b = 0; b < m.n; b++)
            if (*cell(&m, a, b)) {
                g.target[used] = b;
                g.cost[used++] = *cell(&m, a, b);
            }
    }
    g.offset[m.n] = used;
    g.graph = (kith_graph){.n = m.n, .m = count / 2, .offset = g.offset, .target = g.target, .cost = g.cost};
    kith_free(m.cost);
    return g;
}

static void join_at_random(const cost_matrix *m, kith_rng *rng, uint32_t ties)
{
    for (uint32_t i = 0; i < ties; i++)
        join(m, (uint32_t)kith_rng_below(rng, m->n), (uint32_t)kith_rng_below(rng, m->n), 1);
}

static void join_path(const cost_matrix *m)
{
    for (uint32_t i = 1; i < m->n; i++)
        join(m, i - 1, i, 1);
}

static void join_cliques(const cost_matrix *m, uint32_t size)
{
    for (uint32_t a = 1; a < m->n; a++) {
        for (uint32_t b = a + 1; b < m->n && (b - 1) / size == (a - 1) / size; b++)
            join(m, a, b, 1);
        if ((a - 1) % size == 0)
            join(m, 0, a, 1);
    }
}

static void join_shape(const cost_matrix *m, kith_rng *rng, uint64_t shape)
{
    switch (shape) {
    case 0: /* sparse */
        join_at_random(m, rng, m->n + m->n / 4);
        break;
    case 1: /* dense */
        join_at_random(m, rng, m->n * m->n / 3);
        break;
    case 2: /* star */
        for (uint32_t i = 1; i < m->n; i++)
            join(m, 0, i, 1);
        join_at_random(m, rng, 2);
        break;
    case 3: /* long path */
        join_path(m);
        join_at_random(m, rng, m->n / 16);
        break;
    case 4: /* cliques joined by one person */
        join_cliques(m, 2 + (uint32_t)kith_rng_below(rng, 5));
        break;
    case 5: /* two hubs */
        for (uint32_t i = 2; i < m->n; i++)
            for (uint32_t hub = 0; hub < 2; hub++)
                if (kith_rng_below(rng, 3) > 0)
                    join(m, hub, i, 1);
        break;
    case 6: /* mostly isolated people */
        join_at_random(m, rng, m->n / 4);
        break;
    default: /* tree with a few ties more */
        for (uint32_t i = 1; i < m->n; i++)
            join(m, i, (uint32_t)kith_rng_below(rng, i), 1);
        join_at_random(m, rng, m->n / 8);
        break;
    }
}

/** The same graph under other ids, with random costs. */
static cost_matrix shuffled(cost_matrix m, kith_rng *rng)
{
    cost_matrix out = matrix_new(m.n);
    uint32_t *name = or_abort(kith_alloc_array(m.n, sizeof *name));
    uint64_t highest = kith_rng_below(rng, 2) ? 3 : 4605;

    for (uint32_t i = 0; i < m.n; i++)
        name[i] = i;
    for (uint32_t i = m.n; i > 1; i--) {
        uint32_t j = (uint32_t)kith_rng_below(rng, i);
        uint32_t held = name[i - 1];
        name[i - 1] = name[j];
        name[j] = held;
    }
    for (uint32_t a = 0; a < m.n; a++)
        for (uint32_t b = a + 1; b < m.n; b++)
            if (*cell(&m, a, b))
                join(&out, name[a], name[b], (uint16_t)(1 + kith_rng_below(rng, highest)));
    kith_free(name);
    kith_free(m.cost);
    return out;
}

random_graph random_graph_make(uint64_t seed, uint32_t max_people)
{
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    cost_matrix m = matrix_new(1 + (uint32_t)kith_rng_below(&rng, max_people));
    join_shape(&m, &rng, seed % 8);
    return compress(shuffled(m, &rng));
}

/** One end of a tie. */
typedef struct tie_end {
    uint32_t from, to;
    uint16_t cost;
} tie_end;

static int by_ends(const void *left, const void *right)
{
    const tie_end *a = left, *b = right;

    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

/** Makes compressed rows of both ends of ties, which it frees; a tie that comes again has the same cost. */
static random_graph compress_ends(uint32_t n, tie_end *ends, size_t count)
{
    random_graph g = {.offset = or_abort(kith_calloc((size_t)n + 1, sizeof *g.offset)),
                      .target = or_abort(kith_alloc_array(count, sizeof *g.target)),
                      .cost = or_abort(kith_alloc_array(count, sizeof *g.cost))};
    size_t used = 0;

    if (count > 0)
        qsort(ends, count, sizeof *ends, by_ends);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && by_ends(&ends[i - 1], &ends[i]) == 0)
            continue;
        g.offset[ends[i].from + 1]++;
        g.target[used] = ends[i].to;
        g.cost[used++] = ends[i].cost;
    }
    for (uint32_t v = 0; v < n; v++)
        g.offset[v + 1] += g.offset[v];
    g.graph = (kith_graph){.n = n, .m = used / 2, .offset = g.offset, .target = g.target, .cost = g.cost};
    kith_free(ends);
    return g;
}

random_graph random_graph_of(uint32_t people, const uint32_t *pairs, uint32_t count)
{
    tie_end *ends = or_abort(kith_alloc_array(2 * (size_t)count, sizeof *ends));
    size_t used = 0;

    for (uint32_t i = 0; i < count; i++) {
        const uint32_t a = pairs[2 * i], b = pairs[2 * i + 1];
        if (a == b)
            continue;
        ends[used++] = (tie_end){a, b, 1};
        ends[used++] = (tie_end){b, a, 1};
    }
    return compress_ends(people, ends, used);
}

/** The graph without the ties between people of two ranges: the first of them, and how many. */
static random_graph without_ties(const kith_graph *graph, const uint32_t a[2], const uint32_t b[2])
{
    tie_end *ends = or_abort(kith_alloc_array(2 * (size_t)graph->m, sizeof *ends));
    size_t used = 0;

    for (uint32_t from = 0; from < graph->n; from++)
        for (uint64_t e = graph->offset[from]; e < graph->offset[from + 1]; e++) {
            const uint32_t to = graph->target[e];
            const bool gone =
                (from - a[0] < a[1] && to - b[0] < b[1]) || (to - a[0] < a[1] && from - b[0] < b[1]);
            if (!gone)
                ends[used++] = (tie_end){from, to, graph->cost[e]};
        }
    return compress_ends(graph->n, ends, used);
}

random_graph random_graph_without_person(const kith_graph *graph, uint32_t gone)
{
    return without_ties(graph, (const uint32_t[]){gone, 1}, (const uint32_t[]){0, graph->n});
}

random_graph random_graph_without_tie(const kith_graph *graph, uint32_t a, uint32_t b)
{
    return without_ties(graph, (const uint32_t[]){a, 1}, (const uint32_t[]){b, 1});
}

void random_graph_free(random_graph *g)
{
    kith_free(g->offset);
    kith_free(g->target);
    kith_free(g->cost);
    *g = (random_graph){0};
}

#include "random_graph.h"

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

random_graph random_graph_of(uint32_t people, const uint32_t *pairs, uint32_t count)
{
    cost_matrix m = matrix_new(people);

    for (uint32_t i = 0; i < count; i++)
        join(&m, pairs[2 * i], pairs[2 * i + 1], 1);
    return compress(m);
}

static cost_matrix matrix_of(const kith_graph *graph)
{
    cost_matrix m = matrix_new(graph->n);

    for (uint32_t a = 0; a < graph->n; a++)
        for (uint64_t e = graph->offset[a]; e < graph->offset[a + 1]; e++)
            *cell(&m, a, graph->target[e]) = graph->cost[e];
    return m;
}

random_graph random_graph_without_person(const kith_graph *graph, uint32_t gone)
{
    cost_matrix m = matrix_of(graph);

    for (uint32_t b = 0; b < graph->n; b++)
        join(&m, gone, b, 0);
    return compress(m);
}

random_graph random_graph_without_tie(const kith_graph *graph, uint32_t a, uint32_t b)
{
    cost_matrix m = matrix_of(graph);

    join(&m, a, b, 0);
    return compress(m);
}

void random_graph_free(random_graph *g)
{
    kith_free(g->offset);
    kith_free(g->target);
    kith_free(g->cost);
    *g = (random_graph){0};
}

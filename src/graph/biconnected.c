#include "graph/biconnected.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NOBODY UINT32_MAX

/** The search as it stands. */
typedef struct walk {
    const kith_graph *graph;
    kith_biconnected *b;
    uint64_t *cursor; /**< [n] next tie to look at */
    uint32_t *low;    /**< [n] earliest position that v's subtree touches by one tie outside the tree */
    uint32_t visited;
} walk;

static void enter(walk *w, uint32_t v, uint32_t parent)
{
    kith_biconnected *b = w->b;

    b->order[w->visited] = v;
    b->position[v] = w->low[v] = w->visited++;
    b->size[v] = 1; /* also says that v was visited */
    b->parent[v] = parent;
    b->root[v] = parent == NOBODY ? v : b->root[parent];
    w->cursor[v] = w->graph->offset[v];
}

static void lower(uint32_t *low, uint32_t position)
{
    if (position < *low)
        *low = position;
}

/** Takes v's ties up to one that leads to somebody new. @return that person, or NOBODY after the last tie. */
static uint32_t next_child(walk *w, uint32_t v)
{
    while (w->cursor[v] < w->graph->offset[v + 1]) {
        uint32_t u = w->graph->target[w->cursor[v]++];
        if (w->b->size[u] == 0)
            return u;
        if (u != w->b->parent[v])
            lower(&w->low[v], w->b->position[u]);
    }
    return NOBODY;
}

static void leave(walk *w, uint32_t v)
{
    kith_biconnected *b = w->b;
    uint32_t parent = b->parent[v];

    b->size[v] = w->visited - b->position[v];
    if (parent == NOBODY)
        return;
    lower(&w->low[parent], w->low[v]);
    b->separates[v] = w->low[v] >= b->position[parent];
    b->bridge[v] = w->low[v] > b->position[parent];
    b->parts[parent] += b->separates[v];
}

static void walk_component(walk *w, uint32_t root)
{
    uint32_t v = root;

    enter(w, root, NOBODY);
    while (v != NOBODY) {
        uint32_t child = next_child(w, v);
        if (child != NOBODY) {
            enter(w, child, v);
            v = child;
        } else {
            leave(w, v);
            v = w->b->parent[v];
        }
    }
}

/** Subtrees that hang on v become pieces: above anyone but a root there is one more. */
static void count_parts(kith_biconnected *b)
{
    for (uint32_t v = 0; v < b->n; v++) {
        if (b->root[v] != v && b->parts[v] > 0)
            b->parts[v]++;
        if (b->parts[v] < 2)
            b->parts[v] = 0;
    }
}

static bool allocate(kith_biconnected *b, walk *w)
{
    b->order = kith_alloc_array(b->n, sizeof *b->order);
    b->position = kith_alloc_array(b->n, sizeof *b->position);
    b->size = kith_calloc(b->n, sizeof *b->size);
    b->parent = kith_alloc_array(b->n, sizeof *b->parent);
    b->root = kith_alloc_array(b->n, sizeof *b->root);
    b->separates = kith_calloc(b->n, sizeof *b->separates);
    b->parts = kith_calloc(b->n, sizeof *b->parts);
    b->bridge = kith_calloc(b->n, sizeof *b->bridge);
    w->cursor = kith_alloc_array(b->n, sizeof *w->cursor);
    w->low = kith_alloc_array(b->n, sizeof *w->low);
    return b->order && b->position && b->size && b->parent && b->root && b->separates && b->parts &&
           b->bridge && w->cursor && w->low;
}

kith_code kith_biconnected_run(const kith_graph *graph, kith_biconnected *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    walk w = {.graph = graph, .b = out};

    *out = (kith_biconnected){.n = graph->n};
    if (!allocate(out, &w)) {
        rc = kith_fail_memory(err, "cut people");
        kith_biconnected_free(out);
        goto done;
    }
    for (uint32_t v = 0; v < graph->n; v++)
        if (out->size[v] == 0)
            walk_component(&w, v);
    count_parts(out);
done:
    kith_free(w.cursor);
    kith_free(w.low);
    return rc;
}

void kith_biconnected_free(kith_biconnected *b)
{
    kith_free(b->order);
    kith_free(b->position);
    kith_free(b->size);
    kith_free(b->parent);
    kith_free(b->root);
    kith_free(b->separates);
    kith_free(b->parts);
    kith_free(b->bridge);
    *b = (kith_biconnected){0};
}

static bool hangs_on(const kith_biconnected *b, uint32_t u, uint32_t v)
{
    return b->parent[u] == v && b->separates[u];
}

static int by_falling_size(const void *left, const void *right)
{
    const kith_piece *a = left;
    const kith_piece *b = right;

    if (a->people != b->people)
        return a->people > b->people ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

uint32_t kith_biconnected_pieces(const kith_biconnected *b, const kith_graph *graph, uint32_t v,
                                 kith_piece *pieces)
{
    uint32_t count = 0;
    uint32_t root = b->root[v];
    uint32_t left_over = b->size[root] - 1;

    if (b->parts[v] == 0)
        return 0;
    for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
        uint32_t u = graph->target[e];
        if (!hangs_on(b, u, v))
            continue;
        pieces[count++] = (kith_piece){.first = b->position[u], .count = b->size[u], .people = b->size[u]};
        left_over -= b->size[u];
    }
    if (v != root)
        pieces[count++] = (kith_piece){b->position[root], b->size[root], true, left_over};
    qsort(pieces, count, sizeof *pieces, by_falling_size);
    return count;
}

/** Copies order[from .. to). @return where to go on writing. */
static uint32_t *copy_run(const kith_biconnected *b, uint32_t from, uint32_t to, uint32_t *people)
{
    memcpy(people, b->order + from, (to - from) * sizeof *people);
    return people + (to - from);
}

void kith_biconnected_members(const kith_biconnected *b, const kith_graph *graph, uint32_t v,
                              const kith_piece *piece, uint32_t *people)
{
    if (!piece->is_rest) {
        copy_run(b, piece->first, piece->first + piece->count, people);
        return;
    }
    /* Children were visited in the order of v's row, so what is left out lies in ascending runs. */
    people = copy_run(b, piece->first, b->position[v], people);
    uint32_t from = b->position[v] + 1;
    for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
        uint32_t u = graph->target[e];
        if (!hangs_on(b, u, v))
            continue;
        people = copy_run(b, from, b->position[u], people);
        from = b->position[u] + b->size[u];
    }
    copy_run(b, from, piece->first + piece->count, people);
}

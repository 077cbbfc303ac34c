#include "graph/biconnected.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define NOBODY UINT32_MAX

/** Somebody between the root and the person at hand. */
typedef struct step {
    uint64_t next, end; /**< ties still to look at */
    uint32_t person;
    uint32_t position;
    uint32_t low;   /**< earliest position that this subtree touches by one tie outside the tree */
    uint32_t parts; /**< subtrees so far that hang on this person alone */
} step;

/** The search as it stands. What it asks often lies on the way, what it only tells lies by person. */
typedef struct walk {
    const kith_graph *graph;
    kith_biconnected *b;
    step *way; /**< [n] */
    uint32_t depth;
    uint32_t visited;
} walk;

static void enter(walk *w, uint32_t v)
{
    w->b->order[w->visited] = v;
    w->b->position[v] = w->visited;
    w->way[w->depth++] = (step){.next = w->graph->offset[v],
                                .end = w->graph->offset[v + 1],
                                .person = v,
                                .position = w->visited,
                                .low = w->visited};
    w->visited++;
}

static void lower(uint32_t *low, uint32_t position)
{
    if (position < *low)
        *low = position;
}

/** Takes ties of the person at hand up to one that leads to somebody new. @return them, or NOBODY at the end.
 */
static uint32_t next_child(walk *w)
{
    step *here = &w->way[w->depth - 1];
    uint32_t parent = w->depth > 1 ? here[-1].person : NOBODY;

    while (here->next < here->end) {
        uint32_t u = w->graph->target[here->next++];
        uint32_t position = w->b->position[u];
        if (position == NOBODY)
            return u;
        if (u != parent)
            lower(&here->low, position);
    }
    return NOBODY;
}

static void leave(walk *w)
{
    kith_biconnected *b = w->b;
    const step *here = &w->way[--w->depth];
    step *above = w->depth > 0 ? &w->way[w->depth - 1] : NULL;
    uint32_t v = here->person;

    b->size[v] = w->visited - here->position;
    b->root[v] = w->way[0].person;
    b->parts[v] = here->parts;
    b->parent[v] = above ? above->person : NOBODY;
    b->separates[v] = above && here->low >= above->position;
    b->bridge[v] = above && here->low > above->position;
    if (above) {
        lower(&above->low, here->low);
        above->parts += b->separates[v];
    }
}

static void walk_component(walk *w, uint32_t root)
{
    enter(w, root);
    while (w->depth > 0) {
        uint32_t child = next_child(w);
        if (child != NOBODY)
            enter(w, child);
        else
            leave(w);
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
    b->size = kith_alloc_array(b->n, sizeof *b->size);
    b->parent = kith_alloc_array(b->n, sizeof *b->parent);
    b->root = kith_alloc_array(b->n, sizeof *b->root);
    b->separates = kith_alloc_array(b->n, sizeof *b->separates);
    b->parts = kith_alloc_array(b->n, sizeof *b->parts);
    b->bridge = kith_alloc_array(b->n, sizeof *b->bridge);
    w->way = kith_alloc_array(b->n, sizeof *w->way);
    return b->order && b->position && b->size && b->parent && b->root && b->separates && b->parts &&
           b->bridge && w->way;
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
        out->position[v] = NOBODY;
    for (uint32_t v = 0; v < graph->n; v++)
        if (out->position[v] == NOBODY)
            walk_component(&w, v);
    count_parts(out);
done:
    kith_free(w.way);
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

#include "analysis/mentor_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int compare_edges(const void *a, const void *b)
{
    const kith_mentor_edge *x = a, *y = b;

    if (x->mentor != y->mentor)
        return x->mentor < y->mentor ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->mentee > y->mentee) - (x->mentee < y->mentee);
}

static int compare_ids(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static uint32_t number_of(const kith_mentor_graph *g, uint32_t id)
{
    const uint32_t *found = bsearch(&id, g->person, g->n, sizeof *g->person, compare_ids);

    return (uint32_t)(found - g->person);
}

/** Lists the people and writes the mentorships in their numbers. */
static void number_people(kith_mentor_graph *g)
{
    uint32_t count = 0;

    for (uint32_t e = 0; e < g->k; e++) {
        g->person[2 * (size_t)e] = g->edges[e].mentor;
        g->person[2 * (size_t)e + 1] = g->edges[e].mentee;
    }
    qsort(g->person, 2 * (size_t)g->k, sizeof *g->person, compare_ids);
    for (size_t i = 0; i < 2 * (size_t)g->k; i++)
        if (count == 0 || g->person[count - 1] != g->person[i])
            g->person[count++] = g->person[i];
    g->n = count;
    for (uint32_t e = 0; e < g->k; e++) {
        g->edges[e].mentor = number_of(g, g->edges[e].mentor);
        g->edges[e].mentee = number_of(g, g->edges[e].mentee);
    }
}

static uint32_t row_of(const kith_mentor_graph *g, const kith_mentor_side *side, uint32_t e)
{
    return side == &g->mentees ? g->edges[e].mentor : g->edges[e].mentee;
}

/** Deals the mentorships out to the rows of one side. */
static void fill_side(kith_mentor_graph *g, kith_mentor_side *side)
{
    for (uint32_t e = 0; e < g->k; e++)
        side->offset[row_of(g, side, e) + 1]++;
    for (uint32_t v = 0; v < g->n; v++)
        side->offset[v + 1] += side->offset[v];
    /* Each offset runs to the end of its row while it is filled, and is then one row ahead. */
    for (uint32_t i = 0; i < g->k; i++)
        side->edge[side->offset[row_of(g, side, g->by_start[i])]++] = g->by_start[i];
    memmove(side->offset + 1, side->offset, g->n * sizeof *side->offset);
    side->offset[0] = 0;
}

static int compare_starts(const void *a, const void *b, void *edges)
{
    const kith_mentor_edge *all = edges;
    const uint32_t *x = a, *y = b;

    if (all[*x].start != all[*y].start)
        return all[*x].start < all[*y].start ? -1 : 1;
    return (*x > *y) - (*x < *y);
}

kith_code kith_mentor_graph_build(const kith_mentor_edge *edges, uint32_t k, kith_mentor_graph *g,
                                  kith_err *err)
{
    kith_code rc = KITH_OK;
    const size_t rows = 2 * (size_t)k + 1; /* at most two new people in a mentorship */

    *g = (kith_mentor_graph){
        .k = k,
        .person = kith_alloc_array(2 * (size_t)k, sizeof *g->person),
        .edges = kith_alloc_array(k, sizeof *g->edges),
        .by_start = kith_alloc_array(k, sizeof *g->by_start),
        .mentees = {kith_calloc(rows, sizeof(uint32_t)), kith_alloc_array(k, sizeof(uint32_t))},
        .mentors = {kith_calloc(rows, sizeof(uint32_t)), kith_alloc_array(k, sizeof(uint32_t))},
        .ring = kith_calloc(rows, sizeof *g->ring),
        .in_loop = kith_calloc(k, sizeof *g->in_loop),
        .loop_level = kith_calloc(k, sizeof *g->loop_level),
    };
    if (!g->person || !g->edges || !g->by_start || !g->mentees.offset || !g->mentees.edge ||
        !g->mentors.offset || !g->mentors.edge || !g->ring || !g->in_loop || !g->loop_level) {
        rc = kith_fail_memory(err, "mentorships");
        goto done;
    }
    for (uint32_t e = 0; e < k; e++) {
        g->edges[e] = edges[e];
        g->by_start[e] = e;
    }
    number_people(g);
    qsort(g->edges, k, sizeof *g->edges, compare_edges);
    qsort_r(g->by_start, k, sizeof *g->by_start, compare_starts, g->edges);
    fill_side(g, &g->mentees);
    fill_side(g, &g->mentors);
    rc = kith_mentor_loops_mark(g, err);

done:
    if (rc != KITH_OK)
        kith_mentor_graph_free(g);
    return rc;
}

void kith_mentor_graph_free(kith_mentor_graph *g)
{
    kith_free(g->person);
    kith_free(g->edges);
    kith_free(g->by_start);
    kith_free(g->mentees.offset);
    kith_free(g->mentees.edge);
    kith_free(g->mentors.offset);
    kith_free(g->mentors.edge);
    kith_free(g->ring);
    kith_free(g->in_loop);
    kith_free(g->loop_level);
    *g = (kith_mentor_graph){0};
}

uint32_t kith_mentor_next(const kith_mentor_graph *g, const kith_mentor_side *side, uint32_t v, uint32_t at,
                          kith_day level)
{
    const uint32_t end = side->offset[v + 1];
    uint32_t low = at, high = end;

    if (at == end || level == KITH_ANY_LEVEL || g->edges[side->edge[at]].start == KITH_NO_DATE)
        return at;
    /* Past those without a date: the first that starts no earlier than the level. */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (g->edges[side->edge[middle]].start < level)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && g->edges[side->edge[low]].start == level ? low : end;
}

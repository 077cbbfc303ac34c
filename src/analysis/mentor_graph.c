#include "analysis/mentor_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"

static int compare_edges(const void *a, const void *b)
{
    const kith_mentor_edge *x = a, *y = b;

    if (x->mentor != y->mentor)
        return x->mentor < y->mentor ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->mentee > y->mentee) - (x->mentee < y->mentee);
}

/** Lists the people and writes the mentorships in their numbers; `ends` has room for two of each. */
static bool number_people(kith_mentor_graph *g, kith_keyed *ends)
{
    const uint32_t count = 2 * g->k;

    for (uint32_t e = 0; e < g->k; e++) {
        ends[2 * (size_t)e] = (kith_keyed){g->edges[e].mentor, 2 * e};
        ends[2 * (size_t)e + 1] = (kith_keyed){g->edges[e].mentee, 2 * e + 1};
    }
    if (!kith_radix_sort(ends, count))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        kith_mentor_edge *m = &g->edges[ends[i].value / 2];
        if (i == 0 || ends[i - 1].key != ends[i].key)
            g->person[g->n++] = ends[i].key;
        *(ends[i].value % 2 ? &m->mentee : &m->mentor) = g->n - 1;
    }
    return true;
}

/** `keyed` has room for each mentorship. */
static bool order_by_start(kith_mentor_graph *g, kith_keyed *keyed)
{
    for (uint32_t e = 0; e < g->k; e++)
        keyed[e] = (kith_keyed){kith_radix_signed(g->edges[e].start), e};
    if (!kith_radix_sort(keyed, g->k))
        return false;
    for (uint32_t i = 0; i < g->k; i++)
        g->by_start[i] = keyed[i].value;
    return true;
}

/** Deals the mentorships out to the rows of one side. */
static void fill_side(kith_mentor_graph *g, kith_mentor_side *side)
{
    const bool gives = side == &g->mentees;

    for (uint32_t e = 0; e < g->k; e++)
        side->offset[(gives ? g->edges[e].mentor : g->edges[e].mentee) + 1]++;
    for (uint32_t v = 0; v < g->n; v++)
        side->offset[v + 1] += side->offset[v];
    /* Each offset runs to the end of its row while it is filled, and is then one row ahead. */
    for (uint32_t i = 0; i < g->k; i++) {
        const kith_mentor_edge *m = &g->edges[g->by_start[i]];
        uint32_t *place = &side->offset[gives ? m->mentor : m->mentee];
        side->link[(*place)++] = (kith_mentor_link){gives ? m->mentee : m->mentor, m->start, g->by_start[i]};
    }
    memmove(side->offset + 1, side->offset, g->n * sizeof *side->offset);
    side->offset[0] = 0;
}

static bool allocate(kith_mentor_graph *g)
{
    const size_t k = g->k, rows = 2 * k + 1; /* at most two new people in a mentorship */

    g->person = kith_alloc_array(2 * k, sizeof *g->person);
    g->edges = kith_alloc_array(k, sizeof *g->edges);
    g->by_start = kith_alloc_array(k, sizeof *g->by_start);
    g->mentees.offset = kith_calloc(rows, sizeof *g->mentees.offset);
    g->mentees.link = kith_alloc_array(k, sizeof *g->mentees.link);
    g->mentors.offset = kith_calloc(rows, sizeof *g->mentors.offset);
    g->mentors.link = kith_alloc_array(k, sizeof *g->mentors.link);
    g->ring = kith_calloc(rows, sizeof *g->ring);
    g->in_loop = kith_calloc(k, sizeof *g->in_loop);
    g->loop_level = kith_calloc(k, sizeof *g->loop_level);
    return g->person && g->edges && g->by_start && g->mentees.offset && g->mentees.link &&
           g->mentors.offset && g->mentors.link && g->ring && g->in_loop && g->loop_level;
}

kith_code kith_mentor_graph_build(const kith_mentor_edge *edges, uint32_t k, const kith_progress *progress,
                                  kith_mentor_graph *g, kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_keyed *keyed = NULL;

    *g = (kith_mentor_graph){.k = k};
    if (k > UINT32_MAX / 2 || !allocate(g) || !(keyed = kith_alloc_array(2 * (size_t)k, sizeof *keyed))) {
        rc = kith_fail_memory(err, "mentorships");
        goto done;
    }
    for (uint32_t e = 0; e < k; e++)
        g->edges[e] = edges[e];
    if (!number_people(g, keyed)) {
        rc = kith_fail_memory(err, "people in mentorships");
        goto done;
    }
    qsort(g->edges, k, sizeof *g->edges, compare_edges);
    if (!order_by_start(g, keyed)) {
        rc = kith_fail_memory(err, "mentorships by start");
        goto done;
    }
    fill_side(g, &g->mentees);
    fill_side(g, &g->mentors);
    rc = kith_mentor_loops_mark(g, progress, err);

done:
    kith_free(keyed);
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
    kith_free(g->mentees.link);
    kith_free(g->mentors.offset);
    kith_free(g->mentors.link);
    kith_free(g->ring);
    kith_free(g->in_loop);
    kith_free(g->loop_level);
    *g = (kith_mentor_graph){0};
}

uint32_t kith_mentor_next(const kith_mentor_side *side, uint32_t v, uint32_t at, kith_day level)
{
    const uint32_t end = side->offset[v + 1];
    uint32_t low = at, high = end;

    if (at == end || level == KITH_ANY_LEVEL || side->link[at].start == KITH_NO_DATE)
        return at;
    /* Past those without a date: the first that starts no earlier than the level. */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (side->link[middle].start < level)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && side->link[low].start == level ? low : end;
}

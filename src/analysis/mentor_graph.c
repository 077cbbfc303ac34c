#include "analysis/mentor_graph.h"

#include <string.h>

#include "base/mem.h"
#include "base/radix.h"

/** Lists the people by id and writes the mentorships in their numbers. */
static bool number_people(kith_mentor_graph *g)
{
    const size_t count = 2 * (size_t)g->k;
    kith_keyed *ends = kith_alloc_array(count, sizeof *ends);

    for (uint32_t e = 0; ends && e < g->k; e++) {
        ends[2 * (size_t)e] = (kith_keyed){g->edges[e].mentor, 2 * e};
        ends[2 * (size_t)e + 1] = (kith_keyed){g->edges[e].mentee, 2 * e + 1};
    }
    const bool sorted = ends && kith_radix_sort(ends, count);
    for (size_t i = 0; sorted && i < count; i++) {
        kith_mentor_edge *m = &g->edges[ends[i].value / 2];
        if (i == 0 || ends[i - 1].key != ends[i].key)
            g->person[g->n++] = ends[i].key;
        *(ends[i].value % 2 ? &m->mentee : &m->mentor) = g->n - 1;
    }
    kith_free(ends);
    return sorted;
}

/** Whether mentorships come by mentor, start and mentee, as a network has them: those of the same day then
 * come by mentor and mentee. */
static bool come_in_order(const kith_mentor_graph *g)
{
    for (uint32_t e = 1; e < g->k; e++) {
        const kith_mentor_edge *x = &g->edges[e - 1], *y = &g->edges[e];
        if (x->mentor > y->mentor || (x->mentor == y->mentor && x->start > y->start) ||
            (x->mentor == y->mentor && x->start == y->start && x->mentee > y->mentee))
            return false;
    }
    return true;
}

/** Puts the places of the mentorships in order by mentor and mentee. */
static bool sort_pairs(const kith_mentor_graph *g, kith_keyed *order)
{
    kith_long_keyed *pairs = kith_alloc_array(g->k, sizeof *pairs);

    for (uint32_t e = 0; pairs && e < g->k; e++) {
        const kith_mentor_edge *m = &g->edges[e];
        pairs[e] = (kith_long_keyed){(uint64_t)m->mentor << 32 | m->mentee, e};
    }
    const bool sorted = pairs && kith_radix_sort_long(pairs, g->k);
    for (uint32_t i = 0; sorted && i < g->k; i++)
        order[i].value = (uint32_t)pairs[i].value;
    kith_free(pairs);
    return sorted;
}

/** Sorts the mentorships, whose people are numbered by id, by start, mentor and mentee. */
static bool sort_edges(kith_mentor_graph *g)
{
    kith_keyed *order = kith_alloc_array(g->k, sizeof *order);
    kith_mentor_edge *sorted = kith_alloc_array(g->k, sizeof *sorted);
    bool ok = order && sorted;

    for (uint32_t e = 0; ok && e < g->k; e++)
        order[e].value = e;
    ok = ok && (come_in_order(g) || sort_pairs(g, order));
    for (uint32_t i = 0; ok && i < g->k; i++)
        order[i].key = kith_radix_signed(g->edges[order[i].value].start);
    ok = ok && kith_radix_sort(order, g->k);
    for (uint32_t i = 0; ok && i < g->k; i++)
        sorted[i] = g->edges[order[i].value];
    kith_free(order);
    if (!ok) {
        kith_free(sorted);
        return false;
    }
    kith_free(g->edges);
    g->edges = sorted;
    return true;
}

/** Deals the mentorships out to the rows of one side. */
static void fill_side(kith_mentor_graph *g, kith_mentor_side *side)
{
    const bool gives = side == &g->mentees;

    memset(side->offset, 0, ((size_t)g->n + 1) * sizeof *side->offset);
    for (uint32_t e = 0; e < g->k; e++)
        side->offset[(gives ? g->edges[e].mentor : g->edges[e].mentee) + 1]++;
    for (uint32_t v = 0; v < g->n; v++)
        side->offset[v + 1] += side->offset[v];
    /* Each offset runs to the end of its row while it is filled, and is then one row ahead. */
    for (uint32_t e = 0; e < g->k; e++) {
        const kith_mentor_edge *m = &g->edges[e];
        uint32_t *place = &side->offset[gives ? m->mentor : m->mentee];
        side->link[(*place)++] = (kith_mentor_link){gives ? m->mentee : m->mentor, m->start, e};
    }
    memmove(side->offset + 1, side->offset, g->n * sizeof *side->offset);
    side->offset[0] = 0;
}

/** What stands for the number of people who were not met yet: with a mentor, and without. */
static const uint32_t mentored = UINT32_MAX - 1, unmentored = UINT32_MAX;

/** A walk that numbers people. */
typedef struct walk {
    uint32_t *number;  /**< [n] */
    uint32_t *waiting; /**< [k + 1] people to go on with, last in first out */
    uint32_t count;
} walk;

/** Numbers everybody who is reached from v and was not met before. */
static void walk_from(const kith_mentor_graph *g, walk *w, uint32_t v)
{
    uint32_t n_waiting = 0;

    w->waiting[n_waiting++] = v;
    while (n_waiting > 0) {
        v = w->waiting[--n_waiting];
        if (w->number[v] < mentored)
            continue;
        w->number[v] = w->count++;
        for (uint32_t at = g->mentees.offset[v + 1]; at-- > g->mentees.offset[v];)
            if (w->number[g->mentees.link[at].other] >= mentored)
                w->waiting[n_waiting++] = g->mentees.link[at].other;
    }
}

/** Numbers people again, family by family; searches then find what they look at close together. */
static bool number_families(kith_mentor_graph *g)
{
    walk w = {.number = kith_alloc_array(g->n, sizeof *w.number),
              .waiting = kith_alloc_array((size_t)g->k + 1, sizeof *w.waiting)};
    uint32_t *person = kith_alloc_array(g->n, sizeof *person);
    const bool ok = w.number && w.waiting && person;

    for (uint32_t v = 0; ok && v < g->n; v++)
        w.number[v] = unmentored;
    for (uint32_t e = 0; ok && e < g->k; e++)
        w.number[g->edges[e].mentee] = mentored;
    for (uint32_t v = 0; ok && v < g->n; v++)
        if (w.number[v] == unmentored)
            walk_from(g, &w, v);
    for (uint32_t v = 0; ok && v < g->n; v++) /* rings in which everybody has a mentor */
        walk_from(g, &w, v);
    for (uint32_t v = 0; ok && v < g->n; v++)
        person[w.number[v]] = g->person[v];
    for (uint32_t e = 0; ok && e < g->k; e++) {
        g->edges[e].mentor = w.number[g->edges[e].mentor];
        g->edges[e].mentee = w.number[g->edges[e].mentee];
    }
    kith_free(w.number);
    kith_free(w.waiting);
    if (!ok) {
        kith_free(person);
        return false;
    }
    kith_free(g->person);
    g->person = person;
    return true;
}

static bool allocate(kith_mentor_graph *g)
{
    const size_t k = g->k, rows = 2 * k + 1; /* at most two new people in a mentorship */

    g->person = kith_alloc_array(2 * k, sizeof *g->person);
    g->edges = kith_alloc_array(k, sizeof *g->edges);
    g->mentees.offset = kith_alloc_array(rows, sizeof *g->mentees.offset);
    g->mentees.link = kith_alloc_array(k, sizeof *g->mentees.link);
    g->mentors.offset = kith_alloc_array(rows, sizeof *g->mentors.offset);
    g->mentors.link = kith_alloc_array(k, sizeof *g->mentors.link);
    g->ring = kith_calloc(rows, sizeof *g->ring);
    g->in_loop = kith_calloc(k, sizeof *g->in_loop);
    g->loop_level = kith_calloc(k, sizeof *g->loop_level);
    return g->person && g->edges && g->mentees.offset && g->mentees.link && g->mentors.offset &&
           g->mentors.link && g->ring && g->in_loop && g->loop_level;
}

kith_code kith_mentor_graph_build(const kith_mentor_edge *edges, uint32_t k, const kith_progress *progress,
                                  kith_mentor_graph *g, kith_err *err)
{
    kith_code rc = KITH_OK;

    *g = (kith_mentor_graph){.k = k};
    if (k > UINT32_MAX / 2 || !allocate(g)) {
        rc = kith_fail_memory(err, "mentorships");
        goto done;
    }
    for (uint32_t e = 0; e < k; e++)
        g->edges[e] = edges[e];
    if (!number_people(g) || !sort_edges(g)) {
        rc = kith_fail_memory(err, "people in mentorships");
        goto done;
    }
    fill_side(g, &g->mentees);
    if (!number_families(g)) {
        rc = kith_fail_memory(err, "families of mentors");
        goto done;
    }
    fill_side(g, &g->mentees);
    fill_side(g, &g->mentors);
    rc = kith_mentor_loops_mark(g, progress, err);

done:
    if (rc != KITH_OK)
        kith_mentor_graph_free(g);
    return rc;
}

void kith_mentor_graph_free(kith_mentor_graph *g)
{
    kith_free(g->person);
    kith_free(g->edges);
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

#include "analysis/mentor_cycles.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"

/** Mentorships looked at by all searches after which no other is begun: about a second's work. */
static const uint64_t most_steps = 50000000;

/** A ring found: a run of search.people. */
typedef struct ring {
    size_t first;
    uint32_t count;
    bool loop;
} ring;

typedef struct search {
    const kith_mentor_graph *g;
    bool *met;           /**< [k] mentorships in rings found */
    uint32_t *before;    /**< [n] the person from whom this one was reached */
    uint32_t *reached;   /**< [n] last run that reached this person */
    uint32_t *queue;     /**< [n] */
    kith_keyed *mentors; /**< [n_mentors] ids and numbers of people who mentor within rings, by id */
    uint32_t n_mentors;
    uint32_t runs;
    uint64_t steps; /**< mentorships looked at */
    ring *rings;
    size_t n_rings, rings_capacity;
    uint32_t *people; /**< of all rings, one after another */
    size_t n_people, people_capacity;
} search;

static bool is_within_ring(const kith_mentor_graph *g, const kith_mentor_link *m, uint32_t mentor)
{
    return g->ring[mentor] == g->ring[m->other];
}

static bool list_mentors(search *s)
{
    const kith_mentor_graph *g = s->g;

    for (uint32_t v = 0; v < g->n; v++) {
        uint32_t at = g->mentees.offset[v];
        while (at < g->mentees.offset[v + 1] && !is_within_ring(g, &g->mentees.link[at], v))
            at++;
        if (at < g->mentees.offset[v + 1])
            s->mentors[s->n_mentors++] = (kith_keyed){g->person[v], v};
    }
    return kith_radix_sort(s->mentors, s->n_mentors);
}

static bool search_new(const kith_mentor_graph *g, search *s)
{
    *s = (search){
        .g = g,
        .met = kith_calloc(g->k, sizeof *s->met),
        .before = kith_alloc_array(g->n, sizeof *s->before),
        .reached = kith_calloc(g->n, sizeof *s->reached),
        .queue = kith_alloc_array(g->n, sizeof *s->queue),
        .mentors = kith_alloc_array(g->n, sizeof *s->mentors),
    };
    return s->met && s->before && s->reached && s->queue && s->mentors && list_mentors(s);
}

static void search_free(search *s)
{
    kith_free(s->met);
    kith_free(s->before);
    kith_free(s->reached);
    kith_free(s->queue);
    kith_free(s->mentors);
    kith_free(s->rings);
    kith_free(s->people);
}

/** Breadth first along mentorships of a level, from one person until the other, who is in the same ring. */
static void search_way(search *s, uint32_t from, uint32_t to, kith_day level)
{
    const kith_mentor_graph *g = s->g;
    const kith_mentor_side *side = &g->mentees;
    uint32_t head = 0, tail = 0;

    s->runs++;
    s->reached[from] = s->runs;
    s->queue[tail++] = from;
    while (head < tail && s->reached[to] != s->runs) {
        uint32_t v = s->queue[head++];
        uint32_t at = kith_mentor_next(side, v, side->offset[v], level);
        for (; at < side->offset[v + 1]; at = kith_mentor_next(side, v, at + 1, level)) {
            uint32_t w = side->link[at].other;
            s->steps++;
            if (g->ring[w] != g->ring[v] || s->reached[w] == s->runs)
                continue;
            s->reached[w] = s->runs;
            s->before[w] = v;
            s->queue[tail++] = w;
        }
    }
}

/** Writes the way just found, which its last person's mentorship closes, from its smallest person on. */
static bool add_ring(search *s, uint32_t from, uint32_t to, bool loop)
{
    const uint32_t *id = s->g->person;
    uint32_t count = 1, smallest = from;

    for (uint32_t v = to; v != from; v = s->before[v]) {
        count++;
        smallest = id[v] < id[smallest] ? v : smallest;
    }
    if (!kith_grow((void **)&s->people, &s->people_capacity, s->n_people + count, sizeof *s->people) ||
        !kith_grow((void **)&s->rings, &s->rings_capacity, s->n_rings + 1, sizeof *s->rings))
        return false;
    s->before[from] = to;
    for (uint32_t i = count, v = smallest; i-- > 0;) {
        v = s->before[v];
        s->people[s->n_people + i] = v;
    }
    s->rings[s->n_rings++] = (ring){s->n_people, count, loop};
    s->n_people += count;
    return true;
}

/** Marks the mentorships of a level that the last ring found is made of. */
static void mark_met(search *s, kith_day level)
{
    const kith_mentor_graph *g = s->g;
    const kith_mentor_side *side = &g->mentees;
    const ring *r = &s->rings[s->n_rings - 1];

    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t v = s->people[r->first + i], next = s->people[r->first + (i + 1) % r->count];
        uint32_t at = kith_mentor_next(side, v, side->offset[v], level);
        for (; at < side->offset[v + 1]; at = kith_mentor_next(side, v, at + 1, level))
            if (side->link[at].other == next)
                s->met[side->link[at].edge] = true;
    }
}

/** Searches for rings through the mentorships that v gives. */
static kith_code search_row(search *s, uint32_t v, bool loops, bool *more, kith_err *err)
{
    const kith_mentor_graph *g = s->g;

    for (uint32_t at = g->mentees.offset[v]; at < g->mentees.offset[v + 1] && !*more; at++) {
        const kith_mentor_link *m = &g->mentees.link[at];
        if (s->met[m->edge] || !is_within_ring(g, m, v) || (loops && !g->in_loop[m->edge]))
            continue;
        if (s->runs == KITH_CYCLES_SOUGHT || s->steps > most_steps) {
            *more = true;
            break;
        }
        kith_day level = loops ? g->loop_level[m->edge] : KITH_ANY_LEVEL;
        search_way(s, m->other, v, level);
        if (!add_ring(s, m->other, v, loops))
            return kith_fail_memory(err, "rings of mentors");
        mark_met(s, level);
    }
    return KITH_OK;
}

/** One pass over mentorships not met yet: those in loops, or all within rings. */
static kith_code search_rings(search *s, bool loops, bool *more, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; i < s->n_mentors && rc == KITH_OK && !*more; i++)
        rc = search_row(s, s->mentors[i].value, loops, more, err);
    return rc;
}

static int compare_people(const ring *x, const ring *y, const search *s)
{
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    for (uint32_t i = 0; i < x->count; i++) {
        uint32_t p = s->people[x->first + i], q = s->people[y->first + i];
        if (p != q)
            return s->g->person[p] < s->g->person[q] ? -1 : 1;
    }
    return 0;
}

/** Loops first among rings of the same people. */
static int compare_rings(const void *a, const void *b, void *s)
{
    const ring *x = a, *y = b;
    int order = compare_people(x, y, s);

    return order != 0 ? order : (int)y->loop - (int)x->loop;
}

/** Hands the rings out in order, each once, with the people's ids. */
static kith_code deliver(search *s, kith_mentor_cycles *out, kith_err *err)
{
    kith_cycle *cycles = kith_alloc_array(s->n_rings, sizeof *cycles);
    uint32_t *people = kith_alloc_array(s->n_people, sizeof *people);
    uint32_t *next = people;

    if (!cycles || !people) {
        kith_free(cycles);
        kith_free(people);
        return kith_fail_memory(err, "rings of mentors");
    }
    qsort_r(s->rings, s->n_rings, sizeof *s->rings, compare_rings, s);
    for (size_t i = 0; i < s->n_rings; i++) {
        const ring *r = &s->rings[i];
        if (i > 0 && compare_people(r - 1, r, s) == 0)
            continue;
        cycles[out->n_cycles++] = (kith_cycle){next, r->count, r->loop};
        for (uint32_t p = 0; p < r->count; p++)
            *next++ = s->g->person[s->people[r->first + p]];
    }
    out->cycles = cycles;
    return KITH_OK;
}

kith_code kith_mentor_cycles_list(const kith_mentor_graph *g, kith_mentor_cycles *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    search s;

    *out = (kith_mentor_cycles){0};
    if (!search_new(g, &s)) {
        rc = kith_fail_memory(err, "rings of mentors");
        goto done;
    }
    if ((rc = search_rings(&s, true, &out->more, err)) != KITH_OK ||
        (rc = search_rings(&s, false, &out->more, err)) != KITH_OK)
        goto done;
    if (s.n_rings > 0)
        rc = deliver(&s, out, err);

done:
    search_free(&s);
    if (rc != KITH_OK)
        *out = (kith_mentor_cycles){0};
    return rc;
}

void kith_mentor_cycles_free(kith_cycle *cycles, uint32_t n_cycles)
{
    if (n_cycles > 0) /* the first ring begins the people of all */
        kith_free((void *)cycles[0].people);
    kith_free(cycles);
}

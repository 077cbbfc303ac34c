/* A chain may go on from a person by any mentorship that extends chains and has no date or starts
 * no earlier than the latest date so far. So the longest chain from a person depends on that
 * latest date alone, and grows as the date moves back: sweeping the dates downwards finds it, each
 * date adding its own mentorships to those without a date, which count at every date. Loops are
 * out of the way, so the mentorships of one date and those without make no ring. Upwards, with the
 * sides exchanged, the same sweep gives the chains that end with a person. */
#include "analysis/generations.h"

#include "base/mem.h"
#include "graph/heap.h"

/** From this date back, down to that of the next growth, a person's longest chain has this length. */
typedef struct growth {
    kith_day level; /**< KITH_NO_DATE: whatever the date */
    uint32_t length;
    uint32_t before; /**< the growth at a later date, or UINT32_MAX */
} growth;

/** How far a person has come in a sweep. */
typedef struct standing {
    uint32_t length; /**< of the longest chain so far */
    uint32_t newest; /**< latest growth, or UINT32_MAX */
    bool in_heap;
} standing;

typedef struct sweep {
    const kith_mentor_graph *g;
    bool downwards;
    standing *people; /**< [n] */
    kith_heap heap;   /**< people whose length has grown; who follows from nobody else in it comes first */
    growth *growths;
    size_t n_growths, growths_capacity;
} sweep;

/** Downwards a person's length follows from their mentees', upwards from their mentors'. */
static bool goes_first(const void *ctx, uint32_t v, uint32_t w)
{
    const sweep *s = ctx;
    const uint32_t *ring = s->g->ring;

    if (ring[v] != ring[w])
        return s->downwards ? ring[v] < ring[w] : ring[v] > ring[w];
    return v < w;
}

static bool remember(sweep *s, uint32_t v)
{
    if (s->people[v].in_heap)
        return true;
    s->people[v].in_heap = true;
    return kith_heap_push(&s->heap, v);
}

static uint32_t take(sweep *s)
{
    uint32_t v = kith_heap_pop(&s->heap);

    s->people[v].in_heap = false;
    return v;
}

static bool grow(sweep *s, uint32_t v, uint32_t length, kith_day level)
{
    standing *p = &s->people[v];
    const uint32_t last = p->newest;

    p->length = length;
    if (!remember(s, v))
        return false;
    if (last != UINT32_MAX && s->growths[last].level == level) {
        s->growths[last].length = length;
        return true;
    }
    if (!kith_grow((void **)&s->growths, &s->growths_capacity, s->n_growths + 1, sizeof *s->growths))
        return false;
    p->newest = (uint32_t)s->n_growths;
    s->growths[s->n_growths++] = (growth){level, length, last};
    return true;
}

/** Passes v's length on to those whose chains can go on through v. */
static bool pass_on(sweep *s, uint32_t v, kith_day level)
{
    const kith_mentor_graph *g = s->g;
    const kith_mentor_side *side = s->downwards ? &g->mentors : &g->mentees;
    const uint32_t length = s->people[v].length;
    uint32_t at = kith_mentor_next(side, v, side->offset[v], level);

    for (; at < side->offset[v + 1]; at = kith_mentor_next(side, v, at + 1, level)) {
        const kith_mentor_link *m = &side->link[at];
        if (!g->in_loop[m->edge] && s->people[m->other].length <= length &&
            !grow(s, m->other, length + 1, level))
            return false;
    }
    return true;
}

/** Adds the mentorships of one level, by_start[first .. end). */
static bool sweep_level(sweep *s, uint32_t first, uint32_t end)
{
    const kith_mentor_graph *g = s->g;

    for (uint32_t i = first; i < end; i++) {
        uint32_t e = g->by_start[i];
        if (!g->in_loop[e] && !remember(s, s->downwards ? g->edges[e].mentee : g->edges[e].mentor))
            return false;
    }
    while (s->heap.count > 0)
        if (!pass_on(s, take(s), g->edges[g->by_start[first]].start))
            return false;
    return true;
}

static kith_day start_at(const sweep *s, uint32_t i)
{
    return s->g->edges[s->g->by_start[i]].start;
}

/** Mentorships without a date first, either way. */
static bool sweep_levels(sweep *s)
{
    uint32_t low = 0, high = s->g->k;

    while (low < high && start_at(s, low) == KITH_NO_DATE)
        low++;
    if (low > 0 && !sweep_level(s, 0, low))
        return false;
    while (low < high) {
        uint32_t first = low, end = high;
        if (s->downwards) {
            while (high > low && start_at(s, high - 1) == start_at(s, end - 1))
                high--;
            first = high;
        } else {
            while (low < high && start_at(s, low) == start_at(s, first))
                low++;
            end = low;
        }
        if (!sweep_level(s, first, end))
            return false;
    }
    return true;
}

static void sweep_free(sweep *s)
{
    kith_heap_free(&s->heap);
    kith_free(s->people);
    kith_free(s->growths);
}

/** @param length  out, [n] */
static bool sweep_run(sweep *s, uint32_t *length)
{
    const uint32_t n = s->g->n;

    s->heap = (kith_heap){.before = goes_first, .ctx = s};
    if (!(s->people = kith_alloc_array(n, sizeof *s->people)))
        return false;
    for (uint32_t v = 0; v < n; v++)
        s->people[v] = (standing){.newest = UINT32_MAX};
    if (!sweep_levels(s))
        return false;
    for (uint32_t v = 0; v < n; v++)
        length[v] = s->people[v].length;
    return true;
}

/** The longest chain from v on when the latest date so far is `latest`. */
static uint32_t length_from(const sweep *s, uint32_t v, kith_day latest)
{
    uint32_t i = s->people[v].newest;

    while (i != UINT32_MAX && s->growths[i].level != KITH_NO_DATE && s->growths[i].level < latest)
        i = s->growths[i].before;
    return i == UINT32_MAX ? 0 : s->growths[i].length;
}

/**
 * The smallest mentee by whom a chain at v goes on for `left` mentorships in all. Of several
 * mentorships with that mentee the first in the row is taken: it leaves the earliest latest date,
 * and so every way on that the others leave.
 */
static uint32_t step(const sweep *s, uint32_t v, uint32_t left, kith_day *latest)
{
    const kith_mentor_graph *g = s->g;
    uint32_t best = UINT32_MAX;
    kith_day best_latest = *latest;

    for (uint32_t at = g->mentees.offset[v]; at < g->mentees.offset[v + 1]; at++) {
        const kith_mentor_link *m = &g->mentees.link[at];
        const uint32_t w = m->other;
        kith_day then = m->start == KITH_NO_DATE ? *latest : m->start;
        if (g->in_loop[m->edge] || w >= best || then < *latest || length_from(s, w, then) + 1 < left)
            continue;
        best = w;
        best_latest = then;
    }
    *latest = best_latest;
    return best;
}

/** Writes the people of the longest chain, given the lengths of the sweep downwards. */
static void trace_longest(const sweep *s, kith_generations *out)
{
    const kith_mentor_graph *g = s->g;
    kith_day latest = KITH_NO_DATE;
    uint32_t v = 0;

    for (uint32_t u = 1; u < g->n; u++)
        if (out->below[u] > out->below[v])
            v = u;
    out->n_longest = out->below[v] + 1;
    out->longest[0] = v;
    if (out->below[v] == 1) { /* here a mentorship that extends no chain is as good as any */
        uint32_t smallest = UINT32_MAX;
        for (uint32_t at = g->mentees.offset[v]; at < g->mentees.offset[v + 1]; at++)
            if (g->mentees.link[at].other < smallest)
                smallest = g->mentees.link[at].other;
        out->longest[1] = smallest;
        return;
    }
    for (uint32_t i = 1; i < out->n_longest; i++)
        out->longest[i] = v = step(s, v, out->n_longest - i, &latest);
}

/** A mentorship that extends no chain is still a chain of one. */
static void count_chains_of_one(const kith_mentor_graph *g, kith_generations *out)
{
    for (uint32_t e = 0; e < g->k; e++) {
        if (out->below[g->edges[e].mentor] == 0)
            out->below[g->edges[e].mentor] = 1;
        if (out->above[g->edges[e].mentee] == 0)
            out->above[g->edges[e].mentee] = 1;
    }
}

static uint32_t largest(const uint32_t *values, uint32_t count)
{
    uint32_t best = 0;

    for (uint32_t i = 0; i < count; i++)
        best = values[i] > best ? values[i] : best;
    return best;
}

kith_code kith_generations_measure(const kith_mentor_graph *g, kith_generations *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    sweep down = {.g = g, .downwards = true}, up = {.g = g};

    *out = (kith_generations){0};
    out->below = kith_alloc_array(g->n, sizeof *out->below);
    out->above = kith_alloc_array(g->n, sizeof *out->above);
    if (!out->below || !out->above || !sweep_run(&down, out->below) || !sweep_run(&up, out->above)) {
        rc = kith_fail_memory(err, "generations");
        goto done;
    }
    count_chains_of_one(g, out);
    if (g->k == 0)
        goto done;
    if (!(out->longest = kith_alloc_array((size_t)largest(out->below, g->n) + 1, sizeof *out->longest))) {
        rc = kith_fail_memory(err, "the longest chain");
        goto done;
    }
    trace_longest(&down, out);

done:
    sweep_free(&down);
    sweep_free(&up);
    if (rc != KITH_OK)
        kith_generations_free(out);
    return rc;
}

void kith_generations_free(kith_generations *generations)
{
    kith_free(generations->below);
    kith_free(generations->above);
    kith_free(generations->longest);
    *generations = (kith_generations){0};
}

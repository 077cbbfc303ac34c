/* A chain may go on from a person by any mentorship that extends chains and has no date or starts
 * no earlier than the latest date so far. So the longest chain from a person depends on that
 * latest date alone, and grows as the date moves back: sweeping the dates downwards finds it, each
 * date adding its own mentorships to those without a date, which count at every date. Loops are
 * out of the way, so the mentorships of one date and those without make no ring. Upwards, with the
 * sides exchanged, the same sweep gives the chains that end with a person. */
#include "analysis/generations.h"

#include "base/mem.h"
#include "base/parallel.h"
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
    kith_day level;  /**< of that growth */
    bool in_heap;
} standing;

typedef struct sweep {
    const kith_mentor_graph *g;
    bool downwards;
    uint32_t *length; /**< out, [n] */
    standing *people; /**< [n] */
    kith_heap heap;   /**< people with a length to pass on; who follows from nobody else in it comes first */
    growth *growths;  /**< downwards only */
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

static uint32_t take(sweep *s)
{
    uint32_t v = kith_heap_pop(&s->heap);

    s->people[v].in_heap = false;
    return v;
}

static bool note_growth(sweep *s, uint32_t v, kith_day level)
{
    standing *p = &s->people[v];

    if (p->newest != UINT32_MAX && p->level == level) {
        s->growths[p->newest].length = p->length;
        return true;
    }
    if (!kith_grow((void **)&s->growths, &s->growths_capacity, s->n_growths + 1, sizeof *s->growths))
        return false;
    s->growths[s->n_growths] = (growth){level, p->length, p->newest};
    p->newest = (uint32_t)s->n_growths++;
    p->level = level;
    return true;
}

/** Links over which lengths are passed on. */
static const kith_mentor_side *onward(const sweep *s)
{
    return s->downwards ? &s->g->mentors : &s->g->mentees;
}

/** Lets a chain of v's be one longer than `length`, if none is yet. */
static bool outgrow(sweep *s, uint32_t v, uint32_t length, kith_day level)
{
    const kith_mentor_side *side = onward(s);
    standing *p = &s->people[v];

    if (p->length > length)
        return true;
    p->length = length + 1;
    if (s->downwards && !note_growth(s, v, level))
        return false;
    if (p->in_heap || kith_mentor_next(side, v, side->offset[v], level) == side->offset[v + 1])
        return true;
    p->in_heap = true;
    return kith_heap_push(&s->heap, v);
}

/** Passes v's length on to those whose chains can go on through v. */
static bool pass_on(sweep *s, uint32_t v, kith_day level)
{
    const kith_mentor_side *side = onward(s);
    const uint32_t length = s->people[v].length;
    uint32_t at = kith_mentor_next(side, v, side->offset[v], level);

    for (; at < side->offset[v + 1]; at = kith_mentor_next(side, v, at + 1, level)) {
        const kith_mentor_link *m = &side->link[at];
        if (!s->g->in_loop[m->edge] && !outgrow(s, m->other, length, level))
            return false;
    }
    return true;
}

/** Adds the mentorships of one level, edges[first .. end). */
static bool sweep_level(sweep *s, uint32_t first, uint32_t end)
{
    const kith_mentor_graph *g = s->g;

    for (uint32_t e = first; e < end; e++) {
        const kith_mentor_edge *m = &g->edges[e];
        const uint32_t from = s->downwards ? m->mentee : m->mentor;
        const uint32_t to = s->downwards ? m->mentor : m->mentee;
        if (!g->in_loop[e] && !outgrow(s, to, s->people[from].length, m->start))
            return false;
    }
    while (s->heap.count > 0)
        if (!pass_on(s, take(s), g->edges[first].start))
            return false;
    return true;
}

/** Mentorships without a date first, either way. */
static bool sweep_levels(sweep *s)
{
    const kith_mentor_edge *edges = s->g->edges;
    uint32_t low = 0, high = s->g->k;

    while (low < high && edges[low].start == KITH_NO_DATE)
        low++;
    if (low > 0 && !sweep_level(s, 0, low))
        return false;
    while (low < high) {
        uint32_t first = low, end = high;
        if (s->downwards) {
            while (high > low && edges[high - 1].start == edges[end - 1].start)
                high--;
            first = high;
        } else {
            while (low < high && edges[low].start == edges[first].start)
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

static bool sweep_run(sweep *s)
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
        s->length[v] = s->people[v].length;
    return true;
}

/** The first two lanes run a sweep each. */
static bool run_lane(void *ctx, uint32_t lane)
{
    sweep *sweeps = ctx;

    return lane >= 2 || sweep_run(&sweeps[lane]);
}

/** The longest chain from v on when the latest date so far is `latest`. */
static uint32_t length_from(const sweep *s, uint32_t v, kith_day latest)
{
    uint32_t i = s->people[v].newest;

    while (i != UINT32_MAX && s->growths[i].level != KITH_NO_DATE && s->growths[i].level < latest)
        i = s->growths[i].before;
    return i == UINT32_MAX ? 0 : s->growths[i].length;
}

/** Whether v's id is smaller than w's; UINT32_MAX stands for nobody. */
static bool has_smaller_id(const kith_mentor_graph *g, uint32_t v, uint32_t w)
{
    return w == UINT32_MAX || g->person[v] < g->person[w];
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
        if (g->in_loop[m->edge] || !has_smaller_id(g, w, best) || then < *latest ||
            length_from(s, w, then) + 1 < left)
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
        if (out->below[u] > out->below[v] || (out->below[u] == out->below[v] && has_smaller_id(g, u, v)))
            v = u;
    out->n_longest = out->below[v] + 1;
    out->longest[0] = v;
    if (out->below[v] == 1) { /* here a mentorship that extends no chain is as good as any */
        uint32_t smallest = UINT32_MAX;
        for (uint32_t at = g->mentees.offset[v]; at < g->mentees.offset[v + 1]; at++)
            if (has_smaller_id(g, g->mentees.link[at].other, smallest))
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
    sweep sweeps[] = {{.g = g, .downwards = true}, {.g = g}};

    *out = (kith_generations){0};
    out->below = kith_alloc_array(g->n, sizeof *out->below);
    out->above = kith_alloc_array(g->n, sizeof *out->above);
    sweeps[0].length = out->below;
    sweeps[1].length = out->above;
    if (!out->below || !out->above || !kith_parallel_lanes(run_lane, sweeps)) {
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
    trace_longest(&sweeps[0], out);

done:
    sweep_free(&sweeps[0]);
    sweep_free(&sweeps[1]);
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

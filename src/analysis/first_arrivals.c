/* Dates are swept in the order of chains. Whoever is met first on a date is met by a chain with that latest
 * date, and no later chain can do better; mentorships without a date are followed at once. Loops are out of
 * the way, so what one date adds makes no ring. */
#include "analysis/first_arrivals.h"

#include "base/mem.h"

typedef struct sweep {
    const kith_mentor_graph *g;
    const kith_mentor_side *onward;
    bool backwards;
    kith_arrival *people;
    uint32_t *queue; /**< [n] those met, in order */
    uint32_t head, tail;
} sweep;

static void arrive(sweep *s, uint32_t v, kith_arrival how)
{
    if (s->people[v].generation != UINT32_MAX)
        return;
    s->people[v] = how;
    s->queue[s->tail++] = v;
}

/** Follows place `at` of v's row on a level: a date, or KITH_NO_DATE before all dates. */
static void follow(sweep *s, uint32_t v, uint32_t at, kith_day level)
{
    const kith_mentor_link *m = &s->onward->link[at];

    if (!s->g->in_loop[m->edge])
        arrive(s, m->other, (kith_arrival){level, v, at, s->people[v].generation + 1});
}

/** Goes on, on this level, from all who were met on it. */
static void settle(sweep *s, kith_day level)
{
    while (s->head < s->tail) {
        const uint32_t v = s->queue[s->head++], end = s->onward->offset[v + 1];
        uint32_t at = kith_mentor_next(s->onward, v, s->onward->offset[v], level);

        for (; at < end; at = kith_mentor_next(s->onward, v, at + 1, level))
            follow(s, v, at, level);
    }
}

/** The place in v's row of that mentorship. */
static uint32_t place_of(const kith_mentor_side *side, uint32_t v, uint32_t edge)
{
    uint32_t low = side->offset[v], high = side->offset[v + 1];

    while (high - low > 1) { /* rows are in the order of edges */
        uint32_t middle = low + (high - low) / 2;
        if (side->link[middle].edge > edge)
            high = middle;
        else
            low = middle;
    }
    return low;
}

/** Follows the mentorships of one date, edges[first .. end), from all who were met before. */
static void sweep_date(sweep *s, uint32_t first, uint32_t end)
{
    const kith_mentor_edge *edges = s->g->edges;

    for (uint32_t e = first; e < end; e++) {
        const uint32_t v = s->backwards ? edges[e].mentee : edges[e].mentor;
        if (s->people[v].generation != UINT32_MAX)
            follow(s, v, place_of(s->onward, v, e), edges[e].start);
    }
    settle(s, edges[first].start);
}

static void sweep_forwards(sweep *s, uint32_t dated)
{
    const kith_mentor_edge *edges = s->g->edges;

    for (uint32_t first = dated, end; first < s->g->k; first = end) {
        for (end = first; end < s->g->k && edges[end].start == edges[first].start; end++)
            ;
        sweep_date(s, first, end);
    }
}

static void sweep_backwards(sweep *s, uint32_t dated)
{
    const kith_mentor_edge *edges = s->g->edges;

    for (uint32_t end = s->g->k, first; end > dated; end = first) {
        for (first = end; first > dated && edges[first - 1].start == edges[end - 1].start; first--)
            ;
        sweep_date(s, first, end);
    }
}

kith_code kith_first_arrivals(const kith_mentor_graph *g, bool backwards, const uint32_t *origins,
                              uint32_t n_origins, kith_arrival *out, kith_err *err)
{
    sweep s = {
        .g = g, .onward = backwards ? &g->mentors : &g->mentees, .backwards = backwards, .people = out};
    uint32_t dated = 0;

    if (!(s.queue = kith_alloc_array(g->n, sizeof *s.queue)))
        return kith_fail_memory(err, "first arrivals");
    for (uint32_t v = 0; v < g->n; v++)
        out[v] = (kith_arrival){.generation = UINT32_MAX};
    for (uint32_t i = 0; i < n_origins; i++)
        arrive(&s, origins[i], (kith_arrival){KITH_NO_DATE, UINT32_MAX, UINT32_MAX, 0});
    while (dated < g->k && g->edges[dated].start == KITH_NO_DATE)
        dated++;
    settle(&s, KITH_NO_DATE);
    if (backwards)
        sweep_backwards(&s, dated);
    else
        sweep_forwards(&s, dated);
    kith_free(s.queue);
    return KITH_OK;
}

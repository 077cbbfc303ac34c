/* Strong components of the mentorships of one level after another: what stands in one with its
 * other end lies in a loop. A loop stays within one strong component of all mentorships, so only
 * those that have more than one person are looked into. */
#include "analysis/mentor_graph.h"

#include "base/mem.h"

/** Tarjan's search, run once for each level over the same arrays. */
typedef struct search {
    kith_mentor_graph *g;
    kith_day level;
    bool within_rings;   /**< whether to stay in the component that `ring` has already */
    uint32_t *component; /**< [n] numbered in the order they are closed, through all runs */
    uint32_t *visit;     /**< [n] number of the visit, through all runs; 0: never */
    uint32_t *low;       /**< [n] lowest open visit that is reached */
    uint32_t *place;     /**< [n] next place in the row */
    uint32_t *path;      /**< [n] people from the start of the search to the one at hand */
    uint32_t *open;      /**< [n] people whose component is not closed */
    uint32_t *seen;      /**< [n] people visited in this run */
    bool *is_open;       /**< [n] */
    uint32_t n_open, n_seen, visits, components;
    uint32_t first_visit; /**< of this run */
} search;

static kith_code search_new(kith_mentor_graph *g, search *s, kith_err *err)
{
    *s = (search){
        .g = g,
        .component = kith_calloc(g->n, sizeof *s->component),
        .visit = kith_calloc(g->n, sizeof *s->visit),
        .low = kith_alloc_array(g->n, sizeof *s->low),
        .place = kith_alloc_array(g->n, sizeof *s->place),
        .path = kith_alloc_array(g->n, sizeof *s->path),
        .open = kith_alloc_array(g->n, sizeof *s->open),
        .seen = kith_alloc_array(g->n, sizeof *s->seen),
        .is_open = kith_calloc(g->n, sizeof *s->is_open),
    };
    if (!s->component || !s->visit || !s->low || !s->place || !s->path || !s->open || !s->seen || !s->is_open)
        return kith_fail_memory(err, "loops of mentorships");
    return KITH_OK;
}

static void search_free(search *s)
{
    kith_free(s->component);
    kith_free(s->visit);
    kith_free(s->low);
    kith_free(s->place);
    kith_free(s->path);
    kith_free(s->open);
    kith_free(s->seen);
    kith_free(s->is_open);
}

static void begin_run(search *s, kith_day level, bool within_rings)
{
    s->level = level;
    s->within_rings = within_rings;
    s->first_visit = s->visits + 1;
    s->n_seen = 0;
}

static bool visited(const search *s, uint32_t v)
{
    return s->visit[v] >= s->first_visit;
}

static void enter(search *s, uint32_t v)
{
    s->visit[v] = s->low[v] = ++s->visits;
    s->place[v] = s->g->mentees.offset[v];
    s->open[s->n_open++] = v;
    s->is_open[v] = true;
    s->seen[s->n_seen++] = v;
}

/** Closes the component whose first visited person is v, if v is one. */
static void leave(search *s, uint32_t v)
{
    uint32_t u;

    if (s->low[v] != s->visit[v])
        return;
    do {
        u = s->open[--s->n_open];
        s->is_open[u] = false;
        s->component[u] = s->components;
    } while (u != v);
    s->components++;
}

/** The mentee of v's next mentorship in this run, or UINT32_MAX after the last. */
static uint32_t next_mentee(search *s, uint32_t v)
{
    const kith_mentor_graph *g = s->g;

    for (;;) {
        uint32_t at = kith_mentor_next(g, &g->mentees, v, s->place[v], s->level);
        if (at == g->mentees.offset[v + 1])
            return UINT32_MAX;
        s->place[v] = at + 1;
        uint32_t mentee = g->edges[g->mentees.edge[at]].mentee;
        if (!s->within_rings || g->ring[v] == g->ring[mentee])
            return mentee;
    }
}

static void search_from(search *s, uint32_t start)
{
    uint32_t depth = 0;

    if (visited(s, start))
        return;
    enter(s, start);
    s->path[depth++] = start;
    while (depth > 0) {
        uint32_t v = s->path[depth - 1];
        uint32_t w = next_mentee(s, v);
        if (w == UINT32_MAX) {
            leave(s, v);
            if (--depth > 0 && s->low[v] < s->low[s->path[depth - 1]])
                s->low[s->path[depth - 1]] = s->low[v];
        } else if (!visited(s, w)) {
            enter(s, w);
            s->path[depth++] = w;
        } else if (s->is_open[w] && s->visit[w] < s->low[v]) {
            s->low[v] = s->visit[w];
        }
    }
}

/** Marks the mentorships of this run that have both ends in one component. */
static void mark_seen(const search *s)
{
    kith_mentor_graph *g = s->g;
    const kith_mentor_side *side = &g->mentees;

    for (uint32_t i = 0; i < s->n_seen; i++) {
        uint32_t v = s->seen[i];
        uint32_t at = kith_mentor_next(g, side, v, side->offset[v], s->level);
        for (; at < side->offset[v + 1]; at = kith_mentor_next(g, side, v, at + 1, s->level)) {
            uint32_t e = side->edge[at], w = g->edges[e].mentee;
            if (g->ring[v] != g->ring[w] || s->component[v] != s->component[w] || g->in_loop[e])
                continue;
            g->in_loop[e] = true;
            g->loop_level[e] = s->level;
        }
    }
}

static bool is_within_ring(const kith_mentor_graph *g, uint32_t e)
{
    return g->ring[g->edges[e].mentor] == g->ring[g->edges[e].mentee];
}

/** Runs once for each level that has mentorships within rings. */
static void mark_levels(search *s)
{
    const kith_mentor_graph *g = s->g;

    for (uint32_t i = 0; i < g->k;) {
        kith_day level = g->edges[g->by_start[i]].start;
        begin_run(s, level, true);
        for (; i < g->k && g->edges[g->by_start[i]].start == level; i++)
            if (is_within_ring(g, g->by_start[i]))
                search_from(s, g->edges[g->by_start[i]].mentor);
        mark_seen(s);
    }
}

kith_code kith_mentor_loops_mark(kith_mentor_graph *g, kith_err *err)
{
    search s;
    kith_code rc = search_new(g, &s, err);

    if (rc != KITH_OK)
        goto done;
    begin_run(&s, KITH_ANY_LEVEL, false);
    for (uint32_t v = 0; v < g->n; v++)
        search_from(&s, v);
    for (uint32_t v = 0; v < g->n; v++)
        g->ring[v] = s.component[v];
    mark_levels(&s);

done:
    search_free(&s);
    return rc;
}

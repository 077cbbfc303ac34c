#include "analysis/strong_parts.h"

#include "base/mem.h"

kith_code kith_strong_parts_new(const kith_mentor_graph *g, kith_strong_parts *s, kith_err *err)
{
    *s = (kith_strong_parts){
        .g = g,
        .part = kith_calloc(g->n, sizeof *s->part),
        .visit = kith_calloc(g->n, sizeof *s->visit),
        .low = kith_alloc_array(g->n, sizeof *s->low),
        .place = kith_alloc_array(g->n, sizeof *s->place),
        .path = kith_alloc_array(g->n, sizeof *s->path),
        .open = kith_alloc_array(g->n, sizeof *s->open),
        .met = kith_alloc_array(g->n, sizeof *s->met),
        .is_open = kith_calloc(g->n, sizeof *s->is_open),
    };
    if (!s->part || !s->visit || !s->low || !s->place || !s->path || !s->open || !s->met || !s->is_open)
        return kith_fail_memory(err, "loops of mentorships");
    return KITH_OK;
}

void kith_strong_parts_free(kith_strong_parts *s)
{
    kith_free(s->part);
    kith_free(s->visit);
    kith_free(s->low);
    kith_free(s->place);
    kith_free(s->path);
    kith_free(s->open);
    kith_free(s->met);
    kith_free(s->is_open);
}

void kith_strong_parts_begin(kith_strong_parts *s, kith_day level, bool within_rings)
{
    s->level = level;
    s->within_rings = within_rings;
    s->first_visit = s->visits + 1;
    s->n_met = 0;
}

static bool visited(const kith_strong_parts *s, uint32_t v)
{
    return s->visit[v] >= s->first_visit;
}

static void enter(kith_strong_parts *s, uint32_t v)
{
    s->visit[v] = s->low[v] = ++s->visits;
    s->place[v] = s->g->mentees.offset[v];
    s->open[s->n_open++] = v;
    s->is_open[v] = true;
    s->met[s->n_met++] = v;
}

/** Closes the part whose first visited person is v, if v is one. */
static void leave(kith_strong_parts *s, uint32_t v)
{
    uint32_t u;

    if (s->low[v] != s->visit[v])
        return;
    do {
        u = s->open[--s->n_open];
        s->is_open[u] = false;
        s->part[u] = s->n_parts;
    } while (u != v);
    s->n_parts++;
}

/** The mentee of v's next mentorship in this run, or UINT32_MAX after the last. */
static uint32_t next_mentee(kith_strong_parts *s, uint32_t v)
{
    const kith_mentor_graph *g = s->g;

    for (;;) {
        uint32_t at = kith_mentor_next(&g->mentees, v, s->place[v], s->level);
        if (at == g->mentees.offset[v + 1])
            return UINT32_MAX;
        s->place[v] = at + 1;
        uint32_t mentee = g->mentees.link[at].other;
        if (!s->within_rings || g->ring[v] == g->ring[mentee])
            return mentee;
    }
}

void kith_strong_parts_from(kith_strong_parts *s, uint32_t person)
{
    uint32_t depth = 0;

    if (visited(s, person))
        return;
    enter(s, person);
    s->path[depth++] = person;
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

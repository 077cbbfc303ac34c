/* Whoever reaches whom by mentorships without a date alone is the same at every level, so these
 * are taken together first: people who reach each other that way form one part, and what leads
 * from part to part has no ring. A dated mentorship closes a loop where its mentee reaches its
 * mentor by such ways and others of its day. The mentees of a batch of whole levels get a bit each
 * and one pass along the ways tells for all of them whom they reach. Where that shows loops, a
 * second pass ahead and back tells which ways lie in them. A level too large for a batch is
 * searched on its own: such levels are few. */
#include "analysis/mentor_graph.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/strong_parts.h"
#include "base/mem.h"
#include "base/ticker.h"

/** Mentorships in a batch: the bits of a cache line. */
enum { WORDS = 8, MOST = 64 * WORDS };

typedef struct set {
    uint64_t word[WORDS];
} set;

/** A mentorship without a date that leads from one part to another. */
typedef struct way {
    uint32_t from, to; /**< parts */
    uint32_t edge;
} way;

/** What stands in a batch: a dated mentorship between two parts. */
typedef struct member {
    uint32_t edge;
    uint32_t mentor, mentee; /**< parts */
    uint32_t first, end;     /**< members of the same day */
    uint32_t loop;           /**< first member whose loops it shares, or MOST */
} member;

typedef struct marking {
    kith_mentor_graph *g;
    kith_strong_parts strong;
    uint32_t *part; /**< [n] people in one part reach each other without a date; ways lead to lower parts */
    uint32_t n_parts;
    way *ways; /**< in the order in which what reaches them is known */
    uint32_t n_ways;
    uint32_t n_loose; /**< ways not known to lie in a loop */
    uint32_t *dated;  /**< dated mentorships between two parts of a ring, by start */
    uint32_t n_dated;
    set *ahead, *back; /**< [n_parts] members that reach the part, and that the part reaches */
    member batch[MOST];
    set reached_by[MOST]; /**< members whose mentees reach the mentor of this one */
    uint32_t n_batch;
} marking;

static bool has(const set *s, uint32_t i)
{
    return s->word[i / 64] >> i % 64 & 1;
}

static void put(set *s, uint32_t i)
{
    s->word[i / 64] |= UINT64_C(1) << i % 64;
}

static void join(set *s, const set *other)
{
    for (uint32_t w = 0; w < WORDS; w++)
        s->word[w] |= other->word[w];
}

/** Lowest member of both sets, or MOST. */
static uint32_t lowest_common(const set *s, const set *other)
{
    for (uint32_t w = 0; w < WORDS; w++)
        if (s->word[w] & other->word[w])
            return 64 * w + (uint32_t)__builtin_ctzll(s->word[w] & other->word[w]);
    return MOST;
}

static void mark(kith_mentor_graph *g, uint32_t edge, kith_day level)
{
    g->in_loop[edge] = true;
    g->loop_level[edge] = level;
}

static bool is_within_ring(const kith_mentor_graph *g, const kith_mentor_edge *m)
{
    return g->ring[m->mentor] == g->ring[m->mentee];
}

/* ---- without a date ---- */

static void find_rings(marking *m)
{
    kith_mentor_graph *g = m->g;

    kith_strong_parts_begin(&m->strong, KITH_ANY_LEVEL, false);
    for (uint32_t v = 0; v < g->n; v++)
        kith_strong_parts_from(&m->strong, v);
    memcpy(g->ring, m->strong.part, g->n * sizeof *g->ring);
}

/** Parts of the people in rings; others have none. */
static void find_parts(marking *m)
{
    const kith_mentor_graph *g = m->g;
    const uint32_t before = m->strong.n_parts;

    kith_strong_parts_begin(&m->strong, KITH_NO_DATE, true);
    for (uint32_t e = 0; e < g->k; e++) {
        if (!is_within_ring(g, &g->edges[e]))
            continue;
        kith_strong_parts_from(&m->strong, g->edges[e].mentor);
        kith_strong_parts_from(&m->strong, g->edges[e].mentee);
    }
    for (uint32_t i = 0; i < m->strong.n_met; i++)
        m->part[m->strong.met[i]] = m->strong.part[m->strong.met[i]] - before;
    m->n_parts = m->strong.n_parts - before;
}

static int compare_ways(const void *a, const void *b)
{
    const way *x = a, *y = b;

    if (x->from != y->from)
        return x->from > y->from ? -1 : 1;
    return (x->edge > y->edge) - (x->edge < y->edge);
}

/** Marks what lies within a part, and lists the rest. */
static void sort_out(marking *m)
{
    kith_mentor_graph *g = m->g;

    for (uint32_t e = 0; e < g->k; e++) {
        const kith_mentor_edge *edge = &g->edges[e];
        if (!is_within_ring(g, edge))
            continue;
        const uint32_t from = m->part[edge->mentor], to = m->part[edge->mentee];
        if (from == to)
            mark(g, e, edge->start);
        else if (edge->start == KITH_NO_DATE)
            m->ways[m->n_ways++] = (way){from, to, e};
        else
            m->dated[m->n_dated++] = e;
    }
    m->n_loose = m->n_ways;
    qsort(m->ways, m->n_ways, sizeof *m->ways, compare_ways);
}

/* ---- a batch ---- */

static void clear(marking *m, set *sets)
{
    static const set none;

    for (uint32_t i = 0; i < m->n_ways; i++)
        sets[m->ways[i].from] = sets[m->ways[i].to] = none;
    for (uint32_t i = 0; i < m->n_batch; i++)
        sets[m->batch[i].mentor] = sets[m->batch[i].mentee] = none;
}

/** Which members of the same day lead to which, by any number of others of that day. */
static void close_day(marking *m, uint32_t first, uint32_t end)
{
    for (uint32_t by = first; by < end; by++)
        for (uint32_t i = first; i < end; i++)
            if (has(&m->reached_by[i], by))
                join(&m->reached_by[i], &m->reached_by[by]);
}

/** @return whether any member lies in a loop. */
static bool find_loops(marking *m)
{
    bool any = false;

    clear(m, m->ahead);
    for (uint32_t i = 0; i < m->n_batch; i++)
        put(&m->ahead[m->batch[i].mentee], i);
    for (uint32_t i = 0; i < m->n_ways; i++)
        join(&m->ahead[m->ways[i].to], &m->ahead[m->ways[i].from]);
    for (uint32_t i = 0; i < m->n_batch; i++) {
        m->reached_by[i] = (set){0};
        for (uint32_t by = m->batch[i].first; by < m->batch[i].end; by++)
            if (has(&m->ahead[m->batch[i].mentor], by))
                put(&m->reached_by[i], by);
    }
    for (uint32_t i = 0; i < m->n_batch; i = m->batch[i].end)
        close_day(m, i, m->batch[i].end);
    for (uint32_t i = 0; i < m->n_batch; i++) {
        member *b = &m->batch[i];
        b->loop = MOST;
        for (uint32_t by = b->first; by < b->end && b->loop == MOST; by++)
            if (has(&m->reached_by[i], by) && has(&m->reached_by[by], i))
                b->loop = by;
        any |= b->loop != MOST;
    }
    return any;
}

/** A way lies in a loop where one member of the loop reaches it and it reaches one of the same loop. */
static void mark_ways(marking *m)
{
    clear(m, m->ahead);
    clear(m, m->back);
    for (uint32_t i = 0; i < m->n_batch; i++) {
        const member *b = &m->batch[i];
        if (b->loop == MOST)
            continue;
        put(&m->ahead[b->mentee], b->loop);
        put(&m->back[b->mentor], b->loop);
    }
    for (uint32_t i = 0; i < m->n_ways; i++)
        join(&m->ahead[m->ways[i].to], &m->ahead[m->ways[i].from]);
    for (uint32_t i = m->n_ways; i-- > 0;)
        join(&m->back[m->ways[i].from], &m->back[m->ways[i].to]);
    for (uint32_t i = 0; i < m->n_ways; i++) {
        const way *w = &m->ways[i];
        uint32_t loop = lowest_common(&m->ahead[w->from], &m->back[w->to]);
        if (loop == MOST || m->g->in_loop[w->edge])
            continue;
        mark(m->g, w->edge, m->g->edges[m->batch[loop].edge].start);
        m->n_loose--;
    }
}

static void finish_batch(marking *m)
{
    if (m->n_batch > 0 && find_loops(m)) {
        for (uint32_t i = 0; i < m->n_batch; i++)
            if (m->batch[i].loop != MOST)
                mark(m->g, m->batch[i].edge, m->g->edges[m->batch[i].edge].start);
        if (m->n_loose > 0)
            mark_ways(m);
    }
    m->n_batch = 0;
}

/* ---- level by level ---- */

/** Adds the mentorships of one day. */
static void add_to_batch(marking *m, const uint32_t *edges, uint32_t count)
{
    const uint32_t first = m->n_batch;

    for (uint32_t i = 0; i < count; i++) {
        const kith_mentor_edge *edge = &m->g->edges[edges[i]];
        m->batch[m->n_batch++] =
            (member){edges[i], m->part[edge->mentor], m->part[edge->mentee], first, first + count, MOST};
    }
}

/** Marks the mentorships of this run that have both ends in one strong component. */
static void mark_strong(marking *m)
{
    kith_mentor_graph *g = m->g;
    const kith_mentor_side *side = &g->mentees;
    const kith_strong_parts *s = &m->strong;

    for (uint32_t i = 0; i < s->n_met; i++) {
        const uint32_t v = s->met[i];
        uint32_t at = kith_mentor_next(side, v, side->offset[v], s->level);
        for (; at < side->offset[v + 1]; at = kith_mentor_next(side, v, at + 1, s->level)) {
            const kith_mentor_link *link = &side->link[at];
            if (g->ring[v] != g->ring[link->other] || s->part[v] != s->part[link->other] ||
                g->in_loop[link->edge])
                continue;
            mark(g, link->edge, s->level);
            m->n_loose -= link->start == KITH_NO_DATE;
        }
    }
}

static void search_level(marking *m, const uint32_t *edges, uint32_t count)
{
    kith_strong_parts_begin(&m->strong, m->g->edges[edges[0]].start, true);
    for (uint32_t i = 0; i < count; i++)
        kith_strong_parts_from(&m->strong, m->g->edges[edges[i]].mentor);
    mark_strong(m);
}

/** Earlier levels first: a mentorship keeps the lowest level of its loops. */
static kith_code mark_levels(marking *m, const kith_progress *progress, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint32_t first = 0, end; first < m->n_dated && rc == KITH_OK; first = end) {
        const kith_day level = m->g->edges[m->dated[first]].start;
        for (end = first; end < m->n_dated && m->g->edges[m->dated[end]].start == level; end++)
            ;
        if (m->n_batch + (end - first) > MOST) {
            finish_batch(m);
            rc = kith_tick_now(progress, "looking for loops", first, m->n_dated, err);
        }
        if (end - first > MOST)
            search_level(m, &m->dated[first], end - first);
        else
            add_to_batch(m, &m->dated[first], end - first);
    }
    if (rc == KITH_OK)
        finish_batch(m);
    return rc;
}

kith_code kith_mentor_loops_mark(kith_mentor_graph *g, const kith_progress *progress, kith_err *err)
{
    kith_code rc = KITH_OK;
    marking *m = kith_calloc(1, sizeof *m);

    if (!m)
        return kith_fail_memory(err, "loops of mentorships");
    m->g = g;
    if ((rc = kith_strong_parts_new(g, &m->strong, err)) != KITH_OK)
        goto done;
    m->part = kith_alloc_array(g->n, sizeof *m->part);
    m->ways = kith_alloc_array(g->k, sizeof *m->ways);
    m->dated = kith_alloc_array(g->k, sizeof *m->dated);
    if (!m->part || !m->ways || !m->dated) {
        rc = kith_fail_memory(err, "loops of mentorships");
        goto done;
    }
    find_rings(m);
    find_parts(m);
    sort_out(m);
    m->ahead = kith_alloc_array(m->n_parts, sizeof *m->ahead);
    m->back = kith_alloc_array(m->n_parts, sizeof *m->back);
    if (!m->ahead || !m->back) {
        rc = kith_fail_memory(err, "loops of mentorships");
        goto done;
    }
    rc = mark_levels(m, progress, err);

done:
    kith_strong_parts_free(&m->strong);
    kith_free(m->part);
    kith_free(m->ways);
    kith_free(m->dated);
    kith_free(m->ahead);
    kith_free(m->back);
    kith_free(m);
    return rc;
}

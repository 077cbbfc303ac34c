/* Who can be reached from a person by chains. Of all chains that lead to someone, the one with the
 * earliest latest date leaves every way on open that the others do, so a person is looked at again
 * only when an earlier one turns up, and then only at the mentorships it adds. */
#include "analysis/lineage.h"

#include "base/mem.h"
#include "base/ticker.h"

/** What searches know of a person, together: each looks at people all over the place. */
typedef struct sight {
    uint32_t begin, dated, end; /**< of their row, and its first place that has a date */
    uint32_t place;             /**< dated places from here on were looked at in this search */
    kith_day latest;            /**< smallest latest date of a chain to here */
    uint32_t reached;           /**< 1 + the person whose search reached this one last */
    bool queued;
} sight;

/** One search after another over the same people. */
typedef struct reach {
    const kith_mentor_graph *g;
    sight *people;   /**< [n] */
    uint32_t *queue; /**< [n] ring of people to look at */
    uint32_t head, length;
    uint32_t origin;
    uint32_t count; /**< people reached, the origin too */
    uint64_t steps, limit;
} reach;

static void enqueue(reach *r, uint32_t v)
{
    if (r->people[v].queued)
        return;
    r->people[v].queued = true;
    r->queue[(uint32_t)(((uint64_t)r->head + r->length++) % r->g->n)] = v;
}

static uint32_t dequeue(reach *r)
{
    uint32_t v = r->queue[r->head];

    r->head = r->head + 1 == r->g->n ? 0 : r->head + 1;
    r->length--;
    r->people[v].queued = false;
    return v;
}

static void arrive(reach *r, uint32_t v, kith_day latest)
{
    sight *p = &r->people[v];

    if (p->reached != r->origin + 1) {
        p->reached = r->origin + 1;
        p->place = p->end;
        r->count++;
    } else if (latest >= p->latest) {
        return;
    }
    p->latest = latest;
    if (p->begin < p->end)
        enqueue(r, v);
}

/** Follows one mentorship that extends chains. */
static void follow(reach *r, const kith_mentor_link *m, kith_day latest)
{
    r->steps++;
    if (!r->g->in_loop[m->edge])
        arrive(r, m->other, latest);
}

/** Looks at what a newly found latest date adds. */
static void look_at(reach *r, uint32_t v)
{
    const kith_mentor_link *link = r->g->mentees.link;
    sight *p = &r->people[v];
    const kith_day latest = p->latest;
    const uint32_t looked_at = p->place;

    for (uint32_t at = p->begin; at < p->dated; at++)
        follow(r, &link[at], latest);
    while (p->place > p->dated && link[p->place - 1].start >= latest)
        p->place--;
    for (uint32_t at = p->place; at < looked_at; at++)
        follow(r, &link[at], link[at].start);
}

/** Distinct descendants of v, or UINT32_MAX where the steps run out. */
static uint32_t search_from(reach *r, uint32_t v)
{
    const kith_mentor_graph *g = r->g;

    r->origin = v;
    r->count = 0;
    arrive(r, v, KITH_NO_DATE);
    while (r->length > 0) {
        uint32_t next = dequeue(r);
        if (r->steps <= r->limit)
            look_at(r, next);
    }
    if (r->steps > r->limit)
        return UINT32_MAX;
    /* A mentorship in a loop leads to its mentee and no further. */
    for (uint32_t at = g->mentees.offset[v]; at < g->mentees.offset[v + 1]; at++) {
        sight *mentee = &r->people[g->mentees.link[at].other];
        r->count += mentee->reached != v + 1;
        mentee->reached = v + 1;
    }
    return r->count - 1;
}

static bool reach_new(const kith_mentor_graph *g, uint64_t limit, reach *r)
{
    *r = (reach){
        .g = g,
        .people = kith_alloc_array(g->n, sizeof *r->people),
        .queue = kith_alloc_array(g->n, sizeof *r->queue),
        .limit = limit,
    };
    if (!r->people || !r->queue)
        return false;
    for (uint32_t v = 0; v < g->n; v++) {
        sight *p = &r->people[v];
        *p = (sight){
            .begin = g->mentees.offset[v], .dated = g->mentees.offset[v], .end = g->mentees.offset[v + 1]};
        while (p->dated < p->end && g->mentees.link[p->dated].start == KITH_NO_DATE)
            p->dated++;
    }
    return true;
}

static void reach_free(reach *r)
{
    kith_free(r->people);
    kith_free(r->queue);
}

kith_code kith_descendants_count(const kith_mentor_graph *g, uint64_t limit, const kith_progress *progress,
                                 kith_lineage *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    reach r;

    if (!reach_new(g, limit, &r)) {
        rc = kith_fail_memory(err, "descendants");
        goto done;
    }
    /* From the youngest of each family up: what the limit leaves unknown are few large counts. */
    for (uint32_t v = g->n; v-- > 0 && rc == KITH_OK;) {
        /* Where no chain is longer than one, descendants are the mentees. */
        out[v].descendants = out[v].generations_below < 2 ? out[v].fecundity : search_from(&r, v);
        if (v % 256 == 0)
            rc = kith_tick_now(progress, "counting descendants", g->n - v, g->n, err);
    }

done:
    reach_free(&r);
    return rc;
}

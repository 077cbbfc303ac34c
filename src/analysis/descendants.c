/* Who can be reached from a person by chains. Of all chains that lead to someone, the one with the
 * earliest latest date leaves every way on open that the others do, so a person is looked at again
 * only when an earlier one turns up, and then only at the mentorships it adds. Threads search from
 * different people, each with what it knows of everybody. */
#include "analysis/lineage.h"

#include "analysis/step_rounds.h"
#include "base/mem.h"
#include "base/parallel.h"

/** What searches know of a person, together: each looks at people all over the place. */
typedef struct sight {
    uint32_t begin, dated, end; /**< of their row, and its first place that has a date */
    uint32_t place;             /**< dated places from here on were looked at in this search */
    kith_day latest;            /**< smallest latest date of a chain to here */
    uint32_t reached;           /**< the last search to get here */
    bool queued;
} sight;

/** One search after another over the same people. */
typedef struct reach {
    const kith_mentor_graph *g;
    sight *people;   /**< [n] */
    uint32_t *queue; /**< [n] ring of people to look at */
    uint32_t head, length;
    uint32_t search; /**< number of the one at hand */
    uint32_t count;  /**< people reached, the first too */
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

    if (p->reached != r->search) {
        p->reached = r->search;
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

    if (r->steps > r->limit)
        return UINT32_MAX;
    r->search++;
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
        r->count += mentee->reached != r->search;
        mentee->reached = r->search;
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

typedef struct counting {
    const kith_mentor_graph *g;
    kith_lineage *out;
    uint64_t limit;
    reach *threads; /**< [kith_thread_count()] */
} counting;

static bool count_for(void *ctx, uint32_t thread, uint32_t v, uint64_t *steps)
{
    counting *c = ctx;
    reach *r = &c->threads[thread];

    if (c->out[v].generations_below < 2) { /* where no chain is longer than one, the mentees are all */
        c->out[v].descendants = c->out[v].fecundity;
        return true;
    }
    if (!r->people && !reach_new(c->g, c->limit, r))
        return false;
    r->steps = *steps;
    c->out[v].descendants = search_from(r, v);
    *steps = r->steps;
    return true;
}

kith_code kith_descendants_count(const kith_mentor_graph *g, uint64_t limit, const kith_progress *progress,
                                 kith_lineage *out, kith_err *err)
{
    const uint32_t threads = kith_thread_count();
    counting c = {.g = g, .out = out, .limit = limit, .threads = kith_calloc(threads, sizeof *c.threads)};

    if (!c.threads)
        return kith_fail_memory(err, "descendants");
    /* From the youngest of each family up: what the limit leaves unknown are few large counts. */
    kith_code rc = kith_step_rounds_run(&(kith_step_rounds){.search = count_for,
                                                            .ctx = &c,
                                                            .items = g->n,
                                                            .limit = limit,
                                                            .what = "counting descendants",
                                                            .progress = progress},
                                        err);
    for (uint32_t i = 0; i < threads; i++)
        reach_free(&c.threads[i]);
    kith_free(c.threads);
    return rc;
}

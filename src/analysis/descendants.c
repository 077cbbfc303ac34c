/* Who can be reached from a person by chains. Of all chains that lead to someone, the one with the
 * earliest latest date leaves every way on open that the others do, so a person is looked at again
 * only when an earlier one turns up, and then only at the mentorships it adds. */
#include "analysis/lineage.h"

#include "base/mem.h"
#include "base/ticker.h"

/** One search after another over the same arrays. */
typedef struct reach {
    const kith_mentor_graph *g;
    uint32_t *dated;   /**< [n] first place of each row that has a date */
    uint32_t *place;   /**< [n] dated places from here on were looked at in this search */
    kith_day *latest;  /**< [n] smallest latest date of a chain to here */
    uint32_t *reached; /**< [n] 1 + the person whose search reached this one last */
    bool *queued;      /**< [n] */
    uint32_t *queue;   /**< [n] ring of people to look at */
    uint32_t head, length;
    uint32_t origin;
    uint32_t count; /**< people reached, the origin too */
    uint64_t steps, limit;
} reach;

static void enqueue(reach *r, uint32_t v)
{
    if (r->queued[v])
        return;
    r->queued[v] = true;
    r->queue[(uint32_t)(((uint64_t)r->head + r->length++) % r->g->n)] = v;
}

static uint32_t dequeue(reach *r)
{
    uint32_t v = r->queue[r->head];

    r->head = r->head + 1 == r->g->n ? 0 : r->head + 1;
    r->length--;
    r->queued[v] = false;
    return v;
}

static void arrive(reach *r, uint32_t v, kith_day latest)
{
    if (r->reached[v] != r->origin + 1) {
        r->reached[v] = r->origin + 1;
        r->place[v] = r->g->mentees.offset[v + 1];
        r->count++;
    } else if (latest >= r->latest[v]) {
        return;
    }
    r->latest[v] = latest;
    enqueue(r, v);
}

/** Follows one mentorship that extends chains. */
static void follow(reach *r, uint32_t at, kith_day latest)
{
    uint32_t e = r->g->mentees.edge[at];

    r->steps++;
    if (!r->g->in_loop[e])
        arrive(r, r->g->edges[e].mentee, latest);
}

/** Looks at what a newly found latest date adds. */
static void look_at(reach *r, uint32_t v)
{
    const kith_mentor_graph *g = r->g;
    const kith_day latest = r->latest[v];
    const uint32_t looked_at = r->place[v];

    for (uint32_t at = g->mentees.offset[v]; at < r->dated[v]; at++)
        follow(r, at, latest);
    while (r->place[v] > r->dated[v] && g->edges[g->mentees.edge[r->place[v] - 1]].start >= latest)
        r->place[v]--;
    for (uint32_t at = r->place[v]; at < looked_at; at++)
        follow(r, at, g->edges[g->mentees.edge[at]].start);
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
        uint32_t mentee = g->edges[g->mentees.edge[at]].mentee;
        r->count += r->reached[mentee] != v + 1;
        r->reached[mentee] = v + 1;
    }
    return r->count - 1;
}

static bool reach_new(const kith_mentor_graph *g, uint64_t limit, reach *r)
{
    *r = (reach){
        .g = g,
        .dated = kith_alloc_array(g->n, sizeof *r->dated),
        .place = kith_alloc_array(g->n, sizeof *r->place),
        .latest = kith_alloc_array(g->n, sizeof *r->latest),
        .reached = kith_calloc(g->n, sizeof *r->reached),
        .queued = kith_calloc(g->n, sizeof *r->queued),
        .queue = kith_alloc_array(g->n, sizeof *r->queue),
        .limit = limit,
    };
    if (!r->dated || !r->place || !r->latest || !r->reached || !r->queued || !r->queue)
        return false;
    for (uint32_t v = 0; v < g->n; v++) {
        r->dated[v] = g->mentees.offset[v];
        while (r->dated[v] < g->mentees.offset[v + 1] &&
               g->edges[g->mentees.edge[r->dated[v]]].start == KITH_NO_DATE)
            r->dated[v]++;
    }
    return true;
}

static void reach_free(reach *r)
{
    kith_free(r->dated);
    kith_free(r->place);
    kith_free(r->latest);
    kith_free(r->reached);
    kith_free(r->queued);
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
    for (uint32_t v = 0; v < g->n && rc == KITH_OK; v++) {
        /* Where no chain is longer than one, descendants are the mentees. */
        out[v].descendants = out[v].generations_below < 2 ? out[v].fecundity : search_from(&r, v);
        if (v % 256 == 0)
            rc = kith_tick_now(progress, "counting descendants", v, g->n, err);
    }

done:
    reach_free(&r);
    return rc;
}

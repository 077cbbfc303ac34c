/* A chain with the earliest latest date to each person makes a tree. Without d, all who do not stand below d
 * are reached as before; for those below it the first arrivals are found again, from all who stand elsewhere.
 * Where nobody below d has a second mentor by whom a chain could come, all of them are cut off. */
#include "analysis/founders.h"

#include "analysis/first_arrivals.h"
#include "analysis/step_rounds.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "graph/heap.h"

/** What is found of somebody while another person is left out. */
typedef struct detour {
    kith_day latest;
    uint32_t round; /**< in which this was written */
    bool settled;
} detour;

/** A mentorship by which a chain could come to somebody other than by the tree. */
typedef struct way {
    uint32_t to;     /**< a person */
    uint32_t mentor; /**< their place */
    kith_day latest; /**< of the chain */
} way;

typedef struct tree {
    const kith_mentor_graph *g;
    kith_arrival *arrivals; /**< [n] */
    uint32_t *place;        /**< [n] in `order`; UINT32_MAX for who is not reached */
    uint32_t *size;         /**< [n] people at and below */
    uint32_t *order;        /**< those reached: each just before all who stand below them */
    way *ways;              /**< by the place of whom they lead to */
    uint32_t *ways_until;   /**< [reached + 1] ways to those before each place */
    uint32_t *steps_until;  /**< [reached + 1] mentorships looked at for them */
    uint32_t reached;
} tree;

/** One thread's rounds: in each, somebody is left out. */
typedef struct leaving {
    const tree *t;
    uint32_t round;
    detour *detours; /**< [n] */
    kith_heap heap;  /**< by earliest latest date */
    uint32_t *in_heap;
    uint64_t steps;
} leaving;

static bool arrives_first(const void *ctx, uint32_t v, uint32_t w)
{
    const detour *detours = ((const leaving *)ctx)->detours;

    if (detours[v].latest != detours[w].latest)
        return detours[v].latest < detours[w].latest;
    return v < w;
}

/** Whether a mentorship may follow in a chain that is at its mentor with that latest date. */
static bool is_late_enough(const kith_mentor_link *m, kith_day latest)
{
    return m->start == KITH_NO_DATE || m->start >= latest;
}

/** Those reached into `queue`, lower generations first. */
static bool by_generation(const tree *t, uint32_t *queue)
{
    const uint32_t n = t->g->n;
    uint32_t *begin = kith_calloc((size_t)n + 2, sizeof *begin);

    for (uint32_t v = 0; begin && v < n; v++)
        if (t->arrivals[v].generation != UINT32_MAX)
            begin[t->arrivals[v].generation + 1]++;
    for (uint32_t i = 0; begin && i < n; i++)
        begin[i + 1] += begin[i];
    for (uint32_t v = 0; begin && v < n; v++)
        if (t->arrivals[v].generation != UINT32_MAX)
            queue[begin[t->arrivals[v].generation]++] = v;
    kith_free(begin);
    return begin;
}

/** Places everyone so that whoever stands below a person comes right after them. */
static bool put_in_order(tree *t)
{
    const uint32_t n = t->g->n;
    uint32_t *queue = kith_alloc_array(n, sizeof *queue);
    uint32_t *next = kith_alloc_array(n, sizeof *next); /* free place below each */
    uint32_t free_place = 0;
    const bool ok = queue && next && by_generation(t, queue);

    for (uint32_t i = t->reached; ok && i-- > 0;) {
        const uint32_t v = queue[i], from = t->arrivals[v].from;
        t->size[v]++;
        if (from != UINT32_MAX)
            t->size[from] += t->size[v];
    }
    for (uint32_t i = 0; ok && i < t->reached; i++) {
        const uint32_t v = queue[i], from = t->arrivals[v].from;
        uint32_t *place = from == UINT32_MAX ? &free_place : &next[from];
        t->place[v] = *place;
        next[v] = *place + 1;
        t->order[*place] = v;
        *place += t->size[v];
    }
    kith_free(queue);
    kith_free(next);
    return ok;
}

/** Lists the ways to v, `count` being there before. @return how many are there now. */
static uint32_t list_ways_to(tree *t, uint32_t v, uint32_t count)
{
    const kith_mentor_side *side = &t->g->mentors;

    for (uint32_t at = side->offset[v]; at < side->offset[v + 1]; at++) {
        const kith_mentor_link *m = &side->link[at];
        const kith_arrival *mentor = &t->arrivals[m->other];
        if (m->other != t->arrivals[v].from && mentor->generation != UINT32_MAX &&
            is_late_enough(m, mentor->latest) && !t->g->in_loop[m->edge])
            t->ways[count++] =
                (way){v, t->place[m->other], m->start == KITH_NO_DATE ? mentor->latest : m->start};
    }
    return count;
}

static void list_ways(tree *t)
{
    const uint32_t *offset = t->g->mentors.offset;
    uint32_t count = 0, steps = 0;

    for (uint32_t i = 0; i < t->reached; i++) {
        const uint32_t v = t->order[i], before = count;
        count = list_ways_to(t, v, count);
        if (count > before)
            steps += offset[v + 1] - offset[v];
        t->ways_until[i + 1] = count;
        t->steps_until[i + 1] = steps;
    }
}

static bool stands_below(const tree *t, uint32_t v, uint32_t d)
{
    return t->place[v] != UINT32_MAX && t->place[v] >= t->place[d] && t->place[v] - t->place[d] < t->size[d];
}

/** A chain comes to v without whom this round leaves out. */
static bool come(leaving *l, uint32_t v, kith_day latest)
{
    detour *known = &l->detours[v];

    if (known->round == l->round && (known->settled || known->latest <= latest))
        return true;
    *known = (detour){latest, l->round, false};
    return kith_heap_raise(&l->heap, v);
}

/** Chains that go on from v, who is settled, to others below d. */
static bool go_on(leaving *l, uint32_t v, uint32_t d)
{
    const tree *t = l->t;
    const kith_mentor_side *side = &t->g->mentees;
    const kith_day latest = l->detours[v].latest;

    l->steps += side->offset[v + 1] - side->offset[v];
    for (uint32_t at = side->offset[v]; at < side->offset[v + 1]; at++) {
        const kith_mentor_link *m = &side->link[at];
        if (is_late_enough(m, latest) && m->other != d && stands_below(t, m->other, d) &&
            !t->g->in_loop[m->edge] && !come(l, m->other, m->start == KITH_NO_DATE ? latest : m->start))
            return false;
    }
    return true;
}

/** How many are reached no more without d. @return false when out of memory. */
static bool leave_out(leaving *l, uint32_t d, uint32_t *cut_off)
{
    const tree *t = l->t;
    const uint32_t first = t->place[d] + 1, end = t->place[d] + t->size[d];

    l->round++;
    l->steps += t->steps_until[end] - t->steps_until[first];
    *cut_off = end - first;
    for (uint32_t i = t->ways_until[first]; i < t->ways_until[end]; i++) {
        const way *w = &t->ways[i];
        const bool from_elsewhere = w->mentor < t->place[d] || w->mentor >= end;
        if (from_elsewhere && !come(l, w->to, w->latest))
            return false;
    }
    while (l->heap.count > 0) {
        const uint32_t v = kith_heap_pop(&l->heap);
        l->detours[v].settled = true;
        --*cut_off;
        if (!go_on(l, v, d))
            return false;
    }
    return true;
}

static bool leaving_new(const tree *t, leaving *l)
{
    const uint32_t n = t->g->n;

    *l = (leaving){.t = t,
                   .detours = kith_calloc(n, sizeof *l->detours),
                   .in_heap = kith_alloc_array(n, sizeof *l->in_heap)};
    l->heap = (kith_heap){.before = arrives_first, .ctx = l, .place = l->in_heap};
    for (uint32_t v = 0; l->in_heap && v < n; v++)
        l->in_heap[v] = UINT32_MAX;
    return l->detours && l->in_heap;
}

static void leaving_free(leaving *l)
{
    kith_free(l->detours);
    kith_free(l->in_heap);
    kith_heap_free(&l->heap);
}

static bool tree_new(const kith_mentor_graph *g, tree *t)
{
    const uint32_t n = g->n;

    *t = (tree){
        .g = g,
        .arrivals = kith_alloc_array(n, sizeof *t->arrivals),
        .place = kith_alloc_array(n, sizeof *t->place),
        .size = kith_calloc(n, sizeof *t->size),
        .order = kith_alloc_array(n, sizeof *t->order),
        .ways = kith_alloc_array(g->k, sizeof *t->ways),
        .ways_until = kith_calloc((size_t)n + 1, sizeof *t->ways_until),
        .steps_until = kith_calloc((size_t)n + 1, sizeof *t->steps_until),
    };
    return t->arrivals && t->place && t->size && t->order && t->ways && t->ways_until && t->steps_until;
}

static void tree_free(tree *t)
{
    kith_free(t->arrivals);
    kith_free(t->place);
    kith_free(t->size);
    kith_free(t->order);
    kith_free(t->ways);
    kith_free(t->ways_until);
    kith_free(t->steps_until);
}

/** Lists the founders and grows the tree of first arrivals from them. */
static kith_code grow(tree *t, kith_founders *out, kith_err *err)
{
    const kith_mentor_graph *g = t->g;
    kith_code rc;

    for (uint32_t v = 0; v < g->n; v++) {
        t->place[v] = UINT32_MAX;
        out->is_founder[v] = g->mentors.offset[v] == g->mentors.offset[v + 1];
        if (out->is_founder[v])
            t->order[out->count++] = v;
    }
    if ((rc = kith_first_arrivals(g, false, t->order, out->count, t->arrivals, err)) != KITH_OK)
        return rc;
    for (uint32_t v = 0; v < g->n; v++)
        t->reached += t->arrivals[v].generation != UINT32_MAX;
    out->unreached = g->n - t->reached;
    if (!put_in_order(t))
        return kith_fail_memory(err, "founders");
    list_ways(t);
    return KITH_OK;
}

/** Who is reached no more without each person of the tree. */
typedef struct cutting {
    const tree *t;
    uint64_t limit;
    kith_founders *out;
    leaving *threads; /**< [kith_thread_count()] */
} cutting;

static bool cut(void *ctx, uint32_t thread, uint32_t place, uint64_t *steps)
{
    cutting *c = ctx;
    leaving *l = &c->threads[thread];
    const uint32_t d = c->t->order[place];

    if (c->t->size[d] == 1 || *steps > c->limit) {
        c->out->cut_off[d] = c->t->size[d] > 1 ? UINT32_MAX : 0;
        return true;
    }
    if (!l->detours && !leaving_new(c->t, l))
        return false;
    l->steps = *steps;
    const bool ok = leave_out(l, d, &c->out->cut_off[d]);
    *steps = l->steps;
    return ok;
}

/** From the last up: what the limit leaves unknown are few large counts. */
static kith_code cut_each(const tree *t, uint64_t limit, const kith_progress *progress, kith_founders *out,
                          kith_err *err)
{
    const uint32_t threads = kith_thread_count();
    cutting c = {.t = t, .limit = limit, .threads = kith_calloc(threads, sizeof *c.threads)};

    c.out = out;
    if (!c.threads)
        return kith_fail_memory(err, "founders");
    kith_code rc = kith_step_rounds_run(&(kith_step_rounds){.search = cut,
                                                            .ctx = &c,
                                                            .items = t->reached,
                                                            .limit = limit,
                                                            .what = "who hangs on whom",
                                                            .progress = progress},
                                        err);
    for (uint32_t i = 0; i < threads; i++)
        leaving_free(&c.threads[i]);
    kith_free(c.threads);
    return rc;
}

kith_code kith_founders_measure(const kith_mentor_graph *g, uint64_t limit, const kith_progress *progress,
                                kith_founders *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    tree t;

    *out = (kith_founders){.is_founder = kith_calloc(g->n, sizeof *out->is_founder),
                           .cut_off = kith_calloc(g->n, sizeof *out->cut_off)};
    if (!tree_new(g, &t) || !out->is_founder || !out->cut_off) {
        rc = kith_fail_memory(err, "founders");
        goto done;
    }
    if ((rc = grow(&t, out, err)) == KITH_OK)
        rc = cut_each(&t, limit, progress, out, err);

done:
    tree_free(&t);
    if (rc != KITH_OK)
        kith_founders_free(out);
    return rc;
}

void kith_founders_free(kith_founders *founders)
{
    kith_free(founders->is_founder);
    kith_free(founders->cut_off);
    *founders = (kith_founders){0};
}

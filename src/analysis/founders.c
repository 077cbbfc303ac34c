/* A chain with the earliest latest date to each person makes a tree. Without d, all who do not stand below d
 * are reached as before; for those below it the first arrivals are found again, from all who stand elsewhere.
 * Where nobody below d has a second mentor by whom a chain could come, all of them are cut off. */
#include "analysis/founders.h"

#include "analysis/first_arrivals.h"
#include "base/mem.h"
#include "base/ticker.h"
#include "graph/heap.h"

/** What is found of somebody while another person is left out. */
typedef struct detour {
    kith_day latest;
    uint32_t round; /**< 1 + the person left out when this was written */
    bool settled;
} detour;

typedef struct tree {
    const kith_mentor_graph *g;
    kith_arrival *arrivals; /**< [n] */
    uint32_t *place;        /**< [n] in `order`; UINT32_MAX for who is not reached */
    uint32_t *size;         /**< [n] people at and below */
    uint32_t *order;        /**< those reached: each just before all who stand below them */
    uint32_t *joints;       /**< places of people with another way than by the tree, ascending */
    uint32_t *joints_until; /**< [reached + 1] joints before each place */
    uint32_t reached;
    detour *detours; /**< [n] */
    kith_heap heap;  /**< by earliest latest date */
    uint32_t *in_heap;
    uint64_t steps;
} tree;

static bool arrives_first(const void *ctx, uint32_t v, uint32_t w)
{
    const tree *t = ctx;

    if (t->detours[v].latest != t->detours[w].latest)
        return t->detours[v].latest < t->detours[w].latest;
    return v < w;
}

/** Whether a chain that is at its mentor with that latest date may go on by this mentorship. */
static bool may_follow(const tree *t, const kith_mentor_link *m, kith_day latest)
{
    return !t->g->in_loop[m->edge] && (m->start == KITH_NO_DATE || m->start >= latest);
}

static bool is_joint(const tree *t, uint32_t v)
{
    const kith_mentor_side *side = &t->g->mentors;

    for (uint32_t at = side->offset[v]; at < side->offset[v + 1]; at++) {
        const kith_mentor_link *m = &side->link[at];
        const kith_arrival *mentor = &t->arrivals[m->other];
        if (m->other != t->arrivals[v].from && mentor->generation != UINT32_MAX &&
            may_follow(t, m, mentor->latest))
            return true;
    }
    return false;
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
    for (uint32_t i = 0, count = 0; ok && i < t->reached; i++) {
        if (is_joint(t, t->order[i]))
            t->joints[count++] = i;
        t->joints_until[i + 1] = count;
    }
    kith_free(queue);
    kith_free(next);
    return ok;
}

static bool stands_below(const tree *t, uint32_t v, uint32_t d)
{
    return t->place[v] != UINT32_MAX && t->place[v] >= t->place[d] && t->place[v] - t->place[d] < t->size[d];
}

/** A chain comes to v without d. */
static bool come(tree *t, uint32_t v, uint32_t d, kith_day latest)
{
    detour *way = &t->detours[v];

    if (way->round == d + 1 && (way->settled || way->latest <= latest))
        return true;
    *way = (detour){latest, d + 1, false};
    return kith_heap_raise(&t->heap, v);
}

/** Chains that come to v, who stands below d, from people elsewhere. */
static bool enter(tree *t, uint32_t v, uint32_t d)
{
    const kith_mentor_side *side = &t->g->mentors;

    t->steps += side->offset[v + 1] - side->offset[v];
    for (uint32_t at = side->offset[v]; at < side->offset[v + 1]; at++) {
        const kith_mentor_link *m = &side->link[at];
        const kith_arrival *mentor = &t->arrivals[m->other];
        if (mentor->generation == UINT32_MAX || stands_below(t, m->other, d) ||
            !may_follow(t, m, mentor->latest))
            continue;
        if (!come(t, v, d, m->start == KITH_NO_DATE ? mentor->latest : m->start))
            return false;
    }
    return true;
}

/** Chains that go on from v, who is settled, to others below d. */
static bool go_on(tree *t, uint32_t v, uint32_t d)
{
    const kith_mentor_side *side = &t->g->mentees;
    const kith_day latest = t->detours[v].latest;

    t->steps += side->offset[v + 1] - side->offset[v];
    for (uint32_t at = side->offset[v]; at < side->offset[v + 1]; at++) {
        const kith_mentor_link *m = &side->link[at];
        if (m->other != d && stands_below(t, m->other, d) && may_follow(t, m, latest) &&
            !come(t, m->other, d, m->start == KITH_NO_DATE ? latest : m->start))
            return false;
    }
    return true;
}

/** How many are reached no more without d. @return false when out of memory. */
static bool leave_out(tree *t, uint32_t d, uint32_t *cut_off)
{
    const uint32_t first = t->place[d] + 1, end = t->place[d] + t->size[d];

    *cut_off = end - first;
    for (uint32_t i = t->joints_until[first]; i < t->joints_until[end]; i++)
        if (!enter(t, t->order[t->joints[i]], d))
            return false;
    while (t->heap.count > 0) {
        const uint32_t v = kith_heap_pop(&t->heap);
        t->detours[v].settled = true;
        --*cut_off;
        if (!go_on(t, v, d))
            return false;
    }
    return true;
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
        .joints = kith_alloc_array(n, sizeof *t->joints),
        .joints_until = kith_calloc((size_t)n + 1, sizeof *t->joints_until),
        .detours = kith_calloc(n, sizeof *t->detours),
        .in_heap = kith_alloc_array(n, sizeof *t->in_heap),
    };
    t->heap = (kith_heap){.before = arrives_first, .ctx = t, .place = t->in_heap};
    return t->arrivals && t->place && t->size && t->order && t->joints && t->joints_until && t->detours &&
           t->in_heap;
}

static void tree_free(tree *t)
{
    kith_free(t->arrivals);
    kith_free(t->place);
    kith_free(t->size);
    kith_free(t->order);
    kith_free(t->joints);
    kith_free(t->joints_until);
    kith_free(t->detours);
    kith_free(t->in_heap);
    kith_heap_free(&t->heap);
}

/** Lists the founders and grows the tree of first arrivals from them. */
static kith_code grow(tree *t, kith_founders *out, kith_err *err)
{
    const kith_mentor_graph *g = t->g;
    kith_code rc;

    for (uint32_t v = 0; v < g->n; v++) {
        t->place[v] = t->in_heap[v] = UINT32_MAX;
        out->is_founder[v] = g->mentors.offset[v] == g->mentors.offset[v + 1];
        if (out->is_founder[v])
            t->order[out->count++] = v;
    }
    if ((rc = kith_first_arrivals(g, false, t->order, out->count, t->arrivals, err)) != KITH_OK)
        return rc;
    for (uint32_t v = 0; v < g->n; v++)
        t->reached += t->arrivals[v].generation != UINT32_MAX;
    out->unreached = g->n - t->reached;
    return put_in_order(t) ? KITH_OK : kith_fail_memory(err, "founders");
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
    if ((rc = grow(&t, out, err)) != KITH_OK)
        goto done;
    /* From the last up: what the limit leaves unknown are few large counts. */
    for (uint32_t i = t.reached; i-- > 0 && rc == KITH_OK;) {
        const uint32_t d = t.order[i];
        if (t.steps > limit)
            out->cut_off[d] = t.size[d] > 1 ? UINT32_MAX : 0;
        else if (!leave_out(&t, d, &out->cut_off[d]))
            rc = kith_fail_memory(err, "founders");
        if (rc == KITH_OK && i % 256 == 0)
            rc = kith_tick_now(progress, "who hangs on whom", t.reached - i, t.reached, err);
    }

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

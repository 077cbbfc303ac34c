/*
 * One search goes backwards from the targets; from time to time every contact of the asker whom it has not
 * come to is probed: a search forwards, which may take as long as the backward one has taken so far,
 * shared among the contacts. Contacts in a corner of their own are thus done without the backward
 * search going everywhere for them. The work doubles from round to round, so that probes in vain are
 * no more than a constant share of it.
 */
#include "base/mem.h"
#include "base/ticker.h"
#include "graph/heap.h"
#include "graph/route_list.h"
#include "graph/route_probe.h"

/** Ties that the backward search looks at before the first probes. */
#define FIRST_ROUND 8

/** Somebody the asker knows. */
typedef struct contact {
    uint64_t first_cost;
    uint32_t person;
    bool open; /**< it is not known yet what they can do */
} contact;

typedef struct search {
    const kith_ground *ground;
    uint32_t top;
    kith_reach reach;
    kith_probe probe;
    contact *contacts; /**< [count] who may be an introducer or an end */
    size_t count, capacity, n_open;
    kith_person_map number; /**< of contacts */
    uint64_t least_first;   /**< cost of the cheapest first tie */
    kith_starts starts;
    kith_heap best; /**< numbers of the `top` cheapest starts, dearest first */
} search;

static bool is_dearer(const void *ctx, uint32_t a, uint32_t b)
{
    const search *s = ctx;

    return s->starts.all[a].cost > s->starts.all[b].cost;
}

/** What a route may cost at most to be one of the best `top`. */
static uint64_t worth(const search *s)
{
    bool full = s->top > 0 && s->best.count == s->top;

    return full ? s->starts.all[s->best.items[0]].cost : UINT64_MAX;
}

static void close_contact(search *s, contact *c)
{
    c->open = false;
    s->n_open--;
}

/** The way of an open contact is known: a start. */
static bool start_at(search *s, contact *c, const kith_label *way)
{
    close_contact(s, c);
    if (!kith_starts_add(&s->starts, (kith_start){c->first_cost + way->cost, way->hops + 1, c->person}))
        return false;
    if (s->top == 0)
        return true;
    if (!kith_heap_push(&s->best, (uint32_t)s->starts.count - 1))
        return false;
    if (s->best.count > s->top)
        (void)kith_heap_pop(&s->best);
    return true;
}

static bool add_contact(search *s, uint64_t e)
{
    contact c = {kith_first_cost(s->ground, e), s->ground->graph->target[e], true};
    const kith_label *way = kith_reach_final(&s->reach, c.person);

    if (!way && !kith_ground_passable(s->ground, c.person))
        return true;
    if (!kith_grow((void **)&s->contacts, &s->capacity, s->count + 1, sizeof *s->contacts) ||
        !kith_person_map_put(&s->number, c.person, (uint32_t)s->count))
        return false;
    s->contacts[s->count++] = c;
    s->n_open++;
    if (c.first_cost < s->least_first)
        s->least_first = c.first_cost;
    return !way || start_at(s, &s->contacts[s->count - 1], way);
}

static bool begin(search *s)
{
    kith_tie_row row = kith_graph_row(s->ground->graph, s->ground->query->from);

    s->least_first = UINT64_MAX;
    if (!kith_reach_begin(&s->reach, s->ground))
        return false;
    for (uint64_t e = row.begin; e < row.end; e++)
        if (!add_contact(s, e))
            return false;
    return true;
}

/** An open contact's way costs reach.queue.latest at least: once that is too much, or nobody is left, all are
 * known. */
static bool is_done(const search *s)
{
    return s->n_open == 0 || s->reach.queue.count == 0 || s->reach.queue.latest + s->least_first > worth(s);
}

static bool settle_one(search *s)
{
    uint32_t person;

    if (!kith_reach_next(&s->reach, &person))
        return false;
    uint32_t number = person != UINT32_MAX ? kith_person_map_get(&s->number, person) : UINT32_MAX;
    if (number == UINT32_MAX || !s->contacts[number].open)
        return true;
    return start_at(s, &s->contacts[number], kith_label_latest(&s->reach.labels, person));
}

static bool probe_contact(search *s, contact *c, uint64_t budget)
{
    const kith_label *way = kith_reach_final(&s->reach, c->person);
    kith_finding finding = way ? KITH_FOUND : KITH_NOT_WORTH;
    uint64_t most = worth(s);

    if (!way && c->first_cost <= most &&
        !kith_probe_run(&s->probe, &s->reach, c->person, most - c->first_cost, budget, &finding))
        return false;
    if (finding == KITH_NOT_WORTH)
        close_contact(s, c);
    if (finding == KITH_FOUND)
        return start_at(s, c, kith_reach_final(&s->reach, c->person));
    return true;
}

static bool probe_contacts(search *s)
{
    uint64_t budget = s->reach.ties / s->n_open;

    for (size_t i = 0; budget > 0 && i < s->count; i++)
        if (s->contacts[i].open && !probe_contact(s, &s->contacts[i], budget))
            return false;
    return true;
}

static kith_code search_all(search *s, kith_err *err)
{
    for (uint64_t round = FIRST_ROUND; !is_done(s); round *= 2) {
        kith_code rc = kith_tick_now(s->ground->progress, "searching routes", s->reach.labels.count, 0, err);
        bool ok = true;
        if (rc)
            return rc;
        while (ok && s->reach.ties < round && !is_done(s))
            ok = settle_one(s);
        if (ok && !is_done(s))
            ok = probe_contacts(s);
        if (!ok)
            return kith_fail_memory(err, "routes");
    }
    return KITH_OK;
}

kith_code kith_routes_unlimited(const kith_ground *ground, uint32_t top, kith_found_routes *out,
                                kith_err *err)
{
    search s = {.ground = ground, .top = top, .best = {.before = is_dearer, .ctx = &s}};
    kith_code rc = begin(&s) ? search_all(&s, err) : kith_fail_memory(err, "routes");

    if (!rc) {
        kith_starts_keep(&s.starts, top);
        rc = kith_starts_follow(ground, &s.reach.labels, &s.starts, out, err);
    }
    kith_heap_free(&s.best);
    kith_starts_free(&s.starts);
    kith_person_map_free(&s.number);
    kith_free(s.contacts);
    kith_probe_free(&s.probe);
    kith_reach_free(&s.reach);
    return rc;
}

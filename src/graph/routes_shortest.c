#include "base/mem.h"
#include "graph/route_list.h"

/** Somebody on a route as good as the best, and in how many ways the asker gets to them so. */
typedef struct spot {
    const kith_label *label;
    uint64_t ways;
} spot;

/** Those as many ties from the asker. */
typedef struct layer {
    kith_person_map place; /**< in spots */
    spot *spots;
    size_t count, capacity;
} layer;

typedef struct search {
    const kith_ground *ground;
    kith_labels labels;
    kith_found_route best; /**< its cost and hops are those of all */
} search;

static void free_layer(layer *l)
{
    kith_person_map_free(&l->place);
    kith_free(l->spots);
}

static void clear_layer(layer *l)
{
    kith_person_map_clear(&l->place);
    l->count = 0;
}

static uint64_t add_counts(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static bool add_ways(layer *l, const kith_label *label, uint64_t ways)
{
    uint32_t at = kith_person_map_get(&l->place, label->person);

    if (l->spots && at != UINT32_MAX) {
        l->spots[at].ways = add_counts(l->spots[at].ways, ways);
        return true;
    }
    if (!kith_grow((void **)&l->spots, &l->capacity, l->count + 1, sizeof *l->spots) ||
        !kith_person_map_put(&l->place, label->person, (uint32_t)l->count))
        return false;
    l->spots[l->count++] = (spot){label, ways};
    return true;
}

/** An introducer of a route as good as the best, from tie `e` of the asker on; NULL where there is none. */
static const kith_label *next_introducer(const search *s, uint64_t *e)
{
    const kith_graph *graph = s->ground->graph;
    const uint64_t end = kith_graph_row(graph, s->ground->query->from).end;
    const uint32_t left = s->best.hops - 1;

    for (; *e < end; ++*e) {
        const kith_label *label = kith_label_within(&s->labels, graph->target[*e], left);
        if (label && label->hops == left && kith_first_cost(s->ground, *e) + label->cost == s->best.cost)
            return label;
    }
    return NULL;
}

/** The next person after the one of `label`, or the first after the asker where it is NULL. */
static const kith_label *next_person(const search *s, const kith_label *label, uint64_t *e)
{
    return label ? kith_label_next(s->ground, &s->labels, label, e) : next_introducer(s, e);
}

static uint64_t row_begin(const search *s, const kith_label *label)
{
    return kith_graph_row(s->ground->graph, label ? label->person : s->ground->query->from).begin;
}

/** Adds everyone who may follow to the next layer. */
static bool step(const search *s, const kith_label *label, uint64_t ways, layer *next)
{
    uint64_t e = row_begin(s, label);

    for (const kith_label *l = next_person(s, label, &e); l; e++, l = next_person(s, label, &e))
        if (!add_ways(next, l, ways))
            return false;
    return true;
}

/** Counts the routes, and where they end, layer by layer. */
static kith_code count_routes(const search *s, uint64_t *total, uint32_t *ends, kith_err *err)
{
    layer layers[2] = {0};
    bool ok = step(s, NULL, 1, &layers[1]);

    for (uint32_t hops = 1; ok && hops < s->best.hops; hops++) {
        const layer *from = &layers[hops % 2];
        layer *to = &layers[(hops + 1) % 2];
        clear_layer(to);
        for (size_t i = 0; ok && i < from->count; i++)
            ok = step(s, from->spots[i].label, from->spots[i].ways, to);
    }
    *total = 0;
    const layer *last = &layers[s->best.hops % 2];
    for (size_t i = 0; i < last->count; i++)
        *total = add_counts(*total, last->spots[i].ways);
    *ends = (uint32_t)last->count;
    free_layer(&layers[0]);
    free_layer(&layers[1]);
    return ok ? KITH_OK : kith_fail_memory(err, "routes");
}

/** A route being written: the person at each place, and where in the row of the one before they stand. */
typedef struct writing {
    const kith_label **label; /**< [hops + 1] NULL for the asker */
    uint64_t *tie;            /**< [hops + 1] */
    uint32_t *people;         /**< [hops + 1] */
} writing;

/** Writes routes in the order of ids, going back only as far as one differs from the next. */
static bool write_routes(const search *s, uint32_t top, const writing *w, kith_found_routes *out)
{
    uint32_t place = 1;

    w->people[0] = s->ground->query->from;
    w->label[0] = NULL;
    w->tie[1] = row_begin(s, NULL);
    while (place > 0 && out->count < top) {
        const kith_label *label = next_person(s, w->label[place - 1], &w->tie[place]);
        if (!label) {
            place--;
            w->tie[place]++;
            continue;
        }
        w->label[place] = label;
        w->people[place] = label->person;
        if (place < s->best.hops) {
            w->tie[++place] = row_begin(s, label);
            continue;
        }
        if (!kith_found_routes_add(out, s->best.cost, s->best.hops, w->people))
            return false;
        w->tie[place]++;
    }
    return true;
}

static kith_code list_routes(const search *s, uint32_t top, kith_found_routes *out, kith_err *err)
{
    const size_t length = (size_t)s->best.hops + 1;
    writing w = {kith_alloc_array(length, sizeof *w.label), kith_calloc(length, sizeof *w.tie),
                 kith_alloc_array(length, sizeof *w.people)};
    bool ok = w.label && w.tie && w.people && write_routes(s, top, &w, out);

    kith_free(w.label);
    kith_free(w.tie);
    kith_free(w.people);
    return ok ? KITH_OK : kith_fail_memory(err, "routes");
}

/*
 * Every tie costs at least 1. So whoever stands on a route as good as the best has a label for just the ties
 * that are left, at just what they cost; ways by such labels meet nobody twice, and none of them is a dead
 * end.
 */
kith_code kith_routes_shortest(const kith_route_query *query, uint32_t top, kith_found_routes *out,
                               uint64_t *total, uint32_t *ends, kith_err *err)
{
    const kith_ground ground = kith_ground_of(query);
    search s = {.ground = &ground};
    kith_found_routes best;

    *out = (kith_found_routes){0};
    *total = 0;
    *ends = 0;
    kith_code rc = kith_routes_per_introducer(query, 1, &best, err);
    if (rc || best.count == 0)
        return rc;
    s.best = best.routes[0];
    kith_found_routes_free(&best);
    rc = kith_labels_near(&ground, s.best.hops, s.best.cost, &s.labels, err);
    if (!rc)
        rc = count_routes(&s, total, ends, err);
    if (!rc)
        rc = list_routes(&s, top, out, err);
    kith_labels_free(&s.labels);
    if (rc)
        kith_found_routes_free(out);
    return rc;
}

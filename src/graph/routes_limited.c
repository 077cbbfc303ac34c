#include "base/mem.h"
#include "base/ticker.h"
#include "graph/route_list.h"

/**
 * Who is near the asker: level l holds the people l ties away whom a route may lead through.
 */
typedef struct nearby {
    kith_person_map level; /**< of everyone met */
    uint32_t *people;      /**< level by level */
    size_t count, capacity;
    size_t *level_end; /**< [levels] where each level ends in people; level 0 is the asker */
    size_t levels, levels_capacity;
} nearby;

static void free_nearby(nearby *near)
{
    kith_person_map_free(&near->level);
    kith_free(near->people);
    kith_free(near->level_end);
}

static bool meet(nearby *near, uint32_t person)
{
    if (!kith_grow((void **)&near->people, &near->capacity, near->count + 1, sizeof *near->people) ||
        !kith_person_map_put(&near->level, person, (uint32_t)near->levels))
        return false;
    near->people[near->count++] = person;
    return true;
}

static bool end_level(nearby *near)
{
    if (!kith_grow((void **)&near->level_end, &near->levels_capacity, near->levels + 1,
                   sizeof *near->level_end))
        return false;
    near->level_end[near->levels++] = near->count;
    return true;
}

/** The highest level met. */
static size_t last_level(const nearby *near)
{
    return near->levels - 1;
}

static size_t level_begin(const nearby *near, size_t level)
{
    return level > 0 ? near->level_end[level - 1] : 0;
}

static size_t level_count(const nearby *near, size_t level)
{
    return near->level_end[level] - level_begin(near, level);
}

/** Meets the next level. */
static bool widen(const kith_ground *ground, nearby *near)
{
    size_t end = near->count;

    for (size_t i = level_begin(near, last_level(near)); i < end; i++) {
        kith_tie_row row = kith_graph_row(ground->graph, near->people[i]);
        for (uint64_t e = row.begin; e < row.end; e++) {
            uint32_t v = ground->graph->target[e];
            if (kith_person_map_get(&near->level, v) == UINT32_MAX && kith_ground_passable(ground, v) &&
                !meet(near, v))
                return false;
        }
    }
    return end_level(near);
}

static bool begin_nearby(const kith_ground *ground, nearby *near)
{
    return meet(near, ground->query->from) && end_level(near) && widen(ground, near);
}

/** A search as it stands. */
typedef struct search {
    const kith_ground *ground;
    uint32_t max_hops;
    uint32_t top;         /**< introducers sought; 0: all */
    uint64_t worth;       /**< routes are only sought where they cost less */
    uint64_t least_first; /**< what the asker's cheapest tie costs */
    nearby near;
    kith_labels labels;
    kith_starts starts; /**< the best of those that the labels tell */
    uint32_t done;      /**< labels of up to `done` hops are there for all whom they can serve */
    size_t layer;       /**< where those of `done` hops begin */
    uint64_t least;     /**< what the cheapest of them costs */
} search;

/** Labels of the last layer. */
static size_t layer_count(const search *s)
{
    return s->labels.count - s->layer;
}

/** Whether the asker may be near enough to somebody for a label of `hops` to serve. */
static bool can_serve(const search *s, uint32_t person, uint32_t hops)
{
    uint32_t level = kith_person_map_get(&s->near.level, person);

    return level != UINT32_MAX && level + hops <= s->max_hops;
}

/** Whether a label of this cost may serve with at least one tie more, and then the asker's. */
static bool may_go_on(const search *s, uint64_t cost)
{
    return cost + 1 + s->ground->handover + s->least_first < s->worth;
}

/** Whether another layer may better the answer. */
static bool goes_on(const search *s)
{
    return layer_count(s) > 0 && may_go_on(s, s->least);
}

/** Finds the starts that the labels tell, the best `top` of them in order. */
static bool collect_starts(search *s)
{
    const kith_ground *ground = s->ground;
    kith_tie_row row = kith_graph_row(ground->graph, ground->query->from);

    s->starts.count = 0;
    for (uint64_t e = row.begin; e < row.end; e++) {
        uint32_t introducer = ground->graph->target[e];
        const kith_label *label = kith_label_latest(&s->labels, introducer);
        if (label && !kith_starts_offer(
                         &s->starts, s->top,
                         (kith_start){kith_first_cost(ground, e) + label->cost, label->hops + 1, introducer}))
            return false;
    }
    kith_starts_keep(&s->starts, s->top);
    return true;
}

/**
 * Ends a layer that began at label `begin`. Once there are as many starts as are sought, a route with more
 * ties must cost less than the last of them.
 */
static bool end_layer(search *s, size_t begin)
{
    s->layer = begin;
    s->least = UINT64_MAX;
    for (size_t i = begin; i < s->labels.count; i++)
        if (s->labels.all[i].cost < s->least)
            s->least = s->labels.all[i].cost;
    if (s->top == 0)
        return true;
    if (!collect_starts(s))
        return false;
    if (s->starts.count == s->top && s->starts.all[s->top - 1].cost < s->worth)
        s->worth = s->starts.all[s->top - 1].cost;
    return true;
}

static uint64_t least_first_cost(const kith_ground *ground)
{
    kith_tie_row row = kith_graph_row(ground->graph, ground->query->from);
    uint64_t least = row.begin < row.end ? kith_first_cost(ground, row.begin) : 0;

    for (uint64_t e = row.begin; e < row.end; e++)
        if (kith_first_cost(ground, e) < least)
            least = kith_first_cost(ground, e);
    return least;
}

static bool begin(search *s)
{
    s->least_first = least_first_cost(s->ground);
    return begin_nearby(s->ground, &s->near) && kith_labels_add_ends(s->ground, &s->labels) &&
           end_layer(s, 0);
}

/** Makes the next layer out of the last one's ties; where `pruned`, only for those known to be near enough.
 */
static bool push_layer(search *s, bool pruned)
{
    size_t end = s->labels.count;
    uint32_t hops = s->done + 1;

    for (size_t i = s->layer; i < end; i++) {
        const kith_label label = s->labels.all[i];
        if (!may_go_on(s, label.cost))
            continue;
        kith_tie_row row = kith_graph_row(s->ground->graph, label.person);
        for (uint64_t e = row.begin; e < row.end; e++) {
            uint32_t v = s->ground->graph->target[e];
            if ((!pruned || can_serve(s, v, hops)) && kith_ground_passable(s->ground, v) &&
                !kith_labels_offer(&s->labels, v, label.cost + kith_step_cost(s->ground, e), hops))
                return false;
        }
    }
    s->done = hops;
    return end_layer(s, end);
}

/** Offers somebody a way over each neighbour with a label of the last layer. */
static bool pull(search *s, uint32_t person)
{
    kith_tie_row row = kith_graph_row(s->ground->graph, person);

    for (uint64_t e = row.begin; e < row.end; e++) {
        const kith_label *label = kith_label_within(&s->labels, s->ground->graph->target[e], s->done);
        if (label && label->hops == s->done &&
            !kith_labels_offer(&s->labels, person, label->cost + kith_step_cost(s->ground, e), s->done + 1))
            return false;
    }
    return true;
}

/** Makes the next layer out of the ties of people [1, end) of the nearby, who alone are near enough. */
static bool pull_layer(search *s, size_t end)
{
    size_t layer = s->labels.count;

    for (size_t i = 1; i < end; i++)
        if (!pull(s, s->near.people[i]))
            return false;
    s->done++;
    return end_layer(s, layer);
}

static kith_code tick(const search *s, kith_err *err)
{
    return kith_tick_now(s->ground->progress, "searching routes", s->labels.count, 0, err);
}

/**
 * Widens both sides until they meet: the targets' by a layer of labels or the asker's by a level of people,
 * whichever needs fewer rows. A label of h hops can only serve the first max_hops - h levels; once those are
 * known for the next layer, they are for all layers still to come.
 */
static kith_code meet_in_the_middle(search *s, kith_err *err)
{
    kith_code rc = tick(s, err);

    while (!rc && last_level(&s->near) + s->done + 1 < s->max_hops && goes_on(s)) {
        bool ok = layer_count(s) <= level_count(&s->near, last_level(&s->near)) ? push_layer(s, false)
                                                                                : widen(s->ground, &s->near);
        rc = ok ? tick(s, err) : kith_fail_memory(err, "routes");
    }
    return rc;
}

/** Makes the layers still to come, for the people near the asker alone. */
static kith_code finish_layers(search *s, kith_err *err)
{
    kith_code rc = KITH_OK;

    while (!rc && s->done + 1 < s->max_hops && goes_on(s)) {
        size_t end = s->near.level_end[s->max_hops - s->done - 1];
        bool ok = layer_count(s) < end ? push_layer(s, true) : pull_layer(s, end);
        rc = ok ? tick(s, err) : kith_fail_memory(err, "routes");
    }
    return rc;
}

/** Labels by hops of everyone on a route that is sought, and of some others. */
static kith_code make_labels(search *s, kith_err *err)
{
    kith_code rc = begin(s) ? meet_in_the_middle(s, err) : kith_fail_memory(err, "routes");

    return rc ? rc : finish_layers(s, err);
}

static void free_search(search *s)
{
    free_nearby(&s->near);
    kith_labels_free(&s->labels);
    kith_starts_free(&s->starts);
}

kith_code kith_labels_near(const kith_ground *ground, uint32_t max_hops, uint64_t most, kith_labels *labels,
                           kith_err *err)
{
    search s = {.ground = ground, .max_hops = max_hops, .worth = most + 1};
    kith_code rc = make_labels(&s, err);

    *labels = s.labels;
    s.labels = (kith_labels){0};
    free_search(&s);
    return rc;
}

kith_code kith_routes_limited(const kith_ground *ground, uint32_t max_hops, uint32_t top,
                              kith_found_routes *out, kith_err *err)
{
    search s = {.ground = ground, .max_hops = max_hops, .top = top, .worth = UINT64_MAX};
    kith_code rc = make_labels(&s, err);

    if (!rc && !collect_starts(&s))
        rc = kith_fail_memory(err, "routes");
    if (!rc)
        rc = kith_starts_follow(ground, &s.labels, &s.starts, out, err);
    free_search(&s);
    return rc;
}

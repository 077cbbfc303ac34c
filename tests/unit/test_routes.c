#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "each_failure.h"
#include "graph/route_reach.h"
#include "igraph_oracle.h"
#include "random_graph.h"

#define FEW 9
#define PEOPLE 60
#define MOST_PEOPLE 400 /* many more than a search has near the asker */

/** A query and the marks it borrows. */
typedef struct question {
    kith_route_query query;
    bool is_target[MOST_PEOPLE];
    uint8_t blocked[MOST_PEOPLE];  /**< 1: in the flags */
    uint32_t targets[MOST_PEOPLE]; /**< of is_target */
    uint32_t exclude[MOST_PEOPLE]; /**< blocked too, but by the list */
} question;

static void ask(question *q, const kith_graph *graph, uint32_t from)
{
    *q = (question){0};
    q->query = (kith_route_query){.graph = graph, .from = from, .blocking = 1, .via = UINT32_MAX};
}

/* A struct that points into itself is moved: point it to its own marks again. */
static void settle(question *q)
{
    q->query.n_targets = 0;
    for (uint32_t v = 0; v < q->query.graph->n; v++)
        if (q->is_target[v])
            q->targets[q->query.n_targets++] = v;
    q->query.targets = q->targets;
    q->query.exclude = q->exclude;
    q->query.flags = q->blocked;
}

static bool is_blocked(const question *q, uint32_t person)
{
    for (uint32_t i = 0; i < q->query.n_exclude; i++)
        if (q->exclude[i] == person)
            return true;
    return q->blocked[person] == 1;
}

static kith_found_routes answer(question *q, uint32_t top)
{
    kith_found_routes found;

    settle(q);
    cr_assert_eq(kith_routes_per_introducer(&q->query, top, &found, NULL), KITH_OK);
    return found;
}

/** All simple paths of a small graph, one by one, and the best for each introducer. */
typedef struct brute_force {
    const question *q;
    uint32_t path[FEW];
    struct {
        bool found;
        uint64_t cost;
        uint32_t hops;
        uint32_t path[FEW];
    } best[FEW]; /**< by introducer */
} brute_force;

static int compare_ids(const uint32_t *a, const uint32_t *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static void weigh(brute_force *b, uint32_t hops, uint64_t cost)
{
    const kith_route_query *query = &b->q->query;
    bool passes_via = query->via == UINT32_MAX;

    for (uint32_t i = 1; i < hops; i++)
        passes_via = passes_via || b->path[i] == query->via;
    if (!passes_via)
        return;
    uint32_t v = b->path[1];
    bool better = !b->best[v].found || cost < b->best[v].cost ||
                  (cost == b->best[v].cost && hops < b->best[v].hops) ||
                  (cost == b->best[v].cost && hops == b->best[v].hops &&
                   compare_ids(b->path, b->best[v].path, hops + 1) < 0);
    if (!better)
        return;
    b->best[v].found = true;
    b->best[v].cost = cost;
    b->best[v].hops = hops;
    memcpy(b->best[v].path, b->path, sizeof b->path);
}

static bool on_path(const brute_force *b, uint32_t hops, uint32_t person)
{
    for (uint32_t i = 0; i <= hops; i++)
        if (b->path[i] == person)
            return true;
    return false;
}

static void try_all(brute_force *b, uint32_t hops, uint64_t cost)
{
    const kith_route_query *query = &b->q->query;
    const kith_graph *graph = query->graph;
    uint32_t last = b->path[hops];

    if (hops > 0 && b->q->is_target[last])
        weigh(b, hops, cost);
    if ((hops > 0 && is_blocked(b->q, last)) || (query->max_hops > 0 && hops == query->max_hops))
        return;
    for (uint64_t e = graph->offset[last]; e < graph->offset[last + 1]; e++) {
        if (on_path(b, hops, graph->target[e]))
            continue;
        b->path[hops + 1] = graph->target[e];
        uint64_t step = query->unit_costs ? 1 : graph->cost[e] + (hops > 0 ? query->handover : 0);
        try_all(b, hops + 1, cost + step);
    }
}

/** Takes the best of what is left of `b`. @return the introducer, or FEW. */
static uint32_t take_best(brute_force *b)
{
    uint32_t best = FEW;

    for (uint32_t v = 0; v < FEW; v++) {
        if (!b->best[v].found)
            continue;
        if (best == FEW || b->best[v].cost < b->best[best].cost ||
            (b->best[v].cost == b->best[best].cost && b->best[v].hops < b->best[best].hops))
            best = v;
    }
    if (best < FEW)
        b->best[best].found = false;
    return best;
}

static question random_question(const kith_graph *graph, uint64_t seed)
{
    question q;
    kith_rng rng;

    kith_rng_seed(&rng, seed * 7919 + 1);
    ask(&q, graph, (uint32_t)kith_rng_below(&rng, graph->n));
    for (uint32_t v = 0; v < graph->n; v++) {
        q.is_target[v] = kith_rng_below(&rng, 4) == 0;       /* sometimes also the asker, who never is one */
        q.blocked[v] = kith_rng_below(&rng, 6) == 0 ? 1 : 2; /* 2 blocks nobody */
        if (kith_rng_below(&rng, 12) == 0)
            q.exclude[q.query.n_exclude++] = v;
    }
    q.query.max_hops = (uint32_t)kith_rng_below(&rng, 6);
    q.query.handover = kith_rng_below(&rng, 2) ? 357 : 0;
    q.query.unit_costs = kith_rng_below(&rng, 4) == 0;
    if (kith_rng_below(&rng, 2)) {
        q.query.via = (uint32_t)kith_rng_below(&rng, graph->n);
        if (q.query.via == q.query.from)
            q.query.via = UINT32_MAX;
    }
    return q;
}

static uint32_t check_against_all_paths(uint64_t seed, uint32_t top, bool any_length_through_somebody)
{
    random_graph g = random_graph_make(seed, FEW);
    question q = random_question(&g.graph, seed);

    if (any_length_through_somebody && g.graph.n > 1) {
        q.query.via = (q.query.from + 1) % g.graph.n;
        q.query.max_hops = 0;
    }
    brute_force b = {.q = &q, .path = {q.query.from}};
    try_all(&b, 0, 0);
    kith_found_routes found = answer(&q, top);
    uint32_t count = 0;
    for (uint32_t v = take_best(&b); v < FEW && (top == 0 || count < top); v = take_best(&b)) {
        cr_assert_lt(count, found.count, "seed %lu: a route through %u is missing", seed, v);
        kith_found_route route = found.routes[count++];
        cr_assert_eq(route.cost, b.best[v].cost, "seed %lu introducer %u: %lu for %lu", seed, v, route.cost,
                     b.best[v].cost);
        cr_assert_eq(route.hops, b.best[v].hops, "seed %lu introducer %u", seed, v);
        cr_assert_eq(compare_ids(found.people + route.first, b.best[v].path, route.hops + 1), 0,
                     "seed %lu introducer %u: other people", seed, v);
    }
    cr_assert_eq(found.count, count, "seed %lu: too many routes", seed);
    kith_found_routes_free(&found);
    random_graph_free(&g);
    return count;
}

Test(routes, are_the_best_of_all_simple_paths)
{
    uint32_t routes = 0;

    for (uint64_t seed = 0; seed < 40000; seed++)
        routes += check_against_all_paths(seed, 0, false);
    cr_expect_gt(routes, 15000);
}

Test(routes, of_any_length_through_somebody_are_the_best_too)
{
    uint32_t routes = 0;

    for (uint64_t seed = 0; seed < 40000; seed++)
        routes += check_against_all_paths(seed, 0, true);
    cr_expect_gt(routes, 5000);
}

Test(routes, top_keeps_the_first)
{
    for (uint64_t seed = 0; seed < 2000; seed++)
        check_against_all_paths(seed, 1 + (uint32_t)(seed % 3), false);
}

Test(routes, a_route_through_one_person_need_not_be_two_shortest_halves)
{
    /* 0 asks for 5 through 4; from 1 the cheap way to 4 and the only way from 4 to 5 both use 2. */
    random_graph g = random_graph_of(6, (uint32_t[]){0, 1, 1, 2, 2, 4, 2, 5, 1, 3, 3, 4}, 6);

    for (uint32_t max_hops = 0; max_hops <= 5; max_hops += 5) {
        question q;
        ask(&q, &g.graph, 0);
        q.is_target[5] = true;
        q.query.via = 4;
        q.query.max_hops = max_hops;
        kith_found_routes found = answer(&q, 0);
        uint32_t expected[] = {0, 1, 3, 4, 2, 5};
        cr_assert_eq(found.count, 1);
        cr_expect_eq(found.routes[0].hops, 5);
        cr_expect_arr_eq(found.people, expected, sizeof expected);
        kith_found_routes_free(&found);
    }
    random_graph_free(&g);
}

static random_graph without_asker(const question *q)
{
    return random_graph_without_person(q->query.graph, q->query.from);
}

/** Cheapest ways from every person to the nearest target, by igraph, without the asker. */
static void oracle_ways(const question *q, double *way)
{
    random_graph rest = without_asker(q);
    igraph_t other;
    igraph_vector_t weights;
    igraph_matrix_t distances;

    igraph_oracle(&rest.graph, &other, &weights);
    igraph_matrix_init(&distances, 0, 0);
    if (q->query.unit_costs)
        igraph_distances(&other, &distances, igraph_vss_all(), igraph_vss_all(), IGRAPH_ALL);
    else
        igraph_distances_dijkstra(&other, &distances, igraph_vss_all(), igraph_vss_all(), &weights,
                                  IGRAPH_ALL);
    for (uint32_t v = 0; v < rest.graph.n; v++) {
        way[v] = IGRAPH_INFINITY;
        for (uint32_t t = 0; t < rest.graph.n; t++)
            if (q->is_target[t] && MATRIX(distances, v, t) < way[v])
                way[v] = MATRIX(distances, v, t);
    }
    igraph_matrix_destroy(&distances);
    igraph_vector_destroy(&weights);
    igraph_destroy(&other);
    random_graph_free(&rest);
}

static void check_against_igraph(uint64_t seed, bool unit_costs)
{
    random_graph g = random_graph_make(seed, PEOPLE);
    question q;
    double way[PEOPLE];
    uint32_t reachable = 0;

    ask(&q, &g.graph, (uint32_t)(seed % g.graph.n));
    for (uint32_t v = 0; v < g.graph.n; v += 5)
        q.is_target[v] = v != q.query.from;
    q.query.unit_costs = unit_costs;
    kith_found_routes found = answer(&q, 0);
    oracle_ways(&q, way);
    for (uint64_t e = g.offset[q.query.from]; e < g.offset[q.query.from + 1]; e++)
        reachable += way[g.target[e]] < IGRAPH_INFINITY;
    cr_assert_eq(found.count, reachable, "seed %lu", seed);
    for (uint32_t i = 0; i < found.count; i++) {
        uint32_t introducer = found.people[found.routes[i].first + 1];
        uint64_t e = kith_graph_tie(&g.graph, q.query.from, introducer);
        double expected = way[introducer] + (unit_costs ? 1 : g.cost[e]);
        cr_assert_eq((double)found.routes[i].cost, expected, "seed %lu introducer %u", seed, introducer);
        cr_assert(!unit_costs || found.routes[i].hops == found.routes[i].cost);
    }
    kith_found_routes_free(&found);
    random_graph_free(&g);
}

Test(routes, hops_agree_with_igraph_distances)
{
    for (uint64_t seed = 0; seed < 240; seed++)
        check_against_igraph(seed, true);
}

Test(routes, costs_agree_with_igraph_dijkstra)
{
    for (uint64_t seed = 0; seed < 240; seed++)
        check_against_igraph(seed, false);
}

/** Labels of everyone by a search that goes everywhere. */
static kith_labels plain_labels(const kith_ground *ground)
{
    kith_labels labels;
    uint32_t max_hops = ground->query->max_hops;

    if (max_hops > 0)
        cr_assert_eq(kith_labels_by_hops(ground, max_hops - 1, NULL, UINT32_MAX, &labels, NULL), KITH_OK);
    else
        cr_assert_eq(kith_labels_unlimited(ground, NULL, UINT32_MAX, &labels, NULL), KITH_OK);
    return labels;
}

static void check_against_plain_labels(const question *q, const kith_found_routes *found, uint32_t top)
{
    const kith_route_query *query = &q->query;
    kith_ground ground = kith_ground_of(query);
    kith_labels labels = plain_labels(&ground);
    uint32_t people[MOST_PEOPLE];
    uint32_t count = 0;

    for (uint64_t e = query->graph->offset[query->from]; e < query->graph->offset[query->from + 1]; e++)
        count += kith_label_latest(&labels, query->graph->target[e]) != NULL;
    cr_assert_eq(found->count, top > 0 && top < count ? top : count);
    for (uint32_t i = 0; i < found->count; i++) {
        const uint32_t *way = found->people + found->routes[i].first + 1;
        const kith_label *label = kith_label_latest(&labels, way[0]);
        uint64_t first = kith_graph_tie(query->graph, query->from, way[0]);
        cr_assert_eq(found->routes[i].cost, kith_first_cost(&ground, first) + label->cost);
        cr_assert_eq(found->routes[i].hops, label->hops + 1);
        cr_assert(kith_label_follow(&ground, &labels, label, 0, people));
        cr_assert_arr_eq(way + 1, people, label->hops * sizeof *people);
    }
    kith_labels_free(&labels);
}

Test(routes, are_those_of_a_search_that_goes_everywhere)
{
    for (uint64_t seed = 0; seed < 8000 + 800; seed++) {
        random_graph g = random_graph_make(seed, seed < 8000 ? PEOPLE : MOST_PEOPLE);
        question q = random_question(&g.graph, seed);
        q.query.via = UINT32_MAX;
        q.query.max_hops = seed % 3 ? (uint32_t)(seed / 3 % 14) : 0;
        uint32_t top = (uint32_t)(seed % 5);
        for (uint32_t v = 0; v < g.graph.n && seed % 4; v++)
            q.is_target[v] = q.is_target[v] && v % 8 == 0;
        kith_found_routes found = answer(&q, top);
        check_against_plain_labels(&q, &found, top);
        kith_found_routes_free(&found);
        random_graph_free(&g);
    }
}

Test(routes, every_person_on_a_route_is_tied_to_the_next)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        question q = random_question(&g.graph, seed);
        kith_found_routes found = answer(&q, 0);
        for (uint32_t i = 0; i < found.count; i++) {
            const uint32_t *people = found.people + found.routes[i].first;
            cr_assert_eq(people[0], q.query.from);
            cr_assert(q.is_target[people[found.routes[i].hops]]);
            for (uint32_t k = 0; k < found.routes[i].hops; k++)
                cr_assert_neq(kith_graph_tie(&g.graph, people[k], people[k + 1]), UINT64_MAX);
        }
        kith_found_routes_free(&found);
        random_graph_free(&g);
    }
}

/** A query of each kind: within a limit or not, through somebody or not. */
static question question_of_kind(const kith_graph *graph, uint32_t kind)
{
    question q;

    ask(&q, graph, 0);
    q.is_target[graph->n - 1] = true;
    q.query.max_hops = kind % 2 ? 6 : 0;
    q.query.via = kind / 2 ? graph->n / 2 : UINT32_MAX;
    q.query.handover = 357;
    return q;
}

static kith_code answer_and_free(void *ctx, kith_err *err)
{
    const question *q = ctx;
    kith_found_routes found;
    kith_code rc = kith_routes_per_introducer(&q->query, 0, &found, err);

    cr_assert(rc == KITH_OK || (found.count == 0 && !found.routes && !found.people));
    kith_found_routes_free(&found);
    return rc;
}

Test(routes, every_failed_allocation_is_told)
{
    random_graph g = random_graph_make(9, PEOPLE);

    for (uint32_t kind = 0; kind < 4; kind++) {
        question q = question_of_kind(&g.graph, kind);
        settle(&q);
        cr_expect_gt(each_failure(answer_and_free, &q), 0);
    }
    random_graph_free(&g);
}

/** Ticks still allowed before the search is to stop. */
static bool count_down(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    uint32_t *left = ctx;

    (void)phase;
    (void)done;
    (void)total;
    return (*left)-- > 0;
}

Test(routes, stop_when_asked)
{
    random_graph g = random_graph_make(9, PEOPLE);

    for (uint32_t kind = 0; kind < 4; kind++)
        for (uint32_t allowed = 0;; allowed++) {
            uint32_t left = allowed;
            kith_progress progress = {count_down, &left};
            question q = question_of_kind(&g.graph, kind);
            settle(&q);
            q.query.progress = &progress;
            kith_code rc = answer_and_free(&q, NULL);
            if (rc == KITH_OK) {
                cr_expect_gt(allowed, 0);
                break;
            }
            cr_assert_eq(rc, KITH_EINTERRUPT);
        }
    random_graph_free(&g);
}

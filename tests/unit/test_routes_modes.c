/* Every way to ask for routes, held against a list of all simple paths and against igraph. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "each_failure.h"
#include "graph/routes.h"
#include "igraph_oracle.h"
#include "random_graph.h"

enum { FEW = 8, PEOPLE = 60, SOME = 300, MANY = 2000, MOST_TIES = FEW * FEW, MOST_PATHS = 32768 };

/** A query of few people, and what it borrows. */
typedef struct question {
    kith_route_query query;
    uint32_t targets[FEW], exclude[FEW], only[FEW];
    uint8_t flags[FEW];
    uint64_t tie_costs[MOST_TIES];
    uint32_t first_costs[FEW];
} question;

typedef struct path {
    uint64_t cost;
    uint32_t hops;
    uint32_t people[FEW];
} path;

/** All simple paths that answer a question, in the order of routes. */
typedef struct all_paths {
    const question *q;
    path at_hand;
    path *found; /**< [MOST_PATHS] the same room for all questions, one after the other */
    uint32_t count;
} all_paths;

static bool in(const uint32_t *ids, uint32_t count, uint32_t id)
{
    for (uint32_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

static bool may_stand_between(const question *q, uint32_t person)
{
    return !(q->flags[person] & q->query.blocking) && !in(q->exclude, q->query.n_exclude, person) &&
           (!q->query.only || in(q->only, q->query.n_only, person));
}

static uint64_t cost_of(const question *q, uint32_t hops, uint64_t e)
{
    const kith_graph *g = q->query.graph;
    uint32_t from = q->query.from;

    if (hops == 0 && q->query.first_costs)
        return q->first_costs[e - g->offset[from]];
    if (q->query.unit_costs)
        return 1;
    return (q->query.tie_costs ? q->tie_costs[e] : g->cost[e]) + (hops > 0 ? q->query.handover : 0);
}

static void walk(all_paths *all)
{
    const question *q = all->q;
    const path here = all->at_hand;
    uint32_t last = here.people[here.hops];
    bool through =
        q->query.via == UINT32_MAX || (here.hops > 1 && in(here.people + 1, here.hops - 1, q->query.via));

    if (here.hops > 0 && through && in(q->targets, q->query.n_targets, last)) {
        cr_assert_lt(all->count, MOST_PATHS);
        all->found[all->count++] = here;
    }
    if ((here.hops > 0 && !may_stand_between(q, last)) ||
        (q->query.max_hops > 0 && here.hops == q->query.max_hops))
        return;
    for (uint64_t e = q->query.graph->offset[last]; e < q->query.graph->offset[last + 1]; e++) {
        uint32_t next = q->query.graph->target[e];
        if (in(here.people, here.hops + 1, next))
            continue;
        all->at_hand.people[here.hops + 1] = next;
        all->at_hand.hops = here.hops + 1;
        all->at_hand.cost = here.cost + cost_of(q, here.hops, e);
        walk(all);
        all->at_hand = here;
    }
}

static int by_route(const void *left, const void *right)
{
    const path *a = left, *b = right;

    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    if (a->hops != b->hops)
        return a->hops < b->hops ? -1 : 1;
    for (uint32_t i = 0; i <= a->hops; i++)
        if (a->people[i] != b->people[i])
            return a->people[i] < b->people[i] ? -1 : 1;
    return 0;
}

static all_paths list_all(const question *q)
{
    static path room[MOST_PATHS];
    all_paths all = {.q = q, .found = room};

    all.at_hand.people[0] = q->query.from;
    walk(&all);
    qsort(all.found, all.count, sizeof *all.found, by_route);
    return all;
}

static uint32_t pick(kith_rng *rng, const kith_graph *graph, uint32_t one_in, uint32_t *out)
{
    uint32_t count = 0;

    for (uint32_t v = 0; v < graph->n; v++)
        if (kith_rng_below(rng, one_in) == 0)
            out[count++] = v;
    return count;
}

/** Costs that exceed 16 bits, the same on both sides of a tie; small ones too, so that many are equal. */
static void random_costs(question *q, kith_rng *rng)
{
    const kith_graph *g = q->query.graph;
    uint64_t scale = kith_rng_below(rng, 2) ? UINT64_C(1) << 33 : 3;

    for (uint32_t a = 0; a < g->n; a++)
        for (uint64_t e = g->offset[a]; e < g->offset[a + 1]; e++)
            if (a < g->target[e]) {
                q->tie_costs[e] = 1 + kith_rng_below(rng, scale);
                q->tie_costs[kith_graph_tie(g, g->target[e], a)] = q->tie_costs[e];
            }
    q->query.tie_costs = q->tie_costs;
}

static void make_question(question *q, const kith_graph *graph, uint64_t seed)
{
    kith_rng rng;

    kith_rng_seed(&rng, seed * 7919 + 3);
    memset(q, 0, sizeof *q);
    q->query = (kith_route_query){.graph = graph, .blocking = 1, .via = UINT32_MAX, .flags = q->flags};
    q->query.from = (uint32_t)kith_rng_below(&rng, graph->n);
    q->query.targets = q->targets;
    q->query.n_targets = pick(&rng, graph, 3, q->targets);
    q->query.exclude = q->exclude;
    q->query.n_exclude = pick(&rng, graph, 12, q->exclude);
    for (uint32_t v = 0; v < graph->n; v++)
        q->flags[v] = kith_rng_below(&rng, 8) == 0 ? 1 : 2;
    if (kith_rng_below(&rng, 3) == 0) {
        q->query.only = q->only;
        for (uint32_t v = 0; v < graph->n; v++)
            if (kith_rng_below(&rng, 4))
                q->only[q->query.n_only++] = v;
    }
    q->query.max_hops = (uint32_t)kith_rng_below(&rng, 5);
    q->query.handover = kith_rng_below(&rng, 2) ? 357 : 0;
    q->query.unit_costs = kith_rng_below(&rng, 4) == 0;
    if (kith_rng_below(&rng, 4) == 0)
        random_costs(q, &rng);
    if (kith_rng_below(&rng, 4) == 0) {
        q->query.first_costs = q->first_costs;
        for (uint32_t i = 0; i < FEW; i++)
            q->first_costs[i] = 1 + (uint32_t)kith_rng_below(&rng, 3);
    }
    if (kith_rng_below(&rng, 3) == 0) {
        q->query.via = (uint32_t)kith_rng_below(&rng, graph->n);
        if (q->query.via == q->query.from)
            q->query.via = UINT32_MAX;
    }
}

static void expect_path(const kith_found_routes *found, uint32_t i, const path *expected, uint64_t seed)
{
    cr_assert_lt(i, found->count, "seed %lu: route %u is missing", seed, i);
    const kith_found_route *r = &found->routes[i];
    cr_assert_eq(r->cost, expected->cost, "seed %lu route %u: %lu for %lu", seed, i, r->cost, expected->cost);
    cr_assert_eq(r->hops, expected->hops, "seed %lu route %u", seed, i);
    cr_assert_arr_eq(found->people + r->first, expected->people, (r->hops + 1) * sizeof *expected->people,
                     "seed %lu route %u: other people", seed, i);
}

typedef void check_one(const question *q, const all_paths *all, uint64_t seed, uint32_t *routes);

static void check_ranked(const question *q, const all_paths *all, uint64_t seed, uint32_t *routes)
{
    const uint32_t top = 1 + (uint32_t)(seed % 12);
    kith_found_routes found;

    cr_assert_eq(kith_routes_ranked(&q->query, top, &found, NULL), KITH_OK);
    cr_assert_eq(found.count, all->count < top ? all->count : top, "seed %lu: %u routes", seed, found.count);
    for (uint32_t i = 0; i < found.count; i++)
        expect_path(&found, i, &all->found[i], seed);
    *routes += found.count;
    kith_found_routes_free(&found);
}

static void check_shortest(const question *q, const all_paths *all, uint64_t seed, uint32_t *routes)
{
    const uint32_t top = 1 + (uint32_t)(seed % 7);
    kith_found_routes found;
    uint64_t total;
    uint32_t count = 0, ends, n_ended = 0;
    bool ended[FEW] = {false};

    if (q->query.via != UINT32_MAX)
        return;
    for (; count < all->count && all->found[count].cost == all->found[0].cost &&
           all->found[count].hops == all->found[0].hops;
         count++) {
        bool *end = &ended[all->found[count].people[all->found[count].hops]];
        n_ended += !*end;
        *end = true;
    }
    cr_assert_eq(kith_routes_shortest(&q->query, top, &found, &total, &ends, NULL), KITH_OK);
    cr_assert_eq(total, count, "seed %lu: %lu routes, not %u", seed, total, count);
    cr_assert_eq(ends, n_ended, "seed %lu: %u ends, not %u", seed, ends, n_ended);
    cr_assert_eq(found.count, count < top ? count : top);
    for (uint32_t i = 0; i < found.count; i++)
        expect_path(&found, i, &all->found[i], seed);
    *routes += found.count;
    kith_found_routes_free(&found);
}

/** The first path for each person at a place: 1 for introducers, 0 for targets. */
static void check_first_of_each(const kith_found_routes *found, const all_paths *all, bool introducers,
                                uint32_t top, uint64_t seed)
{
    bool seen[FEW] = {false};
    uint32_t count = 0;

    for (uint32_t i = 0; i < all->count && (top == 0 || count < top); i++) {
        const path *p = &all->found[i];
        uint32_t who = p->people[introducers ? 1 : p->hops];
        if (!seen[who])
            expect_path(found, count++, p, seed);
        seen[who] = true;
    }
    cr_assert_eq(found->count, count, "seed %lu: %u routes", seed, found->count);
}

static void check_per_target(const question *q, const all_paths *all, uint64_t seed, uint32_t *routes)
{
    const uint32_t top = (uint32_t)(seed % 3);
    kith_found_routes found;

    cr_assert_eq(kith_routes_per_target(&q->query, top, &found, NULL), KITH_OK);
    check_first_of_each(&found, all, false, top, seed);
    *routes += found.count;
    kith_found_routes_free(&found);
}

static void check_per_introducer(const question *q, const all_paths *all, uint64_t seed, uint32_t *routes)
{
    const uint32_t top = (uint32_t)(seed % 3);
    kith_found_routes found;

    cr_assert_eq(kith_routes_per_introducer(&q->query, top, &found, NULL), KITH_OK);
    check_first_of_each(&found, all, true, top, seed);
    *routes += found.count;
    kith_found_routes_free(&found);
}

static uint32_t check_all(check_one *check, uint64_t seeds)
{
    uint32_t routes = 0;

    for (uint64_t seed = 0; seed < seeds; seed++) {
        random_graph g = random_graph_make(seed, FEW);
        question q;
        make_question(&q, &g.graph, seed);
        all_paths all = list_all(&q);
        check(&q, &all, seed, &routes);
        random_graph_free(&g);
    }
    return routes;
}

Test(routes_modes, the_best_of_all_are_the_first_simple_paths)
{
    cr_expect_gt(check_all(check_ranked, 60000), 10000);
}

Test(routes_modes, shortest_are_all_simple_paths_as_good_as_the_best)
{
    cr_expect_gt(check_all(check_shortest, 60000), 5000);
}

Test(routes_modes, per_target_is_the_first_simple_path_to_each)
{
    cr_expect_gt(check_all(check_per_target, 60000), 5000);
}

Test(routes_modes, per_introducer_with_intermediates_and_costs_of_all_kinds)
{
    cr_expect_gt(check_all(check_per_introducer, 60000), 5000);
}

/** Sixty people, one asker and one target, no limit. */
static kith_route_query plain_query(const kith_graph *graph, const uint32_t *target)
{
    return (kith_route_query){.graph = graph, .via = UINT32_MAX, .targets = target, .n_targets = 1};
}

static double path_cost(const igraph_vector_int_t *edges, const igraph_vector_t *weights)
{
    double cost = 0;

    for (igraph_integer_t i = 0; i < igraph_vector_int_size(edges); i++)
        cost += VECTOR(*weights)[VECTOR(*edges)[i]];
    return cost;
}

Test(routes_modes, the_best_of_all_cost_what_igraphs_yen_says)
{
    enum { TOP = 12 };

    for (uint64_t seed = 0; seed < 120; seed++) {
        random_graph g = random_graph_make(seed, seed % 15 == 0 ? SOME : PEOPLE);
        const uint32_t target = g.graph.n - 1;
        kith_route_query query = plain_query(&g.graph, &target);
        igraph_t other;
        igraph_vector_t weights;
        igraph_vector_int_list_t paths;
        kith_found_routes found;

        if (g.graph.n > 1) {
            igraph_set_warning_handler(igraph_warning_handler_ignore); /* of people whom it cannot reach */
            igraph_oracle(&g.graph, &other, &weights);
            igraph_vector_int_list_init(&paths, 0);
            cr_assert_eq(
                igraph_get_k_shortest_paths(&other, &weights, NULL, &paths, TOP, 0, target, IGRAPH_ALL),
                IGRAPH_SUCCESS);
            cr_assert_eq(kith_routes_ranked(&query, TOP, &found, NULL), KITH_OK);
            cr_assert_eq(found.count, igraph_vector_int_list_size(&paths), "seed %lu", seed);
            for (uint32_t i = 0; i < found.count; i++)
                cr_assert_eq((double)found.routes[i].cost,
                             path_cost(igraph_vector_int_list_get_ptr(&paths, i), &weights),
                             "seed %lu route %u", seed, i);
            kith_found_routes_free(&found);
            igraph_vector_int_list_destroy(&paths);
            igraph_vector_destroy(&weights);
            igraph_destroy(&other);
        }
        random_graph_free(&g);
    }
}

Test(routes_modes, shortest_are_as_many_as_igraph_counts)
{
    for (uint64_t seed = 0; seed < 120; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        const uint32_t target = g.graph.n - 1;
        kith_route_query query = plain_query(&g.graph, &target);
        igraph_t other;
        igraph_vector_int_t counts;
        kith_found_routes found;
        uint64_t total;
        uint32_t ends;

        query.unit_costs = true;
        if (g.graph.n > 1) {
            igraph_set_warning_handler(igraph_warning_handler_ignore);
            igraph_oracle(&g.graph, &other, NULL);
            igraph_vector_int_init(&counts, 0);
            igraph_get_all_shortest_paths(&other, NULL, NULL, &counts, 0, igraph_vss_1(target), IGRAPH_ALL);
            cr_assert_eq(kith_routes_shortest(&query, 100000, &found, &total, &ends, NULL), KITH_OK);
            cr_assert_eq((igraph_integer_t)total, VECTOR(counts)[target], "seed %lu", seed);
            cr_assert_eq(found.count, total);
            cr_assert_eq(ends, total > 0);
            kith_found_routes_free(&found);
            igraph_vector_int_destroy(&counts);
            igraph_destroy(&other);
        }
        random_graph_free(&g);
    }
}

Test(routes_modes, per_target_costs_what_igraphs_dijkstra_says)
{
    for (uint64_t seed = 0; seed < 120; seed++) {
        random_graph g = random_graph_make(seed, seed % 15 == 0 ? MANY : PEOPLE);
        static uint32_t everyone[MANY];
        kith_route_query query = plain_query(&g.graph, everyone);
        igraph_t other;
        igraph_vector_t weights;
        igraph_matrix_t distances;
        kith_found_routes found;
        uint32_t reached = 0;

        for (uint32_t v = 0; v < g.graph.n; v++)
            everyone[v] = v;
        query.n_targets = g.graph.n;
        igraph_oracle(&g.graph, &other, &weights);
        igraph_matrix_init(&distances, 0, 0);
        igraph_distances_dijkstra(&other, &distances, igraph_vss_1(0), igraph_vss_all(), &weights,
                                  IGRAPH_ALL);
        cr_assert_eq(kith_routes_per_target(&query, 0, &found, NULL), KITH_OK);
        for (uint32_t v = 1; v < g.graph.n; v++)
            reached += MATRIX(distances, 0, v) < IGRAPH_INFINITY;
        cr_assert_eq(found.count, reached);
        for (uint32_t i = 0; i < found.count; i++) {
            uint32_t last = found.people[found.routes[i].first + found.routes[i].hops];
            cr_assert_eq((double)found.routes[i].cost, MATRIX(distances, 0, last), "seed %lu", seed);
        }
        kith_found_routes_free(&found);
        igraph_matrix_destroy(&distances);
        igraph_vector_destroy(&weights);
        igraph_destroy(&other);
        random_graph_free(&g);
    }
}

/** `stages` squares in a row: 2^stages shortest routes from person 0 to the last. */
static random_graph squares(uint32_t stages)
{
    uint32_t *pairs = malloc(stages * 8 * sizeof *pairs);

    cr_assert_not_null(pairs);
    for (uint32_t i = 0; i < stages; i++) {
        const uint32_t a = 3 * i;
        memcpy(pairs + 8 * (size_t)i, (uint32_t[]){a, a + 1, a, a + 2, a + 1, a + 3, a + 2, a + 3},
               8 * sizeof *pairs);
    }
    random_graph g = random_graph_of(3 * stages + 1, pairs, 4 * stages);
    free(pairs);
    return g;
}

Test(routes_modes, shortest_routes_beyond_number_are_counted_and_cut_off)
{
    const uint32_t stages[] = {1, 10, 63, 64, 100};

    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        random_graph g = squares(stages[i]);
        const uint32_t target = g.graph.n - 1;
        kith_route_query query = plain_query(&g.graph, &target);
        kith_found_routes found;
        uint64_t total;
        uint32_t ends;

        query.unit_costs = true;
        cr_assert_eq(kith_routes_shortest(&query, 50, &found, &total, &ends, NULL), KITH_OK);
        cr_expect_eq(total, stages[i] < 64 ? UINT64_C(1) << stages[i] : UINT64_MAX);
        cr_expect_eq(found.count, total < 50 ? total : 50);
        for (uint32_t r = 0; r < found.count; r++)
            cr_expect_eq(found.routes[r].hops, 2 * stages[i]);
        kith_found_routes_free(&found);
        random_graph_free(&g);
    }
}

typedef struct failing {
    kith_route_query query;
    uint32_t mode;
} failing;

static kith_code answer_and_free(void *ctx, kith_err *err)
{
    const failing *f = ctx;
    kith_found_routes found;
    uint64_t total;
    uint32_t ends;
    kith_code rc = f->mode == 0   ? kith_routes_ranked(&f->query, 4, &found, err)
                   : f->mode == 1 ? kith_routes_shortest(&f->query, 4, &found, &total, &ends, err)
                                  : kith_routes_per_target(&f->query, 4, &found, err);

    cr_assert(rc == KITH_OK || (found.count == 0 && !found.routes && !found.people));
    kith_found_routes_free(&found);
    return rc;
}

Test(routes_modes, every_failed_allocation_is_told)
{
    random_graph g = random_graph_make(9, PEOPLE);
    const uint32_t target = g.graph.n - 1;

    for (uint32_t kind = 0; kind < 12; kind++) {
        failing f = {.query = plain_query(&g.graph, &target), .mode = kind % 3};
        f.query.max_hops = kind / 3 % 2 ? 6 : 0;
        if (kind / 6 && f.mode != 1)
            f.query.via = g.graph.n / 2;
        cr_expect_gt(each_failure(answer_and_free, &f), 0);
    }
    random_graph_free(&g);
}

static bool never(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx, (void)phase, (void)done, (void)total;
    return false;
}

Test(routes_modes, stop_when_asked)
{
    random_graph g = random_graph_make(9, PEOPLE);
    const uint32_t target = g.graph.n - 1;
    const kith_progress progress = {never, NULL};
    failing f = {.query = plain_query(&g.graph, &target)};

    f.query.progress = &progress;
    for (f.mode = 0; f.mode < 3; f.mode++)
        cr_expect_eq(answer_and_free(&f, NULL), KITH_EINTERRUPT);
    random_graph_free(&g);
}

#include <criterion/criterion.h>
#include <omp.h>

#include "base/mem.h"
#include "each_failure.h"
#include "random_batch.h"
#include "random_graph.h"

static kith_found_routes *answers_new(const kith_route_batch *batch)
{
    return kith_calloc((size_t)batch->n_askers * batch->n_sets, sizeof(kith_found_routes));
}

static void answers_free(const kith_route_batch *batch, kith_found_routes *answers)
{
    for (size_t i = 0; i < (size_t)batch->n_askers * batch->n_sets; i++)
        kith_found_routes_free(&answers[i]);
    kith_free(answers);
}

static void expect_same(const kith_found_routes *a, const kith_found_routes *b, uint64_t seed)
{
    cr_assert_eq(a->count, b->count, "seed %lu: %u routes, not %u", seed, a->count, b->count);
    cr_assert_eq(a->people_count, b->people_count, "seed %lu", seed);
    for (uint32_t i = 0; i < a->count; i++) {
        cr_assert_eq(a->routes[i].cost, b->routes[i].cost, "seed %lu, route %u", seed, i);
        cr_assert_eq(a->routes[i].hops, b->routes[i].hops, "seed %lu, route %u", seed, i);
    }
    if (a->people_count > 0)
        cr_assert_arr_eq(a->people, b->people, a->people_count * sizeof *a->people);
}

/** @return how many routes there were. */
static uint64_t expect_one_by_one(const kith_route_batch *batch, uint32_t top, uint64_t seed)
{
    kith_found_routes *answers = answers_new(batch);
    uint64_t routes = 0;

    cr_assert_eq(kith_routes_batch(batch, top, answers, NULL), KITH_OK);
    for (uint32_t a = 0; a < batch->n_askers; a++)
        for (uint32_t s = 0; s < batch->n_sets; s++) {
            kith_route_query query = *batch->query;
            kith_found_routes alone;
            query.from = batch->askers[a];
            query.targets = batch->sets[s].targets;
            query.n_targets = batch->sets[s].n_targets;
            cr_assert_eq(kith_routes_per_introducer(&query, top, &alone, NULL), KITH_OK);
            expect_same(&answers[(size_t)a * batch->n_sets + s], &alone, seed);
            routes += alone.count;
            kith_found_routes_free(&alone);
        }
    answers_free(batch, answers);
    return routes;
}

Test(routes_batch, says_what_each_question_says_alone)
{
    uint64_t routes = 0;

    for (uint64_t seed = 0; seed < 120; seed++) {
        random_graph g = random_graph_make(seed, RANDOM_BATCH_PEOPLE);
        random_batch b;
        random_batch_make(&b, &g.graph, seed);
        omp_set_num_threads(1 + (int)(seed / 8 % 5)); /* sets are dealt out by how many there are */
        routes += expect_one_by_one(&b.batch, (uint32_t)(seed % 4), seed);
        random_graph_free(&g);
    }
    cr_expect_gt(routes, 40000);
}

Test(routes_batch, ways_longer_than_a_pass_can_tell_are_told_too)
{
    enum { LONG = 700 };
    uint32_t pairs[2 * LONG], askers[LONG], end = LONG;
    for (uint32_t i = 0; i < LONG; i++) {
        pairs[2 * i] = askers[i] = i;
        pairs[2 * i + 1] = i + 1;
    }
    random_graph g = random_graph_of(LONG + 1, pairs, LONG);
    const kith_route_query query = {.graph = &g.graph, .via = UINT32_MAX};
    const kith_target_set set = {&end, 1};
    const kith_route_batch batch = {&query, askers, LONG, &set, 1};
    kith_found_routes *answers = answers_new(&batch);

    cr_assert_eq(kith_routes_batch(&batch, 0, answers, NULL), KITH_OK);
    for (uint32_t i = 0; i < LONG; i++) {
        cr_assert_eq(answers[i].count, 1, "person %u", i);
        cr_assert_eq(answers[i].routes[0].hops, LONG - i);
        cr_assert_eq(answers[i].routes[0].cost, LONG - i);
    }
    answers_free(&batch, answers);
    random_graph_free(&g);
}

static kith_code answer_and_free(void *ctx, kith_err *err)
{
    const kith_route_batch *batch = ctx;
    kith_found_routes *answers = answers_new(batch);
    if (!answers)
        return kith_fail_memory(err, "answers");
    kith_code rc = kith_routes_batch(batch, 2, answers, err);

    answers_free(batch, answers);
    return rc;
}

Test(routes_batch, every_failed_allocation_is_told)
{
    random_graph g = random_graph_make(1, 30);
    random_batch b;

    random_batch_make(&b, &g.graph, 1);
    b.query.via = UINT32_MAX;
    for (uint32_t max_hops = 0; max_hops <= 3; max_hops += 3) {
        b.query.max_hops = max_hops;
        b.batch.n_askers = max_hops ? 4 : 40;
        b.batch.n_sets = 2;
        cr_expect_gt(each_failure(answer_and_free, &b.batch), 0);
    }
    random_graph_free(&g);
}

static bool stop(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx, (void)phase, (void)done, (void)total;
    return false;
}

Test(routes_batch, stops_when_asked)
{
    const kith_progress progress = {stop, NULL};
    random_graph g = random_graph_make(1, 30);
    random_batch b;

    random_batch_make(&b, &g.graph, 1);
    b.query.progress = &progress;
    cr_assert_eq(answer_and_free(&b.batch, NULL), KITH_EINTERRUPT);
    random_graph_free(&g);
}

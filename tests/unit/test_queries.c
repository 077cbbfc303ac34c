#include <criterion/criterion.h>

#include <kith/queries.h>

#include "base/rng.h"
#include "each_failure.h"
#include "small_net.h"
#include "temp_folder.h"

TestSuite(queries, .init = temp_folder_enter, .fini = temp_folder_leave);

/** A random network of `n` people, one in eight of them not to be introduced. */
static small_net *random_net(kith_rng *rng, uint32_t n)
{
    small_net *s = small_net_new(n);

    for (uint32_t a = 0; a < n; a++) {
        for (uint32_t b = a + 1; b < n; b++)
            if (kith_rng_below(rng, n) < 3)
                small_net_tie(s, a, b, (uint16_t)(1 + kith_rng_below(rng, 900)));
        if (kith_rng_below(rng, 8) == 0)
            small_net_flags(s, a, KITH_PERSON_DO_NOT_INTRODUCE);
    }
    return s;
}

static void expect_same(const kith_intro_result *a, const kith_intro_result *b)
{
    cr_assert_eq(a->from, b->from);
    cr_assert_eq(a->n_targets, b->n_targets);
    cr_assert_eq(a->max_hops, b->max_hops);
    cr_assert_eq(a->top, b->top);
    cr_assert_eq(a->n_routes, b->n_routes);
    for (uint32_t i = 0; i < a->n_routes; i++) {
        cr_assert_eq(a->routes[i].cost, b->routes[i].cost);
        cr_assert_eq(a->routes[i].hops, b->routes[i].hops);
        cr_assert_arr_eq(a->routes[i].people, b->routes[i].people,
                         ((size_t)a->routes[i].hops + 1) * sizeof(uint32_t));
    }
}

/** Every answer of the questions is what kith_intro says to each alone. @return how many have a route. */
static uint64_t expect_one_by_one(const kith_net *net, const kith_queries *queries)
{
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;
    kith_query_run *run;
    const kith_query *query;
    const kith_intro_result *result;
    uint64_t count = 0, found = 0;

    cr_assert_eq(kith_query_run_begin(net, &opts, queries, &run, NULL), KITH_OK);
    for (;; count++) {
        kith_intro_result alone;
        cr_assert_eq(kith_query_run_next(run, &query, &result, NULL), KITH_OK);
        if (!query)
            break;
        cr_assert_eq(query, &queries->list[count], "answers come in the order of questions");
        opts.from = query->from;
        opts.max_hops = query->max_hops;
        opts.top = query->top;
        opts.targets = queries->sought[query->sought].ids;
        opts.n_targets = queries->sought[query->sought].count;
        cr_assert_eq(kith_intro(net, &opts, &alone, NULL), KITH_OK);
        expect_same(&alone, result);
        found += alone.n_routes > 0;
        kith_intro_free(&alone);
    }
    cr_assert_eq(count, queries->count);
    cr_assert_eq(kith_query_run_found(run), found);
    kith_query_run_end(run);
    return found;
}

Test(queries, answers_together_are_those_of_each_alone)
{
    enum { PEOPLE = 24, GROUPS = 5, QUESTIONS = 60 };
    uint64_t found = 0, none = 0;
    kith_rng rng;

    kith_rng_seed(&rng, 7);
    for (int round = 0; round < 60; round++) {
        small_net *s = random_net(&rng, PEOPLE);
        uint32_t members[GROUPS][3];
        kith_ids sought[GROUPS];
        kith_query list[QUESTIONS];
        kith_queries queries = {.list = list, .count = QUESTIONS, .sought = sought, .n_sought = GROUPS};
        for (uint32_t g = 0; g < GROUPS; g++) {
            for (uint32_t i = 0; i < 3; i++)
                members[g][i] = i * (PEOPLE / 3) + (uint32_t)kith_rng_below(&rng, PEOPLE / 3);
            sought[g] = (kith_ids){members[g], 3};
        }
        for (uint32_t i = 0; i < QUESTIONS; i++)
            list[i] =
                (kith_query){(uint32_t)kith_rng_below(&rng, PEOPLE), (uint32_t)kith_rng_below(&rng, GROUPS),
                             (uint32_t)kith_rng_below(&rng, 4), (uint32_t)kith_rng_below(&rng, 3)};
        uint64_t some = expect_one_by_one(small_net_open(s), &queries);
        found += some;
        none += QUESTIONS - some;
        small_net_free(s);
    }
    cr_assert_gt(found, 100);
    cr_assert_gt(none, 100);
}

/** 0 - 1 - 2 - 3 - 4; 3 and 4 are at Acme, 0 and 1 in a cohort. */
static small_net *line(void)
{
    small_net *s = small_net_from_ties(5, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}, {3, 4}}, 4, NULL);

    small_net_value(s, 3, KITH_FIELD_COMPANY, "Acme");
    small_net_value(s, 4, KITH_FIELD_COMPANY, "Acme");
    small_net_value(s, 0, KITH_FIELD_COHORT, "2024");
    small_net_value(s, 1, KITH_FIELD_COHORT, "2024");
    return s;
}

Test(queries, every_asker_asks_once_for_every_group_in_the_order_named)
{
    small_net *s = line();
    const char *from[] = {"id:1", "cohort:2024"}, *to[] = {"company:Acme", "id:2"};
    const kith_query_words words = {.from = from, .n_from = 2, .to = to, .n_to = 2, .max_hops = 2, .top = 4};
    kith_queries q;

    cr_assert_eq(kith_queries_make(small_net_open(s), &words, &q, NULL), KITH_OK);
    cr_assert_eq(q.count, 4);
    cr_assert_eq(q.n_sought, 2);
    for (uint32_t i = 0; i < 4; i++) {
        cr_assert_eq(q.list[i].from, i < 2 ? 1 : 0);
        cr_assert_str_eq(q.words[q.list[i].sought], to[i % 2]);
        cr_assert_eq(q.list[i].max_hops, 2);
        cr_assert_eq(q.list[i].top, 4);
    }
    cr_assert_eq(q.sought[0].count, 2);
    cr_assert_eq(expect_one_by_one(small_net_open(s), &q), 3, "0 has three ties to Acme");
    kith_queries_free(&q);
    small_net_free(s);
}

/** The outcome of a file of questions with this text. */
static kith_code make_from_file(const kith_net *net, const char *text, kith_queries *q, kith_err *err)
{
    const kith_query_words words = {.path = "q.csv", .max_hops = 3, .top = 10};

    put_file("q.csv", text);
    return kith_queries_make(net, &words, q, err);
}

Test(queries, rows_of_a_file_may_have_limits_of_their_own)
{
    small_net *s = line();
    kith_queries q;

    cr_assert_eq(make_from_file(small_net_open(s),
                                "Top,to,from,max_hops\n5,company:Acme,cohort:2024,\n,id:2,id:0,0\n", &q,
                                NULL),
                 KITH_OK);
    cr_assert_eq(q.count, 3);
    cr_assert(q.list[0].from == 0 && q.list[0].max_hops == 3 && q.list[0].top == 5);
    cr_assert(q.list[1].from == 1 && q.list[1].max_hops == 3 && q.list[1].top == 5);
    cr_assert(q.list[2].from == 0 && q.list[2].max_hops == 0 && q.list[2].top == 10);
    cr_assert_eq(expect_one_by_one(small_net_open(s), &q), 3);
    kith_queries_free(&q);
    small_net_free(s);
}

Test(queries, a_bad_row_is_told_with_its_file_and_line)
{
    static const struct {
        const char *bytes;
        uint64_t line;
    } bad[] = {
        {"from,till\nid:0,id:1\n", 1},
        {"from,to\nid:0,id:3\nid:0,Nobody Atall\n", 3},
        {"from,to\nNobody Atall,id:3\n", 2},
        {"from,to\nid:0,\n", 2},
        {"from,to,top\n\nid:0,id:3,-1\n", 3},
        {"from,to,max_hops\nid:0,id:3,4294967296\n", 2},
        {"from,to\n", 0},
        {"", 0},
    };
    small_net *s = line();

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        kith_queries q;
        kith_err err = KITH_ERR_NONE;
        cr_assert_eq(make_from_file(small_net_open(s), bad[i].bytes, &q, &err), KITH_EDATA);
        cr_assert_str_eq(err.file, "q.csv");
        cr_assert_eq(err.line, bad[i].line, "%zu: %s", i, err.message);
        cr_assert_neq(err.message[0], '\0');
        cr_assert_eq(q.count, 0);
    }
    small_net_free(s);
}

static kith_code ask_all(void *ctx, kith_err *err)
{
    const char *from[] = {"cohort:2024"}, *to[] = {"company:Acme", "id:2"};
    const kith_query_words words = {.from = from, .n_from = 1, .to = to, .n_to = 2, .max_hops = 3, .top = 1};
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;
    kith_query_run *run = NULL;
    const kith_query *query = NULL;
    const kith_intro_result *result;
    kith_queries q;
    kith_code rc = kith_queries_make(ctx, &words, &q, err);

    if (!rc)
        rc = kith_query_run_begin(ctx, &opts, &q, &run, err);
    do
        if (!rc)
            rc = kith_query_run_next(run, &query, &result, err);
    while (!rc && query);
    kith_query_run_end(run);
    kith_queries_free(&q);
    return rc;
}

Test(queries, every_failed_allocation_is_told_and_leaves_nothing)
{
    small_net *s = line();

    ask_all((void *)small_net_open(s), NULL);
    each_failure(ask_all, (void *)small_net_open(s));
    small_net_free(s);
}

/* Every kind of answer that kith_intro gives: rules of consent in each, strengths, novelty, costs, near
 * misses. */
#include <criterion/criterion.h>

#include <math.h>

#include "analysis/intro_ties.h"
#include "each_failure.h"
#include "small_net.h"

enum { HANDOVER = 357 /* round(-1000 ln 0.7) */ };

static const kith_intro_mode modes[] = {KITH_INTRO_PER_INTRODUCER, KITH_INTRO_ALL, KITH_INTRO_SHORTEST,
                                        KITH_INTRO_PER_TARGET};
enum { MODES = sizeof modes / sizeof *modes };

static kith_intro_result routes_of(small_net *s, kith_intro_opts opts)
{
    kith_intro_result result;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_intro(small_net_open(s), &opts, &result, &err), KITH_OK, "%s", err.message);
    return result;
}

#define ASK(...) ((kith_intro_opts){.via = UINT32_MAX, __VA_ARGS__})
#define TO(...)                                                                                              \
    .targets = (const uint32_t[]){__VA_ARGS__}, .n_targets = sizeof((const uint32_t[]){__VA_ARGS__}) / 4

/** 0 - 1 - 3 and 0 - 2 - 3, as good as each other. */
static small_net *square(void)
{
    return small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {0, 2}, {1, 3}, {2, 3}}, 4,
                               (const uint16_t[]){100, 100, 100, 100});
}

static bool stands_on(const kith_intro_result *r, uint32_t person)
{
    for (uint32_t i = 0; i < r->n_routes; i++)
        for (uint32_t k = 0; k <= r->routes[i].hops; k++)
            if (r->routes[i].people[k] == person)
                return true;
    return false;
}

/* ---- consent ---- */

Test(intro_answers, who_is_not_to_be_introduced_introduces_nobody)
{
    for (size_t m = 0; m < MODES; m++) {
        small_net *s = square();
        small_net_flags(s, 1, KITH_PERSON_DO_NOT_INTRODUCE);
        kith_intro_result r = routes_of(s, ASK(TO(3), .mode = modes[m]));
        cr_expect_eq(r.n_routes, 1);
        cr_expect_not(stands_on(&r, 1));
        kith_intro_free(&r);
        small_net_free(s);
    }
}

Test(intro_answers, who_is_not_to_be_introduced_is_no_target)
{
    for (size_t m = 0; m < MODES; m++) {
        small_net *s = square();
        small_net_flags(s, 3, KITH_PERSON_DO_NOT_INTRODUCE);
        kith_intro_result r = routes_of(s, ASK(TO(1, 3), .mode = modes[m]));
        cr_expect_eq(r.n_targets, 1);
        cr_expect_gt(r.n_routes, 0);
        cr_expect_not(stands_on(&r, 3));
        kith_intro_free(&r);
        small_net_free(s);
    }
}

Test(intro_answers, who_is_not_to_be_introduced_may_ask)
{
    for (size_t m = 0; m < MODES; m++) {
        small_net *s = square();
        small_net_flags(s, 0, KITH_PERSON_DO_NOT_INTRODUCE);
        kith_intro_result r = routes_of(s, ASK(TO(3), .mode = modes[m]));
        cr_expect_gt(r.n_routes, 0);
        kith_intro_free(&r);
        small_net_free(s);
    }
}

/** 0 - 1 - 2 - 3, where 3 is sought and at Acme as 1 is. */
static small_net *line_to_acme(void)
{
    small_net *s = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}}, 3,
                                       (const uint16_t[]){100, 200, 300});
    small_net_value(s, 1, KITH_FIELD_COMPANY, "ACME");
    small_net_value(s, 3, KITH_FIELD_COMPANY, "Acme");
    return s;
}

Test(intro_answers, how_near_tells_of_nobody_who_is_not_to_be_introduced)
{
    small_net *colleague = line_to_acme(), *between = line_to_acme();
    small_net_flags(colleague, 1, KITH_PERSON_DO_NOT_INTRODUCE);
    small_net_flags(between, 2, KITH_PERSON_DO_NOT_INTRODUCE);

    kith_intro_result r = routes_of(colleague, ASK(TO(3), .max_hops = 1));
    cr_expect(r.near.asked);
    cr_expect_eq(r.near.colleague.hops, 0);
    cr_expect_eq(r.near.nearest.hops, 0, "the only way leads through person 1");
    kith_intro_free(&r);
    r = routes_of(between, ASK(TO(3), .max_hops = 1));
    cr_expect_eq(r.near.colleague.hops, 1);
    cr_expect_eq(r.near.nearest.hops, 0);
    kith_intro_free(&r);
    small_net_free(colleague);
    small_net_free(between);
}

/* ---- how near ---- */

Test(intro_answers, without_a_route_the_nearest_and_a_colleague_are_told)
{
    small_net *s = line_to_acme();
    kith_intro_result r = routes_of(s, ASK(TO(3), .max_hops = 2));

    cr_assert_eq(r.n_routes, 0);
    cr_assert_eq(r.near.nearest.hops, 3);
    cr_expect_arr_eq(r.near.nearest.people, ((const uint32_t[]){0, 1, 2, 3}), 16);
    cr_expect_eq(r.near.n_beyond, 1);
    cr_assert_eq(r.near.colleague.hops, 1);
    cr_expect_eq(r.near.colleague.people[1], 1);
    cr_expect_eq(r.near.colleague.cost, 100);
    kith_intro_free(&r);
    r = routes_of(s, ASK(TO(3), .max_hops = 1));
    cr_expect_eq(r.near.nearest.hops, 3);
    cr_expect_eq(r.near.n_beyond, 0, "three ties are two beyond the limit");
    kith_intro_free(&r);
    r = routes_of(s, ASK(TO(3), .max_hops = 3));
    cr_expect_eq(r.n_routes, 1);
    cr_expect_not(r.near.asked);
    kith_intro_free(&r);
    small_net_free(s);
}

Test(intro_answers, colleagues_have_all_of_the_name_of_a_company_and_no_more)
{
    static const struct {
        const char *theirs, *sought;
        bool same;
    } names[] = {{"ACME", "Acme", true},
                 {"Acme Robotics", "Acme", false},
                 {"Acme", "Acme Robotics", false},
                 {"***", "***", true},
                 {"***", "**", false},
                 {"Robotics Acme", "Acme Robotics", false},
                 {"\u682a\u5f0f", "\u682a\u5f0f", true}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        small_net *s = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}}, 3,
                                           (const uint16_t[]){100, 200, 300});
        small_net_value(s, 1, KITH_FIELD_COMPANY, names[i].theirs);
        small_net_value(s, 3, KITH_FIELD_COMPANY, names[i].sought);
        kith_intro_result r = routes_of(s, ASK(TO(3), .max_hops = 1));
        cr_expect_eq(r.near.colleague.hops, names[i].same, "%s, %s", names[i].theirs, names[i].sought);
        kith_intro_free(&r);
        small_net_free(s);
    }
}

Test(intro_answers, all_are_counted_who_are_one_tie_beyond_the_limit)
{
    /* 0 - 1 - 2, who knows 3, 4 and 5; 5 knows 6 */
    small_net *s =
        small_net_from_ties(7, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}, {2, 4}, {2, 5}, {5, 6}}, 6,
                            (const uint16_t[]){100, 100, 100, 100, 100, 100});

    for (uint32_t max_hops = 1; max_hops <= 2; max_hops++) {
        kith_intro_result r = routes_of(s, ASK(TO(3, 5, 6), .max_hops = max_hops));
        cr_expect_eq(r.near.nearest.hops, 3);
        cr_expect_eq(r.near.n_beyond, max_hops == 2 ? 2 : 0);
        kith_intro_free(&r);
    }
    small_net_free(s);
}

/* ---- costs ---- */

Test(intro_answers, costs_by_interactions_are_those_of_the_benchmark)
{
    cr_expect_eq(kith_cost_ldbc_sqrt(1), 39);
    cr_expect_eq(kith_cost_ldbc_sqrt(5), 38, "40 - 2.236 is 37.76");
    cr_expect_eq(kith_cost_ldbc_sqrt(400), 20);
    cr_expect_eq(kith_cost_ldbc_sqrt(1521), 1);
    cr_expect_eq(kith_cost_ldbc_sqrt(1000000), 1);
    cr_expect_eq(kith_cost_ldbc_inv(0), UINT64_C(1) << 32);
    cr_expect_eq(kith_cost_ldbc_inv(1), UINT64_C(1) << 31);
    cr_expect_eq(kith_cost_ldbc_inv(3), UINT64_C(1) << 30);
    cr_expect_eq(kith_cost_ldbc_sqrt(0.5), 39, "40 - 0.707 is 39.29");
    cr_expect_eq(kith_cost_ldbc_sqrt(2.5), 38, "40 - 1.581 is 38.42");
    cr_expect_eq(kith_cost_ldbc_inv(0.5), (UINT64_C(1) << 32) * 2 / 3);
    cr_expect_eq(kith_cost_ldbc_inv(7), UINT64_C(1) << 29);
}

static void wrote(small_net *s, uint32_t a, uint32_t b, uint32_t count)
{
    const kith_reason messages = {.kind = KITH_EVIDENCE_MESSAGES,
                                  .count = count,
                                  .first = KITH_NO_DATE,
                                  .last = KITH_NO_DATE,
                                  .weight = 0.6,
                                  .factor = 0.5};

    small_net_evidence(s, a, b, &messages);
}

Test(intro_answers, messages_decide_where_costs_say_so)
{
    small_net *s = square();
    wrote(s, 0, 2, 5);
    wrote(s, 2, 3, 5);
    wrote(s, 0, 1, 400); /* and 1 and 3 never wrote to each other */

    kith_intro_result r = routes_of(s, ASK(TO(3), .cost = KITH_COST_LDBC_SQRT));
    cr_assert_eq(r.n_routes, 1);
    cr_expect_eq(r.routes[0].people[1], 2);
    cr_expect_eq(r.routes[0].cost, 38 + 38);
    cr_expect_float_eq(r.routes[0].chance, exp(-(200.0 + HANDOVER) / 1000), 1e-15);
    kith_intro_free(&r);
    r = routes_of(s, ASK(TO(3), .cost = KITH_COST_LDBC_INV));
    cr_assert_eq(r.n_routes, 2, "1 / (0 + 1) is a cost too");
    cr_expect_eq(r.routes[0].cost, 2 * (((uint64_t)1 << 32) / 6));
    cr_expect_eq(r.routes[1].cost, ((uint64_t)1 << 32) + ((uint64_t)1 << 32) / 401);
    kith_intro_free(&r);
    small_net_free(s);
}

/** A row that states a tie and tells of so many interactions, or of none. */
static void stated(small_net *s, uint32_t a, uint32_t b, uint32_t rows, double interactions)
{
    const kith_reason reason = {.kind = KITH_EVIDENCE_STATED_TIE,
                                .count = rows,
                                .first = KITH_NO_DATE,
                                .last = KITH_NO_DATE,
                                .weight = 0.4,
                                .factor = 1,
                                .interactions = interactions};

    small_net_evidence(s, a, b, &reason);
}

Test(intro_answers, where_nobody_tells_of_interactions_rows_stand_for_them)
{
    small_net *s = small_net_from_ties(2, (const uint32_t[][2]){{0, 1}}, 1, NULL);

    stated(s, 0, 1, 5, 0);
    kith_intro_result r = routes_of(s, ASK(TO(1), .cost = KITH_COST_LDBC_SQRT));
    cr_assert_eq(r.n_routes, 1);
    cr_expect_eq(r.routes[0].cost, 38);
    kith_intro_free(&r);
    small_net_free(s);
}

Test(intro_answers, interactions_of_a_tie_are_its_messages_or_what_its_rows_tell)
{
    /* 0 - 1 - 3 by messages and a table; of 2 - 3 nothing is told. */
    small_net *s = square();
    wrote(s, 0, 1, 5);
    stated(s, 0, 1, 9, 9);
    stated(s, 1, 3, 1, 2.5);
    stated(s, 0, 2, 1, 400);
    stated(s, 2, 3, 1, 0);

    kith_intro_result r = routes_of(s, ASK(TO(3), .cost = KITH_COST_LDBC_SQRT));
    cr_assert_eq(r.n_routes, 1);
    cr_expect_eq(r.routes[0].people[1], 1);
    cr_expect_eq(r.routes[0].cost, 38 + 38);
    kith_intro_free(&r);
    small_net_free(s);
}

Test(intro_answers, interactions_order_shortest_routes_by_hops_alone)
{
    small_net *s = square();
    stated(s, 0, 1, 1, 3);
    stated(s, 2, 3, 1, 3.5);

    kith_intro_result r = routes_of(s, ASK(TO(3), .mode = KITH_INTRO_SHORTEST, .cost = KITH_COST_HOPS));
    cr_assert_eq(r.n_routes, 2);
    cr_expect_eq(r.routes[0].people[1], 1, "as ids are");
    cr_expect_eq(r.routes[0].interactions, 3);
    kith_intro_free(&r);
    r = routes_of(s, ASK(TO(3), .mode = KITH_INTRO_SHORTEST, .cost = KITH_COST_HOPS, .by_interactions = true,
                         .top = 1));
    cr_assert_eq(r.n_routes, 1);
    cr_expect_eq(r.n_all, 2);
    cr_expect_eq(r.routes[0].people[1], 2);
    cr_expect_eq(r.routes[0].interactions, 3.5);
    kith_intro_free(&r);
    for (uint32_t mode = 0; mode < MODES; mode++) {
        const kith_intro_opts opts = ASK(TO(3), .mode = modes[mode], .by_interactions = true);
        cr_expect_eq(kith_intro(small_net_open(s), &opts, &r, NULL), KITH_EUSAGE);
    }
    small_net_free(s);
}

Test(intro_answers, strength_leaves_handovers_out)
{
    /* 0 - 1 directly at 500, or over 2 at 100 + 100: a handover would make that 557. */
    small_net *s = small_net_from_ties(3, (const uint32_t[][2]){{0, 1}, {0, 2}, {2, 1}}, 3,
                                       (const uint16_t[]){500, 100, 100});
    kith_intro_result r = routes_of(s, ASK(TO(1), .cost = KITH_COST_STRENGTH));
    cr_assert_eq(r.n_routes, 2);
    cr_expect_eq(r.routes[0].hops, 2);
    cr_expect_eq(r.routes[0].cost, 200);
    kith_intro_free(&r);
    r = routes_of(s, ASK(TO(1)));
    cr_expect_eq(r.routes[0].hops, 1);
    kith_intro_free(&r);
    small_net_free(s);
}

/* ---- novelty ---- */

Test(intro_answers, novelty_is_greatest_where_half_of_the_contacts_are_shared)
{
    cr_expect_float_eq(kith_novelty(0), 0.5, 1e-15);
    cr_expect_float_eq(kith_novelty(1), 0.5, 1e-15);
    cr_expect_float_eq(kith_novelty(0.5), 1, 1e-15);
    cr_expect_float_eq(kith_novelty(0.1), 0.68, 1e-15);
    cr_expect_float_eq(kith_novelty(0.9), 0.68, 1e-15);
}

Test(intro_answers, novelty_weighs_the_first_tie)
{
    /* 0 knows 1 and 2; 1 knows 4 as 0 does. 3 is sought. J(0,1) = |{4}| / |{1,2,4} + {0,3,4} - 1| = 1/5,
     * J(0,2) = 0 / 5. */
    small_net *s =
        small_net_from_ties(5, (const uint32_t[][2]){{0, 1}, {0, 2}, {0, 4}, {1, 4}, {1, 3}, {2, 3}}, 6,
                            (const uint16_t[]){150, 100, 2000, 100, 100, 100});
    kith_intro_result r = routes_of(s, ASK(TO(3), .novelty = true, .max_hops = 2));

    cr_assert_eq(r.n_routes, 2);
    cr_expect_eq(r.routes[0].people[1], 1);
    cr_expect_float_eq(r.routes[0].novelty, 0.5 + 0.5 * 4 * 0.2 * 0.8, 1e-15);
    cr_expect_eq(r.routes[0].cost, 150 + 100 + HANDOVER + 198, "-1000 ln 0.82 is 198.5 less a little");
    cr_expect_float_eq(r.routes[0].chance, exp(-(250.0 + HANDOVER) / 1000), 1e-15, "the chance is as it was");
    cr_expect_float_eq(r.routes[1].novelty, 0.5, 1e-15);
    cr_expect_eq(r.routes[1].cost, 100 + 100 + HANDOVER + 693);
    kith_intro_free(&r);
    r = routes_of(s, ASK(TO(3), .max_hops = 2));
    cr_expect_eq(r.routes[0].people[1], 2);
    cr_expect_eq(r.routes[0].novelty, 1);
    kith_intro_free(&r);
    small_net_free(s);
}

/* ---- ties that are too weak ---- */

Test(intro_answers, a_tie_of_the_least_strength_counts_and_a_weaker_one_does_not)
{
    const struct {
        uint16_t cost;
        double least;
        uint32_t routes;
    } cases[] = {{693, 0.5, 1}, {694, 0.5, 0}, {916, 0.4, 1}, {917, 0.4, 0}, {357, 0.7, 1}, {358, 0.7, 0}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small_net *s = small_net_from_ties(2, (const uint32_t[][2]){{0, 1}}, 1, &cases[i].cost);
        kith_intro_result r = routes_of(s, ASK(TO(1), .min_strength = cases[i].least));
        cr_expect_eq(r.n_routes, cases[i].routes, "%u at %g", cases[i].cost, cases[i].least);
        kith_intro_free(&r);
        small_net_free(s);
    }
}

/* ---- the rest ---- */

Test(intro_answers, a_batch_of_any_mode_answers_as_one_by_one)
{
    const uint32_t askers[] = {0, 3, 1};
    kith_ids sought[] = {{(uint32_t[]){2, 3}, 2}, {(uint32_t[]){0}, 1}};

    for (size_t m = 0; m < MODES; m++) {
        small_net *s = square();
        kith_intro_opts opts = ASK(.mode = modes[m], .novelty = m % 2 == 0);
        kith_intro_result results[6];
        cr_assert_eq(kith_intro_batch(small_net_open(s), &opts, askers, 3, sought, 2, results, NULL),
                     KITH_OK);
        for (uint32_t i = 0; i < 6; i++) {
            opts.from = askers[i / 2];
            opts.targets = sought[i % 2].ids;
            opts.n_targets = sought[i % 2].count;
            kith_intro_result one = routes_of(s, opts);
            cr_assert_eq(results[i].n_routes, one.n_routes);
            for (uint32_t k = 0; k < one.n_routes; k++) {
                cr_assert_eq(results[i].routes[k].cost, one.routes[k].cost);
                cr_assert_arr_eq(results[i].routes[k].people, one.routes[k].people,
                                 4 * (one.routes[k].hops + 1));
            }
            kith_intro_free(&one);
            kith_intro_free(&results[i]);
        }
        small_net_free(s);
    }
}

Test(intro_answers, questions_that_make_no_sense)
{
    const uint32_t nobody[] = {9};
    const kith_intro_opts wrong[] = {
        (kith_intro_opts){TO(3), .mode = KITH_INTRO_SHORTEST, .via = 1},
        ASK(TO(3), .novelty = true, .cost = KITH_COST_HOPS),
        ASK(TO(3), .novelty = true, .cost = KITH_COST_LDBC_INV),
        ASK(TO(3), .min_strength = 1.5),
        ASK(TO(3), .min_strength = -1),
        ASK(TO(3), .only = nobody, .n_only = 1),
    };
    small_net *s = square();

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        kith_intro_result r;
        cr_expect_eq(kith_intro(small_net_open(s), &wrong[i], &r, NULL), KITH_EUSAGE, "case %zu", i);
        cr_expect_null(r.routes);
    }
    small_net_free(s);
}

typedef struct question {
    const kith_net *net;
    kith_intro_opts opts;
} question;

static kith_code ask(void *ctx, kith_err *err)
{
    const question *q = ctx;
    kith_intro_result r;
    kith_code rc = kith_intro(q->net, &q->opts, &r, err);

    kith_intro_free(&r);
    return rc;
}

Test(intro_answers, every_failed_allocation)
{
    small_net *s = line_to_acme();
    const kith_intro_opts asked[] = {
        ASK(TO(3), .mode = KITH_INTRO_ALL, .top = 3, .novelty = true),
        ASK(TO(3), .mode = KITH_INTRO_SHORTEST, .top = 3),
        ASK(TO(3), .mode = KITH_INTRO_PER_TARGET, .min_strength = 0.3),
        ASK(TO(3), .cost = KITH_COST_LDBC_INV),
        ASK(TO(3), .max_hops = 2), /* near misses */
    };

    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        question q = {small_net_open(s), asked[i]};
        cr_expect_gt(each_failure(ask, &q), 4, "case %zu", i);
    }
    small_net_free(s);
}

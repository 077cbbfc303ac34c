/* A tie and all that is known of it; coefficients, which all of it rests on; the strongest ties of a person.
 */
#include <criterion/criterion.h>
#include <math.h>

#include <kith/build.h>
#include <kith/why.h>

#include "each_failure.h"
#include "random_graph.h"
#include "small_net.h"
#include "temp_folder.h"

/* ---- from rows to reasons ---- */

/** Every kind that a row can state, between a and b; all of d's messages to a go unanswered. */
static const char every_kind[] = "source,target,kind,date,count\n"
                                 "a,b,listed,2020-03-01,\n"
                                 "b,a,listed,2022-03-01,\n"
                                 "a,b,messages,2023-09-03,6\n"
                                 "b,a,messages,2024-03-01,2\n"
                                 "a,b,recommendation,2020-03-01,\n"
                                 "a,b,endorsement,2021-03-01,6\n"
                                 "a,b,worked together,2018-03-02,\n"
                                 "a,b,studied together,2010-01-01,\n"
                                 "a,b,mentorship,2016-03-01,\n"
                                 "a,b,stated tie,2019-01-01,\n"
                                 "a,b,manager,2019-02-01,\n"
                                 "c,a,listed,2024-03-01,\n"
                                 "c,b,listed,2024-03-01,\n"
                                 "d,a,messages,2024-03-01,5\n";

static kith_net *built(const kith_parameter *coefficients, uint32_t n_coefficients)
{
    static const char *const inputs[] = {"ties.csv"};
    const kith_build_opts opts = {
        .inputs = inputs, .n_inputs = 1, .coefficients = coefficients, .n_coefficients = n_coefficients};
    kith_err err = KITH_ERR_NONE;
    kith_net *net = NULL;

    put_file("ties.csv", every_kind);
    cr_assert_eq(kith_load(&opts, &net, NULL, &err), KITH_OK, "%s", err.message);
    return net;
}

static kith_why_result tie_of(const kith_net *net, const char *a, const char *b)
{
    kith_why_opts opts = KITH_WHY_DEFAULTS;
    kith_why_result result;

    opts.who = kith_net_find_key(net, a);
    opts.other = kith_net_find_key(net, b);
    cr_assert_eq(kith_why(net, &opts, &result, NULL), KITH_OK);
    return result;
}

static const kith_reason *reason_of(const kith_why_result *result, kith_evidence kind)
{
    for (uint32_t i = 0; i < result->n_reasons; i++)
        if (result->reasons[i].kind == kind)
            return &result->reasons[i];
    cr_assert_fail("no %s", kith_evidence_name(kind));
    return NULL;
}

#define DAY(year, month, day) small_net_day((year), (month), (day))

/** What is wanted of a kind, by the formulas of docs/measures.md. */
typedef struct wanted {
    kith_evidence kind;
    uint32_t count;
    kith_day first, last;
    double weight, factor;
} wanted;

static void expect_reason(const kith_why_result *result, wanted w)
{
    const kith_reason *r = reason_of(result, w.kind);
    const char *name = kith_evidence_name(w.kind);

    cr_expect_eq(r->count, w.count, "%s: %u", name, r->count);
    cr_expect_eq(r->first, w.first, "%s: %d", name, (int)r->first);
    cr_expect_eq(r->last, w.last, "%s: %d", name, (int)r->last);
    cr_expect_float_eq(r->weight, w.weight, 1e-12, "%s: %g", name, r->weight);
    cr_expect_float_eq(r->factor, w.factor, 1e-6, "%s: %g", name, r->factor);
}

/** Strength by noisy-or: 1 - product of (1 - w f). */
static void expect_strength(const kith_why_result *result, const wanted *all, size_t count)
{
    double none = 1;

    for (size_t i = 0; i < count; i++)
        none *= 1 - all[i].weight * all[i].factor;
    cr_expect(result->tied);
    cr_expect_eq(result->n_reasons, count);
    cr_expect_eq(result->tie.cost, (uint32_t)lround(-1000 * log(1 - none)));
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

TestSuite(why, .init = temp_folder_enter, .fini = temp_folder_leave);

Test(why, every_kind_arrives_with_dates_counts_and_what_it_adds)
{
    kith_net *net = built(NULL, 0);
    kith_why_result why = tie_of(net, "a", "b");
    /* The as-of date is 2024-03-01. Six messages of 180 days before count three, two of the day itself two.
     * Four years are 1461 days, from 2018-03-02 there are 2191 days, from 2022-03-01 there are 731. Of a and
     * b each knows c; a knows d and both know each other, so they share one of a, b, c, d. */
    const wanted all[] = {
        {KITH_EVIDENCE_LISTED, 2, DAY(2020, 3, 1), DAY(2022, 3, 1), 0.10,
         0.5 + 0.5 * exp2(-731 / 365.25 / 4)},
        {KITH_EVIDENCE_LISTED_BY_BOTH, 2, DAY(2020, 3, 1), DAY(2022, 3, 1), 0.15, 1},
        {KITH_EVIDENCE_MESSAGES, 8, DAY(2023, 9, 3), DAY(2024, 3, 1), 0.60, 1 - exp(-1)},
        {KITH_EVIDENCE_RECOMMENDATION, 1, DAY(2020, 3, 1), DAY(2020, 3, 1), 0.50, 0.5},
        {KITH_EVIDENCE_ENDORSEMENT, 6, DAY(2021, 3, 1), DAY(2021, 3, 1), 0.10, 1 - exp(-2)},
        {KITH_EVIDENCE_WORKED, 1, DAY(2018, 3, 2), DAY(2018, 3, 2), 0.40, 1 - exp(-2191 / 365.25 / 3)},
        {KITH_EVIDENCE_STUDIED, 1, DAY(2010, 1, 1), DAY(2010, 1, 1), 0.20, 0},
        {KITH_EVIDENCE_MENTORSHIP, 1, DAY(2016, 3, 1), DAY(2016, 3, 1), 0.70, 1},
        {KITH_EVIDENCE_STATED_TIE, 1, DAY(2019, 1, 1), DAY(2019, 1, 1), 0.40, 1},
        {KITH_EVIDENCE_STATED_RELATION, 1, DAY(2019, 2, 1), DAY(2019, 2, 1), 0.40, 1},
        {KITH_EVIDENCE_SHARED_CONTACTS, 1, KITH_NO_DATE, KITH_NO_DATE, 0.20, 1. / 4},
    };

    for (size_t i = 0; i < COUNT(all); i++)
        expect_reason(&why, all[i]);
    expect_strength(&why, all, COUNT(all));
    cr_expect_eq(why.reasons[0].kind, KITH_EVIDENCE_MENTORSHIP, "what counts most stands first");
    kith_why_free(&why);
    kith_net_close(net);
}

Test(why, messages_that_were_never_answered)
{
    kith_net *net = built(NULL, 0);
    kith_why_result why = tie_of(net, "d", "a");
    const wanted all[] = {
        {KITH_EVIDENCE_MESSAGES, 5, DAY(2024, 3, 1), DAY(2024, 3, 1), 0.6, 0.25 * (1 - exp(-1))}};

    expect_reason(&why, all[0]);
    expect_strength(&why, all, 1);
    kith_why_free(&why);
    kith_net_close(net);
}

Test(why, coefficients_in_force_are_those_the_network_was_built_with)
{
    const kith_parameter ours[] = {
        {"weight_messages", 0.5},
        {"message_half_life_days", 90},
        {"message_scale", 10},
        {"message_one_way", 0.5},
        {"endorsement_scale", 6},
        {"weight_endorsement", 1},
        {"listed_half_life_years", 2},
        {"listed_least", 0},
        {"recommendation_half_life_years", 2},
        {"worked_scale_years", 6},
        {"weight_listed", 0.9},
        {"weight_listed", 0.3},
    };
    kith_net *net = built(ours, COUNT(ours));
    kith_why_result why = tie_of(net, "a", "b"), one_way = tie_of(net, "d", "a");

    expect_reason(&why, (wanted){KITH_EVIDENCE_LISTED, 2, DAY(2020, 3, 1), DAY(2022, 3, 1), 0.3,
                                 exp2(-731 / 365.25 / 2)});
    expect_reason(&why, (wanted){KITH_EVIDENCE_MESSAGES, 8, DAY(2023, 9, 3), DAY(2024, 3, 1), 0.5,
                                 1 - exp(-(6. / 4 + 2) / 10)});
    expect_reason(&why,
                  (wanted){KITH_EVIDENCE_RECOMMENDATION, 1, DAY(2020, 3, 1), DAY(2020, 3, 1), 0.5, 0.25});
    expect_reason(&why,
                  (wanted){KITH_EVIDENCE_ENDORSEMENT, 6, DAY(2021, 3, 1), DAY(2021, 3, 1), 1, 1 - exp(-1)});
    expect_reason(&why, (wanted){KITH_EVIDENCE_WORKED, 1, DAY(2018, 3, 2), DAY(2018, 3, 2), 0.4,
                                 1 - exp(-2191 / 365.25 / 6)});
    expect_reason(&one_way, (wanted){KITH_EVIDENCE_MESSAGES, 5, DAY(2024, 3, 1), DAY(2024, 3, 1), 0.5,
                                     0.5 * (1 - exp(-0.5))});
    kith_why_free(&why);
    kith_why_free(&one_way);
    kith_net_close(net);
}

Test(why, coefficients_that_make_no_sense_are_refused)
{
    static const kith_parameter bad[] = {{"weight_friendship", 0.5},    {"weight_listed", -0.1},
                                         {"weight_listed", 1.5},        {"weight_listed", NAN},
                                         {"message_half_life_days", 0}, {"handover", 0},
                                         {"handover", INFINITY}};
    static const char *const inputs[] = {"ties.csv"};

    put_file("ties.csv", every_kind);
    for (size_t i = 0; i < COUNT(bad); i++) {
        const kith_build_opts opts = {
            .inputs = inputs, .n_inputs = 1, .coefficients = &bad[i], .n_coefficients = 1};
        kith_err err = KITH_ERR_NONE;
        kith_net *net = NULL;

        cr_expect_eq(kith_load(&opts, &net, NULL, &err), KITH_ECONFIG);
        cr_expect_not_null(strstr(err.message, bad[i].name), "%s", err.message);
        cr_expect_null(net);
    }
}

Test(why, coefficients_are_described_with_the_value_they_have_by_default)
{
    kith_coefficient c, found;
    uint32_t count = 0;

    for (; kith_coefficient_describe(count, &c); count++) {
        cr_expect(c.least <= c.value && c.value <= c.most, "%s", c.name);
        cr_expect(strlen(c.meaning) > 0 && strlen(c.meaning) < 80, "%s", c.name);
        cr_expect_eq(kith_coefficient_check(c.name, c.least, NULL), KITH_OK);
        cr_expect_eq(kith_coefficient_check(c.name, c.most, NULL), KITH_OK);
        cr_assert(kith_coefficient_find(c.name, &found));
        cr_expect_eq(found.value, c.value);
    }
    cr_expect_gt(count, KITH_EVIDENCE_COUNT);
    cr_expect_not(kith_coefficient_find("", &found));
}

/* ---- people made by hand ---- */

Test(why, shared_contacts_of_strangers_best_first)
{
    static const uint32_t ties[][2] = {{0, 2}, {1, 2}, {0, 3}, {1, 3}, {0, 4}, {1, 4}, {0, 5}, {5, 6}};
    static const uint16_t costs[] = {100, 900, 500, 400, 400, 500, 1, 1};
    small_net *s = small_net_from_ties(7, ties, COUNT(ties), costs);
    const kith_net *net = small_net_open(s);
    kith_why_result why;

    cr_assert_eq(kith_why(net, &(kith_why_opts){.who = 0, .other = 1, .top = 2}, &why, NULL), KITH_OK);
    cr_expect_not(why.tied);
    cr_expect_eq(why.n_reasons, 0);
    cr_expect_eq(why.all_shared, 3);
    cr_expect_eq(why.n_shared, 2);
    cr_expect_eq(why.shared[0].id, 3, "900 like the next, and the lower id");
    cr_expect_eq(why.shared[0].who_cost, 500);
    cr_expect_eq(why.shared[0].other_cost, 400);
    cr_expect_eq(why.shared[1].id, 4);
    kith_why_free(&why);
    small_net_free(s);
}

Test(why, strongest_ties_of_a_person)
{
    static const uint32_t ties[][2] = {{2, 0}, {2, 1}, {2, 3}, {2, 4}, {0, 1}};
    static const uint16_t costs[] = {700, 300, 300, 900, 1};
    small_net *s = small_net_from_ties(6, ties, COUNT(ties), costs);
    const kith_net *net = small_net_open(s);
    kith_why_opts opts = KITH_WHY_DEFAULTS;
    kith_why_result why;

    opts.who = 2;
    opts.top = 3;
    cr_assert_eq(kith_why(net, &opts, &why, NULL), KITH_OK);
    cr_expect_eq(why.all_ties, 4);
    cr_assert_eq(why.n_ties, 3);
    cr_expect(why.ties[0].b == 1 && why.ties[1].b == 3 && why.ties[2].b == 0);
    kith_why_free(&why);
    opts.who = 5;
    cr_assert_eq(kith_why(net, &opts, &why, NULL), KITH_OK);
    cr_expect_eq(why.n_ties, 0);
    kith_why_free(&why);
    small_net_free(s);
}

Test(why, mentorships_both_ways)
{
    small_net *s = small_net_new(5);

    small_net_mentorship(s, 1, 3, 500, 600);
    small_net_mentorship(s, 3, 1, 100, 200);
    small_net_mentorship(s, 1, 3, 300, KITH_NO_DATE);
    small_net_mentorship(s, 1, 2, 50, 60);
    small_net_mentorship(s, 0, 3, 50, 60);
    small_net_mentorship(s, 4, 1, 50, 60);
    const kith_net *net = small_net_open(s);
    kith_why_result why;
    cr_assert_eq(kith_why(net, &(kith_why_opts){.who = 3, .other = 1}, &why, NULL), KITH_OK);
    cr_assert_eq(why.n_mentorships, 3);
    cr_expect_eq(why.mentorships[0].mentor, 3);
    cr_expect_eq(why.mentorships[0].start, 100);
    cr_expect_eq(why.mentorships[1].start, 300);
    cr_expect_eq(why.mentorships[2].start, 500);
    cr_expect_eq(why.mentorships[2].mentee, 3);
    kith_why_free(&why);
    small_net_free(s);
}

Test(why, people_who_do_not_exist_or_are_one)
{
    small_net *s = small_net_new(3);
    const kith_net *net = small_net_open(s);
    const kith_why_opts bad[] = {{.who = 3, .other = UINT32_MAX},
                                 {.who = UINT32_MAX, .other = UINT32_MAX},
                                 {.who = 0, .other = 3},
                                 {.who = 1, .other = 1}};

    for (size_t i = 0; i < COUNT(bad); i++) {
        kith_why_result why;
        kith_err err = KITH_ERR_NONE;
        cr_expect_eq(kith_why(net, &bad[i], &why, &err), KITH_EUSAGE);
        cr_expect_neq(err.message[0], '\0');
        cr_expect_null(why.shared);
    }
    small_net_free(s);
}

/** Whom both know, one person after another. */
static void expect_shared(const kith_net *net, uint32_t n, uint32_t a, uint32_t b)
{
    kith_why_result why;
    uint32_t count = 0, last_cost = 0;
    kith_tie x, y;

    cr_assert_eq(kith_why(net, &(kith_why_opts){.who = a, .other = b}, &why, NULL), KITH_OK);
    for (uint32_t v = 0; v < n; v++)
        count += kith_net_tie(net, a, v, &x) && kith_net_tie(net, b, v, &y);
    cr_expect_eq(why.n_shared, count);
    cr_expect_eq(why.tied, kith_net_tie(net, a, b, &x));
    for (uint32_t i = 0; i < why.n_shared; i++) {
        const kith_shared_contact *c = &why.shared[i];
        cr_assert(kith_net_tie(net, a, c->id, &x) && kith_net_tie(net, b, c->id, &y));
        cr_expect(c->who_cost == x.cost && c->other_cost == y.cost);
        cr_expect_geq(c->who_cost + c->other_cost, last_cost);
        last_cost = c->who_cost + c->other_cost;
    }
    kith_why_free(&why);
}

Test(why, shared_contacts_are_those_tied_to_both)
{
    for (uint64_t seed = 0; seed < 48; seed++) {
        random_graph random = random_graph_make(seed, 14);
        const kith_graph *g = &random.graph;
        small_net *s = small_net_new(g->n);

        for (uint32_t a = 0; a < g->n; a++)
            for (uint64_t i = g->offset[a]; i < g->offset[a + 1]; i++)
                if (a < g->target[i])
                    small_net_tie(s, a, g->target[i], g->cost[i]);
        const kith_net *net = small_net_open(s);
        for (uint32_t a = 0; a < g->n; a++)
            for (uint32_t b = 0; b < g->n; b++)
                if (a != b)
                    expect_shared(net, g->n, a, b);
        small_net_free(s);
        random_graph_free(&random);
    }
}

static kith_code ask_twice(void *ctx, kith_err *err)
{
    kith_why_result why;

    kith_code rc = kith_why(ctx, &(kith_why_opts){.who = 0, .other = 1}, &why, err);
    kith_why_free(&why);
    if (!rc)
        rc = kith_why(ctx, &(kith_why_opts){.who = 0, .other = UINT32_MAX}, &why, err);
    kith_why_free(&why);
    return rc;
}

Test(why, every_allocation_may_fail)
{
    static const uint32_t ties[][2] = {{0, 2}, {1, 2}};
    small_net *s = small_net_from_ties(3, ties, COUNT(ties), NULL);

    small_net_mentorship(s, 0, 1, 1, 2);
    cr_expect_geq(each_failure(ask_twice, (void *)small_net_open(s)), 3);
    small_net_free(s);
}

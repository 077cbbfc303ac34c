#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include <kith/diff.h>

#include "each_failure.h"
#include "small_net.h"

static kith_diff_result diff_of(small_net *before, small_net *after, kith_diff_opts opts)
{
    kith_diff_result result;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_diff(small_net_open(before), small_net_open(after), &opts, &result, &err), KITH_OK,
                 "%s", err.message);
    return result;
}

static const kith_change *only_change(const kith_diff_result *r, kith_change_kind kind)
{
    cr_assert_eq(r->changes[kind].total, 1, "kind %d: %lu", (int)kind, r->changes[kind].total);
    return r->changes[kind].items;
}

/* ---- who is who ---- */

Test(diff, two_people_become_one)
{
    small_net *before = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {0, 2}, {1, 3}}, 3, NULL);
    small_net *after = small_net_from_ties(3, (const uint32_t[][2]){{0, 1}, {0, 2}}, 2, NULL);

    small_net_key(before, 0, "ann");
    small_net_key(before, 1, "mail-1");
    small_net_key(after, 0, "ann");
    small_net_alias(after, 0, "mail-1");
    small_net_key(after, 1, "p2");
    small_net_key(after, 2, "p3");
    small_net_value(after, 1, KITH_FIELD_NAME, "p2");
    small_net_value(after, 2, KITH_FIELD_NAME, "p3");
    kith_diff_result r = diff_of(before, after, (kith_diff_opts){0});
    const kith_change *merged = only_change(&r, KITH_CHANGE_PERSON_MERGED);
    cr_expect_eq(merged->before[0], 1);
    cr_expect_eq(merged->after[0], 0);
    cr_expect_eq(kith_diff_count(&r), 1, "their tie is no loss, and those to others are theirs still");
    kith_diff_free(&r);
    r = diff_of(after, before, (kith_diff_opts){0});
    cr_expect_eq(only_change(&r, KITH_CHANGE_PERSON_SPLIT)->after[0], 1);
    cr_expect_eq(kith_diff_count(&r), 1);
    kith_diff_free(&r);
    small_net_free(before);
    small_net_free(after);
}

Test(diff, an_address_that_passes_to_a_colleague_moves_nobody)
{
    small_net *before = small_net_new(2), *after = small_net_new(2);

    small_net_alias(before, 0, "office@example.org");
    small_net_alias(after, 1, "office@example.org");
    kith_diff_result r = diff_of(before, after, (kith_diff_opts){0});
    cr_expect_eq(kith_diff_count(&r), 0);
    kith_diff_free(&r);
    small_net_free(before);
    small_net_free(after);
}

Test(diff, what_is_told_of_somebody)
{
    small_net *before = small_net_new(1), *after = small_net_new(1);

    small_net_value(before, 0, KITH_FIELD_SKILL, "sql");
    small_net_value(before, 0, KITH_FIELD_SKILL, "python");
    small_net_value(before, 0, KITH_FIELD_SKILL, "welding");
    small_net_value(after, 0, KITH_FIELD_SKILL, "sql");
    small_net_value(after, 0, KITH_FIELD_SKILL, "welding");
    small_net_value(after, 0, KITH_FIELD_SKILL, "python");
    small_net_value(before, 0, KITH_FIELD_COMPANY, "Acme");
    small_net_value(before, 0, KITH_FIELD_COMPANY, "Brill");
    small_net_value(after, 0, KITH_FIELD_COMPANY, "Brill");
    small_net_value(after, 0, KITH_FIELD_COMPANY, "Acme");
    small_net_value(after, 0, KITH_FIELD_NAME, "Ann Lee");
    small_net_flags(after, 0, KITH_PERSON_DO_NOT_INTRODUCE);
    kith_diff_result r = diff_of(before, after, (kith_diff_opts){0});
    const kith_change_list *told = &r.changes[KITH_CHANGE_PERSON_CHANGED];
    cr_assert_eq(told->total, 3, "the order of skills behind the first says nothing");
    cr_expect_eq(told->items[0].person.fact, KITH_FIELD_NAME);
    cr_expect_eq(told->items[1].person.fact, KITH_FIELD_COMPANY, "another one is preferred");
    cr_expect_eq(told->items[2].person.fact, KITH_FACT_DO_NOT_INTRODUCE);
    cr_expect_eq(r.people_changed, 1);
    kith_diff_free(&r);
    small_net_free(before);
    small_net_free(after);
}

/* ---- mentorships ---- */

Test(diff, several_mentorships_of_two_people)
{
    small_net *before = small_net_new(2), *after = small_net_new(2);
    const kith_day first = small_net_day(2020, 1, 1), second = small_net_day(2021, 1, 1),
                   third = small_net_day(2022, 1, 1), ended = small_net_day(2020, 6, 1);

    small_net_mentorship(before, 0, 1, first, KITH_NO_DATE);
    small_net_mentorship(before, 0, 1, second, KITH_NO_DATE);
    small_net_mentorship(after, 0, 1, first, ended);
    small_net_mentorship(after, 0, 1, second, KITH_NO_DATE);
    small_net_mentorship(after, 0, 1, third, KITH_NO_DATE);
    kith_diff_result r = diff_of(before, after, (kith_diff_opts){0});
    const kith_change *changed = only_change(&r, KITH_CHANGE_MENTORSHIP_CHANGED);
    cr_expect_eq(changed->mentorship.before, 0);
    cr_expect_eq(changed->mentorship.after, 0);
    cr_expect_eq(only_change(&r, KITH_CHANGE_MENTORSHIP_ADDED)->mentorship.after, 2);
    cr_expect_eq(kith_diff_count(&r), 2);
    kith_diff_free(&r);
    small_net_free(before);
    small_net_free(after);
}

Test(diff, a_start_that_becomes_known_is_a_change)
{
    small_net *before = small_net_new(2), *after = small_net_new(2);

    small_net_mentorship(before, 0, 1, KITH_NO_DATE, KITH_NO_DATE);
    small_net_mentorship(after, 0, 1, small_net_day(2020, 1, 1), KITH_NO_DATE);
    kith_diff_result r = diff_of(before, after, (kith_diff_opts){0});
    (void)only_change(&r, KITH_CHANGE_MENTORSHIP_CHANGED);
    cr_expect_eq(kith_diff_count(&r), 1);
    kith_diff_free(&r);
    small_net_free(before);
    small_net_free(after);
}

/* ---- brokers, routes, groups ---- */

Test(diff, brokers_come_rise_fall_and_go)
{
    /* A path: of six pairs of others 2 is between four, 1 and 3 between three. Then a star around 1. */
    small_net *path = small_net_from_ties(5, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}, {3, 4}}, 4, NULL);
    small_net *star = small_net_from_ties(5, (const uint32_t[][2]){{0, 1}, {1, 2}, {1, 3}, {1, 4}}, 4, NULL);
    kith_diff_result r = diff_of(path, star, (kith_diff_opts){.brokers = 3});
    const kith_change *risen = only_change(&r, KITH_CHANGE_BROKER_RISEN);
    const kith_broker_change *one = &r.brokers[risen->broker];

    cr_expect_eq(risen->after[0], 1);
    cr_expect_float_eq(one->share_before, 3.0 / 6, 1e-12);
    cr_expect_float_eq(one->share_after, 1, 1e-12);
    cr_expect_eq(one->rank_before, 2, "with 3, who has as large a share");
    cr_expect_eq(one->rank_after, 1);
    cr_assert_eq(r.changes[KITH_CHANGE_BROKER_GONE].total, 2);
    cr_expect_eq(r.changes[KITH_CHANGE_BROKER_GONE].items[0].before[0], 2, "the first before the second");
    cr_expect_eq(r.changes[KITH_CHANGE_BROKER_GONE].items[1].before[0], 3);
    cr_expect_eq(r.changes[KITH_CHANGE_BROKER_NEW].total + r.changes[KITH_CHANGE_BROKER_FALLEN].total, 0);
    kith_diff_free(&r);
    r = diff_of(path, star, (kith_diff_opts){.brokers = 1});
    cr_expect_eq(only_change(&r, KITH_CHANGE_BROKER_NEW)->after[0], 1,
                 "the second is no broker where one is");
    cr_expect_eq(only_change(&r, KITH_CHANGE_BROKER_GONE)->before[0], 2);
    kith_diff_free(&r);
    small_net_free(path);
    small_net_free(star);
}

static kith_diff_result routes_between(small_net *before, small_net *after, const char *to)
{
    return diff_of(before, after, (kith_diff_opts){.from = "key:p0", .to = &to, .n_to = 1, .max_hops = 3});
}

Test(diff, routes_open_and_close)
{
    /* 0-1-2 and 3 apart; then 0-1-3 and 2 apart. */
    small_net *before = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 2}}, 2, NULL);
    small_net *after = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 3}}, 2, NULL);

    for (uint32_t v = 2; v < 4; v++) {
        small_net_value(before, v, KITH_FIELD_COMPANY, "Acme");
        small_net_value(after, v, KITH_FIELD_COMPANY, "Acme");
    }
    small_net_value(after, 1, KITH_FIELD_COMPANY, "Acme");
    kith_diff_result r = routes_between(before, after, "company:acme");
    cr_assert_eq(r.changes[KITH_CHANGE_ROUTE_OPENED].total, 2, "also to 1, who came to Acme");
    const kith_route *route = &r.routes[1].routes[r.changes[KITH_CHANGE_ROUTE_OPENED].items[1].route];
    cr_expect_eq(route->people[route->hops], 3);
    cr_expect_eq(only_change(&r, KITH_CHANGE_ROUTE_CLOSED)->before[1], 2);
    kith_diff_free(&r);
    small_net_free(before);
    small_net_free(after);
}

Test(diff, a_person_is_followed_under_another_name)
{
    small_net *before = small_net_from_ties(2, (const uint32_t[][2]){{0, 1}}, 1, NULL);
    small_net *after = small_net_from_ties(2, (const uint32_t[][2]){{0, 1}}, 1, NULL);

    small_net_value(before, 1, KITH_FIELD_NAME, "Ann Lee");
    small_net_value(after, 1, KITH_FIELD_NAME, "Ann Moss");
    kith_diff_result r = routes_between(before, after, "Ann Moss");
    cr_expect_eq(r.changes[KITH_CHANGE_ROUTE_OPENED].total, 0);
    kith_diff_free(&r);
    r = routes_between(before, after, "Ann Lee");
    cr_expect_eq(r.changes[KITH_CHANGE_ROUTE_CLOSED].total, 0);
    cr_expect_eq(r.routes[1].n_routes, 1);
    kith_diff_free(&r);
    small_net_free(before);
    small_net_free(after);
}

Test(diff, somebody_unknown_to_both_is_an_error)
{
    small_net *s = small_net_new(2);
    const char *const to = "company:nowhere";
    kith_diff_result r;
    kith_err nowhere = KITH_ERR_NONE, nobody = KITH_ERR_NONE;

    cr_expect_eq(kith_diff(small_net_open(s), small_net_open(s),
                           &(kith_diff_opts){.from = "p0", .to = &to, .n_to = 1}, &r, &nowhere),
                 KITH_NOT_FOUND);
    cr_expect(strstr(nowhere.message, "nowhere"));
    cr_expect_eq(kith_diff(small_net_open(s), small_net_open(s),
                           &(kith_diff_opts){.from = "Nobody", .to = &to, .n_to = 1}, &r, &nobody),
                 KITH_NOT_FOUND);
    cr_expect(strstr(nobody.message, "Nobody"));
    small_net_free(s);
}

Test(diff, measures_of_groups)
{
    small_net *before = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 2}}, 2, NULL);
    small_net *after = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 2}}, 2, NULL);

    for (uint32_t v = 0; v < 2; v++) {
        small_net_value(before, v, KITH_FIELD_COMPANY, "Acme");
        small_net_value(after, v, KITH_FIELD_COMPANY, "ACME");
    }
    small_net_value(before, 3, KITH_FIELD_COMPANY, "Brill");
    small_net_value(after, 2, KITH_FIELD_COMPANY, "Acme");
    kith_diff_result r =
        diff_of(before, after, (kith_diff_opts){.grouped = true, .group = KITH_FIELD_COMPANY});
    static const struct {
        const char *group, *name;
        double before, after;
    } expected[] = {{"ACME", "people", 2, 3},
                    {"ACME", "ties_inside", 1, 2},
                    {"ACME", "ties_outside", 1, 0},
                    {"ACME", "density", 1, 2.0 / 3},
                    {"ACME", "mean_distance", 1, 4.0 / 3},
                    {"ACME", "clustering", NAN, 0}, /* two people have no triple */
                    {"Brill", "people", 1, 0}};
    enum { EXPECTED = sizeof expected / sizeof *expected };
    cr_assert_eq(r.changes[KITH_CHANGE_GROUP].total, EXPECTED);
    for (int i = 0; i < EXPECTED; i++) {
        const kith_group_change *m = &r.measures[r.changes[KITH_CHANGE_GROUP].items[i].measure];
        cr_expect_str_eq(m->group, expected[i].group);
        cr_expect_str_eq(m->name, expected[i].name);
        cr_expect(isnan(expected[i].before) ? isnan(m->before)
                                            : fabs(m->before - expected[i].before) < 1e-12);
        cr_expect_float_eq(m->after, expected[i].after, 1e-12);
    }
    kith_diff_free(&r);
    small_net_free(before);
    small_net_free(after);
}

/* ---- lists ---- */

Test(diff, lists_hold_the_first_and_tell_how_many_there_are)
{
    enum { LEAVES = 9000 };
    small_net *before = small_net_new(1), *after = small_net_new(1 + LEAVES);

    for (uint32_t v = 1; v <= LEAVES; v++)
        small_net_tie(after, 0, v, (uint16_t)(1 + (v * 7919) % LEAVES)); /* every cost once */
    kith_diff_result r = diff_of(before, after, (kith_diff_opts){.top = 3});
    const kith_change_list *ties = &r.changes[KITH_CHANGE_TIE_ADDED];
    cr_expect_eq(ties->total, LEAVES);
    cr_assert_eq(ties->count, 3);
    for (uint32_t i = 0; i < 3; i++)
        cr_expect_eq(ties->items[i].cost.after, i + 1, "the strongest first");
    cr_expect_eq(r.changes[KITH_CHANGE_PERSON_ADDED].total, LEAVES);
    kith_diff_free(&r);
    small_net_free(before);
    small_net_free(after);
}

static kith_code work(void *ctx, kith_err *err)
{
    static const char *const to = "company:acme";
    const kith_net *const *net = ctx;
    const kith_diff_opts opts = {
        .brokers = 2, .from = "key:p0", .to = &to, .n_to = 1, .grouped = true, .group = KITH_FIELD_COMPANY};
    kith_diff_result r;
    const kith_code rc = kith_diff(net[0], net[1], &opts, &r, err);

    kith_diff_free(&r);
    return rc;
}

Test(diff, every_failed_allocation_is_told)
{
    small_net *before = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 2}}, 2, NULL);
    small_net *after = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 3}}, 2, NULL);
    const kith_net *net[] = {small_net_open(before), NULL};

    small_net_value(after, 3, KITH_FIELD_COMPANY, "Acme");
    small_net_key(after, 2, "somebody-else");
    small_net_mentorship(after, 0, 1, KITH_NO_DATE, KITH_NO_DATE);
    net[1] = small_net_open(after);
    cr_expect_gt(each_failure(work, net), 0);
    small_net_free(before);
    small_net_free(after);
}

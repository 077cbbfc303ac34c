/* Mentors for mentees: each rule that keeps two apart, and what is told of those who stay without. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "base/rng.h"
#include "each_failure.h"
#include "pair_world.h"

static const double exact = 1e-6;

/* ---- hard rules: each world differs from the first in one thing ---- */

Test(mentor_match, a_mentor_who_offers_what_is_wanted_is_given)
{
    cr_assert_eq(mentor_given(pair_world(), NULL), MENTOR);
}

Test(mentor_match, a_mentor_has_no_more_mentees_than_places)
{
    small_net *s = pair_world();

    small_net_value(s, MENTOR, KITH_FIELD_CAPACITY, "0");
    cr_assert_eq(mentor_given(s, NULL), UINT32_MAX);

    s = pair_world();
    small_net_value(s, OTHER, KITH_FIELD_ROLE, "mentee");
    small_net_value(s, OTHER, KITH_FIELD_SKILL_WANTED, "python");
    kith_match_result r = match(s, NULL);
    cr_assert_eq(r.n_pairs, 1);
    kith_match_free(&r);
    r = match(s, &(kith_match_opts){.capacity = 2});
    cr_assert_eq(r.n_pairs, 2);
    kith_match_free(&r);
    small_net_free(s);
}

Test(mentor_match, a_running_mentorship_takes_up_a_place)
{
    const kith_mentorship running = {.mentor = MENTOR,
                                     .mentee = OTHER,
                                     .start = small_net_day(2023, 6, 1),
                                     .end = KITH_NO_DATE,
                                     .last_meeting = KITH_NO_DATE,
                                     .status = KITH_MENTORSHIP_ACTIVE,
                                     .programme = "Beacon",
                                     .cohort = ""};
    small_net *s = pair_world();

    small_net_mentorship_full(s, &running);
    cr_assert_eq(mentor_given(s, NULL), UINT32_MAX);

    s = pair_world();
    small_net_mentorship_full(s, &running);
    cr_assert_eq(mentor_given(s, &(kith_match_opts){.programme = "lighthouse"}), MENTOR);

    s = pair_world();
    small_net_mentorship(s, MENTOR, OTHER, small_net_day(2020, 6, 1), small_net_day(2021, 6, 1));
    cr_assert_eq(mentor_given(s, NULL), MENTOR);
}

Test(mentor_match, what_runs_on_the_as_of_date_takes_up_a_place)
{
    const kith_day before = small_net_day(2023, 6, 1), as_of = small_net_day(2024, 6, 1),
                   after = small_net_day(2025, 6, 1);
    const struct {
        kith_mentorship_status status;
        kith_day start, end;
        bool runs;
    } cases[] = {
        {KITH_MENTORSHIP_ACTIVE, before, KITH_NO_DATE, true},
        {KITH_MENTORSHIP_ACTIVE, as_of, as_of, true},
        {KITH_MENTORSHIP_ACTIVE, KITH_NO_DATE, KITH_NO_DATE, true},
        {KITH_MENTORSHIP_ACTIVE, after, KITH_NO_DATE, false},
        {KITH_MENTORSHIP_ACTIVE, before, as_of - 1, false},
        {KITH_MENTORSHIP_PENDING, before, after, true},
        {KITH_MENTORSHIP_PENDING, after, KITH_NO_DATE, false},
        {KITH_MENTORSHIP_UNKNOWN, before, KITH_NO_DATE, true},
        {KITH_MENTORSHIP_UNKNOWN, KITH_NO_DATE, KITH_NO_DATE, false},
        {KITH_MENTORSHIP_COMPLETED, before, after, false},
        {KITH_MENTORSHIP_ENDED, before, after, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small_net *s = pair_world();
        const kith_mentorship m = {.mentor = MENTOR,
                                   .mentee = OTHER,
                                   .start = cases[i].start,
                                   .end = cases[i].end,
                                   .last_meeting = KITH_NO_DATE,
                                   .status = cases[i].status,
                                   .programme = "",
                                   .cohort = ""};
        small_net_as_of(s, as_of);
        small_net_mentorship_full(s, &m);
        cr_expect_eq(mentor_given(s, NULL), cases[i].runs ? UINT32_MAX : MENTOR, "case %zu", i);
    }
}

Test(mentor_match, both_must_be_willing)
{
    small_net *s = small_net_new(2);

    small_net_value(s, MENTEE, KITH_FIELD_ROLE, "mentee");
    small_net_value(s, MENTEE, KITH_FIELD_SKILL_WANTED, "python");
    small_net_value(s, MENTOR, KITH_FIELD_SKILL, "python");
    cr_assert_eq(mentor_given(s, NULL), UINT32_MAX);

    s = small_net_new(2);
    small_net_value(s, MENTEE, KITH_FIELD_ROLE, "sponsor");
    small_net_value(s, MENTEE, KITH_FIELD_SKILL_WANTED, "python");
    add_mentor(s, MENTOR);
    cr_assert_eq(mentor_given(s, NULL), UINT32_MAX);
}

Test(mentor_match, without_roles_capacity_and_wishes_tell_who_takes_part)
{
    small_net *s = small_net_new(2);

    small_net_value(s, MENTEE, KITH_FIELD_SKILL_WANTED, "python");
    small_net_value(s, MENTOR, KITH_FIELD_SKILL, "python");
    small_net_value(s, MENTOR, KITH_FIELD_CAPACITY, "1");
    cr_assert_eq(mentor_given(s, NULL), MENTOR);
}

Test(mentor_match, who_must_not_be_introduced_is_nobodys_mentor)
{
    small_net *s = pair_world();

    small_net_flags(s, MENTOR, KITH_PERSON_DO_NOT_INTRODUCE);
    cr_assert_eq(mentor_given(s, NULL), UINT32_MAX);
    s = pair_world();
    small_net_flags(s, MENTEE, KITH_PERSON_DO_NOT_INTRODUCE);
    cr_assert_eq(mentor_given(s, NULL), MENTOR);
}

/** Whom the mentee is given where this is stated of mentee and mentor. */
static uint32_t given_where(uint32_t stated, const kith_match_opts *opts)
{
    small_net *s = pair_world();

    small_net_tie(s, MENTEE, MENTOR, SMALL_NET_COST);
    small_net_stated(s, MENTEE, MENTOR, stated);
    return mentor_given(s, opts);
}

Test(mentor_match, neither_ones_own_manager_nor_ones_report_is_given)
{
    const uint32_t is_manager = kith_stated_second(KITH_STATED_MANAGER),
                   is_report = kith_stated_first(KITH_STATED_MANAGER),
                   colleagues =
                       kith_stated_first(KITH_STATED_COLLEAGUE) | kith_stated_second(KITH_STATED_COLLEAGUE);

    cr_assert_eq(given_where(is_manager, NULL), UINT32_MAX);
    cr_assert_eq(given_where(is_report, NULL), UINT32_MAX);
    cr_assert_eq(given_where(is_manager | colleagues, NULL), UINT32_MAX);
}

Test(mentor_match, who_is_anything_else_may_be_given)
{
    cr_assert_eq(given_where(0, NULL), MENTOR);
    for (kith_stated stated = KITH_STATED_MANAGER; stated < KITH_STATED_COUNT; stated++)
        if (stated != KITH_STATED_MANAGER && stated != KITH_STATED_MENTOR)
            cr_assert_eq(given_where(kith_stated_first(stated) | kith_stated_second(stated), NULL), MENTOR,
                         "%d", (int)stated);
}

Test(mentor_match, a_stated_mentor_was_one_before)
{
    const kith_match_opts again = {.again = true};

    cr_assert_eq(given_where(kith_stated_second(KITH_STATED_MENTOR), NULL), UINT32_MAX);
    cr_assert_eq(given_where(kith_stated_second(KITH_STATED_MENTOR), &again), MENTOR);
    cr_assert_eq(given_where(kith_stated_first(KITH_STATED_MENTOR), NULL), MENTOR);
}

Test(mentor_match, earlier_pairs_are_made_again_only_where_asked)
{
    for (int again = 0; again < 2; again++) {
        small_net *s = pair_world();
        small_net_mentorship(s, MENTOR, MENTEE, small_net_day(2019, 1, 1), small_net_day(2020, 1, 1));
        cr_assert_eq(mentor_given(s, &(kith_match_opts){.again = again}), again ? MENTOR : UINT32_MAX);
    }
}

Test(mentor_match, those_to_be_kept_apart_are_whichever_way_round)
{
    const uint32_t one[][2] = {{MENTEE, MENTOR}}, other[][2] = {{MENTOR, MENTEE}},
                   none[][2] = {{MENTEE, OTHER}};

    cr_assert_eq(mentor_given(pair_world(), &(kith_match_opts){.apart = one, .n_apart = 1}), UINT32_MAX);
    cr_assert_eq(mentor_given(pair_world(), &(kith_match_opts){.apart = other, .n_apart = 1}), UINT32_MAX);
    cr_assert_eq(mentor_given(pair_world(), &(kith_match_opts){.apart = none, .n_apart = 1}), MENTOR);
}

Test(mentor_match, nobody_is_their_own_mentor)
{
    small_net *s = small_net_new(1);

    small_net_value(s, MENTEE, KITH_FIELD_ROLE, "both");
    small_net_value(s, MENTEE, KITH_FIELD_SKILL, "python");
    small_net_value(s, MENTEE, KITH_FIELD_SKILL_WANTED, "python");
    cr_assert_eq(mentor_given(s, NULL), UINT32_MAX);
}

Test(mentor_match, who_has_a_mentor_now_takes_part_only_where_asked)
{
    const kith_mentorship running = {.mentor = OTHER,
                                     .mentee = MENTEE,
                                     .start = small_net_day(2023, 6, 1),
                                     .end = KITH_NO_DATE,
                                     .last_meeting = KITH_NO_DATE,
                                     .status = KITH_MENTORSHIP_ACTIVE,
                                     .programme = "",
                                     .cohort = ""};

    for (int too = 0; too < 2; too++) {
        small_net *s = pair_world();
        small_net_mentorship_full(s, &running);
        cr_assert_eq(mentor_given(s, &(kith_match_opts){.mentored_too = too}), too ? MENTOR : UINT32_MAX);
    }
}

Test(mentor_match, only_those_asked_for_take_part)
{
    uint32_t other[] = {OTHER}, mentor[] = {MENTOR};
    const kith_ids others = {other, 1}, mentors = {mentor, 1};

    cr_assert_eq(mentor_given(pair_world(), &(kith_match_opts){.mentors = &others}), UINT32_MAX);
    cr_assert_eq(mentor_given(pair_world(), &(kith_match_opts){.mentees = &others}), UINT32_MAX);
    cr_assert_eq(mentor_given(pair_world(), &(kith_match_opts){.mentors = &mentors}), MENTOR);
}

Test(mentor_match, whatever_their_role_those_asked_for_are_mentors_only_where_asked)
{
    uint32_t other[] = {OTHER};
    const kith_ids asked = {other, 1};

    for (int whatever = 0; whatever < 2; whatever++) {
        small_net *s = pair_world();
        small_net_value(s, OTHER, KITH_FIELD_ROLE, "mentee");
        small_net_value(s, OTHER, KITH_FIELD_SKILL, "python");
        cr_expect_eq(mentor_given(s, &(kith_match_opts){.mentors = &asked, .whatever_role = whatever}),
                     whatever ? OTHER : UINT32_MAX);
    }
}

Test(mentor_match, pairs_that_fit_less_than_asked_are_not_made)
{
    /* python and sql: python is offered by one of one mentors, ln(1 + 1/2); sql by none, ln(1 + 1/1). */
    const double fit = log(1.5) / (log(1.5) + log(2));

    cr_assert_eq(mentor_given(pair_world(), &(kith_match_opts){.min_fit = fit - 0.01}), MENTOR);
    cr_assert_eq(mentor_given(pair_world(), &(kith_match_opts){.min_fit = fit + 0.01}), UINT32_MAX);
}

/* ---- who stays without ---- */

Test(mentor_match, each_who_stays_without_is_told_why)
{
    /* 0 and 2 want python, of which there is one place; 3 wants what nobody offers; 4 is free for nothing. */
    small_net *s = small_net_new(5);
    static const uint32_t mentees[] = {0, 2, 3};

    for (size_t i = 0; i < 3; i++) {
        small_net_value(s, mentees[i], KITH_FIELD_ROLE, "mentee");
        small_net_value(s, mentees[i], KITH_FIELD_SKILL_WANTED, i < 2 ? "python" : "welding");
    }
    add_mentor(s, 1);
    small_net_value(s, 4, KITH_FIELD_ROLE, "mentor");
    kith_match_result r = match(s, NULL);
    cr_assert_eq(r.n_pairs, 1);
    cr_assert_eq(r.pairs[0].mentee, 0); /* of equals the first */
    cr_assert_eq(r.n_unmatched, 3);
    cr_assert_eq(r.unmatched[0].person, 2);
    cr_assert_eq(r.unmatched[0].why, KITH_UNMATCHED_NO_PLACE);
    cr_assert_eq(r.unmatched[0].best, 1);
    cr_assert_str_eq(r.unmatched[0].help.skill, "python");
    cr_assert_eq(r.unmatched[1].person, 3);
    cr_assert_str_eq(r.unmatched[1].help.skill, "welding");
    cr_assert_eq(r.unmatched[1].help.people, 1);
    cr_assert_eq(r.unmatched[1].why, KITH_UNMATCHED_NOBODY_FITS);
    cr_assert(r.unmatched[2].is_mentor);
    cr_assert_eq(r.unmatched[2].person, 4);
    cr_assert_null(r.unmatched[2].help.skill);
    cr_assert_eq(r.n_wanted, 2);
    cr_assert_str_eq(r.wanted[0].skill, "python");
    cr_assert_eq(r.wanted[0].mentors, 1);
    cr_assert_str_eq(r.wanted[1].skill, "welding");
    cr_assert_eq(r.wanted[1].mentors, 0);
    cr_assert_eq(r.n_what_if, 1);
    cr_assert_eq(r.what_if[0].mentor, 1);
    cr_assert_float_eq(r.what_if[0].gain, 1, exact);
    cr_assert_eq(r.what_if[0].served, 2, "who wants it too and has no mentor");
    kith_match_free(&r);
    r = match(s, &(kith_match_opts){.what_if = true});
    cr_assert_eq(r.n_what_if, 2);
    cr_assert_eq(r.what_if[1].mentor, 4);
    cr_assert_eq(r.what_if[1].gain, 0);
    kith_match_free(&r);
    small_net_free(s);
}

Test(mentor_match, rules_that_leave_nobody_are_told_as_such)
{
    const uint32_t apart[][2] = {{MENTEE, MENTOR}};
    small_net *s = pair_world();
    kith_match_result r = match(s, &(kith_match_opts){.apart = apart, .n_apart = 1});

    cr_assert_eq(r.unmatched[0].why, KITH_UNMATCHED_NOBODY_ALLOWED);
    cr_assert_eq(r.unmatched[0].best, UINT32_MAX);
    kith_match_free(&r);
    small_net_free(s);
}

Test(mentor_match, the_greatest_total_is_not_the_stable_one)
{
    /* Mentor 2 is all that both mentees want. 0 comes first among equals and takes her; but 0 could do with
     * mentor 1 too, and 3 could not. */
    small_net *s = small_net_new(4);

    small_net_value(s, 0, KITH_FIELD_ROLE, "mentee");
    small_net_value(s, 0, KITH_FIELD_SKILL_WANTED, "sql");
    small_net_value(s, 0, KITH_FIELD_SKILL_WANTED, "python");
    small_net_value(s, 3, KITH_FIELD_ROLE, "mentee");
    small_net_value(s, 3, KITH_FIELD_SKILL_WANTED, "sql");
    add_mentor(s, 1);
    add_mentor(s, 2);
    small_net_value(s, 2, KITH_FIELD_SKILL, "sql");
    kith_match_result best = match(s, NULL), stable = match(s, &(kith_match_opts){.stable = true});
    cr_assert_eq(best.n_pairs, 2);
    cr_assert_eq(best.pairs[0].mentor, 1); /* 0 gives way to 3, whom only mentor 2 can help */
    cr_assert_eq(best.pairs[1].mentor, 2);
    cr_assert_eq(stable.n_pairs, 1);
    cr_assert_eq(stable.pairs[0].mentor, 2);
    cr_assert_gt(best.total_fit, stable.total_fit);
    kith_match_free(&best);
    kith_match_free(&stable);
    small_net_free(s);
}

Test(mentor_match, all_pairs_are_those_that_are_allowed)
{
    small_net *s = pair_world();

    add_mentor(s, OTHER);
    kith_match_result r = match(s, &(kith_match_opts){.all_pairs = true});
    cr_assert_eq(r.n_all_pairs, 2);
    cr_assert_eq(r.n_allowed, 2);
    cr_assert_eq(r.all_pairs[1].mentor, OTHER);
    cr_assert_eq(r.all_pairs[1].mentee, MENTEE);
    kith_match_free(&r);
    small_net_free(s);
}

Test(mentor_match, over_the_limit_nothing_is_matched)
{
    for (uint64_t most = 1; most <= 2; most++) {
        small_net *s = pair_world();
        add_mentor(s, OTHER);
        kith_match_result r = match(s, &(kith_match_opts){.most_pairs = most});
        cr_assert_eq(r.over_limit, most == 1);
        cr_assert_eq(r.n_pairs, most == 1 ? 0 : 1);
        cr_assert_eq(r.n_mentors, 2);
        kith_match_free(&r);
        small_net_free(s);
    }
}

/** Ids are dealt out anew, and the same pairs come out by key, also where several are as good. */
Test(mentor_match, people_in_any_order_get_the_same_pairs)
{
    enum { MENTEES = 7, MENTORS = 5, ALL = MENTEES + MENTORS };
    static const char *const skills[] = {"a", "b", "c", "d", "e", "f", "g"};
    char first[MENTEES][32] = {{0}};
    kith_rng rng;

    kith_rng_seed(&rng, 21);
    for (uint32_t round = 0; round < 40; round++) {
        uint32_t id[ALL];
        small_net *s = small_net_new(ALL);
        for (uint32_t i = 0; i < ALL; i++) {
            const uint32_t j = (uint32_t)kith_rng_below(&rng, i + 1);
            id[i] = id[j];
            id[j] = i;
        }
        for (uint32_t i = 0; i < ALL; i++) {
            char key[32];
            snprintf(key, sizeof key, "%s%u", i < MENTEES ? "e" : "t", i);
            small_net_key(s, id[i], key);
            small_net_value(s, id[i], KITH_FIELD_ROLE, i < MENTEES ? "mentee" : "mentor");
            /* A mentor offers a run of skills of their own length; a mentee wants some of a kind of their
             * own. */
            for (uint32_t k = 0; k < 7; k++)
                if (i >= MENTEES ? k >= i - MENTEES && k <= 2 * (i - MENTEES) : (i % 4 * 37 + 11) >> k & 1)
                    small_net_value(s, id[i], i < MENTEES ? KITH_FIELD_SKILL_WANTED : KITH_FIELD_SKILL,
                                    skills[k]);
        }
        kith_match_result r = match(s, NULL);
        cr_assert_gt(r.n_pairs, 2);
        for (uint32_t k = 0; k < r.n_pairs; k++) {
            kith_person mentee, mentor;
            kith_net_person(small_net_open(s), r.pairs[k].mentee, &mentee);
            kith_net_person(small_net_open(s), r.pairs[k].mentor, &mentor);
            char *kept = first[mentee.key[1] - '0'];
            if (round == 0)
                snprintf(kept, sizeof first[0], "%s", mentor.key);
            cr_assert_str_eq(kept, mentor.key, "round %u", round);
        }
        kith_match_free(&r);
        small_net_free(s);
    }
}

/* ---- misuse ---- */

Test(mentor_match, weights_below_0_and_all_0_are_refused)
{
    const double negative[KITH_FIT_PARTS] = {1, -1}, nothing[KITH_FIT_PARTS] = {0};
    small_net *s = pair_world();
    kith_match_result r;

    cr_assert_eq(kith_match(small_net_open(s), &(kith_match_opts){.weights = negative}, &r, NULL),
                 KITH_EUSAGE);
    cr_assert_eq(kith_match(small_net_open(s), &(kith_match_opts){.weights = nothing}, &r, NULL),
                 KITH_EUSAGE);
    small_net_free(s);
}

Test(mentor_match, a_table_of_topics_that_is_not_there_is_told)
{
    small_net *s = pair_world();
    kith_match_result r;

    cr_assert_eq(kith_match(small_net_open(s), &(kith_match_opts){.topics = "no/such/table.csv"}, &r, NULL),
                 KITH_ENOINPUT);
    small_net_free(s);
}

static kith_code match_and_free(void *ctx, kith_err *err)
{
    kith_match_result r;
    kith_code rc = kith_match(ctx, &(kith_match_opts){.all_pairs = true}, &r, err);

    kith_match_free(&r);
    return rc;
}

Test(mentor_match, every_allocation_may_fail)
{
    small_net *s = pair_world();

    small_net_tie(s, MENTEE, OTHER, SMALL_NET_COST);
    add_mentor(s, OTHER);
    cr_assert_gt(each_nth_failure(match_and_free, (void *)small_net_open(s), 7), 50);
    small_net_free(s);
}

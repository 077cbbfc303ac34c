/* Who could mentor next: each world differs from the first in one thing. As-of day is 2024-01-01. */
#include <criterion/criterion.h>

#include <kith/chains.h>

#include "each_failure.h"
#include "small_net.h"

enum { MENTOR, READY, WAITING, OTHER, LAST };

static const double exact = 1e-6;

/** 1 was mentored by 0 from 2018 to 2019 and offers what 2, who waits, wants. */
static small_net *world(void)
{
    small_net *s = small_net_new(LAST);

    small_net_mentorship(s, MENTOR, READY, small_net_day(2018, 1, 1), small_net_day(2019, 1, 1));
    small_net_value(s, READY, KITH_FIELD_ROLE, "mentee");
    small_net_value(s, READY, KITH_FIELD_SKILL, "python");
    small_net_value(s, WAITING, KITH_FIELD_ROLE, "mentee");
    small_net_value(s, WAITING, KITH_FIELD_SKILL_WANTED, "python");
    return s;
}

static kith_chains_result chains(small_net *s, const kith_chains_opts *opts)
{
    kith_chains_result r;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_chains(small_net_open(s), opts, &r, &err), KITH_OK, "%s", err.message);
    return r;
}

/** How many are ready. Frees the world. */
static uint32_t count_ready(small_net *s, const kith_chains_opts *opts)
{
    kith_chains_result r = chains(s, opts);
    const uint32_t count = r.n_ready;

    kith_chains_free(&r);
    small_net_free(s);
    return count;
}

static uint32_t count_all(small_net *s)
{
    return count_ready(s, &(kith_chains_opts){0});
}

static kith_mentorship mentorship(uint32_t mentor, uint32_t mentee, int year, kith_mentorship_status status)
{
    return (kith_mentorship){.mentor = mentor,
                             .mentee = mentee,
                             .start = small_net_day(year, 1, 1),
                             .end = KITH_NO_DATE,
                             .last_meeting = KITH_NO_DATE,
                             .status = status,
                             .programme = "Beacon",
                             .cohort = ""};
}

Test(ready, who_was_mentored_and_mentors_nobody_is_told_with_the_reason_and_for_whom)
{
    small_net *s = world();
    kith_chains_result r = chains(s, &(kith_chains_opts){0});

    cr_assert_eq(r.n_ready, 1);
    cr_assert_eq(r.ready_counted, 1);
    const kith_ready *ready = &r.ready[0];
    cr_assert_eq(ready->person, READY);
    cr_assert_eq(ready->over, 1);
    cr_assert_eq(ready->ended_early, 0);
    cr_assert_eq(ready->since, small_net_day(2018, 1, 1));
    cr_assert_eq(ready->last_end, small_net_day(2019, 1, 1));
    cr_assert_eq(ready->fitting, 1);
    cr_assert_eq(ready->n_mentees, 1);
    cr_assert_eq(ready->mentees[0].mentee, WAITING);
    cr_assert_float_eq(ready->mentees[0].fit, 1, exact);
    /* Nothing ended early, six years of ten, a mentee who fits wholly. */
    const double years = (small_net_day(2024, 1, 1) - small_net_day(2018, 1, 1)) / 3652.5;
    cr_assert_float_eq(ready->readiness, (1 + years + 1) / 3, exact);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(ready, who_mentors_already_is_not)
{
    small_net *s = world();

    small_net_mentorship(s, READY, OTHER, small_net_day(2022, 1, 1), small_net_day(2023, 1, 1));
    kith_chains_result r = chains(s, &(kith_chains_opts){0});
    for (uint32_t i = 0; i < r.n_ready; i++)
        cr_assert_neq(r.ready[i].person, READY);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(ready, who_has_a_mentor_now_or_will_is_not)
{
    static const struct {
        int year;
        kith_mentorship_status status;
    } others[] = {
        {2023, KITH_MENTORSHIP_ACTIVE}, {2023, KITH_MENTORSHIP_PENDING}, {2025, KITH_MENTORSHIP_PENDING}};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        small_net *s = world();
        const kith_mentorship other = mentorship(OTHER, READY, others[i].year, others[i].status);
        small_net_mentorship_full(s, &other);
        cr_assert_eq(count_all(s), 0, "case %zu", i);
    }
}

Test(ready, who_was_first_mentored_lately_is_not_unless_their_work_goes_back)
{
    for (int worked = 0; worked < 2; worked++) {
        small_net *s = small_net_new(LAST);
        small_net_mentorship(s, MENTOR, READY, small_net_day(2022, 6, 1), small_net_day(2023, 6, 1));
        if (worked)
            small_net_tenure(s, READY,
                             &(kith_tenure_view){.kind = KITH_TENURE_WORK,
                                                 .place = "Acme",
                                                 .title = "Clerk",
                                                 .start = small_net_day(2015, 1, 1),
                                                 .end = KITH_NO_DATE,
                                                 .current = true});
        cr_assert_eq(count_all(s), (uint32_t)worked);
    }
}

Test(ready, a_junior_is_not)
{
    static const char *const titles[] = {"Junior Clerk", "Intern", "Clerk", "Senior Clerk"};

    for (uint32_t t = 0; t < 4; t++) {
        small_net *s = world();
        small_net_value(s, READY, KITH_FIELD_TITLE, titles[t]);
        cr_assert_eq(count_all(s), t >= 2, "%s", titles[t]);
    }
}

Test(ready, who_must_not_be_introduced_is_not)
{
    small_net *s = world();

    small_net_flags(s, READY, KITH_PERSON_DO_NOT_INTRODUCE);
    cr_assert_eq(count_all(s), 0);
}

Test(ready, a_programme_asked_for_tells_where_they_were_mentored)
{
    for (int right = 0; right < 2; right++) {
        small_net *s = small_net_new(LAST);
        kith_mentorship past = mentorship(MENTOR, READY, 2018, KITH_MENTORSHIP_COMPLETED);
        past.end = small_net_day(2019, 1, 1);
        small_net_mentorship_full(s, &past);
        cr_assert_eq(count_ready(s, &(kith_chains_opts){.programme = right ? "beacon" : "lighthouse"}),
                     (uint32_t)right);
    }
}

Test(ready, the_three_waiting_who_fit_best_are_told_best_first)
{
    /* Mentees 2 to 6 want python and 0, 3, 1, 2, 0 things more that nobody offers. */
    static const uint32_t more[] = {0, 3, 1, 2, 0};
    static const char *const things[] = {"welding", "diving", "sailing"};
    small_net *s = small_net_new(7);

    small_net_mentorship(s, MENTOR, READY, small_net_day(2018, 1, 1), small_net_day(2019, 1, 1));
    small_net_value(s, READY, KITH_FIELD_SKILL, "python");
    for (uint32_t i = 0; i < 5; i++) {
        small_net_value(s, 2 + i, KITH_FIELD_ROLE, "mentee");
        small_net_value(s, 2 + i, KITH_FIELD_SKILL_WANTED, "python");
        for (uint32_t k = 0; k < more[i]; k++)
            small_net_value(s, 2 + i, KITH_FIELD_SKILL_WANTED, things[k]);
    }
    kith_chains_result r = chains(s, &(kith_chains_opts){0});
    const kith_ready *ready = &r.ready[0];
    cr_assert_eq(r.n_ready, 1);
    cr_assert_eq(ready->n_mentees, 3);
    cr_assert_eq(ready->mentees[0].mentee, 2); /* of equals the first */
    cr_assert_eq(ready->mentees[1].mentee, 6);
    cr_assert_eq(ready->mentees[2].mentee, 4);
    /* Of those ready, one of one offers python: ln(1 + 1/2) against ln 2 for each thing more. 0.37, 0.23. */
    cr_assert_eq(ready->fitting, 3);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(ready, comes_by_falling_readiness_and_no_more_than_asked)
{
    small_net *s = world();

    small_net_mentorship(s, MENTOR, OTHER, small_net_day(2010, 1, 1), small_net_day(2011, 1, 1));
    kith_chains_result r = chains(s, &(kith_chains_opts){0});
    cr_assert_eq(r.n_ready, 2);
    cr_assert_eq(r.ready[0].person, READY); /* 1, 0.6 and 1 of 3; the other 1, 1 and 0 */
    cr_assert_eq(r.ready[1].person, OTHER);
    kith_chains_free(&r);
    r = chains(s, &(kith_chains_opts){.top = 1});
    cr_assert_eq(r.n_ready, 1);
    cr_assert_eq(r.ready_counted, 2);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(ready, mentorships_ended_early_count_against)
{
    small_net *s = world();
    kith_mentorship early = mentorship(OTHER, READY, 2020, KITH_MENTORSHIP_ENDED);
    early.end = small_net_day(2020, 3, 1);

    small_net_mentorship_full(s, &early);
    kith_chains_result r = chains(s, &(kith_chains_opts){0});
    const double years = (small_net_day(2024, 1, 1) - small_net_day(2018, 1, 1)) / 3652.5;
    cr_assert_eq(r.ready[0].over, 2);
    cr_assert_eq(r.ready[0].ended_early, 1);
    cr_assert_eq(r.ready[0].last_end, early.end);
    cr_assert_float_eq(r.ready[0].readiness, (0.5 + years + 1) / 3, exact);
    kith_chains_free(&r);
    small_net_free(s);
}

static kith_code list_and_free(void *ctx, kith_err *err)
{
    kith_chains_result r;
    kith_code rc = kith_chains(ctx, &(kith_chains_opts){0}, &r, err);

    kith_chains_free(&r);
    return rc;
}

Test(ready, every_allocation_may_fail)
{
    small_net *s = world();

    cr_assert_gt(each_nth_failure(list_and_free, (void *)small_net_open(s), 5), 50);
    small_net_free(s);
}

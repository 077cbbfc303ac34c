/* How programmes do, on sheets small enough to count by hand. */
#include <criterion/criterion.h>

#include <math.h>

#include <kith/health.h>

#include "each_failure.h"
#include "small_net.h"

/* As-of date 2024-01-01. */
static kith_mentorship row(uint32_t mentor, uint32_t mentee, kith_mentorship_status status, int year)
{
    return (kith_mentorship){.mentor = mentor,
                             .mentee = mentee,
                             .start = small_net_day(year, 1, 1),
                             .end = KITH_NO_DATE,
                             .requested = KITH_NO_DATE,
                             .status = status,
                             .programme = "Spark",
                             .cohort = "",
                             .meetings = UINT32_MAX,
                             .last_meeting = KITH_NO_DATE};
}

static void add(small_net *net, kith_mentorship m)
{
    small_net_mentorship_full(net, &m);
}

static kith_health_result health_of(small_net *net, const kith_health_opts *opts)
{
    static const kith_health_opts all;
    kith_health_result result;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_health(small_net_open(net), opts ? opts : &all, &result, &err), KITH_OK, "%s",
                 err.message);
    return result;
}

static const kith_health_group *group(const kith_health_result *r, kith_health_field field, const char *name)
{
    for (uint32_t i = 0; i < r->n_groups; i++)
        if (r->groups[i].field == field && strcmp(r->groups[i].name, name) == 0)
            return &r->groups[i];
    cr_assert_fail("there is no group %s", name);
    return NULL;
}

Test(health, what_came_of_each)
{
    small_net *net = small_net_new(9);
    kith_mentorship m = row(0, 1, KITH_MENTORSHIP_ACTIVE, 2023);

    m.end = small_net_day(2023, 6, 1); /* planned, and past */
    add(net, m);
    m = row(0, 2, KITH_MENTORSHIP_UNKNOWN, 2022);
    m.end = small_net_day(2022, 6, 1);
    add(net, m);
    m = row(0, 3, KITH_MENTORSHIP_UNKNOWN, 2022);
    m.end = small_net_day(2024, 6, 1);
    add(net, m);
    add(net, row(0, 4, KITH_MENTORSHIP_PENDING, 2023));
    add(net, row(0, 5, KITH_MENTORSHIP_ACTIVE, 2025)); /* later than today */
    add(net, row(0, 6, KITH_MENTORSHIP_COMPLETED, 2020));
    add(net, row(0, 7, KITH_MENTORSHIP_ENDED, 2021));
    kith_health_result r = health_of(net, NULL);
    const kith_health_group *all = &r.groups[0], *of_2022 = group(&r, KITH_HEALTH_YEAR, "2022");

    cr_assert_eq(all->field, KITH_HEALTH_ALL);
    cr_assert_eq(all->mentorships, 7);
    cr_assert_eq(all->active, 2);
    cr_assert_eq(all->overdue, 1);
    cr_assert_eq(all->pending, 2);
    cr_assert_eq(all->completed, 1);
    cr_assert_eq(all->ended_early, 1);
    cr_assert_eq(all->over, 1);
    cr_assert_eq(all->waiting, 2);
    cr_assert_eq(all->mentors, 1);
    cr_assert_eq(of_2022->mentorships, 2);
    cr_assert_eq(of_2022->active, 1);
    cr_assert_eq(group(&r, KITH_HEALTH_PROGRAMME, "Spark")->mentorships, 7);
    cr_assert(isnan(all->regularity) && isnan(all->match_days));
    kith_health_free(&r);
    small_net_free(net);
}

Test(health, at_risk_is_twice_the_agreed_gap_or_the_median_or_the_mean)
{
    small_net *net = small_net_new(6);
    kith_mentorship m = row(0, 1, KITH_MENTORSHIP_ACTIVE, 2023);

    m.last_meeting = small_net_day(2023, 12, 18); /* 14 days before today: not over twice 7 */
    m.agreed_gap_days = 7;
    add(net, m);
    m.mentee = 2;
    m.last_meeting = small_net_day(2023, 12, 17);
    add(net, m);
    m.mentee = 3; /* the median of 30 days counts where nothing was agreed */
    m.agreed_gap_days = 0;
    m.gaps = (kith_meeting_gaps){3, 30, 0.5};
    m.last_meeting = small_net_day(2023, 11, 1);
    add(net, m);
    m.mentee = 4; /* 10 meetings from January to May: 12 days each */
    m.gaps = (kith_meeting_gaps){0};
    m.meetings = 10;
    m.last_meeting = small_net_day(2023, 5, 1);
    add(net, m);
    m.mentee = 5; /* nothing is known */
    m.meetings = UINT32_MAX;
    add(net, m);
    kith_health_result r = health_of(net, NULL);

    cr_assert_eq(r.groups[0].at_risk_known, 4);
    cr_assert_eq(r.groups[0].at_risk, 3);
    cr_assert_eq(r.n_at_risk, 3);
    cr_assert_eq(r.at_risk[0].mentee, 4);
    cr_assert_eq(r.at_risk[0].usual_gap, 12);
    cr_assert_eq(r.at_risk[0].days, 245);
    cr_assert_eq(r.at_risk[1].mentee, 2);
    cr_assert_eq(r.at_risk[2].mentee, 3);
    cr_assert_float_eq(r.groups[0].regularity, 0.5, 1e-9);
    cr_assert_eq(r.groups[0].regularity_known, 1);
    kith_health_free(&r);
    small_net_free(net);
}

Test(health, capacity_counts_distinct_mentees_who_are_mentored_now)
{
    small_net *net = small_net_new(8);

    small_net_value(net, 0, KITH_FIELD_CAPACITY, "1");
    small_net_value(net, 1, KITH_FIELD_CAPACITY, "2");
    add(net, row(0, 2, KITH_MENTORSHIP_ACTIVE, 2023));
    add(net, row(0, 3, KITH_MENTORSHIP_ACTIVE, 2023));
    add(net, row(0, 3, KITH_MENTORSHIP_ACTIVE, 2022)); /* the same again */
    add(net, row(1, 4, KITH_MENTORSHIP_ACTIVE, 2023));
    add(net, row(1, 5, KITH_MENTORSHIP_COMPLETED, 2020));
    add(net, row(6, 7, KITH_MENTORSHIP_ACTIVE, 2023)); /* does not tell */
    kith_health_result r = health_of(net, NULL);

    cr_assert_eq(r.groups[0].mentors, 3);
    cr_assert_eq(r.groups[0].over_capacity, 1);
    cr_assert_eq(r.groups[0].under_capacity, 1);
    cr_assert_eq(r.n_overfull, 1);
    cr_assert_eq(r.overfull[0].mentor, 0);
    cr_assert_eq(r.overfull[0].mentees, 2);
    kith_health_free(&r);
    small_net_free(net);
}

Test(health, mentees_wait_by_role_or_by_request)
{
    small_net *net = small_net_new(6);
    kith_mentorship m = row(0, 1, KITH_MENTORSHIP_PENDING, 2023);

    m.requested = small_net_day(2023, 12, 2);
    add(net, m);
    m = row(0, 2, KITH_MENTORSHIP_ACTIVE, 2023);
    m.requested = small_net_day(2022, 12, 22); /* 10 days before it started */
    add(net, m);
    small_net_value(net, 2, KITH_FIELD_ROLE, "mentee");
    small_net_value(net, 3, KITH_FIELD_ROLE, "Mentee");
    small_net_value(net, 3, KITH_FIELD_COHORT, "2024");
    small_net_value(net, 4, KITH_FIELD_ROLE, "mentor");
    kith_health_result r = health_of(net, NULL);

    cr_assert_eq(r.groups[0].waiting, 2);
    cr_assert_eq(r.n_waiting, 2);
    cr_assert_eq(r.waiting[0].mentee, 1);
    cr_assert_eq(r.waiting[0].since, small_net_day(2023, 12, 2));
    cr_assert_eq(r.waiting[1].mentee, 3);
    cr_assert_eq(group(&r, KITH_HEALTH_COHORT, "2024")->waiting, 1);
    cr_assert_eq(group(&r, KITH_HEALTH_COHORT, "2024")->mentorships, 0);
    /* Two asked: one began after 10 days, one waits since 30. */
    cr_assert_eq(r.groups[0].match_known, 2);
    cr_assert_float_eq(r.groups[0].match_days, 10, 1e-9);
    kith_health_free(&r);

    r = health_of(net, &(kith_health_opts){.programme = "spark"});
    cr_assert_eq(r.groups[0].waiting, 1, "who has only a role waits for no programme");
    kith_health_free(&r);
    small_net_free(net);
}

Test(health, retention_is_of_those_followed)
{
    /* Four began: one ended early after 31 days, one was completed after 59, one ended early after 90, one
     * runs. */
    small_net *net = small_net_new(5);
    const int ends[] = {2, 3, 4};
    const kith_mentorship_status states[] = {KITH_MENTORSHIP_ENDED, KITH_MENTORSHIP_COMPLETED,
                                             KITH_MENTORSHIP_ENDED};

    for (uint32_t i = 0; i < 3; i++) {
        kith_mentorship m = row(0, 1 + i, states[i], 2023);
        m.end = small_net_day(2023, (unsigned)ends[i], 1);
        add(net, m);
    }
    add(net, row(0, 4, KITH_MENTORSHIP_ACTIVE, 2023));
    kith_health_result r = health_of(net, NULL);
    const kith_curve_step *curve = r.groups[0].ended_curve;

    cr_assert_eq(r.groups[0].n_ended_curve, 2);
    cr_assert_eq(curve[0].days, 31);
    cr_assert_float_eq(curve[0].share, 0.25, 1e-12);
    cr_assert_eq(curve[1].days, 90);
    cr_assert_float_eq(curve[1].share, 1 - 0.75 * 0.5, 1e-12);
    kith_health_free(&r);
    small_net_free(net);
}

static kith_code measure(void *ctx, kith_err *err)
{
    kith_health_result r;
    kith_code rc = kith_health(ctx, &(kith_health_opts){.cohort = "2024"}, &r, err);

    kith_health_free(&r);
    return rc;
}

Test(health, every_failed_allocation)
{
    small_net *net = small_net_new(4);
    kith_mentorship m = row(0, 1, KITH_MENTORSHIP_ENDED, 2023);

    m.cohort = "2024";
    m.end = small_net_day(2023, 3, 1);
    add(net, m);
    small_net_value(net, 3, KITH_FIELD_ROLE, "mentee");
    small_net_value(net, 3, KITH_FIELD_COHORT, "2024");
    cr_assert_geq(each_failure(measure, (void *)small_net_open(net)), 20);
    small_net_free(net);
}

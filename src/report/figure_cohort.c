#include "report/figure_cohort.h"

#include <math.h>

#include "report/figure_bars.h"

enum { MOST_BARS = 24 };

static double stay_inside(const kith_cohort_group *group)
{
    const uint64_t ties = group->ties_inside + group->ties_outside;

    return ties > 0 ? (double)group->ties_inside / (double)ties : NAN;
}

static double in_largest(const kith_cohort_group *group)
{
    return (double)group->largest / group->people;
}

static double without_tie(const kith_cohort_group *group)
{
    return (double)group->n_isolates / group->people;
}

static double was_mentored(const kith_cohort_group *group)
{
    return group->mentored;
}

static double mentors_in_turn(const kith_cohort_group *group)
{
    return group->pay_forward.naive_share;
}

static double companies(const kith_cohort_group *group)
{
    return group->companies_within_2;
}

/** What is drawn of each group. */
static const struct {
    const char *title;
    double (*value)(const kith_cohort_group *group);
    bool share;
} measures[] = {
    {"Ties that stay inside the group", stay_inside, true},
    {"People in the largest part that hangs together", in_largest, true},
    {"People without a tie inside the group", without_tie, true},
    {"People who have, or had, a mentor", was_mentored, true},
    {"Mentored people who mentor in turn so far", mentors_in_turn, true},
    {"Companies within two ties", companies, false},
};

void kith_draw_cohort(kith_sheet *sheet, const kith_cohort_result *result)
{
    kith_bar bars[MOST_BARS + 1];
    const uint32_t n = result->n_groups;

    if (n < 2 || n > MOST_BARS)
        return;
    for (size_t m = 0; m < sizeof measures / sizeof *measures; m++) {
        for (uint32_t g = 0; g < n; g++)
            bars[g] = (kith_bar){result->groups[g].name, measures[m].value(&result->groups[g])};
        bars[n] = (kith_bar){"All together", measures[m].value(&result->overall)};
        kith_draw_bars(sheet, measures[m].title, bars, n + 1, measures[m].share);
    }
}

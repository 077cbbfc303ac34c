#include "analysis/kaplan_meier.h"

#include <math.h>

#include "base/mem.h"
#include "base/radix.h"

/** Two-sided 95 % of the normal distribution. */
static const double normal_95 = 1.959964;

/** What rounding may add to a product of shares. */
static const double rounding = 1e-12;

static double clip(double share)
{
    return fmin(fmax(share, 0), 1);
}

/** The days on which something happened, with how many were at risk. @param days  ascending */
static uint32_t count_events(const kith_keyed *days, uint32_t count, kith_curve_step *curve)
{
    uint32_t steps = 0;

    for (uint32_t i = 0; i < count;) {
        kith_curve_step day = {.days = days[i].key, .at_risk = count - i};
        for (; i < count && days[i].key == day.days; i++)
            day.events += days[i].value;
        if (day.events > 0)
            curve[steps++] = day;
    }
    return steps;
}

/** The curve's steps without the shares. @return false when out of memory. */
static bool list_steps(const kith_followed *people, uint32_t count, kith_curve_step **curve,
                       uint32_t *n_curve)
{
    kith_keyed *days = kith_alloc_array(count, sizeof *days);
    bool ok = days != NULL;

    for (uint32_t i = 0; ok && i < count; i++)
        days[i] = (kith_keyed){people[i].days, people[i].event};
    ok = ok && kith_radix_sort(days, count) && (*curve = kith_alloc_array(count, sizeof **curve));
    if (ok)
        *n_curve = count_events(days, count, *curve);
    kith_free(days);
    return ok;
}

kith_code kith_kaplan_meier(const kith_followed *people, uint32_t count, kith_curve_step **curve,
                            uint32_t *n_curve, double *median, kith_err *err)
{
    double left = 1;      /* S */
    double greenwood = 0; /* the variance of S over S squared */

    *n_curve = 0;
    *curve = NULL;
    *median = NAN;
    if (!list_steps(people, count, curve, n_curve))
        return kith_fail_memory(err, "the pay-it-forward curve");
    for (uint32_t i = 0; i < *n_curve; i++) {
        kith_curve_step *s = *curve + i;
        double at_risk = s->at_risk, remain = s->at_risk - s->events;
        left *= remain / at_risk;
        if (remain > 0)
            greenwood += s->events / (at_risk * remain);
        double reach = normal_95 * left * sqrt(greenwood);
        s->share = 1 - left;
        s->low = clip(s->share - reach);
        s->high = clip(s->share + reach);
        if (isnan(*median) && left <= 0.5 + rounding)
            *median = s->days;
    }
    return KITH_OK;
}

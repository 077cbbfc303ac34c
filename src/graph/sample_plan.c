#include "graph/sample_plan.h"

#include <math.h>

#include "base/mem.h"

/*
 * Of delta, look i may spend 1 / (i (i + 1)): half of it the first, all of them the whole. What a look
 * spends goes to two bounds for each person, from above and from below: one half of it by need,
 * so that all are likely to be within epsilon after the same number of samples, one half evenly.
 */

/** Relative entropy of a coin of chance p to one of q; infinite where q is no chance that p could have come
 * from. */
static double entropy(double p, double q)
{
    if (q <= 0 || q >= 1)
        return INFINITY;
    double heads = p > 0 ? p * log(p / q) : 0;
    double tails = p < 1 ? (1 - p) * log((1 - p) / (1 - q)) : 0;
    return heads + tails;
}

/** How fast a bound epsilon away from the estimate p becomes sure: it fails by exp(-samples * rate). */
static double rate(double p, double epsilon)
{
    return fmin(entropy(p, p + epsilon), entropy(p, p - epsilon));
}

/** Rates of a few people, and of the many who were not hit. */
typedef struct rates {
    double *rate;
    uint32_t count;
    uint32_t not_hit;
    double rate_not_hit;
} rates;

/** What the bounds of all people fail by after so many samples. */
static double failing(const rates *r, uint64_t samples)
{
    double sum = 2.0 * r->not_hit * exp(-(double)samples * r->rate_not_hit);

    for (uint32_t i = 0; i < r->count; i++)
        sum += 2 * exp(-(double)samples * r->rate[i]);
    return sum;
}

/** The fewest samples by which no more than `limit` fails. Rates are at least 2 epsilon^2 (Hoeffding 1963).
 */
static uint64_t fewest(const rates *r, double epsilon, double limit)
{
    uint64_t low = 0;
    uint64_t high = 1 + (uint64_t)(log(2.0 * (r->count + r->not_hit) / limit) / (2 * epsilon * epsilon));

    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (failing(r, middle) <= limit)
            high = middle;
        else
            low = middle;
    }
    return high;
}

kith_code kith_sample_plan_new(uint32_t n, const uint64_t *hits, uint64_t samples, double epsilon,
                               double delta, kith_sample_plan *out, kith_err *err)
{
    const double half_of_first_look = delta / 4;
    rates r = {.rate = kith_alloc_array(n, sizeof *r.rate), .rate_not_hit = rate(0, epsilon)};

    *out = (kith_sample_plan){
        .n = n, .epsilon = epsilon, .log_odds = kith_alloc_array(n, sizeof *out->log_odds)};
    if (!r.rate || !out->log_odds) {
        kith_free(r.rate);
        kith_sample_plan_free(out);
        return kith_fail_memory(err, "samples");
    }
    for (uint32_t v = 0; v < n; v++)
        if (hits[v])
            r.rate[r.count++] = rate((double)hits[v] / (double)samples, epsilon);
    r.not_hit = n - r.count;
    out->first = fewest(&r, epsilon, half_of_first_look);
    uint32_t at = 0;
    for (uint32_t v = 0; v < n; v++) {
        double by_need = exp(-(double)out->first * (hits[v] ? r.rate[at++] : r.rate_not_hit));
        out->log_odds[v] = -log(by_need + half_of_first_look / (2.0 * n));
    }
    kith_free(r.rate);
    return KITH_OK;
}

void kith_sample_plan_free(kith_sample_plan *plan)
{
    kith_free(plan->log_odds);
    *plan = (kith_sample_plan){0};
}

uint64_t kith_sample_plan_next(uint64_t samples)
{
    return samples + samples / 8 + 1;
}

bool kith_sample_plan_met(const kith_sample_plan *plan, const uint64_t *hits, uint64_t samples, uint32_t look)
{
    const double count = (double)samples;
    const double rate_not_hit = rate(0, plan->epsilon);
    const double later = log((double)look * ((double)look + 1) / 2);

    for (uint32_t v = 0; v < plan->n; v++) {
        double r = hits[v] ? rate((double)hits[v] / count, plan->epsilon) : rate_not_hit;
        if (count * r < plan->log_odds[v] + later)
            return false;
    }
    return true;
}

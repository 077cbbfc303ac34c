#include <criterion/criterion.h>

#include <math.h>

#include "base/rng.h"
#include "each_failure.h"
#include "graph/sample_plan.h"

#define COINS 5

/** Tosses every coin `times` times more. */
static void toss(kith_rng *rng, const double *chance, uint64_t times, uint64_t *heads)
{
    for (uint64_t i = 0; i < times; i++)
        for (uint32_t c = 0; c < COINS; c++)
            heads[c] += kith_rng_unit(rng) < chance[c];
}

/** @return samples at the look that was enough; heads are of those. */
static uint64_t sample(kith_rng *rng, const double *chance, uint64_t preliminary, double epsilon,
                       double delta, uint64_t *heads)
{
    kith_sample_plan plan;
    uint64_t before[COINS] = {0};
    uint64_t had = 0;

    toss(rng, chance, preliminary, before);
    cr_assert_eq(kith_sample_plan_new(COINS, before, preliminary, epsilon, delta, &plan, NULL), KITH_OK);
    uint64_t at = plan.first;
    for (uint32_t look = 1;; look++) {
        toss(rng, chance, at - had, heads);
        if (kith_sample_plan_met(&plan, heads, at, look))
            break;
        had = at;
        at = kith_sample_plan_next(at);
    }
    kith_sample_plan_free(&plan);
    return at;
}

Test(sample_plan, estimates_are_within_epsilon_as_often_as_promised)
{
    static const double coins[][COINS] = {{0, 0, 0, 0, 0},
                                          {0.5, 0.5, 0.5, 0.5, 0.5},
                                          {1, 1, 0, 0.001, 0.999},
                                          {0.02, 0.01, 0.005, 0.002, 0.001},
                                          {0.9, 0.03, 0.03, 0, 0.2}};
    const double epsilon = 0.03;
    const double delta = 0.3;

    for (size_t k = 0; k < sizeof coins / sizeof *coins; k++)
        for (uint64_t preliminary = 1; preliminary < 500; preliminary *= 20) {
            uint32_t wrong = 0;
            for (uint64_t seed = 0; seed < 100; seed++) {
                kith_rng rng;
                uint64_t heads[COINS] = {0};
                kith_rng_seed(&rng, seed);
                double samples = (double)sample(&rng, coins[k], preliminary, epsilon, delta, heads);
                bool off = false;
                for (uint32_t c = 0; c < COINS; c++)
                    off |= fabs((double)heads[c] / samples - coins[k][c]) > epsilon;
                wrong += off;
            }
            cr_expect_leq(wrong, (uint32_t)(100 * delta), "coins %zu, %lu before: %u of 100 wrong", k,
                          preliminary, wrong);
        }
}

/** Minus the logarithm of Chernoff's bound, for one sample, that a coin of chance q shows a share p. */
static double chernoff(double p, double q)
{
    if (q <= 0 || q >= 1)
        return INFINITY;
    return (p > 0 ? p * log(p / q) : 0) + (p < 1 ? (1 - p) * log((1 - p) / (1 - q)) : 0);
}

Test(sample_plan, what_may_go_wrong_at_all_looks_adds_up_to_delta)
{
    static const double share[COINS] = {0, 0.001, 0.1, 0.5, 0.9};
    const double epsilon = 0.03, delta = 0.1;
    uint64_t hits[COINS];
    kith_sample_plan plan;

    for (uint32_t c = 0; c < COINS; c++)
        hits[c] = (uint64_t)(1000 * share[c]);
    cr_assert_eq(kith_sample_plan_new(COINS, hits, 1000, epsilon, delta, &plan, NULL), KITH_OK);
    for (uint32_t look = 1; look <= 20; look++) {
        double failing = 0, samples = 0;
        do {
            samples += 100;
            for (uint32_t c = 0; c < COINS; c++)
                hits[c] = (uint64_t)(samples * share[c]);
        } while (!kith_sample_plan_met(&plan, hits, (uint64_t)samples, look));
        for (uint32_t c = 0; c < COINS; c++)
            for (int side = -1; side <= 1; side += 2)
                failing += exp(-samples * chernoff((double)hits[c] / samples,
                                                   (double)hits[c] / samples + side * epsilon));
        cr_expect_leq(failing, delta / (look * (look + 1)), "look %u, %.0f samples: %g", look, samples,
                      failing);
    }
    kith_sample_plan_free(&plan);
}

Test(sample_plan, rare_chances_need_few_samples_and_even_ones_no_more_than_any)
{
    static const double none[COINS] = {0};
    static const double even[COINS] = {0.5, 0.5, 0.5, 0.5, 0.5};
    const double epsilon = 0.01;
    uint64_t heads[COINS] = {0};
    kith_rng rng;

    kith_rng_seed(&rng, 1);
    /* A chance of epsilon shows nothing in so many samples with probability (1 - epsilon)^samples. */
    uint64_t few = sample(&rng, none, 200, epsilon, 0.1, heads);
    cr_expect_gt((double)few, log(1 / 0.1) / epsilon);
    cr_expect_lt((double)few, 10 / epsilon);
    /* Hoeffding: 2 exp(-2 samples epsilon^2) is what one bound of ten fails by. */
    uint64_t many = sample(&rng, even, 200, epsilon, 0.1, heads);
    cr_expect_gt((double)many, log(COINS / 0.1) / (2 * epsilon * epsilon));
    cr_expect_lt((double)many, 3 * log(COINS / 0.1) / (2 * epsilon * epsilon));
}

Test(sample_plan, what_is_wide_enough_needs_no_looks)
{
    kith_sample_plan plan;
    const uint64_t hits[2] = {1, 0};

    cr_assert_eq(kith_sample_plan_new(2, hits, 1, 0.9, 0.9, &plan, NULL), KITH_OK);
    cr_expect_leq(plan.first, 10);
    kith_sample_plan_free(&plan);
}

static kith_code make(void *ctx, kith_err *err)
{
    kith_sample_plan plan;
    kith_code rc = kith_sample_plan_new(COINS, ctx, 9, 0.1, 0.1, &plan, err);

    kith_sample_plan_free(&plan);
    return rc;
}

Test(sample_plan, every_failed_allocation_is_told)
{
    uint64_t hits[COINS] = {1, 2, 3, 0, 9};

    cr_expect_geq(each_failure(make, hits), 2);
}

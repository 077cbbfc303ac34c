/* What agreements are worth, held against data whose truth is known. */
#include <math.h>

#include <criterion/criterion.h>

#include "base/rng.h"
#include "people/graded.h"

enum { PAIRS = 40000, ROUNDS = 40 };

/** Chances of agreement on three traits, among pairs of one person and of two. */
static const double true_m[3] = {0.9, 0.7, 0.6}, true_u[3] = {0.01, 0.05, 0.1};
static const kith_trait traits[3] = {KITH_TRAIT_PHONE, KITH_TRAIT_INDUSTRY, KITH_TRAIT_ORDER};
static const double true_prior = 0.03;

static void draw_pair(kith_rng *rng, kith_comparison *pair)
{
    bool same = kith_rng_unit(rng) < true_prior;

    for (int i = 0; i < KITH_TRAIT_COUNT; i++) {
        pair->grade[i] = KITH_GRADE_UNKNOWN;
        pair->log_common[i] = 0;
    }
    for (int i = 0; i < 3; i++)
        pair->grade[traits[i]] = kith_rng_unit(rng) >= (same ? true_m[i] : true_u[i]);
}

static kith_weights begin(void)
{
    kith_weights weights = {.prior = 0.01, .first_prior = 0.01};

    for (int trait = 0; trait < KITH_TRAIT_COUNT; trait++)
        for (int grade = 0; grade < KITH_GRADES; grade++)
            weights.u[trait][grade] = weights.m[trait][grade] = 0.5;
    for (int i = 0; i < 3; i++) {
        weights.u[traits[i]][0] = true_u[i];
        weights.u[traits[i]][1] = 1 - true_u[i];
    }
    kith_weights_refine(&weights, NULL, 0, 1000, 1); /* leaves the priors alone */
    return weights;
}

Test(match_weights, what_made_the_data_is_found_again)
{
    static kith_comparison pairs[PAIRS];
    kith_weights weights = begin();
    kith_rng rng;

    kith_rng_seed(&rng, 5);
    for (int i = 0; i < PAIRS; i++)
        draw_pair(&rng, &pairs[i]);
    for (int round = 0; round < ROUNDS; round++)
        kith_weights_refine(&weights, pairs, PAIRS, PAIRS, 1);
    for (int i = 0; i < 3; i++)
        cr_expect_float_eq(weights.m[traits[i]][0], true_m[i], 0.05, "trait %d: %f", i,
                           weights.m[traits[i]][0]);
    cr_expect_float_eq(weights.prior, true_prior, 0.003, "%f", weights.prior);
}

/** Log of how likely the data is, and the priors with it, each worth what docs/measures.md says. */
static double likelihood(const kith_weights *weights, const kith_comparison *pairs, const kith_weights *prior)
{
    double sum = 10 * log(weights->prior) + (10 / weights->first_prior - 10) * log1p(-weights->prior);

    for (int i = 0; i < PAIRS / 20; i++) {
        double one = weights->prior, two = 1 - weights->prior;
        for (int k = 0; k < 3; k++) {
            one *= weights->m[traits[k]][pairs[i].grade[traits[k]]];
            two *= weights->u[traits[k]][pairs[i].grade[traits[k]]];
        }
        sum += log(one + two);
    }
    for (int k = 0; k < 3; k++)
        for (int grade = 0; grade < 2; grade++)
            sum += 30 * prior->m[traits[k]][grade] * log(weights->m[traits[k]][grade]);
    return sum;
}

Test(match_weights, no_round_makes_the_data_less_likely)
{
    static kith_comparison pairs[PAIRS / 20];
    kith_weights weights = begin();
    const kith_weights prior = weights;
    double before = -INFINITY;
    kith_rng rng;

    kith_rng_seed(&rng, 6);
    for (int i = 0; i < PAIRS / 20; i++)
        draw_pair(&rng, &pairs[i]);
    for (int round = 0; round < ROUNDS; round++) {
        kith_weights_refine(&weights, pairs, PAIRS / 20, PAIRS / 20, 1);
        double now = likelihood(&weights, pairs, &prior);
        cr_expect(now >= before - 1e-9, "round %d: %f after %f", round, now, before);
        before = now;
    }
}

static double log_odds(const kith_weights *weights, const kith_comparison *pair)
{
    const kith_scale scale = kith_weights_scale(weights);

    return kith_scale_log_odds(&scale, pair);
}

Test(match_weights, odds_multiply)
{ /* by hand: 0.01 : 0.99, times 0.9 / 0.01 for the phone, 0.4 / 0.9 for names that are not in order */
    kith_weights weights = begin();
    kith_comparison pair;
    kith_rng rng;

    kith_rng_seed(&rng, 7);
    draw_pair(&rng, &pair);
    for (int i = 0; i < 3; i++) {
        weights.m[traits[i]][0] = true_m[i];
        weights.m[traits[i]][1] = 1 - true_m[i];
    }
    weights.prior = 0.01;
    pair.grade[KITH_TRAIT_PHONE] = 0;
    pair.grade[KITH_TRAIT_INDUSTRY] = KITH_GRADE_UNKNOWN;
    pair.grade[KITH_TRAIT_ORDER] = 1;
    cr_expect_float_eq(exp(log_odds(&weights, &pair)), 0.01 / 0.99 * 90 * (0.4 / 0.9), 1e-9);
    pair.log_common[KITH_TRAIT_PHONE] = (float)log(0.25); /* a phone that every fourth has is worth less */
    cr_expect_float_eq(exp(log_odds(&weights, &pair)), 0.01 / 0.99 * 3.6 * (0.4 / 0.9), 1e-6);
}

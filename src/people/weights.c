/* What agreements are worth: Fellegi-Sunter weights, estimated from the data.
 *
 * u comes from pairs picked at random, nearly all of them two people; m and the prior come from the pairs
 * that blocks propose, by expectation and maximisation. Priors count as so many pairs seen before. */
#include <math.h>

#include "base/mem.h"
#include "base/rng.h"
#include "people/graded.h"

/** Rounds of expectation and maximisation. */
#define ROUNDS 12

/** Pairs picked at random; pairs of blocks that are learnt from, at most about. */
#define RANDOM_PAIRS 100000
#define TRAINING_PAIRS 400000

/** How many pairs the priors are worth. */
#define PRIOR_PAIRS_M 30.0
#define PRIOR_PAIRS_LIST 10000.0 /**< that one list names nobody twice is unlearnt only from many */
#define PRIOR_PAIRS_U 200.0
#define PRIOR_MATCHES 10.0

/** Doubles that somebody without a LinkedIn address is expected to have, and the fewest people that are
 * reckoned with. */
#define EXPECTED_DOUBLES 0.2
#define FEWEST_PEOPLE 1000.0

/** How many of them that expectation is worth. */
#define PRIOR_OPEN 100.0

/** However many are, one may always be somebody new. */
#define MOST_DOUBLES 0.9

/** Chance that two people bear one full name for other reasons than chance (families, places), and how many
 * such pairs it is worth. From so many people with LinkedIn addresses on the data tells it itself. */
#define PRIOR_NAMESAKES 1e-6
#define PRIOR_NAMESAKE_PAIRS 1.0
#define ENOUGH_ADDRESSES 1000

/** Namesakes that somebody with a rare name is expected to have by chance, at most. */
#define RARE_NAME 0.05

static const double prior_m[KITH_TRAIT_COUNT][KITH_GRADES] = {
    [KITH_TRAIT_GIVEN] = {0.84, 0.07, 0.02, 0.05, 0.02},
    [KITH_TRAIT_FAMILY] = {0.90, 0.05, 0.03, 0.02},
    [KITH_TRAIT_ORDER] = {0.98, 0.02},
    [KITH_TRAIT_SUFFIX] = {0.95, 0.04, 0.01},
    [KITH_TRAIT_COMPANY] = {0.60, 0.08, 0.32},
    [KITH_TRAIT_TITLE] = {0.45, 0.20, 0.35},
    [KITH_TRAIT_CALLING] = {0.25, 0.15, 0.60},
    [KITH_TRAIT_EMAIL] = {0.10, 0.30, 0.15, 0.45},
    [KITH_TRAIT_PHONE] = {0.70, 0.30},
    [KITH_TRAIT_LOCATION] = {0.60, 0.20, 0.20},
    [KITH_TRAIT_INDUSTRY] = {0.70, 0.30},
    [KITH_TRAIT_BIRTH] = {0.85, 0.10, 0.05},
    [KITH_TRAIT_ADDRESS] = {0.50, 0.25, 0.25},
    [KITH_TRAIT_POSTCODE] = {0.70, 0.10, 0.20},
    [KITH_TRAIT_NUMBER] = {0.90, 0.07, 0.03},
    [KITH_TRAIT_LIST] = {0.9995, 0.0005},
};

static const double prior_u[KITH_TRAIT_COUNT][KITH_GRADES] = {
    [KITH_TRAIT_GIVEN] = {0.004, 0.003, 0.002, 0.01, 0.981},
    [KITH_TRAIT_FAMILY] = {0.001, 0.003, 0.002, 0.994},
    [KITH_TRAIT_ORDER] = {0.9995, 0.0005},
    [KITH_TRAIT_SUFFIX] = {0.4, 0.3, 0.3},
    [KITH_TRAIT_COMPANY] = {0.01, 0.01, 0.98},
    [KITH_TRAIT_TITLE] = {0.02, 0.08, 0.90},
    [KITH_TRAIT_CALLING] = {0.02, 0.08, 0.90},
    [KITH_TRAIT_EMAIL] = {1e-6, 1e-5, 0.002, 0.997989},
    [KITH_TRAIT_PHONE] = {1e-5, 0.99999},
    [KITH_TRAIT_LOCATION] = {0.05, 0.05, 0.90},
    [KITH_TRAIT_INDUSTRY] = {0.10, 0.90},
    [KITH_TRAIT_BIRTH] = {1e-4, 0.001, 0.9989},
    [KITH_TRAIT_ADDRESS] = {1e-4, 0.005, 0.9949},
    [KITH_TRAIT_POSTCODE] = {0.002, 0.008, 0.99},
    [KITH_TRAIT_NUMBER] = {1e-6, 1e-5, 0.999989},
    [KITH_TRAIT_LIST] = {0.5, 0.5},
};

kith_scale kith_weights_scale(const kith_weights *weights)
{
    kith_scale scale = {.prior = log(weights->prior) - log1p(-weights->prior) - log1p(-weights->doubles),
                        .namesakes = log(weights->namesakes)};

    for (int trait = 0; trait < KITH_TRAIT_COUNT; trait++)
        for (uint32_t grade = 0; grade < kith_trait_grades((kith_trait)trait); grade++) {
            scale.log_m[trait][grade] = log(weights->m[trait][grade]);
            scale.log_u[trait][grade] = log(weights->u[trait][grade]);
        }
    return scale;
}

double kith_scale_log_odds(const kith_scale *scale, const kith_comparison *pair)
{
    const float *common = pair->log_common;
    double sum = scale->prior;

    for (int trait = 0; trait < KITH_TRAIT_COUNT; trait++) {
        uint8_t grade = pair->grade[trait];
        if (grade == KITH_GRADE_UNKNOWN)
            continue;
        sum += scale->log_m[trait][grade];
        sum -= common[trait] < 0 ? (double)common[trait] : scale->log_u[trait][grade];
    }
    double name = (double)common[KITH_TRAIT_GIVEN] + (double)common[KITH_TRAIT_FAMILY];
    if (name < scale->namesakes)
        sum += name - scale->namesakes;
    return sum;
}

/** Counts of grades, each pair with its share. */
typedef struct grade_counts {
    double of[KITH_TRAIT_COUNT][KITH_GRADES];
    double pairs;
} grade_counts;

static void count_grades(grade_counts *counts, const kith_comparison *pair, double share)
{
    for (int trait = 0; trait < KITH_TRAIT_COUNT; trait++)
        if (pair->grade[trait] != KITH_GRADE_UNKNOWN)
            counts->of[trait][pair->grade[trait]] += share;
    counts->pairs += share;
}

/** Chances of grades: what was counted, and a prior worth so many pairs. */
static void settle(const grade_counts *counts, const double prior[KITH_TRAIT_COUNT][KITH_GRADES],
                   double usual_worth, double out[KITH_TRAIT_COUNT][KITH_GRADES])
{
    for (int trait = 0; trait < KITH_TRAIT_COUNT; trait++) {
        uint32_t grades = kith_trait_grades((kith_trait)trait);
        double worth = trait == KITH_TRAIT_LIST && prior == prior_m ? PRIOR_PAIRS_LIST : usual_worth;
        double known = worth;
        for (uint32_t grade = 0; grade < grades; grade++)
            known += counts->of[trait][grade];
        for (uint32_t grade = 0; grade < grades; grade++)
            out[trait][grade] = (counts->of[trait][grade] + worth * prior[trait][grade]) / known;
    }
}

void kith_weights_refine(kith_weights *weights, const kith_comparison *pairs, size_t n, double n_all,
                         double share)
{
    const kith_scale scale = kith_weights_scale(weights);
    grade_counts counts = {0};

    for (size_t i = 0; i < n; i++)
        count_grades(&counts, &pairs[i], 1 / (1 + exp(-kith_scale_log_odds(&scale, &pairs[i]))));
    settle(&counts, prior_m, PRIOR_PAIRS_M, weights->m);
    weights->prior = (counts.pairs / share + PRIOR_MATCHES) / (n_all + PRIOR_MATCHES / weights->first_prior);
}

static uint32_t count_open(const kith_profiles *profiles)
{
    uint32_t open = 0;

    for (uint32_t i = 0; i < profiles->n; i++)
        open += !profiles->has_slug[i];
    return open;
}

/** How many pairs could be one person: all but those of two LinkedIn addresses. */
static double count_pairs(const kith_profiles *profiles)
{
    double open = count_open(profiles), settled = profiles->n - open;

    return open * settled + open * (open - 1) / 2;
}

static double guess_prior(const kith_profiles *profiles, double n_all)
{
    double guess = n_all > 0 ? EXPECTED_DOUBLES * count_open(profiles) / n_all : 1;
    double most = 2 * EXPECTED_DOUBLES / FEWEST_PEOPLE;

    return guess < most ? guess : most;
}

/** Pairs at random: all of them where they are few. @return how many. */
static size_t pick_strangers(const kith_profiles *profiles, kith_keyed pairs[RANDOM_PAIRS])
{
    size_t n = 0;
    kith_rng rng;
    uint64_t all = (uint64_t)profiles->n * profiles->n;

    kith_rng_seed(&rng, 1);
    for (uint64_t i = 0; i < (all < RANDOM_PAIRS ? all : RANDOM_PAIRS); i++) {
        uint64_t which = all < RANDOM_PAIRS ? i : kith_rng_below(&rng, all);
        uint32_t a = (uint32_t)(which / profiles->n), b = (uint32_t)(which % profiles->n);
        if (a != b && (all >= RANDOM_PAIRS || a < b))
            pairs[n++] = (kith_keyed){a, b};
    }
    return n;
}

static kith_code learn_from_strangers(const kith_profiles *profiles, kith_weights *weights, kith_err *err)
{
    grade_counts counts = {0};
    kith_keyed *pairs = kith_alloc_array(RANDOM_PAIRS, sizeof *pairs);
    kith_comparison *compared = kith_alloc_array(RANDOM_PAIRS, sizeof *compared);
    const bool fits = pairs && compared;

    if (fits) {
        size_t n = pick_strangers(profiles, pairs);
        kith_profiles_compare_all(profiles, pairs, n, 1, compared);
        for (size_t i = 0; i < n; i++)
            count_grades(&counts, &compared[i], 1);
        settle(&counts, prior_u, PRIOR_PAIRS_U, weights->u);
    }
    kith_free(pairs);
    kith_free(compared);
    return fits ? KITH_OK : kith_fail_memory(err, "what agreements are worth");
}

/** Counts how often two LinkedIn addresses, which are two people, bear one full name that is so rare that
 * chance would hardly have it. */
static void count_namesakes(const kith_profiles *profiles, const uint32_t *bearers, double n_addresses,
                            kith_weights *weights)
{
    const uint32_t n_forms = kith_intern_count(profiles->form_table);
    double bearing = 0, shared = 0;

    for (uint32_t i = 0; i < n_forms; i++) {
        const kith_name_form *form = &profiles->forms[i];
        if (bearers[i] == 0 || form->given == KITH_NO_TEXT || form->family == KITH_NO_TEXT)
            continue;
        double by_chance = (double)profiles->words[form->given].held / profiles->n *
                           profiles->words[form->family].held_as_family / profiles->n * n_addresses;
        if (by_chance > RARE_NAME)
            continue;
        bearing += bearers[i];
        shared += bearers[i] * (bearers[i] - 1 - by_chance) / 2;
    }
    weights->namesakes = ((shared > 0 ? shared : 0) + PRIOR_NAMESAKE_PAIRS) /
                         (bearing * n_addresses / 2 + PRIOR_NAMESAKE_PAIRS / PRIOR_NAMESAKES);
    weights->knows_namesakes = n_addresses >= ENOUGH_ADDRESSES;
}

static kith_code learn_namesakes(const kith_profiles *profiles, kith_weights *weights, kith_err *err)
{
    uint32_t *bearers = kith_calloc(kith_intern_count(profiles->form_table), sizeof *bearers);
    double n = 0;

    if (!bearers)
        return kith_fail_memory(err, "how common names are");
    for (uint32_t i = 0; i < profiles->n; i++) {
        kith_values forms = kith_profile_values(profiles, i, KITH_VALUE_NAME);
        if (!profiles->has_slug[i])
            continue;
        n++;
        if (forms.n)
            bearers[forms.at[0]]++;
    }
    count_namesakes(profiles, bearers, n, weights);
    kith_free(bearers);
    return KITH_OK;
}

/** Chance that somebody without a LinkedIn address is known by one as well. */
static double learn_doubles(const kith_profiles *profiles, const kith_pairs *pairs,
                            const kith_weights *weights, const kith_comparison *compared, size_t stride)
{
    const kith_scale scale = kith_weights_scale(weights);
    double sum = 0;

    for (size_t i = 0; i * stride < pairs->n; i++)
        if (profiles->has_slug[pairs->at[i * stride].key] || profiles->has_slug[pairs->at[i * stride].value])
            sum += 1 / (1 + exp(-kith_scale_log_odds(&scale, &compared[i])));
    double share =
        (sum * (double)stride + EXPECTED_DOUBLES * PRIOR_OPEN) / (count_open(profiles) + PRIOR_OPEN);
    return share < MOST_DOUBLES ? share : MOST_DOUBLES;
}

kith_code kith_weights_learn(const kith_profiles *profiles, const kith_pairs *pairs, kith_weights *weights,
                             kith_err *err)
{
    const double n_all = count_pairs(profiles);
    const grade_counts nothing = {0};
    const size_t stride = pairs->n / TRAINING_PAIRS + 1, n = (pairs->n + stride - 1) / stride;
    kith_code rc = learn_namesakes(profiles, weights, err);
    kith_comparison *compared = kith_alloc_array(n, sizeof *compared);

    if (rc == KITH_OK && !compared)
        rc = kith_fail_memory(err, "what agreements are worth");
    if (rc != KITH_OK)
        goto done;
    weights->doubles = 0;
    settle(&nothing, prior_m, PRIOR_PAIRS_M, weights->m);
    if ((rc = learn_from_strangers(profiles, weights, err)) != KITH_OK)
        goto done;
    weights->prior = weights->first_prior = guess_prior(profiles, n_all);
    kith_profiles_compare_all(profiles, pairs->at, n, stride, compared);
    for (int round = 0; round < ROUNDS; round++) {
        kith_weights_refine(weights, compared, n, n_all, 1.0 / (double)stride);
        weights->doubles = learn_doubles(profiles, pairs, weights, compared, stride);
    }
done:
    kith_free(compared);
    return rc;
}

#include <criterion/criterion.h>

#include <math.h>

#include <kith/chains.h>

#include "analysis/kaplan_meier.h"
#include "analysis/pay_forward.h"
#include "base/mem.h"
#include "base/rng.h"
#include "each_failure.h"

/** A curve's step as books print it. */
typedef struct step {
    uint32_t days, at_risk, events;
    double survival, standard_error;
} step;

static void expect_close(double value, double expected, double within, const char *what, uint32_t days)
{
    cr_assert(fabs(value - expected) <= within, "%s on day %u: %.6f, not %.6f", what, days, value, expected);
}

static double clipped(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

/* Weeks of remission of leukaemia patients (Freireich et al. 1963), the example of many textbooks. */
static const kith_followed with_6mp[] = {
    {6, true},   {6, true},   {6, true},   {6, false},  {7, true},   {9, false},  {10, true},
    {10, false}, {11, false}, {13, true},  {16, true},  {17, false}, {19, false}, {20, false},
    {22, true},  {23, true},  {25, false}, {32, false}, {32, false}, {34, false}, {35, false},
};

Test(kaplan_meier, remission_under_6mp_as_the_textbooks_have_it)
{
    static const step book[] = {
        {6, 21, 3, 0.857, 0.0764},  {7, 17, 1, 0.807, 0.0869},  {10, 15, 1, 0.753, 0.0963},
        {13, 12, 1, 0.690, 0.1068}, {16, 11, 1, 0.627, 0.1141}, {22, 7, 1, 0.538, 0.1282},
        {23, 6, 1, 0.448, 0.1346},
    };
    kith_followed people[21];
    kith_curve_step *curve;
    uint32_t n_curve;
    double median;

    for (uint32_t i = 0; i < 21; i++)
        people[i] = with_6mp[(i * 8) % 21]; /* any order will do */
    cr_assert_eq(kith_kaplan_meier(people, 21, &curve, &n_curve, &median, NULL), KITH_OK);
    cr_assert_eq(n_curve, 7);
    for (uint32_t i = 0; i < n_curve; i++) {
        const step *b = &book[i];
        double reach = 1.96 * b->standard_error;
        cr_assert_eq(curve[i].days, b->days);
        cr_assert_eq(curve[i].at_risk, b->at_risk);
        cr_assert_eq(curve[i].events, b->events);
        expect_close(curve[i].share, 1 - b->survival, 0.0006, "share", b->days);
        expect_close(curve[i].low, clipped(1 - b->survival - reach), 0.0008, "low", b->days);
        expect_close(curve[i].high, clipped(1 - b->survival + reach), 0.0008, "high", b->days);
    }
    cr_assert_eq(median, 23);
    kith_free(curve);
}

Test(kaplan_meier, remission_under_placebo)
{
    static const uint32_t weeks[] = {1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23};
    kith_followed people[21];
    kith_curve_step *curve;
    uint32_t n_curve;
    double median;

    for (uint32_t i = 0; i < 21; i++)
        people[i] = (kith_followed){weeks[i], true};
    cr_assert_eq(kith_kaplan_meier(people, 21, &curve, &n_curve, &median, NULL), KITH_OK);
    cr_assert_eq(n_curve, 12);
    /* Nobody is lost, so the share is the plain one and Greenwood's error the binomial one. */
    for (uint32_t i = 0, so_far = 0; i < n_curve; i++) {
        so_far += curve[i].events;
        double share = so_far / 21.0, reach = 1.959964 * sqrt(share * (1 - share) / 21);
        expect_close(curve[i].share, share, 1e-12, "share", curve[i].days);
        expect_close(curve[i].low, clipped(share - reach), 1e-12, "low", curve[i].days);
        expect_close(curve[i].high, clipped(share + reach), 1e-12, "high", curve[i].days);
    }
    cr_assert_eq(median, 8);
    cr_assert_eq(curve[n_curve - 1].share, 1);
    cr_assert_eq(curve[n_curve - 1].low, 1);
    kith_free(curve);
}

Test(kaplan_meier, median_is_where_exactly_half_are_left)
{
    /* 3/4 * 2/3 is one half, though not in floating point for every such product. */
    for (uint32_t half = 1; half < 200; half++) {
        kith_followed people[400];
        kith_curve_step *curve;
        uint32_t n_curve;
        double median;
        for (uint32_t i = 0; i < 2 * half; i++)
            people[i] = (kith_followed){i + 1, true};
        cr_assert_eq(kith_kaplan_meier(people, 2 * half, &curve, &n_curve, &median, NULL), KITH_OK);
        cr_assert_eq(median, half);
        kith_free(curve);
    }
}

Test(kaplan_meier, without_events_there_is_no_curve_and_no_median)
{
    kith_followed people[] = {{5, false}, {7, false}};
    kith_curve_step *curve;
    uint32_t n_curve;
    double median;

    for (uint32_t count = 0; count <= 2; count++) {
        cr_assert_eq(kith_kaplan_meier(people, count, &curve, &n_curve, &median, NULL), KITH_OK);
        cr_assert_eq(n_curve, 0);
        cr_assert(isnan(median));
        kith_free(curve);
    }
}

/** S at a day by its definition: the product over days with events up to then of the share that stays. */
static double survival_at(const kith_followed *people, uint32_t count, uint32_t day)
{
    double left = 1;

    for (uint32_t d = 0; d <= day; d++) {
        uint32_t at_risk = 0, events = 0;
        for (uint32_t i = 0; i < count; i++) {
            at_risk += people[i].days >= d;
            events += people[i].days == d && people[i].event;
        }
        if (events > 0)
            left *= 1 - (double)events / at_risk;
    }
    return left;
}

Test(kaplan_meier, random_people_by_the_definition)
{
    for (uint64_t seed = 0; seed < 300; seed++) {
        kith_followed people[30];
        kith_curve_step *curve;
        uint32_t n_curve;
        double median;
        kith_rng rng;
        kith_rng_seed(&rng, seed);
        uint32_t count = (uint32_t)kith_rng_below(&rng, 31);
        for (uint32_t i = 0; i < count; i++)
            people[i] = (kith_followed){(uint32_t)kith_rng_below(&rng, 20), kith_rng_below(&rng, 2) == 0};
        cr_assert_eq(kith_kaplan_meier(people, count, &curve, &n_curve, &median, NULL), KITH_OK);
        for (uint32_t i = 0; i < n_curve; i++) {
            expect_close(curve[i].share, 1 - survival_at(people, count, curve[i].days), 1e-12, "share",
                         curve[i].days);
            cr_assert(0 <= curve[i].low && curve[i].low <= curve[i].share + 1e-12);
            cr_assert(curve[i].share - 1e-12 <= curve[i].high && curve[i].high <= 1);
        }
        for (uint32_t d = 0; d < 20; d++)
            cr_assert_eq(!isnan(median) && median <= d, survival_at(people, count, d) <= 0.5 + 1e-9);
        kith_free(curve);
    }
}

static kith_code follow(const kith_mentor_edge *rows, uint32_t count, kith_day as_of, uint32_t months,
                        kith_pay_forward *p, kith_err *err)
{
    kith_pay_rows ready;
    kith_code rc = kith_pay_rows_new(rows, count, rows, count, &ready, err);

    *p = (kith_pay_forward){0};
    ready.as_of = as_of;
    ready.exposure_months = months;
    if (rc == KITH_OK)
        rc = kith_pay_forward_measure(&ready, NULL, count, p, err);
    kith_pay_rows_free(&ready);
    return rc;
}

/** Mentorships by hand; one list is both chosen and all. */
static kith_pay_forward measured(const kith_mentor_edge *rows, uint32_t count, kith_day as_of)
{
    kith_pay_forward p;

    cr_assert_eq(follow(rows, count, as_of, 24, &p, NULL), KITH_OK);
    return p;
}

#define MEASURED(as_of, ...)                                                                                 \
    measured((const kith_mentor_edge[]){__VA_ARGS__},                                                        \
             sizeof((const kith_mentor_edge[]){__VA_ARGS__}) / sizeof(kith_mentor_edge), as_of)

Test(pay_forward, by_hand)
{
    /* 1 is mentored on day 100 and mentors 2 on day 130 and 3 on day 160; both wait, 2 until day
     * 200 (70 days), 3 until day 200 (40 days). So after 30 days one of three has passed it on. */
    kith_pay_forward p = MEASURED(200, {1, 3, 160}, {0, 1, 100}, {1, 2, 130});

    cr_assert_eq(p.mentored, 3);
    cr_assert_eq(p.passed_on, 1);
    cr_assert_eq(p.left_out_earlier + p.left_out_undated, 0);
    cr_assert_float_eq(p.naive_share, 1.0 / 3, 1e-15);
    cr_assert_eq(p.n_curve, 1);
    cr_assert_eq(p.curve[0].days, 30);
    cr_assert_eq(p.curve[0].at_risk, 3);
    cr_assert_float_eq(p.curve[0].share, 1.0 / 3, 1e-15);
    cr_assert(isnan(p.median_days));
    kith_pay_forward_free(&p);
}

Test(pay_forward, counts_from_the_earliest_start_to_the_first_own_mentorship)
{
    kith_pay_forward p = MEASURED(500, {0, 1, 200}, {2, 1, 100}, {1, 3, 400}, {1, 4, 300});

    cr_assert_eq(p.curve[0].days, 200);
    cr_assert_eq(p.mentored, 3);
    kith_pay_forward_free(&p);
}

Test(pay_forward, the_same_day_counts)
{
    kith_pay_forward p = MEASURED(100, {0, 1, 100}, {1, 2, 100});

    cr_assert_eq(p.passed_on, 1);
    cr_assert_eq(p.curve[0].days, 0);
    cr_assert_eq(p.median_days, 0);
    kith_pay_forward_free(&p);
}

Test(pay_forward, who_mentored_before_is_left_out_and_counted)
{
    kith_pay_forward p = MEASURED(500, {1, 2, 50}, {0, 1, 100}, {1, 3, 200});

    cr_assert_eq(p.left_out_earlier, 1);
    cr_assert_eq(p.mentored, 2);
    cr_assert_eq(p.passed_on, 0);
    kith_pay_forward_free(&p);
}

Test(pay_forward, who_has_no_date_is_left_out_and_counted)
{
    /* 1 was mentored without a date; 2 was on day 100, but mentors without one; 3 has two mentors, one
     * undated. */
    kith_pay_forward p = MEASURED(500, {0, 1, KITH_NO_DATE}, {0, 2, 100}, {2, 4, KITH_NO_DATE}, {0, 3, 90},
                                  {1, 3, KITH_NO_DATE}, {0, 5, 100});

    cr_assert_eq(p.left_out_undated, 4, "also 4, whose mentorship with 2 has none");
    cr_assert_eq(p.mentored, 1);
    cr_assert_eq(p.naive_share, 0);
    kith_pay_forward_free(&p);
}

Test(pay_forward, nobody)
{
    const kith_mentor_edge none[] = {{0, 0, 0}};
    kith_pay_forward p = measured(none, 0, 0);

    cr_assert_eq(p.mentored, 0);
    cr_assert(isnan(p.naive_share));
    cr_assert(isnan(p.median_days));
    cr_assert(isnan(p.mean_mentees));
    kith_pay_forward_free(&p);
}

Test(pay_forward, mean_mentees_are_of_those_exposed_long_enough)
{
    /* By day 1000, 1 had 730.5 days and two mentees, one of them twice, and 2 had 731 and none. */
    const kith_mentor_edge rows[] = {{0, 1, 269}, {1, 5, 600}, {1, 5, 700}, {1, 6, 900}, {0, 2, 269}};
    kith_pay_forward p;

    cr_assert_eq(follow(rows, 5, 1000, 24, &p, NULL), KITH_OK);
    cr_assert_eq(p.mentored, 4);
    cr_assert_eq(p.exposed, 2);
    cr_assert_eq(p.mean_mentees, 1);
    kith_pay_forward_free(&p);
    cr_assert_eq(follow(rows, 5, 999, 24, &p, NULL), KITH_OK);
    cr_assert_eq(p.exposed, 0, "24 months are 730.5 days");
    cr_assert(isnan(p.mean_mentees));
    kith_pay_forward_free(&p);
    cr_assert_eq(follow(rows, 5, 1000, 10, &p, NULL), KITH_OK);
    cr_assert_eq(p.exposed, 3, "5 too, who mentors nobody");
    cr_assert_float_eq(p.mean_mentees, 2.0 / 3, 1e-15);
    kith_pay_forward_free(&p);
}

/** All there is to know of who is followed, by the definition, row against row. */
static kith_pay_forward plainly(const kith_mentor_edge *rows, uint32_t count, kith_day as_of)
{
    kith_pay_forward p = {0};
    uint32_t mentees = 0;

    for (uint32_t person = 0; person < 8; person++) {
        kith_day got = INT32_MAX, gave = INT32_MAX;
        bool of[8] = {false};
        uint32_t distinct = 0;
        for (uint32_t i = 0; i < count; i++) {
            if (rows[i].mentee == person && rows[i].start < got)
                got = rows[i].start;
            if (rows[i].mentor != person)
                continue;
            gave = rows[i].start < gave ? rows[i].start : gave;
            distinct += !of[rows[i].mentee];
            of[rows[i].mentee] = true;
        }
        if (got == INT32_MAX)
            continue;
        if (got == KITH_NO_DATE || gave == KITH_NO_DATE) {
            p.left_out_undated++;
        } else if (gave < got) {
            p.left_out_earlier++;
        } else {
            p.mentored++;
            p.passed_on += gave != INT32_MAX;
            if (as_of - got >= 731) {
                p.exposed++;
                mentees += distinct;
            }
        }
    }
    p.mean_mentees = p.exposed ? (double)mentees / p.exposed : NAN;
    return p;
}

Test(pay_forward, random_rows_by_the_definition)
{
    for (uint64_t seed = 0; seed < 500; seed++) {
        kith_mentor_edge rows[16];
        kith_rng rng;
        kith_rng_seed(&rng, seed);
        const uint32_t count = (uint32_t)kith_rng_below(&rng, 17);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t x = (uint32_t)kith_rng_below(&rng, 8);
            kith_day start = (kith_day)kith_rng_below(&rng, 1500);
            rows[i] = (kith_mentor_edge){x, (x + 1 + (uint32_t)kith_rng_below(&rng, 7)) % 8,
                                         start < 100 ? KITH_NO_DATE : start};
        }
        kith_pay_forward p = measured(rows, count, 1500), plain = plainly(rows, count, 1500);
        cr_assert_eq(p.mentored, plain.mentored, "seed %lu", seed);
        cr_assert_eq(p.passed_on, plain.passed_on, "seed %lu", seed);
        cr_assert_eq(p.left_out_earlier, plain.left_out_earlier, "seed %lu", seed);
        cr_assert_eq(p.left_out_undated, plain.left_out_undated, "seed %lu", seed);
        cr_assert_eq(p.exposed, plain.exposed, "seed %lu", seed);
        cr_assert(p.mean_mentees == plain.mean_mentees ||
                  (isnan(p.mean_mentees) && isnan(plain.mean_mentees)));
        kith_pay_forward_free(&p);
    }
}

static kith_code measure(void *ctx, kith_err *err)
{
    const kith_mentor_edge rows[] = {{0, 1, 100}, {1, 2, 200}};
    kith_pay_forward p;
    (void)ctx;
    kith_code rc = follow(rows, 2, 300, 24, &p, err);

    kith_pay_forward_free(&p);
    return rc;
}

Test(pay_forward, every_failed_allocation)
{
    cr_assert_geq(each_failure(measure, NULL), 5);
}

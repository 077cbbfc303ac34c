#include <criterion/criterion.h>

#include <kith/chains.h>

#include "each_failure.h"
#include "mentor_sheet.h"
#include "small_net.h"

enum { A, B, C, D, E };

/** A row of a mentoring sheet; year 0: no date. */
typedef struct row {
    uint32_t mentor, mentee;
    int year;
} row;

static kith_day year(int y)
{
    return y ? small_net_day(y, 1, 1) : KITH_NO_DATE;
}

static small_net *net_of(uint32_t people, const row *rows, size_t count)
{
    small_net *s = small_net_new(people);

    for (size_t i = 0; i < count; i++)
        small_net_mentorship(s, rows[i].mentor, rows[i].mentee, year(rows[i].year), KITH_NO_DATE);
    return s;
}

#define NET(people, ...)                                                                                     \
    net_of(people, (const row[]){__VA_ARGS__}, sizeof((const row[]){__VA_ARGS__}) / sizeof(row))

static kith_chains_result chains_of(small_net *s, const kith_chains_opts *opts)
{
    static const kith_chains_opts everyone;
    kith_chains_result result;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_chains(small_net_open(s), opts ? opts : &everyone, &result, &err), KITH_OK, "%s",
                 err.message);
    return result;
}

static const kith_lineage *lineage(const kith_chains_result *r, uint32_t person)
{
    for (uint32_t i = 0; i < r->n_people; i++)
        if (r->people[i].person == person)
            return &r->people[i];
    cr_assert_fail("person %u is not in the answer", person);
    return NULL;
}

static void expect_longest(const kith_chains_result *r, uint32_t count, const uint32_t *people)
{
    cr_assert_eq(r->n_longest_chain, count, "%u people instead of %u", r->n_longest_chain, count);
    cr_assert_arr_eq(r->longest_chain, people, count * sizeof *people);
}

#define LONGEST(r, ...)                                                                                      \
    expect_longest(r, sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t),                            \
                   (const uint32_t[]){__VA_ARGS__})

Test(chains, without_mentorships_there_is_nothing)
{
    small_net *s = small_net_new(3);
    kith_chains_result r = chains_of(s, NULL);

    cr_assert_eq(r.n_people + r.n_involved + r.n_mentorships + r.n_longest_chain + r.n_cycles, 0);
    cr_assert_eq(r.pay_forward.n_curve, 0);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(chains, three_generations_by_hand)
{
    /* A mentored B and C, who mentored in turn: B mentored D and E, C mentored D. */
    small_net *s = NET(6, {A, B, 2001}, {A, C, 2002}, {B, D, 2003}, {B, E, 2004}, {C, D, 2005});
    kith_chains_result r = chains_of(s, NULL);
    const kith_lineage *a = lineage(&r, A), *d = lineage(&r, D);

    cr_assert_eq(r.n_involved, 5);
    cr_assert_eq(r.n_mentorships, 5);
    cr_assert_eq(r.people[0].person, A);
    cr_assert_eq(a->fecundity, 2);
    cr_assert_eq(a->fertility, 2);
    cr_assert_eq(a->descendants, 4);
    cr_assert_eq(a->generations_below, 2);
    cr_assert_eq(a->generations_above, 0);
    cr_assert_eq(a->genealogical_index, 1, "only B has two mentees");
    cr_assert_eq(d->mentors, 2);
    cr_assert_eq(d->generations_above, 2);
    cr_assert_eq(d->descendants, 0);
    LONGEST(&r, A, B, D);
    cr_assert_eq(r.n_cycles, 0);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(chains, time_runs_forward)
{
    small_net *s = NET(3, {A, B, 2005}, {B, C, 2004});
    kith_chains_result r = chains_of(s, NULL);

    LONGEST(&r, A, B);
    cr_assert_eq(lineage(&r, A)->descendants, 1);
    cr_assert_eq(lineage(&r, A)->fertility, 0);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(chains, one_without_a_date_fits_anywhere_but_carries_the_latest_date)
{
    /* From A the year 2005 is carried past B to C, where 2004 is too early; from B it is not. */
    small_net *s = NET(4, {A, B, 2005}, {B, C, 0}, {C, D, 2004});
    kith_chains_result r = chains_of(s, NULL);

    LONGEST(&r, A, B, C);
    cr_assert_eq(lineage(&r, A)->descendants, 2);
    cr_assert_eq(lineage(&r, B)->descendants, 2);
    cr_assert_eq(lineage(&r, B)->generations_below, 2);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(chains, years_alone_make_chains)
{
    small_net *s = NET(4, {A, B, 2001}, {B, C, 2001}, {C, D, 2001});
    kith_chains_result r = chains_of(s, NULL);

    LONGEST(&r, A, B, C, D);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(chains, a_person_may_come_again_later)
{
    small_net *s = NET(3, {A, B, 2001}, {B, A, 2003}, {A, C, 2004});
    kith_chains_result r = chains_of(s, NULL);

    LONGEST(&r, A, B, A, C);
    cr_assert_eq(lineage(&r, A)->descendants, 2, "never oneself");
    cr_assert_eq(lineage(&r, B)->descendants, 2);
    cr_assert_eq(r.n_cycles, 1);
    cr_assert_eq(r.cycles[0].count, 2);
    cr_assert_eq(r.cycles[0].people[0], A);
    cr_assert_eq(r.cycles[0].people[1], B);
    cr_assert_not(r.cycles[0].undated);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(chains, a_loop_of_one_date_extends_no_chain)
{
    /* The two within the loop are chains of one; what leads in and out of it goes no further. */
    small_net *s = NET(4, {A, B, 2001}, {B, A, 2001}, {B, C, 2002}, {D, A, 2000});
    kith_chains_result r = chains_of(s, NULL);

    LONGEST(&r, A, B);
    cr_assert_eq(lineage(&r, A)->descendants, 1);
    cr_assert_eq(lineage(&r, A)->fecundity, 1);
    cr_assert_eq(lineage(&r, A)->fertility, 0);
    cr_assert_eq(lineage(&r, B)->descendants, 2);
    cr_assert_eq(lineage(&r, D)->descendants, 1);
    cr_assert_eq(r.n_cycles, 1);
    cr_assert(r.cycles[0].undated);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(chains, a_loop_may_hold_one_date_and_unknown_ones_but_not_two_dates)
{
    small_net *one = NET(3, {A, B, 2001}, {B, C, 0}, {C, A, 0});
    small_net *two = NET(3, {A, B, 2001}, {B, C, 0}, {C, A, 2002});
    kith_chains_result r1 = chains_of(one, NULL), r2 = chains_of(two, NULL);

    cr_assert(r1.cycles[0].undated);
    LONGEST(&r1, A, B);
    cr_assert_not(r2.cycles[0].undated);
    LONGEST(&r2, A, B, C, A); /* and no further: 2001 is over */
    kith_chains_free(&r1);
    kith_chains_free(&r2);
    small_net_free(one);
    small_net_free(two);
}

Test(chains, one_without_a_date_may_be_met_twice)
{
    small_net *s = NET(3, {A, B, 0}, {B, C, 2001}, {C, A, 2002});
    kith_chains_result r = chains_of(s, NULL);

    LONGEST(&r, A, B, C, A, B);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(chains, programme_and_cohort_choose_by_whole_words)
{
    small_net *s = small_net_new(4);
    kith_mentorship m = {.mentor = A,
                         .mentee = B,
                         .start = year(2001),
                         .end = KITH_NO_DATE,
                         .programme = "Écoles, North",
                         .cohort = "2001",
                         .meetings = UINT32_MAX,
                         .last_meeting = KITH_NO_DATE};
    small_net_mentorship_full(s, &m);
    m.mentor = B, m.mentee = C, m.start = year(2003), m.programme = "Northern", m.cohort = "2003";
    small_net_mentorship_full(s, &m);
    m.mentor = C, m.mentee = D, m.start = year(2030), m.programme = "north";
    small_net_mentorship_full(s, &m);

    kith_chains_result all = chains_of(s, NULL);
    cr_assert_eq(all.n_mentorships, 2);
    cr_assert_eq(all.n_future, 1);
    LONGEST(&all, A, B, C);
    cr_assert_eq(all.n_pay_groups, 4, "two programmes that have begun, and two cohorts");
    cr_assert_str_eq(all.pay_groups[0].name, "Northern");
    cr_assert_not(all.pay_groups[0].is_cohort);
    cr_assert_str_eq(all.pay_groups[1].name, "Écoles, North");
    cr_assert_eq(all.pay_groups[1].pay.mentored, 1);
    cr_assert_eq(all.pay_groups[1].pay.passed_on, 1, "B, in another programme");
    cr_assert_str_eq(all.pay_groups[2].name, "2001");
    cr_assert(all.pay_groups[2].is_cohort);
    cr_assert_eq(all.pay_groups[3].pay.passed_on, 0);
    kith_chains_result north = chains_of(s, &(kith_chains_opts){.programme = "NORTH"});
    cr_assert_eq(north.n_mentorships, 1);
    cr_assert_eq(north.n_future, 1);
    cr_assert_str_eq(north.programme, "NORTH");
    LONGEST(&north, A, B);
    cr_assert_eq(north.n_pay_groups, 2);
    cr_assert_eq(north.pay_forward.mentored, 1);
    cr_assert_eq(north.pay_forward.passed_on, 1, "B mentored in turn, in another programme");
    kith_chains_result cohort = chains_of(s, &(kith_chains_opts){.cohort = "2003"});
    LONGEST(&cohort, B, C);
    cr_assert_eq(cohort.pay_forward.mentored, 1);
    cr_assert_eq(cohort.pay_forward.passed_on, 0);
    kith_chains_result none = chains_of(s, &(kith_chains_opts){.programme = "nor", .cohort = "2001"});
    cr_assert_eq(none.n_mentorships, 0);
    kith_chains_free(&all);
    kith_chains_free(&north);
    kith_chains_free(&cohort);
    kith_chains_free(&none);
    small_net_free(s);
}

static void mentor_in(small_net *s, uint32_t mentor, uint32_t mentee, int y, const char *programme)
{
    small_net_mentorship_full(s, &(kith_mentorship){.mentor = mentor,
                                                    .mentee = mentee,
                                                    .start = year(y),
                                                    .end = KITH_NO_DATE,
                                                    .programme = programme,
                                                    .cohort = "",
                                                    .meetings = UINT32_MAX,
                                                    .last_meeting = KITH_NO_DATE});
}

Test(chains, a_programme_has_founders_of_its_own)
{
    /* C was mentored in the north, and is a founder in the south, where D has another mentor, too. */
    small_net *s = small_net_new(5);
    mentor_in(s, A, B, 2001, "North");
    mentor_in(s, B, C, 2003, "North");
    mentor_in(s, C, D, 2004, "South");
    mentor_in(s, E, D, 2005, "South");
    mentor_in(s, D, A, 2006, "");
    kith_chains_result r = chains_of(s, &(kith_chains_opts){.foundings = true});
    const kith_founding *north = &r.foundings[0], *south = &r.foundings[1];

    cr_assert_eq(r.n_foundings, 2);
    cr_assert_str_eq(north->name, "North");
    cr_assert_not(north->is_cohort);
    cr_assert_eq(north->n_people, 3);
    cr_assert_eq(north->n_longest, 3);
    cr_assert_eq(north->founders_counted, 1);
    cr_assert_eq(north->founders[0].person, A, "who was mentored in no programme");
    cr_assert_eq(north->founders[0].descendants, 2);
    cr_assert_eq(north->founders[0].cut_off, 2);
    cr_assert_str_eq(south->name, "South");
    cr_assert_eq(south->n_people, 3);
    cr_assert_eq(south->n_longest, 2);
    cr_assert_eq(south->founders_counted, 2);
    cr_assert_eq(south->founders[0].person, C);
    cr_assert_eq(south->founders[0].descendants, 1);
    cr_assert_eq(south->founders[0].cut_off, 0, "D has E as well");
    cr_assert_eq(south->founders[1].person, E);
    kith_chains_free(&r);
    small_net_free(s);
}

/** A programme's founding against a network that holds nothing but its mentorships. */
static void expect_as_alone(const kith_founding *founding, small_net *alone, uint64_t seed)
{
    kith_chains_result r = chains_of(alone, NULL);

    cr_assert_eq(founding->n_people, r.n_involved, "seed %lu", seed);
    cr_assert_eq(founding->n_longest, r.n_longest_chain, "seed %lu", seed);
    cr_assert_eq(founding->founders_counted, r.founders_counted, "seed %lu", seed);
    for (uint32_t i = 0; i < r.n_founders; i++) {
        const kith_hold *hold = &founding->founders[i];
        cr_assert_eq(hold->person, r.founders[i].person, "seed %lu", seed);
        cr_assert_eq(hold->descendants, r.founders[i].descendants, "seed %lu", seed);
        cr_assert_eq(hold->cut_off, r.founders[i].cut_off, "seed %lu", seed);
    }
    kith_chains_free(&r);
}

Test(chains, a_programme_is_as_a_network_of_its_own)
{
    static const char *const names[] = {"North", "South", "West"};

    for (uint64_t seed = 0; seed < 200; seed++) {
        const sheet rows = random_sheet(seed);
        small_net *whole = small_net_new(MOST_PEOPLE), *alone[3] = {NULL};
        bool any[3] = {false};
        for (uint32_t p = 0; p < 3; p++)
            alone[p] = small_net_new(MOST_PEOPLE);
        for (uint32_t i = 0; i < rows.count; i++) {
            const kith_mentor_edge *m = &rows.rows[i];
            const uint32_t p = (i + (uint32_t)seed) % 3;
            const kith_mentorship told = {.mentor = m->mentor,
                                          .mentee = m->mentee,
                                          .start = m->start,
                                          .end = KITH_NO_DATE,
                                          .programme = names[p],
                                          .cohort = "",
                                          .meetings = UINT32_MAX,
                                          .last_meeting = KITH_NO_DATE};
            small_net_mentorship_full(whole, &told);
            small_net_mentorship_full(alone[p], &told);
            any[p] = true;
        }
        kith_chains_result r = chains_of(whole, &(kith_chains_opts){.foundings = true});
        uint32_t at = 0;
        for (uint32_t p = 0; p < 3; p++) {
            if (any[p])
                expect_as_alone(&r.foundings[at++], alone[p], seed);
            small_net_free(alone[p]);
        }
        cr_assert_eq(r.n_foundings, at);
        kith_chains_free(&r);
        small_net_free(whole);
    }
}

Test(chains, over_the_limit_descendants_are_unknown_and_come_last)
{
    small_net *s = NET(5, {A, B, 2001}, {B, C, 2002}, {C, D, 2003}, {C, E, 2004});
    kith_chains_result r = chains_of(s, &(kith_chains_opts){.limit = 3});

    cr_assert_eq(r.limit, 3);
    cr_assert_eq(r.descendants_unknown, 1, "B took all three steps, and C, of one generation, none");
    cr_assert_eq(r.people[0].person, B);
    cr_assert_eq(r.people[0].descendants, 3);
    cr_assert_eq(lineage(&r, C)->descendants, 2);
    cr_assert_eq(lineage(&r, A)->descendants, UINT32_MAX);
    cr_assert_eq(r.people[4].person, A);
    kith_chains_free(&r);
    r = chains_of(s, &(kith_chains_opts){.top = 2});
    cr_assert_eq(r.n_people, 2);
    cr_assert_eq(r.n_involved, 5);
    cr_assert_eq(r.people[0].person, A);
    kith_chains_free(&r);
    small_net_free(s);
}

Test(chains, long_lines_of_one_date_and_of_none)
{
    enum { PEOPLE = 20000 };
    for (int y = 0; y <= 2001; y += 2001) {
        small_net *s = small_net_new(PEOPLE);
        for (uint32_t i = 0; i + 1 < PEOPLE; i++) /* from the highest id down */
            small_net_mentorship(s, i + 1, i, year(y), KITH_NO_DATE);
        kith_chains_result r = chains_of(s, &(kith_chains_opts){.limit = 1000});
        cr_assert_eq(r.n_longest_chain, PEOPLE);
        for (uint32_t i = 0; i < PEOPLE; i++) {
            cr_assert_eq(r.longest_chain[i], PEOPLE - 1 - i);
            cr_assert_eq(r.people[i].generations_below, r.people[i].person);
            cr_assert_eq(r.people[i].generations_above, PEOPLE - 1 - r.people[i].person);
        }
        kith_chains_free(&r);
        small_net_free(s);
    }
}

Test(chains, a_great_ring_is_listed_whole)
{
    enum { PEOPLE = 5000 };
    small_net *s = small_net_new(PEOPLE);
    for (uint32_t i = 0; i < PEOPLE; i++)
        small_net_mentorship(s, i, (i + 1) % PEOPLE, year(2000 + (int)(i % 2)), KITH_NO_DATE);
    kith_chains_result r = chains_of(s, NULL);

    cr_assert_eq(r.n_cycles, 1);
    cr_assert_eq(r.cycles[0].count, PEOPLE);
    for (uint32_t i = 0; i < PEOPLE; i++)
        cr_assert_eq(r.cycles[0].people[i], i);
    cr_assert_not(r.more_cycles);
    cr_assert_eq(r.n_longest_chain, 3); /* 2000, 2001 */
    kith_chains_free(&r);
    small_net_free(s);
}

Test(chains, more_rings_than_are_sought_are_told)
{
    enum { PAIRS = KITH_CYCLES_SOUGHT };
    for (uint32_t more = 0; more < 2; more++) {
        small_net *s = small_net_new(2 * (PAIRS + more));
        for (uint32_t i = 0; i < PAIRS + more; i++) {
            small_net_mentorship(s, 2 * i, 2 * i + 1, year(2000), KITH_NO_DATE);
            small_net_mentorship(s, 2 * i + 1, 2 * i, year(2001), KITH_NO_DATE);
        }
        kith_chains_result r = chains_of(s, NULL);
        cr_assert_eq(r.n_cycles, PAIRS);
        cr_assert_eq(r.more_cycles, more == 1);
        kith_chains_free(&r);
        small_net_free(s);
    }
}

static bool stop(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx, (void)phase, (void)done, (void)total;
    return false;
}

Test(chains, stops_when_told)
{
    small_net *s = NET(2, {A, B, 2001});
    const kith_progress progress = {stop, NULL};
    kith_chains_result r;

    cr_assert_eq(kith_chains(small_net_open(s), &(kith_chains_opts){.progress = &progress}, &r, NULL),
                 KITH_EINTERRUPT);
    cr_assert_null(r.people);
    small_net_free(s);
}

static kith_code measure_all(void *ctx, kith_err *err)
{
    kith_chains_result r;
    kith_code rc = kith_chains(
        ctx, &(kith_chains_opts){.programme = "north", .cohort = "2001", .foundings = true}, &r, err);

    kith_chains_free(&r);
    return rc;
}

Test(chains, every_failed_allocation)
{
    small_net *s = small_net_new(5);
    const row rows[] = {{A, B, 2001}, {B, A, 2001}, {A, C, 0}, {C, D, 2003}, {D, C, 2004}, {D, E, 2005}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        kith_mentorship m = {.mentor = rows[i].mentor,
                             .mentee = rows[i].mentee,
                             .start = year(rows[i].year),
                             .end = KITH_NO_DATE,
                             .programme = "North",
                             .cohort = "2001",
                             .meetings = UINT32_MAX,
                             .last_meeting = KITH_NO_DATE};
        small_net_mentorship_full(s, &m);
    }
    cr_assert_geq(each_failure(measure_all, (void *)small_net_open(s)), 20);
    small_net_free(s);
}

/* A genealogy as large as those of a discipline: 20,000 advisors' rows with years alone, 58 generations, 281
 * people with two advisors; and people who advised each other. */
#include <criterion/criterion.h>

#include <kith/chains.h>

#include "base/rng.h"
#include "small_net.h"

enum {
    ROWS = 20000,
    GENERATIONS = 58,
    SECOND_ADVISORS = 281,
    PEOPLE = ROWS - SECOND_ADVISORS + 1, /* all but the first have an advisor */
    FIRST_YEAR = 1400,
    YEARS_BETWEEN = 10
};

typedef struct genealogy {
    uint32_t generation[PEOPLE];
    uint32_t advisor[PEOPLE];
} genealogy;

static kith_day year_of(uint32_t generation)
{
    return small_net_day((int)(FIRST_YEAR + YEARS_BETWEEN * generation), 1, 1);
}

/** Person 0 is the first; 1 to 58 follow in one line, all others somebody not of the last generation. */
static small_net *grow(genealogy *all)
{
    small_net *net = small_net_new(PEOPLE);
    kith_rng rng;

    kith_rng_seed(&rng, 58);
    for (uint32_t v = 1; v < PEOPLE; v++) {
        uint32_t advisor = v <= GENERATIONS ? v - 1 : (uint32_t)kith_rng_below(&rng, v);
        if (all->generation[advisor] == GENERATIONS)
            advisor = 0;
        all->advisor[v] = advisor;
        all->generation[v] = all->generation[advisor] + 1;
        small_net_mentorship(net, advisor, v, year_of(all->generation[v]), KITH_NO_DATE);
    }
    return net;
}

/** A second advisor, of an earlier generation, for as many as there is one for. */
static void add_second_advisors(const genealogy *all, small_net *net)
{
    uint32_t left = SECOND_ADVISORS;

    for (uint32_t v = PEOPLE - 1; left > 0; v--)
        for (uint32_t second = 1; second < v; second++)
            if (all->generation[second] < all->generation[v] && second != all->advisor[v]) {
                small_net_mentorship(net, second, v, year_of(all->generation[v]), KITH_NO_DATE);
                left--;
                break;
            }
}

static genealogy all;

Test(genealogy, as_large_as_a_discipline)
{
    small_net *net = grow(&all);
    kith_chains_result r;
    uint32_t with_two = 0;

    cr_assert_eq(kith_chains(small_net_open(net), &(kith_chains_opts){0}, &r, NULL), KITH_OK);
    small_net_free(net);
    cr_assert_eq(r.n_mentorships, PEOPLE - 1);
    cr_assert_eq(r.founders[0].cut_off, PEOPLE - 1, "with one advisor each all hang on the first");
    kith_chains_free(&r);

    net = grow(&all);
    add_second_advisors(&all, net);
    cr_assert_eq(kith_chains(small_net_open(net), &(kith_chains_opts){0}, &r, NULL), KITH_OK);
    cr_assert_eq(r.n_mentorships, ROWS);
    cr_assert_eq(r.n_longest_chain, GENERATIONS + 1);
    for (uint32_t i = 0; i <= GENERATIONS; i++)
        cr_assert_eq(r.longest_chain[i], i);
    for (uint32_t i = 0; i < r.n_people; i++) {
        with_two += r.people[i].mentors == 2;
        cr_assert_eq(r.people[i].generations_above, all.generation[r.people[i].person]);
    }
    cr_assert_eq(with_two, SECOND_ADVISORS);
    cr_assert_eq(r.people[0].person, 0);
    cr_assert_eq(r.people[0].descendants, PEOPLE - 1);
    cr_assert_eq(r.founders_counted, 1);
    cr_assert_eq(r.founders[0].person, 0);
    cr_assert_eq(r.founders[0].cut_off, PEOPLE - 1);
    cr_assert_eq(r.n_cycles + r.unfounded, 0);
    kith_chains_free(&r);
    small_net_free(net);
}

Test(genealogy, people_who_advised_each_other_are_listed)
{
    small_net *net = small_net_new(6);
    const kith_day year = year_of(0);
    kith_chains_result r;

    small_net_mentorship(net, 0, 1, year, KITH_NO_DATE); /* the same year, so no chain goes on */
    small_net_mentorship(net, 1, 0, year, KITH_NO_DATE);
    small_net_mentorship(net, 2, 3, year, KITH_NO_DATE); /* ten years between, so chains do */
    small_net_mentorship(net, 3, 2, year_of(1), KITH_NO_DATE);
    small_net_mentorship(net, 4, 5, KITH_NO_DATE, KITH_NO_DATE);
    small_net_mentorship(net, 5, 4, KITH_NO_DATE, KITH_NO_DATE);
    cr_assert_eq(kith_chains(small_net_open(net), &(kith_chains_opts){0}, &r, NULL), KITH_OK);
    cr_assert_eq(r.n_cycles, 3);
    for (uint32_t i = 0; i < 3; i++) {
        cr_assert_eq(r.cycles[i].count, 2);
        cr_assert_eq(r.cycles[i].people[0], 2 * i);
        cr_assert_eq(r.cycles[i].undated, i != 1);
    }
    cr_assert_eq(r.n_longest_chain, 3);
    cr_assert_eq(r.founders_counted, 0);
    cr_assert_eq(r.unfounded, 6);
    kith_chains_free(&r);
    small_net_free(net);
}

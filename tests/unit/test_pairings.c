/* Rows that tell of one mentorship become one, and counts of meetings join the mentorship they belong to. */
#include <criterion/criterion.h>

#include "base/date.h"
#include "people/resolve.h"

static kith_pairing plain(uint32_t mentor, uint32_t mentee, uint64_t line)
{
    return (kith_pairing){.mentor = mentor,
                          .mentee = mentee,
                          .line = line,
                          .start = KITH_NO_DATE,
                          .end = KITH_NO_DATE,
                          .last_meeting = KITH_NO_DATE,
                          .programme = "",
                          .cohort = "",
                          .meetings = UINT32_MAX};
}

static kith_pairing from(uint32_t mentor, uint32_t mentee, int32_t year)
{
    kith_pairing pairing = plain(mentor, mentee, (uint64_t)year);

    pairing.start = kith_day_from_civil(year, 1, 1);
    return pairing;
}

static kith_pairing met(uint32_t mentor, uint32_t mentee, uint32_t times, int32_t last_year)
{
    kith_pairing pairing = plain(mentor, mentee, times);

    pairing.meetings = times;
    pairing.last_meeting = kith_day_from_civil(last_year, 6, 1);
    pairing.only_meetings = true;
    return pairing;
}

Test(pairings, meetings_join_the_mentorship_that_was_under_way)
{
    kith_pairing rows[] = {met(1, 2, 5, 2022), from(1, 2, 2024), from(1, 2, 2021), from(1, 3, 2020)};
    size_t n = 4;

    kith_pairings_fold(rows, &n);
    cr_assert_eq(n, 3);
    cr_assert_eq(rows[0].mentee, 3, "sorted by mentor, then start");
    cr_assert_eq(rows[1].start, kith_day_from_civil(2021, 1, 1));
    cr_assert_eq(rows[1].meetings, 5);
    cr_assert_eq(rows[1].last_meeting, kith_day_from_civil(2022, 6, 1));
    cr_assert_eq(rows[2].meetings, UINT32_MAX);
    cr_assert_eq(rows[0].meetings, UINT32_MAX, "another pair has nothing to do with it");
}

Test(pairings, meetings_of_several_files_add_up)
{
    kith_pairing rows[] = {met(1, 2, 5, 2022), met(1, 2, 3, 2023)};
    size_t n = 2;

    kith_pairings_fold(rows, &n);
    cr_assert_eq(n, 1, "without a mentorship they are one");
    cr_assert_eq(rows[0].meetings, 8);
    cr_assert_eq(rows[0].last_meeting, kith_day_from_civil(2023, 6, 1));
}

Test(pairings, a_stated_number_of_meetings_is_not_counted_twice)
{
    kith_pairing rows[] = {from(1, 2, 2022), met(1, 2, 5, 2022)};
    size_t n = 2;

    rows[0].meetings = 12;
    kith_pairings_fold(rows, &n);
    cr_assert_eq(n, 1);
    cr_assert_eq(rows[0].meetings, 12);
}

Test(pairings, a_plain_row_says_nothing_new)
{
    kith_pairing rows[] = {plain(1, 2, 1), plain(1, 2, 2), plain(2, 1, 3), from(1, 2, 2022)};
    size_t n = 4;

    kith_pairings_fold(rows, &n);
    cr_assert_eq(n, 2);
    cr_assert(rows[0].mentor == 1 && rows[0].start == kith_day_from_civil(2022, 1, 1));
    cr_assert(rows[1].mentor == 2 && rows[1].mentee == 1, "the other way round is another mentorship");
}

Test(pairings, the_order_of_rows_does_not_count)
{
    const kith_pairing all[] = {met(1, 2, 5, 2022), plain(1, 2, 7), from(1, 2, 2021), met(1, 2, 1, 2025),
                                from(1, 2, 2024)};

    for (size_t shift = 0; shift < 5; shift++) {
        kith_pairing rows[5];
        size_t n = 5;
        for (size_t i = 0; i < 5; i++)
            rows[i] = all[(i + shift) % 5];
        kith_pairings_fold(rows, &n);
        cr_assert_eq(n, 2);
        cr_assert_eq(rows[0].meetings, UINT32_MAX);
        cr_assert_eq(rows[1].meetings, 6);
    }
}

Test(pairings, nothing_is_nothing)
{
    kith_pairing none = plain(0, 1, 1);
    size_t n = 0;

    kith_pairings_fold(&none, &n);
    cr_assert_eq(n, 0);
}

#include <criterion/criterion.h>
#include <string.h>
#include <time.h>

#include "base/date.h"

#define DAY_SECONDS 86400

static const kith_date_order orders[] = {KITH_DATE_YMD, KITH_DATE_DMY, KITH_DATE_MDY};

static kith_day oct_7(void)
{
    return kith_day_from_civil(2023, 10, 7);
}

Test(date, days_that_everyone_knows)
{
    cr_assert_eq(kith_day_from_civil(1970, 1, 1), 0);
    cr_assert_eq(kith_day_from_civil(1969, 12, 31), -1);
    cr_assert_eq(kith_day_from_civil(2000, 3, 1), 11017);
    cr_assert_eq(kith_day_from_civil(1858, 11, 17), -40587); /* Modified Julian Day 0 */
    cr_assert_eq(kith_day_from_civil(0, 3, 1), -719468);
    cr_assert_eq(kith_day_from_civil(2001, 9, 9), 1000000000 / DAY_SECONDS);
}

Test(date, leap_years_are_those_of_gregory)
{
    cr_assert_neq(kith_day_from_civil(2000, 2, 29), KITH_NO_DATE);
    cr_assert_neq(kith_day_from_civil(2024, 2, 29), KITH_NO_DATE);
    cr_assert_eq(kith_day_from_civil(1900, 2, 29), KITH_NO_DATE);
    cr_assert_eq(kith_day_from_civil(2023, 2, 29), KITH_NO_DATE);
    cr_assert_eq(kith_day_from_civil(2024, 3, 1) - kith_day_from_civil(2024, 2, 28), 2);
    cr_assert_eq(kith_day_from_civil(2400, 1, 1) - kith_day_from_civil(2000, 1, 1), 146097);
}

Test(date, there_is_no_such_day)
{
    cr_assert_eq(kith_day_from_civil(2023, 0, 1), KITH_NO_DATE);
    cr_assert_eq(kith_day_from_civil(2023, 13, 1), KITH_NO_DATE);
    cr_assert_eq(kith_day_from_civil(2023, 4, 31), KITH_NO_DATE);
    cr_assert_eq(kith_day_from_civil(2023, 1, 0), KITH_NO_DATE);
    cr_assert_eq(kith_day_from_civil(2023, 1, 32), KITH_NO_DATE);
    cr_assert_eq(kith_day_from_civil(INT32_MAX, 1, 1), KITH_NO_DATE);
    cr_assert_eq(kith_day_from_civil(INT32_MIN, 1, 1), KITH_NO_DATE);
}

/** Every 13th day over some 2700 years, against the C library. */
Test(date, agrees_with_the_c_library)
{
    for (kith_day day = -500000; day < 500000; day += 13) {
        time_t seconds = (time_t)day * DAY_SECONDS;
        struct tm tm;
        int32_t year;
        uint32_t month;
        uint32_t day_of_month;

        gmtime_r(&seconds, &tm);
        kith_day_to_civil(day, &year, &month, &day_of_month);
        cr_assert_eq(year, tm.tm_year + 1900);
        cr_assert_eq(month, (uint32_t)tm.tm_mon + 1);
        cr_assert_eq(day_of_month, (uint32_t)tm.tm_mday);
        cr_assert_eq(kith_day_from_civil(year, month, day_of_month), timegm(&tm) / DAY_SECONDS);
    }
}

Test(date, there_and_back_over_the_whole_range)
{
    for (int64_t day = INT32_MIN + 1; day <= INT32_MAX; day += 104729) {
        int32_t year;
        uint32_t month;
        uint32_t day_of_month;

        kith_day_to_civil((kith_day)day, &year, &month, &day_of_month);
        cr_assert_eq(kith_day_from_civil(year, month, day_of_month), day);
    }
}

Test(date, is_written_in_iso_order)
{
    char text[KITH_DATE_SIZE];

    kith_date_format(oct_7(), text);
    cr_assert_str_eq(text, "2023-10-07");
    kith_date_format(KITH_NO_DATE, text);
    cr_assert_str_eq(text, "");
    kith_date_format(kith_day_from_civil(12, 3, 4), text);
    cr_assert_str_eq(text, "0012-03-04");
    kith_date_format(INT32_MAX, text);
    cr_assert_str_eq(text, "9999-12-31");
    kith_date_format(INT32_MIN + 1, text);
    cr_assert_str_eq(text, "0000-01-01");
}

Test(date, what_is_written_can_be_read)
{
    char text[KITH_DATE_SIZE];

    for (kith_day day = kith_day_from_civil(0, 1, 1); day <= kith_day_from_civil(9999, 12, 31); day += 97) {
        kith_date_format(day, text);
        cr_assert_eq(kith_date_parse(text, KITH_DATE_MDY), day, "%s", text);
    }
}

Test(date, every_form_of_one_day_reads_alike)
{
    static const char *const forms[] = {
        "2023-10-07",
        " 2023-10-07 ",
        "2023/10/07",
        "2023.10.7",
        "20231007",
        "07 Oct 2023",
        "7 october 2023",
        "07 OCT 2023",
        "7-Oct-23",
        "07-Oct-2023",
        "Oct 7, 2023",
        "October 7 2023",
        "2023-10-07 10:20:30",
        "2023-10-07 10:20:30 UTC",
        "2023/10/07 10:20:30 UTC",
        "2023-10-07T23:59:59Z",
        "2023-10-07T00:30:00+14:00",
        "2023-10-07T23:30:00.447+0000",
        "2023-10-07 23:30:60 -0730",
        "20231007T102030Z",
        "20231007 10:20",
        "Oct 7, 2023, 3:04 PM",
        "Oct 7, 2023, 3:04\u202FPM",
        "1696636800",    /* midnight */
        "1696723199",    /* a second before the next one */
        "1696636800000", /* milliseconds */
        "1696723199999",
    };

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        for (size_t k = 0; k < sizeof orders / sizeof *orders; k++)
            cr_assert_eq(kith_date_parse(forms[i], orders[k]), oct_7(), "%s", forms[i]);
}

Test(date, months_go_by_their_names_in_seven_languages)
{
    static const char *const forms[] = {
        "7. Oktober 2023",       "7. Okt. 2023",    "7 octobre 2023",       "7 oct. 2023",
        "7 de octubre de 2023",  "7 ottobre 2023",  "7 oktober 2023",       "7 okt. 2023",
        "7 de outubro de 2023",  "7/out/2023",      "7 DE OUTUBRO DE 2023", "07-ott-23",
        "7 de octubre del 2023", "octubre 7, 2023",
    };
    static const struct {
        const char *text;
        uint32_t month;
    } accents[] = {
        {"1. März 2023", 3},      {"1 mars 2023", 3},  {"1 mrt. 2023", 3},    {"1 de março de 2023", 3},
        {"1 février 2023", 2},    {"1 FÉVR. 2023", 2}, {"1 août 2023", 8},    {"1 décembre 2023", 12},
        {"1 de mayo de 2023", 5}, {"1. Mai 2023", 5},  {"1 maggio 2023", 5},  {"1 juil. 2023", 7},
        {"1 gen 2023", 1},        {"1 set 2023", 9},   {"1. Jänner 2023", 1}, {"1 dic 2023", 12}};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        cr_expect_eq(kith_date_parse(forms[i], KITH_DATE_MDY), oct_7(), "%s", forms[i]);
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        cr_expect_eq(kith_date_parse(accents[i].text, KITH_DATE_MDY),
                     kith_day_from_civil(2023, accents[i].month, 1), "%s", accents[i].text);
}

/** The mask of one order. */
static uint32_t in(kith_date_order order)
{
    return UINT32_C(1) << order;
}

Test(date, orders_in_which_a_text_is_a_day)
{
    cr_assert_eq(kith_date_orders("3/4/2021"), in(KITH_DATE_DMY) | in(KITH_DATE_MDY));
    cr_assert_eq(kith_date_orders("13/4/2021"), in(KITH_DATE_DMY));
    cr_assert_eq(kith_date_orders("4/13/2021 10:00"), in(KITH_DATE_MDY));
    cr_assert_eq(kith_date_orders("99/3/14"), in(KITH_DATE_YMD));
    cr_assert_eq(kith_date_orders("03.04.05"), in(KITH_DATE_YMD) | in(KITH_DATE_DMY) | in(KITH_DATE_MDY));
    static const char *const none[] = {"4/4/2021", "2021-03-04", "20210304", "7 Oct 2021", "Oct 2021",
                                       "2021",     "31/31/2021", "soon",     "",           "1696636800"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        cr_assert_eq(kith_date_orders(none[i]), 0, "%s", none[i]);
}

Test(date, a_month_is_its_first_day_and_a_year_its_first_of_january)
{
    static const char *const months[] = {"Oct 2023", "October 2023", "Oct-2023",
                                         "Oct-23",   "2023-10",      "10/2023"};

    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        cr_assert_eq(kith_date_parse(months[i], KITH_DATE_MDY), kith_day_from_civil(2023, 10, 1), "%s",
                     months[i]);
    cr_assert_eq(kith_date_parse("2023", KITH_DATE_MDY), kith_day_from_civil(2023, 1, 1));
}

Test(date, the_order_decides_only_where_the_numbers_do_not)
{
    cr_assert_eq(kith_date_parse("3/4/2021", KITH_DATE_MDY), kith_day_from_civil(2021, 3, 4));
    cr_assert_eq(kith_date_parse("3/4/2021", KITH_DATE_DMY), kith_day_from_civil(2021, 4, 3));
    cr_assert_eq(kith_date_parse("3/4/2021", KITH_DATE_YMD), KITH_NO_DATE);
    cr_assert_eq(kith_date_parse("03.04.21", KITH_DATE_DMY), kith_day_from_civil(2021, 4, 3));
    cr_assert_eq(kith_date_parse("03-04-21", KITH_DATE_YMD), kith_day_from_civil(2003, 4, 21));
    for (size_t k = 0; k < sizeof orders / sizeof *orders; k++) {
        cr_assert_eq(kith_date_parse("25/12/2021", orders[k]), kith_day_from_civil(2021, 12, 25));
        cr_assert_eq(kith_date_parse("12/25/2021", orders[k]), kith_day_from_civil(2021, 12, 25));
    }
    cr_assert_eq(kith_date_parse("10/7/23, 3:04 PM", KITH_DATE_MDY), oct_7());
}

Test(date, two_digit_years_turn_at_69)
{
    cr_assert_eq(kith_date_parse("1-Jan-68", KITH_DATE_DMY), kith_day_from_civil(2068, 1, 1));
    cr_assert_eq(kith_date_parse("1-Jan-69", KITH_DATE_DMY), kith_day_from_civil(1969, 1, 1));
    cr_assert_eq(kith_date_parse("1/1/00", KITH_DATE_DMY), kith_day_from_civil(2000, 1, 1));
    cr_assert_eq(kith_date_parse("1/1/99", KITH_DATE_DMY), kith_day_from_civil(1999, 1, 1));
}

Test(date, what_is_no_date_is_refused)
{
    static const char *const forms[] = {
        "",
        " ",
        "-",
        "soon",
        "present",
        "2023-02-31",
        "2023-13-01",
        "2023-00-00",
        "0000-00-00",
        "31 Feb 2023",
        "31/31/2023",
        "2023-10-07x",
        "2023-10-07 x",
        "2023-10-07 25:00",
        "2023-10-07 10:60",
        "2023-10-07 10:20:61",
        "2023-10-07 10:20 10:20",
        "2023-10-07T",
        "2023-10-07,",
        "2023-10-07 10:20:30.",
        "2023-10-07 10:20 +25:00",
        "2023-10/07",
        "2023--10-07",
        "7 Octo 2023",
        "7 Oct",
        "Oct",
        "Oct 7",
        "7 Oct 123",
        "Oct Oct 2023",
        "7 7 2023",
        "123",
        "12345",
        "1234567",
        "123456789",
        "12345678901",
        "99999999999999999999999999999999999999",
        "20231332",
        "+2023",
        "-2023-10-07",
        "2023-10-07-08",
        "007-10-2023",
        "--1007",
    };

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        for (size_t k = 0; k < sizeof orders / sizeof *orders; k++)
            cr_assert_eq(kith_date_parse(forms[i], orders[k]), KITH_NO_DATE, "%s", forms[i]);
}

/** Nothing is read behind the end, whatever the text is cut from; ASan watches. */
Test(date, every_prefix_is_read_or_refused)
{
    static const char whole[] = "Oct 07, 2023, 10:20:30.447\u202FPM UTC+02:00";

    for (size_t length = 0; length < sizeof whole; length++) {
        char *cut = strndup(whole, length);
        (void)kith_date_parse(cut, KITH_DATE_MDY);
        free(cut);
    }
    cr_assert_eq(kith_date_parse(whole, KITH_DATE_MDY), oct_7());
}

Test(date, years_between)
{
    cr_assert_float_eq(kith_years_between(0, 1461), 4, 1e-12);
    cr_assert_float_eq(kith_years_between(1461, 0), -4, 1e-12);
    cr_assert_gt(kith_years_between(INT32_MIN + 1, INT32_MAX), 11e6);
}

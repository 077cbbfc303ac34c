#include "base/date.h"

#define MONTHS 12

/** Days before each month in a year of 365 days. */
static const int32_t days_before_month[MONTHS] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static uint32_t days_in_month(int64_t year, uint32_t month)
{
    if (month == 2)
        return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Days from 1970-01-01 to the first of January of `year`. */
static int64_t year_begin(int64_t year)
{
    int64_t before = year - 1;
    int64_t leap_days = floor_div(before, 4) - floor_div(before, 100) + floor_div(before, 400);

    return 365 * (year - 1970) + leap_days - 477; /* 477 leap days lie before 1970 */
}

/** Days from the first of January to the first of `month`. */
static int64_t month_begin(int64_t year, uint32_t month)
{
    return days_before_month[month - 1] + (month > 2 && is_leap(year));
}

kith_day kith_day_from_civil(int32_t year, uint32_t month, uint32_t day)
{
    if (month < 1 || month > MONTHS || day < 1 || day > days_in_month(year, month))
        return KITH_NO_DATE;
    int64_t days = year_begin(year) + month_begin(year, month) + day - 1;
    return days > INT32_MIN && days <= INT32_MAX ? (kith_day)days : KITH_NO_DATE;
}

void kith_day_to_civil(kith_day day, int32_t *year, uint32_t *month, uint32_t *day_of_month)
{
    int64_t y = 1970 + floor_div((int64_t)day * 400, 146097); /* 400 years have 146097 days */

    while (year_begin(y) > day)
        y--;
    while (year_begin(y + 1) <= day)
        y++;
    int64_t day_of_year = day - year_begin(y);
    uint32_t m = (uint32_t)(day_of_year / 31) + 1; /* or the month after it */
    if (m < MONTHS && month_begin(y, m + 1) <= day_of_year)
        m++;
    *year = (int32_t)y;
    *month = m;
    *day_of_month = (uint32_t)(day_of_year - month_begin(y, m)) + 1;
}

/** Writes the last `digits` digits of a number. @return behind them. */
static char *put_digits(char *out, uint32_t number, uint32_t digits)
{
    for (uint32_t i = digits; i-- > 0; number /= 10)
        out[i] = (char)('0' + number % 10);
    return out + digits;
}

void kith_date_format(kith_day day, char out[KITH_DATE_SIZE])
{
    int32_t year;
    uint32_t month;
    uint32_t day_of_month;

    out[0] = '\0';
    if (day == KITH_NO_DATE)
        return;
    if (day < year_begin(0))
        day = (kith_day)year_begin(0);
    if (day >= year_begin(10000))
        day = (kith_day)year_begin(10000) - 1;
    kith_day_to_civil(day, &year, &month, &day_of_month);
    out = put_digits(out, (uint32_t)year, 4);
    *out++ = '-';
    out = put_digits(out, month, 2);
    *out++ = '-';
    *put_digits(out, day_of_month, 2) = '\0';
}

double kith_years_between(kith_day from, kith_day to)
{
    return ((double)to - (double)from) / 365.25;
}

#include "report/words.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"

/** Appends digits with a comma before every third one from the right. */
static void put_grouped(kith_dynbuf *out, const char *digits, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            kith_dynbuf_put(out, ',');
        kith_dynbuf_put(out, digits[i]);
    }
}

/** Makes whatever stands for a decimal point in the locale of the process a point. */
static void use_point(char *number)
{
    size_t length = strspn(number, "+-0123456789"), rest = length + strcspn(number + length, "+-0123456789e");

    if (rest == length)
        return;
    number[length] = '.';
    memmove(number + length + 1, number + rest, strlen(number + rest) + 1);
}

void kith_words_count(kith_dynbuf *out, uint64_t count)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, count);

    put_grouped(out, digits, (size_t)length);
}

void kith_words_counted(kith_dynbuf *out, uint64_t count, const char *one, const char *many)
{
    kith_words_count(out, count);
    kith_dynbuf_put(out, ' ');
    kith_dynbuf_text(out, count == 1 ? one : many);
}

void kith_words_real(kith_dynbuf *out, double value)
{
    char number[40];

    snprintf(number, sizeof number, "%.9g", value);
    if (number[strspn(number, "+-")] <= '9')
        use_point(number); /* "inf" and "nan" have none */
    kith_dynbuf_text(out, number);
}

void kith_words_fixed(kith_dynbuf *out, double value, uint32_t decimals)
{
    char number[400];
    size_t sign, whole;

    snprintf(number, sizeof number, "%.*f", (int)decimals, value);
    sign = strspn(number, "-");
    whole = strspn(number + sign, "0123456789");
    if (whole > 0)
        use_point(number);
    kith_dynbuf_append(out, number, sign);
    put_grouped(out, number + sign, whole);
    kith_dynbuf_text(out, number + sign + whole);
}

void kith_words_halves(kith_dynbuf *out, double count)
{
    kith_words_fixed(out, count, count == floor(count) ? 0 : 1);
}

void kith_words_share(kith_dynbuf *out, double share)
{
    double percent = 100 * share;

    if (percent > 0 && percent < 0.01) {
        kith_dynbuf_text(out, "<0.01%");
        return;
    }
    kith_words_fixed(out, percent, percent == 0 || percent >= 9.95 ? 0 : percent >= 0.995 ? 1 : 2);
    kith_dynbuf_put(out, '%');
}

void kith_words_month(kith_dynbuf *out, kith_day day)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int32_t year;
    uint32_t month, day_of_month;

    if (day == KITH_NO_DATE)
        return;
    kith_day_to_civil(day, &year, &month, &day_of_month);
    kith_dynbuf_printf(out, "%s %" PRId32, months[month - 1], year);
}

void kith_words_years(kith_dynbuf *out, kith_day first, kith_day last)
{
    int32_t from, to;
    uint32_t month, day_of_month;

    kith_day_to_civil(first, &from, &month, &day_of_month);
    kith_day_to_civil(last, &to, &month, &day_of_month);
    kith_dynbuf_printf(out, "%" PRId32, from);
    if (to != from)
        kith_dynbuf_printf(out, "\u2013%" PRId32, to);
}

void kith_words_day(kith_dynbuf *out, kith_day day)
{
    char text[KITH_DATE_SIZE];

    kith_date_format(day, text);
    kith_dynbuf_text(out, day == KITH_NO_DATE ? "unknown" : text);
}

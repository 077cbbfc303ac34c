/** @file
 * Calendar days, without a clock and without time zones.
 */
#ifndef KITH_BASE_DATE_H
#define KITH_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include <kith/day.h>

/** How a numeric date with an ambiguous order (03/04/2021) is read. */
typedef enum kith_date_order { KITH_DATE_YMD, KITH_DATE_DMY, KITH_DATE_MDY } kith_date_order;

/** The day of a proleptic Gregorian date; KITH_NO_DATE where there is no such day. */
kith_day kith_day_from_civil(int32_t year, uint32_t month, uint32_t day);

/** The inverse; `day` must not be KITH_NO_DATE. */
void kith_day_to_civil(kith_day day, int32_t *year, uint32_t *month, uint32_t *day_of_month);

/**
 * Reads any date the known exports write: 2023-10-07, with or without a time and zone behind it
 * (the zone is ignored: the day is as written); 2023/10/07 …; 07 Oct 2023; 7-Oct-23; Oct 2023;
 * Oct 7, 2023; 10/7/23, 3:04 PM; 20231007; 2023; epoch seconds or milliseconds (10 or 13 digits).
 * Month names in English, German, French, Spanish, Italian, Dutch and Portuguese, full or as they are
 * shortened there, also "7. Oktober 2023" and "7 de octubre de 2023". Two-digit years: 00-68 are 20xx,
 * 69-99 are 19xx.
 * A month alone is its first day, a year alone its first of January.
 *
 * @param order  how to read a numeric date of three parts that does not begin with a year of four
 *               digits; a part above 12 that can only be a day overrules DMY and MDY.
 * @return KITH_NO_DATE where the text is no date.
 */
kith_day kith_date_parse(const char *text, kith_date_order order);

/**
 * In which orders the text is a day, a bit 1 << kith_date_order each; 0 where it is no date of three
 * numbers, begins with a year of four digits, or is the same day in every order that fits.
 */
uint32_t kith_date_orders(const char *text);

/** Writes "2023-10-07" (or "" for KITH_NO_DATE) and its NUL; years outside 0..9999 are clipped. */
void kith_date_format(kith_day day, char out[KITH_DATE_SIZE]);

/** Days from `from` to `to` in years of 365.25 days; both must be dates. */
double kith_years_between(kith_day from, kith_day to);

#endif

/** @file
 * Numbers and dates in words, the same in any locale. All append to a buffer.
 */
#ifndef KITH_REPORT_WORDS_H
#define KITH_REPORT_WORDS_H

#include <stdint.h>

#include <kith/day.h>

#include "base/dynbuf.h"

/** "1,204". */
void kith_words_count(kith_dynbuf *out, uint64_t count);

/** "1 person", "1,204 people". */
void kith_words_counted(kith_dynbuf *out, uint64_t count, const char *one, const char *many);

/** "1,204", "7.5": what comes in whole numbers and halves. */
void kith_words_halves(kith_dynbuf *out, double count);

/** Nine significant digits and a decimal point, for programs: "0.35", "1.2e-07". */
void kith_words_real(kith_dynbuf *out, double value);

/** So many decimals and thousands in groups, for readers: "12,345.7". */
void kith_words_fixed(kith_dynbuf *out, double value, uint32_t decimals);

/** A share of one as a percentage of two significant digits: "35%", "0.42%", "<0.01%". */
void kith_words_share(kith_dynbuf *out, double share);

/** "March 2019"; nothing for KITH_NO_DATE. */
void kith_words_month(kith_dynbuf *out, kith_day day);

/** "2013–2016", or "2013" where both days are of one year. */
void kith_words_years(kith_dynbuf *out, kith_day first, kith_day last);

/** "2019-03-07", or "unknown" for KITH_NO_DATE. */
void kith_words_day(kith_dynbuf *out, kith_day day);

#endif

/** @file
 * Mentors for mentees, as readers are told of them.
 */
#ifndef KITH_REPORT_SHOW_MATCH_H
#define KITH_REPORT_SHOW_MATCH_H

#include "report/answer.h"

void kith_show_match(const kith_answer *answer, kith_sheet *sheet);

/** Whether a part of the fit speaks for a pair. */
bool kith_match_has_reason(const kith_pair *pair, kith_fit_part part);

/** What that part says: "offers python, sql". */
void kith_match_put_reason(kith_dynbuf *out, const kith_match_result *result, const kith_pair *pair,
                           kith_fit_part part);

/** All that speaks for a pair: "offers python, sql; went from nursing to product; same industry". */
void kith_match_put_reasons(kith_dynbuf *out, const kith_match_result *result, const kith_pair *pair);

#endif

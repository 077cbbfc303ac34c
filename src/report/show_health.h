/** @file
 * How programmes do: what came of mentorships, who is at risk, who waits.
 */
#ifndef KITH_REPORT_SHOW_HEALTH_H
#define KITH_REPORT_SHOW_HEALTH_H

#include "report/answer.h"

/** Tells readers, of an answer of chains; nothing where its result has no health. */
void kith_show_health(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text);

/** The member "health" for programs. */
void kith_put_health(const kith_answer *answer, kith_json *json);

#endif

/** @file
 * Founders and fragile links: on whom how many people hang.
 */
#ifndef KITH_REPORT_SHOW_HOLDS_H
#define KITH_REPORT_SHOW_HOLDS_H

#include "report/answer.h"

/** Tells readers, of an answer of chains. */
void kith_show_holds(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text);

/** The members for programs. */
void kith_put_holds(const kith_answer *answer, kith_json *json);

#endif

/** @file
 * Who could mentor next, and whom.
 */
#ifndef KITH_REPORT_SHOW_READY_H
#define KITH_REPORT_SHOW_READY_H

#include "report/answer.h"

/** Tells readers, of an answer of chains. */
void kith_show_ready(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text);

/** The members for programs. */
void kith_put_ready(const kith_answer *answer, kith_json *json);

#endif

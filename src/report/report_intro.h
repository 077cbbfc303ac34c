/** @file
 * What the answer of routes tells beside the routes.
 */
#ifndef KITH_REPORT_REPORT_INTRO_H
#define KITH_REPORT_REPORT_INTRO_H

#include "report/answer.h"

/** "per-introducer", "all-routes", "shortest" or "per-target". Static storage. */
const char *kith_intro_mode_word(kith_intro_mode mode);

/** "chance", "hops", "strength", "ldbc-inv" or "ldbc-sqrt". Static storage. */
const char *kith_intro_cost_word(kith_cost cost);

/** Who asks for a way to whom. */
void kith_intro_show_question(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text);

/** That there is no route, and how near it gets. */
void kith_intro_show_none(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text);

/** How many shortest routes there are, where that is more than are shown. */
void kith_intro_show_left_out(const kith_intro_result *result, kith_sheet *sheet, kith_dynbuf *text);

/** What the numbers mean, and what was in force. */
void kith_intro_show_notes(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text);

#endif

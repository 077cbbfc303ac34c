/** @file
 * What became of records, as an answer of info tells it: rejected, joined, or left in doubt.
 */
#ifndef KITH_REPORT_SHOW_LOGS_H
#define KITH_REPORT_SHOW_LOGS_H

#include "report/answer.h"

/** Columns of a doubtful pair, the first of them those of a file of decisions; the rest is for people to
 * read. */
enum { KITH_DECISION_COLUMNS = 13, KITH_DOUBT_COLUMNS = 16 };
extern const kith_column kith_doubt_columns[KITH_DOUBT_COLUMNS];

kith_table kith_rejects_table(const kith_answer *answer);
kith_table kith_merges_table(const kith_answer *answer);

/** For programs as a file of decisions, with a column for the decision. */
kith_table kith_doubts_table(const kith_answer *answer);

/** How to settle doubtful pairs; nothing where there are none. */
void kith_doubts_note(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text);

/* Row `i` of each for programs. */
json_t *kith_reject_value(const kith_answer *answer, kith_json *json, uint64_t i);
json_t *kith_doubt_value(const kith_answer *answer, kith_json *json, uint64_t i);
json_t *kith_merge_value(const kith_answer *answer, kith_json *json, uint64_t i);

#endif

/** @file
 * How `kith why` is told to readers.
 */
#ifndef KITH_REPORT_SHOW_WHY_H
#define KITH_REPORT_SHOW_WHY_H

#include "report/answer.h"

/** Tells a kith_why_result, that of `answer`. */
void kith_show_why(const kith_answer *answer, kith_sheet *sheet);

#endif

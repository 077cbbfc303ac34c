/** @file
 * What became of a question whose introducers are shared with others, beside its route.
 */
#ifndef KITH_REPORT_REPORT_SHARING_H
#define KITH_REPORT_REPORT_SHARING_H

#include <kith/sharing.h>

#include "report/answer.h"

/** A question, and what was chosen for it. */
typedef struct kith_shared_answer {
    const kith_net *net;
    const kith_queries *queries;
    const kith_sharing *sharing;
    uint64_t question;
    const kith_intro_result *all; /**< its routes, chosen or not */
} kith_shared_answer;

/** The columns of kith_sharing_cells. */
#define KITH_COLUMNS_SHARING                                                                                 \
    {"first_introducer_id", NULL, KITH_COLUMN_COUNT, 0, false},                                              \
        {"first_introducer", NULL, KITH_COLUMN_TEXT, 0, false},                                              \
    {                                                                                                        \
        "first_chance", NULL, KITH_COLUMN_NUMBER, 0, false                                                   \
    }

enum { KITH_SHARING_COLUMNS = 3 };

/** The answer with the one route to take, or none. */
kith_intro_result kith_shared_result(const kith_shared_answer *shared);

/** The introducer who would have been better; empty where there is none. */
void kith_sharing_cells(kith_row *row, const kith_shared_answer *shared);

/** Why it is a second choice, or none; nothing for a first choice. */
void kith_sharing_show(kith_sheet *sheet, const kith_shared_answer *shared, kith_dynbuf *text);

/** "first_choice": {"introducer", "chance", "asked_by"}, or null for a route that is it. */
void kith_sharing_member(kith_json *json, json_t *row, const kith_shared_answer *shared);

/** How many questions have which choice. */
void kith_sharing_show_sums(kith_sheet *sheet, const kith_sharing *sharing, kith_dynbuf *text);
void kith_sharing_sums_member(kith_json *json, const kith_sharing *sharing);

#endif

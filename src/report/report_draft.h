/** @file
 * Drafts in each format, beside the route they belong to. `draft` may be NULL: none were asked for.
 */
#ifndef KITH_REPORT_REPORT_DRAFT_H
#define KITH_REPORT_REPORT_DRAFT_H

#include <kith/draft.h>

#include "report/sheet.h"
#include "report/write_json.h"

/** The columns of kith_draft_cells. */
#define KITH_COLUMNS_DRAFT                                                                                   \
    {"draft_request", NULL, KITH_COLUMN_TEXT, 0, false},                                                     \
    {                                                                                                        \
        "draft_note", NULL, KITH_COLUMN_TEXT, 0, false                                                       \
    }

enum { KITH_DRAFT_COLUMNS = 2 };

/** Two cells; none where no drafts were asked for. */
void kith_draft_cells(kith_row *row, const kith_draft *draft);

/** Two letters, behind the item of their route. */
void kith_draft_show(kith_sheet *sheet, const kith_draft *draft);

/** {"request", "note"}, or null for a route that has no drafts. */
void kith_draft_member(kith_json *json, json_t *route, const kith_draft *draft);

#endif

#include "report/report_draft.h"

void kith_draft_cells(kith_row *row, const kith_draft *draft)
{
    if (!draft)
        return;
    kith_row_lines(row, draft->request);
    kith_row_lines(row, draft->note);
}

void kith_draft_show(kith_sheet *sheet, const kith_draft *draft)
{
    if (!draft || !draft->request)
        return;
    kith_sheet_letter(sheet, "To ask for it", draft->request);
    kith_sheet_letter(sheet, "To be passed on", draft->note);
}

void kith_draft_member(kith_json *json, json_t *route, const kith_draft *draft)
{
    json_t *object;

    if (!draft)
        return;
    if (draft->request) {
        object = json_object();
        kith_json_set(json, object, "request", json_string(draft->request));
        kith_json_set(json, object, "note", json_string(draft->note));
    } else {
        object = json_null();
    }
    kith_json_set(json, route, "draft", object);
}

/* What checks of network files and folders came to. */
#include "report/answer.h"
#include "report/words.h"

static const kith_column columns[] = {
    {"path", NULL, KITH_COLUMN_TEXT, 0, false},   {"whole", NULL, KITH_COLUMN_TEXT, 0, false},
    {"files", NULL, KITH_COLUMN_COUNT, 0, false}, {"bytes", NULL, KITH_COLUMN_COUNT, 0, false},
    {"fault", NULL, KITH_COLUMN_TEXT, 0, false},
};

static const kith_checked *checked_at(const kith_answer *answer, uint64_t i)
{
    return (const kith_checked *)answer->result + i;
}

/** What is wrong, with the file within a folder that it is about. */
static void put_fault(kith_dynbuf *out, const kith_checked *checked)
{
    if (checked->fault.file[0])
        kith_dynbuf_printf(out, "%s: ", checked->fault.file);
    kith_dynbuf_text(out, checked->fault.message);
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_checked *checked = checked_at(ctx, i);
    kith_dynbuf fault = {0};

    kith_row_text(row, checked->path);
    kith_row_text(row, checked->fault.code ? "no" : "yes");
    if (checked->fault.code) {
        put_fault(&fault, checked);
        kith_row_nothing(row);
        kith_row_nothing(row);
        kith_row_take(row, &fault);
    } else {
        kith_row_count(row, checked->covered.files);
        kith_row_count(row, checked->covered.bytes);
        kith_row_nothing(row);
    }
    kith_dynbuf_free(&fault);
}

static json_t *checked_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_checked *checked = checked_at(answer, i);
    json_t *object = json_object();
    kith_dynbuf fault = {0};

    kith_json_set(json, object, "path", kith_json_text(checked->path));
    kith_json_set(json, object, "whole", json_boolean(!checked->fault.code));
    if (checked->fault.code) {
        put_fault(&fault, checked);
        kith_json_set(json, object, "fault", kith_json_text(kith_dynbuf_cstr(&fault)));
    } else {
        kith_json_set(json, object, "files", kith_json_count(checked->covered.files));
        kith_json_set(json, object, "bytes", kith_json_count(checked->covered.bytes));
    }
    kith_dynbuf_free(&fault);
    return object;
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    kith_dynbuf text = {0};

    for (uint64_t i = 0; i < answer->list->n_rows; i++) {
        const kith_checked *checked = checked_at(answer, i);

        kith_dynbuf_printf(&text, "%s: ", checked->path);
        if (checked->fault.code) {
            kith_dynbuf_text(&text, "not whole: ");
            put_fault(&text, checked);
        } else {
            kith_dynbuf_text(&text, "whole (");
            kith_words_counted(&text, checked->covered.files, "file", "files");
            kith_dynbuf_text(&text, ", ");
            kith_words_counted(&text, checked->covered.bytes, "byte", "bytes");
            kith_dynbuf_put(&text, ')');
        }
        kith_sheet_paragraph(sheet, &text);
    }
    kith_dynbuf_free(&text);
}

static void members(const kith_answer *answer, kith_json *json)
{
    kith_answer_list(answer, json, "checked");
}

kith_code kith_write_checked(const kith_checked *list, uint32_t count, const kith_output *to, kith_err *err)
{
    kith_answer answer = {.command = "check",
                          .result = list,
                          .to = to,
                          .title = "Check",
                          .show = show,
                          .members = members,
                          .row = checked_value};
    const kith_table table = {.columns = columns,
                              .n_columns = (uint32_t)(sizeof columns / sizeof *columns),
                              .n_rows = count,
                              .make = make_row,
                              .ctx = &answer};

    answer.list = &table;
    return kith_answer_write(&answer, err);
}

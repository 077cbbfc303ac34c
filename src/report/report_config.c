/* The coefficients and options in force. */
#include "report/answer.h"

static const kith_column columns[] = {
    {"section", "Section", KITH_COLUMN_TEXT, 0, false}, {"name", "Name", KITH_COLUMN_TEXT, 0, false},
    {"value", "Value", KITH_COLUMN_TEXT, 0, true},      {"default", "Default", KITH_COLUMN_TEXT, 0, false},
    {"is_set", NULL, KITH_COLUMN_TEXT, 0, false},       {"argument", NULL, KITH_COLUMN_TEXT, 0, false},
    {"help", "Meaning", KITH_COLUMN_TEXT, 0, true},
};

static const kith_config_line *line_at(const kith_answer *answer, uint64_t i)
{
    return (const kith_config_line *)answer->result + i;
}

static void put_text(kith_row *row, const char *text)
{
    if (text)
        kith_row_text(row, text);
    else
        kith_row_nothing(row);
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_config_line *line = line_at(ctx, i);

    kith_row_text(row, line->section);
    kith_row_text(row, line->name);
    put_text(row, line->value);
    put_text(row, line->usual);
    kith_row_text(row, line->is_set ? "yes" : "no");
    put_text(row, line->argument);
    put_text(row, line->help);
}

static json_t *text_or_null(const char *text)
{
    return text ? kith_json_text(text) : json_null();
}

static json_t *line_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_config_line *line = line_at(answer, i);
    json_t *object = json_object();

    kith_json_set(json, object, "section", kith_json_text(line->section));
    kith_json_set(json, object, "name", kith_json_text(line->name));
    kith_json_set(json, object, "value", text_or_null(line->value));
    kith_json_set(json, object, "default", text_or_null(line->usual));
    kith_json_set(json, object, "is_set", json_boolean(line->is_set));
    kith_json_set(json, object, "argument", text_or_null(line->argument));
    kith_json_set(json, object, "help", text_or_null(line->help));
    return object;
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    kith_sheet_table(sheet, answer->list);
}

static void members(const kith_answer *answer, kith_json *json)
{
    kith_answer_list(answer, json, "settings");
}

kith_code kith_write_config(const kith_config_line *lines, uint32_t count, const kith_output *to,
                            kith_err *err)
{
    kith_answer answer = {.command = "config",
                          .result = lines,
                          .to = to,
                          .title = "Settings in force",
                          .show = show,
                          .members = members,
                          .row = line_value};
    const kith_table table = {.columns = columns,
                              .n_columns = (uint32_t)(sizeof columns / sizeof *columns),
                              .n_rows = count,
                              .make = make_row,
                              .ctx = &answer};

    answer.list = &table;
    return kith_answer_write(&answer, err);
}

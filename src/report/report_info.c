/* What a network holds, and what became of the rows it was made from. */
#include "report/answer.h"
#include "report/findings.h"
#include "report/phrase.h"
#include "report/show_logs.h"
#include "report/words.h"

static const kith_column source_columns[] = {
    {"source", "Source", KITH_COLUMN_TEXT, 0, false},
    {"format", "Format", KITH_COLUMN_TEXT, 0, false},
    {"owner", NULL, KITH_COLUMN_TEXT, 0, false},
    {"rows", "Rows", KITH_COLUMN_COUNT, 0, false},
    {"used", "Used", KITH_COLUMN_COUNT, 0, false},
    {"skipped", "Skipped", KITH_COLUMN_COUNT, 0, false},
    {"rejected", "Rejected", KITH_COLUMN_COUNT, 0, false},
    {"bytes", NULL, KITH_COLUMN_COUNT, 0, false},
    {"checksum", NULL, KITH_COLUMN_TEXT, 0, false},
    {"columns", NULL, KITH_COLUMN_TEXT, 0, false},
};

static const kith_column reading_columns[] = {
    {"source", "Source", KITH_COLUMN_TEXT, 0, true},
    {"columns", "Columns", KITH_COLUMN_TEXT, 0, true},
};

static const kith_column left_out_columns[] = {
    {"source", "Source", KITH_COLUMN_TEXT, 0, true},
    {"format", "Format", KITH_COLUMN_TEXT, 0, true},
    {"why", "Why", KITH_COLUMN_TEXT, 0, true},
};

static kith_source source_at(const kith_answer *answer, uint64_t i)
{
    kith_source source;

    if (!kith_net_source(answer->net, (uint32_t)i, &source))
        source = (kith_source){.name = "", .format = "", .owner = "", .columns = ""};
    return source;
}

static void make_source(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_source source = source_at(ctx, i);

    kith_row_text(row, source.name);
    kith_row_text(row, source.format);
    kith_row_text(row, source.owner);
    kith_row_count(row, source.rows);
    kith_row_count(row, source.used);
    kith_row_count(row, source.skipped);
    kith_row_count(row, source.rejected);
    kith_row_count(row, source.bytes);
    kith_row_text(row, source.checksum);
    kith_row_text(row, source.columns);
}

static void make_reading(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_source source = source_at(ctx, i);

    kith_row_text(row, source.name);
    kith_row_text(row, source.columns);
}

static const kith_left_out_file *left_out_at(const kith_answer *answer, uint64_t i)
{
    return &((const kith_info_parts *)answer->result)->left_out->files[i];
}

static void make_left_out(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_left_out_file *file = left_out_at(ctx, i);

    kith_row_text(row, file->name);
    kith_row_text(row, file->format);
    kith_row_text(row, file->why);
}

typedef enum part { SOURCES, READING, LEFT_OUT, REJECTS, DOUBTS, MERGES } part;

static kith_table part_table(const kith_answer *answer, part which)
{
    const kith_info_parts *parts = answer->result;
    kith_net_summary summary;

    kith_net_summarise(answer->net, &summary);
    switch (which) {
    case REJECTS:
        return kith_rejects_table(answer);
    case DOUBTS:
        return kith_doubts_table(answer);
    case MERGES:
        return kith_merges_table(answer);
    case LEFT_OUT:
        return (kith_table){.title = "Not read",
                            .columns = left_out_columns,
                            .n_columns = sizeof left_out_columns / sizeof *left_out_columns,
                            .n_rows = parts->left_out ? parts->left_out->n : 0,
                            .make = make_left_out,
                            .ctx = answer};
    case READING:
        return (kith_table){.title = "What was read of which column",
                            .columns = reading_columns,
                            .n_columns = sizeof reading_columns / sizeof *reading_columns,
                            .n_rows = summary.sources,
                            .make = make_reading,
                            .ctx = answer};
    case SOURCES:
        break;
    }
    return (kith_table){.title = "Sources",
                        .columns = source_columns,
                        .n_columns = sizeof source_columns / sizeof *source_columns,
                        .n_rows = summary.sources,
                        .folded = parts->fold,
                        .make = make_source,
                        .ctx = answer};
}

/* ---- for readers ---- */

bool kith_finding_network(kith_dynbuf *text, const kith_net *net)
{
    kith_net_summary summary;

    kith_net_summarise(net, &summary);
    kith_words_counted(text, summary.people, "person", "people");
    kith_dynbuf_text(text, ", ");
    kith_words_counted(text, summary.ties, "tie", "ties");
    kith_dynbuf_text(text, " and ");
    kith_words_counted(text, summary.mentorships, "mentorship", "mentorships");
    kith_dynbuf_text(text, " from ");
    kith_words_counted(text, summary.sources, "source", "sources");
    if (summary.as_of != KITH_NO_DATE) {
        kith_dynbuf_text(text, ", as of ");
        kith_words_day(text, summary.as_of);
    }
    kith_dynbuf_put(text, '.');
    return true;
}

static void show_owners(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    uint32_t id = kith_net_owner(answer->net, 0);

    if (id == UINT32_MAX)
        return;
    kith_dynbuf_text(text, "Exports of: ");
    for (uint32_t nth = 0; id != UINT32_MAX; id = kith_net_owner(answer->net, ++nth)) {
        kith_dynbuf_text(text, nth > 0 ? ", " : "");
        kith_phrase_name(text, answer->net, id);
    }
    kith_dynbuf_put(text, '.');
    kith_sheet_paragraph(sheet, text);
}

static void show_circles(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_circles *circles = ((const kith_info_parts *)answer->result)->circles;

    if (!circles || circles->count == 0)
        return;
    if (circles->count == 1) {
        kith_dynbuf_text(text, "Everyone is connected with one another.");
        kith_sheet_paragraph(sheet, text);
        return;
    }
    kith_words_counted(text, circles->largest, "person is", "people are");
    kith_dynbuf_text(text, " connected with one another in the largest of ");
    kith_words_count(text, circles->count);
    kith_dynbuf_text(text, " circles; ");
    kith_words_counted(text, circles->isolated, "person has no tie.", "people have no tie.");
    kith_sheet_paragraph(sheet, text);
}

static void show_rows(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    uint64_t rows = 0, used = 0, skipped = 0, rejected = 0;
    kith_source source;
    kith_net_summary summary;

    for (uint32_t i = 0; kith_net_source(answer->net, i, &source); i++) {
        rows += source.rows;
        used += source.used;
        skipped += source.skipped;
        rejected += source.rejected;
    }
    kith_net_summarise(answer->net, &summary);
    kith_words_counted(text, rows, "row", "rows");
    kith_dynbuf_text(text, " read: ");
    kith_words_count(text, used);
    kith_dynbuf_text(text, " used, ");
    kith_words_count(text, skipped);
    kith_dynbuf_text(text, " skipped (normal in an export), ");
    kith_words_count(text, rejected);
    kith_dynbuf_text(text, " rejected. The merge log has ");
    kith_words_counted(text, summary.merges, "entry.", "entries.");
    if (summary.doubts > 0) {
        kith_dynbuf_put(text, ' ');
        kith_words_counted(text, summary.doubts, "pair", "pairs");
        kith_dynbuf_text(text, " of records may each be one person, and were left apart.");
    }
    kith_sheet_paragraph(sheet, text);
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_info_parts *parts = answer->result;
    kith_table sources = part_table(answer, SOURCES), reading = part_table(answer, READING),
               left_out = part_table(answer, LEFT_OUT), rejects = part_table(answer, REJECTS),
               doubts = part_table(answer, DOUBTS), merges = part_table(answer, MERGES);
    kith_net_summary summary;
    kith_dynbuf text = {0};

    kith_finding_network(&text, answer->net);
    kith_sheet_paragraph(sheet, &text);
    show_circles(answer, sheet, &text);
    show_owners(answer, sheet, &text);
    show_rows(answer, sheet, &text);
    kith_sheet_table(sheet, &sources);
    if (parts->columns)
        kith_sheet_table(sheet, &reading);
    if (left_out.n_rows > 0)
        kith_sheet_table(sheet, &left_out);
    if (parts->rejects)
        kith_sheet_table(sheet, &rejects);
    if (parts->doubts) {
        kith_sheet_table(sheet, &doubts);
        kith_doubts_note(answer, sheet, &text);
    }
    if (parts->merges)
        kith_sheet_table(sheet, &merges);
    kith_dynbuf_text(&text, "Built with ");
    kith_answer_coefficients(answer->net, &text);
    kith_dynbuf_put(&text, '.');
    kith_sheet_note(sheet, &text);
    kith_net_summarise(answer->net, &summary);
    kith_dynbuf_printf(&text, "Written by kith %s, checksum %s.", summary.version, summary.checksum);
    kith_sheet_note(sheet, &text);
    kith_dynbuf_free(&text);
}

/* ---- for programs ---- */

static json_t *source_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    json_t *object = json_object();
    kith_source source;

    if (!kith_net_source(answer->net, (uint32_t)i, &source))
        return object;
    kith_json_set(json, object, "name", kith_json_text(source.name));
    kith_json_set(json, object, "format", kith_json_text(source.format));
    kith_json_set(json, object, "owner", kith_json_text(source.owner));
    kith_json_set(json, object, "checksum", kith_json_text(source.checksum));
    kith_json_set(json, object, "bytes", kith_json_count(source.bytes));
    kith_json_set(json, object, "rows", kith_json_count(source.rows));
    kith_json_set(json, object, "used", kith_json_count(source.used));
    kith_json_set(json, object, "skipped", kith_json_count(source.skipped));
    kith_json_set(json, object, "rejected", kith_json_count(source.rejected));
    kith_json_set(json, object, "columns", kith_json_text(source.columns));
    return object;
}

static json_t *left_out_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_left_out_file *file = left_out_at(answer, i);
    json_t *object = json_object();

    kith_json_set(json, object, "name", kith_json_text(file->name));
    kith_json_set(json, object, "format", kith_json_text(file->format));
    kith_json_set(json, object, "why", kith_json_text(file->why));
    return object;
}

/** A list of one part. */
static void list_part(const kith_answer *answer, kith_json *json, part which, const char *key,
                      json_t *(*value)(const kith_answer *, kith_json *, uint64_t))
{
    uint64_t count = part_table(answer, which).n_rows;

    kith_json_list(json, key);
    for (uint64_t i = 0; i < count && !json->status && !kith_outfile_failed(json->out); i++)
        kith_json_item(json, value(answer, json, i));
    kith_json_list_end(json);
}

static void list_owners(const kith_answer *answer, kith_json *json)
{
    uint32_t id;

    kith_json_list(json, "owners");
    for (uint32_t nth = 0; (id = kith_net_owner(answer->net, nth)) != UINT32_MAX; nth++)
        kith_json_item(json, kith_json_person(json, answer->net, id));
    kith_json_list_end(json);
}

static void members(const kith_answer *answer, kith_json *json)
{
    const kith_info_parts *parts = answer->result;
    kith_net_summary summary;

    kith_net_summarise(answer->net, &summary);
    kith_json_member(json, "people", kith_json_count(summary.people));
    kith_json_member(json, "ties", kith_json_count(summary.ties));
    kith_json_member(json, "mentorships", kith_json_count(summary.mentorships));
    kith_json_member(json, "components",
                     parts->circles ? kith_json_count(parts->circles->count) : json_null());
    kith_json_member(json, "largest_component",
                     parts->circles ? kith_json_count(parts->circles->largest) : json_null());
    kith_json_member(json, "isolates",
                     parts->circles ? kith_json_count(parts->circles->isolated) : json_null());
    kith_json_member(json, "rejects", kith_json_count(summary.rejects));
    kith_json_member(json, "merges", kith_json_count(summary.merges));
    kith_json_member(json, "doubts", kith_json_count(summary.doubts));
    kith_json_member(json, "written_by", kith_json_text(summary.version));
    list_owners(answer, json);
    list_part(answer, json, SOURCES, "sources", source_value);
    if (parts->left_out)
        list_part(answer, json, LEFT_OUT, "left_out", left_out_value);
    if (parts->rejects)
        list_part(answer, json, REJECTS, "reject_log", kith_reject_value);
    if (parts->doubts)
        list_part(answer, json, DOUBTS, "doubt_log", kith_doubt_value);
    if (parts->merges)
        list_part(answer, json, MERGES, "merge_log", kith_merge_value);
}

/** The list that formats with one list hold. */
static part main_part(const kith_info_parts *parts)
{
    if (parts->rejects)
        return REJECTS;
    if (parts->doubts)
        return DOUBTS;
    return parts->merges && !parts->columns ? MERGES : SOURCES;
}

static json_t *main_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    switch (main_part(answer->result)) {
    case REJECTS:
        return kith_reject_value(answer, json, i);
    case DOUBTS:
        return kith_doubt_value(answer, json, i);
    case MERGES:
        return kith_merge_value(answer, json, i);
    case READING:
    case LEFT_OUT:
    case SOURCES:
        break;
    }
    return source_value(answer, json, i);
}

void kith_answer_info(kith_answer *answer, kith_table *list, const kith_net *net,
                      const kith_info_parts *parts, const kith_output *to)
{
    static const kith_info_parts no_parts = {.circles = NULL};
    bool several = parts && parts->rejects + parts->doubts + parts->merges > 1;

    *answer = (kith_answer){.command = "info",
                            .net = net,
                            .result = parts ? parts : &no_parts,
                            .to = to,
                            .title = "Network",
                            .list = several ? NULL : list,
                            .with_coefficients = true,
                            .show = show,
                            .members = members,
                            .row = main_value};
    *list = part_table(answer, main_part(answer->result));
}

kith_code kith_write_info(const kith_net *net, const kith_info_parts *parts, const kith_output *to,
                          kith_err *err)
{
    kith_answer answer;
    kith_table list;

    kith_answer_info(&answer, &list, net, parts, to);
    return kith_answer_write(&answer, err);
}

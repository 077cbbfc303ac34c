#include "report/show_logs.h"

#include "report/contacts.h"
#include "report/phrase.h"
#include "report/words.h"

static const kith_column reject_columns[] = {
    {"source", "Source", KITH_COLUMN_TEXT, 0, true},
    {"line", "Line", KITH_COLUMN_COUNT, 0, false},
    {"reason", "Reason", KITH_COLUMN_TEXT, 0, true},
    {"columns", "Columns", KITH_COLUMN_TEXT, 0, true},
};

static const kith_column merge_columns[] = {
    {"person_id", "Id", KITH_COLUMN_COUNT, 0, false},
    {"person_key", NULL, KITH_COLUMN_TEXT, 0, false},
    {"person_name", "Person", KITH_COLUMN_TEXT, 0, false},
    {"source", "Source", KITH_COLUMN_TEXT, 0, true},
    {"line", "Line", KITH_COLUMN_COUNT, 0, false},
    {"name", "Written as", KITH_COLUMN_TEXT, 0, false},
    {"evidence", "Why", KITH_COLUMN_TEXT, 0, true},
    {"probability", "Sure", KITH_COLUMN_SHARE, 0, false},
};

const kith_column kith_doubt_columns[KITH_DOUBT_COLUMNS] = {
    {"decision", NULL, KITH_COLUMN_TEXT, 0, false},  {"probability", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"evidence", NULL, KITH_COLUMN_TEXT, 0, false},  {"key_a", NULL, KITH_COLUMN_TEXT, 0, false},
    {"name_a", NULL, KITH_COLUMN_TEXT, 0, false},    {"company_a", NULL, KITH_COLUMN_TEXT, 0, false},
    {"title_a", NULL, KITH_COLUMN_TEXT, 0, false},   {"email_a", NULL, KITH_COLUMN_TEXT, 0, false},
    {"key_b", NULL, KITH_COLUMN_TEXT, 0, false},     {"name_b", NULL, KITH_COLUMN_TEXT, 0, false},
    {"company_b", NULL, KITH_COLUMN_TEXT, 0, false}, {"title_b", NULL, KITH_COLUMN_TEXT, 0, false},
    {"email_b", NULL, KITH_COLUMN_TEXT, 0, false},   {NULL, "One record", KITH_COLUMN_TEXT, 0, true},
    {NULL, "The other", KITH_COLUMN_TEXT, 0, true},  {NULL, "In common", KITH_COLUMN_TEXT, 0, true},
};

static const char *source_name(const kith_net *net, uint32_t i)
{
    kith_source source;

    return kith_net_source(net, i, &source) ? source.name : "";
}

/** What stood in an input, with contacts only where they were asked for. */
static void put_read(kith_dynbuf *text, const kith_answer *answer, const char *columns)
{
    if (answer->to->with_contacts)
        kith_dynbuf_text(text, columns);
    else
        kith_contacts_hide(columns, text);
}

static void row_read(kith_row *row, const kith_answer *answer, const char *columns)
{
    kith_dynbuf text = {0};

    put_read(&text, answer, columns);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static json_t *json_read(const kith_answer *answer, const char *columns)
{
    kith_dynbuf text = {0};

    put_read(&text, answer, columns);
    json_t *value = text.status ? NULL : kith_json_text(kith_dynbuf_cstr(&text));
    kith_dynbuf_free(&text);
    return value;
}

static void make_reject(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    kith_reject reject;

    if (!kith_net_reject(answer->net, i, &reject))
        reject = (kith_reject){.reason = "", .columns = ""};
    kith_row_text(row, source_name(answer->net, reject.source));
    kith_row_count(row, reject.line);
    kith_row_text(row, reject.reason);
    row_read(row, answer, reject.columns);
}

static void make_merge(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    kith_merge merge;
    kith_person person;

    if (!kith_net_merge(answer->net, (uint32_t)i, &merge))
        merge = (kith_merge){.evidence = "", .name = ""};
    kith_net_person(answer->net, merge.person, &person);
    kith_row_count(row, merge.person);
    kith_row_text(row, person.key);
    kith_row_text(row, person.name);
    kith_row_text(row, source_name(answer->net, merge.source));
    kith_row_count(row, merge.line);
    row_read(row, answer, merge.name); /* an email may stand for a name */
    kith_row_text(row, merge.evidence);
    kith_row_number(row, merge.probability);
}

static kith_doubt doubt_at(const kith_answer *answer, uint64_t i)
{
    kith_doubt doubt;

    if (!kith_net_doubt(answer->net, (uint32_t)i, &doubt))
        doubt = (kith_doubt){.key = {"", ""}, .evidence = ""};
    return doubt;
}

static void make_doubt(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_doubt doubt = doubt_at(answer, i);
    kith_dynbuf text = {0};

    kith_row_text(row, "");
    kith_row_number(row, doubt.probability);
    kith_row_text(row, doubt.evidence);
    for (int side = 0; side < 2; side++) {
        const uint32_t id = doubt.person[side];
        const char *email =
            answer->to->with_contacts ? kith_net_value(answer->net, id, KITH_FIELD_EMAIL, 0) : NULL;
        kith_person person;
        kith_net_person(answer->net, id, &person);
        kith_row_text(row, doubt.key[side]);
        kith_row_text(row, person.name);
        kith_row_text(row, person.company);
        kith_row_text(row, person.title);
        kith_row_text(row, email ? email : "");
    }
    for (int side = 0; side < 2; side++) {
        kith_phrase_person(&text, answer->net, doubt.person[side]);
        kith_row_take(row, &text);
    }
    kith_row_text(row, doubt.evidence);
    kith_dynbuf_free(&text);
}

/** As many rows as there are, or as the answer tells at most. */
static uint64_t rows_told(const kith_answer *answer, uint64_t count)
{
    const uint32_t most = ((const kith_info_parts *)answer->result)->most_listed;

    return most && most < count ? most : count;
}

kith_table kith_rejects_table(const kith_answer *answer)
{
    kith_net_summary summary;

    kith_net_summarise(answer->net, &summary);
    return (kith_table){.title = "Rows that could not be used",
                        .columns = reject_columns,
                        .n_columns = sizeof reject_columns / sizeof *reject_columns,
                        .n_rows = summary.rejects,
                        .make = make_reject,
                        .ctx = answer};
}

kith_table kith_doubts_table(const kith_answer *answer)
{
    kith_net_summary summary;

    kith_net_summarise(answer->net, &summary);
    return (kith_table){.title = "Records that may be one person",
                        .columns = kith_doubt_columns,
                        .n_columns = KITH_DOUBT_COLUMNS,
                        .n_rows = rows_told(answer, summary.doubts_listed),
                        .make = make_doubt,
                        .ctx = answer};
}

kith_table kith_merges_table(const kith_answer *answer)
{
    kith_net_summary summary;

    kith_net_summarise(answer->net, &summary);
    return (kith_table){.title = "Records that were joined",
                        .columns = merge_columns,
                        .n_columns = sizeof merge_columns / sizeof *merge_columns,
                        .n_rows = rows_told(answer, summary.merges),
                        .folded = ((const kith_info_parts *)answer->result)->fold,
                        .make = make_merge,
                        .ctx = answer};
}

void kith_doubts_note(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    kith_net_summary summary;

    kith_net_summarise(answer->net, &summary);
    const uint64_t told = rows_told(answer, summary.doubts_listed);
    if (told == 0)
        return;
    kith_dynbuf_text(text, "The likeliest come first");
    if (told < summary.doubts) {
        kith_dynbuf_text(text, ": ");
        kith_words_count(text, told);
        kith_dynbuf_text(text, " of ");
        kith_words_counted(text, summary.doubts, "pair", "pairs");
    }
    kith_dynbuf_text(
        text, ". What they have in common was not enough to join them (a name alone seldom is), so each "
              "pair counts as two people until somebody who knows them decides. To decide, save the "
              "list with kith info NET --doubts -o decisions.csv, write same or different into its "
              "column decision, and build again with --decisions decisions.csv; pairs left without a "
              "word stay as they are.");
    kith_sheet_note(sheet, text);
}

/* ---- for programs ---- */

json_t *kith_reject_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    json_t *object = json_object();
    kith_reject reject;

    if (!kith_net_reject(answer->net, i, &reject))
        return object;
    kith_json_set(json, object, "source", kith_json_text(source_name(answer->net, reject.source)));
    kith_json_set(json, object, "line", kith_json_count(reject.line));
    kith_json_set(json, object, "reason", kith_json_text(reject.reason));
    kith_json_set(json, object, "columns", json_read(answer, reject.columns));
    return object;
}

json_t *kith_merge_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    json_t *object = json_object();
    kith_merge merge;

    if (!kith_net_merge(answer->net, (uint32_t)i, &merge))
        return object;
    kith_json_set(json, object, "person", kith_json_person(json, answer->net, merge.person));
    kith_json_set(json, object, "source", kith_json_text(source_name(answer->net, merge.source)));
    kith_json_set(json, object, "line", kith_json_count(merge.line));
    kith_json_set(json, object, "name", json_read(answer, merge.name));
    kith_json_set(json, object, "evidence", kith_json_text(merge.evidence));
    kith_json_set(json, object, "probability", kith_json_number(merge.probability));
    return object;
}

json_t *kith_doubt_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_doubt doubt = doubt_at(answer, i);
    json_t *object = json_object(), *keys = json_array();

    for (int side = 0; side < 2; side++)
        kith_json_append(json, keys, kith_json_text(doubt.key[side]));
    kith_json_set(json, object, "probability", kith_json_number(doubt.probability));
    kith_json_set(json, object, "evidence", kith_json_text(doubt.evidence));
    kith_json_set(json, object, "keys", keys);
    kith_json_set(json, object, "people", kith_json_people(json, answer->net, doubt.person, 2));
    return object;
}

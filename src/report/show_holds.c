#include "report/show_holds.h"

#include "report/phrase.h"
#include "report/words.h"

/** Rows that readers see; programs get all that were asked for. */
enum { SHOWN = 10, MOST_GROUPS = 40 };

static const kith_column columns[] = {
    KITH_COLUMNS_PERSON,
    {"descendants", "Descen-\ndants", KITH_COLUMN_COUNT, 0, false},
    {"cut_off", "Cut off\nwithout", KITH_COLUMN_COUNT, 0, false},
};

static const kith_column founding_columns[] = {
    {"group", "Programme or\ncohort", KITH_COLUMN_TEXT, 0, false},
    {"people", "People", KITH_COLUMN_COUNT, 0, false},
    {"longest_chain", "Longest\nchain", KITH_COLUMN_COUNT, 0, false},
    {"founders", "Founders", KITH_COLUMN_COUNT, 0, false},
    {"first", "First of them", KITH_COLUMN_TEXT, 0, false},
    {"descendants", "Descen-\ndants", KITH_COLUMN_COUNT, 0, false},
    {"cut_off", "Cut off\nwithout", KITH_COLUMN_COUNT, 0, false},
};

/** Some holds of an answer, as a table has them. */
typedef struct hold_rows {
    const kith_net *net;
    const kith_hold *holds;
} hold_rows;

static void put_known(kith_row *row, uint32_t count)
{
    if (count == UINT32_MAX)
        kith_row_nothing(row);
    else
        kith_row_count(row, count);
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const hold_rows *rows = ctx;

    kith_row_person(row, rows->net, rows->holds[i].person);
    put_known(row, rows->holds[i].descendants);
    put_known(row, rows->holds[i].cut_off);
}

static void show_table(kith_sheet *sheet, const hold_rows *rows, uint32_t count, const char *title)
{
    const kith_table table = {.title = title,
                              .columns = columns,
                              .n_columns = sizeof columns / sizeof *columns,
                              .n_rows = count < SHOWN ? count : SHOWN,
                              .make = make_row,
                              .ctx = rows};

    kith_sheet_table(sheet, &table);
}

static void make_founding_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_founding *founding = &((const kith_chains_result *)answer->result)->foundings[i];

    kith_row_text(row, founding->name);
    kith_row_count(row, founding->n_people);
    kith_row_count(row, founding->n_longest);
    kith_row_count(row, founding->founders_counted);
    if (founding->n_founders == 0) { /* all in rings */
        kith_row_nothing(row);
        kith_row_nothing(row);
        kith_row_nothing(row);
        return;
    }
    kith_row_name(row, answer->net, founding->founders[0].person);
    put_known(row, founding->founders[0].descendants);
    put_known(row, founding->founders[0].cut_off);
}

static void show_foundings(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_chains_result *result = answer->result;
    const bool some = result->n_foundings > MOST_GROUPS;
    const kith_table table = {.title = "On whom each programme and cohort hangs",
                              .columns = founding_columns,
                              .n_columns = sizeof founding_columns / sizeof *founding_columns,
                              .n_rows = some ? MOST_GROUPS : result->n_foundings,
                              .make = make_founding_row,
                              .ctx = answer};

    if (result->n_foundings == 0)
        return;
    kith_sheet_table(sheet, &table);
    if (some) {
        kith_dynbuf_printf(text, "The first %d of ", MOST_GROUPS);
        kith_words_count(text, result->n_foundings);
        kith_dynbuf_text(text, ". ");
    }
    kith_dynbuf_text(text,
                     "By its own mentorships alone, so that chains do not leave it. Longest chain: people "
                     "along it. First: the founder with most descendants there; JSON has the others.");
    kith_sheet_note(sheet, text);
}

void kith_show_holds(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_chains_result *result = answer->result;
    const hold_rows founders = {answer->net, result->founders}, fragile = {answer->net, result->fragile};

    if (result->n_mentorships == 0)
        return;
    show_table(sheet, &founders, result->n_founders, "Founders, whom nobody mentored here");
    show_table(sheet, &fragile, result->n_fragile, "Fragile links");
    kith_words_counted(text, result->founders_counted, "founder", "founders");
    kith_dynbuf_text(text, " and ");
    kith_words_counted(text, result->fragile_counted, "fragile link", "fragile links");
    kith_dynbuf_text(text, ". Cut off without: people whom chains from founders reach, but none that does "
                           "without this person.");
    if (result->unfounded > 0) {
        kith_dynbuf_text(text, " No chain from a founder reaches ");
        kith_words_counted(text, result->unfounded, "person.", "people.");
    }
    kith_sheet_note(sheet, text);
    show_foundings(answer, sheet, text);
}

/* ---- for programs ---- */

static json_t *known_value(uint32_t count)
{
    return count == UINT32_MAX ? json_null() : kith_json_count(count);
}

static json_t *hold_value(kith_json *json, const kith_net *net, const kith_hold *hold)
{
    json_t *object = kith_json_person(json, net, hold->person);

    kith_json_set(json, object, "descendants", known_value(hold->descendants));
    kith_json_set(json, object, "cut_off", known_value(hold->cut_off));
    return object;
}

static void put_list(kith_json *json, const hold_rows *rows, uint32_t count, const char *name)
{
    kith_json_list(json, name);
    for (uint32_t i = 0; i < count && !json->status && !kith_outfile_failed(json->out); i++)
        kith_json_item(json, hold_value(json, rows->net, &rows->holds[i]));
    kith_json_list_end(json);
}

static json_t *founding_value(kith_json *json, const kith_net *net, const kith_founding *founding)
{
    json_t *object = json_object(), *founders = json_array();

    kith_json_set(json, object, "field", kith_json_text(founding->is_cohort ? "cohort" : "programme"));
    kith_json_set(json, object, "name", kith_json_text(founding->name));
    kith_json_set(json, object, "people", kith_json_count(founding->n_people));
    kith_json_set(json, object, "longest_chain", kith_json_count(founding->n_longest));
    for (uint32_t i = 0; i < founding->n_founders; i++)
        kith_json_append(json, founders, hold_value(json, net, &founding->founders[i]));
    kith_json_set(json, object, "founders", founders);
    kith_json_set(json, object, "founders_counted", kith_json_count(founding->founders_counted));
    return object;
}

static void put_foundings(const kith_answer *answer, kith_json *json)
{
    const kith_chains_result *result = answer->result;

    kith_json_list(json, "founders_by");
    for (uint32_t i = 0; i < result->n_foundings && !json->status && !kith_outfile_failed(json->out); i++)
        kith_json_item(json, founding_value(json, answer->net, &result->foundings[i]));
    kith_json_list_end(json);
}

void kith_put_holds(const kith_answer *answer, kith_json *json)
{
    const kith_chains_result *result = answer->result;

    put_list(json, &(hold_rows){answer->net, result->founders}, result->n_founders, "founders");
    kith_json_member(json, "founders_counted", kith_json_count(result->founders_counted));
    put_foundings(answer, json);
    put_list(json, &(hold_rows){answer->net, result->fragile}, result->n_fragile, "fragile_links");
    kith_json_member(json, "fragile_links_counted", kith_json_count(result->fragile_counted));
    kith_json_member(json, "people_without_founder", kith_json_count(result->unfounded));
}

#include "report/show_holds.h"

#include "report/phrase.h"
#include "report/words.h"

/** Rows that readers see; programs get all that were asked for. */
enum { SHOWN = 10 };

static const kith_column columns[] = {
    KITH_COLUMNS_PERSON,
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
}

/* ---- for programs ---- */

static json_t *known_value(uint32_t count)
{
    return count == UINT32_MAX ? json_null() : kith_json_count(count);
}

static void put_list(kith_json *json, const hold_rows *rows, uint32_t count, const char *name)
{
    kith_json_list(json, name);
    for (uint32_t i = 0; i < count && !json->status && !kith_outfile_failed(json->out); i++) {
        json_t *object = kith_json_person(json, rows->net, rows->holds[i].person);
        kith_json_set(json, object, "descendants", known_value(rows->holds[i].descendants));
        kith_json_set(json, object, "cut_off", known_value(rows->holds[i].cut_off));
        kith_json_item(json, object);
    }
    kith_json_list_end(json);
}

void kith_put_holds(const kith_answer *answer, kith_json *json)
{
    const kith_chains_result *result = answer->result;

    put_list(json, &(hold_rows){answer->net, result->founders}, result->n_founders, "founders");
    kith_json_member(json, "founders_counted", kith_json_count(result->founders_counted));
    put_list(json, &(hold_rows){answer->net, result->fragile}, result->n_fragile, "fragile_links");
    kith_json_member(json, "fragile_links_counted", kith_json_count(result->fragile_counted));
    kith_json_member(json, "people_without_founder", kith_json_count(result->unfounded));
}

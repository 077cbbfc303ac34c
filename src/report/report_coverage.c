/* Who of a cohort reaches what, who reaches nobody, and the introduction that would change most. */
#include <kith/coverage.h>

#include "report/answer.h"
#include "report/phrase.h"
#include "report/report_intro.h"
#include "report/words.h"

typedef struct telling {
    const kith_queries *queries;
    const kith_coverage *coverage;
    const kith_intro_opts *opts;
    const kith_answer *general; /**< an answer of routes without any, which tells what is in force */
} telling;

static const kith_column columns[] = {
    {"from_id", NULL, KITH_COLUMN_COUNT, 0, false},       {"from_key", NULL, KITH_COLUMN_TEXT, 0, false},
    {"from", "Who", KITH_COLUMN_TEXT, 0, false},          {"to", "Sought", KITH_COLUMN_TEXT, 0, false},
    {"chance", "Chance", KITH_COLUMN_SHARE, 0, false},    {"hops", "Ties", KITH_COLUMN_COUNT, 0, false},
    {"introducer_id", NULL, KITH_COLUMN_COUNT, 0, false}, {"introducer", "Ask", KITH_COLUMN_TEXT, 0, false},
    {"target_id", NULL, KITH_COLUMN_COUNT, 0, false},     {"target", "To meet", KITH_COLUMN_TEXT, 0, false},
};

/** Askers stand in the order of questions, each with all groups. */
static uint32_t asker(const telling *t, uint64_t a)
{
    return t->queries->list[a * t->coverage->n_sought].from;
}

static void person_cells(kith_row *row, const kith_net *net, uint32_t id)
{
    kith_person person;

    if (id == UINT32_MAX) {
        kith_row_nothing(row);
        kith_row_nothing(row);
        return;
    }
    kith_net_person(net, id, &person);
    kith_row_count(row, id);
    kith_row_text(row, person.name);
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const telling *t = answer->result;
    const kith_coverage_cell *cell = &t->coverage->cells[i];
    kith_person person;

    kith_net_person(answer->net, t->queries->list[i].from, &person);
    kith_row_count(row, person.id);
    kith_row_text(row, person.key);
    kith_row_text(row, person.name);
    kith_row_text(row, kith_answer_sought(answer->net, t->queries, t->queries->list[i].sought));
    if (cell->hops > 0) {
        kith_row_number(row, cell->chance);
        kith_row_count(row, cell->hops);
    } else {
        kith_row_nothing(row);
        kith_row_nothing(row);
    }
    person_cells(row, answer->net, cell->introducer);
    person_cells(row, answer->net, cell->target);
}

static json_t *person_or_null(const kith_answer *answer, kith_json *json, uint32_t id)
{
    return id == UINT32_MAX ? json_null() : kith_json_person(json, answer->net, id);
}

static json_t *row_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const telling *t = answer->result;
    const kith_coverage_cell *cell = &t->coverage->cells[i];
    const kith_query *query = &t->queries->list[i];
    json_t *object = json_object();

    kith_json_set(json, object, "from", kith_json_person(json, answer->net, query->from));
    kith_json_set(json, object, "to",
                  kith_json_text(kith_answer_sought(answer->net, t->queries, query->sought)));
    kith_json_set(json, object, "chance", kith_json_number(cell->chance));
    kith_json_set(json, object, "hops", cell->hops > 0 ? kith_json_count(cell->hops) : json_null());
    kith_json_set(json, object, "introducer", person_or_null(answer, json, cell->introducer));
    kith_json_set(json, object, "target", person_or_null(answer, json, cell->target));
    return object;
}

static bool asker_reaches(const kith_coverage *c, uint64_t a)
{
    for (uint32_t g = 0; g < c->n_sought; g++)
        if (c->cells[a * c->n_sought + g].hops > 0)
            return true;
    return false;
}

static bool is_reached(const kith_coverage *c, uint32_t g)
{
    for (uint32_t a = 0; a < c->n_askers; a++)
        if (c->cells[(uint64_t)a * c->n_sought + g].hops > 0)
            return true;
    return false;
}

static void show_lacking(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const telling *t = answer->result;
    const char *between = "Without a route to any: ";

    for (uint32_t a = 0; a < t->coverage->n_askers; a++)
        if (!asker_reaches(t->coverage, a)) {
            kith_dynbuf_text(text, between);
            kith_phrase_name(text, answer->net, asker(t, a));
            between = ", ";
        }
    if (text->length > 0) {
        kith_dynbuf_put(text, '.');
        kith_sheet_point(sheet, text);
    }
    between = "Reached by nobody: ";
    for (uint32_t g = 0; g < t->coverage->n_sought; g++)
        if (!is_reached(t->coverage, g)) {
            kith_dynbuf_text(text, between);
            kith_dynbuf_text(text, kith_answer_sought(answer->net, t->queries, t->queries->list[g].sought));
            between = ", ";
        }
    if (text->length > 0) {
        kith_dynbuf_put(text, '.');
        kith_sheet_point(sheet, text);
    }
}

/** Groups that a matrix for readers has room for; of more the pairs are listed. */
enum { MOST_IN_MATRIX = 4 };

/** "18%, ask Yara Mansour", or "18%, a direct tie". */
static void put_cell(kith_dynbuf *text, const kith_net *net, const kith_coverage_cell *cell)
{
    kith_words_share(text, cell->chance);
    kith_dynbuf_text(text, cell->introducer == UINT32_MAX ? ", a direct tie" : ", ask ");
    if (cell->introducer != UINT32_MAX)
        kith_phrase_name(text, net, cell->introducer);
}

/** One asker, and the best route to each group. */
static void make_matrix_row(const void *ctx, uint64_t a, kith_row *row)
{
    const kith_answer *answer = ctx;
    const telling *t = answer->result;
    const uint32_t n_sought = t->coverage->n_sought;
    kith_dynbuf text = {0};

    kith_phrase_name(&text, answer->net, asker(t, a));
    kith_row_take(row, &text);
    for (uint32_t g = 0; g < n_sought; g++) {
        const kith_coverage_cell *cell = &t->coverage->cells[a * n_sought + g];
        if (cell->hops > 0)
            put_cell(&text, answer->net, cell);
        kith_row_take(row, &text);
    }
    kith_dynbuf_free(&text);
}

/** Askers by groups. */
static void show_matrix(const kith_answer *answer, kith_sheet *sheet)
{
    const telling *t = answer->result;
    kith_column columns_of[1 + MOST_IN_MATRIX] = {{NULL, "Who", KITH_COLUMN_TEXT, 0, false}};
    const kith_table matrix = {.columns = columns_of,
                               .n_columns = 1 + t->coverage->n_sought,
                               .n_rows = t->coverage->n_askers,
                               .make = make_matrix_row,
                               .ctx = answer};

    for (uint32_t g = 0; g < t->coverage->n_sought; g++)
        columns_of[1 + g] =
            (kith_column){NULL, kith_answer_sought(answer->net, t->queries, t->queries->list[g].sought),
                          KITH_COLUMN_TEXT, 0, true};
    kith_sheet_table(sheet, &matrix);
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    const telling *t = answer->result;
    const kith_opening *opening = &t->coverage->opening;
    kith_dynbuf text = {0};

    kith_words_count(&text, t->coverage->reached);
    kith_dynbuf_text(&text, " of ");
    kith_words_counted(&text, t->queries->count, "pair", "pairs");
    kith_dynbuf_text(&text, t->opts->max_hops > 0 ? " have a route of at most " : " have a route.");
    if (t->opts->max_hops > 0) {
        kith_words_counted(&text, t->opts->max_hops, "tie", "ties");
        kith_dynbuf_put(&text, '.');
    }
    kith_sheet_paragraph(sheet, &text);
    show_lacking(answer, sheet, &text);
    if (opening->pairs > 0) {
        kith_dynbuf_text(&text, "Introducing ");
        kith_phrase_name(&text, answer->net, opening->asker);
        kith_dynbuf_text(&text, " to ");
        kith_phrase_person(&text, answer->net, opening->person);
        kith_dynbuf_text(&text, " would open most: a first route for ");
        kith_words_counted(&text, opening->pairs, "pair", "pairs");
        kith_dynbuf_put(&text, '.');
        kith_sheet_point(sheet, &text);
    }
    if (t->coverage->n_sought <= MOST_IN_MATRIX)
        show_matrix(answer, sheet);
    else
        kith_sheet_table(sheet, answer->list);
    kith_answer_intro_notes(t->general, sheet);
    kith_dynbuf_free(&text);
}

static void parameters(const kith_answer *answer, kith_json *json, json_t *object)
{
    const telling *t = answer->result;

    t->general->parameters(t->general, json, object);
}

static void members(const kith_answer *answer, kith_json *json)
{
    const telling *t = answer->result;
    const kith_opening *opening = &t->coverage->opening;
    json_t *object = opening->pairs > 0 ? json_object() : json_null();

    if (opening->pairs > 0) {
        kith_json_set(json, object, "asker", kith_json_person(json, answer->net, opening->asker));
        kith_json_set(json, object, "person", kith_json_person(json, answer->net, opening->person));
        kith_json_set(json, object, "pairs", kith_json_count(opening->pairs));
    }
    kith_json_member(json, "pairs", kith_json_count(t->queries->count));
    kith_json_member(json, "pairs_with_routes", kith_json_count(t->coverage->reached));
    kith_json_member(json, "opening", object);
    kith_answer_list(answer, json, "coverage");
}

kith_code kith_write_coverage(const kith_net *net, const kith_intro_opts *opts, const kith_queries *queries,
                              const kith_coverage *coverage, const kith_output *to, kith_err *err)
{
    const kith_intro_result usual = {.max_hops = opts->max_hops,
                                     .top = 1,
                                     .cost = opts->cost,
                                     .min_strength = opts->min_strength,
                                     .novelty = opts->novelty};
    kith_answer general;
    kith_table no_list;
    const telling t = {queries, coverage, opts, &general};
    kith_table list = {.columns = columns,
                       .n_columns = sizeof columns / sizeof *columns,
                       .n_rows = queries->count,
                       .make = make_row};
    const kith_answer answer = {.command = "intro",
                                .net = net,
                                .result = &t,
                                .to = to,
                                .title = "Coverage",
                                .list = &list,
                                .with_coefficients = true,
                                .show = show,
                                .parameters = parameters,
                                .members = members,
                                .row = row_value};

    list.ctx = &answer;
    kith_answer_intro(&general, &no_list, net, &usual, to);
    return kith_answer_write(&answer, err);
}

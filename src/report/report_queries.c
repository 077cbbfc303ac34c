/* Answers to many questions of routes, told one after the other as each alone would be. */
#include <string.h>

#include "report/answer.h"
#include "report/report_intro.h"
#include "report/report_sharing.h"
#include "report/words.h"

/** Columns that come before those of a route. */
static const kith_column asked[] = {
    {"from_id", NULL, KITH_COLUMN_COUNT, 0, false},
    {"from_key", NULL, KITH_COLUMN_TEXT, 0, false},
    {"from", NULL, KITH_COLUMN_TEXT, 0, false},
    {"to", NULL, KITH_COLUMN_TEXT, 0, false},
};

enum { N_ASKED = sizeof asked / sizeof *asked };

/** And after them, where introducers are shared out. */
static const kith_column shared_columns[] = {KITH_COLUMNS_SHARING};

/** The answer at hand, and what it takes to go on to the next. */
typedef struct telling {
    const kith_queries *queries;
    kith_query_run *run;
    const kith_query *query;
    kith_shared_answer
        shared; /**< the question at hand among others; without a sharing where all stand alone */
    kith_intro_result chosen; /**< its one route */
    kith_setting setting;     /**< "to", of the question at hand */
    kith_output to;           /**< which tells that alone */
    kith_answer one;          /**< the answer at hand, as one alone is told */
    kith_table routes;        /**< its list */
    kith_table list;          /**< that list, and who asked for what */
    kith_intro_result usual;  /**< without routes: what holds where a question does not say */
    kith_answer general;      /**< told of that */
    kith_table no_list;
    kith_column columns[KITH_TABLE_COLUMNS];
    kith_code rc;
    kith_err *err;
} telling;

static const char *wording(const telling *t)
{
    return kith_answer_sought(t->one.net, t->queries, t->query->sought);
}

/** Goes on to the next answer. */
static bool advance(telling *t, const kith_net *net)
{
    const kith_intro_result *result;

    if (!t->rc)
        t->rc = kith_query_run_next(t->run, &t->query, &result, t->err);
    if (t->rc || !t->query)
        return false;
    if (t->shared.sharing) {
        t->shared.question = (uint64_t)(t->query - t->queries->list);
        t->shared.all = result;
        t->chosen = kith_shared_result(&t->shared);
        result = &t->chosen;
    }
    t->setting = (kith_setting){"to", t->queries->words[t->query->sought]};
    kith_answer_intro(&t->one, &t->routes, net, result, &t->to);
    t->list.n_rows = result->n_routes > 0 ? result->n_routes : 1;
    return true;
}

static bool next(const kith_answer *answer)
{
    return advance((telling *)answer->result, answer->net);
}

static kith_code status(const kith_answer *answer)
{
    return ((const telling *)answer->result)->rc;
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const telling *t = ctx;
    kith_person person;

    kith_net_person(t->one.net, t->query->from, &person);
    kith_row_count(row, person.id);
    kith_row_text(row, person.key);
    kith_row_text(row, person.name);
    kith_row_text(row, wording(t));
    if (t->routes.n_rows > 0)
        t->routes.make(t->routes.ctx, i, row);
    else
        while (row->n_cells < N_ASKED + t->routes.n_columns)
            kith_row_nothing(row);
    if (t->shared.sharing)
        kith_sharing_cells(row, &t->shared);
}

static json_t *row_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const telling *t = answer->result;
    json_t *object = t->routes.n_rows > 0 ? t->one.row(&t->one, json, i) : json_object();

    if (t->routes.n_rows == 0)
        kith_json_set(json, object, "rank", json_null());
    kith_json_set(json, object, "from", kith_json_person(json, answer->net, t->query->from));
    kith_json_set(json, object, "to", kith_json_text(wording(t)));
    if (t->shared.sharing)
        kith_sharing_member(json, object, &t->shared);
    return object;
}

/** The question at hand, whose introducers are shared with others. */
static void show_shared(const telling *t, kith_sheet *sheet, kith_dynbuf *text)
{
    if (t->shared.all->n_routes > 0 && t->chosen.n_routes == 0)
        kith_intro_show_question(&t->one, sheet, text);
    else
        kith_answer_intro_show(&t->one, sheet);
    kith_sharing_show(sheet, &t->shared, text);
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    const telling *t = answer->result;
    const uint64_t count = t->queries->count;
    kith_dynbuf text = {0};

    do
        if (t->shared.sharing)
            show_shared(t, sheet, &text);
        else
            kith_answer_intro_show(&t->one, sheet);
    while (!sheet->status && kith_answer_next(answer));
    const uint64_t found = kith_query_run_found(t->run);
    kith_words_counted(&text, count, "question", "questions");
    if (found == count)
        kith_dynbuf_text(&text, ", each with a route.");
    else {
        kith_dynbuf_text(&text, ", of which ");
        kith_words_count(&text, count - found);
        kith_dynbuf_text(&text, count - found == 1 ? " has no route." : " have no route.");
    }
    kith_sheet_paragraph(sheet, &text);
    if (t->shared.sharing)
        kith_sharing_show_sums(sheet, t->shared.sharing, &text);
    kith_answer_intro_notes(&t->general, sheet);
    kith_dynbuf_free(&text);
}

static void parameters(const kith_answer *answer, kith_json *json, json_t *object)
{
    const telling *t = answer->result;

    t->general.parameters(&t->general, json, object);
}

static void members(const kith_answer *answer, kith_json *json)
{
    const telling *t = answer->result;

    kith_json_member(json, "questions", kith_json_count(t->queries->count));
    kith_answer_list(answer, json, "routes");
    kith_json_member(json, "questions_with_routes", kith_json_count(kith_query_run_found(t->run)));
    if (t->shared.sharing)
        kith_sharing_sums_member(json, t->shared.sharing);
}

/** What is in force for all: as in the first answer, but for the limits that it may have of its own. */
static void take_usual(telling *t, const kith_net *net, const kith_intro_opts *opts, const kith_output *to)
{
    t->usual = *(const kith_intro_result *)t->one.result;
    t->usual.routes = NULL;
    t->usual.n_routes = 0;
    t->usual.max_hops = opts->max_hops;
    t->usual.top = opts->top;
    kith_answer_intro(&t->general, &t->no_list, net, &t->usual, to);
}

/** The columns of the main list: who asked for what, those of a route, and who would have been better. */
static void join_columns(telling *t)
{
    memcpy(t->columns, asked, sizeof asked);
    memcpy(t->columns + N_ASKED, t->routes.columns, t->routes.n_columns * sizeof *t->columns);
    t->list.columns = t->columns;
    t->list.n_columns = N_ASKED + t->routes.n_columns;
    if (t->shared.sharing) {
        memcpy(t->columns + t->list.n_columns, shared_columns, sizeof shared_columns);
        t->list.n_columns += KITH_SHARING_COLUMNS;
    }
}

kith_code kith_write_queries(const kith_net *net, const kith_intro_opts *opts, const kith_queries *queries,
                             kith_query_run *run, const kith_sharing *sharing, const kith_output *to,
                             kith_err *err)
{
    telling t = {.queries = queries,
                 .run = run,
                 .shared = {.net = net, .queries = queries, .sharing = sharing},
                 .to = {.width = to->width, .with_contacts = to->with_contacts, .n_settings = 1},
                 .list = {.make = make_row},
                 .err = err};
    const kith_answer answer = {.command = "intro",
                                .net = net,
                                .result = &t,
                                .to = to,
                                .title = "Routes",
                                .list = &t.list,
                                .with_coefficients = true,
                                .show = show,
                                .parameters = parameters,
                                .members = members,
                                .row = row_value,
                                .next = next,
                                .status = status};

    t.to.settings = &t.setting;
    t.list.ctx = &t;
    if (!advance(&t, net))
        return t.rc;
    join_columns(&t);
    take_usual(&t, net, opts, to);
    return kith_answer_write(&answer, err);
}

/* Routes, told as advice: whom to ask, for what, and why that may work. */
#include "report/report_intro.h"

#include "base/mem.h"
#include "report/findings.h"
#include "report/phrase.h"
#include "report/report_draft.h"
#include "report/words.h"

#define ROUTE_COLUMNS                                                                                        \
    {"rank", NULL, KITH_COLUMN_COUNT, 0, false}, {"chance", NULL, KITH_COLUMN_NUMBER, 0, false},             \
        {"hops", NULL, KITH_COLUMN_COUNT, 0, false}, {"cost", NULL, KITH_COLUMN_COUNT, 0, false},            \
        {"introducer_id", NULL, KITH_COLUMN_COUNT, 0, false},                                                \
        {"introducer_key", NULL, KITH_COLUMN_TEXT, 0, false},                                                \
        {"introducer", NULL, KITH_COLUMN_TEXT, 0, false}, {"target_id", NULL, KITH_COLUMN_COUNT, 0, false},  \
        {"target_key", NULL, KITH_COLUMN_TEXT, 0, false}, {"target", NULL, KITH_COLUMN_TEXT, 0, false},      \
        {"target_title", NULL, KITH_COLUMN_TEXT, 0, false},                                                  \
        {"target_company", NULL, KITH_COLUMN_TEXT, 0, false},                                                \
        {"route_keys", NULL, KITH_COLUMN_TEXT, 0, false}, {"route_names", NULL, KITH_COLUMN_TEXT, 0, false}, \
        {"first_tier", NULL, KITH_COLUMN_TEXT, 0, false},                                                    \
    {                                                                                                        \
        "first_reasons", NULL, KITH_COLUMN_TEXT, 0, false                                                    \
    }

static const kith_column columns[] = {ROUTE_COLUMNS, KITH_COLUMNS_DRAFT};

static const kith_column columns_of_shortest[] = {
    ROUTE_COLUMNS, {"interactions", NULL, KITH_COLUMN_NUMBER, 0, false}, KITH_COLUMNS_DRAFT};

/** Whether interactions are told of routes. */
static bool with_interactions(const kith_intro_result *result)
{
    return result->mode == KITH_INTRO_SHORTEST && result->cost == KITH_COST_HOPS;
}

/** The drafts of route `i`; NULL where none were asked for. */
static const kith_draft *draft_of(const kith_intro_result *result, uint64_t i)
{
    return result->drafts ? &result->drafts[i] : NULL;
}

/** The person who introduces: nobody on a direct tie. */
static void introducer_cells(kith_row *row, const kith_net *net, const kith_route *route)
{
    kith_person person;

    if (route->hops < 2) {
        for (int i = 0; i < 3; i++)
            kith_row_nothing(row);
        return;
    }
    kith_net_person(net, route->people[1], &person);
    kith_row_count(row, person.id);
    kith_row_text(row, person.key);
    kith_row_text(row, person.name);
}

static void target_cells(kith_row *row, const kith_net *net, const kith_route *route)
{
    kith_person person;

    kith_net_person(net, route->people[route->hops], &person);
    kith_row_count(row, person.id);
    kith_row_text(row, person.key);
    kith_row_text(row, person.name);
    kith_row_text(row, person.title);
    kith_row_text(row, person.company);
}

static void route_cells(kith_row *row, const kith_net *net, const kith_route *route)
{
    kith_dynbuf text = {0};

    for (uint32_t i = 0; i <= route->hops; i++) {
        kith_person person;

        kith_net_person(net, route->people[i], &person);
        kith_dynbuf_printf(&text, "%s%s", i > 0 ? " > " : "", person.key);
    }
    kith_row_take(row, &text);
    kith_phrase_names(&text, net, route->people, route->hops + 1, " > ");
    kith_row_take(row, &text);
    kith_row_text(row, kith_tier_of_strength(kith_phrase_strength(net, route->people[0], route->people[1])));
    kith_phrase_reasons(&text, net, route->people[0], route->people[1]);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_intro_result *result = answer->result;
    const kith_route *route = &result->routes[i];

    kith_row_count(row, i + 1);
    kith_row_number(row, route->chance);
    kith_row_count(row, route->hops);
    kith_row_count(row, route->cost);
    introducer_cells(row, answer->net, route);
    target_cells(row, answer->net, route);
    route_cells(row, answer->net, route);
    if (with_interactions(result))
        kith_row_number(row, route->interactions);
    kith_draft_cells(row, draft_of(result, i));
}

/* ---- for readers ---- */

/** "strong: both list each other; 14 messages, last in March 2024". */
static void put_tie(kith_dynbuf *text, const kith_net *net, uint32_t a, uint32_t b)
{
    kith_dynbuf reasons = {0};

    kith_phrase_reasons(&reasons, net, a, b);
    kith_dynbuf_text(text, kith_tier_of_strength(kith_phrase_strength(net, a, b)));
    if (reasons.length > 0)
        kith_dynbuf_printf(text, ": %s", kith_dynbuf_cstr(&reasons));
    if (reasons.status)
        text->status = reasons.status;
    kith_dynbuf_free(&reasons);
}

/** "You know Dana Roe, Hiring Manager at Acme Robotics, directly (strong: both list each other)." */
static void put_direct(kith_dynbuf *text, const kith_net *net, const kith_route *route)
{
    kith_dynbuf position = {0};

    kith_phrase_position(&position, net, route->people[1]);
    kith_dynbuf_text(text, "You know ");
    kith_phrase_person(text, net, route->people[1]);
    kith_dynbuf_text(text, position.length > 0 ? ", directly (" : " directly (");
    put_tie(text, net, route->people[0], route->people[1]);
    kith_dynbuf_text(text, ").");
    if (position.status)
        text->status = position.status;
    kith_dynbuf_free(&position);
}

/** Whom to ask for what, in one sentence, on a route with an introducer. */
static void put_request(kith_dynbuf *text, const kith_net *net, const kith_route *route)
{
    const uint32_t *people = route->people;
    enum { NAMED = 4 }; /* a longer chain of requests is not read out */

    kith_dynbuf_text(text, "Ask ");
    kith_phrase_name(text, net, people[1]);
    if (route->hops == 2) {
        kith_dynbuf_text(text, " (");
        put_tie(text, net, people[0], people[1]);
        kith_dynbuf_text(text, ")");
    }
    for (uint32_t i = 2; i < route->hops && route->hops <= NAMED; i++) {
        kith_dynbuf_text(text, " to ask ");
        kith_phrase_name(text, net, people[i]);
    }
    kith_dynbuf_text(text,
                     route->hops <= NAMED ? " to introduce you to " : " to pass you on, step by step, to ");
    kith_phrase_person(text, net, people[route->hops]);
    kith_dynbuf_put(text, '.');
}

/** "Ben Ito and Cara Poe: medium 0.31: connected since March 2019". */
static void put_hop(kith_dynbuf *text, const kith_net *net, const kith_route *route, uint32_t hop)
{
    uint32_t a = route->people[hop], b = route->people[hop + 1];
    kith_dynbuf reasons = {0};
    double strength = kith_phrase_strength(net, a, b);

    if (hop == 0)
        kith_dynbuf_text(text, "You");
    else
        kith_phrase_name(text, net, a);
    kith_dynbuf_text(text, " and ");
    kith_phrase_name(text, net, b);
    kith_dynbuf_printf(text, ": %s (", kith_tier_of_strength(strength));
    kith_words_fixed(text, strength, 2);
    kith_dynbuf_put(text, ')');
    kith_phrase_reasons(&reasons, net, a, b);
    if (reasons.length > 0)
        kith_dynbuf_printf(text, ", %s", kith_dynbuf_cstr(&reasons));
    if (reasons.status)
        text->status = reasons.status;
    kith_dynbuf_free(&reasons);
}

bool kith_finding_route(kith_dynbuf *text, const kith_net *net, const kith_intro_result *result)
{
    if (result->n_routes == 0)
        return false;
    kith_dynbuf_text(text, "The best way found for ");
    kith_phrase_name(text, net, result->from);
    kith_dynbuf_text(text, " (");
    kith_words_share(text, result->routes[0].chance);
    kith_dynbuf_text(text, "): ");
    kith_phrase_names(text, net, result->routes[0].people + 1, result->routes[0].hops, " → ");
    kith_dynbuf_put(text, '.');
    return true;
}

/** The people of a route as a drawing. */
static void draw_route(const kith_answer *answer, kith_sheet *sheet, const kith_route *route)
{
    const uint32_t count = route->hops + 1;
    kith_dynbuf *texts = kith_calloc(2 * (size_t)count, sizeof *texts);
    const char **tiers = kith_alloc_array(count, sizeof *tiers);
    kith_sheet_chain chain = {count, texts, texts + count, tiers};

    if (!texts || !tiers)
        sheet->status = sheet->status ? sheet->status : KITH_ENOMEM;
    for (uint32_t i = 0; texts && tiers && i < count; i++) {
        kith_phrase_name(&chain.names[i], answer->net, route->people[i]);
        kith_phrase_position(&chain.positions[i], answer->net, route->people[i]);
        if (i > 0)
            tiers[i - 1] = kith_tier_of_strength(
                kith_phrase_strength(answer->net, route->people[i - 1], route->people[i]));
    }
    if (texts && tiers)
        kith_sheet_draw(sheet, &chain);
    for (uint32_t i = 0; texts && i < 2 * count; i++)
        kith_dynbuf_free(&texts[i]);
    kith_free(tiers);
    kith_free(texts);
}

/** Whether people on any route are known to have dealt with each other. */
static bool any_interactions(const kith_intro_result *result)
{
    for (uint32_t i = 0; i < result->n_routes; i++)
        if (result->routes[i].interactions > 0)
            return true;
    return false;
}

/** @param interactions  they are told of routes. */
static void show_route(const kith_answer *answer, kith_sheet *sheet, uint32_t rank, bool interactions,
                       kith_dynbuf *text)
{
    const kith_intro_result *result = answer->result;
    const kith_route *route = &result->routes[rank - 1];
    kith_dynbuf chance = {0};

    kith_words_share(&chance, route->chance);
    kith_sheet_keep(sheet, &chance);
    if (route->hops == 1)
        put_direct(text, answer->net, route);
    else
        put_request(text, answer->net, route);
    kith_sheet_item(sheet, rank, kith_dynbuf_cstr(&chance), text);
    draw_route(answer, sheet, route);
    for (uint32_t hop = route->hops == 2 ? 1 : 0; hop < route->hops && route->hops > 1; hop++) {
        put_hop(text, answer->net, route, hop);
        kith_sheet_point(sheet, text);
    }
    if (result->novelty) {
        kith_dynbuf_text(text, "novelty ");
        kith_words_fixed(text, route->novelty, 2);
        kith_sheet_point(sheet, text);
    }
    if (interactions) {
        kith_phrase_interactions(text, route->interactions);
        kith_dynbuf_text(text, " along the route");
        kith_sheet_point(sheet, text);
    }
    kith_draft_show(sheet, draft_of(result, rank - 1));
    kith_dynbuf_free(&chance);
}

void kith_intro_show_question(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_intro_result *result = answer->result;
    const char *sought = kith_answer_setting(answer, "to");

    kith_phrase_name(text, answer->net, result->from);
    kith_dynbuf_text(text, " asks for a way to ");
    if (result->n_targets == 0)
        kith_dynbuf_text(text, "nobody who may be introduced");
    else
        kith_dynbuf_text(text, result->n_targets == 1 ? "" : "any of ");
    if (result->n_targets > 0)
        kith_words_counted(text, result->n_targets, "person", "people");
    if (sought)
        kith_dynbuf_printf(text, " (%s)", sought);
    kith_dynbuf_put(text, '.');
    kith_sheet_paragraph(sheet, text);
}

void kith_answer_intro_show(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_intro_result *result = answer->result;
    const bool interactions = any_interactions(result);
    kith_dynbuf text = {0};

    kith_intro_show_question(answer, sheet, &text);
    if (result->n_routes == 0)
        kith_intro_show_none(answer, sheet, &text);
    for (uint32_t i = 0; i < result->n_routes && !sheet->status; i++)
        show_route(answer, sheet, i + 1, interactions, &text);
    kith_intro_show_left_out(result, sheet, &text);
    kith_dynbuf_free(&text);
}

void kith_answer_intro_notes(const kith_answer *answer, kith_sheet *sheet)
{
    kith_dynbuf text = {0};

    kith_intro_show_notes(answer, sheet, &text);
    kith_dynbuf_free(&text);
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    kith_answer_intro_show(answer, sheet);
    kith_answer_intro_notes(answer, sheet);
}

/* ---- for programs ---- */

static json_t *reason_value(kith_json *json, const kith_net *net, const kith_tie *tie,
                            const kith_reason *reason)
{
    json_t *object = json_object();
    kith_dynbuf text = {0};

    kith_phrase_reason(&text, net, tie->a, tie->b, reason);
    kith_json_set(json, object, "evidence", kith_json_text(kith_evidence_name(reason->kind)));
    kith_json_set(json, object, "text", text.status ? NULL : kith_json_text(kith_dynbuf_cstr(&text)));
    kith_dynbuf_free(&text);
    return object;
}

static json_t *tie_value(kith_json *json, const kith_net *net, uint32_t a, uint32_t b)
{
    json_t *object = json_object(), *list = json_array();
    kith_reason reasons[KITH_EVIDENCE_COUNT];
    uint32_t count = kith_net_reasons(net, a, b, reasons);
    const kith_tie tie = {.a = a, .b = b};
    double strength = kith_phrase_strength(net, a, b);

    kith_json_set(json, object, "strength", kith_json_number(strength));
    kith_json_set(json, object, "tier", kith_json_text(kith_tier_of_strength(strength)));
    for (uint32_t i = 0; i < count && i < KITH_PHRASE_REASONS; i++)
        kith_json_append(json, list, reason_value(json, net, &tie, &reasons[i]));
    kith_json_set(json, object, "reasons", list);
    return object;
}

/** The members that tell of a route. */
static json_t *set_route(const kith_answer *answer, kith_json *json, const kith_route *route, json_t *object)
{
    const kith_intro_result *result = answer->result;
    json_t *ties = json_array();

    kith_json_set(json, object, "chance", kith_json_number(route->chance));
    if (result->novelty)
        kith_json_set(json, object, "novelty", kith_json_number(route->novelty));
    if (with_interactions(result))
        kith_json_set(json, object, "interactions", kith_json_number(route->interactions));
    kith_json_set(json, object, "hops", kith_json_count(route->hops));
    kith_json_set(json, object, "cost", kith_json_count(route->cost));
    kith_json_set(json, object, "people",
                  kith_json_people(json, answer->net, route->people, route->hops + 1));
    for (uint32_t hop = 0; hop < route->hops; hop++)
        kith_json_append(json, ties,
                         tie_value(json, answer->net, route->people[hop], route->people[hop + 1]));
    kith_json_set(json, object, "ties", ties);
    return object;
}

static json_t *route_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_intro_result *result = answer->result;
    json_t *object = json_object();

    kith_json_set(json, object, "rank", kith_json_count(i + 1));
    set_route(answer, json, &result->routes[i], object);
    kith_draft_member(json, object, draft_of(result, i));
    return object;
}

/** A route that need not be. */
static json_t *route_or_null(const kith_answer *answer, kith_json *json, const kith_route *route)
{
    return route->hops > 0 ? set_route(answer, json, route, json_object()) : json_null();
}

/** How near a question gets that has no route. */
static json_t *near_value(const kith_answer *answer, kith_json *json)
{
    const kith_intro_result *result = answer->result;
    json_t *object = json_object();

    kith_json_set(json, object, "nearest", route_or_null(answer, json, &result->near.nearest));
    kith_json_set(json, object, "one_tie_beyond", kith_json_count(result->near.n_beyond));
    kith_json_set(json, object, "colleague", route_or_null(answer, json, &result->near.colleague));
    return object;
}

static void parameters(const kith_answer *answer, kith_json *json, json_t *object)
{
    const kith_intro_result *result = answer->result;

    kith_json_set(json, object, "max_hops", kith_json_count(result->max_hops));
    kith_json_set(json, object, "top", kith_json_count(result->top));
    kith_json_set(json, object, "mode", kith_json_text(kith_intro_mode_word(result->mode)));
    kith_json_set(json, object, "cost", kith_json_text(kith_intro_cost_word(result->cost)));
    kith_json_set(json, object, "min_strength", kith_json_number(result->min_strength));
    kith_json_set(json, object, "novelty", json_boolean(result->novelty));
    kith_json_set(json, object, "by_interactions", json_boolean(result->by_interactions));
}

static void members(const kith_answer *answer, kith_json *json)
{
    const kith_intro_result *result = answer->result;

    kith_json_member(json, "asker", kith_json_person(json, answer->net, result->from));
    kith_json_member(json, "targets", kith_json_count(result->n_targets));
    if (result->mode == KITH_INTRO_SHORTEST)
        kith_json_member(json, "routes_in_all",
                         result->n_all == UINT64_MAX ? json_null() : kith_json_count(result->n_all));
    if (result->n_routes == 0)
        kith_json_member(json, "near", near_value(answer, json));
    kith_answer_list(answer, json, "routes");
}

void kith_answer_intro(kith_answer *answer, kith_table *list, const kith_net *net,
                       const kith_intro_result *result, const kith_output *to)
{
    const bool shortest = with_interactions(result);
    const size_t n_columns = shortest ? sizeof columns_of_shortest : sizeof columns;

    *list = (kith_table){.columns = shortest ? columns_of_shortest : columns,
                         .n_columns = (uint32_t)(n_columns / sizeof *columns) -
                                      (result->drafts ? 0 : KITH_DRAFT_COLUMNS),
                         .n_rows = result->n_routes,
                         .make = make_row,
                         .ctx = answer};
    *answer = (kith_answer){.command = "intro",
                            .net = net,
                            .result = result,
                            .to = to,
                            .title = "Routes",
                            .list = list,
                            .with_coefficients = true,
                            .show = show,
                            .parameters = parameters,
                            .members = members,
                            .row = route_value};
}

kith_code kith_write_intro(const kith_net *net, const kith_intro_result *result, const kith_output *to,
                           kith_err *err)
{
    kith_answer answer;
    kith_table list;

    kith_answer_intro(&answer, &list, net, result, to);
    return kith_answer_write(&answer, err);
}

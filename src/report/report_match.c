/* Mentors for mentees. */
#include <math.h>

#include "report/answer.h"
#include "report/show_match.h"

/** Contacts are the last columns: left out unless asked for. */
enum { CONTACT_COLUMNS = 2 };

static const kith_column columns[] = {
    {"mentee_key", NULL, KITH_COLUMN_TEXT, 0, false},
    {"mentee", "Mentee", KITH_COLUMN_TEXT, 0, false},
    {"mentee_title", NULL, KITH_COLUMN_TEXT, 0, false},
    {"mentee_company", NULL, KITH_COLUMN_TEXT, 0, false},
    {"mentee_goals", NULL, KITH_COLUMN_LIST, 0, false},
    {"mentor_key", NULL, KITH_COLUMN_TEXT, 0, false},
    {"mentor", "Mentor", KITH_COLUMN_TEXT, 0, false},
    {"mentor_title", NULL, KITH_COLUMN_TEXT, 0, false},
    {"mentor_company", NULL, KITH_COLUMN_TEXT, 0, false},
    {"fit", "Fit", KITH_COLUMN_NUMBER, 2, false},
    {"best_fit", "Best", KITH_COLUMN_NUMBER, 2, false},
    {"reasons", "Why", KITH_COLUMN_TEXT, 0, true},
    {"mentee_email", NULL, KITH_COLUMN_TEXT, 0, false},
    {"mentor_email", NULL, KITH_COLUMN_TEXT, 0, false},
};

/** The pairs that the answer lists: those made, or all that are allowed. */
static const kith_pair *listed(const kith_match_result *result, uint64_t i)
{
    return result->all_pairs ? &result->all_pairs[i] : &result->pairs[i];
}

static void email_cell(kith_row *row, const kith_net *net, uint32_t id)
{
    const char *email = kith_net_value(net, id, KITH_FIELD_EMAIL, 0);

    if (email)
        kith_row_text(row, email);
    else
        kith_row_nothing(row);
}

static void goals_cell(kith_row *row, const kith_net *net, uint32_t id)
{
    const char *goal;
    kith_dynbuf text = {0};

    for (uint32_t nth = 0; (goal = kith_net_value(net, id, KITH_FIELD_GOAL, nth)); nth++)
        kith_dynbuf_printf(&text, "%s%s", nth > 0 ? "; " : "", goal);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_pair *pair = listed(answer->result, i);
    kith_dynbuf text = {0};
    kith_person mentor, mentee;

    kith_net_person(answer->net, pair->mentor, &mentor);
    kith_net_person(answer->net, pair->mentee, &mentee);
    kith_row_text(row, mentee.key);
    kith_row_name(row, answer->net, pair->mentee);
    kith_row_text(row, mentee.title);
    kith_row_text(row, mentee.company);
    goals_cell(row, answer->net, pair->mentee);
    kith_row_text(row, mentor.key);
    kith_row_name(row, answer->net, pair->mentor);
    kith_row_text(row, mentor.title);
    kith_row_text(row, mentor.company);
    kith_row_number(row, pair->fit);
    kith_row_number(row, pair->best_fit);
    kith_match_put_reasons(&text, answer->result, pair);
    kith_row_take(row, &text);
    if (answer->to->with_contacts) {
        email_cell(row, answer->net, pair->mentee);
        email_cell(row, answer->net, pair->mentor);
    }
    kith_dynbuf_free(&text);
}

/* ---- for programs ---- */

static json_t *reasons_value(const kith_match_result *result, kith_json *json, const kith_pair *pair)
{
    json_t *reasons = json_array();
    kith_dynbuf text = {0};

    for (int part = 0; part < KITH_FIT_PARTS; part++) {
        json_t *reason;
        if (!kith_match_has_reason(pair, (kith_fit_part)part))
            continue;
        kith_dynbuf_clear(&text);
        kith_match_put_reason(&text, result, pair, (kith_fit_part)part);
        reason = json_object();
        kith_json_set(json, reason, "part", kith_json_text(kith_fit_part_name((kith_fit_part)part)));
        kith_json_set(json, reason, "text", text.status ? NULL : kith_json_text(kith_dynbuf_cstr(&text)));
        kith_json_append(json, reasons, reason);
    }
    kith_dynbuf_free(&text);
    return reasons;
}

static json_t *pair_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_pair *pair = listed(answer->result, i);
    json_t *object = json_object(), *parts = json_object(), *skills = json_array();

    for (int part = 0; part < KITH_FIT_PARTS; part++)
        kith_json_set(json, parts, kith_fit_part_name((kith_fit_part)part),
                      kith_json_number(pair->parts[part]));
    for (uint32_t k = 0; k < pair->n_skills; k++)
        kith_json_append(json, skills, kith_json_text(pair->skills[k]));
    kith_json_set(json, object, "mentor", kith_json_person(json, answer->net, pair->mentor));
    kith_json_set(json, object, "mentee", kith_json_person(json, answer->net, pair->mentee));
    kith_json_set(json, object, "fit", kith_json_number(pair->fit));
    kith_json_set(json, object, "best_fit", kith_json_number(pair->best_fit));
    kith_json_set(json, object, "best_mentor", kith_json_person(json, answer->net, pair->best_mentor));
    kith_json_set(json, object, "parts", parts);
    kith_json_set(json, object, "skills", skills);
    kith_json_set(json, object, "reasons", reasons_value(answer->result, json, pair));
    return object;
}

static json_t *wanted_value(kith_json *json, const kith_wanted_skill *wanted)
{
    json_t *object = json_object();

    kith_json_set(json, object, "skill", kith_json_text(wanted->skill));
    kith_json_set(json, object, "people", kith_json_count(wanted->people));
    kith_json_set(json, object, "mentors", kith_json_count(wanted->mentors));
    return object;
}

static json_t *unmatched_value(const kith_answer *answer, kith_json *json, const kith_unmatched *who)
{
    static const char *const reasons[KITH_UNMATCHED_REASONS] = {"nobody_allowed", "nobody_fits", "no_place",
                                                                "not_needed"};
    json_t *object = json_object();
    const bool any = who->best != UINT32_MAX;

    kith_json_set(json, object, "person", kith_json_person(json, answer->net, who->person));
    kith_json_set(json, object, "role", kith_json_text(who->is_mentor ? "mentor" : "mentee"));
    kith_json_set(json, object, "reason", kith_json_text(reasons[who->why]));
    kith_json_set(json, object, "best", any ? kith_json_person(json, answer->net, who->best) : json_null());
    kith_json_set(json, object, "best_fit", kith_json_number(any ? who->best_fit : NAN));
    kith_json_set(json, object, "help", who->help.skill ? wanted_value(json, &who->help) : json_null());
    return object;
}

static json_t *what_if_value(const kith_answer *answer, kith_json *json, const kith_what_if *what)
{
    json_t *object = json_object();

    kith_json_set(json, object, "mentor", kith_json_person(json, answer->net, what->mentor));
    kith_json_set(json, object, "gain", kith_json_number(what->gain));
    kith_json_set(json, object, "serves_one_more", json_boolean(what->served != UINT32_MAX));
    kith_json_set(json, object, "served",
                  what->served == UINT32_MAX ? json_null()
                                             : kith_json_person(json, answer->net, what->served));
    return object;
}

static void parameters(const kith_answer *answer, kith_json *json, json_t *object)
{
    const kith_match_result *result = answer->result;
    json_t *weights = json_object();

    for (int part = 0; part < KITH_FIT_PARTS; part++)
        kith_json_set(json, weights, kith_fit_part_name((kith_fit_part)part),
                      kith_json_number(result->weights[part]));
    kith_json_set(json, object, "weights", weights);
    kith_json_set(json, object, "stable", json_boolean(result->stable));
    kith_json_set(json, object, "again", json_boolean(result->again));
    kith_json_set(json, object, "capacity", kith_json_count(result->capacity));
    kith_json_set(json, object, "min_fit", kith_json_number(result->min_fit));
}

static void members(const kith_answer *answer, kith_json *json)
{
    const kith_match_result *result = answer->result;

    kith_answer_list(answer, json, "pairs");
    kith_json_list(json, "unmatched");
    for (uint32_t i = 0; i < result->n_unmatched && !json->status; i++)
        kith_json_item(json, unmatched_value(answer, json, &result->unmatched[i]));
    kith_json_list_end(json);
    kith_json_list(json, "wanted_skills");
    for (uint32_t i = 0; i < result->n_wanted && !json->status; i++)
        kith_json_item(json, wanted_value(json, &result->wanted[i]));
    kith_json_list_end(json);
    kith_json_list(json, "what_if");
    for (uint32_t i = 0; i < result->n_what_if && !json->status; i++)
        kith_json_item(json, what_if_value(answer, json, &result->what_if[i]));
    kith_json_list_end(json);
    kith_json_member(json, "matched", kith_json_count(result->n_pairs));
    kith_json_member(json, "mentees", kith_json_count(result->n_mentees));
    kith_json_member(json, "mentors", kith_json_count(result->n_mentors));
    kith_json_member(json, "places", kith_json_count(result->n_places));
    kith_json_member(json, "already_mentored", kith_json_count(result->n_mentored));
    kith_json_member(json, "allowed_pairs", kith_json_count(result->n_allowed));
    kith_json_member(json, "total_fit", kith_json_number(result->total_fit));
}

void kith_answer_match(kith_answer *answer, kith_table *list, const kith_net *net,
                       const kith_match_result *result, const kith_output *to)
{
    *list = (kith_table){.columns = columns,
                         .n_columns = (uint32_t)(sizeof columns / sizeof *columns) -
                                      (to->with_contacts ? 0 : CONTACT_COLUMNS),
                         .n_rows = result->all_pairs ? result->n_all_pairs : result->n_pairs,
                         .make = make_row,
                         .ctx = answer};
    *answer = (kith_answer){.command = "match",
                            .net = net,
                            .result = result,
                            .to = to,
                            .title = "Mentors for mentees",
                            .list = list,
                            .show = kith_show_match,
                            .parameters = parameters,
                            .members = members,
                            .row = pair_value};
}

kith_code kith_write_match(const kith_net *net, const kith_match_result *result, const kith_output *to,
                           kith_err *err)
{
    kith_answer answer;
    kith_table list;

    kith_answer_match(&answer, &list, net, result, to);
    return kith_answer_write(&answer, err);
}

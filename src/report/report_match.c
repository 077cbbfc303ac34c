/* Mentors for mentees. */
#include <math.h>

#include "report/answer.h"
#include "report/phrase.h"
#include "report/words.h"

/** Lines of secondary lists that readers see; programs get them all. */
enum { SHOWN = 10 };

/** Contacts are the last columns: left out unless asked for. */
enum { CONTACT_COLUMNS = 2 };

static const kith_column columns[] = {
    {"mentee_key", NULL, KITH_COLUMN_TEXT, 0, false},   {"mentee", "Mentee", KITH_COLUMN_TEXT, 0, false},
    {"mentor_key", NULL, KITH_COLUMN_TEXT, 0, false},   {"mentor", "Mentor", KITH_COLUMN_TEXT, 0, false},
    {"mentor_title", NULL, KITH_COLUMN_TEXT, 0, false}, {"mentor_company", NULL, KITH_COLUMN_TEXT, 0, false},
    {"fit", "Fit", KITH_COLUMN_NUMBER, 2, false},       {"best_fit", "Best", KITH_COLUMN_NUMBER, 2, false},
    {"reasons", "Why", KITH_COLUMN_TEXT, 0, true},      {"mentee_email", NULL, KITH_COLUMN_TEXT, 0, false},
    {"mentor_email", NULL, KITH_COLUMN_TEXT, 0, false},
};

static const kith_column unmatched_columns[] = {
    {"name", "Name", KITH_COLUMN_TEXT, 0, false},
    {"why", "Why", KITH_COLUMN_TEXT, 0, true},
};

static const kith_column wanted_columns[] = {
    {"skill", "Skill", KITH_COLUMN_TEXT, 0, false},
    {"people", "Want it", KITH_COLUMN_COUNT, 0, false},
    {"mentors", "Mentors\noffer it", KITH_COLUMN_COUNT, 0, false},
};

static const kith_column what_if_columns[] = {
    {"mentor", "Mentor", KITH_COLUMN_TEXT, 0, false},
    {"gain", "Fit\ngained", KITH_COLUMN_NUMBER, 3, false},
    {"serves_one_more", "One more has\na mentor", KITH_COLUMN_TEXT, 0, false},
};

/** The pairs that the answer lists: those made, or all that are allowed. */
static const kith_pair *listed(const kith_match_result *result, uint64_t i)
{
    return result->all_pairs ? &result->all_pairs[i] : &result->pairs[i];
}

/** Begins one reason more. */
static void put_reason(kith_dynbuf *out, const char *text)
{
    kith_dynbuf_text(out, out->length > 0 ? "; " : "");
    kith_dynbuf_text(out, text);
}

/** What speaks for a pair: "offers python, sql; went from nursing to product; same industry". */
static void put_reasons(kith_dynbuf *out, const kith_pair *pair)
{
    const double *parts = pair->parts;

    for (uint32_t k = 0; k < pair->n_skills; k++)
        kith_dynbuf_printf(out, "%s%s", k == 0 ? "offers " : ", ", pair->skills[k]);
    if (pair->n_skills == 0 && parts[KITH_FIT_SKILLS] > 0)
        put_reason(out, "offers skills wanted");
    if (pair->from && pair->to) {
        put_reason(out, "went from ");
        kith_dynbuf_printf(out, "%s to %s", pair->from, pair->to);
    }
    if (parts[KITH_FIT_GOALS] > 0)
        put_reason(out, parts[KITH_FIT_GOALS] < 1 ? "knows part of what the goal is about"
                                                  : "knows what the goal is about");
    if (parts[KITH_FIT_INDUSTRY] > 0)
        put_reason(out, "same industry");
    if (parts[KITH_FIT_SENIORITY] == 1)
        put_reason(out, "one to three levels above");
    if (pair->hops > 0) {
        put_reason(out, "");
        kith_words_counted(out, pair->hops, "tie away", "ties away");
    }
    if (parts[KITH_FIT_REACH] > 0)
        put_reason(out, "opens a way to people sought");
}

static void name_cell(kith_row *row, const kith_net *net, uint32_t id)
{
    kith_dynbuf text = {0};

    kith_phrase_name(&text, net, id);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static void email_cell(kith_row *row, const kith_net *net, uint32_t id)
{
    const char *email = kith_net_value(net, id, KITH_FIELD_EMAIL, 0);

    if (email)
        kith_row_text(row, email);
    else
        kith_row_nothing(row);
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
    name_cell(row, answer->net, pair->mentee);
    kith_row_text(row, mentor.key);
    name_cell(row, answer->net, pair->mentor);
    kith_row_text(row, mentor.title);
    kith_row_text(row, mentor.company);
    kith_row_number(row, pair->fit);
    kith_row_number(row, pair->best_fit);
    put_reasons(&text, pair);
    kith_row_take(row, &text);
    if (answer->to->with_contacts) {
        email_cell(row, answer->net, pair->mentee);
        email_cell(row, answer->net, pair->mentor);
    }
    kith_dynbuf_free(&text);
}

/* ---- for readers ---- */

/** "3 of 5 mentees have a mentor, of 4 mentors with 6 free places; the fit adds up to 2.41." */
static void put_summary(kith_dynbuf *text, const kith_match_result *result)
{
    kith_words_count(text, result->n_pairs);
    kith_dynbuf_text(text, " of ");
    kith_words_counted(text, result->n_mentees, "mentee is", "mentees are");
    kith_dynbuf_text(text, " given to a mentor. There are ");
    kith_words_counted(text, result->n_mentors, "mentor", "mentors");
    kith_dynbuf_text(text, " with ");
    kith_words_counted(text, result->n_places, "free place", "free places");
    kith_dynbuf_text(text, ", and ");
    kith_words_counted(text, result->n_allowed, "pair", "pairs");
    kith_dynbuf_text(text, " that could be made. ");
    kith_dynbuf_text(text, result->stable ? "No mentee and mentor would both rather have each other"
                                          : "No other assignment has a greater sum of fits");
    kith_dynbuf_text(text, "; it is ");
    kith_words_fixed(text, result->total_fit, 2);
    kith_dynbuf_put(text, '.');
    if (result->n_mentored > 0) {
        kith_dynbuf_put(text, ' ');
        kith_words_counted(text, result->n_mentored, "mentee has", "mentees have");
        kith_dynbuf_text(text, " a mentor now and took no part.");
    }
}

/** "the rules leave nobody"; "all places with those who fit are taken; best: Ann Lee (0.61)". */
static void put_why(kith_dynbuf *text, const kith_net *net, const kith_unmatched *who)
{
    static const char *const mentees[KITH_UNMATCHED_REASONS] = {"the rules leave no mentor", "no mentor fits",
                                                                "no place is left with those who fit", ""};
    static const char *const mentors[KITH_UNMATCHED_REASONS] = {"", "fits no mentee", "",
                                                                "those who fit are better off with others"};

    kith_dynbuf_text(text, who->is_mentor ? mentors[who->why] : mentees[who->why]);
    if (who->best == UINT32_MAX)
        return;
    kith_dynbuf_text(text, "; best: ");
    kith_phrase_name(text, net, who->best);
    kith_dynbuf_text(text, " (");
    kith_words_fixed(text, who->best_fit, 2);
    kith_dynbuf_put(text, ')');
}

/** Rows of one side among the unmatched, mentees first. */
typedef struct side {
    const kith_answer *answer;
    uint32_t first, count;
} side;

static void make_unmatched_row(const void *ctx, uint64_t i, kith_row *row)
{
    const side *s = ctx;
    const kith_match_result *result = s->answer->result;
    const kith_unmatched *who = &result->unmatched[s->first + i];
    kith_dynbuf text = {0};

    name_cell(row, s->answer->net, who->person);
    put_why(&text, s->answer->net, who);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static void make_wanted_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_match_result *result = ctx;

    kith_row_text(row, result->wanted[i].skill);
    kith_row_count(row, result->wanted[i].people);
    kith_row_count(row, result->wanted[i].mentors);
}

static void make_what_if_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_match_result *result = answer->result;

    name_cell(row, answer->net, result->what_if[i].mentor);
    kith_row_number(row, result->what_if[i].gain);
    kith_row_text(row, result->what_if[i].serves_one_more ? "yes" : "no");
}

static uint32_t most(uint32_t count)
{
    return count < SHOWN ? count : SHOWN;
}

static void show_unmatched(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_match_result *result = answer->result;
    side mentees = {answer, 0, 0}, mentors = {answer, 0, 0};
    kith_table table = {.columns = unmatched_columns,
                        .n_columns = sizeof unmatched_columns / sizeof *unmatched_columns,
                        .make = make_unmatched_row};

    while (mentees.count < result->n_unmatched && !result->unmatched[mentees.count].is_mentor)
        mentees.count++;
    mentors.first = mentees.count;
    mentors.count = most(result->n_unmatched - mentees.count);
    table.title = "Mentees without a mentor";
    table.n_rows = mentees.count;
    table.ctx = &mentees;
    kith_sheet_table(sheet, &table);
    table.title = "Mentors with places left and no mentee";
    table.note = result->n_unmatched - mentors.first > SHOWN ? "The first of them; JSON lists all." : NULL;
    table.n_rows = mentors.count;
    table.ctx = &mentors;
    kith_sheet_table(sheet, &table);
}

static void show_help(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_match_result *result = answer->result;
    const kith_table wanted = {.title = "Skills that those without a mentor want",
                               .columns = wanted_columns,
                               .n_columns = sizeof wanted_columns / sizeof *wanted_columns,
                               .n_rows = most(result->n_wanted),
                               .make = make_wanted_row,
                               .ctx = result};
    const kith_table what_if = {.title = "One place more at one of these mentors",
                                .columns = what_if_columns,
                                .n_columns = sizeof what_if_columns / sizeof *what_if_columns,
                                .n_rows = most(result->n_what_if),
                                .make = make_what_if_row,
                                .ctx = answer};

    if (result->n_wanted > 0) {
        kith_dynbuf_printf(text, "One more mentor with %s would be of use to ", result->wanted[0].skill);
        kith_words_counted(text, result->wanted[0].people, "person", "people");
        kith_dynbuf_text(text, " without a mentor.");
        kith_sheet_point(sheet, text);
    }
    kith_sheet_table(sheet, &wanted);
    kith_sheet_table(sheet, &what_if);
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_match_result *result = answer->result;
    kith_dynbuf text = {0};

    put_summary(&text, result);
    kith_sheet_paragraph(sheet, &text);
    kith_sheet_table(sheet, answer->list);
    show_unmatched(answer, sheet);
    show_help(answer, sheet, &text);
    kith_dynbuf_text(&text, "Fit: weighted mean of ");
    for (int part = 0; part < KITH_FIT_PARTS; part++) {
        kith_dynbuf_printf(&text, "%s%s ", part > 0 ? ", " : "", kith_fit_part_name((kith_fit_part)part));
        kith_words_real(&text, result->weights[part]);
    }
    kith_dynbuf_text(&text,
                     "; what the mentee gives no ground for is left out. Best: with the mentor who fits "
                     "this mentee best, whoever else needs them. Weights are reasoned, not calibrated.");
    kith_sheet_note(sheet, &text);
    kith_dynbuf_free(&text);
}

/* ---- for programs ---- */

static json_t *pair_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_pair *pair = listed(answer->result, i);
    json_t *object = json_object(), *parts = json_object(), *skills = json_array();
    kith_dynbuf text = {0};

    put_reasons(&text, pair);
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
    kith_json_set(json, object, "reasons", text.status ? NULL : kith_json_text(kith_dynbuf_cstr(&text)));
    kith_dynbuf_free(&text);
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

static json_t *what_if_value(const kith_answer *answer, kith_json *json, const kith_what_if *what)
{
    json_t *object = json_object();

    kith_json_set(json, object, "mentor", kith_json_person(json, answer->net, what->mentor));
    kith_json_set(json, object, "gain", kith_json_number(what->gain));
    kith_json_set(json, object, "serves_one_more", json_boolean(what->serves_one_more));
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
                            .show = show,
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

/* Who was mentored and mentors in turn. */
#include <math.h>

#include "report/answer.h"
#include "report/figure_lineage.h"
#include "report/findings.h"
#include "report/phrase.h"
#include "report/show_curve.h"
#include "report/show_health.h"
#include "report/show_holds.h"
#include "report/show_ready.h"
#include "report/words.h"

/** Lines of secondary lists that readers see; programs get them all. */
enum { SHOWN = 10, MOST_GROUPS = 40 };

static const double days_per_year = 365.25;

static const kith_column columns[] = {
    KITH_COLUMNS_PERSON,
    {"fecundity", "Mentees", KITH_COLUMN_COUNT, 0, false},
    {"fertility", "who\nmentored", KITH_COLUMN_COUNT, 0, false},
    {"descendants", "Descen-\ndants", KITH_COLUMN_COUNT, 0, false},
    {"generations_below", "Gen.\nbelow", KITH_COLUMN_COUNT, 0, false},
    {"generations_above", "Gen.\nabove", KITH_COLUMN_COUNT, 0, false},
    {"genealogical_index", NULL, KITH_COLUMN_COUNT, 0, false},
    {"mentors", NULL, KITH_COLUMN_COUNT, 0, false},
};

static const kith_column group_columns[] = {
    {"group", "Programme or cohort", KITH_COLUMN_TEXT, 0, false},
    {"mentored", "Mentored", KITH_COLUMN_COUNT, 0, false},
    {"naive_share", "Mentor so\nfar", KITH_COLUMN_SHARE, 0, false},
    {"median_years", "Half by\nyear", KITH_COLUMN_NUMBER, 1, false},
    {"mean_mentees", "R", KITH_COLUMN_NUMBER, 2, false},
};

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_chains_result *result = answer->result;
    const kith_lineage *person = &result->people[i];

    kith_row_person(row, answer->net, person->person);
    kith_row_count(row, person->fecundity);
    kith_row_count(row, person->fertility);
    if (person->descendants == UINT32_MAX)
        kith_row_nothing(row);
    else
        kith_row_count(row, person->descendants);
    kith_row_count(row, person->generations_below);
    kith_row_count(row, person->generations_above);
    kith_row_count(row, person->genealogical_index);
    kith_row_count(row, person->mentors);
}

/* ---- for readers ---- */

bool kith_finding_chain(kith_dynbuf *text, const kith_net *net, const kith_chains_result *result)
{
    if (result->n_longest_chain < 2)
        return false;
    kith_dynbuf_text(text, "The longest chain of mentorships spans ");
    kith_words_counted(text, result->n_longest_chain, "person", "people");
    kith_dynbuf_text(text, ": ");
    kith_phrase_names(text, net, result->longest_chain, result->n_longest_chain, " → ");
    kith_dynbuf_put(text, '.');
    return true;
}

bool kith_finding_pay_forward(kith_dynbuf *text, const kith_chains_result *result)
{
    const kith_pay_forward *pay = &result->pay_forward;

    if (pay->mentored == 0)
        return false;
    kith_dynbuf_text(text, "Of ");
    kith_words_counted(text, pay->mentored, "person who was mentored", "people who were mentored");
    kith_dynbuf_text(text, ", ");
    kith_words_count(text, pay->passed_on);
    kith_dynbuf_text(text, " (");
    kith_words_share(text, pay->naive_share);
    kith_dynbuf_text(text, ", censored: some have had little time) so far mentored in turn; ");
    if (isnan(pay->median_days)) {
        kith_dynbuf_text(text, "fewer than half are expected to within the time seen.");
        return true;
    }
    kith_dynbuf_text(text, "half are expected to within ");
    kith_words_fixed(text, pay->median_days / days_per_year, 1);
    kith_dynbuf_text(text, " years.");
    return true;
}

static void show_pay_forward(const kith_chains_result *result, kith_sheet *sheet)
{
    const kith_pay_forward *pay = &result->pay_forward;

    kith_show_curve(sheet, &(kith_curve_view){
                               .title = "How soon people who were mentored mentor in turn",
                               .figure = "The share who mentor in turn, by years since first mentored, with "
                                         "its band",
                               .since = "first mentored",
                               .share = "Mentor in turn",
                               .steps = pay->curve,
                               .n_steps = pay->n_curve,
                               .months = 12});
}

static void make_group_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_chains_result *result = ctx;
    const kith_pay_group *group = &result->pay_groups[i];

    kith_row_text(row, group->name);
    kith_row_count(row, group->pay.mentored);
    kith_row_number(row, group->pay.naive_share);
    kith_row_number(row, group->pay.median_days / days_per_year);
    kith_row_number(row, group->pay.mean_mentees);
}

static void show_groups(const kith_chains_result *result, kith_sheet *sheet, kith_dynbuf *text)
{
    const bool some = result->n_pay_groups > MOST_GROUPS;
    const kith_table groups = {.title = "Programmes and cohorts",
                               .columns = group_columns,
                               .n_columns = sizeof group_columns / sizeof *group_columns,
                               .n_rows = some ? MOST_GROUPS : result->n_pay_groups,
                               .make = make_group_row,
                               .ctx = result};

    if (result->n_pay_groups == 0)
        return;
    kith_sheet_table(sheet, &groups);
    if (some) {
        kith_dynbuf_printf(text, "The first %d of ", MOST_GROUPS);
        kith_words_count(text, result->n_pay_groups);
        kith_dynbuf_text(text, "; JSON has them all. ");
    }
    kith_dynbuf_text(text, "Mentor so far: censored, as those mentored lately have had little time. Half by "
                           "year: the Kaplan-Meier median, empty where it is not reached. R: mean mentees of "
                           "those first mentored ");
    kith_words_counted(text, result->exposure_months, "month", "months");
    kith_dynbuf_text(text, " ago or earlier.");
    kith_sheet_note(sheet, text);
}

static void show_cycles(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_chains_result *result = answer->result;

    for (uint32_t i = 0; i < result->n_cycles && i < SHOWN; i++) {
        const kith_cycle *cycle = &result->cycles[i];

        kith_dynbuf_text(text, "They mentor each other in a ring: ");
        kith_phrase_names(text, answer->net, cycle->people, cycle->count, " → ");
        kith_dynbuf_text(text, " → ");
        kith_phrase_name(text, answer->net, cycle->people[0]);
        kith_dynbuf_text(text,
                         cycle->undated ? " (no dates tell who came first: it extends no chain)." : ".");
        kith_sheet_point(sheet, text);
    }
    if (result->n_cycles <= SHOWN)
        return;
    kith_dynbuf_printf(text, "The first %d of ", SHOWN);
    kith_words_counted(text, result->n_cycles, "ring", "rings");
    kith_dynbuf_text(text, "; JSON has them all.");
    kith_sheet_note(sheet, text);
}

static void put_scope(const kith_chains_result *result, kith_dynbuf *text)
{
    kith_words_counted(text, result->n_mentorships, "mentorship", "mentorships");
    kith_dynbuf_text(text, " among ");
    kith_words_counted(text, result->n_involved, "person", "people");
    if (result->programme)
        kith_dynbuf_printf(text, ", programme %s", result->programme);
    if (result->cohort)
        kith_dynbuf_printf(text, ", cohort %s", result->cohort);
    kith_dynbuf_text(text, ", as of ");
    kith_words_day(text, result->as_of);
    kith_dynbuf_put(text, '.');
    if (result->n_future > 0) {
        kith_dynbuf_put(text, ' ');
        kith_words_counted(text, result->n_future, "starts", "start");
        kith_dynbuf_text(text, " later: not counted.");
    }
}

static void show_left_out(const kith_chains_result *result, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_pay_forward *pay = &result->pay_forward;

    if (pay->left_out_earlier + pay->left_out_undated == 0)
        return;
    kith_dynbuf_text(text, "Left out of the estimate: ");
    kith_words_count(text, pay->left_out_earlier);
    kith_dynbuf_text(text, " who mentored before being mentored, ");
    kith_words_count(text, pay->left_out_undated);
    kith_dynbuf_text(text, " without the dates it needs.");
    kith_sheet_note(sheet, text);
}

/** Whom the founder with most descendants mentored, and whom those did in turn. */
static void show_first_founder(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_chains_result *result = answer->result;

    if (!result->lineage || result->n_founders == 0 || !sheet->writer->figure)
        return;
    kith_dynbuf_text(text, "The lineage of ");
    kith_phrase_name(text, answer->net, result->founders[0].person);
    kith_dynbuf_text(text, ", the founder with most descendants, by generation, as far as there is room. "
                           "Anyone's is told and drawn by kith chains --of.");
    kith_sheet_paragraph(sheet, text);
    kith_draw_lineage(sheet, answer->net, result->lineage,
                      "The lineage by generation, the founder at the left; kith chains --of tells the same");
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_chains_result *result = answer->result;
    kith_dynbuf text = {0};

    put_scope(result, &text);
    kith_sheet_paragraph(sheet, &text);
    if (kith_finding_chain(&text, answer->net, result))
        kith_sheet_point(sheet, &text);
    if (kith_finding_pay_forward(&text, result))
        kith_sheet_point(sheet, &text);
    show_cycles(answer, sheet, &text);
    kith_sheet_table(sheet, answer->list);
    if (result->descendants_unknown > 0) {
        kith_dynbuf_text(&text, "Descendants of ");
        kith_words_counted(&text, result->descendants_unknown, "person", "people");
        kith_dynbuf_text(&text, " are not known: the work limit of ");
        kith_words_count(&text, result->limit);
        kith_dynbuf_text(&text, " steps was reached (--limit).");
        kith_sheet_note(sheet, &text);
    }
    kith_show_ready(answer, sheet, &text);
    kith_show_holds(answer, sheet, &text);
    show_first_founder(answer, sheet, &text);
    show_pay_forward(result, sheet);
    show_groups(result, sheet, &text);
    show_left_out(result, sheet, &text);
    kith_show_health(answer, sheet, &text);
    kith_dynbuf_free(&text);
}

/* ---- for programs ---- */

static json_t *lineage_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_chains_result *result = answer->result;
    const kith_lineage *person = &result->people[i];
    json_t *object = kith_json_person(json, answer->net, person->person);

    kith_json_set(json, object, "mentors", kith_json_count(person->mentors));
    kith_json_set(json, object, "fecundity", kith_json_count(person->fecundity));
    kith_json_set(json, object, "fertility", kith_json_count(person->fertility));
    kith_json_set(json, object, "descendants",
                  person->descendants == UINT32_MAX ? json_null() : kith_json_count(person->descendants));
    kith_json_set(json, object, "generations_below", kith_json_count(person->generations_below));
    kith_json_set(json, object, "generations_above", kith_json_count(person->generations_above));
    kith_json_set(json, object, "genealogical_index", kith_json_count(person->genealogical_index));
    return object;
}

static json_t *curve_value(kith_json *json, const kith_pay_forward *pay)
{
    json_t *curve = json_array();

    for (uint32_t i = 0; i < pay->n_curve; i++) {
        const kith_curve_step *step = &pay->curve[i];
        json_t *object = json_object();

        kith_json_set(json, object, "days", kith_json_count(step->days));
        kith_json_set(json, object, "at_risk", kith_json_count(step->at_risk));
        kith_json_set(json, object, "events", kith_json_count(step->events));
        kith_json_set(json, object, "share", kith_json_number(step->share));
        kith_json_set(json, object, "low", kith_json_number(step->low));
        kith_json_set(json, object, "high", kith_json_number(step->high));
        kith_json_append(json, curve, object);
    }
    return curve;
}

static json_t *set_pay_forward(kith_json *json, json_t *object, const kith_pay_forward *pay)
{
    kith_json_set(json, object, "mentored", kith_json_count(pay->mentored));
    kith_json_set(json, object, "passed_on", kith_json_count(pay->passed_on));
    kith_json_set(json, object, "left_out_earlier", kith_json_count(pay->left_out_earlier));
    kith_json_set(json, object, "left_out_undated", kith_json_count(pay->left_out_undated));
    kith_json_set(json, object, "naive_share", kith_json_number(pay->naive_share));
    kith_json_set(json, object, "median_days", kith_json_number(pay->median_days));
    kith_json_set(json, object, "exposed", kith_json_count(pay->exposed));
    kith_json_set(json, object, "mean_mentees", kith_json_number(pay->mean_mentees));
    kith_json_set(json, object, "curve", curve_value(json, pay));
    return object;
}

static json_t *group_value(kith_json *json, const kith_pay_group *group)
{
    json_t *object = json_object();

    kith_json_set(json, object, "field", kith_json_text(group->is_cohort ? "cohort" : "programme"));
    kith_json_set(json, object, "name", kith_json_text(group->name));
    return set_pay_forward(json, object, &group->pay);
}

static void parameters(const kith_answer *answer, kith_json *json, json_t *object)
{
    const kith_chains_result *result = answer->result;

    kith_json_set(json, object, "programme",
                  result->programme ? kith_json_text(result->programme) : json_null());
    kith_json_set(json, object, "cohort", result->cohort ? kith_json_text(result->cohort) : json_null());
    kith_json_set(json, object, "top", kith_json_count(result->top));
    kith_json_set(json, object, "limit", kith_json_count(result->limit));
    kith_json_set(json, object, "exposure_months", kith_json_count(result->exposure_months));
}

static void members(const kith_answer *answer, kith_json *json)
{
    const kith_chains_result *result = answer->result;

    kith_answer_list(answer, json, "people");
    kith_json_member(json, "longest_chain",
                     kith_json_people(json, answer->net, result->longest_chain, result->n_longest_chain));
    kith_json_list(json, "cycles");
    for (uint32_t i = 0; i < result->n_cycles && !json->status && !kith_outfile_failed(json->out); i++)
        kith_json_item(
            json, kith_json_people(json, answer->net, result->cycles[i].people, result->cycles[i].count));
    kith_json_list_end(json);
    kith_json_list(json, "cycles_undated");
    for (uint32_t i = 0; i < result->n_cycles && !json->status; i++)
        kith_json_item(json, json_boolean(result->cycles[i].undated));
    kith_json_list_end(json);
    kith_json_member(json, "mentorships_counted", kith_json_count(result->n_mentorships));
    kith_json_member(json, "mentorships_later", kith_json_count(result->n_future));
    kith_json_member(json, "people_involved", kith_json_count(result->n_involved));
    kith_put_holds(answer, json);
    kith_put_ready(answer, json);
    kith_json_member(json, "pay_it_forward", set_pay_forward(json, json_object(), &result->pay_forward));
    kith_json_list(json, "pay_it_forward_by");
    for (uint32_t i = 0; i < result->n_pay_groups && !json->status && !kith_outfile_failed(json->out); i++)
        kith_json_item(json, group_value(json, &result->pay_groups[i]));
    kith_json_list_end(json);
    kith_put_health(answer, json);
}

void kith_answer_chains(kith_answer *answer, kith_table *list, const kith_net *net,
                        const kith_chains_result *result, const kith_output *to)
{
    *list = (kith_table){.columns = columns,
                         .n_columns = sizeof columns / sizeof *columns,
                         .n_rows = result->n_people,
                         .make = make_row,
                         .ctx = answer,
                         .any_order = true};
    *answer = (kith_answer){.command = "chains",
                            .net = net,
                            .result = result,
                            .to = to,
                            .title = "Mentoring chains",
                            .list = list,
                            .show = show,
                            .parameters = parameters,
                            .members = members,
                            .row = lineage_value};
}

kith_code kith_write_chains(const kith_net *net, const kith_chains_result *result, const kith_output *to,
                            kith_err *err)
{
    kith_answer answer;
    kith_table list;

    kith_answer_chains(&answer, &list, net, result, to);
    return kith_answer_write(&answer, err);
}

/* Groups of people side by side. */
#include <math.h>

#include "report/answer.h"
#include "report/phrase.h"
#include "report/show_cohort.h"
#include "report/words.h"

static const kith_column columns[] = {
    {"group", NULL, KITH_COLUMN_TEXT, 0, false},
    {"people", NULL, KITH_COLUMN_COUNT, 0, false},
    {"ties_inside", NULL, KITH_COLUMN_COUNT, 0, false},
    {"ties_between", NULL, KITH_COLUMN_COUNT, 0, false},
    {"ties_outside", NULL, KITH_COLUMN_COUNT, 0, false},
    {"density", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"looked_from", NULL, KITH_COLUMN_COUNT, 0, false},
    {"mean_distance", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"longest_distance", NULL, KITH_COLUMN_COUNT, 0, false},
    {"parts", NULL, KITH_COLUMN_COUNT, 0, false},
    {"largest_part", NULL, KITH_COLUMN_COUNT, 0, false},
    {"largest_share", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"clustering", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"core", NULL, KITH_COLUMN_COUNT, 0, false},
    {"core_people", NULL, KITH_COLUMN_COUNT, 0, false},
    {"betweenness_gini", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"betweenness_method", NULL, KITH_COLUMN_TEXT, 0, false},
    {"bus_factor", NULL, KITH_COLUMN_COUNT, 0, false},
    {"bus_people", NULL, KITH_COLUMN_TEXT, 0, false},
    {"isolates", NULL, KITH_COLUMN_COUNT, 0, false},
    {"isolate_names", NULL, KITH_COLUMN_TEXT, 0, false},
    {"weakly_tied", NULL, KITH_COLUMN_COUNT, 0, false},
    {"ei_index", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"ei_expected", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"ei_p", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"modularity", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"with_mentor", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"mentored", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"followed", NULL, KITH_COLUMN_COUNT, 0, false},
    {"passed_on", NULL, KITH_COLUMN_COUNT, 0, false},
    {"naive_share", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"pay_it_forward", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"median_days", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"companies_within_2", NULL, KITH_COLUMN_COUNT, 0, false},
    {"companies_within_3", NULL, KITH_COLUMN_COUNT, 0, false},
    {"top_companies", NULL, KITH_COLUMN_LIST, 0, false},
    {"targets_within_2", NULL, KITH_COLUMN_TEXT, 0, false},
    {"targets_within_3", NULL, KITH_COLUMN_TEXT, 0, false},
};

/** A count that is not known where it is 0. */
static void count_or_nothing(kith_row *row, uint64_t count)
{
    if (count > 0)
        kith_row_count(row, count);
    else
        kith_row_nothing(row);
}

static void inside_cells(kith_row *row, const kith_cohort_group *group)
{
    kith_row_number(row, group->density);
    count_or_nothing(row, group->looked_from);
    kith_row_number(row, group->mean_distance);
    count_or_nothing(row, group->longest_distance);
    kith_row_count(row, group->parts);
    kith_row_count(row, group->largest);
    kith_row_number(row, (double)group->largest / group->people);
    kith_row_number(row, group->clustering);
    kith_row_count(row, group->core);
    kith_row_count(row, group->core_people);
    kith_row_number(row, group->betweenness_gini);
    kith_row_text(row, group->betweenness_sampled ? "sampled" : "exact");
}

static void people_cells(kith_row *row, const kith_net *net, const kith_cohort_group *group)
{
    kith_dynbuf text = {0};

    count_or_nothing(row, group->bus_factor);
    kith_phrase_names(&text, net, group->bus, group->bus_factor, "; ");
    kith_row_take(row, &text);
    kith_row_count(row, group->n_isolates);
    for (uint32_t i = 0; i < group->n_isolates; i++) {
        kith_dynbuf_text(&text, i > 0 ? "; " : "");
        kith_phrase_name(&text, net, group->isolates[i].person);
    }
    kith_row_take(row, &text);
    kith_row_count(row, group->n_weakly_tied);
    kith_dynbuf_free(&text);
}

static void mentoring_cells(kith_row *row, const kith_cohort_group *group)
{
    const kith_pay_forward *pay = &group->pay_forward;

    kith_row_number(row, group->with_mentor);
    kith_row_number(row, group->mentored);
    kith_row_count(row, pay->mentored);
    kith_row_count(row, pay->passed_on);
    kith_row_number(row, pay->naive_share);
    kith_row_number(row, kith_cohort_pay_share(pay));
    kith_row_number(row, pay->median_days);
}

/** "0.5; 0.25": a share for each target, in their order. */
static void target_cell(kith_row *row, const kith_cohort_result *result, const kith_cohort_group *group,
                        bool within_3)
{
    kith_dynbuf text = {0};

    for (uint32_t t = 0; t < result->n_targets; t++) {
        kith_dynbuf_text(&text, t > 0 ? "; " : "");
        kith_words_real(&text, within_3 ? group->targets[t].within_3 : group->targets[t].within_2);
    }
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_cohort_result *result = answer->result;
    const kith_cohort_group *group = &result->groups[i];
    const char *companies[KITH_COHORT_COMPANIES];

    for (uint32_t c = 0; c < group->n_companies; c++)
        companies[c] = group->companies[c].company;
    kith_row_text(row, group->name);
    kith_row_count(row, group->people);
    kith_row_count(row, group->ties_inside);
    kith_row_count(row, group->ties_between);
    kith_row_count(row, group->ties_outside);
    inside_cells(row, group);
    people_cells(row, answer->net, group);
    kith_row_number(row, group->ei_index);
    kith_row_number(row, group->ei_expected);
    kith_row_number(row, group->ei_p);
    kith_row_number(row, group->modularity);
    mentoring_cells(row, group);
    kith_row_count(row, group->companies_within_2);
    kith_row_count(row, group->companies_within_3);
    kith_row_list(row, companies, group->n_companies);
    target_cell(row, result, group, false);
    target_cell(row, result, group, true);
}

/* ---- for programs ---- */

/** Null where it is 0, which stands for unknown. */
static json_t *count_or_null(uint64_t count)
{
    return count > 0 ? kith_json_count(count) : json_null();
}

static json_t *lone_value(const kith_answer *answer, kith_json *json, const kith_lone_person *lone)
{
    json_t *object = kith_json_person(json, answer->net, lone->person);

    kith_json_set(json, object, "ties", kith_json_count(lone->ties));
    if (lone->contact != UINT32_MAX)
        kith_json_set(json, object, "contact", kith_json_person(json, answer->net, lone->contact));
    kith_json_set(json, object, "nearest",
                  lone->nearest == UINT32_MAX ? json_null()
                                              : kith_json_person(json, answer->net, lone->nearest));
    if (lone->nearest_group)
        kith_json_set(json, object, "nearest_group", kith_json_text(lone->nearest_group));
    kith_json_set(json, object, "ties_away",
                  lone->nearest == UINT32_MAX ? json_null() : kith_json_count(lone->ties_away));
    return object;
}

static json_t *lone_list(const kith_answer *answer, kith_json *json, const kith_lone_person *people,
                         uint32_t count)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < count; i++)
        kith_json_append(json, list, lone_value(answer, json, &people[i]));
    return list;
}

static json_t *reach_list(kith_json *json, const kith_cohort_reach *reach, uint32_t count, const char *key,
                          const char *const *names)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < count; i++) {
        json_t *object = json_object();
        kith_json_set(json, object, key, kith_json_text(names ? names[i] : reach[i].company));
        kith_json_set(json, object, "there", kith_json_count(reach[i].there));
        kith_json_set(json, object, "within_2", kith_json_number(reach[i].within_2));
        kith_json_set(json, object, "within_3", kith_json_number(reach[i].within_3));
        kith_json_append(json, list, object);
    }
    return list;
}

static void put_inside(const kith_answer *answer, kith_json *json, json_t *object,
                       const kith_cohort_group *group)
{
    kith_json_set(json, object, "density", kith_json_number(group->density));
    kith_json_set(json, object, "looked_from", count_or_null(group->looked_from));
    kith_json_set(json, object, "mean_distance", kith_json_number(group->mean_distance));
    kith_json_set(json, object, "longest_distance", count_or_null(group->longest_distance));
    kith_json_set(json, object, "parts", kith_json_count(group->parts));
    kith_json_set(json, object, "largest_part", kith_json_count(group->largest));
    kith_json_set(json, object, "largest_share", kith_json_number((double)group->largest / group->people));
    kith_json_set(json, object, "clustering", kith_json_number(group->clustering));
    kith_json_set(json, object, "core", kith_json_count(group->core));
    kith_json_set(json, object, "core_people", kith_json_count(group->core_people));
    kith_json_set(json, object, "betweenness_gini", kith_json_number(group->betweenness_gini));
    kith_json_set(json, object, "betweenness_sampled", json_boolean(group->betweenness_sampled));
    kith_json_set(json, object, "bus_factor", count_or_null(group->bus_factor));
    kith_json_set(json, object, "bus_people",
                  kith_json_people(json, answer->net, group->bus, group->bus_factor));
    kith_json_set(json, object, "isolates", lone_list(answer, json, group->isolates, group->n_isolates));
    kith_json_set(json, object, "weakly_tied",
                  lone_list(answer, json, group->weakly_tied, group->n_weakly_tied));
}

static json_t *pay_value(kith_json *json, const kith_pay_forward *pay)
{
    json_t *object = json_object();

    kith_json_set(json, object, "mentored", kith_json_count(pay->mentored));
    kith_json_set(json, object, "passed_on", kith_json_count(pay->passed_on));
    kith_json_set(json, object, "naive_share", kith_json_number(pay->naive_share));
    kith_json_set(json, object, "share", kith_json_number(kith_cohort_pay_share(pay)));
    kith_json_set(json, object, "median_days", kith_json_number(pay->median_days));
    kith_json_set(json, object, "left_out_earlier", kith_json_count(pay->left_out_earlier));
    kith_json_set(json, object, "left_out_undated", kith_json_count(pay->left_out_undated));
    return object;
}

static json_t *group_value(const kith_answer *answer, kith_json *json, const kith_cohort_group *group)
{
    const kith_cohort_result *result = answer->result;
    json_t *object = json_object();

    if (group->name)
        kith_json_set(json, object, "group", kith_json_text(group->name));
    kith_json_set(json, object, "people", kith_json_count(group->people));
    kith_json_set(json, object, "ties_inside", kith_json_count(group->ties_inside));
    kith_json_set(json, object, "ties_between", kith_json_count(group->ties_between));
    kith_json_set(json, object, "ties_outside", kith_json_count(group->ties_outside));
    put_inside(answer, json, object, group);
    kith_json_set(json, object, "ei_index", kith_json_number(group->ei_index));
    kith_json_set(json, object, "ei_expected", kith_json_number(group->ei_expected));
    kith_json_set(json, object, "ei_p", kith_json_number(group->ei_p));
    kith_json_set(json, object, "modularity", kith_json_number(group->modularity));
    kith_json_set(json, object, "with_mentor", kith_json_number(group->with_mentor));
    kith_json_set(json, object, "mentored", kith_json_number(group->mentored));
    kith_json_set(json, object, "pay_it_forward", pay_value(json, &group->pay_forward));
    kith_json_set(json, object, "companies_within_2", kith_json_count(group->companies_within_2));
    kith_json_set(json, object, "companies_within_3", kith_json_count(group->companies_within_3));
    kith_json_set(json, object, "top_companies",
                  reach_list(json, group->companies, group->n_companies, "company", NULL));
    kith_json_set(json, object, "targets",
                  reach_list(json, group->targets, result->n_targets, "target", result->target_names));
    return object;
}

static json_t *row_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_cohort_result *result = answer->result;

    return group_value(answer, json, &result->groups[i]);
}

static void parameters(const kith_answer *answer, kith_json *json, json_t *object)
{
    const kith_cohort_result *result = answer->result;

    kith_json_set(json, object, "top", kith_json_count(result->top));
    kith_json_set(json, object, "seed", kith_json_count(result->seed));
    kith_json_set(json, object, "permutations", kith_json_count(result->permutations));
}

static void members(const kith_answer *answer, kith_json *json)
{
    const kith_cohort_result *result = answer->result;
    json_t *overall;

    kith_answer_list(answer, json, "groups");
    overall = group_value(answer, json, &result->overall);
    kith_json_set(json, overall, "assortativity", kith_json_number(result->assortativity));
    kith_json_member(json, "overall", overall);
    kith_json_member(json, "groups_in_all", kith_json_count(result->n_all_groups));
    kith_json_member(json, "in_no_group", kith_json_count(result->in_no_group));
}

void kith_answer_cohort(kith_answer *answer, kith_table *list, const kith_net *net,
                        const kith_cohort_result *result, const kith_output *to)
{
    *list = (kith_table){.columns = columns,
                         .n_columns = sizeof columns / sizeof *columns,
                         .n_rows = result->n_groups,
                         .make = make_row,
                         .ctx = answer};
    *answer = (kith_answer){.command = "cohort",
                            .net = net,
                            .result = result,
                            .to = to,
                            .title = "Groups side by side",
                            .list = list,
                            .show = kith_show_cohort,
                            .parameters = parameters,
                            .members = members,
                            .row = row_value};
}

kith_code kith_write_cohort(const kith_net *net, const kith_cohort_result *result, const kith_output *to,
                            kith_err *err)
{
    kith_answer answer;
    kith_table list;

    kith_answer_cohort(&answer, &list, net, result, to);
    return kith_answer_write(&answer, err);
}

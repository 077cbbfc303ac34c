/* Who joins circles that nothing else joins, and what falls apart without them. */
#include <inttypes.h>
#include <math.h>

#include "report/answer.h"
#include "report/findings.h"
#include "report/phrase.h"
#include "report/phrase_broker.h"
#include "report/words.h"

/** Lines of secondary lists that readers see, and brokers told of in words; programs get them all. */
enum { SHOWN = 10, BROKERS_TOLD = 20 };

static const kith_column columns[] = {
    KITH_COLUMNS_PERSON,
    {"betweenness", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"betweenness_normalized", "Between", KITH_COLUMN_SHARE, 0, false},
    {"constraint", "Constraint", KITH_COLUMN_NUMBER, 2, false},
    {"effective_size", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"efficiency", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"hierarchy", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"parts", NULL, KITH_COLUMN_COUNT, 0, false},
    {"people_cut_off", NULL, KITH_COLUMN_COUNT, 0, false},
    {"companies_cut_off", NULL, KITH_COLUMN_LIST, 0, false},
    {"betweenness_method", NULL, KITH_COLUMN_TEXT, 0, false},
    {"group", NULL, KITH_COLUMN_TEXT, 0, false},
    {"joins", NULL, KITH_COLUMN_LIST, 0, false},
    {"groups_joined", NULL, KITH_COLUMN_COUNT, 0, false},
    {"next_best_ties", NULL, KITH_COLUMN_COUNT, 0, false},
    {"coordinator", NULL, KITH_COLUMN_COUNT, 0, false},
    {"itinerant", NULL, KITH_COLUMN_COUNT, 0, false},
    {"gatekeeper", NULL, KITH_COLUMN_COUNT, 0, false},
    {"representative", NULL, KITH_COLUMN_COUNT, 0, false},
    {"liaison", NULL, KITH_COLUMN_COUNT, 0, false},
    {"coordinator_expected", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"itinerant_expected", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"gatekeeper_expected", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"representative_expected", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"liaison_expected", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"coordinator_z", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"itinerant_z", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"gatekeeper_z", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"representative_z", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"liaison_z", NULL, KITH_COLUMN_NUMBER, 0, false},
};

static const kith_column tie_columns[] = {
    {"a", "Person", KITH_COLUMN_TEXT, 0, false},
    {"b", "and person", KITH_COLUMN_TEXT, 0, false},
    {"people_on_small_side", "People on the\nsmaller side", KITH_COLUMN_COUNT, 0, false},
};

/** "exact", or "sampled: error 0.005, confidence 0.9, seed 0, samples 19110". */
static void method_cell(kith_row *row, const kith_bridges_result *result)
{
    kith_dynbuf text = {0};

    if (result->exact) {
        kith_row_text(row, "exact");
        return;
    }
    kith_dynbuf_text(&text, "sampled: error ");
    kith_words_real(&text, result->epsilon);
    kith_dynbuf_text(&text, ", confidence ");
    kith_words_real(&text, 1 - result->delta);
    kith_dynbuf_printf(&text, ", seed %" PRIu64 ", samples %" PRIu64, result->seed, result->samples);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static void cut_cells(kith_row *row, const kith_cut *cut)
{
    if (cut->parts == 0) {
        for (int i = 0; i < 3; i++)
            kith_row_nothing(row);
        return;
    }
    kith_row_count(row, cut->parts);
    kith_row_count(row, cut->people_cut_off);
    kith_row_list(row, cut->companies, cut->n_companies);
}

static void group_cells(kith_row *row, const kith_bridges_result *result, const kith_broker_groups *of)
{
    const char *joined[KITH_BRIDGES_JOINED];
    const uint32_t told = of->n_groups < KITH_BRIDGES_JOINED ? of->n_groups : KITH_BRIDGES_JOINED;

    for (uint32_t i = 0; i < told; i++)
        joined[i] = result->group_names[of->joined[i].group];
    if (of->group == UINT32_MAX)
        kith_row_nothing(row);
    else
        kith_row_text(row, result->group_names[of->group]);
    kith_row_list(row, joined, told);
    kith_row_count(row, of->n_groups);
    if (of->detour == 0 || of->detour == UINT32_MAX)
        kith_row_nothing(row);
    else
        kith_row_count(row, of->detour);
}

static void role_cells(kith_row *row, const kith_broker_roles *roles)
{
    if (!roles) {
        for (int i = 0; i < 3 * KITH_ROLE_COUNT; i++)
            kith_row_nothing(row);
        return;
    }
    for (int role = 0; role < KITH_ROLE_COUNT; role++)
        kith_row_count(row, roles->count[role]);
    for (int role = 0; role < KITH_ROLE_COUNT; role++)
        kith_row_number(row, roles->expected[role]);
    for (int role = 0; role < KITH_ROLE_COUNT; role++)
        kith_row_number(row, roles->z[role]);
}

/** The roles of the i-th broker; NULL where they are not asked for, or the broker is in no group. */
static const kith_broker_roles *roles_of(const kith_bridges_result *result, uint64_t i)
{
    return result->roles && result->groups[i].group != UINT32_MAX ? &result->roles[i] : NULL;
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_bridges_result *result = answer->result;
    const kith_broker *broker = &result->people[i];

    kith_row_person(row, answer->net, broker->person);
    kith_row_number(row, broker->betweenness);
    kith_row_number(row, broker->betweenness_normalized);
    kith_row_number(row, broker->constraint);
    kith_row_number(row, broker->effective_size);
    kith_row_number(row, broker->efficiency);
    kith_row_number(row, broker->hierarchy);
    cut_cells(row, &broker->cut);
    method_cell(row, result);
    group_cells(row, result, &result->groups[i]);
    role_cells(row, roles_of(result, i));
}

static void make_tie_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_bridges_result *result = answer->result;
    kith_dynbuf text = {0};

    kith_phrase_name(&text, answer->net, result->bridge_ties[i].a);
    kith_row_take(row, &text);
    kith_phrase_name(&text, answer->net, result->bridge_ties[i].b);
    kith_row_take(row, &text);
    kith_row_count(row, result->bridge_ties[i].people_on_small_side);
    kith_dynbuf_free(&text);
}

/* ---- for readers ---- */

bool kith_finding_cut(kith_dynbuf *text, const kith_net *net, const kith_bridges_result *result)
{
    const kith_broker *worst = NULL;

    for (uint32_t i = 0; i < result->n_people; i++) {
        const kith_broker *broker = &result->people[i];

        if (broker->cut.parts > 0 && (!worst || broker->cut.people_cut_off > worst->cut.people_cut_off))
            worst = broker;
    }
    if (!worst)
        return false;
    kith_dynbuf_text(text, "If ");
    kith_phrase_name(text, net, worst->person);
    kith_dynbuf_text(text, " left, ");
    kith_words_counted(text, worst->cut.people_cut_off, "person", "people");
    if (worst->cut.n_companies > 0) {
        kith_dynbuf_text(text, " and all contact to ");
        kith_words_counted(text, worst->cut.n_companies, "company", "companies");
    }
    kith_dynbuf_text(text, " would be cut off from the rest.");
    return true;
}

bool kith_finding_cuts(kith_dynbuf *text, const kith_bridges_result *result)
{
    if (result->n_cut_people == 0)
        return false;
    kith_words_counted(text, result->n_cut_people, "person holds", "people hold");
    kith_dynbuf_text(text, " parts of the network together that nothing else joins; ");
    kith_words_counted(text, result->n_bridge_ties, "tie does", "ties do");
    kith_dynbuf_text(text, " the same.");
    return true;
}

/** Ties to a single person are many and tell little: readers see the others, largest loss first. */
static void show_ties(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_bridges_result *result = answer->result;
    uint32_t rows = 0;

    while (rows < result->n_bridge_ties && rows < SHOWN && result->bridge_ties[rows].people_on_small_side > 1)
        rows++;
    const kith_table ties = {.title = "Ties whose loss parts several people from the rest",
                             .columns = tie_columns,
                             .n_columns = sizeof tie_columns / sizeof *tie_columns,
                             .n_rows = rows,
                             .make = make_tie_row,
                             .ctx = answer};

    kith_sheet_table(sheet, &ties);
    if (rows == result->n_bridge_ties)
        return;
    kith_words_count(text, rows);
    kith_dynbuf_text(text, " of ");
    kith_words_counted(text, result->n_bridge_ties, "tie", "ties");
    kith_dynbuf_text(text, rows < SHOWN ? " whose loss parts the network; the others lead to one person each."
                                        : " whose loss parts the network; no other parts more people.");
    kith_dynbuf_text(text, " JSON has them all.");
    kith_sheet_note(sheet, text);
}

/** What "Between" is, and how well it is known. */
static void put_method(kith_dynbuf *text, const kith_bridges_result *result)
{
    kith_dynbuf_text(text,
                     "Between: share of all pairs of people whose shortest ways lead through this person");
    if (result->exact) {
        kith_dynbuf_text(text, ", exact (people times ties: ");
        kith_words_count(text, result->work);
        kith_dynbuf_text(text, ").");
        return;
    }
    kith_dynbuf_text(text, "; for everyone within ");
    kith_words_share(text, result->epsilon);
    kith_dynbuf_text(text, " of it with a probability of ");
    kith_words_share(text, 1 - result->delta);
    kith_dynbuf_text(text, ", from ");
    kith_words_count(text, result->samples);
    kith_dynbuf_printf(text, " random pairs (seed %" PRIu64 "; people times ties: ", result->seed);
    kith_words_count(text, result->work);
    kith_dynbuf_text(text, ").");
}

/** What groups are, and what is expected of roles. */
static void put_groups(kith_dynbuf *text, const kith_bridges_result *result)
{
    if (result->grouping == KITH_GROUPING_COMMUNITY)
        kith_dynbuf_text(
            text, " Groups are communities, called by the company, title or place that sets them apart.");
    else
        kith_dynbuf_printf(text, " Groups: by %s.",
                           kith_field_name(result->roles ? result->field : KITH_FIELD_COMPANY));
    if (result->roles)
        kith_dynbuf_text(
            text, " Roles are counted over ordered pairs of others without a tie; what is expected is what "
                  "dealing the groups out at random gives.");
    if (result->directed) {
        kith_dynbuf_text(text, " For roles, only the ");
        kith_words_counted(text, result->n_directed_ties, "tie that is", "ties that are");
        kith_dynbuf_text(text, " stated with a direction count, the way they lead.");
    }
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_bridges_result *result = answer->result;
    kith_dynbuf text = {0};

    if (kith_finding_cuts(&text, result))
        kith_sheet_point(sheet, &text);
    if (kith_finding_cut(&text, answer->net, result))
        kith_sheet_point(sheet, &text);
    if (result->n_people == 0) {
        kith_dynbuf_text(&text, "There is nobody in this network.");
        kith_sheet_paragraph(sheet, &text);
    }
    kith_sheet_table(sheet, answer->list);
    for (uint32_t i = 0; i < result->n_people && i < BROKERS_TOLD; i++) {
        kith_phrase_broker(&text, answer->net, result, i);
        kith_sheet_point(sheet, &text);
    }
    put_method(&text, result);
    kith_dynbuf_text(&text, " Constraint: the lower, the less their contacts know each other");
    kith_dynbuf_text(&text, result->weighted ? "; ties count by their strength." : ".");
    put_groups(&text, result);
    kith_sheet_note(sheet, &text);
    show_ties(answer, sheet, &text);
    kith_dynbuf_free(&text);
}

/* ---- for programs ---- */

static json_t *cut_value(kith_json *json, const kith_cut *cut)
{
    json_t *object, *companies;

    if (cut->parts == 0)
        return json_null();
    object = json_object();
    companies = json_array();
    for (uint32_t i = 0; i < cut->n_companies; i++)
        kith_json_append(json, companies, kith_json_text(cut->companies[i]));
    kith_json_set(json, object, "parts", kith_json_count(cut->parts));
    kith_json_set(json, object, "people_cut_off", kith_json_count(cut->people_cut_off));
    kith_json_set(json, object, "companies_cut_off", companies);
    return object;
}

/** One value for each role, made of counts or of numbers; the other is NULL. */
static json_t *role_values(kith_json *json, const uint64_t *counts, const double *numbers)
{
    json_t *object = json_object();

    for (kith_role role = 0; role < KITH_ROLE_COUNT; role++)
        kith_json_set(json, object, kith_phrase_role(role),
                      counts ? kith_json_count(counts[role]) : kith_json_number(numbers[role]));
    return object;
}

static void group_values(kith_json *json, json_t *object, const kith_bridges_result *result, uint64_t i)
{
    const kith_broker_groups *of = &result->groups[i];
    const kith_broker_roles *roles = roles_of(result, i);
    json_t *joins = json_array();

    for (uint32_t k = 0; k < of->n_groups && k < KITH_BRIDGES_JOINED; k++) {
        json_t *group = json_object();
        kith_json_set(json, group, "group", kith_json_text(result->group_names[of->joined[k].group]));
        kith_json_set(json, group, "contacts", kith_json_count(of->joined[k].contacts));
        kith_json_append(json, joins, group);
    }
    kith_json_set(json, object, "group",
                  of->group == UINT32_MAX ? json_null() : kith_json_text(result->group_names[of->group]));
    kith_json_set(json, object, "joins", joins);
    kith_json_set(json, object, "groups_joined", kith_json_count(of->n_groups));
    kith_json_set(json, object, "next_best_ties",
                  of->detour == 0 || of->detour == UINT32_MAX ? json_null() : kith_json_count(of->detour));
    kith_json_set(json, object, "roles", roles ? role_values(json, roles->count, NULL) : json_null());
    kith_json_set(json, object, "roles_expected",
                  roles ? role_values(json, NULL, roles->expected) : json_null());
    kith_json_set(json, object, "roles_z", roles ? role_values(json, NULL, roles->z) : json_null());
}

static json_t *broker_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_bridges_result *result = answer->result;
    const kith_broker *broker = &result->people[i];
    json_t *object = kith_json_person(json, answer->net, broker->person);

    kith_json_set(json, object, "betweenness", kith_json_number(broker->betweenness));
    kith_json_set(json, object, "betweenness_normalized", kith_json_number(broker->betweenness_normalized));
    kith_json_set(json, object, "constraint", kith_json_number(broker->constraint));
    kith_json_set(json, object, "effective_size", kith_json_number(broker->effective_size));
    kith_json_set(json, object, "efficiency", kith_json_number(broker->efficiency));
    kith_json_set(json, object, "hierarchy", kith_json_number(broker->hierarchy));
    group_values(json, object, result, i);
    kith_json_set(json, object, "cut", cut_value(json, &broker->cut));
    return object;
}

static json_t *tie_value(const kith_answer *answer, kith_json *json, const kith_bridge_tie *tie)
{
    json_t *object = json_object();

    kith_json_set(json, object, "a", kith_json_person(json, answer->net, tie->a));
    kith_json_set(json, object, "b", kith_json_person(json, answer->net, tie->b));
    kith_json_set(json, object, "people_on_small_side", kith_json_count(tie->people_on_small_side));
    return object;
}

static void parameters(const kith_answer *answer, kith_json *json, json_t *object)
{
    const kith_bridges_result *result = answer->result;

    kith_json_set(json, object, "top", kith_json_count(result->top));
    kith_json_set(json, object, "weighted", json_boolean(result->weighted));
    if (result->directed) {
        kith_json_set(json, object, "directed", json_true());
        kith_json_set(json, object, "directed_ties", kith_json_count(result->n_directed_ties));
    }
}

static void members(const kith_answer *answer, kith_json *json)
{
    const kith_bridges_result *result = answer->result;
    json_t *method = json_object();

    kith_answer_list(answer, json, "people");
    kith_json_list(json, "bridge_ties");
    for (uint32_t i = 0; i < result->n_bridge_ties && !json->status && !kith_outfile_failed(json->out); i++)
        kith_json_item(json, tie_value(answer, json, &result->bridge_ties[i]));
    kith_json_list_end(json);
    kith_json_member(json, "cut_people", kith_json_count(result->n_cut_people));
    kith_json_set(json, method, "exact", json_boolean(result->exact));
    kith_json_set(json, method, "epsilon", kith_json_number(result->exact ? NAN : result->epsilon));
    kith_json_set(json, method, "delta", kith_json_number(result->exact ? NAN : result->delta));
    kith_json_set(json, method, "seed", result->exact ? json_null() : kith_json_count(result->seed));
    kith_json_set(json, method, "samples", result->exact ? json_null() : kith_json_count(result->samples));
    kith_json_set(json, method, "work", kith_json_count(result->work));
    kith_json_set(json, method, "work_limit", kith_json_count(KITH_BRIDGES_WORK));
    kith_json_member(json, "method", method);
}

void kith_answer_bridges(kith_answer *answer, kith_table *list, const kith_net *net,
                         const kith_bridges_result *result, const kith_output *to)
{
    *list = (kith_table){.columns = columns,
                         .n_columns = sizeof columns / sizeof *columns,
                         .n_rows = result->n_people,
                         .make = make_row,
                         .ctx = answer,
                         .any_order = true};
    *answer = (kith_answer){.command = "bridges",
                            .net = net,
                            .result = result,
                            .to = to,
                            .title = "Brokers",
                            .list = list,
                            .show = show,
                            .parameters = parameters,
                            .members = members,
                            .row = broker_value};
}

kith_code kith_write_bridges(const kith_net *net, const kith_bridges_result *result, const kith_output *to,
                             kith_err *err)
{
    kith_answer answer;
    kith_table list;

    kith_answer_bridges(&answer, &list, net, result, to);
    return kith_answer_write(&answer, err);
}

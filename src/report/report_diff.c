/* What changed between two networks, for programs: one list of all changes, or an object of lists. */
#include <inttypes.h>
#include <string.h>

#include "report/diff_told.h"

static const kith_column columns[] = {
    {"what", NULL, KITH_COLUMN_TEXT, 0, false},  {"change", NULL, KITH_COLUMN_TEXT, 0, false},
    {"a_id", NULL, KITH_COLUMN_COUNT, 0, false}, {"a_key", NULL, KITH_COLUMN_TEXT, 0, false},
    {"a", NULL, KITH_COLUMN_TEXT, 0, false},     {"b_id", NULL, KITH_COLUMN_COUNT, 0, false},
    {"b_key", NULL, KITH_COLUMN_TEXT, 0, false}, {"b", NULL, KITH_COLUMN_TEXT, 0, false},
    {"field", NULL, KITH_COLUMN_TEXT, 0, false}, {"old", NULL, KITH_COLUMN_TEXT, 0, false},
    {"new", NULL, KITH_COLUMN_TEXT, 0, false},
};

/** What `old` and `new` of a change hold; "" where they hold nothing. */
static const char *field_of(const kith_diff_told *told, kith_change_kind kind, const kith_change *change)
{
    static const char *const fields[KITH_CHANGE_KINDS] = {
        [KITH_CHANGE_TIE_ADDED] = "strength",
        [KITH_CHANGE_TIE_REMOVED] = "strength",
        [KITH_CHANGE_TIE_TIER] = "tier",
        [KITH_CHANGE_MENTORSHIP_ADDED] = "mentorship",
        [KITH_CHANGE_MENTORSHIP_REMOVED] = "mentorship",
        [KITH_CHANGE_MENTORSHIP_CHANGED] = "mentorship",
        [KITH_CHANGE_BROKER_NEW] = "betweenness_normalized",
        [KITH_CHANGE_BROKER_RISEN] = "betweenness_normalized",
        [KITH_CHANGE_BROKER_FALLEN] = "betweenness_normalized",
        [KITH_CHANGE_BROKER_GONE] = "betweenness_normalized",
        [KITH_CHANGE_ROUTE_OPENED] = "chance",
        [KITH_CHANGE_ROUTE_CLOSED] = "chance",
    };

    if (kind == KITH_CHANGE_PERSON_CHANGED)
        return kith_fact_name(change->person.fact);
    if (kind == KITH_CHANGE_GROUP)
        return told->result->measures[change->measure].name;
    return fields[kind] ? fields[kind] : "";
}

/* ---- rows ---- */

static void person_cells(kith_row *row, kith_told_person who)
{
    kith_person person;

    if (!who.net) {
        for (int i = 0; i < 3; i++)
            kith_row_nothing(row);
        return;
    }
    kith_net_person(who.net, who.id, &person);
    kith_row_count(row, who.id);
    kith_row_text(row, person.key);
    kith_row_text(row, person.name);
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_diff_told *told = ctx;
    const kith_change_kind kind = *told->part;
    const kith_change *change = &told->result->changes[kind].items[i];
    kith_dynbuf text = {0};

    kith_row_text(row, kith_change_words_of[kind].what);
    kith_row_text(row, kith_change_words_of[kind].change);
    if (kind == KITH_CHANGE_GROUP) {
        kith_row_nothing(row);
        kith_row_nothing(row);
        kith_row_text(row, told->result->measures[change->measure].group);
    } else {
        person_cells(row, kith_told_who(told, kind, change, 0));
    }
    person_cells(row, kith_told_who(told, kind, change, 1));
    kith_row_text(row, field_of(told, kind, change));
    for (int side = 0; side < KITH_TOLD_SIDES; side++) {
        kith_told_value(&text, told, kind, change, side, false);
        kith_row_take(row, &text);
    }
    kith_dynbuf_free(&text);
}

/** The list of the next kind. */
static bool next_part(const kith_answer *answer)
{
    const kith_diff_told *told = answer->result;

    if (*told->part + 1 >= KITH_CHANGE_KINDS)
        return false;
    *told->part = (kith_change_kind)(*told->part + 1);
    told->list->n_rows = told->result->changes[*told->part].count;
    return true;
}

static json_t *person_value(kith_json *json, kith_told_person who)
{
    return who.net ? kith_json_person(json, who.net, who.id) : json_null();
}

static json_t *text_value(const kith_diff_told *told, kith_change_kind kind, const kith_change *change,
                          int side)
{
    kith_dynbuf text = {0};
    json_t *value = NULL;

    kith_told_value(&text, told, kind, change, side, false);
    if (!text.status)
        value = text.length > 0 ? kith_json_text(kith_dynbuf_cstr(&text)) : json_null();
    kith_dynbuf_free(&text);
    return value;
}

/** A row of the list of all changes. */
static json_t *row_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_diff_told *told = answer->result;
    const kith_change_kind kind = *told->part;
    const kith_change *change = &told->result->changes[kind].items[i];
    const char *field = field_of(told, kind, change);
    json_t *object = json_object();

    kith_json_set(json, object, "what", kith_json_text(kith_change_words_of[kind].what));
    kith_json_set(json, object, "change", kith_json_text(kith_change_words_of[kind].change));
    if (kind == KITH_CHANGE_GROUP)
        kith_json_set(json, object, "group", kith_json_text(told->result->measures[change->measure].group));
    kith_json_set(json, object, "a", person_value(json, kith_told_who(told, kind, change, 0)));
    kith_json_set(json, object, "b", person_value(json, kith_told_who(told, kind, change, 1)));
    kith_json_set(json, object, "field", *field ? kith_json_text(field) : json_null());
    kith_json_set(json, object, "old", text_value(told, kind, change, KITH_TOLD_BEFORE));
    kith_json_set(json, object, "new", text_value(told, kind, change, KITH_TOLD_AFTER));
    return object;
}

/* ---- one kind of change in JSON ---- */

static json_t *told_differently(const kith_diff_told *told, kith_json *json, const kith_change *change)
{
    const uint32_t fact = change->person.fact;
    json_t *object = json_object();

    kith_json_set(json, object, "person",
                  kith_json_person(json, told->net[KITH_TOLD_AFTER], change->after[0]));
    kith_json_set(json, object, "field", kith_json_text(kith_fact_name(fact)));
    kith_json_set(json, object, "old",
                  kith_told_fact_json(json, told, KITH_TOLD_BEFORE, change->before[0], fact));
    kith_json_set(json, object, "new",
                  kith_told_fact_json(json, told, KITH_TOLD_AFTER, change->after[0], fact));
    return object;
}

static void set_strength(kith_json *json, json_t *object, const char *tier, const char *strength,
                         uint32_t cost)
{
    const double p = kith_strength_of_cost(cost);

    kith_json_set(json, object, tier, kith_json_text(kith_tier_of_strength(p)));
    kith_json_set(json, object, strength, kith_json_number(p));
}

static json_t *tie_value(const kith_diff_told *told, kith_json *json, kith_change_kind kind,
                         const kith_change *change)
{
    json_t *object = json_object();

    kith_json_set(json, object, "a", person_value(json, kith_told_who(told, kind, change, 0)));
    kith_json_set(json, object, "b", person_value(json, kith_told_who(told, kind, change, 1)));
    if (kind == KITH_CHANGE_TIE_TIER) {
        set_strength(json, object, "old_tier", "old_strength", change->cost.before);
        set_strength(json, object, "new_tier", "new_strength", change->cost.after);
    } else {
        set_strength(json, object, "tier", "strength",
                     kind == KITH_CHANGE_TIE_ADDED ? change->cost.after : change->cost.before);
    }
    return object;
}

static json_t *mentorship_value(const kith_diff_told *told, kith_json *json, int side, uint32_t i)
{
    const kith_net *net = told->net[side];
    json_t *object = json_object();
    kith_mentorship m;

    if (!kith_net_mentorship(net, i, &m))
        return object;
    kith_json_set(json, object, "mentor", kith_json_person(json, net, m.mentor));
    kith_json_set(json, object, "mentee", kith_json_person(json, net, m.mentee));
    kith_json_set(json, object, "programme", kith_json_text(m.programme));
    kith_json_set(json, object, "cohort", kith_json_text(m.cohort));
    kith_json_set(json, object, "start", kith_json_day(m.start));
    kith_json_set(json, object, "end", kith_json_day(m.end));
    kith_json_set(json, object, "status", kith_json_text(kith_mentorship_status_name(m.status)));
    return object;
}

static json_t *rank_value(uint32_t rank)
{
    return rank > 0 ? kith_json_count(rank) : json_null();
}

static json_t *broker_value(const kith_diff_told *told, kith_json *json, kith_change_kind kind,
                            const kith_change *change)
{
    const kith_broker_change *broker = &told->result->brokers[change->broker];
    json_t *object = person_value(json, kith_told_who(told, kind, change, 0));

    kith_json_set(json, object, "old_rank", rank_value(broker->rank_before));
    kith_json_set(json, object, "new_rank", rank_value(broker->rank_after));
    kith_json_set(json, object, "old_betweenness_normalized", kith_json_number(broker->share_before));
    kith_json_set(json, object, "new_betweenness_normalized", kith_json_number(broker->share_after));
    return object;
}

static json_t *route_value(const kith_diff_told *told, kith_json *json, int side, uint32_t i)
{
    const kith_route *route = &told->result->routes[side].routes[i];
    json_t *object = json_object();

    kith_json_set(json, object, "chance", kith_json_number(route->chance));
    kith_json_set(json, object, "hops", kith_json_count(route->hops));
    kith_json_set(json, object, "people",
                  kith_json_people(json, told->net[side], route->people, route->hops + 1));
    return object;
}

static json_t *group_value(const kith_diff_told *told, kith_json *json, const kith_change *change)
{
    const kith_group_change *group = &told->result->measures[change->measure];
    json_t *object = json_object();

    kith_json_set(json, object, "group", kith_json_text(group->group));
    kith_json_set(json, object, "measure", kith_json_text(group->name));
    kith_json_set(json, object, "old", kith_json_number(group->before));
    kith_json_set(json, object, "new", kith_json_number(group->after));
    return object;
}

/** Two values of one thing. */
static json_t *pair_value(kith_json *json, json_t *old, json_t *new)
{
    json_t *object = json_object();

    kith_json_set(json, object, "old", old);
    kith_json_set(json, object, "new", new);
    return object;
}

static json_t *change_value(const kith_diff_told *told, kith_json *json, kith_change_kind kind,
                            const kith_change *change)
{
    json_t *object;

    switch (kind) {
    case KITH_CHANGE_PERSON_ADDED:
    case KITH_CHANGE_PERSON_REMOVED:
        object = person_value(json, kith_told_who(told, kind, change, 0));
        kith_json_set(json, object, "ties", kith_json_count(change->person.contacts));
        return object;
    case KITH_CHANGE_PERSON_MERGED:
    case KITH_CHANGE_PERSON_SPLIT:
        return pair_value(json, kith_json_person(json, told->net[KITH_TOLD_BEFORE], change->before[0]),
                          kith_json_person(json, told->net[KITH_TOLD_AFTER], change->after[0]));
    case KITH_CHANGE_PERSON_CHANGED:
        return told_differently(told, json, change);
    case KITH_CHANGE_TIE_ADDED:
    case KITH_CHANGE_TIE_REMOVED:
    case KITH_CHANGE_TIE_TIER:
        return tie_value(told, json, kind, change);
    case KITH_CHANGE_MENTORSHIP_ADDED:
        return mentorship_value(told, json, KITH_TOLD_AFTER, change->mentorship.after);
    case KITH_CHANGE_MENTORSHIP_REMOVED:
        return mentorship_value(told, json, KITH_TOLD_BEFORE, change->mentorship.before);
    case KITH_CHANGE_MENTORSHIP_CHANGED:
        return pair_value(json, mentorship_value(told, json, KITH_TOLD_BEFORE, change->mentorship.before),
                          mentorship_value(told, json, KITH_TOLD_AFTER, change->mentorship.after));
    case KITH_CHANGE_BROKER_NEW:
    case KITH_CHANGE_BROKER_RISEN:
    case KITH_CHANGE_BROKER_FALLEN:
    case KITH_CHANGE_BROKER_GONE:
        return broker_value(told, json, kind, change);
    case KITH_CHANGE_ROUTE_OPENED:
        return route_value(told, json, KITH_TOLD_AFTER, change->route);
    case KITH_CHANGE_ROUTE_CLOSED:
        return route_value(told, json, KITH_TOLD_BEFORE, change->route);
    case KITH_CHANGE_GROUP:
    case KITH_CHANGE_KINDS:
        break;
    }
    return group_value(told, json, change);
}

/* ---- the object ---- */

static void list_changes(const kith_diff_told *told, kith_json *json, kith_change_kind kind, const char *key)
{
    const kith_change_list *list = &told->result->changes[kind];

    kith_json_list(json, key);
    for (uint64_t i = 0; i < list->count && !json->status && !kith_outfile_failed(json->out); i++)
        kith_json_item(json, change_value(told, json, kind, &list->items[i]));
    kith_json_list_end(json);
}

static json_t *method_value(kith_json *json, const kith_diff_method *method)
{
    json_t *object = json_object();

    kith_json_set(json, object, "exact", json_boolean(method->exact));
    kith_json_set(json, object, "epsilon", method->exact ? json_null() : kith_json_number(method->epsilon));
    kith_json_set(json, object, "delta", method->exact ? json_null() : kith_json_number(method->delta));
    kith_json_set(json, object, "samples", method->exact ? json_null() : kith_json_count(method->samples));
    return object;
}

static json_t *totals_value(const kith_diff_told *told, kith_json *json, kith_change_kind first)
{
    const char *about = kith_change_words_of[first].about;
    json_t *object = json_object();

    for (int k = (int)first; k < KITH_CHANGE_KINDS && strcmp(kith_change_words_of[k].about, about) == 0; k++)
        kith_json_set(json, object, kith_change_words_of[k].change,
                      kith_json_count(told->result->changes[k].total));
    return object;
}

/** All that became of what `first`, and the kinds behind it, are about. */
static void put_about(const kith_diff_told *told, kith_json *json, kith_change_kind first)
{
    const char *about = kith_change_words_of[first].about;

    if (!kith_told_compared(told->result, first)) {
        kith_json_member(json, about, json_null());
        return;
    }
    kith_json_object(json, about);
    for (int k = (int)first; k < KITH_CHANGE_KINDS && strcmp(kith_change_words_of[k].about, about) == 0; k++)
        list_changes(told, json, (kith_change_kind)k, kith_change_words_of[k].change);
    kith_json_member(json, "totals", totals_value(told, json, first));
    if (first == KITH_CHANGE_PERSON_ADDED)
        kith_json_member(json, "people_changed", kith_json_count(told->result->people_changed));
    if (first == KITH_CHANGE_BROKER_NEW)
        kith_json_member(json, "method",
                         pair_value(json, method_value(json, &told->result->method[KITH_TOLD_BEFORE]),
                                    method_value(json, &told->result->method[KITH_TOLD_AFTER])));
    kith_json_object_end(json);
}

static void members(const kith_answer *answer, kith_json *json)
{
    const kith_diff_told *told = answer->result;

    kith_json_member(json, "old_network", kith_json_network(json, told->net[KITH_TOLD_BEFORE]));
    kith_json_member(json, "changes", kith_json_count(kith_diff_count(told->result)));
    for (int k = 0; k < KITH_CHANGE_KINDS; k++)
        if (k == 0 || strcmp(kith_change_words_of[k].about, kith_change_words_of[k - 1].about) != 0)
            put_about(told, json, (kith_change_kind)k);
}

static void parameters(const kith_answer *answer, kith_json *json, json_t *object)
{
    const kith_diff_told *told = answer->result;
    const kith_diff_result *result = told->result;

    kith_json_set(json, object, "top", kith_json_count(result->top));
    kith_json_set(json, object, "brokers", kith_json_count(result->n_brokers));
    kith_json_set(json, object, "max_hops", result->routed ? kith_json_count(result->max_hops) : json_null());
    kith_json_set(json, object, "group",
                  result->grouped ? kith_json_text(kith_field_name(result->group)) : json_null());
}

/** Damage of the earlier network; that of the later one is looked for with every answer. */
static kith_code status(const kith_answer *answer)
{
    const kith_diff_told *told = answer->result;

    return kith_net_status(told->net[KITH_TOLD_BEFORE], told->err);
}

kith_code kith_write_diff(const kith_net *before, const kith_net *after, const kith_diff_result *result,
                          const kith_output *to, kith_err *err)
{
    kith_change_kind part = KITH_CHANGE_PERSON_ADDED;
    kith_table list = {.columns = columns,
                       .n_columns = sizeof columns / sizeof *columns,
                       .n_rows = result->changes[part].count,
                       .make = make_row};
    const kith_diff_told told = {
        .net = {before, after}, .result = result, .to = to, .list = &list, .part = &part, .err = err};
    const kith_answer answer = {.command = "diff",
                                .net = after,
                                .result = &told,
                                .to = to,
                                .title = "What changed",
                                .list = &list,
                                .with_coefficients = true,
                                .show = kith_told_show,
                                .parameters = parameters,
                                .members = members,
                                .row = row_value,
                                .next = next_part,
                                .status = status};

    list.ctx = &told;
    return kith_answer_write(&answer, err);
}

/* Which single introductions would hold a network together better. */
#include "report/answer.h"
#include "report/phrase.h"
#include "report/words.h"

static const kith_column columns[] = {
    {"a_id", NULL, KITH_COLUMN_COUNT, 0, false},
    {"a_key", NULL, KITH_COLUMN_TEXT, 0, false},
    {"a", NULL, KITH_COLUMN_TEXT, 0, false},
    {"b_id", NULL, KITH_COLUMN_COUNT, 0, false},
    {"b_key", NULL, KITH_COLUMN_TEXT, 0, false},
    {"b", NULL, KITH_COLUMN_TEXT, 0, false},
    {"common_contact_id", NULL, KITH_COLUMN_COUNT, 0, false},
    {"common_contact", NULL, KITH_COLUMN_TEXT, 0, false},
    {"people_secured", NULL, KITH_COLUMN_COUNT, 0, false},
    {"cut_people_eased", NULL, KITH_COLUMN_TEXT, 0, false},
    {"cut_people_removed", NULL, KITH_COLUMN_COUNT, 0, false},
    {"group_a", NULL, KITH_COLUMN_TEXT, 0, false},
    {"group_b", NULL, KITH_COLUMN_TEXT, 0, false},
    {"distance_before", NULL, KITH_COLUMN_COUNT, 0, false},
    {"distance_after", NULL, KITH_COLUMN_COUNT, 0, false},
};

static void person_cells(kith_row *row, const kith_net *net, uint32_t id, bool with_key)
{
    kith_person person;

    kith_net_person(net, id, &person);
    if (id == UINT32_MAX) {
        kith_row_nothing(row);
        kith_row_nothing(row);
        return;
    }
    kith_row_count(row, id);
    if (with_key)
        kith_row_text(row, person.key);
    kith_row_text(row, person.name);
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_suggest_result *result = answer->result;
    const kith_suggestion *s = &result->suggestions[i];
    kith_dynbuf names = {0};

    person_cells(row, answer->net, s->a, true);
    person_cells(row, answer->net, s->b, true);
    person_cells(row, answer->net, s->common_contact, false);
    kith_row_count(row, s->people_secured);
    kith_phrase_names(&names, answer->net, s->eased, s->n_eased, "; ");
    kith_row_take(row, &names);
    kith_dynbuf_free(&names);
    kith_row_count(row, s->cut_people_removed);
    for (int end = 0; end < 2; end++)
        if (s->group[end] == UINT32_MAX)
            kith_row_nothing(row);
        else
            kith_row_text(row, result->group_names[s->group[end]]);
    for (int after = 0; after < 2; after++)
        if (s->distance_before == 0)
            kith_row_nothing(row);
        else
            kith_row_count(row, after ? s->distance_after : s->distance_before);
}

/* ---- for readers ---- */

/** "Ann Lee, …, to meet Ben Ito, …, through Cara Poe." */
static void put_pair(kith_dynbuf *text, const kith_net *net, const kith_suggestion *s)
{
    kith_phrase_person(text, net, s->a);
    kith_dynbuf_text(text, ", to meet ");
    kith_phrase_person(text, net, s->b);
    kith_dynbuf_text(text, s->common_contact == UINT32_MAX ? "; nobody who may introduce them knows both"
                                                           : ", through ");
    if (s->common_contact != UINT32_MAX)
        kith_phrase_name(text, net, s->common_contact);
    kith_dynbuf_put(text, '.');
}

static void show_suggestion(const kith_answer *answer, uint32_t i, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_suggest_result *result = answer->result;
    const kith_suggestion *s = &result->suggestions[i];

    put_pair(text, answer->net, s);
    kith_sheet_item(sheet, i + 1, "", text);
    if (s->n_eased > 0) {
        kith_words_counted(text, s->people_secured, "person", "people");
        kith_dynbuf_text(text, s->people_secured == 1 ? " no longer hangs on " : " no longer hang on ");
        kith_phrase_names(text, answer->net, s->eased, s->n_eased, " or ");
        kith_dynbuf_text(text, s->cut_people_removed == s->n_eased ? " alone; nobody does any more."
                                                                   : " alone; others still do.");
        kith_sheet_point(sheet, text);
    }
    if (s->distance_before > s->distance_after) {
        kith_dynbuf_printf(text, "%s and %s get ", result->group_names[s->group[0]],
                           result->group_names[s->group[1]]);
        kith_words_counted(text, s->distance_after, "tie", "ties");
        kith_dynbuf_text(text, " apart, from ");
        kith_words_count(text, s->distance_before);
        kith_dynbuf_put(text, '.');
        kith_sheet_point(sheet, text);
    }
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_suggest_result *result = answer->result;
    kith_dynbuf text = {0};

    if (result->n_suggestions == 0) {
        kith_dynbuf_text(&text,
                         "No single introduction would make fewer people hang on one, or bring two groups "
                         "together.");
        kith_sheet_paragraph(sheet, &text);
    }
    for (uint32_t i = 0; i < result->n_suggestions; i++)
        show_suggestion(answer, i, sheet, &text);
    kith_dynbuf_text(&text, "Each is measured alone, as if no other were made.");
    if (result->n_sought < result->n_groups) {
        kith_dynbuf_text(&text, " Ways were sought between the ");
        kith_words_count(&text, result->n_sought);
        kith_dynbuf_text(&text, " largest of ");
        kith_words_counted(&text, result->n_groups, "group.", "groups.");
    }
    kith_sheet_note(sheet, &text);
    kith_dynbuf_free(&text);
}

/* ---- for programs ---- */

static json_t *group_value(const kith_suggest_result *result, uint32_t group)
{
    return group == UINT32_MAX ? json_null() : kith_json_text(result->group_names[group]);
}

static json_t *row_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_suggest_result *result = answer->result;
    const kith_suggestion *s = &result->suggestions[i];
    const bool two_groups = s->distance_before > 0;
    json_t *object = json_object(), *groups = json_array();

    kith_json_set(json, object, "a", kith_json_person(json, answer->net, s->a));
    kith_json_set(json, object, "b", kith_json_person(json, answer->net, s->b));
    kith_json_set(json, object, "common_contact",
                  s->common_contact == UINT32_MAX ? json_null()
                                                  : kith_json_person(json, answer->net, s->common_contact));
    kith_json_set(json, object, "people_secured", kith_json_count(s->people_secured));
    kith_json_set(json, object, "cut_people_eased",
                  kith_json_people(json, answer->net, s->eased, s->n_eased));
    kith_json_set(json, object, "cut_people_removed", kith_json_count(s->cut_people_removed));
    kith_json_set(json, object, "distance_before",
                  two_groups ? kith_json_count(s->distance_before) : json_null());
    kith_json_set(json, object, "distance_after",
                  two_groups ? kith_json_count(s->distance_after) : json_null());
    kith_json_append(json, groups, group_value(result, s->group[0]));
    kith_json_append(json, groups, group_value(result, s->group[1]));
    kith_json_set(json, object, "groups", groups);
    return object;
}

static void parameters(const kith_answer *answer, kith_json *json, json_t *object)
{
    const kith_suggest_result *result = answer->result;

    kith_json_set(json, object, "suggest", kith_json_count(result->top));
    kith_json_set(json, object, "groups_sought", kith_json_count(result->n_sought));
}

static void members(const kith_answer *answer, kith_json *json)
{
    kith_answer_list(answer, json, "suggestions");
}

kith_code kith_write_suggestions(const kith_net *net, const kith_suggest_result *result,
                                 const kith_output *to, kith_err *err)
{
    kith_table list = {.columns = columns,
                       .n_columns = sizeof columns / sizeof *columns,
                       .n_rows = result->n_suggestions,
                       .make = make_row};
    const kith_answer answer = {.command = "bridges",
                                .net = net,
                                .result = result,
                                .to = to,
                                .title = "Introductions that would help",
                                .list = &list,
                                .show = show,
                                .parameters = parameters,
                                .members = members,
                                .row = row_value};

    list.ctx = &answer;
    return kith_answer_write(&answer, err);
}

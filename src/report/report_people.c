/* The people whom a query fits. */
#include "report/answer.h"
#include "report/contacts.h"
#include "report/words.h"

static const kith_column columns[] = {
    {NULL, "Id", KITH_COLUMN_COUNT, 0, false},
    KITH_COLUMNS_PERSON,
    {"ties", "Ties", KITH_COLUMN_COUNT, 0, false},
    {"is_owner", NULL, KITH_COLUMN_TEXT, 0, false},
    {"do_not_introduce", NULL, KITH_COLUMN_TEXT, 0, false},
    {"emails", "Emails", KITH_COLUMN_LIST, 0, true},
    {"phones", "Phones", KITH_COLUMN_LIST, 0, true},
    {"urls", "URLs", KITH_COLUMN_LIST, 0, true},
};

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_ids *people = answer->result;
    kith_dynbuf contacts = {0};
    kith_person person;

    kith_net_person(answer->net, people->ids[i], &person);
    kith_row_count(row, person.id);
    kith_row_person(row, answer->net, person.id);
    kith_row_count(row, kith_net_degree(answer->net, person.id));
    kith_row_text(row, person.is_owner ? "yes" : "no");
    kith_row_text(row, person.do_not_introduce ? "yes" : "no");
    for (uint32_t kind = 0; kind < KITH_CONTACT_KINDS && answer->to->with_contacts; kind++) {
        kith_contacts_put(&contacts, answer->net, person.id, kind);
        kith_row_take(row, &contacts);
    }
    kith_dynbuf_free(&contacts);
}

static json_t *person_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_ids *people = answer->result;
    json_t *object = kith_json_person(json, answer->net, people->ids[i]);
    kith_person person;

    kith_net_person(answer->net, people->ids[i], &person);
    kith_json_set(json, object, "ties", kith_json_count(kith_net_degree(answer->net, person.id)));
    kith_json_set(json, object, "is_owner", json_boolean(person.is_owner));
    kith_json_set(json, object, "do_not_introduce", json_boolean(person.do_not_introduce));
    if (answer->to->with_contacts)
        kith_contacts_json(json, object, answer->net, person.id);
    return object;
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_ids *people = answer->result;
    const char *who = kith_answer_setting(answer, "who");
    kith_dynbuf text = {0};

    kith_words_counted(&text, people->count, "person fits", "people fit");
    if (who)
        kith_dynbuf_printf(&text, " %s", who);
    kith_dynbuf_put(&text, '.');
    kith_sheet_paragraph(sheet, &text);
    kith_sheet_table(sheet, answer->list);
    kith_dynbuf_free(&text);
}

static void members(const kith_answer *answer, kith_json *json)
{
    kith_answer_list(answer, json, "people");
}

kith_code kith_write_people(const kith_net *net, const kith_ids *people, const kith_output *to, kith_err *err)
{
    kith_answer answer = {.command = "find",
                          .net = net,
                          .result = people,
                          .to = to,
                          .title = "People",
                          .show = show,
                          .members = members,
                          .row = person_value};
    const kith_table list = {.columns = columns,
                             .n_columns = (uint32_t)(sizeof columns / sizeof *columns) -
                                          (to->with_contacts ? 0 : KITH_CONTACT_KINDS),
                             .n_rows = people->count,
                             .make = make_row,
                             .ctx = &answer,
                             .any_order = true};

    answer.list = &list;
    return kith_answer_write(&answer, err);
}

/* A tie with all that is known of it, or the strongest ties of a person. */
#include "report/answer.h"
#include "report/contacts.h"
#include "report/phrase.h"
#include "report/phrase_factor.h"
#include "report/show_why.h"

static const kith_column evidence_columns[] = {
    {"evidence", NULL, KITH_COLUMN_TEXT, 0, false}, {"text", NULL, KITH_COLUMN_TEXT, 0, false},
    {"count", NULL, KITH_COLUMN_COUNT, 0, false},   {"first", NULL, KITH_COLUMN_DATE, 0, false},
    {"last", NULL, KITH_COLUMN_DATE, 0, false},     {"weight", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"factor", NULL, KITH_COLUMN_NUMBER, 0, false}, {"adds", NULL, KITH_COLUMN_NUMBER, 0, false},
};

static const kith_column shared_columns[] = {
    KITH_COLUMNS_PERSON,
    {"strength_a", NULL, KITH_COLUMN_NUMBER, 0, false},
    {"strength_b", NULL, KITH_COLUMN_NUMBER, 0, false},
};

static const kith_column tie_columns[] = {
    {"rank", NULL, KITH_COLUMN_COUNT, 0, false},      KITH_COLUMNS_PERSON,
    {"strength", NULL, KITH_COLUMN_NUMBER, 0, false}, {"tier", NULL, KITH_COLUMN_TEXT, 0, false},
    {"evidence", NULL, KITH_COLUMN_TEXT, 0, false},   {"reason", NULL, KITH_COLUMN_TEXT, 0, false},
};

static bool of_two(const kith_why_result *result)
{
    return result->other != UINT32_MAX;
}

/* ---- rows ---- */

static void make_evidence(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_why_result *result = answer->result;
    const kith_reason *reason = &result->reasons[i];
    kith_dynbuf text = {0};

    kith_row_text(row, kith_evidence_name(reason->kind));
    kith_phrase_reason(&text, answer->net, result->who, result->other, reason);
    kith_row_take(row, &text);
    kith_row_count(row, reason->count);
    kith_row_day(row, reason->first);
    kith_row_day(row, reason->last);
    kith_row_number(row, reason->weight);
    kith_row_number(row, reason->factor);
    kith_row_number(row, kith_reason_adds(reason));
    kith_dynbuf_free(&text);
}

static void make_shared(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_why_result *result = answer->result;
    const kith_shared_contact *contact = &result->shared[i];

    kith_row_person(row, answer->net, contact->id);
    kith_row_number(row, kith_strength_of_cost(contact->who_cost));
    kith_row_number(row, kith_strength_of_cost(contact->other_cost));
}

static void make_tie(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_why_result *result = answer->result;
    const kith_tie *tie = &result->ties[i];
    const double strength = kith_strength_of_cost(tie->cost);
    kith_reason reasons[KITH_EVIDENCE_COUNT];
    kith_dynbuf text = {0};

    kith_row_count(row, i + 1);
    kith_row_person(row, answer->net, tie->b);
    kith_row_number(row, strength);
    kith_row_text(row, kith_tier_of_strength(strength));
    if (kith_net_reasons(answer->net, tie->a, tie->b, reasons) > 0) {
        kith_row_text(row, kith_evidence_name(reasons[0].kind));
        kith_phrase_reason(&text, answer->net, tie->a, tie->b, &reasons[0]);
    } else {
        kith_row_nothing(row);
    }
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

/* ---- for programs ---- */

static json_t *person_value(const kith_answer *answer, kith_json *json, uint32_t id)
{
    json_t *object = kith_json_person(json, answer->net, id);

    if (answer->to->with_contacts)
        kith_contacts_json(json, object, answer->net, id);
    return object;
}

static json_t *reason_value(kith_json *json, const kith_net *net, uint32_t a, uint32_t b,
                            const kith_reason *reason)
{
    json_t *object = json_object();
    kith_dynbuf text = {0};

    kith_phrase_reason(&text, net, a, b, reason);
    kith_json_set(json, object, "evidence", kith_json_text(kith_evidence_name(reason->kind)));
    kith_json_set(json, object, "text", text.status ? NULL : kith_json_text(kith_dynbuf_cstr(&text)));
    kith_json_set(json, object, "count", kith_json_count(reason->count));
    if (reason->interactions > 0)
        kith_json_set(json, object, "interactions", kith_json_number(reason->interactions));
    if (reason->kind == KITH_EVIDENCE_MESSAGES)
        kith_json_set(json, object, "both_ways", json_boolean(kith_net_both_wrote(net, a, b)));
    if (reason->kind == KITH_EVIDENCE_STATED_RELATION)
        kith_json_set(json, object, "relations", kith_json_stated(json, net, a, b));
    kith_json_set(json, object, "first", kith_json_day(reason->first));
    kith_json_set(json, object, "last", kith_json_day(reason->last));
    kith_json_set(json, object, "weight", kith_json_number(reason->weight));
    kith_json_set(json, object, "factor", kith_json_number(reason->factor));
    kith_json_set(json, object, "adds", kith_json_number(kith_reason_adds(reason)));
    kith_dynbuf_free(&text);
    return object;
}

static json_t *evidence_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_why_result *result = answer->result;

    return reason_value(json, answer->net, result->who, result->other, &result->reasons[i]);
}

static json_t *shared_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_why_result *result = answer->result;
    const kith_shared_contact *contact = &result->shared[i];
    json_t *object = kith_json_person(json, answer->net, contact->id);
    kith_person person;

    kith_net_person(answer->net, contact->id, &person);
    kith_json_set(json, object, "strength_a", kith_json_number(kith_strength_of_cost(contact->who_cost)));
    kith_json_set(json, object, "strength_b", kith_json_number(kith_strength_of_cost(contact->other_cost)));
    kith_json_set(json, object, "do_not_introduce", json_boolean(person.do_not_introduce));
    return object;
}

static json_t *tie_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_why_result *result = answer->result;
    const kith_tie *tie = &result->ties[i];
    const double strength = kith_strength_of_cost(tie->cost);
    json_t *object = kith_json_person(json, answer->net, tie->b), *list = json_array();
    kith_reason reasons[KITH_EVIDENCE_COUNT];
    const uint32_t count = kith_net_reasons(answer->net, tie->a, tie->b, reasons);

    kith_json_set(json, object, "strength", kith_json_number(strength));
    kith_json_set(json, object, "tier", kith_json_text(kith_tier_of_strength(strength)));
    for (uint32_t k = 0; k < count; k++)
        kith_json_append(json, list, reason_value(json, answer->net, tie->a, tie->b, &reasons[k]));
    kith_json_set(json, object, "evidence", list);
    return object;
}

static json_t *mentorship_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_mentorship *m = &((const kith_why_result *)answer->result)->mentorships[i];
    json_t *object = json_object();

    kith_json_set(json, object, "mentor", kith_json_person(json, answer->net, m->mentor));
    kith_json_set(json, object, "mentee", kith_json_person(json, answer->net, m->mentee));
    kith_json_set(json, object, "start", kith_json_day(m->start));
    kith_json_set(json, object, "end", kith_json_day(m->end));
    kith_json_set(json, object, "status", kith_json_text(kith_mentorship_status_name(m->status)));
    kith_json_set(json, object, "programme", kith_json_text(m->programme));
    kith_json_set(json, object, "cohort", kith_json_text(m->cohort));
    kith_json_set(json, object, "meetings",
                  m->meetings == UINT32_MAX ? json_null() : kith_json_count(m->meetings));
    kith_json_set(json, object, "last_meeting", kith_json_day(m->last_meeting));
    return object;
}

/** A list of values that a function makes. */
static void put_list(const kith_answer *answer, kith_json *json, const char *key, uint64_t count,
                     json_t *(*value)(const kith_answer *, kith_json *, uint64_t))
{
    kith_json_list(json, key);
    for (uint64_t i = 0; i < count && !json->status && !kith_outfile_failed(json->out); i++)
        kith_json_item(json, value(answer, json, i));
    kith_json_list_end(json);
}

/** Companies and schools of both. */
static void put_common(const kith_answer *answer, kith_json *json)
{
    static const kith_evidence evidence[] = {
        [KITH_TENURE_WORK] = KITH_EVIDENCE_WORKED, [KITH_TENURE_STUDY] = KITH_EVIDENCE_STUDIED};
    const kith_why_result *result = answer->result;
    kith_dynbuf text = {0};

    kith_json_list(json, "in_common");
    for (int kind = KITH_TENURE_WORK; kind <= KITH_TENURE_STUDY; kind++) {
        kith_dynbuf_clear(&text);
        if (!kith_phrase_common(&text, answer->net, result->who, result->other, (kith_tenure_kind)kind))
            continue;
        json_t *object = json_object();
        kith_json_set(json, object, "evidence", kith_json_text(kith_evidence_name(evidence[kind])));
        kith_json_set(json, object, "text", text.status ? NULL : kith_json_text(kith_dynbuf_cstr(&text)));
        kith_json_item(json, object);
    }
    kith_json_list_end(json);
    kith_dynbuf_free(&text);
}

static void members(const kith_answer *answer, kith_json *json)
{
    const kith_why_result *result = answer->result;
    const double strength = kith_strength_of_cost(result->tie.cost);

    if (!of_two(result)) {
        kith_json_member(json, "person", person_value(answer, json, result->who));
        kith_json_member(json, "ties_total", kith_json_count(result->all_ties));
        put_list(answer, json, "ties", result->n_ties, tie_value);
        return;
    }
    kith_json_member(json, "a", person_value(answer, json, result->who));
    kith_json_member(json, "b", person_value(answer, json, result->other));
    kith_json_member(json, "tied", json_boolean(result->tied));
    kith_json_member(json, "strength", result->tied ? kith_json_number(strength) : json_null());
    kith_json_member(json, "tier",
                     result->tied ? kith_json_text(kith_tier_of_strength(strength)) : json_null());
    put_list(answer, json, "evidence", result->n_reasons, evidence_value);
    put_list(answer, json, "mentorships", result->n_mentorships, mentorship_value);
    kith_json_member(json, "shared_contacts_total", kith_json_count(result->all_shared));
    put_list(answer, json, "shared_contacts", result->n_shared, shared_value);
    put_common(answer, json);
}

static void parameters(const kith_answer *answer, kith_json *json, json_t *object)
{
    const kith_why_result *result = answer->result;

    kith_json_set(json, object, "top", kith_json_count(result->top));
}

#define COLUMNS(array) .columns = (array), .n_columns = sizeof(array) / sizeof *(array)

/** The list that formats with one list hold: of a tie its evidence, of two strangers whom both know. */
static kith_table main_table(const kith_answer *answer)
{
    const kith_why_result *result = answer->result;

    if (!of_two(result))
        return (kith_table){COLUMNS(tie_columns), .n_rows = result->n_ties, .make = make_tie, .ctx = answer};
    if (result->tied)
        return (kith_table){COLUMNS(evidence_columns), .n_rows = result->n_reasons, .make = make_evidence,
                            .ctx = answer};
    return (kith_table){COLUMNS(shared_columns), .n_rows = result->n_shared, .make = make_shared,
                        .ctx = answer};
}

static json_t *main_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_why_result *result = answer->result;

    if (!of_two(result))
        return tie_value(answer, json, i);
    return result->tied ? evidence_value(answer, json, i) : shared_value(answer, json, i);
}

kith_code kith_write_why(const kith_net *net, const kith_why_result *result, const kith_output *to,
                         kith_err *err)
{
    kith_answer answer = {.command = "why",
                          .net = net,
                          .result = result,
                          .to = to,
                          .title = result->other == UINT32_MAX ? "Strongest ties" : "A tie",
                          .with_coefficients = true,
                          .show = kith_show_why,
                          .parameters = parameters,
                          .members = members,
                          .row = main_value};
    const kith_table list = main_table(&answer);

    answer.list = &list;
    return kith_answer_write(&answer, err);
}

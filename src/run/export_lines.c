#include "network/export_fields.h"
#include "report/write_json.h"
#include "run/export_tables.h"

static json_t *key_of(const kith_net *net, uint32_t id)
{
    kith_person person;

    kith_net_person(net, id, &person);
    return kith_json_text(person.key);
}

static void put_person(kith_json *json, const kith_net *net, uint32_t id, bool with_contacts)
{
    json_t *object = json_object();
    kith_person person;

    kith_net_person(net, id, &person);
    kith_json_set(json, object, "kind", json_string("person"));
    kith_json_set(json, object, "id", json_integer(id));
    kith_json_set(json, object, "key", kith_json_text(person.key));
    for (size_t i = 0; i < KITH_EXPORT_FIELDS; i++) {
        const kith_export_field *field = &kith_export_fields[i];
        json_t *values = json_array();
        const char *value;
        for (uint32_t nth = 0; (value = kith_net_value(net, id, field->field, nth)); nth++)
            kith_json_append(json, values, kith_json_text(value));
        if (json_array_size(values) > 0 && (with_contacts || !field->contact))
            kith_json_set(json, object, field->name, values);
        else
            json_decref(values);
    }
    kith_json_set(json, object, "is_owner", json_boolean(person.is_owner));
    kith_json_set(json, object, "do_not_introduce", json_boolean(person.do_not_introduce));
    kith_json_line(json, object);
}

static void put_tie(kith_json *json, const kith_net *net, const kith_tie *tie, kith_day as_of)
{
    json_t *object = json_object();
    json_t *evidence = json_array();

    for (uint32_t kind = 0; kind < KITH_EVIDENCE_COUNT; kind++)
        if (tie->evidence >> kind & 1)
            kith_json_append(json, evidence, json_string(kith_evidence_name((kith_evidence)kind)));
    kith_json_set(json, object, "kind", json_string("tie"));
    kith_json_set(json, object, "source", key_of(net, tie->a));
    kith_json_set(json, object, "target", key_of(net, tie->b));
    kith_json_set(json, object, "strength", kith_json_number(kith_strength_of_cost(tie->cost)));
    kith_json_set(json, object, "cost", json_integer(tie->cost));
    kith_json_set(json, object, "date", kith_json_day(kith_export_tie_day(net, tie, as_of)));
    kith_json_set(json, object, "evidence", evidence);
    if (tie->evidence >> KITH_EVIDENCE_STATED_RELATION & 1)
        kith_json_set(json, object, "relations", kith_json_stated(json, net, tie->a, tie->b));
    if (tie->leads)
        kith_json_set(json, object, "leads",
                      json_string(tie->leads == KITH_LEADS_OUT  ? "out"
                                  : tie->leads == KITH_LEADS_IN ? "in"
                                                                : "both"));
    kith_json_line(json, object);
}

/** A count of which 0 means that it is not known. */
static json_t *known_count(uint32_t count)
{
    return count > 0 ? json_integer(count) : json_null();
}

static void put_mentorship(kith_json *json, const kith_net *net, const kith_mentorship *mentorship)
{
    json_t *object = json_object();

    kith_json_set(json, object, "kind", json_string("mentorship"));
    kith_json_set(json, object, "mentor", key_of(net, mentorship->mentor));
    kith_json_set(json, object, "mentee", key_of(net, mentorship->mentee));
    kith_json_set(json, object, "start", kith_json_day(mentorship->start));
    kith_json_set(json, object, "end", kith_json_day(mentorship->end));
    kith_json_set(json, object, "requested", kith_json_day(mentorship->requested));
    kith_json_set(json, object, "programme", kith_json_text(mentorship->programme));
    kith_json_set(json, object, "cohort", kith_json_text(mentorship->cohort));
    kith_json_set(json, object, "status", kith_json_text(kith_mentorship_status_name(mentorship->status)));
    kith_json_set(json, object, "meetings",
                  mentorship->meetings == UINT32_MAX ? json_null() : json_integer(mentorship->meetings));
    kith_json_set(json, object, "last_meeting", kith_json_day(mentorship->last_meeting));
    kith_json_set(json, object, "agreed_gap_days", known_count(mentorship->agreed_gap_days));
    kith_json_set(json, object, "gaps", known_count(mentorship->gaps.count));
    kith_json_set(json, object, "median_gap_days", known_count(mentorship->gaps.median_days));
    kith_json_set(json, object, "regularity",
                  mentorship->gaps.count > 0 ? kith_json_number(mentorship->gaps.regularity) : json_null());
    kith_json_line(json, object);
}

kith_code kith_export_lines(const kith_net *net, bool with_contacts, kith_outfile *file, kith_err *err)
{
    kith_net_summary summary;
    kith_mentorship mentorship;
    kith_tie tie;
    kith_json json;

    kith_net_summarise(net, &summary);
    kith_json_begin(&json, file);
    for (uint32_t id = 0; id < summary.people && !json.status && !kith_outfile_failed(file); id++)
        put_person(&json, net, id, with_contacts);
    for (uint32_t id = 0; id < summary.people && !json.status && !kith_outfile_failed(file); id++)
        for (uint32_t nth = 0; kith_net_tie_at(net, id, nth, &tie); nth++)
            if (tie.b > tie.a)
                put_tie(&json, net, &tie, summary.as_of);
    for (uint32_t i = 0; !json.status && kith_net_mentorship(net, i, &mentorship); i++)
        put_mentorship(&json, net, &mentorship);
    return kith_json_end(&json, err);
}

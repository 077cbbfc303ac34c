#include "network/export_fields.h"

const kith_export_field kith_export_fields[KITH_EXPORT_FIELDS] = {
    {"name", KITH_FIELD_NAME, false, false},
    {"title", KITH_FIELD_TITLE, false, false},
    {"company", KITH_FIELD_COMPANY, false, false},
    {"industry", KITH_FIELD_INDUSTRY, false, false},
    {"location", KITH_FIELD_LOCATION, false, false},
    {"skills", KITH_FIELD_SKILL, true, false},
    {"cohort", KITH_FIELD_COHORT, true, false},
    {"role", KITH_FIELD_ROLE, true, false},
    {"capacity", KITH_FIELD_CAPACITY, false, false},
    {"skills_wanted", KITH_FIELD_SKILL_WANTED, true, false},
    {"goals", KITH_FIELD_GOAL, false, false},
    {"labels", KITH_FIELD_LABEL, true, false},
    {"email", KITH_FIELD_EMAIL, true, true},
    {"phone", KITH_FIELD_PHONE, true, true},
    {"url", KITH_FIELD_URL, false, true},
};

kith_day kith_export_tie_day(const kith_net *net, const kith_tie *tie, kith_day as_of)
{
    kith_reason reasons[KITH_EVIDENCE_COUNT];
    uint32_t count = kith_net_reasons(net, tie->a, tie->b, reasons);
    kith_day newest = KITH_NO_DATE; /* the least of all days */

    for (uint32_t i = 0; i < count; i++)
        if (reasons[i].kind != KITH_EVIDENCE_STUDIED &&
            reasons[i].last > newest) /* class years are no dates */
            newest = reasons[i].last;
    return newest > as_of ? as_of : newest;
}

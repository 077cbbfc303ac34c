/* Every number that strength and routes depend on: one table of defaults, each with a name. */
#include <stddef.h>
#include <string.h>

#include "network/netdata.h"

const kith_coefficients kith_default_coefficients = {
    .weight = {[KITH_EVIDENCE_LISTED] = 0.10,
               [KITH_EVIDENCE_LISTED_BY_BOTH] = 0.15,
               [KITH_EVIDENCE_MESSAGES] = 0.60,
               [KITH_EVIDENCE_RECOMMENDATION] = 0.50,
               [KITH_EVIDENCE_ENDORSEMENT] = 0.10,
               [KITH_EVIDENCE_WORKED] = 0.40,
               [KITH_EVIDENCE_STUDIED] = 0.20,
               [KITH_EVIDENCE_MENTORSHIP] = 0.70,
               [KITH_EVIDENCE_STATED_TIE] = 0.40,
               [KITH_EVIDENCE_STATED_RELATION] = 0.40,
               [KITH_EVIDENCE_SHARED_CONTACTS] = 0.20,
               [KITH_EVIDENCE_STATED_STRENGTH] = 1.0},
    .listed_half_life_years = 4,
    .message_half_life_days = 180,
    .recommendation_half_life_years = 4,
    .mentorship_half_life_years = 4,
    .listed_undated = 0.75,
    .worked_undated = 0.2,
    .handover = 0.7,
};

#define WEIGHT(kind) offsetof(kith_coefficients, weight) + (kind) * sizeof(double)
#define MEMBER(name) offsetof(kith_coefficients, name)

/** A stated strength stands for itself: it has no weight to set. */
static const struct {
    const char *name;
    size_t offset;
} coefficients[] = {
    {"weight_listed", WEIGHT(KITH_EVIDENCE_LISTED)},
    {"weight_listed_by_both", WEIGHT(KITH_EVIDENCE_LISTED_BY_BOTH)},
    {"weight_messages", WEIGHT(KITH_EVIDENCE_MESSAGES)},
    {"weight_recommendation", WEIGHT(KITH_EVIDENCE_RECOMMENDATION)},
    {"weight_endorsement", WEIGHT(KITH_EVIDENCE_ENDORSEMENT)},
    {"weight_worked", WEIGHT(KITH_EVIDENCE_WORKED)},
    {"weight_studied", WEIGHT(KITH_EVIDENCE_STUDIED)},
    {"weight_mentorship", WEIGHT(KITH_EVIDENCE_MENTORSHIP)},
    {"weight_stated_tie", WEIGHT(KITH_EVIDENCE_STATED_TIE)},
    {"weight_stated_relation", WEIGHT(KITH_EVIDENCE_STATED_RELATION)},
    {"weight_shared_contacts", WEIGHT(KITH_EVIDENCE_SHARED_CONTACTS)},
    {"listed_half_life_years", MEMBER(listed_half_life_years)},
    {"message_half_life_days", MEMBER(message_half_life_days)},
    {"recommendation_half_life_years", MEMBER(recommendation_half_life_years)},
    {"mentorship_half_life_years", MEMBER(mentorship_half_life_years)},
    {"listed_undated", MEMBER(listed_undated)},
    {"worked_undated", MEMBER(worked_undated)},
    {"handover", MEMBER(handover)},
};

enum { COEFFICIENT_COUNT = sizeof coefficients / sizeof *coefficients };

bool kith_coefficient_at(const kith_coefficients *c, uint32_t i, const char **name, double *value)
{
    if (i >= COEFFICIENT_COUNT)
        return false;
    *name = coefficients[i].name;
    memcpy(value, (const char *)c + coefficients[i].offset, sizeof *value);
    return true;
}

bool kith_coefficient_set(kith_coefficients *c, const char *name, double value)
{
    for (size_t i = 0; i < COEFFICIENT_COUNT; i++)
        if (strcmp(coefficients[i].name, name) == 0) {
            memcpy((char *)c + coefficients[i].offset, &value, sizeof value);
            return true;
        }
    return false;
}

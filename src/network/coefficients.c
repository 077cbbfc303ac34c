/* Every number that strength and routes depend on: one table of defaults, each with a name. */
#include <kith/coefficients.h>

#include <stddef.h>
#include <string.h>

#include "base/err.h"
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
    .listed_least = 0.5,
    .message_half_life_days = 180,
    .message_scale = 5,
    .message_one_way = 0.25,
    .endorsement_scale = 3,
    .worked_scale_years = 3,
    .recommendation_half_life_years = 4,
    .mentorship_half_life_years = 4,
    .listed_undated = 0.75,
    .worked_undated = 0.2,
    .handover = 0.7,
};

#define WEIGHT(kind) offsetof(kith_coefficients, weight) + (kind) * sizeof(double)
#define MEMBER(name) offsetof(kith_coefficients, name)

#define SHARE 0, 1                 /* of one */
#define HALF_LIFE_YEARS 0.01, 1000 /* never 0: it divides */
#define HALF_LIFE_DAYS 1, 365250
#define SCALE 0.01, 1000000
#define CHANCE 0.01, 1

/** A stated strength stands for itself: it has no weight to set. */
static const struct {
    const char *name;
    size_t offset;
    double least, most;
    const char *meaning;
} coefficients[] = {
    {"weight_listed", WEIGHT(KITH_EVIDENCE_LISTED), SHARE, "weight: one has the other among their contacts"},
    {"weight_listed_by_both", WEIGHT(KITH_EVIDENCE_LISTED_BY_BOTH), SHARE,
     "weight: each has the other among their contacts"},
    {"weight_messages", WEIGHT(KITH_EVIDENCE_MESSAGES), SHARE, "weight: they wrote to each other"},
    {"weight_recommendation", WEIGHT(KITH_EVIDENCE_RECOMMENDATION), SHARE,
     "weight: one recommended the other in writing"},
    {"weight_endorsement", WEIGHT(KITH_EVIDENCE_ENDORSEMENT), SHARE,
     "weight: one endorsed skills of the other"},
    {"weight_worked", WEIGHT(KITH_EVIDENCE_WORKED), SHARE, "weight: they worked for the same company"},
    {"weight_studied", WEIGHT(KITH_EVIDENCE_STUDIED), SHARE, "weight: they studied at the same school"},
    {"weight_mentorship", WEIGHT(KITH_EVIDENCE_MENTORSHIP), SHARE,
     "weight: one mentors or mentored the other"},
    {"weight_stated_tie", WEIGHT(KITH_EVIDENCE_STATED_TIE), SHARE,
     "weight: a table or graph file says that they are tied"},
    {"weight_stated_relation", WEIGHT(KITH_EVIDENCE_STATED_RELATION), SHARE,
     "weight: a relation is stated: manager, colleague, referred by"},
    {"weight_shared_contacts", WEIGHT(KITH_EVIDENCE_SHARED_CONTACTS), SHARE,
     "weight: they have contacts in common"},
    {"listed_half_life_years", MEMBER(listed_half_life_years), HALF_LIFE_YEARS,
     "years in which a listed contact fades half of the way to listed_least"},
    {"listed_least", MEMBER(listed_least), SHARE, "what a listed contact counts that is very old"},
    {"listed_undated", MEMBER(listed_undated), SHARE, "what a listed contact counts without a date"},
    {"message_half_life_days", MEMBER(message_half_life_days), HALF_LIFE_DAYS,
     "days after which a message counts half"},
    {"message_scale", MEMBER(message_scale), SCALE, "fresh messages that count 63%"},
    {"message_one_way", MEMBER(message_one_way), SHARE, "what is left of messages that were never answered"},
    {"recommendation_half_life_years", MEMBER(recommendation_half_life_years), HALF_LIFE_YEARS,
     "years after which a recommendation counts half"},
    {"endorsement_scale", MEMBER(endorsement_scale), SCALE, "endorsements that count 63%"},
    {"worked_scale_years", MEMBER(worked_scale_years), SCALE, "years at one company that count 63%"},
    {"worked_undated", MEMBER(worked_undated), SHARE, "what a shared company counts without dates"},
    {"mentorship_half_life_years", MEMBER(mentorship_half_life_years), HALF_LIFE_YEARS,
     "years after its end when a mentorship counts half"},
    {"handover", MEMBER(handover), CHANCE, "chance of a route: kept at every handover after the first"},
};

enum { COEFFICIENT_COUNT = sizeof coefficients / sizeof *coefficients };

/** Place of the coefficient of that name; COEFFICIENT_COUNT where there is none. */
static uint32_t place_of(const char *name)
{
    uint32_t i = 0;

    while (i < COEFFICIENT_COUNT && strcmp(coefficients[i].name, name) != 0)
        i++;
    return i;
}

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
    uint32_t i = place_of(name);

    if (i >= COEFFICIENT_COUNT)
        return false;
    memcpy((char *)c + coefficients[i].offset, &value, sizeof value);
    return true;
}

bool kith_coefficient_describe(uint32_t i, kith_coefficient *out)
{
    *out = (kith_coefficient){.name = "", .meaning = ""};
    if (!kith_coefficient_at(&kith_default_coefficients, i, &out->name, &out->value))
        return false;
    out->meaning = coefficients[i].meaning;
    out->least = coefficients[i].least;
    out->most = coefficients[i].most;
    return true;
}

bool kith_coefficient_find(const char *name, kith_coefficient *out)
{
    return kith_coefficient_describe(place_of(name), out);
}

kith_code kith_coefficient_check(const char *name, double value, kith_err *err)
{
    kith_coefficient c;

    if (!kith_coefficient_find(name, &c))
        return kith_fail(err, KITH_ECONFIG, "there is no coefficient \"%s\"; `kith config` lists them", name);
    if (!(value >= c.least && value <= c.most))
        return kith_fail(err, KITH_ECONFIG, "%s is a number from %g to %g, not %g", name, c.least, c.most,
                         value);
    return KITH_OK;
}

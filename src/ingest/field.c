#include <kith/field.h>

#include <stdbool.h>
#include <string.h>

static const char *const names[KITH_FIELD_COUNT] = {
    [KITH_FIELD_NAME] = "name",
    [KITH_FIELD_GIVEN_NAME] = "first_name",
    [KITH_FIELD_FAMILY_NAME] = "last_name",
    [KITH_FIELD_EMAIL] = "email",
    [KITH_FIELD_URL] = "url",
    [KITH_FIELD_PHONE] = "phone",
    [KITH_FIELD_COMPANY] = "company",
    [KITH_FIELD_TITLE] = "title",
    [KITH_FIELD_INDUSTRY] = "industry",
    [KITH_FIELD_LOCATION] = "location",
    [KITH_FIELD_SKILL] = "skills",
    [KITH_FIELD_COHORT] = "cohort",
    [KITH_FIELD_ROLE] = "role",
    [KITH_FIELD_CAPACITY] = "capacity",
    [KITH_FIELD_SKILL_WANTED] = "skills_wanted",
    [KITH_FIELD_GOAL] = "goals",
    [KITH_FIELD_LABEL] = "labels",
    [KITH_FIELD_BIRTH_DATE] = "birth_date",
    [KITH_FIELD_ADDRESS] = "address",
    [KITH_FIELD_POSTCODE] = "postcode",
    [KITH_FIELD_PERSONAL_NUMBER] = "personal_number",
};

/** Whether `name` is `known`, or its singular. */
static bool is_name(const char *name, const char *known)
{
    /* "skills_wanted" is "skill_wanted", the others end in their s. */
    if (strcmp(known, "skills_wanted") == 0 && strcmp(name, "skill_wanted") == 0)
        return true;
    size_t length = strlen(known);
    if (length && known[length - 1] == 's' && strlen(name) == length - 1)
        return strncmp(name, known, length - 1) == 0;
    return strcmp(name, known) == 0;
}

const char *kith_field_name(kith_field field)
{
    return (unsigned)field < KITH_FIELD_COUNT ? names[field] : "";
}

kith_field kith_field_find(const char *name)
{
    kith_field field = KITH_FIELD_NAME;

    while (field < KITH_FIELD_COUNT && !is_name(name, names[field]))
        field++;
    return field;
}

/* Contacts as Google exports them, with the header up to 2024 and the one since. */
#include <string.h>

#include "ingest/contact_rows.h"
#include "ingest/format.h"

static const kith_column_alias aliases[] = {
    {"name", KITH_COLUMN_NAME},
    {"firstname", KITH_COLUMN_GIVEN},
    {"givenname", KITH_COLUMN_GIVEN},
    {"middlename", KITH_COLUMN_MIDDLE},
    {"additionalname", KITH_COLUMN_MIDDLE},
    {"lastname", KITH_COLUMN_FAMILY},
    {"familyname", KITH_COLUMN_FAMILY},
    {"namesuffix", KITH_COLUMN_SUFFIX},
    {"nickname", KITH_COLUMN_NICKNAME},
    {"fileas", KITH_COLUMN_NICKNAME},
    {"organizationname", KITH_COLUMN_COMPANY},
    {"organizationtitle", KITH_COLUMN_TITLE},
    {"labels", KITH_COLUMN_LABELS},
    {"groupmembership", KITH_COLUMN_LABELS},
};

/** Columns of the form WORD N - FIELD, without what stands between the words. */
static const struct {
    const char *word, *field;
    kith_column column;
} groups[] = {
    {"email", "value", KITH_COLUMN_EMAIL},           {"phone", "value", KITH_COLUMN_PHONE},
    {"organization", "name", KITH_COLUMN_COMPANY},   {"organization", "title", KITH_COLUMN_TITLE},
    {"relation", "value", KITH_COLUMN_RELATION},     {"relation", "label", KITH_COLUMN_RELATION_KIND},
    {"relation", "type", KITH_COLUMN_RELATION_KIND},
};

static bool find_numbered(const char *name, kith_column *column, uint32_t *rank)
{
    size_t word = strcspn(name, "0123456789");
    size_t digits = strspn(name + word, "0123456789");

    if (word == 0 || digits == 0 || digits > 4)
        return false;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (strlen(groups[i].word) != word || strncmp(name, groups[i].word, word) != 0 ||
            strcmp(name + word + digits, groups[i].field) != 0)
            continue;
        *column = groups[i].column;
        *rank = 0;
        for (size_t at = word; at < word + digits; at++)
            *rank = *rank * 10 + (uint32_t)(name[at] - '0');
        return true;
    }
    return false;
}

const kith_aliases kith_google_aliases = {
    .all = aliases, .n = sizeof aliases / sizeof *aliases, .numbered = find_numbered};

/** Labels and a numbered group, or the names of the old header. */
bool kith_google_fits(const kith_header *header)
{
    bool numbered = false;

    for (size_t i = 0; i < header->n; i++)
        numbered |=
            header->columns[i].column == KITH_COLUMN_EMAIL || header->columns[i].column == KITH_COLUMN_PHONE;
    return numbered && kith_header_has(header, KITH_COLUMN_GIVEN) &&
           kith_header_has(header, KITH_COLUMN_LABELS);
}

kith_code kith_google_read(kith_reading *reading, kith_err *err)
{
    return kith_contact_rows_read(reading, ":::", err);
}

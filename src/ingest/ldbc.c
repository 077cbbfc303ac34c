/* The social network of the LDBC benchmark, of both its generations: tables parted by |, a file or a
 * folder of parts to each kind of thing and each kind of relation. */
#include <string.h>
#include <strings.h>

#include "ingest/format.h"

/* What a bundle's lookup holds of it. */
static const char *const organisations = "ldbc organisation";
static const char *const places = "ldbc place";

/** Whether a column's name is `name`, with letters of either case and points aside. */
static bool is_named(const char *field, const char *name)
{
    for (; *field; field++) {
        if (*field == '.')
            continue;
        if (strncasecmp(field, name, 1) != 0 || !*name)
            return false;
        name++;
    }
    return *name == '\0';
}

static size_t count_named(const kith_csv_row *row, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < row->n; i++)
        count += is_named(row->fields[i], name);
    return count;
}

/** A name and what its column means. */
typedef struct meaning {
    const char *name;
    kith_column column;
} meaning;

static kith_code add_column(kith_header *header, size_t at, kith_column column, kith_err *err)
{
    return kith_header_add(header, (kith_header_column){.at = at, .column = column}, err);
}

/** Finds the columns of a header, up to the first meaning without a name. */
static kith_code find_columns(kith_header *header, const kith_csv_row *row, const meaning *meanings,
                              kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t i = 0; i < row->n && rc == KITH_OK; i++)
        for (const meaning *m = meanings; m->name && rc == KITH_OK; m++)
            if (is_named(row->fields[i], m->name))
                rc = add_column(header, i, m->column, err);
    return rc;
}

/** Folders that a bundle lies in and that only order the files: "Person_knows_Person", "dynamic", … */
static bool is_part_of_network(const char *name)
{
    static const char *const folders[] = {"initial_snapshot", "dynamic", "static",
                                          "organisation",     "place",   "person"};
    const char *slash = strrchr(name, '/');
    const char *last = slash ? slash + 1 : name;

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t length = strlen(folders[i]);
        if (strncasecmp(last, folders[i], length) == 0 && (last[length] == '\0' || last[length] == '_'))
            return true;
    }
    return false;
}

/** Ids mean the same in all folders of one network, and in tables beside them. */
static void settle(kith_reading *reading)
{
    while (reading->home->parent && is_part_of_network(reading->home->name))
        reading->home = reading->home->parent;
    reading->plain_ids = true;
}

/* People. */

bool kith_ldbc_people_fits(const kith_csv_row *row, char delimiter)
{
    return delimiter == '|' && count_named(row, "id") && count_named(row, "firstName") &&
           count_named(row, "lastName") &&
           (count_named(row, "browserUsed") || count_named(row, "locationIP"));
}

kith_code kith_ldbc_people_header(kith_header *header, const kith_csv_row *row, kith_err *err)
{
    static const meaning meanings[] = {{"id", KITH_COLUMN_ID},
                                       {"firstName", KITH_COLUMN_GIVEN},
                                       {"lastName", KITH_COLUMN_FAMILY},
                                       {"email", KITH_COLUMN_EMAIL},
                                       {"emails", KITH_COLUMN_EMAIL},
                                       {"place", KITH_COLUMN_LOCATION},
                                       {"locationCityId", KITH_COLUMN_LOCATION},
                                       {NULL, KITH_COLUMN_NONE}};

    return find_columns(header, row, meanings, err);
}

/** Hands on what the card says of the person `id`. */
static kith_code mention(kith_reading *reading, const char *id, uint64_t line, kith_err *err)
{
    kith_mention person = {.line = line, .id = id};
    uint32_t handle;
    kith_code rc = kith_reading_space(reading, &person.space, err);

    kith_reading_used(reading);
    return rc == KITH_OK ? kith_reading_mention(reading, person, &handle, err) : rc;
}

static kith_code take_person(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    const char *id = kith_record_get(record, KITH_COLUMN_ID);
    const char *place;

    (void)ctx;
    if (!*id)
        return kith_reading_reject(reading, record, err, "no id");
    kith_code rc = kith_lookup_get(&reading->home->lookup, places,
                                   kith_record_get(record, KITH_COLUMN_LOCATION), &place, err);
    if (rc != KITH_OK)
        return rc;
    kith_card_clear(&reading->card);
    kith_card_add_name(&reading->card, NULL, kith_record_get(record, KITH_COLUMN_GIVEN), NULL,
                       kith_record_get(record, KITH_COLUMN_FAMILY));
    kith_card_add_email(&reading->card, kith_record_get(record, KITH_COLUMN_EMAIL));
    kith_card_add(&reading->card, KITH_FIELD_LOCATION, place ? place : "");
    return mention(reading, id, record->line, err);
}

kith_code kith_ldbc_people_read(kith_reading *reading, kith_err *err)
{
    settle(reading);
    return kith_reading_table(reading, take_person, NULL, err);
}

/* Who knows whom. */

static bool is_person(const char *field)
{
    return is_named(field, "PersonId") || is_named(field, "Person1Id") || is_named(field, "Person2Id");
}

static size_t count_people(const kith_csv_row *row)
{
    size_t count = 0;

    for (size_t i = 0; i < row->n; i++)
        count += is_person(row->fields[i]);
    return count;
}

bool kith_ldbc_knows_fits(const kith_csv_row *row, char delimiter)
{
    return delimiter == '|' && count_people(row) == 2;
}

/** By position: both columns may have one name. */
kith_code kith_ldbc_knows_header(kith_header *header, const kith_csv_row *row, kith_err *err)
{
    kith_column end = KITH_COLUMN_SOURCE;
    kith_code rc = KITH_OK;

    for (size_t i = 0; i < row->n && rc == KITH_OK; i++) {
        if (is_person(row->fields[i])) {
            rc = add_column(header, i, end, err);
            end = KITH_COLUMN_TARGET;
        } else if (is_named(row->fields[i], "creationDate")) {
            rc = add_column(header, i, KITH_COLUMN_DATE, err);
        }
    }
    return rc;
}

kith_code kith_ldbc_knows_read(kith_reading *reading, kith_err *err)
{
    settle(reading);
    return kith_ties_read(reading, err);
}

/* What else is told of people: a row for each firm, university, place or email of theirs. */

bool kith_ldbc_facts_fits(const kith_csv_row *row, char delimiter)
{
    return delimiter == '|' && count_people(row) == 1 &&
           (count_named(row, "OrganisationId") || count_named(row, "CompanyId") ||
            count_named(row, "UniversityId") || count_named(row, "PlaceId") || count_named(row, "CityId") ||
            count_named(row, "email"));
}

kith_code kith_ldbc_facts_header(kith_header *header, const kith_csv_row *row, kith_err *err)
{
    /* Studying and working name organisations alike: the year tells which it is. */
    const kith_column organisation = count_named(row, "classYear") ? KITH_COLUMN_LABELS : KITH_COLUMN_COMPANY;
    const meaning meanings[] = {{"PersonId", KITH_COLUMN_ID},       {"OrganisationId", organisation},
                                {"CompanyId", KITH_COLUMN_COMPANY}, {"UniversityId", KITH_COLUMN_LABELS},
                                {"PlaceId", KITH_COLUMN_LOCATION},  {"CityId", KITH_COLUMN_LOCATION},
                                {"email", KITH_COLUMN_EMAIL},       {NULL, KITH_COLUMN_NONE}};

    return find_columns(header, row, meanings, err);
}

static kith_code take_fact(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    static const struct {
        kith_column column;
        kith_field field;
        const char *const *kind;
    } facts[] = {{KITH_COLUMN_COMPANY, KITH_FIELD_COMPANY, &organisations},
                 {KITH_COLUMN_LABELS, KITH_FIELD_LABEL, &organisations},
                 {KITH_COLUMN_LOCATION, KITH_FIELD_LOCATION, &places}};
    const char *id = kith_record_get(record, KITH_COLUMN_ID);
    kith_code rc = KITH_OK;

    (void)ctx;
    if (!*id)
        return kith_reading_reject(reading, record, err, "no id");
    kith_card_clear(&reading->card);
    kith_card_add_email(&reading->card, kith_record_get(record, KITH_COLUMN_EMAIL));
    for (size_t i = 0; i < sizeof facts / sizeof *facts && rc == KITH_OK; i++) {
        const char *what = kith_record_get(record, facts[i].column);
        const char *name = NULL;
        if (*what)
            rc = kith_lookup_get(&reading->home->lookup, *facts[i].kind, what, &name, err);
        if (name)
            kith_card_add(&reading->card, facts[i].field, name);
    }
    if (rc != KITH_OK)
        return rc;
    if (reading->card.status == KITH_OK && reading->card.n == 0)
        return kith_reading_reject(reading, record, err, "nothing that it names is in the folder");
    return mention(reading, id, record->line, err);
}

kith_code kith_ldbc_facts_read(kith_reading *reading, kith_err *err)
{
    settle(reading);
    return kith_reading_table(reading, take_fact, NULL, err);
}

/* Names of organisations and places, which the others refer to; and of tags, which nobody does. */

bool kith_ldbc_names_fits(const kith_csv_row *row, char delimiter)
{
    size_t n = row->n;

    while (n > 0 && !*row->fields[n - 1]) /* lines may end in a bar */
        n--;
    return delimiter == '|' && count_named(row, "id") && count_named(row, "name") &&
           count_named(row, "url") &&
           (n == 3 || count_named(row, "type") || count_named(row, "TypeTagClassId") ||
            count_named(row, "SubclassOfTagClassId"));
}

kith_code kith_ldbc_names_header(kith_header *header, const kith_csv_row *row, kith_err *err)
{
    static const meaning meanings[] = {{"id", KITH_COLUMN_ID},
                                       {"name", KITH_COLUMN_NAME},
                                       {"type", KITH_COLUMN_KIND},
                                       {NULL, KITH_COLUMN_NONE}};

    return find_columns(header, row, meanings, err);
}

static kith_code take_name(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    const char *type = kith_record_get(record, KITH_COLUMN_KIND);
    bool organisation = strcasecmp(type, "company") == 0 || strcasecmp(type, "university") == 0;

    (void)ctx;
    if (!*type) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    kith_reading_used(reading);
    return kith_lookup_put(&reading->home->lookup, organisation ? organisations : places,
                           kith_record_get(record, KITH_COLUMN_ID), kith_record_get(record, KITH_COLUMN_NAME),
                           err);
}

kith_code kith_ldbc_names_read(kith_reading *reading, kith_err *err)
{
    settle(reading);
    return kith_reading_table(reading, take_name, NULL, err);
}

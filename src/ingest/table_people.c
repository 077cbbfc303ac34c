/* A table with one person a row. */
#include <strings.h>

#include "ingest/aliases.h"
#include "ingest/decimal.h"
#include "ingest/format.h"

bool kith_people_fits(const kith_header *header)
{
    static const kith_column identities[] = {KITH_COLUMN_NAME, KITH_COLUMN_GIVEN, KITH_COLUMN_FAMILY,
                                             KITH_COLUMN_EMAIL, KITH_COLUMN_URL};
    bool tells_who = false;

    for (size_t i = 0; i < sizeof identities / sizeof *identities; i++)
        tells_who |= kith_header_has(header, identities[i]);
    return tells_who && header->n >= 2;
}

static bool is_no(const char *text)
{
    static const char *const words[] = {"", "no", "n", "false", "0", "-"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

/** Columns whose cells go on the card, and what may separate several values in one. */
static const struct {
    kith_column column;
    kith_field field;
    const char *separators;
} plain[] = {
    {KITH_COLUMN_URL, KITH_FIELD_URL, ""},
    {KITH_COLUMN_PHONE, KITH_FIELD_PHONE, ";|"},
    {KITH_COLUMN_COMPANY, KITH_FIELD_COMPANY, ""},
    {KITH_COLUMN_TITLE, KITH_FIELD_TITLE, ""},
    {KITH_COLUMN_INDUSTRY, KITH_FIELD_INDUSTRY, ""},
    {KITH_COLUMN_LOCATION, KITH_FIELD_LOCATION, ""},
    {KITH_COLUMN_SKILLS, KITH_FIELD_SKILL, ";|,"},
    {KITH_COLUMN_COHORT, KITH_FIELD_COHORT, ";|"},
    {KITH_COLUMN_ROLE, KITH_FIELD_ROLE, ";|,"},
    {KITH_COLUMN_CAPACITY, KITH_FIELD_CAPACITY, ""},
    {KITH_COLUMN_SKILLS_WANTED, KITH_FIELD_SKILL_WANTED, ";|,"},
    {KITH_COLUMN_GOALS, KITH_FIELD_GOAL, ""},
    {KITH_COLUMN_LABELS, KITH_FIELD_LABEL, ";|,"},
};

static void fill_card(kith_card *card, const kith_record *record)
{
    kith_card_clear(card);
    kith_card_add_name(
        card, kith_record_get(record, KITH_COLUMN_NAME), kith_record_get(record, KITH_COLUMN_GIVEN),
        kith_record_get(record, KITH_COLUMN_MIDDLE), kith_record_get(record, KITH_COLUMN_FAMILY));
    kith_card_add_email(card, kith_record_get(record, KITH_COLUMN_EMAIL)); /* the preferred one first */
    for (size_t i = 0; i < record->header->n; i++)
        if (record->header->columns[i].column == KITH_COLUMN_EMAIL)
            kith_card_add_email(card, record->cells[i]);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        kith_card_add_list(card, plain[i].field, kith_record_get(record, plain[i].column),
                           plain[i].separators);
    const char *is_mentor = kith_record_get(record, KITH_COLUMN_IS_MENTOR);
    if (*is_mentor)
        kith_card_add(card, KITH_FIELD_ROLE, is_no(is_mentor) ? "mentee" : "mentor");
}

static kith_code take_person(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    const char *id = kith_record_get(record, KITH_COLUMN_ID);
    const char *capacity = kith_record_get(record, KITH_COLUMN_CAPACITY);
    kith_mention person = {.line = record->line, .space = KITH_NO_SPACE};
    uint32_t number;
    kith_code rc = KITH_OK;

    (void)ctx;
    if (kith_record_is_empty_but(record, KITH_COLUMN_NONE)) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    fill_card(&reading->card, record);
    if (!*id && reading->card.status == KITH_OK && !kith_card_has_identity(&reading->card))
        return kith_reading_reject(reading, record, err, "no name");
    if (*capacity && !kith_whole_parse(capacity, &number))
        return kith_reading_reject(reading, record, err, "capacity is no whole number: \"%.100s\"", capacity);
    if (*id) {
        person.id = id;
        rc = kith_reading_space(reading, &person.space, err);
    }
    /* Whoever writes anything but a no is taken at their word. */
    person.do_not_introduce = !is_no(kith_record_get(record, KITH_COLUMN_DO_NOT_INTRODUCE));
    kith_reading_used(reading);
    return rc == KITH_OK ? kith_reading_mention(reading, person, &number, err) : rc;
}

kith_code kith_people_read(kith_reading *reading, kith_err *err)
{
    return kith_reading_table(reading, take_person, NULL, err);
}

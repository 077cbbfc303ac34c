#include "ingest/person_row.h"

#include <strings.h>

bool kith_person_row_fits(const kith_header *header, kith_part part)
{
    for (size_t i = 0; i < header->n; i++) {
        kith_column column = header->columns[i].column;
        if (header->columns[i].part == part &&
            (column == KITH_COLUMN_NAME || column == KITH_COLUMN_GIVEN || column == KITH_COLUMN_FAMILY ||
             column == KITH_COLUMN_EMAIL || column == KITH_COLUMN_URL))
            return true;
    }
    return false;
}

static bool is_one_of(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strcasecmp(text, *words) == 0)
            return true;
    return false;
}

bool kith_cell_is_no(const char *text)
{
    static const char *const words[] = {"", "no", "n", "false", "0", "-", "nein", "non", "nee", "não", NULL};

    return is_one_of(text, words);
}

bool kith_cell_is_flag(const char *text)
{
    static const char *const words[] = {"yes", "y",  "true", "x",   "no",   "n",   "false", "-",   "ja",
                                        "oui", "sí", "sì",   "sim", "nein", "non", "nee",   "não", NULL};

    return is_one_of(text, words);
}

/** Columns whose cells go on the card, and what may separate several values in one. */
static const struct {
    kith_column column;
    kith_field field;
    const char *separators; /**< where it is empty, only the preferred column counts */
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
    {KITH_COLUMN_BIRTH_DATE, KITH_FIELD_BIRTH_DATE, ""},
    {KITH_COLUMN_ADDRESS, KITH_FIELD_ADDRESS, ""},
    {KITH_COLUMN_POSTCODE, KITH_FIELD_POSTCODE, ""},
    {KITH_COLUMN_PERSONAL_NUMBER, KITH_FIELD_PERSONAL_NUMBER, ""},
};

/** Adds the cells of all columns that mean the same; the card takes each value once. */
static void add_others(kith_card *card, const kith_record *record, kith_part part, kith_column column,
                       kith_field field, const char *separators)
{
    for (size_t i = 0; i < record->header->n; i++) {
        const kith_header_column *here = &record->header->columns[i];
        if (here->column != column || here->part != part)
            continue;
        if (field == KITH_FIELD_EMAIL)
            kith_card_add_email(card, record->cells[i]);
        else
            kith_card_add_list(card, field, record->cells[i], separators);
    }
}

static void add_roles(kith_card *card, const kith_record *record, kith_part part)
{
    const char *is_mentor = kith_record_get_of(record, part, KITH_COLUMN_IS_MENTOR);

    if (*is_mentor)
        kith_card_add(card, KITH_FIELD_ROLE, kith_cell_is_no(is_mentor) ? "mentee" : "mentor");
    if (!kith_cell_is_no(kith_record_get_of(record, part, KITH_COLUMN_IS_BOTH))) {
        kith_card_add(card, KITH_FIELD_ROLE, "mentor");
        kith_card_add(card, KITH_FIELD_ROLE, "mentee");
    }
}

void kith_person_row_fill(kith_card *card, const kith_record *record, kith_part part)
{
    kith_card_clear(card);
    kith_card_add_name_parts(
        card, &(kith_name_parts){.whole = kith_record_get_of(record, part, KITH_COLUMN_NAME),
                                 .given = kith_record_get_of(record, part, KITH_COLUMN_GIVEN),
                                 .middle = kith_record_get_of(record, part, KITH_COLUMN_MIDDLE),
                                 .family = kith_record_get_of(record, part, KITH_COLUMN_FAMILY),
                                 .suffix = kith_record_get_of(record, part, KITH_COLUMN_SUFFIX)});
    kith_card_add_email(card, kith_record_get_of(record, part, KITH_COLUMN_EMAIL));
    add_others(card, record, part, KITH_COLUMN_EMAIL, KITH_FIELD_EMAIL, "");
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        kith_card_add_list(card, plain[i].field, kith_record_get_of(record, part, plain[i].column),
                           plain[i].separators);
        if (*plain[i].separators)
            add_others(card, record, part, plain[i].column, plain[i].field, plain[i].separators);
    }
    add_roles(card, record, part);
}

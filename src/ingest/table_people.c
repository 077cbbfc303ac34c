/* A table with one person a row, and maybe who mentors them. */
#include "ingest/aliases.h"
#include "ingest/decimal.h"
#include "ingest/format.h"
#include "ingest/pair_row.h"
#include "ingest/person_row.h"

/** Whose columns describe the person of a row: in a sheet of mentors they may all begin with "Mentor". */
static kith_part own_part(const kith_header *header)
{
    if (kith_person_row_fits(header, KITH_PART_ROW))
        return KITH_PART_ROW;
    return kith_person_row_fits(header, KITH_PART_MENTOR) ? KITH_PART_MENTOR : KITH_PART_MENTEE;
}

bool kith_people_fits(const kith_header *header)
{
    return kith_person_row_fits(header, own_part(header)) && header->n >= 2;
}

/** Makes the mention of the row's person, whom the card describes. */
static kith_code mention_person(kith_reading *reading, const kith_record *record, kith_part part,
                                uint32_t *mention, kith_err *err)
{
    const char *id = kith_record_get_of(record, part, KITH_COLUMN_ID);
    kith_mention person = {.line = record->line, .space = KITH_NO_SPACE};
    kith_code rc = KITH_OK;

    if (*id) {
        person.id = id;
        rc = kith_reading_space(reading, &person.space, err);
    }
    /* Whoever writes anything but a no is taken at their word. */
    person.do_not_introduce =
        !kith_cell_is_no(kith_record_get_of(record, part, KITH_COLUMN_DO_NOT_INTRODUCE));
    return rc == KITH_OK ? kith_reading_mention(reading, person, mention, err) : rc;
}

/** A column "Mentor" or "Mentee" of a people sheet either says what the person is, or names the other one. */
static bool is_flag(const kith_record *record, kith_column column)
{
    return kith_cell_is_flag(kith_record_get(record, column));
}

static void add_flagged_roles(kith_card *card, const kith_record *record)
{
    if (is_flag(record, KITH_COLUMN_MENTOR) && !kith_cell_is_no(kith_record_get(record, KITH_COLUMN_MENTOR)))
        kith_card_add(card, KITH_FIELD_ROLE, "mentor");
    if (is_flag(record, KITH_COLUMN_MENTEE) && !kith_cell_is_no(kith_record_get(record, KITH_COLUMN_MENTEE)))
        kith_card_add(card, KITH_FIELD_ROLE, "mentee");
}

/** Pairs the row's person with whom the other columns name as their mentor or mentee. */
static kith_code pair_person(kith_reading *reading, kith_endpoints *others, const kith_record *record,
                             uint32_t person, kith_part part, kith_err *err)
{
    kith_pairing pairing = {.source = reading->source,
                            .line = record->line,
                            .start = KITH_NO_DATE,
                            .end = KITH_NO_DATE,
                            .last_meeting = KITH_NO_DATE,
                            .requested = KITH_NO_DATE,
                            .programme = "",
                            .cohort = "",
                            .meetings = UINT32_MAX};
    uint32_t other = UINT32_MAX;
    kith_column column = part == KITH_PART_MENTOR ? KITH_COLUMN_MENTOR : KITH_COLUMN_MENTEE;

    if (!kith_pair_row_has(record->header, part) || is_flag(record, column))
        return KITH_OK;
    kith_code rc = kith_pair_row_person(others, reading, record, part, &other, err);
    if (rc != KITH_OK || other == UINT32_MAX || other == person)
        return rc;
    pairing.mentor = part == KITH_PART_MENTOR ? other : person;
    pairing.mentee = part == KITH_PART_MENTOR ? person : other;
    return reading->sink->pairing(reading->sink->ctx, &pairing, err);
}

static kith_code take_person(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    const kith_part part = own_part(record->header);
    const char *id = kith_record_get_of(record, part, KITH_COLUMN_ID);
    const char *capacity = kith_record_get_of(record, part, KITH_COLUMN_CAPACITY);
    uint32_t number;

    if (kith_record_is_empty_but(record, KITH_COLUMN_NONE)) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    kith_person_row_fill(&reading->card, record, part);
    add_flagged_roles(&reading->card, record);
    if (part != KITH_PART_ROW)
        kith_card_add(&reading->card, KITH_FIELD_ROLE, part == KITH_PART_MENTOR ? "mentor" : "mentee");
    if (!*id && reading->card.status == KITH_OK && !kith_card_has_identity(&reading->card))
        return kith_reading_reject(reading, record, err, "no name");
    if (*capacity && !kith_whole_parse(capacity, &number))
        return kith_reading_reject(reading, record, err, "capacity is no whole number: \"%.100s\"", capacity);
    kith_reading_used(reading);
    kith_code rc = mention_person(reading, record, part, &number, err);
    if (rc == KITH_OK && part == KITH_PART_ROW)
        rc = pair_person(reading, ctx, record, number, KITH_PART_MENTOR, err);
    if (rc == KITH_OK && part == KITH_PART_ROW)
        rc = pair_person(reading, ctx, record, number, KITH_PART_MENTEE, err);
    return rc;
}

kith_code kith_people_read(kith_reading *reading, kith_err *err)
{
    kith_endpoints others = {0};
    kith_code rc = kith_reading_table(reading, take_person, &others, err);

    kith_endpoints_free(&others);
    return rc;
}

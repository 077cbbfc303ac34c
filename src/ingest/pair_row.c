#include "ingest/pair_row.h"

#include <strings.h>

#include "ingest/person_row.h"

/** The column of the row that names somebody in one cell. */
static kith_column cell_of(kith_part part)
{
    return part == KITH_PART_MENTOR ? KITH_COLUMN_MENTOR : KITH_COLUMN_MENTEE;
}

static bool has_id(const kith_header *header, kith_part part)
{
    for (size_t i = 0; i < header->n; i++)
        if (header->columns[i].part == part && header->columns[i].column == KITH_COLUMN_ID)
            return true;
    return false;
}

bool kith_pair_row_has(const kith_header *header, kith_part part)
{
    return kith_header_has(header, cell_of(part)) || has_id(header, part) ||
           kith_person_row_fits(header, part);
}

bool kith_pair_row_fits(const kith_header *header)
{
    return kith_pair_row_has(header, KITH_PART_MENTOR) && kith_pair_row_has(header, KITH_PART_MENTEE) &&
           !kith_person_row_fits(header, KITH_PART_ROW);
}

/** Puts what a cell says of somebody on the card. @return the id that it is otherwise, or "". */
static const char *take_cell(kith_card *card, const char *cell, const char *id)
{
    if (kith_looks_like_profile(cell))
        kith_card_add(card, KITH_FIELD_URL, cell);
    else if (kith_looks_like_email(cell))
        kith_card_add_email(card, cell);
    else if (*id || kith_card_has(card, KITH_FIELD_EMAIL) || kith_card_has(card, KITH_FIELD_URL))
        kith_card_add_name(card, kith_card_has(card, KITH_FIELD_NAME) ? NULL : cell, NULL, NULL, NULL);
    else
        return cell;
    return "";
}

kith_code kith_pair_row_person(kith_endpoints *people, kith_reading *reading, const kith_record *record,
                               kith_part part, uint32_t *mention, kith_err *err)
{
    kith_card *card = &reading->card;
    const char *cell = kith_record_get(record, cell_of(part));
    const char *id = kith_record_get_of(record, part, KITH_COLUMN_ID);

    *mention = UINT32_MAX;
    kith_person_row_fill(card, record, part);
    if (part == KITH_PART_MENTEE) { /* what the two work on is what the mentee wants */
        kith_card_add_list(card, KITH_FIELD_SKILL_WANTED, kith_record_get(record, KITH_COLUMN_SKILLS_WANTED),
                           ";|,");
        kith_card_add(card, KITH_FIELD_GOAL, kith_record_get(record, KITH_COLUMN_GOALS));
    }
    if (card->status == KITH_OK && card->n == 0) {
        const char *name = *cell ? cell : id;
        return *name ? kith_endpoint_of_cell(people, reading, name, record->line, mention, err) : KITH_OK;
    }
    if (*cell) {
        const char *other_id = reading->own_export ? cell : take_cell(card, cell, id);
        id = *id ? id : other_id;
    }
    if (!*id && card->status == KITH_OK && !kith_card_has_identity(card))
        return KITH_OK;
    return kith_endpoint_of_card(people, reading, id, record->line, mention, err);
}

/** What names the person at one side, for telling the two apart. */
static const char *name_of(const kith_record *record, kith_part part)
{
    static const kith_column keys[] = {KITH_COLUMN_ID, KITH_COLUMN_EMAIL, KITH_COLUMN_URL, KITH_COLUMN_NAME};
    const char *name = kith_record_get(record, cell_of(part));

    for (size_t i = 0; i < sizeof keys / sizeof *keys && !*name; i++)
        name = kith_record_get_of(record, part, keys[i]);
    return name;
}

kith_code kith_pair_row_read(kith_endpoints *people, kith_reading *reading, const kith_record *record,
                             uint32_t *mentor, uint32_t *mentee, bool *ok, kith_err *err)
{
    *mentor = UINT32_MAX;
    *ok = false;
    kith_code rc = kith_pair_row_person(people, reading, record, KITH_PART_MENTEE, mentee, err);
    if (rc == KITH_OK && *mentee != UINT32_MAX)
        rc = kith_pair_row_person(people, reading, record, KITH_PART_MENTOR, mentor, err);
    if (rc != KITH_OK)
        return rc;
    if (*mentee == UINT32_MAX)
        return kith_reading_reject(reading, record, err, "no mentee");
    if (*mentor == UINT32_MAX)
        return kith_reading_reject(reading, record, err, "no mentor");
    if (*mentor == *mentee ||
        strcasecmp(name_of(record, KITH_PART_MENTOR), name_of(record, KITH_PART_MENTEE)) == 0)
        return kith_reading_reject(reading, record, err, "mentor and mentee are the same");
    *ok = true;
    return KITH_OK;
}

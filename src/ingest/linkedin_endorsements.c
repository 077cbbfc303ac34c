/* Endorsement_Received_Info.csv and Endorsement_Given_Info.csv of a LinkedIn export: who vouched for a skill
 * of whom. */
#include <strings.h>

#include "ingest/format.h"
#include "ingest/members.h"

/* Those who endorsed the owner are FROM, those whom the owner endorsed are TO. */
static const kith_column_alias aliases[] = {
    {"endorsementdate", KITH_COLUMN_DATE},       {"skillname", KITH_COLUMN_SKILLS},
    {"endorserfirstname", KITH_COLUMN_GIVEN},    {"endorserlastname", KITH_COLUMN_FAMILY},
    {"endorseefirstname", KITH_COLUMN_GIVEN},    {"endorseelastname", KITH_COLUMN_FAMILY},
    {"endorserpublicurl", KITH_COLUMN_FROM_URL}, {"endorseepublicurl", KITH_COLUMN_TO_URL},
    {"endorsementstatus", KITH_COLUMN_STATUS},
};

const kith_aliases kith_endorsements_aliases = {.all = aliases, .n = sizeof aliases / sizeof *aliases};

bool kith_endorsements_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_DATE) && kith_header_has(header, KITH_COLUMN_SKILLS) &&
           (kith_header_has(header, KITH_COLUMN_FROM_URL) || kith_header_has(header, KITH_COLUMN_TO_URL) ||
            kith_header_has(header, KITH_COLUMN_GIVEN));
}

/** Whom a row tells of beside the owner. */
static kith_member_cells cells_of(const kith_record *record)
{
    const char *from = kith_record_get(record, KITH_COLUMN_FROM_URL);

    return (kith_member_cells){.url = *from ? from : kith_record_get(record, KITH_COLUMN_TO_URL),
                               .given_name = kith_record_get(record, KITH_COLUMN_GIVEN),
                               .family_name = kith_record_get(record, KITH_COLUMN_FAMILY),
                               .line = record->line};
}

/** Hands on the relation; its open end is by address, else by name. */
static kith_code relate(kith_members *members, kith_reading *reading, const kith_member_cells *cells,
                        kith_relation relation, kith_err *err)
{
    uint32_t *end = relation.a == KITH_HELD_BY_NOBODY ? &relation.a : &relation.b;

    if (!kith_is_profile(cells->url))
        return kith_reading_say(reading, relation, false, err);
    kith_code rc = kith_member_mention(members, reading, cells, end, err);
    return rc == KITH_OK ? kith_reading_relation(reading, relation, err) : rc;
}

static kith_code take_endorsement(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    bool received = kith_header_has(record->header, KITH_COLUMN_FROM_URL);
    kith_member_cells cells = cells_of(record);
    kith_day endorsed_on;
    bool ok;

    if (strcasecmp(kith_record_get(record, KITH_COLUMN_STATUS), "accepted") != 0) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    kith_code rc =
        kith_reading_date(reading, record, KITH_COLUMN_DATE, KITH_DATE_YMD, &endorsed_on, &ok, err);
    if (rc != KITH_OK || !ok)
        return rc;
    kith_card_clear(&reading->card);
    kith_card_add_name(&reading->card, NULL, cells.given_name, NULL, cells.family_name);
    if (reading->card.status == KITH_OK && reading->card.n == 0 && !kith_is_profile(cells.url))
        return kith_reading_reject(reading, record, err, "no name");
    kith_relation relation =
        kith_plain_relation(KITH_EVIDENCE_ENDORSEMENT, received ? KITH_HELD_BY_NOBODY : reading->owner,
                            received ? reading->owner : KITH_HELD_BY_NOBODY, record->line);
    relation.date = endorsed_on;
    kith_reading_used(reading);
    return relate(ctx, reading, &cells, relation, err);
}

kith_code kith_endorsements_read(kith_reading *reading, kith_err *err)
{
    kith_members members = {0};
    kith_code rc = kith_reading_table(reading, take_endorsement, &members, err);

    kith_members_free(&members);
    return rc;
}

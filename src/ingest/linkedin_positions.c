/* Positions.csv of a LinkedIn export: where its owner worked, and when. */
#include "ingest/format.h"

static const kith_column_alias aliases[] = {
    {"companyname", KITH_COLUMN_COMPANY}, {"title", KITH_COLUMN_TITLE},
    {"description", KITH_COLUMN_PRIVATE}, {"startedon", KITH_COLUMN_START},
    {"finishedon", KITH_COLUMN_END},
};

const kith_aliases kith_positions_aliases = {.all = aliases, .n = sizeof aliases / sizeof *aliases};

bool kith_positions_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_COMPANY) && kith_header_has(header, KITH_COLUMN_TITLE) &&
           kith_header_has(header, KITH_COLUMN_START);
}

/** What the owner does now is known of them like what they say in Profile.csv. */
static kith_code look_at_position(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    (void)ctx;
    (void)err;
    if (!*kith_record_get(record, KITH_COLUMN_END)) {
        kith_card_add(reading->about_owner, KITH_FIELD_COMPANY, kith_record_get(record, KITH_COLUMN_COMPANY));
        kith_card_add(reading->about_owner, KITH_FIELD_TITLE, kith_record_get(record, KITH_COLUMN_TITLE));
    }
    return KITH_OK;
}

kith_code kith_positions_look(kith_reading *reading, kith_err *err)
{
    return kith_reading_table(reading, look_at_position, NULL, err);
}

static kith_code take_position(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    (void)ctx;
    return kith_reading_take_tenure(reading, record,
                                    (kith_tenure){.kind = KITH_TENURE_WORK,
                                                  .place = kith_record_get(record, KITH_COLUMN_COMPANY),
                                                  .title = kith_record_get(record, KITH_COLUMN_TITLE)},
                                    err);
}

kith_code kith_positions_read(kith_reading *reading, kith_err *err)
{
    return kith_reading_table(reading, take_position, NULL, err);
}

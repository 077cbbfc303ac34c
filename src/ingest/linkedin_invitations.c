/* Invitations.csv of a LinkedIn export: whom its owner asked to connect, and who asked them. That somebody
 * asked is no tie, Connections.csv says who agreed; but each row names the owner. */
#include <strings.h>

#include "ingest/format.h"

static const kith_column_alias aliases[] = {
    {"from", KITH_COLUMN_FROM},
    {"to", KITH_COLUMN_TO},
    {"sentat", KITH_COLUMN_DATE},
    {"message", KITH_COLUMN_PRIVATE},
    {"direction", KITH_COLUMN_DIRECTION},
    {"inviterprofileurl", KITH_COLUMN_FROM_URL},
    {"inviteeprofileurl", KITH_COLUMN_TO_URL},
};

const kith_aliases kith_invitations_aliases = {.all = aliases, .n = sizeof aliases / sizeof *aliases};

bool kith_invitations_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_FROM) && kith_header_has(header, KITH_COLUMN_TO) &&
           kith_header_has(header, KITH_COLUMN_DIRECTION) && kith_header_has(header, KITH_COLUMN_DATE);
}

static kith_code take_invitation(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    kith_bundle *bundle = reading->entry->bundle;
    const char *direction = kith_record_get(record, KITH_COLUMN_DIRECTION);
    bool by_owner = strcasecmp(direction, "outgoing") == 0;
    kith_day sent_at;
    bool ok;

    (void)ctx;
    if (kith_record_is_empty_but(record, KITH_COLUMN_NONE)) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    if (!by_owner && strcasecmp(direction, "incoming") != 0)
        return kith_reading_reject(reading, record, err, "direction is neither INCOMING nor OUTGOING");
    kith_code rc = kith_reading_date(reading, record, KITH_COLUMN_DATE, KITH_DATE_MDY, &sent_at, &ok, err);
    if (rc != KITH_OK || !ok)
        return rc;
    kith_reading_used(reading);
    if (bundle->owner_source == UINT32_MAX) {
        bundle->owner_source = reading->source;
        bundle->owner_line = record->line;
    }
    return kith_bundle_meet_owner(
        &bundle->inviter, kith_record_get(record, by_owner ? KITH_COLUMN_FROM : KITH_COLUMN_TO),
        kith_record_get(record, by_owner ? KITH_COLUMN_FROM_URL : KITH_COLUMN_TO_URL), err);
}

kith_code kith_invitations_read(kith_reading *reading, kith_err *err)
{
    return kith_reading_table(reading, take_invitation, NULL, err);
}

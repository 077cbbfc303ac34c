/* Profile.csv and Email Addresses.csv of a LinkedIn export: who its owner is. They make no tie; what
 * they tell is kept with the folder or archive they lie in. */
#include <strings.h>

#include "ingest/format.h"

static const kith_column_alias profile[] = {
    {"firstname", KITH_COLUMN_GIVEN},      {"lastname", KITH_COLUMN_FAMILY},
    {"headline", KITH_COLUMN_HEADLINE},    {"industry", KITH_COLUMN_INDUSTRY},
    {"geolocation", KITH_COLUMN_LOCATION},
};

static const kith_column_alias email_addresses[] = {
    {"emailaddress", KITH_COLUMN_EMAIL},
    {"confirmed", KITH_COLUMN_CONFIRMED},
    {"primary", KITH_COLUMN_PRIMARY},
};

const kith_aliases kith_profile_aliases = {.all = profile, .n = sizeof profile / sizeof *profile};
const kith_aliases kith_email_addresses_aliases = {.all = email_addresses,
                                                   .n = sizeof email_addresses / sizeof *email_addresses};

bool kith_profile_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_GIVEN) && kith_header_has(header, KITH_COLUMN_HEADLINE) &&
           kith_header_has(header, KITH_COLUMN_INDUSTRY);
}

bool kith_email_addresses_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_EMAIL) && kith_header_has(header, KITH_COLUMN_CONFIRMED) &&
           kith_header_has(header, KITH_COLUMN_PRIMARY);
}

/** Says that the owner is told of in this row. */
static void found_owner(kith_reading *reading, const kith_record *record)
{
    kith_bundle *bundle = reading->entry->bundle;

    bundle->owner_source = reading->source;
    bundle->owner_line = record->line;
    kith_reading_used(reading);
}

static kith_code take_profile(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    kith_card *card = &reading->entry->bundle->profile;

    (void)ctx;
    if (card->n > 0 || kith_record_is_empty_but(record, KITH_COLUMN_NONE)) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    kith_card_add_name(card, NULL, kith_record_get(record, KITH_COLUMN_GIVEN), NULL,
                       kith_record_get(record, KITH_COLUMN_FAMILY));
    if (card->status == KITH_OK && card->n == 0)
        return kith_reading_reject(reading, record, err, "no name");
    kith_card_add(card, KITH_FIELD_INDUSTRY, kith_record_get(record, KITH_COLUMN_INDUSTRY));
    kith_card_add(card, KITH_FIELD_LOCATION, kith_record_get(record, KITH_COLUMN_LOCATION));
    found_owner(reading, record);
    return KITH_OK;
}

kith_code kith_profile_read(kith_reading *reading, kith_err *err)
{
    return kith_reading_table(reading, take_profile, NULL, err);
}

static kith_code take_email(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    kith_bundle *bundle = reading->entry->bundle;
    bool primary = strcasecmp(kith_record_get(record, KITH_COLUMN_PRIMARY), "yes") == 0;

    (void)ctx;
    /* An address that nobody confirmed may be somebody else's. */
    if (strcasecmp(kith_record_get(record, KITH_COLUMN_CONFIRMED), "no") == 0 ||
        kith_record_is_empty_but(record, KITH_COLUMN_NONE)) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    kith_card_clear(&reading->card);
    kith_card_add_email(&reading->card, kith_record_get(record, KITH_COLUMN_EMAIL));
    if (reading->card.status == KITH_OK && reading->card.n == 0)
        return kith_reading_reject(reading, record, err, "no email");
    kith_card_add_card(primary ? &bundle->primary_emails : &bundle->other_emails, &reading->card);
    if (bundle->profile.n == 0)
        found_owner(reading, record);
    else
        kith_reading_used(reading);
    return KITH_OK;
}

kith_code kith_email_addresses_read(kith_reading *reading, kith_err *err)
{
    return kith_reading_table(reading, take_email, NULL, err);
}

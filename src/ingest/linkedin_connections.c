/* Connections.csv of a LinkedIn export: whom its owner is connected with, and since when. */
#include "ingest/format.h"

/* In English, German, French, Spanish and Italian. */
static const kith_column_alias aliases[] = {
    {"firstname", KITH_COLUMN_GIVEN},
    {"vorname", KITH_COLUMN_GIVEN},
    {"prenom", KITH_COLUMN_GIVEN},
    {"nombre", KITH_COLUMN_GIVEN},
    {"nome", KITH_COLUMN_GIVEN},
    {"lastname", KITH_COLUMN_FAMILY},
    {"nachname", KITH_COLUMN_FAMILY},
    {"nom", KITH_COLUMN_FAMILY},
    {"apellidos", KITH_COLUMN_FAMILY},
    {"cognome", KITH_COLUMN_FAMILY},
    {"url", KITH_COLUMN_URL},
    {"emailaddress", KITH_COLUMN_EMAIL},
    {"emailadresse", KITH_COLUMN_EMAIL},
    {"adresseemail", KITH_COLUMN_EMAIL},
    {"direcciondecorreoelectronico", KITH_COLUMN_EMAIL},
    {"direcciondecorreo", KITH_COLUMN_EMAIL},
    {"indirizzoemail", KITH_COLUMN_EMAIL},
    {"company", KITH_COLUMN_COMPANY},
    {"unternehmen", KITH_COLUMN_COMPANY},
    {"entreprise", KITH_COLUMN_COMPANY},
    {"empresa", KITH_COLUMN_COMPANY},
    {"azienda", KITH_COLUMN_COMPANY},
    {"position", KITH_COLUMN_TITLE},
    {"poste", KITH_COLUMN_TITLE},
    {"cargo", KITH_COLUMN_TITLE},
    {"posizione", KITH_COLUMN_TITLE},
    {"connectedon", KITH_COLUMN_CONNECTED_ON},
    {"verbundenam", KITH_COLUMN_CONNECTED_ON},
    {"datedeconnexion", KITH_COLUMN_CONNECTED_ON},
    {"conectadoel", KITH_COLUMN_CONNECTED_ON},
    {"datadicollegamento", KITH_COLUMN_CONNECTED_ON},
};

const kith_aliases kith_connections_aliases = {.all = aliases, .n = sizeof aliases / sizeof *aliases};

bool kith_connections_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_GIVEN) && kith_header_has(header, KITH_COLUMN_CONNECTED_ON);
}

/** Whether a contact lacks an address, as in old exports, that other files may tell. */
static bool may_be_found(const kith_reading *reading, const kith_card *card)
{
    return reading->entry->bundle->named.has_members && reading->opts->merge == KITH_MERGE_BALANCED &&
           !kith_card_has(card, KITH_FIELD_URL);
}

static kith_code take_contact(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    kith_card *card = &reading->card;
    kith_day connected_on;
    bool ok;

    (void)ctx;
    if (kith_record_is_empty_but(record, KITH_COLUMN_CONNECTED_ON)) { /* a hidden member */
        kith_reading_skip(reading);
        return KITH_OK;
    }
    kith_card_clear(card);
    kith_card_add_name(card, NULL, kith_record_get(record, KITH_COLUMN_GIVEN), NULL,
                       kith_record_get(record, KITH_COLUMN_FAMILY));
    kith_card_add_email(card, kith_record_get(record, KITH_COLUMN_EMAIL));
    kith_card_add(card, KITH_FIELD_URL, kith_record_get(record, KITH_COLUMN_URL));
    kith_card_add(card, KITH_FIELD_COMPANY, kith_record_get(record, KITH_COLUMN_COMPANY));
    kith_card_add(card, KITH_FIELD_TITLE, kith_record_get(record, KITH_COLUMN_TITLE));
    kith_code rc =
        kith_reading_date(reading, record, KITH_COLUMN_CONNECTED_ON, KITH_DATE_MDY, &connected_on, &ok, err);
    if (rc != KITH_OK || !ok)
        return rc;
    if (card->status == KITH_OK && !kith_card_has_identity(card))
        return kith_reading_reject(reading, record, err, "no name");

    kith_relation listed =
        kith_plain_relation(KITH_EVIDENCE_LISTED, reading->owner, KITH_HELD_BY_NOBODY, record->line);
    listed.date = connected_on;
    kith_reading_used(reading);
    if (may_be_found(reading, card))
        return kith_reading_list(reading, listed, err);
    if ((rc = kith_reading_mention(reading, (kith_mention){.line = record->line, .space = KITH_NO_SPACE},
                                   &listed.b, err)) != KITH_OK ||
        (rc = kith_reading_contact(reading, listed.b, err)) != KITH_OK)
        return rc;
    return kith_reading_relation(reading, listed, err);
}

kith_code kith_connections_read(kith_reading *reading, kith_err *err)
{
    return kith_reading_table(reading, take_contact, NULL, err);
}

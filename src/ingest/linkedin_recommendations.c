/* Recommendations_Received.csv and Recommendations_Given.csv of a LinkedIn export: who wrote one for whom.
 * Only the name of the file says which of the two it is, and only their names who the others are. */
#include <string.h>
#include <strings.h>

#include "ingest/format.h"

static const kith_column_alias aliases[] = {
    {"firstname", KITH_COLUMN_GIVEN}, {"lastname", KITH_COLUMN_FAMILY}, {"company", KITH_COLUMN_COMPANY},
    {"jobtitle", KITH_COLUMN_TITLE},  {"text", KITH_COLUMN_PRIVATE},    {"creationdate", KITH_COLUMN_DATE},
    {"status", KITH_COLUMN_STATUS},
};

const kith_aliases kith_recommendations_aliases = {.all = aliases, .n = sizeof aliases / sizeof *aliases};

bool kith_recommendations_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_GIVEN) && kith_header_has(header, KITH_COLUMN_PRIVATE) &&
           kith_header_has(header, KITH_COLUMN_STATUS);
}

/** Whether it was written and taken: also where its subject does not show it. */
static bool was_written(const char *status)
{
    return !*status || strcasecmp(status, "visible") == 0 || strcasecmp(status, "hidden") == 0;
}

static kith_code take_recommendation(kith_reading *reading, void *ctx, const kith_record *record,
                                     kith_err *err)
{
    const bool *by_owner = ctx;
    kith_card *card = &reading->card;
    kith_day written_on;
    bool ok;

    if (kith_record_is_empty_but(record, KITH_COLUMN_NONE) ||
        !was_written(kith_record_get(record, KITH_COLUMN_STATUS))) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    kith_card_clear(card);
    kith_card_add_name(card, NULL, kith_record_get(record, KITH_COLUMN_GIVEN), NULL,
                       kith_record_get(record, KITH_COLUMN_FAMILY));
    if (card->status == KITH_OK && card->n == 0)
        return kith_reading_reject(reading, record, err, "no name");
    kith_card_add(card, KITH_FIELD_COMPANY, kith_record_get(record, KITH_COLUMN_COMPANY));
    kith_card_add(card, KITH_FIELD_TITLE, kith_record_get(record, KITH_COLUMN_TITLE));
    kith_code rc = kith_reading_date(reading, record, KITH_COLUMN_DATE, KITH_DATE_MDY, &written_on, &ok, err);
    if (rc != KITH_OK || !ok)
        return rc;
    kith_relation relation =
        kith_plain_relation(KITH_EVIDENCE_RECOMMENDATION, *by_owner ? reading->owner : KITH_HELD_BY_NOBODY,
                            *by_owner ? KITH_HELD_BY_NOBODY : reading->owner, record->line);
    relation.date = written_on;
    kith_reading_used(reading);
    return kith_reading_say(reading, relation, false, err);
}

kith_code kith_recommendations_read(kith_reading *reading, kith_err *err)
{
    bool by_owner = false;
    kith_code rc = kith_reading_is_called(reading, "given", &by_owner, err);

    return rc == KITH_OK ? kith_reading_table(reading, take_recommendation, &by_owner, err) : rc;
}

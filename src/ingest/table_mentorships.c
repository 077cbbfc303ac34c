/* A table with one mentorship a row. */
#include <string.h>

#include "ingest/aliases.h"
#include "ingest/decimal.h"
#include "ingest/format.h"
#include "ingest/pair_row.h"

bool kith_mentorships_fits(const kith_header *header)
{
    return kith_pair_row_fits(header);
}

/** Words for how far it got, squeezed. NEVER: it came to nothing, the row does not count. */
#define NEVER (-1)
static const struct {
    const char *word;
    int status;
} statuses[] = {
    {"pending", KITH_MENTORSHIP_PENDING},
    {"requested", KITH_MENTORSHIP_PENDING},
    {"proposed", KITH_MENTORSHIP_PENDING},
    {"planned", KITH_MENTORSHIP_PENDING},
    {"1", KITH_MENTORSHIP_PENDING},
    {"active", KITH_MENTORSHIP_ACTIVE},
    {"accepted", KITH_MENTORSHIP_ACTIVE},
    {"ongoing", KITH_MENTORSHIP_ACTIVE},
    {"inprogress", KITH_MENTORSHIP_ACTIVE},
    {"running", KITH_MENTORSHIP_ACTIVE},
    {"2", KITH_MENTORSHIP_ACTIVE},
    {"completed", KITH_MENTORSHIP_COMPLETED},
    {"complete", KITH_MENTORSHIP_COMPLETED},
    {"finished", KITH_MENTORSHIP_COMPLETED},
    {"done", KITH_MENTORSHIP_COMPLETED},
    {"closed", KITH_MENTORSHIP_COMPLETED},
    {"graduated", KITH_MENTORSHIP_COMPLETED},
    {"5", KITH_MENTORSHIP_COMPLETED},
    {"endedearly", KITH_MENTORSHIP_ENDED},
    {"ended", KITH_MENTORSHIP_ENDED},
    {"stopped", KITH_MENTORSHIP_ENDED},
    {"terminated", KITH_MENTORSHIP_ENDED},
    {"withdrawn", KITH_MENTORSHIP_ENDED},
    {"droppedout", KITH_MENTORSHIP_ENDED},
    {"cancelled", NEVER},
    {"canceled", NEVER},
    {"rejected", NEVER},
    {"declined", NEVER},
    {"3", NEVER},
    {"4", NEVER},
};

static int status_of(const char *word, kith_dynbuf *squeezed)
{
    kith_dynbuf_clear(squeezed);
    kith_column_squeeze(word, squeezed);
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (strcmp(kith_dynbuf_cstr(squeezed), statuses[i].word) == 0)
            return statuses[i].status;
    return KITH_MENTORSHIP_UNKNOWN;
}

/** How often a pair agreed to meet, in days; 0 where it cannot be told. */
static uint32_t agreed_gap_of(const char *text, kith_dynbuf *squeezed)
{
    static const struct {
        const char *word;
        uint32_t days;
    } words[] = {{"weekly", 7},   {"fortnightly", 14}, {"biweekly", 14},
                 {"monthly", 30}, {"bimonthly", 61},   {"quarterly", 91}};
    uint32_t days = 0;

    if (kith_whole_parse(text, &days))
        return days;
    kith_dynbuf_clear(squeezed);
    kith_column_squeeze(text, squeezed);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(kith_dynbuf_cstr(squeezed), words[i].word) == 0)
            return words[i].days;
    return 0;
}

/** Reads what kith wrote of the gaps between meetings. @param ok  out, false where the row had to be
 * rejected. */
static kith_code read_gaps(kith_reading *reading, const kith_record *record, kith_pairing *pairing, bool *ok,
                           kith_err *err)
{
    const char *count = kith_record_get(record, KITH_COLUMN_GAPS);
    const char *median = kith_record_get(record, KITH_COLUMN_MEDIAN_GAP);
    const char *regularity = kith_record_get(record, KITH_COLUMN_REGULARITY);
    kith_meeting_gaps *gaps = &pairing->gaps;

    pairing->agreed_gap_days =
        agreed_gap_of(kith_record_get(record, KITH_COLUMN_AGREED_GAP), &reading->columns);
    *ok = true;
    if (!*count)
        return kith_dynbuf_check(&reading->columns, "an agreed gap between meetings", err);
    *ok = kith_whole_parse(count, &gaps->count) && gaps->count > 0 &&
          kith_whole_parse(median, &gaps->median_days) &&
          kith_decimal_parse(regularity, strlen(regularity), &gaps->regularity) && gaps->regularity >= 0 &&
          gaps->regularity <= 1;
    return *ok ? KITH_OK
               : kith_reading_reject(reading, record, err,
                                     "gaps between meetings are a number above 0, with "
                                     "their median and a regularity from 0 to 1");
}

/** Reads the four dates. @param ok  out, false where the row had to be rejected. */
static kith_code read_dates(kith_reading *reading, const kith_record *record, kith_pairing *pairing, bool *ok,
                            kith_err *err)
{
    const struct {
        kith_column column;
        kith_day *day;
    } dates[] = {{KITH_COLUMN_START, &pairing->start},
                 {KITH_COLUMN_END, &pairing->end},
                 {KITH_COLUMN_LAST_MEETING, &pairing->last_meeting},
                 {KITH_COLUMN_REQUESTED, &pairing->requested}};
    kith_code rc = KITH_OK;

    *ok = true;
    for (size_t i = 0; i < sizeof dates / sizeof *dates && rc == KITH_OK && *ok; i++)
        rc = kith_reading_date(reading, record, dates[i].column, KITH_DATE_DMY, dates[i].day, ok, err);
    if (rc != KITH_OK || !*ok)
        return rc;
    if (pairing->start == KITH_NO_DATE)
        pairing->start = pairing->requested;
    *ok = pairing->start == KITH_NO_DATE || pairing->end == KITH_NO_DATE || pairing->end >= pairing->start;
    return *ok ? KITH_OK : kith_reading_reject(reading, record, err, "it ends before it starts");
}

static kith_code take_mentorship(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    kith_endpoints *people = ctx;
    const char *meetings = kith_record_get(record, KITH_COLUMN_MEETINGS);
    kith_pairing pairing = {.source = reading->source,
                            .line = record->line,
                            .programme = kith_record_get(record, KITH_COLUMN_PROGRAMME),
                            .cohort = kith_record_get(record, KITH_COLUMN_COHORT),
                            .meetings = UINT32_MAX};
    int status = status_of(kith_record_get(record, KITH_COLUMN_STATUS), &reading->columns);
    bool ok;
    kith_code rc = kith_dynbuf_check(&reading->columns, "the status of a mentorship", err);

    if (rc != KITH_OK)
        return rc;
    if (status == NEVER || kith_record_is_empty_but(record, KITH_COLUMN_NONE)) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    pairing.status = (kith_mentorship_status)status;
    if (*meetings && !kith_whole_parse(meetings, &pairing.meetings))
        return kith_reading_reject(reading, record, err, "meetings is no whole number: \"%.100s\"", meetings);
    if ((rc = read_gaps(reading, record, &pairing, &ok, err)) != KITH_OK || !ok)
        return rc;
    if ((rc = read_dates(reading, record, &pairing, &ok, err)) != KITH_OK || !ok)
        return rc;
    if ((rc = kith_pair_row_read(people, reading, record, &pairing.mentor, &pairing.mentee, &ok, err)) !=
            KITH_OK ||
        !ok)
        return rc;
    kith_reading_used(reading);
    return reading->sink->pairing(reading->sink->ctx, &pairing, err);
}

kith_code kith_mentorships_read(kith_reading *reading, kith_err *err)
{
    kith_endpoints people = {0};
    kith_code rc = kith_reading_table(reading, take_mentorship, &people, err);

    kith_endpoints_free(&people);
    return rc;
}

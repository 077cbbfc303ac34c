/* Education.csv of a LinkedIn export: where its owner studied, and when. */
#include "ingest/format.h"

static const kith_column_alias aliases[] = {
    {"schoolname", KITH_COLUMN_SCHOOL}, {"startdate", KITH_COLUMN_START},
    {"enddate", KITH_COLUMN_END},       {"notes", KITH_COLUMN_PRIVATE},
    {"degreename", KITH_COLUMN_DEGREE}, {"activities", KITH_COLUMN_PRIVATE},
};

const kith_aliases kith_education_aliases = {.all = aliases, .n = sizeof aliases / sizeof *aliases};

bool kith_education_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_SCHOOL) &&
           (kith_header_has(header, KITH_COLUMN_DEGREE) || kith_header_has(header, KITH_COLUMN_START));
}

static kith_code take_studies(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    (void)ctx;
    return kith_reading_take_tenure(reading, record,
                                    (kith_tenure){.kind = KITH_TENURE_STUDY,
                                                  .place = kith_record_get(record, KITH_COLUMN_SCHOOL),
                                                  .title = kith_record_get(record, KITH_COLUMN_DEGREE)},
                                    err);
}

kith_code kith_education_read(kith_reading *reading, kith_err *err)
{
    return kith_reading_table(reading, take_studies, NULL, err);
}

#include "ingest/node_row.h"

#include "ingest/decimal.h"
#include "ingest/person_row.h"

kith_code kith_node_row(kith_reading *reading, const kith_record *record, uint32_t space, uint32_t *mention,
                        kith_err *err)
{
    const char *capacity = kith_record_get(record, KITH_COLUMN_CAPACITY);
    kith_mention person = {
        .line = record->line, .space = space, .id = kith_record_get(record, KITH_COLUMN_ID)};
    uint32_t number;

    *mention = UINT32_MAX;
    if (*capacity && !kith_whole_parse(capacity, &number))
        return kith_reading_reject(reading, record, err, "capacity is no whole number: \"%.100s\"", capacity);
    kith_person_row_fill(&reading->card, record, KITH_PART_ROW);
    person.do_not_introduce = !kith_cell_is_no(kith_record_get(record, KITH_COLUMN_DO_NOT_INTRODUCE));
    kith_reading_used(reading);
    return kith_reading_mention(reading, person, mention, err);
}

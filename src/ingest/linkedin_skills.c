/* Skills.csv of a LinkedIn export: what its owner says they can do. A lone column "Name" could be anything,
 * so here the name of the file counts as well. */
#include "ingest/format.h"

static const kith_column_alias aliases[] = {{"name", KITH_COLUMN_SKILLS}};

const kith_aliases kith_skills_aliases = {.all = aliases, .n = sizeof aliases / sizeof *aliases};

bool kith_skills_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_SKILLS);
}

static kith_code look_at_skill(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    (void)ctx;
    (void)err;
    kith_card_add(reading->about_owner, KITH_FIELD_SKILL, kith_record_get(record, KITH_COLUMN_SKILLS));
    return KITH_OK;
}

kith_code kith_skills_look(kith_reading *reading, kith_err *err)
{
    return kith_reading_table(reading, look_at_skill, NULL, err);
}

/** The owner has it already: see above. */
static kith_code take_skill(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    (void)ctx;
    (void)err;
    if (kith_record_is_empty_but(record, KITH_COLUMN_NONE))
        kith_reading_skip(reading);
    else
        kith_reading_used(reading);
    return KITH_OK;
}

kith_code kith_skills_read(kith_reading *reading, kith_err *err)
{
    return kith_reading_table(reading, take_skill, NULL, err);
}

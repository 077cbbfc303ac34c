/* Doubtful pairs, for a person to decide on. */
#include "base/outfile.h"
#include "report/show_logs.h"
#include "report/write_csv.h"
#include "run/merging.h"

/** The preferred value of a field, or "". */
static const char *value_of(const kith_people *people, uint32_t person, kith_field field)
{
    for (uint64_t i = people->attr_offset[person]; i < people->attr_offset[person + 1]; i++)
        if (people->attrs[i].field == field)
            return people->attrs[i].value;
    return "";
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    static const kith_field fields[] = {KITH_FIELD_NAME, KITH_FIELD_COMPANY, KITH_FIELD_TITLE,
                                        KITH_FIELD_EMAIL};
    const kith_people *people = ctx;
    const kith_people_doubt *doubt = &people->doubts[i];

    kith_row_text(row, "");
    kith_row_number(row, doubt->probability);
    kith_row_text(row, doubt->evidence);
    for (int side = 0; side < 2; side++) {
        kith_row_text(row, doubt->key[side]);
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
            kith_row_text(row, value_of(people, doubt->person[side], fields[k]));
    }
}

kith_code kith_review_write(const kith_people *people, const char *path, kith_err *err)
{
    const kith_table table = {.columns = kith_doubt_columns,
                              .n_columns = KITH_DECISION_COLUMNS,
                              .n_rows = people->n_doubts,
                              .make = make_row,
                              .ctx = people};
    kith_outfile *out = NULL;
    kith_code rc = kith_outfile_open(path, &out, err);

    if (rc != KITH_OK)
        return rc;
    rc = kith_csv_write(&table, out, err);
    if (rc == KITH_OK)
        return kith_outfile_commit(out, err);
    kith_outfile_abandon(out);
    return rc;
}

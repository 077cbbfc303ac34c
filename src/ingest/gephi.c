/* Gephi's table of edges. Its table of nodes is a table of people like any other: Id and Label. */
#include <strings.h>

#include "ingest/format.h"

static bool has_name(const kith_csv_row *row, const char *name)
{
    for (size_t i = 0; i < row->n; i++)
        if (strcasecmp(row->fields[i], name) == 0)
            return true;
    return false;
}

/** The type of an edge, directed or not, is what no other table of ties has. */
bool kith_gephi_fits(const kith_csv_row *row, char delimiter)
{
    (void)delimiter;
    return has_name(row, "Source") && has_name(row, "Target") && has_name(row, "Type");
}

kith_code kith_gephi_read(kith_reading *reading, kith_err *err)
{
    reading->plain_ids = true;
    return kith_directed_ties_read(reading, err); /* to Gephi an edge without a type is directed */
}

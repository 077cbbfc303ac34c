/** @file
 * A node of a graph as a person.
 */
#ifndef KITH_INGEST_NODE_ROW_H
#define KITH_INGEST_NODE_ROW_H

#include "ingest/reading.h"

/**
 * Takes a node with an id, whose columns go by the names of people tables.
 * @param space    that the id lives in.
 * @param mention  out, UINT32_MAX where the row was rejected.
 */
kith_code kith_node_row(kith_reading *reading, const kith_record *record, uint32_t space, uint32_t *mention,
                        kith_err *err);

#endif

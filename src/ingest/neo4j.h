/** @file
 * Headers of Neo4j imports that are files of their own, found by their names: "persons-header.csv" is
 * the header of "persons.csv", "persons-part1.csv", "persons_2.csv" in the same folder.
 */
#ifndef KITH_INGEST_NEO4J_H
#define KITH_INGEST_NEO4J_H

#include "ingest/format.h"

/** Corrects what a file was recognised as where its name makes it such a header, or tells of one that was
 * read already. */
kith_code kith_neo4j_pair(const kith_entry *entry, kith_recognised *known, kith_err *err);

/** The header that the name of a Neo4j file tells of, as a row of its own, or NULL; borrowed until more are
 * read. */
kith_code kith_neo4j_header_of(const kith_entry *entry, const kith_recognised *known, const char **header,
                               kith_err *err);

#endif

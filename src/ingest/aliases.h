/** @file
 * The names that columns of generic tables go by, as data.
 */
#ifndef KITH_INGEST_ALIASES_H
#define KITH_INGEST_ALIASES_H

#include "ingest/column.h"

extern const kith_aliases kith_people_aliases;
extern const kith_aliases kith_ties_aliases;
extern const kith_aliases kith_mentorships_aliases;

#endif

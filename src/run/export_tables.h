/** @file
 * A network as generic tables and as lines of JSON.
 *
 * Tables have a last, empty column named "kith". By it the reader knows that they are its own:
 * ids are ids whatever they look like, and the apostrophe that keeps a spreadsheet from computing a
 * cell is taken away again.
 */
#ifndef KITH_RUN_EXPORT_TABLES_H
#define KITH_RUN_EXPORT_TABLES_H

#include <kith/network.h>

#include "base/outfile.h"

/** Writes people.csv, ties.csv and mentorships.csv into `folder`, made where it is missing. */
kith_code kith_export_tables(const kith_net *net, const char *folder, bool with_contacts, kith_err *err);

/** Writes the table of ties. Asking for the network's damage is the caller's business. */
kith_code kith_export_ties(const kith_net *net, kith_outfile *file, kith_err *err);

/** Writes one object a line: everyone, then ties, then mentorships. */
kith_code kith_export_lines(const kith_net *net, bool with_contacts, kith_outfile *file, kith_err *err);

#endif

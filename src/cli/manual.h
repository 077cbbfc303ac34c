/** @file
 * Help and man pages, both written from the command tables.
 */
#ifndef KITH_CLI_MANUAL_H
#define KITH_CLI_MANUAL_H

#include "command.h"

/** What `kith --help` prints. */
void manual_overview(void);

/** What `kith COMMAND --help` prints: examples first. */
void manual_help(const command *c);

/** The man page of a command, or of kith itself where `c` is NULL, as roff. */
void manual_page(const command *c);

#endif

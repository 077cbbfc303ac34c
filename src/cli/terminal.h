/** @file
 * The person at the terminal: notes, progress, colours and width.
 */
#ifndef KITH_CLI_TERMINAL_H
#define KITH_CLI_TERMINAL_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include <kith/progress.h>

#include "command.h"

/** One line on stderr, "kith: …", with any progress bar cleared away first. */
__attribute__((format(printf, 1, 2))) void terminal_note(const char *format, ...);

/** One line on stdout. */
__attribute__((format(printf, 1, 2))) void terminal_print(const char *format, ...);

/** Set by a signal handler: the work in hand ends at its next report of progress. */
extern volatile sig_atomic_t terminal_stop;

/**
 * The progress reports that these arguments ask for: a bar where stderr is a terminal, a line per
 * phase with --verbose, nothing to be seen with --quiet. Borrowed, one for the whole run.
 */
const kith_progress *terminal_progress(const common_args *args);

/** Ends the last phase: clears the bar, or tells its seconds. */
void terminal_finish(void);

bool terminal_is_stdout(void);

/** Whether colours are welcome: NO_COLOR is not set and TERM is not "dumb". */
bool terminal_wants_colour(void);

/** Columns of the terminal on stdout, from COLUMNS or the terminal itself; 80 where there is none. */
uint32_t terminal_width(void);

#endif

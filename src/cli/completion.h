/** @file
 * Completion for shells, written from the command tables.
 */
#ifndef KITH_CLI_COMPLETION_H
#define KITH_CLI_COMPLETION_H

#include <stdbool.h>

/** Prints the completion for "bash", "zsh" or "fish". @return false for a shell that is not known. */
bool completion_print(const char *shell);

#endif

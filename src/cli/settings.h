/** @file
 * Options that stand elsewhere than on the command line: KITH_* variables, then kith.ini.
 *
 * kith.ini is looked for in $XDG_CONFIG_HOME/kith/ (~/.config/kith/). Its section [options] holds
 * for every command that has the option, a section named for a command for that one:
 *
 *     [options]
 *     owner = Ann Lee
 *     [intro]
 *     max-hops = 2
 *
 * Its section [strength] holds coefficients of strength and chance, under the names that
 * <kith/coefficients.h> has for them.
 */
#ifndef KITH_CLI_SETTINGS_H
#define KITH_CLI_SETTINGS_H

#include "command.h"

/** One line of kith.ini. */
typedef struct setting_line {
    char *section, *name, *value;
} setting_line;

/** All that the file says, and the command that is asked about. */
typedef struct settings {
    const command *command;
    setting_line *lines; /**< in the order of the file */
    uint32_t count;
    kith_parameter *coefficients; /**< in the order of the file */
    uint32_t n_coefficients;
} settings;

/** Names of the sections that are no command's: of options for every command, and of coefficients. */
#define SETTINGS_EVERY_COMMAND "options"
#define SETTINGS_COEFFICIENTS "strength"

/**
 * Reads kith.ini where there is one.
 * @param out  caller-owned: settings_free, also after a failure.
 * @return KITH_ECONFIG with file and line; KITH_ENOMEM.
 */
kith_code settings_load(settings *out, kith_err *err);

/** Path of a file in the folder that kith.ini is looked for in. @return false where there is no such folder.
 */
bool settings_path(const char *name, char *path, size_t size);

/** An option_fallback; `ctx` is a settings. */
const char *settings_value(void *ctx, const option *o);

/** What the file says of an option (the last line of several holds) in that section, or NULL. */
const char *settings_line(const settings *s, const char *section, const char *name);

void settings_free(settings *s);

#endif

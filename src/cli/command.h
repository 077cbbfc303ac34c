/** @file
 * What a command is, and what all commands share.
 */
#ifndef KITH_CLI_COMMAND_H
#define KITH_CLI_COMMAND_H

#include <stdbool.h>

#include <kith/build.h>
#include <kith/output.h>

#include "option.h"

/** What every command takes. */
typedef struct common_args {
    bool help;
    bool quiet;
    bool verbose;
} common_args;

/** How inputs are read: for every command that is given NET. */
typedef struct input_args {
    text_list owners;
    text_list maps;
    const char *ids;
    const char *encoding;
    const char *delimiter;
    bool no_header;
    int dates; /**< kith_date_reading */
    const char *region;
    int merge; /**< kith_merge_mode */
    const char *decisions;
    uint32_t max_depth, max_entries, max_gigabytes, max_ratio;
    const char *as_of;
    bool strict;
    int weight_as;       /**< 1: strength */
    int shared_contacts; /**< kith_shared_contacts */
} input_args;

/** What answers may tell of people. */
typedef struct privacy_args {
    bool with_contacts;
    const char *redact;
    const char *redact_keep;
} privacy_args;

/** The options of privacy_args, which is `member` of the struct their table belongs to. */
#define CLI_PRIVACY_OPTIONS(type, member)                                                                    \
    {                                                                                                        \
        OPT_FLAG,                                                                                            \
        0,                                                                                                   \
        "with-contacts",                                                                                     \
        NULL,                                                                                                \
        "show emails, phones and URLs",                                                                      \
        offsetof(type, member.with_contacts),                                                                \
        NULL},                                                                                               \
        {OPT_TEXT,                                                                                           \
         0,                                                                                                  \
         "redact",                                                                                           \
         "KEYFILE",                                                                                          \
         "pseudonyms instead of names, contacts, companies and titles; the same for the same key",           \
         offsetof(type, member.redact),                                                                      \
         NULL},                                                                                              \
    {                                                                                                        \
        OPT_TEXT, 0, "redact-keep", "FIELDS", "what to leave as it is: company, title, goal, label",         \
            offsetof(type, member.redact_keep), NULL                                                         \
    }

/** Where answers go. */
typedef struct output_args {
    const char *path;
    const char *format;
    privacy_args privacy;
} output_args;

/** The start of every command's arguments. */
typedef struct command_args {
    common_args common;
    text_list rest;                  /**< what stands behind the options */
    const struct settings *settings; /**< what kith.ini says */
} command_args;

/** A line to type, and what it does. */
typedef struct example {
    const char *line;
    const char *meaning;
} example;

/** One command: all that parsing, help, man pages and completion need. */
typedef struct command {
    const char *name;
    const char *summary;     /**< one line, without a full stop */
    const char *synopsis;    /**< what stands behind the name */
    const char *details;     /**< paragraphs parted by an empty line */
    const example *examples; /**< ends with a NULL line */
    const option_group *groups;
    size_t args_size;           /**< of a struct that begins with command_args */
    void (*preset)(void *args); /**< fills in the defaults; NULL: all zero */
    uint32_t min_rest, max_rest;
    kith_code (*run)(const void *args, kith_err *err);
} command;

extern const option cli_common_options[];
extern const option cli_input_options[];
extern const option cli_output_options[];
extern const option
    cli_format_options[]; /**< of output_args, for answers that tell of no people: on stdout */

/** All commands, in the order help lists them; ends with NULL. */
extern const command *const cli_commands[];

/** The command of that name, or NULL. */
const command *cli_command_find(const char *name);

/** Build options out of what the command line says; borrowed from `args`. @return KITH_EUSAGE. */
kith_code cli_build_opts(const command_args *args, const input_args *in, kith_build_opts *opts,
                         kith_err *err);

/** Opens the network that a command was given, redacted where that is asked, and tells about rejected rows on
 * stderr. */
kith_code cli_load(const command_args *args, const input_args *in, const privacy_args *privacy,
                   kith_net **net, bool *rejected, kith_err *err);

/** The output that the command line asks for. @return KITH_EUSAGE for an unknown format. */
kith_code cli_output(const output_args *args, kith_output *to, kith_err *err);

/** The exit code of a finished command: an error beats "nothing found", and that beats "some rows rejected".
 */
kith_code cli_outcome(kith_code rc, bool found, bool rejected);

/** Tells on stderr what a build came to. */
void cli_tell_build(const kith_build_summary *summary, bool verbose);

/** The values of a list parted by ", ", caller-owned; NULL when out of memory or there are none. */
char *cli_join(const text_list *list);

/** Everyone whom any of the arguments fits, in one set; `all` is caller-owned. */
kith_code cli_who_any(const kith_net *net, const text_list *whos, kith_ids *all, kith_err *err);

#endif

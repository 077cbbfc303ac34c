/** @file
 * Options as data: one table drives parsing, help, man pages and completion.
 */
#ifndef KITH_CLI_OPTION_H
#define KITH_CLI_OPTION_H

#include <stddef.h>

#include <kith/error.h>

typedef enum option_kind {
    OPT_END,
    OPT_FLAG,   /**< bool */
    OPT_U32,    /**< uint32_t */
    OPT_SHARE,  /**< double, above 0 and below 1 */
    OPT_REAL,   /**< double, above 0 */
    OPT_TEXT,   /**< const char * */
    OPT_LIST,   /**< text_list, may be given again */
    OPT_CHOICE, /**< int: place of the word in `words` */
} option_kind;

/** One option; its value is stored `at` bytes into the struct its table belongs to. */
typedef struct option {
    option_kind kind;
    char letter; /**< 0: none */
    const char *name;
    const char *argument; /**< what the help calls the value; NULL for flags */
    const char *help;
    size_t at;
    const char *const
        *words; /**< NULL-terminated: all there are for OPT_CHOICE, what completion offers for others */
} option;

/** Values of a repeatable option, in the order given. */
typedef struct text_list {
    const char **items;
    uint32_t count;
} text_list;

/** A table and where its struct lies within a command's arguments. */
typedef struct option_group {
    const char *title; /**< heading in the help; NULL ends the list */
    const option *options;
    size_t at;
} option_group;

/** Where the value of an option comes from that the command line does not give; NULL: nowhere. */
typedef const char *option_fallback(void *ctx, const option *o);

/**
 * Reads argv into `args` and gathers what is no option in `rest`. "--" ends the options.
 *
 * @param args      the command's arguments, zeroed or preset with defaults.
 * @param rest      out: room for argc pointers.
 * @param fallback  asked for every option that argv does not give.
 * @return KITH_EUSAGE with a message that names the option; KITH_ENOMEM.
 */
kith_code cli_options_parse(const option_group *groups, int argc, char **argv, void *args, text_list *rest,
                            option_fallback *fallback, void *ctx, kith_err *err);

/** Frees the lists that parsing made. */
void cli_options_free(const option_group *groups, void *args);

/** Records a usage error. Returns KITH_EUSAGE. */
__attribute__((format(printf, 2, 3))) kith_code cli_usage(kith_err *err, const char *format, ...);

#endif

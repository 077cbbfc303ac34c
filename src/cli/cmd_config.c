#include <kith/memory.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "settings.h"

typedef struct config_args {
    command_args base;
    output_args output;
} config_args;

static const option_group groups[] = {
    {"Output", cli_format_options, offsetof(config_args, output)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

/** The options that commands share, and what they are by default: nothing is set. */
typedef struct shared_args {
    command_args base;
    input_args input;
    output_args output;
} shared_args;

static const option_group shared_groups[] = {
    {"Output", cli_output_options, offsetof(shared_args, output)},
    {"Reading inputs", cli_input_options, offsetof(shared_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith config", "the coefficients and defaults in force"},
    {"kith config > kith.ini", "the same as a file: edit it, and put it in ~/.config/kith"},
    {"kith config --format json", "the same for a program to read"},
    {NULL, NULL},
};

/** Tables that several commands have stand in [options], not in each command's section. */
static bool is_shared(const option_group *g)
{
    for (const option_group *known = shared_groups; known->title; known++)
        if (g->options == known->options)
            return true;
    return false;
}

/** All that is in force, line by line. Values and defaults are the list's own; a failure sticks. */
typedef struct config_list {
    kith_config_line *lines;
    uint32_t count, room;
    bool failed;
} config_list;

static void free_list(config_list *all)
{
    for (uint32_t i = 0; i < all->count; i++) {
        kith_free((void *)(uintptr_t)all->lines[i].value);
        kith_free((void *)(uintptr_t)all->lines[i].usual);
    }
    kith_free(all->lines);
}

static const char *copy(config_list *all, const char *text)
{
    const char *own = text ? kith_strdup(text) : NULL;

    all->failed |= text && !own;
    return own;
}

static void add(config_list *all, kith_config_line line)
{
    if (all->count == all->room) {
        uint32_t room = all->room ? 2 * all->room : 512;
        kith_config_line *lines = kith_realloc(all->lines, room, sizeof *lines);

        if (!lines) {
            all->failed = true;
            return;
        }
        all->lines = lines;
        all->room = room;
    }
    line.value = copy(all, line.value);
    line.usual = copy(all, line.usual);
    all->lines[all->count++] = line;
}

enum { NUMBER_BYTES = 32 };

/** So many digits that reading gives the same number, and no more than a person wrote. */
static void put_number(char text[NUMBER_BYTES], double value)
{
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, NUMBER_BYTES, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
}

static void add_coefficients(config_list *all, const settings *s)
{
    kith_coefficient c;

    for (uint32_t i = 0; kith_coefficient_describe(i, &c); i++) {
        char value[NUMBER_BYTES], usual[NUMBER_BYTES];
        double in_force = c.value;
        bool is_set = false;

        for (uint32_t k = 0; k < s->n_coefficients; k++)
            if (!strcmp(s->coefficients[k].name, c.name)) {
                in_force = s->coefficients[k].value;
                is_set = true;
            }
        put_number(value, in_force);
        put_number(usual, c.value);
        add(all, (kith_config_line){.section = SETTINGS_COEFFICIENTS,
                                    .name = c.name,
                                    .value = value,
                                    .usual = usual,
                                    .help = c.meaning,
                                    .is_set = is_set});
    }
}

/** The default of an option, as it stands in the arguments of a command before any are read; NULL: nothing.
 */
static const char *default_of(const option *o, const void *slot, char number[NUMBER_BYTES])
{
    if (o->kind == OPT_CHOICE)
        return o->words[*(const int *)slot];
    if (o->kind != OPT_U32 || !*(const uint32_t *)slot || *(const uint32_t *)slot == UINT32_MAX)
        return NULL;
    snprintf(number, NUMBER_BYTES, "%u", *(const uint32_t *)slot);
    return number;
}

static void add_option(config_list *all, const settings *s, const char *section, const option *o,
                       const void *slot)
{
    char number[NUMBER_BYTES];
    const char *set = settings_line(s, section, o->name), *usual = default_of(o, slot, number);

    add(all, (kith_config_line){.section = section,
                                .name = o->name,
                                .value = set ? set : usual,
                                .usual = usual,
                                .argument = o->argument,
                                .help = o->help,
                                .is_set = set != NULL});
}

/** Whether one of the tables that are told in a section has that option. */
static bool is_told(const option_group *told, bool shared, const char *name)
{
    for (const option_group *g = told; g->title; g++)
        for (const option *o = g->options; is_shared(g) == shared && o->kind != OPT_END; o++)
            if (!strcmp(o->name, name))
                return true;
    return false;
}

/** One section: its tables, the shared ones or those that are not, and what else the file says there. */
static void add_section(config_list *all, const settings *s, const char *section, const option_group *told,
                        bool shared, const char *args)
{
    for (const option_group *g = told; g->title; g++)
        for (const option *o = g->options; is_shared(g) == shared && o->kind != OPT_END; o++)
            if (strcmp(o->name, "help"))
                add_option(all, s, section, o, args + g->at + o->at);
    for (uint32_t i = 0; i < s->count; i++) {
        const setting_line *line = &s->lines[i];
        bool holds = !strcmp(line->section, section) && settings_line(s, section, line->name) == line->value;

        if (holds && !is_told(told, shared, line->name))
            add(all, (kith_config_line){
                         .section = section, .name = line->name, .value = line->value, .is_set = true});
    }
}

static void add_command(config_list *all, const settings *s, const command *c)
{
    char *args = kith_calloc(1, c->args_size);

    if (!args) {
        all->failed = true;
        return;
    }
    if (c->preset)
        c->preset(args);
    add_section(all, s, c->name, c->groups, false, args);
    kith_free(args);
}

/** @param before  the section that ends here, or NULL. */
static void print_heading(const char *before, const char *section)
{
    if (!before)
        puts("# kith.ini: belongs in ~/.config/kith, or in $XDG_CONFIG_HOME/kith. What is not\n"
             "# said here is as by default. The command line beats KITH_* variables, and they\n"
             "# beat this file.\n"
             "\n"
             "# What strengths and chances are computed with, fixed when a network is built.\n"
             "# A piece of evidence counts weight x factor; docs/measures.md has the formulas.");
    else if (!strcmp(before, SETTINGS_COEFFICIENTS))
        puts("\n# Options of every command that has them; take away a ; to set one.\n");
    else if (!strcmp(before, SETTINGS_EVERY_COMMAND))
        puts("\n# Options of one command; they beat [" SETTINGS_EVERY_COMMAND "].\n");
    else
        puts("");
    printf("[%s]\n", section);
}

/** As a kith.ini: coefficients, options that are set, and commented out those that are not. */
static void print_ini(const config_list *all)
{
    const char *before = NULL;

    for (uint32_t i = 0; i < all->count; i++) {
        const kith_config_line *line = &all->lines[i];
        bool coefficient = !strcmp(line->section, SETTINGS_COEFFICIENTS);
        const char *placeholder = line->argument ? line->argument : "yes";

        if (!before || strcmp(before, line->section))
            print_heading(before, line->section);
        before = line->section;
        if (coefficient)
            printf("# %s (default %s)\n", line->help, line->usual);
        else if (line->help)
            printf("# %s\n", line->help);
        printf("%s%s = %s\n", coefficient || line->is_set ? "" : "; ", line->name,
               line->value ? line->value : placeholder);
    }
}

static kith_code run(const void *args, kith_err *err)
{
    const config_args *a = args;
    const settings *s = a->base.settings;
    const shared_args none = {.input = {.as_of = NULL}};
    config_list all = {0};
    kith_output to;

    kith_code rc = cli_output(&a->output, &to, err);
    if (rc)
        return rc;
    add_coefficients(&all, s);
    add_section(&all, s, SETTINGS_EVERY_COMMAND, shared_groups, true, (const char *)&none);
    for (const command *const *c = cli_commands; *c; c++)
        add_command(&all, s, *c);
    if (all.failed) {
        snprintf(err->message, sizeof err->message, "out of memory");
        rc = err->code = KITH_ENOMEM;
    } else if (kith_output_format(&to) == KITH_FORMAT_TEXT)
        print_ini(&all);
    else
        rc = kith_write_config(all.lines, all.count, &to, err);
    free_list(&all);
    return rc;
}

const command cmd_config = {
    .name = "config",
    .summary = "the coefficients and defaults in force, as a kith.ini to edit",
    .synopsis = "[OPTION...]",
    .details =
        "Prints, as text, a kith.ini that says what holds now: every coefficient that strengths and chances "
        "are "
        "computed with, and every option with its default, each with a line on what it does. Written to "
        "~/.config/kith/kith.ini as it is, it changes nothing.\n\n"
        "Coefficients count when a network is built, are stored with it, and are told in reports where they "
        "are not the defaults. A name or value in kith.ini that means nothing ends any command with exit "
        "code "
        "78, naming file and line.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(config_args),
    .min_rest = 0,
    .max_rest = 0,
    .run = run,
};

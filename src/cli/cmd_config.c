#include <kith/memory.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "settings.h"

typedef struct config_args {
    command_args base;
} config_args;

static const option_group groups[] = {
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

static double value_in_force(const settings *s, const kith_coefficient *c)
{
    double value = c->value;

    for (uint32_t i = 0; i < s->n_coefficients; i++)
        if (!strcmp(s->coefficients[i].name, c->name))
            value = s->coefficients[i].value;
    return value;
}

/** So many digits that reading gives the same number, and no more than a person wrote. */
static void print_number(double value)
{
    char text[32];

    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    puts(text);
}

static void print_coefficients(const settings *s)
{
    kith_coefficient c;

    puts("[" SETTINGS_COEFFICIENTS "]");
    for (uint32_t i = 0; kith_coefficient_describe(i, &c); i++) {
        printf("# %s (default %g)\n%s = ", c.meaning, c.value, c.name);
        print_number(value_in_force(s, &c));
    }
}

/** The default of an option, as it stands in the arguments of a command before any are read. */
static void print_default(const option *o, const void *slot)
{
    if (o->kind == OPT_CHOICE)
        fputs(o->words[*(const int *)slot], stdout);
    else if (o->kind == OPT_U32 && *(const uint32_t *)slot)
        printf("%u", *(const uint32_t *)slot);
    else
        fputs(o->argument ? o->argument : "yes", stdout);
}

/** An option as the file has it in this section, else commented out. */
static void print_option(const settings *s, const char *section, const option *o, const void *slot)
{
    const char *value = settings_line(s, section, o->name);

    printf("# %s\n", o->help);
    if (value) {
        printf("%s = %s\n", o->name, value);
        return;
    }
    printf("; %s = ", o->name);
    print_default(o, slot);
    putchar('\n');
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
static void print_section(const settings *s, const char *section, const option_group *told, bool shared,
                          const char *args)
{
    printf("\n[%s]\n", section);
    for (const option_group *g = told; g->title; g++)
        for (const option *o = g->options; is_shared(g) == shared && o->kind != OPT_END; o++)
            if (strcmp(o->name, "help"))
                print_option(s, section, o, args + g->at + o->at);
    for (uint32_t i = 0; i < s->count; i++) {
        const setting_line *line = &s->lines[i];
        bool holds = !strcmp(line->section, section) && settings_line(s, section, line->name) == line->value;

        if (holds && !is_told(told, shared, line->name))
            printf("%s = %s\n", line->name, line->value);
    }
}

static kith_code print_command(const settings *s, const command *c, kith_err *err)
{
    char *args = kith_calloc(1, c->args_size);

    if (!args) {
        snprintf(err->message, sizeof err->message, "out of memory");
        return err->code = KITH_ENOMEM;
    }
    if (c->preset)
        c->preset(args);
    print_section(s, c->name, c->groups, false, args);
    kith_free(args);
    return KITH_OK;
}

static kith_code run(const void *args, kith_err *err)
{
    const settings *s = ((const config_args *)args)->base.settings;
    const shared_args none = {.input = {.as_of = NULL}};
    kith_code rc = KITH_OK;

    puts("# kith.ini: belongs in ~/.config/kith, or in $XDG_CONFIG_HOME/kith. What is not\n"
         "# said here is as by default. The command line beats KITH_* variables, and they\n"
         "# beat this file.\n"
         "\n"
         "# What strengths and chances are computed with, fixed when a network is built.\n"
         "# A piece of evidence counts weight x factor; docs/measures.md has the formulas.");
    print_coefficients(s);
    puts("\n# Options of every command that has them; take away a ; to set one.");
    print_section(s, SETTINGS_EVERY_COMMAND, shared_groups, true, (const char *)&none);
    puts("\n# Options of one command; they beat [" SETTINGS_EVERY_COMMAND "].");
    for (const command *const *c = cli_commands; *c && !rc; c++)
        rc = print_command(s, *c, err);
    return rc;
}

const command cmd_config = {
    .name = "config",
    .summary = "the coefficients and defaults in force, as a kith.ini to edit",
    .synopsis = "[OPTION...]",
    .details =
        "Prints a kith.ini that says what holds now: every coefficient that strengths and chances are "
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

#include "settings.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kith/ini.h>
#include <kith/memory.h>

static bool has_option(const command *c, const char *name)
{
    for (const option_group *g = c->groups; g->title; g++)
        for (const option *o = g->options; o->kind != OPT_END; o++)
            if (!strcmp(o->name, name))
                return true;
    return false;
}

/** Whether a line means anything: an option of the command its section names, or of any command. */
static bool is_known(const char *section, const char *name)
{
    const command *c = cli_command_find(section);

    if (c)
        return has_option(c, name);
    for (const command *const *any = cli_commands; !strcmp(section, SETTINGS_EVERY_COMMAND) && *any; any++)
        if (has_option(*any, name))
            return true;
    return false;
}

static kith_code say(kith_err *err, kith_code code, const char *message)
{
    err->code = code;
    snprintf(err->message, sizeof err->message, "%s", message);
    return code;
}

static kith_code keep_option(settings *s, const char *section, const char *name, const char *value,
                             kith_err *err)
{
    setting_line *lines;

    if (!is_known(section, name))
        return say(err, KITH_ECONFIG,
                   "is no option of a command; sections are [" SETTINGS_EVERY_COMMAND
                   "], [" SETTINGS_COEFFICIENTS "] or a command's name, lines are name = value");
    if (!(lines = kith_realloc(s->lines, (size_t)s->count + 1, sizeof *lines)))
        return say(err, KITH_ENOMEM, "out of memory");
    s->lines = lines;
    setting_line *line = &lines[s->count++];
    *line = (setting_line){kith_strdup(section), kith_strdup(name), kith_strdup(value)};
    return line->section && line->name && line->value ? KITH_OK : say(err, KITH_ENOMEM, "out of memory");
}

static kith_code keep_coefficient(settings *s, const char *name, const char *text, kith_err *err)
{
    kith_coefficient known;
    kith_parameter *coefficients;
    char *end = NULL;
    const double value = strtod(text, &end);

    if (kith_coefficient_find(name, &known) && (end == text || *end)) {
        snprintf(err->message, sizeof err->message, "%s is a number from %g to %g, not \"%s\"", name,
                 known.least, known.most, text);
        return err->code = KITH_ECONFIG;
    }
    kith_code rc = kith_coefficient_check(name, value, err);
    if (rc)
        return rc;
    if (!(coefficients = kith_realloc(s->coefficients, (size_t)s->n_coefficients + 1, sizeof *coefficients)))
        return say(err, KITH_ENOMEM, "out of memory");
    s->coefficients = coefficients;
    coefficients[s->n_coefficients++] = (kith_parameter){known.name, value};
    return KITH_OK;
}

static kith_code take_line(void *ctx, const char *section, const char *name, const char *value, kith_err *err)
{
    return strcmp(section, SETTINGS_COEFFICIENTS) ? keep_option(ctx, section, name, value, err)
                                                  : keep_coefficient(ctx, name, value, err);
}

bool settings_path(const char *name, char *path, size_t size)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int length = config && *config ? snprintf(path, size, "%s/kith/%s", config, name)
                 : home && *home   ? snprintf(path, size, "%s/.config/kith/%s", home, name)
                                   : -1;

    return length > 0 && (size_t)length < size;
}

kith_code settings_load(settings *out, kith_err *err)
{
    char path[4096];
    kith_err failure = KITH_ERR_NONE;

    *out = (settings){0};
    if (!settings_path("kith.ini", path, sizeof path))
        return KITH_OK;
    kith_code rc = kith_ini_read(path, take_line, out, &failure);
    if (rc == KITH_OK || rc == KITH_ENOINPUT) /* nobody needs to have one */
        return KITH_OK;
    *err = failure;
    return rc;
}

/** KITH_MAX_HOPS for --max-hops. */
static const char *variable_of(const option *o)
{
    char variable[64] = "KITH_";
    size_t length = strlen(variable);

    for (const char *c = o->name; *c && length + 1 < sizeof variable; c++)
        variable[length++] = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
    variable[length] = '\0';
    const char *value = getenv(variable);
    return value && *value ? value : NULL;
}

const char *settings_line(const settings *s, const char *section, const char *name)
{
    for (uint32_t i = s->count; i-- > 0;)
        if (!strcmp(s->lines[i].name, name) && !strcmp(s->lines[i].section, section))
            return s->lines[i].value;
    return NULL;
}

const char *settings_value(void *ctx, const option *o)
{
    const settings *s = ctx;
    const char *found = variable_of(o);

    if (!found)
        found = settings_line(s, s->command->name, o->name);
    return found ? found : settings_line(s, SETTINGS_EVERY_COMMAND, o->name);
}

void settings_free(settings *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        kith_free(s->lines[i].section);
        kith_free(s->lines[i].name);
        kith_free(s->lines[i].value);
    }
    kith_free(s->lines);
    kith_free(s->coefficients);
}

#include "settings.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kith/memory.h>

static const char every_command[] = "options";

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
    for (const command *const *any = cli_commands; !strcmp(section, every_command) && *any; any++)
        if (has_option(*any, name))
            return true;
    return false;
}

static bool keep(settings *s, const char *section, const char *name, const char *value)
{
    setting_line *lines = kith_realloc(s->lines, (size_t)s->count + 1, sizeof *lines);

    if (!lines)
        return false;
    s->lines = lines;
    setting_line *line = &lines[s->count++];
    *line = (setting_line){kith_strdup(section), kith_strdup(name), kith_strdup(value)};
    return line->section && line->name && line->value;
}

/** What went wrong while inih read, which itself only knows the line. */
typedef struct reading {
    settings *to;
    bool out_of_memory;
} reading;

static int take_line(void *ctx, const char *section, const char *name, const char *value)
{
    reading *r = ctx;

    if (!is_known(section, name))
        return 0;
    r->out_of_memory = r->out_of_memory || !keep(r->to, section, name, value);
    return !r->out_of_memory;
}

/** $XDG_CONFIG_HOME/kith/kith.ini, or the same below ~/.config. @return false where no folder is set. */
static bool ini_path(char *path, size_t size)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int length = config && *config ? snprintf(path, size, "%s/kith/kith.ini", config)
                 : home && *home   ? snprintf(path, size, "%s/.config/kith/kith.ini", home)
                                   : -1;

    return length > 0 && (size_t)length < size;
}

static kith_code fail(kith_err *err, kith_code code, const char *path, uint64_t line, const char *message)
{
    err->code = code;
    err->line = line;
    snprintf(err->file, sizeof err->file, "%.*s", (int)sizeof err->file - 1, path);
    snprintf(err->message, sizeof err->message, "%s", message);
    return code;
}

kith_code settings_load(settings *out, kith_err *err)
{
    char path[4096];
    reading r = {.to = out};

    *out = (settings){0};
    FILE *file = ini_path(path, sizeof path) ? fopen(path, "re") : NULL;
    if (!file)
        return KITH_OK;
    int line = ini_parse_file(file, take_line, &r);
    fclose(file);
    if (r.out_of_memory)
        return fail(err, KITH_ENOMEM, path, 0, "out of memory");
    if (line > 0)
        return fail(
            err, KITH_ECONFIG, path, (uint64_t)line,
            "is no option of a command; sections are [options] or a command's name, lines are name = value");
    return KITH_OK;
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

const char *settings_value(void *ctx, const option *o)
{
    const settings *s = ctx;
    const char *found = variable_of(o), *general = NULL;

    for (uint32_t i = 0; !found && i < s->count; i++)
        if (!strcmp(s->lines[i].name, o->name)) {
            if (!strcmp(s->lines[i].section, s->command->name))
                found = s->lines[i].value;
            else if (!strcmp(s->lines[i].section, every_command))
                general = s->lines[i].value;
        }
    return found ? found : general;
}

void settings_free(settings *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        kith_free(s->lines[i].section);
        kith_free(s->lines[i].name);
        kith_free(s->lines[i].value);
    }
    kith_free(s->lines);
}

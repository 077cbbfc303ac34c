#include "option.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <kith/memory.h>

kith_code cli_usage(kith_err *err, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    err->code = KITH_EUSAGE;
    vsnprintf(err->message, sizeof err->message, format, list);
    va_end(list);
    return KITH_EUSAGE;
}

static kith_code out_of_memory(kith_err *err)
{
    err->code = KITH_ENOMEM;
    snprintf(err->message, sizeof err->message, "out of memory while reading the command line");
    return KITH_ENOMEM;
}

/** An option found in a group, and the struct its value belongs to. */
typedef struct found_option {
    const option *opt;
    char *args;
} found_option;

static bool find_option(const option_group *groups, void *args, const char *name, size_t length, char letter,
                        found_option *found)
{
    for (const option_group *g = groups; g->title; g++)
        for (const option *o = g->options; o->kind != OPT_END; o++)
            if (letter ? o->letter == letter : strlen(o->name) == length && !memcmp(o->name, name, length)) {
                *found = (found_option){o, (char *)args + g->at};
                return true;
            }
    return false;
}

static kith_code store_number(const option *o, const char *value, uint32_t *number, kith_err *err)
{
    char *end = NULL;

    errno = 0;
    unsigned long long n = strtoull(value, &end, 10);
    if (!isdigit((unsigned char)value[0]) || *end || errno || n > UINT32_MAX - 1)
        return cli_usage(err, "--%s wants a whole number up to %u, not \"%s\"", o->name, UINT32_MAX - 1,
                         value);
    *number = (uint32_t)n;
    return KITH_OK;
}

/** A plain decimal above 0 and below `limit`. */
static kith_code store_real(const option *o, const char *value, double limit, double *real, kith_err *err)
{
    char *end = NULL;
    double number = strtod(value, &end);

    if (value[strspn(value, "0123456789.")] || end == value || *end || !(number > 0 && number < limit))
        return cli_usage(err, "--%s wants a number above 0%s, such as 0.05, not \"%s\"", o->name,
                         limit > 1 ? "" : " and below 1", value);
    *real = number;
    return KITH_OK;
}

static kith_code store_choice(const option *o, const char *value, int *choice, kith_err *err)
{
    char words[256] = "";

    for (int i = 0; o->words[i]; i++) {
        if (!strcmp(o->words[i], value)) {
            *choice = i;
            return KITH_OK;
        }
        size_t used = strlen(words);
        snprintf(words + used, sizeof words - used, "%s%s", i ? ", " : "", o->words[i]);
    }
    return cli_usage(err, "--%s is one of %s, not \"%s\"", o->name, words, value);
}

static kith_code store(found_option found, const char *value, kith_err *err)
{
    void *slot = found.args + found.opt->at;
    text_list *list = slot;
    const char **items;

    switch (found.opt->kind) {
    case OPT_FLAG:
        *(bool *)slot = true;
        return KITH_OK;
    case OPT_U32:
        return store_number(found.opt, value, slot, err);
    case OPT_SHARE:
        return store_real(found.opt, value, 1, slot, err);
    case OPT_REAL:
        return store_real(found.opt, value, HUGE_VAL, slot, err);
    case OPT_CHOICE:
        return store_choice(found.opt, value, slot, err);
    case OPT_TEXT:
        *(const char **)slot = value;
        return KITH_OK;
    case OPT_LIST:
        items = kith_realloc(list->items, (size_t)list->count + 1, sizeof *items);
        if (!items)
            return out_of_memory(err);
        list->items = items;
        list->items[list->count++] = value;
        return KITH_OK;
    case OPT_END:
        break;
    }
    return KITH_EBUG;
}

static size_t count_options(const option_group *groups)
{
    size_t count = 0;

    for (const option_group *g = groups; g->title; g++)
        for (const option *o = g->options; o->kind != OPT_END; o++)
            count++;
    return count;
}

/** Whether the command line gave an option: its place in `given`, [count_options]. */
static bool *given_slot(const option_group *groups, const option *opt, bool *given)
{
    for (const option_group *g = groups; g->title; g++)
        for (const option *o = g->options; o->kind != OPT_END; o++, given++)
            if (o == opt)
                return given;
    return NULL;
}

static kith_code take_long(const option_group *groups, int argc, char **argv, int *at, void *args,
                           bool *given, kith_err *err)
{
    const char *name = argv[*at] + 2, *equals = strchr(name, '='), *value = equals ? equals + 1 : NULL;
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    found_option found;

    if (!find_option(groups, args, name, length, 0, &found))
        return cli_usage(err, "there is no option --%.*s", (int)length, name);
    if (found.opt->kind == OPT_FLAG && value)
        return cli_usage(err, "--%s takes no value", found.opt->name);
    if (found.opt->kind != OPT_FLAG && !value) {
        if (*at + 1 >= argc)
            return cli_usage(err, "--%s wants %s behind it", found.opt->name, found.opt->argument);
        value = argv[++*at];
    }
    *given_slot(groups, found.opt, given) = true;
    return store(found, value, err);
}

static kith_code take_letters(const option_group *groups, int argc, char **argv, int *at, void *args,
                              bool *given, kith_err *err)
{
    for (const char *letter = argv[*at] + 1; *letter; letter++) {
        found_option found;
        const char *value = NULL;

        if (!find_option(groups, args, NULL, 0, *letter, &found))
            return cli_usage(err, "there is no option -%c", *letter);
        if (found.opt->kind != OPT_FLAG) {
            value = letter[1] ? letter + 1 : *at + 1 < argc ? argv[++*at] : NULL;
            if (!value)
                return cli_usage(err, "-%c wants %s behind it", *letter, found.opt->argument);
        }
        *given_slot(groups, found.opt, given) = true;
        kith_code rc = store(found, value, err);
        if (rc || value)
            return rc;
    }
    return KITH_OK;
}

static bool is_no(const char *value)
{
    static const char *const noes[] = {"", "0", "no", "off", "false"};

    for (size_t i = 0; i < sizeof noes / sizeof *noes; i++)
        if (!strcasecmp(value, noes[i]))
            return true;
    return false;
}

static kith_code take_fallbacks(const option_group *groups, void *args, bool *given,
                                option_fallback *fallback, void *ctx, kith_err *err)
{
    for (const option_group *g = groups; g->title; g++)
        for (const option *o = g->options; o->kind != OPT_END; o++) {
            const char *value = *given_slot(groups, o, given) ? NULL : fallback(ctx, o);

            if (!value || (o->kind == OPT_FLAG && is_no(value)))
                continue;
            kith_code rc = store((found_option){o, (char *)args + g->at}, value, err);
            if (rc)
                return rc;
        }
    return KITH_OK;
}

kith_code cli_options_parse(const option_group *groups, int argc, char **argv, void *args, text_list *rest,
                            option_fallback *fallback, void *ctx, kith_err *err)
{
    kith_code rc = KITH_OK;
    bool only_rest = false, *given = kith_calloc(count_options(groups), sizeof *given);

    if (!given)
        return out_of_memory(err);
    for (int i = 0; i < argc && !rc; i++) {
        if (only_rest || argv[i][0] != '-' || !argv[i][1])
            rest->items[rest->count++] = argv[i];
        else if (!strcmp(argv[i], "--"))
            only_rest = true;
        else if (argv[i][1] == '-')
            rc = take_long(groups, argc, argv, &i, args, given, err);
        else
            rc = take_letters(groups, argc, argv, &i, args, given, err);
    }
    if (!rc)
        rc = take_fallbacks(groups, args, given, fallback, ctx, err);
    kith_free(given);
    return rc;
}

void cli_options_free(const option_group *groups, void *args)
{
    for (const option_group *g = groups; g->title; g++)
        for (const option *o = g->options; o->kind != OPT_END; o++)
            if (o->kind == OPT_LIST)
                kith_free(((text_list *)(void *)((char *)args + g->at + o->at))->items);
}

#include <kith/folder.h>
#include <kith/memory.h>
#include <stdio.h>

#include "command.h"

typedef struct check_args {
    command_args base;
    output_args output;
} check_args;

static const option_group groups[] = {
    {"Output", cli_format_options, offsetof(check_args, output)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith check cohort.kith", "verify a network file: every checksum, every reference"},
    {"kith check report", "verify a report folder against its manifest"},
    {"kith check cohort.kith report --format json", "the same for a program to read"},
    {NULL, NULL},
};

/** Checks each path, whatever comes of the others. @return the first that is not whole, or NULL. */
static const kith_checked *check_all(const text_list *paths, kith_checked *list)
{
    const kith_checked *first = NULL;

    for (uint32_t i = 0; i < paths->count; i++) {
        list[i].path = paths->items[i];
        if (kith_check(list[i].path, &list[i].covered, &list[i].fault) && !first)
            first = &list[i];
    }
    return first;
}

static kith_code run(const void *args, kith_err *err)
{
    const check_args *a = args;
    const text_list *paths = &a->base.rest;
    kith_output to;

    kith_code rc = cli_output(&a->output, &to, err);
    if (rc)
        return rc;
    kith_checked *list = kith_calloc(paths->count, sizeof *list);
    if (!list) {
        snprintf(err->message, sizeof err->message, "out of memory");
        return err->code = KITH_ENOMEM;
    }
    const kith_checked *first = check_all(paths, list);
    if (!a->base.common.quiet || kith_output_format(&to) != KITH_FORMAT_TEXT)
        rc = kith_write_checked(list, paths->count, &to, err);
    if (!rc && first) {
        *err = first->fault;
        rc = err->code;
    }
    kith_free(list);
    return rc;
}

const command cmd_check = {
    .name = "check",
    .summary = "verify checksums and structure of a network or a report folder",
    .synopsis = "NET|DIR... [OPTION...]",
    .details =
        "Reads every byte. The exit code is 65 where anything is damaged or missing; the others are then "
        "checked all the same. With --quiet, text goes unsaid.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(check_args),
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

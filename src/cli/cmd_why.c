#include <kith/why.h>

#include "command.h"

typedef struct why_args {
    command_args base;
    input_args input;
    output_args output;
    uint32_t top;
} why_args;

static const option options[] = {
    {OPT_U32, 'k', "top", "N", "at most N ties, or contacts that two people share (default 10; 0: all)",
     offsetof(why_args, top), NULL},
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Options", options, 0},
    {"Output", cli_output_options, offsetof(why_args, output)},
    {"Reading inputs", cli_input_options, offsetof(why_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith why cohort.kith 'Noor Haddad' 'Ben Ito'", "all that is known of a tie, and how it counts"},
    {"kith why cohort.kith 'Noor Haddad' --top 5", "whom she knows best, and why"},
    {"kith why Connections.csv me 'Folake Okonjo' --owner 'Ann Lee'",
     "a tie in one export, with no build step"},
    {NULL, NULL},
};

static void preset(void *args)
{
    const kith_why_opts defaults = KITH_WHY_DEFAULTS;

    ((why_args *)args)->top = defaults.top;
}

/** Turns the people behind NET into ids. */
static kith_code ask(const kith_net *net, const text_list *rest, kith_why_opts *opts, kith_err *err)
{
    kith_code rc = kith_who_one(net, rest->items[1], &opts->who, err);

    if (!rc && rest->count > 2)
        rc = kith_who_one(net, rest->items[2], &opts->other, err);
    return rc;
}

static kith_code run(const void *args, kith_err *err)
{
    const why_args *a = args;
    const text_list *rest = &a->base.rest;
    const kith_setting settings[] = {{"who", rest->items[1]},
                                     {"other", rest->count > 2 ? rest->items[2] : NULL}};
    command_args inputs = a->base;
    kith_why_opts opts = KITH_WHY_DEFAULTS;
    kith_why_result result = {0};
    kith_net *net = NULL;
    kith_output to;
    bool rejected = false;

    opts.top = a->top;
    inputs.rest.count = 1;
    kith_code rc = cli_output(&a->output, &to, err);
    to.settings = settings;
    to.n_settings = rest->count - 1;
    if (!rc)
        rc = cli_load(&inputs, &a->input, &a->output.privacy, &net, &rejected, err);
    if (!rc)
        rc = ask(net, rest, &opts, err);
    if (!rc)
        rc = kith_why(net, &opts, &result, err);
    if (!rc)
        rc = kith_write_why(net, &result, &to, err);
    const bool found = result.tied || result.n_ties > 0;
    kith_why_free(&result);
    kith_net_close(net);
    return cli_outcome(rc, found, rejected);
}

const command cmd_why = {
    .name = "why",
    .summary = "all that is known of a tie, and how it counts; or a person's strongest ties",
    .synopsis = "NET WHO [WHO] [OPTION...]",
    .details =
        "With two people: every kind of evidence that they know each other, with its dates and counts; how "
        "much each piece counts (its weight times a factor from 0 to 1 by age or amount); and the strength "
        "that comes of it, which is the chance that the tie would make an introduction. Where the two are "
        "not "
        "tied it tells what comes closest: contacts, companies and schools that they share. With one person: "
        "their strongest ties and the main reason for each.\n\n"
        "NET is one network file, or one input. The exit code is 1 where there is no tie.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(why_args),
    .preset = preset,
    .min_rest = 2,
    .max_rest = 3,
    .run = run,
};

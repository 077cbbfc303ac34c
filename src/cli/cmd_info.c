#include "command.h"

typedef struct info_args {
    command_args base;
    input_args input;
    output_args output;
    bool rejects;
    bool merges;
    bool doubts;
} info_args;

static const option options[] = {
    {OPT_FLAG, 0, "rejects", NULL, "list the rejected rows with their reasons", offsetof(info_args, rejects),
     NULL},
    {OPT_FLAG, 0, "merges", NULL, "list which records were joined, and why", offsetof(info_args, merges),
     NULL},
    {OPT_FLAG, 0, "doubts", NULL,
     "list records that may be one person, to decide on (see kith build --decisions)",
     offsetof(info_args, doubts), NULL},
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Options", options, 0},
    {"Output", cli_output_options, offsetof(info_args, output)},
    {"Reading inputs", cli_input_options, offsetof(info_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith info cohort.kith", "people, ties, sources and dates"},
    {"kith info cohort.kith --rejects", "which rows could not be used, and why"},
    {"kith info cohort.kith --merges -o merges.csv", "which records were taken for one person"},
    {"kith info cohort.kith --doubts -o decisions.csv", "which may be one person, to be decided on"},
    {NULL, NULL},
};

static kith_code run(const void *args, kith_err *err)
{
    const info_args *a = args;
    kith_net *net = NULL;
    kith_circles circles;
    kith_output to;
    bool rejected = false;

    kith_code rc = cli_output(&a->output, &to, err);
    if (!rc)
        rc = cli_load(&a->base, &a->input, &a->output.privacy, &net, &rejected, err);
    if (!rc)
        rc = kith_count_circles(net, &circles, err);
    if (!rc)
        rc = kith_write_info(
            net,
            &(kith_info_parts){
                .rejects = a->rejects, .merges = a->merges, .doubts = a->doubts, .circles = &circles},
            &to, err);
    kith_net_close(net);
    return cli_outcome(rc, true, rejected);
}

const command cmd_info = {
    .name = "info",
    .summary = "what is inside a network: people, ties, sources, dates, rejects, merges",
    .synopsis = "NET [OPTION...]",
    .details = "NET is a .kith file, or the inputs of one.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(info_args),
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

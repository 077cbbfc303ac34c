#include <kith/folder.h>

#include "command.h"

typedef struct export_args {
    command_args base;
    input_args input;
    const char *path;
    bool with_contacts;
} export_args;

static const option options[] = {
    {OPT_TEXT, 'o', "output", "FILE", "the file to write: .graphml, also with .gz",
     offsetof(export_args, path), NULL},
    {OPT_FLAG, 0, "with-contacts", NULL, "also emails, phones and URLs", offsetof(export_args, with_contacts),
     NULL},
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Options", options, 0},
    {"Reading inputs", cli_input_options, offsetof(export_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith export cohort.kith -o cohort.graphml.gz", "for Gephi, yEd, igraph, NetworkX"},
    {NULL, NULL},
};

static kith_code run(const void *args, kith_err *err)
{
    const export_args *a = args;
    kith_net *net = NULL;
    bool rejected = false;

    if (!a->path)
        return cli_usage(err, "export wants -o FILE: the file to write");
    kith_code rc = cli_load(&a->base, &a->input, &net, &rejected, err);
    if (!rc)
        rc = kith_export(net, a->path, a->with_contacts, err);
    kith_net_close(net);
    return cli_outcome(rc, true, rejected);
}

const command cmd_export = {
    .name = "export",
    .summary = "the network as a graph file for other tools",
    .synopsis = "NET -o FILE [OPTION...]",
    .details = "The format is told by the ending of FILE.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(export_args),
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

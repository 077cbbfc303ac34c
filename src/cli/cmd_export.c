#include <kith/folder.h>

#include "command.h"

typedef struct export_args {
    command_args base;
    input_args input;
    const char *path;
    int format; /**< kith_export_format */
    privacy_args privacy;
} export_args;

/** In the order of kith_export_format. */
static const char *const formats[] = {"auto", "graphml", "gml",    "pajek", "dot",
                                      "csv",  "jsonl",   "tables", NULL};

static const option options[] = {
    {OPT_TEXT, 'o', "output", "FILE",
     "the file to write: .graphml .gml .net .dot .csv .jsonl, each also with .gz; of tables a folder",
     offsetof(export_args, path), NULL},
    {OPT_CHOICE, 0, "format", "NAME",
     "auto (by the ending), graphml, gml, pajek, dot, csv (ties), jsonl or tables",
     offsetof(export_args, format), formats},
    CLI_PRIVACY_OPTIONS(export_args, privacy),
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
    {"kith export cohort.kith --format tables -o sheets", "people, ties and mentorships as sheets"},
    {"kith build sheets -o again.kith", "reads them back as the same network"},
    {NULL, NULL},
};

static kith_code run(const void *args, kith_err *err)
{
    const export_args *a = args;
    kith_net *net = NULL;
    bool rejected = false;

    if (!a->path)
        return cli_usage(err, "export wants -o FILE: the file to write");
    kith_code rc = cli_load(&a->base, &a->input, &a->privacy, &net, &rejected, err);
    if (!rc)
        rc = kith_export(net,
                         &(kith_export_opts){.path = a->path,
                                             .format = (kith_export_format)a->format,
                                             .with_contacts = a->privacy.with_contacts},
                         err);
    kith_net_close(net);
    return cli_outcome(rc, true, rejected);
}

const command cmd_export = {
    .name = "export",
    .summary = "the network as a file for other tools, or to be read again",
    .synopsis = "NET -o FILE [OPTION...]",
    .details =
        "The format is told by the ending of FILE. What is exported as tables reads back as the same "
        "people, ties and mentorships; GraphML and GML carry people and ties, Pajek keys and strengths.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(export_args),
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

#include <kith/folder.h>

#include "command.h"
#include "terminal.h"

typedef struct report_args {
    command_args base;
    input_args input;
    const char *folder;
    text_list from;
    text_list to;
    const char *layout_from;
    privacy_args privacy;
} report_args;

static const option options[] = {
    {OPT_TEXT, 'o', "output", "DIR", "the folder to write", offsetof(report_args, folder), NULL},
    {OPT_LIST, 'f', "from", "WHO", "with --to: also the routes from WHO; may be given again",
     offsetof(report_args, from), NULL},
    {OPT_LIST, 't', "to", "WHO", "whom to reach; one for each --from", offsetof(report_args, to), NULL},
    {OPT_TEXT, 0, "layout-from", "DIR", "an older report: people stand where they stood in its picture",
     offsetof(report_args, layout_from), NULL},
    CLI_PRIVACY_OPTIONS(report_args, privacy),
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Options", options, 0},
    {"Reading inputs", cli_input_options, offsetof(report_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith report cohort.kith -o report", "everything, as one browsable folder"},
    {"kith report cohort.kith --from 'Noor Haddad' --to company:Acme -o report",
     "with Noor's routes to Acme"},
    {NULL, NULL},
};

static kith_code run(const void *args, kith_err *err)
{
    const report_args *a = args;
    kith_net *net = NULL;
    bool rejected = false;

    if (!a->folder)
        return cli_usage(err, "report wants -o DIR: the folder to write");
    if (a->from.count != a->to.count)
        return cli_usage(err, "report wants as many --to as --from");
    kith_report_opts opts = {.folder = a->folder,
                             .from = a->from.items,
                             .to = a->to.items,
                             .n_routes = a->from.count,
                             .with_contacts = a->privacy.with_contacts,
                             .layout_from = a->layout_from,
                             .progress = terminal_progress(&a->base.common)};

    kith_code rc = cli_load(&a->base, &a->input, &a->privacy, &net, &rejected, err);
    if (!rc)
        rc = kith_report(net, &opts, err);
    terminal_finish();
    if (!rc)
        terminal_print("%s/index.html", a->folder);
    kith_net_close(net);
    return cli_outcome(rc, true, rejected);
}

const command cmd_report = {
    .name = "report",
    .summary = "everything, as one browsable folder",
    .synopsis = "NET -o DIR [OPTION...]",
    .details =
        "Writes index.html, every answer as .txt.gz, .csv.gz and .json.gz, network.graphml.gz, "
        "positions.json.gz for --layout-from, and last manifest.json with the size and checksum of each "
        "file, "
        "which `kith check DIR` verifies. Prints the path of the page, which needs nothing but a browser.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(report_args),
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

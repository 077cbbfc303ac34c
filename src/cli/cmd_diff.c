#include <kith/diff.h>
#include <kith/memory.h>

#include "command.h"
#include "terminal.h"

typedef struct diff_args {
    command_args base;
    input_args input;
    output_args output;
    uint32_t top;
    uint32_t brokers;
    const char *from;
    text_list to;
    uint32_t max_hops;
    const char *group;
} diff_args;

static const option options[] = {
    {OPT_U32, 'k', "top", "N", "at most N changes of each kind (default 20; 0: all)",
     offsetof(diff_args, top), NULL},
    {OPT_U32, 0, "brokers", "N",
     "the first N people by betweenness are brokers (default 20; 0: not compared)",
     offsetof(diff_args, brokers), NULL},
    {OPT_TEXT, 'g', "group", "FIELD",
     "people and ties per company, cohort, industry, location, title or role", offsetof(diff_args, group),
     NULL},
    {.kind = OPT_END},
};

static const option route_options[] = {
    {OPT_TEXT, 0, "from", "WHO", "who asks: which routes opened and closed for them",
     offsetof(diff_args, from), NULL},
    {OPT_LIST, 0, "to", "WHO", "whom they want to reach; may be given again", offsetof(diff_args, to), NULL},
    {OPT_U32, 0, "max-hops", "N", "at most N ties on a route (default 3; 0: no limit)",
     offsetof(diff_args, max_hops), NULL},
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Options", options, 0},
    {"Routes", route_options, 0},
    {"Output", cli_output_options, offsetof(diff_args, output)},
    {"Reading inputs", cli_input_options, offsetof(diff_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith diff yesterday.kith today.kith", "who and what came, went and changed"},
    {"kith diff yesterday.kith today.kith --top 0 -o changes.csv.gz", "all of it, one change a row"},
    {"kith diff spring.kith autumn.kith --group cohort", "with what became of each cohort"},
    {"kith diff spring.kith autumn.kith --from 'Noor Haddad' --to 'company:Acme'",
     "with the people at Acme whom Noor can reach now, or no longer"},
    {"kith diff 2025/Connections.csv 2026/Connections.csv --owner 'Ann Lee'",
     "two exports of one person, with no build step"},
    {NULL, NULL},
};

static void preset(void *args)
{
    const kith_diff_opts defaults = KITH_DIFF_DEFAULTS;
    diff_args *a = args;

    a->top = defaults.top;
    a->brokers = defaults.brokers;
    a->max_hops = defaults.max_hops;
}

/** What is asked; borrowed from the arguments. */
static kith_code ask(const diff_args *a, kith_diff_opts *opts, kith_err *err)
{
    static const kith_field fields[] = {KITH_FIELD_COMPANY,  KITH_FIELD_COHORT, KITH_FIELD_INDUSTRY,
                                        KITH_FIELD_LOCATION, KITH_FIELD_TITLE,  KITH_FIELD_ROLE};

    *opts = (kith_diff_opts){.top = a->top,
                             .brokers = a->brokers,
                             .from = a->from,
                             .to = a->to.items,
                             .n_to = a->to.count,
                             .max_hops = a->max_hops,
                             .progress = terminal_progress(&a->base.common)};
    if ((a->from != NULL) != (a->to.count > 0))
        return cli_usage(err, "--from and --to go together: who asks, and whom they want to reach");
    for (size_t i = 0; a->group && !opts->grouped && i < sizeof fields / sizeof *fields; i++) {
        opts->grouped = kith_field_find(a->group) == fields[i];
        opts->group = fields[i];
    }
    if (a->group && !opts->grouped)
        return cli_usage(err, "--group wants company, cohort, industry, location, title or role, not \"%s\"",
                         a->group);
    return KITH_OK;
}

/** Opens one of the two networks. */
static kith_code load(const diff_args *a, uint32_t which, kith_net **net, bool *rejected, kith_err *err)
{
    command_args inputs = a->base;
    bool some = false;

    inputs.rest.items += which;
    inputs.rest.count = 1;
    const kith_code rc = cli_load(&inputs, &a->input, &a->output.privacy, net, &some, err);
    *rejected |= some;
    return rc;
}

static kith_code run(const void *args, kith_err *err)
{
    const diff_args *a = args;
    kith_diff_opts opts;
    kith_diff_result result = {0};
    kith_net *before = NULL, *after = NULL;
    kith_output to;
    kith_setting settings[2] = {{"from", a->from}};
    bool rejected = false;

    kith_code rc = ask(a, &opts, err);
    if (rc)
        return rc;
    char *sought = cli_join(&a->to);
    settings[1] = (kith_setting){"to", sought};
    rc = cli_output(&a->output, &to, err);
    to.settings = settings;
    to.n_settings = sought ? 2 : 0;
    if (!rc)
        rc = load(a, 0, &before, &rejected, err);
    if (!rc)
        rc = load(a, 1, &after, &rejected, err);
    if (!rc)
        rc = kith_diff(before, after, &opts, &result, err);
    terminal_finish();
    if (!rc)
        rc = kith_write_diff(before, after, &result, &to, err);
    kith_diff_free(&result);
    kith_net_close(before);
    kith_net_close(after);
    kith_free(sought);
    return cli_outcome(rc, true, rejected);
}

const command cmd_diff = {
    .name = "diff",
    .summary = "what changed between two networks",
    .synopsis = "OLD NEW [OPTION...]",
    .details =
        "People are followed by the keys they share (emails, LinkedIn addresses, ids), so that who is "
        "renamed is told as changed, and who turned out to be one or several as that. A tie that crossed "
        "from one tier (strong, medium, weak) into another is told with both strengths. A broker is new, "
        "risen, fallen or gone when the share of other people's shortest routes that lead through them "
        "changed by a tenth or more.\n\n"
        "With --from and --to: who can be reached now and could not before, and the other way round. A query "
        "is asked of each network; a person is sought in NEW, or else in OLD, and followed.\n\n"
        "OLD and NEW are network files, or one input each, read with the same options. The exit code is 0 "
        "also where nothing changed.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(diff_args),
    .preset = preset,
    .min_rest = 2,
    .max_rest = 2,
    .run = run,
};

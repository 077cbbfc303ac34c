#include <kith/bridges.h>

#include "command.h"
#include "grouping.h"
#include "terminal.h"

typedef struct bridges_args {
    command_args base;
    input_args input;
    output_args output;
    uint32_t top;
    bool exact;
    double error;
    double confidence;
    uint32_t seed;
    bool weighted;
    bool directed;
    text_list without;
    uint32_t suggest;
    grouping_args groups;
} bridges_args;

static const option options[] = {
    {OPT_U32, 'k', "top", "N", "at most N people (default 20; 0: everyone)", offsetof(bridges_args, top),
     NULL},
    {OPT_FLAG, 0, "weighted", NULL, "constraint and its kin by the strength of ties",
     offsetof(bridges_args, weighted), NULL},
    {OPT_FLAG, 0, "directed", NULL,
     "with --group: roles on the ties of which a table states which way they lead",
     offsetof(bridges_args, directed), NULL},
    {OPT_FLAG, 0, "exact", NULL, "betweenness from everyone, however long it takes",
     offsetof(bridges_args, exact), NULL},
    {OPT_SHARE, 0, "error", "E",
     "betweenness from samples, within E of all pairs of people (default 0.005 on large networks)",
     offsetof(bridges_args, error), NULL},
    {OPT_SHARE, 0, "confidence", "C", "chance that samples keep within the error for everyone (default 0.9)",
     offsetof(bridges_args, confidence), NULL},
    {OPT_U32, 0, "seed", "N", "which samples are drawn, and how communities are sought (default 0)",
     offsetof(bridges_args, seed), NULL},
    {.kind = OPT_END},
};

static const option role_options[] = {
    {OPT_TEXT, 'g', "group", "FIELD",
     "the roles that people play between groups: company, cohort, industry, location, or community",
     offsetof(grouping_args, group), NULL},
    {.kind = OPT_END},
};

static const option change_options[] = {
    {OPT_LIST, 0, "without", "WHO", "what becomes of the network without these people; may be given again",
     offsetof(bridges_args, without), NULL},
    {OPT_U32, 0, "suggest", "N", "the N introductions that would hold the network together best",
     offsetof(bridges_args, suggest), NULL},
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Options", options, 0},
    {"Groups", role_options, offsetof(bridges_args, groups)},
    {"Communities", grouping_options, offsetof(bridges_args, groups)},
    {"What if", change_options, 0},
    {"Output", cli_output_options, offsetof(bridges_args, output)},
    {"Reading inputs", cli_input_options, offsetof(bridges_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith bridges cohort.kith", "who holds the network together, and what is lost without them"},
    {"kith bridges cohort.kith --group company", "who stands between companies, and in what part"},
    {"kith bridges cohort.kith --without 'Marisol Tanaka'", "what becomes of the network when she leaves"},
    {"kith bridges cohort.kith --suggest 5",
     "whom to introduce to whom, so that less hangs on single people"},
    {"kith bridges cohort.kith --top 0 -o brokers.csv.gz", "everyone's measures, as compressed CSV"},
    {"kith bridges ties.csv --error 0.001", "a large network, closer than it is usually sampled"},
    {NULL, NULL},
};

static void preset(void *args)
{
    bridges_args *a = args;

    a->top = 20;
    a->confidence = 0.9;
    grouping_preset(&a->groups);
}

static kith_code answer_without(const kith_net *net, const bridges_args *a, const kith_output *to,
                                kith_err *err)
{
    kith_without_result result = {0};
    kith_ids leave = {0};
    kith_code rc = cli_who_any(net, &a->without, &leave, err);

    if (!rc) {
        const kith_without_opts opts = {.people = leave.ids,
                                        .n_people = leave.count,
                                        .seed = a->seed,
                                        .progress = terminal_progress(&a->base.common)};
        rc = kith_without(net, &opts, &result, err);
    }
    terminal_finish();
    if (!rc)
        rc = kith_write_without(net, &result, to, err);
    kith_without_free(&result);
    kith_ids_free(&leave);
    return rc;
}

static kith_code answer_suggestions(const kith_net *net, const bridges_args *a,
                                    const kith_bridges_opts *groups_as, const kith_output *to, kith_err *err)
{
    const kith_suggest_opts opts = {.top = a->suggest,
                                    .grouping = groups_as->grouping,
                                    .field = groups_as->field,
                                    .resolution = a->groups.resolution,
                                    .runs = a->groups.runs,
                                    .seed = a->seed,
                                    .progress = terminal_progress(&a->base.common)};
    kith_suggest_result result = {0};
    kith_code rc = kith_suggest(net, &opts, &result, err);

    terminal_finish();
    if (!rc)
        rc = kith_write_suggestions(net, &result, to, err);
    kith_suggest_free(&result);
    return rc;
}

static kith_code answer_brokers(const kith_net *net, const bridges_args *a, kith_bridges_opts *opts,
                                const kith_output *to, kith_err *err)
{
    kith_bridges_result result = {0};

    opts->progress = terminal_progress(&a->base.common);
    kith_code rc = kith_bridges(net, opts, &result, err);
    terminal_finish();
    if (!rc)
        rc = kith_write_bridges(net, &result, to, err);
    kith_bridges_free(&result);
    return rc;
}

static kith_code run(const void *args, kith_err *err)
{
    const bridges_args *a = args;
    kith_bridges_opts opts = {.top = a->top,
                              .method = a->exact       ? KITH_BRIDGES_EXACT
                                        : a->error > 0 ? KITH_BRIDGES_SAMPLED
                                                       : KITH_BRIDGES_CHOOSE,
                              .epsilon = a->error,
                              .delta = 1 - a->confidence,
                              .seed = a->seed,
                              .resolution = a->groups.resolution,
                              .runs = a->groups.runs,
                              .weighted = a->weighted,
                              .directed = a->directed};
    kith_net *net = NULL;
    kith_output to;
    bool rejected = false;
    char communities[96];
    kith_setting settings[2];

    if (a->exact && a->error > 0)
        return cli_usage(err, "--exact and --error exclude each other");
    if (a->without.count > 0 && a->suggest > 0)
        return cli_usage(err, "--without and --suggest exclude each other");
    if (a->directed && (!a->groups.group || a->without.count > 0 || a->suggest > 0))
        return cli_usage(err, "--directed is about roles: it wants --group, and no --without or --suggest");
    kith_code rc = grouping_read(&a->groups, &opts.grouping, &opts.field, err);
    if (!rc)
        rc = cli_output(&a->output, &to, err);
    if (!rc)
        rc = cli_load(&a->base, &a->input, &a->output.privacy, &net, &rejected, err);
    if (!rc) {
        to.settings = settings;
        to.n_settings = grouping_settings(&a->groups, a->seed, communities, sizeof communities, settings);
        if (a->without.count > 0)
            rc = answer_without(net, a, &to, err);
        else if (a->suggest > 0)
            rc = answer_suggestions(net, a, &opts, &to, err);
        else
            rc = answer_brokers(net, a, &opts, &to, err);
    }
    terminal_finish();
    kith_net_close(net);
    return cli_outcome(rc, true, rejected);
}

const command cmd_bridges = {
    .name = "bridges",
    .summary = "who joins circles that nothing else joins, and what falls apart without them",
    .synopsis = "NET [OPTION...]",
    .details =
        "For each person: betweenness (how many shortest routes of others lead through them), constraint and "
        "effective size (how much their contacts know each other), and, for cut people, who loses contact to "
        "the rest without them. Then the ties whose loss would part two groups. --group adds which roles "
        "people play between two others who have no tie: coordinator (all three of one group), itinerant "
        "(between two of another), gatekeeper (into the own group), representative (out of it) and liaison "
        "(three groups), with what would be expected were groups dealt out at random. --without shows parts, "
        "distances and who can reach which company before and after; --suggest, which introductions would "
        "help. Betweenness is exact where people times ties are at most 20,000,000,000; on larger networks, "
        "or "
        "with --error, it is estimated from random pairs, and the answer says how well.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(bridges_args),
    .preset = preset,
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

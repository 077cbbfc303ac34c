#include <kith/cohort.h>

#include <kith/memory.h>

#include "command.h"
#include "grouping.h"
#include "terminal.h"

typedef struct cohort_args {
    command_args base;
    input_args input;
    output_args output;
    grouping_args groups;
    uint32_t top;
    text_list targets;
    uint32_t permutations;
    uint32_t seed;
} cohort_args;

static const option options[] = {
    {OPT_U32, 'k', "top", "N", "the N largest groups (default 20; 0: all)", offsetof(cohort_args, top), NULL},
    {OPT_LIST, 0, "target", "WHO", "people whom the groups want to reach; may be given again",
     offsetof(cohort_args, targets), NULL},
    {OPT_U32, 0, "permutations", "N", "times that groups are dealt out at random (default 1000)",
     offsetof(cohort_args, permutations), NULL},
    {OPT_U32, 0, "seed", "N", "how they are dealt out, and communities sought (default 0)",
     offsetof(cohort_args, seed), NULL},
    {.kind = OPT_END},
};

static const option side_options[] = {
    {OPT_TEXT, 'g', "group", "FIELD", "the groups: company, cohort, industry, location, or community",
     offsetof(grouping_args, group), NULL},
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Options", options, 0},
    {"Groups", side_options, offsetof(cohort_args, groups)},
    {"Communities", grouping_options, offsetof(cohort_args, groups)},
    {"Output", cli_output_options, offsetof(cohort_args, output)},
    {"Reading inputs", cli_input_options, offsetof(cohort_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith cohort cohort.kith --group cohort", "cohorts side by side: who is connected, dependent, left out"},
    {"kith cohort cohort.kith --group cohort --target 'company:\"Acme Robotics\"'",
     "and which of them can reach a company"},
    {"kith cohort cohort.kith --group community -o circles.html", "groups that nobody made, as a page"},
    {NULL, NULL},
};

static void preset(void *args)
{
    cohort_args *a = args;

    a->top = 20;
    a->permutations = 1000;
    grouping_preset(&a->groups);
}

/** Finds each of the targets; all of `found`, [count], is the caller's to free, also after a failure. */
static kith_code find_targets(const kith_net *net, const text_list *targets, kith_ids *found, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint32_t t = 0; rc == KITH_OK && t < targets->count; t++)
        rc = kith_who_many(net, targets->items[t], &found[t], err);
    return rc;
}

static kith_code answer(const kith_net *net, const cohort_args *a, kith_cohort_opts *opts,
                        const kith_output *to, bool *found, kith_err *err)
{
    const uint32_t count = a->targets.count;
    kith_cohort_result result = {0};
    kith_ids *targets = kith_calloc(count, sizeof *targets);
    kith_code rc = targets ? find_targets(net, &a->targets, targets, err) : KITH_ENOMEM;

    opts->targets = targets;
    opts->n_targets = count;
    opts->progress = terminal_progress(&a->base.common);
    if (!rc)
        rc = kith_cohort(net, opts, &result, err);
    terminal_finish();
    if (!rc) {
        *found = result.n_groups > 0;
        result.target_names = a->targets.items;
        rc = kith_write_cohort(net, &result, to, err);
    }
    kith_cohort_free(&result);
    for (uint32_t t = 0; targets && t < count; t++)
        kith_ids_free(&targets[t]);
    kith_free(targets);
    return rc;
}

static kith_code run(const void *args, kith_err *err)
{
    const cohort_args *a = args;
    kith_cohort_opts opts = {.top = a->top,
                             .resolution = a->groups.resolution,
                             .runs = a->groups.runs,
                             .seed = a->seed,
                             .permutations = a->permutations};
    kith_net *net = NULL;
    kith_output to;
    bool rejected = false, found = false;
    char communities[96];
    kith_setting settings[2];

    if (!a->groups.group)
        return cli_usage(err, "--group is missing: company, cohort, industry, location or community");
    kith_code rc = grouping_read(&a->groups, &opts.grouping, &opts.field, err);
    if (!rc)
        rc = cli_output(&a->output, &to, err);
    if (!rc)
        rc = cli_load(&a->base, &a->input, &a->output.privacy, &net, &rejected, err);
    if (!rc) {
        to.settings = settings;
        to.n_settings = grouping_settings(&a->groups, a->seed, communities, sizeof communities, settings);
        rc = answer(net, a, &opts, &to, &found, err);
    }
    terminal_finish();
    kith_net_close(net);
    return cli_outcome(rc, found, rejected);
}

const command cmd_cohort = {
    .name = "cohort",
    .summary = "groups side by side: how connected, how dependent, who is left out",
    .synopsis = "NET --group FIELD [OPTION...]",
    .details =
        "For each group, and for all together: ties inside and out, density, and whether the group keeps to "
        "itself more than chance would have it (E-I index, with a p-value); distances, parts, clustering, "
        "cores, and on how few people it hangs (bus factor); who has no tie inside, or only one, and which "
        "well-connected person is near; how many have a mentor and mentor in turn; and which companies are "
        "within two and three ties.\n\n"
        "All together are those who are in a group, taken as one. What is measured inside a group leaves "
        "everybody else out; reach leads through anyone. --target tells how many of each group have somebody "
        "sought within two and three ties. Where people of a group times ties of the network are more than "
        "1,000,000,000, distances and reach are those of 256 people picked at random, and betweenness is "
        "sampled; the answer says so.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(cohort_args),
    .preset = preset,
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

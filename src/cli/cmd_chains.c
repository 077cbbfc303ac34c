#include <kith/ancestry.h>
#include <kith/chains.h>
#include <kith/health.h>
#include <kith/who.h>

#include "command.h"
#include "terminal.h"

typedef struct chains_args {
    command_args base;
    input_args input;
    output_args output;
    const char *programme;
    const char *cohort;
    const char *of;
    uint32_t top, limit, exposure_months, depth;
} chains_args;

static const option options[] = {
    {OPT_TEXT, 0, "programme", "NAME", "only mentorships of this programme", offsetof(chains_args, programme),
     NULL},
    {OPT_TEXT, 0, "cohort", "NAME", "only mentorships of this cohort", offsetof(chains_args, cohort), NULL},
    {OPT_TEXT, 0, "of", "WHO", "one person's lineage, as a tree of ancestors and one of descendants",
     offsetof(chains_args, of), NULL},
    {OPT_U32, 0, "depth", "N", "generations of it that text and pages show (default 6; 0: all)",
     offsetof(chains_args, depth), NULL},
    {OPT_U32, 'k', "top", "N", "at most N people (default 20; 0: everyone)", offsetof(chains_args, top),
     NULL},
    {OPT_U32, 0, "limit", "MILLIONS", "most work for descendants, in millions of steps (default 10000)",
     offsetof(chains_args, limit), NULL},
    {OPT_U32, 0, "exposure", "MONTHS", "R: mean mentees of those first mentored so long ago (default 24)",
     offsetof(chains_args, exposure_months), NULL},
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Options", options, 0},
    {"Output", cli_output_options, offsetof(chains_args, output)},
    {"Reading inputs", cli_input_options, offsetof(chains_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith chains cohort.kith", "who was mentored and mentors in turn"},
    {"kith chains cohort.kith --cohort 2019 -o chains.json", "one cohort, as JSON"},
    {"kith chains cohort.kith --of 'Noor Haddad' --depth 3",
     "who mentored her, and whom she mentored in turn"},
    {NULL, NULL},
};

static void preset(void *args)
{
    chains_args *a = args;

    a->top = 20;
    a->depth = 6;
}

/** One person's lineage. */
static kith_code run_of(const chains_args *a, const kith_net *net, const kith_output *to, bool *found,
                        kith_err *err)
{
    kith_ancestry_opts opts = {.programme = a->programme,
                               .cohort = a->cohort,
                               .depth = a->depth,
                               .progress = terminal_progress(&a->base.common)};
    kith_ancestry_result result = {0};
    kith_code rc = kith_who_one(net, a->of, &opts.person, err);

    if (!rc)
        rc = kith_ancestry(net, &opts, &result, err);
    terminal_finish();
    if (!rc)
        rc = kith_write_ancestry(net, &result, to, err);
    *found = result.descendants.n_rows > 0;
    kith_ancestry_free(&result);
    return rc;
}

/** Everyone's. */
static kith_code run_all(const chains_args *a, const kith_net *net, const kith_output *to, bool *found,
                         kith_err *err)
{
    const kith_format format = kith_output_format(to);
    kith_chains_opts opts = {.programme = a->programme,
                             .cohort = a->cohort,
                             .top = a->top,
                             .limit = a->limit * UINT64_C(1000000),
                             .exposure_months = a->exposure_months,
                             .foundings = format != KITH_FORMAT_CSV && format != KITH_FORMAT_JSONL,
                             .progress = terminal_progress(&a->base.common)};
    const kith_health_opts of_health = {
        .programme = a->programme, .cohort = a->cohort, .top = a->top, .progress = opts.progress};
    kith_chains_result result = {0};
    kith_health_result health = {0};
    kith_ancestry_result lineage = {0};
    kith_code rc = kith_chains(net, &opts, &result, err);

    if (!rc)
        rc = kith_health(net, &of_health, &health, err);
    if (!rc && result.n_founders > 0 && format == KITH_FORMAT_HTML) {
        rc = kith_ancestry(net,
                           &(kith_ancestry_opts){.person = result.founders[0].person,
                                                 .programme = a->programme,
                                                 .cohort = a->cohort,
                                                 .depth = a->depth,
                                                 .progress = opts.progress},
                           &lineage, err);
        result.lineage = &lineage;
    }
    terminal_finish();
    result.health = &health;
    if (!rc)
        rc = kith_write_chains(net, &result, to, err);
    *found = result.n_mentorships > 0;
    kith_ancestry_free(&lineage);
    kith_health_free(&health);
    kith_chains_free(&result);
    return rc;
}

static kith_code run(const void *args, kith_err *err)
{
    const chains_args *a = args;
    kith_net *net = NULL;
    kith_output to;
    bool rejected = false, found = false;

    kith_code rc = cli_output(&a->output, &to, err);
    if (!rc)
        rc = cli_load(&a->base, &a->input, &a->output.privacy, &net, &rejected, err);
    if (!rc && a->of)
        rc = run_of(a, net, &to, &found, err);
    else if (!rc)
        rc = run_all(a, net, &to, &found, err);
    terminal_finish();
    kith_net_close(net);
    return cli_outcome(rc, found, rejected);
}

const command cmd_chains = {
    .name = "chains",
    .summary = "mentoring chains: who passed it on, and how soon",
    .synopsis = "NET [OPTION...]",
    .details =
        "A chain is a run of mentorships that follow in time: the mentee of one is the mentor of the next. "
        "For "
        "each person: mentees, mentees who mentored in turn, descendants, generations below and above. Then "
        "the longest chain, rings of people who mentor each other, and the share who pay it forward over "
        "time "
        "(Kaplan-Meier, so that people who have had little time yet do not count as a no). Who finished "
        "being mentored "
        "and mentors nobody yet is ranked as ready to be next, with those they could mentor.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(chains_args),
    .preset = preset,
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

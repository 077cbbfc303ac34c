#include "command.h"

#include <kith/memory.h>

#include "drafting.h"
#include "intro_many.h"
#include "terminal.h"

typedef struct intro_args {
    command_args base;
    input_args input;
    output_args output;
    many_args many; /**< who asks for whom */
    draft_args draft;
    uint32_t top;
    uint32_t max_hops;
    int cost;
    const char *via;
    text_list exclude;
    text_list only;
    double min_strength;
    bool novelty;
    bool by_interactions;
    bool all_routes, shortest, per_target;
} intro_args;

/** Stands for the usual number of routes, which is all where introducers are shared out. */
#define TOP_AS_USUAL UINT32_MAX

/** In the order of kith_cost. */
static const char *const cost_words[] = {"chance", "hops", "strength", "ldbc-inv", "ldbc-sqrt", NULL};

static const option options[] = {
    {OPT_U32, 'k', "top", "N",
     "at most N routes (default 10; with --load choose from so many, default all; 0: all)",
     offsetof(intro_args, top), NULL},
    {OPT_U32, 0, "max-hops", "N", "at most N ties on a route (default 3; 0: no limit)",
     offsetof(intro_args, max_hops), NULL},
    {OPT_FLAG, 0, "all-routes", NULL, "the best routes whatever they share, not one for each introducer",
     offsetof(intro_args, all_routes), NULL},
    {OPT_FLAG, 0, "shortest", NULL, "all routes that are as good as the best", offsetof(intro_args, shortest),
     NULL},
    {OPT_FLAG, 0, "per-target", NULL, "the best route to each person sought",
     offsetof(intro_args, per_target), NULL},
    {OPT_TEXT, 0, "via", "WHO", "only routes through this person", offsetof(intro_args, via), NULL},
    {OPT_LIST, 'x', "exclude", "WHO", "never through these people; may be given again",
     offsetof(intro_args, exclude), NULL},
    {OPT_LIST, 0, "only", "WHO", "only through these people; may be given again", offsetof(intro_args, only),
     NULL},
    {OPT_SHARE, 0, "min-strength", "P", "ties of less strength do not count",
     offsetof(intro_args, min_strength), NULL},
    {OPT_FLAG, 0, "novelty", NULL, "prefer introducers who share some of your contacts, not few nor most",
     offsetof(intro_args, novelty), NULL},
    {OPT_CHOICE, 0, "cost", "KIND",
     "what makes a route good: chance (default), hops, strength, ldbc-inv or ldbc-sqrt",
     offsetof(intro_args, cost), cost_words},
    {OPT_FLAG, 0, "by-interactions", NULL,
     "with --shortest --cost hops: first the routes whose people dealt with each other most",
     offsetof(intro_args, by_interactions), NULL},
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Who asks for whom", many_options, offsetof(intro_args, many)},
    {"Options", options, 0},
    {"Drafts", draft_options, offsetof(intro_args, draft)},
    {"Output", cli_output_options, offsetof(intro_args, output)},
    {"Reading inputs", cli_input_options, offsetof(intro_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith intro cohort.kith --from 'Noor Haddad' --to 'company:\"Acme Robotics\" title:\"hiring manager\"'",
     "who can introduce Noor to a hiring manager at Acme Robotics"},
    {"kith intro Connections.csv --owner 'Ann Lee' --from me --to 'company:Acme'",
     "the same from one export, with no build step"},
    {"kith intro cohort.kith --from noor.haddad@example.org --to 'Ingrid Solheim' --max-hops 0 -o "
     "routes.json.gz",
     "to one person, at any distance, as compressed JSON"},
    {"kith intro cohort.kith --from cohort:2024 --to company:Acme --to company:Pulsewright -o routes.csv",
     "everyone of a cohort, to each of two companies"},
    {"kith intro cohort.kith --from cohort:2024 --to company:Acme --load 3 -o requests.html",
     "whom each of them asks, so that nobody is asked by more than three"},
    {"kith intro cohort.kith --from 'Noor Haddad' --to company:Acme --draft",
     "with a request to each introducer, and a note that they can forward"},
    {"kith intro cohort.kith --from 'Noor Haddad' --to 'company:Acme' --per-target --only role:mentor",
     "the best route to each person at Acme, asking mentors alone"},
    {NULL, NULL},
};

/** Sets of people that a question names. */
typedef struct people_named {
    kith_ids targets, exclude, only;
} people_named;

/** Turns the arguments into ids; what `named` holds is caller-owned. @param many  there are several
 * questions, which say themselves who asks for whom. */
static kith_code ask(const kith_net *net, const intro_args *a, bool many, kith_intro_opts *opts,
                     people_named *named, kith_err *err)
{
    static const uint32_t nobody[1];
    kith_code rc = KITH_OK;

    if (!many)
        rc = kith_who_one(net, a->many.from.items[0], &opts->from, err);
    if (!rc && !many)
        rc = kith_who_many(net, a->many.to.items[0], &named->targets, err);
    if (!rc && a->via)
        rc = kith_who_one(net, a->via, &opts->via, err);
    if (!rc)
        rc = cli_who_any(net, &a->exclude, &named->exclude, err);
    if (!rc)
        rc = cli_who_any(net, &a->only, &named->only, err);
    opts->targets = named->targets.ids;
    opts->n_targets = named->targets.count;
    opts->exclude = named->exclude.ids;
    opts->n_exclude = named->exclude.count;
    opts->n_only = named->only.count;
    if (a->only.count > 0)
        opts->only = opts->n_only > 0 ? named->only.ids : nobody;
    return rc;
}

static kith_intro_mode mode_of(const intro_args *a)
{
    if (a->shortest)
        return KITH_INTRO_SHORTEST;
    if (a->per_target)
        return KITH_INTRO_PER_TARGET;
    return a->all_routes ? KITH_INTRO_ALL : KITH_INTRO_PER_INTRODUCER;
}

static kith_intro_opts options_of(const intro_args *a)
{
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;

    opts.mode = mode_of(a);
    if (a->top != TOP_AS_USUAL)
        opts.top = a->top;
    else if (a->many.load > 0)
        opts.top = 0;
    opts.max_hops = a->max_hops;
    opts.cost = (kith_cost)a->cost;
    opts.min_strength = a->min_strength;
    opts.novelty = a->novelty;
    opts.by_interactions = a->by_interactions;
    opts.progress = terminal_progress(&a->base.common);
    return opts;
}

/** The question as it was worded, for the answer to repeat. */
typedef struct wording {
    char *from, *to, *exclude, *only; /**< NULL where not asked */
    kith_setting settings[6];
    uint32_t count;
} wording;

static void word(const intro_args *a, wording *w)
{
    *w = (wording){.from = cli_join(&a->many.from),
                   .to = cli_join(&a->many.to),
                   .exclude = cli_join(&a->exclude),
                   .only = cli_join(&a->only)};
    const kith_setting asked[] = {{"from", w->from},
                                  {"to", w->to},
                                  {"queries", a->many.queries ? many_file_name(&a->many) : NULL},
                                  {"via", a->via},
                                  {"exclude", w->exclude},
                                  {"only", w->only}};

    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        if (asked[i].value)
            w->settings[w->count++] = asked[i];
}

static void wording_free(wording *w)
{
    kith_free(w->from);
    kith_free(w->to);
    kith_free(w->exclude);
    kith_free(w->only);
}

static void preset(void *args)
{
    const kith_intro_opts defaults = KITH_INTRO_DEFAULTS;
    intro_args *a = args;

    a->top = TOP_AS_USUAL;
    a->max_hops = defaults.max_hops;
}

static kith_code answer_one(const kith_net *net, const intro_args *a, const kith_intro_opts *opts,
                            const kith_output *to, bool *found, kith_err *err)
{
    drafting drafts;
    kith_intro_result result = {0};
    kith_code rc = drafting_begin(&a->draft, &drafts, err);

    if (!rc)
        rc = kith_intro(net, opts, &result, err);
    terminal_finish();
    if (!rc)
        rc = drafting_write(&drafts, net, a->many.to.items[0], &result, err);
    if (!rc)
        rc = kith_write_intro(net, &result, to, err);
    *found = result.n_routes > 0;
    drafting_free(&drafts);
    kith_intro_free(&result);
    return rc;
}

static kith_code check(const intro_args *a, kith_err *err)
{
    if (a->per_target && (a->all_routes || a->shortest))
        return cli_usage(err, "--per-target does not go with --all-routes or --shortest");
    if (a->by_interactions && !(a->shortest && a->cost == KITH_COST_HOPS))
        return cli_usage(err, "--by-interactions goes with --shortest --cost hops");
    if (a->many.load > 0 && (a->per_target || a->all_routes || a->shortest))
        return cli_usage(err, "--load chooses from the best routes per introducer: it does not go with "
                              "--all-routes, --shortest or --per-target");
    if (a->many.coverage && (a->per_target || a->all_routes || a->shortest || a->via))
        return cli_usage(err, "--coverage tells the best route of each pair: it does not go with "
                              "--all-routes, --shortest, --per-target or --via");
    return many_check(&a->many, err);
}

static kith_code run(const void *args, kith_err *err)
{
    const intro_args *a = args;
    kith_intro_opts opts = options_of(a);
    people_named named = {0};
    kith_net *net = NULL;
    kith_output to;
    wording w;
    bool rejected = false, found = false, many = false;
    kith_code rc = check(a, err);

    if (rc)
        return rc;
    word(a, &w);
    rc = cli_output(&a->output, &to, err);
    to.settings = w.settings;
    to.n_settings = w.count;
    if (!rc)
        rc = cli_load(&a->base, &a->input, &a->output.privacy, &net, &rejected, err);
    if (!rc)
        rc = many_wanted(net, &a->many, &many, err);
    if (!rc)
        rc = ask(net, a, many, &opts, &named, err);
    if (!rc && many && a->draft.draft)
        rc = cli_usage(err, "--draft goes with one question: one --from, one --to");
    else if (!rc && many)
        rc = many_answer(net, &a->many, &opts, &to, &found, err);
    else if (!rc)
        rc = answer_one(net, a, &opts, &to, &found, err);

    wording_free(&w);
    kith_ids_free(&named.targets);
    kith_ids_free(&named.exclude);
    kith_ids_free(&named.only);
    kith_net_close(net);
    return cli_outcome(rc, found, rejected);
}

const command cmd_intro = {
    .name = "intro",
    .summary = "who can introduce you: ranked, explained routes to a person, a company or a role",
    .synopsis = "NET --from WHO --to WHO [OPTION...]",
    .details =
        "For each of the asker's contacts, the best route that begins with them; best first. The chance of a "
        "route is the product of its ties' strengths, times 0.7 for every handover after the first. "
        "Strengths are reasoned from the evidence in the exports, not calibrated.\n\n"
        "--novelty weighs the first tie by 4J(1-J), brought to between 0.5 and 1, where J is the share of "
        "contacts that you and the introducer have in common. New jobs come more often through moderately "
        "weak ties than through the strongest (Rajkumar et al., Science 2022).\n\n"
        "--cost hops counts ties, and strength leaves handovers out. ldbc-inv and ldbc-sqrt are the weights "
        "of the LDBC Social Network Benchmark for n interactions, which are messages or what rows of ties "
        "count: 1/(n+1), and 40 less the root of n. --all-routes and --shortest list 10,000 routes at "
        "most. With --shortest --cost hops the interactions along each route are told, and with "
        "--by-interactions those with most come first.\n\n"
        "--load N gives each question one route, so that nobody is asked by more than N and the sum of "
        "chances is the greatest there is, and tells who was given a second choice and for whom.\n\n"
        "--draft adds messages to send. They tell what asker and introducer went through together, and of "
        "the "
        "target the name, with title and company only as far as the asker's own export or question holds "
        "them.\n\n"
        "People marked do_not_introduce are never asked to introduce and never the target. The exit code is "
        "1 where there is no route; of several questions, where none has one.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(intro_args),
    .preset = preset,
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

#include "command.h"

#include <kith/memory.h>
#include <string.h>

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
} intro_args;

static const char *const cost_words[] = {"chance", "hops", NULL};

static const option options[] = {
    {OPT_U32, 'k', "top", "N", "at most N routes (default 10; 0: all)", offsetof(intro_args, top), NULL},
    {OPT_U32, 0, "max-hops", "N", "at most N ties on a route (default 3; 0: no limit)",
     offsetof(intro_args, max_hops), NULL},
    {OPT_TEXT, 0, "via", "WHO", "only routes through this person", offsetof(intro_args, via), NULL},
    {OPT_LIST, 'x', "exclude", "WHO", "never through these people; may be given again",
     offsetof(intro_args, exclude), NULL},
    {OPT_CHOICE, 0, "cost", "KIND", "what makes a route good: chance (default) or hops",
     offsetof(intro_args, cost), cost_words},
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
    {"kith intro cohort.kith --from 'Ada Moss' --to 'company:\"Acme Robotics\" title:\"hiring manager\"'",
     "who can introduce Ada to a hiring manager at Acme Robotics"},
    {"kith intro Connections.csv --owner 'Ann Lee' --from me --to 'company:Acme'",
     "the same from one export, with no build step"},
    {"kith intro cohort.kith --from ada@example.org --to 'Dana Roe' --max-hops 0 -o routes.json.gz",
     "to one person, at any distance, as compressed JSON"},
    {"kith intro cohort.kith --from cohort:2024 --to company:Acme --to company:Brill -o routes.csv",
     "everyone of a cohort, to each of two companies"},
    {"kith intro cohort.kith --from 'Ada Moss' --to company:Acme --draft",
     "with a request to each introducer, and a note that they can forward"},
    {NULL, NULL},
};

/** The people whom any of the --exclude arguments fits, in one set. */
static kith_code excluded(const kith_net *net, const text_list *whos, kith_ids *all, kith_err *err)
{
    for (uint32_t i = 0; i < whos->count; i++) {
        kith_ids some = {0};

        kith_code rc = kith_who_many(net, whos->items[i], &some, err);
        if (!rc)
            rc = kith_ids_add(all, &some, err);
        kith_ids_free(&some);
        if (rc)
            return rc;
    }
    return KITH_OK;
}

/** Turns the arguments into ids; `targets` and `exclude` are caller-owned. @param many  there are several
 * questions, which say themselves who asks for whom. */
static kith_code ask(const kith_net *net, const intro_args *a, bool many, kith_intro_opts *opts,
                     kith_ids *targets, kith_ids *exclude, kith_err *err)
{
    kith_code rc = KITH_OK;

    if (!many)
        rc = kith_who_one(net, a->many.from.items[0], &opts->from, err);
    if (!rc && !many)
        rc = kith_who_many(net, a->many.to.items[0], targets, err);
    if (!rc && a->via)
        rc = kith_who_one(net, a->via, &opts->via, err);
    if (!rc)
        rc = excluded(net, &a->exclude, exclude, err);
    opts->targets = targets->ids;
    opts->n_targets = targets->count;
    opts->exclude = exclude->ids;
    opts->n_exclude = exclude->count;
    return rc;
}

/** The question as it was worded, for the answer to repeat. */
static uint32_t question(const intro_args *a, const char *from, const char *to, const char *exclude,
                         kith_setting *settings)
{
    uint32_t n = 0;

    if (from)
        settings[n++] = (kith_setting){"from", from};
    if (to)
        settings[n++] = (kith_setting){"to", to};
    if (a->many.queries)
        settings[n++] = (kith_setting){"queries", many_file_name(&a->many)};
    if (a->via)
        settings[n++] = (kith_setting){"via", a->via};
    if (exclude)
        settings[n++] = (kith_setting){"exclude", exclude};
    return n;
}

/** The values of a list parted by ", ", caller-owned; NULL when out of memory or there are none. */
static char *joined(const text_list *list)
{
    size_t length = 1;

    for (uint32_t i = 0; i < list->count; i++)
        length += strlen(list->items[i]) + 2;
    char *text = list->count ? kith_malloc(length) : NULL, *at = text;
    for (uint32_t i = 0; text && i < list->count; i++)
        at = stpcpy(stpcpy(at, i ? ", " : ""), list->items[i]);
    return text;
}

static void preset(void *args)
{
    const kith_intro_opts defaults = KITH_INTRO_DEFAULTS;
    intro_args *a = args;

    a->top = defaults.top;
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

static kith_code run(const void *args, kith_err *err)
{
    const intro_args *a = args;
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;
    kith_ids targets = {0}, exclude = {0};
    kith_net *net = NULL;
    kith_output to;
    kith_setting settings[4];
    bool rejected = false, found = false, many = false;
    kith_code rc = many_check(&a->many, err);

    if (rc)
        return rc;
    opts.top = a->top;
    opts.max_hops = a->max_hops;
    opts.cost = a->cost ? KITH_COST_HOPS : KITH_COST_CHANCE;
    opts.progress = terminal_progress(&a->base.common);

    char *from = joined(&a->many.from), *sought = joined(&a->many.to), *exclusions = joined(&a->exclude);
    rc = cli_output(&a->output, &to, err);
    to.settings = settings;
    to.n_settings = question(a, from, sought, exclusions, settings);
    if (!rc)
        rc = cli_load(&a->base, &a->input, &net, &rejected, err);
    if (!rc)
        rc = many_wanted(net, &a->many, &many, err);
    if (!rc)
        rc = ask(net, a, many, &opts, &targets, &exclude, err);
    if (!rc && many && a->draft.draft)
        rc = cli_usage(err, "--draft goes with one question: one --from, one --to");
    else if (!rc && many)
        rc = many_answer(net, &a->many, &opts, &to, &found, err);
    else if (!rc)
        rc = answer_one(net, a, &opts, &to, &found, err);

    kith_free(from);
    kith_free(sought);
    kith_free(exclusions);
    kith_ids_free(&targets);
    kith_ids_free(&exclude);
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
        "Strengths "
        "are reasoned from the evidence in the exports, not calibrated.\n\n"
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

#include <kith/match.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kith/memory.h>

#include "command.h"
#include "terminal.h"

typedef struct match_args {
    command_args base;
    input_args input;
    output_args output;
    const char *mentees, *mentors;
    const char *programme;
    const char *reach;
    const char *weights;
    const char *topics;
    text_list apart;
    const char *apart_list;
    uint32_t capacity;
    double min_fit;
    bool stable, again, mentored_too, all_pairs;
    const char *what_if;
} match_args;

static const option options[] = {
    {OPT_TEXT, 0, "mentees", "WHO", "only these mentees", offsetof(match_args, mentees), NULL},
    {OPT_TEXT, 0, "mentors", "WHO", "only these mentors", offsetof(match_args, mentors), NULL},
    {OPT_TEXT, 0, "programme", "NAME", "only mentorships of this programme take up places",
     offsetof(match_args, programme), NULL},
    {OPT_U32, 0, "capacity", "N", "places of a mentor who does not tell (default 1)",
     offsetof(match_args, capacity), NULL},
    {OPT_FLAG, 0, "stable", NULL, "no two would rather have each other, in place of the greatest total",
     offsetof(match_args, stable), NULL},
    {OPT_FLAG, 0, "again", NULL, "pairs that were made before may be made again", offsetof(match_args, again),
     NULL},
    {OPT_FLAG, 0, "mentored-too", NULL, "mentees who have a mentor now take part too",
     offsetof(match_args, mentored_too), NULL},
    {OPT_FLAG, 0, "all-pairs", NULL, "list every pair that is allowed, with its fit",
     offsetof(match_args, all_pairs), NULL},
    {OPT_TEXT, 0, "what-if", "capacity=+1",
     "what one place more at each mentor would bring, and to whom, for all of them",
     offsetof(match_args, what_if), NULL},
    {OPT_SHARE, 0, "min-fit", "F", "no pair that fits less", offsetof(match_args, min_fit), NULL},
    {OPT_LIST, 0, "apart", "WHO,WHO", "a pair that must not be made", offsetof(match_args, apart), NULL},
    {OPT_TEXT, 0, "apart-list", "FILE", "more of them, one WHO,WHO a line", offsetof(match_args, apart_list),
     NULL},
    {OPT_TEXT, 0, "reach", "WHO", "people the mentees want to reach: a mentor who knows them fits better",
     offsetof(match_args, reach), NULL},
    {OPT_TEXT, 0, "weights", "LIST|FILE",
     "what parts of the fit weigh: skills=0.35, goals=0.15, industry=0.1, transition=0.2, seniority=0.1, "
     "distance=0.05, reach=0.05; those not named keep this default; or a FILE of such lines",
     offsetof(match_args, weights), NULL},
    {OPT_TEXT, 0, "topics", "FILE", "words of titles and goals, a table like topics.csv",
     offsetof(match_args, topics), NULL},
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Options", options, 0},
    {"Output", cli_output_options, offsetof(match_args, output)},
    {"Reading inputs", cli_input_options, offsetof(match_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith match cohort.kith", "mentors for all mentees who have none"},
    {"kith match cohort.kith --mentees cohort:2026 -o pairs.csv --with-contacts",
     "one cohort, as a table to send letters by"},
    {"kith match cohort.kith --reach 'company:\"Acme Robotics\"'",
     "mentors who know people there count for more"},
    {NULL, NULL},
};

/** What was gathered from the arguments. */
typedef struct gathered {
    kith_ids mentees, mentors, reach;
    uint32_t (*apart)[2];
    uint32_t n_apart;
    double weights[KITH_FIT_PARTS];
} gathered;

/** Takes one line of a file; it may be written to. */
typedef kith_code take_line(void *ctx, char *line, kith_err *err);

/** Every line that is neither empty nor a comment. An error tells file and line. */
static kith_code each_line(const char *path, take_line *take, void *ctx, kith_err *err)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t size = 0;
    kith_code rc = KITH_OK;

    if (!file) {
        snprintf(err->message, sizeof err->message, "cannot open %s: %s", path, strerror(errno));
        return err->code = KITH_ENOINPUT;
    }
    for (uint64_t number = 1; rc == KITH_OK && getline(&line, &size, file) > 0; number++) {
        line[strcspn(line, "\r\n")] = '\0';
        if (!*line || *line == '#')
            continue;
        if ((rc = take(ctx, line, err)) != KITH_OK) {
            snprintf(err->file, sizeof err->file, "%s", path);
            err->line = number;
        }
    }
    free(line);
    fclose(file);
    return rc;
}

/** The part whose name the text begins with; KITH_FIT_PARTS: none. */
static kith_fit_part part_of(const char *text, size_t length)
{
    int part = 0;

    while (part < KITH_FIT_PARTS && (strlen(kith_fit_part_name((kith_fit_part)part)) != length ||
                                     strncmp(text, kith_fit_part_name((kith_fit_part)part), length) != 0))
        part++;
    return (kith_fit_part)part;
}

/** "skills=0.4, goals = 0": parts that are not named keep what they have. */
static kith_code read_weights(void *ctx, char *text, kith_err *err)
{
    double *weights = ctx;

    for (const char *at = text; *at;) {
        at += strspn(at, ", ");
        const char *number = at + strcspn(at, "=");
        const kith_fit_part part = part_of(at, strcspn(at, " ="));
        char *end = NULL;

        if (*number && part != KITH_FIT_PARTS)
            weights[part] = strtod(number + 1, &end);
        if (!end || end == number + 1 || (*end && *end != ',' && *end != ' '))
            return cli_usage(err, "weights are written like skills=0.4,goals=0.1, not \"%s\"", text);
        at = end + strspn(end, " ");
    }
    return KITH_OK;
}

/** The weights in force: the defaults, a list, or a file of lists. */
static kith_code gather_weights(const char *asked, double *weights, kith_err *err)
{
    for (int part = 0; part < KITH_FIT_PARTS; part++)
        weights[part] = kith_fit_default_weight((kith_fit_part)part);
    if (!asked)
        return KITH_OK;
    if (!strchr(asked, '='))
        return each_line(asked, read_weights, weights, err);
    char *copy = kith_strdup(asked);
    kith_code rc = copy ? read_weights(weights, copy, err) : KITH_ENOMEM;

    kith_free(copy);
    return rc;
}

/** Where pairs to keep apart go. */
typedef struct apart_list {
    const kith_net *net;
    gathered *out;
} apart_list;

/** Adds "WHO,WHO". */
static kith_code add_apart(void *ctx, char *pair, kith_err *err)
{
    const apart_list *list = ctx;
    gathered *out = list->out;
    char *comma = strchr(pair, ',');
    kith_code rc;

    if (!comma)
        return cli_usage(err, "two people to keep apart are WHO,WHO, not \"%s\"", pair);
    *comma = '\0';
    uint32_t(*grown)[2] = kith_realloc(out->apart, (size_t)out->n_apart + 1, sizeof *out->apart);
    if (!grown) {
        snprintf(err->message, sizeof err->message, "out of memory");
        return err->code = KITH_ENOMEM;
    }
    out->apart = grown;
    if ((rc = kith_who_one(list->net, pair, &grown[out->n_apart][0], err)) == KITH_OK &&
        (rc = kith_who_one(list->net, comma + 1, &grown[out->n_apart][1], err)) == KITH_OK)
        out->n_apart++;
    return rc;
}

static kith_code gather_apart(const kith_net *net, const match_args *a, gathered *out, kith_err *err)
{
    apart_list list = {net, out};
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; !rc && i < a->apart.count; i++) {
        char *copy = kith_strdup(a->apart.items[i]);
        rc = copy ? add_apart(&list, copy, err) : KITH_ENOMEM;
        kith_free(copy);
    }
    return rc || !a->apart_list ? rc : each_line(a->apart_list, add_apart, &list, err);
}

/** Turns what was typed into people and numbers. */
static kith_code gather(const kith_net *net, const match_args *a, gathered *out, kith_err *err)
{
    kith_code rc = gather_weights(a->weights, out->weights, err);

    if (!rc && a->what_if && strcmp(a->what_if, "capacity=+1") != 0)
        rc = cli_usage(err, "--what-if knows capacity=+1 alone, not \"%s\"", a->what_if);
    if (!rc && a->what_if && a->stable)
        rc = cli_usage(err, "--what-if is about the greatest total: not with --stable");
    if (!rc && a->mentees)
        rc = kith_who_many(net, a->mentees, &out->mentees, err);
    if (!rc && a->mentors)
        rc = kith_who_many(net, a->mentors, &out->mentors, err);
    if (!rc && a->reach)
        rc = kith_who_many(net, a->reach, &out->reach, err);
    return rc ? rc : gather_apart(net, a, out, err);
}

static kith_code match(const kith_net *net, const match_args *a, const gathered *g, kith_match_result *result,
                       kith_err *err)
{
    const kith_match_opts opts = {.mentees = a->mentees ? &g->mentees : NULL,
                                  .mentors = a->mentors ? &g->mentors : NULL,
                                  .programme = a->programme,
                                  .capacity = a->capacity,
                                  .stable = a->stable,
                                  .again = a->again,
                                  .mentored_too = a->mentored_too,
                                  .all_pairs = a->all_pairs,
                                  .what_if = a->what_if != NULL,
                                  .min_fit = a->min_fit,
                                  .weights = g->weights,
                                  .reach = a->reach ? &g->reach : NULL,
                                  .apart = (const uint32_t(*)[2])g->apart,
                                  .n_apart = g->n_apart,
                                  .topics = a->topics,
                                  .progress = terminal_progress(&a->base.common)};

    return kith_match(net, &opts, result, err);
}

/** What the result itself does not know. @return how many settings. */
static uint32_t question(const match_args *a, kith_setting *settings)
{
    const kith_setting asked[] = {{"mentees", a->mentees},     {"mentors", a->mentors},
                                  {"programme", a->programme}, {"reach", a->reach},
                                  {"topics", a->topics},       {"apart_list", a->apart_list}};
    uint32_t n = 0;

    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        if (asked[i].value)
            settings[n++] = asked[i];
    return n;
}

static kith_code run(const void *args, kith_err *err)
{
    const match_args *a = args;
    kith_match_result result = {0};
    gathered g = {0};
    kith_setting settings[6];
    kith_net *net = NULL;
    kith_output to;
    bool rejected = false, found = false;

    kith_code rc = cli_output(&a->output, &to, err);
    to.settings = settings;
    to.n_settings = question(a, settings);
    if (!rc)
        rc = cli_load(&a->base, &a->input, &a->output.privacy, &net, &rejected, err);
    if (!rc)
        rc = gather(net, a, &g, err);
    if (!rc)
        rc = match(net, a, &g, &result, err);
    terminal_finish();
    if (!rc)
        rc = kith_write_match(net, &result, &to, err);
    found = result.n_pairs > 0;
    kith_match_free(&result);
    kith_ids_free(&g.mentees);
    kith_ids_free(&g.mentors);
    kith_ids_free(&g.reach);
    kith_free(g.apart);
    kith_net_close(net);
    return cli_outcome(rc, found, rejected);
}

const command cmd_match = {
    .name = "match",
    .summary = "mentors for mentees: who fits whom, and why",
    .synopsis = "NET [OPTION...]",
    .details =
        "Mentors and mentees are people with that role (or both); without roles, who states a capacity, and "
        "who "
        "states skills wanted or goals. Each mentee gets one mentor at most, each mentor as many mentees as "
        "they "
        "have places left, and the sum of all fits is the greatest there is. Nobody gets a mentor they had "
        "before, their own manager, somebody they manage, or one who is not to be introduced.\n\n"
        "The answer tells why each pair fits, how near it comes to the mentee's best, who stays without and "
        "why, "
        "and what would help: skills that are wanted, and what one place more at a mentor would gain.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(match_args),
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

#include <stdio.h>

#include <kith/nightly.h>

#include "command.h"
#include "nightly_sample.h"
#include "terminal.h"

typedef struct nightly_args {
    command_args base;
    const char *date;
    int log; /**< 1: json */
    bool keep_going;
    bool in_full;
    bool sample;
} nightly_args;

static const char *const log_words[] = {"text", "json", NULL};

static const option options[] = {
    {OPT_FLAG, 0, "keep-going", NULL, "leave out sources that cannot be read",
     offsetof(nightly_args, keep_going), NULL},
    {OPT_FLAG, 0, "in-full", NULL, "build and report also where nothing has changed",
     offsetof(nightly_args, in_full), NULL},
    {OPT_TEXT, 0, "date", "DATE", "what the night is called (default: the local date)",
     offsetof(nightly_args, date), NULL},
    {OPT_CHOICE, 0, "log", "FORM", "lines of the log: text (default) or json", offsetof(nightly_args, log),
     log_words},
    {OPT_FLAG, 0, "sample", NULL, "print a file of settings with comments, and do nothing else",
     offsetof(nightly_args, sample), NULL},
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Options", options, 0},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith nightly --sample > nightly.ini", "all settings, explained: a start for your own"},
    {"kith nightly nightly.ini", "one night: build, check, report, publish, prune"},
    {"kith nightly nightly.ini --keep-going --log json",
     "without sources that are broken, for a log collector"},
    {NULL, NULL},
};

/** A line of the log, on stdout at once: whoever watches wants it now. */
static void log_line(void *ctx, const char *text)
{
    (void)ctx;
    terminal_finish();
    terminal_print("%s", text);
    (void)fflush(stdout); /* a failure is told at the end */
}

static void notice(void *ctx, const char *text)
{
    (void)ctx;
    terminal_note("%s", text);
}

static kith_code run(const void *args, kith_err *err)
{
    const nightly_args *a = args;
    const bool quiet = a->base.common.quiet;
    kith_nightly_summary summary = {0};

    if (a->sample) {
        fwrite(nightly_sample, 1, sizeof nightly_sample, stdout);
        return KITH_OK;
    }
    if (a->base.rest.count == 0)
        return cli_usage(err, "nightly wants CONFIG.ini; `kith nightly --sample` prints one");
    kith_nightly_opts opts = {.config = a->base.rest.items[0],
                              .date = a->date,
                              .keep_going = a->keep_going,
                              .in_full = a->in_full,
                              .json = a->log == 1,
                              .log = quiet ? NULL : log_line,
                              .progress = terminal_progress(&a->base.common),
                              .notice = quiet ? NULL : notice};
    kith_code rc = kith_nightly(&opts, &summary, err);
    terminal_finish();
    if (!rc && summary.unchanged && !quiet)
        terminal_note("nothing has changed: the answers of the last night stand");
    return cli_outcome(rc, true, summary.rejected > 0 || summary.left_out > 0);
}

const command cmd_nightly = {
    .name = "nightly",
    .summary = "build, report, diff, publish and prune: one run for every night",
    .synopsis = "CONFIG.ini [OPTION...]",
    .details =
        "Publishes a folder YYYY-MM-DD with network.kith, the report, answers to the questions of "
        "CONFIG.ini, what changed since the night before, and summary.json, and lets the link `latest` point "
        "to it. Whatever fails before that leaves `latest` as it was. `kith check` verifies a night.\n\n"
        "Where neither inputs nor settings have changed, the files of the last night are published again, "
        "which is quick. A second run on a day takes the place of the first.\n\n"
        "Prints a line for each step. The exit code is 0 where all went well, 2 where rows were rejected or "
        "sources left out, 65 where a threshold refused to publish or an input is damaged, 75 where another "
        "run holds the lock, 78 where CONFIG.ini makes no sense or the clock went back.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(nightly_args),
    .min_rest = 0,
    .max_rest = 1,
    .run = run,
};

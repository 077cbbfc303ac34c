#include <inttypes.h>

#include "command.h"
#include "terminal.h"

typedef struct build_args {
    command_args base;
    input_args input;
    const char *path;
    const char *rejects;
} build_args;

static const option options[] = {
    {OPT_TEXT, 'o', "output", "NET.kith", "the network file to write", offsetof(build_args, path), NULL},
    {OPT_TEXT, 0, "rejects", "FILE.csv", "also write rejected rows with their reasons",
     offsetof(build_args, rejects), NULL},
    {.kind = OPT_END},
};

static const option_group groups[] = {
    {"Options", options, 0},
    {"Reading inputs", cli_input_options, offsetof(build_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith build datasets/cohort -o cohort.kith", "everything in a folder, into one network"},
    {"kith build Connections.csv --owner 'Ann Lee' -o ann.kith", "one export that does not tell whose it is"},
    {"kith build people.csv ties.csv --map name=Member -o club.kith",
     "tables with column names of their own"},
    {NULL, NULL},
};

static kith_code run(const void *args, kith_err *err)
{
    const build_args *a = args;
    kith_build_opts opts;
    kith_build_summary summary = {0};

    if (!a->path)
        return cli_usage(err, "build wants -o NET.kith: where to write the network");
    cli_build_opts(&a->base, &a->input, &opts);
    opts.rejects = a->rejects;
    kith_code rc = kith_build(&opts, a->path, &summary, err);
    if (rc)
        return rc;
    terminal_finish();
    if (!a->base.common.quiet) {
        cli_tell_build(&summary, a->base.common.verbose);
        terminal_note("%s: %" PRIu32 " people, %" PRIu64 " ties, %" PRIu32 " mentorships from %" PRIu32
                      " sources",
                      a->path, summary.people, summary.ties, summary.mentorships, summary.sources);
    }
    return cli_outcome(KITH_OK, true, summary.rejected > 0);
}

const command cmd_build = {
    .name = "build",
    .summary = "exports in, one network file out",
    .synopsis = "INPUT... -o NET.kith [OPTION...]",
    .details =
        "INPUT is a file, a folder, a zip or tar archive, any of them gzip- or xz-compressed, or - for "
        "standard input. Formats are recognised by content: LinkedIn connections and profiles, Google "
        "contacts, tables of people, ties and mentorships, and plain edge lists. A folder or archive that "
        "holds one person's export is taken as that person's.\n\n"
        "A row that cannot be used never stops the build: it is kept in the network with its reason. The "
        "network appears whole or not at all; a failed build leaves an old one as it was.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(build_args),
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

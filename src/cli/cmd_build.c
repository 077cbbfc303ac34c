#include <inttypes.h>

#include "command.h"
#include "terminal.h"

typedef struct build_args {
    command_args base;
    input_args input;
    const char *path;
    const char *rejects;
    const char *review;
    const char *format;
    bool dry_run;
    uint32_t max_memory;
    const char *cache;
    uint32_t max_cache;
} build_args;

static const option options[] = {
    {OPT_TEXT, 'o', "output", "NET.kith", "the network file to write", offsetof(build_args, path), NULL},
    {OPT_TEXT, 0, "rejects", "FILE.csv", "also write rejected rows with their reasons",
     offsetof(build_args, rejects), NULL},
    {OPT_TEXT, 0, "review", "FILE.csv", "also write doubtful pairs of people, to decide on",
     offsetof(build_args, review), NULL},
    {OPT_U32, 0, "max-memory", "MB",
     "stop as soon as it is seen that it will take more (default: what there is)",
     offsetof(build_args, max_memory), NULL},
    {OPT_TEXT, 0, "cache", "DIR", "keep there what was read, and read only sources that have changed since",
     offsetof(build_args, cache), NULL},
    {OPT_U32, 0, "max-cache", "MB", "keep no more than that in --cache (default 1024)",
     offsetof(build_args, max_cache), NULL},
    {OPT_FLAG, 0, "dry-run", NULL, "write nothing: show what would be read, by which columns, and joined",
     offsetof(build_args, dry_run), NULL},
    {OPT_TEXT, 0, "format", "WORD", "of --dry-run: text (default), csv, json, jsonl or html",
     offsetof(build_args, format), NULL},
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
    {"kith build exports --dry-run", "what would be read, and how"},
    {NULL, NULL},
};

/** Entries of the merge log that a dry run shows. */
#define MERGES_SHOWN 20

/** Builds in memory and shows what came of the inputs. */
static kith_code run_dry(const build_args *a, kith_err *err)
{
    kith_net *net = NULL;
    kith_left_out left_out = {0};
    kith_build_opts opts;
    kith_build_summary summary = {0};
    kith_output to;
    const kith_info_parts parts = {
        .columns = true, .left_out = &left_out, .merges = true, .most_listed = MERGES_SHOWN};

    kith_code rc = cli_output(&(output_args){.format = a->format}, &to, err);
    if (!rc)
        rc = cli_build_opts(&a->base, &a->input, &opts, err);
    opts.left_out = &left_out;
    if (!rc)
        rc = kith_load(&opts, &net, &summary, err);
    if (!rc && !a->base.common.quiet)
        cli_tell_build(&summary, a->base.common.verbose);
    if (!rc)
        rc = kith_write_info(net, &parts, &to, err);
    kith_net_close(net);
    kith_left_out_free(&left_out);
    return cli_outcome(rc, true, summary.rejected > 0);
}

static kith_code run(const void *args, kith_err *err)
{
    const build_args *a = args;
    kith_build_opts opts;
    kith_build_summary summary = {0};

    if (a->dry_run)
        return run_dry(a, err);
    if (a->format)
        return cli_usage(err, "--format is for --dry-run: a network has one format");
    if (!a->path)
        return cli_usage(err, "build wants -o NET.kith: where to write the network");
    if (a->max_cache && !a->cache)
        return cli_usage(err, "--max-cache goes with --cache DIR");
    kith_code rc = cli_build_opts(&a->base, &a->input, &opts, err);
    opts.rejects = a->rejects;
    opts.review = a->review;
    opts.max_memory_bytes = (uint64_t)a->max_memory << 20;
    opts.cache = a->cache;
    opts.cache_bytes = (uint64_t)a->max_cache << 20;
    opts.tell_memory = a->base.common.verbose;
    if (!rc)
        rc = kith_build(&opts, a->path, &summary, err);
    if (rc)
        return rc;
    terminal_finish();
    if (!a->base.common.quiet) {
        cli_tell_build(&summary, a->base.common.verbose);
        if (a->cache)
            terminal_note("%" PRIu32 " of the sources were taken from the cache, %" PRIu32
                          " were put into it",
                          summary.recalled, summary.learned);
        terminal_note("%s: %" PRIu32 " people, %" PRIu64 " ties, %" PRIu32 " mentorships from %" PRIu32 " %s",
                      a->path, summary.people, summary.ties, summary.mentorships, summary.sources,
                      summary.sources == 1 ? "source" : "sources");
    }
    return cli_outcome(KITH_OK, true, summary.rejected > 0);
}

const command cmd_build = {
    .name = "build",
    .summary = "exports in, one network file out",
    .synopsis = "INPUT... -o NET.kith [OPTION...]",
    .details =
        "INPUT is a file, a folder, a zip or tar archive, any of them gzip- or xz-compressed, or - for "
        "standard input. Formats are recognised by content: LinkedIn archives, contacts from Google, Outlook "
        "and "
        "Thunderbird, vCards, tables of people, ties, mentorships and meetings, LDBC, Neo4j and Gephi "
        "tables, "
        "GraphML, GML, Pajek, UCINET DL, and plain edge lists. A folder or archive that holds one person's "
        "export is taken as that person's.\n\n"
        "A row that cannot be used never stops the build: it is kept in the network with its reason. The "
        "network appears whole or not at all; a failed build leaves an old one as it was.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(build_args),
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};

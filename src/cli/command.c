#include "command.h"

#include <inttypes.h>
#include <kith/memory.h>
#include <kith/redaction.h>
#include <stdio.h>
#include <string.h>

#include "settings.h"
#include "terminal.h"

const option cli_common_options[] = {
    {OPT_FLAG, 'q', "quiet", NULL, "no progress and no notices", offsetof(common_args, quiet), NULL},
    {OPT_FLAG, 'v', "verbose", NULL, "a line per phase: name, seconds, peak memory",
     offsetof(common_args, verbose), NULL},
    {OPT_FLAG, 'h', "help", NULL, "show this help", offsetof(common_args, help), NULL},
    {.kind = OPT_END},
};

static const char *const date_words[] = {"detect", "dmy", "mdy", "ymd", NULL};
static const char *const merge_words[] = {"balanced", "strict", "off", NULL};
static const char *const weight_words[] = {"nothing", "strength", NULL};
static const char *const format_words[] = {"text", "csv", "json", "jsonl", "html", NULL};
static const char *const shared_words[] = {"auto", "on", "off", NULL};

const option cli_input_options[] = {
    {OPT_LIST, 0, "owner", "[PATH=]WHO",
     "whose export it is: a name, email or LinkedIn URL; PATH= names one source",
     offsetof(input_args, owners), NULL},
    {OPT_LIST, 0, "map", "FIELD=COLUMN", "read COLUMN of a table as FIELD (name, company, mentor, …)",
     offsetof(input_args, maps), NULL},
    {OPT_TEXT, 0, "ids", "NAME", "one id space of that name for all tables", offsetof(input_args, ids), NULL},
    {OPT_TEXT, 0, "encoding", "NAME", "of files that are not Unicode (default CP1252)",
     offsetof(input_args, encoding), NULL},
    {OPT_TEXT, 0, "delimiter", "MARK", "between the columns of tables: , ; | or tab (default: detected)",
     offsetof(input_args, delimiter), NULL},
    {OPT_FLAG, 0, "no-header", NULL, "tables have no header: --map names columns 1, 2, 3",
     offsetof(input_args, no_header), NULL},
    {OPT_CHOICE, 0, "date-order", "ORDER", "how 03/04/2021 is read: detect, dmy, mdy or ymd",
     offsetof(input_args, dates), date_words},
    {OPT_TEXT, 0, "region", "CC", "country of phone numbers without a country code, for example NL",
     offsetof(input_args, region), NULL},
    {OPT_CHOICE, 0, "merge", "MODE",
     "who is taken for one person: balanced (default), strict (exact keys) or off",
     offsetof(input_args, merge), merge_words},
    {OPT_TEXT, 0, "decisions", "FILE.csv", "pairs you have decided on: same or different",
     offsetof(input_args, decisions), NULL},
    {OPT_U32, 0, "max-depth", "N", "archives within archives (default 4)", offsetof(input_args, max_depth),
     NULL},
    {OPT_U32, 0, "max-entries", "N", "files in one archive (default 100000)",
     offsetof(input_args, max_entries), NULL},
    {OPT_U32, 0, "max-gigabytes", "N", "decompressed size of one input (default 64)",
     offsetof(input_args, max_gigabytes), NULL},
    {OPT_U32, 0, "max-ratio", "N", "decompressed over compressed size (default 1000)",
     offsetof(input_args, max_ratio), NULL},
    {OPT_TEXT, 0, "as-of", "DATE", "the day that counts as today (default: the newest observed date)",
     offsetof(input_args, as_of), NULL},
    {OPT_CHOICE, 0, "weight-as", "MEANING", "what a weight column is: nothing (default) or strength",
     offsetof(input_args, weight_as), weight_words},
    {OPT_CHOICE, 0, "shared-contacts", "WHEN", "count contacts two people share: auto, on or off",
     offsetof(input_args, shared_contacts), shared_words},
    {OPT_FLAG, 0, "strict", NULL, "stop at the first rejected row", offsetof(input_args, strict), NULL},
    {.kind = OPT_END},
};

const option cli_output_options[] = {
    {OPT_TEXT, 'o', "output", "FILE",
     "write FILE: .txt .csv .json .jsonl .html, each also with .gz; - is stdout", offsetof(output_args, path),
     NULL},
    {OPT_TEXT, 0, "format", "WORD", "text, csv, json, jsonl or html, whatever the ending of FILE",
     offsetof(output_args, format), format_words},
    CLI_PRIVACY_OPTIONS(output_args, privacy),
    {.kind = OPT_END},
};

const option cli_format_options[] = {
    {OPT_TEXT, 0, "format", "WORD", "text (default), csv, json, jsonl or html", offsetof(output_args, format),
     format_words},
    {.kind = OPT_END},
};

const command *cli_command_find(const char *name)
{
    for (const command *const *c = cli_commands; *c; c++)
        if (!strcmp((*c)->name, name))
            return *c;
    return NULL;
}

static void notice(void *ctx, const char *text)
{
    (void)ctx;
    terminal_note("%s", text);
}

/** A delimiter by its mark or its name; 0 where it is none. */
static char delimiter_of(const char *word)
{
    if (!strcmp(word, "tab") || !strcmp(word, "\\t"))
        return '\t';
    return strlen(word) == 1 && strchr(",;|\t", *word) ? *word : '\0';
}

kith_code cli_build_opts(const command_args *args, const input_args *in, kith_build_opts *opts, kith_err *err)
{
    *opts = (kith_build_opts){
        .inputs = args->rest.items,
        .n_inputs = args->rest.count,
        .owners = in->owners.items,
        .n_owners = in->owners.count,
        .maps = in->maps.items,
        .n_maps = in->maps.count,
        .ids = in->ids,
        .encoding = in->encoding,
        .no_header = in->no_header,
        .dates = (kith_date_reading)in->dates,
        .region = in->region,
        .merge = (kith_merge_mode)in->merge,
        .decisions = in->decisions,
        .limits = {in->max_depth, in->max_entries, (uint64_t)in->max_gigabytes << 30, in->max_ratio},
        .as_of = in->as_of,
        .strict = in->strict,
        .weight_is_strength = in->weight_as == 1,
        .shared_contacts = (kith_shared_contacts)in->shared_contacts,
        .coefficients = args->settings->coefficients,
        .n_coefficients = args->settings->n_coefficients,
        .progress = terminal_progress(&args->common),
        .notice = args->common.quiet ? NULL : notice,
    };
    if (in->delimiter && !(opts->delimiter = delimiter_of(in->delimiter)))
        return cli_usage(err, "--delimiter is , ; | or tab, not \"%s\"", in->delimiter);
    return KITH_OK;
}

void cli_tell_build(const kith_build_summary *summary, bool verbose)
{
    if (verbose && summary->rows)
        terminal_note("%" PRIu64 " rows: %" PRIu64 " used, %" PRIu64 " skipped, %" PRIu64 " rejected",
                      summary->rows, summary->used, summary->skipped, summary->rejected);
    if (summary->duplicates)
        terminal_note("%" PRIu32 " of the sources hold the same bytes as another: counted once",
                      summary->duplicates);
    if (summary->rejected)
        terminal_note("%" PRIu64 " rows were rejected: `kith info --rejects` tells why", summary->rejected);
}

/** Refuses what contradicts itself, before the work is done. */
static kith_code check_privacy(const privacy_args *privacy, kith_err *err)
{
    if (privacy->redact && privacy->with_contacts)
        return cli_usage(err, "--redact hides what --with-contacts shows: give one of them");
    if (privacy->redact_keep && !privacy->redact)
        return cli_usage(err, "--redact-keep goes with --redact KEYFILE");
    return KITH_OK;
}

kith_code cli_load(const command_args *args, const input_args *in, const privacy_args *privacy,
                   kith_net **net, bool *rejected, kith_err *err)
{
    kith_build_opts opts;
    kith_build_summary summary = {0};

    kith_code rc = check_privacy(privacy, err);
    if (!rc)
        rc = cli_build_opts(args, in, &opts, err);
    if (!rc)
        rc = kith_load(&opts, net, &summary, err);
    if (!rc && privacy->redact)
        rc = kith_net_redact(*net, privacy->redact, privacy->redact_keep, err);
    if (!rc && !args->common.quiet)
        cli_tell_build(&summary, args->common.verbose);
    *rejected = summary.rejected > 0;
    return rc;
}

kith_code cli_output(const output_args *args, kith_output *to, kith_err *err)
{
    bool to_stdout = !args->path || !strcmp(args->path, "-");

    *to = (kith_output){.path = args->path,
                        .width = to_stdout ? terminal_width() : 0,
                        .colour = to_stdout && terminal_is_stdout() && terminal_wants_colour(),
                        .with_contacts = args->privacy.with_contacts};
    if (args->format && (to->format = kith_format_find(args->format)) == KITH_FORMAT_AUTO)
        return cli_usage(err, "--format is text, csv, json, jsonl or html, not \"%s\"", args->format);
    return kith_output_check(to, err);
}

kith_code cli_outcome(kith_code rc, bool found, bool rejected)
{
    if (rc)
        return rc;
    return !found ? KITH_NOT_FOUND : rejected ? KITH_REJECTED : KITH_OK;
}

char *cli_join(const text_list *list)
{
    size_t length = 1;

    for (uint32_t i = 0; i < list->count; i++)
        length += strlen(list->items[i]) + 2;
    char *text = list->count ? kith_malloc(length) : NULL, *at = text;
    for (uint32_t i = 0; text && i < list->count; i++)
        at = stpcpy(stpcpy(at, i ? ", " : ""), list->items[i]);
    return text;
}

kith_code cli_who_any(const kith_net *net, const text_list *whos, kith_ids *all, kith_err *err)
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

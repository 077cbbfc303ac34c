/* What a night says: the network, the report, and answers to the questions of the settings. */
#include "run/night.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include <kith/folder.h>
#include <kith/output.h>
#include <kith/queries.h>
#include <kith/redaction.h>

#include "base/dynbuf.h"
#include "base/mem.h"

/** Where a report keeps the places of people in its picture, which they keep from night to night. */
#define PLACES "positions.json.gz"

/** The path of a file in the folder that is being filled. */
static kith_code path_of(const kith_night *night, const char *name, kith_dynbuf *path, kith_err *err)
{
    return kith_dynbuf_path(path, kith_tempname_path(night->made), name, err);
}

static kith_build_opts build_opts(const kith_night *night, const char **failed_input)
{
    const kith_nightly_config *config = &night->config;
    const char *as_of = config->as_of;

    if (as_of && !strcmp(as_of, "newest"))
        as_of = NULL;
    else if (as_of && !strcmp(as_of, "run"))
        as_of = night->date;
    return (kith_build_opts){
        .inputs = night->inputs.items,
        .n_inputs = night->inputs.count,
        .owners = config->owners.items,
        .n_owners = config->owners.count,
        .maps = config->maps.items,
        .n_maps = config->maps.count,
        .ids = config->ids,
        .encoding = config->encoding,
        .dates = (kith_date_reading)config->dates,
        .region = config->region,
        .merge = (kith_merge_mode)config->merge,
        .decisions = config->decisions,
        .as_of = as_of,
        .coefficients = config->coefficients,
        .n_coefficients = config->n_coefficients,
        .max_memory_bytes = (uint64_t)config->max_memory_mb << 20,
        .cache = config->cache,
        .cache_bytes = (uint64_t)config->max_cache_mb << 20,
        .failed_input = failed_input,
        .progress = night->opts->progress,
        .notice = night->opts->notice,
        .notice_ctx = night->opts->notice_ctx,
    };
}

static void drop_input(kith_texts *inputs, const char *input)
{
    uint32_t at = 0;

    while (inputs->items[at] != input)
        at++;
    kith_free((void *)input);
    memmove(inputs->items + at, inputs->items + at + 1, (inputs->count - at - 1) * sizeof *inputs->items);
    inputs->count--;
}

/** Whether it is the input that is wrong. */
static bool blames_input(kith_code rc)
{
    return rc == KITH_EDATA || rc == KITH_ENOINPUT || rc == KITH_EIO || rc == KITH_EUSAGE;
}

/** Takes an input out of those that are read, and tells. */
static kith_code leave_out(kith_night *night, const char *input, const kith_err *why, kith_err *err)
{
    kith_dynbuf reason = {0}, line = {0};

    if (*why->file && strcmp(why->file, input))
        kith_dynbuf_printf(&reason, "%s: ", why->file);
    kith_dynbuf_text(&reason, why->message);
    kith_dynbuf_printf(&line, "left out: %s: %s", input, kith_dynbuf_cstr(&reason));
    kith_code rc = kith_nightly_leave_out(night->left_out, input, kith_dynbuf_cstr(&reason), err);
    if (!rc && night->opts->notice)
        night->opts->notice(night->opts->notice_ctx, kith_dynbuf_cstr(&line));
    if (!rc)
        drop_input(&night->inputs, input);
    kith_dynbuf_free(&reason);
    kith_dynbuf_free(&line);
    return rc;
}

/** Builds, and where reading an input fails and the night is to keep going, builds again without it. */
static kith_code build_without_bad(kith_night *night, const char *path, kith_build_summary *summary,
                                   kith_err *err)
{
    kith_code rc;

    for (;;) {
        const char *failed = NULL;
        kith_err failure = KITH_ERR_NONE;
        kith_build_opts opts = build_opts(night, &failed);

        rc = kith_build(&opts, path, summary, &failure);
        if (!rc || !failed || night->inputs.count == 1 || !kith_night_keeps_going(night) ||
            !blames_input(rc)) {
            *err = rc ? failure : *err;
            return rc;
        }
        if ((rc = leave_out(night, failed, &failure, err)))
            return rc;
    }
}

kith_code kith_night_build(kith_night *night, json_t *counts, kith_err *err)
{
    kith_dynbuf path = {0};
    char stamps[KITH_DIGEST_SIZE] = "";
    kith_build_summary summary = {0};

    kith_code rc = path_of(night, KITH_NIGHT_NETWORK, &path, err);
    if (!rc)
        rc = build_without_bad(night, path.data, &summary, err);
    if (!rc)
        rc = kith_night_open(night, err);
    if (!rc)
        rc = kith_texts_add(&night->files, KITH_NIGHT_NETWORK, err);
    if (!rc)
        rc = kith_night_stamps(night, stamps, err);
    /* Of inputs that changed while they were read nobody knows which bytes were used. */
    if (!rc && strcmp(stamps, night->stamps))
        *night->fingerprint = '\0';
    if (!rc)
        rc = kith_night_count_network(night->net, counts, err);
    if (!rc && night->config.cache)
        rc = kith_night_count(counts, "from_cache", summary.recalled, err);
    if (!rc && night->config.cache)
        rc = kith_night_count(counts, "into_cache", summary.learned, err);
    if (!rc)
        rc = kith_night_count(counts, "left_out", json_array_size(night->left_out), err);
    kith_dynbuf_free(&path);
    return rc;
}

void kith_night_sum_rows(const kith_net *net, kith_source *sum)
{
    kith_source source;

    *sum = (kith_source){0};
    for (uint32_t i = 0; kith_net_source(net, i, &source); i++) {
        sum->rows += source.rows;
        sum->used += source.used;
        sum->skipped += source.skipped;
        sum->rejected += source.rejected;
    }
}

/** Refuses what is too far from what it should be. */
static kith_code hold_thresholds(const kith_night *night, const kith_source *rows, kith_err *err)
{
    const kith_nightly_config *config = &night->config;
    kith_net_summary now, before;

    if (config->max_rejects >= 0 && (double)rows->rejected > config->max_rejects * (double)rows->rows)
        return kith_fail(err, KITH_EDATA,
                         "%" PRIu64 " of %" PRIu64
                         " rows were rejected, over the %g %% of max_rejects: not published",
                         rows->rejected, rows->rows, 100 * config->max_rejects);
    if (!night->net_before || config->max_people_drop < 0)
        return KITH_OK;
    kith_net_summarise(night->net, &now);
    kith_net_summarise(night->net_before, &before);
    if ((double)now.people < (1 - config->max_people_drop) * (double)before.people)
        return kith_fail(err, KITH_EDATA,
                         "%" PRIu32 " people where the night of %s had %" PRIu32
                         ", down by more than the %g %% of max_people_drop: not published",
                         now.people, night->before, before.people, 100 * config->max_people_drop);
    return KITH_OK;
}

/** Opens a network, to be told of as the settings have it. */
static kith_code open_net(const kith_night *night, const char *path, kith_net **net, kith_err *err)
{
    const kith_nightly_config *config = &night->config;

    kith_code rc = kith_net_open(path, net, err);
    return rc || !config->redact ? rc : kith_net_redact(*net, config->redact, config->redact_keep, err);
}

kith_code kith_night_open(kith_night *night, kith_err *err)
{
    kith_dynbuf path = {0};

    kith_code rc = path_of(night, KITH_NIGHT_NETWORK, &path, err);
    if (!rc)
        rc = open_net(night, path.data, &night->net, err);
    kith_dynbuf_free(&path);
    return rc;
}

static kith_code open_before(kith_night *night, kith_err *err)
{
    kith_dynbuf path = {0};

    kith_dynbuf_printf(&path, "%s/%s/%s", night->config.output, night->before, KITH_NIGHT_NETWORK);
    kith_code rc = kith_dynbuf_check(&path, "a path", err);
    if (!rc)
        rc = open_net(night, path.data, &night->net_before, err);
    kith_dynbuf_free(&path);
    return rc;
}

kith_code kith_night_check(kith_night *night, json_t *counts, kith_err *err)
{
    kith_dynbuf path = {0};
    kith_check_summary checked = {0};
    kith_source rows;

    kith_code rc = path_of(night, KITH_NIGHT_NETWORK, &path, err);
    if (!rc && !night->unchanged) /* else it was checked where it stood */
        rc = kith_check(path.data, &checked, err);
    if (!rc && *night->before)
        rc = open_before(night, err);
    kith_night_sum_rows(night->net, &rows);
    if (!rc)
        rc = hold_thresholds(night, &rows, err);
    if (!rc && !night->unchanged)
        rc = kith_night_count(counts, "bytes", checked.bytes, err);
    if (!rc)
        rc = kith_night_count(counts, "rows", rows.rows, err);
    if (!rc)
        rc = kith_night_count(counts, "rejected", rows.rejected, err);
    kith_dynbuf_free(&path);
    return rc;
}

kith_code kith_night_report(kith_night *night, json_t *counts, kith_err *err)
{
    const kith_nightly_config *config = &night->config;
    kith_dynbuf path = {0}, places = {0};
    kith_check_summary checked = {0};

    kith_code rc = path_of(night, KITH_NIGHT_REPORT, &path, err);
    kith_dynbuf_printf(&places, "%s/%s/" KITH_NIGHT_REPORT "/" PLACES, config->output, night->before);
    if (!rc)
        rc = kith_dynbuf_check(&places, "a path", err);
    bool has_places = !rc && *night->before && access(places.data, R_OK) == 0;
    if (!rc)
        rc = kith_report(night->net,
                         &(kith_report_opts){.folder = path.data,
                                             .from = config->from.items,
                                             .to = config->to.items,
                                             .n_routes = config->from.count,
                                             .with_contacts = config->with_contacts,
                                             .layout_from = has_places ? places.data : NULL,
                                             .progress = night->opts->progress},
                         err);
    if (!rc)
        rc = kith_check(path.data, &checked, err);
    if (!rc)
        rc = kith_night_count(counts, "files", checked.files + 1, err);
    if (!rc)
        rc = kith_night_count(counts, "bytes", checked.bytes, err);
    kith_dynbuf_free(&places);
    kith_dynbuf_free(&path);
    return rc;
}

/** Writes the answers to one file of questions as FILE of the night. */
static kith_code write_answers(kith_night *night, const kith_queries *queries, const char *file,
                               uint64_t *found, kith_err *err)
{
    const kith_intro_opts ask = KITH_INTRO_DEFAULTS;
    kith_query_run *run = NULL;
    kith_dynbuf path = {0};

    kith_code rc = path_of(night, file, &path, err);
    if (!rc)
        rc = kith_query_run_begin(night->net, &ask, queries, &run, err);
    if (!rc)
        rc = kith_write_queries(
            night->net, &ask, queries, run, NULL,
            &(kith_output){.path = path.data, .with_contacts = night->config.with_contacts}, err);
    if (!rc)
        rc = kith_texts_add(&night->files, file, err);
    *found = rc ? 0 : kith_query_run_found(run);
    kith_query_run_end(run);
    kith_dynbuf_free(&path);
    return rc;
}

/** Answers one file of questions, as a table and for programs. */
static kith_code ask_file(kith_night *night, uint32_t nth, uint64_t *asked, uint64_t *found, kith_err *err)
{
    static const char *const endings[] = {".csv.gz", ".json.gz"};
    const kith_intro_opts ask = KITH_INTRO_DEFAULTS;
    kith_queries queries;
    uint64_t with_route = 0;

    kith_code rc = kith_queries_make(night->net,
                                     &(kith_query_words){.path = night->config.query_files.items[nth],
                                                         .max_hops = ask.max_hops,
                                                         .top = ask.top},
                                     &queries, err);
    if (rc)
        return rc;
    for (size_t i = 0; !rc && i < sizeof endings / sizeof *endings; i++) {
        kith_dynbuf file = {0};

        kith_dynbuf_printf(&file, "questions-%s%s", night->config.query_names.items[nth], endings[i]);
        rc = kith_dynbuf_check(&file, "a path", err);
        if (!rc)
            rc = write_answers(night, &queries, file.data, &with_route, err);
        kith_dynbuf_free(&file);
    }
    *asked += queries.count;
    *found += with_route;
    kith_queries_free(&queries);
    return rc;
}

kith_code kith_night_ask(kith_night *night, json_t *counts, kith_err *err)
{
    uint64_t asked = 0, found = 0;
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; !rc && i < night->config.query_files.count; i++)
        rc = ask_file(night, i, &asked, &found, err);
    if (!rc)
        rc = kith_night_count(counts, "questions", asked, err);
    return rc ? rc : kith_night_count(counts, "with_route", found, err);
}

#include <kith/build.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <kith/output.h>

#include "base/date.h"
#include "base/dynbuf.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/ticker.h"
#include "ingest/ingest.h"
#include "network/netdata.h"
#include "network/netfile.h"
#include "people/people.h"
#include "run/memory_plan.h"
#include "run/merging.h"

/** @param coefficients  out: `out` borrows them. */
static kith_code assemble_opts(const kith_build_opts *opts, kith_coefficients *coefficients,
                               kith_assemble_opts *out, kith_err *err)
{
    kith_code rc = KITH_OK;

    *coefficients = kith_default_coefficients;
    *out = (kith_assemble_opts){.coefficients = coefficients,
                                .weight_is_strength = opts->weight_is_strength,
                                .shared_contacts = opts->shared_contacts,
                                .progress = opts->progress,
                                .has_as_of = opts->as_of != NULL};
    if (opts->as_of && (out->as_of = kith_date_parse(opts->as_of, KITH_DATE_YMD)) == KITH_NO_DATE)
        return kith_fail(err, KITH_EUSAGE, "the as-of date is like 2026-03-01, not \"%s\"", opts->as_of);
    for (uint32_t i = 0; i < opts->n_coefficients && !rc; i++) {
        const kith_parameter *given = &opts->coefficients[i];
        rc = kith_coefficient_check(given->name, given->value, err);
        (void)kith_coefficient_set(coefficients, given->name, given->value);
    }
    return rc;
}

static void summarise(const kith_people *people, const kith_netdata *data, const kith_ingest_tally *tally,
                      kith_build_summary *summary)
{
    *summary = (kith_build_summary){.people = data->n,
                                    .ties = data->m,
                                    .mentorships = data->n_mentorships,
                                    .sources = tally->sources,
                                    .duplicates = people->n_duplicates,
                                    .unrecognised = tally->unrecognised,
                                    .recalled = tally->recalled,
                                    .learned = tally->learned};
    for (uint32_t i = 0; i < people->n_sources; i++) {
        const kith_source_end *end = &people->sources[i].end;

        summary->rows += end->rows;
        summary->used += end->used;
        summary->skipped += end->skipped;
        summary->rejected += end->rejected;
    }
}

static bool is_network_file(const char *path)
{
    unsigned char head[64];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, head, sizeof head);

    if (fd >= 0)
        close(fd);
    return length > 0 && kith_net_recognise(head, (size_t)length);
}

static kith_code refuse_networks(const kith_build_opts *opts, kith_err *err)
{
    for (uint32_t i = 0; i < opts->n_inputs; i++)
        if (is_network_file(opts->inputs[i]))
            return kith_fail_at(err, KITH_EUSAGE, opts->inputs[i], 0,
                                "is a built network; build from the inputs it was made of");
    return KITH_OK;
}

/** Reads all inputs, unless it turns out on the way that they will not fit into memory. */
static kith_code read_inputs(const kith_build_opts *opts, kith_roster *roster, kith_ingest_tally *tally,
                             kith_err *err)
{
    kith_sink sink = kith_roster_sink(roster);
    kith_build_opts watched = *opts;
    kith_memory_plan plan;
    kith_err failure = {0};

    kith_memory_plan_begin(opts, roster, &plan);
    watched.progress = &plan.progress;
    kith_code rc = kith_ingest(&watched, &sink, tally, &failure);
    if (rc && err)
        *err = plan.rc ? plan.err : failure;
    if (rc)
        return plan.rc ? plan.rc : rc;
    return kith_memory_plan_check(&plan, err);
}

/** Exports to network file, handed to `out` in order. */
static kith_code build_into(const kith_build_opts *opts, kith_byte_sink *out, void *ctx,
                            kith_build_summary *summary, kith_err *err)
{
    kith_roster *roster = NULL;
    const kith_people *people = NULL;
    kith_arena arena = {0};
    kith_netdata data = {0};
    kith_coefficients coefficients;
    kith_assemble_opts how;
    kith_merge_opts merge;
    kith_ingest_tally tally = {0};

    kith_code rc = assemble_opts(opts, &coefficients, &how, err);
    if (!rc)
        rc = kith_merging_of(opts, &arena, &merge, err);
    if (!rc)
        rc = refuse_networks(opts, err);
    if (!rc)
        rc = kith_roster_new(opts->strict, &roster, err);
    if (!rc)
        rc = read_inputs(opts, roster, &tally, err);
    if (!rc)
        rc = kith_tick_now(opts->progress, "finding who is who", 0, 0, err);
    if (!rc)
        rc = kith_roster_resolve(roster, &merge, &people, err);
    if (!rc && opts->review)
        rc = kith_review_write(people, opts->review, err);
    if (!rc)
        rc = kith_tick_now(opts->progress, "assembling ties", 0, 0, err);
    if (!rc)
        rc = kith_assemble(people, &how, &arena, &data, err);
    if (!rc && summary)
        summarise(people, &data, &tally, summary);
    kith_roster_free(roster); /* now, so that the file's pages may take its place */
    if (!rc)
        rc = kith_netdata_write(&data, opts->progress, out, ctx, err);
    kith_arena_free(&arena);
    return rc;
}

static bool to_outfile(void *ctx, const void *bytes, size_t length)
{
    kith_outfile_write(ctx, bytes, length);
    return !kith_outfile_failed(ctx);
}

static kith_code write_rejects(const char *net_path, const char *csv_path, kith_err *err)
{
    kith_net *net = NULL;

    kith_code rc = kith_net_open(net_path, &net, err);
    if (!rc)
        rc = kith_write_info(net, &(kith_info_parts){.rejects = true},
                             &(kith_output){.path = csv_path, .format = KITH_FORMAT_CSV}, err);
    kith_net_close(net);
    return rc;
}

kith_code kith_build(const kith_build_opts *opts, const char *path, kith_build_summary *summary,
                     kith_err *err)
{
    kith_outfile *file = NULL;

    kith_code rc = kith_outfile_open(path, &file, err);
    if (rc)
        return rc;
    rc = build_into(opts, to_outfile, file, summary, err);
    if (rc && !kith_outfile_failed(file)) {
        kith_outfile_abandon(file);
        return rc;
    }
    rc = kith_outfile_commit(file, err);
    if (!rc && opts->rejects)
        rc = write_rejects(path, opts->rejects, err);
    return rc;
}

static bool to_memory(void *ctx, const void *bytes, size_t length)
{
    kith_dynbuf *buf = ctx;

    kith_dynbuf_append(buf, bytes, length);
    return buf->status == KITH_OK;
}

static kith_code build_in_memory(const kith_build_opts *opts, kith_net **net, kith_build_summary *summary,
                                 kith_err *err)
{
    kith_dynbuf buf = {.limit = SIZE_MAX};

    kith_code rc = build_into(opts, to_memory, &buf, summary, err);
    if (rc && buf.status)
        rc = kith_dynbuf_check(&buf, "the network in memory", err);
    if (!rc)
        rc = kith_net_parse(buf.data, buf.length, "the network in memory", net, err);
    if (rc) {
        kith_dynbuf_free(&buf);
        return rc;
    }
    kith_net_adopt(*net, buf.data);
    return KITH_OK;
}

static bool has_reading_options(const kith_build_opts *opts)
{
    const kith_input_limits *limits = &opts->limits;

    return opts->n_owners || opts->n_maps || opts->ids || opts->encoding || opts->delimiter ||
           opts->no_header || opts->dates != KITH_DATES_DETECT || opts->region ||
           opts->merge != KITH_MERGE_BALANCED || opts->decisions || limits->depth || limits->entries ||
           limits->expanded_bytes || limits->ratio || opts->weight_is_strength || opts->strict ||
           opts->shared_contacts != KITH_SHARED_AUTO;
}

/** Tells the first coefficient that was asked for and that the network was built without. */
static void tell_other_coefficients(const kith_build_opts *opts, const kith_coefficients *asked,
                                    const kith_net *net)
{
    kith_coefficients stored;
    const char *name;
    double wanted, kept;
    char text[200];

    kith_net_coefficients(net, &stored);
    for (uint32_t i = 0;
         opts->notice && opts->n_coefficients && kith_coefficient_at(asked, i, &name, &wanted); i++) {
        (void)kith_coefficient_at(&stored, i, &name, &kept);
        if (wanted == kept)
            continue;
        (void)snprintf(
            text, sizeof text,
            "the network was built with %s = %g, and not %g as asked: build it again to change that", name,
            kept, wanted);
        opts->notice(opts->notice_ctx, text);
        return;
    }
}

/** A network is what it is: what would change how it was built cannot be asked of it. */
static kith_code open_stored(const kith_build_opts *opts, kith_net **net, kith_err *err)
{
    const char *path = opts->inputs[0];
    kith_coefficients coefficients;
    kith_assemble_opts how;
    kith_net_summary stored;

    if (has_reading_options(opts))
        return kith_fail_at(
            err, KITH_EUSAGE, path, 0,
            "is a built network: options that change how inputs are read belong to `kith build`");
    kith_code rc = assemble_opts(opts, &coefficients, &how, err);
    if (!rc)
        rc = kith_net_open(path, net, err);
    if (rc)
        return rc;
    kith_net_summarise(*net, &stored);
    if (how.has_as_of && how.as_of != stored.as_of) {
        char day[KITH_DATE_SIZE];

        kith_date_format(stored.as_of, day);
        kith_net_close(*net);
        *net = NULL;
        return kith_fail_at(err, KITH_EUSAGE, path, 0, "was built as of %s; build it again for another date",
                            *day ? day : "no date");
    }
    tell_other_coefficients(opts, &coefficients, *net);
    return KITH_OK;
}

kith_code kith_load(const kith_build_opts *opts, kith_net **net, kith_build_summary *summary, kith_err *err)
{
    *net = NULL;
    if (summary)
        *summary = (kith_build_summary){0};
    if (opts->n_inputs == 1 && is_network_file(opts->inputs[0]))
        return open_stored(opts, net, err);
    return build_in_memory(opts, net, summary, err);
}

#include "ingest/ingest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ingest/format.h"
#include "ingest/owner.h"
#include "ingest/walk.h"

/** Names of unknown files that one notice lists. */
#define UNKNOWN_SHOWN 20

/** A file that tells of its owner: read, but not ended until all of that person is known. */
typedef struct pending_end {
    uint32_t source;
    kith_source_end end;
    kith_bundle *bundle;
    bool overruled; /**< an option says that the export is somebody else's */
} pending_end;

/** One call of kith_ingest. */
typedef struct run {
    const kith_build_opts *opts;
    const kith_sink *sink;
    kith_ingest_tally tally;
    kith_walk walk;
    kith_owners owners;
    kith_column_maps maps;
    uint32_t shared_space;
    pending_end *pending;
    size_t n_pending, pending_capacity;
    kith_dynbuf unknown; /**< names of files that nobody can read */
} run;

static kith_code recognise(run *r, const kith_entry *entry, kith_recognised *out, kith_err *err)
{
    const char *head;
    size_t length;
    kith_code rc = kith_stream_peek(entry->stream, KITH_STREAM_BUFFER, &head, &length, err);

    return rc == KITH_OK ? kith_recognise(head, length, length < KITH_STREAM_BUFFER, r->opts->encoding,
                                          &r->maps, out, err)
                         : rc;
}

/** Reads what a reader left unread, so that the checksum is over everything. */
static kith_code drain(kith_stream *stream, kith_err *err)
{
    const char *bytes;
    size_t length;
    kith_code rc;

    do
        rc = kith_stream_next(stream, &bytes, &length, err);
    while (rc == KITH_OK && length);
    return rc;
}

static kith_code find_owner(run *r, kith_reading *reading, kith_err *err)
{
    kith_code rc =
        kith_owners_mention(&r->owners, reading->entry, r->sink, reading->source, &reading->owner, err);

    if (rc == KITH_OK && reading->owner == UINT32_MAX)
        return kith_owner_missing(reading->entry, reading->format->name, err);
    return rc;
}

/** Hands the whole file to its reader and counts. */
static kith_code read_to_end(run *r, kith_reading *reading, kith_err *err)
{
    kith_stream *stream = reading->entry->stream;
    kith_source_begin begin = {.name = reading->entry->name, .format = reading->format->name};
    kith_code rc = kith_stream_hash(stream, err);

    if (rc == KITH_OK)
        rc = r->sink->source_begin(r->sink->ctx, &begin, &reading->source, err);
    if (rc == KITH_OK && reading->format->whose == KITH_WHOSE_UNTOLD)
        rc = find_owner(r, reading, err);
    if (rc == KITH_OK)
        rc = reading->format->read(reading, err);
    if (rc == KITH_OK)
        rc = drain(stream, err);
    if (rc != KITH_OK)
        return rc;
    kith_stream_checksum(stream, reading->end.checksum);
    reading->end.bytes = stream->bytes;
    reading->end.owner = reading->owner;
    if (reading->end.used == 0)
        kith_reading_notice(reading, "recognised as %s, but gave no rows", reading->format->name);
    return KITH_OK;
}

static kith_code read_entry(run *r, const kith_entry *entry, const kith_recognised *known,
                            kith_source_end *end, uint32_t *source, kith_err *err)
{
    kith_reading reading = {.opts = r->opts,
                            .sink = r->sink,
                            .entry = entry,
                            .format = known->format,
                            .maps = &r->maps,
                            .delimiter = known->delimiter,
                            .header_row = known->header_row,
                            .shared_space = &r->shared_space,
                            .owner = UINT32_MAX};
    kith_code rc = read_to_end(r, &reading, err);

    *end = reading.end;
    *source = reading.source;
    kith_card_free(&reading.card);
    kith_dynbuf_free(&reading.columns);
    return rc;
}

static void note_unknown(run *r, const char *name, const char *format)
{
    if (r->tally.unrecognised++ >= UNKNOWN_SHOWN)
        return;
    kith_dynbuf_printf(&r->unknown, "%s%s", r->unknown.length ? ", " : "", name);
    if (format)
        kith_dynbuf_printf(&r->unknown, " (%s)", format);
}

/** First round: what tells of owners is read; the rest is only looked at. */
static kith_code survey(void *ctx, const kith_entry *entry, kith_err *err)
{
    run *r = ctx;
    kith_recognised known;
    kith_code rc = recognise(r, entry, &known, err);

    if (rc != KITH_OK)
        return rc;
    if (!known.format || !known.format->read) {
        note_unknown(r, entry->name, known.format ? known.format->name : NULL);
        return kith_dynbuf_check(&r->unknown, "the list of unknown files", err);
    }
    r->tally.sources++;
    bool overruled = known.format->whose != KITH_WHOSE_NOBODY && kith_owners_for_path(&r->owners, entry);
    if (known.format->whose != KITH_WHOSE_TELLS)
        return KITH_OK;
    if (!kith_grow((void **)&r->pending, &r->pending_capacity, r->n_pending + 1, sizeof *r->pending))
        return kith_fail_memory(err, "the list of exports");
    pending_end *pending = &r->pending[r->n_pending++];
    *pending = (pending_end){.bundle = entry->bundle, .overruled = overruled};
    return read_entry(r, entry, &known, &pending->end, &pending->source, err);
}

/** Between the rounds: makes the owners that were told of, and ends the files that told. */
static kith_code settle_owners(run *r, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t i = 0; i < r->n_pending && rc == KITH_OK; i++) {
        pending_end *pending = &r->pending[i];
        kith_bundle *bundle = pending->bundle;
        if (pending->overruled) {
            pending->end.skipped += pending->end.used;
            pending->end.used = 0;
        } else if (bundle->owner == UINT32_MAX && bundle->owner_source != UINT32_MAX) {
            rc = kith_bundle_make_owner(bundle, r->sink, err);
        }
        pending->end.owner = bundle->owner;
        if (rc == KITH_OK)
            rc = r->sink->source_end(r->sink->ctx, pending->source, &pending->end, err);
    }
    return rc;
}

/** Second round: all that was not read in the first. */
static kith_code read_rest(void *ctx, const kith_entry *entry, kith_err *err)
{
    run *r = ctx;
    kith_recognised known;
    kith_source_end end;
    uint32_t source;
    kith_code rc = recognise(r, entry, &known, err);

    if (rc != KITH_OK || !known.format || !known.format->read || known.format->whose == KITH_WHOSE_TELLS)
        return rc;
    rc = read_entry(r, entry, &known, &end, &source, err);
    return rc == KITH_OK ? r->sink->source_end(r->sink->ctx, source, &end, err) : rc;
}

/** Tells what was not recognised; that nothing was is a failure. */
static kith_code judge_survey(run *r, kith_err *err)
{
    if (r->tally.unrecognised > UNKNOWN_SHOWN)
        kith_dynbuf_printf(&r->unknown, " and %u more", r->tally.unrecognised - UNKNOWN_SHOWN);
    kith_code rc = kith_dynbuf_check(&r->unknown, "the list of unknown files", err);
    if (rc != KITH_OK)
        return rc;
    const char *names = r->tally.unrecognised ? kith_dynbuf_cstr(&r->unknown) : "no files";
    if (r->tally.sources == 0)
        return kith_fail(
            err, KITH_EDATA,
            "nothing that kith can read: found %.200s; it reads contact exports of LinkedIn, Google, Outlook and "
            "Thunderbird, vCards, tables of people, ties and mentorships, and edge lists",
            names);
    if (r->tally.unrecognised && r->opts->notice) {
        kith_dynbuf text = {0};
        kith_dynbuf_printf(&text, "not recognised, left out: %s", names);
        if (text.status == KITH_OK)
            r->opts->notice(r->opts->notice_ctx, kith_dynbuf_cstr(&text));
        rc = kith_dynbuf_check(&text, "the list of unknown files", err);
        kith_dynbuf_free(&text);
    }
    return rc == KITH_OK ? kith_owners_all_fit(&r->owners, err) : rc;
}

static kith_code all_maps_used(const run *r, kith_err *err)
{
    for (size_t i = 0; i < r->maps.n; i++)
        if (!r->maps.all[i].used)
            return kith_fail(err, KITH_EUSAGE, "--map %s: no table has such a column", r->maps.all[i].option);
    return KITH_OK;
}

static kith_code both_rounds(run *r, kith_err *err)
{
    kith_code rc = kith_walk_all(&r->walk, survey, r, err);

    if (rc == KITH_OK)
        rc = judge_survey(r, err);
    if (rc == KITH_OK)
        rc = settle_owners(r, err);
    r->walk.phase = "reading";
    r->walk.done_bytes = 0;
    r->walk.total_bytes = r->walk.seen_bytes;
    if (rc == KITH_OK)
        rc = kith_walk_all(&r->walk, read_rest, r, err);
    return rc == KITH_OK ? all_maps_used(r, err) : rc;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/** The inputs in an order that does not depend on how they were given; caller-owned. */
static const char **sorted_inputs(const kith_build_opts *opts)
{
    const char **inputs = kith_alloc_array(opts->n_inputs, sizeof *inputs);

    if (inputs && opts->n_inputs) {
        memcpy(inputs, opts->inputs, opts->n_inputs * sizeof *inputs);
        qsort(inputs, opts->n_inputs, sizeof *inputs, by_text);
    }
    return inputs;
}

kith_code kith_ingest(const kith_build_opts *opts, const kith_sink *sink, kith_ingest_tally *tally,
                      kith_err *err)
{
    const char **inputs = sorted_inputs(opts);
    run r = {.opts = opts,
             .sink = sink,
             .walk = {.inputs = inputs,
                      .n_inputs = opts->n_inputs,
                      .progress = opts->progress,
                      .phase = "looking at the inputs"},
             .shared_space = KITH_NO_SPACE};
    kith_code rc = inputs ? KITH_OK : kith_fail_memory(err, "the list of inputs");

    if (rc == KITH_OK)
        rc = kith_owners_parse(opts->owners, opts->n_owners, &r.owners, err);
    if (rc == KITH_OK)
        rc = kith_column_maps_parse(opts->maps, opts->n_maps, &r.maps, err);
    if (rc == KITH_OK)
        rc = both_rounds(&r, err);
    if (tally)
        *tally = r.tally;
    kith_walk_free(&r.walk);
    kith_owners_free(&r.owners);
    kith_column_maps_free(&r.maps);
    kith_dynbuf_free(&r.unknown);
    kith_free(r.pending);
    kith_free(inputs);
    return rc;
}

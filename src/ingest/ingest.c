#include "ingest/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tree.h"
#include "ingest/date_columns.h"
#include "ingest/format.h"
#include "ingest/left_out.h"
#include "ingest/neo4j.h"
#include "ingest/owner.h"
#include "ingest/recall.h"
#include "ingest/unpack.h"
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

/** What the first round found out about the dates of one file. */
typedef struct file_dates {
    uint32_t file;   /**< its number in the round, from 1 */
    size_t first, n; /**< of the run's date columns */
} file_dates;

/** One call of kith_ingest. */
typedef struct run {
    const kith_build_opts *opts;
    const kith_sink *sink;
    kith_ingest_tally tally;
    kith_walk walk;
    kith_owners owners;
    kith_column_maps maps;
    uint32_t shared_space;
    bool any_recognised;
    uint32_t visited;  /**< files seen in this round */
    file_dates *dates; /**< by file */
    size_t n_dates, dates_capacity, next_dates;
    kith_date_columns date_columns;
    kith_recall recall;
    kith_arena texts; /**< that ends of sources hold */
    pending_end *pending;
    size_t n_pending, pending_capacity;
    kith_dynbuf unknown; /**< names of files that nobody can read */
    const char *why_not; /**< why the first of them cannot be read */
} run;

static kith_code recognise(run *r, const kith_entry *entry, kith_recognised *out, kith_err *err)
{
    const char *head;
    size_t length;

    r->visited++;
    kith_code rc = kith_stream_peek(entry->stream, KITH_STREAM_BUFFER, &head, &length, err);

    if (rc == KITH_OK)
        rc = kith_recognise(entry->name, head, length, length < KITH_STREAM_BUFFER, r->opts, &r->maps, out,
                            err);
    return rc == KITH_OK ? kith_neo4j_pair(entry, out, err) : rc;
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
    reading->self = kith_owners_self(&r->owners, reading->entry);
    return rc;
}

/** Hands the whole file to its reader. */
static kith_code read_bytes(kith_reading *reading, kith_date_columns *dates, kith_err *err)
{
    kith_stream *stream = reading->entry->stream;
    kith_code rc = kith_stream_hash(stream, err);

    (void)dates;
    if (rc == KITH_OK)
        rc = reading->format->read(reading, err);
    if (rc == KITH_OK)
        rc = drain(stream, err);
    if (rc != KITH_OK)
        return rc;
    kith_stream_checksum(stream, reading->end.checksum);
    reading->end.bytes = stream->bytes;
    return KITH_OK;
}

/** Reads the whole file and counts. */
static kith_code read_to_end(run *r, kith_reading *reading, kith_err *err)
{
    kith_source_begin begin = {.name = reading->entry->name, .format = reading->format->name};
    kith_code rc = r->sink->source_begin(r->sink->ctx, &begin, &reading->source, err);

    if (rc == KITH_OK && reading->format->whose == KITH_WHOSE_UNTOLD)
        rc = find_owner(r, reading, err);
    if (rc == KITH_OK)
        rc = kith_recall_or_read(&r->recall, reading, KITH_ROUND_READ, NULL, read_bytes, err);
    if (rc != KITH_OK)
        return rc;
    reading->end.owner = reading->owner;
    if (reading->end.used == 0 && !reading->format->first)
        kith_reading_notice(reading, "recognised as %s, but gave no rows", reading->format->name);
    return KITH_OK;
}

static kith_reading begin_reading(run *r, const kith_entry *entry, const kith_recognised *known)
{
    return (kith_reading){.opts = r->opts,
                          .sink = r->sink,
                          .entry = entry,
                          .format = known->format,
                          .maps = &r->maps,
                          .delimiter = known->delimiter,
                          .header_row = known->header_row,
                          .no_header = known->no_header,
                          .home = entry->bundle,
                          .shared_space = &r->shared_space,
                          .owner = UINT32_MAX,
                          .self = {"", ""}};
}

/** Hands over what is known of the dates of the file that is visited, which come in the order of files. */
static void set_dates(run *r, kith_reading *reading)
{
    while (r->next_dates < r->n_dates && r->dates[r->next_dates].file < r->visited)
        r->next_dates++;
    if (r->next_dates == r->n_dates || r->dates[r->next_dates].file != r->visited)
        return;
    reading->n_dates = r->dates[r->next_dates].n;
    if (reading->n_dates)
        reading->dates = r->date_columns.all + r->dates[r->next_dates].first;
}

static kith_code read_entry(run *r, const kith_entry *entry, const kith_recognised *known,
                            kith_source_end *end, uint32_t *source, kith_err *err)
{
    kith_reading reading = begin_reading(r, entry, known);

    set_dates(r, &reading);
    r->tally.sources++;
    kith_code rc = kith_neo4j_header_of(entry, known, &reading.header_text, err);
    if (rc == KITH_OK)
        rc = read_to_end(r, &reading, err);
    *end = reading.end;
    *source = reading.source;
    if (rc == KITH_OK && reading.fields.length &&
        !(end->columns = kith_arena_copy(&r->texts, reading.fields.data, reading.fields.length)))
        rc = kith_fail_memory(err, "the columns of a table");
    kith_reading_free(&reading);
    return rc;
}

static kith_code find_dates(kith_reading *reading, kith_date_columns *dates, kith_err *err)
{
    return kith_date_columns_find(reading, dates, err);
}

/** Finds out how the dates of a file are to be read, which takes all of its rows. */
static kith_code look_at_dates(run *r, const kith_entry *entry, const kith_recognised *known, kith_err *err)
{
    kith_reading reading = begin_reading(r, entry, known);
    file_dates found = {.file = r->visited, .first = r->date_columns.n};

    if (!known->has_dates || r->opts->dates != KITH_DATES_DETECT)
        return KITH_OK;
    if (!kith_grow((void **)&r->dates, &r->dates_capacity, r->n_dates + 1, sizeof *r->dates))
        return kith_fail_memory(err, "the dates of a table");
    kith_code rc =
        kith_recall_or_read(&r->recall, &reading, KITH_ROUND_LOOK, &r->date_columns, find_dates, err);
    kith_reading_free(&reading);
    found.n = r->date_columns.n - found.first;
    if (found.n)
        r->dates[r->n_dates++] = found;
    return rc;
}

static kith_code look(kith_reading *reading, kith_date_columns *dates, kith_err *err)
{
    (void)dates;
    return reading->format->look(reading, err);
}

/** Reads a file for what it tells of its owner alone: nothing is handed on, nobody is told of bad rows. */
static kith_code look_at_entry(run *r, const kith_entry *entry, const kith_recognised *known, kith_err *err)
{
    const kith_sink nowhere = {.reject = kith_reject_nothing};
    kith_build_opts quiet = *r->opts;
    kith_reading reading = begin_reading(r, entry, known);

    quiet.notice = NULL;
    reading.opts = &quiet;
    reading.sink = &nowhere;
    reading.about_owner = kith_owners_about(&r->owners, entry);
    kith_code rc = kith_recall_or_read(&r->recall, &reading, KITH_ROUND_LOOK, NULL, look, err);
    if (rc == KITH_OK && reading.about_owner->status != KITH_OK)
        rc = kith_fail_memory(err, "what an export says of its owner");
    kith_reading_free(&reading);
    return rc;
}

static kith_code note_unknown(run *r, const char *name, const kith_recognised *known, kith_err *err)
{
    const char *format = known->format ? known->format->name : "";
    kith_code rc = KITH_OK;

    if (r->opts->left_out)
        rc = kith_left_out_add(r->opts->left_out, name, format, known->why_not, err);
    if (r->tally.unrecognised == 0)
        r->why_not = known->why_not;
    if (r->tally.unrecognised++ >= UNKNOWN_SHOWN)
        return rc;
    kith_dynbuf_printf(&r->unknown, "%s%s", r->unknown.length ? ", " : "", name);
    if (*format)
        kith_dynbuf_printf(&r->unknown, " (%s)", format);
    return rc == KITH_OK ? kith_dynbuf_check(&r->unknown, "the list of unknown files", err) : rc;
}

/** Reads a file that nobody has to wait for. */
static kith_code read_now(run *r, const kith_entry *entry, const kith_recognised *known, kith_err *err)
{
    kith_source_end end;
    uint32_t source;
    kith_code rc = read_entry(r, entry, known, &end, &source, err);

    return rc == KITH_OK ? r->sink->source_end(r->sink->ctx, source, &end, err) : rc;
}

/** Whether a file is read in the first round. */
static bool is_early(const kith_format *format)
{
    return format->first || format->whose == KITH_WHOSE_TELLS;
}

/** First round: what tells of owners, or what others refer to, is read; the rest is only looked at. */
static kith_code survey(void *ctx, const kith_entry *entry, kith_err *err)
{
    run *r = ctx;
    kith_recognised known;
    kith_code rc = recognise(r, entry, &known, err);

    if (rc != KITH_OK || !known.format || !known.format->read)
        return rc;
    r->any_recognised = true;
    entry->bundle->named.has_members |= known.format->members;
    bool overruled = known.format->whose != KITH_WHOSE_NOBODY && kith_owners_for_path(&r->owners, entry);
    if (!is_early(known.format))
        return known.format->look ? look_at_entry(r, entry, &known, err)
                                  : look_at_dates(r, entry, &known, err);
    if (known.format->first)
        return read_now(r, entry, &known, err);
    if (!kith_grow((void **)&r->pending, &r->pending_capacity, r->n_pending + 1, sizeof *r->pending))
        return kith_fail_memory(err, "the list of exports");
    pending_end *pending = &r->pending[r->n_pending++];
    *pending = (pending_end){.bundle = entry->bundle, .overruled = overruled};
    return read_entry(r, entry, &known, &pending->end, &pending->source, err);
}

/** Between the rounds: makes the owners that were told of, and ends the files that told. */
static kith_code settle_owners(run *r, kith_err *err)
{
    kith_code rc = kith_owners_gather(&r->owners, &r->walk.bundles, err);

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
    kith_code rc = recognise(r, entry, &known, err);

    if (rc != KITH_OK)
        return rc;
    if (!known.format || !known.format->read)
        return note_unknown(r, entry->name, &known, err);
    return is_early(known.format) ? KITH_OK : read_now(r, entry, &known, err);
}

static void tell_found(const run *r, const kith_bundle *bundle)
{
    char text[512];

    if (!r->opts->notice || bundle->named.n_found == 0)
        return;
    (void)snprintf(text, sizeof text,
                   "%.200s: %llu contacts have no address: taken for those of the same name in other files",
                   *bundle->name ? bundle->name : ".", (unsigned long long)bundle->named.n_found);
    r->opts->notice(r->opts->notice_ctx, text);
}

/** Behind the rounds: who is meant where only a name is said. */
static kith_code settle_names(run *r, kith_err *err)
{
    kith_bundle *bundle;
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; rc == KITH_OK && (bundle = kith_bundles_get(&r->walk.bundles, i)); i++)
        if ((rc = kith_named_settle(&bundle->named, r->sink, err)) == KITH_OK)
            tell_found(r, bundle);
    return rc;
}

/** Tells what was not recognised; that nothing was is a failure. */
static kith_code judge_unknown(run *r, kith_err *err)
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
            "nothing that kith can read: found %.200s%s%s; it reads contact exports of LinkedIn, "
            "Google, Outlook and Thunderbird, vCards, tables of people, ties and mentorships, and "
            "graph files",
            names, r->tally.unrecognised == 1 ? ": " : "", r->tally.unrecognised == 1 ? r->why_not : "");
    if (r->tally.unrecognised && r->opts->notice) {
        kith_dynbuf text = {0};
        kith_dynbuf_printf(&text, "not recognised, left out: %s", names);
        if (text.status == KITH_OK)
            r->opts->notice(r->opts->notice_ctx, kith_dynbuf_cstr(&text));
        rc = kith_dynbuf_check(&text, "the list of unknown files", err);
        kith_dynbuf_free(&text);
    }
    return rc;
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

    if (rc == KITH_OK && r->any_recognised)
        rc = kith_owners_all_fit(&r->owners, err);
    if (rc == KITH_OK)
        rc = settle_owners(r, err);
    r->visited = 0;
    r->next_dates = 0;
    r->walk.phase = "reading";
    r->walk.notice = NULL; /* the first round told it all */
    r->walk.done_bytes = 0;
    r->walk.total_bytes = r->walk.seen_bytes;
    if (rc == KITH_OK)
        rc = kith_walk_all(&r->walk, read_rest, r, err);
    if (rc == KITH_OK)
        rc = settle_names(r, err);
    if (rc == KITH_OK)
        rc = judge_unknown(r, err);
    return rc == KITH_OK ? all_maps_used(r, err) : rc;
}

/** A cache that cannot be used is no reason not to build. */
static kith_code open_cache(run *r, kith_err *err)
{
    kith_err failure = KITH_ERR_NONE;
    char text[512];

    if (!r->opts->cache)
        return KITH_OK;
    kith_code rc = kith_cache_open(r->opts->cache, r->opts->cache_bytes, &r->recall.cache, &failure);
    if (rc == KITH_ENOMEM)
        return kith_fail_memory(err, "the cache");
    if (rc != KITH_OK && r->opts->notice) {
        (void)snprintf(text, sizeof text, "the cache is not used: %.200s: %.200s", r->opts->cache,
                       failure.message);
        r->opts->notice(r->opts->notice_ctx, text);
    }
    for (uint32_t i = 0; r->recall.cache && i < r->opts->n_inputs; i++)
        if (kith_path_is_within(r->opts->cache, r->opts->inputs[i]))
            return kith_fail_at(err, KITH_EUSAGE, r->opts->inputs[i], 0, "is an input that holds the cache");
    return KITH_OK;
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
                      .limits = kith_unpack_limits(&opts->limits),
                      .notice = opts->notice,
                      .notice_ctx = opts->notice_ctx,
                      .phase = "looking at the inputs"},
             .shared_space = KITH_NO_SPACE};
    kith_code rc = inputs ? KITH_OK : kith_fail_memory(err, "the list of inputs");

    if (rc == KITH_OK && opts->no_header && opts->n_maps == 0)
        rc = kith_fail(err, KITH_EUSAGE,
                       "--no-header wants --map: say what column 1, 2, 3 … is, for example --map name=1");
    if (rc == KITH_OK)
        rc = kith_owners_parse(opts->owners, opts->n_owners, &r.owners, err);
    if (rc == KITH_OK)
        rc = kith_column_maps_parse(opts->maps, opts->n_maps, &r.maps, err);
    if (rc == KITH_OK)
        rc = open_cache(&r, err);
    if (rc == KITH_OK)
        rc = both_rounds(&r, err);
    kith_cache_close(r.recall.cache);
    r.tally.recalled = r.recall.recalled;
    r.tally.learned = r.recall.learned;
    if (tally)
        *tally = r.tally;
    if (opts->failed_input && r.walk.failed)
        *opts->failed_input = r.walk.failed;
    kith_walk_free(&r.walk);
    kith_owners_free(&r.owners);
    kith_column_maps_free(&r.maps);
    kith_dynbuf_free(&r.unknown);
    kith_free(r.pending);
    kith_free(r.dates);
    kith_date_columns_free(&r.date_columns);
    kith_arena_free(&r.texts);
    kith_free(inputs);
    return rc;
}

#include "ingest/recall.h"

#include <string.h>

#include <xxhash.h>

#include <kith/process.h>

#include "ingest/format.h"
#include "ingest/origin.h"
#include "ingest/tape.h"

static void add_text(kith_dynbuf *seed, const char *text)
{
    kith_dynbuf_cell(seed, text ? text : "", text ? strlen(text) : 0);
}

static void add_number(kith_dynbuf *seed, uint64_t number)
{
    kith_dynbuf_append(seed, &number, sizeof number);
}

/** What is said of all files. */
static void add_options(kith_dynbuf *seed, const kith_build_opts *opts)
{
    add_text(seed, opts->ids);
    add_text(seed, opts->encoding);
    add_text(seed, opts->region);
    add_number(seed, opts->ids != NULL);
    add_number(seed, (unsigned char)opts->delimiter);
    add_number(seed, opts->no_header);
    add_number(seed, opts->dates);
    add_number(seed, opts->merge);
    add_number(seed, opts->limits.depth);
    add_number(seed, opts->limits.entries);
    add_number(seed, opts->limits.expanded_bytes);
    add_number(seed, opts->limits.ratio);
}

static void add_reading(kith_dynbuf *seed, const kith_reading *reading)
{
    add_text(seed, reading->entry->name);
    add_text(seed, reading->format->name);
    add_number(seed, reading->entry->nth);
    add_number(seed, (unsigned char)reading->delimiter);
    add_number(seed, reading->header_row);
    add_number(seed, reading->no_header);
    add_number(seed, reading->owner != UINT32_MAX);
    add_text(seed, reading->self.url);
    add_text(seed, reading->self.name);
    add_number(seed, reading->n_dates);
    for (size_t i = 0; i < reading->n_dates; i++) {
        add_number(seed, reading->dates[i].at);
        add_number(seed, reading->dates[i].order);
    }
}

/** The key of a reading. @return false where there is none. */
static bool key_of(const kith_reading *reading, kith_round round, uint64_t key[2])
{
    kith_dynbuf seed = {0};
    uint64_t checksum[2] = {0, 0};

    bool known = kith_origin_checksum(reading->entry->origin, checksum);
    add_text(&seed, kith_version());
    add_number(&seed, KITH_TAPE_FORMAT);
    add_number(&seed, round);
    add_number(&seed, round == KITH_ROUND_READ && reading->entry->bundle->named.has_members);
    add_number(&seed, checksum[0]);
    add_number(&seed, checksum[1]);
    add_options(&seed, reading->opts);
    add_reading(&seed, reading);
    known &= seed.status == KITH_OK;
    XXH128_hash_t digest = XXH3_128bits(kith_dynbuf_cstr(&seed), seed.length);
    key[0] = digest.low64;
    key[1] = digest.high64;
    kith_dynbuf_free(&seed);
    return known;
}

/** Options --map are marked as used by the reader of a table: it has to be read. */
static bool may_recall(const kith_recall *recall, const kith_reading *reading)
{
    return recall->cache && reading->format->remembered &&
           !(reading->format->generic && reading->opts->n_maps);
}

static kith_code read_and_learn(kith_recall *recall, kith_reading *reading, kith_round round,
                                const uint64_t key[2], kith_date_columns *dates, kith_recall_read *read,
                                kith_err *err)
{
    kith_tape tape = {0};

    kith_tape_begin(&tape, reading);
    kith_code rc = read(reading, dates, err);
    bool whole = kith_tape_end(&tape);
    if (rc == KITH_OK && whole && kith_origin_is_unchanged(reading->entry->origin) &&
        kith_cache_put(recall->cache, key, &tape.bytes))
        recall->learned += round == KITH_ROUND_READ;
    kith_tape_free(&tape);
    return rc;
}

kith_code kith_recall_or_read(kith_recall *recall, kith_reading *reading, kith_round round,
                              kith_date_columns *dates, kith_recall_read *read, kith_err *err)
{
    kith_dynbuf bytes = {0};
    uint64_t key[2];
    kith_code rc;

    if (!may_recall(recall, reading) || !key_of(reading, round, key))
        return read(reading, dates, err);
    if (kith_cache_get(recall->cache, key, &bytes) && kith_tape_check(bytes.data, bytes.length, reading)) {
        reading->entry->origin->recalled = true;
        recall->recalled += round == KITH_ROUND_READ;
        rc = kith_tape_play(bytes.data, bytes.length, reading, dates, err);
    } else {
        rc = read_and_learn(recall, reading, round, key, dates, read, err);
    }
    kith_dynbuf_free(&bytes);
    return rc;
}

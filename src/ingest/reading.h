/** @file
 * One file being read: where its rows go, and what became of each.
 */
#ifndef KITH_INGEST_READING_H
#define KITH_INGEST_READING_H

#include <kith/build.h>

#include "base/date.h"
#include "ingest/card.h"
#include "ingest/column.h"
#include "ingest/owner.h"
#include "ingest/walk.h"

typedef struct kith_format kith_format;

/** How the dates of one column are read. */
typedef struct kith_date_column {
    size_t at; /**< its place in a row */
    kith_date_order order;
} kith_date_column;

/** Bytes of one value that a reject repeats. */
#define KITH_REJECT_VALUE_LIMIT 200

struct kith_tape;

typedef struct kith_reading {
    const kith_build_opts *opts;
    const kith_sink *sink;
    struct kith_tape *tape; /**< takes down what the reader does; NULL: nobody does */
    const kith_entry *entry;
    const kith_format *format;
    kith_column_maps *maps;
    char delimiter;
    uint32_t header_row;
    bool no_header;                /**< columns are named by number */
    const kith_date_column *dates; /**< [n_dates] columns whose order all rows together tell */
    size_t n_dates;
    kith_bundle *home; /**< whose id space and lookup the ids live in: the entry's bundle, or one around it */
    const char *header_text; /**< the header, where it is a file of its own; NULL: the first row */
    bool only_dates;         /**< cells without dates are passed over: they come as "" */
    bool plain_ids;          /**< ids are ids, whatever they look like */
    bool own_export;         /**< the table was written by kith */
    uint32_t *shared_space;  /**< the one space of all tables (opts->ids), KITH_NO_SPACE until it is made */
    uint32_t source;
    uint32_t owner;         /**< mention of whose export it is, or UINT32_MAX */
    kith_self self;         /**< the same person as the export's own rows have them */
    kith_card *about_owner; /**< for kith_format.look */
    kith_source_end end;    /**< counts so far */
    kith_card card;         /**< scratch of readers */
    bool told_left_out;     /**< that a card had no room for all */
    kith_dynbuf columns;    /**< scratch of rejects */
    kith_dynbuf fields;     /**< what was read of which column, as in kith_source_end */
} kith_reading;

/** Called with every row behind the header; says by kith_reading_used, _skip or _reject what became of it. */
typedef kith_code kith_record_take(kith_reading *reading, void *ctx, const kith_record *record,
                                   kith_err *err);

/** Hands on the rows of a file as they are, until `take` has had enough. */
kith_code kith_reading_rows(kith_reading *reading, kith_csv_take *take, void *ctx, kith_err *err);

/** Reads a file with a header to its end. */
kith_code kith_reading_table(kith_reading *reading, kith_record_take *take, void *ctx, kith_err *err);

struct kith_endpoints;

/**
 * The same for a table of ties. Rows that hold nothing but a source and a target are not handed on: they are
 * tied, plainly, among `people`.
 * @cost  For such a row, no more than looking its two names up.
 */
kith_code kith_reading_ties(kith_reading *reading, kith_record_take *take, void *ctx,
                            struct kith_endpoints *people, kith_err *err);

/** Frees the scratch. */
void kith_reading_free(kith_reading *reading);

void kith_reading_used(kith_reading *reading);
void kith_reading_skip(kith_reading *reading);

/** The row cannot be used, because of what `reason` says. */
__attribute__((format(printf, 4, 5))) kith_code
kith_reading_reject(kith_reading *reading, const kith_record *record, kith_err *err, const char *reason, ...);

/** The same for a row without columns: `columns` as in kith_reject. */
kith_code kith_reading_reject_line(kith_reading *reading, uint64_t line, const char *reason,
                                   const char *columns, kith_err *err);

/** The same for a row whose columns are what reading->card says. */
kith_code kith_reading_reject_card(kith_reading *reading, uint64_t line, const char *reason, kith_err *err);

/** The id space that the file's ids live in. */
kith_code kith_reading_space(kith_reading *reading, uint32_t *space, kith_err *err);

/** Hands on the person that reading->card describes; the rest of `mention` is the caller's, the source
 * excepted.
 */
kith_code kith_reading_mention(kith_reading *reading, kith_mention mention, uint32_t *handle, kith_err *err);

/** Hands on a relation; the source is filled in. Begin with kith_plain_relation. */
kith_code kith_reading_relation(kith_reading *reading, kith_relation relation, kith_err *err);

/** Hands on `n` rows that were used: ties of which nothing is known but whom they tie.
 * @param ends  shape [2 n], mentions: both of the first tie, then of the next. */
kith_code kith_reading_tie_all(kith_reading *reading, const uint32_t *ends, size_t n, kith_err *err);

/**
 * Hands on the tenure of the owner that a row tells of, or rejects or skips the row. Dates are read from
 * KITH_COLUMN_START and KITH_COLUMN_END; without an end it is not over.
 * @param tenure  kind, place and title.
 */
kith_code kith_reading_take_tenure(kith_reading *reading, const kith_record *record, kith_tenure tenure,
                                   kith_err *err);

/** Keeps a relation to whom reading->card describes, as kith_named_say. */
kith_code kith_reading_say(kith_reading *reading, kith_relation relation, bool to_contacts, kith_err *err);

/** Whom reading->card describes, the mention, is a contact of the export, as kith_named_contact. */
kith_code kith_reading_contact(kith_reading *reading, uint32_t mention, kith_err *err);

/** Keeps a contact without an address, whom reading->card describes, as kith_named_list. */
kith_code kith_reading_list(kith_reading *reading, kith_relation listed, kith_err *err);

/** Somebody has the name and the address on reading->card, as kith_named_member. */
kith_code kith_reading_member(kith_reading *reading, kith_err *err);

/** Messages have the owner of the export by this name and address, as kith_bundle_meet_owner. */
kith_code kith_reading_meet_writer(kith_reading *reading, const char *name, const char *url, kith_err *err);

/** Whether the name of the file, squeezed, holds a word. */
kith_code kith_reading_is_called(kith_reading *reading, const char *word, bool *is, kith_err *err);

/** A relation of which nothing is known but its kind and place. */
kith_relation kith_plain_relation(kith_evidence kind, uint32_t a, uint32_t b, uint64_t line);

/**
 * Reads the date under `column`.
 * @param order  of a numeric date where neither an option nor the other rows tell.
 * @param ok  out, false where the row had to be rejected: it says something that is no date.
 */
kith_code kith_reading_date(kith_reading *reading, const kith_record *record, kith_column column,
                            kith_date_order order, kith_day *day, bool *ok, kith_err *err);

/** Rejects a row that is wrong by itself. @param ok  out, whether it is not. */
kith_code kith_reading_check(kith_reading *reading, const kith_record *record, bool *ok, kith_err *err);

/** Tells about the file through opts->notice. */
__attribute__((format(printf, 2, 3))) void kith_reading_notice(const kith_reading *reading,
                                                               const char *format, ...);

/** A sink's reject for a first look at a file: the rows are read again, and told of then. */
kith_code kith_reject_nothing(void *ctx, uint32_t source, uint64_t line, const char *reason,
                              const char *columns, kith_err *err);

#endif

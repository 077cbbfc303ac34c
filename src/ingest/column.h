/** @file
 * What the columns of a table mean, found by their names, and the rows read through that.
 */
#ifndef KITH_INGEST_COLUMN_H
#define KITH_INGEST_COLUMN_H

#include "ingest/csv_rows.h"

/** What a column can hold, over all formats. */
typedef enum kith_column {
    KITH_COLUMN_NONE,
    KITH_COLUMN_ID,
    KITH_COLUMN_NAME,
    KITH_COLUMN_GIVEN,
    KITH_COLUMN_MIDDLE,
    KITH_COLUMN_FAMILY,
    KITH_COLUMN_SUFFIX,
    KITH_COLUMN_NICKNAME,
    KITH_COLUMN_EMAIL,
    KITH_COLUMN_URL,
    KITH_COLUMN_PHONE,
    KITH_COLUMN_COMPANY,
    KITH_COLUMN_TITLE,
    KITH_COLUMN_INDUSTRY,
    KITH_COLUMN_LOCATION,
    KITH_COLUMN_SKILLS,
    KITH_COLUMN_COHORT,
    KITH_COLUMN_ROLE,
    KITH_COLUMN_IS_MENTOR,
    KITH_COLUMN_CAPACITY,
    KITH_COLUMN_SKILLS_WANTED,
    KITH_COLUMN_GOALS,
    KITH_COLUMN_LABELS,
    KITH_COLUMN_DO_NOT_INTRODUCE,
    KITH_COLUMN_CONNECTED_ON,
    KITH_COLUMN_HEADLINE,
    KITH_COLUMN_CONFIRMED,
    KITH_COLUMN_PRIMARY,
    KITH_COLUMN_RELATION_KIND,
    KITH_COLUMN_RELATION,
    KITH_COLUMN_SOURCE,
    KITH_COLUMN_TARGET,
    KITH_COLUMN_WEIGHT,
    KITH_COLUMN_STRENGTH,
    KITH_COLUMN_KIND,
    KITH_COLUMN_DATE,
    KITH_COLUMN_COUNT_OF,
    KITH_COLUMN_MENTOR,
    KITH_COLUMN_MENTEE,
    KITH_COLUMN_START,
    KITH_COLUMN_END,
    KITH_COLUMN_PROGRAMME,
    KITH_COLUMN_STATUS,
    KITH_COLUMN_MEETINGS,
    KITH_COLUMN_LAST_MEETING,
    KITH_COLUMN_OWN_EXPORT, /**< by its name alone: the table was written by kith */
    KITH_COLUMN_COUNT
} kith_column;

/** The word for a column in rejects and --map, for example "first_name". Static storage. */
const char *kith_column_word(kith_column column);

/** The column of that word, or KITH_COLUMN_NONE. */
kith_column kith_column_find(const char *word);

/** A name that a column goes by: folded, nothing but letters and digits ("E-mail 1" is "email1"). */
typedef struct kith_column_alias {
    const char *name;
    kith_column column;
} kith_column_alias;

/** The names of one format's columns. Where several columns mean the same, the alias that stands first is
 * preferred. */
typedef struct kith_aliases {
    const kith_column_alias *all;
    size_t n;
    /** For names with a number in them: sets `column` and `rank` (preferred: low) and returns true. May be
     * NULL.
     */
    bool (*numbered)(const char *name, kith_column *column, uint32_t *rank);
} kith_aliases;

/** A --map option: another name for a column, which goes before all aliases. */
typedef struct kith_column_map {
    char *name; /**< as in kith_column_alias */
    kith_column column;
    const char *option; /**< as it was given */
    bool used;
} kith_column_map;

typedef struct kith_column_maps {
    kith_column_map *all;
    size_t n;
} kith_column_maps;

/** Reads "field=Column" options. @return KITH_EUSAGE where one makes no sense. */
kith_code kith_column_maps_parse(const char *const *options, uint32_t n, kith_column_maps *out,
                                 kith_err *err);

void kith_column_maps_free(kith_column_maps *maps);

/** Folds a column's name as aliases are written. */
void kith_column_squeeze(const char *name, kith_dynbuf *out);

/** The names of all columns of a row, squeezed. */
typedef struct kith_squeezed_names {
    const char **all; /**< [n] */
    size_t n;
    kith_dynbuf text;
} kith_squeezed_names;

/** Free it also after a failure. */
kith_code kith_squeezed_names_of(kith_squeezed_names *names, const kith_csv_row *row, kith_err *err);

void kith_squeezed_names_free(kith_squeezed_names *names);

/** One column that means something. */
typedef struct kith_header_column {
    size_t at; /**< its place in a row */
    kith_column column;
    uint32_t rank; /**< of several columns that mean the same, the lowest is preferred */
} kith_header_column;

/** The columns of a table that mean something, in their order. Zeroed is empty. */
typedef struct kith_header {
    kith_header_column *columns;
    size_t n, capacity;
} kith_header;

/**
 * Finds what the columns of a header mean.
 * @param names  [n], squeezed.
 * @param maps   may be NULL; those that were needed are marked where `mark_used`.
 */
kith_code kith_header_match(kith_header *header, const char *const *names, size_t n,
                            const kith_aliases *aliases, kith_column_maps *maps, bool mark_used,
                            kith_err *err);

/** The same from the header row itself; marks the maps that were needed. */
kith_code kith_header_read(kith_header *header, const kith_csv_row *row, const kith_aliases *aliases,
                           kith_column_maps *maps, kith_err *err);

bool kith_header_has(const kith_header *header, kith_column column);

void kith_header_free(kith_header *header);

/** A row seen through its header; borrowed for the row. */
typedef struct kith_record {
    uint64_t line;
    const char *problem; /**< as in kith_csv_row */
    const kith_header *header;
    const char *const *cells; /**< [header->n], tidied */
} kith_record;

/** What the row says under `column`: the preferred of the cells that are not empty, or "". */
const char *kith_record_get(const kith_record *record, kith_column column);

/** Whether every cell that means something is empty, those of `column` aside. */
bool kith_record_is_empty_but(const kith_record *record, kith_column column);

#endif

/** @file
 * What the columns of a table mean, found by their names, and the rows read through that.
 */
#ifndef KITH_INGEST_COLUMN_H
#define KITH_INGEST_COLUMN_H

#include "base/date.h"
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
    KITH_COLUMN_IS_BOTH,
    KITH_COLUMN_CAPACITY,
    KITH_COLUMN_SKILLS_WANTED,
    KITH_COLUMN_GOALS,
    KITH_COLUMN_LABELS,
    KITH_COLUMN_BIRTH_DATE, /**< this and the next three only where a map asks for them */
    KITH_COLUMN_ADDRESS,
    KITH_COLUMN_POSTCODE,
    KITH_COLUMN_PERSONAL_NUMBER,
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
    KITH_COLUMN_DIRECTED,
    KITH_COLUMN_MENTOR,
    KITH_COLUMN_MENTEE,
    KITH_COLUMN_START,
    KITH_COLUMN_END,
    KITH_COLUMN_REQUESTED, /**< stands for a start that is not known */
    KITH_COLUMN_PROGRAMME,
    KITH_COLUMN_STATUS,
    KITH_COLUMN_MEETINGS,
    KITH_COLUMN_LAST_MEETING,
    KITH_COLUMN_MINUTES,
    KITH_COLUMN_GAPS,
    KITH_COLUMN_MEDIAN_GAP,
    KITH_COLUMN_REGULARITY,
    KITH_COLUMN_AGREED_GAP, /**< days, or a word such as "weekly" */
    KITH_COLUMN_OWN_EXPORT, /**< by its name alone: the table was written by kith */
    KITH_COLUMN_FROM,
    KITH_COLUMN_FROM_URL,
    KITH_COLUMN_TO,
    KITH_COLUMN_TO_URL,
    KITH_COLUMN_CONVERSATION,
    KITH_COLUMN_DRAFT,
    KITH_COLUMN_DIRECTION,
    KITH_COLUMN_SCHOOL,
    KITH_COLUMN_DEGREE,
    KITH_COLUMN_PRIVATE, /**< text that is nobody's business: its cells are not kept, and no reject repeats a
                            row that has one */
    KITH_COLUMN_COUNT
} kith_column;

/** Whose column it is, where a row tells of several people. */
typedef enum kith_part {
    KITH_PART_ROW,    /**< of the row, or its only person */
    KITH_PART_MENTOR, /**< of the mentor that the row names */
    KITH_PART_MENTEE
} kith_part;

/** The word for a column in rejects and --map, for example "first_name". Static storage. */
const char *kith_column_word(kith_column column);

/** What stands before that word: "", "mentor_" or "mentee_". Static storage. */
const char *kith_part_word(kith_part part);

/** The column of a word such as "email" or "mentor_email", or KITH_COLUMN_NONE. */
kith_column kith_column_find(const char *word, kith_part *part);

/** Whether dates stand in it. */
bool kith_column_is_date(kith_column column);

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
    /** Aliases of one person's columns, which may stand behind "mentor" and "mentee"; may be NULL. */
    const struct kith_aliases *of_parts;
} kith_aliases;

/** A word before the name of a column that says whose it is: "mentor" in "mentoremail". */
typedef struct kith_part_prefix {
    const char *name;
    kith_part part;
} kith_part_prefix;

/** All of them, up to a NULL. */
extern const kith_part_prefix kith_part_prefixes[];

/** A --map option: another name for a column, which goes before all aliases. */
typedef struct kith_column_map {
    char *name; /**< as in kith_column_alias */
    kith_column column;
    kith_part part;
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
    kith_part part;
    uint32_t rank;  /**< of several columns that mean the same, the lowest is preferred */
    size_t name_at; /**< its name, as it was written, in the header's names */
    bool has_order; /**< all rows together tell how its dates are read: */
    kith_date_order order;
} kith_header_column;

/** The columns of a table that mean something, in their order. Zeroed is empty. */
typedef struct kith_header {
    kith_header_column *columns;
    size_t n, capacity;
    kith_dynbuf names; /**< of these columns, each with its NUL */
} kith_header;

/**
 * Finds what the columns of a header mean.
 * @param names  [n], squeezed.
 * @param maps   may be NULL; those that were needed are marked where `mark_used`.
 */
kith_code kith_header_match(kith_header *header, const char *const *names, size_t n,
                            const kith_aliases *aliases, kith_column_maps *maps, bool mark_used,
                            kith_err *err);

/** Adds one column behind the others. */
kith_code kith_header_add(kith_header *header, kith_header_column found, kith_err *err);

/** Keeps what the columns are called in the header row. */
kith_code kith_header_keep_names(kith_header *header, const kith_csv_row *row, kith_err *err);

/** The same from the header row itself; marks the maps that were needed. */
kith_code kith_header_read(kith_header *header, const kith_csv_row *row, const kith_aliases *aliases,
                           kith_column_maps *maps, kith_err *err);

/**
 * The header of a table that has none: columns are named 1, 2, 3 … in `maps`.
 * @param n  columns; those beyond are not there.
 */
kith_code kith_header_number(kith_header *header, size_t n, kith_column_maps *maps, bool mark_used,
                             kith_err *err);

/** Writes what is read of which: "name=First Name + Last Name; company=Company". */
void kith_header_describe(const kith_header *header, kith_dynbuf *out);

/** What column `i` is called in the file; "" for a header that kith_header_match made. */
const char *kith_header_name(const kith_header *header, size_t i);

/** Whether there is a column of the row itself that means this. */
bool kith_header_has(const kith_header *header, kith_column column);

/** Whether column `at` of a row means something. */
bool kith_header_reads(const kith_header *header, size_t at);

/** Whether there is any column of this part. */
bool kith_header_has_part(const kith_header *header, kith_part part);

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

/** The same of a part of the row. */
const char *kith_record_get_of(const kith_record *record, kith_part part, kith_column column);

/** Which of the header's columns kith_record_get_of takes its answer from; the header's n for none. */
size_t kith_record_find(const kith_record *record, kith_part part, kith_column column);

/** Whether every cell that means something is empty, those of `column` aside. */
bool kith_record_is_empty_but(const kith_record *record, kith_column column);

#endif

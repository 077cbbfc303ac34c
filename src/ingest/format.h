/** @file
 * The formats kith knows: how each is recognised, and who reads it. Adding one is a file with its
 * reader and a line in the table of formats.c.
 */
#ifndef KITH_INGEST_FORMAT_H
#define KITH_INGEST_FORMAT_H

#include "ingest/column.h"
#include "ingest/reading.h"

/** What an export has to do with the person whose it is. */
typedef enum kith_whose {
    KITH_WHOSE_NOBODY, /**< a table that says all by itself */
    KITH_WHOSE_UNTOLD, /**< lists somebody's contacts without saying whose */
    KITH_WHOSE_TELLS   /**< describes its owner; read before the others */
} kith_whose;

struct kith_format {
    const char *name;
    kith_whose whose;
    bool first;            /**< tells what other files refer to; read before them */
    bool members;          /**< tells addresses of people beside their names */
    bool loops;            /**< ties of a person with themself are usual, and skipped */
    bool remembered;       /**< what is read of it may be recalled: its reader asks its folder for nothing but
                              a space and has_members, and tells it nothing but by reading.h */
    bool preamble;         /**< its header may stand behind a few other rows */
    bool generic;          /**< a table: options about tables count */
    kith_date_order dates; /**< of numeric dates where the rows of a column do not tell; KITH_DATE_YMD:
                              they are written one way only */
    const char *file_word; /**< what the name of the file holds, squeezed; NULL: it may have any name */
    const kith_aliases *aliases; /**< of its columns; NULL for a format without header */
    /** Whether a header is of this format. */
    bool (*fits)(const kith_header *header);
    /** In place of both: whether a header is of this format by its names as they are written; and, for names
     * that no alias has, what its columns mean. */
    bool (*fits_row)(const kith_csv_row *row, char delimiter);
    kith_code (*header)(kith_header *header, const kith_csv_row *row, kith_err *err);
    /** For a format without header: whether the first bytes of a file are of it. `whole`: they are all. */
    bool (*fits_text)(const char *head, size_t length, bool whole);
    /** Reads the file in the first round, for what it tells of its owner; hands on nothing. May be NULL. */
    kith_code (*look)(kith_reading *reading, kith_err *err);
    /** Reads the file to its end; NULL for a format that is known, but not read. */
    kith_code (*read)(kith_reading *reading, kith_err *err);
};

/** Rows in which a header is looked for. */
#define KITH_HEADER_ROWS 10

/** How a file was recognised. */
typedef struct kith_recognised {
    const kith_format *format; /**< NULL: not at all */
    const char *why_not;       /**< why it cannot be read; NULL where it can */
    char delimiter;
    uint32_t header_row; /**< rows before the header */
    bool no_header;      /**< the first row is one like the others */
    bool has_dates;      /**< in columns whose order is to be found out */
} kith_recognised;

/**
 * Recognises a file by its first bytes, and by its name where these could be anything.
 * @param name   of the file, with or without its folders.
 * @param whole  the bytes are all there is.
 * @param opts   what is said of tables: encoding, delimiter, no_header.
 */
kith_code kith_recognise(const char *name, const char *head, size_t length, bool whole,
                         const kith_build_opts *opts, kith_column_maps *maps, kith_recognised *out,
                         kith_err *err);

/** The format of that name, which there must be. */
const kith_format *kith_format_called(const char *name);

/** The readers, one to a file. */
extern const kith_aliases kith_connections_aliases;
bool kith_connections_fits(const kith_header *header);
kith_code kith_connections_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_profile_aliases;
bool kith_profile_fits(const kith_header *header);
kith_code kith_profile_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_email_addresses_aliases;
bool kith_email_addresses_fits(const kith_header *header);
kith_code kith_email_addresses_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_messages_aliases;
bool kith_messages_fits(const kith_header *header);
kith_code kith_messages_look(kith_reading *reading, kith_err *err);
kith_code kith_messages_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_invitations_aliases;
bool kith_invitations_fits(const kith_header *header);
kith_code kith_invitations_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_recommendations_aliases;
bool kith_recommendations_fits(const kith_header *header);
kith_code kith_recommendations_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_endorsements_aliases;
bool kith_endorsements_fits(const kith_header *header);
kith_code kith_endorsements_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_positions_aliases;
bool kith_positions_fits(const kith_header *header);
kith_code kith_positions_look(kith_reading *reading, kith_err *err);
kith_code kith_positions_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_education_aliases;
bool kith_education_fits(const kith_header *header);
kith_code kith_education_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_skills_aliases;
bool kith_skills_fits(const kith_header *header);
kith_code kith_skills_look(kith_reading *reading, kith_err *err);
kith_code kith_skills_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_google_aliases;
bool kith_google_fits(const kith_header *header);
kith_code kith_google_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_outlook_aliases;
bool kith_outlook_fits(const kith_header *header);
kith_code kith_outlook_read(kith_reading *reading, kith_err *err);

extern const kith_aliases kith_thunderbird_aliases;
bool kith_thunderbird_fits(const kith_header *header);
kith_code kith_thunderbird_read(kith_reading *reading, kith_err *err);

bool kith_vcard_fits(const char *head, size_t length, bool whole);
kith_code kith_vcard_read(kith_reading *reading, kith_err *err);

bool kith_people_fits(const kith_header *header);
kith_code kith_people_read(kith_reading *reading, kith_err *err);

bool kith_ties_fits(const kith_header *header);
kith_code kith_ties_read(kith_reading *reading, kith_err *err);
/** The same where a row that says nothing of it leads from source to target. */
kith_code kith_directed_ties_read(kith_reading *reading, kith_err *err);
/** Takes one row of ties; `ctx` is a kith_tie_ends. */
kith_code kith_ties_row(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err);

bool kith_mentorships_fits(const kith_header *header);
kith_code kith_mentorships_read(kith_reading *reading, kith_err *err);

bool kith_meetings_fits(const kith_header *header);
kith_code kith_meetings_read(kith_reading *reading, kith_err *err);

bool kith_gephi_fits(const kith_csv_row *row, char delimiter);
kith_code kith_gephi_read(kith_reading *reading, kith_err *err);

bool kith_ldbc_people_fits(const kith_csv_row *row, char delimiter);
kith_code kith_ldbc_people_header(kith_header *header, const kith_csv_row *row, kith_err *err);
kith_code kith_ldbc_people_read(kith_reading *reading, kith_err *err);
bool kith_ldbc_knows_fits(const kith_csv_row *row, char delimiter);
kith_code kith_ldbc_knows_header(kith_header *header, const kith_csv_row *row, kith_err *err);
kith_code kith_ldbc_knows_read(kith_reading *reading, kith_err *err);
bool kith_ldbc_facts_fits(const kith_csv_row *row, char delimiter);
kith_code kith_ldbc_facts_header(kith_header *header, const kith_csv_row *row, kith_err *err);
kith_code kith_ldbc_facts_read(kith_reading *reading, kith_err *err);
bool kith_ldbc_names_fits(const kith_csv_row *row, char delimiter);
kith_code kith_ldbc_names_header(kith_header *header, const kith_csv_row *row, kith_err *err);
kith_code kith_ldbc_names_read(kith_reading *reading, kith_err *err);

bool kith_neo4j_nodes_fits(const kith_csv_row *row, char delimiter);
kith_code kith_neo4j_nodes_header(kith_header *header, const kith_csv_row *row, kith_err *err);
kith_code kith_neo4j_nodes_read(kith_reading *reading, kith_err *err);
bool kith_neo4j_ties_fits(const kith_csv_row *row, char delimiter);
kith_code kith_neo4j_ties_header(kith_header *header, const kith_csv_row *row, kith_err *err);
kith_code kith_neo4j_ties_read(kith_reading *reading, kith_err *err);
kith_code kith_neo4j_header_read(kith_reading *reading, kith_err *err);

bool kith_graphml_fits(const char *head, size_t length, bool whole);
bool kith_gml_fits(const char *head, size_t length, bool whole);
bool kith_pajek_fits(const char *head, size_t length, bool whole);
bool kith_dl_fits(const char *head, size_t length, bool whole);
kith_code kith_graph_file_read(kith_reading *reading, kith_err *err);

bool kith_edge_list_fits(const char *head, size_t length, bool whole);
kith_code kith_edge_list_read(kith_reading *reading, kith_err *err);

#endif

#include "ingest/format.h"

#include <string.h>

#include "ingest/aliases.h"

/** A header that belongs to a format that is known, but not read: no table may take it for its own. */
static bool has_names(const char *const *wanted, const char *const *names, size_t n)
{
    for (; *wanted; wanted++) {
        size_t i = 0;
        while (i < n && strcmp(names[i], *wanted) != 0)
            i++;
        if (i == n)
            return false;
    }
    return true;
}

typedef struct unread_format {
    kith_format format;
    const char *wanted[4]; /**< names that its header has, squeezed, up to a NULL */
} unread_format;

/* Of these, Name, Title and Url are not those of people. */
static const unread_format unread[] = {
    {{.name = "LinkedIn certifications"}, {"name", "url", "authority"}},
    {{.name = "LinkedIn publications"}, {"name", "url", "publisher"}},
    {{.name = "LinkedIn projects"}, {"title", "url", "startedon"}},
};

/** What is more particular stands first: an export is a table as well. */
static const kith_format formats[] = {
    {.name = "LinkedIn connections",
     .remembered = true,
     .whose = KITH_WHOSE_UNTOLD,
     .preamble = true,
     .dates = KITH_DATE_MDY,
     .aliases = &kith_connections_aliases,
     .fits = kith_connections_fits,
     .read = kith_connections_read},
    {.name = "LinkedIn profile",
     .whose = KITH_WHOSE_TELLS,
     .aliases = &kith_profile_aliases,
     .fits = kith_profile_fits,
     .read = kith_profile_read},
    {.name = "LinkedIn email addresses",
     .whose = KITH_WHOSE_TELLS,
     .aliases = &kith_email_addresses_aliases,
     .fits = kith_email_addresses_fits,
     .read = kith_email_addresses_read},
    {.name = "LinkedIn invitations",
     .whose = KITH_WHOSE_TELLS,
     .aliases = &kith_invitations_aliases,
     .fits = kith_invitations_fits,
     .read = kith_invitations_read},
    {.name = "LinkedIn messages",
     .remembered = true,
     .whose = KITH_WHOSE_UNTOLD,
     .members = true,
     .aliases = &kith_messages_aliases,
     .fits = kith_messages_fits,
     .look = kith_messages_look,
     .read = kith_messages_read},
    {.name = "LinkedIn recommendations",
     .remembered = true,
     .whose = KITH_WHOSE_UNTOLD,
     .aliases = &kith_recommendations_aliases,
     .fits = kith_recommendations_fits,
     .read = kith_recommendations_read},
    {.name = "LinkedIn endorsements",
     .remembered = true,
     .whose = KITH_WHOSE_UNTOLD,
     .members = true,
     .aliases = &kith_endorsements_aliases,
     .fits = kith_endorsements_fits,
     .read = kith_endorsements_read},
    {.name = "LinkedIn positions",
     .whose = KITH_WHOSE_UNTOLD,
     .aliases = &kith_positions_aliases,
     .fits = kith_positions_fits,
     .look = kith_positions_look,
     .read = kith_positions_read},
    {.name = "LinkedIn schools",
     .remembered = true,
     .whose = KITH_WHOSE_UNTOLD,
     .aliases = &kith_education_aliases,
     .fits = kith_education_fits,
     .read = kith_education_read},
    {.name = "LinkedIn skills",
     .whose = KITH_WHOSE_UNTOLD,
     .file_word = "skills",
     .aliases = &kith_skills_aliases,
     .fits = kith_skills_fits,
     .look = kith_skills_look,
     .read = kith_skills_read},
    {.name = "Google contacts",
     .remembered = true,
     .whose = KITH_WHOSE_UNTOLD,
     .aliases = &kith_google_aliases,
     .fits = kith_google_fits,
     .read = kith_google_read},
    {.name = "Outlook contacts",
     .remembered = true,
     .whose = KITH_WHOSE_UNTOLD,
     .aliases = &kith_outlook_aliases,
     .fits = kith_outlook_fits,
     .read = kith_outlook_read},
    {.name = "Thunderbird contacts",
     .remembered = true,
     .whose = KITH_WHOSE_UNTOLD,
     .aliases = &kith_thunderbird_aliases,
     .fits = kith_thunderbird_fits,
     .read = kith_thunderbird_read},
    {.name = "meetings table",
     .remembered = true,
     .generic = true,
     .dates = KITH_DATE_DMY,
     .aliases = &kith_mentorships_aliases,
     .fits = kith_meetings_fits,
     .read = kith_meetings_read},
    {.name = "LDBC SNB people",
     .fits_row = kith_ldbc_people_fits,
     .header = kith_ldbc_people_header,
     .read = kith_ldbc_people_read},
    {.name = "LDBC SNB ties",
     .loops = true,
     .fits_row = kith_ldbc_knows_fits,
     .header = kith_ldbc_knows_header,
     .read = kith_ldbc_knows_read},
    {.name = "LDBC SNB facts of people",
     .fits_row = kith_ldbc_facts_fits,
     .header = kith_ldbc_facts_header,
     .read = kith_ldbc_facts_read},
    {.name = "LDBC SNB names",
     .first = true,
     .fits_row = kith_ldbc_names_fits,
     .header = kith_ldbc_names_header,
     .read = kith_ldbc_names_read},
    {.name = "Neo4j nodes",
     .first = true,
     .fits_row = kith_neo4j_nodes_fits,
     .header = kith_neo4j_nodes_header,
     .read = kith_neo4j_nodes_read},
    {.name = "Neo4j relationships",
     .loops = true,
     .fits_row = kith_neo4j_ties_fits,
     .header = kith_neo4j_ties_header,
     .read = kith_neo4j_ties_read},
    {.name = "Neo4j header", .first = true, .read = kith_neo4j_header_read},
    {.name = "Gephi edges",
     .loops = true,
     .aliases = &kith_ties_aliases,
     .fits_row = kith_gephi_fits,
     .read = kith_gephi_read},
    {.name = "mentorships table",
     .remembered = true,
     .generic = true,
     .dates = KITH_DATE_DMY,
     .aliases = &kith_mentorships_aliases,
     .fits = kith_mentorships_fits,
     .read = kith_mentorships_read},
    {.name = "ties table",
     .generic = true,
     .dates = KITH_DATE_DMY,
     .aliases = &kith_ties_aliases,
     .fits = kith_ties_fits,
     .read = kith_ties_read},
    {.name = "people table",
     .remembered = true,
     .generic = true,
     .dates = KITH_DATE_DMY,
     .aliases = &kith_people_aliases,
     .fits = kith_people_fits,
     .read = kith_people_read},
    {.name = "vCard contacts",
     .remembered = true,
     .whose = KITH_WHOSE_UNTOLD,
     .fits_text = kith_vcard_fits,
     .read = kith_vcard_read},
    {.name = "GraphML", .fits_text = kith_graphml_fits, .read = kith_graph_file_read},
    {.name = "GML", .fits_text = kith_gml_fits, .read = kith_graph_file_read},
    {.name = "Pajek", .fits_text = kith_pajek_fits, .read = kith_graph_file_read},
    {.name = "UCINET DL", .fits_text = kith_dl_fits, .read = kith_graph_file_read},
    {.name = "edge list", .fits_text = kith_edge_list_fits, .read = kith_edge_list_read},
};

#define FORMATS (sizeof formats / sizeof *formats)
#define UNREAD (sizeof unread / sizeof *unread)

const kith_format *kith_format_called(const char *name)
{
    const kith_format *format = formats;

    while (strcmp(format->name, name) != 0)
        format++;
    return format;
}

/** The best fit so far; formats that stand first are better, then headers with more known columns. */
typedef struct search {
    const kith_build_opts *opts;
    kith_recognised best;
    size_t best_format, best_columns;
    kith_column_maps *maps;
    kith_header header;
    kith_dynbuf name; /**< of the file, squeezed */
    char delimiter;
    uint32_t row;
    bool below_titles;   /**< what stands before the row is titles at most: rows of one cell */
    size_t cells;        /**< of the row before, or 0 */
    const char *problem; /**< of the first row; static */
    bool is_table;       /**< two rows one below the other have as many cells, and more than one */
} search;

static bool has_dates(const kith_header *header)
{
    for (size_t i = 0; i < header->n; i++)
        if (kith_column_is_date(header->columns[i].column))
            return true;
    return false;
}

static void consider(search *s, const kith_format *format, size_t rank, size_t columns, bool no_header)
{
    if (s->best.format && (rank > s->best_format || (rank == s->best_format && columns <= s->best_columns)))
        return;
    s->best = (kith_recognised){.format = format,
                                .delimiter = s->delimiter,
                                .header_row = s->row,
                                .no_header = no_header,
                                .has_dates = format->dates != KITH_DATE_YMD && has_dates(&s->header)};
    s->best_format = rank;
    s->best_columns = columns;
}

/** Whether the name of the file, without its folders, holds a word; NULL is in every name. */
static bool is_called(const search *s, const char *word)
{
    return !word || strstr(kith_dynbuf_cstr(&s->name), word);
}

/** Whether a header of this format may stand in this row. */
static bool may_be_here(const search *s, const kith_format *format)
{
    if (!format->fits)
        return false;
    if (format->generic && s->opts->delimiter && s->opts->delimiter != s->delimiter)
        return false;
    return s->row == 0 || format->preamble || (format->generic && s->below_titles && !s->opts->no_header);
}

static kith_code try_header(search *s, const kith_csv_row *row, const kith_squeezed_names *names,
                            kith_err *err)
{
    for (size_t i = 0; i < UNREAD && s->row == 0; i++)
        if (has_names(unread[i].wanted, names->all, names->n))
            consider(s, &unread[i].format, 0, names->n, false);
    for (size_t i = 0; i < FORMATS; i++) {
        const kith_format *format = &formats[i];
        bool no_header = format->generic && s->opts->no_header;
        if (s->row == 0 && format->fits_row && format->fits_row(row, s->delimiter))
            consider(s, format, i, row->n, false);
        if (!may_be_here(s, format) || !is_called(s, format->file_word))
            continue;
        kith_code rc = no_header ? kith_header_number(&s->header, names->n, s->maps, false, err)
                                 : kith_header_match(&s->header, names->all, names->n, format->aliases,
                                                     format->generic ? s->maps : NULL, false, err);
        if (rc != KITH_OK)
            return rc;
        if (format->fits(&s->header))
            consider(s, format, i, s->header.n, no_header);
    }
    return KITH_OK;
}

/** Whether a row can be a title above a table: one cell, and no comment, as graph files begin with. */
static bool is_title(const kith_csv_row *row)
{
    size_t cells = 0;

    for (size_t i = 0; i < row->n; i++)
        cells += *row->fields[i] != '\0';
    return !row->problem && cells <= 1 && !strchr("#%", row->fields[0][0]);
}

static kith_code take_row(void *ctx, const kith_csv_row *row, bool *stop, kith_err *err)
{
    search *s = ctx;
    kith_squeezed_names names = {0};
    kith_code rc = row->problem ? KITH_OK : kith_squeezed_names_of(&names, row, err);

    if (rc == KITH_OK)
        rc = try_header(s, row, &names, err);
    kith_squeezed_names_free(&names);
    if (s->row == 0 && !s->problem)
        s->problem = row->problem;
    s->below_titles &= is_title(row);
    s->is_table |= row->n > 1 && row->n == s->cells;
    s->cells = row->n;
    *stop = ++s->row == KITH_HEADER_ROWS;
    return rc;
}

static kith_code try_delimiter(search *s, const char *head, size_t length, kith_err *err)
{
    kith_csv *csv = NULL;
    kith_code rc = kith_csv_open(s->delimiter, s->opts->encoding, &csv, err);

    s->row = 0;
    s->cells = 0;
    s->below_titles = true;
    if (rc == KITH_OK)
        rc = kith_csv_feed(csv, head, length, true, take_row, s, err);
    kith_csv_close(csv);
    return rc;
}

/** Why a file cannot be read, or NULL. */
static const char *why_not(const search *s, const char *head, size_t length)
{
    if (s->best.format)
        return s->best.format->read ? NULL : "tells of nobody its owner knows";
    if (length == 0)
        return "empty";
    if (s->is_table)
        return "a table of unknown columns; --map gives them a meaning";
    if (memchr(head, '\0', length))
        return "no text";
    return s->problem ? s->problem : "no table, contact or graph";
}

kith_code kith_recognise(const char *name, const char *head, size_t length, bool whole,
                         const kith_build_opts *opts, kith_column_maps *maps, kith_recognised *out,
                         kith_err *err)
{
    search s = {.opts = opts, .maps = maps};
    const char *slash = strrchr(name, '/');

    kith_column_squeeze(slash ? slash + 1 : name, &s.name);
    kith_code rc = kith_dynbuf_check(&s.name, "the name of a file", err);
    for (const char *delimiter = ",;\t|"; *delimiter && rc == KITH_OK; delimiter++) {
        s.delimiter = *delimiter;
        rc = try_delimiter(&s, head, length, err);
    }
    for (size_t i = 0; i < FORMATS && rc == KITH_OK && !s.best.format; i++)
        if (formats[i].fits_text && formats[i].fits_text(head, length, whole))
            s.best.format = &formats[i];
    s.best.why_not = why_not(&s, head, length);
    kith_header_free(&s.header);
    kith_dynbuf_free(&s.name);
    *out = s.best;
    return rc;
}

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

static const unread_format unread[] = {
    {{.name = "LinkedIn messages"}, {"conversationid", "from", "folder"}},
    {{.name = "LinkedIn invitations"}, {"from", "to", "direction"}},
    {{.name = "LinkedIn recommendations"}, {"firstname", "text", "status"}},
    {{.name = "LinkedIn endorsements"}, {"endorsementdate", "skillname"}},
    {{.name = "LinkedIn positions"}, {"companyname", "title", "startedon"}},
    {{.name = "LinkedIn education"}, {"schoolname", "degreename"}},
};

/** What is more particular stands first: an export is a table as well. */
static const kith_format formats[] = {
    {.name = "LinkedIn connections",
     .whose = KITH_WHOSE_UNTOLD,
     .preamble = true,
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
    {.name = "Google contacts",
     .whose = KITH_WHOSE_UNTOLD,
     .aliases = &kith_google_aliases,
     .fits = kith_google_fits,
     .read = kith_google_read},
    {.name = "Outlook contacts",
     .whose = KITH_WHOSE_UNTOLD,
     .aliases = &kith_outlook_aliases,
     .fits = kith_outlook_fits,
     .read = kith_outlook_read},
    {.name = "Thunderbird contacts",
     .whose = KITH_WHOSE_UNTOLD,
     .aliases = &kith_thunderbird_aliases,
     .fits = kith_thunderbird_fits,
     .read = kith_thunderbird_read},
    {.name = "mentorships table",
     .generic = true,
     .aliases = &kith_mentorships_aliases,
     .fits = kith_mentorships_fits,
     .read = kith_mentorships_read},
    {.name = "ties table",
     .generic = true,
     .aliases = &kith_ties_aliases,
     .fits = kith_ties_fits,
     .read = kith_ties_read},
    {.name = "people table",
     .generic = true,
     .aliases = &kith_people_aliases,
     .fits = kith_people_fits,
     .read = kith_people_read},
    {.name = "vCard contacts",
     .whose = KITH_WHOSE_UNTOLD,
     .fits_text = kith_vcard_fits,
     .read = kith_vcard_read},
    {.name = "edge list", .fits_text = kith_edge_list_fits, .read = kith_edge_list_read},
};

#define FORMATS (sizeof formats / sizeof *formats)
#define UNREAD (sizeof unread / sizeof *unread)

/** The best fit so far; formats that stand first are better, then headers with more known columns. */
typedef struct search {
    kith_recognised best;
    size_t best_format, best_columns;
    kith_column_maps *maps;
    kith_header header;
    char delimiter;
    uint32_t row;
} search;

static void consider(search *s, const kith_format *format, size_t rank, size_t columns)
{
    if (s->best.format && (rank > s->best_format || (rank == s->best_format && columns <= s->best_columns)))
        return;
    s->best = (kith_recognised){.format = format, .delimiter = s->delimiter, .header_row = s->row};
    s->best_format = rank;
    s->best_columns = columns;
}

static kith_code try_header(search *s, const kith_squeezed_names *names, kith_err *err)
{
    for (size_t i = 0; i < UNREAD && s->row == 0; i++)
        if (has_names(unread[i].wanted, names->all, names->n))
            consider(s, &unread[i].format, 0, names->n);
    for (size_t i = 0; i < FORMATS; i++) {
        const kith_format *format = &formats[i];
        if (!format->fits || (s->row > 0 && !format->preamble))
            continue;
        kith_code rc = kith_header_match(&s->header, names->all, names->n, format->aliases,
                                         format->generic ? s->maps : NULL, false, err);
        if (rc != KITH_OK)
            return rc;
        if (format->fits(&s->header))
            consider(s, format, i, s->header.n);
    }
    return KITH_OK;
}

static kith_code take_row(void *ctx, const kith_csv_row *row, bool *stop, kith_err *err)
{
    search *s = ctx;
    kith_squeezed_names names = {0};
    kith_code rc = row->problem ? KITH_OK : kith_squeezed_names_of(&names, row, err);

    if (rc == KITH_OK)
        rc = try_header(s, &names, err);
    kith_squeezed_names_free(&names);
    *stop = ++s->row == KITH_HEADER_ROWS;
    return rc;
}

static kith_code try_delimiter(search *s, const char *head, size_t length, const char *encoding,
                               kith_err *err)
{
    kith_csv *csv = NULL;
    kith_code rc = kith_csv_open(s->delimiter, encoding, &csv, err);

    s->row = 0;
    if (rc == KITH_OK)
        rc = kith_csv_feed(csv, head, length, true, take_row, s, err);
    kith_csv_close(csv);
    return rc;
}

kith_code kith_recognise(const char *head, size_t length, bool whole, const char *encoding,
                         kith_column_maps *maps, kith_recognised *out, kith_err *err)
{
    search s = {.maps = maps};
    kith_code rc = KITH_OK;

    for (const char *delimiter = ",;\t|"; *delimiter && rc == KITH_OK; delimiter++) {
        s.delimiter = *delimiter;
        rc = try_delimiter(&s, head, length, encoding, err);
    }
    for (size_t i = 0; i < FORMATS && rc == KITH_OK && !s.best.format; i++)
        if (formats[i].fits_text && formats[i].fits_text(head, length, whole))
            s.best.format = &formats[i];
    kith_header_free(&s.header);
    *out = s.best;
    return rc;
}

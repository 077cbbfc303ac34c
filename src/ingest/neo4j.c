/* Files for Neo4j's bulk import: nodes and relationships, whose headers tell types behind a colon. */
#include "ingest/neo4j.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "ingest/aliases.h"
#include "ingest/endpoint.h"
#include "ingest/format.h"
#include "ingest/node_row.h"

/* What a bundle's lookup holds: headers that are files of their own, and nodes that are no people. */
static const char *const header_kind = "neo4j header";
static const char *const node_kind = "neo4j node";

/** The part of a column's name behind its last colon, "" where it has none. */
static const char *type_of(const char *field)
{
    const char *colon = strrchr(field, ':');

    return colon ? colon + 1 : "";
}

/** Whether a type is `word`, maybe with a group in parentheses behind it. */
static bool is_type(const char *field, const char *word)
{
    const char *type = type_of(field);
    size_t length = strlen(word);

    return strncasecmp(type, word, length) == 0 && (type[length] == '\0' || type[length] == '(');
}

static bool has_type(const kith_csv_row *row, const char *word)
{
    for (size_t i = 0; i < row->n; i++)
        if (is_type(row->fields[i], word))
            return true;
    return false;
}

bool kith_neo4j_nodes_fits(const kith_csv_row *row, char delimiter)
{
    (void)delimiter;
    return has_type(row, "ID");
}

bool kith_neo4j_ties_fits(const kith_csv_row *row, char delimiter)
{
    (void)delimiter;
    return has_type(row, "START_ID") && has_type(row, "END_ID");
}

/** Adds what a property's name, without its type, means in `aliases`. */
static kith_code add_property(kith_header *header, size_t at, const char *field, const kith_aliases *aliases,
                              kith_err *err)
{
    const char *colon = strrchr(field, ':');
    kith_dynbuf name = {0}, squeezed = {0};

    kith_dynbuf_append(&name, field, colon ? (size_t)(colon - field) : strlen(field));
    kith_column_squeeze(kith_dynbuf_cstr(&name), &squeezed);
    kith_code rc = kith_dynbuf_check(&name, "the header of a table", err);
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&squeezed, "the header of a table", err);
    for (size_t i = 0; i < aliases->n && rc == KITH_OK; i++)
        if (strcmp(aliases->all[i].name, kith_dynbuf_cstr(&squeezed)) == 0) {
            rc = kith_header_add(
                header,
                (kith_header_column){.at = at, .column = aliases->all[i].column, .rank = (uint32_t)i + 1},
                err);
            break;
        }
    kith_dynbuf_free(&name);
    kith_dynbuf_free(&squeezed);
    return rc;
}

/** A type that has a meaning of its own, whatever the column's name. */
typedef struct typed {
    const char *word;
    kith_column column;
} typed;

static kith_code read_header(kith_header *header, const kith_csv_row *row, const typed *types,
                             const kith_aliases *aliases, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t i = 0; i < row->n && rc == KITH_OK; i++) {
        const typed *t = types;
        while (t->word && !is_type(row->fields[i], t->word))
            t++;
        if (t->word)
            rc = kith_header_add(header, (kith_header_column){.at = i, .column = t->column}, err);
        else if (!is_type(row->fields[i], "IGNORE"))
            rc = add_property(header, i, row->fields[i], aliases, err);
    }
    return rc;
}

kith_code kith_neo4j_nodes_header(kith_header *header, const kith_csv_row *row, kith_err *err)
{
    static const typed types[] = {
        {"ID", KITH_COLUMN_ID}, {"LABEL", KITH_COLUMN_KIND}, {NULL, KITH_COLUMN_NONE}};

    return read_header(header, row, types, &kith_people_aliases, err);
}

kith_code kith_neo4j_ties_header(kith_header *header, const kith_csv_row *row, kith_err *err)
{
    static const typed types[] = {{"START_ID", KITH_COLUMN_SOURCE},
                                  {"END_ID", KITH_COLUMN_TARGET},
                                  {"TYPE", KITH_COLUMN_KIND},
                                  {NULL, KITH_COLUMN_NONE}};

    return read_header(header, row, types, &kith_ties_aliases, err);
}

/** Whether one of the labels, parted by ;, is among `words`. */
static bool any_label(const char *labels, const char *const *words, size_t n)
{
    for (size_t length; *labels; labels += length + (labels[length] == ';')) {
        length = strcspn(labels, ";");
        for (size_t i = 0; i < n; i++)
            if (strlen(words[i]) == length && strncasecmp(labels, words[i], length) == 0)
                return true;
    }
    return false;
}

/** A node without a label is somebody as well. */
static bool is_person(const char *labels)
{
    static const char *const words[] = {"person", "people",   "user",    "member", "contact", "employee",
                                        "mentor", "mentee",   "student", "alumni", "alumnus", "human",
                                        "author", "customer", "actor",   "friend"};

    return !*labels || any_label(labels, words, sizeof words / sizeof *words);
}

static bool is_company(const char *labels)
{
    static const char *const words[] = {"company",  "organisation", "organization",
                                        "employer", "firm",         "business"};

    return any_label(labels, words, sizeof words / sizeof *words);
}

static kith_code take_node(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    const char *labels = kith_record_get(record, KITH_COLUMN_KIND);
    const char *id = kith_record_get(record, KITH_COLUMN_ID);
    uint32_t mention;

    (void)ctx;
    if (!*id)
        return kith_reading_reject(reading, record, err, "no id");
    if (is_person(labels))
        return kith_node_row(reading, record, &mention, err);
    kith_reading_skip(reading);
    return kith_lookup_put(&reading->home->lookup, node_kind, id,
                           is_company(labels) ? kith_record_get(record, KITH_COLUMN_NAME) : "", err);
}

kith_code kith_neo4j_nodes_read(kith_reading *reading, kith_err *err)
{
    reading->plain_ids = true;
    return kith_reading_table(reading, take_node, NULL, err);
}

/** A person at a company: where the company has a name, it is theirs. */
static kith_code take_employment(kith_reading *reading, const char *id, const char *company, uint64_t line,
                                 kith_err *err)
{
    kith_mention person = {.line = line, .id = id};
    uint32_t mention;

    if (!*company) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    kith_reading_used(reading);
    kith_card_clear(&reading->card);
    kith_card_add(&reading->card, KITH_FIELD_COMPANY, company);
    kith_code rc = kith_reading_space(reading, &person.space, err);
    return rc == KITH_OK ? kith_reading_mention(reading, person, &mention, err) : rc;
}

static kith_code take_relationship(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    const char *source = kith_record_get(record, KITH_COLUMN_SOURCE);
    const char *target = kith_record_get(record, KITH_COLUMN_TARGET);
    const char *from, *to;
    kith_code rc = kith_lookup_get(&reading->home->lookup, node_kind, source, &from, err);

    if (rc == KITH_OK)
        rc = kith_lookup_get(&reading->home->lookup, node_kind, target, &to, err);
    if (rc != KITH_OK)
        return rc;
    if (!from && !to)
        return kith_ties_row(reading, ctx, record, err);
    if (from && to) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    return take_employment(reading, from ? target : source, from ? from : to, record->line, err);
}

kith_code kith_neo4j_ties_read(kith_reading *reading, kith_err *err)
{
    kith_endpoints people = {0};

    reading->plain_ids = true;
    kith_code rc = kith_reading_table(reading, take_relationship, &people, err);
    kith_endpoints_free(&people);
    return rc;
}

/* Headers that are files of their own. */

/** Bytes of a file's name up to its endings, without what its folders are called. */
static size_t stem(const char **name)
{
    const char *slash = strrchr(*name, '/');

    *name = slash ? slash + 1 : *name;
    return strcspn(*name, ".");
}

/** Whether a name says that its file is a header alone; `length` comes to leave that word out. */
static bool says_header(const char *name, size_t *length)
{
    static const char *const words[] = {"headers", "header"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t word = strlen(words[i]);
        if (*length <= word || strncasecmp(name + *length - word, words[i], word) != 0)
            continue;
        *length -= word;
        while (*length && strchr("-_ ", name[*length - 1]))
            --*length;
        return *length > 0;
    }
    return false;
}

/** Takes "part", "data" and numbers off the end of a stem: "persons-part2" is a part of "persons". */
static size_t without_part(const char *name, size_t length)
{
    static const char *const words[] = {"part", "data"};

    while (length && isdigit((unsigned char)name[length - 1]))
        length--;
    while (length && strchr("-_ ", name[length - 1]))
        length--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (length > 4 && strncasecmp(name + length - 4, words[i], 4) == 0)
            length -= 4;
    while (length && strchr("-_ ", name[length - 1]))
        length--;
    return length;
}

static kith_code find_header(const kith_entry *entry, const char **header, kith_err *err)
{
    const char *name = entry->name;
    size_t length = stem(&name);
    const size_t lengths[] = {length, without_part(name, length)};
    kith_code rc = KITH_OK;

    *header = NULL;
    for (size_t i = 0; i < 2 && rc == KITH_OK && !*header; i++) {
        kith_dynbuf text = {0};
        kith_dynbuf_append(&text, name, lengths[i]);
        rc = kith_dynbuf_check(&text, "a name", err);
        if (rc == KITH_OK && text.length)
            rc = kith_lookup_get(&entry->bundle->lookup, header_kind, kith_dynbuf_cstr(&text), header, err);
        kith_dynbuf_free(&text);
    }
    return rc;
}

static bool is_neo4j(const kith_format *format)
{
    return format && (format->read == kith_neo4j_nodes_read || format->read == kith_neo4j_ties_read);
}

/** Behind the format's own letter and the delimiter stands the header as it was written. */
#define HEADER_AT 2

kith_code kith_neo4j_pair(const kith_entry *entry, kith_recognised *known, kith_err *err)
{
    const char *name = entry->name;
    size_t length = stem(&name);
    const char *header;

    if (is_neo4j(known->format)) {
        if (says_header(name, &length))
            known->format = kith_format_called("Neo4j header");
        return KITH_OK;
    }
    kith_code rc = find_header(entry, &header, err);
    if (rc != KITH_OK || !header)
        return rc;
    known->format = kith_format_called(*header == 'n' ? "Neo4j nodes" : "Neo4j relationships");
    known->delimiter = header[1];
    known->header_row = 0;
    return KITH_OK;
}

kith_code kith_neo4j_header_of(const kith_entry *entry, const kith_recognised *known, const char **header,
                               kith_err *err)
{
    *header = NULL;
    if (!is_neo4j(known->format))
        return KITH_OK;
    kith_code rc = find_header(entry, header, err);
    if (*header)
        *header += HEADER_AT;
    return rc;
}

typedef struct header_file {
    kith_reading *reading;
    bool seen;
} header_file;

/** Notes the first row as it can be read again: every field quoted. */
static kith_code take_header_row(void *ctx, const kith_csv_row *row, bool *stop, kith_err *err)
{
    header_file *file = ctx;
    kith_reading *reading = file->reading;
    kith_dynbuf text = {0}, key = {0};
    const char *name = reading->entry->name;
    size_t length = stem(&name);

    if (file->seen) {
        kith_reading_notice(reading, "is named as a header, so that rows below it are not read");
        *stop = true;
        return KITH_OK;
    }
    file->seen = true;
    kith_reading_skip(reading);
    kith_dynbuf_put(&text, kith_neo4j_nodes_fits(row, reading->delimiter) ? 'n' : 't');
    kith_dynbuf_put(&text, reading->delimiter);
    for (size_t i = 0; i < row->n; i++) {
        if (i > 0)
            kith_dynbuf_put(&text, reading->delimiter);
        kith_dynbuf_put(&text, '"');
        for (const char *at = row->fields[i]; *at; at++) {
            kith_dynbuf_put(&text, *at);
            if (*at == '"')
                kith_dynbuf_put(&text, '"');
        }
        kith_dynbuf_put(&text, '"');
    }
    (void)says_header(name, &length);
    kith_dynbuf_append(&key, name, length);
    kith_code rc = kith_dynbuf_check(&text, "a header", err);
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&key, "a name", err);
    if (rc == KITH_OK)
        rc = kith_lookup_put(&reading->entry->bundle->lookup, header_kind, kith_dynbuf_cstr(&key),
                             kith_dynbuf_cstr(&text), err);
    kith_dynbuf_free(&text);
    kith_dynbuf_free(&key);
    return rc;
}

kith_code kith_neo4j_header_read(kith_reading *reading, kith_err *err)
{
    header_file file = {.reading = reading};

    return kith_reading_rows(reading, take_header_row, &file, err);
}

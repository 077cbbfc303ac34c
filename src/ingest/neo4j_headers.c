/* Headers of Neo4j's files that are files of their own, found by their names. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "ingest/format.h"
#include "ingest/neo4j.h"

/* What a bundle's lookup holds them under. */
static const char *const header_kind = "neo4j header";

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

/* GraphML, GML, Pajek and UCINET DL: igraph reads them, people and ties are made of what it hands on. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/charset.h"
#include "base/mem.h"
#include "base/text.h"
#include "igraph_port/foreign.h"
#include "ingest/aliases.h"
#include "ingest/endpoint.h"
#include "ingest/format.h"
#include "ingest/node_row.h"

/** Ranks of what is made up where a file does not tell: behind every alias. */
#define MADE_UP_RANK (UINT32_MAX / 2)

static bool is(kith_foreign_format format, const char *head, size_t length)
{
    return kith_foreign_recognise(head, length) == format;
}

bool kith_graphml_fits(const char *head, size_t length, bool whole)
{
    (void)whole;
    return is(KITH_FOREIGN_GRAPHML, head, length);
}

bool kith_gml_fits(const char *head, size_t length, bool whole)
{
    (void)whole;
    return is(KITH_FOREIGN_GML, head, length);
}

bool kith_pajek_fits(const char *head, size_t length, bool whole)
{
    (void)whole;
    return is(KITH_FOREIGN_PAJEK, head, length);
}

bool kith_dl_fits(const char *head, size_t length, bool whole)
{
    (void)whole;
    return is(KITH_FOREIGN_DL, head, length);
}

/** A graph on its way from igraph to the sink. */
typedef struct graph_file {
    kith_reading *reading;
    kith_foreign_format format;
    kith_header header; /**< columns of vertices: attributes, then an id and a name that are made up */
    uint32_t n;         /**< attributes */
    uint32_t n_vertices;
    uint32_t *mentions;    /**< [n_vertices] */
    kith_endpoints people; /**< of vertices whose row was rejected */
    kith_intern *names;    /**< that stand for an id, so that no two people share one */
    uint64_t edges;
    kith_dynbuf text;   /**< tidied cells of a vertex, each with its NUL */
    size_t *cell_at;    /**< [header.n] into text */
    const char **cells; /**< [header.n] */
} graph_file;

/** The meaning of attributes by the names that columns of people go by. */
static kith_code match_attributes(graph_file *g, const char *const *attributes, kith_err *err)
{
    const char **names = kith_alloc_array(g->n, sizeof *names);
    size_t *at = kith_alloc_array(g->n, sizeof *at);
    kith_dynbuf text = {0};
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; names && at && i < g->n; i++) {
        /* Pajek's labels come as ids, but name people. */
        bool label = g->format == KITH_FOREIGN_PAJEK && strcmp(attributes[i], "id") == 0;
        at[i] = text.length;
        kith_column_squeeze(label ? "label" : attributes[i], &text);
        kith_dynbuf_put(&text, '\0');
    }
    rc = names && at ? kith_dynbuf_check(&text, "the attributes of a graph", err)
                     : kith_fail_memory(err, "the attributes of a graph");
    for (uint32_t i = 0; rc == KITH_OK && i < g->n; i++)
        names[i] = kith_dynbuf_cstr(&text) + at[i];
    if (rc == KITH_OK)
        rc = kith_header_match(&g->header, names, g->n, &kith_people_aliases, NULL, false, err);
    for (size_t i = 0; rc == KITH_OK && i < g->header.n; i++)
        if (strcmp(names[g->header.columns[i].at], "key") == 0)
            g->header.columns[i].rank = 0; /* says more than the id within the file */
    kith_free(names);
    kith_free(at);
    kith_dynbuf_free(&text);
    return rc;
}

static kith_code begin(void *ctx, const char *const *attributes, uint32_t n, uint32_t vertices, kith_err *err)
{
    graph_file *g = ctx;

    g->n = n;
    g->n_vertices = vertices;
    kith_code rc = match_attributes(g, attributes, err);
    if (rc == KITH_OK)
        rc = kith_header_add(
            &g->header, (kith_header_column){.at = n, .column = KITH_COLUMN_ID, .rank = MADE_UP_RANK}, err);
    if (rc == KITH_OK)
        rc = kith_intern_new(0, &g->names, err);
    if (rc != KITH_OK)
        return rc;
    g->mentions = kith_alloc_array(vertices, sizeof *g->mentions);
    g->cell_at = kith_alloc_array(g->header.n, sizeof *g->cell_at);
    g->cells = kith_alloc_array(g->header.n, sizeof *g->cells);
    return g->mentions && g->cell_at && g->cells ? KITH_OK : kith_fail_memory(err, "the people of a graph");
}

/** Appends the id of a vertex that has none of its own: its name, unless it is another's too, or its number.
 */
static kith_code make_up_id(graph_file *g, uint32_t vertex, const kith_record *record, kith_err *err)
{
    const char *name = kith_record_get(record, KITH_COLUMN_NAME);
    uint32_t known = kith_intern_count(g->names);
    uint32_t number = known;
    kith_code rc = *name ? kith_intern_add(g->names, name, strlen(name), &number, err) : KITH_OK;
    kith_dynbuf id = {0};

    if (*name && number == known)
        kith_dynbuf_text(&id, name);
    else
        kith_dynbuf_printf(&id, "%s%s%u", name, *name ? " #" : "", vertex + 1);
    kith_dynbuf_append(&g->text, kith_dynbuf_cstr(&id), id.length + 1);
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&id, "the id of a vertex", err);
    kith_dynbuf_free(&id);
    return rc;
}

static void point_cells(graph_file *g, size_t n)
{
    for (size_t i = 0; i < n; i++)
        g->cells[i] = kith_dynbuf_cstr(&g->text) + g->cell_at[i];
}

/** Tidies the values of a vertex into cells; the last, an id, is made up where no other is one. */
static kith_code fill_cells(graph_file *g, uint32_t vertex, const char *const *values, kith_err *err)
{
    const size_t last = g->header.n - 1;
    kith_header told = g->header;

    kith_dynbuf_clear(&g->text);
    for (size_t i = 0; i < last; i++) {
        g->cell_at[i] = g->text.length;
        kith_text_tidy(values[g->header.columns[i].at], &g->text);
        kith_dynbuf_put(&g->text, '\0');
    }
    kith_code rc = kith_dynbuf_check(&g->text, "a vertex", err);
    if (rc != KITH_OK)
        return rc;
    point_cells(g, last);
    told.n = last;
    kith_record record = {.header = &told, .cells = g->cells};
    g->cell_at[last] = g->text.length;
    if (*kith_record_get(&record, KITH_COLUMN_ID))
        kith_dynbuf_put(&g->text, '\0');
    else
        rc = make_up_id(g, vertex, &record, err);
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&g->text, "a vertex", err);
    if (rc == KITH_OK)
        point_cells(g, g->header.n);
    return rc;
}

static kith_code take_vertex(void *ctx, uint32_t vertex, const char *const *values, kith_err *err)
{
    graph_file *g = ctx;
    kith_record record = {.line = (uint64_t)vertex + 1, .header = &g->header};
    uint32_t space;
    kith_code rc = fill_cells(g, vertex, values, err);

    record.cells = g->cells;
    if (rc == KITH_OK)
        rc = kith_reading_space(g->reading, &space, err);
    if (rc == KITH_OK)
        rc = kith_node_row(g->reading, &record, space, &g->mentions[vertex], err);
    if (rc == KITH_OK && g->mentions[vertex] == UINT32_MAX) { /* rejected, but ties name them */
        const char *id = kith_record_get(&record, KITH_COLUMN_ID);
        rc = kith_endpoint_of_id(&g->people, g->reading, id, strlen(id), record.line, &g->mentions[vertex],
                                 err);
    }
    return rc;
}

static kith_code reject_edge(graph_file *g, uint64_t line, const char *reason, double number, kith_err *err)
{
    char columns[40];

    (void)snprintf(columns, sizeof columns, "value=%.9g", number);
    return kith_reading_reject_line(g->reading, line, reason, columns, err);
}

static kith_code take_edge(void *ctx, uint32_t from, uint32_t to, double weight, double strength,
                           kith_err *err)
{
    graph_file *g = ctx;
    uint64_t line = g->n_vertices + ++g->edges;
    kith_relation tie =
        kith_plain_relation(KITH_EVIDENCE_STATED_TIE, g->mentions[from], g->mentions[to], line);

    if (from == to || tie.a == tie.b) {
        kith_reading_skip(g->reading); /* loops are usual in graph files */
        return KITH_OK;
    }
    if (!isnan(weight) && !(weight > 0 && isfinite(weight)))
        return reject_edge(g, line, "weight is no number above 0", weight, err);
    if (!isnan(strength) && !(strength >= 0 && strength <= 1))
        return reject_edge(g, line, "strength is no number from 0 to 1", strength, err);
    tie.weight = weight;
    tie.strength = strength;
    kith_reading_used(g->reading);
    return kith_reading_relation(g->reading, tie, err);
}

/** XML tells its encoding itself; all else becomes UTF-8 on its way into the file. */
static kith_code open_charset(graph_file *g, const char *head, size_t length, size_t *bom,
                              kith_charset **charset, kith_err *err)
{
    *bom = 0;
    if (g->format == KITH_FOREIGN_GRAPHML)
        return KITH_OK;
    return kith_charset_open(kith_charset_guess(head, length, g->reading->opts->encoding, bom), charset, err);
}

static kith_code put(FILE *copy, const void *bytes, size_t length, uint64_t *written, kith_err *err)
{
    *written += length;
    return fwrite(bytes, 1, length, copy) == length
               ? KITH_OK
               : kith_fail_system(err, KITH_EIO, "write", "a temporary file", errno);
}

/** Copies the stream, which may come out of an archive, into a file that a child process can read. */
static kith_code spool(graph_file *g, FILE *copy, uint64_t *written, kith_err *err)
{
    kith_stream *stream = g->reading->entry->stream;
    kith_charset *charset = NULL;
    kith_dynbuf decoded = {0};
    const char *bytes;
    size_t length, bom = 0;
    kith_code rc = kith_stream_peek(stream, KITH_STREAM_BUFFER, &bytes, &length, err);

    if (rc == KITH_OK) {
        g->format = kith_foreign_recognise(bytes, length);
        rc = open_charset(g, bytes, length, &bom, &charset, err);
    }
    do {
        if (rc == KITH_OK)
            rc = kith_stream_next(stream, &bytes, &length, err);
        if (rc == KITH_OK && charset) {
            kith_dynbuf_clear(&decoded);
            rc = kith_charset_decode(charset, bytes + bom, length - bom, length == 0, &decoded, err);
            if (rc == KITH_OK)
                rc = kith_dynbuf_check(&decoded, "a part of a graph", err);
            if (rc == KITH_OK)
                rc = put(copy, kith_dynbuf_cstr(&decoded), decoded.length, written, err);
        } else if (rc == KITH_OK) {
            rc = put(copy, bytes, length, written, err);
        }
        bom = 0;
    } while (rc == KITH_OK && length);
    if (rc == KITH_OK && fflush(copy) != 0)
        rc = kith_fail_system(err, KITH_EIO, "write", "a temporary file", errno);
    if (charset)
        kith_charset_close(charset);
    kith_dynbuf_free(&decoded);
    return rc;
}

kith_code kith_graph_file_read(kith_reading *reading, kith_err *err)
{
    graph_file g = {.reading = reading};
    kith_foreign_sink sink = {&g, begin, take_vertex, take_edge};
    uint64_t bytes = 0;
    FILE *copy = tmpfile();
    kith_code rc = copy ? spool(&g, copy, &bytes, err)
                        : kith_fail_system(err, KITH_EIO, "make", "a temporary file", errno);

    if (rc == KITH_OK) {
        kith_foreign_file file = {.fd = fileno(copy),
                                  .bytes = bytes,
                                  .format = g.format,
                                  .path = reading->entry->path,
                                  .progress = reading->opts->progress};
        reading->plain_ids = true;
        rc = kith_foreign_check(&file, err);
        if (rc == KITH_OK)
            rc = kith_foreign_read(&file, &sink, err);
    }
    if (copy)
        (void)fclose(copy);
    kith_header_free(&g.header);
    kith_endpoints_free(&g.people);
    kith_intern_free(g.names);
    kith_dynbuf_free(&g.text);
    kith_free(g.mentions);
    kith_free(g.cell_at);
    kith_free(g.cells);
    return rc;
}

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include "base/dynbuf.h"
#include "base/text.h"
#include "igraph_port/igraph_handle.h"
#include "network/export_fields.h"

static const char *const doing = "writing a graph file";

/** A graph that takes on the attributes of a network. */
typedef struct dressing {
    igraph_t graph;
    const kith_net *net;
    kith_err *err;
} dressing;

/** U+FFFE and U+FFFF: the only characters that safe text may hold and XML may not. */
static void replace_noncharacters(kith_dynbuf *text)
{
    for (char *at = text->data; at && (at = strstr(at, "\xEF\xBF")); at += 3)
        if ((unsigned char)at[2] > 0xBD)
            at[2] = '\xBD';
}

/** Pajek ends a label at a quote, and knows no way around it. */
static void replace_quotes(kith_dynbuf *text)
{
    for (char *at = text->data; at && (at = strchr(at, '"')); at++)
        *at = '\'';
}

/** Appends one more value. */
static void join_value(kith_dynbuf *text, const char *value)
{
    if (text->length > 0)
        kith_dynbuf_text(text, "; ");
    kith_text_safe(value, text);
}

/** Puts `text` in its place and empties it. */
static kith_code store(igraph_strvector_t *texts, igraph_integer_t at, kith_dynbuf *text, kith_err *err)
{
    kith_code rc = kith_dynbuf_check(text, doing, err);

    if (rc)
        return rc;
    replace_noncharacters(text);
    rc = kith_igraph_check(kith_ig.strvector_set(texts, at, kith_dynbuf_cstr(text)), doing, err);
    kith_dynbuf_clear(text);
    return rc;
}

static void describe_field(const kith_net *net, uint32_t id, const void *ctx, kith_dynbuf *text)
{
    const kith_export_field *column = ctx;
    const char *value;

    for (uint32_t nth = 0; (value = kith_net_value(net, id, column->field, nth)); nth++) {
        join_value(text, value);
        if (!column->list)
            return;
    }
    const char *list = kith_dynbuf_cstr(text);
    if (*list && !strchr(list, ';') && strpbrk(list, ",|"))
        kith_dynbuf_put(text, ';'); /* one value, though readers split at these as well */
}

/** Puts one text of a person together. */
typedef void describe(const kith_net *net, uint32_t id, const void *ctx, kith_dynbuf *text);

static void describe_key(const kith_net *net, uint32_t id, const void *ctx, kith_dynbuf *text)
{
    kith_person person;

    (void)ctx;
    kith_net_person(net, id, &person);
    join_value(text, person.key);
}

static void describe_key_for_pajek(const kith_net *net, uint32_t id, const void *ctx, kith_dynbuf *text)
{
    describe_key(net, id, ctx, text);
    replace_quotes(text);
}

/** What a drawing shows: the name, of the nameless the key. */
static void describe_label(const kith_net *net, uint32_t id, const void *ctx, kith_dynbuf *text)
{
    kith_person person;

    (void)ctx;
    kith_net_person(net, id, &person);
    join_value(text, *person.name ? person.name : person.key);
}

/** Gives every vertex one text. */
static kith_code add_texts(dressing *d, const char *attribute, describe *put, const void *ctx)
{
    igraph_strvector_t texts;
    kith_dynbuf text = {0};
    uint32_t n = (uint32_t)kith_ig.vcount(&d->graph);
    kith_code rc = kith_igraph_check(kith_ig.strvector_init(&texts, n), doing, d->err);

    if (rc)
        return rc;
    for (uint32_t v = 0; !rc && v < n; v++) {
        put(d->net, v, ctx, &text);
        rc = store(&texts, v, &text, d->err);
    }
    if (!rc)
        rc = kith_igraph_check(kith_ig.cattribute_VAS_setv(&d->graph, attribute, &texts), doing, d->err);
    kith_dynbuf_free(&text);
    kith_ig.strvector_destroy(&texts);
    return rc;
}

static kith_code add_do_not_introduce(dressing *d)
{
    igraph_vector_bool_t marks;
    uint32_t n = (uint32_t)kith_ig.vcount(&d->graph);
    kith_code rc = kith_igraph_check(kith_ig.vector_bool_init(&marks, n), doing, d->err);

    if (rc)
        return rc;
    for (uint32_t v = 0; v < n; v++) {
        kith_person person;
        kith_net_person(d->net, v, &person);
        VECTOR(marks)[v] = person.do_not_introduce;
    }
    rc = kith_igraph_check(kith_ig.cattribute_VAB_setv(&d->graph, "do_not_introduce", &marks), doing, d->err);
    kith_ig.vector_bool_destroy(&marks);
    return rc;
}

static kith_code add_people(dressing *d, bool with_contacts)
{
    kith_code rc = add_texts(d, "key", describe_key, NULL);

    for (size_t i = 0; !rc && i < KITH_EXPORT_FIELDS; i++)
        if (with_contacts || !kith_export_fields[i].contact)
            rc = add_texts(d, kith_export_fields[i].name, describe_field, &kith_export_fields[i]);
    return rc ? rc : add_do_not_introduce(d);
}

/** The tie that edge `e` stands for; one of nobody where the network has none such. */
static kith_tie tie_of_edge(const dressing *d, igraph_integer_t e)
{
    kith_tie tie = {0};

    (void)kith_net_tie(d->net, (uint32_t)IGRAPH_FROM(&d->graph, e), (uint32_t)IGRAPH_TO(&d->graph, e), &tie);
    return tie;
}

static kith_code add_evidence(dressing *d)
{
    igraph_strvector_t texts;
    kith_dynbuf text = {0};
    igraph_integer_t m = kith_ig.ecount(&d->graph);
    kith_code rc = kith_igraph_check(kith_ig.strvector_init(&texts, m), doing, d->err);

    if (rc)
        return rc;
    for (igraph_integer_t e = 0; !rc && e < m; e++) {
        kith_tie tie = tie_of_edge(d, e);
        for (uint32_t kind = 0; kind < KITH_EVIDENCE_COUNT; kind++)
            if (tie.evidence >> kind & 1)
                join_value(&text, kith_evidence_name((kith_evidence)kind));
        rc = store(&texts, e, &text, d->err);
    }
    if (!rc)
        rc = kith_igraph_check(kith_ig.cattribute_EAS_setv(&d->graph, "evidence", &texts), doing, d->err);
    kith_dynbuf_free(&text);
    kith_ig.strvector_destroy(&texts);
    return rc;
}

static kith_code add_strength(dressing *d, const char *attribute)
{
    igraph_vector_t strengths;
    igraph_integer_t m = kith_ig.ecount(&d->graph);
    kith_code rc = kith_igraph_check(kith_ig.vector_init(&strengths, m), doing, d->err);

    if (rc)
        return rc;
    /* igraph prints 15 digits: rounded here, 9 decimals are left. */
    for (igraph_integer_t e = 0; e < m; e++)
        VECTOR(strengths)[e] = round(kith_strength_of_cost(tie_of_edge(d, e).cost) * 1e9) / 1e9;
    rc = kith_igraph_check(kith_ig.cattribute_EAN_setv(&d->graph, attribute, &strengths), doing, d->err);
    kith_ig.vector_destroy(&strengths);
    return rc;
}

/** What a stdio stream calls with its bytes. An output remembers its failures until it is committed. */
static ssize_t pass_on(void *cookie, const char *bytes, size_t length)
{
    kith_outfile_write(cookie, bytes, length);
    return (ssize_t)length;
}

static igraph_error_t write_as(kith_graph_format format, const igraph_t *graph, FILE *stream)
{
    switch (format) {
    case KITH_GRAPH_GML:
        return kith_ig.write_graph_gml(graph, stream, IGRAPH_WRITE_GML_DEFAULT_SW, NULL, "kith");
    case KITH_GRAPH_PAJEK:
        return kith_ig.write_graph_pajek(graph, stream);
    case KITH_GRAPH_DOT:
        return kith_ig.write_graph_dot(graph, stream);
    case KITH_GRAPH_GRAPHML:
        break;
    }
    return kith_ig.write_graph_graphml(graph, stream, false);
}

static kith_code write_graph(kith_graph_format format, const igraph_t *graph, kith_outfile *out,
                             kith_err *err)
{
    FILE *stream = fopencookie(out, "w", (cookie_io_functions_t){.write = pass_on});

    if (!stream)
        return kith_fail_memory(err, doing);
    kith_code rc = kith_igraph_check(write_as(format, graph, stream), doing, err);
    if (fclose(stream) != 0 && !rc)
        rc = kith_fail(err, KITH_EIO, "%s failed", doing);
    return rc;
}

/** Gives vertices and edges what the format can carry. */
static kith_code dress(dressing *d, kith_graph_format format, bool with_contacts)
{
    if (format == KITH_GRAPH_PAJEK) {
        kith_code rc = add_texts(d, "id", describe_key_for_pajek, NULL);
        return rc ? rc : add_strength(d, "weight");
    }
    kith_code rc = add_people(d, with_contacts);
    if (!rc && format == KITH_GRAPH_DOT)
        rc = add_texts(d, "label", describe_label, NULL);
    if (!rc)
        rc = add_strength(d, "strength");
    return rc ? rc : add_evidence(d);
}

kith_code kith_igraph_write(const kith_igraph *graph, const kith_net *net, kith_graph_format format,
                            bool with_contacts, kith_outfile *out, kith_err *err)
{
    dressing d = {.net = net, .err = err};

    kith_igraph_begin(graph, doing);
    kith_code rc = kith_igraph_check(kith_ig.copy(&d.graph, &graph->graph), doing, err);
    if (rc)
        return rc;
    rc = dress(&d, format, with_contacts);
    if (!rc)
        rc = kith_net_status(net, err);
    if (!rc)
        rc = write_graph(format, &d.graph, out, err);
    kith_ig.destroy(&d.graph);
    return rc;
}

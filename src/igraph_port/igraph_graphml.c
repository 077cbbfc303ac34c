#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include "base/dynbuf.h"
#include "base/text.h"
#include "igraph_port/igraph_handle.h"

static const char *const doing = "writing GraphML";

/** A field of people as a GraphML attribute. */
typedef struct person_column {
    const char *attribute;
    kith_field field;
    bool all_values; /**< else the preferred one alone */
    bool is_contact;
} person_column;

static const person_column person_columns[] = {
    {"name", KITH_FIELD_NAME, false, false},       {"title", KITH_FIELD_TITLE, false, false},
    {"company", KITH_FIELD_COMPANY, false, false}, {"cohort", KITH_FIELD_COHORT, true, false},
    {"role", KITH_FIELD_ROLE, true, false},        {"email", KITH_FIELD_EMAIL, true, true},
    {"phone", KITH_FIELD_PHONE, true, true},       {"url", KITH_FIELD_URL, true, true},
};

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
    rc = kith_igraph_check(igraph_strvector_set(texts, at, kith_dynbuf_cstr(text)), doing, err);
    kith_dynbuf_clear(text);
    return rc;
}

static void describe_person(const kith_net *net, uint32_t id, const person_column *column, kith_dynbuf *text)
{
    const char *value;

    for (uint32_t nth = 0; (value = kith_net_value(net, id, column->field, nth)); nth++) {
        join_value(text, value);
        if (!column->all_values)
            return;
    }
}

static void describe_key(const kith_net *net, uint32_t id, kith_dynbuf *text)
{
    kith_person person;

    kith_net_person(net, id, &person);
    join_value(text, person.key);
}

/** Gives every person one text; `column` NULL: their key. */
static kith_code add_person_texts(dressing *d, const person_column *column)
{
    igraph_strvector_t texts;
    kith_dynbuf text = {0};
    uint32_t n = (uint32_t)igraph_vcount(&d->graph);
    kith_code rc = kith_igraph_check(igraph_strvector_init(&texts, n), doing, d->err);

    if (rc)
        return rc;
    for (uint32_t v = 0; !rc && v < n; v++) {
        if (column)
            describe_person(d->net, v, column, &text);
        else
            describe_key(d->net, v, &text);
        rc = store(&texts, v, &text, d->err);
    }
    if (!rc)
        rc = kith_igraph_check(
            igraph_cattribute_VAS_setv(&d->graph, column ? column->attribute : "key", &texts), doing, d->err);
    kith_dynbuf_free(&text);
    igraph_strvector_destroy(&texts);
    return rc;
}

static kith_code add_do_not_introduce(dressing *d)
{
    igraph_vector_bool_t marks;
    uint32_t n = (uint32_t)igraph_vcount(&d->graph);
    kith_code rc = kith_igraph_check(igraph_vector_bool_init(&marks, n), doing, d->err);

    if (rc)
        return rc;
    for (uint32_t v = 0; v < n; v++) {
        kith_person person;
        kith_net_person(d->net, v, &person);
        VECTOR(marks)[v] = person.do_not_introduce;
    }
    rc = kith_igraph_check(igraph_cattribute_VAB_setv(&d->graph, "do_not_introduce", &marks), doing, d->err);
    igraph_vector_bool_destroy(&marks);
    return rc;
}

static kith_code add_people(dressing *d, bool with_contacts)
{
    kith_code rc = add_person_texts(d, NULL);

    for (size_t i = 0; !rc && i < sizeof person_columns / sizeof *person_columns; i++)
        if (with_contacts || !person_columns[i].is_contact)
            rc = add_person_texts(d, &person_columns[i]);
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
    igraph_integer_t m = igraph_ecount(&d->graph);
    kith_code rc = kith_igraph_check(igraph_strvector_init(&texts, m), doing, d->err);

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
        rc = kith_igraph_check(igraph_cattribute_EAS_setv(&d->graph, "evidence", &texts), doing, d->err);
    kith_dynbuf_free(&text);
    igraph_strvector_destroy(&texts);
    return rc;
}

static kith_code add_strength(dressing *d)
{
    igraph_vector_t strengths;
    igraph_integer_t m = igraph_ecount(&d->graph);
    kith_code rc = kith_igraph_check(igraph_vector_init(&strengths, m), doing, d->err);

    if (rc)
        return rc;
    /* igraph prints 15 digits: rounded here, 9 decimals are left. */
    for (igraph_integer_t e = 0; e < m; e++)
        VECTOR(strengths)[e] = round(kith_strength_of_cost(tie_of_edge(d, e).cost) * 1e9) / 1e9;
    rc = kith_igraph_check(igraph_cattribute_EAN_setv(&d->graph, "strength", &strengths), doing, d->err);
    igraph_vector_destroy(&strengths);
    return rc;
}

/** What a stdio stream calls with its bytes. An output remembers its failures until it is committed. */
static ssize_t pass_on(void *cookie, const char *bytes, size_t length)
{
    kith_outfile_write(cookie, bytes, length);
    return (ssize_t)length;
}

static kith_code write_graph(const igraph_t *graph, kith_outfile *out, kith_err *err)
{
    FILE *stream = fopencookie(out, "w", (cookie_io_functions_t){.write = pass_on});

    if (!stream)
        return kith_fail_memory(err, doing);
    kith_code rc = kith_igraph_check(igraph_write_graph_graphml(graph, stream, false), doing, err);
    if (fclose(stream) != 0 && !rc)
        rc = kith_fail(err, KITH_EIO, "%s failed", doing);
    return rc;
}

kith_code kith_igraph_write_graphml(const kith_igraph *graph, const kith_net *net, bool with_contacts,
                                    kith_outfile *out, kith_err *err)
{
    dressing d = {.net = net, .err = err};

    kith_igraph_begin(graph, doing);
    kith_code rc = kith_igraph_check(igraph_copy(&d.graph, &graph->graph), doing, err);
    if (rc)
        return rc;
    rc = add_people(&d, with_contacts);
    if (!rc)
        rc = add_strength(&d);
    if (!rc)
        rc = add_evidence(&d);
    if (!rc)
        rc = kith_net_status(net, err);
    if (!rc)
        rc = write_graph(&d.graph, out, err);
    igraph_destroy(&d.graph);
    return rc;
}

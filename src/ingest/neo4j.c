/* Files for Neo4j's bulk import: nodes and relationships, whose headers tell types behind a colon. */
#include <string.h>
#include <strings.h>

#include "ingest/aliases.h"
#include "ingest/endpoint.h"
#include "ingest/format.h"
#include "ingest/node_row.h"

/* What a bundle's lookup holds nodes under that are no people. */
static const char *const node_kind = "neo4j node";

/** The colon before a column's type, which may have options in braces: "born:date{timezone:UTC}"; or NULL. */
static const char *type_colon(const char *field)
{
    return memrchr(field, ':', strcspn(field, "{"));
}

/** What stands behind it, "" where there is none. */
static const char *type_of(const char *field)
{
    const char *colon = type_colon(field);

    return colon ? colon + 1 : "";
}

/** Whether a type is `word`, maybe with a group in parentheses behind it. */
static bool is_type(const char *field, const char *word)
{
    const char *type = type_of(field);
    size_t length = strlen(word);

    return strncasecmp(type, word, length) == 0 && (strchr("({", type[length]));
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
    const char *colon = type_colon(field);
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

/** The group in parentheses that the header gives the ids under `column`; "" where it gives none. */
static kith_code group_of(const kith_header *header, kith_column column, kith_dynbuf *group, kith_err *err)
{
    size_t i = 0;

    while (i < header->n && header->columns[i].column != column)
        i++;
    const char *type = i < header->n ? type_of(kith_header_name(header, i)) : "";
    const char *open = strchr(type, '(');
    kith_dynbuf_clear(group);
    if (open)
        kith_dynbuf_append(group, open + 1, strcspn(open + 1, ")"));
    return kith_dynbuf_check(group, "a group of ids", err);
}

/** Under which key a node is noted: "(Firm)7", or "7" for one that is named without its group. */
static kith_code make_key(kith_dynbuf *key, const char *group, const char *id, kith_err *err)
{
    kith_dynbuf_clear(key);
    kith_dynbuf_printf(key, *group ? "(%s)" : "%s", group);
    kith_dynbuf_text(key, id);
    return kith_dynbuf_check(key, "a node", err);
}

/** A file of nodes. */
typedef struct nodes {
    kith_dynbuf group, key;
    bool begun;
} nodes;

/** Notes a node that is nobody, and the name of a company, for relationships to it. */
static kith_code note_node(kith_reading *reading, nodes *file, const char *id, const char *company,
                           kith_err *err)
{
    kith_lookup *lookup = &reading->home->lookup;
    const char *group = kith_dynbuf_cstr(&file->group);
    kith_code rc = make_key(&file->key, group, id, err);

    kith_reading_skip(reading);
    if (rc == KITH_OK)
        rc = kith_lookup_put(lookup, node_kind, kith_dynbuf_cstr(&file->key), company, err);
    return rc == KITH_OK && *group ? kith_lookup_put(lookup, node_kind, id, company, err) : rc;
}

static kith_code take_node(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    nodes *file = ctx;
    const char *labels = kith_record_get(record, KITH_COLUMN_KIND);
    const char *id = kith_record_get(record, KITH_COLUMN_ID);
    uint32_t mention, space;
    kith_code rc = file->begun ? KITH_OK : group_of(record->header, KITH_COLUMN_ID, &file->group, err);

    file->begun = true;
    if (rc != KITH_OK)
        return rc;
    if (!*id)
        return kith_reading_reject(reading, record, err, "no id");
    if (!is_person(labels))
        return note_node(reading, file, id,
                         is_company(labels) ? kith_record_get(record, KITH_COLUMN_NAME) : "", err);
    rc = kith_id_groups_space(&reading->home->groups, reading, kith_dynbuf_cstr(&file->group), &space, err);
    return rc == KITH_OK ? kith_node_row(reading, record, space, &mention, err) : rc;
}

kith_code kith_neo4j_nodes_read(kith_reading *reading, kith_err *err)
{
    nodes file = {0};

    reading->plain_ids = true;
    kith_code rc = kith_reading_table(reading, take_node, &file, err);
    kith_dynbuf_free(&file.group);
    kith_dynbuf_free(&file.key);
    return rc;
}

/** One end of the relationships of a file. */
typedef struct side {
    kith_column column;
    kith_dynbuf group, key;
    kith_endpoints people;
} side;

typedef struct relationships {
    side from, to;
    bool begun;
} relationships;

/** Where the ids of a side live: with those of its group, or of the folder where it names none. */
static kith_code find_space(kith_reading *reading, side *s, kith_err *err)
{
    kith_id_groups *groups = &reading->home->groups;
    const char *group = kith_dynbuf_cstr(&s->group);
    kith_code rc = KITH_OK;

    if (s->people.has_space)
        return KITH_OK;
    rc = *group || kith_id_groups_knows(groups, "")
             ? kith_id_groups_space(groups, reading, group, &s->people.space, err)
             : kith_reading_space(reading, &s->people.space, err);
    s->people.has_space = rc == KITH_OK;
    return rc;
}

/** What is noted of the node that a row names at one side, or NULL: it is somebody. */
static kith_code look_up(kith_reading *reading, side *s, const kith_record *record, const char **noted,
                         kith_err *err)
{
    kith_code rc = make_key(&s->key, kith_dynbuf_cstr(&s->group), kith_record_get(record, s->column), err);

    return rc == KITH_OK
               ? kith_lookup_get(&reading->home->lookup, node_kind, kith_dynbuf_cstr(&s->key), noted, err)
               : rc;
}

/** A person at a company: where the company has a name, it is theirs. */
static kith_code take_employment(kith_reading *reading, side *person, const char *company,
                                 const kith_record *record, kith_err *err)
{
    uint32_t mention;

    if (!*company) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    kith_code rc = find_space(reading, person, err);
    if (rc != KITH_OK)
        return rc;
    kith_reading_used(reading);
    kith_card_clear(&reading->card);
    kith_card_add(&reading->card, KITH_FIELD_COMPANY, company);
    return kith_reading_mention(reading,
                                (kith_mention){.line = record->line,
                                               .space = person->people.space,
                                               .id = kith_record_get(record, person->column)},
                                &mention, err);
}

static kith_code take_tie(kith_reading *reading, relationships *file, const kith_record *record,
                          kith_err *err)
{
    kith_code rc = find_space(reading, &file->from, err);

    if (rc == KITH_OK)
        rc = find_space(reading, &file->to, err);
    if (rc != KITH_OK)
        return rc;
    bool together = file->from.people.space == file->to.people.space;
    kith_tie_ends ends = {.sources = &file->from.people,
                          .targets = together ? &file->from.people : &file->to.people};
    return kith_ties_row(reading, &ends, record, err);
}

static kith_code take_relationship(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    relationships *file = ctx;
    const char *from, *to;
    kith_code rc = KITH_OK;

    if (!file->begun) {
        file->begun = true;
        rc = group_of(record->header, file->from.column, &file->from.group, err);
        if (rc == KITH_OK)
            rc = group_of(record->header, file->to.column, &file->to.group, err);
    }
    if (rc == KITH_OK)
        rc = look_up(reading, &file->from, record, &from, err);
    if (rc == KITH_OK)
        rc = look_up(reading, &file->to, record, &to, err);
    if (rc != KITH_OK)
        return rc;
    if (!from && !to)
        return take_tie(reading, file, record, err);
    if (from && to) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    return take_employment(reading, from ? &file->to : &file->from, from ? from : to, record, err);
}

static void free_side(side *s)
{
    kith_dynbuf_free(&s->group);
    kith_dynbuf_free(&s->key);
    kith_endpoints_free(&s->people);
}

kith_code kith_neo4j_ties_read(kith_reading *reading, kith_err *err)
{
    relationships file = {.from = {.column = KITH_COLUMN_SOURCE}, .to = {.column = KITH_COLUMN_TARGET}};

    reading->plain_ids = true;
    kith_code rc = kith_reading_table(reading, take_relationship, &file, err);
    free_side(&file.from);
    free_side(&file.to);
    return rc;
}

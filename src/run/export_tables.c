#include "run/export_tables.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "network/export_fields.h"
#include "report/write_csv.h"

/** A row of people.csv: what goes into one cell only makes further rows of the same id. */
typedef struct person_row {
    uint32_t person, nth;
} person_row;

typedef struct people_table {
    const kith_net *net;
    person_row *rows;
    size_t n, capacity;
    bool with_contacts;
} people_table;

/** Rows that a person takes: as many as the most values of a field that is no list. */
static uint32_t rows_of(const people_table *table, uint32_t person)
{
    uint32_t most = 1;

    for (size_t i = 0; i < KITH_EXPORT_FIELDS; i++) {
        const kith_export_field *field = &kith_export_fields[i];
        if (field->list || (field->contact && !table->with_contacts))
            continue;
        while (kith_net_value(table->net, person, field->field, most))
            most++;
    }
    return most;
}

static kith_code lay_out_people(people_table *table, uint32_t people, kith_err *err)
{
    for (uint32_t person = 0; person < people; person++) {
        uint32_t count = rows_of(table, person);
        if (!kith_grow((void **)&table->rows, &table->capacity, table->n + count, sizeof *table->rows))
            return kith_fail_memory(err, "the rows of people");
        for (uint32_t nth = 0; nth < count; nth++)
            table->rows[table->n++] = (person_row){person, nth};
    }
    return KITH_OK;
}

/** All values; one that readers would split at something else than ; gets one behind it. */
static void put_list(kith_row *row, const kith_net *net, uint32_t person, kith_field field)
{
    kith_dynbuf list = {0};
    const char *value;

    for (uint32_t nth = 0; (value = kith_net_value(net, person, field, nth)); nth++) {
        kith_dynbuf_text(&list, nth > 0 ? "; " : "");
        kith_dynbuf_text(&list, value);
    }
    const char *text = kith_dynbuf_cstr(&list);
    if (!strchr(text, ';') && strpbrk(text, ",|"))
        kith_dynbuf_put(&list, ';');
    kith_row_take(row, &list);
    kith_dynbuf_free(&list);
}

static void make_person(const void *ctx, uint64_t i, kith_row *row)
{
    const people_table *table = ctx;
    const person_row *here = &table->rows[i];
    kith_person person;

    kith_net_person(table->net, here->person, &person);
    kith_row_text(row, person.key);
    for (size_t f = 0; f < KITH_EXPORT_FIELDS; f++) {
        const kith_export_field *field = &kith_export_fields[f];
        const char *value;
        if (field->contact && !table->with_contacts)
            continue;
        if (field->list && here->nth == 0)
            put_list(row, table->net, here->person, field->field);
        else if (!field->list && (value = kith_net_value(table->net, here->person, field->field, here->nth)))
            kith_row_text(row, value);
        else
            kith_row_nothing(row);
    }
    kith_row_text(row, here->nth == 0 && person.do_not_introduce ? "yes" : "");
    kith_row_nothing(row);
}

static kith_code write_people(const kith_net *net, uint32_t n, bool with_contacts, kith_outfile *file,
                              kith_err *err)
{
    people_table people = {.net = net, .with_contacts = with_contacts};
    kith_column columns[KITH_EXPORT_FIELDS + 3];
    uint32_t used = 0;

    columns[used++] = (kith_column){.name = "id"};
    for (size_t f = 0; f < KITH_EXPORT_FIELDS; f++)
        if (with_contacts || !kith_export_fields[f].contact)
            columns[used++] = (kith_column){.name = kith_export_fields[f].name};
    columns[used++] = (kith_column){.name = "do_not_introduce"};
    columns[used++] = (kith_column){.name = "kith"};

    kith_code rc = lay_out_people(&people, n, err);
    if (!rc)
        rc = kith_csv_write(&(kith_table){.columns = columns,
                                          .n_columns = used,
                                          .n_rows = people.n,
                                          .make = make_person,
                                          .ctx = &people},
                            file, err);
    kith_free(people.rows);
    return rc;
}

static void put_key(kith_row *row, const kith_net *net, uint32_t id)
{
    kith_person person;

    kith_net_person(net, id, &person);
    kith_row_text(row, person.key);
}

/** Where in the ties the writer is: rows are asked for in order. */
typedef struct tie_place {
    uint32_t person, nth;
} tie_place;

typedef struct ties_table {
    const kith_net *net;
    kith_day as_of;
    tie_place *at;
} ties_table;

/** The next tie at or behind `at`, each by its lower end; one of nobody where a damaged network ends early.
 */
static kith_tie next_tie(const ties_table *table, uint32_t people)
{
    tie_place *at = table->at;
    kith_tie tie = {0};

    for (; at->person < people; at->person++, at->nth = 0)
        while (kith_net_tie_at(table->net, at->person, at->nth++, &tie))
            if (tie.b > tie.a)
                return tie;
    return (kith_tie){0};
}

static void make_tie(const void *ctx, uint64_t i, kith_row *row)
{
    const ties_table *table = ctx;
    kith_net_summary summary;
    const char *evidence[KITH_EVIDENCE_COUNT], *relations[KITH_STATED_WORDS];
    uint64_t n_evidence = 0;

    (void)i;
    kith_net_summarise(table->net, &summary);
    kith_tie tie = next_tie(table, summary.people);
    for (uint32_t kind = 0; kind < KITH_EVIDENCE_COUNT; kind++)
        if (tie.evidence >> kind & 1)
            evidence[n_evidence++] = kith_evidence_name((kith_evidence)kind);
    if (tie.leads == KITH_LEADS_IN)
        tie = (kith_tie){tie.b, tie.a, tie.cost, tie.evidence, KITH_LEADS_OUT};
    uint32_t n_relations = kith_stated_words(kith_net_stated(table->net, tie.a, tie.b), relations);
    if (n_relations == 0 && tie.evidence >> KITH_EVIDENCE_STATED_RELATION & 1)
        relations[n_relations++] = kith_evidence_name(KITH_EVIDENCE_STATED_RELATION);
    put_key(row, table->net, tie.a);
    put_key(row, table->net, tie.b);
    kith_row_number(row, kith_strength_of_cost(tie.cost));
    kith_row_day(row, kith_export_tie_day(table->net, &tie, table->as_of));
    kith_row_list(row, evidence, n_evidence);
    kith_row_list(row, relations, n_relations);
    kith_row_text(row, tie.leads == 0 ? "" : tie.leads == KITH_LEADS_OUT ? "yes" : "both");
    kith_row_nothing(row);
}

kith_code kith_export_ties(const kith_net *net, kith_outfile *file, kith_err *err)
{
    static const kith_column columns[] = {{.name = "source"},
                                          {.name = "target"},
                                          {.name = "strength", .kind = KITH_COLUMN_NUMBER},
                                          {.name = "date", .kind = KITH_COLUMN_DATE},
                                          {.name = "evidence", .kind = KITH_COLUMN_LIST},
                                          {.name = "relation", .kind = KITH_COLUMN_LIST},
                                          {.name = "directed"},
                                          {.name = "kith"}};
    kith_net_summary summary;
    tie_place at = {0, 0};

    kith_net_summarise(net, &summary);
    ties_table ties = {net, summary.as_of, &at};
    return kith_csv_write(&(kith_table){.columns = columns,
                                        .n_columns = sizeof columns / sizeof *columns,
                                        .n_rows = summary.ties,
                                        .make = make_tie,
                                        .ctx = &ties},
                          file, err);
}

/** A count of which 0 means that it is not known. */
static void put_known(kith_row *row, uint32_t count)
{
    if (count > 0)
        kith_row_count(row, count);
    else
        kith_row_nothing(row);
}

static void make_mentorship(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_net *net = ctx;
    kith_mentorship mentorship = {.programme = "", .cohort = ""};

    (void)kith_net_mentorship(net, (uint32_t)i, &mentorship);
    put_key(row, net, mentorship.mentor);
    put_key(row, net, mentorship.mentee);
    kith_row_day(row, mentorship.start);
    kith_row_day(row, mentorship.end);
    kith_row_day(row, mentorship.requested);
    kith_row_text(row, mentorship.programme);
    kith_row_text(row, mentorship.cohort);
    kith_row_text(row, kith_mentorship_status_name(mentorship.status));
    if (mentorship.meetings == UINT32_MAX)
        kith_row_nothing(row);
    else
        kith_row_count(row, mentorship.meetings);
    kith_row_day(row, mentorship.last_meeting);
    put_known(row, mentorship.agreed_gap_days);
    put_known(row, mentorship.gaps.count);
    put_known(row, mentorship.gaps.median_days);
    kith_row_number(row, mentorship.gaps.count > 0 ? mentorship.gaps.regularity : NAN);
    kith_row_nothing(row);
}

static kith_code write_mentorships(const kith_net *net, uint32_t n, kith_outfile *file, kith_err *err)
{
    static const kith_column columns[] = {{.name = "mentor"},
                                          {.name = "mentee"},
                                          {.name = "start", .kind = KITH_COLUMN_DATE},
                                          {.name = "end", .kind = KITH_COLUMN_DATE},
                                          {.name = "requested", .kind = KITH_COLUMN_DATE},
                                          {.name = "programme"},
                                          {.name = "cohort"},
                                          {.name = "status"},
                                          {.name = "meetings", .kind = KITH_COLUMN_COUNT},
                                          {.name = "last_meeting", .kind = KITH_COLUMN_DATE},
                                          {.name = "agreed_gap_days", .kind = KITH_COLUMN_COUNT},
                                          {.name = "gaps", .kind = KITH_COLUMN_COUNT},
                                          {.name = "median_gap_days", .kind = KITH_COLUMN_COUNT},
                                          {.name = "regularity", .kind = KITH_COLUMN_NUMBER},
                                          {.name = "kith"}};

    return kith_csv_write(&(kith_table){.columns = columns,
                                        .n_columns = sizeof columns / sizeof *columns,
                                        .n_rows = n,
                                        .make = make_mentorship,
                                        .ctx = net},
                          file, err);
}

typedef enum table_name { PEOPLE, TIES, MENTORSHIPS } table_name;

static kith_code write_table(const kith_net *net, table_name name, bool with_contacts, kith_outfile *file,
                             kith_err *err)
{
    kith_net_summary summary;

    kith_net_summarise(net, &summary);
    if (name == PEOPLE)
        return write_people(net, summary.people, with_contacts, file, err);
    return name == TIES ? kith_export_ties(net, file, err)
                        : write_mentorships(net, summary.mentorships, file, err);
}

kith_code kith_export_tables(const kith_net *net, const char *folder, bool with_contacts, kith_err *err)
{
    static const char *const names[] = {
        [PEOPLE] = "people.csv", [TIES] = "ties.csv", [MENTORSHIPS] = "mentorships.csv"};
    kith_code rc = kith_make_folder(folder, err);

    for (table_name name = PEOPLE; !rc && name <= MENTORSHIPS; name++) {
        kith_dynbuf path = {0};
        kith_outfile *file = NULL;

        kith_dynbuf_printf(&path, "%s/%s", folder, names[name]);
        if (!(rc = kith_dynbuf_check(&path, "a path", err)) &&
            !(rc = kith_outfile_open(path.data, &file, err)))
            rc = write_table(net, name, with_contacts, file, err);
        if (!rc)
            rc = kith_net_status(net, err);
        if (rc)
            kith_outfile_abandon(file);
        else
            rc = kith_outfile_commit(file, err);
        kith_dynbuf_free(&path);
    }
    return rc;
}

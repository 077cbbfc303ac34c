/* Questions as they were worded, turned into people: from a command line, or row by row from a file. */
#include <kith/queries.h>

#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/intern.h"
#include "base/mapfile.h"
#include "base/mem.h"
#include "graph/route_labels.h"
#include "ingest/csv_rows.h"

/** Columns of a file of questions; the first two are needed. */
enum { FROM, TO, MAX_HOPS, TOP, N_COLUMNS, N_NEEDED = MAX_HOPS };

static const char *const column_names[N_COLUMNS] = {"from", "to", "max_hops", "top"};

typedef struct maker {
    const kith_net *net;
    const kith_query_words *words;
    kith_queries *queries;
    kith_intern *sought; /**< their wordings: numbered as the groups are */
    char *last_from;     /**< wording of the last asker of a file, since rows often share it */
    kith_ids askers;     /**< whom it fits */
    bool has_header;
    size_t at[N_COLUMNS]; /**< SIZE_MAX where the file has no such column */
} maker;

/** The number of the group of that wording, looked up when first met. */
static kith_code find_group(maker *job, const char *who, uint32_t *group, kith_err *err)
{
    kith_queries *q = job->queries;
    kith_ids people = {0};

    *group = kith_intern_find(job->sought, who, strlen(who));
    if (*group != UINT32_MAX)
        return KITH_OK;
    kith_code rc = kith_who_many(job->net, who, &people, err);
    if (!rc)
        rc = kith_intern_add(job->sought, who, strlen(who), group, err);
    char *word = rc ? NULL : kith_strdup(who);
    if (!rc &&
        (!word ||
         !kith_grow((void **)&q->words, &q->words_capacity, (size_t)q->n_sought + 1, sizeof *q->words) ||
         !kith_grow((void **)&q->sought, &q->sought_capacity, (size_t)q->n_sought + 1, sizeof *q->sought)))
        rc = kith_fail_memory(err, "questions");
    if (rc) {
        kith_free(word);
        kith_ids_free(&people);
        return rc;
    }
    q->words[q->n_sought] = word;
    q->sought[q->n_sought++] = people;
    return KITH_OK;
}

static kith_code add_query(maker *job, kith_query query, kith_err *err)
{
    kith_queries *q = job->queries;

    if (!kith_grow((void **)&q->list, &q->list_capacity, q->count + 1, sizeof *q->list))
        return kith_fail_memory(err, "questions");
    q->list[q->count++] = query;
    return KITH_OK;
}

/** Every asker, in the order they were named, asks for every group. */
static kith_code cross(maker *job, kith_err *err)
{
    const kith_query_words *w = job->words;
    kith_ids known = {0};
    kith_code rc = KITH_OK;

    for (uint32_t f = 0; f < w->n_from && !rc; f++) {
        kith_ids askers = {0};
        rc = kith_who_many(job->net, w->from[f], &askers, err);
        for (uint32_t a = 0; a < askers.count && !rc; a++) {
            if (kith_ids_have(known.ids, known.count, askers.ids[a]))
                continue;
            for (uint32_t t = 0; t < w->n_to && !rc; t++) {
                kith_query query = {askers.ids[a], 0, w->max_hops, w->top};
                rc = find_group(job, w->to[t], &query.sought, err);
                if (!rc)
                    rc = add_query(job, query, err);
            }
        }
        if (!rc)
            rc = kith_ids_add(&known, &askers, err);
        kith_ids_free(&askers);
    }
    kith_ids_free(&known);
    return rc;
}

static kith_code read_header(maker *job, const kith_csv_row *row, kith_err *err)
{
    for (int column = 0; column < N_COLUMNS; column++) {
        size_t at = 0;
        while (at < row->n && strcasecmp(row->fields[at], column_names[column]) != 0)
            at++;
        if (at == row->n && column < N_NEEDED)
            return kith_fail_at(err, KITH_EDATA, job->words->path, row->line, "has no column \"%s\"",
                                column_names[column]);
        job->at[column] = at < row->n ? at : SIZE_MAX;
    }
    job->has_header = true;
    return KITH_OK;
}

/** The number in a cell; an empty one leaves `*number` as it is. */
static kith_code read_number(const maker *job, uint64_t line, int column, const char *cell, uint32_t *number,
                             kith_err *err)
{
    uint64_t value = 0;
    size_t digits = strspn(cell, "0123456789");

    for (size_t i = 0; i < digits && value <= UINT32_MAX; i++)
        value = 10 * value + (uint64_t)(cell[i] - '0');
    if (cell[digits] != '\0' || value > UINT32_MAX)
        return kith_fail_at(err, KITH_EDATA, job->words->path, line, "%s is a whole number, not \"%.40s\"",
                            column_names[column], cell);
    if (digits > 0)
        *number = (uint32_t)value;
    return KITH_OK;
}

/** What went wrong with a WHO of a row, with the place it stands. */
static kith_code fail_in_row(const maker *job, uint64_t line, kith_code rc, const kith_err *cause,
                             kith_err *err)
{
    if (rc == KITH_EUSAGE || rc == KITH_NOT_FOUND)
        return kith_fail_at(err, KITH_EDATA, job->words->path, line, "%s", cause->message);
    return cause->file[0] ? kith_fail_at(err, rc, cause->file, cause->line, "%s", cause->message)
                          : kith_fail(err, rc, "%s", cause->message);
}

/** Whom the `from` of a row fits; the row before it often said the same. */
static kith_code find_askers(maker *job, const char *who, kith_err *err)
{
    if (job->last_from && !strcmp(job->last_from, who))
        return KITH_OK;
    kith_ids_free(&job->askers);
    kith_free(job->last_from);
    job->last_from = NULL;
    kith_code rc = kith_who_many(job->net, who, &job->askers, err);
    if (!rc && job->askers.count == 0)
        rc = kith_fail(err, KITH_NOT_FOUND, "nobody fits \"%.200s\"", who);
    if (!rc && !(job->last_from = kith_strdup(who)))
        rc = kith_fail_memory(err, "questions");
    return rc;
}

static kith_code take_row(void *ctx, const kith_csv_row *row, bool *stop, kith_err *err)
{
    maker *job = ctx;
    const char *cells[N_COLUMNS];
    kith_query query = {0, 0, job->words->max_hops, job->words->top};
    kith_err cause = KITH_ERR_NONE;

    *stop = false;
    if (row->problem)
        return kith_fail_at(err, KITH_EDATA, job->words->path, row->line, "%s", row->problem);
    if (!job->has_header)
        return read_header(job, row, err);
    for (int column = 0; column < N_COLUMNS; column++)
        cells[column] = job->at[column] < row->n ? row->fields[job->at[column]] : "";
    for (int column = 0; column < N_NEEDED; column++)
        if (!*cells[column])
            return kith_fail_at(err, KITH_EDATA, job->words->path, row->line,
                                "says nothing in the column \"%s\"", column_names[column]);
    kith_code rc = read_number(job, row->line, MAX_HOPS, cells[MAX_HOPS], &query.max_hops, err);
    if (!rc)
        rc = read_number(job, row->line, TOP, cells[TOP], &query.top, err);
    if (rc)
        return rc;
    rc = find_askers(job, cells[FROM], &cause);
    if (!rc)
        rc = find_group(job, cells[TO], &query.sought, &cause);
    if (rc)
        return fail_in_row(job, row->line, rc, &cause, err);
    for (uint32_t a = 0; a < job->askers.count && !rc; a++) {
        query.from = job->askers.ids[a];
        rc = add_query(job, query, err);
    }
    return rc;
}

static kith_code read_file(maker *job, kith_err *err)
{
    kith_mapfile file = {0};
    kith_csv *csv = NULL;
    kith_code rc = kith_mapfile_open(job->words->path, &file, err);

    if (rc)
        return rc;
    rc = kith_csv_open(',', NULL, &csv, err);
    if (!rc)
        rc = kith_csv_feed(csv, (const char *)file.bytes, file.length, true, take_row, job, err);
    if (!rc && job->queries->count == 0)
        rc = kith_fail_at(err, KITH_EDATA, job->words->path, 0, "holds no questions");
    kith_csv_close(csv);
    kith_mapfile_close(&file);
    return rc;
}

kith_code kith_queries_make(const kith_net *net, const kith_query_words *words, kith_queries *queries,
                            kith_err *err)
{
    maker job = {.net = net, .words = words, .queries = queries};

    *queries = (kith_queries){0};
    kith_code rc = kith_intern_new(words->n_to, &job.sought, err);
    if (!rc)
        rc = words->path ? read_file(&job, err) : cross(&job, err);
    if (!rc && queries->count == 0)
        rc = kith_fail(err, KITH_NOT_FOUND, "nobody asks for anybody");
    kith_intern_free(job.sought);
    kith_ids_free(&job.askers);
    kith_free(job.last_from);
    if (rc)
        kith_queries_free(queries);
    return rc;
}

void kith_queries_free(kith_queries *queries)
{
    for (uint32_t i = 0; i < queries->n_sought; i++) {
        kith_ids_free(&queries->sought[i]);
        kith_free((void *)queries->words[i]);
    }
    kith_free(queries->list);
    kith_free(queries->sought);
    kith_free(queries->words);
    *queries = (kith_queries){0};
}

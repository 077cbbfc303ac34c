/* Decisions on pairs of records, as a person filled them in. */
#include <string.h>
#include <strings.h>

#include "base/mapfile.h"
#include "base/mem.h"
#include "ingest/csv_rows.h"
#include "run/merging.h"

/** Columns that are needed. */
enum { DECISION, KEY_A, KEY_B, N_COLUMNS };

static const char *const column_names[N_COLUMNS] = {"decision", "key_a", "key_b"};

typedef struct reader {
    const char *path;
    kith_arena *arena;
    bool has_header;
    size_t at[N_COLUMNS];
    kith_decision *decisions; /**< moved to the arena at the end */
    size_t n, capacity;
} reader;

static kith_code read_header(reader *job, const kith_csv_row *row, kith_err *err)
{
    for (int column = 0; column < N_COLUMNS; column++) {
        size_t at = 0;
        while (at < row->n && strcasecmp(row->fields[at], column_names[column]) != 0)
            at++;
        if (at == row->n)
            return kith_fail_at(err, KITH_EDATA, job->path, row->line, "has no column \"%s\"",
                                column_names[column]);
        job->at[column] = at;
    }
    job->has_header = true;
    return KITH_OK;
}

/** The cell without the apostrophe that keeps spreadsheets from computing it, copied. */
static const char *keep_key(reader *job, const char *cell)
{
    cell += *cell == '\'' && cell[1] && strchr("'=+-@", cell[1]);
    return kith_arena_copy(job->arena, cell, strlen(cell));
}

static kith_code take_row(void *ctx, const kith_csv_row *row, bool *stop, kith_err *err)
{
    reader *job = ctx;
    const char *cells[N_COLUMNS];

    *stop = false;
    if (row->problem)
        return kith_fail_at(err, KITH_EDATA, job->path, row->line, "%s", row->problem);
    if (!job->has_header)
        return read_header(job, row, err);
    for (int column = 0; column < N_COLUMNS; column++)
        cells[column] = job->at[column] < row->n ? row->fields[job->at[column]] : "";
    if (!*cells[DECISION])
        return KITH_OK;
    bool same = strcasecmp(cells[DECISION], "same") == 0;
    if (!same && strcasecmp(cells[DECISION], "different") != 0)
        return kith_fail_at(err, KITH_EDATA, job->path, row->line,
                            "a decision is \"same\" or \"different\", not \"%.40s\"", cells[DECISION]);
    if (!*cells[KEY_A] || !*cells[KEY_B])
        return kith_fail_at(err, KITH_EDATA, job->path, row->line, "a decision needs two keys");
    if (!kith_grow((void **)&job->decisions, &job->capacity, job->n + 1, sizeof *job->decisions))
        return kith_fail_memory(err, "decisions");
    kith_decision *decision = &job->decisions[job->n++];
    *decision = (kith_decision){keep_key(job, cells[KEY_A]), keep_key(job, cells[KEY_B]), same, row->line};
    return decision->a && decision->b ? KITH_OK : kith_fail_memory(err, "decisions");
}

static kith_code read_decisions(const char *path, kith_arena *arena, kith_merge_opts *merge, kith_err *err)
{
    reader job = {.path = path, .arena = arena};
    kith_mapfile file = {0};
    kith_csv *csv = NULL;
    kith_decision *kept;
    kith_code rc = kith_mapfile_open(path, &file, err);

    if (rc != KITH_OK)
        return rc;
    rc = kith_csv_open(',', NULL, &csv, err);
    if (rc == KITH_OK)
        rc = kith_csv_feed(csv, (const char *)file.bytes, file.length, true, take_row, &job, err);
    if (rc == KITH_OK && !job.has_header)
        rc = kith_fail_at(err, KITH_EDATA, path, 0, "holds no table of decisions");
    if (rc == KITH_OK && !(kept = kith_arena_alloc(arena, job.n * sizeof *kept)))
        rc = kith_fail_memory(err, "decisions");
    if (rc == KITH_OK && job.n)
        memcpy(kept, job.decisions, job.n * sizeof *kept);
    if (rc == KITH_OK) {
        merge->decisions = kept;
        merge->n_decisions = job.n;
        merge->decisions_name = path;
    }
    kith_csv_close(csv);
    kith_mapfile_close(&file);
    kith_free(job.decisions);
    return rc;
}

kith_code kith_merging_of(const kith_build_opts *opts, kith_arena *arena, kith_merge_opts *merge,
                          kith_err *err)
{
    *merge = (kith_merge_opts){.mode = opts->merge,
                               .region = opts->region,
                               .progress = opts->progress,
                               .all_doubts = opts->review != NULL,
                               .notice = opts->notice,
                               .notice_ctx = opts->notice_ctx};
    if (opts->region && !kith_region_known(opts->region))
        return kith_fail(err, KITH_EUSAGE, "a region is a country like NL or US, not \"%s\"", opts->region);
    return opts->decisions ? read_decisions(opts->decisions, arena, merge, err) : KITH_OK;
}

#include "recording_sink.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "ingest/reading.h"

static char *copy(recording *rec, const char *text)
{
    return kith_arena_copy(&rec->arena, text, strlen(text));
}

static bool grow(void *array, size_t *capacity, size_t n, size_t size)
{
    return kith_grow(array, capacity, n + 1, size);
}

static kith_code no_memory(kith_err *err)
{
    return kith_fail_memory(err, "a recording");
}

static kith_code on_space(void *ctx, const char *name, uint32_t *space, kith_err *err)
{
    recording *rec = ctx;

    if (!grow(&rec->spaces, &rec->space_capacity, rec->n_spaces, sizeof *rec->spaces) ||
        !(rec->spaces[rec->n_spaces] = copy(rec, name)))
        return no_memory(err);
    *space = (uint32_t)rec->n_spaces++;
    return KITH_OK;
}

static kith_code on_source_begin(void *ctx, const kith_source_begin *begin, uint32_t *source, kith_err *err)
{
    recording *rec = ctx;
    recorded_source fresh = {.name = copy(rec, begin->name), .format = copy(rec, begin->format)};

    if (!fresh.name || !fresh.format ||
        !grow(&rec->sources, &rec->source_capacity, rec->n_sources, sizeof fresh))
        return no_memory(err);
    *source = (uint32_t)rec->n_sources;
    rec->sources[rec->n_sources++] = fresh;
    return KITH_OK;
}

static kith_code on_source_end(void *ctx, uint32_t source, const kith_source_end *end, kith_err *err)
{
    recording *rec = ctx;

    cr_assert_lt(source, rec->n_sources);
    cr_assert_not(rec->sources[source].ended, "%s ended twice", rec->sources[source].name);
    cr_assert_eq(end->rows, end->used + end->skipped + end->rejected, "%s", rec->sources[source].name);
    cr_assert(end->owner == UINT32_MAX || end->owner < rec->n_mentions);
    rec->sources[source].end = *end;
    if (end->columns && !(rec->sources[source].end.columns = copy(rec, end->columns)))
        return no_memory(err);
    rec->sources[source].ended = true;
    return KITH_OK;
}

static kith_code on_mention(void *ctx, const kith_mention *mention, uint32_t *handle, kith_err *err)
{
    recording *rec = ctx;
    kith_mention kept = *mention;
    kith_attr *attrs = kith_arena_alloc(&rec->arena, (mention->n_attrs + 1) * sizeof *attrs);

    cr_assert_lt(mention->source, rec->n_sources);
    cr_assert_gt(mention->line, 0);
    cr_assert_eq(mention->id != NULL, mention->space != KITH_NO_SPACE);
    if (!attrs || (mention->id && !(kept.id = copy(rec, mention->id))))
        return no_memory(err);
    for (size_t i = 0; i < mention->n_attrs; i++) {
        cr_assert_neq(mention->attrs[i].value[0], '\0');
        attrs[i] = (kith_attr){mention->attrs[i].field, copy(rec, mention->attrs[i].value)};
        if (!attrs[i].value)
            return no_memory(err);
    }
    kept.attrs = attrs;
    if (!grow(&rec->mentions, &rec->mention_capacity, rec->n_mentions, sizeof kept))
        return no_memory(err);
    *handle = (uint32_t)rec->n_mentions;
    rec->mentions[rec->n_mentions++] = kept;
    return KITH_OK;
}

static kith_code on_relation(void *ctx, const kith_relation *relation, kith_err *err)
{
    recording *rec = ctx;

    cr_assert_lt(relation->a, rec->n_mentions);
    cr_assert_lt(relation->b, rec->n_mentions);
    if (!grow(&rec->relations, &rec->relation_capacity, rec->n_relations, sizeof *relation))
        return no_memory(err);
    rec->relations[rec->n_relations++] = *relation;
    return KITH_OK;
}

/** Which lines they stand on is not told. */
static kith_code on_ties(void *ctx, uint32_t source, const uint32_t *ends, size_t n, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t i = 0; rc == KITH_OK && i < n; i++) {
        kith_relation tie = kith_plain_relation(KITH_EVIDENCE_STATED_TIE, ends[2 * i], ends[2 * i + 1], 0);
        tie.source = source;
        rc = on_relation(ctx, &tie, err);
    }
    return rc;
}

static kith_code on_pairing(void *ctx, const kith_pairing *pairing, kith_err *err)
{
    recording *rec = ctx;
    kith_pairing kept = *pairing;

    cr_assert_lt(pairing->mentor, rec->n_mentions);
    cr_assert_lt(pairing->mentee, rec->n_mentions);
    kept.programme = copy(rec, pairing->programme);
    kept.cohort = copy(rec, pairing->cohort);
    if (!kept.programme || !kept.cohort ||
        !grow(&rec->pairings, &rec->pairing_capacity, rec->n_pairings, sizeof kept))
        return no_memory(err);
    rec->pairings[rec->n_pairings++] = kept;
    return KITH_OK;
}

static kith_code on_tenure(void *ctx, const kith_tenure *tenure, kith_err *err)
{
    recording *rec = ctx;
    kith_tenure kept = *tenure;

    cr_assert_lt(tenure->mention, rec->n_mentions);
    cr_assert_lt(tenure->source, rec->n_sources);
    kept.place = copy(rec, tenure->place);
    kept.title = copy(rec, tenure->title);
    if (!kept.place || !kept.title ||
        !grow(&rec->tenures, &rec->tenure_capacity, rec->n_tenures, sizeof kept))
        return no_memory(err);
    rec->tenures[rec->n_tenures++] = kept;
    return KITH_OK;
}

static kith_code on_reject(void *ctx, uint32_t source, uint64_t line, const char *reason, const char *columns,
                           kith_err *err)
{
    recording *rec = ctx;
    recorded_reject kept = {source, line, copy(rec, reason), copy(rec, columns)};

    cr_assert_lt(source, rec->n_sources);
    if (!kept.reason || !kept.columns ||
        !grow(&rec->rejects, &rec->reject_capacity, rec->n_rejects, sizeof kept))
        return no_memory(err);
    rec->rejects[rec->n_rejects++] = kept;
    return KITH_OK;
}

static void on_notice(void *ctx, const char *text)
{
    recording *rec = ctx;

    kith_dynbuf_printf(&rec->notices, "%s\n", text);
}

kith_code record(recording *rec, const kith_build_opts *opts, kith_err *err)
{
    kith_build_opts noted = *opts;
    kith_sink sink = {.ctx = rec,
                      .space = on_space,
                      .source_begin = on_source_begin,
                      .source_end = on_source_end,
                      .mention = on_mention,
                      .relation = on_relation,
                      .ties = on_ties,
                      .pairing = on_pairing,
                      .tenure = on_tenure,
                      .reject = on_reject};

    noted.notice = on_notice;
    noted.notice_ctx = rec;
    kith_code rc = kith_ingest(&noted, &sink, &rec->tally, err);
    for (size_t i = 0; rc == KITH_OK && i < rec->n_sources; i++)
        cr_assert(rec->sources[i].ended, "%s never ended", rec->sources[i].name);
    return rc == KITH_OK ? kith_dynbuf_check(&rec->notices, "the notices", err) : rc;
}

recording record_corpus(const char *name)
{
    static const char *const dana[] = {"Dana"};
    char path[512];
    const char *input = path;
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    (void)snprintf(path, sizeof path, KITH_SOURCE_DIR "/tests/corpus/%s", name);
    kith_build_opts opts = {.inputs = &input, .n_inputs = 1, .owners = dana, .n_owners = 1};
    cr_assert_eq(record(&rec, &opts, &err), KITH_OK, "%s: %s", name, err.message);
    cr_assert_eq(rec.n_sources, 1, "%s", name);
    cr_assert_str_eq(rec.sources[0].name, name);
    return rec;
}

void recording_free(recording *rec)
{
    kith_free(rec->spaces);
    kith_free(rec->sources);
    kith_free(rec->mentions);
    kith_free(rec->relations);
    kith_free(rec->pairings);
    kith_free(rec->tenures);
    kith_free(rec->rejects);
    kith_dynbuf_free(&rec->notices);
    kith_arena_free(&rec->arena);
    *rec = (recording){0};
}

const char *value_of(const recording *rec, uint32_t mention, kith_field field, size_t nth)
{
    const kith_mention *m = &rec->mentions[mention];

    for (size_t i = 0; i < m->n_attrs; i++)
        if (m->attrs[i].field == field && nth-- == 0)
            return m->attrs[i].value;
    return "";
}

bool says(const recording *rec, uint32_t mention, kith_field field, size_t nth, const char *value)
{
    return strcmp(value_of(rec, mention, field, nth), value) == 0;
}

uint32_t named(const recording *rec, const char *name)
{
    uint32_t found = UINT32_MAX;

    for (uint32_t i = 0; i < rec->n_mentions; i++) {
        if (strcmp(value_of(rec, i, KITH_FIELD_NAME, 0), name) != 0)
            continue;
        cr_assert_eq(found, UINT32_MAX, "two mentions are named %s", name);
        found = i;
    }
    cr_assert_neq(found, UINT32_MAX, "nobody is named %s", name);
    return found;
}

const recorded_source *source_named(const recording *rec, const char *name)
{
    const recorded_source *found = NULL;

    for (size_t i = 0; i < rec->n_sources; i++) {
        if (strcmp(rec->sources[i].name, name) != 0)
            continue;
        cr_assert_null(found, "two sources are named %s", name);
        found = &rec->sources[i];
    }
    cr_assert_not_null(found, "no source is named %s", name);
    return found;
}

void expect_rows(const recording *rec, const file_rows *expected)
{
    const kith_source_end *end = &rec->sources[0].end;

    cr_expect_str_eq(rec->sources[0].format, expected->format, "%s", expected->name);
    cr_expect(end->used == expected->used && end->skipped == expected->skipped &&
                  end->rejected == expected->rejected,
              "%s: used %lu, skipped %lu, rejected %lu", expected->name, (unsigned long)end->used,
              (unsigned long)end->skipped, (unsigned long)end->rejected);
    cr_expect_eq(rec->n_rejects, expected->rejected, "%s", expected->name);
}

size_t of_kind(const recording *rec, kith_evidence kind)
{
    size_t n = 0;

    for (size_t i = 0; i < rec->n_relations; i++)
        n += rec->relations[i].kind == kind;
    return n;
}

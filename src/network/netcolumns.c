/* Everything of a network but its ties, in columns; strings are numbered in byte order. */
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/text_order.h"
#include "base/ticker.h"
#include "network/assemble.h"

/** While columns are filled a string has any number of its own; at the end all are renumbered. The keys of
 * people are unique, so they come first, as people do; other texts follow, by first sight of where they
 * stand: most stand in one place, and what stands in several is told when all are sorted. */
typedef struct columns {
    const kith_people *people;
    const kith_progress *progress;
    kith_arena *arena;
    kith_intern *texts; /**< addresses of texts, but of keys as such */
    uint32_t *person_key;
    uint32_t *attr_value;
    uint32_t *alias_text;
    kith_tenure_row *tenures;
    kith_mentorship_row *mentorships;
    kith_source_row *sources;
    kith_reject_row *rejects;
    kith_merge_row *merges;
    kith_doubt_row *doubts;
    kith_parameter_row *parameters;
    uint32_t n_parameters;
} columns;

static kith_code out_of_memory(kith_err *err)
{
    return kith_fail_memory(err, "the columns of the network");
}

static kith_code number_text(columns *job, const char *text, uint32_t *number, kith_err *err)
{
    const uint32_t n = job->people->n;

    if (kith_intern_count(job->texts) >= UINT32_MAX - n)
        return out_of_memory(err);
    kith_code rc = kith_intern_add(job->texts, &text, sizeof text, number, err);
    if (rc == KITH_OK)
        *number += n;
    return rc;
}

/** Numbers what a person is called or known by; most often that is their key. */
static kith_code number_own(columns *job, uint32_t person, const char *text, uint32_t *number, kith_err *err)
{
    if (text != job->people->key[person])
        return number_text(job, text, number, err);
    *number = person;
    return KITH_OK;
}

static kith_code fill_people(columns *job, kith_netdata *data, kith_err *err)
{
    const kith_people *people = job->people;
    const uint64_t n_attrs = people->attr_offset[people->n];
    uint64_t *offset = kith_arena_alloc(job->arena, ((size_t)people->n + 1) * sizeof *offset);
    uint8_t *flags = kith_arena_alloc(job->arena, people->n);
    uint8_t *field = kith_arena_alloc(job->arena, n_attrs);
    kith_code rc = KITH_OK;

    job->person_key = kith_arena_alloc(job->arena, people->n * sizeof *job->person_key);
    job->attr_value = kith_arena_alloc(job->arena, n_attrs * sizeof *job->attr_value);
    if (!flags || !offset || !field || !job->person_key || !job->attr_value)
        return out_of_memory(err);
    for (uint32_t i = 0; rc == KITH_OK && i < people->n; i++) {
        rc = kith_tick_step(job->progress, "listing people", i, people->n, err);
        flags[i] = (uint8_t)((people->owner[i] ? KITH_PERSON_OWNER : 0) |
                             (people->do_not_introduce[i] ? KITH_PERSON_DO_NOT_INTRODUCE : 0));
        job->person_key[i] = i;
        for (uint64_t k = people->attr_offset[i]; rc == KITH_OK && k < people->attr_offset[i + 1]; k++) {
            field[k] = (uint8_t)people->attrs[k].field;
            rc = number_own(job, i, people->attrs[k].value, &job->attr_value[k], err);
        }
    }
    memcpy(offset, people->attr_offset, ((size_t)people->n + 1) * sizeof *offset);
    data->n = people->n;
    data->person_flags = flags;
    data->attr_offset = offset;
    data->attr_field = field;
    data->person_key = job->person_key;
    data->attr_value = job->attr_value;
    return rc;
}

static kith_code fill_aliases(columns *job, kith_netdata *data, kith_err *err)
{
    const kith_people *people = job->people;
    uint32_t *person = kith_arena_alloc(job->arena, people->n_aliases * sizeof *person);
    kith_code rc = KITH_OK;

    job->alias_text = kith_arena_alloc(job->arena, people->n_aliases * sizeof *job->alias_text);
    if (!person || !job->alias_text)
        return out_of_memory(err);
    for (size_t i = 0; rc == KITH_OK && i < people->n_aliases; i++) {
        person[i] = people->aliases[i].person;
        rc = number_own(job, person[i], people->aliases[i].text, &job->alias_text[i], err);
    }
    data->n_aliases = people->n_aliases;
    data->alias_text = job->alias_text;
    data->alias_person = person;
    return rc;
}

static kith_code fill_tenures(columns *job, kith_netdata *data, kith_err *err)
{
    const kith_people *people = job->people;
    uint64_t *offset = kith_arena_alloc(job->arena, ((size_t)people->n + 1) * sizeof *offset);
    uint32_t person = 0;
    kith_code rc = KITH_OK;

    job->tenures = kith_arena_alloc(job->arena, people->n_tenures * sizeof *job->tenures);
    if (!offset || !job->tenures)
        return out_of_memory(err);
    for (size_t i = 0; rc == KITH_OK && i < people->n_tenures; i++) {
        const kith_tenure *from = &people->tenures[i];
        kith_tenure_row *row = &job->tenures[i];
        while (person <= from->mention)
            offset[person++] = i;
        *row = (kith_tenure_row){
            .kind = from->kind, .start = from->start, .end = from->end, .current = from->current};
        rc = number_text(job, from->place, &row->place, err);
        if (rc == KITH_OK)
            rc = number_text(job, from->title, &row->title, err);
    }
    while (person <= people->n)
        offset[person++] = people->n_tenures;
    data->tenure_offset = offset;
    data->tenures = job->tenures;
    return rc;
}

static kith_code fill_mentorships(columns *job, kith_netdata *data, kith_err *err)
{
    const kith_people *people = job->people;
    kith_code rc = KITH_OK;

    if (people->n_pairings > UINT32_MAX)
        return out_of_memory(err);
    job->mentorships = kith_arena_alloc(job->arena, people->n_pairings * sizeof *job->mentorships);
    if (!job->mentorships)
        return out_of_memory(err);
    for (size_t i = 0; rc == KITH_OK && i < people->n_pairings; i++) {
        const kith_pairing *from = &people->pairings[i];
        kith_mentorship_row *row = &job->mentorships[i];
        *row = (kith_mentorship_row){.mentor = from->mentor,
                                     .mentee = from->mentee,
                                     .start = from->start,
                                     .end = from->end,
                                     .last_meeting = from->last_meeting,
                                     .requested = from->requested,
                                     .status = from->status,
                                     .meetings = from->meetings,
                                     .agreed_gap_days = from->agreed_gap_days,
                                     .gaps = from->gaps.count,
                                     .median_gap_days = from->gaps.median_days,
                                     .regularity = (float)from->gaps.regularity};
        rc = number_text(job, from->programme, &row->programme, err);
        if (rc == KITH_OK)
            rc = number_text(job, from->cohort, &row->cohort, err);
    }
    data->n_mentorships = (uint32_t)people->n_pairings;
    data->mentorships = job->mentorships;
    return rc;
}

static kith_code fill_sources(columns *job, kith_netdata *data, kith_err *err)
{
    const kith_people *people = job->people;
    kith_code rc = KITH_OK;

    job->sources = kith_arena_alloc(job->arena, people->n_sources * sizeof *job->sources);
    if (!job->sources)
        return out_of_memory(err);
    for (uint32_t i = 0; rc == KITH_OK && i < people->n_sources; i++) {
        const kith_people_source *from = &people->sources[i];
        kith_source_row *row = &job->sources[i];
        *row = (kith_source_row){.checksum = {from->end.checksum[0], from->end.checksum[1]},
                                 .bytes = from->end.bytes,
                                 .rows = from->end.rows,
                                 .used = from->end.used,
                                 .skipped = from->end.skipped,
                                 .rejected = from->end.rejected,
                                 .owner = from->owner};
        rc = number_text(job, from->name, &row->name, err);
        if (rc == KITH_OK)
            rc = number_text(job, from->format, &row->format, err);
        if (rc == KITH_OK)
            rc = number_text(job, from->end.columns ? from->end.columns : "", &row->columns, err);
    }
    data->n_sources = people->n_sources;
    data->sources = job->sources;
    return rc;
}

static kith_code fill_rejects(columns *job, kith_netdata *data, kith_err *err)
{
    const kith_people *people = job->people;
    kith_code rc = KITH_OK;

    job->rejects = kith_arena_alloc(job->arena, people->n_rejects * sizeof *job->rejects);
    if (!job->rejects)
        return out_of_memory(err);
    for (size_t i = 0; rc == KITH_OK && i < people->n_rejects; i++) {
        const kith_people_reject *from = &people->rejects[i];
        kith_reject_row *row = &job->rejects[i];
        *row = (kith_reject_row){.line = from->line, .source = from->source};
        rc = number_text(job, from->reason, &row->reason, err);
        if (rc == KITH_OK)
            rc = number_text(job, from->columns, &row->columns, err);
    }
    data->n_rejects = people->n_rejects;
    data->rejects = job->rejects;
    return rc;
}

static kith_code fill_merges(columns *job, kith_netdata *data, kith_err *err)
{
    const kith_people *people = job->people;
    kith_code rc = KITH_OK;

    if (people->n_merges > UINT32_MAX)
        return out_of_memory(err);
    job->merges = kith_arena_alloc(job->arena, people->n_merges * sizeof *job->merges);
    if (!job->merges)
        return out_of_memory(err);
    for (size_t i = 0; rc == KITH_OK && i < people->n_merges; i++) {
        const kith_people_merge *from = &people->merges[i];
        kith_merge_row *row = &job->merges[i];
        *row = (kith_merge_row){.line = from->line,
                                .probability = from->probability,
                                .person = from->person,
                                .source = from->source};
        rc = number_text(job, from->evidence, &row->evidence, err);
        if (rc == KITH_OK)
            rc = number_text(job, from->name, &row->name, err);
    }
    data->n_merges = (uint32_t)people->n_merges;
    data->merges = job->merges;
    return rc;
}

static kith_code fill_doubts(columns *job, kith_netdata *data, kith_err *err)
{
    const kith_people *people = job->people;
    const size_t n = people->n_doubts < KITH_PEOPLE_DOUBTS ? people->n_doubts : KITH_PEOPLE_DOUBTS;
    kith_code rc = KITH_OK;

    job->doubts = kith_arena_alloc(job->arena, n * sizeof *job->doubts);
    if (!job->doubts)
        return out_of_memory(err);
    for (size_t i = 0; rc == KITH_OK && i < n; i++) {
        const kith_people_doubt *from = &people->doubts[i];
        kith_doubt_row *row = &job->doubts[i];
        *row =
            (kith_doubt_row){.probability = from->probability, .person = {from->person[0], from->person[1]}};
        rc = number_text(job, from->evidence, &row->evidence, err);
        for (int side = 0; rc == KITH_OK && side < 2; side++)
            rc = number_text(job, from->key[side], &row->key[side], err);
    }
    data->n_doubts = (uint32_t)n;
    data->n_all_doubts = people->n_all_doubts < UINT32_MAX ? (uint32_t)people->n_all_doubts : UINT32_MAX;
    data->doubts = job->doubts;
    return rc;
}

static kith_code add_parameter(columns *job, const char *name, double value, kith_err *err)
{
    kith_parameter_row *row = &job->parameters[job->n_parameters++];

    *row = (kith_parameter_row){.value = value};
    return number_text(job, name, &row->name, err);
}

static kith_code fill_parameters(columns *job, const kith_coefficients *c, bool shared_contacts,
                                 bool weight_is_strength, kith_netdata *data, kith_err *err)
{
    const char *name;
    double value;
    uint32_t count = 0;

    while (kith_coefficient_at(c, count, &name, &value))
        count++;
    job->parameters = kith_arena_alloc(job->arena, ((size_t)count + 2) * sizeof *job->parameters);
    if (!job->parameters)
        return out_of_memory(err);
    kith_code rc = KITH_OK;
    for (uint32_t i = 0; rc == KITH_OK && kith_coefficient_at(c, i, &name, &value); i++)
        rc = add_parameter(job, name, value, err);
    if (rc == KITH_OK)
        rc = add_parameter(job, "shared_contacts", shared_contacts, err);
    if (rc == KITH_OK)
        rc = add_parameter(job, "weight_is_strength", weight_is_strength, err);
    data->n_parameters = job->n_parameters;
    data->parameters = job->parameters;
    return rc;
}

/** All texts in order, of which some may be the same. */
typedef struct sorting {
    const char **texts; /**< [count] by number */
    size_t count;
    uint32_t *sorted; /**< [count] numbers in the order of their texts */
    uint32_t *rank;   /**< [count] by number: the string it becomes */
    uint64_t *end;    /**< [count] by place in order: bytes that it adds, then where its bytes end */
    char *bytes;
} sorting;

static const char *text_at(const sorting *s, size_t place)
{
    return s->texts[s->sorted[place]];
}

/** What follows a text that is the same adds nothing. */
static bool measure_lane(void *ctx, uint32_t lane)
{
    const sorting *s = ctx;
    const size_t end = (size_t)kith_lane_begin(s->count, lane + 1);

    for (size_t i = (size_t)kith_lane_begin(s->count, lane); i < end; i++)
        s->end[i] = i > 0 && strcmp(text_at(s, i), text_at(s, i - 1)) == 0 ? 0 : strlen(text_at(s, i)) + 1;
    return true;
}

static bool copy_lane(void *ctx, uint32_t lane)
{
    const sorting *s = ctx;
    const size_t end = (size_t)kith_lane_begin(s->count, lane + 1);

    for (size_t i = (size_t)kith_lane_begin(s->count, lane); i < end; i++) {
        const uint64_t from = i > 0 ? s->end[i - 1] : 0;
        memcpy(s->bytes + from, text_at(s, i), s->end[i] - from);
    }
    return true;
}

/** Writes all strings one after another, each once. */
static kith_code lay_strings(const columns *job, sorting *s, kith_netdata *data, kith_err *err)
{
    uint64_t *offset = kith_arena_alloc(job->arena, (s->count + 1) * sizeof *offset);
    uint64_t bytes = 0;
    uint32_t strings = 0;

    if (!offset)
        return out_of_memory(err);
    (void)kith_parallel_lanes(measure_lane, s); /* lanes that allocate nothing do not fail */
    for (size_t i = 0; i < s->count; i++) {
        if (s->end[i])
            offset[strings++] = bytes;
        s->rank[s->sorted[i]] = strings - 1;
        s->end[i] = bytes += s->end[i];
    }
    offset[strings] = bytes;
    if (!(s->bytes = kith_arena_alloc(job->arena, bytes)))
        return out_of_memory(err);
    (void)kith_parallel_lanes(copy_lane, s);
    data->n_strings = strings;
    data->string_offset = offset;
    data->string_bytes = s->bytes;
    return KITH_OK;
}

static void renumber(const uint32_t *rank, uint32_t *numbers, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++)
        numbers[i] = rank[numbers[i]];
}

static void renumber_all(columns *job, const uint32_t *rank, const kith_netdata *data)
{
    renumber(rank, job->person_key, data->n);
    renumber(rank, job->attr_value, data->attr_offset[data->n]);
    renumber(rank, job->alias_text, data->n_aliases);
    for (uint64_t i = 0; i < data->tenure_offset[data->n]; i++) {
        renumber(rank, &job->tenures[i].place, 1);
        renumber(rank, &job->tenures[i].title, 1);
    }
    for (uint32_t i = 0; i < data->n_mentorships; i++) {
        renumber(rank, &job->mentorships[i].programme, 1);
        renumber(rank, &job->mentorships[i].cohort, 1);
    }
    for (uint32_t i = 0; i < data->n_sources; i++) {
        renumber(rank, &job->sources[i].name, 1);
        renumber(rank, &job->sources[i].format, 1);
        renumber(rank, &job->sources[i].columns, 1);
    }
    for (uint64_t i = 0; i < data->n_rejects; i++) {
        renumber(rank, &job->rejects[i].reason, 1);
        renumber(rank, &job->rejects[i].columns, 1);
    }
    for (uint32_t i = 0; i < data->n_merges; i++) {
        renumber(rank, &job->merges[i].evidence, 1);
        renumber(rank, &job->merges[i].name, 1);
    }
    for (uint32_t i = 0; i < data->n_doubts; i++) {
        renumber(rank, job->doubts[i].key, 2);
        renumber(rank, &job->doubts[i].evidence, 1);
    }
    for (uint32_t i = 0; i < data->n_parameters; i++)
        renumber(rank, &job->parameters[i].name, 1);
}

static kith_code sort_strings(columns *job, kith_netdata *data, kith_err *err)
{
    const uint32_t n = job->people->n;
    sorting s = {.count = (size_t)n + kith_intern_count(job->texts)};
    kith_code rc = KITH_OK;

    s.texts = kith_alloc_array(s.count, sizeof *s.texts);
    s.sorted = kith_alloc_array(s.count, sizeof *s.sorted);
    s.rank = kith_alloc_array(s.count, sizeof *s.rank);
    s.end = kith_alloc_array(s.count, sizeof *s.end);
    if (!s.texts || !s.sorted || !s.rank || !s.end) {
        rc = out_of_memory(err);
        goto done;
    }
    for (uint32_t i = 0; i < s.count; i++)
        memcpy(&s.texts[i],
               i < n ? (const void *)&job->people->key[i] : kith_intern_get(job->texts, i - n, NULL),
               sizeof *s.texts);
    if (!kith_text_order(s.texts, s.count, s.sorted)) {
        rc = out_of_memory(err);
        goto done;
    }
    if ((rc = lay_strings(job, &s, data, err)) == KITH_OK)
        renumber_all(job, s.rank, data);
done:
    kith_free(s.texts);
    kith_free(s.sorted);
    kith_free(s.rank);
    kith_free(s.end);
    return rc;
}

kith_code kith_assemble_columns(const kith_people *people, const kith_coefficients *c, bool shared_contacts,
                                bool weight_is_strength, const kith_progress *progress, kith_arena *arena,
                                kith_netdata *data, kith_err *err)
{
    columns job = {.people = people, .progress = progress, .arena = arena};
    uint32_t empty;
    kith_code rc = kith_intern_new(0, &job.texts, err);

    if (rc == KITH_OK)
        rc = number_text(&job, "", &empty, err);
    if (rc == KITH_OK)
        rc = fill_people(&job, data, err);
    if (rc == KITH_OK)
        rc = fill_aliases(&job, data, err);
    if (rc == KITH_OK)
        rc = fill_tenures(&job, data, err);
    if (rc == KITH_OK)
        rc = fill_mentorships(&job, data, err);
    if (rc == KITH_OK)
        rc = fill_sources(&job, data, err);
    if (rc == KITH_OK)
        rc = fill_rejects(&job, data, err);
    if (rc == KITH_OK)
        rc = fill_merges(&job, data, err);
    if (rc == KITH_OK)
        rc = fill_doubts(&job, data, err);
    if (rc == KITH_OK)
        rc = fill_parameters(&job, c, shared_contacts, weight_is_strength, data, err);
    if (rc == KITH_OK)
        rc = sort_strings(&job, data, err);
    kith_intern_free(job.texts);
    return rc;
}

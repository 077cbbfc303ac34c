/* Everything of a network but its ties, in columns; strings are numbered in byte order. */
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "base/text_order.h"
#include "network/assemble.h"

/** While columns are filled a string's number is that of its first sight; at the end all are renumbered. */
typedef struct columns {
    const kith_people *people;
    kith_arena *arena;
    kith_intern *strings;
    uint32_t *person_key;
    uint32_t *attr_value;
    uint32_t *alias_text;
    kith_tenure_row *tenures;
    kith_mentorship_row *mentorships;
    kith_source_row *sources;
    kith_reject_row *rejects;
    kith_merge_row *merges;
    kith_parameter_row *parameters;
    uint32_t n_parameters;
} columns;

static kith_code out_of_memory(kith_err *err)
{
    return kith_fail_memory(err, "the columns of the network");
}

static kith_code number_text(columns *job, const char *text, uint32_t *number, kith_err *err)
{
    return kith_intern_add(job->strings, text, strlen(text), number, err);
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
        flags[i] = (uint8_t)((people->owner[i] ? KITH_PERSON_OWNER : 0) |
                             (people->do_not_introduce[i] ? KITH_PERSON_DO_NOT_INTRODUCE : 0));
        rc = number_text(job, people->key[i], &job->person_key[i], err);
    }
    for (uint64_t i = 0; rc == KITH_OK && i < n_attrs; i++) {
        field[i] = (uint8_t)people->attrs[i].field;
        rc = number_text(job, people->attrs[i].value, &job->attr_value[i], err);
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
        rc = number_text(job, people->aliases[i].text, &job->alias_text[i], err);
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
                                     .status = from->status,
                                     .meetings = from->meetings};
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

/** Writes all strings one after another. */
static kith_code lay_strings(const columns *job, const uint32_t *sorted, kith_netdata *data, kith_err *err)
{
    const size_t count = kith_intern_count(job->strings);
    uint64_t *offset = kith_arena_alloc(job->arena, (count + 1) * sizeof *offset);
    uint64_t bytes = 0;
    size_t length;

    if (!offset)
        return out_of_memory(err);
    for (size_t i = 0; i < count; i++) {
        offset[i] = bytes;
        kith_intern_get(job->strings, sorted[i], &length);
        bytes += length + 1;
    }
    offset[count] = bytes;
    char *text = kith_arena_alloc(job->arena, bytes);
    if (!text)
        return out_of_memory(err);
    for (size_t i = 0; i < count; i++)
        memcpy(text + offset[i], kith_intern_get(job->strings, sorted[i], NULL), offset[i + 1] - offset[i]);
    data->n_strings = count;
    data->string_offset = offset;
    data->string_bytes = text;
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
    for (uint32_t i = 0; i < data->n_parameters; i++)
        renumber(rank, &job->parameters[i].name, 1);
}

static kith_code sort_strings(columns *job, kith_netdata *data, kith_err *err)
{
    const size_t count = kith_intern_count(job->strings);
    const char **texts = kith_alloc_array(count, sizeof *texts);
    uint32_t *sorted = kith_alloc_array(count, sizeof *sorted);
    uint32_t *rank = kith_alloc_array(count, sizeof *rank);
    kith_code rc = texts && sorted && rank ? KITH_OK : out_of_memory(err);

    if (rc != KITH_OK)
        goto done;
    for (uint32_t i = 0; i < count; i++)
        texts[i] = kith_intern_get(job->strings, i, NULL);
    if (!kith_text_order(texts, count, sorted)) {
        rc = out_of_memory(err);
        goto done;
    }
    for (uint32_t i = 0; i < count; i++)
        rank[sorted[i]] = i;
    renumber_all(job, rank, data);
    rc = lay_strings(job, sorted, data, err);
done:
    kith_free(texts);
    kith_free(sorted);
    kith_free(rank);
    return rc;
}

kith_code kith_assemble_columns(const kith_people *people, const kith_coefficients *c, bool shared_contacts,
                                bool weight_is_strength, kith_arena *arena, kith_netdata *data, kith_err *err)
{
    columns job = {.people = people, .arena = arena};
    uint32_t empty;
    kith_code rc = kith_intern_new(people->n, &job.strings, err);

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
        rc = fill_parameters(&job, c, shared_contacts, weight_is_strength, data, err);
    if (rc == KITH_OK)
        rc = sort_strings(&job, data, err);
    kith_intern_free(job.strings);
    return rc;
}

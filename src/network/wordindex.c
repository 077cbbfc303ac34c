#include "network/wordindex.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/text.h"
#include "base/ticker.h"

/** A string as the value of a field; its words are numbered by first sight. */
typedef struct value {
    uint32_t field;
    uint32_t next; /**< one more than the value that is the same string in another field; 0: there is none */
    size_t first, count; /**< in `words` */
} value;

/** A person has a value. */
typedef struct fact {
    uint32_t person, value;
} fact;

typedef struct indexing {
    const kith_netdata *data;
    const kith_progress *progress;
    kith_intern *texts; /**< of words */
    value *values;
    size_t n_values, value_capacity;
    uint32_t *value_of; /**< [n_strings] as `next` of a value */
    bool *plain_key;    /**< [n_strings] */
    uint32_t *words;    /**< of all values */
    size_t n_words, word_capacity;
    fact *facts; /**< by person */
    size_t n_facts, fact_capacity;
    uint32_t *seen; /**< [texts] one more than the last person met with a word */
    kith_dynbuf folded, text;
} indexing;

static kith_code out_of_memory(kith_err *err)
{
    return kith_fail_memory(err, "the index of words");
}

bool kith_field_has_words(kith_field field)
{
    const uint32_t sought = 1U << KITH_FIELD_NAME | 1U << KITH_FIELD_COMPANY | 1U << KITH_FIELD_TITLE |
                            1U << KITH_FIELD_INDUSTRY | 1U << KITH_FIELD_LOCATION | 1U << KITH_FIELD_SKILL |
                            1U << KITH_FIELD_SKILL_WANTED | 1U << KITH_FIELD_COHORT | 1U << KITH_FIELD_ROLE |
                            1U << KITH_FIELD_GOAL | 1U << KITH_FIELD_LABEL;

    return (sought >> field & 1) != 0;
}

bool kith_is_plain_key(const char *key)
{
    const char *c = key;

    while ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9'))
        c++;
    return c > key && *c == '\0';
}

/** Folds a value and numbers its words. */
static kith_code add_words(indexing *job, value *v, const char *raw, kith_err *err)
{
    const char *piece;
    size_t length, at = 0;
    kith_code rc = KITH_OK;

    kith_dynbuf_clear(&job->folded);
    kith_text_fold(raw, &job->folded);
    if ((rc = kith_dynbuf_check(&job->folded, "the index of words", err)) != KITH_OK)
        return rc;
    const char *folded = kith_dynbuf_cstr(&job->folded);
    while (rc == KITH_OK && kith_text_next_piece(folded, &at, &piece, &length)) {
        kith_dynbuf_clear(&job->text);
        kith_dynbuf_put(&job->text, kith_word_field((kith_field)v->field));
        kith_dynbuf_append(&job->text, piece, length);
        if (!kith_grow((void **)&job->words, &job->word_capacity, job->n_words + 1, sizeof *job->words))
            return out_of_memory(err);
        rc = kith_dynbuf_check(&job->text, "the index of words", err);
        if (rc == KITH_OK)
            rc =
                kith_intern_add(job->texts, job->text.data, job->text.length, &job->words[job->n_words], err);
        job->n_words++;
        v->count++;
    }
    return rc;
}

/** The value that this string is in this field, its words numbered when first seen. */
static kith_code find_value(indexing *job, uint32_t field, uint32_t string, uint32_t *found, kith_err *err)
{
    uint32_t *link = &job->value_of[string];
    const kith_netdata *data = job->data;

    for (uint32_t at = *link; at != 0; at = job->values[at - 1].next)
        if (job->values[at - 1].field == field) {
            *found = at - 1;
            return KITH_OK;
        }
    if (job->n_values == UINT32_MAX ||
        !kith_grow((void **)&job->values, &job->value_capacity, job->n_values + 1, sizeof *job->values))
        return out_of_memory(err);
    *found = (uint32_t)job->n_values++;
    value *v = &job->values[*found];
    *v = (value){.field = field, .next = *link, .first = job->n_words};
    *link = *found + 1;
    return add_words(job, v, data->string_bytes + data->string_offset[string], err);
}

/** String by string, as they stand in memory: people hold them in any order. */
static bool find_plain_keys(void *ctx, uint32_t lane)
{
    const indexing *job = ctx;
    const kith_netdata *data = job->data;
    const uint64_t end = kith_lane_begin(data->n_strings, lane + 1);

    for (uint64_t i = kith_lane_begin(data->n_strings, lane); i < end; i++)
        job->plain_key[i] = kith_is_plain_key(data->string_bytes + data->string_offset[i]);
    return true;
}

/** Whether the list of keys leads to the person by this value. */
static bool is_own_key(const indexing *job, uint32_t person, uint64_t attr)
{
    const kith_netdata *data = job->data;
    uint32_t string = data->attr_value[attr];

    return data->attr_field[attr] == KITH_FIELD_NAME && string == data->person_key[person] &&
           job->plain_key[string];
}

static kith_code gather_facts(indexing *job, kith_err *err)
{
    const kith_netdata *data = job->data;
    kith_code rc = KITH_OK;

    for (uint32_t person = 0; person < data->n; person++) {
        if ((rc = kith_tick_step(job->progress, "indexing words", person, data->n, err)) != KITH_OK)
            return rc;
        for (uint64_t i = data->attr_offset[person]; i < data->attr_offset[person + 1]; i++) {
            if (!kith_field_has_words((kith_field)data->attr_field[i]) || is_own_key(job, person, i))
                continue;
            if (!kith_grow((void **)&job->facts, &job->fact_capacity, job->n_facts + 1, sizeof *job->facts))
                return out_of_memory(err);
            fact *f = &job->facts[job->n_facts++];
            f->person = person;
            rc = find_value(job, data->attr_field[i], data->attr_value[i], &f->value, err);
            if (rc != KITH_OK)
                return rc;
        }
    }
    return rc;
}

static int compare_texts(const void *left, const void *right, void *ctx)
{
    const uint32_t *a = left, *b = right;
    const kith_intern *texts = ctx;

    return strcmp(kith_intern_get(texts, *a, NULL), kith_intern_get(texts, *b, NULL));
}

/** Lays out the texts in order; `rank` tells where each came to stand. */
static kith_code lay_texts(indexing *job, uint32_t *rank, kith_wordindex *index, kith_err *err)
{
    const uint32_t n = kith_intern_count(job->texts);
    uint32_t *sorted = kith_alloc_array(n, sizeof *sorted);
    uint64_t bytes = 0;
    size_t length;

    if (!sorted)
        return out_of_memory(err);
    for (uint32_t i = 0; i < n; i++) {
        sorted[i] = i;
        (void)kith_intern_get(job->texts, i, &length);
        bytes += length + 1;
    }
    if (n > 0)
        qsort_r(sorted, n, sizeof *sorted, compare_texts, job->texts);
    if ((index->text = kith_malloc(bytes))) {
        bytes = 0;
        for (uint32_t i = 0; i < n; i++) {
            const char *text = kith_intern_get(job->texts, sorted[i], &length);
            rank[sorted[i]] = i;
            index->text_offset[i] = bytes;
            memcpy(index->text + bytes, text, length + 1);
            bytes += length + 1;
        }
        index->text_offset[n] = bytes;
    }
    kith_free(sorted);
    return index->text ? KITH_OK : out_of_memory(err);
}

/** Moves the `end` of each word's list on by the people it has, and puts them there unless `people` is NULL.
 */
static void list_people(indexing *job, const uint32_t *rank, uint64_t *end, uint32_t *people)
{
    memset(job->seen, 0, kith_intern_count(job->texts) * sizeof *job->seen);
    for (size_t i = 0; i < job->n_facts; i++) {
        const fact *f = &job->facts[i];
        const value *v = &job->values[f->value];
        for (size_t w = v->first; w < v->first + v->count; w++) {
            uint32_t word = rank[job->words[w]];
            if (job->seen[word] == f->person + 1)
                continue;
            job->seen[word] = f->person + 1;
            if (people)
                people[end[word]] = f->person;
            end[word]++;
        }
    }
}

/** Facts come by person, so each list ascends. */
static kith_code lay_people(indexing *job, const uint32_t *rank, kith_wordindex *index, kith_err *err)
{
    uint64_t *end = index->people_offset + 1;
    uint64_t total = 0;

    list_people(job, rank, end, NULL);
    for (uint64_t w = 0; w < index->n_words; w++) {
        uint64_t count = end[w];
        end[w] = total;
        total += count;
    }
    if (!(index->people = kith_alloc_array(total, sizeof *index->people)))
        return out_of_memory(err);
    list_people(job, rank, end, index->people);
    return KITH_OK;
}

kith_code kith_wordindex_make(const kith_netdata *data, const kith_progress *progress, kith_wordindex *index,
                              kith_err *err)
{
    indexing job = {.data = data, .progress = progress};
    uint32_t *rank = NULL;
    kith_code rc = kith_intern_new(0, &job.texts, err);

    *index = (kith_wordindex){0};
    if (rc != KITH_OK)
        goto done;
    job.value_of = kith_calloc(data->n_strings, sizeof *job.value_of);
    job.plain_key = kith_alloc_array(data->n_strings, sizeof *job.plain_key);
    if (!job.value_of || !job.plain_key) {
        rc = out_of_memory(err);
        goto done;
    }
    (void)kith_parallel_lanes(find_plain_keys, &job);
    if ((rc = gather_facts(&job, err)) != KITH_OK)
        goto done;
    index->n_words = kith_intern_count(job.texts);
    rank = kith_alloc_array(index->n_words, sizeof *rank);
    job.seen = kith_alloc_array(index->n_words, sizeof *job.seen);
    index->text_offset = kith_alloc_array(index->n_words + 1, sizeof *index->text_offset);
    index->people_offset = kith_calloc(index->n_words + 1, sizeof *index->people_offset);
    if (!rank || !job.seen || !index->text_offset || !index->people_offset) {
        rc = out_of_memory(err);
        goto done;
    }
    if ((rc = lay_texts(&job, rank, index, err)) == KITH_OK)
        rc = lay_people(&job, rank, index, err);
done:
    kith_intern_free(job.texts);
    kith_free(job.values);
    kith_free(job.value_of);
    kith_free(job.plain_key);
    kith_free(job.words);
    kith_free(job.facts);
    kith_free(job.seen);
    kith_free(rank);
    kith_dynbuf_free(&job.folded);
    kith_dynbuf_free(&job.text);
    return rc;
}

void kith_wordindex_free(kith_wordindex *index)
{
    kith_free(index->text_offset);
    kith_free(index->text);
    kith_free(index->people_offset);
    kith_free(index->people);
    *index = (kith_wordindex){0};
}

/* What is known of each person: the values of all their mentions, preferred first. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "people/resolve.h"

/** Whose word counts more. */
typedef enum standing { FROM_TABLE, FROM_OWNER, FROM_CONTACTS } standing;

/** One mention of a person, with what its values are preferred by. */
typedef struct witness {
    standing standing;
    kith_day newest; /**< date in its source */
    uint32_t place;
} witness;

/** One value of a person. */
typedef struct value {
    uint32_t field, mark, order, text;
} value;

typedef struct describing {
    const kith_resolving *work;
    bool names_only;
    kith_day *newest;        /**< [n_sources] by rank: newest date in it */
    uint32_t *member_offset; /**< [n_people + 1] */
    witness *members;        /**< [n_mentions] person by person */
    kith_intern *folds;      /**< folded texts */
    uint32_t *fold;          /**< [texts] number in folds, or KITH_NO_TEXT */
    value *values;           /**< of the person at hand */
    size_t value_capacity;
} describing;

/** A table of people speaks for itself, an owner for themself; of contacts, the latest export knows best. */
static int compare_witnesses(const void *left, const void *right)
{
    const witness *a = left, *b = right;
    int order = kith_order_i64(a->standing, b->standing);

    if (order == 0)
        order = kith_order_i64(b->newest, a->newest);
    return order ? order : kith_order_i64(a->place, b->place);
}

static int compare_same(const void *left, const void *right)
{
    const value *a = left, *b = right;
    int order = kith_order_i64(a->field, b->field);

    if (order == 0)
        order = kith_order_i64(a->mark, b->mark);
    return order ? order : kith_order_i64(a->order, b->order);
}

static int compare_preference(const void *left, const void *right)
{
    const value *a = left, *b = right;
    int order = kith_order_i64(a->field, b->field);

    return order ? order : kith_order_i64(a->order, b->order);
}

static void find_newest(describing *job)
{
    const kith_resolving *work = job->work;

    for (uint32_t rank = 0; rank < work->n_sources; rank++)
        job->newest[rank] = KITH_NO_DATE;
    for (size_t i = 0; i < work->roster->n_relations; i++) {
        const kith_relation *relation = &work->roster->relations[i];
        kith_day *newest = &job->newest[work->source_rank[relation->source]];
        if (relation->date > *newest)
            *newest = relation->date;
    }
}

static witness witness_at(const describing *job, uint32_t place)
{
    const kith_kept_mention *mention = kith_mention_at(job->work, place);
    standing from = mention->id != KITH_NO_TEXT ? FROM_TABLE : mention->owner ? FROM_OWNER : FROM_CONTACTS;

    return (witness){from, job->newest[kith_rank_at(job->work, place)], place};
}

/** Lists the mentions of each person, the preferred first. */
static void list_members(describing *job)
{
    const kith_resolving *work = job->work;
    uint32_t *offset = job->member_offset;

    for (uint32_t place = 0; place < work->n_mentions; place++)
        offset[work->person[place]]++;
    for (uint32_t person = 0, sum = 0; person <= work->n_people; person++)
        sum = offset[person] += sum;
    for (uint32_t place = work->n_mentions; place-- > 0;)
        job->members[--offset[work->person[place]]] = witness_at(job, place);
    for (uint32_t person = 0; person < work->n_people; person++)
        if (offset[person + 1] - offset[person] > 1)
            qsort(job->members + offset[person], offset[person + 1] - offset[person], sizeof(witness),
                  compare_witnesses);
}

/** What makes two values the same: keys exactly, all else folded. */
static kith_code mark_of(describing *job, const kith_kept_attr *attr, uint32_t *mark, kith_err *err)
{
    kith_dynbuf folded = {0};
    kith_code rc = KITH_OK;

    *mark = attr->text;
    if (attr->field == KITH_FIELD_URL || attr->field == KITH_FIELD_EMAIL)
        return KITH_OK;
    if (job->fold[attr->text] == KITH_NO_TEXT) {
        kith_text_fold(kith_roster_text(job->work->roster, attr->text), &folded);
        rc = kith_dynbuf_check(&folded, "a value", err);
        if (rc == KITH_OK)
            rc = kith_intern_add(job->folds, kith_dynbuf_cstr(&folded), folded.length, &job->fold[attr->text],
                                 err);
        kith_dynbuf_free(&folded);
    }
    *mark = job->fold[attr->text];
    return rc;
}

/** What is compared while building and not kept. */
static bool is_for_matching(kith_field field)
{
    return field == KITH_FIELD_GIVEN_NAME || field == KITH_FIELD_FAMILY_NAME ||
           field >= KITH_FIELD_BIRTH_DATE;
}

static kith_code gather_values(describing *job, uint32_t person, size_t *count, kith_err *err)
{
    const kith_roster *roster = job->work->roster;

    *count = 0;
    for (uint32_t i = job->member_offset[person]; i < job->member_offset[person + 1]; i++) {
        const kith_kept_mention *mention = kith_mention_at(job->work, job->members[i].place);
        if (!kith_grow((void **)&job->values, &job->value_capacity, *count + mention->n_attrs,
                       sizeof *job->values))
            return kith_fail_memory(err, "the values of a person");
        for (uint32_t k = 0; k < mention->n_attrs; k++) {
            const kith_kept_attr *attr = kith_roster_attr(roster, mention, k);
            uint32_t mark;
            if (is_for_matching((kith_field)attr->field) ||
                (job->names_only && attr->field != KITH_FIELD_NAME))
                continue;
            kith_code rc = mark_of(job, attr, &mark, err);
            if (rc != KITH_OK)
                return rc;
            job->values[*count] = (value){attr->field, mark, (uint32_t)*count, attr->text};
            ++*count;
        }
    }
    return KITH_OK;
}

/** Keeps the preferred one of values that are the same, by field, preferred first. @return how many. */
static size_t keep_distinct(value *values, size_t count)
{
    size_t kept = 0;

    if (count == 0)
        return 0;
    qsort(values, count, sizeof *values, compare_same);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || values[i].field != values[kept - 1].field || values[i].mark != values[kept - 1].mark)
            values[kept++] = values[i];
    qsort(values, kept, sizeof *values, compare_preference);
    return kept;
}

/** What a person without a name is called; NULL where nothing is known to call them by. */
static kith_code make_name(const describing *job, const kith_identity *identity, kith_arena *arena,
                           const char **name, kith_err *err)
{
    const kith_roster *roster = job->work->roster;

    *name = NULL;
    if (identity->id != KITH_NO_TEXT) {
        *name = kith_roster_text(roster, identity->id);
    } else if (identity->email != KITH_NO_TEXT) {
        const char *email = kith_roster_text(roster, identity->email);
        if (!(*name = kith_arena_copy(arena, email, strcspn(email, "@"))))
            return kith_fail_memory(err, "a name");
    } else if (identity->slug != KITH_NO_TEXT) {
        *name = kith_roster_text(roster, identity->slug) + strlen(KITH_SLUG_ADDRESS);
    }
    return KITH_OK;
}

static kith_code describe_person(describing *job, const kith_identity *identity, uint32_t person,
                                 kith_people *people, kith_arena *arena, kith_err *err)
{
    uint64_t at = people->attr_offset[person];
    const char *name = NULL;
    size_t count = 0;
    kith_code rc = gather_values(job, person, &count, err);

    if (rc != KITH_OK)
        return rc;
    count = keep_distinct(job->values, count);
    if (count == 0 || job->values[0].field != KITH_FIELD_NAME)
        rc = make_name(job, identity, arena, &name, err);
    if (name)
        people->attrs[at++] = (kith_attr){KITH_FIELD_NAME, name};
    for (size_t i = 0; i < count; i++)
        people->attrs[at++] = (kith_attr){(kith_field)job->values[i].field,
                                          kith_roster_text(job->work->roster, job->values[i].text)};
    people->attr_offset[person + 1] = at;
    return rc;
}

static void set_flags(const kith_resolving *work, kith_people *people)
{
    for (uint32_t place = 0; place < work->n_mentions; place++) {
        const kith_kept_mention *mention = kith_mention_at(work, place);
        people->owner[work->person[place]] |= mention->owner;
        people->do_not_introduce[work->person[place]] |= mention->do_not_introduce;
    }
}

static kith_code make_room(describing *job, kith_people *people, kith_arena *arena, kith_err *err)
{
    const kith_resolving *work = job->work;
    const size_t n = people->n, texts = kith_intern_count(work->roster->texts);

    people->attr_offset = kith_arena_alloc(arena, (n + 1) * sizeof *people->attr_offset);
    people->attrs = kith_arena_alloc(arena, (work->roster->n_attrs + n) * sizeof *people->attrs);
    people->owner = kith_arena_alloc(arena, n * sizeof *people->owner);
    people->do_not_introduce = kith_arena_alloc(arena, n * sizeof *people->do_not_introduce);
    job->newest = kith_alloc_array(work->n_sources, sizeof *job->newest);
    job->member_offset = kith_calloc(n + 1, sizeof *job->member_offset);
    job->members = kith_alloc_array(work->n_mentions, sizeof *job->members);
    job->fold = kith_alloc_array(texts, sizeof *job->fold);
    if (!people->attr_offset || !people->attrs || !people->owner || !people->do_not_introduce ||
        !job->newest || !job->member_offset || !job->members || !job->fold)
        return kith_fail_memory(err, "what is known of people");
    memset(people->owner, 0, n * sizeof *people->owner);
    memset(people->do_not_introduce, 0, n * sizeof *people->do_not_introduce);
    for (size_t i = 0; i < texts; i++)
        job->fold[i] = KITH_NO_TEXT;
    return kith_intern_new(0, &job->folds, err);
}

kith_code kith_resolve_describe(const kith_resolving *work, const kith_identity *identity, bool names_only,
                                kith_people *people, kith_arena *arena, kith_err *err)
{
    describing job = {.work = work, .names_only = names_only};
    kith_code rc = make_room(&job, people, arena, err);

    if (rc == KITH_OK) {
        find_newest(&job);
        list_members(&job);
        set_flags(work, people);
        people->attr_offset[0] = 0;
    }
    for (uint32_t person = 0; rc == KITH_OK && person < people->n; person++)
        rc = describe_person(&job, &identity[person], person, people, arena, err);
    kith_free(job.newest);
    kith_free(job.member_offset);
    kith_free(job.members);
    kith_free(job.fold);
    kith_free(job.values);
    kith_intern_free(job.folds);
    return rc;
}

/* What is known of each person: the values of all their mentions, preferred first. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/ticker.h"
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

/** People are described in lanes: each has a run of them. */
typedef struct describing {
    const kith_resolving *work;
    const kith_identity *identity;
    bool names_only;
    kith_people *people;
    kith_day *newest;           /**< [n_sources] by rank: newest date in it */
    uint32_t *member_offset;    /**< [n_people + 1] */
    witness *members;           /**< [n_mentions] person by person */
    uint64_t begin[KITH_LANES]; /**< of each lane: where its attributes begin at first */
    uint64_t end[KITH_LANES];   /**< and where they end */
} describing;

/** What a lane needs beside. */
typedef struct scratch {
    kith_intern *folds; /**< folded texts; NULL until one is asked for */
    kith_dynbuf folded;
    value *values; /**< of the person at hand */
    size_t capacity, count;
} scratch;

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
    int order = kith_order_u64(a->field, b->field);

    if (order == 0)
        order = kith_order_u64(a->mark, b->mark);
    return order ? order : kith_order_u64(a->order, b->order);
}

static int compare_preference(const void *left, const void *right)
{
    const value *a = left, *b = right;
    int order = kith_order_u64(a->field, b->field);

    return order ? order : kith_order_u64(a->order, b->order);
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

/** Lists the mentions of each person. */
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
}

/** What is compared while building and not kept. */
static bool is_for_matching(kith_field field)
{
    return field == KITH_FIELD_GIVEN_NAME || field == KITH_FIELD_FAMILY_NAME ||
           field >= KITH_FIELD_BIRTH_DATE;
}

/** Members that are asked for from memory before they are looked at. */
#define AHEAD ((size_t)8)

/** Asks for what the members after the one numbered `at` tell: first the mentions, then their attributes. */
static void ask_ahead(const describing *job, size_t at)
{
    const kith_resolving *work = job->work;

    if (at + 2 * AHEAD >= work->n_mentions)
        return;
    __builtin_prefetch(kith_mention_at(work, job->members[at + 2 * AHEAD].place));
    const kith_kept_mention *mention = kith_mention_at(work, job->members[at + AHEAD].place);
    __builtin_prefetch(kith_roster_attr(work->roster, mention, 0));
}

/** Gathers what a person's mentions tell, the preferred ones first, marked by its text. */
static bool gather_values(const describing *job, uint32_t person, scratch *lane)
{
    const kith_roster *roster = job->work->roster;
    const uint32_t begin = job->member_offset[person], end = job->member_offset[person + 1];

    lane->count = 0;
    if (end - begin > 1)
        qsort(job->members + begin, end - begin, sizeof(witness), compare_witnesses);
    for (uint32_t i = begin; i < end; i++) {
        const kith_kept_mention *mention = kith_mention_at(job->work, job->members[i].place);
        ask_ahead(job, i);
        if (!kith_grow((void **)&lane->values, &lane->capacity, lane->count + mention->n_attrs,
                       sizeof *lane->values))
            return false;
        for (uint32_t k = 0; k < mention->n_attrs; k++) {
            const kith_kept_attr *attr = kith_roster_attr(roster, mention, k);
            const bool wanted =
                job->names_only ? attr->field == KITH_FIELD_NAME : !is_for_matching((kith_field)attr->field);
            if (wanted)
                lane->values[lane->count] =
                    (value){attr->field, attr->text, (uint32_t)lane->count, attr->text};
            lane->count += wanted;
        }
    }
    return true;
}

/** Values up to which sorting by inserting is the fastest. */
#define FEW ((size_t)24)

static void sort_values(scratch *lane, int (*compare)(const void *left, const void *right))
{
    value *values = lane->values;

    if (lane->count > FEW) {
        qsort(values, lane->count, sizeof *values, compare);
        return;
    }
    for (size_t i = 1; i < lane->count; i++) {
        const value at_hand = values[i];
        size_t to = i;
        for (; to > 0 && compare(&values[to - 1], &at_hand) > 0; to--)
            values[to] = values[to - 1];
        values[to] = at_hand;
    }
}

/** Keeps the preferred one of values that have one mark, by field and mark. */
static void keep_distinct(scratch *lane)
{
    value *values = lane->values;
    size_t kept = 0;

    sort_values(lane, compare_same);
    for (size_t i = 0; i < lane->count; i++)
        if (kept == 0 || values[i].field != values[kept - 1].field || values[i].mark != values[kept - 1].mark)
            values[kept++] = values[i];
    lane->count = kept;
}

static bool is_one_of_field(const scratch *lane, size_t i, size_t other)
{
    return other < lane->count && lane->values[i].field == lane->values[other].field;
}

/** Marks values by what makes two of them the same: keys as they are, all else folded. One that is the only
 * one of its field is not asked. */
static bool mark_folded(const describing *job, scratch *lane)
{
    bool fits = true;

    for (size_t i = 0; fits && i < lane->count; i++) {
        value *v = &lane->values[i];
        if (v->field == KITH_FIELD_URL || v->field == KITH_FIELD_EMAIL ||
            !(is_one_of_field(lane, i, i - 1) || is_one_of_field(lane, i, i + 1)))
            continue;
        if (!lane->folds && kith_intern_new(0, &lane->folds, NULL) != KITH_OK)
            return false;
        kith_dynbuf_clear(&lane->folded);
        kith_text_fold(kith_roster_text(job->work->roster, v->text), &lane->folded);
        fits =
            lane->folded.status == KITH_OK && kith_intern_add(lane->folds, kith_dynbuf_cstr(&lane->folded),
                                                              lane->folded.length, &v->mark, NULL) == KITH_OK;
    }
    return fits;
}

static bool choose_values(const describing *job, uint32_t person, scratch *lane)
{
    if (!gather_values(job, person, lane))
        return false;
    keep_distinct(lane);
    if (!mark_folded(job, lane))
        return false;
    keep_distinct(lane);
    sort_values(lane, compare_preference);
    return true;
}

/** Whether somebody without a name is known by something that they can be called. */
static bool can_be_called(const kith_identity *identity)
{
    return identity->id != KITH_NO_TEXT || identity->email != KITH_NO_TEXT || identity->slug != KITH_NO_TEXT;
}

static bool describe_lane(void *ctx, uint32_t index)
{
    describing *job = ctx;
    kith_people *people = job->people;
    const uint32_t end = (uint32_t)kith_lane_begin(people->n, index + 1);
    uint64_t at = job->begin[index];
    scratch lane = {0};
    bool ok = true;

    for (uint32_t person = (uint32_t)kith_lane_begin(people->n, index); ok && person < end; person++) {
        if (!(ok = choose_values(job, person, &lane)))
            break;
        if ((lane.count == 0 || lane.values[0].field != KITH_FIELD_NAME) &&
            can_be_called(&job->identity[person]))
            people->attrs[at++] = (kith_attr){KITH_FIELD_NAME, NULL}; /* made when all lanes are done */
        for (size_t i = 0; i < lane.count; i++)
            people->attrs[at++] = (kith_attr){(kith_field)lane.values[i].field,
                                              kith_roster_text(job->work->roster, lane.values[i].text)};
        people->attr_offset[person + 1] = at;
    }
    job->end[index] = at;
    kith_intern_free(lane.folds);
    kith_dynbuf_free(&lane.folded);
    kith_free(lane.values);
    return ok;
}

/** Finds where each lane's attributes begin if none of them is left out and everybody needs a name. */
static void place_lanes(describing *job)
{
    const kith_people *people = job->people;
    uint64_t before = 0;

    for (uint32_t lane = 0; lane < KITH_LANES; lane++) {
        const uint64_t end = kith_lane_begin(people->n, lane + 1);
        job->begin[lane] = before;
        for (uint64_t person = kith_lane_begin(people->n, lane); person < end; person++)
            before += 1 + people->attr_offset[person + 1];
    }
}

/** Moves the attributes of lanes together. */
static void close_ranks(describing *job)
{
    kith_people *people = job->people;
    uint64_t at = 0;

    for (uint32_t lane = 0; lane < KITH_LANES; lane++) {
        const uint64_t count = job->end[lane] - job->begin[lane], back = job->begin[lane] - at;
        memmove(people->attrs + at, people->attrs + job->begin[lane], count * sizeof *people->attrs);
        for (uint64_t person = kith_lane_begin(people->n, lane);
             person < kith_lane_begin(people->n, lane + 1); person++)
            people->attr_offset[person + 1] -= back;
        at += count;
    }
}

/** What a person without a name is called. */
static const char *make_name(const kith_roster *roster, const kith_identity *identity, kith_arena *arena)
{
    if (identity->id != KITH_NO_TEXT)
        return kith_roster_text(roster, identity->id);
    if (identity->email == KITH_NO_TEXT)
        return kith_roster_text(roster, identity->slug) + strlen(KITH_SLUG_ADDRESS);
    const char *email = kith_roster_text(roster, identity->email);
    return kith_arena_copy(arena, email, strcspn(email, "@"));
}

static kith_code make_names(const describing *job, kith_arena *arena, kith_err *err)
{
    kith_people *people = job->people;

    for (uint32_t person = 0; person < people->n; person++) {
        kith_attr *first = &people->attrs[people->attr_offset[person]];
        if (people->attr_offset[person] < people->attr_offset[person + 1] && !first->value &&
            !(first->value = make_name(job->work->roster, &job->identity[person], arena)))
            return kith_fail_memory(err, "a name");
    }
    return KITH_OK;
}

/** Sets flags, and for now counts what is told of each person. */
static void set_flags(const kith_resolving *work, kith_people *people)
{
    for (uint32_t place = 0; place < work->n_mentions; place++) {
        const kith_kept_mention *mention = kith_mention_at(work, place);
        const uint32_t person = work->person[place];
        people->owner[person] |= mention->owner;
        people->do_not_introduce[person] |= mention->do_not_introduce;
        people->attr_offset[person + 1] += mention->n_attrs;
    }
}

static kith_code make_room(describing *job, kith_arena *arena, kith_err *err)
{
    const kith_resolving *work = job->work;
    kith_people *people = job->people;
    const size_t n = people->n;

    people->attr_offset = kith_arena_alloc(arena, (n + 1) * sizeof *people->attr_offset);
    people->attrs = kith_arena_alloc(arena, (work->roster->n_attrs + n) * sizeof *people->attrs);
    people->owner = kith_arena_alloc(arena, n * sizeof *people->owner);
    people->do_not_introduce = kith_arena_alloc(arena, n * sizeof *people->do_not_introduce);
    job->newest = kith_alloc_array(work->n_sources, sizeof *job->newest);
    job->member_offset = kith_calloc(n + 1, sizeof *job->member_offset);
    job->members = kith_alloc_array(work->n_mentions, sizeof *job->members);
    if (!people->attr_offset || !people->attrs || !people->owner || !people->do_not_introduce ||
        !job->newest || !job->member_offset || !job->members)
        return kith_fail_memory(err, "what is known of people");
    memset(people->attr_offset, 0, (n + 1) * sizeof *people->attr_offset);
    memset(people->owner, 0, n * sizeof *people->owner);
    memset(people->do_not_introduce, 0, n * sizeof *people->do_not_introduce);
    return KITH_OK;
}

kith_code kith_resolve_describe(const kith_resolving *work, const kith_identity *identity, bool names_only,
                                kith_people *people, kith_arena *arena, kith_err *err)
{
    describing job = {.work = work, .identity = identity, .names_only = names_only, .people = people};
    kith_code rc = make_room(&job, arena, err);

    if (rc == KITH_OK) {
        find_newest(&job);
        list_members(&job);
        set_flags(work, people);
        place_lanes(&job);
        rc = kith_tick_lanes(describe_lane, &job, work->progress, "describing people", people->n, err);
    }
    if (rc == KITH_OK) {
        close_ranks(&job);
        rc = make_names(&job, arena, err);
    }
    kith_free(job.newest);
    kith_free(job.member_offset);
    kith_free(job.members);
    return rc;
}

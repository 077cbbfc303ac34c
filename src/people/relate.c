/* What relates people: relations of mentions, by the people they are of. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/parts.h"
#include "base/radix.h"
#include "people/resolve.h"

static kith_code out_of_memory(kith_err *err)
{
    return kith_fail_memory(err, "what relates people");
}

/** Order of numbers of which some are missing: NaN first. */
static int compare_double(double a, double b)
{
    if (a != a || b != b)
        return (a == a) - (b == b);
    return (a > b) - (a < b);
}

static uint32_t lower_of(const kith_relation *relation)
{
    return relation->a < relation->b ? relation->a : relation->b;
}

static uint32_t higher_of(const kith_relation *relation)
{
    return relation->a < relation->b ? relation->b : relation->a;
}

/** Order of the relations of one lower person. */
static int compare_relations(const void *left, const void *right)
{
    const kith_relation *x = left, *y = right;
    int order = kith_order_u64(higher_of(x), higher_of(y));

    if (order == 0)
        order = kith_order_u64(x->kind, y->kind);
    if (order == 0)
        order = kith_order_u64(x->a, y->a);
    if (order == 0)
        order = kith_order_i64(x->date, y->date);
    if (order == 0)
        order = kith_order_u64(x->source, y->source);
    if (order == 0)
        order = kith_order_u64(x->line, y->line);
    if (order == 0)
        order = kith_order_i64(x->end, y->end);
    if (order == 0)
        order = kith_order_u64(x->count, y->count);
    if (order == 0)
        order = kith_order_u64(x->stated, y->stated);
    if (order == 0)
        order = kith_order_u64(x->halves, y->halves);
    if (order == 0)
        order = compare_double(x->strength, y->strength);
    return order ? order : compare_double(x->weight, y->weight);
}

/** Names people instead of mentions; false where the relation counts already or relates nobody. */
static bool translate(const kith_resolving *work, const kith_relation *from, kith_relation *to)
{
    *to = *from;
    to->a = kith_person_of(work, from->a);
    to->b = kith_person_of(work, from->b);
    to->source = work->source_rank[from->source];
    return to->a != to->b && !work->duplicate[to->source];
}

/** Deals relations out by lower person, then sorts each person's few. */
static kith_code relate(const kith_resolving *work, kith_people *people, kith_arena *arena, kith_err *err)
{
    const kith_roster *roster = work->roster;
    kith_relation relation;
    kith_code rc = KITH_OK;
    size_t *end = kith_calloc((size_t)people->n + 1, sizeof *end);

    if (!end)
        return out_of_memory(err);
    for (size_t i = 0; i < roster->n_relations; i++)
        if (translate(work, &roster->relations[i], &relation))
            end[lower_of(&relation) + 1]++;
    for (uint32_t person = 0; person < people->n; person++)
        end[person + 1] += end[person];
    people->n_relations = end[people->n];
    if (!(people->relations = kith_arena_alloc(arena, people->n_relations * sizeof *people->relations))) {
        rc = out_of_memory(err);
        goto done;
    }
    for (size_t i = 0; i < roster->n_relations; i++)
        if (translate(work, &roster->relations[i], &relation))
            people->relations[end[lower_of(&relation)]++] = relation;
    for (size_t person = 0, begin = 0; person < people->n; begin = end[person++])
        if (end[person] - begin > 1)
            qsort(people->relations + begin, end[person] - begin, sizeof relation, compare_relations);
done:
    kith_free(end);
    return rc;
}

/** What turns ties of mentions into ties of people. */
typedef struct tying {
    const kith_resolving *work;
    const uint32_t *person_of; /**< [n_mentions] by mention */
    kith_parts parts;          /**< by lower person */
} tying;

/** Told of a tie that counts, by its lower and its higher person. */
typedef void take_tie(const kith_parts *parts, uint32_t lane, uint32_t lower, uint32_t higher);

static inline void count_tie(const kith_parts *parts, uint32_t lane, uint32_t lower, uint32_t higher)
{
    (void)higher;
    kith_parts_count(parts, lane, lower);
}

/** Goes through the ties of a lane. */
static inline void translate_ties(const tying *job, uint32_t lane, take_tie *take)
{
    const kith_roster *roster = job->work->roster;
    const size_t lane_end = (size_t)kith_lane_begin(roster->n_ties, lane + 1);
    size_t at = (size_t)kith_lane_begin(roster->n_ties, lane);

    for (const kith_tie_run *run = roster->tie_runs; at < lane_end; run++) {
        const size_t end = run->end < lane_end ? run->end : lane_end;
        if (at < end && job->work->duplicate[job->work->source_rank[run->source]])
            at = end;
        for (; at < end; at++) {
            const uint32_t a = job->person_of[roster->ties[at].a], b = job->person_of[roster->ties[at].b];
            if (a != b)
                take(&job->parts, lane, a < b ? a : b, a < b ? b : a);
        }
    }
}

static bool count_lane(void *ctx, uint32_t lane)
{
    translate_ties(ctx, lane, count_tie);
    return true;
}

static bool fill_lane(void *ctx, uint32_t lane)
{
    translate_ties(ctx, lane, kith_parts_put);
    return true;
}

static bool sort_lane(void *ctx, uint32_t lane)
{
    const kith_parts *parts = &((const tying *)ctx)->parts;
    bool ok = true;

    for (uint32_t part = lane; ok && part < KITH_PARTS; part += KITH_LANES)
        ok = kith_radix_sort_numbers(parts->rows + parts->begin[part],
                                     (size_t)(parts->begin[part + 1] - parts->begin[part]));
    return ok;
}

static kith_code tie(const kith_resolving *work, kith_people *people, kith_arena *arena, kith_err *err)
{
    tying job = {.work = work, .person_of = people->person_of};
    kith_code rc = KITH_OK;

    if (!kith_parts_new(people->n, &job.parts))
        return out_of_memory(err);
    (void)kith_parallel_lanes(count_lane, &job); /* neither this nor filling can fail */
    people->n_ties = (size_t)kith_parts_place(&job.parts);
    people->ties = job.parts.rows = kith_arena_alloc(arena, people->n_ties * sizeof *people->ties);
    if (people->ties)
        (void)kith_parallel_lanes(fill_lane, &job);
    if (!people->ties || !kith_parallel_lanes(sort_lane, &job))
        rc = out_of_memory(err);
    kith_parts_free(&job.parts);
    return rc;
}

kith_code kith_resolve_relations(const kith_resolving *work, kith_people *people, kith_arena *arena,
                                 kith_err *err)
{
    kith_code rc = tie(work, people, arena, err);

    return rc == KITH_OK ? relate(work, people, arena, err) : rc;
}

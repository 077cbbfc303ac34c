/* Ties with evidence and strength, out of what relates people. */
#include "network/assemble.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "graph/triangles.h"

/** A pairing under the pair it ties. */
typedef struct paired {
    uint32_t a, b;
    const kith_pairing *pairing;
} paired;

/** Two people who are related somehow. */
typedef struct couple {
    uint32_t a, b;
} couple;

/** Goes through relations and pairings, both sorted by pair, one pair at a time. */
typedef struct walk {
    const kith_relation *relation, *relations_end;
    const paired *paired, *paired_end;
} walk;

typedef struct assembling {
    const kith_people *people;
    kith_arena *arena;
    kith_yardstick with;
    bool shared_contacts;
    paired *pairs;
    size_t n_pairs;
    couple *ties; /**< by a, then b */
    size_t n_ties, tie_capacity;
    uint64_t n_rows; /**< of evidence, at most, without what contacts, companies and schools add */
    kith_stays work, study;
    uint32_t *shared; /**< [2 m] contacts that the people of a tie share; NULL where they do not count */
    uint64_t *cursor; /**< [n] next place to fill in each person's row */
} assembling;

static kith_code out_of_memory(kith_err *err)
{
    return kith_fail_memory(err, "ties");
}

static kith_day newest_day(const kith_people *people)
{
    kith_day newest = KITH_NO_DATE; /* the least of all days */

    for (size_t i = 0; i < people->n_relations; i++)
        if (people->relations[i].kind != KITH_EVIDENCE_STUDIED && people->relations[i].date > newest)
            newest = people->relations[i].date;
    for (size_t i = 0; i < people->n_pairings; i++) {
        const kith_pairing *pairing = &people->pairings[i];
        if (pairing->start > newest)
            newest = pairing->start;
        if (pairing->last_meeting > newest)
            newest = pairing->last_meeting;
    }
    return newest;
}

/** The largest stated weight; NaN where there is none. */
static double largest_weight(const kith_people *people)
{
    double largest = NAN;

    for (size_t i = 0; i < people->n_relations; i++)
        if (people->relations[i].kind != KITH_EVIDENCE_MESSAGES)
            largest = fmax(largest, people->relations[i].weight);
    return largest;
}

static bool any_listed(const kith_people *people)
{
    for (size_t i = 0; i < people->n_relations; i++)
        if (people->relations[i].kind == KITH_EVIDENCE_LISTED)
            return true;
    return false;
}

static int compare_couples(couple x, couple y)
{
    return x.a != y.a ? (x.a > y.a) - (x.a < y.a) : (x.b > y.b) - (x.b < y.b);
}

static int compare_pairs(const void *left, const void *right)
{
    const paired *x = left, *y = right;
    int order = compare_couples((couple){x->a, x->b}, (couple){y->a, y->b});

    return order ? order : (x->pairing > y->pairing) - (x->pairing < y->pairing);
}

/** Pairings by pair; one that waits to begin ties nobody yet. */
static kith_code sort_pairings(assembling *job, kith_err *err)
{
    const kith_people *people = job->people;

    if (!(job->pairs = kith_alloc_array(people->n_pairings, sizeof *job->pairs)))
        return out_of_memory(err);
    for (size_t i = 0; i < people->n_pairings; i++) {
        const kith_pairing *pairing = &people->pairings[i];
        bool rising = pairing->mentor < pairing->mentee;
        if (pairing->status != KITH_MENTORSHIP_PENDING)
            job->pairs[job->n_pairs++] = (paired){rising ? pairing->mentor : pairing->mentee,
                                                  rising ? pairing->mentee : pairing->mentor, pairing};
    }
    qsort(job->pairs, job->n_pairs, sizeof *job->pairs, compare_pairs);
    return KITH_OK;
}

static walk walk_begin(const assembling *job)
{
    const kith_people *people = job->people;

    return (walk){people->relations, people->relations + people->n_relations, job->pairs,
                  job->pairs + job->n_pairs};
}

static couple couple_of(const kith_relation *relation)
{
    return relation->a < relation->b ? (couple){relation->a, relation->b}
                                     : (couple){relation->b, relation->a};
}

/** The next pair and all that is known of it; false at the end. */
static bool walk_next(const kith_yardstick *with, walk *at, couple *pair, kith_gathered *gathered)
{
    bool relations_left = at->relation < at->relations_end, paired_left = at->paired < at->paired_end;

    if (!relations_left && !paired_left)
        return false;
    if (relations_left)
        *pair = couple_of(at->relation);
    if (paired_left) {
        couple other = {at->paired->a, at->paired->b};
        if (!relations_left || compare_couples(other, *pair) < 0)
            *pair = other;
    }
    *gathered = (kith_gathered){.mask = 0};
    for (; at->relation < at->relations_end && compare_couples(couple_of(at->relation), *pair) == 0;
         at->relation++)
        kith_gather_relation(with, at->relation, gathered);
    for (; at->paired < at->paired_end && at->paired->a == pair->a && at->paired->b == pair->b; at->paired++)
        kith_gather_pairing(with, at->paired->pairing, gathered);
    return true;
}

/** The next pair that has a tie. */
static bool walk_next_tie(const kith_yardstick *with, walk *at, couple *tie, kith_gathered *gathered)
{
    while (walk_next(with, at, tie, gathered))
        if (kith_gathered_makes_tie(gathered))
            return true;
    return false;
}

static kith_code find_ties(assembling *job, kith_err *err)
{
    walk at = walk_begin(job);
    kith_gathered gathered;
    couple tie;

    while (walk_next_tie(&job->with, &at, &tie, &gathered)) {
        if (!kith_grow((void **)&job->ties, &job->tie_capacity, job->n_ties + 1, sizeof *job->ties))
            return out_of_memory(err);
        job->ties[job->n_ties++] = tie;
        job->n_rows += (uint64_t)__builtin_popcount(gathered.mask) + 1; /* both may list each other */
    }
    return KITH_OK;
}

/** Sets every cursor to the begin of its row. */
static void rewind_rows(assembling *job, const uint64_t *offset)
{
    for (uint32_t i = 0; i < job->people->n; i++)
        job->cursor[i] = offset[i];
}

/** Rows of the graph. Ties come by a, then b: each row thus fills up in ascending order. */
static kith_code lay_rows(assembling *job, kith_netdata *data, kith_err *err)
{
    const uint32_t n = job->people->n;
    uint64_t *offset = kith_arena_alloc(job->arena, ((size_t)n + 1) * sizeof *offset);
    uint32_t *target = kith_arena_alloc(job->arena, 2 * job->n_ties * sizeof *target);

    job->cursor = kith_alloc_array(n, sizeof *job->cursor);
    if (!offset || !target || !job->cursor)
        return out_of_memory(err);
    for (uint32_t i = 0; i <= n; i++)
        offset[i] = 0;
    for (size_t i = 0; i < job->n_ties; i++) {
        offset[job->ties[i].a + 1]++;
        offset[job->ties[i].b + 1]++;
    }
    for (uint32_t i = 0; i < n; i++)
        offset[i + 1] += offset[i];
    rewind_rows(job, offset);
    for (size_t i = 0; i < job->n_ties; i++) {
        target[job->cursor[job->ties[i].a]++] = job->ties[i].b;
        target[job->cursor[job->ties[i].b]++] = job->ties[i].a;
    }
    data->m = job->n_ties;
    data->tie_offset = offset;
    data->tie_target = target;
    return KITH_OK;
}

static kith_code count_shared(assembling *job, const kith_netdata *data, kith_err *err)
{
    const kith_graph graph = {
        .n = data->n, .m = data->m, .offset = data->tie_offset, .target = data->tie_target};

    if (!job->shared_contacts)
        return KITH_OK;
    if (!(job->shared = kith_alloc_array(2 * job->n_ties, sizeof *job->shared)))
        return out_of_memory(err);
    return kith_shared_neighbours(&graph, job->shared, err);
}

/** What two people of a tie have in common, beyond what is said of it. */
static void gather_common(const assembling *job, const kith_netdata *data, couple tie,
                          kith_gathered *gathered)
{
    const uint64_t *offset = data->tie_offset;

    kith_together together = kith_stays_together(&job->work, tie.a, tie.b);
    kith_day class_a, class_b;

    if (together.undated)
        kith_gather_company(&job->with, gathered);
    if (together.days)
        kith_gather_worked(together.days, together.first, together.last, gathered);
    if (kith_stays_classes(&job->study, tie.a, tie.b, &class_a, &class_b))
        kith_gather_studied(class_a, class_b, gathered);
    if (job->shared)
        kith_gather_shared(job->shared[job->cursor[tie.a]], offset[tie.a + 1] - offset[tie.a],
                           offset[tie.b + 1] - offset[tie.b], gathered);
}

/** Columns of ties and evidence, to be filled in the order of ties. */
typedef struct weights {
    uint16_t *cost, *mask;
    uint64_t *row_offset;
    kith_evidence_row *rows;
    uint64_t n_rows;
} weights;

static void weigh_tie(assembling *job, const kith_netdata *data, couple tie, kith_gathered *gathered,
                      weights *out)
{
    kith_evidence_row *rows = out->rows + out->n_rows;
    uint32_t mask = 0;

    gather_common(job, data, tie, gathered);
    uint32_t count = kith_weigh_evidence(&job->with, gathered, tie.b, rows);
    for (uint32_t i = 0; i < count; i++)
        mask |= UINT32_C(1) << rows[i].kind;
    uint16_t cost = kith_cost_of_strength(kith_weigh_tie(&job->with.c, rows, count));
    const uint64_t slots[] = {job->cursor[tie.a]++, job->cursor[tie.b]++};
    for (int side = 0; side < 2; side++) {
        out->cost[slots[side]] = cost;
        out->mask[slots[side]] = (uint16_t)mask;
    }
    out->n_rows += count;
}

static kith_code weigh_ties(assembling *job, kith_netdata *data, kith_err *err)
{
    const size_t n = job->people->n, slots = 2 * job->n_ties;
    const uint64_t most_rows = job->n_rows + 2 * job->n_ties + (job->shared ? job->n_ties : 0);
    weights out = {.cost = kith_arena_alloc(job->arena, slots * sizeof *out.cost),
                   .mask = kith_arena_alloc(job->arena, slots * sizeof *out.mask),
                   .row_offset = kith_arena_alloc(job->arena, (n + 1) * sizeof *out.row_offset),
                   .rows = kith_arena_alloc(job->arena, most_rows * sizeof *out.rows)};
    walk at = walk_begin(job);
    kith_gathered gathered;
    couple tie;
    uint32_t person = 0;

    if (!out.cost || !out.mask || !out.row_offset || !out.rows)
        return out_of_memory(err);
    rewind_rows(job, data->tie_offset);
    while (walk_next_tie(&job->with, &at, &tie, &gathered)) {
        while (person <= tie.a)
            out.row_offset[person++] = out.n_rows;
        weigh_tie(job, data, tie, &gathered, &out);
    }
    while (person <= n)
        out.row_offset[person++] = out.n_rows;
    data->tie_cost = out.cost;
    data->tie_evidence = out.mask;
    data->evidence_offset = out.row_offset;
    data->evidence = out.rows;
    return KITH_OK;
}

static assembling begin(const kith_people *people, const kith_assemble_opts *opts, kith_arena *arena)
{
    return (assembling){.people = people,
                        .arena = arena,
                        .with = {.c = opts->coefficients ? *opts->coefficients : kith_default_coefficients,
                                 .as_of = opts->has_as_of ? opts->as_of : newest_day(people),
                                 .max_weight = opts->weight_is_strength ? largest_weight(people) : NAN},
                        .shared_contacts = opts->shared_contacts == KITH_SHARED_AUTO
                                               ? any_listed(people)
                                               : opts->shared_contacts == KITH_SHARED_ON};
}

kith_code kith_assemble(const kith_people *people, const kith_assemble_opts *opts, kith_arena *arena,
                        kith_netdata *data, kith_err *err)
{
    assembling job = begin(people, opts, arena);

    *data = (kith_netdata){.as_of = job.with.as_of};
    kith_code rc = kith_assemble_columns(people, &job.with.c, job.shared_contacts, opts->weight_is_strength,
                                         arena, data, err);
    if (rc == KITH_OK)
        rc = kith_stays_find(people, KITH_TENURE_WORK, job.with.as_of, &job.work, err);
    if (rc == KITH_OK)
        rc = kith_stays_find(people, KITH_TENURE_STUDY, job.with.as_of, &job.study, err);
    if (rc == KITH_OK)
        rc = sort_pairings(&job, err);
    if (rc == KITH_OK)
        rc = find_ties(&job, err);
    if (rc == KITH_OK)
        rc = lay_rows(&job, data, err);
    if (rc == KITH_OK)
        rc = count_shared(&job, data, err);
    if (rc == KITH_OK)
        rc = weigh_ties(&job, data, err);
    kith_stays_free(&job.work);
    kith_stays_free(&job.study);
    kith_free(job.pairs);
    kith_free(job.ties);
    kith_free(job.shared);
    kith_free(job.cursor);
    return rc;
}

/* Ties with evidence and strength, out of what relates people. */
#include "network/assemble.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/parts.h"
#include "base/ticker.h"
#include "graph/triangles.h"
#include "network/tie_walk.h"

/** What is known of a tie that is stated and no more. */
#define PLAIN_MASK (UINT16_C(1) << KITH_EVIDENCE_STATED_TIE)

/** Ties are gone through in lanes: each has the pairs of a run of lower persons. */
typedef struct assembling {
    const kith_people *people;
    const kith_progress *progress;
    kith_arena *arena;
    kith_yardstick with;
    bool shared_contacts;
    kith_related related;
    kith_stays work, study;
    uint32_t begin[KITH_LANES + 1]; /**< of each lane: its first lower person */
    uint64_t rows[KITH_LANES + 1];  /**< of each lane: where its evidence begins at first */
    uint64_t row_end[KITH_LANES];   /**< and where it ends */
    uint64_t *first;                /**< [n + 1] where the ties of each lower person begin in `higher` */
    uint32_t *higher;               /**< [m] */
    kith_parts mirror;              /**< ties by their higher person, while rows are filled with them */
    uint64_t *cursor;               /**< [n] next place to fill in each person's row */
    uint32_t *shared;        /**< [m] contacts that the people of a tie share; NULL where they do not count */
    uint16_t plain_cost;     /**< of a tie of which nothing more is known */
    bool uneven[KITH_LANES]; /**< by lane: whether a tie counts otherwise */
    kith_netdata *data;
    /* Columns of `data`, to be filled. */
    uint64_t *offset;
    uint32_t *target;
    uint16_t *cost, *mask;
    uint64_t *row_offset;
    kith_evidence_row *row;
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

static kith_tie_walk walk_of(const assembling *job, uint32_t lane)
{
    return kith_tie_walk_begin(&job->with, &job->related, job->begin[lane], job->begin[lane + 1]);
}

/** Whether more may be known of two people than is said of their tie. */
static bool may_have_more(const assembling *job, uint32_t a, uint32_t b)
{
    return job->shared_contacts || kith_stays_both(&job->work, a, b) || kith_stays_both(&job->study, a, b);
}

/** How many rows of evidence the tie at hand may need at most. */
static uint32_t most_rows(const assembling *job, const kith_tie_walk *walk)
{
    uint32_t rows = walk->more ? (uint32_t)__builtin_popcount(walk->gathered.mask) + 1 /* by both */
                               : walk->stated > 1;

    return rows + (kith_stays_both(&job->work, walk->a, walk->b) ? 1 : 0) +
           (kith_stays_both(&job->study, walk->a, walk->b) ? 1 : 0) + (job->shared_contacts ? 1 : 0);
}

static bool count_ties(void *ctx, uint32_t lane)
{
    assembling *job = ctx;
    kith_tie_walk walk = walk_of(job, lane);
    uint64_t rows = 0;

    while (kith_tie_walk_next(&walk)) {
        job->first[walk.a + 1]++;
        rows += most_rows(job, &walk);
    }
    job->rows[lane + 1] = rows;
    return true;
}

static bool list_ties(void *ctx, uint32_t lane)
{
    const assembling *job = ctx;
    kith_tie_walk walk = walk_of(job, lane);
    uint64_t at = job->first[job->begin[lane]];

    while (kith_tie_walk_next(&walk))
        job->higher[at++] = walk.b;
    return true;
}

/** Lists all ties with the lower person. */
static kith_code find_ties(assembling *job, kith_err *err)
{
    const uint32_t n = job->people->n;

    for (uint32_t lane = 0; lane <= KITH_LANES; lane++)
        job->begin[lane] = kith_related_split(&job->related, lane, KITH_LANES);
    if (!(job->first = kith_calloc((size_t)n + 1, sizeof *job->first)))
        return out_of_memory(err);
    (void)kith_parallel_lanes(count_ties, job); /* lanes that allocate nothing do not fail */
    for (uint32_t i = 0; i < n; i++)
        job->first[i + 1] += job->first[i];
    for (uint32_t lane = 0; lane < KITH_LANES; lane++)
        job->rows[lane + 1] += job->rows[lane];
    job->data->m = job->first[n];
    if (!(job->higher = kith_alloc_array(job->first[n], sizeof *job->higher)))
        return out_of_memory(err);
    (void)kith_parallel_lanes(list_ties, job);
    return KITH_OK;
}

static bool count_mirrored(void *ctx, uint32_t lane)
{
    const assembling *job = ctx;
    const uint64_t end = job->first[job->begin[lane + 1]];

    for (uint64_t tie = job->first[job->begin[lane]]; tie < end; tie++)
        kith_parts_count(&job->mirror, lane, job->higher[tie]);
    return true;
}

static bool put_targets(void *ctx, uint32_t lane)
{
    const assembling *job = ctx;

    for (uint32_t a = job->begin[lane]; a < job->begin[lane + 1]; a++)
        for (uint64_t tie = job->first[a]; tie < job->first[a + 1]; tie++)
            kith_parts_put(&job->mirror, lane, job->higher[tie], a);
    return true;
}

/** Deals ties out by their higher people: `put` tells these of them, lane by lane. */
static kith_code mirror(assembling *job, kith_lane_fn *put, kith_err *err)
{
    if (!kith_parts_new(job->people->n, &job->mirror))
        return out_of_memory(err);
    (void)kith_parallel_lanes(count_mirrored, job);
    if (!(job->mirror.rows = kith_alloc_array(kith_parts_place(&job->mirror), sizeof *job->mirror.rows)))
        return out_of_memory(err);
    (void)kith_parallel_lanes(put, job);
    return KITH_OK;
}

static void free_mirror(assembling *job)
{
    kith_free(job->mirror.rows);
    kith_parts_free(&job->mirror);
}

static bool count_row_begins(void *ctx, uint32_t lane)
{
    assembling *job = ctx;
    const kith_parts *mirror = &job->mirror;

    for (uint32_t part = lane; part < KITH_PARTS; part += KITH_LANES)
        for (uint64_t i = mirror->begin[part]; i < mirror->begin[part + 1]; i++)
            job->offset[(mirror->rows[i] >> 32) + 1]++;
    return true;
}

static bool fill_row_begins(void *ctx, uint32_t lane)
{
    assembling *job = ctx;
    const kith_parts *mirror = &job->mirror;

    for (uint32_t part = lane; part < KITH_PARTS; part += KITH_LANES)
        for (uint64_t i = mirror->begin[part]; i < mirror->begin[part + 1]; i++)
            job->target[job->cursor[mirror->rows[i] >> 32]++] = (uint32_t)mirror->rows[i];
    return true;
}

/** Where the ties of `person` with higher ones begin in their row. */
static uint64_t upper_part(const assembling *job, uint32_t person)
{
    return job->offset[person + 1] - (job->first[person + 1] - job->first[person]);
}

/** A tie's place in the row of its lower person. */
static uint64_t slot_of(const assembling *job, uint64_t tie, uint32_t lower)
{
    return upper_part(job, lower) + (tie - job->first[lower]);
}

static bool fill_row_ends(void *ctx, uint32_t lane)
{
    const assembling *job = ctx;

    for (uint32_t a = job->begin[lane]; a < job->begin[lane + 1]; a++)
        memcpy(job->target + upper_part(job, a), job->higher + job->first[a],
               (job->first[a + 1] - job->first[a]) * sizeof *job->target);
    return true;
}

static void rewind_rows(assembling *job)
{
    memcpy(job->cursor, job->offset, job->people->n * sizeof *job->cursor);
}

/** Rows of the graph: whom a person is higher than, then whom they are lower than. */
static kith_code lay_rows(assembling *job, kith_err *err)
{
    const uint32_t n = job->people->n;

    job->offset = kith_arena_alloc(job->arena, ((size_t)n + 1) * sizeof *job->offset);
    job->target = kith_arena_alloc(job->arena, 2 * job->data->m * sizeof *job->target);
    job->cursor = kith_alloc_array(n, sizeof *job->cursor);
    if (!job->offset || !job->target || !job->cursor)
        return out_of_memory(err);
    kith_code rc = mirror(job, put_targets, err);
    if (rc)
        return rc;
    memset(job->offset, 0, ((size_t)n + 1) * sizeof *job->offset);
    (void)kith_parallel_lanes(count_row_begins, job);
    for (uint32_t i = 0; i < n; i++)
        job->offset[i + 1] += job->offset[i] + (job->first[i + 1] - job->first[i]);
    rewind_rows(job);
    (void)kith_parallel_lanes(fill_row_begins, job);
    (void)kith_parallel_lanes(fill_row_ends, job);
    free_mirror(job);
    job->data->tie_offset = job->offset;
    job->data->tie_target = job->target;
    return KITH_OK;
}

static kith_code count_shared(assembling *job, kith_err *err)
{
    const kith_netdata *data = job->data;
    const kith_graph graph = {
        .n = data->n, .m = data->m, .offset = data->tie_offset, .target = data->tie_target};

    if (!job->shared_contacts)
        return KITH_OK;
    if (!(job->shared = kith_alloc_array(data->m, sizeof *job->shared)))
        return out_of_memory(err);
    return kith_shared_neighbours(&graph, job->progress, job->shared, err);
}

/** What two people of a tie have in common, beyond what is said of it. */
static void gather_common(const assembling *job, uint64_t tie, kith_tie_walk *walk)
{
    const uint64_t *offset = job->offset;
    const uint32_t a = walk->a, b = walk->b;
    kith_gathered *gathered = &walk->gathered;
    kith_together together = kith_stays_together(&job->work, a, b);
    kith_day class_a, class_b;

    if (together.undated)
        kith_gather_company(&job->with, gathered);
    if (together.days)
        kith_gather_worked(&job->with, together.days, together.first, together.last, gathered);
    if (kith_stays_classes(&job->study, a, b, &class_a, &class_b))
        kith_gather_studied(class_a, class_b, gathered);
    if (job->shared)
        kith_gather_shared(job->shared[tie], offset[a + 1] - offset[a], offset[b + 1] - offset[b], gathered);
}

/** Weighs the tie at hand in its lower person's row. @return how many rows of evidence it wrote. */
static uint32_t weigh_tie(assembling *job, kith_tie_walk *walk, uint64_t tie, kith_evidence_row *out)
{
    const uint64_t slot = slot_of(job, tie, walk->a);
    kith_evidence_row rows[KITH_EVIDENCE_COUNT];
    uint32_t kept = 0;

    kith_tie_walk_gather(walk);
    gather_common(job, tie, walk);
    uint32_t mask = walk->gathered.stated >> KITH_STATED_LEADS << KITH_MASK_LEADS;
    uint32_t count = kith_weigh_evidence(&job->with, &walk->gathered, walk->b, rows);
    for (uint32_t i = 0; i < count; i++) {
        mask |= UINT32_C(1) << rows[i].kind;
        if (!kith_evidence_is_plain(&rows[i]))
            out[kept++] = rows[i];
    }
    job->cost[slot] = kith_cost_of_strength(kith_weigh_tie(&job->with.c, rows, count));
    job->mask[slot] = (uint16_t)mask;
    return kept;
}

static bool weigh_lane(void *ctx, uint32_t lane)
{
    assembling *job = ctx;
    kith_tie_walk walk = walk_of(job, lane);
    uint64_t at = job->rows[lane], tie = job->first[job->begin[lane]];
    uint32_t person = job->begin[lane];
    bool uneven = false;

    for (; kith_tie_walk_next(&walk); tie++) {
        const uint64_t slot = slot_of(job, tie, walk.a);
        while (person <= walk.a)
            job->row_offset[person++] = at;
        if (walk.more || walk.stated > 1 || may_have_more(job, walk.a, walk.b)) {
            at += weigh_tie(job, &walk, tie, job->row + at);
            uneven |= job->cost[slot] != job->plain_cost || job->mask[slot] != PLAIN_MASK;
        } else {
            job->cost[slot] = job->plain_cost;
            job->mask[slot] = PLAIN_MASK;
        }
    }
    job->uneven[lane] = uneven;
    while (person < job->begin[lane + 1])
        job->row_offset[person++] = at;
    job->row_end[lane] = at;
    return true;
}

static bool put_weights(void *ctx, uint32_t lane)
{
    const assembling *job = ctx;

    for (uint32_t a = job->begin[lane]; a < job->begin[lane + 1]; a++)
        for (uint64_t slot = upper_part(job, a); slot < job->offset[a + 1]; slot++)
            kith_parts_put(&job->mirror, lane, job->target[slot],
                           (uint32_t)job->cost[slot] << 16 | job->mask[slot]);
    return true;
}

static bool weigh_row_begins(void *ctx, uint32_t lane)
{
    assembling *job = ctx;
    const kith_parts *mirror = &job->mirror;

    for (uint32_t part = lane; part < KITH_PARTS; part += KITH_LANES)
        for (uint64_t i = mirror->begin[part]; i < mirror->begin[part + 1]; i++) {
            const uint64_t row = mirror->rows[i], to = job->cursor[row >> 32]++;
            job->cost[to] = (uint16_t)(row >> 16);
            job->mask[to] = (uint16_t)row;
        }
    return true;
}

/** Where all ties count the same, so do those in the begins of rows. */
static bool weigh_row_begins_plain(void *ctx, uint32_t lane)
{
    assembling *job = ctx;

    for (uint32_t b = job->begin[lane]; b < job->begin[lane + 1]; b++)
        for (uint64_t slot = job->offset[b]; slot < upper_part(job, b); slot++) {
            job->cost[slot] = job->plain_cost;
            job->mask[slot] = PLAIN_MASK;
        }
    return true;
}

/** Copies weights from the rows of lower people to those of higher ones. */
static kith_code mirror_weights(assembling *job, kith_err *err)
{
    bool uneven = false;

    for (uint32_t lane = 0; lane < KITH_LANES; lane++)
        uneven |= job->uneven[lane];
    if (!uneven) {
        (void)kith_parallel_lanes(weigh_row_begins_plain, job);
        return KITH_OK;
    }
    kith_code rc = mirror(job, put_weights, err);
    if (rc)
        return rc;
    rewind_rows(job);
    (void)kith_parallel_lanes(weigh_row_begins, job);
    free_mirror(job);
    return KITH_OK;
}

/** Moves the evidence of lanes together. */
static void close_ranks(assembling *job)
{
    uint64_t at = 0;

    for (uint32_t lane = 0; lane < KITH_LANES; lane++) {
        const uint64_t count = job->row_end[lane] - job->rows[lane], back = job->rows[lane] - at;
        memmove(job->row + at, job->row + job->rows[lane], count * sizeof *job->row);
        for (uint32_t person = job->begin[lane]; person < job->begin[lane + 1]; person++)
            job->row_offset[person] -= back;
        at += count;
    }
    job->row_offset[job->people->n] = at;
}

static kith_code weigh_ties(assembling *job, kith_err *err)
{
    kith_netdata *data = job->data;

    job->cost = kith_arena_alloc(job->arena, 2 * data->m * sizeof *job->cost);
    job->mask = kith_arena_alloc(job->arena, 2 * data->m * sizeof *job->mask);
    job->row_offset = kith_arena_alloc(job->arena, ((size_t)job->people->n + 1) * sizeof *job->row_offset);
    job->row = kith_arena_alloc(job->arena, job->rows[KITH_LANES] * sizeof *job->row);
    if (!job->cost || !job->mask || !job->row_offset || !job->row)
        return out_of_memory(err);
    job->plain_cost = kith_cost_of_strength(
        kith_weigh_tie(&job->with.c, &(kith_evidence_row){.kind = KITH_EVIDENCE_STATED_TIE, .factor = 1}, 1));
    kith_code rc = kith_tick_lanes(weigh_lane, job, job->progress, "weighing ties", data->m, err);
    if (rc)
        return rc;
    close_ranks(job);
    data->tie_cost = job->cost;
    data->tie_evidence = job->mask;
    data->evidence_offset = job->row_offset;
    data->evidence = job->row;
    return mirror_weights(job, err);
}

static assembling begin(const kith_people *people, const kith_assemble_opts *opts, kith_arena *arena,
                        kith_netdata *data)
{
    return (assembling){.people = people,
                        .progress = opts->progress,
                        .data = data,
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
    assembling job = begin(people, opts, arena, data);

    *data = (kith_netdata){.as_of = job.with.as_of};
    kith_code rc = kith_assemble_columns(people, &job.with.c, job.shared_contacts, opts->weight_is_strength,
                                         opts->progress, arena, data, err);
    if (rc == KITH_OK)
        rc = kith_stays_find(people, KITH_TENURE_WORK, job.with.as_of, &job.work, err);
    if (rc == KITH_OK)
        rc = kith_stays_find(people, KITH_TENURE_STUDY, job.with.as_of, &job.study, err);
    if (rc == KITH_OK)
        rc = kith_related_new(people, &job.related, err);
    if (rc == KITH_OK)
        rc = find_ties(&job, err);
    if (rc == KITH_OK)
        rc = lay_rows(&job, err);
    if (rc == KITH_OK)
        rc = count_shared(&job, err);
    if (rc == KITH_OK)
        rc = weigh_ties(&job, err);
    kith_stays_free(&job.work);
    kith_stays_free(&job.study);
    kith_related_free(&job.related);
    free_mirror(&job);
    kith_free(job.first);
    kith_free(job.higher);
    kith_free(job.shared);
    kith_free(job.cursor);
    return rc;
}

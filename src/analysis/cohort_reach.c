#include "analysis/cohort_reach.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/groups.h"
#include "base/mem.h"
#include "base/parallel.h"

/** Ties looked over, and what stands for more. */
enum { NEAR = 2, FAR = 3, BEYOND = FAR + 1 };

/** How many of the people looked from have somebody of a company within so many ties, and are of another. */
typedef struct tally {
    uint32_t within_2, within_3;
} tally;

/** What one lane needs. Counts are whole, so that lanes do not show. */
typedef struct lane_space {
    uint32_t *seen;  /**< [n] last source whose search met them, counted from 1 */
    uint32_t *queue; /**< [n] */
    uint32_t *met;   /**< [companies] last source that met somebody of it */
    tally *counts;   /**< [companies] of this lane, 0 between groups */
    uint32_t source; /**< number of the source at hand, over all groups */
} lane_space;

struct kith_reaching {
    const kith_net *net;
    const kith_graph *graph;
    kith_groups companies;
    uint32_t n_targets;
    uint8_t *near; /**< [n_targets][n] ties to the nearest of each target, or BEYOND */
    lane_space lanes[KITH_LANES];
    uint32_t n_lanes;
    const uint32_t *sources; /**< of the group at hand */
    uint32_t n_sources;
};

/** How near everyone is to some people. @param near  [n] BEYOND for all. */
static void spread(const kith_graph *graph, const kith_ids *from, uint32_t *queue, uint8_t *near)
{
    uint32_t end = 0;

    for (uint32_t i = 0; i < from->count; i++) {
        near[from->ids[i]] = 0;
        queue[end++] = from->ids[i];
    }
    for (uint32_t i = 0; i < end && near[queue[i]] < FAR; i++)
        for (uint64_t e = graph->offset[queue[i]]; e < graph->offset[queue[i] + 1]; e++) {
            const uint32_t w = graph->target[e];
            if (near[w] != BEYOND)
                continue;
            near[w] = (uint8_t)(near[queue[i]] + 1);
            queue[end++] = w;
        }
}

static bool lane_new(uint32_t n, uint32_t companies, lane_space *s)
{
    *s = (lane_space){.seen = kith_calloc(n, sizeof *s->seen),
                      .queue = kith_alloc_array(n, sizeof *s->queue),
                      .met = kith_calloc(companies, sizeof *s->met),
                      .counts = kith_calloc(companies, sizeof *s->counts)};
    return s->seen && s->queue && s->met && s->counts;
}

kith_code kith_reaching_new(const kith_net *net, const kith_graph *graph, const kith_ids *targets,
                            uint32_t n_targets, kith_reaching **out, kith_err *err)
{
    const size_t n = graph->n;
    kith_reaching *r = kith_calloc(1, sizeof *r);
    kith_code rc = r ? kith_groups_by_field(net, KITH_FIELD_COMPANY, &r->companies, err) : KITH_ENOMEM;
    bool fine = rc == KITH_OK && (r->near = kith_alloc_array(n_targets * n, sizeof *r->near));

    *out = NULL;
    if (fine) {
        r->net = net;
        r->graph = graph;
        r->n_targets = n_targets;
        r->n_lanes = kith_lanes_of_threads();
    }
    for (uint32_t lane = 0; fine && lane < r->n_lanes; lane++)
        fine = lane_new(graph->n, r->companies.count, &r->lanes[lane]);
    if (!fine) {
        kith_reaching_free(r);
        return kith_fail_memory(err, "whom groups reach");
    }
    if (n_targets > 0 && n > 0)
        memset(r->near, BEYOND, n_targets * n);
    for (uint32_t t = 0; t < n_targets; t++)
        spread(graph, &targets[t], r->lanes[0].queue, r->near + t * n);
    *out = r;
    return KITH_OK;
}

/** Meets somebody's company, unless the source at hand has met it, or is of it. */
static void meet(const kith_reaching *r, lane_space *s, uint32_t person, uint32_t ties)
{
    const uint32_t company = r->companies.of[person];

    if (company == KITH_NO_GROUP || s->met[company] == s->source)
        return;
    s->met[company] = s->source;
    s->counts[company].within_2 += ties <= NEAR;
    s->counts[company].within_3++;
}

static void look_from(const kith_reaching *r, lane_space *s, uint32_t person)
{
    const kith_graph *graph = r->graph;
    uint32_t begin = 0, end = 1;

    s->source++;
    s->queue[0] = person;
    s->seen[person] = s->source;
    if (r->companies.of[person] != KITH_NO_GROUP)
        s->met[r->companies.of[person]] = s->source;
    for (uint32_t ties = 1; ties <= FAR; ties++) {
        const uint32_t level_end = end;
        for (; begin < level_end; begin++)
            for (uint64_t e = graph->offset[s->queue[begin]]; e < graph->offset[s->queue[begin] + 1]; e++) {
                const uint32_t w = graph->target[e];
                if (s->seen[w] == s->source)
                    continue;
                s->seen[w] = s->source;
                s->queue[end++] = w;
                meet(r, s, w, ties);
            }
    }
}

static bool run_lane(void *ctx, uint32_t lane)
{
    kith_reaching *r = ctx;

    for (uint32_t i = lane; lane < r->n_lanes && i < r->n_sources; i += r->n_lanes)
        look_from(r, &r->lanes[lane], r->sources[i]);
    return true;
}

/* ---- companies ---- */

/** A company with how many reach it. */
typedef struct reached {
    uint32_t company, within_2, within_3, value;
} reached;

/** Strings are numbered in byte order. */
static int compare_reached(const void *a, const void *b)
{
    const reached *x = a, *y = b;

    if (x->within_2 != y->within_2)
        return x->within_2 > y->within_2 ? -1 : 1;
    if (x->within_3 != y->within_3)
        return x->within_3 > y->within_3 ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

/** Puts the lanes' counts together and clears them. @return how many companies are reached. */
static uint32_t gather(kith_reaching *r, reached *list)
{
    uint32_t count = 0;

    for (uint32_t c = 0; c < r->companies.count; c++) {
        reached sum = {.company = c, .value = r->companies.value[c]};
        for (uint32_t lane = 0; lane < r->n_lanes; lane++) {
            sum.within_2 += r->lanes[lane].counts[c].within_2;
            sum.within_3 += r->lanes[lane].counts[c].within_3;
            r->lanes[lane].counts[c] = (tally){0};
        }
        if (sum.within_3 > 0)
            list[count++] = sum;
    }
    return count;
}

static uint32_t people_of(const kith_reaching *r, uint32_t company, const uint32_t *people, uint32_t n_people)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < n_people; i++)
        count += r->companies.of[people[i]] == company;
    return count;
}

static void tell_companies(const kith_reaching *r, const uint32_t *people, uint32_t n_people,
                           const reached *list, uint32_t count, kith_cohort_group *out)
{
    out->companies_within_3 = count;
    for (uint32_t i = 0; i < count; i++)
        out->companies_within_2 += list[i].within_2 > 0;
    out->n_companies = count < KITH_COHORT_COMPANIES ? count : KITH_COHORT_COMPANIES;
    for (uint32_t i = 0; i < out->n_companies; i++)
        out->companies[i] =
            (kith_cohort_reach){.company = kith_net_field_string(r->net, KITH_FIELD_COMPANY, list[i].value),
                                .there = people_of(r, list[i].company, people, n_people),
                                .within_2 = (double)list[i].within_2 / r->n_sources,
                                .within_3 = (double)list[i].within_3 / r->n_sources};
}

/* ---- people asked for ---- */

static void tell_target(const kith_reaching *r, uint32_t t, const uint32_t *people, uint32_t n_people,
                        kith_cohort_reach *out)
{
    const uint8_t *near = r->near + (size_t)t * r->graph->n;
    uint32_t within_2 = 0, within_3 = 0;

    *out = (kith_cohort_reach){0};
    for (uint32_t i = 0; i < n_people; i++) {
        const uint8_t ties = near[people[i]];
        out->there += ties == 0;
        within_2 += ties > 0 && ties <= NEAR;
        within_3 += ties > 0 && ties <= FAR;
    }
    out->within_2 = (double)within_2 / n_people;
    out->within_3 = (double)within_3 / n_people;
}

kith_code kith_reaching_measure(kith_reaching *r, const uint32_t *people, uint32_t n_people,
                                const uint32_t *sources, uint32_t n_sources, kith_cohort_group *out,
                                kith_err *err)
{
    reached *list = kith_alloc_array(r->companies.count, sizeof *list);

    out->targets = kith_alloc_array(r->n_targets, sizeof *out->targets);
    if (!list || !out->targets) {
        kith_free(list);
        return kith_fail_memory(err, "whom groups reach");
    }
    r->sources = sources;
    r->n_sources = n_sources;
    kith_parallel_lanes(run_lane, r);
    const uint32_t count = gather(r, list);
    if (count > 0)
        qsort(list, count, sizeof *list, compare_reached);
    tell_companies(r, people, n_people, list, count, out);
    for (uint32_t t = 0; t < r->n_targets; t++)
        tell_target(r, t, people, n_people, &out->targets[t]);
    kith_free(list);
    return KITH_OK;
}

void kith_reaching_free(kith_reaching *r)
{
    if (!r)
        return;
    kith_groups_free(&r->companies);
    kith_free(r->near);
    for (uint32_t lane = 0; lane < KITH_LANES; lane++) {
        kith_free(r->lanes[lane].seen);
        kith_free(r->lanes[lane].queue);
        kith_free(r->lanes[lane].met);
        kith_free(r->lanes[lane].counts);
    }
    kith_free(r);
}

/* Groups are dealt out anew by shuffling who is in which; what each deal comes to is counted beside what is.
 * Comparisons are made of whole numbers, so that equal indices count as equal. */
#include "analysis/ei_index.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "base/ticker.h"

enum { LEAST_PERMUTATIONS = 99 };

/** Ties of one group. */
typedef struct ties {
    uint64_t inside, between;
} ties;

/** How deals compare with what is; those in which a group has no ties are not compared. */
typedef struct comparison {
    uint32_t deals, low, high; /**< compared; with an index no higher, no lower */
    double sum;                /**< of their indices */
} comparison;

typedef struct job {
    const kith_graph *graph;
    const uint32_t *group;
    uint32_t n_groups;
    const ties *now; /**< [n_groups + 1] the last: all */
    uint32_t permutations;
    uint64_t seed;
    comparison *lanes[KITH_LANES]; /**< [n_groups + 1] each */
} job;

static double index_of(const ties *t)
{
    return t->inside + t->between == 0
               ? NAN
               : ((double)t->between - (double)t->inside) / (double)(t->between + t->inside);
}

/** Counts the ties of each group, and of all at the end. */
static void count_ties(const kith_graph *graph, const uint32_t *group, uint32_t n_groups, ties *out)
{
    memset(out, 0, ((size_t)n_groups + 1) * sizeof *out);
    for (uint32_t v = 0; v < graph->n; v++)
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
            const uint32_t w = graph->target[e];
            if (w < v)
                continue;
            if (group[v] == group[w]) {
                out[group[v]].inside++;
                out[n_groups].inside++;
            } else {
                out[group[v]].between++;
                out[group[w]].between++;
                out[n_groups].between++;
            }
        }
}

static void compare(const ties *now, const ties *dealt, comparison *c)
{
    const uint64_t all_now = now->inside + now->between, all_dealt = dealt->inside + dealt->between;

    if (all_now == 0 || all_dealt == 0)
        return;
    const uint64_t ours = now->between * all_dealt, theirs = dealt->between * all_now;
    c->deals++;
    c->low += theirs <= ours;
    c->high += theirs >= ours;
    c->sum += index_of(dealt);
}

static void shuffle(uint32_t *labels, uint32_t n, uint64_t seed)
{
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    for (uint32_t i = n; i > 1; i--) {
        const uint32_t k = (uint32_t)kith_rng_below(&rng, i), held = labels[i - 1];
        labels[i - 1] = labels[k];
        labels[k] = held;
    }
}

static bool run_lane(void *ctx, uint32_t lane)
{
    const job *j = ctx;
    const uint32_t n = j->graph->n;
    uint32_t *labels = kith_alloc_array(n, sizeof *labels);
    ties *dealt = kith_alloc_array((size_t)j->n_groups + 1, sizeof *dealt);
    const bool ok = labels && dealt;

    for (uint32_t i = lane; ok && i < j->permutations; i += KITH_LANES) {
        if (n > 0)
            memcpy(labels, j->group, n * sizeof *labels);
        shuffle(labels, n, j->seed + i);
        count_ties(j->graph, labels, j->n_groups, dealt);
        for (uint32_t g = 0; g <= j->n_groups; g++)
            compare(&j->now[g], &dealt[g], &j->lanes[lane][g]);
    }
    kith_free(labels);
    kith_free(dealt);
    return ok;
}

/** Puts the lanes of one group together, in order. */
static void conclude(const job *j, uint32_t g, kith_ei *out)
{
    comparison c = {0};

    for (uint32_t lane = 0; lane < KITH_LANES; lane++) {
        const comparison *of = &j->lanes[lane][g];
        c.deals += of->deals;
        c.low += of->low;
        c.high += of->high;
        c.sum += of->sum;
    }
    out->inside = j->now[g].inside;
    out->between = j->now[g].between;
    out->index = index_of(&j->now[g]);
    out->expected = c.deals > 0 ? c.sum / c.deals : NAN;
    out->p = c.deals > 0 ? fmin(1, 2 * (1.0 + fmin(c.low, c.high)) / (1.0 + c.deals)) : NAN;
}

/** Each group's part of modularity, and what all together come to. */
static void measure_modularity(uint64_t m, uint32_t n_groups, kith_ei *each, kith_ei *all,
                               double *assortativity)
{
    double by_chance = 0;

    all->modularity = m > 0 ? 0 : NAN;
    for (uint32_t g = 0; g < n_groups; g++) {
        const double share = (2 * (double)each[g].inside + (double)each[g].between) / (2 * (double)m);
        each[g].modularity = (double)each[g].inside / (double)m - share * share; /* NaN without ties */
        all->modularity += each[g].modularity;
        by_chance += share * share;
    }
    *assortativity = by_chance < 1 ? all->modularity / (1 - by_chance) : NAN;
}

static uint32_t affordable(uint32_t wanted, uint64_t m)
{
    const uint64_t most = KITH_EI_WORK / (m + 1),
                   enough = most > LEAST_PERMUTATIONS ? most : LEAST_PERMUTATIONS;

    return wanted < enough ? wanted : (uint32_t)enough;
}

kith_code kith_ei_measure(const kith_graph *graph, const uint32_t *group, uint32_t n_groups,
                          const kith_dealing *dealing, kith_ei *each, kith_ei *all, uint32_t *made,
                          double *assortativity, kith_err *err)
{
    const size_t rows = (size_t)n_groups + 1;
    ties *now = kith_alloc_array(rows, sizeof *now);
    comparison *lanes = kith_calloc(KITH_LANES * rows, sizeof *lanes);
    job j = {.graph = graph,
             .group = group,
             .n_groups = n_groups,
             .now = now,
             .permutations = affordable(dealing->permutations, graph->m),
             .seed = dealing->seed};
    kith_code rc = kith_tick_now(dealing->progress, "dealing out groups", 0, 0, err);

    if (rc == KITH_OK && (!now || !lanes))
        rc = kith_fail_memory(err, "the E-I index");
    if (rc != KITH_OK)
        goto done;
    for (uint32_t lane = 0; lane < KITH_LANES; lane++)
        j.lanes[lane] = lanes + lane * rows;
    count_ties(graph, group, n_groups, now);
    if (!kith_parallel_lanes(run_lane, &j)) {
        rc = kith_fail_memory(err, "the E-I index");
        goto done;
    }
    for (uint32_t g = 0; g < n_groups; g++)
        conclude(&j, g, &each[g]);
    conclude(&j, n_groups, all);
    measure_modularity(graph->m, n_groups, each, all, assortativity);
    *made = j.permutations;

done:
    kith_free(now);
    kith_free(lanes);
    return rc;
}

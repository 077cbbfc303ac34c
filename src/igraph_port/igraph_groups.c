#include <stdlib.h>

#include "base/mem.h"
#include "base/ticker.h"
#include "igraph_port/igraph_handle.h"

/** Rounds of the Leiden method at most; most networks settle in three or four. */
#define ROUNDS 10

/** How freely Leiden strays from the best move while it refines; what its authors advise. */
#define RANDOMNESS 0.01

/** A group of people. */
typedef struct group {
    uint32_t people;
    uint32_t first; /**< smallest id */
    uint32_t name;  /**< number it had */
} group;

static int by_falling_size(const void *left, const void *right)
{
    const group *a = left;
    const group *b = right;

    if (a->people != b->people)
        return a->people > b->people ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

/** Numbers groups from 0 by falling size, then smallest id. @return false when out of memory. */
static bool number_groups(const igraph_vector_int_t *membership, uint32_t count, uint32_t *number)
{
    uint32_t n = (uint32_t)kith_ig.vector_int_size(membership);
    group *groups = kith_calloc(count, sizeof *groups);
    uint32_t *new_name = kith_alloc_array(count, sizeof *new_name);
    bool ok = groups && new_name;

    for (uint32_t v = 0; ok && v < n; v++) {
        uint32_t name = (uint32_t)VECTOR(*membership)[v];
        if (groups[name].people++ == 0) {
            groups[name].first = v;
            groups[name].name = name;
        }
    }
    if (ok && count > 0)
        qsort(groups, count, sizeof *groups, by_falling_size);
    for (uint32_t i = 0; ok && i < count; i++)
        new_name[groups[i].name] = i;
    for (uint32_t v = 0; ok && v < n; v++)
        number[v] = new_name[VECTOR(*membership)[v]];
    kith_free(groups);
    kith_free(new_name);
    return ok;
}

kith_code kith_igraph_coreness(const kith_igraph *graph, uint32_t *coreness, kith_err *err)
{
    static const char *const doing = "finding cores";
    igraph_vector_int_t cores;

    kith_igraph_begin(graph, doing);
    kith_code rc = kith_igraph_check(kith_ig.vector_int_init(&cores, 0), doing, err);
    if (rc)
        return rc;
    rc = kith_igraph_check(kith_ig.coreness(&graph->graph, &cores, IGRAPH_ALL), doing, err);
    for (igraph_integer_t v = 0; !rc && v < kith_ig.vcount(&graph->graph); v++)
        coreness[v] = (uint32_t)VECTOR(cores)[v];
    kith_ig.vector_int_destroy(&cores);
    return rc;
}

/** Leiden rounds from everyone alone until one betters nothing. */
static kith_code leiden(const kith_igraph *graph, const igraph_vector_t *degree, double resolution,
                        igraph_vector_int_t *membership, uint32_t *count, igraph_real_t *quality,
                        const char *doing, kith_err *err)
{
    kith_code rc = KITH_OK;
    double scaled = resolution / (2.0 * (double)kith_ig.ecount(&graph->graph));
    igraph_integer_t found = 0;
    bool better = true;

    for (uint32_t round = 0; !rc && better && round < ROUNDS; round++) {
        igraph_real_t before = *quality;
        if ((rc = kith_tick_now(graph->progress, doing, round, ROUNDS, err)))
            return rc;
        rc = kith_igraph_check(kith_ig.community_leiden(&graph->graph, NULL, degree, scaled, RANDOMNESS,
                                                        round > 0, 1, membership, &found, quality),
                               doing, err);
        better = round == 0 || *quality > before;
    }
    *count = (uint32_t)found;
    return rc;
}

/** Without ties everyone is a community: modularity says nothing. */
static kith_code everyone_alone(const kith_igraph *graph, uint32_t *community, uint32_t *count)
{
    *count = (uint32_t)kith_ig.vcount(&graph->graph);
    for (uint32_t v = 0; v < *count; v++)
        community[v] = v;
    return KITH_OK;
}

/** Runs Leiden from one seed after another and numbers the communities of the best run. */
static kith_code best_of(const kith_igraph *graph, const igraph_vector_t *degree, uint64_t seed,
                         double resolution, uint32_t runs, igraph_vector_int_t *membership,
                         uint32_t *community, uint32_t *count, const char *doing, kith_err *err)
{
    kith_code rc = KITH_OK;
    igraph_real_t best = 0;

    for (uint32_t run = 0; !rc && run < runs; run++) {
        igraph_real_t quality = 0;
        uint32_t found = 0;
        rc = kith_igraph_check(kith_ig.rng_seed(kith_ig.rng_default(), (igraph_uint_t)(seed + run)), doing,
                               err);
        if (!rc)
            rc = leiden(graph, degree, resolution, membership, &found, &quality, doing, err);
        if (rc || (run > 0 && quality <= best))
            continue;
        best = quality;
        *count = found;
        if (!number_groups(membership, found, community))
            rc = kith_fail_memory(err, doing);
    }
    return rc;
}

kith_code kith_igraph_communities(const kith_igraph *graph, uint64_t seed, double resolution, uint32_t runs,
                                  uint32_t *community, uint32_t *count, kith_err *err)
{
    static const char *const doing = "finding communities";
    igraph_vector_int_t membership;
    igraph_vector_t degree;

    if (kith_ig.ecount(&graph->graph) == 0)
        return everyone_alone(graph, community, count);
    kith_igraph_begin(graph, doing);
    kith_code rc = kith_igraph_check(kith_ig.vector_int_init(&membership, 0), doing, err);
    if (rc)
        return rc;
    rc = kith_igraph_check(kith_ig.vector_init(&degree, 0), doing, err);
    if (rc)
        goto without_degree;
    rc = kith_igraph_check(
        kith_ig.strength(&graph->graph, &degree, kith_ig.vss_all(), IGRAPH_ALL, IGRAPH_LOOPS, NULL), doing,
        err);
    if (!rc)
        rc = best_of(graph, &degree, seed, resolution, runs, &membership, community, count, doing, err);
    kith_ig.vector_destroy(&degree);
without_degree:
    kith_ig.vector_int_destroy(&membership);
    return rc;
}

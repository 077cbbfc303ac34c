#include <kith/without.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/groups.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/ticker.h"
#include "graph/biconnected.h"
#include "graph/distances.h"
#include "graph/remaining.h"

/** People that distances are counted from where not everyone is. */
#define SOURCES 256

/** One company in one component. */
typedef struct presence {
    uint32_t root, company;
} presence;

/** Both networks, and who is of what. */
typedef struct leaving {
    const kith_without_opts *opts;
    kith_graph graph;
    kith_remaining remaining;
    kith_biconnected whole,
        left; /**< only components are looked at: each is known by its root, its smallest id */
    kith_groups companies;
    bool *gone;           /**< [n] */
    bool *touched;        /**< [n] by root in `whole`: somebody of the component leaves */
    uint32_t *part_size;  /**< [n] by root in `left` */
    uint32_t *sources;    /**< [SOURCES] that distances are counted from; NULL: everyone */
    presence *were, *are; /**< distinct, by root, then company: as it is, and as it will be */
    uint32_t n_were, n_are;
} leaving;

static void leaving_free(leaving *l)
{
    kith_remaining_free(&l->remaining);
    kith_biconnected_free(&l->whole);
    kith_biconnected_free(&l->left);
    kith_groups_free(&l->companies);
    kith_free(l->gone);
    kith_free(l->touched);
    kith_free(l->part_size);
    kith_free(l->sources);
    kith_free(l->were);
    kith_free(l->are);
}

static kith_code leaving_new(const kith_net *net, const kith_without_opts *opts, leaving *l, kith_err *err)
{
    kith_code rc;

    l->opts = opts;
    if ((rc = kith_net_graph(net, &l->graph, err)) != KITH_OK)
        return rc;
    const uint32_t n = l->graph.n;
    l->gone = kith_calloc(n, sizeof *l->gone);
    l->touched = kith_calloc(n, sizeof *l->touched);
    l->part_size = kith_calloc(n, sizeof *l->part_size);
    l->were = kith_alloc_array(n, sizeof *l->were);
    l->are = kith_alloc_array(n, sizeof *l->are);
    if (!l->gone || !l->touched || !l->part_size || !l->were || !l->are)
        return kith_fail_memory(err, "people who leave");
    for (uint32_t i = 0; i < opts->n_people; i++) {
        if (opts->people[i] >= n)
            return kith_fail(err, KITH_EUSAGE, "there is no person %u", opts->people[i]);
        l->gone[opts->people[i]] = true;
    }
    if ((rc = kith_remaining_new(&l->graph, l->gone, &l->remaining, err)) != KITH_OK ||
        (rc = kith_biconnected_run(&l->graph, &l->whole, err)) != KITH_OK ||
        (rc = kith_biconnected_run(&l->remaining.graph, &l->left, err)) != KITH_OK)
        return rc;
    for (uint32_t i = 0; i < opts->n_people; i++)
        l->touched[l->whole.root[opts->people[i]]] = true;
    for (uint32_t v = 0; v < n; v++)
        l->part_size[l->left.root[v]] += !l->gone[v];
    return kith_groups_by_field(net, KITH_FIELD_COMPANY, &l->companies, err);
}

/* ---- the shape of both ---- */

/** Draws the people that distances are counted from, from those who stay. */
static kith_code draw_sources(leaving *l, kith_without_result *result, kith_err *err)
{
    const uint32_t n = l->graph.n;
    kith_rng rng;

    if (n * l->graph.m <= KITH_WITHOUT_WORK || n - l->opts->n_people <= SOURCES)
        return KITH_OK;
    if (!(l->sources = kith_alloc_array(SOURCES, sizeof *l->sources)))
        return kith_fail_memory(err, "distances");
    kith_rng_seed(&rng, l->opts->seed);
    result->sources = SOURCES;
    for (uint32_t i = 0; i < SOURCES; i++)
        do
            l->sources[i] = (uint32_t)kith_rng_below(&rng, n);
        while (l->gone[l->sources[i]]);
    return KITH_OK;
}

/** @param gone  [n] who is not counted; NULL: everyone is. */
static kith_code take_shape(const leaving *l, const kith_graph *graph, const kith_biconnected *b,
                            const bool *gone, kith_shape *shape, kith_err *err)
{
    kith_distances sum;
    const kith_code rc = kith_distances_sum(graph, l->sources, l->sources ? SOURCES : graph->n, &sum, err);

    *shape = (kith_shape){.ties = graph->m};
    for (uint32_t v = 0; v < graph->n; v++) {
        if (gone && gone[v])
            continue;
        shape->people++;
        shape->parts += b->root[v] == v;
        shape->isolated += kith_graph_degree(graph, v) == 0;
        if (b->root[v] == v && b->size[v] > shape->largest)
            shape->largest = b->size[v];
    }
    shape->mean_distance = sum.pairs > 0 ? (double)sum.ties / (double)sum.pairs : NAN;
    shape->longest_distance = sum.longest;
    return rc;
}

/* ---- parts and companies ---- */

static int compare_presences(const void *a, const void *b)
{
    const presence *x = a, *y = b;

    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return (x->company > y->company) - (x->company < y->company);
}

/** Sorts, and drops what occurs twice. @return how many are left. */
static uint32_t make_distinct(presence *list, uint32_t count)
{
    uint32_t kept = 0;

    qsort(list, count, sizeof *list, compare_presences);
    for (uint32_t i = 0; i < count; i++)
        if (kept == 0 || compare_presences(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    return kept;
}

static void find_presences(leaving *l)
{
    for (uint32_t v = 0; v < l->graph.n; v++) {
        const uint32_t company = l->companies.of[v];
        if (company == KITH_NO_GROUP)
            continue;
        l->were[l->n_were++] = (presence){l->whole.root[v], company};
        if (!l->gone[v])
            l->are[l->n_are++] = (presence){l->left.root[v], company};
    }
    l->n_were = make_distinct(l->were, l->n_were);
    l->n_are = make_distinct(l->are, l->n_are);
}

/** First presence of a root or a later one. */
static uint32_t first_of(const presence *list, uint32_t count, uint32_t root)
{
    uint32_t low = 0, high = count;

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (list[middle].root < root)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t companies_in(const presence *list, uint32_t count, uint32_t root)
{
    return first_of(list, count, root + 1) - first_of(list, count, root);
}

static int compare_parts(const void *a, const void *b)
{
    const kith_part *x = a, *y = b;

    if (x->n_people != y->n_people)
        return x->n_people > y->n_people ? -1 : 1;
    return (x->people[0] > y->people[0]) - (x->people[0] < y->people[0]);
}

/** Whether the part of root `one` is larger than that of `other`, or as large with a smaller root. */
static bool larger(const leaving *l, uint32_t one, uint32_t other)
{
    if (l->part_size[one] != l->part_size[other])
        return l->part_size[one] > l->part_size[other];
    return one < other;
}

/** Makes the parts, each with all its people. `at` is scratch, [n]. */
static kith_code list_parts(const leaving *l, uint32_t *at, kith_without_result *result, kith_err *err)
{
    const uint32_t n = l->graph.n;
    uint32_t count = 0;

    for (uint32_t v = 0; v < n; v++)
        count += l->left.root[v] == v && !l->gone[v] && l->touched[l->whole.root[v]];
    if (!(result->parts = kith_calloc(count, sizeof *result->parts)))
        return kith_fail_memory(err, "parts");
    for (uint32_t v = 0; v < n; v++) {
        if (l->gone[v] || !l->touched[l->whole.root[v]])
            continue;
        const uint32_t root = l->left.root[v];
        if (root == v) {
            kith_part *part = &result->parts[result->n_parts];
            part->companies_lost =
                companies_in(l->were, l->n_were, l->whole.root[v]) - companies_in(l->are, l->n_are, root);
            if (!(part->people = kith_alloc_array(l->part_size[v], sizeof *part->people)))
                return kith_fail_memory(err, "parts");
            at[v] = result->n_parts++;
        }
        kith_part *part = &result->parts[at[root]];
        part->people[part->n_people++] = v;
    }
    return KITH_OK;
}

static kith_code find_parts(const leaving *l, kith_without_result *result, kith_err *err)
{
    kith_code rc = KITH_OK;
    const uint32_t n = l->graph.n;
    uint32_t *at = kith_alloc_array(n, sizeof *at);
    uint32_t *largest = kith_alloc_array(n, sizeof *largest); /* by root in `whole`: that in `left` */

    if (!at || !largest) {
        rc = kith_fail_memory(err, "parts");
        goto done;
    }
    if ((rc = list_parts(l, at, result, err)) != KITH_OK)
        goto done;
    for (uint32_t v = 0; v < n; v++)
        largest[v] = UINT32_MAX;
    for (uint32_t i = 0; i < result->n_parts; i++) {
        const uint32_t root = result->parts[i].people[0], whole = l->whole.root[root];
        if (largest[whole] == UINT32_MAX || larger(l, root, largest[whole]))
            largest[whole] = root;
    }
    qsort(result->parts, result->n_parts, sizeof *result->parts, compare_parts);
    for (uint32_t i = 0; i < result->n_parts; i++) {
        kith_part *part = &result->parts[i];
        if (largest[l->whole.root[part->people[0]]] != part->people[0])
            continue;
        kith_free(part->people);
        part->people = NULL;
    }

done:
    kith_free(at);
    kith_free(largest);
    return rc;
}

static int compare_losses(const void *a, const void *b)
{
    const kith_company_loss *x = a, *y = b;

    if (x->people_losing != y->people_losing)
        return x->people_losing > y->people_losing ? -1 : 1;
    return strcmp(x->company, y->company);
}

/** Counts for each company those who could reach it, and those who can. */
static kith_code find_losses(const kith_net *net, const leaving *l, kith_without_result *result,
                             kith_err *err)
{
    kith_code rc = KITH_OK;
    const uint32_t count = l->companies.count;
    uint32_t *could = kith_calloc(count, sizeof *could);
    uint32_t *can = kith_calloc(count, sizeof *can);
    uint32_t *stay = kith_calloc(l->graph.n, sizeof *stay); /* by root in `whole`: who does not leave */

    result->companies = kith_alloc_array(count, sizeof *result->companies);
    if (!could || !can || !stay || !result->companies) {
        rc = kith_fail_memory(err, "companies");
        goto done;
    }
    for (uint32_t v = 0; v < l->graph.n; v++)
        stay[l->whole.root[v]] += !l->gone[v];
    for (uint32_t i = 0; i < l->n_were; i++)
        could[l->were[i].company] += stay[l->were[i].root];
    for (uint32_t i = 0; i < l->n_are; i++)
        can[l->are[i].company] += l->part_size[l->are[i].root];
    for (uint32_t c = 0; c < count; c++)
        if (could[c] > can[c])
            result->companies[result->n_companies++] =
                (kith_company_loss){kith_net_field_string(net, KITH_FIELD_COMPANY, l->companies.value[c]),
                                    could[c] - can[c], can[c]};
    qsort(result->companies, result->n_companies, sizeof *result->companies, compare_losses);

done:
    kith_free(could);
    kith_free(can);
    kith_free(stay);
    return rc;
}

kith_code kith_without(const kith_net *net, const kith_without_opts *opts, kith_without_result *result,
                       kith_err *err)
{
    kith_code rc;
    leaving l = {0};

    *result = (kith_without_result){.people = kith_alloc_array(opts->n_people, sizeof *result->people)};
    if (!result->people) {
        rc = kith_fail_memory(err, "people who leave");
        goto done;
    }
    if ((rc = leaving_new(net, opts, &l, err)) != KITH_OK)
        goto done;
    for (uint32_t i = 0; i < opts->n_people; i++)
        result->people[result->n_people++] = opts->people[i];
    if ((rc = kith_tick_now(opts->progress, "measuring distances", 0, 0, err)) != KITH_OK ||
        (rc = draw_sources(&l, result, err)) != KITH_OK ||
        (rc = take_shape(&l, &l.graph, &l.whole, NULL, &result->before, err)) != KITH_OK ||
        (rc = take_shape(&l, &l.remaining.graph, &l.left, l.gone, &result->after, err)) != KITH_OK)
        goto done;
    find_presences(&l);
    if ((rc = find_parts(&l, result, err)) != KITH_OK || (rc = find_losses(net, &l, result, err)) != KITH_OK)
        goto done;
    rc = kith_net_status(net, err);

done:
    leaving_free(&l);
    if (rc != KITH_OK)
        kith_without_free(result);
    return rc;
}

void kith_without_free(kith_without_result *result)
{
    for (uint32_t i = 0; i < result->n_parts; i++)
        kith_free(result->parts[i].people);
    kith_free(result->people);
    kith_free(result->parts);
    kith_free(result->companies);
    *result = (kith_without_result){0};
}

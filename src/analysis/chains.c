#include <kith/chains.h>

#include <stdlib.h>
#include <string.h>

#include "analysis/begun_rows.h"
#include "analysis/generations.h"
#include "analysis/holds.h"
#include "analysis/lineage.h"
#include "analysis/mentor_cycles.h"
#include "analysis/mentor_graph.h"
#include "analysis/pay_forward.h"
#include "analysis/pay_groups.h"
#include "analysis/ready.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/radix.h"
#include "base/ticker.h"

static const uint64_t default_limit = 10000000000;
static const uint32_t default_exposure_months = 24;

/** Sorts by a number of each, the smallest first; those with the same stay in order. */
static bool sort_by(const kith_lineage *people, kith_keyed *order, uint32_t n,
                    uint32_t (*key)(const kith_lineage *))
{
    for (uint32_t i = 0; i < n; i++)
        order[i].key = key(&people[order[i].value]);
    return kith_radix_sort(order, n);
}

static uint32_t id_key(const kith_lineage *p)
{
    return p->person;
}

static uint32_t fecundity_key(const kith_lineage *p)
{
    return ~p->fecundity;
}

static uint32_t generations_key(const kith_lineage *p)
{
    return ~p->generations_below;
}

/** UINT32_MAX, which stands for unknown, comes after all that is known. */
static uint32_t descendants_key(const kith_lineage *p)
{
    return p->descendants == UINT32_MAX ? UINT32_MAX : UINT32_MAX - 1 - p->descendants;
}

/** People in the order of the result. */
static bool sort_lineages(kith_lineage **people, uint32_t n)
{
    kith_keyed *order = kith_alloc_array(n, sizeof *order);
    kith_lineage *sorted = kith_alloc_array(n, sizeof *sorted);

    for (uint32_t i = 0; order && i < n; i++)
        order[i].value = i;
    const bool ok =
        order && sorted && sort_by(*people, order, n, id_key) && sort_by(*people, order, n, fecundity_key) &&
        sort_by(*people, order, n, generations_key) && sort_by(*people, order, n, descendants_key);
    for (uint32_t i = 0; ok && i < n; i++)
        sorted[i] = (*people)[order[i].value];
    kith_free(order);
    kith_free(ok ? *people : sorted);
    if (ok)
        *people = sorted;
    return ok;
}

/** People, founders and fragile links, and the longest chain. */
static kith_code measure(const kith_mentor_graph *g, const kith_progress *progress,
                         kith_chains_result *result, kith_err *err)
{
    kith_code rc;
    kith_generations generations = {0};

    if ((rc = kith_generations_measure(g, &generations, err)) != KITH_OK)
        goto done;
    if (!(result->people = kith_alloc_array(g->n, sizeof *result->people))) {
        rc = kith_fail_memory(err, "lineages");
        goto done;
    }
    rc = kith_lineage_measure(g, &generations, result->limit, progress, result->people, err);
    if (rc != KITH_OK || (rc = kith_holds_list(g, progress, result, err)) != KITH_OK)
        goto done;
    if (!sort_lineages(&result->people, g->n)) {
        rc = kith_fail_memory(err, "lineages");
        goto done;
    }
    for (uint32_t v = 0; v < g->n; v++)
        result->descendants_unknown += result->people[v].descendants == UINT32_MAX;
    result->n_involved = g->n;
    result->n_people = result->top > 0 && result->top < g->n ? result->top : g->n;
    for (uint32_t i = 0; i < generations.n_longest; i++)
        generations.longest[i] = g->person[generations.longest[i]];
    result->longest_chain = generations.longest;
    result->n_longest_chain = generations.n_longest;
    generations.longest = NULL; /* the result's now */

done:
    kith_generations_free(&generations);
    return rc;
}

static kith_code list_cycles(const kith_mentor_graph *g, kith_chains_result *result, kith_err *err)
{
    kith_mentor_cycles cycles = {0};
    const kith_code rc = kith_mentor_cycles_list(g, &cycles, err);

    result->cycles = cycles.cycles;
    result->n_cycles = cycles.n_cycles;
    result->more_cycles = cycles.more;
    return rc;
}

/** Copies what was asked for into the result. */
static kith_code note_asked(const kith_net *net, const kith_chains_opts *opts, kith_chains_result *result,
                            kith_err *err)
{
    kith_net_summary about;

    kith_net_summarise(net, &about);
    *result = (kith_chains_result){
        .programme = opts->programme ? kith_strdup(opts->programme) : NULL,
        .cohort = opts->cohort ? kith_strdup(opts->cohort) : NULL,
        .top = opts->top,
        .limit = opts->limit > 0 ? opts->limit : default_limit,
        .exposure_months = opts->exposure_months > 0 ? opts->exposure_months : default_exposure_months,
        .as_of = about.as_of,
    };
    if ((opts->programme && !result->programme) || (opts->cohort && !result->cohort))
        return kith_fail_memory(err, "what was asked for");
    return KITH_OK;
}

/** How soon those who were mentored mentor in turn: all of them, then by programme and cohort. */
static kith_code follow(const kith_begun *rows, kith_chains_result *result, kith_err *err)
{
    kith_code rc;
    kith_pay_rows pay = {0};

    if ((rc = kith_pay_rows_new(rows->chosen, rows->n_chosen, rows->all, rows->n_all, &pay, err)) != KITH_OK)
        goto done;
    pay.as_of = result->as_of;
    pay.exposure_months = result->exposure_months;
    if ((rc = kith_pay_forward_measure(&pay, NULL, rows->n_chosen, &result->pay_forward, err)) != KITH_OK ||
        (rc = kith_pay_groups_measure(&pay, rows->programme, rows->programmes, false, result, err)) !=
            KITH_OK)
        goto done;
    rc = kith_pay_groups_measure(&pay, rows->cohort, rows->cohorts, true, result, err);

done:
    kith_pay_rows_free(&pay);
    return rc;
}

static int compare_names(const void *a, const void *b)
{
    const kith_founding *x = a, *y = b;

    return strcmp(x->name, y->name);
}

/** Adds the founding of mentorships that share a name. */
static kith_code add_founding(const kith_mentor_edge *edges, uint32_t count, const char *name, bool is_cohort,
                              const kith_progress *progress, kith_chains_result *result, kith_err *err)
{
    kith_code rc;
    kith_mentor_graph g = {0};
    kith_chains_result inside = {.top = result->top, .limit = result->limit};
    kith_founding *founding = &result->foundings[result->n_foundings];

    *founding = (kith_founding){.is_cohort = is_cohort, .name = kith_strdup(name)};
    if (!founding->name)
        return kith_fail_memory(err, "founders");
    result->n_foundings++;
    if ((rc = kith_mentor_graph_build(edges, count, progress, &g, err)) != KITH_OK ||
        (rc = measure(&g, progress, &inside, err)) != KITH_OK)
        goto done;
    founding->n_people = inside.n_involved;
    founding->n_longest = inside.n_longest_chain;
    founding->founders = inside.founders;
    founding->n_founders = inside.n_founders;
    founding->founders_counted = inside.founders_counted;
    inside.founders = NULL; /* the result's now */

done:
    kith_mentor_graph_free(&g);
    kith_chains_free(&inside);
    return rc;
}

/** The founders of each programme or of each cohort: `name` is the number of each mentorship's, among
 * `names`. */
static kith_code found(const kith_begun *rows, const uint32_t *name, const kith_intern *names, bool is_cohort,
                       const kith_progress *progress, kith_chains_result *result, kith_err *err)
{
    kith_code rc = KITH_OK;
    const uint32_t before = result->n_foundings, count = rows->n_chosen;
    const size_t room = (size_t)before + kith_intern_count(names);
    kith_keyed *order = kith_alloc_array(count, sizeof *order);
    kith_mentor_edge *edges = kith_alloc_array(count, sizeof *edges);
    kith_founding *foundings = kith_realloc(result->foundings, room + 1, sizeof *foundings);

    if (foundings)
        result->foundings = foundings;
    for (uint32_t i = 0; order && i < count; i++)
        order[i] = (kith_keyed){name[i], i};
    if (!order || !edges || !foundings || !kith_radix_sort(order, count)) {
        rc = kith_fail_memory(err, "founders");
        goto done;
    }
    for (uint32_t i = 0; i < count; i++)
        edges[i] = rows->chosen[order[i].value];
    for (uint32_t i = 0, end; i < count && order[i].key != UINT32_MAX && rc == KITH_OK; i = end) {
        for (end = i; end < count && order[end].key == order[i].key; end++)
            ;
        rc = add_founding(&edges[i], end - i, kith_intern_get(names, order[i].key, NULL), is_cohort, progress,
                          result, err);
    }
    qsort(&result->foundings[before], result->n_foundings - before, sizeof *foundings, compare_names);

done:
    kith_free(order);
    kith_free(edges);
    return rc;
}

/** What follows from the mentorships alone, found side by side: the graph, which tells of progress, and in a
 * lane each who passed it on and who could. */
typedef struct beginning {
    const kith_net *net;
    const kith_begun *rows;
    const kith_progress *progress;
    kith_mentor_graph g;
    kith_candidates candidates;
    kith_chains_result *result;
    kith_code rc[3];
    kith_err err[3];
} beginning;

static void build_graph(void *ctx)
{
    beginning *b = ctx;
    const kith_begun *rows = b->rows;

    b->rc[0] = kith_mentor_graph_build(rows->chosen, rows->n_chosen, b->progress, &b->g, &b->err[0]);
}

static bool begin_lane(void *ctx, uint32_t lane)
{
    beginning *b = ctx;
    const kith_begun *rows = b->rows;

    if (lane == 0)
        b->rc[1] = follow(rows, b->result, &b->err[1]);
    else if (lane == 1)
        b->rc[2] = kith_candidates_find(b->net, rows->chosen, rows->n_chosen, &b->candidates, &b->err[2]);
    return true;
}

static kith_code begin(beginning *b, kith_err *err)
{
    (void)kith_parallel_beside(build_graph, begin_lane, b);
    for (int i = 0; i < 3; i++)
        if (b->rc[i] != KITH_OK) {
            if (err && !err->code)
                *err = b->err[i];
            return b->rc[i];
        }
    return KITH_OK;
}

kith_code kith_chains(const kith_net *net, const kith_chains_opts *opts, kith_chains_result *result,
                      kith_err *err)
{
    kith_code rc;
    kith_begun rows = {0};
    beginning b = {.net = net, .rows = &rows, .progress = opts->progress, .result = result};

    if ((rc = note_asked(net, opts, result, err)) != KITH_OK)
        goto done;
    if ((rc = kith_tick_now(opts->progress, "following chains", 0, 0, err)) != KITH_OK)
        goto done;
    if ((rc = kith_begun_read(net, opts->programme, opts->cohort, &rows, err)) != KITH_OK)
        goto done;
    result->n_mentorships = rows.n_chosen;
    result->n_future = rows.n_future;
    if ((rc = begin(&b, err)) != KITH_OK || (rc = measure(&b.g, opts->progress, result, err)) != KITH_OK ||
        (rc = list_cycles(&b.g, result, err)) != KITH_OK)
        goto done;
    if (opts->foundings &&
        ((rc = found(&rows, rows.programme, rows.programmes, false, opts->progress, result, err)) !=
             KITH_OK ||
         (rc = found(&rows, rows.cohort, rows.cohorts, true, opts->progress, result, err)) != KITH_OK))
        goto done;
    if ((rc = kith_ready_list(net, &b.candidates, opts->progress, result, err)) != KITH_OK)
        goto done;
    rc = kith_net_status(net, err);

done:
    kith_mentor_graph_free(&b.g);
    kith_candidates_free(&b.candidates);
    kith_begun_free(&rows);
    if (rc != KITH_OK)
        kith_chains_free(result);
    return rc;
}

void kith_chains_free(kith_chains_result *result)
{
    for (uint32_t i = 0; i < result->n_foundings; i++) {
        kith_free((void *)result->foundings[i].name);
        kith_free(result->foundings[i].founders);
    }
    kith_free(result->foundings);
    kith_free(result->people);
    kith_free(result->founders);
    kith_free(result->ready);
    kith_free(result->fragile);
    kith_free(result->longest_chain);
    kith_mentor_cycles_free(result->cycles, result->n_cycles);
    kith_pay_forward_free(&result->pay_forward);
    kith_pay_groups_free(result);
    kith_free((void *)result->programme);
    kith_free((void *)result->cohort);
    *result = (kith_chains_result){0};
}

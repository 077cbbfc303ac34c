/* Questions answered part by part: those of a part that have askers in common are searched together. */
#include <kith/queries.h>

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

/** Routes that are held at once, and what one answer is reckoned to hold, at least and at most. */
enum {
    MOST_ROUTES = 1 << 19,
    FEW_ROUTES = 8,
    MANY_ROUTES = 1 << 11,
    MOST_ANSWERS = MOST_ROUTES / FEW_ROUTES
};

/** Questions of one part that seek the same group within the same limits, by ascending asker. */
typedef struct group {
    const kith_query *first;  /**< one of them, for what they share */
    uint32_t begin, n_askers; /**< in the list of askers */
    uint32_t q_begin, q_end;  /**< in the order of the part */
} group;

struct kith_query_run {
    const kith_net *net;
    kith_intro_opts opts;
    const kith_queries *queries;
    uint64_t part_begin, part_end; /**< which questions are answered now */
    uint64_t next, found;
    /* Of the part: room for MOST_ANSWERS. */
    uint32_t *order;  /**< questions, counted from the begin of the part, by group and asker */
    uint32_t *place;  /**< of the answer to a question, among the results */
    uint32_t *askers; /**< of all groups, distinct in each */
    group *groups;
    kith_ids *sought;
    kith_intro_result *results;
    uint32_t n_results;
};

static int compare(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_group(const void *a, const void *b, void *part)
{
    const uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    const kith_query *list = part, *x = &list[i], *y = &list[k];
    int order = compare(x->max_hops, y->max_hops);

    if (!order)
        order = compare(x->top, y->top);
    if (!order)
        order = compare(x->sought, y->sought);
    if (!order)
        order = compare(x->from, y->from);
    return order ? order : compare(i, k);
}

/** Groups that the same people ask for within the same limits stand side by side. */
static int by_askers(const void *a, const void *b, void *all_askers)
{
    const group *x = a, *y = b;
    const uint32_t *askers = all_askers;
    int order = compare(x->first->max_hops, y->first->max_hops);

    if (!order)
        order = compare(x->first->top, y->first->top);
    if (!order)
        order = compare(x->n_askers, y->n_askers);
    if (!order)
        order = memcmp(askers + x->begin, askers + y->begin, x->n_askers * sizeof *askers);
    return order;
}

static int by_askers_and_sought(const void *a, const void *b, void *all_askers)
{
    const group *x = a, *y = b;
    int order = by_askers(a, b, all_askers);

    return order ? order : compare(x->first->sought, y->first->sought);
}

static uint32_t make_groups(kith_query_run *run, const kith_query *part, uint32_t count)
{
    uint32_t n_groups = 0, n_askers = 0;

    for (uint32_t i = 0; i < count; i++)
        run->order[i] = i;
    qsort_r(run->order, count, sizeof *run->order, by_group, (void *)part);
    for (uint32_t i = 0; i < count; i++) {
        const kith_query *q = &part[run->order[i]];
        group *last = n_groups > 0 ? &run->groups[n_groups - 1] : NULL;
        if (!last || last->first->max_hops != q->max_hops || last->first->top != q->top ||
            last->first->sought != q->sought) {
            last = &run->groups[n_groups++];
            *last = (group){.first = q, .begin = n_askers, .q_begin = i};
        }
        if (last->n_askers == 0 || run->askers[n_askers - 1] != q->from) {
            run->askers[n_askers++] = q->from;
            last->n_askers++;
        }
        last->q_end = i + 1;
    }
    qsort_r(run->groups, n_groups, sizeof *run->groups, by_askers_and_sought, run->askers);
    return n_groups;
}

/** Answers groups [begin, end), all asked for by the same people. */
static kith_code answer_groups(kith_query_run *run, const kith_query *part, uint32_t begin, uint32_t end,
                               kith_err *err)
{
    const group *first = &run->groups[begin];
    const uint32_t n_sought = end - begin, base = run->n_results;

    for (uint32_t g = begin; g < end; g++)
        run->sought[g - begin] = run->queries->sought[run->groups[g].first->sought];
    run->opts.max_hops = first->first->max_hops;
    run->opts.top = first->first->top;
    kith_code rc = kith_intro_batch(run->net, &run->opts, run->askers + first->begin, first->n_askers,
                                    run->sought, n_sought, run->results + base, err);
    if (rc)
        return rc;
    run->n_results += first->n_askers * n_sought;
    for (uint32_t g = begin; g < end; g++) {
        const group *one = &run->groups[g];
        uint32_t asker = 0;
        for (uint32_t i = one->q_begin; i < one->q_end; i++) {
            while (run->askers[one->begin + asker] != part[run->order[i]].from)
                asker++;
            run->place[run->order[i]] = base + asker * n_sought + (g - begin);
        }
    }
    return KITH_OK;
}

static void forget_part(kith_query_run *run)
{
    for (uint32_t i = 0; i < run->n_results; i++)
        kith_intro_free(&run->results[i]);
    run->n_results = 0;
}

/** How many routes an answer is reckoned to hold. */
static uint32_t routes_of(const kith_query *query)
{
    if (query->top == 0 || query->top > MANY_ROUTES)
        return MANY_ROUTES;
    return query->top < FEW_ROUTES ? FEW_ROUTES : query->top;
}

/** How many of the next questions are answered together. */
static uint32_t part_size(const kith_query_run *run)
{
    const kith_query *list = run->queries->list + run->next;
    uint32_t count = 0;

    for (uint32_t routes = 0; run->next + count < run->queries->count; count++)
        if ((routes += routes_of(&list[count])) > MOST_ROUTES)
            break;
    return count;
}

static kith_code answer_part(kith_query_run *run, kith_err *err)
{
    const uint32_t count = part_size(run);
    const kith_query *part = run->queries->list + run->next;
    kith_code rc = KITH_OK;

    forget_part(run);
    const uint32_t n_groups = make_groups(run, part, count);
    for (uint32_t begin = 0, end; begin < n_groups && !rc; begin = end) {
        for (end = begin + 1; end < n_groups; end++)
            if (by_askers(&run->groups[begin], &run->groups[end], run->askers) != 0)
                break;
        rc = answer_groups(run, part, begin, end, err);
    }
    run->part_begin = run->next;
    run->part_end = run->next + count;
    return rc;
}

kith_code kith_query_run_begin(const kith_net *net, const kith_intro_opts *opts, const kith_queries *queries,
                               kith_query_run **out, kith_err *err)
{
    kith_query_run *run = kith_calloc(1, sizeof *run);
    const size_t most = queries->count < MOST_ANSWERS ? queries->count : MOST_ANSWERS;

    *out = run;
    if (!run)
        return kith_fail_memory(err, "questions");
    run->net = net;
    run->opts = *opts;
    run->queries = queries;
    run->order = kith_alloc_array(most, sizeof *run->order);
    run->place = kith_alloc_array(most, sizeof *run->place);
    run->askers = kith_alloc_array(most, sizeof *run->askers);
    run->groups = kith_alloc_array(most, sizeof *run->groups);
    run->sought = kith_alloc_array(most, sizeof *run->sought);
    run->results = kith_calloc(most, sizeof *run->results);
    if (run->order && run->place && run->askers && run->groups && run->sought && run->results)
        return KITH_OK;
    kith_query_run_end(run);
    *out = NULL;
    return kith_fail_memory(err, "questions");
}

kith_code kith_query_run_next(kith_query_run *run, const kith_query **query, const kith_intro_result **result,
                              kith_err *err)
{
    *query = NULL;
    *result = NULL;
    if (run->next == run->queries->count)
        return KITH_OK;
    if (run->next == run->part_end) {
        kith_code rc = answer_part(run, err);
        if (rc)
            return rc;
    }
    *query = &run->queries->list[run->next];
    *result = &run->results[run->place[run->next - run->part_begin]];
    run->found += (*result)->n_routes > 0;
    run->next++;
    return KITH_OK;
}

uint64_t kith_query_run_found(const kith_query_run *run)
{
    return run->found;
}

void kith_query_run_end(kith_query_run *run)
{
    if (!run)
        return;
    forget_part(run);
    kith_free(run->order);
    kith_free(run->place);
    kith_free(run->askers);
    kith_free(run->groups);
    kith_free(run->sought);
    kith_free(run->results);
    kith_free(run);
}

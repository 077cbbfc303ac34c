#include "analysis/introducer_load.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "flow/assignment.h"

/** Requests as the assignment sees them: introducers numbered by rising id, direct ties last. */
typedef struct sharing {
    uint32_t *introducers; /**< [n] distinct, ascending */
    uint32_t n;
    uint64_t *offset;   /**< [n_requests + 1] */
    uint32_t *number;   /**< [pairs] of the introducer */
    uint32_t *value;    /**< [pairs] */
    uint32_t *route;    /**< [pairs] counted from the request's first */
    uint32_t *capacity; /**< [n] */
} sharing;

static int compare_ids(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static kith_code number_introducers(sharing *s, const kith_load_route *routes, uint64_t n_routes,
                                    uint32_t limit, kith_err *err)
{
    if (!(s->introducers = kith_alloc_array(n_routes, sizeof *s->introducers)) ||
        !(s->capacity = kith_alloc_array(n_routes, sizeof *s->capacity)))
        return kith_fail_memory(err, "introducers");
    for (uint64_t r = 0; r < n_routes; r++)
        s->introducers[r] = routes[r].introducer;
    if (n_routes > 0)
        qsort(s->introducers, n_routes, sizeof *s->introducers, compare_ids);
    for (uint64_t r = 0; r < n_routes; r++)
        if (r == 0 || s->introducers[r] != s->introducers[r - 1]) {
            s->capacity[s->n] = s->introducers[r] == KITH_NO_INTRODUCER ? UINT32_MAX : limit;
            s->introducers[s->n++] = s->introducers[r];
        }
    return KITH_OK;
}

uint32_t kith_load_value(uint32_t cost)
{
    const double value = floor(exp(cost / -1000.0) * KITH_PAIR_VALUE_MOST + 0.5);

    return value > 1 ? (uint32_t)value : 1;
}

/** One request's routes by introducer, then cost, then place: of one introducer the cheapest comes first. */
typedef struct candidate {
    uint32_t introducer, cost, route;
} candidate;

static int compare_candidates(const void *a, const void *b)
{
    const candidate *x = a, *y = b;

    if (x->introducer != y->introducer)
        return x->introducer < y->introducer ? -1 : 1;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    return (x->route > y->route) - (x->route < y->route);
}

/** Makes rows of pairs out of routes, and notes each request's first choice. */
static kith_code list_pairs(sharing *s, uint32_t n_requests, const uint64_t *offset,
                            const kith_load_route *routes, kith_load_choice *choice, kith_err *err)
{
    const uint64_t n_routes = offset[n_requests];
    candidate *row = kith_alloc_array(n_routes, sizeof *row);
    uint64_t n = 0;

    s->offset = kith_calloc((size_t)n_requests + 1, sizeof *s->offset);
    s->number = kith_alloc_array(n_routes, sizeof *s->number);
    s->value = kith_alloc_array(n_routes, sizeof *s->value);
    s->route = kith_alloc_array(n_routes, sizeof *s->route);
    if (!row || !s->offset || !s->number || !s->value || !s->route) {
        kith_free(row);
        return kith_fail_memory(err, "routes to choose from");
    }
    for (uint32_t i = 0; i < n_requests; i++) {
        const uint32_t count = (uint32_t)(offset[i + 1] - offset[i]);
        const candidate *first = NULL;
        for (uint32_t k = 0; k < count; k++)
            row[k] = (candidate){routes[offset[i] + k].introducer, routes[offset[i] + k].cost, k};
        qsort(row, count, sizeof *row, compare_candidates);
        for (uint32_t k = 0; k < count; k++) {
            if (k > 0 && row[k].introducer == row[k - 1].introducer)
                continue;
            if (!first || row[k].cost < first->cost)
                first = &row[k];
            const uint32_t *known =
                bsearch(&row[k].introducer, s->introducers, s->n, sizeof *known, compare_ids);
            s->number[n] = known ? (uint32_t)(known - s->introducers) : 0;
            s->value[n] = kith_load_value(row[k].cost);
            s->route[n++] = row[k].route;
        }
        choice[i] = (kith_load_choice){UINT32_MAX, first ? first->route : UINT32_MAX};
        s->offset[i + 1] = n;
    }
    kith_free(row);
    return KITH_OK;
}

/** Turns the introducer that each request got into its route. */
static void tell_choices(const sharing *s, uint32_t n_requests, const uint32_t *introducer,
                         kith_load_choice *choice)
{
    for (uint32_t i = 0; i < n_requests; i++)
        for (uint64_t p = s->offset[i]; p < s->offset[i + 1]; p++)
            if (s->number[p] == introducer[i])
                choice[i].route = s->route[p];
}

kith_code kith_introducer_load(uint32_t n_requests, const uint64_t *offset, const kith_load_route *routes,
                               uint32_t limit, const kith_progress *progress, kith_load_choice *choice,
                               uint32_t *asked, kith_err *err)
{
    sharing s = {0};
    kith_assignment best = {0};
    kith_code rc;

    if ((rc = number_introducers(&s, routes, offset[n_requests], limit, err)) != KITH_OK ||
        (rc = list_pairs(&s, n_requests, offset, routes, choice, err)) != KITH_OK)
        goto done;
    const kith_offers offers = {n_requests, s.n, s.offset, s.number, s.value, s.capacity};
    if ((rc = kith_assign(&offers, progress, &best, err)) != KITH_OK)
        goto done;
    tell_choices(&s, n_requests, best.helper, choice);
    if (asked)
        *asked = best.n_assigned;

done:
    kith_assignment_free(&best);
    kith_free(s.introducers);
    kith_free(s.capacity);
    kith_free(s.offset);
    kith_free(s.number);
    kith_free(s.value);
    kith_free(s.route);
    return rc;
}

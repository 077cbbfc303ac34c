#include <kith/health.h>

#include <stdlib.h>

#include "analysis/health_groups.h"
#include "base/mem.h"
#include "base/ticker.h"

static uint32_t capacity_of(const kith_net *net, uint32_t person)
{
    const char *text = kith_net_value(net, person, KITH_FIELD_CAPACITY, 0);
    char *end = NULL;
    unsigned long places = text && *text >= '0' && *text <= '9' ? strtoul(text, &end, 10) : 0;

    return end && places < UINT32_MAX ? (uint32_t)places : UINT32_MAX;
}

/** Active mentorships by mentor, and how many mentees every mentor has now. */
static bool list_loads(const kith_net *net, kith_health_order *o)
{
    const kith_health_row *rows = o->all->rows;

    if (!(o->active = kith_alloc_array(o->all->n, sizeof *o->active)))
        return false;
    for (uint32_t i = 0; i < o->all->n; i++)
        if (rows[i].state == KITH_STATE_ACTIVE)
            o->active[o->n_active++] = (kith_long_keyed){(uint64_t)rows[i].mentor << 32 | rows[i].mentee, i};
    if (!kith_radix_sort_long(o->active, o->n_active) ||
        !(o->loads = kith_alloc_array(o->n_active, sizeof *o->loads)))
        return false;
    for (uint32_t i = 0; i < o->n_active; i++) {
        const uint32_t mentor = (uint32_t)(o->active[i].key >> 32);
        if (o->n_loads == 0 || o->loads[o->n_loads - 1].mentor != mentor)
            o->loads[o->n_loads++] = (kith_mentor_load){mentor, 1, capacity_of(net, mentor)};
        else
            o->loads[o->n_loads - 1].mentees += o->active[i].key != o->active[i - 1].key;
    }
    return true;
}

static bool sort_mentees(kith_health_order *o)
{
    if (!(o->by_mentee = kith_alloc_array(o->all->n, sizeof *o->by_mentee)))
        return false;
    for (uint32_t i = 0; i < o->all->n; i++)
        o->by_mentee[i] = (kith_keyed){o->all->rows[i].mentee, i};
    return kith_radix_sort(o->by_mentee, o->all->n);
}

/* ---- lists ---- */

static int compare_ids(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    if (a != b)
        return a < b ? -1 : 1;
    return (c > d) - (c < d);
}

static int compare_at_risk(const void *a, const void *b)
{
    const kith_at_risk *x = a, *y = b;
    const uint64_t left = (uint64_t)x->days * y->usual_gap, right = (uint64_t)y->days * x->usual_gap;

    if (left != right)
        return left > right ? -1 : 1;
    return compare_ids(x->mentor, y->mentor, x->mentee, y->mentee);
}

static int compare_overfull(const void *a, const void *b)
{
    const kith_overfull *x = a, *y = b;
    const uint32_t left = x->mentees - x->capacity, right = y->mentees - y->capacity;

    return left != right ? (left > right ? -1 : 1) : compare_ids(x->mentor, y->mentor, 0, 0);
}

static int compare_waiting(const void *a, const void *b)
{
    const kith_waiting *x = a, *y = b;

    if (x->since != y->since) {
        if (x->since == KITH_NO_DATE || y->since == KITH_NO_DATE)
            return x->since == KITH_NO_DATE ? 1 : -1;
        return x->since < y->since ? -1 : 1;
    }
    return compare_ids(x->mentee, y->mentee, 0, 0);
}

static uint32_t at_most(uint32_t count, uint32_t top)
{
    return top > 0 && top < count ? top : count;
}

/** The lists beside those who wait. */
static bool make_lists(const kith_health_order *o, kith_health_result *result)
{
    const kith_health_rows *all = o->all;
    uint32_t at_risk = 0;

    for (uint32_t i = 0; i < all->n; i++)
        at_risk += all->rows[i].at_risk;
    result->at_risk = kith_alloc_array(at_risk, sizeof *result->at_risk);
    result->overfull = kith_alloc_array(o->n_loads, sizeof *result->overfull);
    if (!result->at_risk || !result->overfull)
        return false;
    for (uint32_t i = 0; i < all->n; i++) {
        const kith_health_row *row = &all->rows[i];
        if (row->at_risk)
            result->at_risk[result->n_at_risk++] =
                (kith_at_risk){row->mentor, row->mentee, row->last_meeting,
                               (uint32_t)(all->as_of - row->last_meeting), row->usual_gap};
    }
    for (uint32_t i = 0; i < o->n_loads; i++)
        if (o->loads[i].capacity != UINT32_MAX && o->loads[i].mentees > o->loads[i].capacity)
            result->overfull[result->overfull_counted++] =
                (kith_overfull){o->loads[i].mentor, o->loads[i].capacity, o->loads[i].mentees};
    return true;
}

static void sort_lists(kith_health_result *result, uint32_t top)
{
    qsort(result->at_risk, result->n_at_risk, sizeof *result->at_risk, compare_at_risk);
    qsort(result->overfull, result->overfull_counted, sizeof *result->overfull, compare_overfull);
    qsort(result->waiting, result->n_waiting, sizeof *result->waiting, compare_waiting);
    result->n_at_risk = at_most(result->n_at_risk, top);
    result->n_overfull = at_most(result->overfull_counted, top);
    result->n_waiting = at_most(result->n_waiting, top);
}

kith_code kith_health(const kith_net *net, const kith_health_opts *opts, kith_health_result *result,
                      kith_err *err)
{
    kith_code rc;
    kith_health_rows rows = {0};
    kith_health_order order = {.all = &rows};

    *result = (kith_health_result){0};
    if ((rc = kith_tick_now(opts->progress, "programme health", 0, 0, err)) != KITH_OK ||
        (rc = kith_health_rows_read(net, opts, &rows, err)) != KITH_OK)
        goto done;
    if (!sort_mentees(&order) || !list_loads(net, &order) || !make_lists(&order, result)) {
        rc = kith_fail_memory(err, "programme health");
        goto done;
    }
    if ((rc = kith_health_groups_measure(&order, result, err)) != KITH_OK)
        goto done;
    sort_lists(result, opts->top);
    rc = kith_net_status(net, err);

done:
    kith_free(order.by_mentee);
    kith_free(order.active);
    kith_free(order.loads);
    kith_health_rows_free(&rows);
    if (rc != KITH_OK)
        kith_health_free(result);
    return rc;
}

void kith_health_free(kith_health_result *result)
{
    for (uint32_t i = 0; i < result->n_groups; i++) {
        kith_free((void *)result->groups[i].name);
        kith_free(result->groups[i].ended_curve);
    }
    kith_free(result->groups);
    kith_free(result->at_risk);
    kith_free(result->overfull);
    kith_free(result->waiting);
    *result = (kith_health_result){0};
}

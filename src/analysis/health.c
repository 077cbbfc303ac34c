#include <kith/health.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/health_rows.h"
#include "analysis/kaplan_meier.h"
#include "base/mem.h"
#include "base/radix.h"
#include "base/ticker.h"

/** A mentor of an active mentorship. */
typedef struct mentor_load {
    uint32_t mentor, mentees; /**< distinct, in all that was asked for */
    uint32_t capacity;        /**< UINT32_MAX where they do not tell */
} mentor_load;

typedef struct measuring {
    const kith_net *net;
    const kith_health_rows *all;
    kith_keyed *order;   /**< [n] of a field: the value is a row */
    kith_keyed *sorted;  /**< [n] scratch */
    kith_followed *days; /**< [n] scratch */
    mentor_load *loads;  /**< by mentor */
    uint32_t n_loads;
} measuring;

static uint32_t capacity_of(const kith_net *net, uint32_t person)
{
    const char *text = kith_net_value(net, person, KITH_FIELD_CAPACITY, 0);
    char *end = NULL;
    unsigned long places = text && *text >= '0' && *text <= '9' ? strtoul(text, &end, 10) : 0;

    return end && places < UINT32_MAX ? (uint32_t)places : UINT32_MAX;
}

static bool has_begun(const kith_health_row *row)
{
    return row->state != KITH_STATE_PENDING && row->state != KITH_STATE_WAITS;
}

static kith_day earlier(kith_day a, kith_day b)
{
    return a == KITH_NO_DATE || (b != KITH_NO_DATE && b < a) ? b : a;
}

/** Sorts the active rows among order[0 .. n) by mentor, then mentee. @return how many, UINT32_MAX: no memory.
 */
static uint32_t sort_active(measuring *m, const kith_keyed *order, uint32_t n)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < n; i++)
        if (m->all->rows[order[i].value].state == KITH_STATE_ACTIVE)
            m->sorted[count++] = (kith_keyed){m->all->rows[order[i].value].mentee, order[i].value};
    if (!kith_radix_sort(m->sorted, count))
        return UINT32_MAX;
    for (uint32_t i = 0; i < count; i++)
        m->sorted[i].key = m->all->rows[m->sorted[i].value].mentor;
    return kith_radix_sort(m->sorted, count) ? count : UINT32_MAX;
}

/** How many mentees every mentor has now. */
static bool list_loads(measuring *m)
{
    const kith_health_row *rows = m->all->rows;
    const uint32_t count = sort_active(m, m->order, m->all->n);

    if (count == UINT32_MAX || !(m->loads = kith_alloc_array(count, sizeof *m->loads)))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const kith_health_row *row = &rows[m->sorted[i].value];
        if (i == 0 || m->sorted[i].key != m->sorted[i - 1].key)
            m->loads[m->n_loads++] = (mentor_load){row->mentor, 1, capacity_of(m->net, row->mentor)};
        else
            m->loads[m->n_loads - 1].mentees += row->mentee != rows[m->sorted[i - 1].value].mentee;
    }
    return true;
}

static const mentor_load *load_of(const measuring *m, uint32_t mentor)
{
    uint32_t low = 0, high = m->n_loads;

    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (m->loads[middle].mentor > mentor)
            high = middle;
        else
            low = middle;
    }
    return &m->loads[low];
}

static bool measure_mentors(measuring *m, const kith_keyed *order, uint32_t n, kith_health_group *out)
{
    const uint32_t count = sort_active(m, order, n);

    if (count == UINT32_MAX)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && m->sorted[i].key == m->sorted[i - 1].key)
            continue;
        const mentor_load *load = load_of(m, m->sorted[i].key);
        out->mentors++;
        if (load->capacity == UINT32_MAX)
            continue;
        out->over_capacity += load->mentees > load->capacity;
        out->under_capacity += load->mentees < load->capacity;
    }
    return true;
}

static void count_states(const measuring *m, const kith_keyed *order, uint32_t n, kith_health_group *out)
{
    double regularity = 0;

    for (uint32_t i = 0; i < n; i++) {
        const kith_health_row *row = &m->all->rows[order[i].value];
        if (row->state == KITH_STATE_WAITS)
            continue;
        out->mentorships++;
        out->pending += row->state == KITH_STATE_PENDING;
        out->active += row->state == KITH_STATE_ACTIVE;
        out->completed += row->state == KITH_STATE_COMPLETED;
        out->ended_early += row->state == KITH_STATE_ENDED_EARLY;
        out->over += row->state == KITH_STATE_OVER;
        out->overdue += row->overdue;
        out->at_risk += row->at_risk;
        out->at_risk_known +=
            row->state == KITH_STATE_ACTIVE && row->usual_gap > 0 && row->last_meeting != KITH_NO_DATE;
        if (isnan(row->regularity))
            continue;
        regularity += row->regularity;
        out->regularity_known++;
    }
    out->regularity = out->regularity_known > 0 ? regularity / out->regularity_known : NAN;
}

/** What all rows of one mentee tell. */
typedef struct mentee_wait {
    uint32_t mentee;
    bool begun;
    kith_day requested, start; /**< the first of each */
} mentee_wait;

/** Takes the rows of the next mentee in m->sorted; `*i` moves behind them. */
static mentee_wait next_mentee(const measuring *m, uint32_t n, uint32_t *i)
{
    mentee_wait wait = {.mentee = m->sorted[*i].key, .requested = KITH_NO_DATE, .start = KITH_NO_DATE};

    for (; *i < n && m->sorted[*i].key == wait.mentee; ++*i) {
        const kith_health_row *row = &m->all->rows[m->sorted[*i].value];
        wait.requested = earlier(wait.requested, row->requested);
        if (has_begun(row)) {
            wait.begun = true;
            wait.start = earlier(wait.start, row->start);
        }
    }
    return wait;
}

static bool sort_mentees(measuring *m, const kith_keyed *order, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        m->sorted[i] = (kith_keyed){m->all->rows[order[i].value].mentee, order[i].value};
    return kith_radix_sort(m->sorted, n);
}

/** Who waits, and how long it takes from a request to a start. */
static kith_code measure_waiting(measuring *m, const kith_keyed *order, uint32_t n, kith_health_group *out,
                                 kith_err *err)
{
    kith_curve_step *curve = NULL;
    uint32_t n_curve = 0;
    kith_code rc;

    if (!sort_mentees(m, order, n))
        return kith_fail_memory(err, "mentees");
    for (uint32_t i = 0; i < n;) {
        const mentee_wait wait = next_mentee(m, n, &i);
        const kith_day until = wait.begun ? wait.start : m->all->as_of;
        out->waiting += !wait.begun;
        if (wait.requested == KITH_NO_DATE || until == KITH_NO_DATE || until < wait.requested)
            continue;
        m->days[out->match_known++] = (kith_followed){(uint32_t)(until - wait.requested), wait.begun};
    }
    rc = kith_kaplan_meier(m->days, out->match_known, &curve, &n_curve, &out->match_days, err);
    kith_free(curve);
    return rc;
}

/** How long mentorships last before they end early. */
static kith_code measure_retention(measuring *m, const kith_keyed *order, uint32_t n, kith_health_group *out,
                                   kith_err *err)
{
    uint32_t count = 0;
    double median;

    for (uint32_t i = 0; i < n; i++) {
        const kith_health_row *row = &m->all->rows[order[i].value];
        const kith_day end = row->state == KITH_STATE_ACTIVE ? m->all->as_of : row->end;
        if (has_begun(row) && row->start != KITH_NO_DATE && end != KITH_NO_DATE && end >= row->start)
            m->days[count++] =
                (kith_followed){(uint32_t)(end - row->start), row->state == KITH_STATE_ENDED_EARLY};
    }
    return kith_kaplan_meier(m->days, count, &out->ended_curve, &out->n_ended_curve, &median, err);
}

static kith_code measure_group(measuring *m, const kith_keyed *order, uint32_t n, kith_health_field field,
                               kith_health_result *result, kith_err *err)
{
    kith_health_group *out = &result->groups[result->n_groups];
    const uint32_t number = order[0].key;
    kith_code rc;

    *out = (kith_health_group){.field = field,
                               .name = kith_strdup(kith_intern_get(m->all->names[field], number, NULL))};
    if (!out->name)
        return kith_fail_memory(err, "programme health");
    result->n_groups++;
    count_states(m, order, n, out);
    if (!measure_mentors(m, order, n, out))
        return kith_fail_memory(err, "mentors");
    if ((rc = measure_waiting(m, order, n, out, err)) != KITH_OK)
        return rc;
    return measure_retention(m, order, n, out, err);
}

static int compare_groups(const void *a, const void *b)
{
    const kith_health_group *x = a, *y = b;

    return strcmp(x->name, y->name);
}

/** Puts the rows of a field in order, those of a group together and as they came. */
static bool put_in_order(measuring *m, kith_health_field field)
{
    for (uint32_t i = 0; i < m->all->n; i++)
        m->order[i] = (kith_keyed){m->all->rows[i].group[field], i};
    return kith_radix_sort(m->order, m->all->n);
}

static kith_code measure_field(measuring *m, kith_health_field field, kith_health_result *result,
                               kith_err *err)
{
    const uint32_t before = result->n_groups, n = m->all->n;
    kith_code rc = KITH_OK;

    if (!put_in_order(m, field))
        return kith_fail_memory(err, "programme health");
    for (uint32_t i = 0, end; i < n && m->order[i].key != UINT32_MAX && rc == KITH_OK; i = end) {
        for (end = i; end < n && m->order[end].key == m->order[i].key; end++)
            ;
        rc = measure_group(m, &m->order[i], end - i, field, result, err);
    }
    qsort(&result->groups[before], result->n_groups - before, sizeof *result->groups, compare_groups);
    return rc;
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

/** All three lists; m->order and m->sorted hold everything. */
static kith_code make_lists(measuring *m, uint32_t top, kith_health_result *result, kith_err *err)
{
    const uint32_t n = m->all->n;

    result->at_risk = kith_alloc_array(n, sizeof *result->at_risk);
    result->overfull = kith_alloc_array(m->n_loads, sizeof *result->overfull);
    result->waiting = kith_alloc_array(n, sizeof *result->waiting);
    if (!result->at_risk || !result->overfull || !result->waiting || !sort_mentees(m, m->order, n))
        return kith_fail_memory(err, "programme health");
    for (uint32_t i = 0; i < n; i++) {
        const kith_health_row *row = &m->all->rows[i];
        if (row->at_risk)
            result->at_risk[result->n_at_risk++] =
                (kith_at_risk){row->mentor, row->mentee, row->last_meeting,
                               (uint32_t)(m->all->as_of - row->last_meeting), row->usual_gap};
    }
    for (uint32_t i = 0; i < m->n_loads; i++)
        if (m->loads[i].capacity != UINT32_MAX && m->loads[i].mentees > m->loads[i].capacity)
            result->overfull[result->overfull_counted++] =
                (kith_overfull){m->loads[i].mentor, m->loads[i].capacity, m->loads[i].mentees};
    for (uint32_t i = 0; i < n;) {
        const mentee_wait wait = next_mentee(m, n, &i);
        if (!wait.begun)
            result->waiting[result->n_waiting++] = (kith_waiting){wait.mentee, wait.requested};
    }
    qsort(result->at_risk, result->n_at_risk, sizeof *result->at_risk, compare_at_risk);
    qsort(result->overfull, result->overfull_counted, sizeof *result->overfull, compare_overfull);
    qsort(result->waiting, result->n_waiting, sizeof *result->waiting, compare_waiting);
    result->n_at_risk = at_most(result->n_at_risk, top);
    result->n_overfull = at_most(result->overfull_counted, top);
    result->n_waiting = at_most(result->n_waiting, top);
    return KITH_OK;
}

static kith_code measure(measuring *m, uint32_t top, kith_health_result *result, kith_err *err)
{
    const uint32_t n = m->all->n;
    size_t groups = 0;
    kith_code rc = KITH_OK;

    for (int field = KITH_HEALTH_ALL; field <= KITH_HEALTH_YEAR; field++)
        groups += kith_intern_count(m->all->names[field]);
    m->order = kith_alloc_array(n, sizeof *m->order);
    m->sorted = kith_alloc_array(n, sizeof *m->sorted);
    m->days = kith_alloc_array(n, sizeof *m->days);
    result->groups = kith_alloc_array(groups, sizeof *result->groups);
    if (!m->order || !m->sorted || !m->days || !result->groups || !put_in_order(m, KITH_HEALTH_ALL) ||
        !list_loads(m))
        return kith_fail_memory(err, "programme health");
    if ((rc = make_lists(m, top, result, err)) != KITH_OK)
        return rc;
    for (int field = KITH_HEALTH_ALL; field <= KITH_HEALTH_YEAR && rc == KITH_OK; field++)
        rc = measure_field(m, (kith_health_field)field, result, err);
    return rc;
}

kith_code kith_health(const kith_net *net, const kith_health_opts *opts, kith_health_result *result,
                      kith_err *err)
{
    kith_code rc;
    kith_health_rows rows = {0};
    measuring m = {.net = net, .all = &rows};

    *result = (kith_health_result){0};
    if ((rc = kith_tick_now(opts->progress, "programme health", 0, 0, err)) != KITH_OK ||
        (rc = kith_health_rows_read(net, opts, &rows, err)) != KITH_OK ||
        (rc = measure(&m, opts->top, result, err)) != KITH_OK)
        goto done;
    rc = kith_net_status(net, err);

done:
    kith_free(m.order);
    kith_free(m.sorted);
    kith_free(m.days);
    kith_free(m.loads);
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

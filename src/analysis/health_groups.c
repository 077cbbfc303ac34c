/* Each field is gone through three times, whatever the number of its groups: as the rows came, by mentee and
 * by mentor. */
#include "analysis/health_groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/kaplan_meier.h"
#include "base/mem.h"
#include "base/parallel.h"

enum { FIELDS = KITH_HEALTH_YEAR + 1 };

/** What the rows of the last mentee in a group tell. */
typedef struct mentee_wait {
    uint32_t mentee; /**< UINT32_MAX: none yet */
    bool begun;
    kith_day requested, start; /**< the first of each */
} mentee_wait;

/** One group being measured. */
typedef struct part {
    kith_health_group *out;
    kith_followed *days; /**< [rows of the group] */
    uint32_t n_days;
    double regularity; /**< the sum of those known */
    mentee_wait wait;
    uint32_t mentor; /**< the last who was counted */
} part;

typedef struct measuring {
    const kith_health_order *order;
    kith_health_result *result;
    kith_health_group *groups[FIELDS]; /**< where those of each field begin */
} measuring;

/** One field being measured. */
typedef struct dealing {
    const kith_health_order *order;
    kith_health_result *result;
    kith_health_field field;
    part *parts; /**< [n] by the number of the group's name */
    uint32_t n;
    kith_followed *days; /**< [rows] of all groups */
} dealing;

/** The group of a row in this field; UINT32_MAX: none. */
static uint32_t group_of(const dealing *d, uint32_t row)
{
    return d->order->all->rows[row].group[d->field];
}

static bool has_begun(const kith_health_row *row)
{
    return row->state != KITH_STATE_PENDING && row->state != KITH_STATE_WAITS;
}

static kith_day earlier(kith_day a, kith_day b)
{
    return a == KITH_NO_DATE || (b != KITH_NO_DATE && b < a) ? b : a;
}

/** Cuts the days into a run for each group. */
static bool dealing_new(const measuring *m, kith_health_field field, dealing *d)
{
    const kith_health_rows *all = m->order->all;
    uint32_t *count;
    kith_followed *next;

    *d = (dealing){.order = m->order,
                   .result = m->result,
                   .field = field,
                   .n = kith_intern_count(all->names[field]),
                   .days = kith_alloc_array(all->n, sizeof *d->days)};
    d->parts = kith_alloc_array(d->n, sizeof *d->parts);
    count = kith_calloc(d->n, sizeof *count);
    next = d->days;
    for (uint32_t i = 0; count && i < all->n; i++)
        if (group_of(d, i) != UINT32_MAX)
            count[group_of(d, i)]++;
    for (uint32_t g = 0; d->parts && d->days && count && g < d->n; g++) {
        d->parts[g] = (part){
            .out = &m->groups[field][g], .days = next, .wait.mentee = UINT32_MAX, .mentor = UINT32_MAX};
        next += count[g];
    }
    kith_free(count);
    return d->parts && d->days && count;
}

static void count_state(kith_health_group *out, const kith_health_row *row)
{
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
    out->regularity_known += isnan(row->regularity) ? 0 : 1;
}

/** States, and how long mentorships last before they end early. */
static bool measure_rows(dealing *d)
{
    const kith_health_rows *all = d->order->all;
    double median;
    bool ok = true;

    for (uint32_t i = 0; i < all->n; i++) {
        const kith_health_row *row = &all->rows[i];
        const kith_day end = row->state == KITH_STATE_ACTIVE ? all->as_of : row->end;
        const uint32_t group = group_of(d, i);
        if (group == UINT32_MAX || row->state == KITH_STATE_WAITS)
            continue;
        part *p = &d->parts[group];
        count_state(p->out, row);
        if (!isnan(row->regularity))
            p->regularity += row->regularity;
        if (has_begun(row) && row->start != KITH_NO_DATE && end != KITH_NO_DATE && end >= row->start)
            p->days[p->n_days++] =
                (kith_followed){(uint32_t)(end - row->start), row->state == KITH_STATE_ENDED_EARLY};
    }
    for (uint32_t g = 0; ok && g < d->n; g++) {
        part *p = &d->parts[g];
        kith_health_group *out = p->out;
        out->regularity = out->regularity_known > 0 ? p->regularity / out->regularity_known : NAN;
        ok = kith_kaplan_meier(p->days, p->n_days, &out->ended_curve, &out->n_ended_curve, &median, NULL) ==
             KITH_OK;
    }
    return ok;
}

/** All rows of the last mentee in a group are known. */
static void settle_wait(dealing *d, part *p)
{
    const mentee_wait *wait = &p->wait;
    const kith_day until = wait->begun ? wait->start : d->order->all->as_of;

    if (wait->mentee == UINT32_MAX)
        return;
    p->out->waiting += !wait->begun;
    if (d->field == KITH_HEALTH_ALL && !wait->begun)
        d->result->waiting[d->result->n_waiting++] = (kith_waiting){wait->mentee, wait->requested};
    if (wait->requested != KITH_NO_DATE && until != KITH_NO_DATE && until >= wait->requested)
        p->days[p->out->match_known++] = (kith_followed){(uint32_t)(until - wait->requested), wait->begun};
}

/** Who waits, and how long it takes from a request to a start. */
static bool measure_waiting(dealing *d)
{
    const kith_health_rows *all = d->order->all;
    bool ok = true;

    for (uint32_t i = 0; i < all->n; i++) {
        const kith_keyed *at = &d->order->by_mentee[i];
        const kith_health_row *row = &all->rows[at->value];
        const uint32_t group = group_of(d, at->value);
        if (group == UINT32_MAX)
            continue;
        part *p = &d->parts[group];
        if (p->wait.mentee != at->key) {
            settle_wait(d, p);
            p->wait = (mentee_wait){.mentee = at->key, .requested = KITH_NO_DATE, .start = KITH_NO_DATE};
        }
        p->wait.requested = earlier(p->wait.requested, row->requested);
        if (has_begun(row)) {
            p->wait.begun = true;
            p->wait.start = earlier(p->wait.start, row->start);
        }
    }
    for (uint32_t g = 0; ok && g < d->n; g++) {
        part *p = &d->parts[g];
        kith_curve_step *curve = NULL;
        uint32_t n_curve = 0;
        settle_wait(d, p);
        ok = kith_kaplan_meier(p->days, p->out->match_known, &curve, &n_curve, &p->out->match_days, NULL) ==
             KITH_OK;
        kith_free(curve);
    }
    return ok;
}

static void measure_mentors(dealing *d)
{
    const kith_health_order *order = d->order;
    const kith_mentor_load *load = order->loads;

    for (uint32_t i = 0; i < order->n_active; i++) {
        const uint32_t row = (uint32_t)order->active[i].value, mentor = order->all->rows[row].mentor;
        const uint32_t group = group_of(d, row);
        while (load->mentor != mentor)
            load++;
        if (group == UINT32_MAX || d->parts[group].mentor == mentor)
            continue;
        part *p = &d->parts[group];
        p->mentor = mentor;
        p->out->mentors++;
        if (load->capacity == UINT32_MAX)
            continue;
        p->out->over_capacity += load->mentees > load->capacity;
        p->out->under_capacity += load->mentees < load->capacity;
    }
}

/** A field for each of the first lanes. */
static bool measure_field(void *ctx, uint32_t field)
{
    const measuring *m = ctx;
    dealing d;

    if (field >= FIELDS)
        return true;
    bool ok = dealing_new(m, (kith_health_field)field, &d) && measure_rows(&d) && measure_waiting(&d);
    if (ok)
        measure_mentors(&d);
    kith_free(d.parts);
    kith_free(d.days);
    return ok;
}

static int compare_groups(const void *a, const void *b)
{
    const kith_health_group *x = a, *y = b;

    return strcmp(x->name, y->name);
}

/** Names the groups of all fields. */
static kith_code name_groups(measuring *m, kith_err *err)
{
    const kith_health_rows *all = m->order->all;
    kith_health_result *result = m->result;
    size_t room = 0;

    for (int field = 0; field < FIELDS; field++)
        room += kith_intern_count(all->names[field]);
    result->groups = kith_alloc_array(room, sizeof *result->groups);
    result->waiting = kith_alloc_array(all->n, sizeof *result->waiting);
    if (!result->groups || !result->waiting)
        return kith_fail_memory(err, "programme health");
    for (int field = 0; field < FIELDS; field++) {
        m->groups[field] = &result->groups[result->n_groups];
        for (uint32_t name = 0; name < kith_intern_count(all->names[field]); name++) {
            kith_health_group *group = &result->groups[result->n_groups++];
            *group = (kith_health_group){.field = (kith_health_field)field,
                                         .name = kith_strdup(kith_intern_get(all->names[field], name, NULL))};
            if (!group->name)
                return kith_fail_memory(err, "programme health");
        }
    }
    return KITH_OK;
}

kith_code kith_health_groups_measure(const kith_health_order *order, kith_health_result *result,
                                     kith_err *err)
{
    measuring m = {.order = order, .result = result};
    kith_code rc = name_groups(&m, err);

    if (rc != KITH_OK)
        return rc;
    if (!kith_parallel_lanes(measure_field, &m))
        return kith_fail_memory(err, "programme health");
    for (int field = 0; field < FIELDS; field++)
        qsort(m.groups[field], kith_intern_count(order->all->names[field]), sizeof *m.groups[field],
              compare_groups);
    return KITH_OK;
}

#include "analysis/pay_forward.h"

#include <math.h>

#include "analysis/kaplan_meier.h"
#include "base/mem.h"

/** Puts one key of each row in place, to sort by it next. */
static void key_by(kith_keyed *order, const kith_mentor_edge *rows, uint32_t count,
                   uint32_t (*key)(const kith_mentor_edge *))
{
    for (uint32_t i = 0; i < count; i++)
        order[i].key = key(&rows[order[i].value]);
}

static uint32_t start_key(const kith_mentor_edge *m)
{
    return kith_radix_signed(m->start);
}

static uint32_t mentor_key(const kith_mentor_edge *m)
{
    return m->mentor;
}

static uint32_t mentee_key(const kith_mentor_edge *m)
{
    return m->mentee;
}

/** Rows by one key, those that share it by another. Caller-owned; NULL when out of memory. */
static kith_keyed *order_by(const kith_mentor_edge *rows, uint32_t count,
                            uint32_t (*first)(const kith_mentor_edge *),
                            uint32_t (*second)(const kith_mentor_edge *))
{
    kith_keyed *order = kith_alloc_array(count, sizeof *order);

    for (uint32_t i = 0; order && i < count; i++)
        order[i].value = i;
    if (order) {
        key_by(order, rows, count, second);
        bool sorted = kith_radix_sort(order, count);
        key_by(order, rows, count, first);
        if (sorted && kith_radix_sort(order, count))
            return order;
    }
    kith_free(order);
    return NULL;
}

/** @param order  by mentor, then mentee. */
static void list_givers(const kith_mentor_edge *all, const kith_keyed *order, uint32_t count,
                        kith_pay_rows *out)
{
    for (uint32_t i = 0; i < count; i++) {
        const kith_mentor_edge *m = &all[order[i].value];
        const kith_mentor_edge *before = i > 0 ? &all[order[i - 1].value] : NULL;
        const bool is_new = !before || before->mentor != m->mentor;
        if (is_new)
            out->givers[out->n_givers++] = (kith_giver){m->mentor, 0, m->start};
        kith_giver *giver = &out->givers[out->n_givers - 1];
        giver->mentees += is_new || before->mentee != m->mentee;
        giver->first = m->start < giver->first ? m->start : giver->first; /* KITH_NO_DATE is below all */
    }
}

kith_code kith_pay_rows_new(const kith_mentor_edge *chosen, uint32_t n_chosen, const kith_mentor_edge *all,
                            uint32_t n_all, kith_pay_rows *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_keyed *by_mentor = order_by(all, n_all, mentor_key, mentee_key);

    *out = (kith_pay_rows){.chosen = chosen,
                           .n_chosen = n_chosen,
                           .order = order_by(chosen, n_chosen, mentee_key, start_key),
                           .givers = kith_alloc_array(n_all, sizeof *out->givers)};
    if (!by_mentor || !out->order || !out->givers) {
        kith_pay_rows_free(out);
        rc = kith_fail_memory(err, "people who were mentored");
        goto done;
    }
    list_givers(all, by_mentor, n_all, out);

done:
    kith_free(by_mentor);
    return rc;
}

void kith_pay_rows_free(kith_pay_rows *rows)
{
    kith_free(rows->order);
    kith_free(rows->givers);
    *rows = (kith_pay_rows){0};
}

/** First giver at or after `from` whose id is no smaller than a person's; each step looks twice as far. */
static uint32_t seek_giver(const kith_pay_rows *rows, uint32_t from, uint32_t person)
{
    uint32_t low = from, high = from, step = 1;

    while (high < rows->n_givers && rows->givers[high].person < person) {
        low = high + 1;
        high = rows->n_givers - high > step ? high + step : rows->n_givers;
        step = step > UINT32_MAX / 2 ? step : 2 * step;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rows->givers[middle].person < person)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** Whether somebody first mentored on a day had so many months of exposure; a month is 1461/48 days. */
static bool is_exposed(const kith_pay_rows *rows, kith_day start)
{
    return ((int64_t)rows->as_of - start) * 48 >= (int64_t)rows->exposure_months * 1461;
}

/** Adds one mentee, given the start of the first mentorship they got. */
static void follow(const kith_pay_rows *rows, kith_day start, const kith_giver *gave, kith_followed *people,
                   uint64_t *mentees, kith_pay_forward *out)
{
    if (start == KITH_NO_DATE || (gave && gave->first == KITH_NO_DATE)) {
        out->left_out_undated++;
        return;
    }
    if (gave && gave->first < start) {
        out->left_out_earlier++;
        return;
    }
    uint32_t days = (uint32_t)((gave ? gave->first : rows->as_of) - start);
    people[out->mentored++] = (kith_followed){days, gave != NULL};
    out->passed_on += gave != NULL;
    if (is_exposed(rows, start)) {
        out->exposed++;
        *mentees += gave ? gave->mentees : 0;
    }
}

kith_code kith_pay_forward_measure(const kith_pay_rows *rows, const kith_keyed *order, uint32_t count,
                                   kith_pay_forward *out, kith_err *err)
{
    kith_code rc;
    kith_followed *people = kith_alloc_array(count, sizeof *people);
    uint64_t mentees = 0;
    uint32_t at = 0; /* in the givers, who rise as mentees do */

    *out = (kith_pay_forward){.naive_share = NAN, .median_days = NAN, .mean_mentees = NAN};
    if (!people) {
        rc = kith_fail_memory(err, "people who were mentored");
        goto done;
    }
    for (uint32_t i = 0; i < count; i++) {
        const kith_mentor_edge *got = &rows->chosen[order[i].value];
        if (i > 0 && rows->chosen[order[i - 1].value].mentee == got->mentee)
            continue; /* later than the first */
        at = seek_giver(rows, at, got->mentee);
        const bool gave = at < rows->n_givers && rows->givers[at].person == got->mentee;
        follow(rows, got->start, gave ? &rows->givers[at] : NULL, people, &mentees, out);
    }
    if (out->mentored > 0)
        out->naive_share = (double)out->passed_on / out->mentored;
    if (out->exposed > 0)
        out->mean_mentees = (double)mentees / out->exposed;
    rc = kith_kaplan_meier(people, out->mentored, &out->curve, &out->n_curve, &out->median_days, err);

done:
    kith_free(people);
    if (rc != KITH_OK)
        kith_pay_forward_free(out);
    return rc;
}

void kith_pay_forward_free(kith_pay_forward *p)
{
    kith_free(p->curve);
    *p = (kith_pay_forward){0};
}

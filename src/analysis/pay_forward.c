#include "analysis/pay_forward.h"

#include <math.h>

#include "analysis/kaplan_meier.h"
#include "base/mem.h"

/** Mentorships by mentee, then start. Caller-owned; NULL when out of memory. */
static kith_long_keyed *list_got(const kith_mentor_edge *rows, uint32_t count)
{
    kith_long_keyed *got = kith_alloc_array(count, sizeof *got);

    for (uint32_t i = 0; got && i < count; i++)
        got[i] = (kith_long_keyed){(uint64_t)rows[i].mentee << 32 | kith_radix_signed(rows[i].start), i};
    if (got && kith_radix_sort_long(got, count))
        return got;
    kith_free(got);
    return NULL;
}

/** Mentorships by mentor, then mentee; the value is the start. Caller-owned; NULL when out of memory. */
static kith_long_keyed *list_given(const kith_mentor_edge *rows, uint32_t count)
{
    kith_long_keyed *given = kith_alloc_array(count, sizeof *given);

    for (uint32_t i = 0; given && i < count; i++)
        given[i] = (kith_long_keyed){(uint64_t)rows[i].mentor << 32 | rows[i].mentee,
                                     kith_radix_signed(rows[i].start)};
    if (given && kith_radix_sort_long(given, count))
        return given;
    kith_free(given);
    return NULL;
}

static void list_givers(const kith_long_keyed *given, uint32_t count, kith_pay_rows *out)
{
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t mentor = (uint32_t)(given[i].key >> 32);
        const kith_day start = kith_radix_number((uint32_t)given[i].value);
        if (out->n_givers == 0 || out->givers[out->n_givers - 1].person != mentor)
            out->givers[out->n_givers++] = (kith_giver){mentor, 0, start};
        kith_giver *giver = &out->givers[out->n_givers - 1];
        giver->mentees += i == 0 || given[i - 1].key != given[i].key;
        giver->first = start < giver->first ? start : giver->first; /* KITH_NO_DATE is below all */
    }
}

kith_code kith_pay_rows_new(const kith_mentor_edge *chosen, uint32_t n_chosen, const kith_mentor_edge *all,
                            uint32_t n_all, kith_pay_rows *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_long_keyed *given = list_given(all, n_all);

    *out = (kith_pay_rows){.got = list_got(chosen, n_chosen),
                           .n_chosen = n_chosen,
                           .givers = kith_alloc_array(n_all, sizeof *out->givers)};
    if (!given || !out->got || !out->givers) {
        kith_pay_rows_free(out);
        rc = kith_fail_memory(err, "people who were mentored");
        goto done;
    }
    list_givers(given, n_all, out);

done:
    kith_free(given);
    return rc;
}

void kith_pay_rows_free(kith_pay_rows *rows)
{
    kith_free(rows->got);
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
    uint32_t before = UINT32_MAX; /* nobody's id */
    uint32_t at = 0;              /* in the givers, who rise as mentees do */

    *out = (kith_pay_forward){.naive_share = NAN, .median_days = NAN, .mean_mentees = NAN};
    if (!people) {
        rc = kith_fail_memory(err, "people who were mentored");
        goto done;
    }
    for (uint32_t i = 0; i < count; i++) {
        const kith_long_keyed *got = &rows->got[order ? order[i].value : i];
        const uint32_t mentee = kith_got_mentee(got);
        if (mentee == before)
            continue; /* later than the first */
        before = mentee;
        at = seek_giver(rows, at, mentee);
        const bool gave = at < rows->n_givers && rows->givers[at].person == mentee;
        follow(rows, kith_got_start(got), gave ? &rows->givers[at] : NULL, people, &mentees, out);
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

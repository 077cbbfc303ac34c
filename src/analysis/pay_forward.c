#include "analysis/pay_forward.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/kaplan_meier.h"
#include "base/mem.h"

static int compare_mentees(const void *a, const void *b)
{
    const kith_mentor_edge *x = a, *y = b;

    if (x->mentee != y->mentee)
        return x->mentee < y->mentee ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

static int compare_mentors(const void *a, const void *b)
{
    const kith_mentor_edge *x = a, *y = b;

    if (x->mentor != y->mentor)
        return x->mentor < y->mentor ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

/** Adds one mentee, given the first mentorship they got and the first they gave, if any. */
static void follow(const kith_mentor_edge *got, const kith_mentor_edge *gave, kith_day as_of,
                   kith_followed *people, kith_pay_forward *out)
{
    if (got->start == KITH_NO_DATE || (gave && gave->start == KITH_NO_DATE)) {
        out->left_out_undated++;
    } else if (gave && gave->start < got->start) {
        out->left_out_earlier++;
    } else {
        uint32_t days = (uint32_t)((gave ? gave->start : as_of) - got->start);
        people[out->mentored++] = (kith_followed){days, gave != NULL};
        out->passed_on += gave != NULL;
    }
}

kith_code kith_pay_forward_measure(kith_mentor_edge *chosen, uint32_t n_chosen, kith_mentor_edge *all,
                                   uint32_t n_all, kith_day as_of, kith_pay_forward *out, kith_err *err)
{
    kith_code rc;
    kith_followed *people = kith_alloc_array(n_chosen, sizeof *people);
    uint32_t given = 0;

    *out = (kith_pay_forward){.naive_share = NAN, .median_days = NAN};
    if (!people) {
        rc = kith_fail_memory(err, "people who were mentored");
        goto done;
    }
    qsort(chosen, n_chosen, sizeof *chosen, compare_mentees);
    qsort(all, n_all, sizeof *all, compare_mentors);
    for (uint32_t i = 0; i < n_chosen; i++) {
        uint32_t person = chosen[i].mentee;
        if (i > 0 && chosen[i - 1].mentee == person)
            continue; /* later than the first */
        while (given < n_all && all[given].mentor < person)
            given++;
        bool mentors = given < n_all && all[given].mentor == person;
        follow(&chosen[i], mentors ? &all[given] : NULL, as_of, people, out);
    }
    if (out->mentored > 0)
        out->naive_share = (double)out->passed_on / out->mentored;
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

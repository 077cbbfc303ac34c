#include "analysis/cohort_mentoring.h"

#include <math.h>

#include "analysis/begun_rows.h"
#include "analysis/match_parts.h"
#include "analysis/pay_forward.h"
#include "base/mem.h"

/** As kith chains has it by default. */
static const uint32_t exposure_months = 24;

/** What is known of somebody, a bit each. */
enum { MENTORED = 1, HAS_MENTOR = 2 };

/** Who has, and had, a mentor: a pending mentorship is none yet. */
static void mark(const kith_net *net, kith_day as_of, uint8_t *marks)
{
    kith_mentorship m;

    for (uint32_t i = 0; kith_net_mentorship(net, i, &m); i++) {
        if (m.status == KITH_MENTORSHIP_PENDING || m.start > as_of)
            continue;
        marks[m.mentee] |= MENTORED;
        if (kith_match_is_running(&m, as_of))
            marks[m.mentee] |= HAS_MENTOR;
    }
}

static void count_marks(uint8_t marks, kith_cohort_group *of)
{
    of->with_mentor += (marks & HAS_MENTOR) != 0;
    of->mentored += (marks & MENTORED) != 0;
}

/** Shares of each group and of all; they hold counts until all are known. */
static void share_marks(const uint8_t *marks, const uint32_t *place, uint32_t people,
                        kith_cohort_result *result)
{
    for (uint32_t v = 0; v < people; v++) {
        if (place[v] == UINT32_MAX)
            continue;
        count_marks(marks[v], &result->overall);
        if (place[v] < result->n_groups)
            count_marks(marks[v], &result->groups[place[v]]);
    }
    for (uint32_t g = 0; g <= result->n_groups; g++) {
        kith_cohort_group *of = g < result->n_groups ? &result->groups[g] : &result->overall;
        of->with_mentor /= of->people; /* NaN for nobody */
        of->mentored /= of->people;
    }
}

/** Follows those of each group and of all, by where their group stands. */
static kith_code follow(const kith_pay_rows *rows, const uint32_t *place, kith_cohort_result *result,
                        kith_err *err)
{
    kith_code rc = KITH_OK;
    uint32_t count = 0;
    kith_keyed *order = kith_alloc_array(rows->n_chosen, sizeof *order);

    if (!order)
        return kith_fail_memory(err, "who was mentored");
    for (uint32_t i = 0; i < rows->n_chosen; i++) {
        const uint32_t key = place[kith_got_mentee(&rows->got[i])];
        if (key != UINT32_MAX)
            order[count++] = (kith_keyed){key, i};
    }
    rc = kith_pay_forward_measure(rows, order, count, &result->overall.pay_forward, err);
    if (rc == KITH_OK && !kith_radix_sort(order, count)) /* within a group as before: by mentee, then start */
        rc = kith_fail_memory(err, "who was mentored");
    for (uint32_t g = 0, i = 0, end; g < result->n_groups && rc == KITH_OK; g++, i = end) {
        for (end = i; end < count && order[end].key == g; end++)
            ;
        rc = kith_pay_forward_measure(rows, order + i, end - i, &result->groups[g].pay_forward, err);
    }
    kith_free(order);
    return rc;
}

kith_code kith_cohort_measure_mentoring(const kith_net *net, const uint32_t *place,
                                        kith_cohort_result *result, kith_err *err)
{
    kith_code rc;
    kith_net_summary about;
    kith_begun begun = {0};
    kith_pay_rows rows = {0};
    uint8_t *marks = NULL;

    kith_net_summarise(net, &about);
    if (!(marks = kith_calloc(about.people, sizeof *marks))) {
        rc = kith_fail_memory(err, "who has a mentor");
        goto done;
    }
    mark(net, about.as_of, marks);
    share_marks(marks, place, about.people, result);
    if ((rc = kith_begun_read(net, NULL, NULL, &begun, err)) != KITH_OK ||
        (rc = kith_pay_rows_new(begun.chosen, begun.n_chosen, begun.all, begun.n_all, &rows, err)) != KITH_OK)
        goto done;
    rows.as_of = about.as_of;
    rows.exposure_months = exposure_months;
    rc = follow(&rows, place, result, err);

done:
    kith_pay_rows_free(&rows);
    kith_begun_free(&begun);
    kith_free(marks);
    return rc;
}

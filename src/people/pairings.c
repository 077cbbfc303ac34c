/* Rows that tell of one mentorship: plain ones that say no more than that a pair is one, and counts of
 * meetings, join the mentorship of the pair that they belong to. */
#include <stdlib.h>

#include "people/resolve.h"

/** Whether a row tells nothing of when and how: it is about a mentorship that other rows may tell more of. */
static bool is_bare(const kith_pairing *pairing)
{
    return pairing->start == KITH_NO_DATE && pairing->end == KITH_NO_DATE &&
           pairing->status == KITH_MENTORSHIP_UNKNOWN && !*pairing->programme && !*pairing->cohort;
}

static int compare_by_pair(const void *left, const void *right)
{
    const kith_pairing *x = left, *y = right;
    int order = kith_order_u64(x->mentor, y->mentor);

    if (order == 0)
        order = kith_order_u64(x->mentee, y->mentee);
    if (order == 0)
        order = kith_order_i64(is_bare(x), is_bare(y));
    return order ? order : kith_compare_pairings(left, right);
}

/** Counted meetings add up over files; of stated numbers the largest counts. */
static void add_meetings(uint32_t *known, const kith_pairing *from)
{
    if (from->meetings == UINT32_MAX)
        return;
    if (*known == UINT32_MAX || (!from->only_meetings && from->meetings > *known))
        *known = from->meetings;
    else if (from->only_meetings)
        *known = from->meetings < UINT32_MAX - 1 - *known ? *known + from->meetings : UINT32_MAX - 1;
}

/** Of gaps counted in several files the most count; of agreements the last. */
static void take_gaps(kith_pairing *known, const kith_pairing *from)
{
    if (from->gaps.count > known->gaps.count)
        known->gaps = from->gaps;
    if (from->agreed_gap_days > 0)
        known->agreed_gap_days = from->agreed_gap_days;
}

/** What the bare rows of a pair tell together. */
static kith_pairing sum_up(const kith_pairing *bare, size_t n)
{
    kith_pairing sum = bare[0];

    for (size_t i = 1; i < n; i++) {
        add_meetings(&sum.meetings, &bare[i]);
        take_gaps(&sum, &bare[i]);
        if (bare[i].last_meeting > sum.last_meeting)
            sum.last_meeting = bare[i].last_meeting;
    }
    return sum;
}

/** The mentorship that was under way at the last meeting: the last to start before it, or the first of all.
 */
static kith_pairing *under_way(kith_pairing *full, size_t n, kith_day last_meeting)
{
    kith_pairing *found = full;

    for (size_t i = 1; i < n; i++)
        if (full[i].start <= last_meeting)
            found = &full[i];
    return found;
}

/** Folds all rows of one pair. @return how many are left, at the begin. */
static size_t fold_pair(kith_pairing *rows, size_t n)
{
    size_t full = 0;

    while (full < n && !is_bare(&rows[full]))
        full++;
    if (full == n)
        return n;
    kith_pairing sum = sum_up(rows + full, n - full);
    if (full == 0) {
        rows[0] = sum;
        return 1;
    }
    kith_pairing *into = under_way(rows, full, sum.last_meeting);
    /* A number that the mentorship states covers the meetings that were counted. */
    if (sum.meetings != UINT32_MAX && (into->meetings == UINT32_MAX || sum.meetings > into->meetings))
        into->meetings = sum.meetings;
    take_gaps(into, &sum);
    if (sum.last_meeting > into->last_meeting)
        into->last_meeting = sum.last_meeting;
    return full;
}

void kith_pairings_fold(kith_pairing *pairings, size_t *n)
{
    size_t kept = 0;

    qsort(pairings, *n, sizeof *pairings, compare_by_pair);
    for (size_t from = 0, to; from < *n; from = to) {
        for (to = from + 1; to < *n && pairings[to].mentor == pairings[from].mentor &&
                            pairings[to].mentee == pairings[from].mentee;
             to++)
            continue;
        size_t left = fold_pair(pairings + from, to - from);
        for (size_t i = 0; i < left; i++)
            pairings[kept++] = pairings[from + i];
    }
    *n = kept;
    qsort(pairings, *n, sizeof *pairings, kith_compare_pairings);
}

/* Mentorships that came, went, or are told differently. */
#include <stdlib.h>
#include <string.h>

#include "analysis/diff_parts.h"
#include "base/mem.h"

/** One mentorship by what it is followed by. */
typedef struct course {
    uint32_t mentor, mentee; /**< numbers */
    const char *programme;
    uint32_t i; /**< in its network */
    kith_mentorship told;
    bool followed;
} course;

typedef struct courses {
    course *items;
    uint32_t count;
} courses;

/** By mentor, mentee and programme: what a mentorship is followed by. */
static int compare_who(const course *x, const course *y)
{
    if (x->mentor != y->mentor)
        return x->mentor < y->mentor ? -1 : 1;
    if (x->mentee != y->mentee)
        return x->mentee < y->mentee ? -1 : 1;
    return strcmp(x->programme, y->programme);
}

static int compare_courses(const void *a, const void *b)
{
    const course *x = a, *y = b;
    const int order = compare_who(x, y);

    if (order != 0)
        return order;
    if (x->told.start != y->told.start)
        return x->told.start < y->told.start ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i);
}

/** All mentorships of one side in order, but those of people who turn out to be one. */
static kith_code list_courses(const kith_diffing *d, int side, courses *list, kith_err *err)
{
    kith_net_summary about;
    kith_mentorship m;

    kith_net_summarise(d->net[side], &about);
    if (!(list->items = kith_alloc_array(about.mentorships, sizeof *list->items)))
        return kith_fail_memory(err, "mentorships to compare");
    for (uint32_t i = 0; i < about.mentorships && kith_net_mentorship(d->net[side], i, &m); i++) {
        const uint32_t mentor = d->who.of[side][m.mentor], mentee = d->who.of[side][m.mentee];
        if (mentor != mentee)
            list->items[list->count++] =
                (course){.mentor = mentor, .mentee = mentee, .programme = m.programme, .i = i, .told = m};
    }
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, compare_courses);
    return KITH_OK;
}

/** Notes what became of one mentorship; NULL where there is none. */
static kith_code note_course(kith_diffing *d, course *before, course *after, kith_err *err)
{
    kith_change change = {.before = {KITH_NOBODY, KITH_NOBODY},
                          .after = {KITH_NOBODY, KITH_NOBODY},
                          .mentorship = {UINT32_MAX, UINT32_MAX}};

    if (before) {
        change.mentorship.before = before->i;
        change.before[0] = before->told.mentor;
        change.before[1] = before->told.mentee;
        before->followed = true;
    }
    if (after) {
        change.mentorship.after = after->i;
        change.after[0] = after->told.mentor;
        change.after[1] = after->told.mentee;
        after->followed = true;
    }
    if (!before)
        return kith_diff_note(d, KITH_CHANGE_MENTORSHIP_ADDED, &change, err);
    if (!after)
        return kith_diff_note(d, KITH_CHANGE_MENTORSHIP_REMOVED, &change, err);
    if (before->told.start == after->told.start && before->told.end == after->told.end &&
        before->told.status == after->told.status)
        return KITH_OK;
    return kith_diff_note(d, KITH_CHANGE_MENTORSHIP_CHANGED, &change, err);
}

/** The first from `from` on that is not followed yet, or `end`. */
static course *next_left(course *from, const course *end)
{
    while (from < end && from->followed)
        from++;
    return from;
}

/** Compares those of one mentor, mentee and programme: those of one start first, then the rest in order. */
static kith_code compare_runs(kith_diffing *d, course *b, const course *b_end, course *a, const course *a_end,
                              kith_err *err)
{
    kith_code rc = KITH_OK;

    for (course *x = b, *y = a; !rc && x < b_end && y < a_end;) {
        const kith_day start = x->told.start, other = y->told.start;
        if (start == other)
            rc = note_course(d, x, y, err);
        x += start <= other;
        y += other <= start;
    }
    while (!rc) {
        b = next_left(b, b_end);
        a = next_left(a, a_end);
        if (b == b_end && a == a_end)
            break;
        rc = note_course(d, b < b_end ? b : NULL, a < a_end ? a : NULL, err);
    }
    return rc;
}

static kith_code compare_lists(kith_diffing *d, const courses list[SIDES], kith_err *err)
{
    course *b = list[BEFORE].items, *b_end = b + list[BEFORE].count;
    course *a = list[AFTER].items, *a_end = a + list[AFTER].count;
    kith_code rc = KITH_OK;

    while (!rc && (b < b_end || a < a_end)) {
        const course *first = b == b_end || (a < a_end && compare_who(a, b) < 0) ? a : b;
        course *b_from = b, *a_from = a;
        while (b < b_end && compare_who(b, first) == 0)
            b++;
        while (a < a_end && compare_who(a, first) == 0)
            a++;
        rc = compare_runs(d, b_from, b, a_from, a, err);
    }
    return rc;
}

kith_code kith_diff_mentorships(kith_diffing *d, kith_err *err)
{
    courses list[SIDES] = {{0}};
    kith_code rc = KITH_OK;

    for (int side = 0; !rc && side < SIDES; side++)
        rc = list_courses(d, side, &list[side], err);
    if (!rc)
        rc = compare_lists(d, list, err);
    kith_free(list[BEFORE].items);
    kith_free(list[AFTER].items);
    return rc;
}

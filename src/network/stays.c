/* Who was at the same company or school, and when: names of places compare folded. */
#include <stdlib.h>

#include "base/date.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/text.h"
#include "network/assemble.h"

typedef struct finding {
    const kith_people *people;
    kith_tenure_kind kind;
    kith_day as_of;
    kith_intern *names;
    kith_stays *stays;
    uint64_t count;
    size_t next_tenure;
} finding;

static kith_code out_of_memory(kith_err *err)
{
    return kith_fail_memory(err, "the companies and schools of people");
}

static kith_code add_stay(finding *job, const char *place, kith_day start, kith_day end, kith_err *err)
{
    kith_stay *stay = &job->stays->stay[job->count];
    kith_dynbuf folded = {0};

    kith_text_fold(place, &folded);
    *stay = (kith_stay){.start = start, .end = end};
    kith_code rc = kith_dynbuf_check(&folded, "the name of a company or school", err);
    if (rc == KITH_OK && folded.length > 0) {
        rc = kith_intern_add(job->names, folded.data, folded.length, &stay->place, err);
        job->count++;
    }
    kith_dynbuf_free(&folded);
    return rc;
}

/** Time at a company up to the as-of day; not known where a date is missing that should be there. */
static kith_code add_work(finding *job, const kith_tenure *tenure, kith_err *err)
{
    kith_day end = tenure->current || tenure->end > job->as_of ? job->as_of : tenure->end;

    if (tenure->start == KITH_NO_DATE || end == KITH_NO_DATE)
        return add_stay(job, tenure->place, KITH_NO_DATE, KITH_NO_DATE, err);
    return tenure->start > end ? KITH_OK : add_stay(job, tenure->place, tenure->start, end, err);
}

/** The class at a school, as the first day of its year. */
static kith_code add_class(finding *job, const kith_tenure *tenure, kith_err *err)
{
    kith_day day = tenure->end != KITH_NO_DATE ? tenure->end : tenure->start;
    int32_t year;
    uint32_t month, day_of_month;

    if (day == KITH_NO_DATE)
        return KITH_OK;
    kith_day_to_civil(day, &year, &month, &day_of_month);
    day = kith_day_from_civil(year, 1, 1);
    return add_stay(job, tenure->place, day, day, err);
}

static int compare_stays(const void *left, const void *right)
{
    const kith_stay *x = left, *y = right;

    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/** Makes one of stays that overlap; one without dates tells nothing where another has them. @return how many.
 */
static uint64_t settle(kith_stay *stay, uint64_t count)
{
    uint64_t kept = 0;

    if (count > 1)
        qsort(stay, count, sizeof *stay, compare_stays);
    for (uint64_t i = 0; i < count; i++) {
        kith_stay *last = kept ? &stay[kept - 1] : NULL;
        if (!last || last->place != stay[i].place ||
            (last->start != KITH_NO_DATE && stay[i].start > last->end))
            stay[kept++] = stay[i];
        else if (last->start == KITH_NO_DATE)
            *last = stay[i];
        else if (stay[i].end > last->end)
            last->end = stay[i].end;
    }
    return kept;
}

static kith_code find_stays_of(finding *job, uint32_t person, kith_err *err)
{
    const kith_people *people = job->people;
    uint64_t begin = job->stays->offset[person] = job->count;
    kith_code rc = KITH_OK;

    for (uint64_t i = people->attr_offset[person]; i < people->attr_offset[person + 1] && rc == KITH_OK; i++)
        if (job->kind == KITH_TENURE_WORK && people->attrs[i].field == KITH_FIELD_COMPANY)
            rc = add_stay(job, people->attrs[i].value, KITH_NO_DATE, KITH_NO_DATE, err);
    for (; rc == KITH_OK && job->next_tenure < people->n_tenures &&
           people->tenures[job->next_tenure].mention == person;
         job->next_tenure++) {
        const kith_tenure *tenure = &people->tenures[job->next_tenure];
        if (tenure->kind == job->kind)
            rc = job->kind == KITH_TENURE_WORK ? add_work(job, tenure, err) : add_class(job, tenure, err);
    }
    if (rc == KITH_OK)
        job->count = begin + settle(job->stays->stay + begin, job->count - begin);
    return rc;
}

/** How many stays there are at most. */
static uint64_t most_stays(const kith_people *people, kith_tenure_kind kind)
{
    uint64_t count = people->n_tenures;

    for (uint64_t i = 0; kind == KITH_TENURE_WORK && i < people->attr_offset[people->n]; i++)
        count += people->attrs[i].field == KITH_FIELD_COMPANY;
    return count;
}

kith_code kith_stays_find(const kith_people *people, kith_tenure_kind kind, kith_day as_of, kith_stays *stays,
                          kith_err *err)
{
    finding job = {.people = people, .kind = kind, .as_of = as_of, .stays = stays};

    *stays = (kith_stays){NULL, NULL};
    kith_code rc = kith_intern_new(0, &job.names, err);
    if (rc != KITH_OK)
        return rc;
    stays->offset = kith_alloc_array((size_t)people->n + 1, sizeof *stays->offset);
    stays->stay = kith_alloc_array(most_stays(people, kind), sizeof *stays->stay);
    if (!stays->offset || !stays->stay) {
        kith_intern_free(job.names);
        return out_of_memory(err);
    }
    for (uint32_t person = 0; rc == KITH_OK && person < people->n; person++)
        rc = find_stays_of(&job, person, err);
    if (rc == KITH_OK)
        stays->offset[people->n] = job.count;
    kith_intern_free(job.names);
    return rc;
}

/** Goes through the places that two people share, one at a time. */
typedef struct meeting {
    const kith_stay *a, *a_next, *a_end, *b, *b_next, *b_end; /* at hand: a up to a_next, b up to b_next */
} meeting;

static meeting meeting_of(const kith_stays *stays, uint32_t a, uint32_t b)
{
    const kith_stay *first = stays->stay;
    const uint64_t *offset = stays->offset;

    return (meeting){.a_next = first + offset[a],
                     .a_end = first + offset[a + 1],
                     .b_next = first + offset[b],
                     .b_end = first + offset[b + 1]};
}

/** Where the stays at one place end. */
static const kith_stay *end_of_place(const kith_stay *stay, const kith_stay *end)
{
    const kith_stay *at = stay;

    while (at < end && at->place == stay->place)
        at++;
    return at;
}

static bool next_meeting(meeting *m)
{
    m->a = m->a_next;
    m->b = m->b_next;
    while (m->a < m->a_end && m->b < m->b_end && m->a->place != m->b->place) {
        if (m->a->place < m->b->place)
            m->a++;
        else
            m->b++;
    }
    if (m->a == m->a_end || m->b == m->b_end)
        return false;
    m->a_next = end_of_place(m->a, m->a_end);
    m->b_next = end_of_place(m->b, m->b_end);
    return true;
}

/** Adds the days that both were at the place at hand. */
static void add_overlap(const meeting *m, kith_together *together)
{
    const kith_stay *a = m->a, *b = m->b;

    while (a < m->a_next && b < m->b_next) {
        kith_day first = a->start > b->start ? a->start : b->start;
        kith_day last = a->end < b->end ? a->end : b->end;
        if (first < last) {
            if (together->days == 0 || first < together->first)
                together->first = first;
            if (together->days == 0 || last > together->last)
                together->last = last;
            together->days += (uint32_t)(last - first);
        }
        if (a->end < b->end)
            a++;
        else
            b++;
    }
}

kith_together kith_stays_together(const kith_stays *stays, uint32_t a, uint32_t b)
{
    kith_together together = {.first = KITH_NO_DATE, .last = KITH_NO_DATE};
    meeting m = meeting_of(stays, a, b);

    while (next_meeting(&m)) {
        if (m.a->start == KITH_NO_DATE || m.b->start == KITH_NO_DATE)
            together.undated = true;
        else
            add_overlap(&m, &together);
    }
    return together;
}

static kith_day distance(kith_day x, kith_day y)
{
    return x < y ? y - x : x - y;
}

bool kith_stays_classes(const kith_stays *stays, uint32_t a, uint32_t b, kith_day *class_a, kith_day *class_b)
{
    meeting m = meeting_of(stays, a, b);
    bool found = false;

    while (next_meeting(&m))
        for (const kith_stay *x = m.a; x < m.a_next; x++)
            for (const kith_stay *y = m.b; y < m.b_next; y++) {
                if (found && distance(x->start, y->start) >= distance(*class_a, *class_b))
                    continue;
                found = true;
                *class_a = x->start;
                *class_b = y->start;
            }
    return found;
}

void kith_stays_free(kith_stays *stays)
{
    kith_free(stays->offset);
    kith_free(stays->stay);
    *stays = (kith_stays){NULL, NULL};
}

#include "analysis/lineage.h"

#include <stdlib.h>

#include "base/mem.h"

/** All mentorships of one mentor with one mentee. */
typedef struct mentee_days {
    uint32_t mentee;
    bool extends;   /**< whether any of them extends chains; the days are those of such */
    kith_day first; /**< earliest start; below every date where one has no date */
    kith_day last;  /**< latest start; above every date where one has no date */
} mentee_days;

/** What is looked up again and again. */
typedef struct tables {
    mentee_days *mentees; /**< [k] of the person at hand */
    uint32_t *counts;     /**< [k] mentees of each mentee of the person at hand */
    kith_day *last;       /**< [k] for each person, where their row is: mentee_days.last, ascending */
    uint32_t *n_last;     /**< [n] */
    uint32_t *seen_by;    /**< [n] 1 + the last mentee this mentor was counted for */
} tables;

static int compare_mentees(const void *a, const void *b)
{
    const mentee_days *x = a, *y = b;

    return (x->mentee > y->mentee) - (x->mentee < y->mentee);
}

static int compare_days(const void *a, const void *b)
{
    const kith_day *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static int compare_falling(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x < *y) - (*x > *y);
}

static mentee_days days_of(const kith_mentor_graph *g, const kith_mentor_link *m)
{
    if (g->in_loop[m->edge]) /* no days: neutral when joined with others */
        return (mentee_days){m->other, false, INT32_MAX, INT32_MIN};
    return (mentee_days){m->other, true, m->start, m->start == KITH_NO_DATE ? INT32_MAX : m->start};
}

/** The distinct mentees of v into t->mentees. @return how many. */
static uint32_t gather_mentees(const kith_mentor_graph *g, uint32_t v, tables *t)
{
    const kith_mentor_side *side = &g->mentees;
    const uint32_t count = side->offset[v + 1] - side->offset[v];
    uint32_t distinct = 0;

    for (uint32_t i = 0; i < count; i++)
        t->mentees[i] = days_of(g, &side->link[side->offset[v] + i]);
    qsort(t->mentees, count, sizeof *t->mentees, compare_mentees);
    for (uint32_t i = 0; i < count; i++) {
        const mentee_days next = t->mentees[i];
        mentee_days *known = distinct > 0 ? &t->mentees[distinct - 1] : NULL;
        if (!known || known->mentee != next.mentee) {
            t->mentees[distinct++] = next;
            continue;
        }
        known->extends |= next.extends;
        known->first = next.first < known->first ? next.first : known->first;
        known->last = next.last > known->last ? next.last : known->last;
    }
    return distinct;
}

static void list_last_days(const kith_mentor_graph *g, tables *t)
{
    for (uint32_t v = 0; v < g->n; v++) {
        kith_day *last = t->last + g->mentees.offset[v];
        uint32_t distinct = gather_mentees(g, v, t);
        for (uint32_t i = 0; i < distinct; i++)
            if (t->mentees[i].extends)
                last[t->n_last[v]++] = t->mentees[i].last;
        qsort(last, t->n_last[v], sizeof *last, compare_days);
    }
}

/** How many distinct mentees v has by mentorships that may follow one begun on `day`. */
static uint32_t mentees_after(const kith_mentor_graph *g, const tables *t, uint32_t v, kith_day day)
{
    const kith_day *last = t->last + g->mentees.offset[v];
    uint32_t low = 0, high = t->n_last[v];

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (last[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return t->n_last[v] - low;
}

static void measure_mentees(const kith_mentor_graph *g, tables *t, uint32_t v, kith_lineage *out)
{
    out->fecundity = gather_mentees(g, v, t);
    for (uint32_t i = 0; i < out->fecundity; i++) {
        const mentee_days *m = &t->mentees[i];
        t->counts[i] = m->extends ? mentees_after(g, t, m->mentee, m->first) : 0;
        out->fertility += t->counts[i] > 0;
    }
    qsort(t->counts, out->fecundity, sizeof *t->counts, compare_falling);
    while (out->genealogical_index < out->fecundity &&
           t->counts[out->genealogical_index] > out->genealogical_index)
        out->genealogical_index++;
}

static uint32_t count_mentors(const kith_mentor_graph *g, tables *t, uint32_t v)
{
    uint32_t distinct = 0;

    for (uint32_t at = g->mentors.offset[v]; at < g->mentors.offset[v + 1]; at++) {
        uint32_t mentor = g->mentors.link[at].other;
        distinct += t->seen_by[mentor] != v + 1;
        t->seen_by[mentor] = v + 1;
    }
    return distinct;
}

kith_code kith_lineage_measure(const kith_mentor_graph *g, const kith_generations *generations,
                               uint64_t limit, const kith_progress *progress, kith_lineage *out,
                               kith_err *err)
{
    kith_code rc = KITH_OK;
    tables t = {
        .mentees = kith_alloc_array(g->k, sizeof *t.mentees),
        .counts = kith_alloc_array(g->k, sizeof *t.counts),
        .last = kith_alloc_array(g->k, sizeof *t.last),
        .n_last = kith_calloc(g->n, sizeof *t.n_last),
        .seen_by = kith_calloc(g->n, sizeof *t.seen_by),
    };

    if (!t.mentees || !t.counts || !t.last || !t.n_last || !t.seen_by) {
        rc = kith_fail_memory(err, "lineages");
        goto done;
    }
    list_last_days(g, &t);
    for (uint32_t v = 0; v < g->n; v++) {
        out[v] = (kith_lineage){
            .person = g->person[v],
            .mentors = count_mentors(g, &t, v),
            .generations_below = generations->below[v],
            .generations_above = generations->above[v],
        };
        measure_mentees(g, &t, v, &out[v]);
    }
    rc = kith_descendants_count(g, limit, progress, out, err);

done:
    kith_free(t.mentees);
    kith_free(t.counts);
    kith_free(t.last);
    kith_free(t.n_last);
    kith_free(t.seen_by);
    return rc;
}

#include "analysis/ready.h"

#include <stdlib.h>

#include "analysis/match_parts.h"
#include "base/mem.h"
#include "base/text.h"
#include "flow/assignment.h"
#include "graph/heap.h"
#include "network/netfile.h"

enum { LEAST_LEVEL = 3, LEAST_DAYS = 730 };

static const double days_of_experience = 3652.5, least_fit = 0.3;

/** What speaks for or against a person, a bit each. */
enum { WAS_MENTORED = 1, MENTORS = 2, HAS_MENTOR = 4 };

/** Somebody who could, and how they were mentored. */
typedef struct candidate {
    uint32_t person;
    uint32_t over, ended_early; /**< as in kith_ready, and the days */
    kith_day since, last_end;
    double readiness; /**< while nobody knows whom they could mentor */
} candidate;

typedef struct finding {
    const kith_net *net;
    uint8_t *marks;    /**< [people] */
    candidate *some;   /**< [n] by person: all at first, then those who are weighed */
    kith_ready *ready; /**< [n] the same people, when they are weighed */
    uint32_t n;
    kith_day as_of;
} finding;

static void mark(finding *f, const kith_mentor_edge *chosen, uint32_t n_chosen)
{
    kith_mentorship m;

    for (uint32_t i = 0; i < n_chosen; i++)
        f->marks[chosen[i].mentee] |= WAS_MENTORED;
    for (uint32_t i = 0; kith_net_mentorship(f->net, i, &m); i++) {
        f->marks[m.mentor] |= MENTORS;
        if (m.start > f->as_of || kith_match_is_running(&m, f->as_of))
            f->marks[m.mentee] |= HAS_MENTOR;
    }
}

/** The first day of work that is known; KITH_NO_DATE: none. */
static kith_day first_work(const kith_net *net, uint32_t id)
{
    kith_day first = KITH_NO_DATE;
    kith_tenure_view tenure;

    for (uint32_t nth = 0; kith_net_tenure(net, id, nth, &tenure); nth++)
        if (tenure.kind == KITH_TENURE_WORK && tenure.start != KITH_NO_DATE &&
            (first == KITH_NO_DATE || tenure.start < first))
            first = tenure.start;
    return first;
}

/** Whether a title, where there is one, is no junior's. */
static kith_code is_no_junior(const char *title, const kith_topic_table *topics, kith_dynbuf *folded,
                              bool *fine, kith_err *err)
{
    kith_dynbuf_clear(folded);
    kith_text_fold(title ? title : "", folded);
    *fine = !title || !*title || kith_topics_level(topics, kith_dynbuf_cstr(folded)) >= LEAST_LEVEL;
    return kith_dynbuf_check(folded, "a title", err);
}

/** Lists everyone who was mentored, has no mentor now, mentors nobody, may be introduced and is no junior. */
static kith_code list_people(finding *f, uint32_t people, kith_err *err)
{
    const uint8_t *flags = kith_net_flags(f->net);
    kith_topic_table topics;
    kith_dynbuf folded = {0};
    uint32_t count = 0;
    kith_code rc;

    if (!flags)
        return kith_net_status(f->net, err);
    for (uint32_t id = 0; id < people; id++)
        count += f->marks[id] == WAS_MENTORED;
    if (!(f->some = kith_alloc_array(count, sizeof *f->some)))
        return kith_fail_memory(err, "who is ready to mentor");
    if ((rc = kith_topic_table_read(NULL, &topics, err)) != KITH_OK)
        return rc;
    for (uint32_t id = 0; rc == KITH_OK && id < people; id++) {
        bool fine = false;
        if (f->marks[id] != WAS_MENTORED || flags[id] & KITH_PERSON_DO_NOT_INTRODUCE)
            continue;
        if ((rc = is_no_junior(kith_net_stored_value(f->net, id, KITH_FIELD_TITLE, 0), &topics, &folded,
                               &fine, err)) == KITH_OK &&
            fine)
            f->some[f->n++] =
                (candidate){.person = id, .since = first_work(f->net, id), .last_end = KITH_NO_DATE};
    }
    kith_topic_table_free(&topics);
    kith_dynbuf_free(&folded);
    return rc;
}

/** Adds up how each was mentored. */
static kith_code count_mentorships(finding *f, uint32_t people, kith_err *err)
{
    uint32_t *place = kith_alloc_array(people, sizeof *place); /* in `some` */
    kith_mentorship m;

    if (!place)
        return kith_fail_memory(err, "who is ready to mentor");
    for (uint32_t id = 0; id < people; id++)
        place[id] = UINT32_MAX;
    for (uint32_t i = 0; i < f->n; i++)
        place[f->some[i].person] = i;
    for (uint32_t i = 0; f->n > 0 && kith_net_mentorship(f->net, i, &m); i++) {
        if (place[m.mentee] == UINT32_MAX)
            continue;
        candidate *c = &f->some[place[m.mentee]];
        c->over++;
        c->ended_early += m.status == KITH_MENTORSHIP_ENDED;
        if (m.start != KITH_NO_DATE && (c->since == KITH_NO_DATE || m.start < c->since))
            c->since = m.start;
        if (m.end > c->last_end && m.end <= f->as_of)
            c->last_end = m.end;
    }
    kith_free(place);
    return KITH_OK;
}

static double share_of(double part, double whole)
{
    return part < whole ? part / whole : 1;
}

static double readiness_of(const finding *f, const candidate *c, double fit)
{
    const double finished = 1 - (double)c->ended_early / c->over,
                 experience = share_of((double)f->as_of - c->since, days_of_experience);

    return (finished + experience + fit) / 3;
}

/** Equals are settled by their keys, which are looked up for them alone. */
static bool is_less_ready(const void *ctx, uint32_t a, uint32_t b)
{
    const finding *f = ctx;
    const candidate *x = &f->some[a], *y = &f->some[b];

    if (x->readiness != y->readiness)
        return x->readiness < y->readiness;
    return kith_match_compare_keys(f->net, x->person, y->person) > 0;
}

static int compare_places(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/** Keeps so many as are weighed: the readiest by what is known so far. */
static bool keep_readiest(finding *f)
{
    kith_heap kept = {.before = is_less_ready, .ctx = f}; /* who would leave it next comes first */
    bool ok = true;

    for (uint32_t i = 0; ok && i < f->n; i++) {
        if (kept.count == KITH_READY_WEIGHED) {
            if (is_less_ready(f, i, kept.items[0]))
                continue;
            (void)kith_heap_pop(&kept);
        }
        ok = kith_heap_push(&kept, i);
    }
    if (ok) {
        qsort(kept.items, kept.count, sizeof *kept.items, compare_places);
        for (f->n = 0; f->n < kept.count; f->n++)
            f->some[f->n] = f->some[kept.items[f->n]];
    }
    kith_heap_free(&kept);
    return ok;
}

/** Leaves those with experience, of too many the readiest. */
static kith_code sift(finding *f, kith_err *err)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < f->n; i++) {
        candidate c = f->some[i];
        if (c.since == KITH_NO_DATE || f->as_of - c.since < LEAST_DAYS)
            continue;
        c.readiness = readiness_of(f, &c, 0);
        f->some[kept++] = c;
    }
    f->n = kept;
    if ((f->n > KITH_READY_WEIGHED && !keep_readiest(f)) ||
        !(f->ready = kith_alloc_array(f->n, sizeof *f->ready)))
        return kith_fail_memory(err, "who is ready to mentor");
    for (uint32_t i = 0; i < f->n; i++) {
        const candidate *c = &f->some[i];
        f->ready[i] = (kith_ready){.person = c->person,
                                   .over = c->over,
                                   .ended_early = c->ended_early,
                                   .since = c->since,
                                   .last_end = c->last_end};
    }
    return KITH_OK;
}

/** Puts a mentee among those who fit best, the first of equals before others. */
static void note_mentee(kith_ready *r, uint32_t mentee, double fit)
{
    uint32_t at = r->n_mentees;

    r->fitting++;
    if (at == KITH_READY_MENTEES && fit <= r->mentees[at - 1].fit)
        return;
    at = at < KITH_READY_MENTEES ? r->n_mentees++ : at - 1;
    for (; at > 0 && fit > r->mentees[at - 1].fit; at--)
        r->mentees[at] = r->mentees[at - 1];
    r->mentees[at] = (kith_ready_mentee){mentee, fit};
}

static int compare_people(const void *a, const void *b)
{
    const kith_ready *x = a, *y = b;

    return (x->person > y->person) - (x->person < y->person);
}

/** Finds whom they could mentor among those who wait. */
static kith_code find_mentees(finding *f, const kith_progress *progress, kith_err *err)
{
    uint32_t *ids = kith_alloc_array(f->n, sizeof *ids);
    double weights[KITH_FIT_PARTS];
    kith_match_people people = {0};
    kith_match_pairs pairs = {0};
    kith_code rc;

    if (!ids)
        return kith_fail_memory(err, "who is ready to mentor");
    for (uint32_t i = 0; i < f->n; i++)
        ids[i] = f->ready[i].person;
    for (int part = 0; part < KITH_FIT_PARTS; part++)
        weights[part] = kith_fit_default_weight((kith_fit_part)part);
    const kith_match_opts opts = {
        .mentors = &(kith_ids){ids, f->n}, .whatever_role = true, .min_fit = least_fit, .progress = progress};
    if ((rc = kith_match_people_read(f->net, &opts, &people, err)) == KITH_OK)
        rc = kith_match_pairs_find(f->net, &opts, &people, weights, &pairs, err);
    for (uint32_t i = 0; rc == KITH_OK && i < people.n_mentees; i++)
        for (uint64_t p = pairs.offset[i]; p < pairs.offset[i + 1]; p++) {
            const kith_ready sought = {.person = people.mentors[pairs.mentor[p]].person};
            kith_ready *r = bsearch(&sought, f->ready, f->n, sizeof *f->ready, compare_people);
            if (r)
                note_mentee(r, people.mentees[i].person, (double)pairs.fit[p] / KITH_PAIR_VALUE_MOST);
        }
    kith_match_pairs_free(&pairs);
    kith_match_people_free(&people);
    kith_free(ids);
    return rc;
}

static int compare_readiness(const void *a, const void *b, void *net)
{
    const kith_ready *x = a, *y = b;

    if (x->readiness != y->readiness)
        return x->readiness > y->readiness ? -1 : 1;
    return kith_match_compare_keys(net, x->person, y->person);
}

/** Leaves those who are ready to the result, the readiest first. */
static void hand_over(finding *f, kith_chains_result *result)
{
    for (uint32_t i = 0; i < f->n; i++)
        f->ready[i].readiness = readiness_of(f, &f->some[i], f->ready[i].mentees[0].fit);
    if (f->n > 0)
        qsort_r(f->ready, f->n, sizeof *f->ready, compare_readiness, (void *)f->net);
    result->ready = f->ready;
    f->ready = NULL; /* the result's now */
    result->ready_counted = f->n;
    result->n_ready = result->top > 0 && result->top < f->n ? result->top : f->n;
}

kith_code kith_ready_list(const kith_net *net, const kith_mentor_edge *chosen, uint32_t n_chosen,
                          const kith_progress *progress, kith_chains_result *result, kith_err *err)
{
    finding f = {.net = net, .as_of = result->as_of};
    kith_net_summary about;
    kith_code rc;

    kith_net_summarise(net, &about);
    if (!(f.marks = kith_calloc((size_t)about.people + 1, sizeof *f.marks)))
        return kith_fail_memory(err, "who is ready to mentor");
    mark(&f, chosen, n_chosen);
    if ((rc = list_people(&f, about.people, err)) != KITH_OK ||
        (rc = count_mentorships(&f, about.people, err)) != KITH_OK || (rc = sift(&f, err)) != KITH_OK ||
        (f.n > 0 && (rc = find_mentees(&f, progress, err)) != KITH_OK))
        goto done;
    hand_over(&f, result);

done:
    kith_free(f.marks);
    kith_free(f.some);
    kith_free(f.ready);
    return rc;
}

#include "analysis/ready.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/match_parts.h"
#include "base/mem.h"
#include "base/text.h"
#include "flow/assignment.h"
#include "network/netfile.h"

enum { LEAST_LEVEL = 3, LEAST_DAYS = 730 };

static const double days_of_experience = 3652.5, least_fit = 0.3;

/** What speaks for or against a person, a bit each. */
enum { WAS_MENTORED = 1, MENTORS = 2, HAS_MENTOR = 4 };

/** Somebody who could. */
typedef struct candidate {
    kith_ready is;
    const char *key; /**< borrowed: equals are settled by it */
} candidate;

/** Those who could, before anybody knows how ready they are. */
typedef struct finding {
    const kith_net *net;
    uint8_t *marks;   /**< [people] */
    candidate *ready; /**< [n] by person */
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
    if (!(f->ready = kith_alloc_array(count, sizeof *f->ready)))
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
            f->ready[f->n++] =
                (candidate){.is = {.person = id, .since = first_work(f->net, id), .last_end = KITH_NO_DATE},
                            .key = kith_net_stored_key(f->net, id)};
    }
    kith_topic_table_free(&topics);
    kith_dynbuf_free(&folded);
    return rc;
}

static int compare_people(const void *a, const void *b)
{
    const candidate *x = a, *y = b;

    return (x->is.person > y->is.person) - (x->is.person < y->is.person);
}

static int compare_readiness(const void *a, const void *b)
{
    const candidate *x = a, *y = b;

    if (x->is.readiness != y->is.readiness)
        return x->is.readiness > y->is.readiness ? -1 : 1;
    return strcmp(x->key, y->key);
}

/** NULL where the person is not among them. */
static kith_ready *find(finding *f, uint32_t person)
{
    const candidate sought = {.is = {.person = person}};
    candidate *found = f->n > 0 ? bsearch(&sought, f->ready, f->n, sizeof *f->ready, compare_people) : NULL;

    return found ? &found->is : NULL;
}

/** Adds up how each was mentored. */
static void count_mentorships(finding *f)
{
    kith_mentorship m;

    for (uint32_t i = 0; f->n > 0 && kith_net_mentorship(f->net, i, &m); i++) {
        kith_ready *r = find(f, m.mentee);
        if (!r)
            continue;
        r->over++;
        r->ended_early += m.status == KITH_MENTORSHIP_ENDED;
        if (m.start != KITH_NO_DATE && (r->since == KITH_NO_DATE || m.start < r->since))
            r->since = m.start;
        if (m.end > r->last_end && m.end <= f->as_of)
            r->last_end = m.end;
    }
}

static double share_of(double part, double whole)
{
    return part < whole ? part / whole : 1;
}

static void rate(finding *f)
{
    for (uint32_t i = 0; i < f->n; i++) {
        kith_ready *r = &f->ready[i].is;
        const double finished = 1 - (double)r->ended_early / r->over,
                     experience = share_of((double)f->as_of - r->since, days_of_experience);
        r->readiness = (finished + experience + r->mentees[0].fit) / 3;
    }
}

/** Drops who has too little experience and, of too many, who is least ready by what is known so far. */
static void sift(finding *f)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < f->n; i++)
        if (f->ready[i].is.since != KITH_NO_DATE && f->as_of - f->ready[i].is.since >= LEAST_DAYS)
            f->ready[kept++] = f->ready[i];
    f->n = kept;
    if (f->n <= KITH_READY_WEIGHED)
        return;
    rate(f);
    qsort(f->ready, f->n, sizeof *f->ready, compare_readiness);
    f->n = KITH_READY_WEIGHED;
    qsort(f->ready, f->n, sizeof *f->ready, compare_people);
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
        ids[i] = f->ready[i].is.person;
    for (int part = 0; part < KITH_FIT_PARTS; part++)
        weights[part] = kith_fit_default_weight((kith_fit_part)part);
    const kith_match_opts opts = {
        .mentors = &(kith_ids){ids, f->n}, .whatever_role = true, .min_fit = least_fit, .progress = progress};
    if ((rc = kith_match_people_read(f->net, &opts, &people, err)) == KITH_OK)
        rc = kith_match_pairs_find(f->net, &opts, &people, weights, &pairs, err);
    for (uint32_t i = 0; rc == KITH_OK && i < people.n_mentees; i++)
        for (uint64_t p = pairs.offset[i]; p < pairs.offset[i + 1]; p++) {
            kith_ready *r = find(f, people.mentors[pairs.mentor[p]].person);
            if (r)
                note_mentee(r, people.mentees[i].person, (double)pairs.fit[p] / KITH_PAIR_VALUE_MOST);
        }
    kith_match_pairs_free(&pairs);
    kith_match_people_free(&people);
    kith_free(ids);
    return rc;
}

/** Leaves those who are ready to the result, the readiest first. */
static kith_code hand_over(finding *f, kith_chains_result *result, kith_err *err)
{
    if (f->n > 0)
        qsort(f->ready, f->n, sizeof *f->ready, compare_readiness);
    if (!(result->ready = kith_alloc_array(f->n, sizeof *result->ready)))
        return kith_fail_memory(err, "who is ready to mentor");
    for (uint32_t i = 0; i < f->n; i++)
        result->ready[i] = f->ready[i].is;
    result->ready_counted = f->n;
    result->n_ready = result->top > 0 && result->top < f->n ? result->top : f->n;
    return KITH_OK;
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
    if ((rc = list_people(&f, about.people, err)) == KITH_OK) {
        count_mentorships(&f);
        sift(&f);
        if (f.n > 0)
            rc = find_mentees(&f, progress, err);
        rate(&f);
        if (rc == KITH_OK)
            rc = hand_over(&f, result, err);
    }
    kith_free(f.ready);
    kith_free(f.marks);
    return rc;
}

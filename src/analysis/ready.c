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

/** How somebody was mentored. */
typedef struct tally {
    uint32_t over, ended_early;
    kith_day since, last_end; /**< KITH_NO_DATE: none known */
} tally;

typedef struct finding {
    const kith_net *net;
    uint8_t *marks; /**< [people] */
    tally *tallies; /**< [people] */
    uint32_t people;
    kith_day as_of;
    kith_candidates *out;
} finding;

static void count(tally *t, const kith_mentorship *m, kith_day as_of)
{
    if (t->over++ == 0)
        t->since = t->last_end = KITH_NO_DATE;
    t->ended_early += m->status == KITH_MENTORSHIP_ENDED;
    if (m->start != KITH_NO_DATE && (t->since == KITH_NO_DATE || m->start < t->since))
        t->since = m->start;
    if (m->end > t->last_end && m->end <= as_of)
        t->last_end = m->end;
}

static void look_at_mentorships(finding *f, const kith_mentor_edge *chosen, uint32_t n_chosen)
{
    kith_mentorship m;

    for (uint32_t i = 0; i < n_chosen; i++)
        f->marks[chosen[i].mentee] |= WAS_MENTORED;
    for (uint32_t i = 0; kith_net_mentorship(f->net, i, &m); i++) {
        f->marks[m.mentor] |= MENTORS;
        if (m.start > f->as_of || kith_match_is_running(&m, f->as_of))
            f->marks[m.mentee] |= HAS_MENTOR;
        count(&f->tallies[m.mentee], &m, f->as_of);
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

static double share_of(double part, double whole)
{
    return part < whole ? part / whole : 1;
}

static double readiness_of(const kith_candidate *c, kith_day as_of, double fit)
{
    const double finished = 1 - (double)c->ended_early / c->over,
                 experience = share_of((double)as_of - c->since, days_of_experience);

    return (finished + experience + fit) / 3;
}

/** What is known of somebody who was mentored. @return whether they have experience enough. */
static bool is_experienced(const finding *f, uint32_t id, kith_candidate *c)
{
    const tally *t = &f->tallies[id];
    const kith_day worked = first_work(f->net, id);
    const kith_day since =
        t->since == KITH_NO_DATE || (worked != KITH_NO_DATE && worked < t->since) ? worked : t->since;

    *c = (kith_candidate){.person = id,
                          .over = t->over,
                          .ended_early = t->ended_early,
                          .since = since,
                          .last_end = t->last_end};
    if (since == KITH_NO_DATE || f->as_of - since < LEAST_DAYS)
        return false;
    c->readiness = readiness_of(c, f->as_of, 0);
    return true;
}

/** Lists everyone who was mentored, has no mentor now, mentors nobody, may be introduced, is no junior and
 * has experience. */
static kith_code list_people(finding *f, kith_err *err)
{
    const uint8_t *flags = kith_net_flags(f->net);
    kith_topic_table topics;
    kith_dynbuf folded = {0};
    kith_candidate c;
    uint32_t most = 0;
    kith_code rc;

    if (!flags)
        return kith_net_status(f->net, err);
    for (uint32_t id = 0; id < f->people; id++)
        most += f->marks[id] == WAS_MENTORED;
    if (!(f->out->some = kith_alloc_array(most, sizeof *f->out->some)))
        return kith_fail_memory(err, "who is ready to mentor");
    if ((rc = kith_topic_table_read(NULL, &topics, err)) != KITH_OK)
        return rc;
    for (uint32_t id = 0; rc == KITH_OK && id < f->people; id++) {
        bool fine = false;
        if (f->marks[id] != WAS_MENTORED || flags[id] & KITH_PERSON_DO_NOT_INTRODUCE)
            continue;
        if ((rc = is_no_junior(kith_net_stored_value(f->net, id, KITH_FIELD_TITLE, 0), &topics, &folded,
                               &fine, err)) == KITH_OK &&
            fine && is_experienced(f, id, &c))
            f->out->some[f->out->n++] = c;
    }
    kith_topic_table_free(&topics);
    kith_dynbuf_free(&folded);
    return rc;
}

/** Equals are settled by their keys, which are looked up for them alone. */
static bool is_less_ready(const void *ctx, uint32_t a, uint32_t b)
{
    const finding *f = ctx;
    const kith_candidate *x = &f->out->some[a], *y = &f->out->some[b];

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
static kith_code keep_readiest(finding *f, kith_err *err)
{
    kith_candidates *all = f->out;
    kith_heap kept = {.before = is_less_ready, .ctx = f}; /* who would leave it next comes first */
    bool ok = true;

    for (uint32_t i = 0; ok && i < all->n; i++) {
        if (kept.count == KITH_READY_WEIGHED) {
            if (is_less_ready(f, i, kept.items[0]))
                continue;
            (void)kith_heap_pop(&kept);
        }
        ok = kith_heap_push(&kept, i);
    }
    if (ok) {
        qsort(kept.items, kept.count, sizeof *kept.items, compare_places);
        for (all->n = 0; all->n < kept.count; all->n++)
            all->some[all->n] = all->some[kept.items[all->n]];
    }
    kith_heap_free(&kept);
    return ok ? KITH_OK : kith_fail_memory(err, "who is ready to mentor");
}

kith_code kith_candidates_find(const kith_net *net, const kith_mentor_edge *chosen, uint32_t n_chosen,
                               kith_candidates *out, kith_err *err)
{
    kith_code rc;
    kith_net_summary about;

    *out = (kith_candidates){0};
    kith_net_summarise(net, &about);
    finding f = {.net = net,
                 .marks = kith_calloc(about.people, sizeof *f.marks),
                 .tallies = kith_calloc(about.people, sizeof *f.tallies),
                 .people = about.people,
                 .as_of = about.as_of,
                 .out = out};
    if (!f.marks || !f.tallies) {
        rc = kith_fail_memory(err, "who is ready to mentor");
        goto done;
    }
    look_at_mentorships(&f, chosen, n_chosen);
    rc = list_people(&f, err);
    if (rc == KITH_OK && out->n > KITH_READY_WEIGHED)
        rc = keep_readiest(&f, err);

done:
    kith_free(f.marks);
    kith_free(f.tallies);
    if (rc != KITH_OK)
        kith_candidates_free(out);
    return rc;
}

void kith_candidates_free(kith_candidates *candidates)
{
    kith_free(candidates->some);
    *candidates = (kith_candidates){0};
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

/** Finds whom they could mentor among those who wait. @param ready  [candidates->n] */
static kith_code find_mentees(const kith_net *net, const kith_candidates *candidates,
                              const kith_progress *progress, kith_ready *ready, kith_err *err)
{
    const uint32_t n = candidates->n;
    uint32_t *ids = kith_alloc_array(n, sizeof *ids);
    double weights[KITH_FIT_PARTS];
    kith_match_people people = {0};
    kith_match_pairs pairs = {0};
    kith_code rc;

    if (!ids)
        return kith_fail_memory(err, "who is ready to mentor");
    for (uint32_t i = 0; i < n; i++)
        ids[i] = ready[i].person;
    for (int part = 0; part < KITH_FIT_PARTS; part++)
        weights[part] = kith_fit_default_weight((kith_fit_part)part);
    const kith_match_opts opts = {
        .mentors = &(kith_ids){ids, n}, .whatever_role = true, .min_fit = least_fit, .progress = progress};
    if ((rc = kith_match_people_read(net, &opts, &people, err)) == KITH_OK)
        rc = kith_match_pairs_find(net, &opts, &people, weights, &pairs, err);
    for (uint32_t i = 0; rc == KITH_OK && i < people.n_mentees; i++)
        for (uint64_t p = pairs.offset[i]; p < pairs.offset[i + 1]; p++) {
            const kith_ready sought = {.person = people.mentors[pairs.mentor[p]].person};
            kith_ready *r = bsearch(&sought, ready, n, sizeof *ready, compare_people);
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

kith_code kith_ready_list(const kith_net *net, const kith_candidates *candidates,
                          const kith_progress *progress, kith_chains_result *result, kith_err *err)
{
    const uint32_t n = candidates->n;
    kith_ready *ready = result->ready = kith_alloc_array(n, sizeof *ready);
    kith_code rc;

    if (!ready)
        return kith_fail_memory(err, "who is ready to mentor");
    if (n == 0)
        return KITH_OK;
    for (uint32_t i = 0; i < n; i++) {
        const kith_candidate *c = &candidates->some[i];
        ready[i] = (kith_ready){.person = c->person,
                                .over = c->over,
                                .ended_early = c->ended_early,
                                .since = c->since,
                                .last_end = c->last_end};
    }
    if ((rc = find_mentees(net, candidates, progress, ready, err)) != KITH_OK)
        return rc;
    for (uint32_t i = 0; i < n; i++)
        ready[i].readiness = readiness_of(&candidates->some[i], result->as_of, ready[i].mentees[0].fit);
    qsort_r(ready, n, sizeof *ready, compare_readiness, (void *)net);
    result->ready_counted = n;
    result->n_ready = result->top > 0 && result->top < n ? result->top : n;
    return KITH_OK;
}

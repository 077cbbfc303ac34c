#include <kith/match.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/match_parts.h"
#include "base/mem.h"
#include "base/text.h"
#include "flow/assignment.h"

double kith_fit_default_weight(kith_fit_part part)
{
    static const double weights[KITH_FIT_PARTS] = {
        [KITH_FIT_SKILLS] = 0.35,     [KITH_FIT_GOALS] = 0.15,     [KITH_FIT_INDUSTRY] = 0.10,
        [KITH_FIT_TRANSITION] = 0.20, [KITH_FIT_SENIORITY] = 0.10, [KITH_FIT_DISTANCE] = 0.05,
        [KITH_FIT_REACH] = 0.05,
    };

    return (unsigned)part < KITH_FIT_PARTS ? weights[part] : 0;
}

const char *kith_fit_part_name(kith_fit_part part)
{
    static const char *const names[KITH_FIT_PARTS] = {"skills",    "goals",    "industry", "transition",
                                                      "seniority", "distance", "reach"};

    return (unsigned)part < KITH_FIT_PARTS ? names[part] : "";
}

/** All that goes into a result. */
typedef struct matching {
    const kith_net *net;
    const kith_match_opts *opts;
    kith_match_people people;
    kith_match_pairs pairs;
    kith_offers offers;
    uint32_t *capacity; /**< [mentors] */
    uint32_t *mentor;   /**< [mentees] or KITH_NO_HELPER */
    kith_match_result *result;
} matching;

static uint64_t n_allowed(const matching *m)
{
    return m->pairs.offset[m->people.n_mentees];
}

/** Solves, and tells what one place more would be worth. */
static kith_code assign(matching *m, kith_err *err)
{
    const uint32_t n_mentors = m->people.n_mentors;
    kith_assignment best;
    kith_code rc;

    if (m->opts->stable)
        return kith_assign_stable(&m->offers, NULL, m->mentor, err);
    if ((rc = kith_assign(&m->offers, m->opts->progress, &best, err)) != KITH_OK)
        return rc;
    if (m->people.n_mentees > 0)
        memcpy(m->mentor, best.helper, m->people.n_mentees * sizeof *m->mentor);
    if (!(m->result->what_if = kith_alloc_array(n_mentors, sizeof *m->result->what_if)))
        rc = kith_fail_memory(err, "what more places are worth");
    for (uint32_t j = 0; rc == KITH_OK && j < n_mentors; j++)
        if (best.gain[j] > 0 || m->opts->what_if)
            m->result->what_if[m->result->n_what_if++] = (kith_what_if){
                .mentor = m->people.mentors[j].person,
                .gain = (double)best.gain[j] / KITH_PAIR_VALUE_MOST,
                .served = best.newcomer[j] == KITH_NO_SEEKER ? UINT32_MAX
                                                             : m->people.mentees[best.newcomer[j]].person};
    kith_assignment_free(&best);
    return rc;
}

static int compare_gains(const void *a, const void *b, void *net)
{
    const kith_what_if *x = a, *y = b;

    if (x->gain != y->gain)
        return x->gain > y->gain ? -1 : 1;
    return kith_match_compare_keys(net, x->mentor, y->mentor);
}

/** The pair of mentee `i` that fits best, the first of equals; UINT64_MAX: none. */
static uint64_t best_pair(const matching *m, uint32_t i)
{
    uint64_t best = UINT64_MAX;

    for (uint64_t p = m->pairs.offset[i]; p < m->pairs.offset[i + 1]; p++)
        if (best == UINT64_MAX || m->pairs.fit[p] > m->pairs.fit[best])
            best = p;
    return best;
}

static double fit_of(const matching *m, uint64_t pair)
{
    return pair == UINT64_MAX ? 0 : (double)m->pairs.fit[pair] / KITH_PAIR_VALUE_MOST;
}

static uint32_t person_of(const matching *m, uint64_t pair)
{
    return pair == UINT64_MAX ? UINT32_MAX : m->people.mentors[m->pairs.mentor[pair]].person;
}

/** Fills in pairs with the numbers of mentor and mentee, which explaining makes people. */
static kith_code tell_pairs(matching *m, kith_err *err)
{
    kith_match_result *r = m->result;
    kith_code rc;

    if (!(r->pairs = kith_alloc_array(m->people.n_mentees, sizeof *r->pairs)))
        return kith_fail_memory(err, "pairs");
    for (uint32_t i = 0; i < m->people.n_mentees; i++)
        if (m->mentor[i] != KITH_NO_HELPER) {
            const uint64_t best = best_pair(m, i);
            r->pairs[r->n_pairs++] = (kith_pair){.mentor = m->mentor[i],
                                                 .mentee = i,
                                                 .best_mentor = person_of(m, best),
                                                 .best_fit = fit_of(m, best)};
        }
    if ((rc = kith_match_explain(m->net, m->opts, &m->people, r->weights, r->pairs, r->n_pairs, true, err)))
        return rc;
    for (uint32_t k = 0; k < r->n_pairs; k++)
        r->total_fit += r->pairs[k].fit;
    if (!m->opts->all_pairs)
        return KITH_OK;
    if (!(r->all_pairs = kith_alloc_array(n_allowed(m), sizeof *r->all_pairs)))
        return kith_fail_memory(err, "pairs");
    for (uint32_t i = 0; i < m->people.n_mentees; i++) {
        const uint64_t best = best_pair(m, i);
        for (uint64_t p = m->pairs.offset[i]; p < m->pairs.offset[i + 1]; p++)
            r->all_pairs[r->n_all_pairs++] = (kith_pair){.mentor = m->pairs.mentor[p],
                                                         .mentee = i,
                                                         .best_mentor = person_of(m, best),
                                                         .best_fit = fit_of(m, best)};
    }
    return kith_match_explain(m->net, m->opts, &m->people, r->weights, r->all_pairs, r->n_all_pairs, false,
                              err);
}

/** Why nobody was given to mentee `i`. */
static kith_unmatched tell_mentee(const matching *m, uint32_t i)
{
    const uint64_t best = best_pair(m, i);

    return (kith_unmatched){.person = m->people.mentees[i].person,
                            .why = !m->pairs.any_allowed[i] ? KITH_UNMATCHED_NOBODY_ALLOWED
                                   : best == UINT64_MAX     ? KITH_UNMATCHED_NOBODY_FITS
                                                            : KITH_UNMATCHED_NO_PLACE,
                            .best = person_of(m, best),
                            .best_fit = fit_of(m, best)};
}

/** What became of a mentor. */
typedef struct fate {
    uint32_t load;
    uint32_t mentee, fit; /**< whom they would fit best; fit 0: nobody */
} fate;

/** Mentors with places left whom nobody was given. */
static void tell_mentors(matching *m, fate *fates)
{
    kith_match_result *r = m->result;

    for (uint32_t i = 0; i < m->people.n_mentees; i++) {
        if (m->mentor[i] != KITH_NO_HELPER)
            fates[m->mentor[i]].load++;
        for (uint64_t p = m->pairs.offset[i]; p < m->pairs.offset[i + 1]; p++) {
            fate *of = &fates[m->pairs.mentor[p]];
            if (m->pairs.fit[p] > of->fit)
                *of = (fate){of->load, i, m->pairs.fit[p]};
        }
    }
    for (uint32_t j = 0; j < m->people.n_mentors; j++)
        if (m->capacity[j] > 0 && fates[j].load == 0)
            r->unmatched[r->n_unmatched++] = (kith_unmatched){
                .person = m->people.mentors[j].person,
                .is_mentor = true,
                .why = fates[j].fit == 0 ? KITH_UNMATCHED_NOBODY_FITS : KITH_UNMATCHED_NOT_NEEDED,
                .best = fates[j].fit == 0 ? UINT32_MAX : m->people.mentees[fates[j].mentee].person,
                .best_fit = (double)fates[j].fit / KITH_PAIR_VALUE_MOST};
}

static kith_code tell_unmatched(matching *m, kith_err *err)
{
    kith_match_result *r = m->result;
    fate *fates = kith_calloc((size_t)m->people.n_mentors + 1, sizeof *fates);

    r->unmatched = kith_alloc_array((size_t)m->people.n_mentees + m->people.n_mentors, sizeof *r->unmatched);
    if (!fates || !r->unmatched) {
        kith_free(fates);
        return kith_fail_memory(err, "who stays without a pair");
    }
    for (uint32_t i = 0; i < m->people.n_mentees; i++)
        if (m->mentor[i] == KITH_NO_HELPER)
            r->unmatched[r->n_unmatched++] = tell_mentee(m, i);
    tell_mentors(m, fates);
    kith_free(fates);
    return KITH_OK;
}

static int compare_wanted(const void *a, const void *b)
{
    const kith_wanted_skill *x = a, *y = b;

    if (x->people != y->people)
        return x->people > y->people ? -1 : 1;
    return strcmp(x->skill, y->skill);
}

/** Notes for each mentee who stays without the skill that would help most others too. */
static void tell_help(matching *m, const kith_wanted_skill *by_number)
{
    const kith_match_people *people = &m->people;
    kith_match_result *r = m->result;

    for (uint32_t i = 0, u = 0; i < people->n_mentees; i++) {
        const kith_taker *t = &people->mentees[i];
        if (m->mentor[i] != KITH_NO_HELPER)
            continue;
        kith_unmatched *who = &r->unmatched[u++]; /* mentees come first, in the same order */
        for (uint32_t k = 0; k < t->n_skills; k++) {
            const kith_wanted_skill *wanted = &by_number[people->numbers[t->skills + k]];
            if (wanted->skill && (!who->help.skill || compare_wanted(wanted, &who->help) < 0))
                who->help = *wanted;
        }
    }
}

/** Counts the skills that unmatched mentees want; `by_number` has room for every skill. */
static kith_code count_wanted(matching *m, kith_wanted_skill *by_number, kith_err *err)
{
    const kith_match_people *people = &m->people;
    kith_dynbuf folded = {0};
    const char *value;
    kith_code rc;

    for (uint32_t i = 0; i < people->n_mentees; i++) {
        const kith_taker *t = &people->mentees[i];
        if (m->mentor[i] != KITH_NO_HELPER)
            continue;
        for (uint32_t k = 0; k < t->n_skills; k++)
            by_number[people->numbers[t->skills + k]].people++;
        for (uint32_t nth = 0; (value = kith_net_value(m->net, t->person, KITH_FIELD_SKILL_WANTED, nth));
             nth++) {
            kith_dynbuf_clear(&folded);
            kith_text_fold(value, &folded);
            const uint32_t number = kith_intern_find(people->texts, kith_dynbuf_cstr(&folded), folded.length);
            if (number != UINT32_MAX && !by_number[number].skill)
                by_number[number].skill = value;
        }
    }
    for (uint32_t j = 0; j < people->n_mentors; j++)
        for (uint32_t k = 0; k < people->mentors[j].n_skills; k++)
            by_number[people->numbers[people->mentors[j].skills + k]].mentors++;
    rc = kith_dynbuf_check(&folded, "skills wanted", err);
    kith_dynbuf_free(&folded);
    return rc;
}

static kith_code tell_wanted(matching *m, kith_err *err)
{
    const uint32_t n = kith_intern_count(m->people.texts);
    kith_match_result *r = m->result;

    if (!(r->wanted = kith_calloc((size_t)n + 1, sizeof *r->wanted)))
        return kith_fail_memory(err, "skills wanted");
    kith_code rc = count_wanted(m, r->wanted, err);
    tell_help(m, r->wanted);
    for (uint32_t s = 0; s < n; s++)
        if (r->wanted[s].people > 0 && r->wanted[s].skill)
            r->wanted[r->n_wanted++] = r->wanted[s];
    qsort(r->wanted, r->n_wanted, sizeof *r->wanted, compare_wanted);
    return rc;
}

/** Weights as asked, or the defaults. */
static kith_code note_asked(const kith_match_opts *opts, kith_match_result *r, kith_err *err)
{
    double sum = 0;

    *r = (kith_match_result){.stable = opts->stable,
                             .again = opts->again,
                             .all_what_if = opts->what_if,
                             .min_fit = opts->min_fit,
                             .capacity = opts->capacity > 0 ? opts->capacity : 1};
    for (int part = 0; part < KITH_FIT_PARTS; part++) {
        r->weights[part] = opts->weights ? opts->weights[part] : kith_fit_default_weight((kith_fit_part)part);
        if (!(r->weights[part] >= 0) || isinf(r->weights[part]))
            return kith_fail(err, KITH_EUSAGE, "the weight of %s is %g: a weight is 0 or more",
                             kith_fit_part_name((kith_fit_part)part), r->weights[part]);
        sum += r->weights[part];
    }
    return sum > 0 ? KITH_OK : kith_fail(err, KITH_EUSAGE, "all weights are 0: nothing is left to match by");
}

/** Finds who may go with whom, as the assignment wants it. */
static kith_code prepare(matching *m, kith_err *err)
{
    kith_match_result *r = m->result;
    const kith_match_people *people = &m->people;
    kith_code rc = kith_match_people_read(m->net, m->opts, &m->people, err);

    if (rc != KITH_OK)
        return rc;
    r->n_mentees = people->n_mentees;
    r->n_mentors = people->n_mentors;
    r->n_mentored = people->n_mentored;
    r->over_limit =
        m->opts->most_pairs > 0 && (uint64_t)people->n_mentees * people->n_mentors > m->opts->most_pairs;
    if (r->over_limit)
        return KITH_OK;
    m->capacity = kith_alloc_array(people->n_mentors, sizeof *m->capacity);
    m->mentor = kith_alloc_array(people->n_mentees, sizeof *m->mentor);
    if (!m->capacity || !m->mentor)
        return kith_fail_memory(err, "mentors and mentees");
    for (uint32_t j = 0; j < people->n_mentors; j++) {
        m->capacity[j] = people->mentors[j].places;
        r->n_places += m->capacity[j] < UINT32_MAX - r->n_places ? m->capacity[j] : UINT32_MAX - r->n_places;
    }
    if ((rc = kith_match_pairs_find(m->net, m->opts, people, r->weights, &m->pairs, err)) != KITH_OK)
        return rc;
    m->offers = (kith_offers){.n_seekers = people->n_mentees,
                              .n_helpers = people->n_mentors,
                              .offset = m->pairs.offset,
                              .helper = m->pairs.mentor,
                              .value = m->pairs.fit,
                              .capacity = m->capacity};
    r->n_allowed = n_allowed(m);
    return KITH_OK;
}

kith_code kith_match(const kith_net *net, const kith_match_opts *opts, kith_match_result *result,
                     kith_err *err)
{
    matching m = {.net = net, .opts = opts, .result = result};
    kith_code rc;

    if ((rc = note_asked(opts, result, err)) != KITH_OK || (rc = prepare(&m, err)) != KITH_OK)
        goto done;
    if (!result->over_limit &&
        ((rc = assign(&m, err)) != KITH_OK || (rc = tell_pairs(&m, err)) != KITH_OK ||
         (rc = tell_unmatched(&m, err)) != KITH_OK || (rc = tell_wanted(&m, err)) != KITH_OK))
        goto done;
    if ((rc = kith_net_status(net, err)) != KITH_OK)
        goto done;
    if (result->n_what_if > 0)
        qsort_r(result->what_if, result->n_what_if, sizeof *result->what_if, compare_gains, (void *)net);
    result->topic_names = m.people.topics.names;
    result->n_topics = m.people.topics.n_topics;
    m.people.topics.names = NULL; /* the result's now */
    m.people.topics.n_topics = 0;

done:
    kith_match_pairs_free(&m.pairs);
    kith_match_people_free(&m.people);
    kith_free(m.capacity);
    kith_free(m.mentor);
    if (rc != KITH_OK)
        kith_match_free(result);
    return rc;
}

void kith_match_free(kith_match_result *result)
{
    for (uint32_t k = 0; k < result->n_pairs; k++)
        kith_free(result->pairs[k].skills);
    for (uint32_t i = 0; i < result->n_topics; i++)
        kith_free(result->topic_names[i]);
    kith_free(result->pairs);
    kith_free(result->all_pairs);
    kith_free(result->unmatched);
    kith_free(result->wanted);
    kith_free(result->what_if);
    kith_free(result->topic_names);
    *result = (kith_match_result){0};
}

/* How well two fit, and which pairs are allowed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/match_parts.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/ticker.h"
#include "flow/assignment.h"
#include "network/netfile.h"

/** Of people sought, so many new ones are worth all that reach can be. */
enum { REACH_ENOUGH = 3 };

/** Two people by number or id. */
typedef struct couple {
    uint32_t mentee, mentor;
} couple;

/** What is known of the mentee at hand, and of all mentors. */
typedef struct fitting {
    const kith_net *net;
    const kith_match_opts *opts;
    const kith_match_people *people;
    const double *weights;
    kith_graph graph;
    uint32_t *mentor_of; /**< [people] number of a mentor, UINT32_MAX: none */
    couple *forbidden;   /**< by mentee: earlier pairs, and those to be kept apart */
    size_t n_forbidden, forbidden_capacity;
    uint64_t *offer_begin; /**< [skills + 1] of each skill's mentors in `offer` */
    uint32_t *offer;
    bool *is_sought; /**< [people] whether in opts->reach */
    kith_hop_marks marks;
    uint8_t *hops; /**< [KITH_HOPS_TOGETHER][mentors], from mentee `hops_first` on */
    uint32_t hops_first, hops_count;
    /* of the mentee at hand */
    uint32_t mentee;
    double *skill;      /**< [mentors] share of what is wanted, by rarity */
    bool *is_forbidden; /**< [mentors] */
    bool *is_known;     /**< [people] of those sought, with whom the mentee has a tie; or NULL */
} fitting;

static int compare_couples(const void *a, const void *b)
{
    const couple *x = a, *y = b;

    if (x->mentee != y->mentee)
        return x->mentee < y->mentee ? -1 : 1;
    return (x->mentor > y->mentor) - (x->mentor < y->mentor);
}

static kith_code forbid(fitting *f, uint32_t mentee, uint32_t mentor, kith_err *err)
{
    if (!kith_grow((void **)&f->forbidden, &f->forbidden_capacity, f->n_forbidden + 1, sizeof *f->forbidden))
        return kith_fail_memory(err, "pairs that are not made");
    f->forbidden[f->n_forbidden++] = (couple){mentee, mentor};
    return KITH_OK;
}

/** Lists the pairs that are not made, whoever they are. */
static kith_code list_forbidden(fitting *f, uint32_t mentorships, kith_err *err)
{
    kith_mentorship m;
    kith_code rc = KITH_OK;

    for (uint32_t i = 0;
         rc == KITH_OK && !f->opts->again && i < mentorships && kith_net_mentorship(f->net, i, &m); i++)
        rc = forbid(f, m.mentee, m.mentor, err);
    for (uint32_t i = 0; rc == KITH_OK && i < f->opts->n_apart; i++)
        if ((rc = forbid(f, f->opts->apart[i][0], f->opts->apart[i][1], err)) == KITH_OK)
            rc = forbid(f, f->opts->apart[i][1], f->opts->apart[i][0], err);
    if (f->n_forbidden > 0)
        qsort(f->forbidden, f->n_forbidden, sizeof *f->forbidden, compare_couples);
    return rc;
}

/** Lists mentors by each skill they offer. */
static kith_code list_offers(fitting *f, kith_err *err)
{
    const kith_match_people *p = f->people;
    const uint32_t n = kith_intern_count(p->texts);

    f->offer_begin = kith_calloc((size_t)n + 2, sizeof *f->offer_begin);
    f->offer = kith_alloc_array(p->n_numbers, sizeof *f->offer);
    if (!f->offer_begin || !f->offer)
        return kith_fail_memory(err, "skills offered");
    for (uint32_t j = 0; j < p->n_mentors; j++)
        for (uint32_t k = 0; k < p->mentors[j].n_skills; k++)
            f->offer_begin[p->numbers[p->mentors[j].skills + k] + 2]++;
    for (uint32_t s = 0; s < n; s++)
        f->offer_begin[s + 2] += f->offer_begin[s + 1];
    for (uint32_t j = 0; j < p->n_mentors; j++)
        for (uint32_t k = 0; k < p->mentors[j].n_skills; k++)
            f->offer[f->offer_begin[p->numbers[p->mentors[j].skills + k] + 1]++] = j;
    return KITH_OK;
}

static void end_fitting(fitting *f)
{
    kith_free(f->mentor_of);
    kith_free(f->forbidden);
    kith_free(f->offer_begin);
    kith_free(f->offer);
    kith_free(f->is_sought);
    kith_free(f->marks.seen);
    kith_free(f->marks.here);
    kith_free(f->marks.next);
    kith_free(f->hops);
    kith_free(f->skill);
    kith_free(f->is_forbidden);
    kith_free(f->is_known);
}

static kith_code begin_fitting(fitting *f, kith_err *err)
{
    const kith_match_people *p = f->people;
    kith_net_summary about;
    kith_code rc;

    kith_net_summarise(f->net, &about);
    f->graph = kith_net_graph_lazy(f->net);
    f->mentor_of = kith_alloc_array(about.people, sizeof *f->mentor_of);
    f->is_sought = kith_calloc((size_t)about.people + 1, sizeof *f->is_sought);
    f->is_known = kith_calloc((size_t)about.people + 1, sizeof *f->is_known);
    f->marks.seen = kith_calloc((size_t)about.people + 1, sizeof *f->marks.seen);
    f->marks.here = kith_calloc((size_t)about.people + 1, sizeof *f->marks.here);
    f->marks.next = kith_calloc((size_t)about.people + 1, sizeof *f->marks.next);
    f->hops = kith_alloc_array((size_t)KITH_HOPS_TOGETHER * p->n_mentors, sizeof *f->hops);
    f->skill = kith_alloc_array(p->n_mentors, sizeof *f->skill);
    f->is_forbidden = kith_alloc_array(p->n_mentors, sizeof *f->is_forbidden);
    if (!f->mentor_of || !f->is_sought || !f->is_known || !f->marks.seen || !f->marks.here ||
        !f->marks.next || !f->hops || !f->skill || !f->is_forbidden)
        return kith_fail_memory(err, "who fits whom");
    if (about.people > 0)
        memset(f->mentor_of, 0xff, about.people * sizeof *f->mentor_of);
    for (uint32_t j = 0; j < p->n_mentors; j++)
        f->mentor_of[p->mentors[j].person] = j;
    for (uint32_t i = 0; f->opts->reach && i < f->opts->reach->count; i++)
        f->is_sought[f->opts->reach->ids[i]] = true;
    if ((rc = list_forbidden(f, about.mentorships, err)) != KITH_OK)
        return rc;
    return list_offers(f, err);
}

/** The rarer among mentors, the heavier: ln(1 + mentors / (1 + mentors who offer it)), in whole billionths,
 * so that sums do not hang on the order of skills. */
static double rarity(const fitting *f, uint32_t skill)
{
    const uint64_t count = f->offer_begin[skill + 1] - f->offer_begin[skill];

    return floor(log(1 + f->people->n_mentors / (1 + (double)count)) * 1e9 + 0.5);
}

static void weigh_skills(fitting *f, const kith_taker *mentee)
{
    const uint32_t *wanted = f->people->numbers + mentee->skills;
    double sum = 0;

    for (uint32_t j = 0; j < f->people->n_mentors; j++)
        f->skill[j] = 0;
    for (uint32_t k = 0; k < mentee->n_skills; k++) {
        const double weight = rarity(f, wanted[k]);
        sum += weight;
        for (uint64_t o = f->offer_begin[wanted[k]]; o < f->offer_begin[wanted[k] + 1]; o++)
            f->skill[f->offer[o]] += weight;
    }
    for (uint32_t j = 0; sum > 0 && j < f->people->n_mentors; j++)
        f->skill[j] /= sum;
}

/** What a mentor must not be to their mentee already, as kith_net_stated of mentee and mentor has it: their
 * manager, somebody they manage, and, but where pairs may be made again, their mentor. */
static uint32_t barred(const kith_match_opts *opts)
{
    return kith_stated_first(KITH_STATED_MANAGER) | kith_stated_second(KITH_STATED_MANAGER) |
           (opts->again ? 0 : kith_stated_second(KITH_STATED_MENTOR));
}

/** Marks the mentors who are not given to the mentee, and whom of those sought they know. */
static void mark_forbidden(fitting *f, const kith_taker *mentee)
{
    const uint32_t id = mentee->person;
    size_t low = 0, high = f->n_forbidden;
    kith_tie tie;

    memset(f->is_forbidden, 0, f->people->n_mentors * sizeof *f->is_forbidden);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (f->forbidden[middle].mentee < id)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < f->n_forbidden && f->forbidden[low].mentee == id; low++)
        if (f->forbidden[low].mentor < f->graph.n && f->mentor_of[f->forbidden[low].mentor] != UINT32_MAX)
            f->is_forbidden[f->mentor_of[f->forbidden[low].mentor]] = true;
    if (f->mentor_of[id] != UINT32_MAX)
        f->is_forbidden[f->mentor_of[id]] = true;
    f->is_known[id] = true;
    for (uint32_t nth = 0; kith_net_tie_at(f->net, id, nth, &tie); nth++) {
        f->is_known[tie.b] = true;
        if (f->mentor_of[tie.b] != UINT32_MAX && tie.evidence >> KITH_EVIDENCE_STATED_RELATION & 1 &&
            kith_net_stated(f->net, id, tie.b) & barred(f->opts))
            f->is_forbidden[f->mentor_of[tie.b]] = true;
    }
}

/** Makes mentee `i` the one at hand. Mentees come in rising order. */
static kith_code enter(fitting *f, uint32_t i, kith_err *err)
{
    const kith_match_people *p = f->people;
    kith_code rc;

    f->mentee = i;
    weigh_skills(f, &p->mentees[i]);
    mark_forbidden(f, &p->mentees[i]);
    if (i - f->hops_first < f->hops_count)
        return KITH_OK;
    f->hops_first = i;
    f->hops_count = p->n_mentees - i < KITH_HOPS_TOGETHER ? p->n_mentees - i : KITH_HOPS_TOGETHER;
    if ((rc = kith_tick_now(f->opts->progress, "comparing", i, p->n_mentees, err)) != KITH_OK)
        return rc;
    return kith_match_hops(&f->graph, p->mentees + i, f->hops_count, p->mentors, p->n_mentors, &f->marks,
                           f->hops, err);
}

static void leave(fitting *f)
{
    const uint32_t id = f->people->mentees[f->mentee].person;
    kith_tie tie;

    f->is_known[id] = false;
    for (uint32_t nth = 0; kith_net_tie_at(f->net, id, nth, &tie); nth++)
        f->is_known[tie.b] = false;
}

/** Whether two ascending lists have a number in common. */
static bool meet(const uint32_t *a, uint32_t n_a, const uint32_t *b, uint32_t n_b)
{
    for (uint32_t i = 0, j = 0; i < n_a && j < n_b;) {
        if (a[i] == b[j])
            return true;
        if (a[i] < b[j])
            i++;
        else
            j++;
    }
    return false;
}

static double seniority(const kith_taker *mentor, const kith_taker *mentee)
{
    const int above = (int)mentor->level - (int)mentee->level;

    if (mentor->level == 0)
        return 0;
    return above >= 1 && above <= 3 ? 1 : above == 0 || above == 4 ? 0.5 : 0;
}

/** By what the mentor made the change that the mentee wants; KITH_CAREERS: they did not. */
static kith_career change_made(const kith_taker *mentor, const kith_taker *mentee)
{
    kith_career by = KITH_CAREER_TITLE;

    while (by < KITH_CAREERS &&
           ((mentor->past[by] & mentee->goes_from[by]) == 0 || (mentor->now[by] & mentee->goes_to[by]) == 0))
        by++;
    return by;
}

static double transition(const kith_taker *mentor, const kith_taker *mentee)
{
    bool wants_change = false;

    for (int by = 0; by < KITH_CAREERS; by++)
        wants_change |= mentee->goes_from[by] != 0 && mentee->goes_to[by] != 0;
    return wants_change ? change_made(mentor, mentee) < KITH_CAREERS : NAN;
}

/** People sought whom the mentor is or knows, and the mentee does not; REACH_ENOUGH at most. */
static uint32_t reach(const fitting *f, const kith_taker *mentor)
{
    uint32_t fresh = f->is_sought[mentor->person] && !f->is_known[mentor->person];
    kith_tie tie;

    for (uint32_t nth = 0; fresh < REACH_ENOUGH && kith_net_tie_at(f->net, mentor->person, nth, &tie); nth++)
        fresh += f->is_sought[tie.b] && !f->is_known[tie.b];
    return fresh;
}

static uint32_t hops_to(const fitting *f, uint32_t j)
{
    return f->hops[(size_t)(f->mentee - f->hops_first) * f->people->n_mentors + j];
}

/** The parts of the fit of the mentee at hand and mentor `j`. @return the fit in whole millionths. */
static uint32_t measure(const fitting *f, uint32_t j, double parts[KITH_FIT_PARTS])
{
    const kith_taker *mentor = &f->people->mentors[j], *mentee = &f->people->mentees[f->mentee];
    const uint32_t *numbers = f->people->numbers, hops = hops_to(f, j);
    double sum = 0, weights = 0;

    parts[KITH_FIT_SKILLS] = mentee->n_skills > 0 ? f->skill[j] : NAN;
    parts[KITH_FIT_GOALS] = mentee->goals != 0 ? (double)__builtin_popcountll(mentee->goals & mentor->known) /
                                                     (double)__builtin_popcountll(mentee->goals)
                                               : NAN;
    parts[KITH_FIT_INDUSTRY] = mentee->n_industries > 0
                                   ? meet(numbers + mentee->industries, mentee->n_industries,
                                          numbers + mentor->industries, mentor->n_industries)
                                   : NAN;
    parts[KITH_FIT_TRANSITION] = transition(mentor, mentee);
    parts[KITH_FIT_SENIORITY] = mentee->level > 0 ? seniority(mentor, mentee) : NAN;
    parts[KITH_FIT_DISTANCE] = kith_graph_degree(&f->graph, mentee->person) > 0 ? (hops >= 2   ? 1
                                                                                   : hops == 1 ? 0.5
                                                                                               : 0)
                                                                                : NAN;
    parts[KITH_FIT_REACH] =
        f->opts->reach && f->opts->reach->count > 0 ? (double)reach(f, mentor) / REACH_ENOUGH : NAN;
    for (int part = 0; part < KITH_FIT_PARTS; part++)
        if (!isnan(parts[part])) {
            sum += f->weights[part] * parts[part];
            weights += f->weights[part];
        }
    return weights > 0 ? (uint32_t)(sum / weights * KITH_PAIR_VALUE_MOST + 0.5) : 0;
}

/** Adds the row of the mentee at hand. */
static kith_code find_row(fitting *f, kith_match_pairs *out, uint64_t *n, kith_err *err)
{
    const double least = f->opts->min_fit * KITH_PAIR_VALUE_MOST;
    double parts[KITH_FIT_PARTS];

    for (uint32_t j = 0; j < f->people->n_mentors; j++) {
        if (f->is_forbidden[j])
            continue;
        out->any_allowed[f->mentee] = true;
        const uint32_t fit = measure(f, j, parts);
        if (fit == 0 || fit < least)
            continue;
        if (!kith_grow((void **)&out->mentor, &out->mentor_capacity, *n + 1, sizeof *out->mentor) ||
            !kith_grow((void **)&out->fit, &out->fit_capacity, *n + 1, sizeof *out->fit))
            return kith_fail_memory(err, "who fits whom");
        out->mentor[*n] = j;
        out->fit[(*n)++] = fit;
    }
    return KITH_OK;
}

kith_code kith_match_pairs_find(const kith_net *net, const kith_match_opts *opts,
                                const kith_match_people *people, const double *weights, kith_match_pairs *out,
                                kith_err *err)
{
    fitting f = {.net = net, .opts = opts, .people = people, .weights = weights};
    uint64_t n = 0;
    kith_code rc;

    *out = (kith_match_pairs){0};
    out->offset = kith_calloc((size_t)people->n_mentees + 1, sizeof *out->offset);
    out->any_allowed = kith_calloc((size_t)people->n_mentees + 1, sizeof *out->any_allowed);
    if (!out->offset || !out->any_allowed)
        rc = kith_fail_memory(err, "who fits whom");
    else if (people->n_mentees == 0 || people->n_mentors == 0)
        return KITH_OK;
    else
        rc = begin_fitting(&f, err);
    for (uint32_t i = 0; rc == KITH_OK && i < people->n_mentees; i++) {
        if ((rc = enter(&f, i, err)) == KITH_OK)
            rc = find_row(&f, out, &n, err);
        leave(&f);
        out->offset[i + 1] = n;
    }
    end_fitting(&f);
    if (rc == KITH_OK)
        rc = kith_net_status(net, err);
    if (rc != KITH_OK)
        kith_match_pairs_free(out);
    return rc;
}

void kith_match_pairs_free(kith_match_pairs *pairs)
{
    kith_free(pairs->offset);
    kith_free(pairs->mentor);
    kith_free(pairs->fit);
    kith_free(pairs->any_allowed);
    *pairs = (kith_match_pairs){0};
}

/** The skills wanted that the mentor offers, as the mentee writes them. */
static kith_code list_skills(const fitting *f, const kith_taker *mentor, const kith_taker *mentee,
                             kith_pair *pair, kith_err *err)
{
    const uint32_t *offered = f->people->numbers + mentor->skills;
    kith_dynbuf folded = {0};
    const char *value;
    kith_code rc;

    if (!(pair->skills = kith_alloc_array(mentee->n_skills, sizeof *pair->skills)))
        return kith_fail_memory(err, "skills");
    for (uint32_t nth = 0; (value = kith_net_value(f->net, mentee->person, KITH_FIELD_SKILL_WANTED, nth));
         nth++) {
        kith_dynbuf_clear(&folded);
        kith_text_fold(value, &folded);
        const uint32_t number = kith_intern_find(f->people->texts, kith_dynbuf_cstr(&folded), folded.length);
        if (pair->n_skills < mentee->n_skills && meet(&number, 1, offered, mentor->n_skills))
            pair->skills[pair->n_skills++] = value;
    }
    rc = kith_dynbuf_check(&folded, "skills", err);
    kith_dynbuf_free(&folded);
    return rc;
}

/** The name of the first topic in a set; NULL for none. */
static const char *first_name(const fitting *f, kith_topics topics)
{
    return topics ? f->people->topics.names[__builtin_ctzll(topics)] : NULL;
}

kith_code kith_match_explain(const kith_net *net, const kith_match_opts *opts,
                             const kith_match_people *people, const double *weights, kith_pair *pairs,
                             uint64_t n_pairs, bool with_skills, kith_err *err)
{
    fitting f = {.net = net, .opts = opts, .people = people, .weights = weights};
    kith_code rc = n_pairs > 0 ? begin_fitting(&f, err) : KITH_OK;

    for (uint64_t first = 0, end; rc == KITH_OK && first < n_pairs; first = end) {
        const uint32_t i = pairs[first].mentee;
        rc = enter(&f, i, err);
        for (end = first; rc == KITH_OK && end < n_pairs && pairs[end].mentee == i; end++) {
            kith_pair *pair = &pairs[end];
            const kith_taker *mentor = &people->mentors[pair->mentor], *mentee = &people->mentees[i];
            pair->fit = (double)measure(&f, pair->mentor, pair->parts) / KITH_PAIR_VALUE_MOST;
            pair->hops = hops_to(&f, pair->mentor);
            pair->goal_topics = mentee->goals & mentor->known;
            if (pair->parts[KITH_FIT_REACH] > 0)
                pair->sought = reach(&f, mentor);
            if (pair->parts[KITH_FIT_TRANSITION] > 0) {
                const kith_career by = change_made(mentor, mentee);
                pair->from = first_name(&f, mentor->past[by] & mentee->goes_from[by]);
                pair->to = first_name(&f, mentor->now[by] & mentee->goes_to[by]);
            }
            if (with_skills)
                rc = list_skills(&f, mentor, mentee, pair, err);
            pair->mentor = mentor->person;
        }
        for (uint64_t k = first; k < end; k++)
            pairs[k].mentee = people->mentees[i].person;
        leave(&f);
    }
    end_fitting(&f);
    return rc;
}

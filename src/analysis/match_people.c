/* Who takes part, what they offer and what they want. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/match_parts.h"
#include "base/mem.h"
#include "base/text.h"
#include "network/netfile.h"

typedef struct reading {
    const kith_net *net;
    const kith_match_opts *opts;
    const uint8_t *flags; /**< [people] */
    kith_match_people *out;
    kith_company_topics companies;
    kith_dynbuf folded;
    uint32_t *mentees_now; /**< [people] mentorships running as a mentor */
    bool *has_mentor;      /**< [people] */
    size_t mentors_capacity, mentees_capacity;
    kith_err *err;
} reading;

/** A text folded; borrowed until the next one. */
static const char *fold(reading *r, const char *text)
{
    kith_dynbuf_clear(&r->folded);
    kith_text_fold(text, &r->folded);
    return kith_dynbuf_cstr(&r->folded);
}

/** Whether any role of the person has that word, or "both". */
static bool plays(reading *r, uint32_t id, const char *part)
{
    const char *role;

    for (uint32_t nth = 0; (role = kith_net_value(r->net, id, KITH_FIELD_ROLE, nth)); nth++) {
        const char *folded = fold(r, role);
        if (kith_text_has_words(folded, part) || kith_text_has_words(folded, "both"))
            return true;
    }
    return false;
}

static bool is_in(const kith_ids *set, uint32_t id)
{
    uint32_t low = 0, high = set ? set->count : 0;

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (set->ids[middle] == id)
            return true;
        if (set->ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return !set;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/** The values of a field as an ascending list of distinct numbers. */
static kith_code list_values(reading *r, uint32_t id, kith_field field, uint64_t *first, uint32_t *count)
{
    kith_match_people *out = r->out;
    const char *value;
    kith_code rc;

    *first = out->n_numbers;
    for (uint32_t nth = 0; (value = kith_net_value(r->net, id, field, nth)); nth++) {
        uint32_t number;
        fold(r, value);
        if ((rc = kith_intern_add(out->texts, kith_dynbuf_cstr(&r->folded), r->folded.length, &number,
                                  r->err)))
            return rc;
        if (!kith_grow((void **)&out->numbers, &out->capacity, out->n_numbers + 1, sizeof *out->numbers))
            return kith_fail_memory(r->err, "skills");
        out->numbers[out->n_numbers++] = number;
    }
    size_t kept = *first;
    if (out->n_numbers > *first)
        qsort(out->numbers + *first, out->n_numbers - *first, sizeof *out->numbers, compare_numbers);
    for (size_t i = *first; i < out->n_numbers; i++)
        if (i == *first || out->numbers[i] != out->numbers[i - 1])
            out->numbers[kept++] = out->numbers[i];
    out->n_numbers = kept;
    *count = (uint32_t)(kept - *first);
    return KITH_OK;
}

static kith_topics topics_of_field(reading *r, uint32_t id, kith_field field)
{
    kith_topics topics = 0;
    const char *value;

    for (uint32_t nth = 0; (value = kith_net_value(r->net, id, field, nth)); nth++)
        topics |= kith_topics_of(&r->out->topics, fold(r, value));
    return topics;
}

/** What somebody is and was before. The preferred title is held now, whatever positions are listed. */
static void read_career(reading *r, kith_taker *t)
{
    const char *title = kith_net_stored_value(r->net, t->person, KITH_FIELD_TITLE, 0);
    kith_tenure_view tenure;

    if (title && *title) {
        const char *folded = fold(r, title);
        t->now[KITH_CAREER_TITLE] |= kith_topics_of(&r->out->topics, folded);
        t->level = kith_topics_level(&r->out->topics, folded);
    }
    t->now[KITH_CAREER_INDUSTRY] = topics_of_field(r, t->person, KITH_FIELD_INDUSTRY);
    for (uint32_t nth = 0; kith_net_stored_tenure(r->net, t->person, nth, &tenure); nth++) {
        kith_topics *at = tenure.current ? t->now : t->past;
        if (tenure.kind != KITH_TENURE_WORK)
            continue;
        at[KITH_CAREER_TITLE] |= kith_topics_of(&r->out->topics, fold(r, tenure.title));
        at[KITH_CAREER_INDUSTRY] |= kith_company_topics_of(&r->companies, fold(r, tenure.place));
    }
}

/** The change that goals name. */
typedef struct change {
    kith_topics from, to;
} change;

/** "change field, from nursing to product": what stands behind "from", and behind "to" or "into". */
static void read_goal(reading *r, kith_taker *t, const char *goal, change *said)
{
    fold(r, goal);
    char *text = r->folded.data;
    if (!text)
        return;
    t->goals |= kith_topics_of(&r->out->topics, text);
    char *from = strncmp(text, "from ", 5) == 0 ? text : strstr(text, " from ");
    char *to = strstr(from ? from : text, " into ");
    if (!to)
        to = strstr(from ? from : text, " to ");
    if (from && to) {
        said->to |= kith_topics_of(&r->out->topics, to);
        *to = '\0';
        said->from |= kith_topics_of(&r->out->topics, from);
    }
}

/** Where goals do not say from where, what one is now says so; where not to what, all that they speak of. */
static void read_goals(reading *r, kith_taker *t)
{
    change said = {0, 0};
    const char *goal;

    for (uint32_t nth = 0; (goal = kith_net_stored_value(r->net, t->person, KITH_FIELD_GOAL, nth)); nth++)
        read_goal(r, t, goal, &said);
    for (int by = 0; by < KITH_CAREERS; by++) {
        t->goes_from[by] = said.from ? said.from : t->now[by];
        t->goes_to[by] = (said.to ? said.to : t->goals) & ~(t->goes_from[by] | r->out->topics.aims);
    }
}

/** Keeps of the industries that mentees want to go to those to which a mentor is known to have changed: most
 * goals speak of no industry, and a mentor whose positions are not known says nothing of them. */
static void keep_industries_changed_to(kith_match_people *people)
{
    kith_topics changed_to = 0;

    for (uint32_t j = 0; j < people->n_mentors; j++)
        if (people->mentors[j].past[KITH_CAREER_INDUSTRY])
            changed_to |= people->mentors[j].now[KITH_CAREER_INDUSTRY];
    for (uint32_t i = 0; i < people->n_mentees; i++)
        people->mentees[i].goes_to[KITH_CAREER_INDUSTRY] &= changed_to;
}

/** Places that a mentor has, less those taken; what is no number counts as not told. */
static uint32_t places_of(const reading *r, uint32_t id)
{
    const char *value = kith_net_value(r->net, id, KITH_FIELD_CAPACITY, 0);
    uint32_t places = r->opts->capacity > 0 ? r->opts->capacity : 1;

    if (value && *value >= '0' && *value <= '9') {
        errno = 0;
        const unsigned long told = strtoul(value, NULL, 10);
        places = errno || told > INT32_MAX ? INT32_MAX : (uint32_t)told;
    }
    return places > r->mentees_now[id] ? places - r->mentees_now[id] : 0;
}

static kith_code add_taker(reading *r, uint32_t id, bool is_mentor)
{
    kith_match_people *out = r->out;
    kith_taker **list = is_mentor ? &out->mentors : &out->mentees;
    uint32_t *n = is_mentor ? &out->n_mentors : &out->n_mentees;
    kith_taker t = {.person = id};
    kith_code rc;

    if (!kith_grow((void **)list, is_mentor ? &r->mentors_capacity : &r->mentees_capacity, (size_t)*n + 1,
                   sizeof **list))
        return kith_fail_memory(r->err, "mentors and mentees");
    rc = list_values(r, id, is_mentor ? KITH_FIELD_SKILL : KITH_FIELD_SKILL_WANTED, &t.skills, &t.n_skills);
    if (rc != KITH_OK ||
        (rc = list_values(r, id, KITH_FIELD_INDUSTRY, &t.industries, &t.n_industries)) != KITH_OK)
        return rc;
    read_career(r, &t);
    if (is_mentor) {
        t.known = t.now[KITH_CAREER_TITLE] | t.past[KITH_CAREER_TITLE] |
                  topics_of_field(r, id, KITH_FIELD_SKILL) | topics_of_field(r, id, KITH_FIELD_INDUSTRY);
        t.places = places_of(r, id);
    } else {
        read_goals(r, &t);
    }
    (*list)[(*n)++] = t;
    return kith_dynbuf_check(&r->folded, "what is known of a person", r->err);
}

/** The fields of which something is known of a person, a bit each. */
static uint64_t fields_of(const kith_net *net, uint32_t id)
{
    const uint8_t *fields;
    const uint32_t *strings;
    const uint32_t count = kith_net_attrs(net, id, &fields, &strings);
    uint64_t known = 0;

    for (uint32_t i = 0; i < count; i++)
        known |= UINT64_C(1) << fields[i];
    return known;
}

static kith_code read_person(reading *r, uint32_t id)
{
    const uint64_t role = UINT64_C(1) << KITH_FIELD_ROLE, capacity = UINT64_C(1) << KITH_FIELD_CAPACITY,
                   wants = UINT64_C(1) << KITH_FIELD_SKILL_WANTED | UINT64_C(1) << KITH_FIELD_GOAL;
    const uint64_t known = fields_of(r->net, id);
    const bool is_mentor =
        r->opts->whatever_role || (known & role ? plays(r, id, "mentor") : (known & capacity) != 0);
    const bool is_mentee = known & role ? plays(r, id, "mentee") : (known & wants) != 0;
    kith_code rc = KITH_OK;

    if (is_mentor && !(r->flags[id] & KITH_PERSON_DO_NOT_INTRODUCE) && is_in(r->opts->mentors, id))
        rc = add_taker(r, id, true);
    if (rc == KITH_OK && is_mentee && is_in(r->opts->mentees, id)) {
        if (!r->has_mentor[id] || r->opts->mentored_too)
            rc = add_taker(r, id, false);
        else
            r->out->n_mentored++;
    }
    return rc;
}

bool kith_match_is_running(const kith_mentorship *m, kith_day as_of)
{
    if (m->start > as_of || (m->end != KITH_NO_DATE && m->end < as_of))
        return false;
    return m->status == KITH_MENTORSHIP_ACTIVE || m->status == KITH_MENTORSHIP_PENDING ||
           (m->status == KITH_MENTORSHIP_UNKNOWN && m->start != KITH_NO_DATE);
}

static kith_code count_running(reading *r, uint32_t people, uint32_t mentorships, kith_day as_of)
{
    kith_dynbuf asked = {0};
    kith_mentorship m;
    kith_code rc;

    r->mentees_now = kith_calloc((size_t)people + 1, sizeof *r->mentees_now);
    r->has_mentor = kith_calloc((size_t)people + 1, sizeof *r->has_mentor);
    if (!r->mentees_now || !r->has_mentor)
        return kith_fail_memory(r->err, "mentors and mentees");
    if (r->opts->programme)
        kith_text_fold(r->opts->programme, &asked);
    for (uint32_t i = 0; i < mentorships && kith_net_mentorship(r->net, i, &m); i++)
        if (m.mentor < people && m.mentee < people && kith_match_is_running(&m, as_of) &&
            (!r->opts->programme || kith_text_has_words(fold(r, m.programme), kith_dynbuf_cstr(&asked)))) {
            r->mentees_now[m.mentor]++;
            r->has_mentor[m.mentee] = true;
        }
    rc = kith_dynbuf_check(&asked, "the programme asked for", r->err);
    kith_dynbuf_free(&asked);
    return rc;
}

int kith_match_compare_keys(const kith_net *net, uint32_t a, uint32_t b)
{
    return strcmp(kith_net_stored_key(net, a), kith_net_stored_key(net, b));
}

static int compare_takers(const void *a, const void *b, void *net)
{
    return kith_match_compare_keys(net, ((const kith_taker *)a)->person, ((const kith_taker *)b)->person);
}

static void sort_takers(const kith_net *net, kith_taker *takers, uint32_t n)
{
    if (n > 0)
        qsort_r(takers, n, sizeof *takers, compare_takers, (void *)net);
}

kith_code kith_match_people_read(const kith_net *net, const kith_match_opts *opts, kith_match_people *out,
                                 kith_err *err)
{
    reading r = {.net = net, .opts = opts, .out = out, .err = err};
    kith_net_summary about;
    kith_code rc;

    *out = (kith_match_people){0};
    if (!(r.flags = kith_net_flags(net)))
        return kith_net_status(net, err);
    kith_net_summarise(net, &about);
    if ((rc = kith_topic_table_read(opts->topics, &out->topics, err)) == KITH_OK &&
        (rc = kith_intern_new(256, &out->texts, err)) == KITH_OK &&
        (rc = kith_company_topics_find(net, &out->topics, &r.companies, err)) == KITH_OK)
        rc = count_running(&r, about.people, about.mentorships, about.as_of);
    for (uint32_t id = 0; rc == KITH_OK && id < about.people; id++)
        rc = read_person(&r, id);
    keep_industries_changed_to(out);
    sort_takers(net, out->mentors, out->n_mentors);
    sort_takers(net, out->mentees, out->n_mentees);
    if (rc == KITH_OK)
        rc = kith_net_status(net, err);
    kith_company_topics_free(&r.companies);
    kith_free(r.mentees_now);
    kith_free(r.has_mentor);
    kith_dynbuf_free(&r.folded);
    if (rc != KITH_OK)
        kith_match_people_free(out);
    return rc;
}

void kith_match_people_free(kith_match_people *people)
{
    kith_free(people->mentors);
    kith_free(people->mentees);
    kith_free(people->numbers);
    kith_intern_free(people->texts);
    kith_topic_table_free(&people->topics);
    *people = (kith_match_people){0};
}

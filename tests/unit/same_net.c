#include "same_net.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/** For each person of `a` who holds that key in `b`; caller frees. */
static uint32_t *counterparts(const kith_net *a, const kith_net *b, uint32_t people)
{
    uint32_t *other = malloc((people + 1) * sizeof *other);
    bool *taken = calloc(people + 1, sizeof *taken);

    for (uint32_t id = 0; id < people; id++) {
        kith_person mine, theirs;
        kith_net_person(a, id, &mine);
        other[id] = kith_net_find_key(b, mine.key);
        cr_assert_lt(other[id], people, "nobody is %s", mine.key);
        kith_net_person(b, other[id], &theirs);
        cr_assert_str_eq(theirs.key, mine.key);
        cr_assert_not(taken[other[id]], "%s", mine.key);
        taken[other[id]] = true;
    }
    free(taken);
    return other;
}

static bool is_contact(kith_field field)
{
    return field == KITH_FIELD_EMAIL || field == KITH_FIELD_PHONE || field == KITH_FIELD_URL;
}

static bool is_list(kith_field field)
{
    switch (field) {
    case KITH_FIELD_SKILL:
    case KITH_FIELD_COHORT:
    case KITH_FIELD_ROLE:
    case KITH_FIELD_SKILL_WANTED:
    case KITH_FIELD_LABEL:
    case KITH_FIELD_EMAIL:
    case KITH_FIELD_PHONE:
        return true;
    default:
        return false;
    }
}

static void same_field(const kith_net *a, uint32_t x, const kith_net *b, uint32_t y, kith_field field,
                       const same_parts *parts)
{
    kith_person person;

    kith_net_person(a, x, &person);
    for (uint32_t nth = 0;; nth++) {
        const char *mine = kith_net_value(a, x, field, nth), *theirs = kith_net_value(b, y, field, nth);
        if (nth > 0 && parts->lists_apart && !is_list(field))
            return;
        cr_assert_str_eq(theirs ? theirs : "(none)", mine ? mine : "(none)", "%s: %s", person.key,
                         kith_field_name(field));
        if (!mine)
            return;
    }
}

static void same_people(const kith_net *a, const kith_net *b, uint32_t n, const uint32_t *other,
                        const same_parts *parts)
{
    for (uint32_t id = 0; id < n; id++) {
        kith_person mine, theirs;
        kith_net_person(a, id, &mine);
        kith_net_person(b, other[id], &theirs);
        for (kith_field field = 0; field < KITH_FIELD_COUNT; field++)
            if (is_contact(field) ? parts->contacts : parts->fields)
                same_field(a, id, b, other[id], field, parts);
        if (parts->fields)
            cr_assert_eq(theirs.do_not_introduce, mine.do_not_introduce, "%s", mine.key);
    }
}

static void same_ties(const kith_net *a, const kith_net *b, uint32_t n, const uint32_t *other,
                      const same_parts *parts)
{
    for (uint32_t id = 0; id < n; id++) {
        kith_tie mine, theirs;
        cr_assert_eq(kith_net_degree(b, other[id]), kith_net_degree(a, id));
        for (uint32_t nth = 0; kith_net_tie_at(a, id, nth, &mine); nth++) {
            cr_assert(kith_net_tie(b, other[mine.a], other[mine.b], &theirs), "%u - %u", mine.a, mine.b);
            if (parts->costs)
                cr_assert_eq(theirs.cost, mine.cost, "%u - %u", mine.a, mine.b);
            if (parts->relations)
                cr_assert_eq(kith_net_stated(b, other[mine.a], other[mine.b]),
                             kith_net_stated(a, mine.a, mine.b), "%u - %u", mine.a, mine.b);
        }
    }
}

static bool is_same_mentorship(const kith_mentorship *mine, const kith_mentorship *theirs,
                               const uint32_t *other)
{
    return theirs->mentor == other[mine->mentor] && theirs->mentee == other[mine->mentee] &&
           theirs->start == mine->start && theirs->end == mine->end && theirs->status == mine->status &&
           theirs->meetings == mine->meetings && theirs->last_meeting == mine->last_meeting &&
           theirs->requested == mine->requested && theirs->agreed_gap_days == mine->agreed_gap_days &&
           theirs->gaps.count == mine->gaps.count && theirs->gaps.median_days == mine->gaps.median_days &&
           theirs->gaps.regularity == mine->gaps.regularity &&
           strcmp(theirs->programme, mine->programme) == 0 && strcmp(theirs->cohort, mine->cohort) == 0;
}

static void same_mentorships(const kith_net *a, const kith_net *b, const uint32_t *other)
{
    kith_mentorship mine, theirs;

    for (uint32_t i = 0; kith_net_mentorship(a, i, &mine); i++) {
        bool found = false;
        for (uint32_t k = 0; !found && kith_net_mentorship(b, k, &theirs); k++)
            found = is_same_mentorship(&mine, &theirs, other);
        cr_assert(found, "mentorship %u", i);
    }
}

void same_net(const kith_net *a, const kith_net *b, const same_parts *parts)
{
    kith_net_summary mine, theirs;

    kith_net_summarise(a, &mine);
    kith_net_summarise(b, &theirs);
    cr_assert_eq(theirs.people, mine.people, "%u people, were %u", theirs.people, mine.people);
    cr_assert_eq(theirs.ties, mine.ties);
    uint32_t *other = counterparts(a, b, mine.people);
    same_people(a, b, mine.people, other, parts);
    same_ties(a, b, mine.people, other, parts);
    if (parts->mentorships) {
        cr_assert_eq(theirs.mentorships, mine.mentorships);
        same_mentorships(a, b, other);
    }
    free(other);
}

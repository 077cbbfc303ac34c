/** @file
 * Small random mentoring sheets, and what the definition of chains says of their rows.
 */
#ifndef KITH_TESTS_MENTOR_SHEET_H
#define KITH_TESTS_MENTOR_SHEET_H

#include "analysis/mentor_graph.h"
#include "base/date.h"
#include "base/rng.h"

enum { MOST_PEOPLE = 7, MOST_ROWS = 11, LONGEST = 64 };

typedef struct sheet {
    uint32_t people, count;
    kith_mentor_edge rows[MOST_ROWS];
    bool in_loop[MOST_ROWS];
} sheet;

/** A chain under way: people, and the latest date when each came (KITH_NO_DATE is below all). */
typedef struct chain {
    uint32_t people[LONGEST];
    kith_day latest[LONGEST];
    uint32_t count;
} chain;

/** Whether mentorships that have no date but `day` (KITH_NO_DATE: none yet) lead from `at` to `to`. */
static inline bool leads_back(const sheet *s, uint32_t at, uint32_t to, kith_day day, uint32_t visited)
{
    if (at == to)
        return true;
    for (uint32_t i = 0; i < s->count; i++) {
        const kith_mentor_edge *m = &s->rows[i];
        bool fits = m->start == KITH_NO_DATE || day == KITH_NO_DATE || m->start == day;
        if (m->mentor != at || !fits || (visited >> m->mentee & 1))
            continue;
        kith_day then = m->start == KITH_NO_DATE ? day : m->start;
        if (leads_back(s, m->mentee, to, then, visited | 1U << m->mentee))
            return true;
    }
    return false;
}

/** Whether somebody whom the chain may have met already may come (again) with that latest date. */
static inline bool may_come(const chain *c, uint32_t person, kith_day latest)
{
    for (uint32_t i = 0; i < c->count; i++)
        if (c->people[i] == person && latest <= c->latest[i])
            return false;
    return true;
}

/** Shapes take turns: anything goes, nobody mentors a lower id, one mentor each; few or many dates. */
static inline sheet random_sheet(uint64_t seed)
{
    kith_rng rng;
    sheet s = {0};

    kith_rng_seed(&rng, seed);
    s.people = 2 + (uint32_t)kith_rng_below(&rng, MOST_PEOPLE - 1);
    const uint64_t dates = 1 + kith_rng_below(&rng, 5), shape = seed % 4;
    const uint64_t unknown = kith_rng_below(&rng, 3); /* of four */
    const uint32_t wanted = 1 + (uint32_t)kith_rng_below(&rng, MOST_ROWS);
    bool taken[MOST_PEOPLE] = {false};
    while (s.count < wanted && wanted > 0) {
        uint32_t x = (uint32_t)kith_rng_below(&rng, s.people);
        uint32_t y = (uint32_t)kith_rng_below(&rng, s.people);
        if (shape == 2 && s.count + 1 >= s.people)
            break;
        if (x == y || (shape == 1 && x > y) || (shape == 2 && (x > y || taken[y])))
            continue;
        taken[y] = true;
        kith_day start = kith_day_from_civil(2001 + (int)kith_rng_below(&rng, dates), 1, 1);
        s.rows[s.count++] =
            (kith_mentor_edge){x, y, kith_rng_below(&rng, 4) < unknown ? KITH_NO_DATE : start};
    }
    for (uint32_t i = 0; i < s.count; i++)
        s.in_loop[i] =
            leads_back(&s, s.rows[i].mentee, s.rows[i].mentor, s.rows[i].start, 1U << s.rows[i].mentee);
    return s;
}

#endif

/* Who is cut off without whom, against every chain there is with one person left out. */
#include <criterion/criterion.h>

#include "analysis/founders.h"
#include "each_failure.h"
#include "mentor_sheet.h"

/** Marks all who come on a chain that begins like `c` and does not pass through `without`. */
static void extend(const sheet *s, chain *c, uint32_t without, bool *reached)
{
    const kith_day latest = c->latest[c->count - 1];

    cr_assert_lt(c->count, LONGEST);
    reached[c->people[c->count - 1]] = true;
    for (uint32_t i = 0; i < s->count; i++) {
        const kith_mentor_edge *m = &s->rows[i];
        kith_day then = m->start == KITH_NO_DATE ? latest : m->start;
        if (m->mentor != c->people[c->count - 1] || m->mentee == without || then < latest || s->in_loop[i] ||
            !may_come(c, m->mentee, then))
            continue;
        c->people[c->count] = m->mentee;
        c->latest[c->count++] = then;
        extend(s, c, without, reached);
        c->count--;
    }
}

static bool is_founder(const sheet *s, uint32_t v)
{
    bool mentors = false;

    for (uint32_t i = 0; i < s->count; i++) {
        if (s->rows[i].mentee == v)
            return false;
        mentors |= s->rows[i].mentor == v;
    }
    return mentors;
}

/** Marks all whom chains from founders reach without that person; founders reach themselves. */
static void reach(const sheet *s, uint32_t without, bool *reached)
{
    for (uint32_t v = 0; v < s->people; v++)
        if (v != without && is_founder(s, v)) {
            chain c = {.people = {v}, .latest = {KITH_NO_DATE}, .count = 1};
            extend(s, &c, without, reached);
        }
}

static uint64_t cuts_met, spared_met, neither_met; /* that the sheets are worth the while */

/** What one person cuts off, one by one. */
static uint32_t cut_off(const sheet *s, uint32_t d, const bool *before, bool *lost)
{
    bool after[MOST_PEOPLE] = {false};
    uint32_t count = 0;

    reach(s, d, after);
    for (uint32_t v = 0; v < s->people; v++) {
        lost[v] = v != d && before[v] && !after[v];
        count += lost[v];
    }
    return count;
}

static void expect_all(uint64_t seed)
{
    const sheet s = random_sheet(seed);
    bool before[MOST_PEOPLE] = {false}, lost[MOST_PEOPLE][MOST_PEOPLE];
    uint32_t unreached = 0, count = 0;
    kith_mentor_graph g;
    kith_founders f;

    reach(&s, UINT32_MAX, before);
    cr_assert_eq(kith_mentor_graph_build(s.rows, s.count, NULL, &g, NULL), KITH_OK);
    cr_assert_eq(kith_founders_measure(&g, UINT64_MAX, NULL, &f, NULL), KITH_OK);
    for (uint32_t i = 0; i < g.n; i++) {
        const uint32_t d = g.person[i], expected = cut_off(&s, d, before, lost[d]);
        cr_assert_eq(f.is_founder[i], is_founder(&s, d), "seed %lu", seed);
        cr_assert_eq(f.cut_off[i], expected, "seed %lu, person %u: %u, not %u", seed, d, f.cut_off[i],
                     expected);
        unreached += !before[d];
        count += f.is_founder[i];
        cuts_met += expected > 0;
        spared_met += expected == 0 && before[d] && g.mentees.offset[i] < g.mentees.offset[i + 1];
    }
    for (uint32_t i = 0; i < g.n; i++) /* each cuts off somebody, neither cuts off the other */
        for (uint32_t j = 0; j < i; j++) {
            const uint32_t a = g.person[i], b = g.person[j];
            for (uint32_t v = 0; v < s.people; v++)
                neither_met += lost[a][v] && lost[b][v] && !lost[a][b] && !lost[b][a];
        }
    cr_assert_eq(f.unreached, unreached, "seed %lu", seed);
    cr_assert_eq(f.count, count, "seed %lu", seed);
    kith_founders_free(&f);
    kith_mentor_graph_free(&g);
}

Test(founders, equals_leaving_out_one_by_one)
{
    for (uint64_t seed = 0; seed < 4000; seed++)
        expect_all(seed);
    cr_assert_gt(cuts_met, 1000);
    cr_assert_gt(spared_met, 200);
    cr_assert_gt(neither_met, 10);
}

enum { FOUNDER, A, B, LAST };

/** Rows by year, and who must be cut off. */
static void expect(const kith_mentor_edge *rows, uint32_t count, const uint32_t *expected)
{
    kith_mentor_graph g;
    kith_founders f;

    cr_assert_eq(kith_mentor_graph_build(rows, count, NULL, &g, NULL), KITH_OK);
    cr_assert_eq(kith_founders_measure(&g, UINT64_MAX, NULL, &f, NULL), KITH_OK);
    for (uint32_t i = 0; i < g.n; i++)
        cr_assert_eq(f.cut_off[i], expected[g.person[i]], "person %u: %u", g.person[i], f.cut_off[i]);
    kith_founders_free(&f);
    kith_mentor_graph_free(&g);
}

#define EXPECT(expected, ...)                                                                                \
    expect((const kith_mentor_edge[]){__VA_ARGS__},                                                          \
           sizeof((const kith_mentor_edge[]){__VA_ARGS__}) / sizeof(kith_mentor_edge), expected)

Test(founders, two_ways_spare_both)
{
    EXPECT(((const uint32_t[]){3, 0, 0, 0}), {FOUNDER, A, 1}, {FOUNDER, B, 1}, {A, LAST, 2}, {B, LAST, 2});
}

Test(founders, a_way_that_comes_too_late_does_not_count)
{
    EXPECT(((const uint32_t[]){3, 1, 0, 0}), {FOUNDER, A, 1}, {FOUNDER, B, 3}, {A, LAST, 2}, {B, LAST, 2});
}

Test(founders, one_person_may_stand_in_every_way_at_several_dates)
{
    /* Two chains come to A, with different latest dates; neither alone is needed, A is. */
    EXPECT(((const uint32_t[]){3, 1, 0, 0}), {FOUNDER, A, 1}, {FOUNDER, B, 2}, {B, A, 3}, {A, LAST, 4});
}

Test(founders, two_may_cut_off_a_third_and_neither_the_other)
{
    /* Without B a chain still comes to A, but too late to go on to LAST. */
    EXPECT(((const uint32_t[]){3, 1, 1, 0}), {FOUNDER, B, 1}, {B, A, 2}, {A, LAST, 3}, {FOUNDER, A, 4});
}

Test(founders, a_ring_without_a_founder_hangs_on_nobody)
{
    EXPECT(((const uint32_t[]){0, 0, 0, 0}), {FOUNDER, A, 1}, {A, FOUNDER, 2}, {A, LAST, 3});
}

Test(founders, over_the_limit_counts_are_unknown)
{
    const kith_mentor_edge rows[] = {{FOUNDER, A, 1}, {FOUNDER, B, 1}, {A, LAST, 2},
                                     {B, LAST, 2},    {LAST, 4, 3},    {A, 4, 3}};
    kith_mentor_graph g;
    kith_founders f;
    uint32_t unknown = 0;

    cr_assert_eq(kith_mentor_graph_build(rows, 6, NULL, &g, NULL), KITH_OK);
    cr_assert_eq(kith_founders_measure(&g, 0, NULL, &f, NULL), KITH_OK);
    for (uint32_t i = 0; i < g.n; i++)
        unknown += f.cut_off[i] == UINT32_MAX;
    cr_assert_gt(unknown, 0);
    cr_assert_lt(unknown, g.n, "who mentors nobody cuts off nobody");
    kith_founders_free(&f);
    kith_mentor_graph_free(&g);
}

static kith_code measure(void *ctx, kith_err *err)
{
    kith_founders f;
    kith_code rc = kith_founders_measure(ctx, UINT64_MAX, NULL, &f, err);

    kith_founders_free(&f);
    return rc;
}

Test(founders, every_failed_allocation)
{
    const kith_mentor_edge rows[] = {
        {FOUNDER, A, 1}, {FOUNDER, B, 1}, {A, LAST, 2}, {B, LAST, 2}, {LAST, 4, 3}};
    kith_mentor_graph g;

    cr_assert_eq(kith_mentor_graph_build(rows, 5, NULL, &g, NULL), KITH_OK);
    cr_assert_geq(each_failure(measure, &g), 8);
    kith_mentor_graph_free(&g);
}

/* Which mentorships lie in loops, against who reaches whom at each level, worked out one by one. */
#include <criterion/criterion.h>

#include <string.h>

#include "analysis/mentor_graph.h"
#include "base/rng.h"
#include "each_failure.h"

enum { MOST_PEOPLE = 64, MOST_ROWS = 3000 };

typedef struct sheet {
    uint32_t people, count;
    kith_mentor_edge rows[MOST_ROWS];
} sheet;

/** Into `to`: by bit, whom each person reaches by mentorships of a level. */
static void close_level(const sheet *s, kith_day level, uint64_t *to)
{
    memset(to, 0, MOST_PEOPLE * sizeof *to);
    for (uint32_t i = 0; i < s->count; i++)
        if (s->rows[i].start == KITH_NO_DATE || s->rows[i].start == level)
            to[s->rows[i].mentor] |= UINT64_C(1) << s->rows[i].mentee;
    for (uint32_t by = 0; by < s->people; by++)
        for (uint32_t v = 0; v < s->people; v++)
            if (to[v] >> by & 1)
                to[v] |= to[by];
}

/** Lowest level at which each row lies in a loop; INT32_MAX: none. */
static void find_levels(const sheet *s, kith_day *lowest)
{
    uint64_t to[MOST_PEOPLE];

    for (uint32_t i = 0; i < s->count; i++)
        lowest[i] = INT32_MAX;
    for (uint32_t at = 0; at < s->count; at++) {
        const kith_day level = s->rows[at].start;
        bool done = false;
        for (uint32_t i = 0; i < at && !done; i++)
            done = s->rows[i].start == level;
        if (done)
            continue;
        close_level(s, level, to);
        for (uint32_t i = 0; i < s->count; i++) {
            const kith_mentor_edge *m = &s->rows[i];
            bool holds = m->start == KITH_NO_DATE || m->start == level;
            if (holds && level < lowest[i] && (to[m->mentee] >> m->mentor & 1))
                lowest[i] = level;
        }
    }
    /* A mentorship without a date may also stand where nobody has one. */
    close_level(s, KITH_NO_DATE, to);
    for (uint32_t i = 0; i < s->count; i++)
        if (s->rows[i].start == KITH_NO_DATE && (to[s->rows[i].mentee] >> s->rows[i].mentor & 1))
            lowest[i] = KITH_NO_DATE;
}

static uint64_t met[4]; /* rows in no loop, in loops of no date, of one date; undated ones among those */

static void expect_loops(const sheet *s, uint64_t seed)
{
    static kith_day lowest[MOST_ROWS];
    kith_mentor_graph g;

    find_levels(s, lowest);
    cr_assert_eq(kith_mentor_graph_build(s->rows, s->count, NULL, &g, NULL), KITH_OK);
    for (uint32_t e = 0; e < g.k; e++) {
        uint32_t i = 0;
        while (s->rows[i].mentor != g.person[g.edges[e].mentor] ||
               s->rows[i].mentee != g.person[g.edges[e].mentee] || s->rows[i].start != g.edges[e].start)
            i++;
        cr_assert_eq(g.in_loop[e], lowest[i] != INT32_MAX, "seed %lu", seed);
        cr_assert(!g.in_loop[e] || g.loop_level[e] == lowest[i], "seed %lu: %d, not %d", seed,
                  g.loop_level[e], lowest[i]);
        met[!g.in_loop[e] ? 0 : lowest[i] == KITH_NO_DATE ? 1 : 2]++;
        met[3] += g.in_loop[e] && lowest[i] != KITH_NO_DATE && s->rows[i].start == KITH_NO_DATE;
    }
    kith_mentor_graph_free(&g);
}

/** Up to `rows` mentorships; of `undated` percent no date is known, and those mostly lead to higher ids. */
static void make(sheet *s, uint64_t seed, uint32_t rows, uint64_t days, uint64_t undated)
{
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    s->people = 3 + (uint32_t)kith_rng_below(&rng, MOST_PEOPLE - 2);
    s->count = 0;
    while (s->count < rows) {
        uint32_t x = (uint32_t)kith_rng_below(&rng, s->people);
        uint32_t y = (uint32_t)kith_rng_below(&rng, s->people);
        bool has_date = kith_rng_below(&rng, 100) >= undated;
        bool back = has_date || kith_rng_below(&rng, 40) == 0;
        if (x == y || (x > y && !back))
            continue;
        kith_day start = has_date ? (kith_day)kith_rng_below(&rng, days) - 50 : KITH_NO_DATE;
        s->rows[s->count++] = (kith_mentor_edge){x, y, start};
    }
}

Test(mentor_loops, few_rows_of_few_days)
{
    static sheet s;

    for (uint64_t seed = 0; seed < 800; seed++) {
        make(&s, seed, 2 + (uint32_t)(seed % 90), 1 + seed % 12, seed % 7 * 15);
        expect_loops(&s, seed);
    }
    for (uint32_t i = 0; i < 4; i++)
        cr_assert_gt(met[i], 500, "the sheets have some of all kinds: %lu", met[i]);
}

Test(mentor_loops, several_batches_and_days_larger_than_one)
{
    static const uint64_t days[] = {1, 3, 40, 400, 3000};
    static sheet s;

    for (uint64_t seed = 0; seed < 40; seed++) {
        make(&s, seed, MOST_ROWS, days[seed % 5], seed % 4);
        expect_loops(&s, seed);
    }
    for (uint64_t seed = 0; seed < 20; seed++) { /* one day that is too large, others that are not */
        make(&s, seed, 1400, 100, 5);
        for (uint32_t i = 0; i < 700; i++)
            s.rows[i].start = 20;
        expect_loops(&s, seed);
    }
}

static kith_code build(void *ctx, kith_err *err)
{
    const sheet *s = ctx;
    kith_mentor_graph g;
    kith_code rc = kith_mentor_graph_build(s->rows, s->count, NULL, &g, err);

    kith_mentor_graph_free(&g);
    return rc;
}

Test(mentor_loops, every_failed_allocation)
{
    static sheet s;

    make(&s, 1, 50, 4, 30);
    cr_assert_geq(each_failure(build, &s), 20);
}

static bool stop(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx, (void)phase, (void)done, (void)total;
    return false;
}

Test(mentor_loops, stops_when_told)
{
    static sheet s;
    const kith_progress progress = {stop, NULL};
    kith_mentor_graph g;

    make(&s, 1, MOST_ROWS, 100, 3);
    cr_assert_eq(kith_mentor_graph_build(s.rows, s.count, &progress, &g, NULL), KITH_EINTERRUPT);
    cr_assert_null(g.edges);
}

/* Lineage measures against every chain there is, written down from the definition alone. */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include <omp.h>

#include <kith/chains.h>

#include "analysis/generations.h"
#include "analysis/lineage.h"
#include "base/mem.h"
#include "mentor_sheet.h"
#include "small_net.h"

/** What all chains together say. */
typedef struct tally {
    uint32_t below[MOST_PEOPLE], above[MOST_PEOPLE];
    bool descends[MOST_PEOPLE][MOST_PEOPLE];
    bool grandchild[MOST_PEOPLE][MOST_PEOPLE][MOST_PEOPLE]; /**< by mentor and mentee */
    uint32_t longest[LONGEST], n_longest;
} tally;

static void count_chain(const chain *c, tally *t)
{
    const uint32_t first = c->people[0], last = c->people[c->count - 1], length = c->count - 1;

    t->below[first] = length > t->below[first] ? length : t->below[first];
    t->above[last] = length > t->above[last] ? length : t->above[last];
    t->descends[first][last] |= first != last;
    if (length == 2)
        t->grandchild[first][c->people[1]][last] = true;
    if (c->count > t->n_longest) {
        t->n_longest = c->count;
        memcpy(t->longest, c->people, sizeof t->longest);
    }
    for (uint32_t i = 0; c->count == t->n_longest && i < c->count; i++) {
        if (c->people[i] > t->longest[i])
            break;
        if (c->people[i] < t->longest[i])
            memcpy(t->longest, c->people, sizeof t->longest);
    }
}

static void extend(const sheet *s, chain *c, tally *t)
{
    const kith_day latest = c->latest[c->count - 1];

    cr_assert_lt(c->count, LONGEST);
    for (uint32_t i = 0; i < s->count; i++) {
        const kith_mentor_edge *m = &s->rows[i];
        kith_day then = m->start == KITH_NO_DATE ? latest : m->start;
        bool alone = c->count == 1; /* the first may be any */
        if (m->mentor != c->people[c->count - 1] || (m->start != KITH_NO_DATE && m->start < latest) ||
            (s->in_loop[i] && !alone) || !may_come(c, m->mentee, then))
            continue;
        c->people[c->count] = m->mentee;
        c->latest[c->count++] = then;
        count_chain(c, t);
        if (!s->in_loop[i])
            extend(s, c, t);
        c->count--;
    }
}

static tally all_chains(const sheet *s)
{
    tally t = {0};

    for (uint32_t v = 0; v < s->people; v++) {
        chain c = {.people = {v}, .latest = {KITH_NO_DATE}, .count = 1};
        extend(s, &c, &t);
    }
    return t;
}

static uint32_t count_true(const bool *flags)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < MOST_PEOPLE; i++)
        count += flags[i];
    return count;
}

/** Largest g such that g mentees of v have g mentees or more each. */
static uint32_t index_of(const tally *t, uint32_t v)
{
    for (uint32_t g = MOST_PEOPLE; g > 0; g--) {
        uint32_t have = 0;
        for (uint32_t w = 0; w < MOST_PEOPLE; w++)
            have += count_true(t->grandchild[v][w]) >= g;
        if (have >= g)
            return g;
    }
    return 0;
}

static void expect_lineage(const sheet *s, const tally *t, const kith_lineage *l, uint64_t seed)
{
    bool mentees[MOST_PEOPLE] = {false}, mentors[MOST_PEOPLE] = {false};
    const uint32_t v = l->person;
    uint32_t fertile = 0;

    for (uint32_t i = 0; i < s->count; i++) {
        mentees[s->rows[i].mentee] |= s->rows[i].mentor == v;
        mentors[s->rows[i].mentor] |= s->rows[i].mentee == v;
    }
    for (uint32_t w = 0; w < MOST_PEOPLE; w++)
        fertile += count_true(t->grandchild[v][w]) > 0;
    cr_assert_eq(l->fecundity, count_true(mentees), "seed %lu", seed);
    cr_assert_eq(l->mentors, count_true(mentors), "seed %lu", seed);
    cr_assert_eq(l->fertility, fertile, "seed %lu, person %u: %u, not %u", seed, v, l->fertility, fertile);
    cr_assert_eq(l->generations_below, t->below[v], "seed %lu, person %u", seed, v);
    cr_assert_eq(l->generations_above, t->above[v], "seed %lu, person %u", seed, v);
    cr_assert_eq(l->genealogical_index, index_of(t, v), "seed %lu, person %u", seed, v);
    cr_assert_eq(l->descendants, count_true(t->descends[v]), "seed %lu, person %u: %u", seed, v,
                 l->descendants);
}

static bool mentors(const sheet *s, uint32_t x, uint32_t y, kith_day day)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->rows[i].mentor == x && s->rows[i].mentee == y &&
            (day == INT32_MAX || s->rows[i].start == KITH_NO_DATE || s->rows[i].start == day))
            return true;
    return false;
}

static bool ring_holds(const kith_cycle *c, const kith_mentor_edge *m)
{
    for (uint32_t i = 0; i < c->count; i++)
        if (c->people[i] == m->mentor && c->people[(i + 1) % c->count] == m->mentee)
            return true;
    return false;
}

/** Whether mentorships that start on `day` or have no date make up the whole ring; INT32_MAX: any. */
static bool is_ring(const sheet *s, const kith_cycle *c, kith_day day)
{
    for (uint32_t i = 0; i < c->count; i++)
        if (!mentors(s, c->people[i], c->people[(i + 1) % c->count], day))
            return false;
    return true;
}

static void expect_cycles(const sheet *s, const kith_chains_result *r, uint64_t seed)
{
    sheet dateless = *s;

    for (uint32_t i = 0; i < r->n_cycles; i++) {
        const kith_cycle *c = &r->cycles[i];
        bool loop = is_ring(s, c, KITH_NO_DATE), seen[MOST_PEOPLE] = {false};
        for (uint32_t j = 0; j < s->count; j++)
            loop |= is_ring(s, c, s->rows[j].start);
        cr_assert(is_ring(s, c, INT32_MAX), "seed %lu", seed);
        cr_assert(!c->undated || loop, "seed %lu", seed);
        for (uint32_t j = 0; j < c->count; j++) {
            cr_assert_not(seen[c->people[j]], "seed %lu", seed);
            cr_assert_leq(c->people[0], c->people[j]);
            seen[c->people[j]] = true;
        }
        for (uint32_t j = 0; j < i; j++)
            cr_assert(c->count != r->cycles[j].count ||
                      memcmp(c->people, r->cycles[j].people, c->count * sizeof *c->people) != 0);
    }
    for (uint32_t i = 0; i < s->count; i++)
        dateless.rows[i].start = KITH_NO_DATE;
    for (uint32_t i = 0; i < s->count; i++) {
        const kith_mentor_edge *m = &s->rows[i];
        bool held = false, held_by_loop = false;
        for (uint32_t j = 0; j < r->n_cycles; j++) {
            held |= ring_holds(&r->cycles[j], m);
            held_by_loop |= r->cycles[j].undated && ring_holds(&r->cycles[j], m);
        }
        cr_assert_eq(held, leads_back(&dateless, m->mentee, m->mentor, KITH_NO_DATE, 1U << m->mentee),
                     "seed %lu: every mentorship in a ring is in a ring listed, no other is", seed);
        cr_assert(!s->in_loop[i] || held_by_loop, "seed %lu: so are those in loops", seed);
    }
}

static uint64_t loops_met, returns_met, unknown_met; /* that the sheets are worth the while */

static void expect_all(uint64_t seed)
{
    const sheet s = random_sheet(seed);
    const tally t = all_chains(&s);
    small_net *net = small_net_new(s.people);
    kith_chains_result r;
    kith_err err = KITH_ERR_NONE;
    uint32_t involved = 0;

    for (uint32_t i = 0; i < s.count; i++) {
        small_net_mentorship(net, s.rows[i].mentor, s.rows[i].mentee, s.rows[i].start, KITH_NO_DATE);
        loops_met += s.in_loop[i];
        unknown_met += s.rows[i].start == KITH_NO_DATE;
    }
    cr_assert_eq(kith_chains(small_net_open(net), &(kith_chains_opts){0}, &r, &err), KITH_OK, "%s",
                 err.message);
    for (uint32_t v = 0; v < s.people; v++)
        involved += t.below[v] > 0 || t.above[v] > 0;
    cr_assert_eq(r.n_involved, involved);
    cr_assert_eq(r.n_people, involved);
    cr_assert_eq(r.n_mentorships, s.count);
    for (uint32_t i = 0; i < r.n_people; i++)
        expect_lineage(&s, &t, &r.people[i], seed);
    cr_assert_eq(r.n_longest_chain, t.n_longest, "seed %lu", seed);
    for (uint32_t i = 0; i < t.n_longest; i++) {
        cr_assert_eq(r.longest_chain[i], t.longest[i], "seed %lu: place %u", seed, i);
        for (uint32_t j = 0; j < i; j++)
            returns_met += t.longest[i] == t.longest[j];
    }
    expect_cycles(&s, &r, seed);
    kith_chains_free(&r);
    small_net_free(net);
}

Test(lineage, equals_all_chains_one_by_one)
{
    for (uint64_t seed = 0; seed < 1500; seed++)
        expect_all(seed);
    cr_assert_gt(loops_met, 100);
    cr_assert_gt(returns_met, 100);
    cr_assert_gt(unknown_met, 1000);
}

Test(lineage, rows_in_any_order_make_one_graph)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        sheet s = random_sheet(seed);
        kith_mentor_graph g, h;
        kith_generations of_g, of_h;
        kith_rng rng;

        cr_assert_eq(kith_mentor_graph_build(s.rows, s.count, NULL, &g, NULL), KITH_OK);
        kith_rng_seed(&rng, seed);
        for (uint32_t i = s.count; i > 1; i--) {
            uint32_t j = (uint32_t)kith_rng_below(&rng, i);
            kith_mentor_edge last = s.rows[i - 1];
            s.rows[i - 1] = s.rows[j];
            s.rows[j] = last;
        }
        cr_assert_eq(kith_mentor_graph_build(s.rows, s.count, NULL, &h, NULL), KITH_OK);
        cr_assert_eq(g.n, h.n);
        cr_assert_arr_eq(g.edges, h.edges, g.k * sizeof *g.edges);
        cr_assert_arr_eq(g.person, h.person, g.n * sizeof *g.person);
        cr_assert_arr_eq(g.in_loop, h.in_loop, g.k * sizeof *g.in_loop);
        cr_assert_eq(kith_generations_measure(&g, &of_g, NULL), KITH_OK);
        cr_assert_eq(kith_generations_measure(&h, &of_h, NULL), KITH_OK);
        cr_assert_eq(of_g.n_longest, of_h.n_longest);
        cr_assert_arr_eq(of_g.longest, of_h.longest, of_g.n_longest * sizeof *of_g.longest);
        kith_generations_free(&of_g);
        kith_generations_free(&of_h);
        kith_mentor_graph_free(&g);
        kith_mentor_graph_free(&h);
    }
}

enum { FAMILY = 40000 };

/** Lineage in a tree where everyone but the first has one mentor, and one has three mentees or none. */
static kith_lineage *lineage_of_family(uint64_t limit, int threads)
{
    kith_mentor_edge *edges = kith_alloc_array(FAMILY, sizeof *edges);
    kith_lineage *people = kith_calloc(FAMILY, sizeof *people);
    kith_generations generations;
    kith_mentor_graph g;

    for (uint32_t i = 1; i < FAMILY; i++)
        edges[i - 1] = (kith_mentor_edge){(i - 1) / 3, i, (kith_day)i};
    omp_set_num_threads(threads);
    cr_assert_eq(kith_mentor_graph_build(edges, FAMILY - 1, NULL, &g, NULL), KITH_OK);
    cr_assert_eq(g.n, FAMILY);
    cr_assert_eq(kith_generations_measure(&g, &generations, NULL), KITH_OK);
    cr_assert_eq(kith_lineage_measure(&g, &generations, limit, NULL, people, NULL), KITH_OK);
    kith_generations_free(&generations);
    kith_mentor_graph_free(&g);
    kith_free(edges);
    return people;
}

Test(lineage, who_is_unknown_for_want_of_steps_does_not_depend_on_threads)
{
    kith_lineage *all = lineage_of_family(UINT64_MAX, 1);
    uint32_t known_before = 0;

    cr_assert_eq(all[0].descendants, FAMILY - 1);
    for (uint64_t limit = 100; limit < 1000000; limit = limit * 3 / 2) {
        kith_lineage *one = lineage_of_family(limit, 1);
        uint32_t known = 0;
        for (uint32_t v = 0; v < FAMILY; v++) {
            known += one[v].descendants != UINT32_MAX;
            cr_assert(one[v].descendants == UINT32_MAX || one[v].descendants == all[v].descendants);
        }
        cr_assert_geq(known, known_before);
        known_before = known;
        for (int threads = 2; threads <= 8; threads *= 2) {
            kith_lineage *many = lineage_of_family(limit, threads);
            for (uint32_t v = 0; v < FAMILY; v++)
                cr_assert_eq(many[v].descendants, one[v].descendants, "%lu steps, %d threads: person %u",
                             limit, threads, v);
            kith_free(many);
        }
        kith_free(one);
    }
    cr_assert_eq(known_before, FAMILY, "so many steps are enough");
    kith_free(all);
}

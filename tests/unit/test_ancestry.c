/* One person's lineage, against every chain there is. */
#include <criterion/criterion.h>

#include <kith/ancestry.h>

#include "each_failure.h"
#include "mentor_sheet.h"
#include "small_net.h"

/** Marks whom chains lead to that begin like `c`. */
static void extend(const sheet *s, chain *c, bool *reached)
{
    const kith_day latest = c->latest[c->count - 1];

    cr_assert_lt(c->count, LONGEST);
    for (uint32_t i = 0; i < s->count; i++) {
        const kith_mentor_edge *m = &s->rows[i];
        kith_day then = m->start == KITH_NO_DATE ? latest : m->start;
        if (m->mentor != c->people[c->count - 1] || then < latest || (s->in_loop[i] && c->count > 1) ||
            !may_come(c, m->mentee, then))
            continue;
        reached[m->mentee] = true;
        c->people[c->count] = m->mentee;
        c->latest[c->count++] = then;
        if (!s->in_loop[i])
            extend(s, c, reached);
        c->count--;
    }
}

static bool is_mentorship(const sheet *s, uint32_t mentor, uint32_t mentee, const kith_kin *row)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->rows[i].mentor == mentor && s->rows[i].mentee == mentee && s->rows[i].start == row->start &&
            s->in_loop[i] == row->in_loop)
            return true;
    return false;
}

/** Whether the mentorships from the root down to a row are a chain; `turn` -1: from the row up to the root.
 */
static bool is_chain(const kith_kin_tree *tree, uint32_t row, int turn)
{
    kith_day bound = KITH_NO_DATE;

    for (uint32_t i = row; i != 0; i = tree->rows[i].under) {
        const kith_day start = tree->rows[i].start;
        if (start == KITH_NO_DATE)
            continue;
        if (bound != KITH_NO_DATE && (turn > 0 ? start > bound : start < bound))
            return false;
        bound = start;
    }
    return true;
}

static uint64_t referred_met, loops_met;

/** The tree holds `expected` once each, and every way down it is a chain. @param turn  -1: ancestors. */
static void expect_tree(const sheet *s, const kith_kin_tree *tree, uint32_t root, const bool *expected,
                        int turn)
{
    uint32_t shown[MOST_PEOPLE] = {0}, below = 0;

    for (uint32_t i = 0; i < tree->n_rows; i++) {
        const kith_kin *row = &tree->rows[i];
        cr_assert_eq(tree->rows[row->shown].person, row->person);
        cr_assert_eq(tree->rows[row->shown].shown, row->shown);
        shown[row->person] += row->shown == i;
        referred_met += row->shown != i;
        loops_met += row->in_loop;
        if (i == 0)
            continue;
        const uint32_t above = tree->rows[row->under].person;
        cr_assert_lt(row->under, i);
        cr_assert_eq(tree->rows[row->under].shown, row->under,
                     "nobody stands under a row that refers elsewhere");
        cr_assert_eq(row->generation, tree->rows[row->under].generation + 1);
        cr_assert(turn > 0 ? is_mentorship(s, above, row->person, row)
                           : is_mentorship(s, row->person, above, row));
        cr_assert(is_chain(tree, i, turn));
    }
    cr_assert_eq(tree->rows[0].person, root);
    for (uint32_t v = 0; v < s->people; v++) {
        cr_assert_eq(shown[v], v == root || expected[v], "person %u", v);
        below += v != root && expected[v];
    }
    cr_assert_eq(tree->rows[0].below, below);
}

static void expect_all(uint64_t seed)
{
    const sheet s = random_sheet(seed);
    bool descends[MOST_PEOPLE][MOST_PEOPLE] = {{false}};
    small_net *net = small_net_new(s.people);

    for (uint32_t i = 0; i < s.count; i++)
        small_net_mentorship(net, s.rows[i].mentor, s.rows[i].mentee, s.rows[i].start, KITH_NO_DATE);
    for (uint32_t v = 0; v < s.people; v++) {
        chain c = {.people = {v}, .latest = {KITH_NO_DATE}, .count = 1};
        extend(&s, &c, descends[v]);
    }
    for (uint32_t v = 0; v < s.people; v++) {
        bool ancestors[MOST_PEOPLE];
        kith_ancestry_result r;

        for (uint32_t u = 0; u < s.people; u++)
            ancestors[u] = descends[u][v];
        cr_assert_eq(kith_ancestry(small_net_open(net), &(kith_ancestry_opts){.person = v}, &r, NULL),
                     KITH_OK);
        if (r.descendants.n_rows > 0) {
            expect_tree(&s, &r.descendants, v, descends[v], 1);
            expect_tree(&s, &r.ancestors, v, ancestors, -1);
        }
        kith_ancestry_free(&r);
    }
    small_net_free(net);
}

Test(ancestry, holds_all_whom_chains_lead_to_once)
{
    for (uint64_t seed = 0; seed < 600; seed++)
        expect_all(seed);
    cr_assert_gt(referred_met, 200);
    cr_assert_gt(loops_met, 50);
}

Test(ancestry, who_is_in_no_mentorship_has_no_tree)
{
    small_net *net = small_net_new(3);
    kith_ancestry_result r;

    small_net_mentorship(net, 0, 1, KITH_NO_DATE, KITH_NO_DATE);
    cr_assert_eq(kith_ancestry(small_net_open(net), &(kith_ancestry_opts){.person = 2}, &r, NULL), KITH_OK);
    cr_assert_eq(r.ancestors.n_rows + r.descendants.n_rows, 0);
    kith_ancestry_free(&r);
    small_net_free(net);
}

static kith_code measure(void *ctx, kith_err *err)
{
    kith_ancestry_result r;
    kith_code rc = kith_ancestry(ctx, &(kith_ancestry_opts){.person = 1, .programme = "x"}, &r, err);

    kith_ancestry_free(&r);
    return rc;
}

Test(ancestry, every_failed_allocation)
{
    small_net *net = small_net_new(3);
    const kith_mentorship rows[] = {{.mentor = 0, .mentee = 1, .start = 5},
                                    {.mentor = 1, .mentee = 2, .start = 9}};

    for (int i = 0; i < 2; i++) {
        kith_mentorship m = rows[i];
        m.end = m.last_meeting = KITH_NO_DATE;
        m.programme = "X";
        m.cohort = "";
        m.meetings = UINT32_MAX;
        small_net_mentorship_full(net, &m);
    }
    cr_assert_geq(each_failure(measure, (void *)small_net_open(net)), 20);
    small_net_free(net);
}

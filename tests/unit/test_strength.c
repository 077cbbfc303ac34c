/* Strength of a tie: formulas by hand. */
#include "tie_world.h"

/** Cost of the tie that these relations between persons 0 and 1 make; 0 for no tie. */
static uint32_t cost_by(const kith_relation *relations, size_t count)
{
    world w = world_of(2);

    for (size_t i = 0; i < count; i++)
        relate(&w, relations[i]);
    assemble(&w);
    uint32_t cost = w.net.m ? cost_of(&w.net, 0, 1) : 0;
    world_end(&w);
    return cost;
}

#define COST_BY(...)                                                                                         \
    cost_by((const kith_relation[]){__VA_ARGS__},                                                            \
            sizeof((const kith_relation[]){__VA_ARGS__}) / sizeof(kith_relation))

static kith_relation listed(kith_day date)
{
    return relation_of(0, 1, KITH_EVIDENCE_LISTED, date);
}

static kith_relation of_kind(kith_evidence kind, kith_day date)
{
    return relation_of(0, 1, kind, date);
}

static kith_relation messages(uint32_t from, uint32_t count, kith_day date, double each)
{
    kith_relation relation = relation_of(from, 1 - from, KITH_EVIDENCE_MESSAGES, date);

    relation.count = count;
    relation.weight = each;
    return relation;
}

/** Half messages, as a table may count them. */
static kith_relation half_messages(uint32_t from, uint32_t halves)
{
    kith_relation relation = messages(from, (halves + 1) / 2, TODAY, NAN);

    relation.halves = halves;
    return relation;
}

static kith_relation lasting(kith_evidence kind, kith_day begin, kith_day end)
{
    kith_relation relation = of_kind(kind, begin);

    relation.end = end;
    return relation;
}

static kith_relation stated(double strength, double weight)
{
    kith_relation relation = of_kind(KITH_EVIDENCE_STATED_TIE, KITH_NO_DATE);

    relation.strength = strength;
    relation.weight = weight;
    return relation;
}

Test(strength, listed)
{
    cr_expect_eq(COST_BY(listed(TODAY)), cost_for(0.10));
    cr_expect_eq(COST_BY(listed(TODAY - YEARS(4))), cost_for(0.075));
    cr_expect_eq(COST_BY(listed(TODAY - YEARS(8))), cost_for(0.0625));
    cr_expect_eq(COST_BY(listed(KITH_NO_DATE)), cost_for(0.075));
    cr_expect_eq(COST_BY(listed(TODAY - YEARS(8)), listed(TODAY)), cost_for(0.10), "the best row counts");
}

Test(strength, listed_by_both)
{
    kith_relation back = relation_of(1, 0, KITH_EVIDENCE_LISTED, TODAY - YEARS(8));

    cr_expect_eq(COST_BY(listed(TODAY), back), cost_for(1 - 0.9 * 0.85));
    cr_expect_eq(COST_BY(listed(TODAY), of_kind(KITH_EVIDENCE_LISTED_BY_BOTH, TODAY)),
                 cost_for(1 - 0.9 * 0.85));
}

Test(strength, messages)
{
    const double five = 0.6 * (1 - exp(-1));

    cr_expect_eq(COST_BY(messages(0, 3, TODAY, NAN), messages(1, 2, TODAY, NAN)), cost_for(five));
    cr_expect_eq(COST_BY(messages(0, 5, TODAY, NAN)), cost_for(five / 4), "never answered");
    cr_expect_eq(COST_BY(messages(0, 6, TODAY - 180, NAN), messages(1, 2, TODAY, NAN)), cost_for(five));
    cr_expect_eq(COST_BY(messages(0, 8, TODAY - 360, NAN), messages(1, 6, TODAY - 180, NAN)), cost_for(five));
    cr_expect_eq(COST_BY(messages(0, 9, TODAY, 1. / 3), messages(1, 2, TODAY, NAN)), cost_for(five),
                 "in a group");
    cr_expect_eq(COST_BY(half_messages(0, 5), half_messages(1, 5)), cost_for(five));
}

Test(strength, recommendation)
{
    cr_expect_eq(COST_BY(of_kind(KITH_EVIDENCE_RECOMMENDATION, TODAY)), cost_for(0.5));
    cr_expect_eq(COST_BY(of_kind(KITH_EVIDENCE_RECOMMENDATION, TODAY - YEARS(8))), cost_for(0.125));
}

Test(strength, endorsements)
{
    kith_relation relation = of_kind(KITH_EVIDENCE_ENDORSEMENT, TODAY), more = relation;

    cr_expect_eq(COST_BY(relation, relation, relation), cost_for(0.1 * (1 - exp(-1))));
    more.count = 6;
    cr_expect_eq(COST_BY(more), cost_for(0.1 * (1 - exp(-2))));
}

Test(strength, working_and_studying_together_only_strengthen)
{
    const kith_relation tie = of_kind(KITH_EVIDENCE_STATED_TIE, KITH_NO_DATE);
    const kith_relation undated = of_kind(KITH_EVIDENCE_WORKED, KITH_NO_DATE);
    const kith_relation worked = lasting(KITH_EVIDENCE_WORKED, TODAY - YEARS(12), TODAY - YEARS(4));
    const kith_relation working = lasting(KITH_EVIDENCE_WORKED, TODAY - YEARS(4), KITH_NO_DATE);
    const kith_relation studied =
        lasting(KITH_EVIDENCE_STUDIED, 365, 366 + 365); /* classes of 1971 and 1972 */

    cr_expect_eq(COST_BY(undated, worked, studied), 0);
    cr_expect_eq(COST_BY(tie, undated), cost_for(1 - 0.6 * (1 - 0.4 * 0.2)));
    cr_expect_eq(COST_BY(tie, worked), cost_for(1 - 0.6 * (1 - 0.4 * (1 - exp(-8. / 3)))));
    cr_expect_eq(COST_BY(tie, working), cost_for(1 - 0.6 * (1 - 0.4 * (1 - exp(-4. / 3)))));
    cr_expect_eq(COST_BY(tie, studied), cost_for(1 - 0.6 * (1 - 0.2 / 2)));
    cr_expect_eq(COST_BY(tie, lasting(KITH_EVIDENCE_STUDIED, 0, 200)), cost_for(1 - 0.6 * 0.8));
}

Test(strength, stated_ties_and_relations)
{
    cr_expect_eq(COST_BY(of_kind(KITH_EVIDENCE_STATED_TIE, KITH_NO_DATE)), cost_for(0.4));
    cr_expect_eq(COST_BY(of_kind(KITH_EVIDENCE_STATED_RELATION, KITH_NO_DATE)), cost_for(0.4));
    cr_expect_eq(COST_BY(of_kind(KITH_EVIDENCE_STATED_TIE, KITH_NO_DATE),
                         of_kind(KITH_EVIDENCE_STATED_RELATION, KITH_NO_DATE)),
                 cost_for(1 - 0.6 * 0.6));
}

Test(strength, a_stated_strength_replaces_the_rest)
{
    cr_expect_eq(COST_BY(stated(0.25, NAN)), cost_for(0.25));
    cr_expect_eq(COST_BY(stated(0.25, NAN), listed(TODAY), of_kind(KITH_EVIDENCE_RECOMMENDATION, TODAY)),
                 cost_for(0.25));
    cr_expect_eq(COST_BY(stated(0.25, NAN), stated(0.75, NAN)), cost_for(0.75), "the largest counts");
    cr_expect_eq(COST_BY(stated(0, NAN)), cost_for(0.01));
    cr_expect_eq(COST_BY(stated(1, NAN)), cost_for(0.99));
    cr_expect_eq(COST_BY(stated(NAN, 8)), cost_for(0.4), "a weight is no strength unless asked");
}

Test(strength, weights_scaled_by_the_largest)
{
    world w = world_of(3);
    kith_relation weak = stated(NAN, 2), strong = stated(NAN, 8), both = stated(0.9, 1);

    weak.b = 2;
    both.a = 2;
    w.opts.weight_is_strength = true;
    relate(&w, weak);
    relate(&w, strong);
    relate(&w, both);
    relate(&w, messages(0, 1, TODAY, 100)); /* no stated weight */
    assemble(&w);
    cr_expect_eq(cost_of(&w.net, 0, 2), cost_for(0.25));
    cr_expect_eq(cost_of(&w.net, 0, 1), cost_for(0.99));
    cr_expect_eq(cost_of(&w.net, 1, 2), cost_for(0.9), "a strength is stated more plainly than a weight");
    world_end(&w);
}

static uint32_t cost_by_pairing(kith_pairing pairing)
{
    world w = world_of(2);

    hand_pairing(&w.hand, pairing);
    assemble(&w);
    cr_expect_eq(w.net.n_mentorships, 1);
    uint32_t cost = w.net.m ? cost_of(&w.net, 0, 1) : 0;
    world_end(&w);
    return cost;
}

Test(strength, mentorship)
{
    const kith_day begin = TODAY - YEARS(12), end = TODAY - YEARS(4), planned = TODAY + YEARS(4);

    cr_expect_eq(cost_by_pairing(pairing_of(1, 0, begin, KITH_NO_DATE, KITH_MENTORSHIP_ACTIVE)),
                 cost_for(0.7));
    cr_expect_eq(cost_by_pairing(pairing_of(1, 0, begin, KITH_NO_DATE, KITH_MENTORSHIP_UNKNOWN)),
                 cost_for(0.7));
    cr_expect_eq(cost_by_pairing(pairing_of(0, 1, begin, planned, KITH_MENTORSHIP_UNKNOWN)), cost_for(0.7));
    cr_expect_eq(cost_by_pairing(pairing_of(0, 1, begin, end, KITH_MENTORSHIP_UNKNOWN)), cost_for(0.35));
    cr_expect_eq(cost_by_pairing(pairing_of(0, 1, begin, end, KITH_MENTORSHIP_COMPLETED)), cost_for(0.35));
    cr_expect_eq(cost_by_pairing(pairing_of(0, 1, begin, end, KITH_MENTORSHIP_ENDED)), cost_for(0.35));
    cr_expect_eq(cost_by_pairing(pairing_of(0, 1, begin, KITH_NO_DATE, KITH_MENTORSHIP_ENDED)),
                 cost_for(0.7 / 8), "it ended no earlier than it began");
    cr_expect_eq(cost_by_pairing(pairing_of(0, 1, begin, KITH_NO_DATE, KITH_MENTORSHIP_PENDING)), 0);
    cr_expect_eq(cost_by_pairing(pairing_of(0, 1, planned, KITH_NO_DATE, KITH_MENTORSHIP_ACTIVE)),
                 cost_for(0.01));
}

Test(strength, a_shared_company_strengthens_a_tie)
{
    hand_made hand = hand_begin(NULL);
    kith_assemble_opts opts = {.shared_contacts = KITH_SHARED_OFF};
    kith_arena arena = {0};
    kith_netdata net;
    const char *const company[] = {"Acme GmbH", "ACME  GMBH", "Other"};
    uint32_t source = hand_source(&hand, "a.csv"), person[3];

    for (uint32_t i = 0; i < 3; i++) {
        kith_attr attrs[] = {{KITH_FIELD_NAME, "N"}, {KITH_FIELD_COMPANY, company[i]}};
        person[i] = hand_mention(
            &hand, &(kith_mention){.line = i + 1, .space = KITH_NO_SPACE, .attrs = attrs, .n_attrs = 2});
    }
    hand_relation(&hand, relation_of(person[2], person[0], KITH_EVIDENCE_STATED_TIE, KITH_NO_DATE));
    hand_relation(&hand, relation_of(person[1], person[0], KITH_EVIDENCE_STATED_TIE, KITH_NO_DATE));
    hand_source_end(&hand, source, 1, UINT32_MAX);
    cr_assert_eq(kith_assemble(hand_resolve(&hand), &opts, &arena, &net, NULL), KITH_OK);
    cr_expect_eq(cost_of(&net, 0, 1), cost_for(1 - 0.6 * (1 - 0.08)));
    cr_expect_eq(cost_of(&net, 0, 2), cost_for(0.4));
    cr_expect_eq(net.as_of, KITH_NO_DATE);
    kith_arena_free(&arena);
    hand_end(&hand);
}

Test(strength, shared_contacts_by_jaccard)
{
    world w = triangle(KITH_EVIDENCE_LISTED), plain = triangle(KITH_EVIDENCE_STATED_TIE);

    /* 1 and 2 share person 0 of {0, 2} and {0, 1}: 1/3; 0 and 1 share 2 of {1, 2, 3} and {0, 2}: 1/4 */
    w.opts.shared_contacts = plain.opts.shared_contacts = KITH_SHARED_AUTO;
    assemble(&w);
    assemble(&plain);
    cr_expect_eq(cost_of(&w.net, 1, 2), cost_for(1 - 0.9 * (1 - 0.2 / 3)));
    cr_expect_eq(cost_of(&w.net, 0, 1), cost_for(1 - 0.9 * (1 - 0.2 / 4)));
    cr_expect_eq(cost_of(&w.net, 0, 3), cost_for(0.1));
    cr_expect_eq(cost_of(&plain.net, 1, 2), cost_for(0.4), "off for plain ties");
    world_end(&w);
    world_end(&plain);
}

Test(strength, what_lies_ahead_does_not_count)
{
    cr_expect_eq(COST_BY(listed(TODAY + 1)), cost_for(0.01));
    cr_expect_eq(COST_BY(listed(TODAY), of_kind(KITH_EVIDENCE_RECOMMENDATION, TODAY + 1)), cost_for(0.1));
    cr_expect_eq(COST_BY(listed(TODAY), relation_of(1, 0, KITH_EVIDENCE_LISTED, TODAY + 1)), cost_for(0.1));
}

Test(strength, today_is_the_newest_observed_date)
{
    world w = world_of(3);
    kith_pairing pairing = pairing_of(1, 2, 100, 9000, KITH_MENTORSHIP_UNKNOWN);

    w.opts.has_as_of = false;
    pairing.last_meeting = 400;
    relate(&w, lasting(KITH_EVIDENCE_STATED_TIE, 300, 8000));
    relate(&w, lasting(KITH_EVIDENCE_STUDIED, 7000, 7000));
    hand_pairing(&w.hand, pairing);
    assemble(&w);
    cr_expect_eq(w.net.as_of, 400);
    world_end(&w);
}

Test(strength, coefficients_go_by_name)
{
    kith_coefficients c = kith_default_coefficients;
    const char *name;
    double value;
    uint32_t count = 0;

    for (; kith_coefficient_at(&c, count, &name, &value); count++) {
        double back = 0;
        const char *same;
        cr_expect(kith_coefficient_set(&c, name, value + 1));
        cr_assert(kith_coefficient_at(&c, count, &same, &back));
        cr_expect_eq(back, value + 1, "%s", name);
    }
    cr_expect_eq(count, 23);
    cr_expect_not(kith_coefficient_set(&c, "no_such", 1));
    c = kith_default_coefficients;
    cr_expect(kith_coefficient_set(&c, "weight_stated_tie", 0.8));
    world w = world_of(2);
    w.opts.coefficients = &c;
    relate(&w, of_kind(KITH_EVIDENCE_STATED_TIE, KITH_NO_DATE));
    assemble(&w);
    cr_expect_eq(cost_of(&w.net, 0, 1), cost_for(0.8));
    world_end(&w);
}

Test(strength, more_evidence_never_weakens_a_tie)
{
    uint64_t state = 3;

    for (int round = 0; round < 60; round++) {
        kith_relation relations[8];
        uint32_t before = 0;
        for (size_t n = 1; n <= 8; n++) {
            do
                relations[n - 1] = random_relation(&state, 2);
            while (relations[n - 1].a == relations[n - 1].b);
            uint32_t cost = cost_by(relations, n);
            if (before)
                cr_assert_leq(cost, before, "round %d, relation %zu", round, n);
            before = cost;
        }
    }
}

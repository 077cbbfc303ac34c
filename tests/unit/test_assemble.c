/* Ties with evidence and strength: formulas by hand, and what every network holds to. */
#include <stdio.h>
#include <stdlib.h>

#include "each_failure.h"
#include "graph/graph.h"
#include "hand_made.h"
#include "network/netdata.h"

/** The day everything here is reckoned from, and some years of 365.25 days. */
#define TODAY ((kith_day)20000)
#define YEARS(n) ((kith_day)((n)*1461 / 4))

/** People 0..n-1 by id, and what relates them. */
typedef struct world {
    hand_made hand;
    uint32_t source;
    kith_assemble_opts opts;
    kith_arena arena;
    kith_netdata net;
} world;

static world world_of(uint32_t n)
{
    world w = {.hand = hand_begin(NULL),
               .opts = {.as_of = TODAY, .has_as_of = true, .shared_contacts = KITH_SHARED_OFF}};
    uint32_t space = hand_space(&w.hand, "x");

    w.source = hand_source(&w.hand, "a.csv");
    for (uint32_t i = 0; i < n; i++) {
        char id[16];
        snprintf(id, sizeof id, "%u", i);
        cr_assert_eq(hand_id(&w.hand, w.source, i + 1, space, id, NULL), i);
    }
    return w;
}

static void relate(world *w, kith_relation relation)
{
    hand_relation(&w->hand, relation);
}

static void assemble(world *w)
{
    hand_source_end(&w->hand, w->source, 1, UINT32_MAX);
    cr_assert_eq(kith_assemble(hand_resolve(&w->hand), &w->opts, &w->arena, &w->net, NULL), KITH_OK);
}

static void world_end(world *w)
{
    kith_arena_free(&w->arena);
    hand_end(&w->hand);
}

/** Where b stands in the row of a, or -1. */
static int64_t slot_of(const kith_netdata *net, uint32_t a, uint32_t b)
{
    for (uint64_t i = net->tie_offset[a]; i < net->tie_offset[a + 1]; i++)
        if (net->tie_target[i] == b)
            return (int64_t)i;
    return -1;
}

static uint32_t cost_of(const kith_netdata *net, uint32_t a, uint32_t b)
{
    int64_t slot = slot_of(net, a, b);

    cr_assert_geq(slot, 0, "%u and %u have no tie", a, b);
    return net->tie_cost[slot];
}

/** What is stored of a strength worked out by hand. */
static uint32_t cost_for(double strength)
{
    return (uint32_t)lround(-1000 * log(strength));
}

static const char *string_at(const kith_netdata *net, uint32_t number)
{
    return net->string_bytes + net->string_offset[number];
}

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

/** A triangle 0-1-2 with 3 hanging on 0. */
static world triangle(kith_evidence kind)
{
    world w = world_of(4);
    const uint32_t ends[][2] = {{0, 1}, {0, 2}, {1, 2}, {0, 3}};

    for (size_t i = 0; i < 4; i++)
        relate(&w, relation_of(ends[i][0], ends[i][1], kind, TODAY));
    return w;
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
    cr_expect_eq(count, 18);
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

/* ---- random worlds ---- */

static kith_relation random_relation(uint64_t *state, uint32_t n)
{
    kith_relation relation = relation_of(random_below(state, n), random_below(state, n),
                                         (kith_evidence)random_below(state, KITH_EVIDENCE_SHARED_CONTACTS),
                                         (kith_day)random_below(state, 2 * TODAY));

    if (random_below(state, 4) == 0)
        relation.date = KITH_NO_DATE;
    if (random_below(state, 3) == 0)
        relation.end = (kith_day)random_below(state, 2 * TODAY);
    relation.count = 1 + random_below(state, 5);
    return relation;
}

Test(assemble, more_evidence_never_weakens_a_tie)
{
    uint64_t state = 3;

    for (int round = 0; round < 300; round++) {
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

static void check_rows(const kith_netdata *net)
{
    const kith_graph graph = {net->n, net->m, net->tie_offset, net->tie_target, net->tie_cost};
    const double *weight = kith_default_coefficients.weight;
    uint64_t ties = 0;

    cr_assert(kith_graph_valid(&graph));
    cr_assert_eq(net->tie_offset[net->n], 2 * net->m);
    for (uint32_t a = 0; a < net->n; a++)
        for (uint64_t i = net->evidence_offset[a]; i < net->evidence_offset[a + 1];) {
            const kith_evidence_row *row = &net->evidence[i];
            uint32_t b = row->b, mask = 0;
            int64_t slot = slot_of(net, a, b), back = slot_of(net, b, a);
            cr_assert_lt(a, b);
            cr_assert(slot >= 0 && back >= 0);
            double none = 1, last = 2;
            for (; i < net->evidence_offset[a + 1] && net->evidence[i].b == b; i++) {
                double adds = weight[net->evidence[i].kind] * (double)net->evidence[i].factor;
                cr_assert(adds <= last && adds >= 0 && adds <= 1);
                last = adds;
                none *= 1 - adds;
                cr_assert_not(mask & 1U << net->evidence[i].kind);
                mask |= 1U << net->evidence[i].kind;
            }
            cr_assert_eq(net->tie_evidence[slot], mask);
            cr_assert_eq(net->tie_evidence[back], mask);
            cr_assert_eq(net->tie_cost[slot], cost_for(fmin(0.99, fmax(0.01, 1 - none))));
            ties++;
        }
    cr_assert_eq(ties, net->m);
}

static void check_strings(const kith_netdata *net)
{
    cr_assert_str_eq(string_at(net, 0), "");
    for (uint32_t i = 1; i < net->n_strings; i++)
        cr_assert_lt(strcmp(string_at(net, i - 1), string_at(net, i)), 0);
    for (uint64_t i = 1; i < net->n_aliases; i++)
        cr_assert_lt(net->alias_text[i - 1], net->alias_text[i]);
}

Test(assemble, every_network_holds_together)
{
    uint64_t state = 5;

    for (int round = 0; round < 300; round++) {
        uint32_t n = 2 + random_below(&state, 12), related = random_below(&state, 60);
        bool tied[14][14] = {{false}};
        world w = world_of(n);
        w.opts.shared_contacts = round % 2 ? KITH_SHARED_ON : KITH_SHARED_OFF;
        for (uint32_t i = 0; i < related; i++) {
            kith_relation r = random_relation(&state, n);
            relate(&w, r);
            if (r.a != r.b && r.kind != KITH_EVIDENCE_WORKED && r.kind != KITH_EVIDENCE_STUDIED)
                tied[r.a][r.b] = tied[r.b][r.a] = true;
        }
        if (random_below(&state, 2)) {
            hand_pairing(&w.hand, pairing_of(1, 0, 5, KITH_NO_DATE, KITH_MENTORSHIP_ACTIVE));
            tied[0][1] = tied[1][0] = true;
        }
        assemble(&w);
        for (uint32_t a = 0; a < n; a++)
            for (uint32_t b = 0; b < n; b++)
                cr_assert_eq(slot_of(&w.net, a, b) >= 0, tied[a][b]);
        check_rows(&w.net);
        check_strings(&w.net);
        world_end(&w);
    }
}

Test(assemble, columns_say_what_people_do)
{
    hand_made hand = hand_begin(NULL);
    kith_assemble_opts opts = {.weight_is_strength = true};
    kith_arena arena = {0};
    kith_netdata net;
    uint32_t source = hand_source(&hand, "sheet.csv");
    kith_attr attrs[] = {
        {KITH_FIELD_NAME, "Ann"}, {KITH_FIELD_SKILL, "welding"}, {KITH_FIELD_SKILL, "accounting"}};
    kith_mention mention = {.line = 1, .space = KITH_NO_SPACE, .attrs = attrs, .n_attrs = 3, .owner = true};
    uint32_t ann = hand_mention(&hand, &mention);
    uint32_t bob = hand_person(&hand, source, 2, "Bob", NULL, "bob@example.org");
    kith_pairing pairing = pairing_of(bob, ann, 10, 20, KITH_MENTORSHIP_COMPLETED);

    pairing.programme = "spring";
    hand_pairing(&hand, pairing);
    hand_reject(&hand, source, 9, "no name");
    hand_source_end(&hand, source, 77, ann);
    cr_assert_eq(kith_assemble(hand_resolve(&hand), &opts, &arena, &net, NULL), KITH_OK);
    cr_expect_eq(net.n, 2);
    cr_expect_eq(net.person_flags[0], KITH_PERSON_OWNER);
    cr_expect_str_eq(string_at(&net, net.attr_value[0]), "Ann");
    cr_expect_str_eq(string_at(&net, net.attr_value[1]), "welding", "order of values is not that of letters");
    cr_expect_str_eq(string_at(&net, net.attr_value[2]), "accounting");
    cr_expect_eq(net.attr_field[2], KITH_FIELD_SKILL);
    cr_expect_str_eq(string_at(&net, net.mentorships[0].programme), "spring");
    cr_expect_eq(net.mentorships[0].mentor, 1);
    cr_expect_eq(net.sources[0].checksum[0], 77);
    cr_expect_eq(net.sources[0].owner, 0);
    cr_expect_str_eq(string_at(&net, net.sources[0].name), "sheet.csv");
    cr_expect_eq(net.rejects[0].line, 9);
    cr_expect_str_eq(string_at(&net, net.rejects[0].reason), "no name");
    cr_assert_eq(net.n_parameters, 20);
    cr_expect_str_eq(string_at(&net, net.parameters[18].name), "shared_contacts");
    cr_expect_eq(net.parameters[18].value, 0);
    cr_expect_str_eq(string_at(&net, net.parameters[19].name), "weight_is_strength");
    cr_expect_eq(net.parameters[19].value, 1);
    check_rows(&net);
    check_strings(&net);
    kith_arena_free(&arena);
    hand_end(&hand);
}

Test(assemble, nobody_at_all)
{
    world w = {.hand = hand_begin(NULL)};

    w.source = hand_source(&w.hand, "empty.csv");
    assemble(&w);
    cr_expect_eq(w.net.n, 0);
    cr_expect_eq(w.net.m, 0);
    cr_expect_eq(w.net.tie_offset[0], 0);
    check_strings(&w.net);
    world_end(&w);
}

/** What is assembled, and how. */
typedef struct assembly {
    const kith_people *people;
    const kith_assemble_opts *opts;
} assembly;

static kith_code assemble_once(void *ctx, kith_err *err)
{
    const assembly *what = ctx;
    kith_arena arena = {0};
    kith_netdata net;
    kith_code rc = kith_assemble(what->people, what->opts, &arena, &net, err);

    kith_arena_free(&arena);
    return rc;
}

Test(assemble, every_failed_allocation)
{
    world w = triangle(KITH_EVIDENCE_LISTED);

    w.opts.shared_contacts = KITH_SHARED_ON;
    hand_pairing(&w.hand, pairing_of(1, 0, 5, KITH_NO_DATE, KITH_MENTORSHIP_ACTIVE));
    hand_source_end(&w.hand, w.source, 1, UINT32_MAX);
    cr_expect_gt(each_failure(assemble_once, &(assembly){hand_resolve(&w.hand), &w.opts}), 20);
    world_end(&w);
}

/* What every assembled network holds to. */
#include "each_failure.h"
#include "graph/graph.h"
#include "plain_graph_check.h"
#include "tie_world.h"

/** Goes through the evidence kept for a tie from row `*at`. @return its strength, before limits. */
static double check_evidence(const kith_netdata *net, uint32_t a, uint32_t b, uint32_t mask, uint64_t *at)
{
    const double *weight = kith_default_coefficients.weight;
    double none = 1, last = 2;

    for (; *at < net->evidence_offset[a + 1] && net->evidence[*at].b == b; ++*at) {
        const kith_evidence_row *row = &net->evidence[*at];
        double adds = weight[row->kind] * (double)row->factor;
        cr_assert(adds <= last && adds >= 0 && adds <= 1);
        cr_assert(row->count != 1 || row->first != KITH_NO_DATE || row->last != KITH_NO_DATE ||
                      row->factor < 1,
                  "what a mask says is not said again");
        last = adds;
        none *= 1 - adds;
        cr_assert(mask & 1U << row->kind, "each kind of the mask once");
        mask &= ~(1U << row->kind);
    }
    for (uint32_t kind = 0; kind < KITH_EVIDENCE_COUNT; kind++)
        if (mask & 1U << kind)
            none *= 1 - weight[kind];
    return 1 - none;
}

static void check_rows(const kith_netdata *net)
{
    const kith_graph graph = {.n = net->n,
                              .m = net->m,
                              .offset = net->tie_offset,
                              .target = net->tie_target,
                              .cost = net->tie_cost};

    cr_assert(plain_graph_valid(&graph));
    cr_assert_eq(net->tie_offset[net->n], 2 * net->m);
    for (uint32_t a = 0; a < net->n; a++) {
        uint64_t at = net->evidence_offset[a];
        for (uint64_t slot = net->tie_offset[a]; slot < net->tie_offset[a + 1]; slot++) {
            uint32_t b = net->tie_target[slot];
            if (b < a)
                continue;
            double strength = check_evidence(net, a, b, net->tie_evidence[slot], &at);
            cr_assert_neq(net->tie_evidence[slot], 0);
            cr_assert_eq(net->tie_evidence[slot_of(net, b, a)], net->tie_evidence[slot]);
            cr_assert_eq(net->tie_cost[slot], cost_for(fmin(0.99, fmax(0.01, strength))));
        }
        cr_assert_eq(at, net->evidence_offset[a + 1], "evidence is of ties");
    }
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

/** What is stored of two relations of one kind between two people, each of so many rows or halves. */
static kith_evidence_row counted(kith_evidence kind, uint32_t rows, uint32_t halves, uint32_t more_rows,
                                 uint32_t more_halves)
{
    world w = world_of(2);
    kith_relation one = relation_of(0, 1, kind, TODAY), other = relation_of(1, 0, kind, TODAY);

    one.count = rows;
    one.halves = halves;
    other.count = more_rows;
    other.halves = more_halves;
    relate(&w, one);
    relate(&w, other);
    assemble(&w);
    cr_assert_eq(w.net.evidence_offset[2], 1);
    const kith_evidence_row row = w.net.evidence[0];
    world_end(&w);
    return row;
}

static void expect_counted(kith_evidence_row row, uint32_t count, bool in_halves)
{
    cr_expect_eq(row.count, count);
    cr_expect_eq(row.in_halves, in_halves);
}

Test(assemble, interactions_are_added_exactly)
{
    const kith_evidence messages = KITH_EVIDENCE_MESSAGES, stated = KITH_EVIDENCE_STATED_TIE;

    expect_counted(counted(messages, 3, 0, 4, 0), 7, false);
    expect_counted(counted(messages, 3, 5, 4, 0), 13, true);
    expect_counted(counted(messages, 3, 5, 2, 3), 4, false);
    expect_counted(counted(stated, 1, 0, 1, 0), 2, false);
    expect_counted(counted(stated, 1, 0, 3, 5), 5, true);
    expect_counted(counted(stated, 2, 4, 3, 5), 9, true);
    expect_counted(counted(stated, 1, UINT32_MAX, 1, 1), UINT32_MAX, true);
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
    cr_assert_eq(net.n_parameters, 25);
    cr_expect_str_eq(string_at(&net, net.parameters[23].name), "shared_contacts");
    cr_expect_eq(net.parameters[23].value, 0);
    cr_expect_str_eq(string_at(&net, net.parameters[24].name), "weight_is_strength");
    cr_expect_eq(net.parameters[24].value, 1);
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

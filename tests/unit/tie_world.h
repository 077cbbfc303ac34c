/** @file
 * People without names and what relates them, assembled: for tests of ties.
 */
#ifndef KITH_TESTS_TIE_WORLD_H
#define KITH_TESTS_TIE_WORLD_H

#include <stdio.h>

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

static inline world world_of(uint32_t n)
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

static inline void relate(world *w, kith_relation relation)
{
    hand_relation(&w->hand, relation);
}

static inline void assemble(world *w)
{
    hand_source_end(&w->hand, w->source, 1, UINT32_MAX);
    cr_assert_eq(kith_assemble(hand_resolve(&w->hand), &w->opts, &w->arena, &w->net, NULL), KITH_OK);
}

static inline void world_end(world *w)
{
    kith_arena_free(&w->arena);
    hand_end(&w->hand);
}

/** Where b stands in the row of a, or -1. */
static inline int64_t slot_of(const kith_netdata *net, uint32_t a, uint32_t b)
{
    for (uint64_t i = net->tie_offset[a]; i < net->tie_offset[a + 1]; i++)
        if (net->tie_target[i] == b)
            return (int64_t)i;
    return -1;
}

static inline uint32_t cost_of(const kith_netdata *net, uint32_t a, uint32_t b)
{
    int64_t slot = slot_of(net, a, b);

    cr_assert_geq(slot, 0, "%u and %u have no tie", a, b);
    return net->tie_cost[slot];
}

/** What is stored of a strength worked out by hand. */
static inline uint32_t cost_for(double strength)
{
    return (uint32_t)lround(-1000 * log(strength));
}

static inline const char *string_at(const kith_netdata *net, uint32_t number)
{
    return net->string_bytes + net->string_offset[number];
}

/** A triangle 0-1-2 with 3 hanging on 0. */
static inline world triangle(kith_evidence kind)
{
    world w = world_of(4);
    const uint32_t ends[][2] = {{0, 1}, {0, 2}, {1, 2}, {0, 3}};

    for (size_t i = 0; i < 4; i++)
        relate(&w, relation_of(ends[i][0], ends[i][1], kind, TODAY));
    return w;
}

static inline kith_relation random_relation(uint64_t *state, uint32_t n)
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

#endif

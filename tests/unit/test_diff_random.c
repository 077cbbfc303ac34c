/* Random edits of a random sheet, and what they come to. */
#include <criterion/criterion.h>
#include <stdio.h>

#include <kith/diff.h>

#include "base/rng.h"
#include "small_net.h"

#define NOBODY UINT32_MAX

static kith_diff_result diff_of(small_net *before, small_net *after, kith_diff_opts opts)
{
    kith_diff_result result;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_diff(small_net_open(before), small_net_open(after), &opts, &result, &err), KITH_OK,
                 "%s", err.message);
    return result;
}

enum { MOST = 14, SIDES = 2, TITLES = 3 };

/** A sheet at one time: who is on it, by which keys, and what relates them. */
typedef struct sheet {
    bool present[MOST];
    bool has_key[MOST][2];
    uint32_t title[MOST];
    uint16_t cost[MOST][MOST];  /* 0: no tie */
    int32_t course[MOST][MOST]; /* day a mentorship started; 0: none */
    kith_mentorship_status status[MOST][MOST];
} sheet;

/** Two sheets, and where everyone stands in the networks made of them. */
typedef struct world {
    sheet sheet[SIDES];
    uint32_t united[SIDES][MOST]; /* whose record holds this person: mostly their own */
    uint32_t id[SIDES][MOST];     /* of the record that holds them, or NOBODY */
    uint32_t holder[SIDES][MOST]; /* by id */
} world;

static uint16_t random_cost(kith_rng *rng)
{
    static const uint16_t costs[] = {0, 0, 0, 200, 690, 1000, 1600, 2000};

    return costs[kith_rng_below(rng, sizeof costs / sizeof *costs)];
}

static void fill_sheet(sheet *s, kith_rng *rng)
{
    for (uint32_t v = 0; v < MOST; v++) {
        s->present[v] = kith_rng_below(rng, 6) > 0;
        s->has_key[v][0] = s->has_key[v][1] = true;
        s->title[v] = (uint32_t)kith_rng_below(rng, TITLES);
        for (uint32_t w = 0; w < MOST; w++) {
            if (w < v)
                s->cost[v][w] = s->cost[w][v] = random_cost(rng);
            if (w != v && kith_rng_below(rng, 8) == 0) {
                s->course[v][w] = small_net_day(2020 + (int)kith_rng_below(rng, 3), 1, 1);
                s->status[v][w] = KITH_MENTORSHIP_ACTIVE;
            }
        }
    }
}

/** Changes a few things. One key of everyone stays, so that they can be followed. */
static void edit_sheet(sheet *s, kith_rng *rng)
{
    for (uint32_t v = 0; v < MOST; v++) {
        if (kith_rng_below(rng, 6) == 0)
            s->present[v] = !s->present[v];
        if (kith_rng_below(rng, 4) == 0)
            s->has_key[v][kith_rng_below(rng, 2)] = false;
        if (kith_rng_below(rng, 4) == 0)
            s->title[v] = (uint32_t)kith_rng_below(rng, TITLES);
        for (uint32_t w = 0; w < MOST; w++) {
            if (w < v && kith_rng_below(rng, 4) == 0)
                s->cost[v][w] = s->cost[w][v] = random_cost(rng);
            if (w == v || kith_rng_below(rng, 6) > 0)
                continue;
            s->course[v][w] = kith_rng_below(rng, 2) ? small_net_day(2021, 1, 1) : 0;
            s->status[v][w] = kith_rng_below(rng, 2) ? KITH_MENTORSHIP_ACTIVE : KITH_MENTORSHIP_COMPLETED;
        }
    }
}

/** On one side, some pairs of people who are there in both times turn out to be one. */
static void unite_some(world *w, kith_rng *rng)
{
    const int side = (int)kith_rng_below(rng, SIDES);

    for (int s = 0; s < SIDES; s++)
        for (uint32_t v = 0; v < MOST; v++)
            w->united[s][v] = v;
    for (uint32_t v = 0; v + 1 < MOST; v += 2)
        if (kith_rng_below(rng, 5) == 0 && w->sheet[0].present[v] && w->sheet[1].present[v] &&
            w->sheet[0].present[v + 1] && w->sheet[1].present[v + 1])
            w->united[side][v + 1] = v;
}

/** Gives ids in a random order, another one each time. */
static void give_ids(world *w, int side, kith_rng *rng)
{
    uint32_t order[MOST], count = 0;

    for (uint32_t v = 0; v < MOST; v++)
        if (w->sheet[side].present[v] && w->united[side][v] == v)
            order[count++] = v;
    for (uint32_t i = count; i > 1; i--) {
        const uint32_t j = (uint32_t)kith_rng_below(rng, i), swap = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swap;
    }
    for (uint32_t v = 0; v < MOST; v++)
        w->id[side][v] = NOBODY;
    for (uint32_t i = 0; i < count; i++) {
        w->id[side][order[i]] = i;
        w->holder[side][i] = order[i];
    }
    for (uint32_t v = 0; v < MOST; v++)
        if (w->sheet[side].present[v])
            w->id[side][v] = w->id[side][w->united[side][v]];
}

static world world_make(uint64_t seed)
{
    world w = {0};
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    fill_sheet(&w.sheet[0], &rng);
    w.sheet[1] = w.sheet[0];
    edit_sheet(&w.sheet[1], &rng);
    unite_some(&w, &rng);
    give_ids(&w, 0, &rng);
    give_ids(&w, 1, &rng);
    return w;
}

/** The lowest number of those who are one person on either side. */
static uint32_t class_of(const world *w, uint32_t v)
{
    return w->united[0][v] < w->united[1][v] ? w->united[0][v] : w->united[1][v];
}

static bool is_united(const world *w, uint32_t v)
{
    return class_of(w, v) != v || (v + 1 < MOST && class_of(w, v + 1) == v);
}

/** The strongest tie between two classes; 0 where there is none. */
static uint16_t class_cost(const world *w, int side, uint32_t a, uint32_t b)
{
    const sheet *s = &w->sheet[side];
    uint16_t best = 0;

    for (uint32_t v = 0; v < MOST; v++)
        for (uint32_t x = 0; x < MOST; x++)
            if (class_of(w, v) == a && class_of(w, x) == b && s->present[v] && s->present[x] &&
                s->cost[v][x] && (!best || s->cost[v][x] < best))
                best = s->cost[v][x];
    return best;
}

static void add_ties(const world *w, int side, small_net *s)
{
    for (uint32_t i = 0; i < MOST; i++)
        for (uint32_t j = 0; j < i; j++) {
            uint16_t best = 0;
            for (uint32_t v = 0; v < MOST; v++)
                for (uint32_t x = 0; x < MOST; x++)
                    if (w->id[side][v] == i && w->id[side][x] == j && w->sheet[side].cost[v][x] &&
                        (!best || w->sheet[side].cost[v][x] < best))
                        best = w->sheet[side].cost[v][x];
            if (best)
                small_net_tie(s, j, i, best);
        }
}

static bool tells_course(const world *w, int side, uint32_t v, uint32_t x)
{
    const sheet *s = &w->sheet[side];

    return s->course[v][x] && s->present[v] && s->present[x] && !is_united(w, v) && !is_united(w, x);
}

static small_net *network_of(const world *w, int side)
{
    const sheet *now = &w->sheet[side];
    char text[32];
    uint32_t count = 0;

    for (uint32_t v = 0; v < MOST; v++)
        count += now->present[v] && w->united[side][v] == v;
    small_net *s = small_net_new(count);
    for (uint32_t v = 0; v < MOST; v++) {
        const uint32_t id = w->id[side][v];
        if (id == NOBODY)
            continue;
        for (int k = 1; k >= 0; k--) {
            if (!now->has_key[v][k])
                continue;
            snprintf(text, sizeof text, "key-%u-%d", v, k);
            if (w->united[side][v] == v && (k == 0 || !now->has_key[v][0]))
                small_net_key(s, id, text);
            else
                small_net_alias(s, id, text);
        }
        if (w->united[side][v] == v) {
            snprintf(text, sizeof text, "Title %u", now->title[v]);
            small_net_value(s, id, KITH_FIELD_TITLE, text);
            small_net_value(s, id, KITH_FIELD_NAME, "A Name");
        }
        for (uint32_t x = 0; x < MOST; x++)
            if (tells_course(w, side, v, x))
                small_net_mentorship_full(s, &(kith_mentorship){.mentor = id,
                                                                .mentee = w->id[side][x],
                                                                .start = now->course[v][x],
                                                                .end = KITH_NO_DATE,
                                                                .requested = KITH_NO_DATE,
                                                                .last_meeting = KITH_NO_DATE,
                                                                .meetings = UINT32_MAX,
                                                                .status = now->status[v][x],
                                                                .programme = "",
                                                                .cohort = ""});
    }
    add_ties(w, side, s);
    return s;
}

static uint32_t class_at(const world *w, int side, uint32_t id)
{
    return class_of(w, w->holder[side][id]);
}

static int tier(uint16_t cost)
{
    return cost <= 693 ? 2 : cost <= 1609 ? 1 : 0;
}

static void expect_people(const world *w, const kith_diff_result *r, uint64_t seed)
{
    uint64_t added = 0, removed = 0, titles = 0, merged = 0, split = 0;

    for (uint32_t v = 0; v < MOST; v++) {
        const bool was = w->sheet[0].present[v], is = w->sheet[1].present[v];
        added += is && !was;
        removed += was && !is;
        titles += was && is && !is_united(w, v) && w->sheet[0].title[v] != w->sheet[1].title[v];
        merged += w->united[1][v] != v;
        split += w->united[0][v] != v;
    }
    cr_assert_eq(r->changes[KITH_CHANGE_PERSON_ADDED].total, added, "seed %lu", seed);
    cr_assert_eq(r->changes[KITH_CHANGE_PERSON_REMOVED].total, removed, "seed %lu", seed);
    cr_assert_eq(r->changes[KITH_CHANGE_PERSON_MERGED].total, merged, "seed %lu", seed);
    cr_assert_eq(r->changes[KITH_CHANGE_PERSON_SPLIT].total, split, "seed %lu", seed);
    for (uint64_t i = 0; i < added; i++)
        cr_assert_not(
            w->sheet[0].present[w->holder[1][r->changes[KITH_CHANGE_PERSON_ADDED].items[i].after[0]]]);
    for (uint64_t i = 0; i < removed; i++)
        cr_assert_not(
            w->sheet[1].present[w->holder[0][r->changes[KITH_CHANGE_PERSON_REMOVED].items[i].before[0]]]);
    for (uint64_t i = 0; i < r->changes[KITH_CHANGE_PERSON_CHANGED].total; i++) {
        const kith_change *c = &r->changes[KITH_CHANGE_PERSON_CHANGED].items[i];
        const uint32_t v = w->holder[0][c->before[0]];
        cr_assert_eq(class_of(w, v), class_at(w, 1, c->after[0]), "seed %lu: the same person", seed);
        cr_assert(c->person.fact == KITH_FIELD_TITLE || c->person.fact == KITH_FACT_KEY, "seed %lu", seed);
        titles -= c->person.fact == KITH_FIELD_TITLE && !is_united(w, v);
    }
    cr_assert_eq(titles, 0, "seed %lu", seed);
    for (int side = 0; side < SIDES; side++) {
        const kith_change_list *list =
            &r->changes[side ? KITH_CHANGE_PERSON_MERGED : KITH_CHANGE_PERSON_SPLIT];
        for (uint64_t i = 0; i < list->total; i++)
            cr_assert_eq(class_at(w, 0, list->items[i].before[0]), class_at(w, 1, list->items[i].after[0]),
                         "seed %lu", seed);
    }
}

static void expect_ties(const world *w, const kith_diff_result *r, uint64_t seed)
{
    uint64_t added = 0, removed = 0, crossed = 0;

    for (uint32_t a = 0; a < MOST; a++)
        for (uint32_t b = 0; b < a; b++) {
            if (class_of(w, a) != a || class_of(w, b) != b)
                continue;
            const uint16_t was = class_cost(w, 0, a, b), is = class_cost(w, 1, a, b);
            added += is && !was;
            removed += was && !is;
            crossed += was && is && tier(was) != tier(is);
        }
    cr_assert_eq(r->changes[KITH_CHANGE_TIE_ADDED].total, added, "seed %lu", seed);
    cr_assert_eq(r->changes[KITH_CHANGE_TIE_REMOVED].total, removed, "seed %lu", seed);
    cr_assert_eq(r->changes[KITH_CHANGE_TIE_TIER].total, crossed, "seed %lu", seed);
    for (int kind = KITH_CHANGE_TIE_ADDED; kind <= KITH_CHANGE_TIE_TIER; kind++)
        for (uint64_t i = 0; i < r->changes[kind].total; i++) {
            const kith_change *c = &r->changes[kind].items[i];
            for (int side = 0; side < SIDES; side++) {
                const uint32_t *id = side ? c->after : c->before;
                const uint32_t cost = side ? c->cost.after : c->cost.before;
                if (id[0] != NOBODY)
                    cr_assert_eq(cost,
                                 class_cost(w, side, class_at(w, side, id[0]), class_at(w, side, id[1])),
                                 "seed %lu", seed);
                else
                    cr_assert_eq(cost, 0, "seed %lu", seed);
            }
        }
}

static void expect_courses(const world *w, const kith_diff_result *r, uint64_t seed)
{
    uint64_t added = 0, removed = 0, changed = 0;

    for (uint32_t v = 0; v < MOST; v++)
        for (uint32_t x = 0; x < MOST; x++) {
            const bool was = tells_course(w, 0, v, x), is = tells_course(w, 1, v, x);
            added += is && !was;
            removed += was && !is;
            changed += is && was &&
                       (w->sheet[0].course[v][x] != w->sheet[1].course[v][x] ||
                        w->sheet[0].status[v][x] != w->sheet[1].status[v][x]);
        }
    cr_assert_eq(r->changes[KITH_CHANGE_MENTORSHIP_ADDED].total, added, "seed %lu", seed);
    cr_assert_eq(r->changes[KITH_CHANGE_MENTORSHIP_REMOVED].total, removed, "seed %lu", seed);
    cr_assert_eq(r->changes[KITH_CHANGE_MENTORSHIP_CHANGED].total, changed, "seed %lu", seed);
}

/** What each kind is the other way round. */
static const kith_change_kind mirrored[KITH_CHANGE_KINDS] = {
    [KITH_CHANGE_PERSON_ADDED] = KITH_CHANGE_PERSON_REMOVED,
    [KITH_CHANGE_PERSON_REMOVED] = KITH_CHANGE_PERSON_ADDED,
    [KITH_CHANGE_PERSON_MERGED] = KITH_CHANGE_PERSON_SPLIT,
    [KITH_CHANGE_PERSON_SPLIT] = KITH_CHANGE_PERSON_MERGED,
    [KITH_CHANGE_PERSON_CHANGED] = KITH_CHANGE_PERSON_CHANGED,
    [KITH_CHANGE_TIE_ADDED] = KITH_CHANGE_TIE_REMOVED,
    [KITH_CHANGE_TIE_REMOVED] = KITH_CHANGE_TIE_ADDED,
    [KITH_CHANGE_TIE_TIER] = KITH_CHANGE_TIE_TIER,
    [KITH_CHANGE_MENTORSHIP_ADDED] = KITH_CHANGE_MENTORSHIP_REMOVED,
    [KITH_CHANGE_MENTORSHIP_REMOVED] = KITH_CHANGE_MENTORSHIP_ADDED,
    [KITH_CHANGE_MENTORSHIP_CHANGED] = KITH_CHANGE_MENTORSHIP_CHANGED,
    [KITH_CHANGE_BROKER_NEW] = KITH_CHANGE_BROKER_GONE,
    [KITH_CHANGE_BROKER_RISEN] = KITH_CHANGE_BROKER_FALLEN,
    [KITH_CHANGE_BROKER_FALLEN] = KITH_CHANGE_BROKER_RISEN,
    [KITH_CHANGE_BROKER_GONE] = KITH_CHANGE_BROKER_NEW,
    [KITH_CHANGE_ROUTE_OPENED] = KITH_CHANGE_ROUTE_CLOSED,
    [KITH_CHANGE_ROUTE_CLOSED] = KITH_CHANGE_ROUTE_OPENED,
    [KITH_CHANGE_GROUP] = KITH_CHANGE_GROUP,
};

/** Whether two people are the same two, in either order. */
static bool same_two(const uint32_t *a, const uint32_t *b)
{
    return (a[0] == b[0] && a[1] == b[1]) || (a[0] == b[1] && a[1] == b[0]);
}

static void expect_mirror(const kith_diff_result *r, const kith_diff_result *back, uint64_t seed)
{
    for (int kind = 0; kind < KITH_CHANGE_KINDS; kind++) {
        const kith_change_list *here = &r->changes[kind], *there = &back->changes[mirrored[kind]];
        cr_assert_eq(here->total, there->total, "seed %lu, kind %d", seed, kind);
        for (uint64_t i = 0; i < here->total; i++) {
            uint64_t found = 0;
            for (uint64_t j = 0; j < there->total; j++)
                found += same_two(here->items[i].before, there->items[j].after) &&
                         same_two(here->items[i].after, there->items[j].before);
            cr_assert_gt(found, 0, "seed %lu, kind %d: no mirror image", seed, kind);
        }
    }
    cr_assert_eq(r->people_changed, back->people_changed);
}

Test(diff_random, random_edits_are_told_and_mirrored)
{
    kith_diff_opts opts = {.grouped = true, .group = KITH_FIELD_TITLE};

    for (uint64_t seed = 0; seed < 400; seed++) {
        opts.brokers = seed % 8 ? 0 : 3; /* they take longest */
        world w = world_make(seed);
        small_net *before = network_of(&w, 0), *after = network_of(&w, 1);
        kith_diff_result r = diff_of(before, after, opts), back = diff_of(after, before, opts);
        kith_diff_result same = diff_of(before, before, opts);

        expect_people(&w, &r, seed);
        expect_ties(&w, &r, seed);
        expect_courses(&w, &r, seed);
        expect_mirror(&r, &back, seed);
        cr_assert_eq(kith_diff_count(&same), 0, "a network does not differ from itself");
        kith_diff_free(&r);
        kith_diff_free(&back);
        kith_diff_free(&same);
        small_net_free(before);
        small_net_free(after);
    }
}

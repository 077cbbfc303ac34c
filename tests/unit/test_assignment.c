/* The best assignment against all assignments of small cases, and against igraph on middling ones. */
#include <criterion/criterion.h>
#include <igraph.h>
#include <string.h>

#include "base/rng.h"
#include "each_failure.h"
#include "flow/assignment.h"

enum { MOST_SEEKERS = 64, MOST_HELPERS = 64 };

/** Offers with room of their own. */
typedef struct world {
    kith_offers offers;
    uint64_t offset[MOST_SEEKERS + 1];
    uint32_t helper[MOST_SEEKERS * MOST_HELPERS], value[MOST_SEEKERS * MOST_HELPERS];
    uint32_t esteem[MOST_SEEKERS * MOST_HELPERS], capacity[MOST_HELPERS];
} world;

/** Random offers; few different values, so that equally good assignments abound. */
static world *random_world(kith_rng *rng, uint32_t seekers, uint32_t helpers, uint32_t values,
                           uint32_t density)
{
    static world w;
    uint64_t at = 0;

    for (uint32_t i = 0; i < seekers; i++) {
        w.offset[i] = at;
        for (uint32_t j = 0; j < helpers; j++)
            if (kith_rng_below(rng, 10) < density) {
                w.helper[at] = j;
                w.esteem[at] = 1 + (uint32_t)kith_rng_below(rng, values);
                w.value[at++] = 1 + (uint32_t)kith_rng_below(rng, values);
            }
    }
    w.offset[seekers] = at;
    for (uint32_t j = 0; j < helpers; j++)
        w.capacity[j] = (uint32_t)kith_rng_below(rng, 3);
    w.offers = (kith_offers){seekers, helpers, w.offset, w.helper, w.value, w.capacity};
    return &w;
}

/** What trying everything finds: the first in lexicographic order of the best. */
typedef struct best {
    uint32_t helper[MOST_SEEKERS], now[MOST_SEEKERS], load[MOST_HELPERS];
    int64_t total;
    uint32_t count;
    bool found;
} best;

static void try_all(const kith_offers *o, uint32_t i, int64_t total, uint32_t count, best *b)
{
    if (i == o->n_seekers) {
        if (!b->found || total > b->total || (total == b->total && count > b->count)) {
            b->found = true;
            b->total = total;
            b->count = count;
            memcpy(b->helper, b->now, sizeof b->now);
        }
        return;
    }
    for (uint64_t p = o->offset[i]; p < o->offset[i + 1]; p++) {
        const uint32_t j = o->helper[p];
        if (b->load[j] == o->capacity[j])
            continue;
        b->load[j]++;
        b->now[i] = j;
        try_all(o, i + 1, total + o->value[p], count + 1, b);
        b->load[j]--;
    }
    b->now[i] = KITH_NO_HELPER;
    try_all(o, i + 1, total, count, b);
}

static kith_assignment assign(const kith_offers *offers)
{
    kith_assignment a;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_assign(offers, NULL, &a, &err), KITH_OK, "%s", err.message);
    return a;
}

Test(assignment, is_the_first_of_the_best_of_all_assignments)
{
    kith_rng rng;

    kith_rng_seed(&rng, 5);
    for (uint32_t round = 0; round < 3000; round++) {
        const uint32_t seekers = (uint32_t)kith_rng_below(&rng, 6),
                       helpers = (uint32_t)kith_rng_below(&rng, 5);
        const uint32_t values = 1 + (uint32_t)kith_rng_below(&rng, 4);
        const world *w = random_world(&rng, seekers, helpers, values, 3 + (uint32_t)kith_rng_below(&rng, 8));
        best b = {0};
        kith_assignment a = assign(&w->offers);

        try_all(&w->offers, 0, 0, 0, &b);
        cr_assert_eq(a.total, b.total, "round %u: %ld instead of %ld", round, a.total, b.total);
        cr_assert_eq(a.n_assigned, b.count);
        for (uint32_t i = 0; i < seekers; i++)
            cr_assert_eq(a.helper[i], b.helper[i], "round %u: seeker %u", round, i);
        kith_assignment_free(&a);
    }
}

/** With one place more at `helper` those who have a helper and the newcomer alone come to the best there is.
 */
static void serves(world *w, uint32_t helper, const kith_assignment *now, const kith_assignment *more)
{
    kith_offers few = w->offers;
    uint64_t offset[MOST_SEEKERS + 1] = {0}, n = 0;
    uint32_t helpers[MOST_SEEKERS * MOST_HELPERS], values[MOST_SEEKERS * MOST_HELPERS];

    cr_assert_eq(now->helper[now->newcomer[helper]], KITH_NO_HELPER);
    for (uint32_t i = 0; i < few.n_seekers; i++) {
        const bool takes_part = now->helper[i] != KITH_NO_HELPER || i == now->newcomer[helper];
        for (uint64_t p = w->offers.offset[i]; takes_part && p < w->offers.offset[i + 1]; p++) {
            helpers[n] = w->offers.helper[p];
            values[n++] = w->offers.value[p];
        }
        offset[i + 1] = n;
    }
    few.offset = offset;
    few.helper = helpers;
    few.value = values;
    w->capacity[helper]++;
    kith_assignment a = assign(&few);
    w->capacity[helper]--;
    cr_assert(a.total == more->total && a.n_assigned == more->n_assigned);
    kith_assignment_free(&a);
}

Test(assignment, gain_is_what_solving_again_with_one_place_more_gives)
{
    kith_rng rng;

    kith_rng_seed(&rng, 6);
    for (uint32_t round = 0; round < 300; round++) {
        const uint32_t helpers = 1 + (uint32_t)kith_rng_below(&rng, 8);
        world *w = random_world(&rng, 1 + (uint32_t)kith_rng_below(&rng, 12), helpers, 5, 5);
        kith_assignment a = assign(&w->offers);

        for (uint32_t j = 0; j < helpers; j++) {
            w->capacity[j]++;
            kith_assignment more = assign(&w->offers);
            w->capacity[j]--;
            cr_assert_eq(a.gain[j], more.total - a.total, "round %u: helper %u", round, j);
            cr_assert_eq(a.newcomer[j] != KITH_NO_SEEKER, more.n_assigned > a.n_assigned,
                         "round %u: helper %u", round, j);
            if (a.newcomer[j] != KITH_NO_SEEKER)
                serves(w, j, &a, &more);
            kith_assignment_free(&more);
        }
        kith_assignment_free(&a);
    }
}

/** The most value by igraph's matching, each helper as often there as they have places. */
static int64_t igraph_total(const kith_offers *o)
{
    igraph_t graph;
    igraph_vector_int_t edges;
    igraph_vector_t weights;
    igraph_vector_bool_t types;
    igraph_real_t total;
    uint32_t place[MOST_HELPERS + 1] = {0};

    for (uint32_t j = 0; j < o->n_helpers; j++)
        place[j + 1] = place[j] + o->capacity[j];
    igraph_vector_int_init(&edges, 0);
    igraph_vector_init(&weights, 0);
    for (uint32_t i = 0; i < o->n_seekers; i++)
        for (uint64_t p = o->offset[i]; p < o->offset[i + 1]; p++)
            for (uint32_t k = place[o->helper[p]]; k < place[o->helper[p] + 1]; k++) {
                igraph_vector_int_push_back(&edges, i);
                igraph_vector_int_push_back(&edges, o->n_seekers + k);
                igraph_vector_push_back(&weights, o->value[p]);
            }
    const igraph_integer_t n = o->n_seekers + place[o->n_helpers];
    igraph_vector_bool_init(&types, n);
    for (igraph_integer_t i = 0; i < n; i++)
        VECTOR(types)[i] = i >= o->n_seekers;
    igraph_create(&graph, &edges, n, false);
    igraph_maximum_bipartite_matching(&graph, &types, NULL, &total, NULL, &weights, 0);
    igraph_destroy(&graph);
    igraph_vector_bool_destroy(&types);
    igraph_vector_destroy(&weights);
    igraph_vector_int_destroy(&edges);
    return (int64_t)total;
}

Test(assignment, is_worth_what_igraph_finds)
{
    kith_rng rng;

    kith_rng_seed(&rng, 7);
    for (uint32_t round = 0; round < 60; round++) {
        const world *w = random_world(&rng, 50 + round % 14, 40 + round % 24, round % 2 ? 1000 : 8,
                                      2 + (uint32_t)kith_rng_below(&rng, 9));
        kith_assignment a = assign(&w->offers);

        cr_assert_eq(a.total, igraph_total(&w->offers), "round %u", round);
        kith_assignment_free(&a);
    }
}

Test(assignment, the_largest_values_do_not_overflow)
{
    const uint64_t offset[] = {0, 2, 4};
    const uint32_t helper[] = {0, 1, 0, 1}, capacity[] = {1, UINT32_MAX};
    const uint32_t value[] = {KITH_PAIR_VALUE_MOST, KITH_PAIR_VALUE_MOST - 1, KITH_PAIR_VALUE_MOST, 1};
    const kith_offers offers = {2, 2, offset, helper, value, capacity};
    kith_assignment a = assign(&offers);

    cr_assert_eq(a.total, 2 * KITH_PAIR_VALUE_MOST - 1);
    cr_assert_eq(a.helper[0], 1);
    cr_assert_eq(a.helper[1], 0);
    kith_assignment_free(&a);
}

static kith_code assign_and_free(void *ctx, kith_err *err)
{
    kith_assignment a;
    kith_code rc = kith_assign(ctx, NULL, &a, err);

    kith_assignment_free(&a);
    return rc;
}

static kith_code assign_stable(void *ctx, kith_err *err)
{
    uint32_t helper[MOST_SEEKERS];

    return kith_assign_stable(ctx, NULL, helper, err);
}

Test(assignment, every_allocation_may_fail)
{
    kith_rng rng;

    kith_rng_seed(&rng, 8);
    world *w = random_world(&rng, 20, 10, 9, 6);
    cr_assert_gt(each_failure(assign_and_free, &w->offers), 10);
    cr_assert_gt(each_failure(assign_stable, &w->offers), 5);
}

static bool stop(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx, (void)phase, (void)done, (void)total;
    return false;
}

Test(assignment, can_be_interrupted)
{
    const kith_progress progress = {stop, NULL};
    const uint64_t offset[] = {0};
    const kith_offers nobody = {.offset = offset};
    kith_assignment a;

    cr_assert_eq(kith_assign(&nobody, &progress, &a, NULL), KITH_EINTERRUPT);
}

/* ---- deferred acceptance ---- */

/** Place of a pair; UINT64_MAX where it is not allowed. */
static uint64_t pair_of(const kith_offers *o, uint32_t i, uint32_t j)
{
    for (uint64_t p = o->offset[i]; p < o->offset[i + 1]; p++)
        if (o->helper[p] == j)
            return p;
    return UINT64_MAX;
}

static bool seeker_prefers(const kith_offers *o, uint64_t p, uint64_t q)
{
    return q == UINT64_MAX || o->value[p] > o->value[q] ||
           (o->value[p] == o->value[q] && o->helper[p] < o->helper[q]);
}

/** Whether helper j would take seeker i, having those whom `helper` says. */
static bool helper_wants(const world *w, const uint32_t *helper, uint32_t i, uint32_t j)
{
    const kith_offers *o = &w->offers;
    const uint64_t p = pair_of(o, i, j);
    uint32_t load = 0;

    for (uint32_t k = 0; k < o->n_seekers; k++)
        if (helper[k] == j) {
            const uint64_t q = pair_of(o, k, j);
            load++;
            if (w->esteem[p] > w->esteem[q] || (w->esteem[p] == w->esteem[q] && i < k))
                return true;
        }
    return load < o->capacity[j];
}

static bool is_stable(const world *w, const uint32_t *helper)
{
    const kith_offers *o = &w->offers;

    for (uint32_t i = 0; i < o->n_seekers; i++)
        for (uint64_t p = o->offset[i]; p < o->offset[i + 1]; p++) {
            const uint64_t now = helper[i] == KITH_NO_HELPER ? UINT64_MAX : pair_of(o, i, helper[i]);
            if (o->helper[p] != helper[i] && seeker_prefers(o, p, now) &&
                helper_wants(w, helper, i, o->helper[p]))
                return false;
        }
    return true;
}

/** Goes through all assignments within capacity and holds each stable one against `got`. */
static void compare_stable(const world *w, uint32_t i, uint32_t *now, uint32_t *load, const uint32_t *got)
{
    const kith_offers *o = &w->offers;

    if (i == o->n_seekers) {
        for (uint32_t k = 0; is_stable(w, now) && k < o->n_seekers; k++)
            if (now[k] != KITH_NO_HELPER && now[k] != got[k]) {
                cr_assert_neq(got[k], KITH_NO_HELPER);
                cr_assert(seeker_prefers(o, pair_of(o, k, got[k]), pair_of(o, k, now[k])));
            }
        return;
    }
    for (uint64_t p = o->offset[i]; p < o->offset[i + 1]; p++)
        if (load[o->helper[p]] < o->capacity[o->helper[p]]) {
            load[o->helper[p]]++;
            now[i] = o->helper[p];
            compare_stable(w, i + 1, now, load, got);
            load[o->helper[p]]--;
        }
    now[i] = KITH_NO_HELPER;
    compare_stable(w, i + 1, now, load, got);
}

static void expect_within_capacity(const kith_offers *o, const uint32_t *helper)
{
    uint32_t load[MOST_HELPERS] = {0};

    for (uint32_t i = 0; i < o->n_seekers; i++)
        if (helper[i] != KITH_NO_HELPER) {
            cr_assert_neq(pair_of(o, i, helper[i]), UINT64_MAX);
            cr_assert_leq(++load[helper[i]], o->capacity[helper[i]]);
        }
}

Test(assignment_stable, no_pair_would_rather_have_each_other)
{
    kith_rng rng;

    kith_rng_seed(&rng, 9);
    for (uint32_t round = 0; round < 400; round++) {
        const world *w = random_world(&rng, (uint32_t)kith_rng_below(&rng, 40),
                                      (uint32_t)kith_rng_below(&rng, 30), 6, 2 + round % 9);
        uint32_t helper[MOST_SEEKERS];

        cr_assert_eq(kith_assign_stable(&w->offers, w->esteem, helper, NULL), KITH_OK);
        expect_within_capacity(&w->offers, helper);
        cr_assert(is_stable(w, helper), "round %u", round);
    }
}

Test(assignment_stable, no_other_stable_assignment_is_better_for_any_seeker)
{
    kith_rng rng;

    kith_rng_seed(&rng, 10);
    for (uint32_t round = 0; round < 500; round++) {
        const world *w =
            random_world(&rng, (uint32_t)kith_rng_below(&rng, 6), (uint32_t)kith_rng_below(&rng, 5), 4, 7);
        uint32_t helper[MOST_SEEKERS], now[MOST_SEEKERS], load[MOST_HELPERS] = {0};

        cr_assert_eq(kith_assign_stable(&w->offers, w->esteem, helper, NULL), KITH_OK);
        compare_stable(w, 0, now, load, helper);
    }
}

/* Requests shared out among introducers: against all ways to do so. */
#include <criterion/criterion.h>
#include <math.h>

#include "analysis/introducer_load.h"
#include "base/rng.h"
#include "each_failure.h"

enum { MOST_REQUESTS = 6, MOST_ROUTES = 36, PEOPLE = 4 };

typedef struct world {
    uint32_t n;
    uint64_t offset[MOST_REQUESTS + 1];
    kith_load_route routes[MOST_ROUTES];
} world;

/** Every request has some routes; a direct tie now and then, and two routes by one introducer. */
static world random_world(kith_rng *rng)
{
    world w = {.n = (uint32_t)kith_rng_below(rng, MOST_REQUESTS + 1)};

    for (uint32_t i = 0; i < w.n; i++) {
        const uint64_t count = kith_rng_below(rng, 6);
        for (uint64_t k = 0; k < count; k++)
            w.routes[w.offset[i] + k] = (kith_load_route){
                kith_rng_below(rng, 9) ? 10 * (uint32_t)kith_rng_below(rng, PEOPLE) : KITH_NO_INTRODUCER,
                100 * (1 + (uint32_t)kith_rng_below(rng, 30))};
        w.offset[i + 1] = w.offset[i] + count;
    }
    return w;
}

/** The greatest sum of chances in whole millionths, trying everything. */
static int64_t best_sum(const world *w, uint32_t i, uint32_t limit, uint32_t *load)
{
    if (i == w->n)
        return 0;
    int64_t best = best_sum(w, i + 1, limit, load);
    for (uint64_t r = w->offset[i]; r < w->offset[i + 1]; r++) {
        const bool direct = w->routes[r].introducer == KITH_NO_INTRODUCER;
        uint32_t *of = &load[direct ? PEOPLE : w->routes[r].introducer / 10];
        if (!direct && *of == limit)
            continue;
        ++*of;
        const int64_t sum = llround(1e6 * exp(w->routes[r].cost / -1000.0)) + best_sum(w, i + 1, limit, load);
        --*of;
        best = sum > best ? sum : best;
    }
    return best;
}

Test(introducer_load, the_sum_of_chances_is_the_greatest_and_nobody_is_asked_too_often)
{
    kith_rng rng;

    kith_rng_seed(&rng, 12);
    for (uint32_t round = 0; round < 1500; round++) {
        const world w = random_world(&rng);
        const uint32_t limit = 1 + (uint32_t)kith_rng_below(&rng, 3);
        kith_load_choice choice[MOST_REQUESTS];
        uint32_t load[PEOPLE + 1] = {0}, asked, met = 0;
        int64_t sum = 0;

        cr_assert_eq(kith_introducer_load(w.n, w.offset, w.routes, limit, NULL, choice, &asked, NULL),
                     KITH_OK);
        for (uint32_t i = 0; i < w.n; i++) {
            if (choice[i].route == UINT32_MAX)
                continue;
            const kith_load_route *route = &w.routes[w.offset[i] + choice[i].route];
            cr_assert_lt(choice[i].route, w.offset[i + 1] - w.offset[i]);
            sum += llround(1e6 * exp(route->cost / -1000.0));
            met++;
            if (route->introducer != KITH_NO_INTRODUCER)
                cr_assert_leq(++load[route->introducer / 10], limit);
        }
        cr_assert_eq(asked, met);
        cr_assert_eq(sum, best_sum(&w, 0, limit, (uint32_t[PEOPLE + 1]){0}), "round %u", round);
        /* Who got another than the first choice did so because the first one has all they can take. */
        for (uint32_t i = 0; i < w.n; i++)
            if (choice[i].first != UINT32_MAX && choice[i].route != choice[i].first) {
                const uint32_t first = w.routes[w.offset[i] + choice[i].first].introducer;
                cr_assert(first != KITH_NO_INTRODUCER && load[first / 10] == limit, "round %u", round);
            }
    }
}

Test(introducer_load, who_loses_least_takes_the_second_choice)
{
    /* Both would ask person 7; the first has hardly anybody else, the second has 8, who is nearly as good. */
    const uint64_t offset[] = {0, 2, 4};
    const kith_load_route routes[] = {{7, 500}, {9, 4000}, {7, 400}, {8, 450}};
    kith_load_choice choice[2];

    cr_assert_eq(kith_introducer_load(2, offset, routes, 1, NULL, choice, NULL, NULL), KITH_OK);
    cr_assert_eq(choice[0].route, 0);
    cr_assert_eq(choice[1].route, 1);
    cr_assert_eq(choice[1].first, 0);
    cr_assert_eq(kith_introducer_load(2, offset, routes, 2, NULL, choice, NULL, NULL), KITH_OK);
    cr_assert_eq(choice[1].route, 0);
}

static kith_code share(void *ctx, kith_err *err)
{
    const world *w = ctx;
    kith_load_choice choice[MOST_REQUESTS];

    return kith_introducer_load(w->n, w->offset, w->routes, 1, NULL, choice, NULL, err);
}

Test(introducer_load, every_allocation_may_fail)
{
    kith_rng rng;
    world w = {0};

    kith_rng_seed(&rng, 13);
    while (w.n < MOST_REQUESTS)
        w = random_world(&rng);
    cr_assert_gt(each_failure(share, &w), 10);
}

/* Who is drawn, which ties, and where people stand. */
#include <criterion/criterion.h>
#include <math.h>

#include <kith/picture.h>

#include "base/mem.h"
#include "each_failure.h"
#include "random_graph.h"
#include "small_net.h"

enum { PEOPLE = 60 };

static small_net *random_net(uint64_t seed)
{
    random_graph g = random_graph_make(seed, PEOPLE);
    small_net *small = small_net_new(g.graph.n);

    for (uint32_t v = 0; v < g.graph.n; v++)
        for (uint64_t e = g.graph.offset[v]; e < g.graph.offset[v + 1]; e++)
            if (g.graph.target[e] > v)
                small_net_tie(small, v, g.graph.target[e], g.graph.cost[e]);
    random_graph_free(&g);
    return small;
}

/** The sum of the strengths of somebody's ties. */
static double strength_of(const kith_net *net, uint32_t id)
{
    kith_tie tie;
    double sum = 0;

    for (uint32_t nth = 0; kith_net_tie_at(net, id, nth, &tie); nth++)
        sum += kith_strength_of_cost(tie.cost);
    return sum;
}

static bool is_drawn(const kith_picture *picture, uint32_t id)
{
    for (uint32_t i = 0; i < picture->n_people; i++)
        if (picture->people[i].id == id)
            return true;
    return false;
}

/** The lowest cost of a tie from person `i` of the picture to somebody in it; UINT32_MAX where there is none.
 */
static uint32_t best_cost(const kith_net *net, const kith_picture *picture, uint32_t i)
{
    uint32_t best = UINT32_MAX;
    kith_tie tie;

    for (uint32_t nth = 0; kith_net_tie_at(net, picture->people[i].id, nth, &tie); nth++)
        if (is_drawn(picture, tie.b) && tie.cost < best)
            best = tie.cost;
    return best;
}

Test(picture, shows_those_most_strongly_tied)
{
    for (uint64_t seed = 0; seed < 30; seed++) {
        small_net *small = random_net(seed);
        const kith_net *net = small_net_open(small);
        kith_picture picture;
        double weakest_in = INFINITY, strongest_out = 0;
        kith_net_summary summary;

        kith_net_summarise(net, &summary);
        cr_assert_eq(kith_draw_picture(net, &(kith_picture_opts){.most_people = 20}, &picture, NULL),
                     KITH_OK);
        cr_assert_leq(picture.n_people, 20u);
        for (uint32_t id = 0; id < summary.people; id++)
            if (is_drawn(&picture, id))
                weakest_in = fmin(weakest_in, strength_of(net, id));
            else
                strongest_out = fmax(strongest_out, strength_of(net, id));
        cr_expect_geq(weakest_in, strongest_out - 1e-12, "seed %lu", seed);
        cr_expect(picture.n_people == 20 || strongest_out == 0, "everyone with ties has room");
        kith_picture_free(&picture);
        small_net_free(small);
    }
}

Test(picture, shows_the_strongest_ties_and_everyones_best)
{
    for (uint64_t seed = 0; seed < 30; seed++) {
        small_net *small = random_net(seed);
        const kith_net *net = small_net_open(small);
        kith_picture all, few;
        uint32_t best[PEOPLE];

        cr_assert_eq(kith_draw_picture(net, &(kith_picture_opts){0}, &all, NULL), KITH_OK);
        cr_assert_eq(kith_draw_picture(net, &(kith_picture_opts){.most_ties = 10}, &few, NULL), KITH_OK);
        cr_assert_eq(all.n_ties, all.ties_between);
        cr_assert_eq(few.ties_between, all.ties_between);
        cr_assert_eq(few.n_people, all.n_people);
        for (uint32_t i = 0; i < few.n_people; i++)
            best[i] = UINT32_MAX;
        for (uint64_t t = 0; t < few.n_ties; t++) {
            const kith_drawn_tie *tie = &few.ties[t];
            best[tie->a] = tie->cost < best[tie->a] ? tie->cost : best[tie->a];
            best[tie->b] = tie->cost < best[tie->b] ? tie->cost : best[tie->b];
            cr_assert(tie->a < tie->b && (t == 0 || tie[-1].a < tie->a || tie[-1].b < tie->b), "in order");
        }
        for (uint32_t i = 0; i < few.n_people; i++)
            cr_expect_eq(best[i], best_cost(net, &few, i), "seed %lu: the best tie of %u", seed, i);
        for (uint64_t t = 0, u = 0; t < all.n_ties; t++) {
            const kith_drawn_tie *tie = &all.ties[t];
            uint64_t before = 0; /* ties that come first: cheaper, or as cheap and earlier */

            for (uint64_t v = 0; v < all.n_ties; v++)
                before += all.ties[v].cost < tie->cost || (all.ties[v].cost == tie->cost && v < t);
            if (u < few.n_ties && few.ties[u].a == tie->a && few.ties[u].b == tie->b)
                u++;
            else
                cr_expect_geq(before, 10u, "seed %lu: tie %lu has a place", seed, t);
        }
        kith_picture_free(&all);
        kith_picture_free(&few);
        small_net_free(small);
    }
}

/** The network drawn with the first so many places of `first` kept. */
static kith_picture drawn_again(const kith_net *net, const kith_picture *first, uint32_t n_kept)
{
    kith_picture again;

    cr_assert_eq(
        kith_draw_picture(net, &(kith_picture_opts){.kept = first->people, .n_kept = n_kept}, &again, NULL),
        KITH_OK);
    cr_assert_eq(again.n_people, first->n_people);
    return again;
}

Test(picture, people_stay_where_they_stood)
{
    for (uint64_t seed = 0; seed < 10; seed++) {
        small_net *small = random_net(seed);
        const kith_net *net = small_net_open(small);
        kith_picture first = {0};

        cr_assert_eq(kith_draw_picture(net, &(kith_picture_opts){0}, &first, NULL), KITH_OK);
        const uint32_t n = first.n_people, most = n - n / 4, few = n / 3;
        kith_picture same = drawn_again(net, &first, n), grown = drawn_again(net, &first, most),
                     afresh = drawn_again(net, &first, few);

        cr_expect_arr_eq(first.people, same.people, n * sizeof *first.people);
        cr_expect_arr_eq(first.people, grown.people, most * sizeof *first.people, "newcomers push nobody");
        for (uint32_t i = most; i < n; i++)
            cr_expect(isfinite(grown.people[i].x) && isfinite(grown.people[i].y));
        cr_expect_arr_eq(first.people, afresh.people, n * sizeof *first.people,
                         "most are new: all begin again");
        kith_picture_free(&first);
        kith_picture_free(&same);
        kith_picture_free(&grown);
        kith_picture_free(&afresh);
        small_net_free(small);
    }
}

Test(picture, those_without_ties_are_not_drawn)
{
    small_net *small = small_net_from_ties(5, (const uint32_t[][2]){{1, 3}}, 1, NULL);
    kith_picture picture;

    small_net_value(small, 1, KITH_FIELD_COMPANY, "Acme");
    cr_assert_eq(kith_draw_picture(small_net_open(small), &(kith_picture_opts){0}, &picture, NULL), KITH_OK);
    cr_assert_eq(picture.n_people, 2);
    cr_expect_eq(picture.people_tied, 2);
    cr_expect(picture.people[0].id == 1 && picture.people[1].id == 3);
    cr_assert_eq(picture.n_communities, 1);
    cr_expect(picture.community[0] == 0 && picture.community[1] == 0);
    cr_expect_str_eq(picture.communities[0], "Acme");
    cr_expect_eq(picture.handover, 357, "-1000 ln 0.7");
    const double apart =
        hypot(picture.people[0].x - picture.people[1].x, picture.people[0].y - picture.people[1].y);
    cr_expect(apart > 0.5 && apart < 2, "a tie is about 1 long: %g", apart);
    kith_picture_free(&picture);
    small_net_free(small);

    small = small_net_new(0);
    cr_assert_eq(kith_draw_picture(small_net_open(small), &(kith_picture_opts){0}, &picture, NULL), KITH_OK);
    cr_expect_eq(picture.n_people, 0);
    kith_picture_free(&picture);
    small_net_free(small);
}

static kith_code attempt_draw(void *ctx, kith_err *err)
{
    kith_picture picture;
    kith_code rc = kith_draw_picture(ctx, &(kith_picture_opts){0}, &picture, err);

    kith_picture_free(&picture);
    return rc;
}

Test(picture, every_failed_allocation_is_told)
{
    small_net *small = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}}, 3, NULL);

    cr_expect_gt(each_failure(attempt_draw, (void *)small_net_open(small)), 10u);
    small_net_free(small);
}

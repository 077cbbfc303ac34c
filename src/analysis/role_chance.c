/*
 * A chance is a number of ways to draw distinct people, in order, over all ways to draw as many. Ways are
 * counted with falling powers: of a group of s people, k can be drawn in s (s - 1) ... (s - k + 1) ways. The
 * broker comes first; h is the number of people in the broker's group, r that of all others.
 */
#include "analysis/role_chance.h"

#include <math.h>

/** x (x - 1) ... (x - k + 1). */
static double falling(double x, int k)
{
    double product = 1;

    for (int i = 0; i < k; i++)
        product *= x - i;
    return product;
}

/** Sums over groups, of the whole network or of all but one group. */
typedef struct sums {
    double of[5];        /**< [k] ways to draw k people of one group; [0], [1] unused */
    double pair_squares; /**< squares of the ways to draw 2 */
} sums;

static void sums_add(sums *s, double people, int times)
{
    for (int k = 2; k < 5; k++)
        s->of[k] += times * falling(people, k);
    s->pair_squares += times * falling(people, 2) * falling(people, 2);
}

/** Ways to draw a, b, c, d with a and b of one group, and c and d of one group. */
static double two_pairs(const sums *s)
{
    return s->of[4] + (s->of[2] * s->of[2] - s->pair_squares);
}

/** Adds the ways with a broker of a group of h people; `others` are the sums over all other groups, of r
 * people. */
static void add_group(double h, double r, const sums *others, kith_role_chance *ways)
{
    kith_role_chance *w = &ways[KITH_ROLE_COORDINATOR];
    w->one += falling(h, 3);
    w->same_first += falling(h, 4);
    w->apart += falling(h, 5);

    w = &ways[KITH_ROLE_ITINERANT];
    w->one += h * others->of[2];
    w->same_first += h * others->of[3];
    w->apart += h * two_pairs(others);

    w = &ways[KITH_ROLE_GATEKEEPER];
    w->one += falling(h, 2) * r;
    w->same_first += falling(h, 3) * r;
    w->same_second += falling(h, 2) * falling(r, 2);
    w->apart += falling(h, 3) * falling(r, 2);

    w = &ways[KITH_ROLE_LIAISON];
    w->one += h * (falling(r, 2) - others->of[2]);
    w->same_first += h * (falling(r, 3) - 2 * others->of[2] * (r - 2) + others->of[3]);
    w->apart += h * (falling(r, 4) - 2 * others->of[2] * falling(r - 2, 2) + two_pairs(others));
}

static double chance(double ways, double people, int drawn)
{
    return people < drawn ? 0 : ways / falling(people, drawn);
}

void kith_role_chances(const uint32_t *people, uint32_t n_groups, kith_role_chance *out)
{
    double n = 0;
    sums all = {0};

    for (int role = 0; role < KITH_ROLE_COUNT; role++)
        out[role] = (kith_role_chance){0};
    for (uint32_t g = 0; g < n_groups; g++) {
        n += people[g];
        sums_add(&all, people[g], 1);
    }
    for (uint32_t g = 0; g < n_groups; g++) {
        sums others = all;
        sums_add(&others, people[g], -1);
        add_group(people[g], n - people[g], &others, out);
    }
    /* Roles that are the same both ways do not care which of the two pairs a shared person is first in. */
    static const kith_role both_ways[] = {KITH_ROLE_COORDINATOR, KITH_ROLE_ITINERANT, KITH_ROLE_LIAISON};
    for (int i = 0; i < 3; i++) {
        kith_role_chance *w = &out[both_ways[i]];
        w->reversed = w->one;
        w->same_second = w->crossing = w->same_first;
    }
    /* A representative is a gatekeeper seen from the other end. */
    out[KITH_ROLE_REPRESENTATIVE] = out[KITH_ROLE_GATEKEEPER];
    out[KITH_ROLE_REPRESENTATIVE].same_first = out[KITH_ROLE_GATEKEEPER].same_second;
    out[KITH_ROLE_REPRESENTATIVE].same_second = out[KITH_ROLE_GATEKEEPER].same_first;
    for (int role = 0; role < KITH_ROLE_COUNT; role++) {
        kith_role_chance *c = &out[role];
        c->one = chance(c->one, n, 3);
        c->reversed = chance(c->reversed, n, 3);
        c->same_first = chance(c->same_first, n, 4);
        c->same_second = chance(c->same_second, n, 4);
        c->crossing = chance(c->crossing, n, 4);
        c->apart = chance(c->apart, n, 5);
    }
}

void kith_role_expect(const kith_role_chance *chance, const kith_open_pairs *pairs, kith_role role,
                      double *expected, double *z)
{
    /* Below this share of the square of the pairs, variance is what rounding leaves of nothing. */
    static const double nothing = 1e-12;
    const double p = chance->one, square = p * p;
    double count = 0;

    for (int r = 0; r < KITH_ROLE_COUNT; r++)
        count += (double)pairs->role[r];
    const double apart =
        count * count - count - pairs->reversed - pairs->same_first - pairs->same_second - pairs->crossing;
    const double variance = count * (p - square) + pairs->reversed * (chance->reversed - square) +
                            pairs->same_first * (chance->same_first - square) +
                            pairs->same_second * (chance->same_second - square) +
                            pairs->crossing * (chance->crossing - square) + apart * (chance->apart - square);

    *expected = count * p;
    *z = variance > nothing * count * count ? ((double)pairs->role[role] - *expected) / sqrt(variance) : NAN;
}

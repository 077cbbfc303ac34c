#include <criterion/criterion.h>
#include <omp.h>
#include <string.h>

#include "base/parallel.h"
#include "base/rng.h"

/* The numbers below come from the published algorithms, computed with Python's integers. */

Test(rng, xoshiro_from_the_state_1_2_3_4)
{
    static const uint64_t expected[] = {11520,
                                        0,
                                        1509978240,
                                        1215971899390074240,
                                        1216172134540287360,
                                        607988272756665600,
                                        16172922978634559625u,
                                        8476171486693032832};
    kith_rng rng = {{1, 2, 3, 4}};

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        cr_assert_eq(kith_rng_next(&rng), expected[i]);
}

Test(rng, a_seed_is_spread_by_splitmix64)
{
    kith_rng rng;

    kith_rng_seed(&rng, 1234567);
    cr_assert_eq(rng.state[0], 6457827717110365317u);
    cr_assert_eq(rng.state[1], 3203168211198807973u);
    cr_assert_eq(rng.state[2], 9817491932198370423u);
    cr_assert_eq(rng.state[3], 4593380528125082431u);
    kith_rng_seed(&rng, 0);
    cr_assert_eq(kith_rng_next(&rng), 11091344671253066420u);
    kith_rng_seed(&rng, 42);
    cr_assert_eq(kith_rng_next(&rng), 1546998764402558742u);
}

Test(rng, below_is_even)
{
    enum { BOUND = 7, DRAWS = 70000 };
    kith_rng rng;
    uint32_t seen[BOUND] = {0};
    double chi_square = 0;

    kith_rng_seed(&rng, 3);
    for (int i = 0; i < DRAWS; i++) {
        uint64_t x = kith_rng_below(&rng, BOUND);
        cr_assert_lt(x, BOUND);
        seen[x]++;
    }
    for (int i = 0; i < BOUND; i++) {
        double off = seen[i] - (double)DRAWS / BOUND;
        chi_square += off * off / ((double)DRAWS / BOUND);
    }
    cr_assert_lt(chi_square, 22.46); /* 6 degrees of freedom, p = 0.001 */
    cr_assert_eq(kith_rng_below(&rng, 1), 0);
    /* Two thirds of 2^64: taken modulo, the lower half would come up twice as often. */
    uint64_t bound = UINT64_MAX / 3 * 2;
    uint32_t low = 0;
    for (int i = 0; i < DRAWS; i++)
        low += kith_rng_below(&rng, bound) < bound / 2;
    cr_assert(low > DRAWS * 0.49 && low < DRAWS * 0.51);
}

Test(rng, unit_lies_in_0_to_1_around_a_half)
{
    enum { DRAWS = 100000 };
    kith_rng rng;
    double sum = 0;

    kith_rng_seed(&rng, 5);
    for (int i = 0; i < DRAWS; i++) {
        double u = kith_rng_unit(&rng);
        cr_assert(u >= 0 && u < 1);
        sum += u;
    }
    cr_assert_float_eq(sum / DRAWS, 0.5, 0.005);
    kith_rng highest = {{0, 0, 0, 0}};
    cr_assert_eq(kith_rng_unit(&highest), 0);
}

Test(parallel, lanes_share_all_items_in_order_and_evenly)
{
    static const uint64_t counts[] = {0, 1, 15, 16, 17, 1000003, UINT64_MAX};

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        uint64_t share = counts[i] / KITH_LANES;
        cr_assert_eq(kith_lane_begin(counts[i], 0), 0);
        cr_assert_eq(kith_lane_begin(counts[i], KITH_LANES), counts[i]);
        for (uint32_t lane = 0; lane < KITH_LANES; lane++) {
            uint64_t size = kith_lane_begin(counts[i], lane + 1) - kith_lane_begin(counts[i], lane);
            cr_assert(size == share || size == share + 1);
        }
    }
}

enum { ITEMS = 100000 };

static bool sum_lane(void *ctx, uint32_t lane)
{
    double *lane_sum = ctx;

    for (uint64_t i = kith_lane_begin(ITEMS, lane); i < kith_lane_begin(ITEMS, lane + 1); i++)
        lane_sum[lane] += 1.0 / (double)(i + 1);
    return true;
}

Test(parallel, a_sum_has_the_same_bytes_on_1_and_8_threads)
{
    double lane_sum[2][KITH_LANES] = {{0}};
    double sum = 0;

    omp_set_num_threads(1);
    cr_assert_eq(kith_thread_count(), 1);
    cr_assert(kith_parallel_lanes(sum_lane, lane_sum[0]));
    omp_set_num_threads(8);
    cr_assert_eq(kith_thread_count(), 8);
    cr_assert(kith_parallel_lanes(sum_lane, lane_sum[1]));
    cr_assert_eq(memcmp(lane_sum[0], lane_sum[1], sizeof lane_sum[0]), 0);
    for (uint32_t lane = 0; lane < KITH_LANES; lane++)
        sum += lane_sum[0][lane];
    cr_assert_float_eq(sum, 12.0901461298634, 1e-9); /* ln n + Euler's constant + 1/2n - 1/12n^2 */
}

static bool fail_in_lane(void *ctx, uint32_t lane)
{
    return lane != *(uint32_t *)ctx;
}

Test(parallel, one_failed_lane_fails_the_whole)
{
    for (uint32_t bad = 0; bad < KITH_LANES; bad++)
        cr_assert_not(kith_parallel_lanes(fail_in_lane, &bad));
    cr_assert(kith_parallel_lanes(fail_in_lane, &(uint32_t){KITH_LANES}));
}

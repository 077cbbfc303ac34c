#include <criterion/criterion.h>

#include "base/mem.h"
#include "base/parts.h"
#include "base/rng.h"

#define KEYS 100000
#define ROWS 30000

/** Row `i` of the input: any key, and the row's own number. */
static uint32_t keys[ROWS];

static bool count_lane(void *ctx, uint32_t lane)
{
    for (uint64_t i = kith_lane_begin(ROWS, lane); i < kith_lane_begin(ROWS, lane + 1); i++)
        kith_parts_count(ctx, lane, keys[i]);
    return true;
}

static bool put_lane(void *ctx, uint32_t lane)
{
    for (uint64_t i = kith_lane_begin(ROWS, lane); i < kith_lane_begin(ROWS, lane + 1); i++)
        kith_parts_put(ctx, lane, keys[i], (uint32_t)i);
    return true;
}

Test(parts, hold_every_row_once_by_ranges_of_keys_and_keep_their_order)
{
    static bool met[ROWS];
    kith_parts parts;
    kith_rng rng;

    kith_rng_seed(&rng, 3);
    for (uint32_t i = 0; i < ROWS; i++)
        keys[i] = (uint32_t)kith_rng_below(&rng, i % 2 ? KEYS : 7); /* half of all have a few keys */
    cr_assert(kith_parts_new(KEYS, &parts));
    cr_assert(kith_parallel_lanes(count_lane, &parts));
    cr_assert_eq(kith_parts_place(&parts), ROWS);
    parts.rows = kith_alloc_array(ROWS, sizeof *parts.rows);
    cr_assert(parts.rows);
    cr_assert(kith_parallel_lanes(put_lane, &parts));
    uint32_t highest = 0;
    for (uint32_t part = 0; part < KITH_PARTS; part++) {
        const uint32_t least = part == 0 ? 0 : highest;
        for (uint64_t i = parts.begin[part]; i < parts.begin[part + 1]; i++) {
            const uint32_t key = (uint32_t)(parts.rows[i] >> 32), row = (uint32_t)parts.rows[i];
            cr_assert_eq(keys[row], key);
            cr_assert(!met[row]);
            met[row] = true;
            cr_assert(part == 0 || key > least, "keys of a part are above those of all before");
            cr_assert(i == parts.begin[part] || (uint32_t)parts.rows[i - 1] < row);
            highest = key > highest ? key : highest;
        }
    }
    kith_free(parts.rows);
    kith_parts_free(&parts);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(parts, are_empty_where_there_are_no_rows)
{
    kith_parts parts;

    cr_assert(kith_parts_new(0, &parts));
    cr_assert_eq(kith_parts_place(&parts), 0);
    kith_parts_free(&parts);
    cr_assert(kith_parts_new(UINT32_MAX, &parts));
    kith_parts_count(&parts, 0, UINT32_MAX - 1);
    cr_assert_eq(kith_parts_place(&parts), 1);
    kith_parts_free(&parts);
}

#include <criterion/criterion.h>

#include "base/mem.h"
#include "base/rng.h"
#include "each_failure.h"
#include "graph/cost_queue.h"

#define ENTRIES 2000

/** Pushes and pops in a random mix; costs lie up to `reach` above the one taken out last. */
static void mix(uint64_t seed, uint64_t reach)
{
    kith_cost_queue queue = {0};
    uint64_t cost_of[ENTRIES];
    bool inside[ENTRIES] = {false};
    uint64_t latest = 0;
    uint32_t pushed = 0;
    kith_rng rng;

    kith_rng_seed(&rng, seed);
    while (pushed < ENTRIES || queue.count > 0) {
        if (pushed < ENTRIES && (queue.count == 0 || kith_rng_below(&rng, 5) < 3)) {
            cost_of[pushed] = latest + kith_rng_below(&rng, reach);
            inside[pushed] = true;
            cr_assert(kith_cost_queue_push(&queue, cost_of[pushed], pushed));
            pushed++;
            continue;
        }
        kith_queued entry;
        cr_assert(kith_cost_queue_pop(&queue, &entry));
        cr_assert(inside[entry.person]);
        cr_assert_eq(entry.cost, cost_of[entry.person]);
        inside[entry.person] = false;
        latest = entry.cost;
        for (uint32_t i = 0; i < pushed; i++)
            cr_assert(!inside[i] || cost_of[i] >= latest, "seed %lu: %u left behind", seed, i);
    }
    kith_cost_queue_free(&queue);
}

Test(cost_queue, gives_the_cheapest_first)
{
    for (uint64_t seed = 0; seed < 6; seed++) {
        mix(seed, 3);
        mix(seed, 5000);
        mix(seed, (uint64_t)1 << 50);
    }
}

Test(cost_queue, holds_the_largest_costs)
{
    kith_cost_queue queue = {0};
    kith_queued entry;

    cr_assert(kith_cost_queue_push(&queue, UINT64_MAX, 2));
    cr_assert(kith_cost_queue_push(&queue, UINT64_MAX - 1, 1));
    cr_assert(kith_cost_queue_push(&queue, 0, 0));
    for (uint32_t i = 0; i < 3; i++) {
        cr_assert(kith_cost_queue_pop(&queue, &entry));
        cr_expect_eq(entry.person, i);
    }
    cr_expect_eq(queue.count, 0);
    kith_cost_queue_free(&queue);
}

static kith_code fill_and_empty(void *ctx, kith_err *err)
{
    kith_cost_queue queue = {0};
    kith_queued entry;
    bool ok = true;

    (void)ctx;
    for (uint32_t i = 0; ok && i < 20; i++)
        ok = kith_cost_queue_push(&queue, 100 + 3 * (uint64_t)i, i);
    while (ok && queue.count > 0)
        ok = kith_cost_queue_pop(&queue, &entry);
    kith_cost_queue_free(&queue);
    return ok ? KITH_OK : kith_fail_memory(err, "queue");
}

Test(cost_queue, every_failed_allocation_is_told)
{
    cr_expect_gt(each_failure(fill_and_empty, NULL), 0);
}

/* Many pairs compared, on all threads; most of the time of comparing goes to waiting for memory. */
#include "base/parallel.h"
#include "people/graded.h"

/** Pairs that are asked for from memory before they are compared. */
#define AHEAD ((size_t)8)

static void ask_for(const kith_profiles *profiles, uint32_t person, bool values)
{
    const uint32_t *offset = &profiles->offset[(size_t)person * KITH_VALUE_KIND_COUNT];

    if (values)
        __builtin_prefetch(&profiles->values[*offset]);
    else
        __builtin_prefetch(offset);
}

void kith_profiles_ask_ahead(const kith_profiles *profiles, const kith_keyed *pair, size_t stride,
                             size_t left)
{
    if (left > 2 * AHEAD) {
        ask_for(profiles, pair[2 * AHEAD * stride].key, false);
        ask_for(profiles, pair[2 * AHEAD * stride].value, false);
    }
    if (left > AHEAD) {
        ask_for(profiles, pair[AHEAD * stride].key, true);
        ask_for(profiles, pair[AHEAD * stride].value, true);
    }
}

/** Pairs that are compared. */
typedef struct comparing {
    const kith_profiles *profiles;
    const kith_keyed *pairs;
    size_t n, stride;
    kith_comparison *out;
} comparing;

static bool compare_lane(void *ctx, uint32_t lane)
{
    const comparing *job = ctx;
    const size_t end = kith_lane_begin(job->n, lane + 1);

    for (size_t i = kith_lane_begin(job->n, lane); i < end; i++) {
        const kith_keyed *pair = &job->pairs[i * job->stride];
        kith_profiles_ask_ahead(job->profiles, pair, job->stride, end - i);
        kith_profiles_compare(job->profiles, pair->key, pair->value, &job->out[i]);
    }
    return true;
}

void kith_profiles_compare_all(const kith_profiles *profiles, const kith_keyed *pairs, size_t n,
                               size_t stride, kith_comparison *out)
{
    comparing job = {profiles, pairs, n, stride, out};

    (void)kith_parallel_lanes(compare_lane, &job);
}

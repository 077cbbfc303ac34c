/** @file
 * The one generator of pseudo-random numbers: the same seed gives the same numbers everywhere.
 */
#ifndef KITH_BASE_RNG_H
#define KITH_BASE_RNG_H

#include <stdint.h>

/** State of xoshiro256** (Blackman & Vigna 2021, doi:10.1145/3460772). */
typedef struct kith_rng {
    uint64_t state[4];
} kith_rng;

/** Any seed is fine, 0 too: it is spread by splitmix64. */
void kith_rng_seed(kith_rng *rng, uint64_t seed);

uint64_t kith_rng_next(kith_rng *rng);

/** Uniform in 0..bound-1, without bias; bound > 0. */
uint64_t kith_rng_below(kith_rng *rng, uint64_t bound);

/** Uniform in [0, 1), 53 bits. */
double kith_rng_unit(kith_rng *rng);

#endif

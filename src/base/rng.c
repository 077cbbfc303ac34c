#include "base/rng.h"

static uint64_t rotate_left(uint64_t x, uint32_t bits)
{
    return (x << bits) | (x >> (64 - bits));
}

/** One step of splitmix64 (Steele, Lea & Flood 2014, doi:10.1145/2714064.2660195). */
static uint64_t split_mix(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

void kith_rng_seed(kith_rng *rng, uint64_t seed)
{
    for (uint32_t i = 0; i < 4; i++)
        rng->state[i] = split_mix(&seed);
}

uint64_t kith_rng_next(kith_rng *rng)
{
    uint64_t *s = rng->state;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate_left(s[3], 45);
    return result;
}

uint64_t kith_rng_below(kith_rng *rng, uint64_t bound)
{
    /* The lowest 2^64 mod bound values are thrown away, so every remainder is left equally often. */
    uint64_t unfair = (0 - bound) % bound;
    uint64_t x;

    do
        x = kith_rng_next(rng);
    while (x < unfair);
    return x % bound;
}

double kith_rng_unit(kith_rng *rng)
{
    return (double)(kith_rng_next(rng) >> 11) * 0x1p-53;
}

/** @file
 * Seeded random networks of any size with the uneven degrees that real ones have.
 */
#ifndef KITH_BENCH_RMAT_H
#define KITH_BENCH_RMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rng.h"

/**
 * A stream of ties: R-MAT with quadrants .57, .19, .19, .05, and 8 ties for each person, so 16
 * ends. People are numbered in a random order. Ties may repeat and may lead to oneself.
 * @source Chakrabarti, Zhan & Faloutsos 2004, doi:10.1137/1.9781611972740.43
 */
typedef struct rmat {
    kith_rng rng;
    uint32_t people;
    uint32_t levels; /**< 2^levels is people or more */
    uint32_t *name;  /**< [people] a permutation */
} rmat;

/** How many people there are for so many ties. */
uint64_t rmat_people(uint64_t ties);

/** Ids that say nothing about the order of people: multiplying by an odd number is one to one. */
static inline uint32_t rmat_scrambled(uint32_t person)
{
    return person * 0x9e3779b1U;
}

/** @param ties  how many will be asked for. @return false when out of memory. */
bool rmat_begin(rmat *r, uint64_t ties, uint64_t seed);

/** The next tie. */
void rmat_next(rmat *r, uint32_t *a, uint32_t *b);

void rmat_end(rmat *r);

#endif

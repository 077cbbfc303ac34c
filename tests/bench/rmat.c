#include "rmat.h"

#include "base/mem.h"

#define TIES_PER_PERSON 8

uint64_t rmat_people(uint64_t ties)
{
    return ties / TIES_PER_PERSON + 1;
}

bool rmat_begin(rmat *r, uint64_t ties, uint64_t seed)
{
    uint64_t people = rmat_people(ties);

    *r = (rmat){.people = (uint32_t)people};
    r->name = kith_alloc_array(people, sizeof *r->name);
    if (people > UINT32_MAX || !r->name)
        return false;
    while (((uint64_t)1 << r->levels) < people)
        r->levels++;
    kith_rng_seed(&r->rng, seed);
    for (uint32_t i = 0; i < r->people; i++) {
        uint32_t j = (uint32_t)kith_rng_below(&r->rng, (uint64_t)i + 1);
        r->name[i] = r->name[j];
        r->name[j] = i;
    }
    return true;
}

/** One cell of the square of 2^levels people each way, perhaps outside of `people`. */
static void draw(rmat *r, uint64_t *row, uint64_t *column)
{
    *row = *column = 0;
    for (uint32_t level = 0; level < r->levels; level++) {
        uint64_t percent = kith_rng_next(&r->rng) % 100;
        *row = 2 * *row + (percent >= 57 + 19);
        *column = 2 * *column + ((percent >= 57 && percent < 57 + 19) || percent >= 57 + 19 + 19);
    }
}

void rmat_next(rmat *r, uint32_t *a, uint32_t *b)
{
    uint64_t row;
    uint64_t column;

    do
        draw(r, &row, &column);
    while (row >= r->people || column >= r->people);
    *a = r->name[row];
    *b = r->name[column];
}

void rmat_end(rmat *r)
{
    kith_free(r->name);
    r->name = NULL;
}

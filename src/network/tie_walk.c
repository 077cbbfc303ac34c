#include "network/tie_walk.h"

#include <stdlib.h>

#include "base/mem.h"

static uint64_t pair_of(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static uint64_t pair_of_relation(const kith_relation *relation)
{
    return pair_of(relation->a, relation->b);
}

static int compare_paired(const void *left, const void *right)
{
    const kith_paired *x = left, *y = right;

    if (x->pair != y->pair)
        return x->pair < y->pair ? -1 : 1;
    return (x->pairing > y->pairing) - (x->pairing < y->pairing);
}

kith_code kith_related_new(const kith_people *people, kith_related *related, kith_err *err)
{
    *related = (kith_related){.people = people,
                              .paired = kith_alloc_array(people->n_pairings, sizeof *related->paired)};
    if (!related->paired)
        return kith_fail_memory(err, "ties");
    for (size_t i = 0; i < people->n_pairings; i++) {
        const kith_pairing *pairing = &people->pairings[i];
        if (pairing->status != KITH_MENTORSHIP_PENDING) /* one that waits to begin ties nobody yet */
            related->paired[related->n_paired++] =
                (kith_paired){pair_of(pairing->mentor, pairing->mentee), pairing};
    }
    qsort(related->paired, related->n_paired, sizeof *related->paired, compare_paired);
    return KITH_OK;
}

void kith_related_free(kith_related *related)
{
    kith_free(related->paired);
    *related = (kith_related){0};
}

/** The pair of row `i` of one of the parts. */
typedef uint64_t pair_at(const kith_related *related, size_t i);

static uint64_t pair_of_tie_at(const kith_related *related, size_t i)
{
    return related->people->ties[i];
}

static uint64_t pair_of_relation_at(const kith_related *related, size_t i)
{
    return pair_of_relation(&related->people->relations[i]);
}

static uint64_t pair_of_paired_at(const kith_related *related, size_t i)
{
    return related->paired[i].pair;
}

/** How many of the `count` rows of a part stand before those of a lower person. */
static size_t rows_before(const kith_related *related, pair_at *at, size_t count, uint32_t person)
{
    const uint64_t pair = (uint64_t)person << 32;
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (at(related, middle) < pair)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t ties_before(const kith_related *related, uint32_t person)
{
    return rows_before(related, pair_of_tie_at, related->people->n_ties, person);
}

static size_t relations_before(const kith_related *related, uint32_t person)
{
    return rows_before(related, pair_of_relation_at, related->people->n_relations, person);
}

static size_t paired_before(const kith_related *related, uint32_t person)
{
    return rows_before(related, pair_of_paired_at, related->n_paired, person);
}

uint32_t kith_related_split(const kith_related *related, uint32_t share, uint32_t shares)
{
    const kith_people *people = related->people;
    const size_t all = people->n_ties + people->n_relations + related->n_paired;
    const size_t wanted = all / shares * share + all % shares * share / shares;
    uint32_t low = 0, high = people->n;

    if (share == shares)
        return people->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ties_before(related, middle) + relations_before(related, middle) +
                paired_before(related, middle) <
            wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void look_ahead(kith_tie_walk *walk)
{
    walk->next_relation =
        walk->relation < walk->relations_end ? pair_of_relation(walk->relation) : UINT64_MAX;
    walk->next_paired = walk->paired < walk->paired_end ? walk->paired->pair : UINT64_MAX;
}

kith_tie_walk kith_tie_walk_begin(const kith_yardstick *with, const kith_related *related, uint32_t begin,
                                  uint32_t end)
{
    const kith_people *people = related->people;
    kith_tie_walk walk = {.with = with,
                          .tie = people->ties + ties_before(related, begin),
                          .ties_end = people->ties + ties_before(related, end),
                          .relation = people->relations + relations_before(related, begin),
                          .relations_end = people->relations + relations_before(related, end),
                          .paired = related->paired + paired_before(related, begin),
                          .paired_end = related->paired + paired_before(related, end)};

    look_ahead(&walk);
    return walk;
}

void kith_tie_walk_gather(kith_tie_walk *walk)
{
    if (walk->more)
        return;
    kith_gathered_clear(&walk->gathered);
    kith_gather_stated(walk->stated, &walk->gathered);
}

/** Gathers all but what is stated and no more of the pair at hand. */
static void gather_more(kith_tie_walk *walk, uint64_t pair)
{
    kith_gathered_clear(&walk->gathered);
    for (; walk->relation < walk->relations_end && pair_of_relation(walk->relation) == pair; walk->relation++)
        kith_gather_relation(walk->with, walk->relation, &walk->gathered);
    for (; walk->paired < walk->paired_end && walk->paired->pair == pair; walk->paired++)
        kith_gather_pairing(walk->with, walk->paired->pairing, &walk->gathered);
    if (walk->stated)
        kith_gather_stated(walk->stated, &walk->gathered);
    look_ahead(walk);
}

bool kith_tie_walk_next(kith_tie_walk *walk)
{
    do {
        uint64_t more = walk->next_relation < walk->next_paired ? walk->next_relation : walk->next_paired;
        uint64_t pair = walk->tie < walk->ties_end && *walk->tie < more ? *walk->tie : more;
        if (pair == UINT64_MAX)
            return false;
        walk->a = (uint32_t)(pair >> 32);
        walk->b = (uint32_t)pair;
        for (walk->stated = 0; walk->tie < walk->ties_end && *walk->tie == pair; walk->tie++)
            walk->stated += walk->stated < UINT32_MAX;
        if ((walk->more = pair == more))
            gather_more(walk, pair);
    } while (walk->more && !kith_gathered_makes_tie(&walk->gathered));
    return true;
}

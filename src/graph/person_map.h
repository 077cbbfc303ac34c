/** @file
 * A number for each of some people, where they are few beside everyone.
 */
#ifndef KITH_GRAPH_PERSON_MAP_H
#define KITH_GRAPH_PERSON_MAP_H

#include <stdbool.h>
#include <stdint.h>

/** One person's place in the table. */
typedef struct kith_person_slot {
    uint32_t person; /**< UINT32_MAX where the slot is free */
    uint32_t number;
} kith_person_slot;

/** Open addressing, at most half full. Zeroed is empty. */
typedef struct kith_person_map {
    kith_person_slot *slots;
    uint32_t bits; /**< there are 2^bits slots; 0: none */
    uint32_t count;
} kith_person_map;

/** Where the search for a person begins: by Fibonacci hashing, as ids come in runs. */
static inline uint32_t kith_person_slot_of(const kith_person_map *map, uint32_t person)
{
    return person * UINT32_C(2654435769) >> (32 - map->bits);
}

/** The person's number, or UINT32_MAX where they have none. */
static inline uint32_t kith_person_map_get(const kith_person_map *map, uint32_t person)
{
    if (map->bits == 0)
        return UINT32_MAX;
    uint32_t mask = (UINT32_C(1) << map->bits) - 1;
    uint32_t at = kith_person_slot_of(map, person);
    while (map->slots[at].person != person) {
        if (map->slots[at].person == UINT32_MAX)
            return UINT32_MAX;
        at = (at + 1) & mask;
    }
    return map->slots[at].number;
}

/** Gives a person a number, also in place of one they have. @return false when out of memory. */
bool kith_person_map_put(kith_person_map *map, uint32_t person, uint32_t number);

/** Forgets everyone and keeps the memory. */
void kith_person_map_clear(kith_person_map *map);

void kith_person_map_free(kith_person_map *map);

#endif

#include "graph/person_map.h"

#include <string.h>

#include "base/mem.h"

#define FIRST_BITS 6
#define MOST_BITS 31

static void place(kith_person_map *map, kith_person_slot slot)
{
    uint32_t mask = (UINT32_C(1) << map->bits) - 1;
    uint32_t at = kith_person_slot_of(map, slot.person);

    while (map->slots[at].person != UINT32_MAX && map->slots[at].person != slot.person)
        at = (at + 1) & mask;
    map->count += map->slots[at].person == UINT32_MAX;
    map->slots[at] = slot;
}

void kith_person_map_clear(kith_person_map *map)
{
    map->count = 0;
    if (map->slots)
        memset(map->slots, 0xff, sizeof *map->slots << map->bits);
}

static bool grow(kith_person_map *map)
{
    const kith_person_map old = *map;
    uint32_t bits = old.bits ? old.bits + 1 : FIRST_BITS;

    if (bits > MOST_BITS)
        return false;
    kith_person_slot *slots = kith_alloc_array((size_t)1 << bits, sizeof *slots);
    if (!slots)
        return false;
    *map = (kith_person_map){.slots = slots, .bits = bits};
    kith_person_map_clear(map);
    for (size_t i = 0; old.slots && i < (size_t)1 << old.bits; i++)
        if (old.slots[i].person != UINT32_MAX)
            place(map, old.slots[i]);
    kith_free(old.slots);
    return true;
}

bool kith_person_map_put(kith_person_map *map, uint32_t person, uint32_t number)
{
    if ((map->bits == 0 || map->count >= UINT32_C(1) << (map->bits - 1)) && !grow(map))
        return false;
    place(map, (kith_person_slot){person, number});
    return true;
}

void kith_person_map_free(kith_person_map *map)
{
    kith_free(map->slots);
    *map = (kith_person_map){0};
}

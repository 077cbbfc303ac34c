#include "base/parts.h"

#include "base/mem.h"

bool kith_parts_new(uint32_t keys, kith_parts *parts)
{
    *parts = (kith_parts){.place = kith_calloc(KITH_LANES, sizeof *parts->place)};
    while (keys > 0 && (keys - 1) >> parts->shift >= KITH_PARTS)
        parts->shift++;
    return parts->place != NULL;
}

void kith_parts_free(kith_parts *parts)
{
    kith_free(parts->place);
    *parts = (kith_parts){0};
}

uint64_t kith_parts_place(kith_parts *parts)
{
    uint64_t before = 0;

    for (uint32_t part = 0; part < KITH_PARTS; part++) {
        parts->begin[part] = before;
        for (uint32_t lane = 0; lane < KITH_LANES; lane++) {
            const uint64_t count = parts->place[lane][part];
            parts->place[lane][part] = before;
            before += count;
        }
    }
    return parts->begin[KITH_PARTS] = before;
}

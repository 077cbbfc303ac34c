#include "network/mirror.h"

#include "base/mem.h"

static kith_code out_of_memory(kith_err *err)
{
    return kith_fail_memory(err, "ties");
}

kith_code kith_mirror_new(uint32_t n, kith_mirror *mirror, kith_err *err)
{
    *mirror = (kith_mirror){.place = kith_calloc(KITH_LANES, sizeof *mirror->place)};
    while (n > 0 && (n - 1) >> mirror->shift >= KITH_MIRROR_PARTS)
        mirror->shift++;
    return mirror->place ? KITH_OK : out_of_memory(err);
}

void kith_mirror_free(kith_mirror *mirror)
{
    kith_free(mirror->rows);
    kith_free(mirror->place);
    *mirror = (kith_mirror){0};
}

kith_code kith_mirror_make_room(kith_mirror *mirror, kith_err *err)
{
    uint64_t before = 0;

    for (uint32_t part = 0; part < KITH_MIRROR_PARTS; part++) {
        for (uint32_t lane = 0; lane < KITH_LANES; lane++) {
            const uint64_t count = mirror->place[lane][part];
            mirror->place[lane][part] = before;
            before += count;
        }
        mirror->end[part] = before;
    }
    mirror->rows = kith_alloc_array(before, sizeof *mirror->rows);
    return mirror->rows ? KITH_OK : out_of_memory(err);
}

#include "base/radix.h"

#include <string.h>

#include "base/mem.h"

enum { BITS = 11, DIGITS = 1 << BITS, PASSES = 3 };

static uint32_t digit(kith_keyed row, uint32_t pass)
{
    return row.key >> BITS * pass & (DIGITS - 1);
}

bool kith_radix_sort(kith_keyed *rows, size_t count)
{
    kith_keyed *from = rows, *to = kith_alloc_array(count, sizeof *to), *spare = to;

    if (!to)
        return false;
    for (uint32_t pass = 0; pass < PASSES; pass++) {
        size_t place[DIGITS] = {0};
        for (size_t i = 0; i < count; i++)
            place[digit(from[i], pass)]++;
        if (count == 0 || place[digit(from[0], pass)] == count)
            continue; /* all the same: nothing moves */
        for (size_t d = 0, next = 0; d < DIGITS; d++) {
            size_t here = place[d];
            place[d] = next;
            next += here;
        }
        for (size_t i = 0; i < count; i++)
            to[place[digit(from[i], pass)]++] = from[i];
        kith_keyed *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != rows)
        memcpy(rows, from, count * sizeof *rows);
    kith_free(spare);
    return true;
}

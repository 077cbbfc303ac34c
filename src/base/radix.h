/** @file
 * Sorting by numbers, in a few passes over the rows, on all threads.
 */
#ifndef KITH_BASE_RADIX_H
#define KITH_BASE_RADIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A key and what it stands for. */
typedef struct kith_keyed {
    uint32_t key;
    uint32_t value;
} kith_keyed;

/** The same for long keys. */
typedef struct kith_long_keyed {
    uint64_t key;
    uint64_t value;
} kith_long_keyed;

/**
 * Sorts by rising key; what has the same key keeps its order.
 * @return false when out of memory; the rows are then unchanged.
 * @cost O(count) time for each 11 bits in which keys differ, one reading where they rise already; as many
 *       rows again of memory.
 */
bool kith_radix_sort(kith_keyed *rows, size_t count);

bool kith_radix_sort_long(kith_long_keyed *rows, size_t count);

/** The same for numbers that stand for themselves. */
bool kith_radix_sort_numbers(uint64_t *numbers, size_t count);

/** A signed number as a key in the same order. */
static inline uint32_t kith_radix_signed(int32_t number)
{
    return (uint32_t)number ^ UINT32_C(0x80000000);
}

/** The number of which that is the key. */
static inline int32_t kith_radix_number(uint32_t key)
{
    return (int32_t)(key ^ UINT32_C(0x80000000));
}

#endif

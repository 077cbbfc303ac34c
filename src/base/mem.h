/** @file
 * Allocation as kith/memory.h has it, and the switches tests use on it.
 */
#ifndef KITH_BASE_MEM_H
#define KITH_BASE_MEM_H

#include <stdbool.h>
#include <stdint.h>

#include <kith/memory.h>

/** `count` uninitialised elements of `size` bytes; NULL when out of memory or on overflow. */
void *kith_alloc_array(size_t count, size_t size);

/**
 * Room for `need` elements of `size` bytes in a growing array: doubles `*capacity` as needed.
 * @return false when out of memory; the array is then unchanged.
 */
bool kith_grow(void **array, size_t *capacity, size_t need, size_t size);

/** Lets the next `n` allocations pass and fails every one after them; UINT64_MAX switches this off. */
void kith_mem_fail_after(uint64_t n);

/** Allocations not yet freed, in the whole process. */
uint64_t kith_mem_live(void);

#endif

/** @file
 * Sorting many texts by their bytes.
 */
#ifndef KITH_BASE_TEXT_ORDER_H
#define KITH_BASE_TEXT_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The order that strcmp gives; equal texts keep theirs.
 * @param texts  borrowed, at most 2^32 - 1.
 * @param order  out, shape [count]: which text comes first, which next, and so on.
 * @return false when out of memory.
 * @cost  O(total bytes) where texts differ early, eight bytes at a time, on all threads; 32 bytes a text
 *        beside.
 */
bool kith_text_order(const char *const *texts, size_t count, uint32_t *order);

#endif

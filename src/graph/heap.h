/** @file
 * A binary heap of numbered items, smallest first by the caller's order.
 */
#ifndef KITH_GRAPH_HEAP_H
#define KITH_GRAPH_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Whether item `a` comes before item `b`; a total order for answers that must be unique. */
typedef bool kith_heap_before(const void *ctx, uint32_t a, uint32_t b);

/** Zeroed but for the first fields; end with kith_heap_free. */
typedef struct kith_heap {
    kith_heap_before *before;
    const void *ctx; /**< borrowed, passed to `before` */
    uint32_t *place; /**< borrowed, [items] UINT32_MAX at first: where each item stands, for kith_heap_raise;
                          or NULL */
    uint32_t *items; /**< the heap itself */
    size_t count;
    size_t capacity;
} kith_heap;

/** Adds an item that is not in the heap. @return false when out of memory. @cost O(log count). */
bool kith_heap_push(kith_heap *heap, uint32_t item);

/** Adds an item, or moves it forward where it already is in the heap and now comes earlier. Needs `place`. */
bool kith_heap_raise(kith_heap *heap, uint32_t item);

/** Takes the first item out; the heap is not empty. */
uint32_t kith_heap_pop(kith_heap *heap);

void kith_heap_free(kith_heap *heap);

#endif

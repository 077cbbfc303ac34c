#include "graph/heap.h"

#include "base/mem.h"

static void put(kith_heap *heap, size_t at, uint32_t item)
{
    heap->items[at] = item;
    if (heap->place)
        heap->place[item] = (uint32_t)at;
}

static void move_up(kith_heap *heap, size_t at, uint32_t item)
{
    while (at > 0) {
        size_t above = (at - 1) / 2;
        if (!heap->before(heap->ctx, item, heap->items[above]))
            break;
        put(heap, at, heap->items[above]);
        at = above;
    }
    put(heap, at, item);
}

static void move_down(kith_heap *heap, size_t at, uint32_t item)
{
    for (size_t below = 2 * at + 1; below < heap->count; below = 2 * at + 1) {
        if (below + 1 < heap->count && heap->before(heap->ctx, heap->items[below + 1], heap->items[below]))
            below++;
        if (!heap->before(heap->ctx, heap->items[below], item))
            break;
        put(heap, at, heap->items[below]);
        at = below;
    }
    put(heap, at, item);
}

bool kith_heap_push(kith_heap *heap, uint32_t item)
{
    if (!kith_grow((void **)&heap->items, &heap->capacity, heap->count + 1, sizeof *heap->items))
        return false;
    move_up(heap, heap->count++, item);
    return true;
}

bool kith_heap_raise(kith_heap *heap, uint32_t item)
{
    if (heap->place[item] == UINT32_MAX)
        return kith_heap_push(heap, item);
    move_up(heap, heap->place[item], item);
    return true;
}

uint32_t kith_heap_pop(kith_heap *heap)
{
    uint32_t first = heap->items[0];
    uint32_t last = heap->items[--heap->count];

    if (heap->place)
        heap->place[first] = UINT32_MAX;
    if (heap->count > 0)
        move_down(heap, 0, last);
    return first;
}

void kith_heap_free(kith_heap *heap)
{
    kith_free(heap->items);
    heap->items = NULL;
    heap->count = heap->capacity = 0;
}

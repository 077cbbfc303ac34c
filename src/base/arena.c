#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_BLOCK_BYTES ((size_t)4 << 10)
#define LARGEST_BLOCK_BYTES ((size_t)1 << 20)

struct kith_arena_block {
    struct kith_arena_block *next;
    max_align_t bytes[];
};

static struct kith_arena_block *new_block(size_t capacity)
{
    return capacity <= SIZE_MAX - sizeof(struct kith_arena_block)
               ? kith_malloc(sizeof(struct kith_arena_block) + capacity)
               : NULL;
}

/** A block of its own for one large request, put behind the newest, which may still have room. */
static void *take_alone(kith_arena *arena, size_t size)
{
    struct kith_arena_block *block = new_block(size);

    if (!block)
        return NULL;
    if (arena->head) {
        block->next = arena->head->next;
        arena->head->next = block;
    } else {
        block->next = NULL;
        arena->head = block;
        arena->used = arena->capacity = size;
    }
    return block->bytes;
}

static bool add_block(kith_arena *arena)
{
    size_t capacity = arena->capacity * 2;

    if (capacity < FIRST_BLOCK_BYTES)
        capacity = FIRST_BLOCK_BYTES;
    if (capacity > LARGEST_BLOCK_BYTES)
        capacity = LARGEST_BLOCK_BYTES;
    struct kith_arena_block *block = new_block(capacity);
    if (!block)
        return false;
    block->next = arena->head;
    *arena = (kith_arena){.head = block, .used = 0, .capacity = capacity};
    return true;
}

static void *take(kith_arena *arena, size_t size, size_t alignment)
{
    if (size > FIRST_BLOCK_BYTES / 2)
        return take_alone(arena, size);
    size_t begin = (arena->used + alignment - 1) / alignment * alignment;
    if (!arena->head || begin + size > arena->capacity) {
        if (!add_block(arena))
            return NULL;
        begin = 0;
    }
    arena->used = begin + size;
    return (char *)arena->head->bytes + begin;
}

void *kith_arena_alloc(kith_arena *arena, size_t size)
{
    return take(arena, size ? size : 1, _Alignof(max_align_t));
}

char *kith_arena_copy(kith_arena *arena, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? take(arena, length + 1, 1) : NULL;

    if (!copy)
        return NULL;
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

void kith_arena_free(kith_arena *arena)
{
    struct kith_arena_block *block = arena->head;

    while (block) {
        struct kith_arena_block *next = block->next;
        kith_free(block);
        block = next;
    }
    *arena = (kith_arena){0};
}

/** @file
 * Many small allocations with one life: made one by one, freed together.
 */
#ifndef KITH_BASE_ARENA_H
#define KITH_BASE_ARENA_H

#include <stddef.h>

/** Opaque; zeroed is empty and ready. */
typedef struct kith_arena {
    struct kith_arena_block *head;
    size_t used;     /**< bytes taken from the newest block */
    size_t capacity; /**< bytes the newest block holds */
} kith_arena;

/** `size` bytes aligned for any object, owned by the arena; NULL when out of memory. */
void *kith_arena_alloc(kith_arena *arena, size_t size);

/** A NUL-terminated copy of `length` bytes, owned by the arena; NULL when out of memory. */
char *kith_arena_copy(kith_arena *arena, const char *text, size_t length);

/** Frees everything; the arena is empty and ready again. */
void kith_arena_free(kith_arena *arena);

#endif

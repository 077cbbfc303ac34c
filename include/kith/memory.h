/** @file
 * The one door to the heap. Everything kith allocates comes from here, so that tests can make
 * the n-th allocation fail and count what is left over.
 */
#ifndef KITH_MEMORY_H
#define KITH_MEMORY_H

#include <stddef.h>

#include <kith/visibility.h>

#ifdef __cplusplus
extern "C" {
#endif

/** `size` uninitialised bytes, caller-owned; NULL when out of memory. A size of 0 gives a pointer that may be
 * freed. */
KITH_API void *kith_malloc(size_t size);

/** `count` zeroed elements of `size` bytes, caller-owned; NULL when out of memory or when count * size
 * overflows. */
KITH_API void *kith_calloc(size_t count, size_t size);

/**
 * Grows or shrinks `old` (NULL allowed) to `count` elements of `size` bytes.
 * NULL when out of memory or on overflow: `old` is then untouched and still owned by the caller.
 */
KITH_API void *kith_realloc(void *old, size_t count, size_t size);

/** A copy of `text`, caller-owned; NULL when out of memory. */
KITH_API char *kith_strdup(const char *text);

/** Gives back what any of the above returned; NULL is fine. */
KITH_API void kith_free(void *ptr);

#ifdef __cplusplus
}
#endif
#endif

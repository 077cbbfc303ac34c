#include "base/mem.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <sys/mman.h>

static _Atomic uint64_t live_count;
static _Atomic uint64_t passes_left = UINT64_MAX;

static bool may_allocate(void)
{
    uint64_t left = atomic_load_explicit(&passes_left, memory_order_relaxed);

    while (left != UINT64_MAX) {
        if (left == 0)
            return false;
        if (atomic_compare_exchange_weak(&passes_left, &left, left - 1))
            return true;
    }
    return true;
}

static void *counted(void *fresh)
{
    if (fresh)
        atomic_fetch_add_explicit(&live_count, 1, memory_order_relaxed);
    return fresh;
}

/** What malloc is asked for: a size of 0 may give NULL, which here means failure. */
static size_t at_least_one(size_t size)
{
    return size ? size : 1;
}

/** Blocks from here on lie on large pages where the system has them: most of ours are looked into all over,
 * and finding the page then takes longer than the look. */
#define LARGE_BYTES ((size_t)8 << 20)
#define LARGE_PAGE ((uintptr_t)2 << 20)

static void *on_large_pages(void *block, size_t size)
{
    if (!block || size < LARGE_BYTES)
        return block;
    uintptr_t begin = ((uintptr_t)block + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    uintptr_t end = ((uintptr_t)block + size) / LARGE_PAGE * LARGE_PAGE;
    (void)madvise((void *)begin, end - begin, MADV_HUGEPAGE); /* else it is slower, and nothing else */
    return block;
}

void *kith_malloc(size_t size)
{
    return may_allocate() ? counted(on_large_pages(malloc(at_least_one(size)), size)) : NULL;
}

void *kith_calloc(size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes) || !may_allocate())
        return NULL;
    return counted(on_large_pages(calloc(1, at_least_one(bytes)), bytes));
}

void *kith_alloc_array(size_t count, size_t size)
{
    size_t bytes;

    return __builtin_mul_overflow(count, size, &bytes) ? NULL : kith_malloc(bytes);
}

void *kith_realloc(void *old, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes) || !may_allocate())
        return NULL;
    void *moved = on_large_pages(realloc(old, at_least_one(bytes)), bytes);
    return old ? moved : counted(moved);
}

char *kith_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = kith_malloc(size);

    return copy ? memcpy(copy, text, size) : NULL;
}

void kith_free(void *ptr)
{
    if (ptr)
        atomic_fetch_sub_explicit(&live_count, 1, memory_order_relaxed);
    free(ptr);
}

bool kith_grow(void **array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return true;
    size_t wanted = *capacity <= SIZE_MAX / 2 ? *capacity * 2 : SIZE_MAX;
    if (wanted < 8)
        wanted = 8;
    if (wanted < need)
        wanted = need;

    /* Copied, not dereferenced: *array is a pointer of the caller's own type. */
    void *old;
    memcpy(&old, array, sizeof old);
    void *moved = kith_realloc(old, wanted, size);
    if (!moved)
        return false;
    memcpy(array, &moved, sizeof moved);
    *capacity = wanted;
    return true;
}

void kith_mem_fail_after(uint64_t n)
{
    atomic_store(&passes_left, n);
}

uint64_t kith_mem_live(void)
{
    return atomic_load(&live_count);
}

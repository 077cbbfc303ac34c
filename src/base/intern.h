/** @file
 * Distinct byte strings to dense numbers, in order of first sight.
 */
#ifndef KITH_BASE_INTERN_H
#define KITH_BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct kith_intern kith_intern;

/** @param expected  how many distinct strings to make room for at once; a hint. */
kith_code kith_intern_new(size_t expected, kith_intern **out, kith_err *err);

/**
 * The number of these `length` bytes, which may hold NULs; they are copied when first seen.
 * @return KITH_ENOMEM, also when UINT32_MAX strings are reached.
 * @cost   O(length), amortised: open addressing on XXH3.
 */
kith_code kith_intern_add(kith_intern *table, const void *bytes, size_t length, uint32_t *id, kith_err *err);

/** Says that a string will be added or asked for soon, so that what holds it is on its way from memory. */
void kith_intern_expect(const kith_intern *table, const void *bytes, size_t length);

/** The number of a string already there, or UINT32_MAX. */
uint32_t kith_intern_find(const kith_intern *table, const void *bytes, size_t length);

/** Where a string lies within other bytes. */
typedef struct kith_span {
    uint32_t at, length;
} kith_span;

/**
 * The numbers of many strings at once; UINT32_MAX for what is not there.
 * @param bytes  what the spans, shape [count], are places in.
 * @param ids    out, shape [count].
 * @cost  As kith_intern_find, but for what waiting for memory takes there.
 * @note  Any number of threads may ask at once while nobody adds to the table.
 */
void kith_intern_find_all(const kith_intern *table, const char *bytes, const kith_span *spans, size_t count,
                          uint32_t *ids);

/**
 * As kith_intern_add, of many strings one after the other.
 * @param ids  out, shape [count]; the first of them also after a failure.
 * @cost  As kith_intern_add, but for what waiting for memory takes there.
 */
kith_code kith_intern_add_all(kith_intern *table, const char *bytes, const kith_span *spans, size_t count,
                              uint32_t *ids, kith_err *err);

/** String `id`, NUL-terminated, borrowed until the table is freed; `length` may be NULL. */
const char *kith_intern_get(const kith_intern *table, uint32_t id, size_t *length);

uint32_t kith_intern_count(const kith_intern *table);

/** Gives back all but the strings: those that were got stay where they are until the table is freed, which is
 * all that may be done with it. */
void kith_intern_forget(kith_intern *table);

void kith_intern_free(kith_intern *table);

#endif

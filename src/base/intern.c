#include "base/intern.h"

#include <stdbool.h>
#include <string.h>

/* In line: most strings are short, and a call would take as long as they do. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/arena.h"
#include "base/mem.h"

/** Stands for no string: in an empty slot, and as an answer. */
#define NONE UINT32_MAX

#define SMALLEST_TABLE ((size_t)16)

/** Strings of up to so many bytes lie in their slots. */
#define SHORT_BYTES ((size_t)11)

/** What a slot says of its string: all of a short one; of a long one the hash, and the text is compared. */
typedef struct key {
    uint64_t bytes; /**< of a short string: all, or the first eight; else the hash */
    uint32_t rest;  /**< length, or LONG; above it the last three bytes of a short string */
} key;

#define LONG 0xFFU

/** Four of them share a line of memory: a short string costs one look. */
typedef struct slot {
    uint64_t bytes; /**< these two as in key */
    uint32_t rest;
    uint32_t id;
} slot;

typedef struct entry {
    const char *text;
    size_t length;
} entry;

struct kith_intern {
    kith_arena texts;
    entry *entries; /**< by id */
    size_t entry_capacity;
    slot *slots; /**< open addressing, linear probing */
    size_t mask; /**< number of slots, a power of two, minus one */
    uint32_t count;
};

static uint64_t load(const char *bytes, size_t length)
{
    uint64_t word = 0;

    memcpy(&word, bytes, length);
    return word;
}

/** `hash` is that of the same bytes. */
static key key_of(const char *bytes, size_t length, uint64_t hash)
{
    const uint32_t rest = (uint32_t)length;

    if (length > SHORT_BYTES)
        return (key){hash, LONG};
    if (length >= 8)
        return (key){load(bytes, 8), rest | (uint32_t)(load(bytes + length - 8, 8) >> 40) << 8};
    if (length >= 4)
        return (key){load(bytes, 4) | load(bytes + length - 4, 4) << 32, rest};
    if (length >= 2)
        return (key){load(bytes, 2) | load(bytes + length - 2, 2) << 16, rest};
    return (key){length ? (unsigned char)*bytes : 0, rest};
}

static bool new_slots(size_t slot_count, slot **out)
{
    slot *slots = kith_alloc_array(slot_count, sizeof *slots);

    if (!slots)
        return false;
    for (size_t i = 0; i < slot_count; i++)
        slots[i] = (slot){.id = NONE};
    *out = slots;
    return true;
}

/** Strings that so many slots are enough for: probing stays short, and doubling rare. */
static size_t most_strings(size_t slot_count)
{
    return slot_count / 8 * 5;
}

/** The slot that holds these bytes, else the empty one where they belong. */
static inline __attribute__((always_inline)) slot *locate(const kith_intern *table, const void *bytes,
                                                          size_t length, uint64_t hash)
{
    const key wanted = key_of(bytes, length, hash);

    for (size_t at = (size_t)hash & table->mask;; at = (at + 1) & table->mask) {
        slot *here = &table->slots[at];
        if (here->id == NONE)
            return here;
        if (here->bytes != wanted.bytes || here->rest != wanted.rest)
            continue;
        const entry *known = &table->entries[here->id];
        if (length <= SHORT_BYTES || (known->length == length && memcmp(known->text, bytes, length) == 0))
            return here;
    }
}

static bool double_slots(kith_intern *table)
{
    slot *fresh = NULL;
    const size_t slot_count = 2 * (table->mask + 1);

    if (!new_slots(slot_count, &fresh))
        return false;
    kith_free(table->slots);
    table->slots = fresh;
    table->mask = slot_count - 1;
    for (uint32_t id = 0; id < table->count; id++) {
        const entry *known = &table->entries[id];
        const uint64_t hash = XXH3_64bits(known->text, known->length);
        const key own = key_of(known->text, known->length, hash);
        size_t at = (size_t)hash & table->mask;
        while (fresh[at].id != NONE)
            at = (at + 1) & table->mask;
        fresh[at] = (slot){own.bytes, own.rest, id};
    }
    return true;
}

kith_code kith_intern_new(size_t expected, kith_intern **out, kith_err *err)
{
    size_t slot_count = SMALLEST_TABLE;

    *out = NULL;
    if (expected > NONE)
        expected = NONE;
    while (most_strings(slot_count) < expected)
        slot_count *= 2;
    kith_intern *table = kith_calloc(1, sizeof *table);
    if (!table || !new_slots(slot_count, &table->slots) ||
        !kith_grow((void **)&table->entries, &table->entry_capacity, expected, sizeof(entry))) {
        kith_intern_free(table);
        return kith_fail_memory(err, "a table of texts");
    }
    table->mask = slot_count - 1;
    *out = table;
    return KITH_OK;
}

/** As kith_intern_add, where the hash is known. */
static kith_code add_hashed(kith_intern *table, const void *bytes, size_t length, uint64_t hash, uint32_t *id,
                            kith_err *err)
{
    slot *here = locate(table, bytes, length, hash);

    if (here->id != NONE) {
        *id = here->id;
        return KITH_OK;
    }
    if (table->count == NONE)
        return kith_fail(err, KITH_ENOMEM, "more than %u distinct texts", NONE);
    if (table->count >= most_strings(table->mask + 1)) {
        if (!double_slots(table))
            return kith_fail_memory(err, "a table of texts");
        here = locate(table, bytes, length, hash);
    }
    char *text = NULL;
    if (!kith_grow((void **)&table->entries, &table->entry_capacity, (size_t)table->count + 1,
                   sizeof(entry)) ||
        !(text = kith_arena_copy(&table->texts, bytes, length)))
        return kith_fail_memory(err, "a table of texts");
    const key own = key_of(text, length, hash);
    table->entries[table->count] = (entry){.text = text, .length = length};
    *here = (slot){own.bytes, own.rest, table->count};
    *id = table->count++;
    return KITH_OK;
}

kith_code kith_intern_add(kith_intern *table, const void *bytes, size_t length, uint32_t *id, kith_err *err)
{
    return add_hashed(table, bytes, length, XXH3_64bits(bytes, length), id, err);
}

uint32_t kith_intern_find(const kith_intern *table, const void *bytes, size_t length)
{
    return locate(table, bytes, length, XXH3_64bits(bytes, length))->id;
}

static const slot *first_slot(const kith_intern *table, uint64_t hash)
{
    return &table->slots[(size_t)hash & table->mask];
}

void kith_intern_expect(const kith_intern *table, const void *bytes, size_t length)
{
    __builtin_prefetch(first_slot(table, XXH3_64bits(bytes, length)), 1);
}

/** Strings that are on their way from one place to the next: the slot, and of long strings the entry that the
 * slot names, then its text. Each place is asked for from memory so many strings ahead. */
#define STAGE ((size_t)16)

/** Strings on their way at most; a power of two. */
#define UNDERWAY ((size_t)64)

/** Asks for the entry, or else for the text, of what may be a long string. */
static void ask_for(const kith_intern *table, uint64_t hash, bool text)
{
    const slot *here = first_slot(table, hash);

    if (here->id == NONE)
        return;
    if (text)
        __builtin_prefetch(table->entries[here->id].text);
    else
        __builtin_prefetch(&table->entries[here->id]);
}

/** Sends string number `at` of `count` on its way, and moves those before it on. @return whether number
 * `at` - 3 * STAGE has arrived. */
static bool move_on(const kith_intern *table, const char *bytes, const kith_span *spans, size_t count,
                    size_t at, uint64_t hash[UNDERWAY])
{
    const size_t first = at - STAGE, second = first - STAGE; /* none, and very large, at first */

    if (at < count) {
        hash[at % UNDERWAY] = XXH3_64bits(bytes + spans[at].at, spans[at].length);
        __builtin_prefetch(first_slot(table, hash[at % UNDERWAY]));
    }
    if (first < count && spans[first].length > SHORT_BYTES)
        ask_for(table, hash[first % UNDERWAY], false);
    if (second < count && spans[second].length > SHORT_BYTES)
        ask_for(table, hash[second % UNDERWAY], true);
    return at >= 3 * STAGE;
}

void kith_intern_find_all(const kith_intern *table, const char *bytes, const kith_span *spans, size_t count,
                          uint32_t *ids)
{
    uint64_t hash[UNDERWAY];

    for (size_t at = 0; at < count + 3 * STAGE; at++)
        if (move_on(table, bytes, spans, count, at, hash)) {
            const size_t i = at - 3 * STAGE;
            ids[i] = locate(table, bytes + spans[i].at, spans[i].length, hash[i % UNDERWAY])->id;
        }
}

kith_code kith_intern_add_all(kith_intern *table, const char *bytes, const kith_span *spans, size_t count,
                              uint32_t *ids, kith_err *err)
{
    uint64_t hash[UNDERWAY];
    kith_code rc = KITH_OK;

    for (size_t at = 0; rc == KITH_OK && at < count + 3 * STAGE; at++)
        if (move_on(table, bytes, spans, count, at, hash)) {
            const size_t i = at - 3 * STAGE;
            rc = add_hashed(table, bytes + spans[i].at, spans[i].length, hash[i % UNDERWAY], &ids[i], err);
        }
    return rc;
}

const char *kith_intern_get(const kith_intern *table, uint32_t id, size_t *length)
{
    if (length)
        *length = table->entries[id].length;
    return table->entries[id].text;
}

uint32_t kith_intern_count(const kith_intern *table)
{
    return table->count;
}

void kith_intern_forget(kith_intern *table)
{
    kith_free(table->entries);
    kith_free(table->slots);
    table->entries = NULL;
    table->slots = NULL;
}

void kith_intern_free(kith_intern *table)
{
    if (!table)
        return;
    kith_arena_free(&table->texts);
    kith_free(table->entries);
    kith_free(table->slots);
    kith_free(table);
}

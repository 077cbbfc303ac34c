#include "base/radix.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "base/parallel.h"

/*
 * From the lowest digit up, each pass deals rows out by one digit and keeps the order of the pass before.
 * Lanes are runs of rows; each knows from the counts of all where its own rows of a digit go, so that
 * they write side by side, and to the same places whatever the number of threads.
 */

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

/** Rows up to which the threads are left alone. */
#define FEW ((size_t)1 << 15)

/** Rows of two short numbers are moved as one long one. */
typedef uint64_t __attribute__((may_alias, aligned(4))) word;

/** Words of a row, of which the first holds the key. */
typedef enum row_words { ONE_WORD = 1, TWO_WORDS = 2 } row_words;

typedef struct sorting {
    word *rows, *other; /**< the pass at hand goes from `rows` to `other` */
    size_t count;
    row_words words;
    uint64_t mask;                  /**< bits of the key in the first word */
    int shift;                      /**< of the digit at hand */
    uint32_t lanes;                 /**< 1, or KITH_LANES */
    size_t (*place)[DIGITS];        /**< by lane: how many rows of each digit, then where they go */
    uint64_t differing[KITH_LANES]; /**< by lane: bits in which keys differ */
    bool ascending[KITH_LANES];     /**< by lane: whether keys do, with the first of the next lane */
} sorting;

static size_t lane_begin(const sorting *s, uint32_t lane)
{
    return s->lanes == 1 ? lane * s->count : (size_t)kith_lane_begin(s->count, lane);
}

static void run(sorting *s, kith_lane_fn *fn)
{
    if (s->lanes == 1)
        (void)fn(s, 0);
    else
        (void)kith_parallel_lanes(fn, s); /* lanes that allocate nothing do not fail */
}

static bool look(void *ctx, uint32_t lane)
{
    sorting *s = ctx;
    const size_t end = lane_begin(s, lane + 1);
    uint64_t differing = 0;
    bool ascending = true;

    for (size_t i = lane_begin(s, lane); i < end; i++) {
        uint64_t key = s->rows[i * s->words];
        differing |= key ^ s->rows[0];
        ascending &= i == 0 || (s->rows[(i - 1) * s->words] & s->mask) <= (key & s->mask);
    }
    s->differing[lane] = differing & s->mask;
    s->ascending[lane] = ascending;
    return true;
}

/** The digit at hand; `mask` is what the key has of it. */
static size_t digit_of(uint64_t key, int shift, uint64_t mask)
{
    return (key >> shift) & mask;
}

static uint64_t digit_mask(const sorting *s)
{
    return (s->mask >> s->shift) & (DIGITS - 1);
}

static bool count_digits(void *ctx, uint32_t lane)
{
    sorting *s = ctx;
    const size_t end = lane_begin(s, lane + 1);
    const uint64_t mask = digit_mask(s);
    size_t *count = s->place[lane];

    memset(count, 0, sizeof s->place[lane]);
    for (size_t i = lane_begin(s, lane); i < end; i++)
        count[digit_of(s->rows[i * s->words], s->shift, mask)]++;
    return true;
}

static void find_places(sorting *s)
{
    size_t before = 0;

    for (size_t digit = 0; digit < DIGITS; digit++)
        for (uint32_t lane = 0; lane < s->lanes; lane++) {
            size_t count = s->place[lane][digit];
            s->place[lane][digit] = before;
            before += count;
        }
}

static inline void deal_out(const sorting *s, uint32_t lane, size_t words)
{
    const size_t end = lane_begin(s, lane + 1);
    const int shift = s->shift;
    const uint64_t mask = digit_mask(s);
    size_t *place = s->place[lane];

    for (size_t i = lane_begin(s, lane); i < end; i++) {
        const word *row = s->rows + i * words;
        memcpy(s->other + words * place[digit_of(*row, shift, mask)]++, row, words * sizeof *row);
    }
}

static bool deal(void *ctx, uint32_t lane)
{
    const sorting *s = ctx;

    if (s->words == ONE_WORD)
        deal_out(s, lane, ONE_WORD); /* a number known to the compiler each */
    else
        deal_out(s, lane, TWO_WORDS);
    return true;
}

static bool copy_back(void *ctx, uint32_t lane)
{
    const sorting *s = ctx;
    const size_t begin = lane_begin(s, lane) * s->words, end = lane_begin(s, lane + 1) * s->words;

    memcpy(s->other + begin, s->rows + begin, (end - begin) * sizeof *s->rows);
    return true;
}

static void swap(sorting *s)
{
    word *rows = s->rows;

    s->rows = s->other;
    s->other = rows;
}

/** Sorts by all bits in `differing`. @return whether the rows ended up where they were. */
static void sort_digits(sorting *s, uint64_t differing)
{
    const word *home = s->rows;

    while (differing) {
        s->shift = __builtin_ctzll(differing);
        run(s, count_digits);
        find_places(s);
        run(s, deal);
        swap(s);
        differing &= ~((uint64_t)(DIGITS - 1) << s->shift);
    }
    if (s->rows != home)
        run(s, copy_back);
}

static bool sort(word *rows, size_t count, row_words words, uint64_t mask)
{
    sorting s = {.count = count, .words = words, .mask = mask};
    uint64_t differing = 0;
    bool ascending = true;

    s.rows = rows;
    s.lanes = count > FEW ? KITH_LANES : 1;
    run(&s, look);
    for (uint32_t lane = 0; lane < s.lanes; lane++) {
        differing |= s.differing[lane];
        ascending &= s.ascending[lane];
    }
    if (ascending)
        return true;
    word *other = s.other = kith_alloc_array(count, words * sizeof *other);
    s.place = kith_alloc_array(s.lanes, sizeof *s.place);
    bool ok = other && s.place;
    if (ok)
        sort_digits(&s, differing);
    kith_free(other);
    kith_free(s.place);
    return ok;
}

bool kith_radix_sort(kith_keyed *rows, size_t count)
{
    const kith_keyed all_of_key = {UINT32_MAX, 0};
    uint64_t mask;

    _Static_assert(sizeof all_of_key == sizeof mask, "one word");
    memcpy(&mask, &all_of_key, sizeof mask);
    return sort((word *)rows, count, ONE_WORD, mask);
}

bool kith_radix_sort_long(kith_long_keyed *rows, size_t count)
{
    return sort(&rows->key, count, TWO_WORDS, UINT64_MAX);
}

bool kith_radix_sort_numbers(uint64_t *numbers, size_t count)
{
    return sort(numbers, count, ONE_WORD, UINT64_MAX);
}

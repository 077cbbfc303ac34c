/* How alike two words are. */
#include <string.h>

#include "base/utf8.h"
#include "people/graded.h"

/** Letters of a word that are looked at. */
#define MOST_LETTERS 48

/** Letters of one word. Sets of them are bits, the first letter the lowest. */
typedef struct letters {
    int32_t at[MOST_LETTERS];
    uint64_t paired; /**< those that have found their like in the other word */
    uint64_t used;   /**< which letters there are: a bit for all that are the same modulo 64 */
    uint32_t n;
} letters;

static void spell(const char *word, letters *out)
{
    out->n = 0;
    out->paired = out->used = 0;
    while (*word && out->n < MOST_LETTERS) {
        out->at[out->n] = (unsigned char)*word;
        word += (unsigned char)*word < 0x80 ? 1 : kith_utf8_get(word, &out->at[out->n]);
        out->used |= (uint64_t)1 << (out->at[out->n++] & 63);
    }
}

/** Where letters of ASCII stand in a word. */
typedef struct places {
    uint64_t of[0x80];
} places;

static void find_places(const letters *word, places *out)
{
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < word->n; i++)
        if (word->at[i] < 0x80)
            out->of[word->at[i]] |= (uint64_t)1 << i;
}

/** Where a letter stands in a word. */
static uint64_t places_of(const letters *word, const places *known, int32_t letter)
{
    uint64_t found = 0;

    if (letter < 0x80)
        return known->of[letter];
    for (uint32_t i = 0; i < word->n; i++)
        found |= (uint64_t)(word->at[i] == letter) << i;
    return found;
}

/** The places from `first` to `last`, which is below 64. */
static uint64_t places_between(uint32_t first, uint32_t last)
{
    return (~(uint64_t)0 >> (63 - last)) & (~(uint64_t)0 << first);
}

/** Pairs letters that are the same and stand near each other. @return how many pairs. */
static uint32_t pair_letters(letters *a, letters *b)
{
    uint32_t longest = a->n > b->n ? a->n : b->n, reach = longest / 2, pairs = 0;
    places in_b;

    reach -= reach > 0;
    find_places(b, &in_b);
    for (uint32_t i = 0; i < a->n; i++) {
        uint64_t near = places_between(i > reach ? i - reach : 0, i + reach < 63 ? i + reach : 63);
        uint64_t like = places_of(b, &in_b, a->at[i]) & near & ~b->paired;
        if (!like)
            continue;
        a->paired |= (uint64_t)1 << i;
        b->paired |= like & -like;
        pairs++;
    }
    return pairs;
}

/** How many of the paired letters stand in another order; each exchange counts twice. */
static uint32_t count_moved(const letters *a, const letters *b)
{
    uint32_t moved = 0;

    for (uint64_t x = a->paired, y = b->paired; x; x &= x - 1, y &= y - 1)
        moved += a->at[__builtin_ctzll(x)] != b->at[__builtin_ctzll(y)];
    return moved;
}

/** Winkler's bonus for words that begin alike. */
static double add_prefix(double jaro, const letters *a, const letters *b)
{
    uint32_t start = 0;

    while (start < 4 && start < a->n && start < b->n && a->at[start] == b->at[start])
        start++;
    return jaro + start * 0.1 * (1 - jaro);
}

/** What the similarity would be if all letters that may have their like in the other word were paired, and in
 * order. */
static double most_similar(const letters *a, const letters *b)
{
    uint32_t in_a = a->n - (uint32_t)__builtin_popcountll(a->used & ~b->used);
    uint32_t in_b = b->n - (uint32_t)__builtin_popcountll(b->used & ~a->used);
    double pairs = in_a < in_b ? in_a : in_b;

    return add_prefix((pairs / a->n + pairs / b->n + 1) / 3, a, b);
}

static double similarity(letters *a, letters *b)
{
    double pairs = pair_letters(a, b);

    if (pairs == 0)
        return 0;
    uint32_t moved = count_moved(a, b) / 2;
    return add_prefix((pairs / a->n + pairs / b->n + (pairs - moved) / pairs) / 3, a, b);
}

double kith_jaro_winkler(const char *one, const char *other)
{
    letters a, b;

    spell(one, &a);
    spell(other, &b);
    return a.n && b.n ? similarity(&a, &b) : a.n == b.n;
}

bool kith_words_alike(const char *one, const char *other, double least)
{
    const double rounding = 1e-9;
    letters a, b;

    spell(one, &a);
    spell(other, &b);
    if (a.n == 0 || b.n == 0)
        return a.n == b.n && least <= 1;
    return most_similar(&a, &b) >= least - rounding && similarity(&a, &b) >= least;
}

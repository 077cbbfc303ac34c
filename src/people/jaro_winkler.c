/* How alike two words are. */
#include <string.h>

#include "base/utf8.h"
#include "people/graded.h"

/** Letters of a word that are looked at. */
#define MOST_LETTERS 48

/** Letters of one word, and which of them have found their like in the other. */
typedef struct letters {
    int32_t at[MOST_LETTERS];
    bool found[MOST_LETTERS];
    uint32_t n;
} letters;

static void spell(const char *word, letters *out)
{
    out->n = 0;
    while (*word && out->n < MOST_LETTERS) {
        out->at[out->n] = (unsigned char)*word;
        word += (unsigned char)*word < 0x80 ? 1 : kith_utf8_get(word, &out->at[out->n]);
        out->found[out->n++] = false;
    }
}

/** Pairs letters that are the same and stand near each other. @return how many pairs. */
static uint32_t pair_letters(letters *a, letters *b)
{
    uint32_t longest = a->n > b->n ? a->n : b->n, reach = longest / 2, pairs = 0;

    reach -= reach > 0;
    for (uint32_t i = 0; i < a->n; i++) {
        uint32_t end = i + reach + 1 < b->n ? i + reach + 1 : b->n;
        for (uint32_t k = i > reach ? i - reach : 0; k < end && !a->found[i]; k++)
            if (!b->found[k] && a->at[i] == b->at[k]) {
                a->found[i] = b->found[k] = true;
                pairs++;
            }
    }
    return pairs;
}

/** How many of the paired letters stand in another order; each exchange counts twice. */
static uint32_t count_moved(const letters *a, const letters *b)
{
    uint32_t moved = 0;

    for (uint32_t i = 0, k = 0; i < a->n; i++) {
        if (!a->found[i])
            continue;
        while (!b->found[k])
            k++;
        moved += a->at[i] != b->at[k++];
    }
    return moved;
}

double kith_jaro_winkler(const char *one, const char *other)
{
    letters a, b;

    spell(one, &a);
    spell(other, &b);
    if (a.n == 0 || b.n == 0)
        return a.n == b.n;
    double pairs = pair_letters(&a, &b);
    if (pairs == 0)
        return 0;
    uint32_t moved = count_moved(&a, &b) / 2;
    double jaro = (pairs / a.n + pairs / b.n + (pairs - moved) / pairs) / 3;
    uint32_t start = 0;
    while (start < 4 && start < a.n && start < b.n && a.at[start] == b.at[start])
        start++;
    return jaro + start * 0.1 * (1 - jaro);
}

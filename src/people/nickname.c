/* Forms of one given name. */
#include <string.h>

#include "people/match.h"
#include "people/nicknames.h"

#define N_NAMES (sizeof nickname_names / sizeof *nickname_names)

const uint16_t *kith_nickname_groups(const char *name, size_t *n)
{
    size_t begin = 0, end = N_NAMES;

    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (strcmp(nickname_names[middle], name) < 0)
            begin = middle + 1;
        else
            end = middle;
    }
    for (end = begin; end < N_NAMES && strcmp(nickname_names[end], name) == 0;)
        end++;
    *n = end - begin;
    return nickname_groups + begin;
}

bool kith_nickname_same(const char *one, const char *other)
{
    size_t n_one, n_other;
    const uint16_t *a = kith_nickname_groups(one, &n_one), *b = kith_nickname_groups(other, &n_other);

    for (size_t i = 0; i < n_one; i++)
        for (size_t k = 0; k < n_other; k++)
            if (a[i] == b[k])
                return true;
    return false;
}

/* Forms of one given name. */
#include <string.h>

#include "people/graded.h"
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

bool kith_nickname_shared(const uint16_t *one, size_t n_one, const uint16_t *other, size_t n_other)
{
    for (size_t i = 0; i < n_one; i++)
        for (size_t k = 0; k < n_other; k++)
            if (one[i] == other[k])
                return true;
    return false;
}

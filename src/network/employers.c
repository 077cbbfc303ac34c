/* Who worked for the same company, by name. */
#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "base/text.h"
#include "network/assemble.h"

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

static kith_code number_company(kith_intern *names, const char *name, uint32_t *number, kith_err *err)
{
    kith_dynbuf folded = {0};

    kith_text_fold(name, &folded);
    kith_code rc = kith_dynbuf_check(&folded, "a company", err);
    if (rc == KITH_OK)
        rc = kith_intern_add(names, kith_dynbuf_cstr(&folded), folded.length, number, err);
    kith_dynbuf_free(&folded);
    return rc;
}

static uint64_t count_companies(const kith_people *people)
{
    uint64_t count = 0;

    for (uint64_t i = 0; i < people->attr_offset[people->n]; i++)
        count += people->attrs[i].field == KITH_FIELD_COMPANY;
    return count;
}

static kith_code list_companies(const kith_people *people, kith_intern *names, kith_employers *employers,
                                kith_err *err)
{
    uint64_t at = 0;
    kith_code rc = KITH_OK;

    for (uint32_t person = 0; person < people->n; person++) {
        uint64_t begin = employers->offset[person] = at;
        for (uint64_t i = people->attr_offset[person]; i < people->attr_offset[person + 1]; i++) {
            if (people->attrs[i].field != KITH_FIELD_COMPANY)
                continue;
            rc = number_company(names, people->attrs[i].value, &employers->company[at++], err);
            if (rc != KITH_OK)
                return rc;
        }
        qsort(employers->company + begin, at - begin, sizeof *employers->company, compare_numbers);
    }
    employers->offset[people->n] = at;
    return rc;
}

kith_code kith_employers_find(const kith_people *people, kith_employers *employers, kith_err *err)
{
    kith_intern *names = NULL;
    kith_code rc = kith_intern_new(0, &names, err);

    *employers = (kith_employers){kith_alloc_array((size_t)people->n + 1, sizeof *employers->offset),
                                  kith_alloc_array(count_companies(people), sizeof *employers->company)};
    if (rc == KITH_OK && (!employers->offset || !employers->company))
        rc = kith_fail_memory(err, "the companies of people");
    if (rc == KITH_OK)
        rc = list_companies(people, names, employers, err);
    kith_intern_free(names);
    return rc;
}

bool kith_employers_share(const kith_employers *employers, uint32_t a, uint32_t b)
{
    uint64_t i = employers->offset[a], k = employers->offset[b];

    while (i < employers->offset[a + 1] && k < employers->offset[b + 1]) {
        if (employers->company[i] == employers->company[k])
            return true;
        if (employers->company[i] < employers->company[k])
            i++;
        else
            k++;
    }
    return false;
}

void kith_employers_free(kith_employers *employers)
{
    kith_free(employers->offset);
    kith_free(employers->company);
    *employers = (kith_employers){NULL, NULL};
}

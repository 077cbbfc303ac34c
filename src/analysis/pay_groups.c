#include "analysis/pay_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int compare_names(const void *a, const void *b)
{
    const kith_pay_group *x = a, *y = b;

    return strcmp(x->name, y->name);
}

/** Adds the group of order[0 .. count), which share a name. */
static kith_code add_group(const kith_pay_rows *rows, const kith_keyed *order, uint32_t count,
                           const char *name, bool is_cohort, kith_chains_result *result, kith_err *err)
{
    kith_pay_group *group = &result->pay_groups[result->n_pay_groups];

    *group = (kith_pay_group){.is_cohort = is_cohort, .name = kith_strdup(name)};
    if (!group->name)
        return kith_fail_memory(err, "programmes and cohorts");
    result->n_pay_groups++;
    return kith_pay_forward_measure(rows, order, count, &group->pay, err);
}

kith_code kith_pay_groups_measure(const kith_pay_rows *rows, const uint32_t *name, const kith_intern *names,
                                  bool is_cohort, kith_chains_result *result, kith_err *err)
{
    kith_code rc = KITH_OK;
    const uint32_t before = result->n_pay_groups, count = rows->n_chosen;
    const size_t room = (size_t)before + kith_intern_count(names);
    kith_keyed *order = kith_alloc_array(count, sizeof *order);
    kith_pay_group *groups = kith_realloc(result->pay_groups, room + 1, sizeof *groups);

    if (groups)
        result->pay_groups = groups;
    if (!order || !groups) {
        rc = kith_fail_memory(err, "programmes and cohorts");
        goto done;
    }
    for (uint32_t i = 0; i < count; i++)
        order[i] = (kith_keyed){name[rows->got[i].value], i};
    if (!kith_radix_sort(order, count)) { /* within a name as before: by mentee, then start */
        rc = kith_fail_memory(err, "programmes and cohorts");
        goto done;
    }
    for (uint32_t i = 0, end; i < count && order[i].key != UINT32_MAX && rc == KITH_OK; i = end) {
        for (end = i; end < count && order[end].key == order[i].key; end++)
            ;
        rc = add_group(rows, &order[i], end - i, kith_intern_get(names, order[i].key, NULL), is_cohort,
                       result, err);
    }
    qsort(&result->pay_groups[before], result->n_pay_groups - before, sizeof *groups, compare_names);

done:
    kith_free(order);
    return rc;
}

void kith_pay_groups_free(kith_chains_result *result)
{
    for (uint32_t i = 0; i < result->n_pay_groups; i++) {
        kith_free((void *)result->pay_groups[i].name);
        kith_pay_forward_free(&result->pay_groups[i].pay);
    }
    kith_free(result->pay_groups);
    result->pay_groups = NULL;
    result->n_pay_groups = 0;
}

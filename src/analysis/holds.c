#include "analysis/holds.h"

#include <stdlib.h>

#include "analysis/founders.h"
#include "base/mem.h"

/** Larger first, and UINT32_MAX, which stands for unknown, after all that is known. */
static int compare_falling(uint32_t x, uint32_t y)
{
    const uint32_t a = x + 1, b = y + 1; /* unknown becomes 0 */

    return (a < b) - (a > b);
}

static int compare_founders(const void *a, const void *b)
{
    const kith_hold *x = a, *y = b;
    int order = compare_falling(x->descendants, y->descendants);

    if (order == 0)
        order = compare_falling(x->cut_off, y->cut_off);
    return order ? order : (x->person > y->person) - (x->person < y->person);
}

static int compare_fragile(const void *a, const void *b)
{
    const kith_hold *x = a, *y = b;
    int order = compare_falling(x->cut_off, y->cut_off);

    return order ? order : (x->person > y->person) - (x->person < y->person);
}

static uint32_t at_most(uint32_t count, uint32_t top)
{
    return top > 0 && top < count ? top : count;
}

kith_code kith_holds_list(const kith_mentor_graph *g, const kith_progress *progress,
                          kith_chains_result *result, kith_err *err)
{
    kith_founders of = {0};
    uint32_t n_fragile = 0;
    kith_code rc = kith_founders_measure(g, result->limit, progress, &of, err);

    if (rc != KITH_OK)
        goto done;
    for (uint32_t v = 0; v < g->n; v++)
        n_fragile += !of.is_founder[v] && of.cut_off[v] > 0;
    result->founders = kith_alloc_array(of.count, sizeof *result->founders);
    result->fragile = kith_alloc_array(n_fragile, sizeof *result->fragile);
    if (!result->founders || !result->fragile) {
        rc = kith_fail_memory(err, "founders");
        goto done;
    }
    for (uint32_t v = 0; v < g->n; v++) {
        const kith_hold hold = {g->person[v], result->people[v].descendants, of.cut_off[v]};
        if (of.is_founder[v])
            result->founders[result->founders_counted++] = hold;
        else if (hold.cut_off > 0)
            result->fragile[result->fragile_counted++] = hold;
    }
    qsort(result->founders, result->founders_counted, sizeof *result->founders, compare_founders);
    qsort(result->fragile, result->fragile_counted, sizeof *result->fragile, compare_fragile);
    result->n_founders = at_most(result->founders_counted, result->top);
    result->n_fragile = at_most(result->fragile_counted, result->top);
    result->unfounded = of.unreached;

done:
    kith_founders_free(&of);
    return rc;
}

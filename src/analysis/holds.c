#include "analysis/holds.h"

#include <stdlib.h>

#include "analysis/founders.h"
#include "base/mem.h"
#include "base/radix.h"

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

static uint32_t at_most(uint32_t count, uint32_t top)
{
    return top > 0 && top < count ? top : count;
}

/** Lists the people who are no founders and cut somebody off. */
static bool list_fragile(const kith_mentor_graph *g, const kith_founders *of, kith_chains_result *result)
{
    kith_long_keyed *order = kith_alloc_array(g->n, sizeof *order);
    uint32_t count = 0;

    for (uint32_t v = 0; order && v < g->n; v++)
        if (!of->is_founder[v] && of->cut_off[v] > 0) {
            const uint32_t falling = UINT32_MAX - (of->cut_off[v] + 1); /* unknown, here 0, comes last */
            order[count++] = (kith_long_keyed){(uint64_t)falling << 32 | g->person[v], v};
        }
    const bool ok = order && kith_radix_sort_long(order, count) &&
                    (result->fragile = kith_alloc_array(count, sizeof *result->fragile));
    for (uint32_t i = 0; ok && i < count; i++) {
        const uint32_t v = (uint32_t)order[i].value;
        result->fragile[i] = (kith_hold){g->person[v], result->people[v].descendants, of->cut_off[v]};
    }
    result->fragile_counted = count;
    kith_free(order);
    return ok;
}

static bool list_founders(const kith_mentor_graph *g, const kith_founders *of, kith_chains_result *result)
{
    if (!(result->founders = kith_alloc_array(of->count, sizeof *result->founders)))
        return false;
    for (uint32_t v = 0; v < g->n; v++)
        if (of->is_founder[v])
            result->founders[result->founders_counted++] =
                (kith_hold){g->person[v], result->people[v].descendants, of->cut_off[v]};
    qsort(result->founders, result->founders_counted, sizeof *result->founders, compare_founders);
    return true;
}

kith_code kith_holds_list(const kith_mentor_graph *g, const kith_progress *progress,
                          kith_chains_result *result, kith_err *err)
{
    kith_founders of = {0};
    kith_code rc = kith_founders_measure(g, result->limit, progress, &of, err);

    if (rc != KITH_OK)
        goto done;
    if (!list_founders(g, &of, result) || !list_fragile(g, &of, result)) {
        rc = kith_fail_memory(err, "founders");
        goto done;
    }
    result->n_founders = at_most(result->founders_counted, result->top);
    result->n_fragile = at_most(result->fragile_counted, result->top);
    result->unfounded = of.unreached;

done:
    kith_founders_free(&of);
    return rc;
}

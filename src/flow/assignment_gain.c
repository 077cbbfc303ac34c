/* What one place more at a helper would be worth. */
#include <string.h>

#include "base/mem.h"
#include "flow/assignment_parts.h"
#include "graph/heap.h"

/**
 * The cheapest chain that ends with somebody more at each option: it begins where one loses somebody, and
 * each who moves gives up profit. A place more is worth the helper's price less the cost of that chain.
 */
typedef struct gaining {
    const kith_settled *s;
    int64_t *cost;      /**< [options] of the cheapest chain known */
    uint32_t *newcomer; /**< [options] who joins at its begin; KITH_NO_SEEKER: there a helper loses one */
    uint32_t *place;    /**< [options] in the heap */
    uint32_t *first;    /**< [options + 1] where the option's seekers begin in `seekers` */
    uint32_t *seekers;  /**< [n_seekers] by option */
    kith_heap heap;
} gaining;

static bool is_cheaper(const void *ctx, uint32_t a, uint32_t b)
{
    const gaining *g = ctx;

    return g->cost[a] != g->cost[b] ? g->cost[a] < g->cost[b] : a < b;
}

static bool improve(gaining *g, uint32_t option, int64_t cost, uint32_t newcomer)
{
    if (cost >= g->cost[option])
        return true;
    g->cost[option] = cost;
    g->newcomer[option] = newcomer;
    return kith_heap_raise(&g->heap, option);
}

static bool expand(gaining *g, uint32_t option)
{
    const kith_settled *s = g->s;
    const kith_offers *offers = s->offers;

    for (uint32_t i = g->first[option]; i < g->first[option + 1]; i++) {
        const uint32_t k = g->seekers[i];
        const uint32_t newcomer = option == offers->n_helpers ? k : g->newcomer[option];
        for (uint64_t pair = offers->offset[k]; pair < offers->offset[k + 1]; pair++)
            if (!improve(g, offers->helper[pair], g->cost[option] + s->profit[k] - kith_pair_margin(s, pair),
                         newcomer))
                return false;
    }
    return true;
}

/** Lists seekers by the option they have. */
static void sort_seekers(gaining *g)
{
    const kith_settled *s = g->s;
    const uint32_t options = s->offers->n_helpers + 1;

    memset(g->first, 0, ((size_t)options + 1) * sizeof *g->first);
    for (uint32_t j = 0; j < options; j++)
        g->first[j + 1] = g->first[j] + s->load[j];
    for (uint32_t i = 0; i < s->offers->n_seekers; i++)
        g->seekers[g->first[s->option[i]]++] = i;
    memmove(g->first + 1, g->first, options * sizeof *g->first);
    g->first[0] = 0;
}

static bool find_chains(gaining *g)
{
    const kith_settled *s = g->s;
    const uint32_t nobody = s->offers->n_helpers;

    for (uint32_t j = 0; j <= nobody; j++) {
        g->cost[j] = INT64_MAX;
        g->place[j] = UINT32_MAX;
    }
    for (uint32_t j = 0; j <= nobody; j++)
        if (s->load[j] > 0 && !improve(g, j, j == nobody ? 0 : s->price[j], KITH_NO_SEEKER))
            return false;
    while (g->heap.count > 0)
        if (!expand(g, kith_heap_pop(&g->heap)))
            return false;
    return true;
}

kith_code kith_settled_gains(const kith_settled *s, kith_assignment *out, kith_err *err)
{
    const size_t options = (size_t)s->offers->n_helpers + 1;
    gaining g = {.s = s, .heap.before = is_cheaper};
    kith_code rc = KITH_OK;

    g.cost = kith_alloc_array(options, sizeof *g.cost);
    g.newcomer = kith_alloc_array(options, sizeof *g.newcomer);
    g.place = kith_alloc_array(options, sizeof *g.place);
    g.first = kith_alloc_array(options + 1, sizeof *g.first);
    g.seekers = kith_alloc_array(s->offers->n_seekers, sizeof *g.seekers);
    g.heap.ctx = &g;
    g.heap.place = g.place;
    if (!g.cost || !g.newcomer || !g.place || !g.first || !g.seekers) {
        rc = kith_fail_memory(err, "what more places are worth");
        goto done;
    }
    sort_seekers(&g);
    if (!find_chains(&g)) {
        rc = kith_fail_memory(err, "what more places are worth");
        goto done;
    }
    for (uint32_t j = 0; j < s->offers->n_helpers; j++) {
        const int64_t worth = g.cost[j] < s->price[j] ? s->price[j] - g.cost[j] : 0;
        out->gain[j] = worth / ((int64_t)s->offers->n_seekers + 1);
        out->newcomer[j] = worth > 0 ? g.newcomer[j] : KITH_NO_SEEKER;
    }

done:
    kith_free(g.cost);
    kith_free(g.newcomer);
    kith_free(g.place);
    kith_free(g.first);
    kith_free(g.seekers);
    kith_heap_free(&g.heap);
    return rc;
}

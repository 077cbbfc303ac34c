/* Deferred acceptance: seekers propose, helpers keep the best they have seen. */
#include <stdlib.h>

#include "base/mem.h"
#include "flow/assignment.h"

/** A seeker whom a helper holds, and what the pair is worth to that helper. */
typedef struct held {
    uint32_t esteem, seeker;
} held;

typedef struct proposing {
    const kith_offers *offers;
    const uint32_t *esteem;
    uint32_t *order; /**< [pairs] each row's places in the row, the seeker's favourites first */
    uint64_t *next;  /**< [n_seekers] proposals made so far */
    uint64_t *begin; /**< [n_helpers + 1] each helper's part of `held` */
    uint32_t *count; /**< [n_helpers] of those held */
    held *held;      /**< heaps, the least welcome on top */
    uint32_t *free;  /**< stack of seekers who have to propose */
    uint32_t n_free;
} proposing;

/** Whether the helper would rather have `a`. */
static bool is_preferred(held a, held b)
{
    return a.esteem != b.esteem ? a.esteem > b.esteem : a.seeker < b.seeker;
}

/** Lets `x` sink from the top of a heap of `count`. */
static void sink(held *heap, uint32_t count, held x)
{
    uint32_t at = 0;

    for (uint32_t below = 1; below < count; below = 2 * at + 1) {
        if (below + 1 < count && is_preferred(heap[below], heap[below + 1]))
            below++;
        if (!is_preferred(x, heap[below]))
            break;
        heap[at] = heap[below];
        at = below;
    }
    heap[at] = x;
}

static void rise(held *heap, uint32_t at, held x)
{
    while (at > 0 && is_preferred(heap[(at - 1) / 2], x)) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = x;
}

/** The seeker's next proposal. Whoever is turned away by it has to propose again. */
static void propose(proposing *p, uint32_t seeker)
{
    const uint64_t first = p->offers->offset[seeker];
    const uint64_t pair = first + p->order[first + p->next[seeker]++];
    const uint32_t helper = p->offers->helper[pair];
    const uint64_t places = p->begin[helper + 1] - p->begin[helper];
    const held x = {p->esteem[pair], seeker};
    held *heap = p->held + p->begin[helper];

    if (p->count[helper] < places) {
        rise(heap, p->count[helper]++, x);
    } else if (places > 0 && is_preferred(x, heap[0])) {
        p->free[p->n_free++] = heap[0].seeker;
        sink(heap, p->count[helper], x);
    } else {
        p->free[p->n_free++] = seeker;
    }
}

static int compare_keys(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/** Puts each row in its seeker's order: value falling, then helper rising. @return false: out of memory. */
static bool rank_rows(const kith_offers *offers, uint32_t *order)
{
    uint64_t *keys = kith_alloc_array((size_t)offers->n_helpers + 1, sizeof *keys);

    for (uint32_t i = 0; keys && i < offers->n_seekers; i++) {
        const uint64_t first = offers->offset[i];
        const uint32_t count = (uint32_t)(offers->offset[i + 1] - first);
        for (uint32_t k = 0; k < count; k++)
            keys[k] = (uint64_t)(KITH_PAIR_VALUE_MOST - offers->value[first + k]) << 32 | k;
        qsort(keys, count, sizeof *keys, compare_keys);
        for (uint32_t k = 0; k < count; k++)
            order[first + k] = (uint32_t)keys[k];
    }
    kith_free(keys);
    return keys != NULL;
}

/** Gives each helper room for as many as they can take, and no more than may ask. */
static void make_room(proposing *p)
{
    const kith_offers *offers = p->offers;

    for (uint64_t pair = 0; pair < offers->offset[offers->n_seekers]; pair++)
        p->count[offers->helper[pair]]++;
    for (uint32_t j = 0; j < offers->n_helpers; j++) {
        p->begin[j + 1] =
            p->begin[j] + (p->count[j] < offers->capacity[j] ? p->count[j] : offers->capacity[j]);
        p->count[j] = 0;
    }
}

static void propose_all(proposing *p, uint32_t *helper)
{
    const kith_offers *offers = p->offers;

    for (uint32_t i = 0; i < offers->n_seekers; i++) {
        helper[i] = KITH_NO_HELPER;
        p->free[p->n_free++] = i;
    }
    while (p->n_free > 0) {
        const uint32_t seeker = p->free[--p->n_free];
        if (p->next[seeker] < offers->offset[seeker + 1] - offers->offset[seeker])
            propose(p, seeker);
    }
    for (uint32_t j = 0; j < offers->n_helpers; j++)
        for (uint32_t k = 0; k < p->count[j]; k++)
            helper[p->held[p->begin[j] + k].seeker] = j;
}

kith_code kith_assign_stable(const kith_offers *offers, const uint32_t *esteem, uint32_t *helper,
                             kith_err *err)
{
    const uint64_t n_pairs = offers->offset[offers->n_seekers];
    proposing p = {.offers = offers, .esteem = esteem ? esteem : offers->value};
    kith_code rc = KITH_OK;

    p.order = kith_alloc_array(n_pairs, sizeof *p.order);
    p.held = kith_alloc_array(n_pairs, sizeof *p.held);
    p.next = kith_calloc((size_t)offers->n_seekers + 1, sizeof *p.next);
    p.begin = kith_calloc((size_t)offers->n_helpers + 1, sizeof *p.begin);
    p.count = kith_calloc((size_t)offers->n_helpers + 1, sizeof *p.count);
    p.free = kith_alloc_array((size_t)offers->n_seekers + 1, sizeof *p.free);
    if (!p.order || !p.held || !p.next || !p.begin || !p.count || !p.free || !rank_rows(offers, p.order)) {
        rc = kith_fail_memory(err, "a stable assignment");
        goto done;
    }
    make_room(&p);
    propose_all(&p, helper);

done:
    kith_free(p.order);
    kith_free(p.held);
    kith_free(p.next);
    kith_free(p.begin);
    kith_free(p.count);
    kith_free(p.free);
    return rc;
}

#include "flow/assignment.h"

#include <string.h>

#include "base/mem.h"
#include "base/ticker.h"
#include "flow/assignment_parts.h"
#include "flow/mincost.h"

/** Pairs of a seeker that LEMON is given at first, and at most in each further round. */
enum { PAIRS_A_ROUND = 16 };

/** Sums of worths stay below 2^63. */
static const uint32_t most_people = 2000000;

typedef struct solving {
    kith_settled settled;
    uint64_t *used; /**< a bit for each pair that LEMON is given */
    uint32_t n_used;
    kith_flow_pair *pairs;
    size_t pairs_capacity;
    uint32_t *chosen; /**< [n_seekers] place in `pairs` */
    int64_t worth;    /**< of the assignment at hand */
} solving;

static bool is_used(const solving *s, uint64_t pair)
{
    return s->used[pair / 64] >> (pair % 64) & 1;
}

/** A pair that may be added, and how it compares. */
typedef struct proposal {
    uint64_t pair;
    int64_t margin;
    uint32_t lot; /**< of equal pairs, different seekers begin with different ones */
} proposal;

static bool is_better(const proposal *a, const proposal *b)
{
    if (a->margin != b->margin)
        return a->margin > b->margin;
    return a->lot != b->lot ? a->lot < b->lot : a->pair < b->pair;
}

/** Adds the seeker's best pairs that LEMON was not given and that promise more than `above`. */
static void propose(solving *s, uint32_t seeker, int64_t above)
{
    const kith_offers *offers = s->settled.offers;
    proposal best[PAIRS_A_ROUND];
    uint32_t count = 0;

    for (uint64_t pair = offers->offset[seeker]; pair < offers->offset[seeker + 1]; pair++) {
        const proposal p = {pair, kith_pair_margin(&s->settled, pair),
                            (offers->helper[pair] + seeker) * UINT32_C(2654435761)};
        if (p.margin <= above || is_used(s, pair))
            continue;
        if (count == PAIRS_A_ROUND && !is_better(&p, &best[count - 1]))
            continue;
        uint32_t at = count < PAIRS_A_ROUND ? count++ : count - 1;
        for (; at > 0 && is_better(&p, &best[at - 1]); at--)
            best[at] = best[at - 1];
        best[at] = p;
    }
    for (uint32_t i = 0; i < count; i++)
        s->used[best[i].pair / 64] |= UINT64_C(1) << (best[i].pair % 64);
    s->n_used += count;
}

/** Lists the pairs in use, asks LEMON, and takes down what it says. */
static kith_code solve(solving *s, kith_err *err)
{
    const kith_offers *offers = s->settled.offers;
    kith_settled *settled = &s->settled;
    uint32_t n = 0;
    kith_code rc;

    if (!kith_grow((void **)&s->pairs, &s->pairs_capacity, (size_t)s->n_used + 1, sizeof *s->pairs))
        return kith_fail_memory(err, "the pairs of an assignment");
    for (uint32_t i = 0; i < offers->n_seekers; i++)
        for (uint64_t pair = offers->offset[i]; pair < offers->offset[i + 1]; pair++)
            if (is_used(s, pair))
                s->pairs[n++] = (kith_flow_pair){i, offers->helper[pair], kith_pair_worth(offers, pair)};
    rc = kith_mincost_solve(offers->n_seekers, offers->n_helpers, offers->capacity, s->pairs, n, s->chosen,
                            settled->price);
    if (rc != KITH_OK)
        return rc == KITH_ENOMEM ? kith_fail_memory(err, "an assignment")
                                 : kith_fail(err, rc, "no assignment of %u to %u was found",
                                             offers->n_seekers, offers->n_helpers);
    memset(settled->load, 0, ((size_t)offers->n_helpers + 1) * sizeof *settled->load);
    s->worth = 0;
    for (uint32_t i = 0; i < offers->n_seekers; i++) {
        const kith_flow_pair *pair = s->chosen[i] == UINT32_MAX ? NULL : &s->pairs[s->chosen[i]];
        settled->option[i] = pair ? pair->helper : offers->n_helpers;
        settled->load[settled->option[i]]++;
        s->worth += pair ? pair->value : 0;
    }
    return KITH_OK;
}

/** Finds every seeker's profit over all pairs. @return what no assignment can be worth more than. */
static int64_t bound(solving *s)
{
    const kith_offers *offers = s->settled.offers;
    int64_t sum = 0;

    for (uint32_t j = 0; j < offers->n_helpers; j++)
        sum += offers->capacity[j] * s->settled.price[j];
    for (uint32_t i = 0; i < offers->n_seekers; i++) {
        int64_t profit = 0;
        for (uint64_t pair = offers->offset[i]; pair < offers->offset[i + 1]; pair++) {
            const int64_t margin = kith_pair_margin(&s->settled, pair);
            profit = margin > profit ? margin : profit;
        }
        s->settled.profit[i] = profit;
        sum += profit;
    }
    return sum;
}

/** The profit that a seeker has from the pairs in use. */
static int64_t profit_in_use(const solving *s, uint32_t seeker)
{
    const kith_offers *offers = s->settled.offers;
    int64_t profit = 0;

    for (uint64_t pair = offers->offset[seeker]; pair < offers->offset[seeker + 1]; pair++)
        if (is_used(s, pair)) {
            const int64_t margin = kith_pair_margin(&s->settled, pair);
            profit = margin > profit ? margin : profit;
        }
    return profit;
}

/** Solves, and adds pairs until none that was left out could make it better. */
static kith_code settle(solving *s, const kith_progress *progress, uint32_t *rounds, kith_err *err)
{
    const kith_offers *offers = s->settled.offers;
    kith_code rc;

    for (uint32_t i = 0; i < offers->n_seekers; i++)
        propose(s, i, 0);
    for (*rounds = 1;; ++*rounds) {
        const uint32_t n_used = s->n_used;
        if ((rc = kith_tick_now(progress, "matching", *rounds, 0, err)) != KITH_OK ||
            (rc = solve(s, err)) != KITH_OK)
            return rc;
        if (bound(s) == s->worth)
            return KITH_OK;
        for (uint32_t i = 0; i < offers->n_seekers; i++)
            propose(s, i, profit_in_use(s, i));
        if (s->n_used == n_used)
            return kith_fail(err, KITH_EBUG, "an assignment and its prices disagree");
    }
}

static kith_code tell(const kith_settled *settled, kith_assignment *out, kith_err *err)
{
    const kith_offers *offers = settled->offers;

    out->helper = kith_alloc_array(offers->n_seekers, sizeof *out->helper);
    out->load = kith_alloc_array(offers->n_helpers, sizeof *out->load);
    out->gain = kith_alloc_array(offers->n_helpers, sizeof *out->gain);
    out->newcomer = kith_alloc_array(offers->n_helpers, sizeof *out->newcomer);
    if (!out->helper || !out->load || !out->gain || !out->newcomer)
        return kith_fail_memory(err, "an assignment");
    for (uint32_t i = 0; i < offers->n_seekers; i++) {
        const bool served = settled->option[i] < offers->n_helpers;
        out->helper[i] = served ? settled->option[i] : KITH_NO_HELPER;
        out->n_assigned += served;
        out->total += served ? kith_offer_value(offers, i, out->helper[i]) : 0;
    }
    if (offers->n_helpers > 0)
        memcpy(out->load, settled->load, offers->n_helpers * sizeof *out->load);
    return kith_settled_gains(settled, out, err);
}

kith_code kith_assign(const kith_offers *offers, const kith_progress *progress, kith_assignment *out,
                      kith_err *err)
{
    const uint64_t n_pairs = offers->offset[offers->n_seekers];
    solving s = {.settled.offers = offers};
    kith_code rc;

    *out = (kith_assignment){0};
    if (offers->n_seekers > most_people || offers->n_helpers > most_people)
        return kith_fail(err, KITH_EUSAGE, "%u to be matched with %u: more than %u", offers->n_seekers,
                         offers->n_helpers, most_people);
    s.settled.price = kith_calloc((size_t)offers->n_helpers + 1, sizeof *s.settled.price);
    s.settled.profit = kith_alloc_array(offers->n_seekers, sizeof *s.settled.profit);
    s.settled.option = kith_alloc_array(offers->n_seekers, sizeof *s.settled.option);
    s.settled.load = kith_alloc_array((size_t)offers->n_helpers + 1, sizeof *s.settled.load);
    s.chosen = kith_alloc_array(offers->n_seekers, sizeof *s.chosen);
    s.used = kith_calloc((size_t)(n_pairs / 64) + 1, sizeof *s.used);
    if (!s.settled.price || !s.settled.profit || !s.settled.option || !s.settled.load || !s.chosen ||
        !s.used) {
        rc = kith_fail_memory(err, "an assignment");
        goto done;
    }
    if ((rc = settle(&s, progress, &out->rounds, err)) != KITH_OK ||
        (rc = kith_settled_order(&s.settled, err)) != KITH_OK)
        goto done;
    out->n_priced = s.n_used;
    rc = tell(&s.settled, out, err);

done:
    kith_free(s.settled.price);
    kith_free(s.settled.profit);
    kith_free(s.settled.option);
    kith_free(s.settled.load);
    kith_free(s.chosen);
    kith_free(s.used);
    kith_free(s.pairs);
    if (rc != KITH_OK)
        kith_assignment_free(out);
    return rc;
}

void kith_assignment_free(kith_assignment *assignment)
{
    kith_free(assignment->helper);
    kith_free(assignment->load);
    kith_free(assignment->gain);
    kith_free(assignment->newcomer);
    *assignment = (kith_assignment){0};
}

uint32_t kith_offer_value(const kith_offers *offers, uint32_t seeker, uint32_t helper)
{
    uint64_t low = offers->offset[seeker], high = offers->offset[seeker + 1];

    while (low < high) {
        const uint64_t middle = low + (high - low) / 2;
        if (offers->helper[middle] == helper)
            return offers->value[middle];
        if (offers->helper[middle] < helper)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}
